"""What every output for people shows of an audit: totals, indicators and findings in order, in one language.

Outputs differ in their form alone; what counts, what is quoted and how a number is written is settled here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from audit.findings import CATALOGUE
from audit.messages import say
from audit.model import Audit, Finding, IndicatorResult, Quote
from audit.review import Decision
from audit.words import interval, number, plain
from extractor.report import Report

GROUPS = ("verified", "supported", "open", "contradicted", "reviewed")
GROUP_OF = {"verified": "verified", "supported": "supported", "contradicted": "contradicted"}
RANK = {"error": 0, "warning": 1, "info": 2}
CONTEXT = 90  # characters of a sentence shown on each side of a quote


@dataclass(frozen=True, slots=True)
class Passage:
    """A quote inside the sentence or cell that it stands in; before and after are shortened with an ellipsis."""

    before: str
    quote: str
    after: str
    page: int | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Context:
    """A sentence or cell in pieces, each with whether it is quoted; several quotes of one sentence share it.

    field: for a cell of the score table, the catalogue's word for its column (claimed, rule, …).
    sure: how sure the quoted words were recognised, in percent; 100 for text that was not recognised from an image.
    """

    pieces: tuple[tuple[str, bool], ...]
    page: int | None
    field: str = ""
    sure: int = 100

    @property
    def text(self) -> str:
        """The whole of it."""
        return "".join(words for words, _ in self.pieces)

    def short(self, longest: int = 160, around: int = 24) -> tuple[tuple[str, bool], ...]:
        """The pieces for little room: the words between quotes are shortened where the whole is too long."""
        if sum(len(text) for text, _ in self.pieces) <= longest:
            return self.pieces
        out = []
        last = len(self.pieces) - 1
        for k, (text, quoted) in enumerate(self.pieces):
            if quoted:
                text = text if len(text) <= longest else text[:longest] + "…"
            elif len(text) > 2 * around:
                head, tail = text[:around] if k else "", text[-around:] if k < last else ""
                text = f"{head}…{tail}"
            out.append((text, quoted))
        return tuple(out)


@dataclass(frozen=True, slots=True)
class ClauseView:
    """A clause, its state and what the report makes of it, as text."""

    text: str
    state: str
    state_label: str
    points: str
    explanation: str


@dataclass(frozen=True, slots=True)
class IndicatorView:
    """One line of the indicator table. decision is the reviewer's, machine the interval before it."""

    no: int
    name: str
    domain: str
    lead: str
    rule: str
    weight: Decimal | None
    claimed: Decimal | None
    low: Decimal
    high: Decimal
    verdict: str
    verdict_label: str
    group: str
    reason: str
    clauses: tuple[ClauseView, ...]
    unparsed: tuple[str, ...]
    passages: tuple[Passage, ...]
    contexts: tuple[Context, ...]
    page: int | None
    decision: str
    machine: str


@dataclass(frozen=True, slots=True)
class FindingView:
    """One finding. title is its code in a few words, remedy what to do about it; decision is the reviewer's, and
    dismissed says that it no longer counts."""

    code: str
    title: str
    remedy: str
    severity: str
    severity_label: str
    no: int | None
    indicator: str
    domain: str
    lead: str
    message: str
    points: Decimal | None
    passages: tuple[Passage, ...]
    contexts: tuple[Context, ...]
    page: int | None
    fingerprint: str
    decision: str
    dismissed: bool


@dataclass(frozen=True, slots=True)
class DecisionView:
    """A decision of the ledger as a line: what it is about, what it does, whether it was applied and why not."""

    subject: str
    decision: str
    standing: str
    standing_label: str
    why: str
    line: int
    reason: str
    reviewer: str
    lang: str

    @property
    def told(self) -> str:
        """The decision with its standing as a sentence, for one that was not applied."""
        return say("review.expired_line", self.lang, line=self.line, subject=self.subject, decision=self.decision,
                   standing=self.standing_label, why=self.why)


@dataclass(frozen=True, slots=True)
class View:
    """All of it. points are the claimed points by group (GROUPS)."""

    lang: str
    file: str
    title: str
    district: str
    year: str
    claimed: Decimal
    stated: Decimal | None
    low: Decimal
    high: Decimal
    weight: Decimal
    points: tuple[tuple[str, str, Decimal], ...]
    indicators: tuple[IndicatorView, ...]
    findings: tuple[FindingView, ...]
    dismissed: tuple[FindingView, ...]
    decisions: tuple[DecisionView, ...]
    scheme: str
    problems: tuple[str, ...]

    def count(self, severity: str) -> int:
        """How many findings of a severity there are."""
        return sum(f.severity == severity for f in self.findings)

    @property
    def expired(self) -> tuple[DecisionView, ...]:
        """Decisions that were not applied."""
        return tuple(d for d in self.decisions if d.standing != "applied")


