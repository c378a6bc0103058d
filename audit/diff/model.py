"""What a comparison of two reports is made of; serialises to the contract's JSON (`fuhe diff`)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from audit import provenance
from audit.messages import Message, message
from audit.model import Audit, IndicatorResult, Quote
from audit.words import number
from extractor.report import Figure
from patterns.clause import Clause

Change = Literal["same", "changed", "added", "removed"]
Tendency = Literal["tightened", "loosened", "mixed", "reweighted", "reworded"]
Way = Literal["renamed", "renumbered", "reweighted"]


@dataclass(frozen=True, slots=True)
class ClauseChange:
    """A clause and the one that it became; old or new is None where one was added or left out.

    direction: 1 stricter for the district, -1 laxer, 0 where that cannot be said.
    """

    old: Clause | None
    new: Clause | None
    direction: int

    @property
    def message(self) -> Message:
        """The change in one line, old and new clause."""
        if self.old is None:
            assert self.new is not None
            return message("diff.clause_added", text=self.new.text)
        if self.new is None:
            return message("diff.clause_removed", text=self.old.text)
        return message("diff.clause_changed", old=self.old.text, new=self.new.text)


@dataclass(frozen=True, slots=True)
class RuleChange:
    """A rule that reads differently: details are the clauses that changed. reworded: the same clauses in other words; reweighted: points
    that follow the indicator's weight; mixed: some stricter, some laxer, or it cannot be said."""

    name: str
    old: str
    new: str
    tendency: Tendency
    details: tuple[ClauseChange, ...] = ()


@dataclass(frozen=True, slots=True)
class IndicatorChange:
    """One indicator in the two reports; old or new is None where it was added or removed.

    change: changed where weight or rule did; ways: what else is not as it was (renamed, renumbered: it stands elsewhere in the order).
    """

    name: str
    change: Change
    old: IndicatorResult | None
    new: IndicatorResult | None
    rule: RuleChange | None = None
    ways: tuple[Way, ...] = ()


@dataclass(frozen=True, slots=True)
class FigurePair:
    """The same quantity in the two reports: by its name, because a stated growth or base agrees, or by its place beside others.

    delta is in the base unit of the figures (points for rates); percent of the old value, one decimal.
    """

    old: Figure
    new: Figure
    likeness: float
    how: Literal["named", "agrees", "placed"]
    delta: Decimal
    percent: Decimal | None


@dataclass(frozen=True, slots=True)
class Repetition:
    """A passage that both reports hold word for word."""

    old: Quote
    new: Quote


@dataclass(frozen=True, slots=True)
class YearFinding:
    """A finding of the comparison: quotes stand in the new report, old_quotes in the old one. proof: the steps of an error."""

    code: str
    severity: Literal["error", "warning", "info"]
    message: Message
    quotes: tuple[Quote, ...]
    old_quotes: tuple[Quote, ...]
    proof: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """Two reports held against each other. revision: the new one is a corrected version of the old one (same year)."""

    old: Audit
    new: Audit
    revision: bool
    indicators: tuple[IndicatorChange, ...]
    figures: tuple[FigurePair, ...]
    repeated: tuple[Repetition, ...]
    findings: tuple[YearFinding, ...]

    @property
    def rules(self) -> tuple[RuleChange, ...]:
        """The rules that ask or give something else."""
        return tuple(i.rule for i in self.indicators if i.rule and i.rule.tendency not in ("reworded", "reweighted"))

    @property
    def reworded(self) -> tuple[RuleChange, ...]:
        """The rules that read differently and ask and give the same."""
        return tuple(i.rule for i in self.indicators if i.rule and i.rule.tendency in ("reworded", "reweighted"))

    def to_json(self, lang: str = "zh") -> dict[str, Any]:
        """The contract's JSON; lang is the language of the messages."""
        return {
            "provenance": {"old": provenance.to_json(self.old), "new": provenance.to_json(self.new)},
            "old": self.old.report.document_json(), "new": self.new.report.document_json(), "revision": self.revision,
            "indicators": [{"name": i.name, "change": i.change, "old": side(i.old), "new": side(i.new),
                            "ways": [*i.ways, *([i.rule.tendency] if i.rule and i.rule.tendency not in i.ways else [])]} for i in self.indicators],
            "figures": [{"subject": p.new.subject, "unit": p.new.unit, "old": p.old.value, "new": p.new.value,
                         "old_unit": p.old.unit, "delta": number(p.delta), "percent": None if p.percent is None else number(p.percent),
                         "section": section(self.new, p.new), "old_text": p.old.text, "new_text": p.new.text,
                         "how": p.how} for p in self.figures],
            "rules": [rule_json(r, lang) for r in self.rules],
            "reworded": [rule_json(r, lang) for r in self.reworded],
            "repeated": [{"old": r.old.text, "new": r.new.text} for r in self.repeated],
            "findings": [{"code": f.code, "severity": f.severity, "indicator": None, "message": f.message.text(lang),
                          "quotes": [q.text for q in f.quotes], "old_quotes": [q.text for q in f.old_quotes],
                          "proof": [m.text(lang) for m in f.proof],
                          "page": self.new.report.document.page(f.quotes[0].start) if f.quotes else None}
                         for f in self.findings],
        }


def rule_json(rule: RuleChange, lang: str) -> dict[str, Any]:
    """A changed or reworded rule."""
    return {"name": rule.name, "old": rule.old, "new": rule.new, "tendency": rule.tendency, "details": [d.message.text(lang) for d in rule.details]}


def section(audit: Audit, figure: Figure) -> str:
    """The heading path of a figure."""
    return " / ".join(f"{s.number}{s.title}" for s in audit.report.section_path(figure.section))


def side(item: IndicatorResult | None) -> dict[str, Any] | None:
    """One report's side of an indicator."""
    if item is None:
        return None
    row = item.row
    return {"no": row.no, "weight": None if row.weight is None else format(row.weight, "f"), "rule": row.rule.text,
            "claimed": None if row.claimed is None else format(row.claimed, "f"),
            "proposed": format(item.proposed, "f"), "low": format(item.low, "f"), "high": format(item.high, "f"), "verdict": item.verdict}
