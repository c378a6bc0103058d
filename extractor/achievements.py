"""Achievements: what a report tells as done once for a named thing: a title won, a work put into use, an acceptance passed.

Deeds are data (patterns/words/once.tsv). What is told as last year's, as continued, as kept up or as a plan is none of this year's.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from extractor.report import Figure, Report, Section
from extractor.statements import Line, statements
from patterns import expressions as re
from patterns.content import plain, table
from patterns.speech import Said, said

_OLD_NEWS = re.compile(
    "上年|去年|此前|既有|已有|原有|往年|以来|基础上|继续|持续|保持|巩固|维持|动态|始终|一直|连续|蝉联|再次|再度|复审|复核|复评|"
    "续建(?!配套|工程|项目)|续签|扩项")
_REBUILT = re.compile("(?:改造|扩建|扩容|扩面|修缮|翻新|改建|升级)(?!工程|项目)|提升工程|重新(?!组|核|计)|新址")  # done to a thing that was there
_ACTIVITY = re.compile(  # what is done every year
    "每[周月日季]|接待日|(?:年度|全年)[^，。；]{0,16}(?:任务|计划)|"
    "(?:宣传|主题|教育|服务)?(?:活动(?!中心|室|广场|场所|站|阵地|基地|板房)|宣传(?=[点栏台展周月日咨]))|展位|展台|(?:周|月|日|节)期间")
_STOCK = re.compile("人数|截至|截止|累计|总数|(?:共|现|已)有|拥有")  # how many there are
# What a report without a score table tells behind these words is this year's programme, in the words of deeds.
_PROGRAMME = re.compile("(?:今年|20\\d\\d年|新的一年)[^。\n]{0,24}(?:预期目标|目标任务|总体要求|工作安排|重点工作|主要任务|工作任务|工作总体)|"
    "主要预期目标[是为：:]|(?:今年|20\\d\\d年)[^。\n]{0,8}(?:工作|发展)的总体")
_YEARLY = re.compile("[大比竞联标]赛|运动会|年度|考核|评比|新闻奖|保险")
_STATE = re.compile("运[行转](?!起来)|发挥|良好|正常|平稳|有序|作用|成效|推进|加强|落实|巡查|检查|管护|值守|排查|整治|培训|宣传")  # what goes on, and tells no event
_PHASES = frozenset("一二三四五六七八九十")
_MARK = re.compile("第[一二三四五六七八九十百\\d]+(?=[批届轮次期])|首(?=[批届轮次期])|\\d+(?=号(?:线|楼|桥|井|路))|[一二三四五六七八九十\\d]+(?=期)|(?<!\\d)20\\d\\d(?=年)")
_URGED = re.compile("(?:^|[，、；要须需])(?:要|加快|着力|确保|必须|努力|力争|推进|推动|鼓励|支持|扩大|为|以|坚持|不断|更加)[^，；。]{0,24}$")
_MUST = re.compile("(?:^|年|[，、；])要(?![求素点害闻塞道地案件目])[^，。；]{0,24}$")
_NOW = re.compile("今年|年内|\\d月")
_EVENT = re.compile("今年|年内|\\d月|成功|首[次度个家趟张]|顺利|获准|正式|新[添增]|再添")
_NEWLY = re.compile("新(?:增|添|培育|认定|获|评|创|设|建|命名|确认|入选)|[增再又]添")
_DONE = re.compile("已|年内|今年|全年|\\d月|了")
_MANNER = re.compile("一举|依法|依规|妥善|稳妥|率先|首次|提前|高质量|高标准|正式|对外|全面|顺利|如期|圆满|成功|今年|年内|当年|全年|新建(?:成)?的?|全新|"
    "\\d{1,2}月(?:\\d{1,2}日|[底初]|[上中下]旬)?")
_BY = re.compile("(?:被|(?<!自)由|经(?![济开营常验典]))[^，。；的]*[局委办厅部会院府](?:新|一致|正式)?$")  # 11月被省委宣传部评为…
_FALLS_TO = re.compile("花落([^，。；]{2,})")
_FILLER = re.compile("^(?:[一二三四五六七八九十]是|我[区县市]|[区县市]|于|\\d+月|其中|新|再次|一举)+|(?:一举|新|再次?|于|\\d+月)+$")
_NAME = re.compile("((?![\u4e00-\u9fff]?[到入至于在的和与及从由被把将进为搬迁移])[\u4e00-\u9fff]{2})(街道|社区|小区|路(?![径线面网段])|街(?!头)|镇(?![区村])|"
    "乡(?![村镇愁土])|村(?![庄民级委居])|河(?![长湖道流])|湖|山(?![区水林])|岛|桥|港|厂|医院|学校|小学|中学|公园|水库|园区|林场|合作社)")
_COMMON = {"村": "农乡行", "路": "公道铁网线思出套一", "镇": "乡城集", "河": "入", "山": "荒青绿", "厂": "工水", "乡": "城家"}  # 农村, 公路: no names
_FIRM = re.compile("([\u4e00-\u9fff]{2,6}?)(?:[（(][^（）()]{1,6}[）)])?(?:实业|科技|发展)?(?:有限|股份|责任)*(?:(?<!上市)公司|集团)")
_THING = re.compile(
    "[馆站园场库院校桥厂村镇乡河湖路所室社团队]|街道|社区|中心|基地|平台|系统|工程|项目|广场|书屋|书房|公司|集团|品牌|工坊|窗口|大厅|医院|学校|步道|公园|[港景园校矿片街库灌林老]区|湿地|码头|航道|渔港|"
    "口岸|车间|食堂|市场|门店|驿站|营地|遗址|品种|模范|标兵|能手|工匠|先进个人|好人|隧道|大坝|泵房|水厂|线路|专线|公交线|试验区|示范区|学院|展厅|大楼|机场|航线|课堂|讲堂|调解室|团队|"
    "(?<![结格布全大])局(?![面部势限])|(?:起降|停靠|停车|观测|监测|采集|回收|直播|换电|充电)点|改革|产业园|[0-9A-Za-z]资质|协议|备忘录|帽子")
_NAMELESS = re.compile("[^\u4e00-\u9fffA-Za-z0-9]")
_QUOTED = re.compile("[“《「『]([^“”《》「」『』\n]{1,30})[”》」』]")
_STOPS = "，；。、：,;:!！?？ \n\t"
HEADING = 80  # characters of a heading that may be one statement
_CUT = re.compile("[，；。：\n]")
_BACK = 3  # statements of a line before it that may name what a deed was done to


@dataclass(frozen=True, slots=True)
class Achievement:
    """A deed done once: its words (report.text[start:end]), plain; subject: who did it or won it, as far as the words before the deed name it;
    bare: the text without the deed; before, after: what the line told beside it; kinds: of the deed.

    fresh: it is told as this report's own (not as last year's, continued or kept up, nor as an activity). marks: what tells one of a series from another
    (第二批, 二期, 2022). names: the characters by which the places and firms that are named are known, by what they are (路: 安江).
    quoted: what stands in quotation marks, book titles among them. counts: the numbers that it tells, by unit. row: the annex row, None in the narrative.
    things: what is named is (馆, 平台). thing: a thing, a place or an office is named, or something in quotation marks.
    rebuilt: what was there before was changed (改造, 扩建, 重新开放).
    eventful: told of a time in the year, or as a success. yearly: it is won or done anew every year (大赛, 年度考核). members: the names that its
    words list beside a count (新增2家：甲、乙). newly: it tells that there are more of a kind now (新增, 新认定).
    """

    start: int
    end: int
    text: str
    subject: str
    bare: str
    before: str
    after: str
    kinds: frozenset[str]
    fresh: bool
    marks: frozenset[str]
    names: Mapping[str, frozenset[str]]
    counts: tuple[tuple[str, str], ...]
    row: int | None
    thing: bool
    eventful: bool
    things: frozenset[str]
    rebuilt: bool
    yearly: bool
    quoted: frozenset[str]
    members: tuple[str, ...] = ()
    newly: bool = False


@cache
def _deeds() -> tuple[tuple[str, re.Pattern[str]], ...]:
    rows = table("once")
    return tuple((kind, re.compile("|".join(r["pattern"] for r in rows if r["kind"] == kind))) for kind in dict.fromkeys(r["kind"] for r in rows))


def kinds(text: str) -> frozenset[str]:
    """The kinds of once-done deeds that a plain text tells."""
    return frozenset(kind for kind, pattern in _deeds() if pattern.search(text))


def urged(text: str) -> bool:
    """Whether a plain text only calls for a deed: 加快…建成, 为建成…作出贡献."""
    first = min((m.start() for _, pattern in _deeds() if (m := pattern.search(text))), default=0)
    return _MUST.search(text, 0, first) is not None or (_URGED.search(text, 0, first) is not None and _DONE.search(text) is None)


def achievements(report: Report) -> tuple[Achievement, ...]:
    """The deeds done once that a report tells, in reading order."""
    return tuple(a for a in tidings(report) if a.kinds)


def tidings(report: Report) -> tuple[Achievement, ...]:
    """All that a report tells as done, in reading order: the deeds done once, and, without kinds, what may be one in other words."""
    told = statements(report)
    out: list[Achievement] = []
    lists = sorted(((report.figures[r.figure].start, tuple(words(n.text) for n in r.listed)) for r in report.relations
                    if r.type == "count" and r.figure is not None and r.listed), key=_place)
    until = len(report.text)
    if not report.table.rows and (ahead := _PROGRAMME.search(report.text)) is not None:
        until = ahead.start()
    for line in told.lines:
        passage = told.around(line)
        if not passage.outlook and line.start < until:
            out += _of_line(report, line, passage.row, lists[bisect_left(lists, line.start, key=_place):bisect_left(lists, line.end, key=_place)])
    covered = [(line.start, line.end) for line in told.lines]
    for section in report.sections:
        if section.start < until and section.body - section.start <= HEADING and not any(x < section.body and section.start < y for x, y in covered):
            out += _of_heading(report, section)
    return tuple(sorted(out, key=lambda a: a.start))


def _of_heading(report: Report, section: Section) -> Iterator[Achievement]:
    """What a heading that runs on tells: 二是建成全区首座油氢合建站——沙港综合能源站，…"""
    start = section.start + len(section.number)
    before = ""
    for piece in _CUT.split(report.text[start:section.body]):
        end, text = start + len(piece), plain(piece)
        spoken = said(text)
        if kinds(text) and spoken.polarity == "done" and not spoken.forecast and not urged(text):
            figures = _counts([f for f in report.figures if start <= f.start < end])
            yield _achievement(report, start, end, text, (before, ""), spoken, figures, None)
        start, before = end + 1, before + text


def _place(counted: tuple[int, tuple[str, ...]]) -> int:
    return counted[0]


def _of_line(report: Report, line: Line, row: int | None, lists: Sequence[tuple[int, tuple[str, ...]]]) -> Iterator[Achievement]:
    start = line.start
    for k, s in enumerate(line.statements):
        if s.said.polarity == "done" and not s.said.forecast and not urged(s.text) and (kinds(s.text) or _STATE.search(s.text) is None):
            before = "，".join(x.text for x in line.statements[max(0, k - _BACK):k])
            after = "".join(x.text for x in line.statements[k + 1:k + 2])
            members = tuple(name for at, names in lists if (start if kinds(s.text) else s.start) <= at < s.end for name in names)
            yield replace(_achievement(report, s.start, s.end, s.text, (before, after), s.said, _counts(s.figures), row), members=members)
        start = s.start  # 甲、乙两家企业，均获评…


def _achievement(report: Report, start: int, end: int, text: str, beside: tuple[str, str], spoken: Said, counts: tuple[tuple[str, str], ...],
                 row: int | None) -> Achievement:
    before, after = beside
    bare = text
    for _, pattern in _deeds():
        bare = pattern.sub("|", bare)
    ends = [text[m.end():m.end() + 1] for _, pattern in _deeds() for m in pattern.finditer(text)]
    since = "后" in ends or (set(ends) == {"的"} and _NOW.search(text) is None)  # 封场后开展修复, 设立的驿站服务3万人次
    who, deed, what = _MANNER.sub("", bare).partition("|")
    who = _BY.sub("", who)
    bare = who + deed + what
    subject = words(_FILLER.sub("", who))
    if (won := _FALLS_TO.search(text)) is not None:
        subject = words(won[1])
    if len(subject) < 2:
        subject = words(_FILLER.sub("", _MANNER.sub("", re_last(before))))
    while end > start and report.text[end - 1] in _STOPS:
        end -= 1
    quoted = frozenset(m[1] for m in _QUOTED.finditer(report.text, start, end))
    earlier = spoken.last or (spoken.year is not None and report.year is not None and spoken.year < report.year)
    thing = (_THING.search(text + before) is not None or any(q in report.text[max(0, start - len(before)):end] for q in "“《「")
             or any(mark in _PHASES for mark in _MARK.findall(text + before)))
    state = _STOCK.search(text) or "截至" in before or any(unit in ("%", "‰") for unit, _ in counts)
    fresh = not (earlier or since or state or _OLD_NEWS.search(text) or _ACTIVITY.search(re_last(before) + text))
    return Achievement(
        start, end, text, subject, bare, before, after, kinds(text), fresh, marks=frozenset(m.replace("首", "第一") for m in _MARK.findall(text)),
        names=_names(subject) or _names(text + before), counts=counts, row=row, thing=thing,
        eventful=_EVENT.search(text) is not None and _STATE.search(text) is None, things=frozenset(_THING.findall(words(bare))[-1:]),
        rebuilt=_REBUILT.search(text) is not None, yearly=_YEARLY.search(text) is not None, quoted=quoted,
        newly=_NEWLY.search(text) is not None)


def of_class(a: Achievement) -> str:
    """What those that a deed lists are called together: 市级创业孵化基地 of 年内新培育市级创业孵化基地2个，即甲、乙."""
    bare = _NEWLY.sub("|", a.bare)
    for name in a.members:
        bare = bare.replace(name, "|")
    return bare


def _names(text: str) -> dict[str, frozenset[str]]:
    out: dict[str, set[str]] = {}
    for m in _NAME.finditer(text):
        if m[1][1] in _COMMON.get(m[2], ""):
            continue
        out.setdefault(m[2], set()).add(m[1])
    for m in _FIRM.finditer(text):  # a firm is known by any two characters of its name
        out.setdefault("公司", set()).update(m[1][k:k + 2] for k in range(len(m[1]) - 1))
    return {kind: frozenset(found) for kind, found in out.items()}


def re_last(before: str) -> str:
    """The last statement of what a line told before that says anything."""
    return next((piece for piece in reversed(before.split("，")) if len(words(piece)) > 1), "")


def _counts(figures: Iterable[Figure]) -> tuple[tuple[str, str], ...]:
    return tuple((f.unit.lstrip("万亿"), f.value + f.unit[:-len(f.unit.lstrip("万亿")) or None]) for f in figures if f.unit)


def words(text: str) -> str:
    """A text's characters alone."""
    return _NAMELESS.sub("", plain(text))
