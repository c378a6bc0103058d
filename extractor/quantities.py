"""Quantities: what each figure of a report tells of which year, and which changes on another year the report states.

A quantity is named by the words around its figure: its own clause first, then what the sentence told before it, then the headings (or, in a
cell of the annex, the row's name). Last year's value is told in many ways (上年为…, 由上年末的…增至…, 比2022年的…, （2022年12个）); it has the
name of the value that it stands beside. Two reports are held against each other by these tellings (audit/diff).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from extractor.relations.model import Relation
from extractor.relations.paragraphs import paragraphs
from extractor.relations.tagged import BRACKET, PAST, PAST_SHARE, Families, Label, labels, of_kind, tag
from extractor.report import Figure, Report
from patterns import expressions as re
from patterns.content import by_first_name, content_words, light
from patterns.speech import part_year

AROUND = 90  # characters of a sentence before a figure that may name it

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)年?")
_LAST = re.compile("上年|去年|前一年(?!度?以)|上一年|上年度|上年末|去年末")
_NAMED_TIME = re.compile("上年|去年|上一年|年初|20\\d\\d年|上期|同期")
_BEFORE = re.compile("(?:由|从|比|较|与|同)[^，。；]{0,24}$|上年|去年|上一年|年初|20\\d\\d年|上期|同期")  # the words that make a value an earlier one
_COLON = re.compile("(?:上年|去年|上一年)(?:度|同期)?[：:]\\s*$")
_EVEN_EARLIER = re.compile("前年|历年|近[两三五十\\d]+年")
_SINCE = re.compile(r"以来|(?<![\d一二三四五六七八九十])[二两三四五六七八九十]年(?!级|制|期)|过去[^，。；]{0,2}年|期间|年均|(?:19|20)\d\d年?(?:起|至|到|[-—～~])|十[二三四五]五")
_TIME = re.compile(
    r"(?:截至|截止|至|到|自)?(?:(?<!\d)(?:19|20)\d\d年(?:度|[底末初]|\d{1,2}月(?:\d{1,2}日)?[底末]?)?|上一?年度?[底末]?|去年[底末]?|今年|本年度?|当年)(?:同期|全年)?的?|"
    "全年|年[内底末初]|截至目前")
_MOVE = re.compile(
    "(?:同比|环比|净|又|再|比|较|与|同|由|从|为|是)*(?:上升|增长|增加|增至|增到|提高|提升|扩大|扩展|下降|减少|降低|降至|降到|压减|缩减|回落|回升|增幅|降幅|升至|涨至)"
    "(?:了|到|至|为)?|在?的?基础上(?:又|再)?|(?:比|较|同比|多于|少于|高于|低于|高出|低出)+")
_REST = re.compile("^(?:[由从的为是达至到共有了各均已多少增减升降比较与同又再数总，、：]|数量|总数|总量|总额|实现|达到|完成)*$")
_DEALT = re.compile("分别|依次")
_REVISED = re.compile("可比|同口径|调整后|修订|核实|核定|重新|普查|不变价|实际增长|扣除价格|剔除")
_AHEAD = re.compile("(?:不低于|不少于|不高于|不超过|力争|确保|计划|目标)[^，。；]{0,6}$")
_COMPLETED = re.compile("(?:其中)?(?:全年|年内)?(?:实际|已)*(?:完成|实现|达到|达成|兑现)?(?:了|数)?")
_TREASURY = re.compile("[省市区县旗镇乡]?本级(?:财政)?|[省市区县旗](?:级)?财政(?!收入|支出|总收入)")
_ASKED = re.compile("(?:[省市县区上]级?)?(?:下达|交办)(?:给?我[省市县区旗镇乡])?|(?:年度)?(?:目标任务|任务|目标)(?:数|为)?$")
_BESIDES = re.compile("(?:列入|纳入|按|经|由)[^的，。；]{1,10}的(?=[^，。；]{2})")
_BUDGETED = re.compile("今年[^，。；]{0,14}(?:将|拟|安排)|将安排|拟安排")  # of a report without a score table, which tells last year's work and this year's plans
_EARLY = re.compile("初步|快报|暂未|未经核定|核定为准|最终数据|预估")
_WAYS = re.compile("增|升|提高|涨|多|扩|降|减|少|低|压|缩|回落")
_FELL = frozenset(("降", "减", "少", "低", "压", "缩", "回落"))
_TIMES = re.compile("(?:是|为|达到?|相当于)(?:上年|去年|上一年|(?:19|20)\\d\\d年)(?:度|同期)?的$")
_LEADS = re.compile("[，、]?(?:全年|年内)?(?:累计|总计)?(?:达到?|为|至|升至|增至|共)")
_TERMS = re.compile(
    "[^，。；（）、]{0,10}口径[^，。；（）]{0,10}|统计范围[^，。；（）]{0,12}|(?:不含|含(?!量)|不包括|包括)[^，。；（）]{1,12}|按照?新[^，。；（）]{0,8}(?:办法|标准)")
_REASON = re.compile("(?<!原)因(?!此|地|素|子)|由于|受[^，。；]{1,16}影响|主要是|主要系|得益于|原因|随着|集中(?:开展|整治|实施)|专项(?:整治|行动)|首次|启动|扩围|扩大到|政策调整")
_FLOW = re.compile("新[增建改修添签设培认招]|净增|增加|当年")
_BESIDE = re.compile(
    "(?:(?P<a>高|低|多|少)(?:于|出)(?:上年|去年|上一年|(?:19|20)\\d\\d年)(?:度|同期|末|底)?的?|"
    "(?:比|较)(?:上一?年|去年|(?:19|20)\\d\\d年)(?:度|同期|末|底)?[^，。；\\d]{0,3}?(?P<b>多|少|增|减)[\u4e00-\u9fff]{0,3})$")
_ENUMERATOR = re.compile("^(?:\\d{1,2}[.、．]|[（(][一二三四五六七八九十\\d]{1,3}[）)]|[一二三四五六七八九十]{1,3}(?:、|是))")
_STOCK = re.compile("累计|保有量|总数|总量|存量|共有|现有|拥有|在册|在岗|在职|年末|期末|年底|截至")


@dataclass(frozen=True, slots=True)
class Telling:
    """A figure and what it tells.

    own: the words of its clause, of a last-year value those of the value that it stands beside; around: what its sentence told before;
    place: its headings, or its row's name. year: the year that it speaks of, None where the words name none that is certain; dated: the words
    name a year that is not the report's own. inferred: only the construction says so (由48家降至33家). part: it tells of a part of a year.
    ahead: it is planned or asked for (不低于91%) and no result. inside: it is told as a part of a total. revised, early: the words call it
    corrected (核定, 调整后), or not yet final (初步核算, 快报). stock: a state at a time, or a sum over years; flow: what came to be in the year
    (新增). beside: the figure whose name it has, for a value of another year. terms: how the words beside it bound what is counted (口径, 含…,
    不含…, 60周岁以上). reason: its sentence says why (因, 由于, 主要是).
    """

    figure: Figure
    own: str
    around: str
    place: str
    year: int | None
    dated: bool = False
    inferred: bool = False
    part: bool = False
    stock: bool = False
    flow: bool = False
    beside: int | None = None
    terms: frozenset[str] = frozenset()
    ahead: bool = False
    inside: bool = False
    revised: bool = False
    early: bool = False
    reason: bool = False


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


@dataclass(frozen=True)
class Quantities:
    """Every telling by its figure's index, and every stated change on another year, in reading order."""

    tellings: Mapping[int, Telling]
    changes: tuple[Change, ...]


