"""Decisions and what a ledger makes of an audit; the fingerprints that a decision is bound to."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from audit.messages import Message
from audit.model import Audit, Finding, IndicatorResult, Severity
from audit.words import plain

Action = Literal["accept", "override", "dismiss"]
Standing = Literal["applied", "expired", "unmatched"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One decision as written. line counts from 1. Either indicator (number or name) or finding/code says what it is about."""

    line: int
    action: Action
    reason: str
    reviewer: str
    indicator: int | str | None = None
    finding: str | None = None
    code: str | None = None
    score: Decimal | None = None
    severity: Severity | None = None
    date: str = ""
    rule: str | None = None
    evidence: str | None = None
    quote: str | None = None
    second: str = ""
    second_date: str = ""

    @property
    def about_finding(self) -> bool:
        """Whether the decision is about a finding, not about an indicator's score."""
        return self.finding is not None or self.code is not None


@dataclass(frozen=True, slots=True)
class Binding:
    """What a ledger's decisions were made on: the district, the year, the programme (the report's title) and the file, by the
    first 16 digits at least of its SHA-256. An empty one says nothing."""

    district: str = ""
    year: str = ""
    programme: str = ""
    file: str = ""


@dataclass(frozen=True, slots=True)
class Ledger:
    """A file of decisions, in its order. state: 待核, 已核, 复审 or 签发 as signed; signatures: (state, who, when) in order."""

    path: str
    entries: tuple[Entry, ...]
    binding: Binding = Binding()
    signatures: tuple[tuple[str, str, str], ...] = ()
    history: tuple[str, ...] = ()  # decisions and signatures that were replaced, a line each, oldest first


@dataclass(frozen=True, slots=True)
class Decision:
    """An entry held against an audit. why says what expired or was not found; low and high are the scores before it."""

    entry: Entry
    standing: Standing
    no: int | None = None
    fingerprint: str | None = None
    why: Message | None = None
    low: Decimal | None = None
    high: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Review:
    """What a ledger made of an audit: every decision and the findings that were dismissed."""

    path: str
    decisions: tuple[Decision, ...]
    dismissed: tuple[Finding, ...] = ()
    state: str = ""
    signatures: tuple[tuple[str, str, str], ...] = ()

    def of_indicator(self, no: int) -> Decision | None:
        """The applied decision on an indicator's score."""
        return next((d for d in self.decisions if d.standing == "applied" and not d.entry.about_finding and d.no == no), None)

    def of_finding(self, finding: Finding) -> Decision | None:
        """The applied decision on a finding."""
        return next((d for d in self.decisions if d.standing == "applied" and d.fingerprint == finding.fingerprint
                     and d.no == finding.indicator), None)

    @property
    def expired(self) -> tuple[Decision, ...]:
        """Decisions that were not applied, for whatever reason."""
        return tuple(d for d in self.decisions if d.standing != "applied")


def fingerprint(*words: str) -> str:
    """A short fingerprint of words that does not depend on white space."""
    return hashlib.sha256("\n".join("".join(w.split()) for w in words).encode()).hexdigest()[:12]


def binding_of(audit: Audit) -> Binding:
    """What decisions on this audit are bound to."""
    from audit import provenance

    report = audit.report
    return Binding(report.district or "", str(report.year or ""), plain(report.title or ""), provenance.short(audit))


def rule_fingerprint(result: IndicatorResult) -> str:
    """What a decision on an indicator is bound to: which indicator it is, its weight and its rule."""
    return fingerprint(str(result.no), result.row.name.text, str(result.row.weight), result.row.rule.text)


def evidence_fingerprint(result: IndicatorResult) -> str:
    """What a decision on an indicator is bound to: which indicator it is, the claim, what was made of each clause, and every quote
    that the reviewer saw, in no order."""
    seen = {f"{e.quote.start} {e.quote.text} {e.against}" for e in (*result.evidence, *(e for c in result.clauses for e in c.evidence))}
    clauses = [f"{c.clause.text} {c.state} {c.low} {c.high}" for c in result.clauses]
    return fingerprint(str(result.no), result.row.name.text, str(result.row.claimed), str(result.low), str(result.high), *clauses, *sorted(seen))
