"""The other side's advocate: an accusation in, the reading that makes the report right (or none) out.

An error is a proof, so every plea of PLEAS is put to every accusation. A plea looks at what the report says of its figures
(audit.said) and at the arithmetic, and answers with a reading of the same words, or None. A reading that leaves nothing
sensible to ask is silent; any other makes the error a warning that names it. A false accusation from the field becomes a new
plea here, not an exception in a check.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from itertools import permutations

from audit.messages import Message, message
from audit.rounding import Interval, family, is_count, lower, printed, step, value
from audit.said import Accusation
from audit.slips import CHANCE, LEGIBLE, significant, slipped, written
from patterns.records import dataclass, replace

NEARLY = Decimal("0.7")  # an open list that tells so much of its total makes a reader ask for the rest
FAR = 2
APART = Decimal("0.45")  # two tellings further apart than this, and no slip of the pen, are of two things
MISCOUNT = Decimal("0.4")  # of a long listing so many may be left out or told twice
CLOSE, OVERLAP = Decimal("0.1"), Decimal("0.5")  # so far above their total parts may be by a slip; by more they were not meant to add up to it
NEAR_REST = Decimal("0.15")  # what is left over is missed by no more, unless a slip of the pen did it
NOT = ("", "不", "未", "非", "无", "很", "较", "常", "太")
RATE = 3  # characters of a rate's name (签约率)
SHORT = 4  # characters of names that need not be built alike (出口, 进口)
MANY = 24  # figures of a list or beside it that other groupings are tried with


@dataclass(frozen=True, slots=True)
class Reading:
    """What else the words may mean. silent: then nothing is left to ask."""

    message: Message
    silent: bool = False


Plea = Callable[[Accusation], Reading | None]


def defend(accusation: Accusation) -> Reading | None:
    """The first reading that acquits, the silent ones first; None: the accusation is proven."""
    found = [r for plea in PLEAS if (r := plea(accusation)) is not None]
    return next((r for r in found if r.silent), found[0] if found else None)


def unsaid(a: Accusation) -> Reading | None:
    """The figures only stand near each other."""
    return None if a.relation.said else Reading(message("defence.unsaid"), silent=True)


def doubtful(a: Accusation) -> Reading | None:
    """A number of which only the tail may have been read (1 280) proves nothing."""
    torn = [f for i in a.outcome.figures if (f := a.said.figure(i)).doubtful]
    return Reading(message("defence.doubtful", figure=torn[0].text), silent=True) if torn else None


def no_fact(a: Accusation) -> Reading | None:
    """A plan, a forecast or a threshold is no result that could be wrong."""
    figures = [a.said.figure(i) for i in a.outcome.figures]
    asked = {a.relation.whole, a.relation.target}  # 计划改造45个，完工36个，完工率80%: of what was planned
    planned = [f for f in figures if f.modality in ("plan", "forecast") and f.index not in asked]
    if planned and len(planned) < len(figures) and a.relation.type != "parts":  # 其余3家计划明年完成 is still a number of today
        return Reading(message("defence.planned", figure=planned[0].text))
    disputed = a.said.figure(a.outcome.disputed)
    aimed = a.relation.type in ("ratio", "growth") and disputed.role == "target" and any(f.role != "target" for f in figures)
    if disputed.role == "limit" or aimed:
        return Reading(message("defence.planned", figure=disputed.text), silent=True)
    return None


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


def settled(a: Accusation) -> Reading | None:
    """The percentage follows from other figures that the report ties it to."""
    if a.relation.type not in ("ratio", "growth", "goal"):
        return None
    for r in a.said.relations(a.outcome.disputed):
        if r != a.relation and r.type in ("ratio", "growth", "goal") and r.percent == a.outcome.disputed:
            outcome = a.judge(a.said, r)
            if outcome is not None and outcome.verdict == "consistent":
                return Reading(message("defence.settled", figures=texts(a, outcome.premises)), silent=True)
    return None


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


LOOSE = ("ahead", "deeds", "topics")  # the names stand before their number, and nothing says where they begin
SLOTS = {"ratio": ("whole", "part"), "goal": ("target", "actual"), "growth": ("before", "now"), "parts": ("total",)}


def another_figure(a: Accusation) -> Reading | None:
    """Another figure of the paragraph as base, whole, result or total makes it right."""
    taken = set(a.relation.figures())
    tried, fitting = 0, []
    for slot in SLOTS.get(a.relation.type, ()):
        meant = getattr(a.relation, slot)
        if meant is None:
            continue
        for i in a.said.paragraph(a.relation):
            other = a.said.figure(i)
            if i in taken or family(other) != family(a.said.figure(meant)) or value(other) is None or value(other) == value(a.said.figure(meant)):
                continue
            tried += 1
            outcome = a.judge(a.said, replace(a.relation, **{slot: i}))  # type: ignore[arg-type]
            if outcome is not None and outcome.verdict == "consistent":
                fitting.append((slot, other))
    if not fitting:
        return None
    slot, other = fitting[0]
    likely = a.relation.type == "growth" or a.relation.form.startswith("rest")
    near = likely and abs(other.sentence - a.said.figure(a.outcome.disputed).sentence) <= 1  # what stands beside it is the likelier meant
    return Reading(message(f"defence.other_{slot}", figure=other.text), silent=chance(a, tried) < CHANCE * (3 if near else 1))


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


def too_far(a: Accusation) -> Reading | None:
    """Parts of twice their total, a share of twice the stated one are of other things, unless one slip of the pen made the difference."""
    if a.relation.type not in ("parts", "ratio", "goal", "same") or a.relation.form == "cell":
        return None  # the number that a cell tells again is meant whatever it is
    stated, follows = a.outcome.stated, a.outcome.follows
    if follows.distance(stated) <= (stated.high - stated.low) * FAR:
        return None  # 0.6% printed 0%
    far = follows.low > stated.high * FAR or (stated.low > follows.high * FAR and (a.relation.closed or a.relation.type != "parts"))
    return Reading(message("defence.far"), silent=True) if far and not mistyped(a) else None


def mistyped(a: Accusation) -> bool:
    """Whether a decimal point in another place, two digits transposed or one dropped, told twice or changed in one of the figures explains it all."""
    return any(written(a.said.figure(i), meant) for i, meant in implied(a))


def implied(a: Accusation) -> Iterator[tuple[int, Interval]]:
    """What each figure of an accusation would have to be, were the others right."""
    o, r = a.outcome, a.relation
    yield o.disputed, o.follows
    if r.type == "ratio" and r.part is not None and r.whole is not None:
        part, whole = printed(a.said.figure(r.part)), printed(a.said.figure(r.whole))
        if part is not None and whole is not None:
            yield r.part, Interval(whole.low * o.stated.low, whole.high * o.stated.high)
            if (meant := part.over(o.stated)) is not None:
                yield r.whole, meant
    if r.type == "parts":
        for i in r.parts:
            if (one := printed(a.said.figure(i))) is not None and r.parts.count(i) == 1:
                others = Interval(o.follows.low - one.low, o.follows.high - one.high)
                yield i, o.stated - others


def no_part(a: Accusation) -> Reading | None:
    """A share below one whole cannot be of a figure larger than the whole: another whole is meant."""
    if a.relation.type != "ratio" or a.relation.whole is None or a.said.figure(a.relation.whole).role == "target":
        return None  # more than a target can be done
    larger = a.outcome.stated.high < 1 < a.outcome.follows.low
    return Reading(message("defence.no_part"), silent=a.outcome.follows.low > 1 + APART) if larger else None


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


def rounding(a: Accusation) -> Reading | None:
    """Every figure was rounded by itself."""
    return Reading(message("defence.rounding")) if a.outcome.verdict == "rounded" else None


def two_in_one(a: Accusation) -> Reading | None:
    """A name of the listing stands for two."""
    number, follows = a.outcome.stated.high, a.outcome.follows
    # 六大领域 are named by words for kinds: 文旅 is one or two
    doubled = follows.high > a.outcome.exact or (follows.high > follows.low and a.relation.form in LOOSE) or a.said.figure(a.outcome.disputed).unit == "大"
    return Reading(message("defence.two_in_one")) if a.relation.type == "count" and doubled and abs(number - follows.high) <= 1 else None


def loosely_put(a: Accusation) -> Reading | None:
    """约, 余 and the like state no exact number, so they prove no exact difference."""
    vague = [f for i in a.outcome.figures if (f := a.said.figure(i)).bound and not (f.bound == "~" and len(significant(f)) > LEGIBLE)]  # 约13459 is exact
    soft = a.outcome.verdict == "stretched" or any(f.bound == "~" for f in vague)
    return Reading(message("defence.vague", figure=vague[0].text)) if vague and soft else None


PLEAS: tuple[Plea, ...] = (
    unsaid, doubtful, no_fact, settled, other_base, too_far, no_part, siblings, properties, increments, nested, no_rest, miscounted, turned, own_rate, another_pair, another_whole,
    ended_before, other_quantity, one_breath, a_series, open_list, another_grouping, the_rest, another_figure, convention, rounding, cut_off,
    rounded_twice, closed_to_hundred, exchanged, other_end, two_in_one, loosely_put, no_slip,
)


def chance(a: Accusation, tried: int) -> Decimal:
    """How likely one of so many other readings would fit by accident, figures of the same size taken at random."""
    width = (a.outcome.stated.high - a.outcome.stated.low) + (a.outcome.follows.high - a.outcome.follows.low)
    middle = abs(a.outcome.stated.high + a.outcome.stated.low) / 2
    if width == 0:
        width = Decimal(1)  # whole things
    return tried * width / (middle * Decimal("1.5")) if middle else Decimal(1)


def texts(a: Accusation, figures: tuple[int, ...]) -> str:
    """Figures as printed."""
    return "、".join(a.said.figure(i).text for i in figures)
