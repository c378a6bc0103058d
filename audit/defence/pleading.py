"""What a plea is, and what pleas of several kinds ask: what a slip of the pen would explain, and how likely another reading fits by accident."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from audit.messages import Message
from audit.rounding import Interval, printed
from audit.said import Accusation
from audit.slips import written

APART = Decimal("0.45")  # two tellings further apart than this, and no slip of the pen, are of two things
MANY = 24  # figures of a list or beside it that other groupings are tried with
SLOTS = {"ratio": ("whole", "part"), "goal": ("target", "actual"), "growth": ("before", "now"), "parts": ("total",)}


@dataclass(frozen=True, slots=True)
class Reading:
    """What else the words may mean. silent: then nothing is left to ask."""

    message: Message
    silent: bool = False


def mistyped(a: Accusation) -> bool:
    """Whether a decimal point in another place, two digits transposed or one dropped, told twice or changed in one of the figures explains it all."""
    return any(written(a.said.figure(i), meant) for i, meant in implied(a))


def implied(a: Accusation) -> Iterator[tuple[int, Interval]]:
    """What each figure of an accusation would have to be, were the others right."""
    o, r = a.outcome, a.relation
    yield o.disputed, o.follows
    if r.type == "ratio" and r.part is not None and r.whole is not None:
        part, whole = printed(a.said.figure(r.part)), printed(a.said.figure(r.whole))
        if part is not None and whole is not None:
            yield r.part, Interval(whole.low * o.stated.low, whole.high * o.stated.high)
            if (meant := part.over(o.stated)) is not None:
                yield r.whole, meant
    if r.type == "parts":
        for i in r.parts:
            if (one := printed(a.said.figure(i))) is not None and r.parts.count(i) == 1:
                others = Interval(o.follows.low - one.low, o.follows.high - one.high)
                yield i, o.stated - others


def chance(a: Accusation, tried: int) -> Decimal:
    """How likely one of so many other readings would fit by accident, figures of the same size taken at random."""
    width = (a.outcome.stated.high - a.outcome.stated.low) + (a.outcome.follows.high - a.outcome.follows.low)
    middle = abs(a.outcome.stated.high + a.outcome.stated.low) / 2
    if width == 0:
        width = Decimal(1)  # whole things
    return tried * width / (middle * Decimal("1.5")) if middle else Decimal(1)


def texts(a: Accusation, figures: tuple[int, ...]) -> str:
    """Figures as printed."""
    return "、".join(a.said.figure(i).text for i in figures)


Plea = Callable[[Accusation], Reading | None]
