"""What a comparison of two reports is made of; serialises to the contract's JSON (`fuhe diff`)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from audit.messages import Message
from audit.model import Audit, IndicatorResult, Quote
from extractor.report import Figure

Change = Literal["same", "changed", "added", "removed"]
Tendency = Literal["tightened", "loosened", "mixed", "reworded"]


@dataclass(frozen=True, slots=True)
class RuleChange:
    """A rule that reads differently. details says clause by clause what became stricter or laxer."""

    name: str
    old: str
    new: str
    tendency: Tendency
    details: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class IndicatorChange:
    """One indicator in the two reports; old or new is None where it was added or removed."""

    name: str
    change: Change
    old: IndicatorResult | None
    new: IndicatorResult | None
    rule: RuleChange | None = None


@dataclass(frozen=True, slots=True)
class FigurePair:
    """The same quantity in the two reports. delta is in the base unit of the figures; percent of the old value, one decimal."""

    old: Figure
    new: Figure
    likeness: float
    delta: Decimal
    percent: Decimal | None


@dataclass(frozen=True, slots=True)
class Repetition:
    """A passage that both reports hold word for word."""

    old: Quote
    new: Quote


@dataclass(frozen=True, slots=True)
class YearFinding:
    """A finding of the comparison: quotes stand in the new report, old_quotes in the old one."""

    code: str
    severity: Literal["error", "warning", "info"]
    message: Message
    quotes: tuple[Quote, ...]
    old_quotes: tuple[Quote, ...]


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
        """The rules that read differently."""
        return tuple(i.rule for i in self.indicators if i.rule)

    def to_json(self, lang: str = "zh") -> dict[str, Any]:
        """The contract's JSON; lang is the language of the messages."""
        return {
            "old": self.old.report.document_json(), "new": self.new.report.document_json(), "revision": self.revision,
            "indicators": [{"name": i.name, "change": i.change, "old": side(i.old), "new": side(i.new)} for i in self.indicators],
            "figures": [{"subject": p.new.subject, "unit": p.new.unit, "old": p.old.value, "new": p.new.value,
                         "old_unit": p.old.unit, "delta": plain(p.delta), "percent": None if p.percent is None else plain(p.percent),
                         "section": section(self.new, p.new), "old_text": p.old.text, "new_text": p.new.text} for p in self.figures],
            "rules": [{"name": r.name, "old": r.old, "new": r.new, "tendency": r.tendency,
                       "details": [d.text(lang) for d in r.details]} for r in self.rules],
            "repeated": [{"old": r.old.text, "new": r.new.text} for r in self.repeated],
            "findings": [{"code": f.code, "severity": f.severity, "indicator": None, "message": f.message.text(lang),
                          "quotes": [q.text for q in f.quotes], "old_quotes": [q.text for q in f.old_quotes],
                          "page": self.new.report.document.page(f.quotes[0].start) if f.quotes else None}
                         for f in self.findings],
        }


def plain(value: Decimal) -> str:
    """A plain decimal without exponent or needless zeros."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


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
            "low": format(item.low, "f"), "high": format(item.high, "f"), "verdict": item.verdict}
