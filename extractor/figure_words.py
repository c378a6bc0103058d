"""The words around a figure: its clause, the head of its name without times and words of change, the words that make it a difference."""

from __future__ import annotations

from extractor.relations.paragraphs import paragraphs
from extractor.relations.tagged import PAST, PAST_SHARE, Families, Label, labels, of_kind, tag
from extractor.report import Figure, Report
from patterns import expressions as re
from patterns.content import content_words, light

TIME = re.compile(
    r"(?:截至|截止|至|到|自)?(?:(?<!\d)(?:19|20)\d\d年(?:度|[底末初]|\d{1,2}月(?:\d{1,2}日)?[底末]?)?|上一?年度?[底末]?|前一年度?|去年[底末]?|今年|本年度?|当年)(?:同期|全年)?的?|"
    "全年|年[内底末初]|截至目前")
_MOVE = re.compile(
    "(?:同比|环比|净|又|再|比|较|与|同|由|从|为|是)*(?:上升|抬升|翻(?=了|$)|增长|增加|净增|净减|增至|增到|提高|提升|扩大|扩展|下降|减少|降低|降至|降到|压减|缩减|回落|回升|增幅|降幅|升至|涨至)"
    "(?:了|到|至|为)?|(?:由|从)?(?:发展|壮大|扩充|攀升|跃升|扩容|延伸|上涨|压降|压缩|收窄|缩短|拓展|提速)(?:到|至|为)|在?的?基础上(?:又|再)?|(?:比|较|同比|多于|少于|高于|低于|高出|低出)+")
_REST = re.compile("^(?:[由从的为是达至到共有了各均已多少增减升降比较与同又再数总，、：]|数量|总数|总量|总额|实现|达到|完成)*$")
_FROM = re.compile("[由从自余剩]$|剩余$")  # 巡逻车由(上年末的)33辆, 水体余9处
_TREASURY = re.compile("[省市区县旗镇乡]?本级(?:财政)?|[省市区县旗](?:级)?财政(?!收入|支出|总收入)")
_ASKED = re.compile("(?:[省市县区上]级?)?(?:下达|交办)(?:给?我[省市县区旗镇乡])?|(?:年度)?(?:目标任务|任务|目标)(?:数|为)?$")
_BESIDES = re.compile("(?:列入|纳入|按|经|由)[^的，。；]{1,10}的(?=[^，。；]{2})")
_BESIDE = re.compile(
    "(?:(?P<a>高|低|多|少)(?:于|出)(?:上年|去年|上一年|前一年|(?:19|20)\\d\\d年)(?:度|同期|末|底)?的?|"
    "(?:比|较|在)(?:上一?年|去年|前一年|(?:19|20)\\d\\d年)(?:度|同期|末|底)?[^，。；\\d]{0,8}?"
    "(?P<b>(?:多|少|短|(?<!新)增|减)(?!到|至|为|于|的)[\u4e00-\u9fff]{0,3}|[上攀抬拉放大提回走下增减压缩降涨跌扬升高低落掉]{1,3})(?:了|出)?)(?<![到至为的共达计中])$")
_FELL = frozenset("低少短减降跌压缩落掉下")
REVISED = re.compile(
    "可比|同口径|口径调整|调整后|修订后|数据修订|修订数|修正后|(?:经|年报|最终)[^，。；]{0,8}核定|核定为|核定数|重新(?:核定|计算|统计|核算)|普查(?:后|修订|调整|数据)|不变价|实际增长|"
    "扣除价格|剔除")
REACH = 20  # characters before a figure that say what it is compared with
_ENUMERATOR = re.compile("^(?:\\d{1,2}[.、．]|[（(][一二三四五六七八九十\\d]{1,3}[）)]|[一二三四五六七八九十]{1,3}(?:、|是))")


def names_of(report: Report) -> tuple[dict[int, Label], frozenset[int]]:
    """The labels of all figures, and those that are told of another time."""
    families = Families()
    out: dict[int, Label] = {}
    past: set[int] = set()
    for start, end, inside in paragraphs(report.document, report.figures):
        tagged = tag(report.text, start, end, inside, families)
        out |= labels(tagged)
        past.update(of_kind(tagged, PAST + PAST_SHARE))
    return out, frozenset(past)


def clause(report: Report, f: Figure) -> tuple[int, int]:
    """The words between two commas around a figure, a bracket behind it included."""
    sentence = report.sentences[f.sentence]
    start = max([k + 1 for k in (report.text.rfind(mark, sentence.start, f.start) for mark in "，。；;\n") if k >= 0], default=sentence.start)
    stops = [k for k in (report.text.find(mark, f.end, sentence.end) for mark in "，。；;\n") if k >= 0]
    return start, min(stops, default=sentence.end)


def bare(head: str) -> str:
    """The words before a figure without times and words of change."""
    words = _BESIDES.sub("", _MOVE.sub("", TIME.sub("", _ENUMERATOR.sub("", head))))
    words = _ASKED.sub("", _TREASURY.sub("本级财政", words))
    last = words.rpartition("的")[2]
    if last != words and len([w for w in content_words(last) if not light(w)]) > 2:
        words = last  # 设施运维和购买服务的公共文化服务专项资金
    return "" if _REST.match(words) else _FROM.sub("", words)


def difference(report: Report, f: Figure) -> bool | None:
    """Whether a figure tells how much less than another year's value there is (True) or how much more (False), by the words before it:
    高于上年1.2个百分点, 比上年多支35.2万元, 在上年盘子上多出185万元; None where they make it no difference."""
    found = _BESIDE.search(report.text[max(0, f.start - REACH):f.start])
    return None if found is None else any(c in _FELL for c in found["a"] or found["b"])


def moves_on(report: Report, f: Figure) -> bool:
    """Whether a value is this year's whatever the words before it name, since a change on last year follows it and no other value stands before
    it in its sentence: 上年度审计发现问题整改率95.8%，比上年提高2.2个百分点."""
    here = report.figures_of[f.sentence]
    after = next((g for g in here if g.index > f.index), None)
    return (after is not None and after.role == "change" and after.compare == "last year" and report.text.startswith("，", f.end)
            and "，" not in report.text[f.end + 1:after.start] and not any(g.index < f.index and g.unit == f.unit for g in here))