def quantities(report: Report) -> Quantities:
    """Read what the figures of a report tell. Bounds of classes (limit) tell nothing; changes are told of their figures."""
    names, past = _names(report)
    growths: dict[int, list[Relation]] = {}
    for r in report.relations:
        if r.type == "growth" and r.now is not None:
            growths.setdefault(r.now, []).append(r)
    changes = tuple(_changes(report, growths, past, names))
    return Quantities(_tellings(report, names, past, growths, changes), changes)


def _names(report: Report) -> tuple[dict[int, Label], frozenset[int]]:
    """The labels of all figures, and those that are told of another time."""
    families = Families()
    out: dict[int, Label] = {}
    past: set[int] = set()
    for start, end, inside in paragraphs(report.document, report.figures):
        tagged = tag(report.text, start, end, inside, families)
        out |= labels(tagged)
        past.update(of_kind(tagged, PAST + PAST_SHARE))
    return out, frozenset(past)


def _tellings(report: Report, names: Mapping[int, Label], past: frozenset[int], growths: Mapping[int, Sequence[Relation]],
              changes: Sequence[Change]) -> dict[int, Telling]:
    befores = {r.before: r.now for found in growths.values() for r in found if r.before is not None and r.now is not None}
    befores |= {c.before: c.now for c in changes if c.before is not None}
    befores = {k: v for k, v in befores.items() if k in past or _BEFORE.search(names.get(k, Label("", "")).head)}
    rows = {r.no: r.name.text for r in report.table.rows}
    leads = {c.now: c.amount for c in changes if c.amount < c.now}
    out: dict[int, Telling] = {}
    pending: list[int] = []
    for f in report.figures:
        if f.role in ("change", "limit") or f.number is None or f.unit == "倍" or _beside(report, f) is not None:
            continue
        label = names.get(f.index, Label("", ""))
        told = _told(report, f)
        head = _bare(label.head)
        place = rows.get(f.indicator, "") if f.indicator is not None else "".join(s.title[:24] for s in report.section_path(f.section)[-2:])
        year, dated = _year(report, f, label, f.index in past or f.index in befores, f.index in growths)
        inferred = dated and not _NAMED_TIME.search(label.head[-24:])
        if inferred:
            year = _said_before(report, f) or year  # …由2002年的7703元增加到…，人均纯收入由2476元增加到…
        tail = _bare(label.tail.replace(BRACKET, "").partition("的基础上")[0])
        if _DEALT.search(label.head) and f.subject:
            head = f.subject
        own = by_first_name(f"{head}|{f.unit.lstrip('万亿')}{tail}") if head or tail else ""
        out[f.index] = Telling(f, own, told, place, year, dated, inferred, part_year(told[-24:] + label.head),
                               f.modality == "cumulative" or _STOCK.search(label.head[-14:]) is not None,
                               _FLOW.search(label.head) is not None, terms=_terms(report, f), reason=_reason(report, f),
                               ahead=f.scope.plan or (f.modality == "plan" and "争取" not in label.head) or _AHEAD.search(label.head) is not None
                               or (not report.table.rows and _BUDGETED.search(label.head) is not None),
                               inside=f.index in report.total_of, revised=_says(report, f, _REVISED), early=_says(report, f, _EARLY))
        if dated or ((not content_words(head + tail) or _COMPLETED.fullmatch(head)) and f.index not in report.total_of):
            pending.append(f.index)
    for index in pending:
        t = out[index]
        beside = befores.get(index)
        if beside is None and t.dated:
            beside = _neighbour(report, out, t)
        if beside is None and not t.dated and (change := leads.get(index)) is not None:
            own = _bare(names.get(change, Label("", "")).head)
            out[index] = replace(t, own=f"{own}|{t.figure.unit.lstrip('万亿')}" if own else t.own)
            continue
        if beside is None and not t.dated:  # 总数由7家增加到8家
            beside = next((r.before for r in growths.get(index, ()) if r.before is not None), None) or _neighbour(report, out, t)
        other = out.get(beside) if beside is not None else None
        if other is not None and not (t.dated and len(content_words(t.own.partition("|")[0])) > 1 and befores.get(index) is None):
            out[index] = replace(t, own=other.own or t.own, around=other.around + t.around, beside=beside, flow=t.flow or other.flow)
    return out


