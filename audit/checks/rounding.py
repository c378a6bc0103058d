"""Arithmetic that trusts nothing: a printed figure stands for every value that rounds to it.

All intervals are in base units (吨标准煤, 平方米, 元 …) and closed at both ends, since a half may have been rounded either way.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from extractor.report import Figure
from patterns.units import units

EVENT = re.compile("次$|^(?:场|期|起|件|例|批|宗|届|轮|回|趟|遍|单|课|课时|节课|堂)$")
AS_WRITTEN = frozenset(["%", "‰", "个百分点", "百分点"])  # percentages stay percentages
PEOPLE = frozenset(["人", "名", "位", "员"])


@cache
def counting_words() -> frozenset[str]:
    """The counting words of patterns/units.tsv: what they count comes in whole numbers, so the printed number is exact."""
    return frozenset(u.name for u in units() if u.dimension == "count")


def family(figure: Figure) -> str:
    """What figures may be added up with: the base unit of a measure; for counts "things" (家 and 个 mix), "people", or the event."""
    unit = base_unit(figure)
    if unit not in counting_words():
        return unit
    if unit in PEOPLE:
        return "people"
    return unit if EVENT.search(unit) else "things"


@dataclass(frozen=True, slots=True)
class Interval:
    """All values from low to high, both included."""

    low: Decimal
    high: Decimal

    def __add__(self, other: Interval) -> Interval:
        return Interval(self.low + other.low, self.high + other.high)

    def __sub__(self, other: Interval) -> Interval:
        return Interval(self.low - other.high, self.high - other.low)

    def percent_of(self, whole: Interval) -> Interval | None:
        """self as a percentage of a whole, None where the whole may be zero or less. Both must not be negative."""
        if whole.low <= 0:
            return None
        return Interval(self.low / whole.high * 100, self.high / whole.low * 100)

    def meets(self, other: Interval) -> bool:
        """Whether the two have a value in common."""
        return self.low <= other.high and other.low <= self.high


def is_count(figure: Figure) -> bool:
    """Whether a figure counts whole things (24家), rather than measuring or counting by the ten thousand (1.2万人次)."""
    return figure.unit in counting_words() and "." not in figure.value


def value(figure: Figure) -> Decimal | None:
    """The figure in base units as printed, a percentage as the number before its sign; None for ratios and ranges."""
    if figure.number is None or figure.high is not None:
        return None
    if figure.unit in AS_WRITTEN:
        return figure.number
    return figure.base if figure.base is not None else figure.number


def base_unit(figure: Figure) -> str:
    """The unit of `value`."""
    return figure.unit if figure.unit in AS_WRITTEN else figure.base_unit or figure.unit


def step(figure: Figure) -> Decimal:
    """One unit of the last printed place, in base units."""
    number, exact = figure.number, value(figure)
    places = len(figure.value.partition(".")[2])
    unit = Decimal(1).scaleb(-places)
    if number and exact is not None:
        return unit * exact / number
    return unit


def printed(figure: Figure, whole: bool = False) -> Interval | None:
    """The values that print as this figure; the bounds 约, 余, 近 widen it by a tenth. None for ratios and ranges.

    whole: take a number without decimals as exact, for targets and other figures that are set and not measured.
    """
    exact = value(figure)
    if exact is None:
        return None
    half = step(figure) / 2
    if is_count(figure) or (whole and "." not in figure.value):
        half = Decimal(0)
    if figure.bound == "~":
        half = max(half, abs(exact) / 10)
    low, high = exact - half, exact + half
    if figure.bound in (">", ">="):
        high = max(high, exact * Decimal("1.2"))
    elif figure.bound in ("<", "<="):
        low = min(low, exact * Decimal("0.8"))
    return Interval(low, high)


def total(intervals: Iterable[Interval]) -> Interval:
    """The sum of intervals."""
    out = Interval(Decimal(0), Decimal(0))
    for i in intervals:
        out = out + i
    return out


def plain(number: Decimal, places: int | None = None) -> str:
    """A decimal for a message: rounded to places, without exponent and trailing zeros."""
    if places is not None:
        number = number.quantize(Decimal(1).scaleb(-places))
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def in_unit_of(amount: Decimal, figure: Figure) -> str:
    """An amount in base units, written in a figure's own unit."""
    number, exact = figure.number, value(figure)
    if number and exact:
        amount = amount * number / exact
    return plain(amount, max(len(figure.value.partition(".")[2]), 0) + 2) + figure.unit
