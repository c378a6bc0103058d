"""Pleas on parts and listings: lists that are open, overlap, end earlier, hold parts of parts, or names that stand for two."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from audit.defence.pleading import MANY, Reading, chance, mistyped, texts
from audit.messages import message
from audit.rounding import family, lower, value
from audit.said import Accusation
from audit.slips import CHANCE

NEARLY = Decimal("0.7")  # an open list that tells so much of its total makes a reader ask for the rest
MISCOUNT = Decimal("0.4")  # of a long listing so many may be left out or told twice
CLOSE, OVERLAP = Decimal("0.1"), Decimal("0.5")  # so far above their total parts may be by a slip; by more they were not meant to add up to it
NEAR_REST = Decimal("0.15")  # what is left over is missed by no more, unless a slip of the pen did it
NOT = ("", "不", "未", "非", "无", "很", "较", "常", "太")
SHORT = 4  # characters of names that need not be built alike (出口, 进口)
LOOSE = ("ahead", "deeds", "topics")  # the names stand before their number, and nothing says where they begin


def properties(a: Accusation) -> Reading | None:
    """An open list may tell properties that overlap (教师120人，其中女教师80人、高级教师60人; 机场238个，其中通航机场237个，通航城市234个): people have
    several, and what exceeds the total by far was hardly meant to add up to it."""
    r, outcome = a.relation, a.outcome
    if r.type != "parts" or r.closed or len(r.parts) < 2 or outcome.follows.low <= outcome.stated.high:
        return None
    if len(set(r.parts)) < len(r.parts):
        return None  # 四乡各3个，11个村各2个 are places, and places do not overlap
    figures = [a.said.figure(i) for i in r.parts]
    if max(lower(f) or Decimal(0) for f in figures) > outcome.stated.high:
        return None
    over = outcome.follows.low - outcome.stated.high
    apart = not r.enumerated and len({f.subject[-1:] for f in figures}) > 1 and max(len(f.subject) for f in figures) > SHORT
    far = over > outcome.stated.high * OVERLAP
    if family(figures[0]) != "people" and not apart and (over <= outcome.stated.high * CLOSE or mistyped(a)):
        return None
    return Reading(message("defence.properties"), silent=apart or far)


def increments(a: Accusation) -> Reading | None:
    """What was added, and what was asked for, is no part of a level: 存款308万元，其中个人存款302万元，增加18万元; 新建5.2亩，任务5.0亩，累计61.3亩."""
    r = a.relation
    if r.type != "parts" or r.total is None:
        return None
    roles = {a.said.figure(i).role for i in r.parts}
    if "target" in roles and len(roles) > 1:
        return Reading(message("defence.planned", figure=next(f.text for i in r.parts if (f := a.said.figure(i)).role == "target")), silent=True)
    levels = tuple(i for i in r.parts if a.said.figure(i).role != "change")
    if len(levels) in (0, len(r.parts)):
        return None
    outcome = a.judge(a.said, replace(r, parts=levels))
    holds = outcome is not None and (outcome.verdict == "consistent" or (not r.closed and outcome.follows.low <= outcome.stated.high))
    return Reading(message("defence.grouping", figures=texts(a, levels)), silent=True) if holds else None


def nested(a: Accusation) -> Reading | None:
    """A part that bears another one's name and more is a part of that one: 受理86件，结案85件，其中按期结案84件."""
    r = a.relation
    if r.type != "parts" or len(r.parts) < 2 or (r.closed and not r.form.startswith("rest")):
        return None  # 由中型4座、小型21座和小（2）型46座组成 names what it is made of
    names = {i: a.said.figure(i).subject for i in r.parts}
    inner = [i for i in r.parts if any(len(names[j]) > 1 and names[i].endswith(names[j]) and names[i][:-len(names[j])][-1:] not in NOT
                                       for j in r.parts if names[j] != names[i])]
    outer = tuple(i for i in r.parts if i not in inner)
    if not inner or not outer:
        return None
    outcome = a.judge(a.said, replace(r, parts=outer))
    holds = outcome is not None and outcome.follows.low <= outcome.stated.high
    return Reading(message("defence.grouping", figures=texts(a, outer)), silent=True) if holds else None


def no_rest(a: Accusation) -> Reading | None:
    """What is told as left over (另有3家, 未评级902处) may be of another matter: it is where it is nowhere near what is left."""
    r, outcome = a.relation, a.outcome
    if r.type != "parts" or not r.form.startswith("rest") or mistyped(a):
        return None
    off = outcome.follows.distance(outcome.stated)
    if off <= max(outcome.stated.high * NEAR_REST, Decimal(2)):
        return None
    return Reading(message("defence.far"), silent=off > outcome.stated.high * NEAR_REST * 2)


def siblings(a: Accusation) -> Reading | None:
    """A part that is larger than its total and bears a name of the same make is none: 二级医院12294个，一级医院13287个，未定级医院9018个."""
    r = a.relation
    if r.type != "parts" or r.total is None or len(r.parts) < 2:
        return None
    name = a.said.figure(r.total).subject
    larger = [f for i in r.parts if (lower(f := a.said.figure(i)) or Decimal(0)) > a.outcome.stated.high]
    same = any(f.subject and f.subject != name and f.subject[-1:] == name[-1:] and abs(len(f.subject) - len(name)) <= 1 for f in larger)
    return Reading(message("defence.far"), silent=True) if same and not mistyped(a) else None


