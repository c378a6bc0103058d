"""Changes: what a report says that a figure rose or fell by since another year, in whatever words and in whatever order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from extractor.figure_words import REACH, REVISED, bare, clause, difference, moves_on
from extractor.relations.model import Relation
from extractor.relations.tagged import Label
from extractor.report import Figure, Report
from patterns import expressions as re
from patterns.content import content_words

_AND = frozenset(("、", "和", "与", "及"))
_DEALT = re.compile("分别|依次")
_WAYS = re.compile("增|升|提高|涨|多|扩|降|减|少|低|压|缩|回落")
_FELL = frozenset(("降", "减", "少", "低", "压", "缩", "回落"))
_TIMES = re.compile("(?:是|为|达到?|相当于|接近|相当)(?:上年|去年|上一年|前一年|(?:19|20)\\d\\d年)(?:度|同期|全年)?[^，。；\\d]{0,4}的(?:近|约|将近)?$")
_MOVED = re.compile(
    "，(?:这?一年(?:来|内|里|间)?|年内|全年|又|再|也|较前|实际|同比|(?:比|较)(?:上一?年|去年|前一年|(?:19|20)\\d\\d年)(?:度|同期|末|底)?)*(?P<way>[上攀抬拉放大提回走下增减压缩降涨跌扬升高低落掉]{1,3})(?:了|出)?$")
_ELSE = re.compile(  # what else a value may be compared with
    "年均|月均|连续|计划|任务|目标|预算|平均|均值|标准|要求|全国|全省|全市|环比|上季|上月|季度|上半年|疫情|历史|兄弟|周边|同类|其他")
SPANS = ("年", "个月", "天")
_MONEY = ("额", "款", "资金", "经费", "投入", "投资", "收入", "支出", "费", "费用")
RELATIVE = ("%", "‰", "成", "倍", "番")
_MORE = re.compile("，(?:一年|全年)?(多|少|增|减)(?!于|次|数|达|至|到|项|名|个)[\u4e00-\u9fff]{1,2}$")
_LEADS = re.compile("[，、]?(?:全年|年内)?(?:累计|总计)?(?:达到?|为|至|升至|增至|共)")


@dataclass(frozen=True, slots=True)
class Change:
    """A stated change of a figure (now) on another year (on). before: the figure of that year, where it is told; amount: the figure of
    the change. down: whether the words say that it fell, None where they do not say. stated: the words name the year compared with.
    adjusted: the words say that the two are not simply compared (可比口径, 调整后). times: the amount is the one over the other (是上年的1.2倍)."""

    now: int
    amount: int
    before: int | None
    down: bool | None
    on: int | None
    stated: bool
    adjusted: bool = False
    times: bool = False


def stated_changes(report: Report, growths: Mapping[int, Sequence[Relation]], past: frozenset[int], names: Mapping[int, Label]) -> list[Change]:
    out: list[Change] = []
    seen: set[int] = set()
    dealt = _dealt(report, past, names)
    for amount, now in dealt.items():
        seen.add(amount)
        out.append(_change(report, now, amount, None, _direction(names, amount, report.figures[amount].down)))
    for now in sorted(growths):
        for r in growths[now]:
            if r.percent is None:
                continue
            if r.percent in dealt:
                continue
            seen.add(r.percent)
            out.append(_change(report, now, r.percent, r.before, _direction(names, r.percent, r.down)))
    for f in report.figures:
        if f.index in seen or f.number is None:
            continue
        fell = difference(report, f)
        if f.unit == "倍" and _TIMES.search(report.text[max(0, f.start - REACH):f.start]):
            meant = next((g.index for g in reversed(report.figures_of[f.sentence]) if g.end <= f.start and g.role == "actual" and g.index not in past), None)
            if meant is not None:
                out.append(replace(_change(report, meant, f.index, None, False), on=(f.scope.year or report.year or 0) - 1, stated=True, times=True))
            continue
        if f.role == "actual" and (alone := _more(report, f)) is not None:
            out.append(_change(report, alone[0], f.index, None, alone[1]))
            continue
        if f.role == "change" and f.compare and (told := _then(report, f)) is not None:
            out.append(_change(report, told, f.index, None, f.down))
            continue
        moved = _moved(report, f)
        if f.role == "change" or (f.role == "actual" and (fell is not None or moved is not None)):
            meant = _meant(report, f, past, names)
            if meant is not None:
                stated = bool(f.compare) or fell is not None
                down = fell if fell is not None else _direction(names, f.index, f.down) if f.role == "change" else moved
                told_of = _change(report, meant, f.index, None, down)
                out.append(replace(told_of, stated=stated))
    return sorted(out, key=lambda c: c.amount)


def _more(report: Report, f: Figure) -> tuple[int, bool] | None:
    """The value that a figure right behind it tells a change of in its own unit, and whether it fell: 办结法律援助案件718件，多办96件; None
    where the sentence tells another value of that unit, which it may be held against."""
    alike = [g for g in report.figures_of[f.sentence] if g.unit == f.unit]
    if len(alike) != 2 or alike[1] is not f or alike[0].role != "actual" or alike[0].number is None:
        return None
    found = _MORE.match(report.text[alike[0].end:f.start])
    return (alike[0].index, found[1] in _FELL) if found is not None else None


def _dealt(report: Report, past: frozenset[int], names: Mapping[int, Label]) -> dict[int, int]:
    """Changes dealt out in order to as many values before them: 立案95件、结案91件，分别增长10.5%、下降3.2%. Amount to value."""
    out: dict[int, int] = {}
    for group in report.figures_of.values():
        k = 0
        while k < len(group):
            n = k
            while n < len(group) and (group[n].role == "change" or (n > k and report.text[group[n - 1].end:group[n].start] in _AND)):
                n += 1  # 多2项、4项、8项
            values = [f for f in group[:k] if f.role == "actual" and f.index not in past and f.number is not None][k - n:] if n - k > 1 else []
            if len(values) == n - k > 1 and _DEALT.search(names.get(group[k].index, Label("", "")).head) and not any(
                    f.role == "change" for f in group[:k] if f.start > values[0].start):
                fits = all(c.unit in ("%", "‰", "成") or c.base_unit == "个百分点" or (c.base_unit or c.unit) == (v.base_unit or v.unit)
                           for c, v in zip(group[k:n], values, strict=True))
                if fits:
                    out |= {c.index: v.index for c, v in zip(group[k:n], values, strict=True)}
            k = max(n, k + 1)
    return out


def _direction(names: Mapping[int, Label], amount: int, told: bool | None) -> bool | None:
    """Whether a change fell, by its own words where they say so (分别增长6.0%、下降8.6%)."""
    found = [m[0] for m in _WAYS.finditer(names.get(amount, Label("", "")).head)]
    return found[-1] in _FELL if found else told


def _then(report: Report, change: Figure) -> int | None:
    """The value that a change leads to: 培训同比增长8.0%，达到1,620人次; None where another figure stands before the change in its clause."""
    after = next((g for g in report.figures_of[change.sentence] if g.start >= change.end), None)
    if after is None or after.role != "actual" or _LEADS.fullmatch(report.text, change.end, after.start) is None:
        return None
    start, _ = clause(report, change)
    return after.index if not any(start <= g.start < change.start for g in report.figures_of[change.sentence]) else None


def _change(report: Report, now: int, amount: int, before: int | None, down: bool | None) -> Change:
    f, a = report.figures[now], report.figures[amount]
    own = f.scope.year or report.year
    on: int | None
    stated = True
    if a.compare.isdigit():
        on = int(a.compare)
    elif a.compare:
        on = own - 1 if own else None
    else:  # that of the change before it in the sentence
        earlier_year = next((g.compare for g in reversed(report.figures_of.get(a.sentence, ())) if g.index < amount and g.role == "change" and g.compare), "")
        on, stated = (int(earlier_year) if earlier_year.isdigit() else own - 1 if own else None), False
    sentence = report.sentences[f.sentence]
    words = report.text[max(sentence.start, f.start - 60):min(sentence.end, a.end + 12)]
    earlier = max([k for k in (report.text.rfind(mark, sentence.start, f.start) for mark in "，；。") if k >= 0], default=sentence.start)
    return Change(now, amount, before, down, on, stated, REVISED.search(report.text[earlier:a.end]) is not None or "可比" in words)


def _moved(report: Report, f: Figure) -> bool | None:
    """Whether a figure right behind a comma and a bare word of change tells a fall (True) or a rise (False), None where it tells none: 一年提了3.7个百分点."""
    if f.base_unit != "个百分点" and f.unit not in RELATIVE:
        return None
    found = _MOVED.search(report.text[max(0, f.start - REACH):f.start])
    return None if found is None else any(c in _FELL for c in found["way"])


def _meant(report: Report, change: Figure, past: frozenset[int], names: Mapping[int, Label]) -> int | None:
    """The figure that a change with a name of its own speaks of: the one that the name, or its own unit, singles out in the sentence
    (培训16期、2105人次，期数比上年多2期，人次增长8.7%)."""
    before = [f for f in report.figures_of[change.sentence]
              if f.end <= change.start and f.role == "actual" and (f.index not in past or moves_on(report, f)) and f.number is not None and f.unit not in SPANS]
    rate = change.base_unit == "个百分点"
    if not before or _ELSE.search(report.text, clause(report, change)[0], change.start) or report.text[before[-1].end:change.start].startswith("的基础上"):
        return None
    head = bare(names.get(change.index, Label("", "")).head)
    beside = _moved(report, change) is not None or (not head and not bare(report.text[before[-1].end:change.start].strip("，、（ ")))  # 满意率95.6%，高于上年1.2个百分点
    if change.unit in RELATIVE or rate:
        pool = [f for f in before if (f.unit in ("%", "‰")) == rate] if rate else before
        if pool and pool[-1] is before[-1] and beside:
            return pool[-1].index
        named = [f for f in pool if head and _counts(head, f)]
        if not named and head:  # 改造既有公共建筑6.33万平方米，…，改造规模增长12.2%
            words = content_words(head)
            named = [f for f in pool if f.unit not in ("%", "‰") and any(w in names.get(f.index, Label("", "")).head for w in words)]
        return named[-1].index if len(named) == 1 else None
    pool = [f for f in before if _kind(f) == _kind(change)]
    if head and len(pool) > 1:  # 出具建议138条、采纳127条，采纳数比上年多出25条
        told = [w for w in content_words(head.rstrip("数量")) or (head.rstrip("数量"),) if w]
        named = [f for f in pool if any(w in names.get(f.index, Label("", "")).head for w in told)]
        if len(named) == 1:
            return named[0].index
    if len(pool) > 1 and pool[-1] is before[-1] and beside and report.text[pool[-1].end:change.start].startswith("，"):
        return pool[-1].index
    return pool[0].index if len(pool) == 1 else None


def _kind(f: Figure) -> str:
    return f.base_unit or f.unit.lstrip("万亿")


def _counts(head: str, f: Figure) -> bool:
    """Whether the name of a change says what a figure is counted in: 户数 of 7,150户, 投资额 of 1.62亿元."""
    unit, short = f.unit.lstrip("万亿"), head.rstrip("数量")
    if _kind(f).endswith("元") and head.endswith(_MONEY):
        return True
    return bool(unit) and (short.endswith(unit) or (short.startswith(unit) and len(short) == len(unit) + 1) or head[:2] == unit or (short == "人" and unit in ("名", "位")))
