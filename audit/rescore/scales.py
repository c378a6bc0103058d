"""Clauses of which one at most holds: the levels of a measure, alternatives, a goal and the proportion below it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from audit.grounds.model import ClauseState
from audit.rescore.points import NOTHING, ZERO, Points, given, worth
from patterns.clause import Clause
from patterns.rules.meaning import earns_nothing

RANKS = ("名", "位")


def bottom_holds(state: ClauseState) -> bool:
    """Whether the report says that a clause of no points (the bottom of a scale, a veto) holds: the points go."""
    return state.state == "unmet"


def bottom_denied(state: ClauseState) -> bool:
    """Whether the report says that it does not hold."""
    return state.state in ("met", "excluded")


def scale(group: Sequence[ClauseState], weight: Decimal) -> Points:
    """The points of a group of alternatives, of which the one that holds counts.

    Where none is proven the least is what the lowest open one gives, if the scale names its bottom and the report denies it.
    """
    bottoms = [s for s in group if earns_nothing(s.clause)]
    giving = [s for s in group if not earns_nothing(s.clause) and s.state != "not-applicable"]
    if any(bottom_holds(s) for s in bottoms):
        return NOTHING
    certain = [given(s, weight) for s in giving if s.state == "met" or (s.state == "unmet" and s.clause.kind == "prorata")]
    possible = [(s, given(s, weight)) for s in giving if s.state in ("open", "external")]
    if certain:
        low, high = max(p.low for p in certain), max(p.high for p in certain)
        low = ZERO if any(s.state == "open" for s in bottoms) else low
        return Points(low, max([high, *(p.high for _, p in possible)]))
    if not possible:
        return NOTHING
    denied = (bool(bottoms) and all(bottom_denied(s) for s in bottoms)) or (not bottoms and _leaves_nothing_out([s.clause for s in giving]))
    least = min(worth(s, weight) if s.clause.kind != "prorata" else p.low for s, p in possible) if denied else min(p.low for _, p in possible)
    return Points(least, max(p.high for _, p in possible))


def _leaves_nothing_out(levels: Sequence[Clause]) -> bool:
    """Whether the levels of a scale leave no value without points (前三位得5分，第四至六位得3分，第七位及以后得1分)."""
    if len(levels) < 2 or any(c.kind != "tier" for c in levels) or len({c.unit for c in levels}) > 1:
        return False
    order = sorted(levels, key=lambda c: (c.lower is not None, c.lower or ZERO))
    step = Decimal(1) if order[0].unit in RANKS else ZERO
    joined = all(a.upper is not None and b.lower is not None and b.lower - a.upper <= step for a, b in pairwise(order))
    return order[0].lower is None and order[-1].upper is None and joined


def less(points: Points, top: Decimal, taking: Sequence[tuple[ClauseState, Points]]) -> Points:
    """The points of a group less the deductions that are taken from it (达到100%得6分，每低5个百分点扣1分 gives 5 at 95%).

    points: the group's own; top: its best level. A level that is missed gives its points less what the deductions take, where they say how much.
    """
    off = sum((p for _, p in taking), NOTHING)
    missed = points.high < top
    if missed and any(s.state == "unmet" and p.low < ZERO for s, p in taking):  # a part of a step may take nothing
        return Points(top + off.low, top + off.high).within(ZERO, top)
    if missed and any(s.state == "open" for s, _ in taking):
        return Points(points.low, top)  # the level is missed, by how much is open
    return points if missed else (points + off).within(ZERO, top)
