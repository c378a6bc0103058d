"""Pleas on how a number was printed: rounded, cut off, rounded twice, made to add up to a hundred, put loosely."""

from __future__ import annotations

from audit.defence.pleading import Reading
from audit.messages import message
from audit.rounding import Interval, is_count, printed, step, value
from audit.said import Accusation
from audit.slips import LEGIBLE, significant


def ways(a: Accusation) -> tuple[Interval, ...]:
    """What follows, in the direction that the words tell or in either."""
    follows = a.outcome.follows
    if a.relation.type != "growth":
        return (follows,)
    return {True: (-follows,), False: (follows,), None: (follows, -follows)}[a.relation.down]


def convention(a: Accusation) -> Reading | None:
    """A change from nothing is often called 100%."""
    told = a.outcome.zero and a.said.figure(a.outcome.disputed).unit == "%" and a.said.figure(a.outcome.disputed).number == 100
    return Reading(message("defence.convention")) if told else None


def cut_off(a: Accusation) -> Reading | None:
    """The last place was cut off and not rounded."""
    if a.relation.type == "same":
        pairs = [(a.outcome.premises[0], a.outcome.disputed), (a.outcome.disputed, a.outcome.premises[0])]
        cut = next((f for i, j in pairs if (f := a.said.figure(i)) and (v := value(f)) is not None and (other := printed(a.said.figure(j)))
                    and not f.bound and not is_count(f) and Interval(v, v + step(f)).meets(other)), None)
        return Reading(message("defence.cut", stated=cut.text)) if cut else None
    half = (a.outcome.stated.high - a.outcome.stated.low) / 2
    disputed = a.said.figure(a.outcome.disputed)
    if not half or a.relation.type == "parts" or disputed.bound:
        return None
    shown = Interval(a.outcome.stated.low + half, a.outcome.stated.high + half)
    return Reading(message("defence.cut", stated=disputed.text)) if any(w.meets(shown) for w in ways(a)) else None


def rounded_twice(a: Accusation) -> Reading | None:
    """The figure was rounded from one that had been rounded before."""
    s = a.outcome.stated
    slack = (s.high - s.low) / 20
    disputed = a.said.figure(a.outcome.disputed)
    if not slack or a.relation.type in ("parts", "same") or disputed.bound:
        return None
    return Reading(message("defence.twice", stated=disputed.text)) if any(w.meets(Interval(s.low - slack, s.high + slack)) for w in ways(a)) else None


def closed_to_hundred(a: Accusation) -> Reading | None:
    """Shares of one whole are made to add up to 100%: the last place of one gives way."""
    if a.relation.type != "ratio":
        return None
    s = a.outcome.stated
    near = Interval(s.low - (s.high - s.low), s.high + (s.high - s.low))
    shares = {r.percent for r in a.said.report.relations if r.type == "ratio" and r.whole == a.relation.whole and r.percent is not None}
    amounts = [value(a.said.figure(i)) for i in shares]
    if len(amounts) > 1 and None not in amounts and sum(x for x in amounts if x is not None) == 100 and near.meets(a.outcome.follows):
        return Reading(message("defence.hundred", stated=a.said.figure(a.outcome.disputed).text))
    return None


def rounding(a: Accusation) -> Reading | None:
    """Every figure was rounded by itself."""
    return Reading(message("defence.rounding")) if a.outcome.verdict == "rounded" else None


def loosely_put(a: Accusation) -> Reading | None:
    """约, 余 and the like state no exact number, so they prove no exact difference."""
    vague = [f for i in a.outcome.figures if (f := a.said.figure(i)).bound and not (f.bound == "~" and len(significant(f)) > LEGIBLE)]  # 约13459 is exact
    soft = a.outcome.verdict == "stretched" or any(f.bound == "~" for f in vague)
    return Reading(message("defence.vague", figure=vague[0].text)) if vague and soft else None
