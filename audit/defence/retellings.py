"""Pleas on one quantity told twice: another role, period or place, a series, or numbers that no slip of the pen makes of each other."""

from __future__ import annotations

from decimal import Decimal

from audit.defence.pleading import APART, Reading
from audit.messages import message
from audit.rounding import printed
from audit.said import Accusation
from audit.slips import significant, slipped


def other_quantity(a: Accusation) -> Reading | None:
    """Two tellings of different periods, of a stock and a flow, of a target and a result, are two quantities."""
    if a.relation.type != "same":
        return None
    one, other = a.said.figure(a.outcome.premises[0]), a.said.figure(a.outcome.disputed)
    if one.role != other.role:
        return Reading(message("defence.role", first=one.text, second=other.text), silent=True)
    if (one.modality == "cumulative") != (other.modality == "cumulative"):
        return Reading(message("defence.cumulative", first=one.text, second=other.text))
    return None


def a_series(a: Accusation) -> Reading | None:
    """Told three times with three values, it is a series of years or of places."""
    if a.relation.type != "same":
        return None
    intervals = [i for m in a.relation.members if (i := printed(a.said.figure(m))) is not None]
    apart = all(not x.meets(y) for k, x in enumerate(intervals) for y in intervals[k + 1:])
    return Reading(message("defence.series"), silent=True) if len(intervals) > 2 and apart else None


def one_breath(a: Accusation) -> Reading | None:
    """Nobody contradicts himself in one sentence: 行使前为11000万股，若全额行使则为11412万股 are two quantities."""
    if a.relation.type != "same" or a.relation.form != "named":
        return None
    told = [(f, printed(f)) for m in a.relation.members if (f := a.said.figure(m)).index != a.outcome.disputed]
    apart = any(f.sentence == a.said.figure(a.outcome.disputed).sentence and i is not None and not i.meets(a.outcome.stated) for f, i in told)
    return Reading(message("defence.scope"), silent=True) if apart else None


def no_slip(a: Accusation) -> Reading | None:
    """Digits that were not transposed, and of which more than one differs, were hardly meant to be the same: another scope or day is likely."""
    if a.relation.type != "same" or a.relation.form not in ("named", "cell", "back-partly"):
        return None
    one, other = (significant(a.said.figure(i)) for i in (a.outcome.premises[0], a.outcome.disputed))
    known = len(a.outcome.premises) > 1 or slipped(one, other)  # told twice alike, and once otherwise
    far = a.outcome.follows.distance(a.outcome.stated) > max(abs(a.outcome.stated.high) * APART, Decimal(2))
    return None if known and len(one) > 1 and len(other) > 1 else Reading(message("defence.scope"), silent=far)
