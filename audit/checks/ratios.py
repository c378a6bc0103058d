"""Shares, rates and completion: a stated percentage against the two figures that it follows from."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from audit.messages import Message, message
from audit.rounding import Interval, Verdict, base_unit, family, in_unit_of, lower, places, plain, printed
from audit.said import Outcome, Said
from extractor.relations.model import Relation
from extractor.report import Figure

CODE = "percentage-mismatch"
# how many of one are a whole one: 45% is 0.45, 三成 is 0.3, 1.5倍 is 1.5; 番 doubles
PEOPLE_MOVE = Decimal("0.03")
WORTH = {"%": Decimal("0.01"), "‰": Decimal("0.001"), "成": Decimal("0.1"), "倍": Decimal(1), "番": Decimal(1)}
DOUBLED = Interval(Decimal("0.93"), Decimal("1.25"))  # what is called 翻一番 grew by about as much again, or somewhat more


def share(figure: Figure) -> Interval | None:
    """What a figure says as a proportion: a percentage, a number of times, or a ratio of two (1:2.5); None for other units."""
    left, colon, right = figure.value.partition(":")
    if colon:
        halves = [Interval(Decimal(x) - half(x), Decimal(x) + half(x)) for x in (left, right) if x.replace(".", "", 1).isdigit()]
        return halves[0].over(halves[1]) if len(halves) == 2 else None
    if figure.unit not in WORTH:
        return None
    if figure.unit == "番":
        return DOUBLED.times(2 ** figure.number - 1) if figure.number is not None and figure.number > 0 else None
    interval = printed(replace(figure, base=None))
    return interval.times(WORTH[figure.unit]) if interval else None


def half(number: str) -> Decimal:
    """Half of the last place of a number of a ratio; a bare 1 is exact."""
    return Decimal(0) if "." not in number and len(number) == 1 else Decimal(1).scaleb(-len(number.partition(".")[2])) / 2


def judge(said: Said, relation: Relation) -> Outcome | None:
    """The part over the whole against the stated proportion; None where a slot is open or the units differ."""
    if relation.part is None or relation.whole is None or relation.percent is None:
        return None
    if relation.per is not None:
        return per_head(said, relation, relation.part, relation.whole, relation.percent, relation.per)
    part, whole, stated = said.figure(relation.part), said.figure(relation.whole), share(said.figure(relation.percent))
    a, b, x, y = printed(part), printed(whole), lower(part), lower(whole)
    if stated is None or a is None or b is None or x is None or not y or family(part) != family(whole):
        return None
    follows, exact = a.over(b), x / y
    if follows is None:
        return None
    if relation.rest:
        follows, exact = Interval(1 - follows.high, 1 - follows.low), 1 - exact
    verdict: Verdict = "consistent" if follows.meets(stated) else "inconsistent"
    if verdict == "inconsistent" and (wide := stretched(part, whole)) and wide.meets(stated):
        verdict = "stretched"
    return Outcome(verdict, relation.percent, (relation.part, relation.whole), stated, follows, exact)


def per_head(said: Said, relation: Relation, part: int, whole: int, percent: int, per: Decimal) -> Outcome | None:
    """What there is of each so many of the whole, against what is stated; a population is told of a day and divided by as the year went, so
    what differs by less than PEOPLE_MOVE of it is no difference."""
    stated, of, among = printed(said.figure(percent)), printed(said.figure(part)), printed(said.figure(whole))
    x, y = lower(said.figure(part)), lower(said.figure(whole))
    follows = of.over(among) if of is not None and among is not None else None
    if stated is None or follows is None or x is None or not y or family(said.figure(part)) != family(said.figure(percent)):
        return None
    follows, exact = follows.times(per), x / y * per
    near = follows.distance(stated) <= exact * PEOPLE_MOVE
    return Outcome("consistent" if near else "inconsistent", percent, (part, whole), stated, follows, exact)


def stretched(part: Figure, whole: Figure) -> Interval | None:
    """The proportion with every bound read as wide as it goes."""
    a, b = printed(part, stretched=True), printed(whole, stretched=True)
    return a.over(b) if a and b else None


def judge_goal(said: Said, relation: Relation) -> Outcome | None:
    """What was done over what was asked for; the percentage may also tell the surplus alone (超额10%), or the surplus in its own unit."""
    if relation.target is None or relation.actual is None or relation.percent is None:
        return None
    rate = judge(said, Relation("ratio", relation.start, relation.end, part=relation.actual, whole=relation.target, percent=relation.percent))
    target, actual, percent = (said.figure(i) for i in (relation.target, relation.actual, relation.percent))
    a, b, x, y = printed(actual), printed(target), lower(actual), lower(target)
    if a is None or b is None or x is None or y is None or family(actual) != family(target):
        return None
    if rate is None:
        stated = printed(percent)
        same = base_unit(percent) == base_unit(target) or (base_unit(target) == "%" and base_unit(percent) == "个百分点")
        if stated is None or not same:
            return None
        follows = a - b if x >= y else b - a
        return Outcome("consistent" if follows.meets(stated) else "inconsistent", relation.percent, (relation.actual, relation.target), stated, follows,
                       abs(x - y))
    surplus = Interval(rate.follows.low - 1, rate.follows.high - 1)
    for over in (surplus, -surplus):
        if over.meets(rate.stated):
            return replace(rate, verdict="consistent")
    return rate


def in_percent(proportion: Decimal, figure: Figure) -> str:
    """A proportion in the unit of the stated one, with one place more."""
    if ":" in figure.value:
        left, _, right = figure.value.partition(":")
        if Decimal(left) >= Decimal(right):
            return f"{plain(proportion * Decimal(right), 2)}:{right}"
        return f"{left}:{plain(Decimal(left) / proportion, 2)}" if proportion else "0"
    if figure.unit == "番":
        return plain(proportion / WORTH["%"], 1) + "%"
    return plain(proportion / WORTH[figure.unit], places(figure) + 1) + figure.unit


def explain(said: Said, relation: Relation, outcome: Outcome) -> Message:
    """The finding's sentence."""
    stated = said.figure(outcome.disputed)
    part, whole = (said.figure(i) for i in outcome.premises)
    if relation.per is not None:
        return message("checks.per_head", part=part.text, whole=whole.text, follows=in_unit_of(outcome.exact, stated), stated=stated.text)
    if relation.rest:
        return message("checks.share_of_rest", part=part.text, whole=whole.text, follows=in_percent(outcome.exact, stated), stated=stated.text)
    if stated.unit not in WORTH and ":" not in stated.value:
        return message("checks.difference", now=part.text, base=whole.text, follows=plain(outcome.exact) + stated.unit, stated=stated.text)
    return message("checks.share", part=part.text, whole=whole.text, follows=in_percent(outcome.exact, stated), stated=stated.text)


def derive(said: Said, relation: Relation, outcome: Outcome) -> Message:
    """What follows from the part and the whole."""
    stated = said.figure(outcome.disputed)
    part, whole = (said.figure(i) for i in outcome.premises)
    if relation.per is not None:
        return message("proof.per_head", part=part.text, whole=whole.text, per=plain(relation.per), follows=in_unit_of(outcome.exact, stated))
    if stated.unit not in WORTH and ":" not in stated.value:
        return message("proof.difference", now=part.text, base=whole.text, follows=plain(outcome.exact) + stated.unit)
    low, high = in_percent(outcome.follows.low, stated), in_percent(outcome.follows.high, stated)
    return message("proof.rest" if relation.rest else "proof.quotient", part=part.text, whole=whole.text, follows=in_percent(outcome.exact, stated), low=low, high=high)