def _told(report: Report, f: Figure) -> str:
    """What a sentence tells before a figure, within its line, without times and figures."""
    sentence = report.sentences[f.sentence]
    start = max(sentence.start, f.start - AROUND, report.text.rfind("\n", 0, f.start) + 1)
    return by_first_name(_TIME.sub("", report.text[start:f.start]))


def _clause(report: Report, f: Figure) -> tuple[int, int]:
    """The words between two commas around a figure, a bracket behind it included."""
    sentence = report.sentences[f.sentence]
    start = max([k + 1 for k in (report.text.rfind(mark, sentence.start, f.start) for mark in "，。；;\n") if k >= 0], default=sentence.start)
    stops = [k for k in (report.text.find(mark, f.end, sentence.end) for mark in "，。；;\n") if k >= 0]
    return start, min(stops, default=sentence.end)


def _terms(report: Report, f: Figure) -> frozenset[str]:
    start, end = _clause(report, f)
    said = {m[0] for m in _TERMS.finditer(report.text, start, end)}
    return frozenset(said | {g.text for g in report.figures_of.get(f.sentence, ()) if g.role == "limit" and start <= g.start < end})


def _says(report: Report, f: Figure, what: re.Pattern[str]) -> bool:
    return what.search(report.text, *_clause(report, f)) is not None


