"""Relation: what the text itself says of its figures. Figures are named by their index in Report.figures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Type = Literal["parts", "ratio", "growth", "count", "goal", "same"]


@dataclass(frozen=True, slots=True)
class Name:
    """A name as quoted: text == report.text[start:end]. joined: 和 stands between it and the name before, so that the two may be one."""

    text: str
    start: int
    end: int
    joined: bool = False


@dataclass(frozen=True, slots=True)
class Relation:
    """One thing that the text says of two or more figures, or of a figure and the names beside it.

    type and the slots that it fills (figure indices; the others are None or empty):
        parts   total, parts               the total is the sum of the parts
        ratio   part, whole, percent       the part is so many percent of the whole; per: so much of it of each so many (人均, 每千人口); rest: what the
                                           part leaves of the whole is (不合格16批次，合格率)
        growth  now, before, percent       from before to now it changed by percent (%, 个百分点, 倍 or the quantity's own unit)
        count   figure, listed             so many items are named beside it
        goal    target, actual, percent    what was asked for and what was done; percent may be None
        same    members                    one quantity told more than once: same subject, scope, period and measure
    down: of growth, whether the words say that it fell (the percent is printed without a sign); None where no word says.
    closed: the parts or names are all there are. enumerated: the parts stand in one enumeration (甲3个、乙2个), not in clauses of their own.
    said: the words tie these figures together; False: they only stand near each other, which convicts nobody.
    form: the name of the row of patterns/forms that read it. start..end: the words that say it.
    """

    type: Type
    start: int
    end: int
    form: str = ""
    said: bool = True
    closed: bool = False
    enumerated: bool = False
    down: bool | None = None
    total: int | None = None
    parts: tuple[int, ...] = ()
    part: int | None = None
    whole: int | None = None
    percent: int | None = None
    now: int | None = None
    before: int | None = None
    target: int | None = None
    actual: int | None = None
    figure: int | None = None
    per: Decimal | None = None
    rest: bool = False
    listed: tuple[Name, ...] = ()
    members: tuple[int, ...] = ()

    @property
    def slots(self) -> dict[str, int | tuple[int, ...]]:
        """The filled slots in the contract's words (`figures` for the members of same)."""
        single = {k: getattr(self, k) for k in ("total", "part", "whole", "percent", "now", "before", "target", "actual", "figure")}
        out: dict[str, int | tuple[int, ...]] = {k: v for k, v in single.items() if v is not None}
        if self.parts:
            out["parts"] = self.parts
        if self.members:
            out["figures"] = self.members
        return out

    def figures(self) -> Iterator[int]:
        """Every figure that the relation speaks of."""
        for value in self.slots.values():
            if isinstance(value, int):
                yield value
            else:
                yield from value
