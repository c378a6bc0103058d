"""How far a goal was reached, and what that is worth. Goal and result in, a share of the weight out; nothing of reports."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from patterns.attainment import Done, Goal, years_filled
from patterns.scheme import Method

ONE, ZERO, HUNDRED = Decimal(1), Decimal(0), Decimal(100)
How = Literal["reached", "far", "short", "over", "kept", "late", "grade", "unknown", "apart", "forecast"]
_BINARY = ("达标", "合格", "完成", "是", "有", "通过", "全覆盖")  # words that are so or not, without a more or less
_COUNTED = frozenset("%元米克秒")


@dataclass(frozen=True, slots=True)
class Share:
    """What a result earns, as shares of the weight: low..high is what the method gives, least..most what rounding of the printed
    numbers leaves room for. how: reached, far (far above the goal), short (below it), over (above a limit), kept and late (dates), grade
    (words), unknown (nothing can be said), apart (units that cannot be compared), forecast.
    """

    how: How
    low: Decimal
    high: Decimal
    least: Decimal
    most: Decimal

    @classmethod
    def of(cls, how: How, low: Decimal, high: Decimal, least: Decimal | None = None, most: Decimal | None = None) -> Share:
        """A share whose room for rounding is given or none."""
        return cls(how, low, high, low if least is None else least, high if most is None else most)


def share(goal: Goal, done: Done, method: Method, lower_is_better: bool, inverse_counts: bool) -> Share:
    """What a result earns of its weight.

    lower_is_better: the name says so (of a goal without a sign). inverse_counts: the form says that a limit exceeded earns goal ÷ result.
    """
    if done.forecast:
        return Share.of("forecast", ZERO, ONE)
    if goal.sense == "date":
        return _dated(goal, done, method)
    if goal.text == done.text and (any(c.isdigit() for c in goal.text) or goal.text in _BINARY):
        return Share.of("reached", ONE, ONE)
    if goal.sense == "words" or goal.number is None:
        return _graded(done, method.grades)
    if done.number is None:
        return _graded(done, method.grades) if done.grade in ("missed", "partly") else Share.of("unknown", ZERO, ONE)
    return _measured(goal, done, method, lower_is_better, inverse_counts)


def _graded(done: Done, grades: Mapping[str, tuple[Decimal, Decimal]]) -> Share:
    if done.grade is None:
        return Share.of("unknown", ZERO, ONE)
    low, high = grades[done.grade]
    return Share.of("grade", low / HUNDRED, high / HUNDRED)


def _dated(goal: Goal, done: Done, method: Method) -> Share:
    if goal.latest is not None and done.bare and done.number is not None and 1 <= done.number <= 12 and goal.latest[2] == 31:  # ≤6月 and 5
        return Share.of("kept", ONE, ONE) if done.number <= goal.latest[1] else Share.of("late", ZERO, method.grades["partly"][1] / HUNDRED)
    if done.day is None or goal.latest is None:
        return _graded(done, method.grades)
    day, latest = years_filled(done.day, goal.latest), years_filled(goal.latest, done.day)
    if day <= latest:
        return Share.of("kept", ONE, ONE)
    return Share.of("late", ZERO, method.grades["partly"][1] / HUNDRED)


def _near(value: Decimal, target: Decimal) -> bool:
    """Whether two numbers may be of one unit: within a factor of ten."""
    return target > ZERO and target <= value * 10 and value <= target * 10


def comparable(goal: Goal, done: Done) -> bool:
    """Whether goal and result count in units that can be held against each other; a result without a unit takes the goal's."""
    return done.bare or not goal.base or not done.base or goal.base.split("/")[0] == done.base.split("/")[0]


def _measured(goal: Goal, done: Done, method: Method, lower: bool, inverse_counts: bool) -> Share:
    assert goal.number is not None and done.number is not None and done.low is not None and done.high is not None
    target, value, least, most = goal.number, done.number, done.low, done.high
    loose = False
    if done.bare:
        if goal.base == "%" and ZERO < value <= ONE < target:
            if value * HUNDRED >= target:
                return Share.of("reached", ZERO, ONE)  # 1 is what a spreadsheet makes of 100%
            value, least, most = value * HUNDRED, least * HUNDRED, most * HUNDRED
            loose = True
        elif not (_near(value, target) and not _near(value * goal.factor, target)):  # 31200 of 3万人次 is told in persons
            value, least, most = value * goal.factor, least * goal.factor, most * goal.factor
    elif not comparable(goal, done):
        pair = {goal.base[:1], done.base[:1]}
        if "%" in pair or not (goal.base and done.base) or pair & _COUNTED:
            return Share.of("apart", ZERO, ONE)
        loose = True  # 人 for 人次: one word for the other
    if goal.times != done.times:
        enough = goal.sense != "most" and value >= target * goal.times
        return Share.of("reached", ONE, ONE) if enough and not lower else Share.of("unknown", ZERO, ONE)  # 17场 of 4场/季度
    if goal.strict and value == target:
        return Share.of("unknown", ZERO, ONE)
    if not goal.signed and target == ZERO < value and goal.base != "%":
        return Share.of("over", ZERO, method.grades["partly"][1] / HUNDRED)  # 0起 is a limit, whatever is counted
    if goal.sense == "range":
        assert goal.high is not None
        if least <= goal.high and most >= target:
            return Share.of("reached", ONE, ONE)
        return Share.of("unknown", ZERO, ONE)
    if goal.sense == "most" or (not goal.signed and lower and value > target):
        found = _limited(target, value, least, most, inverse_counts, goal.sense == "most")
    elif value >= target:
        far = target > 0 and value >= target * method.far / HUNDRED and not lower
        found = Share.of("far", ZERO, ONE) if far else Share.of("reached", ONE, ONE)
    elif not goal.signed and lower:
        return Share.of("reached", ZERO, ONE)  # a cost below what was set: less may be better
    elif target <= 0:
        return Share.of("unknown", ZERO, ONE)
    else:
        found = Share.of("short", max(ZERO, value / target), max(ZERO, value / target), max(ZERO, least / target), min(ONE, max(ZERO, most / target)))
    if loose and found.how in ("short", "over"):
        return Share.of("unknown", ZERO, ONE)
    return found


def _limited(target: Decimal, value: Decimal, least: Decimal, most: Decimal, inverse_counts: bool, sure: bool) -> Share:
    """A limit: kept earns all, exceeded at most goal ÷ result."""
    if value <= target:
        return Share.of("reached", ONE, ONE)
    if not sure:
        return Share.of("unknown", ZERO, ONE)
    if least <= target:
        return Share.of("over", ZERO, ONE)
    ratio = max(ZERO, target / value)
    return Share.of("over", ratio if inverse_counts else ZERO, ratio, max(ZERO, target / most) if inverse_counts else ZERO, max(ZERO, target / least))