def _reason(report: Report, f: Figure) -> bool:
    sentence = report.sentences[f.sentence]
    return _REASON.search(report.text, sentence.start, sentence.end) is not None


def _bare(head: str) -> str:
    """The words before a figure without times and words of change."""
    words = _BESIDES.sub("", _MOVE.sub("", _TIME.sub("", _ENUMERATOR.sub("", head))))
    words = _ASKED.sub("", _TREASURY.sub("本级财政", words))
    last = words.rpartition("的")[2]
    if last != words and len([w for w in content_words(last) if not light(w)]) > 2:
        words = last  # 设施运维和购买服务的公共文化服务专项资金
    return "" if _REST.match(words) else words


def _neighbour(report: Report, tellings: Mapping[int, Telling], t: Telling) -> int | None:
    """The nearest figure told before it in its sentence that is measured alike and speaks of the report's own year."""
    f = t.figure
    for other in reversed(report.figures_of.get(f.sentence, ())):
        known = tellings.get(other.index)
        if other.index < f.index and known is not None and not known.dated and known.own and (other.base_unit or other.unit) == (f.base_unit or f.unit):
            return other.index
    return None


def _year(report: Report, f: Figure, label: Label, past: bool, now: bool) -> tuple[int | None, bool]:
    """The year that a figure speaks of, and whether the words name another than the report's."""
    own = f.scope.year or report.year
    if now and not past:
        return own, False
    near = label.head[-24:]
    years = [int(m[1]) for m in _YEAR.finditer(near)]
    if _EVEN_EARLIER.search(near) or _SINCE.search(near):
        return None, False
    if years and years[-1] != own:
        return years[-1], True
    last = _LAST.search(near) or _COLON.search(report.text[max(0, f.start - 10):f.start])
    if past or (last and not years):
        return (own - 1 if own else None), True
    return own, False


def _said_before(report: Report, f: Figure) -> int | None:
    """The last year other than the report's own that a sentence names before a figure."""
    sentence = report.sentences[f.sentence]
    years = [int(m[1]) for m in _YEAR.finditer(report.text, sentence.start, f.start)]
    return next((y for y in reversed(years) if y != (f.scope.year or report.year)), None)


