"""Slips of the pen: what one wrong stroke makes of a number (two digits transposed, one dropped, told twice or changed, the point misplaced)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from audit.rounding import Interval, lower
from extractor.report import Figure

LEGIBLE = 3  # digits of which one may be wrong and the number still be recognised
CHANCE = Decimal("0.05")  # what would fit this often by accident proves nothing
FAR = 2  # numbers within this factor of each other count among those that could have been meant


def significant(figure: Figure) -> str:
    """The digits of a figure without the zeros that only tell its size: 36 of 3600 and of 0.36."""
    digits = figure.value.replace(".", "").lstrip("0-")
    return digits if "." in figure.value else digits.rstrip("0")


def slipped(one: str, other: str) -> bool:
    """Whether one row of digits is the other with two transposed, or (of three at least) with one changed, dropped or told twice."""
    if len(one) == len(other):
        return sorted(one) == sorted(other) or (len(one) >= LEGIBLE and sum(x != y for x, y in zip(one, other, strict=True)) == 1)
    short, long = sorted((one, other), key=len)
    return len(long) - len(short) == 1 and len(long) >= LEGIBLE and any(long[:k] + long[k + 1:] == short for k in range(len(long)))


def written(figure: Figure, meant: Interval) -> bool:
    """Whether a slip of the pen turns a value of an interval into what is printed, and hardly any other value would have done."""
    exact, digits = lower(figure), figure.value.lstrip("-")
    if exact is None or not exact or meant.high <= 0 or ":" in digits:
        return False
    unit = exact / Decimal(figure.value)
    if figure.unit == "%" and meant.high < 2:
        unit = Decimal("0.01")
    tried = set(variants(digits))
    width, middle = meant.high - meant.low, abs(meant.high + meant.low) / 2
    close = sum(abs(v * unit) <= meant.high * FAR and abs(v * unit) * FAR >= meant.low for v in tried)
    likely = close * (width or unit.scaleb(-len(digits.partition(".")[2]))) / (middle * Decimal("1.5")) if middle else Decimal(1)
    return likely < CHANCE and any(meant.low <= v * unit <= meant.high for v in tried)


def variants(digits: str) -> Iterator[Decimal]:
    """What a slip of the pen may have made of a number: every number that one slip turns into these digits."""
    plain, point = digits.replace(".", ""), len(digits.partition(".")[0])

    def number(row: str, at: int) -> Decimal:
        return Decimal(row).scaleb(at - len(row))

    for shift in (-2, -1, 1, 2):
        yield number(plain, point + shift)
    for k in range(len(plain) - 1):
        if plain[k] != plain[k + 1]:
            yield number(plain[:k] + plain[k + 1] + plain[k] + plain[k + 2:], point)
    for k in range(len(plain)):
        if len(plain) >= LEGIBLE:
            if plain[k] in plain[k + 1:k + 2]:
                yield number(plain[:k] + plain[k + 1:], point - (k < point))  # told twice
            for d in "0123456789"[k == 0:]:
                yield number(plain[:k] + d + plain[k + 1:], point)
    for k in range(len(plain) + 1):
        if len(plain) >= LEGIBLE or k == len(plain) == point > 1:  # of two digits only a third one behind them was dropped
            for d in "0123456789":
                yield number(plain[:k] + d + plain[k:], point + (k <= point))  # dropped