def passage(report: Report, quote: Quote, context: int = CONTEXT) -> Passage:
    """A quote in its sentence, or in its table cell or paragraph where it is outside the narrative."""
    start, end = _surroundings(report, quote)
    before, after = plain(report.text[start:quote.start]).lstrip(), plain(report.text[quote.end:end]).rstrip()
    if len(before) > context:
        before = "…" + before[-context:]
    if len(after) > context:
        after = after[:context] + "…"
    return Passage(before, plain(quote.text), after, report.document.page(quote.start), quote.start, quote.end)


def contexts(report: Report, quotes: Iterable[Quote], around: int = CONTEXT) -> tuple[Context, ...]:
    """Quotes in their sentences, each sentence once; what is far from any quote is left out with an ellipsis.

    Of quotes that hold one another, the inner one is marked: a sentence is quoted for the figures in it.
    """
    by_place: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for q in dict.fromkeys(quotes):
        start, end = _surroundings(report, q)
        by_place.setdefault((start, end), []).append((q.start, q.end))
    out = []
    for (start, end), spans in by_place.items():
        pieces: list[tuple[str, bool]] = []
        at = start
        marked = _joined(innermost(spans))
        for a, b in marked:
            pieces.append((_shortened(plain(report.text[at:a]), around, head=bool(pieces)), False))
            pieces.append((plain(report.text[a:b]), True))
            at = b
        tail = plain(report.text[at:end]).rstrip()
        pieces.append((tail if len(tail) <= around else tail[:around] + "…", False))
        out.append(Context(tuple(p for p in pieces if p[0]), report.document.page(spans[0][0]), _field(report, start),
                           min(report.document.confidence(a, b) for a, b in marked)))
    return tuple(out)


