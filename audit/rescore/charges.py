"""One fault, one charge: within a rule, and between the indicators of a report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from audit.grounds.model import ClauseState
from audit.rescore.indicator import Judged
from patterns.demand import POINTS

_ZERO = Decimal(0)


def once(states: Sequence[ClauseState]) -> tuple[ClauseState, ...]:
    """The states of one rule, a fault that two deductions rest on charged to the one that takes most; for the others it is a doubt."""
    taken: set[tuple[int, int]] = set()
    out = {id(s): s for s in states}
    by_weight = sorted((s for s in states if _charges(s)), key=lambda s: -(s.clause.points or _ZERO))
    for s in by_weight:
        grounds = {(e.quote.start, e.quote.end) for e in s.evidence if e.against}
        shortfall = s.clause.per_unit in POINTS
        if grounds and grounds <= taken and not shortfall:
            out[id(s)] = replace(s, state="open", lowest=None, highest=s.highest, sure=False)
        taken |= grounds
    return tuple(out[id(s)] for s in states)


def _charges(state: ClauseState) -> bool:
    return state.clause.kind == "deduct" and state.state == "unmet"


def spared(judged: Sequence[Judged]) -> list[Judged]:
    """The indicators, a fault that one surely pays for no doubt, neither of another nor of itself."""
    out = []
    charged = frozenset[int]().union(*(k.charged for k in judged))
    for j in judged:
        if j.doubt and j.doubt_evidence and all(f.start in charged for e in j.doubt_evidence for f in e.decisive) \
                and any(e.decisive for e in j.doubt_evidence):
            j = replace(j, doubt=_ZERO, doubt_evidence=())
        out.append(j)
    return out
