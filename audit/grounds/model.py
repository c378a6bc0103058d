"""ClauseState: what the report makes of one clause, before any points are counted."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from audit.model import Evidence, State
from patterns.clause import Clause

# Why a clause is open: the report is silent on it; it only claims, without figures; it gives figures, but no goal to hold them
# against; it settles a part of it; a person must judge whether a fault is the one that is meant; the number is a forecast.
Lack = Literal["", "silent", "claims", "no-goal", "part", "judge", "forecast"]


@dataclass(frozen=True, slots=True)
class ClauseState:
    """What the report says of one clause.

    state: the contract's (met, unmet, open, excluded, not-applicable, external; never partly).
    evidence: the grounds of the state, each of which speaks of this clause by itself; `decisive` of each holds the figures that decide.
    lowest..highest: of a numeric clause, what the report proves of its number and the most that it does not rule out. None: unknown;
        highest None is unbounded. The number is, by kind:
            tier     the measure itself, in the clause's own unit (a share or completion in percent points: 96.0)
            each     how many items there are, in `per_unit` (not divided by `per`)
            deduct   how many faults there were, or by how much the level was missed, in `per_unit` (not divided by `per`); of a flat
                     deduction 1 or 0; 0..0 where none is due
            prorata  the proportion, 1 is complete (may exceed 1)
        award, full, zero and fixed have none: their state says it all.
        All tiers of one group carry the same interval: at most one is met, those that the interval rules out are excluded.
    sure: every premise of the state (or of the bound that rules a claim out) is said in so many words and nothing in reach says otherwise:
        it may carry an error. Not sure: at most a warning.
    forecast: the deciding figure is expected only (预计).
    doubt..doubt_evidence: points of fact that a person must judge: how many faults of this clause's kind there would be if they fit.
    others: other values that the same words or those around them could give the clause's number: no error rests on a number that one of them makes right.
    reckoned: the number is the distance of another one from a level or goal, so that no figure of the sentences is it.
    lack, near: of an open clause, what is missing, and the passage that comes nearest (or none).
    """

    clause: Clause
    state: State
    evidence: tuple[Evidence, ...] = ()
    lowest: Decimal | None = None
    highest: Decimal | None = None
    sure: bool = False
    forecast: bool = False
    doubt: Decimal = Decimal(0)
    doubt_evidence: tuple[Evidence, ...] = ()
    lack: Lack = ""
    near: tuple[Evidence, ...] = ()
    others: tuple[Decimal, ...] = ()
    reckoned: bool = False

    @property
    def by_figures(self) -> bool:
        """Whether figures (and not words alone) decide the state."""
        return any(e.decisive for e in self.evidence)
