"""The points of one clause, from its state: what is proven and what is not ruled out."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from audit.grounds.model import ClauseState

ZERO, ONE = Decimal(0), Decimal(1)
_UNBOUNDED = 100  # faults: more of them than any row of 减分项 counts


@dataclass(frozen=True, slots=True)
class Points:
    """low..high points; of a deduction both are zero or negative."""

    low: Decimal
    high: Decimal

    def __add__(self, other: Points) -> Points:
        return Points(self.low + other.low, self.high + other.high)

    def within(self, least: Decimal, most: Decimal) -> Points:
        """The same, cut to least..most."""
        return Points(min(max(self.low, least), most), min(max(self.high, least), most))

    def holds(self, points: Decimal) -> bool:
        """Whether a number of points lies inside."""
        return self.low <= points <= self.high


NOTHING = Points(ZERO, ZERO)


def worth(state: ClauseState, weight: Decimal) -> Decimal:
    """The most that a clause can give."""
    c = state.clause
    match c.kind:
        case "full" | "fixed":
            return weight
        case "each":
            return weight if c.cap is None else c.cap
        case "reference":
            return weight if c.points is None else c.points
        case "prorata":
            return weight if c.points is None else c.points
        case "award" | "tier":
            return c.points or ZERO
        case _:
            return ZERO


def given(state: ClauseState, weight: Decimal) -> Points:
    """What a clause that gives points gives. weight: the row's maximum."""
    c, most = state.clause, worth(state, weight)
    if state.state in ("excluded", "not-applicable"):
        return NOTHING
    if c.kind == "each":
        return _counted(state, most)
    if c.kind == "prorata":
        return _proportion(state, most)
    if "base" in c.note:
        return Points(most, most)  # 基础分60分: nothing is asked for it
    match state.state:
        case "met":
            return Points(most, most)
        case "unmet":
            return NOTHING
        case _:
            return Points(ZERO, most)


def _counted(state: ClauseState, most: Decimal) -> Points:
    """Points by the item."""
    c, points = state.clause, state.clause.points or ZERO
    if state.state == "unmet" and state.highest is None:
        return NOTHING

    def of(number: Decimal) -> Decimal:
        return min(most, (number / (c.per or ONE)).to_integral_value(ROUND_CEILING if c.round == "up" else ROUND_FLOOR) * points)

    least = of(state.lowest) if state.lowest is not None else ZERO
    return Points(least, of(state.highest) if state.highest is not None else most)


def _proportion(state: ClauseState, most: Decimal) -> Points:
    """Points in proportion. How finely a missing part is rounded up or down is seldom said, so that all ways are open."""
    if state.state == "unmet" and state.highest is None:
        return NOTHING

    def of(share: Decimal) -> Points:
        exact = most * min(share, ONE)
        match state.clause.round:
            case "up":
                missing = most - exact
                return Points(max(ZERO, most - missing.to_integral_value(ROUND_CEILING)), exact)
            case "down":
                return Points(exact.to_integral_value(ROUND_FLOOR), exact)
            case _:
                return Points(exact, exact)

    least = of(state.lowest).low if state.lowest is not None else ZERO
    return Points(least, of(state.highest).high if state.highest is not None else most)


def taken(state: ClauseState, most: Decimal) -> Points:
    """What a deduction takes, as negative points. most: the points that it is taken from, 0 in a row that only takes points off (减分项)."""
    c, points = state.clause, state.clause.points or ZERO
    room = most if most > ZERO else points * _UNBOUNDED
    cap = room if c.cap is None else min(c.cap, room)
    if state.state in ("met", "excluded", "not-applicable"):
        return NOTHING
    if c.per is None:
        flat = -min(points, cap)
        return Points(flat, flat) if state.state == "unmet" else Points(flat, ZERO)
    least = _steps(state.lowest, state)[0] if state.lowest is not None else ZERO
    worst = cap if state.highest is None else min(cap, _steps(state.highest, state)[1] * points)
    return Points(-worst, -min(cap, least * points))


def _steps(amount: Decimal, state: ClauseState) -> tuple[Decimal, Decimal]:
    """How many steps a shortfall makes, at least and at most: a part of a step counts or not, unless the rule says which."""
    exact = amount / (state.clause.per or ONE)
    if "in-part" in state.clause.note:
        return exact, exact
    down, up = exact.to_integral_value(ROUND_FLOOR), exact.to_integral_value(ROUND_CEILING)
    return (up, up) if state.clause.round == "up" else (down, down) if state.clause.round == "down" else (down, up)
