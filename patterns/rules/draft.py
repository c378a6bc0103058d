"""A clause while it is being put together: places in one spelling of the rule (a View) instead of strings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from patterns.clause import CENTRAL, OTHER, Kind
from patterns.rules.levels import Level

Span = tuple[int, int]


@dataclass(slots=True, eq=False)
class Draft:
    """kind None: a give that is an award, an each or a tier, to be settled. own: the condition's spans; shared: spans that it leans on.

    worth: the points of its heading (露天禁烧2分，每发现1处扣0.2分), which a deduction cannot exceed;
    heading: where that heading stands. premised: its level counts only where the one before it is missed (不足35%的，较上年提高…).
    part: the share of the points of its scale's best level that it gives (90%—100%，60%的分值).
    dealt: its level was dealt out to one of several subjects (小学、初中分别达到A、B).
    """

    kind: Kind
    start: int
    end: int
    own: list[Span] = field(default_factory=list)
    shared: list[Span] = field(default_factory=list)
    points: Decimal | None = None
    per: Decimal | None = None
    per_unit: str | None = None
    cap: Decimal | None = None
    level: Level | None = None
    applies: tuple[str, ...] | None = None
    round: Literal["up", "down"] | None = None
    to: str | None = None
    group: int | None = None
    notes: list[str] = field(default_factory=list)
    piece: int = 0
    sentence: int = 0
    thin: bool = False
    full: bool = False
    bare: bool = False
    inherited: bool = False
    whole_rule: bool = False
    loose_per: bool = False
    part: Decimal | None = None
    worth: Decimal | None = None
    heading: int = -1
    premised: bool = False
    dealt: bool = False


def complement(applies: Sequence[str]) -> tuple[str, ...]:
    """Whom the rest of a sentence is for, once a bracket names some."""
    return (CENTRAL,) if OTHER in applies else (OTHER,)