def miscounted(a: Accusation) -> Reading | None:
    """Who counts the names before a number is wrong by one; by more, the names are likely of something else: “统一规划、分类指导”…的八项主张."""
    r = a.relation
    if r.type == "count" and a.said.figure(a.outcome.disputed).text.startswith("一"):
        return Reading(message("defence.far"), silent=True)  # 一家, 一只: an article
    if r.type != "count" or r.form not in LOOSE:
        return None
    off = abs((a.outcome.stated.low + a.outcome.stated.high) / 2 - a.outcome.exact)
    return Reading(message("defence.names"), silent=off > max(Decimal(2), a.outcome.exact * MISCOUNT)) if off > 1 else None


def another_grouping(a: Accusation) -> Reading | None:
    """Another choice of the parts adds up: without those that are parts of parts, or with a figure of the paragraph that was left out."""
    if a.relation.type != "parts" or a.relation.total is None or len(set(a.relation.parts)) < len(a.relation.parts):
        return None  # 四乡各3个 is all of them or none
    choices = tuple(groupings(a))
    for parts in choices:
        outcome = a.judge(a.said, replace(a.relation, parts=parts))
        if outcome is not None and outcome.verdict == "consistent":
            return Reading(message("defence.grouping", figures=texts(a, parts)), silent=chance(a, len(choices)) < CHANCE)
    return None


def groupings(a: Accusation) -> Iterator[tuple[int, ...]]:
    """The parts without a run of neighbours (parts of parts), and with figures of the paragraph that were left out: one, or all up to one."""
    parts = a.relation.parts
    n = len(parts)
    if n <= MANY:
        for i in range(n):
            for j in range(i + 1, n + 1):
                if n - (j - i) >= 2:
                    yield (*parts[:i], *parts[j:])
    taken, units = {*a.relation.figures()}, {family(a.said.figure(i)) for i in parts}
    if a.relation.form.startswith("plus"):  # 三年共5个，加上此前的4个: what is added to may be another than the topic
        yield from (tuple(sorted((i, *parts[:k], *parts[k + 1:]))) for k in range(n) for i in a.said.paragraph(a.relation)
                    if i not in taken and family(a.said.figure(i)) in units and a.said.figure(i).sentence == a.said.figure(parts[-1]).sentence)
    others = [i for i in a.said.paragraph(a.relation) if i not in taken and family(f := a.said.figure(i)) in units and value(f) is not None]
    if a.relation.closed and a.relation.enumerated:  # 58宗，分别为23宗、17宗、16宗 leaves room for what is told in the same breath alone
        first = a.said.figure(parts[0])
        others = [i for i in others if a.said.figure(i).sentence == first.sentence and a.said.figure(i).unit == first.unit]
    before, after = [i for i in others if i < parts[0]][-MANY:], [i for i in others if i > parts[-1]][:MANY]
    for i in others[:2 * MANY]:
        yield (*parts, i)
    for k in range(2, len(before) + 1):
        yield (*before[-k:], *parts)
    for k in range(2, len(after) + 1):
        yield (*parts, *after[:k])


def open_list(a: Accusation) -> Reading | None:
    """A list that may leave some out falls short: silent where it leaves out so much that nobody meant the whole, or tells each in a
    clause of its own (其中医师505万人，护士484万人) and no slip of the pen explains what is left."""
    r, outcome = a.relation, a.outcome
    if r.type != "parts" or r.closed or outcome.verdict == "rounded" or outcome.follows.low > outcome.stated.high:
        return None
    amount = lower(a.said.figure(outcome.disputed)) or Decimal(0)
    last = a.said.figure(max(r.parts))
    and_so_on = a.said.report.text[last.end:last.end + 1] == "等"
    unlikely = and_so_on or len(r.parts) < 2 or outcome.exact < amount * NEARLY or not (r.enumerated or mistyped(a))
    return Reading(message("defence.open"), silent=unlikely)


def ended_before(a: Accusation) -> Reading | None:
    """A list that may be open ends with its sentence: what the next one tells is no part any more."""
    r = a.relation
    if r.type != "parts" or r.closed:
        return None
    own = tuple(i for i in r.parts if a.said.figure(i).sentence == a.said.figure(r.parts[0]).sentence)
    if len(own) == len(r.parts):
        return None
    outcome = a.judge(a.said, replace(r, parts=own))
    over = outcome is None or outcome.follows.low > outcome.stated.high
    return None if over else Reading(message("defence.grouping", figures=texts(a, own)), silent=True)


def two_in_one(a: Accusation) -> Reading | None:
    """A name of the listing stands for two."""
    number, follows = a.outcome.stated.high, a.outcome.follows
    # 六大领域 are named by words for kinds: 文旅 is one or two
    doubled = follows.high > a.outcome.exact or (follows.high > follows.low and a.relation.form in LOOSE) or a.said.figure(a.outcome.disputed).unit == "大"
    return Reading(message("defence.two_in_one")) if a.relation.type == "count" and doubled and abs(number - follows.high) <= 1 else None
