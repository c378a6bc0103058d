"""Pleas on shares and changes: another base, whole, end or pair of figures makes the percentage right."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import permutations

from audit.defence.pleading import APART, MANY, SLOTS, Reading, chance, texts
from audit.messages import message
from audit.rounding import Interval, family, printed, value
from audit.said import Accusation
from audit.slips import CHANCE

RATE = 3  # characters of a rate's name (签约率)


def other_base(a: Accusation) -> Reading | None:
    """Another change of the same kind holds between the two values, so this one is against another base: 比2020年的57.2%提高4.3个百分点，比上年提高1.8个百分点."""
    r = a.relation
    if r.type != "growth" or r.before is None or r.now is None:
        return None
    unit = a.said.figure(a.outcome.disputed).unit
    for other in a.said.relations(r.now):
        if other.type == "growth" and other != r and (other.now, other.before) == (r.now, r.before) and other.percent is not None \
                and other.percent != r.percent and a.said.figure(other.percent).unit == unit:
            outcome = a.judge(a.said, other)
            if outcome is not None and outcome.verdict == "consistent":
                return Reading(message("defence.other_base"), silent=True)
    return None


def other_end(a: Accusation) -> Reading | None:
    """The change was divided by the value now instead of the value before."""
    r = a.relation
    if r.type != "growth" or r.before is None or a.outcome.against or a.outcome.zero:
        return None
    turned = replace(r, now=r.before, before=r.now, down=None if r.down is None else not r.down)
    outcome = a.judge(a.said, turned)
    if outcome is None or outcome.verdict != "consistent" or r.now is None:
        return None
    return Reading(message("defence.other_end", base=a.said.figure(r.now).text))


def exchanged(a: Accusation) -> Reading | None:
    """The value that is told last is the one now: 上年54.6万元，今年53.8万元，减少1.4%."""
    r = a.relation
    if r.type != "growth" or r.now is None or r.before is None or r.now > r.before:
        return None
    outcome = a.judge(a.said, replace(r, now=r.before, before=r.now))
    return Reading(message("defence.exchanged", now=a.said.figure(r.before).text)) if outcome is not None and outcome.verdict == "consistent" else None


def the_rest(a: Accusation) -> Reading | None:
    """The percentage is that of the others: 抽查100家，不合格5家，合格率95%."""
    if a.relation.type not in ("ratio", "goal"):
        return None
    one = Interval(Decimal(1), Decimal(1))
    return Reading(message("defence.rest"), silent=chance(a, 1) < CHANCE) if (one - a.outcome.follows).meets(a.outcome.stated) else None


def turned(a: Accusation) -> Reading | None:
    """What was asked for was told first, or last: 任务分别为320吨、18吨，完成346吨、21吨，完成率分别为108.1%、116.7%."""
    r = a.relation
    if r.type not in ("ratio", "goal"):
        return None
    first, second = SLOTS[r.type]
    one, other = getattr(r, first), getattr(r, second)
    if one is None or other is None:
        return None
    outcome = a.judge(a.said, replace(r, **{first: other, second: one}))
    fits = outcome is not None and outcome.verdict == "consistent"
    return Reading(message("defence.settled", figures=texts(a, (other, one))), silent=True) if fits and chance(a, 1) < 2 * CHANCE else None


def own_rate(a: Accusation) -> Reading | None:
    """A part has a rate of the name that its total has one of: each is of what was due of its own (签约128人，签约率37%，其中老人76人，签约率74%)."""
    r, figures = a.relation, a.said.report.figures
    if r.type != "ratio" or r.whole is None or r.percent is None or figures[r.percent].unit != "%":
        return None
    name = figures[r.percent].subject[-RATE:]
    if not name.endswith("率"):
        return None
    between = [f for f in figures[r.whole + 1:r.percent] if f.unit == "%" and f.role != "change" and f.subject[-RATE:] == name]
    return Reading(message("defence.own_rate", figure=between[0].text), silent=True) if between else None


def another_pair(a: Accusation) -> Reading | None:
    """Two other figures of the same sentence make it right: 386人，集中供养241人，分散供养145人，集中供养率62.4%."""
    r = a.relation
    if r.type not in ("ratio", "growth"):
        return None
    first, second = SLOTS[r.type]
    if getattr(r, first) is None or getattr(r, second) is None:
        return None
    kind = family(a.said.figure(getattr(r, first)))
    sentence = {a.said.figure(i).sentence for i in a.outcome.figures}
    near = [i for i in a.said.paragraph(r) if (f := a.said.figure(i)).sentence in sentence and i != a.outcome.disputed and family(f) == kind
            and value(f) is not None]
    tried, fitting = 0, None
    for i, j in permutations(near[:MANY], 2):
        tried += 1
        outcome = a.judge(a.said, replace(r, **{first: i, second: j}))  # type: ignore[arg-type]
        if fitting is None and outcome is not None and outcome.verdict == "consistent":
            fitting = (i, j)
    if fitting is None or chance(a, tried) >= CHANCE:
        return None
    return Reading(message("defence.settled", figures=texts(a, fitting)), silent=True)


def another_whole(a: Accusation) -> Reading | None:
    """The figure taken for the whole is itself told as a share, of the very whole that this share is of: 公立2096万人次，占82.3%；民营450万人次，占17.7%."""
    r, figures = a.relation, a.said.report.figures
    if r.type != "ratio" or r.part is None or r.whole is None or r.whole + 1 >= len(figures):
        return None
    share, one, part = figures[r.whole + 1], printed(figures[r.whole]), printed(figures[r.part])
    stated = printed(share)
    if share.unit != "%" or share.role == "change" or share.index == r.percent or stated is None or stated.low <= 0 or one is None or part is None:
        return None
    meant, other = part.over(a.outcome.stated), one.over(stated.times(Decimal("0.01")))
    if meant is None or other is None or not other.meets(meant):
        return None
    wide = (other.high - other.low + meant.high - meant.low) / (other.high + meant.high)
    return Reading(message("defence.other_share", figures=texts(a, (r.whole, share.index))), silent=True) if wide < CHANCE else None


def no_part(a: Accusation) -> Reading | None:
    """A share below one whole cannot be of a figure larger than the whole: another whole is meant."""
    if a.relation.type != "ratio" or a.relation.whole is None or a.said.figure(a.relation.whole).role == "target":
        return None  # more than a target can be done
    larger = a.outcome.stated.high < 1 < a.outcome.follows.low
    return Reading(message("defence.no_part"), silent=a.outcome.follows.low > 1 + APART) if larger else None
