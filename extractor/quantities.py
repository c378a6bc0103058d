"""Quantities: what each figure of a report tells of which year, and which changes on another year the report states.

A quantity is named by the words around its figure: its own clause first, then what the sentence told before it, then the headings (or, in a
cell of the annex, the row's name). Last year's value is told in many ways (上年为…, 由上年末的…增至…, 比2022年的…, （2022年12个）); it has the
name of the value that it stands beside. Two reports are held against each other by these tellings (audit/diff).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from extractor.changes import Change, stated_changes
from extractor.figure_words import REVISED, TIME, bare, clause, difference, moves_on, names_of
from extractor.relations.model import Relation
from extractor.relations.tagged import BRACKET, Label
from extractor.report import Figure, Report
from patterns import expressions as re
from patterns.content import by_first_name, content_words
from patterns.speech import part_year

AROUND = 90  # characters of a sentence before a figure that may name it

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)年?")
_LAST = re.compile("上年|去年|前一年(?!度?以)|上一年|上年度|上年末|去年末")
_NAMED_TIME = re.compile("上年|去年|上一年|年初|20\\d\\d年|上期|同期")
_BEFORE = re.compile("(?:由|从|比|较|与|同)[^，。；]{0,24}$|上年|去年|上一年|年初|20\\d\\d年|上期|同期")  # the words that make a value an earlier one
_COLON = re.compile("(?:上年|去年|上一年)(?:度|同期)?[：:]\\s*$")
_LAST_WAS = re.compile("[，（(](?:上年|去年|前一年|上一年)(?:度|同期)?(?:[为是：:])?")  # 受众3.4万人次，上年为3.2万人次
_EVEN_EARLIER = re.compile("前年|历年|近[两三五十\\d]+年")
_SINCE = re.compile(r"以来|(?<![\d一二三四五六七八九十])[二两三四五六七八九十]年(?!级|制|期)|过去[^，。；]{0,2}年|期间|年均|(?:19|20)\d\d年?(?:起|至|到|[-—～~])|十[二三四五]五")
_ROMAN = str.maketrans({"Ⅰ": "I", "Ⅱ": "II", "Ⅲ": "III", "Ⅳ": "IV", "Ⅴ": "V", "Ⅵ": "VI"})
_DEALT = re.compile("分别|依次")
_AHEAD = re.compile("(?:不低于|不少于|不高于|不超过|力争|确保|(?<!超)计划(?!管理|用水|供水|生育|免疫|单列)|目标)[^，。；]{0,6}$")
_MORE = re.compile("(?:人数|人次数?|户数|件数|起数|场次|规模|数量|总[量数额]|金额|数)?(?:高于|低于|[多少高低超][出过]?)?$")
_TASK = re.compile("的?(?:年度|全年|既定)?(?:任务|目标|指标)(?![书群])")  # 完成4,000人任务的103%
_COMPLETED = re.compile("(?:其中)?(?:全年|年内)?(?:实际|已)*(?:完成|实现|达到|达成|兑现)?(?:了|数)?")
_BUDGETED = re.compile("今年[^，。；]{0,14}(?:将|拟|安排)|将安排|拟安排")  # of a report without a score table, which tells last year's work and this year's plans
_EARLY = re.compile("初步|快报|暂未|未经核定|核定为准|最终数据|预估")
_TERMS = re.compile(
    "[^，。；（）、]{0,10}口径[^，。；（）]{0,10}|统计范围[^，。；（）]{0,12}|(?:不含|含(?!量)|不包括|包括)[^，。；（）]{1,12}|按照?新[^，。；（）]{0,8}(?:办法|标准)")
_REASON = re.compile("(?<!原)因(?!此|地|素|子)|由于|受[^，。；]{1,16}影响|主要是|主要系|得益于|原因|随着|集中(?:开展|整治|实施)|专项(?:整治|行动)|首次|启动|扩围|扩大到|政策调整")
_FLOW = re.compile("新[增建改修添签设培认招]|净增|增加(?![到至为])|当年")
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
    also: str = ""


@dataclass(frozen=True)
class Quantities:
    """Every telling by its figure's index, and every stated change on another year, in reading order."""

    tellings: Mapping[int, Telling]
    changes: tuple[Change, ...]


def quantities(report: Report) -> Quantities:
    """Read what the figures of a report tell. Bounds of classes (limit) tell nothing; changes are told of their figures."""
    names, past = names_of(report)
    growths: dict[int, list[Relation]] = {}
    for r in report.relations:
        if r.type == "growth" and r.now is not None:
            growths.setdefault(r.now, []).append(r)
    changes = tuple(stated_changes(report, growths, past, names))
    return Quantities(_tellings(report, names, past, growths, changes), changes)