def _changes(report: Report, growths: Mapping[int, Sequence[Relation]], past: frozenset[int], names: Mapping[int, Label]) -> list[Change]:
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
        beside = _beside(report, f)
        if f.unit == "倍" and _TIMES.search(report.text[max(0, f.start - 14):f.start]):
            meant = next((g.index for g in reversed(report.figures_of[f.sentence]) if g.end <= f.start and g.role == "actual" and g.index not in past), None)
            if meant is not None:
                out.append(replace(_change(report, meant, f.index, None, False), on=(f.scope.year or report.year or 0) - 1, stated=True, times=True))
            continue
        if f.role == "change" and f.compare and (told := _then(report, f)) is not None:
            out.append(_change(report, told, f.index, None, f.down))
            continue
        if (f.role == "change" and f.compare) or (beside is not None and f.role in ("actual", "change")):
            meant = _meant(report, f, past, names)
            if meant is not None:
                down = f.down if beside is None else (beside["a"] or beside["b"]) in ("低", "少", "减")
                out.append(replace(_change(report, meant, f.index, None, down), stated=True))
    return sorted(out, key=lambda c: c.amount)


def _dealt(report: Report, past: frozenset[int], names: Mapping[int, Label]) -> dict[int, int]:
    """Changes dealt out in order to as many values before them: 立案95件、结案91件，分别增长10.5%、下降3.2%. Amount to value."""
    out: dict[int, int] = {}
    for group in report.figures_of.values():
        k = 0
        while k < len(group):
            n = k
            while n < len(group) and group[n].role == "change":
                n += 1
            values = [f for f in group[:k] if f.role == "actual" and f.index not in past and f.number is not None][k - n:] if n - k > 1 else []
            if len(values) == n - k > 1 and _DEALT.search(names.get(group[k].index, Label("", "")).head) and not any(
                    f.role == "change" for f in group[:k] if f.start > values[0].start):
                fits = all(c.unit in ("%", "‰") or c.unit.endswith("百分点") or (c.base_unit or c.unit) == (v.base_unit or v.unit)
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
    start, _ = _clause(report, change)
    return after.index if not any(start <= g.start < change.start for g in report.figures_of[change.sentence]) else None


def _beside(report: Report, f: Figure) -> re.Match[str] | None:
    """The words before a figure that make it a difference from another year's value: 高于上年1.2个百分点, 比上年多支35.2万元."""
    return _BESIDE.search(report.text[max(0, f.start - 14):f.start])


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
    return Change(now, amount, before, down, on, stated, _REVISED.search(report.text[earlier:a.end]) is not None or "可比" in words)


def _meant(report: Report, change: Figure, past: frozenset[int], names: Mapping[int, Label]) -> int | None:
    """The figure that a change with a name of its own speaks of: the one that the name, or its own unit, singles out in the sentence
    (培训16期、2105人次，期数比上年多2期，人次增长8.7%)."""
    before = [f for f in report.figures_of[change.sentence] if f.end <= change.start and f.role == "actual" and f.index not in past and f.number is not None]
    rate = change.unit.endswith("百分点")
    if not before:
        return None
    head = _bare(names.get(change.index, Label("", "")).head)
    if change.unit in ("%", "‰", "倍") or rate:
        pool = [f for f in before if (f.unit in ("%", "‰")) == rate] if rate else before
        named = [f for f in pool if head and (head.strip("数") == f.unit or f.unit == head[:2])]
        if pool and not head and not _bare(report.text[pool[-1].end:change.start].strip("，、（ ")):
            return pool[-1].index  # 满意率95.6%，高于上年1.2个百分点
        if not named and head:  # 改造既有公共建筑6.33万平方米，…，改造规模增长12.2%
            words = content_words(head)
            named = [f for f in pool if f.unit not in ("%", "‰") and any(w in names.get(f.index, Label("", "")).head for w in words)]
        return named[-1].index if len(named) == 1 else None
    pool = [f for f in before if f.unit == change.unit]
    return pool[0].index if len(pool) == 1 else None



