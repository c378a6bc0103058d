"""What an audit is made of. Report in, Audit out; each type serialises to the contract's JSON (audit/outputs/json.py)."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from audit.messages import Message
from extractor.report import Figure, Report, Row
from patterns.clause import Clause, CompiledRule

if TYPE_CHECKING:
    from os import PathLike

    import pandas

    from audit.review import Review
    from patterns.scheme import Scheme

Severity = Literal["error", "warning", "info"]
Verdict = Literal["verified", "supported", "partial", "unsupported", "contradicted", "external"]
State = Literal["met", "unmet", "open", "partly", "excluded", "not-applicable", "external"]


@dataclass(frozen=True, slots=True, order=True)
class Quote:
    """An exact substring of the report: text == report.text[start:end]."""

    start: int
    end: int
    text: str

    @classmethod
    def of(cls, report: Report, start: int, end: int) -> Quote:
        """The stretch without white space at its ends."""
        text = report.text[start:end]
        start += len(text) - len(text.lstrip())
        return cls(start, start + len(text.strip()), text.strip())


@dataclass(frozen=True, slots=True)
class Evidence:
    """A quote that speaks for or against a clause, and the figures in it that decide.

    decisive: figures whose numbers reproduce (or contradict) the points. forecast: the quote is a forecast or a plan.
    """

    quote: Quote
    against: bool = False
    decisive: tuple[Figure, ...] = ()
    forecast: bool = False


@dataclass(frozen=True, slots=True)
class ClauseResult:
    """What the report makes of one clause: the points it surely brings (low) and may bring at most (high).

    A deduct's low and high are zero or negative. state: met/unmet decided; open not decided; partly decided in part;
    excluded an alternative of the same group holds; not-applicable names other districts; external needs data no report holds.
    """

    clause: Clause
    low: Decimal
    high: Decimal
    state: State
    evidence: tuple[Evidence, ...] = ()
    explanation: Message | None = None


@dataclass(frozen=True, slots=True)
class IndicatorResult:
    """One indicator rescored. doubt: the claim lies inside [low, high] but a person must judge (warning material)."""

    row: Row
    rule: CompiledRule
    low: Decimal
    high: Decimal
    verdict: Verdict
    reason: Message
    clauses: tuple[ClauseResult, ...] = ()
    evidence: tuple[Evidence, ...] = ()

    @property
    def no(self) -> int:
        """The indicator's number in the annex, from 1."""
        return self.row.no

    @property
    def proposed(self) -> Decimal:
        """建议复核分: the claim moved into [low, high]; low where nothing is claimed."""
        return min(max(self.row.claimed, self.low), self.high) if self.row.claimed is not None else self.low


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong or worth a look. code is the contract's. points: points at stake, where that can be said.

    proof: the steps that an error rests on, in order: what the report says, what follows, what it says instead.
    form: the form (from 1) that the finding speaks of, where a document holds several.
    """

    code: str
    severity: Severity
    indicator: int | None
    message: Message
    quotes: tuple[Quote, ...]
    points: Decimal | None = None
    proof: tuple[Message, ...] = ()
    form: int | None = None

    @property
    def fingerprint(self) -> str:
        """Names this finding alone: its code, indicator and form, what it says, and each quote with its place in the report."""
        return _hash(self.code, str(self.indicator), str(self.form), self.message.text("zh"), *(f"{q.start} {q.text}" for q in self.quotes))

    @property
    def likeness(self) -> str:
        """Stays the same while the report is edited elsewhere: code and quoted words. Findings that read alike share it."""
        return _hash(self.code, *(("".join(q.text.split()) for q in self.quotes) if self.quotes else (self.message.text("zh"),)))


def _hash(*words: str) -> str:
    return hashlib.sha256("\n".join(words).encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much was understood: the counts behind the headline."""

    figures: int
    clauses: int
    decided: int
    open: int
    unparsed: int
    rescored: int
    indicators: int
    points: Mapping[str, Decimal] = field(default_factory=dict)  # claimed points by verdict
    problems: int = 0  # pages or parts that could not be read