def _tellings(report: Report, names: Mapping[int, Label], past: frozenset[int], growths: Mapping[int, Sequence[Relation]],
              changes: Sequence[Change]) -> dict[int, Telling]:
    befores = {r.before: r.now for found in growths.values() for r in found if r.before is not None and r.now is not None}
    befores |= {c.before: c.now for c in changes if c.before is not None}
    befores = {k: v for k, v in befores.items() if k in past or _BEFORE.search(names.get(k, Label("", "")).head)}
    rows = {r.no: r.name.text for r in report.table.rows}
    amounts = {c.amount for c in changes}
    leads = {c.now: c.amount for c in changes if c.amount < c.now}
    called = {c.now: head for c in changes if c.amount > c.now and (head := _MORE.sub("", bare(names.get(c.amount, Label("", "")).head)))}
    out: dict[int, Telling] = {}
    pending: list[int] = []
    for f in report.figures:
        if f.role in ("change", "limit") or f.index in amounts or f.number is None or f.unit == "倍" or difference(report, f) is not None:
            continue
        label = names.get(f.index, Label("", ""))
        told = _told(report, f)
        head = bare(label.head)
        place = rows.get(f.indicator, "") if f.indicator is not None else "".join(s.title[:24] for s in report.section_path(f.section)[-2:])
        year, dated = _year(report, f, label, f.index in past or f.index in befores, f.index in growths)
        if dated and f.index not in befores and moves_on(report, f):
            year, dated = f.scope.year or report.year, False
        inferred = dated and not _NAMED_TIME.search(label.head[-24:])
        if inferred:
            year = _said_before(report, f) or year  # …由2002年的7703元增加到…，人均纯收入由2476元增加到…
        tail = bare(label.tail.replace(BRACKET, "").partition("的基础上")[0])
        if _DEALT.search(label.head) and f.subject:
            head = f.subject
        own = by_first_name(f"{head}|{f.unit.lstrip('万亿')}{tail}").translate(_ROMAN) if head or tail else ""
        ahead = (f.scope.plan or _TASK.match(report.text, f.end) is not None or (f.modality == "plan" and "争取" not in label.head)
                 or _AHEAD.search(label.head) is not None or (not report.table.rows and _BUDGETED.search(label.head) is not None))
        also = f"{called[f.index]}|{f.unit.lstrip('万亿')}" if f.index in called else ""
        out[f.index] = Telling(f, own, told, place, year, dated, inferred, part_year(told[-24:] + label.head),
                               f.modality == "cumulative" or _STOCK.search(label.head[-14:]) is not None,
                               _FLOW.search(label.head) is not None, also=also, terms=_terms(report, f), reason=_reason(report, f), ahead=ahead,
                               inside=f.index in report.total_of, revised=_says(report, f, REVISED), early=_says(report, f, _EARLY))
        if dated or ((not content_words(head + tail) or _COMPLETED.fullmatch(head)) and f.index not in report.total_of):
            pending.append(f.index)
    for index in pending:
        t = out[index]
        beside = befores.get(index)
        before = report.figures[index - 1] if index else None
        if t.dated and before is not None and before.index in out and not out[before.index].dated and before.unit == t.figure.unit \
                and _LAST_WAS.fullmatch(report.text, before.end, t.figure.start):
            beside = before.index
        elif t.dated and beside is None:
            beside = _neighbour(report, out, t)
        if beside is None and not t.dated and (change := leads.get(index)) is not None:
            own = bare(names.get(change, Label("", "")).head)
            out[index] = replace(t, own=f"{own}|{t.figure.unit.lstrip('万亿')}" if own else t.own)
            continue
        if beside is None and not t.dated:  # 总数由7家增加到8家
            beside = next((r.before for r in growths.get(index, ()) if r.before is not None and r.before in out and out[r.before].own), None)
            beside = beside if beside is not None else _neighbour(report, out, t)
        other = out.get(beside) if beside is not None else None
        if other is not None and not (t.dated and len(content_words(t.own.partition("|")[0])) > 1 and befores.get(index) is None and before is not other.figure):
            out[index] = replace(t, own=other.own or t.own, around=other.around + t.around, beside=beside, flow=t.flow or other.flow)
    return out


def _told(report: Report, f: Figure) -> str:
    """What a sentence tells before a figure, within its line, without times and figures."""
    sentence = report.sentences[f.sentence]
    start = max(sentence.start, f.start - AROUND, report.text.rfind("\n", 0, f.start) + 1)
    return by_first_name(TIME.sub("", report.text[start:f.start]))


def _terms(report: Report, f: Figure) -> frozenset[str]:
    start, end = clause(report, f)
    said = {m[0] for m in _TERMS.finditer(report.text, start, end)}
    return frozenset(said | {g.text for g in report.figures_of.get(f.sentence, ()) if g.role == "limit" and start <= g.start < end})


def _says(report: Report, f: Figure, what: re.Pattern[str]) -> bool:
    return what.search(report.text, *clause(report, f)) is not None


def _reason(report: Report, f: Figure) -> bool:
    sentence = report.sentences[f.sentence]
    return _REASON.search(report.text, sentence.start, sentence.end) is not None


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


