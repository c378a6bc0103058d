"""What a clause asks, whatever its words: for holding the rules of one year against those of another.

Two clauses are one where kind, points and levels are the same and neither asks anything that the other does not: numbers (3个工作日内), levels of
government (省级), months (6月底前), a further thing to be done (并通过验收). Other words are wording.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from patterns import expressions as re
from patterns.clause import Clause
from patterns.content import content_words, light, says
from patterns.fold import fold
from patterns.numerals import integer
from patterns.quantity import Quantity, find
from patterns.rules.meaning import earns_nothing
from patterns.speech import levels, said

_DAYS = {"周": 7, "旬": 10, "半月": 15, "月": 30, "季": 91, "半年": 182, "年": 365}
_EVERY = re.compile("(?:每|逐|按)个?(周|旬|半月|月|季|半年|年)(?!度?(?:工作)?(?:计划|考核|要求|目标|任务))")
_RANKED = ("名", "位")
_MONTH = re.compile("(\\d{1,2})月|([一二三四])季度|(上半年)")
_RANK = re.compile("前([\\d一二三四五六七八九十]{1,2})(?:[名位]|(?![\\d个年月]))|第?1[—–~～至到-]第?(\\d{1,2})[名位]")
_MEAN = re.compile("全[国省市](?:的)?平均")  # what is compared with
_QUARTERS = "一二三四"
_TIMES = frozenset(("工作日", "个工作日", "天", "日", "小时", "分钟", "月", "个月", "周"))
_PIECES = re.compile("[，、；：]|并且?|以及|同时|[且和与]|及(?![时格其])")
_ADDS = ("并", "并且", "且", "同时")
_DIGITS = re.compile("\\d+(?:\\.\\d+)?%?")
ALIKE = 0.75  # share of a clause's words that another says in nearly the same words
_POINTS = re.compile("\\d+(?:\\.\\d+)?分")
# Words that only say that what was asked was missed.
_MISSED = frozenset("突破 超出 超过 超标 超限 超控 达不到 达标 不达标 未达 未达标 没能 目标 指标 任务 要求 标准 红线 上限 控制线 逾期 超期 逾期未 未按期 未如期 如期 按期".split())
_MEASURED = ("lower", "upper", "per", "points", "cap", "worth")


@dataclass(frozen=True, slots=True)
class Sense:
    """A clause without its words: form is what decides the points (compare by ==), numbers and levels what the condition names; limits: what it
    must be done within (time, month, rank): the less, the stricter."""

    form: Clause
    numbers: frozenset[tuple[str, str]]
    levels: frozenset[int]
    limits: tuple[tuple[str, Decimal], ...]


def senses(clauses: Sequence[Clause], weight: Decimal | None) -> list[tuple[Clause, Sense]]:
    """The clauses of a rule with their senses, without those that only close a scale. weight: the indicator's; a cap or a worth that only
    repeats it says nothing, nor does a number that another clause of the rule holds as its level."""
    own = frozenset(_plain(getattr(c, name)) for c in clauses for name in _MEASURED)
    ends = {x for c in clauses if c.kind == "tier" for x in (c.lower, c.upper)}
    tops = {c.upper for c in clauses if c.upper is not None and not c.upper_open}
    return [(c, _sense(_within(c, tops if earns_nothing(c) else ends), weight, own)) for c in clauses if not bottom(c, clauses)]


def implied(told: Sequence[tuple[Clause, Sense]], weight: Decimal | None) -> list[tuple[Clause, Sense]]:
    """Clauses with their senses as the shortest drafter would have told them: without the level that so many items reach by themselves
    (召开3次得6分，每次2分), and, where nothing else gives points, without the full marks from which the others take (至少4次，得满分；缺1次扣1分)."""
    each = [c for c, _ in told if c.kind == "each" and c.per]
    kept = [(c, s) for c, s in told if not any(
        c.kind == "tier" and c.lower is not None and e.per and e.points and c.points == c.lower / e.per * e.points and e.cap in (None, weight, c.points) for e in each)]
    given = [(c, s) for c, s in kept if c.kind not in ("deduct", "zero")]
    if len(given) != 1 or len(kept) == 1 or given[0][1].form.points != weight or given[0][0].kind not in ("tier", "award", "full"):
        return kept
    level = given[0][0].lower
    return [(c, replace(s, form=replace(s.form, lower=level)) if c.kind == "deduct" and c.per and s.form.lower is None else s)
            for c, s in kept if c is not given[0][0]]


def _within(clause: Clause, ends: Collection[Decimal | None]) -> Clause:
    """A deduction without the level that it begins below, where the rule names that level already: 8次以上得1分，不足8次的每少1次扣0.2分; 上升10%以上
    behind 10%以内 is above it."""
    if earns_nothing(clause) and clause.kind == "tier" and clause.lower is not None and clause.lower in ends and clause.upper is None:
        return replace(clause, lower_open=True)
    if clause.kind != "deduct":
        return clause
    return replace(clause, lower=None if clause.lower in ends else clause.lower, upper=None if clause.upper in ends else clause.upper)


def _sense(clause: Clause, weight: Decimal | None, own: frozenset[str | None]) -> Sense:
    text = fold(clause.condition).text
    bare = _RANK.sub("", text)
    numbers = frozenset((q.value, q.unit) for q in find(bare) if q.number is not None and _plain(q.number) not in own and q.unit != "分" and not _tallies(bare, q))
    return Sense(_form(clause, weight), numbers, levels(_MEAN.sub("", clause.condition)), tuple(_limits(text)))


def _tallies(text: str, q: Quantity) -> bool:
    """Whether a number only counts what is listed before it: 万元GDP、万元工业增加值两项用水量指标."""
    start = max(text.rfind(mark, 0, q.start) for mark in "，；。：") + 1
    return q.number == text.count("、", start, q.start) + 1 and q.number > 1


def whole(clause: Clause, sense: Sense) -> Sense | None:
    """The sense of a clause that asks for all, told as a share (整改率100%) or in words (全部整改到位); None where it does not."""
    form = sense.form
    if form.kind == "tier" and form.lower == 100 and form.unit == "%" and form.upper is None:
        return replace(sense, form=replace(form, kind="award", lower=None, lower_open=False, unit=None), numbers=frozenset())
    return replace(sense, numbers=frozenset()) if form.kind == "award" and not sense.numbers and said(clause.condition).all else None


def _limits(text: str) -> Iterator[tuple[str, Decimal]]:
    """What a condition must be done within: 3个工作日, 6月底前, 排名前3."""
    for q in find(text):
        if q.number is not None and q.unit in _TIMES:
            yield "time", q.number
    for m in _MONTH.finditer(text):
        yield "month", Decimal(int(m[1]) if m[1] else 3 * _QUARTERS.index(m[2]) + 3 if m[2] else 6)
    for m in _RANK.finditer(text):
        rank = m[1] or m[2]
        yield "rank", Decimal(rank if rank.isdigit() else integer(rank) or 0)


def _plain(number: Decimal | None) -> str | None:
    return None if number is None else format(number.normalize(), "f")


def _form(c: Clause, weight: Decimal | None) -> Clause:
    kind, points, cap = c.kind, c.points, c.cap
    if kind in ("full", "fixed"):
        points = weight
        kind = "award" if kind == "full" else kind
    if kind == "tier" and c.lower == 100 and c.unit == "%" and c.upper is None and "100" not in fold(c.condition).text:
        kind = "award"  # 完成任务的
    if kind in ("each", "deduct") and cap is not None and cap in (weight, c.worth):
        cap = None
    classes = None if c.applies_to is None else tuple(sorted(c.applies_to))
    lower, upper = c.lower, c.upper
    if kind == "award" or (c.unit in _RANKED and lower == 1):  # 第1—3名, 前3
        lower = None
    elif lower is not None and not earns_nothing(c):
        upper = None  # the level above says where it ends
    return Clause(kind, "", points=points, per=c.per, per_unit=c.per_unit if c.per not in (None, 1) else None, cap=cap, lower=lower,
                  lower_open=c.lower_open and lower is not None, upper=upper, upper_open=c.upper_open and upper is not None,
                  unit=c.unit if kind == "tier" else None, round=c.round, to=c.to, applies_to=classes)


def bottom(clause: Clause, clauses: Sequence[Clause]) -> bool:
    """Whether a clause only says that what reaches no level earns nothing (不足60%的不得分)."""
    if not earns_nothing(clause):
        return False
    if clause.kind == "tier" and clause.upper is not None and clause.lower is None:
        return any(c.kind == "tier" and c.lower == clause.upper for c in clauses)
    words = [w for w in content_words(clause.condition) if not light(w) and w not in _MISSED]
    rest = "".join(c.condition for c in clauses if c is not clause)
    return all(w in rest for w in words) and clause.lower is None


def further(condition: str, other: str) -> str:
    """The first piece of a condition that asks for something of which the other text says nothing, "" where none does: what 且, 并 or 同时
    adds, or a piece none of whose words the other text says."""
    text = _POINTS.sub("", condition)
    cuts = [(0, False), *((m.end(), m[0] in _ADDS) for m in _PIECES.finditer(text))]
    for (start, adds), end in zip(cuts, [*(m.start() for m in _PIECES.finditer(text)), len(text)], strict=True):
        words = [w for w in content_words(text[start:end]) if not light(w)]
        unsaid = [w for w in words if says(w, other) < 0.3]
        if (adds and 2 * len(unsaid) >= len(words) > 0) or (len(unsaid) == len(words) > 1 and not _shares(text[start:end], other)):
            return text[start:end]
    return ""


def _shares(piece: str, other: str) -> bool:
    """Whether a piece has three characters in a row of the other text: it says more of the same."""
    return any(piece[k:k + 3] in other and piece[k:k + 3].isalpha() for k in range(len(piece) - 2))


def rhythm(text: str) -> int | None:
    """In how many days a thing is asked for each time (每季度, 按月, 逐年): the more, the laxer; None where the text says none, or more than one."""
    found = {_DAYS[m[1]] for m in _EVERY.finditer(text)}
    return found.pop() if len(found) == 1 else None


def same_words(a: Clause, b: Clause) -> bool:
    """Whether two clauses that were read as two kinds say the same in nearly the same words: the same numbers, the same 每, the same matter
    (每个行政村至少配备1名, 做到每个行政村至少1名)."""
    one, other = fold(a.text).text, fold(b.text).text
    if _DIGITS.findall(one) != _DIGITS.findall(other) or one.count("每") != other.count("每"):
        return False
    return all(sum(says(w, text) for w in words) >= ALIKE * len(words) for words, text in (
        ([w for w in content_words(one) if not light(w)], other), ([w for w in content_words(other) if not light(w)], one)))


def scaled(old: Sequence[Sense], new: Sequence[Sense]) -> bool:
    """Whether two lists of clauses, in order, differ in their points alone."""
    def bare(s: Sense) -> Sense:
        return replace(s, form=replace(s.form, points=None, cap=None))

    return [bare(s) for s in old] == [bare(s) for s in new]
