"""Decisions and what a ledger makes of an audit; the fingerprints that a decision is bound to."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from audit.messages import Message
from audit.model import Finding, IndicatorResult, Severity

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

    @property
    def about_finding(self) -> bool:
        """Whether the decision is about a finding, not about an indicator's score."""
        return self.finding is not None or self.code is not None


@dataclass(frozen=True, slots=True)
class Ledger:
    """A file of decisions, in its order."""

    path: str
    entries: tuple[Entry, ...]


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


def rule_fingerprint(result: IndicatorResult) -> str:
    """What a decision on an indicator is bound to: name, weight and rule."""
    return fingerprint(result.row.name.text, str(result.row.weight), result.row.rule.text)


def evidence_fingerprint(result: IndicatorResult) -> str:
    """What a decision on an indicator is bound to: the claim and the quoted evidence, in no order."""
    return fingerprint(str(result.row.claimed), *sorted({e.quote.text for e in result.evidence}))