def innermost(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans that hold no other."""
    return [s for s in spans if not any(s != t and s[0] <= t[0] and t[1] <= s[1] for t in spans)]


def _field(report: Report, at: int) -> str:
    """Which column of the score table a position stands in."""
    if not report.table.start <= at < report.table.end:
        return ""
    for r in report.table.rows:
        for key, f in (("claimed", r.claimed_field), ("weight", r.weight_field), ("rule", r.rule), ("indicator", r.name), ("lead", r.lead)):
            if f.start <= at < max(f.end, f.start + 1):
                return key
    total = report.table.total_field
    return "total" if total and total.start <= at <= total.end else ""


def _joined(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    out: list[tuple[int, int]] = []
    for a, b in sorted(spans):
        if out and a < out[-1][1]:
            out[-1] = (out[-1][0], max(b, out[-1][1]))
        else:
            out.append((a, b))
    return out


def _shortened(text: str, around: int, head: bool) -> str:
    """What stands before a quote; with head, also after one, so that both its ends are kept."""
    if not head:
        text = text.lstrip()
        return text if len(text) <= around else "…" + text[-around:]
    return text if len(text) <= 2 * around else text[:around] + "…" + text[-around:]


def _surroundings(report: Report, quote: Quote) -> tuple[int, int]:
    for s in report.sentences:
        if s.start <= quote.start < s.end:
            return s.start, max(s.end, quote.end)
    line_start = report.text.rfind("\n", 0, quote.start) + 1
    line_end = report.text.find("\n", quote.end)
    line_end = len(report.text) if line_end < 0 else line_end
    cell_start = max(line_start, report.text.rfind("\t", 0, quote.start) + 1)
    cell_end = report.text.find("\t", quote.end, line_end)
    return cell_start, line_end if cell_end < 0 else cell_end


def decision_text(decision: Decision | None, lang: str) -> str:
    """A decision in words, with reviewer and reason; nothing for None."""
    if decision is None:
        return ""
    return say("review.by", lang, decision=_what(decision, lang), reviewer=plain(decision.entry.reviewer),
               reason=plain(decision.entry.reason))


def _what(decision: Decision, lang: str) -> str:
    entry = decision.entry
    kind = "finding" if entry.about_finding else "indicator"
    severity = say(f"severity.{entry.severity}", lang) if entry.severity else ""
    return say(f"review.{entry.action}_{kind}", lang, **({"score": number(entry.score)} if kind == "indicator" else {"severity": severity}))


def _indicator(audit: Audit, result: IndicatorResult, lang: str) -> IndicatorView:
    report, row = audit.report, result.row
    decision = audit.review.of_indicator(row.no) if audit.review else None
    group = "reviewed" if decision else GROUP_OF.get(result.verdict, "open")
    clauses = tuple(
        ClauseView(plain(c.clause.text), c.state, say("labels.state_" + c.state.replace("-", "_"), lang), interval(c.low, c.high),
                   plain(c.explanation.text(lang)) if c.explanation else "") for c in result.clauses)
    machine = interval(decision.low, decision.high) if decision and decision.low is not None and decision.high is not None else ""
    return IndicatorView(
        row.no, plain(row.name.text), plain(row.domain.text), plain(row.lead.text), plain(row.rule.text), row.weight, row.claimed,
        result.low, result.high, result.verdict, say(f"labels.verdict_{result.verdict}", lang), group, plain(result.reason.text(lang)),
        clauses, tuple(plain(u) for u in result.rule.unparsed), _passages(report, (e.quote for e in result.evidence)),
        contexts(report, (e.quote for e in result.evidence)),
        report.document.page(row.name.start), decision_text(decision, lang), machine)


def _passages(report: Report, quotes: Iterable[Quote]) -> tuple[Passage, ...]:
    return tuple(passage(report, q) for q in dict.fromkeys(quotes))


def _finding(audit: Audit, finding: Finding, lang: str, dismissed: bool = False) -> FindingView:
    report = audit.report
    row = next((r.row for r in audit.indicators if r.no == finding.indicator), None)
    decision = audit.review.of_finding(finding) if audit.review else None
    if decision is None and dismissed and audit.review and finding.indicator is not None:
        decision = audit.review.of_indicator(finding.indicator)
    passages = _passages(report, finding.quotes)
    code = CATALOGUE[finding.code]
    return FindingView(
        finding.code, code.title(lang), code.remedy(lang), finding.severity,
        say(f"severity.{finding.severity}", lang), finding.indicator,
        plain(row.name.text) if row else "", plain(row.domain.text) if row else "", plain(row.lead.text) if row else "",
        plain(finding.message.text(lang)), finding.points, passages,
        contexts(report, finding.quotes), next((p.page for p in passages if p.page), None),
        finding.fingerprint, decision_text(decision, lang), dismissed)


def _decision(audit: Audit, decision: Decision, lang: str) -> DecisionView:
    entry = decision.entry
    subject = (entry.finding or entry.code or "") if entry.about_finding else say("labels.indicator_of", lang, no=entry.indicator)
    if entry.about_finding and entry.code and entry.finding:
        subject = f"{entry.code} {entry.finding}"
    return DecisionView(plain(str(subject)), _what(decision, lang), decision.standing, say(f"review.standing_{decision.standing}", lang),
                        plain(decision.why.text(lang)) if decision.why else "", entry.line, plain(entry.reason), plain(entry.reviewer),
                        lang)


def view(audit: Audit, lang: str = "zh") -> View:
    """An audit as its readers see it, in a language ("zh" or "en"). Findings come worst first, most points first."""
    report, document = audit.report, audit.report.document
    indicators = tuple(_indicator(audit, r, lang) for r in audit.indicators)
    ordered = sorted(audit.findings, key=lambda f: (RANK[f.severity], -(f.points or Decimal(0))))
    points = tuple((g, say(f"labels.group_{g}", lang), sum((i.claimed or Decimal(0) for i in indicators if i.group == g), Decimal(0)))
                   for g in GROUPS)
    return View(
        lang=lang, file=plain(Path(document.path).name), title=plain(report.title or document.title or Path(document.path).name)[:300],
        district=plain(report.district or ""), year=str(report.year or ""), claimed=audit.claimed_total, stated=report.table.stated_total,
        low=audit.low, high=audit.high, weight=sum((i.weight or Decimal(0) for i in indicators), Decimal(0)),
        points=tuple(p for p in points if p[2] or p[0] != "reviewed"), indicators=indicators,
        findings=tuple(_finding(audit, f, lang) for f in ordered),
        dismissed=tuple(_finding(audit, f, lang, True) for f in audit.review.dismissed) if audit.review else (),
        decisions=tuple(_decision(audit, d, lang) for d in audit.review.decisions) if audit.review else (),
        scheme=audit.scheme_id, problems=tuple(plain(p.what) + (f" ({say('labels.page_of', lang, page=p.page)})" if p.page else "")
                                               for p in document.problems))


__all__ = ["View", "interval", "number", "plain", "view"]