@dataclass(frozen=True, slots=True)
class Provenance:
    """What a result was made from: fuhe's version, the SHA-256 of the file, the scheme's revision (a digest of what it says, empty
    for the annex's own rules) and the options that change results."""

    version: str = ""
    digest: str = ""
    revision: str = ""
    options: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, repr=False)
class Audit:
    """A report held against its rules."""

    report: Report
    scheme: Scheme | None
    scheme_id: str
    scheme_source: str  # "annex" or "scheme"
    district_class: str
    indicators: tuple[IndicatorResult, ...]
    findings: tuple[Finding, ...]
    coverage: Coverage
    review: Review | None = None  # a reviewer's decisions, where a ledger was replayed
    provenance: Provenance = field(default_factory=lambda: Provenance())

    @property
    def claimed_total(self) -> Decimal:
        """The sum of the claimed scores."""
        return sum((r.row.claimed for r in self.indicators if r.row.claimed is not None), Decimal(0))

    @property
    def low(self) -> Decimal:
        """The least that the evidence proves, over all indicators."""
        return sum((r.low for r in self.indicators), Decimal(0))

    @property
    def high(self) -> Decimal:
        """The most that the evidence does not rule out."""
        return sum((r.high for r in self.indicators), Decimal(0))

    @property
    def proposed(self) -> Decimal:
        """建议复核分 over all indicators. What it holds above low is 待补材料: points that rest on material not given."""
        return sum((r.proposed for r in self.indicators), Decimal(0))

    def indicators_frame(self, lang: str = "zh") -> pandas.DataFrame:
        """One row per indicator, numbers as Decimal (audit/frames.py)."""
        from audit.frames import indicators_frame

        return indicators_frame(self, lang)

    def findings_frame(self, lang: str = "zh") -> pandas.DataFrame:
        """One row per finding, worst first (audit/frames.py)."""
        from audit.frames import findings_frame

        return findings_frame(self, lang)

    def to_html(self, path: str | PathLike[str], lang: str = "zh") -> None:
        """Write the self-contained HTML report. Raises patterns.errors.UnusableInput where it cannot be written."""
        from audit.outputs.html import write

        write(self, path, lang)

    def to_xlsx(self, path: str | PathLike[str], lang: str = "zh") -> None:
        """Write the workbook. Raises patterns.errors.UnusableInput where it cannot be written."""
        from audit.outputs.workbook import write

        write(self, path, lang)

    def to_docx(self, path: str | PathLike[str], lang: str = "zh", unreviewed: bool = False, template: str | None = None,
                office: Mapping[str, str] | None = None) -> None:
        """Write the opinion (复核意见): what a person confirmed, or with unreviewed the errors, marked as a draft.

        template: a DOCX made from the one that `fuhe review template` writes. office: what it says of the office (audit/settings.py).
        Raises patterns.errors.UnusableInput where it cannot be written.
        """
        from audit.outputs.opinion import write

        write(self, path, lang, unreviewed, template, office)

    def to_brief(self, path: str | PathLike[str], lang: str = "zh") -> None:
        """Write the brief (复核要点), one page of DOCX. Raises patterns.errors.UnusableInput where it cannot be written."""
        from audit.outputs.brief import write

        write(self, path, lang)

    def __repr__(self) -> str:
        errors = sum(f.severity == "error" for f in self.findings)
        warnings = sum(f.severity == "warning" for f in self.findings)
        return (f"<Audit {self.report.district or '?'} {self.report.year or '?'}: claimed {self.claimed_total:f}, proposed {self.proposed:f} "
                f"[{self.low:f}, {self.high:f}], {errors} errors, {warnings} warnings>")

    def _repr_html_(self) -> str:
        """What a notebook shows: the verdict, the errors and the indicators to challenge."""
        from audit.outputs.html import summary

        return summary(self)
