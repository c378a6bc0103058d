"""Growth and decline: a stated change against the value now and the value before."""

from __future__ import annotations

from decimal import Decimal

from audit.checks.ratios import WORTH, in_percent, share
from audit.messages import Message, message
from audit.rounding import Interval, base_unit, family, in_unit_of, lower, printed
from audit.said import Outcome, Said
from extractor.relations.model import Relation
from extractor.report import Figure

CODE = "percentage-mismatch"
POINTS = "个百分点"


def judge(said: Said, relation: Relation) -> Outcome | None:
    """The change from before to now against the stated one; None where a value is missing, negative or of another unit.

    Where the value before is not stated, it is what is left of now without the increment that is stated beside it
    (总计9859万元，增加1063万元，增长12%).
    """
    if relation.now is None or relation.percent is None:
        return None
    now = said.figure(relation.now)
    found = before(said, relation, now)
    if found is None:
        return below_nothing(now, said.figure(relation.percent)) if relation.before is None and relation.down is False else None
    base, y, other = found
    return held(now, said.figure(relation.percent), relation.down, base, y, (relation.now, other), moved(said, relation, now))


def below_nothing(now: Figure, change: Figure) -> Outcome | None:
    """What is nothing now cannot be more than it was: 0万元，比上年增加1421万元."""
    after, by = printed(now), printed(change)
    if after is None or by is None or lower(now) != 0 or family(change) != family(now) or by.low <= after.high:
        return None
    return Outcome("inconsistent", change.index, (now.index, now.index), by, after, Decimal(0), zero=True)


def moved(said: Said, relation: Relation, now: Figure) -> Interval | None:
    """The relative change that an increment told beside it gives, as narrow as the two figures allow (the value now is on both sides of
    the fraction); None where the value before is told itself."""
    added = increment(said, relation) if relation.before is None else None
    by, after = printed(said.figure(added.percent)) if added is not None and added.percent is not None else None, printed(now)
    if added is None or by is None or after is None or by.low < 0 or after.low <= by.high:
        return None
    if added.down:
        return Interval(-by.high / (after.low + by.high), -by.low / (after.high + by.low))
    return Interval(by.low / (after.high - by.low), by.high / (after.low - by.high))


def held(now: Figure, change: Figure, fell: bool | None, base: Interval, y: Decimal, premises: tuple[int, ...], by: Interval | None = None) -> Outcome | None:
    """A stated change of a figure held against the value before (base as far as it may have been rounded, y as printed), whichever report
    tells that; None where nothing can be computed. premises: of the outcome; by: the relative change, where it is known more narrowly."""
    after, x = printed(now), lower(now)
    if after is None or x is None:
        return None
    if change.unit in WORTH:
        stated, relative = share(change), after.over(base)
        if y == 0 and x > 0 and stated:
            return Outcome("inconsistent", change.index, premises, stated, Interval(x, x), x, zero=True)
        if relative is None:
            return None
        follows, exact = by or Interval(relative.low - 1, relative.high - 1), x / y - 1
    else:
        stated = printed(change)
        if base_unit(change) != (POINTS if base_unit(now) == "%" else base_unit(now)) and family(change) != family(now):
            return None
        follows, exact = after - base, x - y
    if stated is None:
        return None
    if stated.high < 0:  # 增长-2.9%
        stated, fell = -stated, fell is not True
    ways = {True: (-follows,), False: (follows,), None: (follows, -follows)}[fell]
    if any(way.meets(stated) for way in ways) or (base_unit(now) == "%" and in_points(stated, after - base, change)):
        return Outcome("consistent", change.index, premises, stated, follows, exact)
    against = fell is not None and (-ways[0]).meets(stated)
    return Outcome("inconsistent", change.index, premises, stated, follows, exact, against=against)


def in_points(stated: Interval, moved: Interval, change: Figure) -> bool:
    """Whether a change of a rate that is printed in % is meant in points (由15%提高到18%，提高3%)."""
    return change.unit == "%" and any(way.meets(stated.times(Decimal(100))) for way in (moved, -moved))


def before(said: Said, relation: Relation, now: Figure) -> tuple[Interval, Decimal, int] | None:
    """The value before: as an interval, as printed, and the figure that tells it (itself, or the increment)."""
    other = relation.before
    if other is not None:
        base = said.figure(other)
        interval, exact = printed(base), lower(base)
        return (interval, exact, other) if interval is not None and exact is not None and family(base) == family(now) else None
    added = increment(said, relation)
    if added is None or added.percent is None:
        return None
    by, (whole, x) = said.figure(added.percent), (printed(now), lower(now))
    interval, exact = printed(by), lower(by)
    if whole is None or x is None or interval is None or exact is None:
        return None
    return (whole + interval, x + exact, by.index) if added.down else (whole - interval, x - exact, by.index)


def increment(said: Said, relation: Relation) -> Relation | None:
    """The change of the same value that is told in the value's own unit beside a change in per cent, where exactly one is."""
    if relation.now is None or relation.percent is None or said.figure(relation.percent).unit not in WORTH:
        return None
    unit = base_unit(said.figure(relation.now))
    found = [r for r in said.relations(relation.now)
             if r.type == "growth" and r.said and r.now == relation.now and r.percent is not None and base_unit(said.figure(r.percent)) == unit]
    return found[0] if len(found) == 1 else None


def told(change: Figure, amount: Decimal) -> str:
    """An amount of change without its sign, in the unit of the stated one."""
    if change.unit in WORTH:
        return in_percent(abs(amount), change)
    return in_unit_of(abs(amount), change)


def explain(said: Said, relation: Relation, outcome: Outcome) -> Message:
    """The finding's sentence."""
    change, (now, base) = said.figure(outcome.disputed), [said.figure(i) for i in outcome.premises]
    if outcome.zero and relation.before is None:
        return message("checks.growth_to_nothing", now=now.text, stated=change.text)
    if outcome.zero:
        return message("checks.growth_zero", now=now.text, base=base.text, stated=change.text)
    key = "growth_against" if outcome.against else "growth_by" if relation.before is None else "growth" if change.unit in WORTH else "difference"
    direction = message("checks.fell" if outcome.exact < 0 else "checks.rose")
    return message(f"checks.{key}", now=now.text, base=base.text, follows=told(change, outcome.exact), stated=change.text, direction=direction)


def derive(said: Said, relation: Relation, outcome: Outcome) -> Message:
    """What follows from the two values."""
    change, (now, base) = said.figure(outcome.disputed), [said.figure(i) for i in outcome.premises]
    if outcome.zero and relation.before is None:
        return message("proof.to_nothing", now=now.text)
    if outcome.zero:
        return message("proof.zero", base=base.text)
    low, high = (told(change, end) for end in sorted((outcome.follows.low, outcome.follows.high), key=abs))
    key = "increment" if relation.before is None else "growth" if change.unit in WORTH else "difference"
    direction = message("checks.fell" if outcome.exact < 0 else "checks.rose")
    return message(f"proof.{key}", now=now.text, base=base.text, follows=told(change, outcome.exact), low=low, high=high, direction=direction)
