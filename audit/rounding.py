"""Arithmetic that trusts nothing: a printed figure stands for every value that rounds to it.

Intervals are in base units (吨标准煤, 平方米, 元 …) and closed at both ends, since a half may have been rounded either way.
A bound (约, 余, 以上 …) widens an interval to its side: as far as a careful writer would use the word (printed), and as far as
the word can be stretched (at_most).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Literal

from audit import words
from extractor.report import Figure
from patterns.units import find, units

AS_WRITTEN = frozenset(["%", "‰"])  # percentages stay percentages
PEOPLE = frozenset(["人", "名", "位", "员"])
ABOUT = frozenset(["~", ">", ">=", "<", "<="])
ONE_SIDED = ("余", "多")  # inside the figure: so many and some more
SPREAD = 5  # units of the last place that is not zero, within which 约 is true
SLACK = Decimal("1e-12")  # relative; 亩 and the like are not finite decimals in their base unit

# consistent; only as rounded (every figure of the same precision, the last place off); only with the bound stretched; not at all
Verdict = Literal["consistent", "rounded", "stretched", "inconsistent"]


@cache
def counting_words() -> frozenset[str]:
    """The counting words of patterns/units.tsv: what they count comes in whole numbers, so the printed number is exact."""
    return frozenset(u.name for u in units() if u.dimension == "count")


@dataclass(frozen=True, slots=True)
class Interval:
    """All values from low to high, both included."""

    low: Decimal
    high: Decimal

    def __add__(self, other: Interval) -> Interval:
        return Interval(self.low + other.low, self.high + other.high)

    def __sub__(self, other: Interval) -> Interval:
        return Interval(self.low - other.high, self.high - other.low)

    def __neg__(self) -> Interval:
        return Interval(-self.high, -self.low)

    def times(self, factor: Decimal) -> Interval:
        """Every value times a factor that is not negative."""
        return Interval(self.low * factor, self.high * factor)

    def over(self, whole: Interval) -> Interval | None:
        """self divided by a whole; None where the whole may be zero or less."""
        if whole.low <= 0:
            return None
        ends = [x / y for x in (self.low, self.high) for y in (whole.low, whole.high)]
        return Interval(min(ends), max(ends))

    def meets(self, other: Interval) -> bool:
        """Whether the two have a value in common."""
        slack = max(abs(self.low), abs(self.high), abs(other.low), abs(other.high)) * SLACK
        return self.low <= other.high + slack and other.low <= self.high + slack

    def distance(self, other: Interval) -> Decimal:
        """How far the two are apart, 0 where they meet."""
        return max(Decimal(0), self.low - other.high, other.low - self.high)


def is_count(figure: Figure) -> bool:
    """Whether a figure counts whole things (24家), rather than measuring or counting by the ten thousand (1.2万人次)."""
    return figure.unit in counting_words() and "." not in figure.value


def value(figure: Figure) -> Decimal | None:
    """The figure in base units as printed, a percentage as the number before its sign; None for ratios and ranges."""
    return None if figure.high is not None else lower(figure)


def lower(figure: Figure) -> Decimal | None:
    """The figure, or the lower end of a range, in base units; None for ratios."""
    if figure.number is None:
        return None
    if figure.unit in AS_WRITTEN:
        return figure.number
    return figure.base if figure.base is not None else figure.number


def base_unit(figure: Figure) -> str:
    """The unit of `value`."""
    return figure.unit if figure.unit in AS_WRITTEN else figure.base_unit or figure.unit


def family(figure: Figure) -> str:
    """What figures may be added up with: the base unit of a measure; for counts "things" (家 and 个 mix) or "people"."""
    unit = base_unit(figure)
    if unit not in counting_words():
        return unit
    return "people" if unit in PEOPLE else "things"


def scale(figure: Figure) -> Decimal:
    """How many base units one unit of the figure is worth."""
    number, exact = figure.number, lower(figure)
    if number and exact is not None:
        return exact / number
    known = None if figure.unit in AS_WRITTEN else find(figure.unit, 0)
    return known.factor if known else Decimal(1)


def places(figure: Figure) -> int:
    """How many decimals are printed."""
    return len(figure.value.partition(".")[2])


def step(figure: Figure) -> Decimal:
    """One unit of the last printed place, in base units."""
    return Decimal(1).scaleb(-places(figure)) * scale(figure)


def roundness(figure: Figure) -> Decimal:
    """One unit of the last place that is not zero, in base units: 1000 for 3000余, 10 for 1280余."""
    digits = format(abs(figure.number or Decimal(0)), "f")
    if "." in digits:
        return step(figure)
    zeros = len(digits) - len(digits.rstrip("0"))
    return Decimal(10) ** (zeros if digits.strip("0") else 0) * scale(figure)


def exactly_set(figure: Figure) -> bool:
    """Whether a figure without decimals was set and not measured: a target, a task."""
    return figure.role in ("target", "limit") and "." not in figure.value


def printed(figure: Figure, stretched: bool = False) -> Interval | None:
    """The values that print as this figure; None for ratios.

    A count and a target without decimals are exact, any other figure may have been rounded. 约 reaches a twentieth to either
    side, but not beyond a few units of the last place (约1200 may be 1150, 约1286 may not),
    or to the next round number; 余, 超过 and 以上 reach up, 不足 and 以下 down, a third of the number or to the next round
    number, whichever is nearer. stretched: twice as far for 约, to the next round number at least for the others.
    """
    low = lower(figure)
    if low is None:
        return None
    half = Decimal(0) if is_count(figure) or exactly_set(figure) else step(figure) / 2
    high = low
    if figure.high_number is not None:
        high = figure.high_number * scale(figure)
    interval = Interval(low - half, high + half)
    if figure.bound not in ABOUT:
        return interval
    size, unit = abs(low), roundness(figure)
    if figure.bound == "~" and figure.high_number is None and not any(c in figure.text for c in ONE_SIDED):
        reach = max(unit / 2, min(size / 20, unit * SPREAD)) * (3 if stretched else 1)
        return Interval(interval.low - reach, interval.high + reach)
    reach = max(unit, size / 3) if stretched else min(unit, size / 3)
    if figure.bound in ("<", "<="):
        return Interval(interval.low - reach, interval.high)
    return Interval(interval.low, interval.high + reach)


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
    return words.number(number)


def in_unit_of(amount: Decimal, figure: Figure) -> str:
    """An amount in base units, written in a figure's own unit."""
    return plain(amount / scale(figure), places(figure) + 2) + figure.unit
