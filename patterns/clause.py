"""The clause: one piece of a scoring rule, compiled. Kinds and fields are the contract's (`fuhe rules`)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

Kind = Literal["award", "each", "deduct", "tier", "full", "zero", "fixed", "prorata", "reference"]

CENTRAL, OTHER = "central", "other"  # the two district classes of applies_to (中心城区, 其他区)


@dataclass(frozen=True, slots=True)
class Clause:
    """One piece of a rule that gives or takes points.

    kind: see the contract. text: the exact piece of the rule it came from; start/end: its place in the rule text.
    condition: the part of `text` that must hold (without the points phrase and the class words); for several points
        that share one condition ("…的，其他区得0.5分，中心城区得1分") it is the shared condition, even where `text` is shorter.
    points: points given, or taken off (positive) by a deduct. per/per_unit: "每5个百分点" is 5, 个百分点; None for a flat one.
    cap: the most that this clause gives or takes off. lower/upper/unit: a tier's level, in the unit as written.
    round: "up"/"down" of a prorata; of a deduct or an each what a part of a step counts as
        (不足1个百分点的按1个百分点计 is "up"). to: what a reference points at. applies_to: None (everybody), or classes and names.
    group: clauses of one rule that exclude one another (tiers of one measure, alternatives) share a number; None otherwise.
    worth: of a deduct, the points of the heading that it is taken from (露天禁烧2分，每发现1处扣0.2分), None where it has none; heading: where
        that heading stands in the rule's text, the same number for all that share it.
    note: free remarks of the compiler ("slash", "discretion", "shared-cap": one cap over several clauses; "in-part": a part of a step takes a part
        of its points), for findings about the rule itself.
    """

    kind: Kind
    text: str
    start: int = 0
    end: int = 0
    condition: str = ""
    points: Decimal | None = None
    per: Decimal | None = None
    per_unit: str | None = None
    cap: Decimal | None = None
    lower: Decimal | None = None
    lower_open: bool = False
    upper: Decimal | None = None
    upper_open: bool = False
    unit: str | None = None
    round: Literal["up", "down"] | None = None
    to: str | None = None
    applies_to: tuple[str, ...] | None = None
    group: int | None = None
    worth: Decimal | None = None
    heading: int = -1
    note: str = ""

    def applies(self, district: str, district_class: str) -> bool:
        """Whether the clause speaks of a district, given its name (青浦区) and its class (central, other)."""
        return self.applies_to is None or district in self.applies_to or district_class in self.applies_to

    def to_json(self) -> dict[str, Any]:
        """The contract's clause: kind, text and the fields of its kind; numbers as strings."""
        def number(value: Decimal | None) -> str | None:
            return None if value is None else format(value, "f")

        out: dict[str, Any] = {"kind": self.kind, "text": self.text, "condition": self.condition}
        if self.kind in ("award", "each", "deduct", "tier", "prorata"):
            out["points"] = number(self.points)
        if self.kind in ("each", "deduct"):
            out |= {"per": number(self.per), "per_unit": self.per_unit, "cap": number(self.cap), "worth": number(self.worth)}
        if self.kind == "tier":
            out |= {"lower": number(self.lower), "lower_open": self.lower_open, "upper": number(self.upper),
                    "upper_open": self.upper_open, "unit": self.unit}
        if self.kind == "prorata":
            out["round"] = self.round
        if self.kind == "reference":
            out["to"] = self.to
        out["applies_to"] = None if self.applies_to is None else list(self.applies_to)
        out["group"] = self.group
        return out


@dataclass(frozen=True, slots=True)
class CompiledRule:
    """A rule's clauses in the order of its text, and the pieces that carry points but were not understood."""

    text: str
    clauses: tuple[Clause, ...]
    unparsed: tuple[str, ...] = ()
