"""What a clause asks of a report, slot by slot: kind of proof, subject, level, direction, parts, alternatives, exceptions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from patterns import expressions as re
from patterns.clause import Clause, CompiledRule
from patterns.content import content_words
from patterns.exempt import counted, exempted, without_exemptions
from patterns.fold import fold
from patterns.portions import in_percent
from patterns.quantity import find
from patterns.rules.meaning import of_its_measure
from patterns.speech import faults

# rate: a share in percent. count: so many things. amount: another measure. goal: a target reached, or how far. growth: against last year or
# another's value. deed: something done. absence: that there is none of it. fault: a fault for each of which points are taken (or all of them).
# shortfall, surplus: how far a level is missed, passed. otherwise: what is left where no other alternative holds. grade: a word or an ordinal on a scale.
Kind = Literal["rate", "count", "amount", "goal", "growth", "deed", "absence", "fault", "shortfall", "surplus", "otherwise", "fixed", "external"]
Way = Literal["up", "down", "flat", ""]

PERCENTAGE_POINTS = ("个百分点", "百分点")
POINTS = (*PERCENTAGE_POINTS, "%", "％", "‰")
_NUM = r"(?:\d[\d,]*(?:\.\d+)?|[一二两三四五六七八九十百]+)"
_POINTS_PHRASE = re.compile(
    rf"(?:各|共|可|则)?(?:得|计|加|扣|减|奖)(?:满分|\s?{_NUM}\s?分)|本?项?(?:不得分|不计分|得满分|计满分)|，?扣完为止|，?最[高多][^，。；]{{0,6}}分|"
    rf"[（(]\s?{_NUM}\s?分\s?[）)]|(?<=\D)\d+(?:\.\d+)?\s?分(?=[，。；]|$)|本项满分\d+分。?|"
    rf"按[^，。；]{{0,16}}(?:比例|备注\d*)[^，。；]{{0,6}}?(?:得分|计分|计算|折算|扣分|扣减)?(?:并?(?:向上|向下)取整)?"
)
_OUTSIDE = re.compile(
    "以[^，。；]{0,12}委托第三方[^，。；]{0,24}为准|"
    "以[^，。；]{0,24}(?:调查|测评|测算|评价|抽测|抽查|监测|考核|认定|核定|审定|评估)[^，。；]{0,4}结果为准|第三方[^，。；]{0,8}(?:调查|测评)结果"
)
_DONE_WORDS = (
    "有|发现|出现|查出|查实|发生|建成运行|建成|创成|新增|增加|增|引进|举办|开展|组织|覆盖|实现|通过|上线|获得|"
    "漏|少|缺|低|高|差|欠|超过|超|升高|上升|下降|降低|提高|突破|多"
)
_EACH = re.compile(
    rf"(?:每(?:{_DONE_WORDS})?(?:完成|召开|检|报|助|聘|运行)?(?:{_NUM})?|(?<=[^第\d.])\d+|(?:^|，)\d+|(?:缺|少|漏|欠)\d+)\s?(?:个百分点|个月|千分点|人次|家次|批次|件次|户次|%|‰|个|家|起|例|次|项|件|处|人|名|户|所|座|台|篇|场|轮|类|期|季|天|条|宗|块|吨|辆|笔|微克/立方米|小时|分|元|位|品种|名)?$"
)
_MIDDLE = re.compile(rf"每(?:{_DONE_WORDS}|存在)?{_NUM}\s?(?:批次|人次|家次|件次|户次|个|家|起|例|次|项|件|处|人|名|户|所|座|台|篇|场|轮|类|批|条|宗|块|辆)?")
_EACH_START = re.compile(
    "(^|，)[^，；。]{0,2}每(?:有|发现|出现|查出|查实|发生|漏|少|缺|低|高|差|欠|超|多|增|升|降|突破|建|新|引|举|开|覆|实|通|上)?"
)
_LEVEL = re.compile(
    r"(?:应当?|须|需|要|控制在|保持在|稳定在)?(?:达到或超过|达到|达|在|为|有|是|不超过|不高于|不低于|不少于|不多于|未超过|没有超过|超过|大于|高于|小于|低于|不足|不到|少于|至少|≥|≤|＞|＜|>|<|=)*"
    r"\s?\d[\d,]*(?:\.\d+)?(?![\d.,]*[A-Za-z])\s?(?:%|％|‰)?(?:\s?(?:[-—~～至到]|（含）)\s?\d[\d,]*(?:\.\d+)?)?\s?"
    r"(?:个百分点|个工作日|工作日|批次/千人|件/万人|万元|亿元|万亩次|万亩|亩|公顷|平方公里|公里|万人次|万吨|万立方米|标箱|分钟|平方米|元|家次|人次|批次|学时|小时|家|户|个|所|座|次|场|项|起|例|件|名|人|期|处|辆|台|篇|条|级|分|天|轮|吨|%|％|‰|DDDs|℃)?"
    r"\s?(?:（含）|\(含\))?(?:及以上|以上|及以下|以下|以内|之内)?(?:（含）)?"
)
_WAYS: tuple[tuple[Way, str], ...] = (
    ("up", "不(?:低|少)于(?:上年|上一年|去年)|只增不减|不减少?"),
    ("down", "不(?:高|多)于(?:上年|上一年|去年)"),
    ("flat", "^[^，。；]{0,6}持平"),
    ("down", "下降|降低|减少|压减|降幅|缩短|低于|少于"),
    ("up", "增长|增加|提高|上升|升高|提升|增幅|高于|多于|增"),
)
_AGAINST = re.compile("(?:比|较|与|同|和)?(?:上年|上一年|去年|前一年|上年度|上年同期)(?:相比)?|同比|逐年|只增不减")
_HELD = re.compile("(?:比|较|与|同|和|高于|低于|优于|不及)(?:上年|上一年|去年|前一年)|同比|逐年|只增不减|(?:上年|去年)(?:水平|同期|相比)")  # not 上年签约项目开工率
_OTHERS = re.compile(
    "(?:高于|低于|超过|达到|多于|少于|快于|好于|优于|达|与|比|较|不及)(?:全市|全省|全国|全区|全县|当地)[^，。；]{0,10}平均(?:水平|数|值)?|"
    "(?:全市|全省|全国|全区|全县|当地)[^，。；]{0,10}平均(?:水平|数|值)?(?:及?以上|及?以下)"
)
_NEGATED = re.compile("^(?:未|没有|不)(?:达到|完成|实现|达标|按要求|如期|下降|增长|建立|落实|配备|纳入|开展|组织|报送|上报|整改|达|满)")
_NONE = re.compile(
    "(?:^|，)[^，。；]{0,14}?(?:没有(?!按|制|完成|组织|开展|建|达|落实)|未发生|未出现|未发现|无(?!证|照|牌|主|序|障碍|偿|线|人机|害|纸|废|形|公害|锡|动力)|不发生|不存在|"
    "(?<![一二三四五六七八九十])零(?!报告|星|售|碳|排放|距离|基础|散|就业)|全面消除|基本消除|全部消除)"
)
_GOAL = re.compile(
    "(?:完成|达到|实现|达成|超额|兑现|落实)[^，。；]{0,26}?(?:任务|目标|指标|计划)(?!责任|清单|任务书|考核|分解)|(?:任务|目标|指标|计划)(?:均|全部|全面|按期|如期|超额|都|数|，)?[^，。；]{0,6}?"
    "(?:完成|达到|达成|实现|达标)|完成率|完成比例|(?:不超过?|未超过?|不突破|控制在|低于|不高于)[^，。；]{0,16}(?:指标|目标|任务|限额|定额|上限|红线|控制数)|聘足|达到目标值|目标值"
)
_DOCUMENT = re.compile(
    "(?:完成|落实|执行|实施)情况|(?:开展|组织|实施|进行|纳入)[^，。；]{0,12}(?:考核|评价)|考核评价|(?:印发|制定|制订|编制|出台|分解|分配|列出|签订|拟定|明确|建立)[^，。；]{0,16}(?:目标|任务|计划|指标|清单|方案)|"
    "(?:向|给|已|对)[^，。；]{0,14}下达|下达(?:到|给|至|于)|完成[^，。；]{0,8}(?:编制|制定|签订|方案|规划)|有[^，。；]{0,6}(?:方案|计划)|(?:任务|目标|指标)[^，。；]{0,6}(?:分解|分配|细化|落到|下达|明确)|纳入[^，。；]{0,12}(?:计划|目标)"
)
_SHORT = re.compile(
    rf"每降(?:低|一|1)?{_NUM}?位|"
    rf"(?:每|，)?(?<!不)(?:少|低|缺|差(?![评异错旅价])|(?<![拖赊亏])欠(?![薪费款税租账息资缴])|短)(?:于[^，。；]{{0,8}})?[\u4e00-\u9fff]{{0,4}}?\s?{_NUM}|每?(?:(?<![拖赊亏])欠(?![薪费款税租账息资缴])|差(?![评异错旅价]))[^，。；]{{0,12}}{_NUM}\s?(?:个百分点|个|次|家)|"
    rf"每(?:高|超(?!期|时|范围|标准)|超过|超出|突破|升高|上升|多|增加|高于|高出)[^，。；]{{0,10}}?{_NUM}"
)
_BEYOND = re.compile(rf"(?:超额|超出|超过|超任务|超计划|超目标|高于|高出)[^，。；]{{0,12}}，?[^，。；]{{0,6}}每|每(?:再)?[超高][^，。；]{{0,10}}?{_NUM}")
_FURTHER = re.compile(rf"每(?:再|多|增加|增长|提高|提升|上升)[^，。；]{{0,8}}?{_NUM}|基础上[^，。；]{{0,6}}每")
_OF_ALL = re.compile(
    "^[^，。；]{0,20}(?:持有|上线|覆盖|合格|完好|建成|配备|到位|及时|准确|办结|整改|持证|检验|定检|登记|报告|在线|入网|达标|普及|参训|接入|公开|反馈|处置|核查|回访|安检|审验)率"
    "每(?:下降|降低|降|低|少)"
)
_FALLEN = re.compile(rf"每(?:下降|下滑|回落|减少|递减|降){_NUM}(?!\s?位)")
_MORE = re.compile("每?(?:降[^低]?[一1]?位|高|超(?!期|时)|超过|超出|突破|升高|上升|多|增加|高于|高出)")
_RATE = re.compile("[\u4e00-\u9fff]{0,6}?率|占比|比例|比重|覆盖面|满意度|增幅|降幅|占")
_RATE_WORD = re.compile("[\u4e00-\u9fff]{2}率|占比|比例|比重|满意度|增幅|增速|降幅|覆盖面|占(?![用领地据道压位有])")
_REST = re.compile(
    rf"否则|只(?:完成|达到|有)|仅(?:完成|达到|有)|有[一1两2](?:项|类|个)未|[两三四五]项(?:都|均)?(?:没有|未)|其他|其余|均未|都没有|不足|低于|未达|超过|高于|没有|未完成|{_NUM}(?:%|％)?(?:及)?以上[、，]?\s?不[足到]|(?:90|80|70|60)%以上的?按"
)
_FRAME = re.compile(
    "(?:^|(?<=[，；。]))以?[^，；。：]{0,24}(?:计分|打分|评分|赋分|核分|为准(?!则)|为凭|为依据|为评分依据|为考核内容)(?:的)?[，：:]?|"
    "(?<![\u4e00-\u9fff])(?:查阅|查看|调阅)[^，。；]{2,24}(?:归档|台账|资料|记录|档案|材料)(?:情况)?(?:，|$)"
)
_OPEN_LIST = re.compile("([^，。；、（()）]{2,14}(?:[、“”]{1,3}[^，。；、（()）“”]{2,14}){1,8}[”]?)等")
_ANY = re.compile("或者|或(?!其)|/")
_AND = re.compile("[，；]|并(?!网|购|联|入|轨|存|行|发|举)|且|以及")
_COMPLETION = re.compile(
    "完成率|完成比例|(?:任务|目标|指标|计划)[^，。；]{0,10}(?:完成|达到|达成|实现)|(?:完成|达到)[^，。；]{0,20}(?:任务|目标|指标|计划)"
)
_CHANGED = re.compile("(?:增长|下降|提高|降低|增加|减少|压减)(?:幅度)?，?(?:达到|达|不低于|不足|超过|为)?\\s?\\d")
_EVENT = re.compile("(?:发生|出现|查实|造成|存在)")
_HAPPENED = re.compile("(?:当年|年内|全年|年度内)?(?:发生|出现|造成|引发)(?![率数])")
_PER_HEAD = re.compile("/(?:千|万|百)人|每(?:千|万|百)(?:人|名|户)|人均|生均|户均|平均")
_PER_PLACE = re.compile("每(?:个|家|所|座|处|亩|村|站|镇|乡|县|街道|社区|馆|队|园|校|班)(?!季|月|年|半|学期|单位)[^，。；]{0,10}\\d")
_OFTEN = (("每季度", 4), ("每季", 4), ("按季", 4), ("每月", 12), ("每半年", 2), ("每学期", 2), ("每周", 52))
_ALL = re.compile(
    "应([^，。；、])尽\\1|每[个家所座名户村镇乡][^，。；]{0,10}[都均]|"
    "全部|(?<![年平人生户日月])均(?!衡|匀|价|等)|全面|所有|全覆盖|悉数|100%|一律|逐[一起家户村个件项处人]|各(?!类|项)"
)
_COUNTING = frozenset(
    "家 户 个 所 座 名 人 次 场 项 起 例 件 期 批次 批 条 处 幢 栋 辆 台 份 篇 家次 人次 户次 轮 届 类 种 支 对 领域 只 根 艘 块 宗 位 套 件次 笔 堂 课 队 村 部 幅 组".split()
)


@dataclass(frozen=True, slots=True)
class FaultWay:
    """One way in which a condition of a fault can hold (迟报、漏报 -> two). thing: what it happens to (the words before it, those that all ways
    share); negated: it is a duty not done, deed: which duty; mark: the words that say that it was not done (未按期摘牌)."""

    text: str
    thing: str
    negated: bool
    deed: str
    mark: str


@dataclass(frozen=True, slots=True)
class Demand:
    """What a clause asks.

    kind: see Kind. subject: the condition without its level, counting and points words: what a sentence must speak of. parts: the pieces of
    it that must all be told (a single one: itself). ways: alternatives (甲或乙), each enough by itself. measure: the head word of a measure
    (覆盖率, 占比), "" where there is none. unit: that of the level. level, below: the level from which a shortfall is counted, and whether
    too much of it is the fault (每超). way: the direction of a growth; equal: 持平 is enough. base: the index of the clause whose level a shortfall
    is counted from. every: all of them are asked for. subjects: the things of which each must reach a goal.
    poor: it holds where something was done badly (质量欠佳). negated: its own words say that a duty was not done, deed: which (未按期摘牌 -> 摘牌).
    per_head: the level is one a head (每万人3件, 生均). faults: of a fault, its ways; flat: it is taken once; part_of: it is a graver case of the fault before it
    (其中…的). inverse: it holds where the goal was missed. outside: a body outside decides (以第三方调查结果为准). items: the things that it lists;
    summed: it asks for their sum; dealt: it is one of several that the rule deals points out to;
    excepts: what a deduction does not count (外地生产、本地经销的除外; 除不可抗力外);
    rates: the rates that must all reach its level (配备率、安装率均达到100%);
    times: how many times a year it asks for so many (每季度2次: 4).
    marks: classes that it names by a number which is no level (10亿元以上项目, 50人以上聚餐).
    lead: what the rule says before it. whole: of what a share is asked for (占常住人口比例 -> 常住人口).
    """

    kind: Kind
    subject: str
    parts: tuple[str, ...] = ()
    ways: tuple[str, ...] = ()
    measure: str = ""
    unit: str = ""
    level: Decimal | None = None
    below: bool = False
    way: Way = ""
    equal: bool = False
    others: bool = False
    base: int | None = None
    every: bool = False
    subjects: tuple[str, ...] = ()
    poor: bool = False
    negated: bool = False
    deed: str = ""
    per_head: bool = False
    faults: tuple[FaultWay, ...] = ()
    flat: bool = False
    inverse: bool = False
    outside: bool = False
    items: tuple[str, ...] = ()
    part_of: bool = False
    summed: bool = False
    times: int = 1
    dealt: bool = False
    excepts: str = ""
    rates: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    lead: str = ""
    whole: str = ""


_POOR = re.compile(
    "较差|不高(?!于)|欠佳|不佳|质量差|不够|不力|不及时|滞后|一般的|不齐|不全|不完整|迟报|"
    "(?:成效|效果|质量)一般|初步建立|基本(?:健全|完善|建立|到位|完成|落实|规范)|部分"
)
_OMIT = re.compile("未|没有|漏|迟|逾期|缺报|空白|应[^，。；]{1,4}(?:未|不)|不(?!得|予|可|良|动产|同|断|满足|仅|含|限|低于|少于|超过|高于)")


_UNDONE = re.compile(
    "(?:未能|未|没有|无(?=[\u4e00-\u9fff]{0,6}(?:行动|制度|方案|计划|机制|台账|记录|预案|专人|机构|活动|培训|档案|措施|人员|队伍))|"
    "不|逾期未?|超期|超时|漏|迟|缺(?![失少陷])|空白)(?:依法|依规|及时|有效|按[^，。；]{0,5}(?=完成|开展|报|办|摘|整|提|公|填|落|处))?"
    "((?:(?![未没不])[\u4e00-\u9fffA-Za-z]){1,14})"
)
_CAUSE = re.compile("(?:因|由于)[^，。；]{0,12}$")
_CAUSES = re.compile("[^，。；]{0,8}?(?:造成|导致|致使|引发|发生)")


def _deed(subject: str) -> str:
    """The duties that a condition says were not done: 应备案未备案 -> 备案."""
    return "，".join(m[1] for m in _UNDONE.finditer(subject))


def _dealt_out(rule: CompiledRule, found: list[Demand]) -> list[Demand]:
    """Levels dealt out to several subjects (小学、初中生均面积分别达到A、B的，各得X分): each clause speaks of its own."""
    out = list(found)
    seen: dict[str, list[int]] = {}
    for k, c in enumerate(rule.clauses):
        if c.kind == "tier" and re.search("分别|各得", rule.text):
            seen.setdefault(f"{c.condition} {c.applies_to}", []).append(k)
    for mates in seen.values():
        head = re.split("分别|，", found[mates[0]].subject)[0]
        names = [n for n in re.split("[、和与]", head) if n]
        if len(mates) < 2 or len(names) != len(mates):
            continue
        tail = names[-1][len(names[0]) :] if len(names[-1]) > len(names[0]) + 1 else ""
        for n, k in enumerate(mates):
            own = names[n] if n == len(mates) - 1 else names[n] + tail
            out[k] = replace(found[k], subject=own, parts=(own,), ways=(own,))
    return out


def demands(rule: CompiledRule, name: str = "") -> tuple[Demand, ...]:
    """A demand for each clause of a rule, in its order. name: the indicator's, which a condition without a subject speaks of."""
    found = _dealt_out(rule, [_demand(rule, k) for k in range(len(rule.clauses))])
    out: list[Demand] = []
    for k, d in enumerate(found):
        if not _telling(d.subject):
            group = rule.clauses[k].group
            mates = [
                x.subject
                for x, c in zip(found, rule.clauses, strict=True)
                if group is not None and c.group == group and _telling(x.subject)
            ]
            if d.base is not None and _telling(found[d.base].subject):
                mates = [found[d.base].subject]
            if d.kind == "absence" and not mates and k and rule.clauses[k - 1].kind in ("zero", "deduct", "tier"):
                mates = [found[k - 1].subject]  # 发生事故的，本项不得分；未发生的，得2分
            subject = mates[0] if mates else name
            if mates and _ONLY_LEVEL.fullmatch(own := bare(rule.clauses[k].condition)) and _ONLY_LEVEL.search(subject):
                subject = _ONLY_LEVEL.sub(own, subject, count=1)  # 受到国家级表彰的加3分，省级的加2分
            if not mates and k and _ONLY_LEVEL.fullmatch(own := bare(rule.clauses[k].condition)) and _ONLY_LEVEL.search(out[k - 1].subject):
                subject = _ONLY_LEVEL.sub(own, out[k - 1].subject, count=1)  # 获国家级表彰每项加2分，省级每项加1分
            elif not mates and k and _ONLY_LEVEL.fullmatch(own := bare(rule.clauses[k].condition)) and "，" in found[k - 1].subject:
                subject = f"{found[k - 1].subject.rsplit('，', 1)[0]}，{own}"  # 新认定企业，省级每家得2分，市级每家得1分
            d = replace(d, subject=subject, parts=(subject,), ways=(subject,), measure=d.measure or _measure(subject))
        elif (
            d.kind == "shortfall"
            and d.base is None
            and d.lead
            and len(content_words(_BLANK.sub("", d.subject))) <= 1
            and _telling(bare(d.lead))
        ):
            d = replace(d, subject=f"{bare(d.lead)}，{d.subject}")
        elif rule.clauses[k].kind == "prorata" and d.lead and len(re.sub("得分|计分", "", _BLANK.sub("", d.subject))) <= 4 and _telling(bare(d.lead)):
            d = replace(d, subject=f"{bare(d.lead)}，{d.subject}", subjects=())  # 自建房隐患整治1分，按整治比例得分
        out.append(d)
    return tuple(out)


_ONLY_LEVEL = re.compile("(?:国家|省|市|县|区|镇|街道|部)级(?:及?以上)?|[一二三]等奖|[金银铜]奖|[A-D]级")


def _measure(subject: str) -> str:
    return next(reversed(_RATE_WORD.findall(subject)), "")


_BLANK = re.compile(
    "乘以?|权数|权重|标准分|较|比|与|同|上年|上一年|去年|同比|增速|增幅|降幅|增长|增加|提高|上升|升高|升|下降|降低|减少|降|持平|不足|低于|高于|不|且|但|达到|目标值?|实际值|分值|得分"
    "|(?:件|人|家|批|户|项|场)次|完成率|完成|比例?|发生|出现|存在|造成|没有|开展|组织|进行|未|率|，|、|[\\d.%‰≤≥<>=×÷（）()—-]|DDDs|及|以上|以下|以内|天|分|级|个|超过|每|的|按|占|项"
)


def _telling(subject: str) -> bool:
    """Whether a subject says what it is about, not only how it went."""
    return bool(content_words(_BLANK.sub("", subject)))


def bare(condition: str) -> str:
    """A condition without level, counting and points words: 重点用能单位达到10家以上的 -> 重点用能单位."""
    text = in_percent(_FRAME.sub(lambda m: _measured(m[0]), fold(condition).text))
    text = _POINTS_PHRASE.sub("，", re.sub("乘以?(?:权数|权重分?|标准分值?|满分|分值|本项(?:满分|分值))", "，", text))
    text = re.sub("[（(][^（）()]{0,12}见附?[注件备][^（）()]{0,6}(?:[）)]|(?=，))", "", text)
    pieces = []
    for piece in re.split("[，；。：]", text):
        piece = _MIDDLE.sub("", _EACH.sub("", piece.strip("的者 ")))
        piece = re.sub("^每(?=[\u4e00-\u9fff])", "", piece)
        piece = _LEVEL.sub("", piece) if re.search(r"\d", piece) else piece
        piece = re.sub("(?:达到或|，(?:个|家|起|例|次|项|件))$", "", piece).strip("的者、 =×÷＝")
        if piece and not re.fullmatch("低于|高于|不足|超过|达到|其中|不足的|超过的|低于的|否则|其他|满分|分|加|得|计|不|的", piece):
            pieces.append(piece)
    return "，".join(dict.fromkeys(pieces)) or fold(condition).text


def _whole(text: str) -> str:
    """Of what a share is asked for: 占常住人口比例, 支付率（占年度计划投资）."""
    m = re.search(
        "占([^，。；、]{2,14}?)的?(?:比例|比重|比率|百分比|比)|[（(]占([^，。；、（）()]{2,14})[）)]|"
        r"数(?:量)?达到((?:(?!任务|目标|计划|要求)[^，。；、\d]){2,14}?)数?的?\d[\d.]*%", text
    )
    return (m[1] or m[2] or m[3]) if m else ""


def _measured(frame: str) -> str:
    """What a frame says of the subject: 以居住区生活垃圾分类达标率为考核内容 keeps the rate; 以县局通报为准 keeps nothing."""
    m = re.match("以?(?:[^，；。：]{0,10}(?:结果|通报|数据|统计|记录|名单|公布)[^，；。：]{0,6})?为(?:准|凭)", frame)
    if m or "资料" in frame or "台账" in frame:
        return ""
    return re.sub("以|计分|打分|评分|赋分|为准|为凭|为(?:评分|考核)?(?:依据|内容)|的?[，：:]", "", frame) + "，"


def _demand(rule: CompiledRule, k: int) -> Demand:
    clause = rule.clauses[k]
    text = in_percent(_term(rule, k) or clause.condition)
    exempt = exempted(rule, clause)
    text = counted(text) if exempt else text
    subject = bare(text)
    lead = _lead(rule, k)
    measure = next(reversed(_RATE_WORD.findall(subject)), "") if clause.unit in (*POINTS, None) or clause.per_unit in POINTS else ""
    common: dict[str, object] = {
        "subject": subject,
        "parts": _parts(subject),
        "ways": _ways(subject),
        "measure": measure,
        "unit": clause.unit or "",
        "every": bool(_ALL.search(text)),
        "lead": lead,
        "negated": bool(_OMIT.search(text)),
        "poor": bool(_POOR.search(text)),
        "deed": _deed(subject),
        "per_head": bool(_PER_HEAD.search(text)) or (clause.kind == "tier" and _PER_PLACE.search(text) is not None),
        "outside": bool(_OUTSIDE.search(rule.text)),
        "items": _items(text),
        "marks": _marks(clause, text),
        "dealt": clause.kind == "each" and any(c is not clause and c.kind == "each" and c.start == clause.start for c in rule.clauses),
        "excepts": exempt,
        "times": next((n for word, n in _OFTEN if word in text), 1),
        "summed": bool(re.search("合计|累计|总数|总计|共", text)),
        "whole": _whole(text),
        "part_of": clause.text.lstrip("，；。 ").startswith("其中") or _CONSEQUENCE.fullmatch(subject) is not None,
    }
    way = _way(text)

    def make(kind: Kind, **more: object) -> Demand:
        return Demand(kind=kind, **{**common, **more})  # type: ignore[arg-type]

    if clause.kind == "fixed":
        return make("fixed")
    if clause.kind == "reference":
        return make("external")
    if clause.kind == "deduct" or (clause.kind == "zero" and clause.group is None):
        return _taking(rule, k, make, text)
    last = re.split("[，。；]", text.rstrip("的，。； "))[-1]
    first = re.split("[，。；]", text)[0]
    by_rest = _NEGATED.match(last) or _REST.match(last) or (clause.kind == "prorata" and (_NEGATED.match(first) or _REST.match(first)))
    apart = _OTHERS.search(text) or (clause.kind == "award" and _AGAINST.search(last) and not _NEGATED.match(last))
    left = by_rest and not (apart and clause.group is None)  # 高于全市平均水平的, 高于上年 stand by themselves
    if clause.kind in ("zero", "award", "prorata") and left:
        base = None if clause.group is not None else _base(rule, k)
        if (clause.group is not None or base is not None) and not (clause.kind == "award" and _POOR.search(text)):
            return make("otherwise", way=way, base=base)
    if clause.kind == "tier":
        if not clause.points and _EVENT.search(text):
            base = _base(rule, k, loose=True)
            before = re.sub("未发生|没有发生|未出现|不发生|无", "", bare(rule.clauses[base].condition)) if base is not None else ""
            return make("fault", faults=_faults(subject, before) if _telling(subject) else _bare_faults(text, before), flat=True, base=base)
        ranked = clause.unit in ("名", "位") and _RANKED.search(text) is not None  # 上年度考核排名前3名
        if not ranked and (
            (_AGAINST.search(re.sub("占(?:上年|上一年|去年|上年度)[^，。；]*", "", text)) and (way or not measure or _HELD.search(text)))
            or (clause.unit in POINTS and _CHANGED.search(text))
            or (way and clause.unit in POINTS and _growth_group(rule, clause))
        ):
            return make("growth", way=way or _growth_way(rule, clause), others=bool(_OTHERS.search(text)))
        if _OTHERS.search(text) and not ranked:
            return make("growth", way=way, others=True)
        if clause.unit in (*POINTS, None) and _COMPLETION.search(text):
            return make("goal", subjects=_subjects(subject), measure="")
        if clause.unit in (*POINTS, None) and (measure or clause.unit):
            return make("rate", rates=_rates(text))
        return make("count" if clause.unit in _COUNTING else "amount")
    if clause.kind == "each":
        if (base := _beyond(rule, k)) is not None:
            return make("surplus", base=base if base >= 0 else None, unit=clause.per_unit or "")
        return make("count", unit=clause.per_unit or "")
    if clause.kind == "prorata":
        if (_term(rule, k) or "÷" in text) and "目标值" not in text and "任务" not in text and _telling(subject):
            return make("rate", measure="")
        if re.search("占(?:年度)?(?:计划|任务|目标)", text):
            return make("goal", subjects=_subjects(subject), measure="")
        named = re.search(
            "[\u4e00-\u9fff]{2}率(?!完)|占比|比例(?!得|计|折|扣)", re.sub("完成率|完成比例|按比例|按(?:[^，]{0,4}|完成[^，]{0,8})比例", "", text)
        )
        return make("rate" if named else "goal", subjects=_subjects(subject), measure=named[0] if named else "")
    if _NONE.search(text) and not _RATE_WORD.search(text):
        event = _NOTHING.sub("", subject)
        undone = m if (m := _undone(event)) is not None and m[0][0] in "未没不" else None  # 脱管漏管 are things that happen
        return make("absence", faults=(FaultWay(event, "", undone is not None, undone[1] if undone else "", event[undone.start() : undone.start() + 4] if undone else ""),))
    if _AGAINST.search(text) or _OTHERS.search(text) or (clause.group is not None and way and len(content_words(subject)) <= 1):
        base = None if _telling(subject) or clause.group is not None else _base(rule, k)
        return make(
            "growth", way=way, equal=bool(re.search("持平|不少于|不低于|不高于|只增不减", text)), others=bool(_OTHERS.search(text)), base=base
        )
    if way and clause.group is not None and _growth_group(rule, clause):
        return make("growth", way=way, equal="持平" in text)
    if _GOAL.search(text) and not _DOCUMENT.search(text):
        return make("goal", subjects=_subjects(subject))
    if clause.kind == "zero" and _HAPPENED.match(subject):
        return _taking(rule, k, make, text)
    return make("deed")


_RANKED = re.compile("排名|名次|位次|前[0-9一二三四五六七八九十]|第[0-9一二三四五六七八九十]")
_RATES = re.compile("((?:[^，。；、]{2,16}?(?:率|比例|占比)[、和及与]){1,5}[^，。；、]{2,16}?(?:率|比例|占比))(?:都|均|全部|分别)")


def _rates(text: str) -> tuple[str, ...]:
    """The rates of a condition that all must reach its level."""
    m = _RATES.search(text)
    return tuple(x for x in re.split("(?<=率)[、和及与]|(?<=比例)[、和及与]|(?<=占比)[、和及与]", m[1]) if x) if m is not None else ()

_CONSEQUENCE = re.compile("(?:发生|造成|出现|导致|引发)*(?:有?人员|人)?(?:死亡|伤亡|重伤|亡人|死伤)(?:和?重伤)?(?:事故|情况|事件)?(?:的)?")
_NOTHING = re.compile("未发生|没有发生|未出现|没有出现|未发现|不发生|不存在|没有(?=[\u4e00-\u9fff])|(?<![\u4e00-\u9fff])无(?=[\u4e00-\u9fff]{2})")


def _falls_from(rule: CompiledRule, clause: Clause, base: int | None) -> bool:
    """Whether what a deduction counts falls from the level of the clause before it, or from last year's value (增长的得3分，每下降1个百分点扣0.3分)."""
    if base is None:
        return False
    against = _AGAINST.search(rule.clauses[base].condition) is not None
    return (against and clause.per_unit in POINTS) or (not against and _levelled(rule, clause, base))


def _levelled(rule: CompiledRule, clause: Clause, base: int | None) -> bool:
    """Whether a clause before another states a level from below, of the unit that the other counts by."""
    c = rule.clauses[base] if base is not None else None
    return c is not None and c.lower is not None and (c.unit == clause.per_unit or (c.unit in POINTS and clause.per_unit in POINTS))


def _beyond(rule: CompiledRule, k: int) -> int | None:
    """The clause whose level or goal something must pass to earn points by the step (每超出任务数10%加1分), -1 where only the condition's own
    words name it; None where every one counts (每新增1家)."""
    clause = rule.clauses[k]
    said = fold(clause.text).text
    beyond = _BEYOND.search(said) is not None
    if not beyond and not _FURTHER.search(said):
        return None
    base = _base(rule, k, loose=True)
    if base is not None and rule.clauses[base].lower is not None:
        return base if _levelled(rule, clause, base) or (beyond and clause.per_unit in POINTS) else None
    if not (beyond or "基础上" in said) or _AGAINST.search(said):
        return None
    of_goal = _GOAL.search(said) or (base is not None and _GOAL.search(rule.clauses[base].condition))
    if not of_goal:
        return None
    return base if base is not None and _GOAL.search(rule.clauses[base].condition) else -1


def _term(rule: CompiledRule, k: int) -> str:
    """The term of a formula that a proportion goes by: 得分＝甲÷乙×4分＋丙÷丁×2分 are two clauses, one a term."""
    clause = rule.clauses[k]
    same = [j for j, c in enumerate(rule.clauses) if c.kind == "prorata" and c.condition == clause.condition]
    terms = re.split("[+＋]", re.sub("^[^=＝]{0,8}[=＝]", "", clause.condition))
    if len(same) < 2 or len(terms) != len(same) or not all("÷" in t for t in terms):
        return ""
    return terms[same.index(k)].split("×")[0].split("÷")[0]


def _growth_group(rule: CompiledRule, clause: Clause) -> bool:
    return any(c.group == clause.group and _AGAINST.search(c.condition) for c in rule.clauses)


def _growth_way(rule: CompiledRule, clause: Clause) -> Way:
    return next((w for c in rule.clauses if c.group == clause.group and (w := _way(c.condition))), "")


def _way(text: str) -> Way:
    if "持平" in text and (m := re.search("持平(?:或|、)[^，。；]{0,6}?(增|提|升|高|下降|减|降)", text)):
        return "up" if m[1] in "增提升高" else "down"
    return next((way for way, words in _WAYS if re.search(words, text)), "")


def _taking(rule: CompiledRule, k: int, make: Callable[..., Demand], text: str) -> Demand:
    clause = rule.clauses[k]
    short = _SHORT.search(fold(text).text) or _SHORT.search(fold(clause.text).text)
    fallen = _FALLEN.search(fold(clause.text).text) is not None and _falls_from(rule, clause, _base(rule, k))
    if clause.kind == "deduct" and clause.per is not None and (short or fallen) and not re.search("每(?:少报|漏)", text):
        more = short is not None and bool(_MORE.match(short[0].lstrip("，")))
        base = _base(rule, k)
        own = None if base is not None else _own_level(clause, text)
        if base is None and own is None and not more and clause.per_unit in POINTS and _OF_ALL.search(text):
            own = Decimal(100)  # 上线率每低1%扣0.2分
        if base is None and own is None and not _telling(bare(text)):
            base = _base(rule, k, loose=True)
        unit = clause.per_unit or ""
        measure = next(reversed(_RATE_WORD.findall(bare(text))), "") if unit in POINTS else ""
        return make("shortfall", base=base, level=own, below=more, unit=unit, measure=measure, subjects=_subjects(bare(text)))
    over = re.search("(?:超过|突破|高于|超出)[^，。；]{0,12}(?:指标|目标|控制|限额|红线|上限)", text)
    if over and clause.per is None:
        return make("goal", subjects=_subjects(bare(text)), inverse=True)
    last = next((p for p in re.split("[，。；]", clause.text) if _AGAINST.search(p)), "")
    if clause.kind == "deduct" and clause.per is None and _AGAINST.search(last) and _way(last) and not _NEGATED.search(last):
        return make("growth", way=_way(last))  # 比上年下降的，扣1分
    subject = bare(re.sub("每(漏|迟|缺|瞒|少)(报|检|助|登|交|缴)", r"，\1\2", text))
    base = _base(rule, k, loose=True)
    apart = base is not None and any(x in rule.text[rule.clauses[base].end : clause.start] for x in "；。")
    headed = bare(rule.text[clause.heading : clause.start]) if 0 <= clause.heading < clause.start else ""
    before = (
        headed
        if headed and _telling(headed)
        else bare(_lead(rule, k))
        if _lead(rule, k)
        else re.sub("未发生|没有发生|未出现|不发生|无", "", bare(rule.clauses[base].condition))
        if base is not None and not (apart and len(content_words(subject)) > 0)
        else ""
    )
    ways = _faults(subject, before) if _telling(subject) else _bare_faults(text, before)
    if re.search("每(?:漏|缺|少|欠)", text) and not any(w.negated for w in ways):
        ways = tuple(replace(w, negated=True, deed=w.text, mark="漏") for w in ways)  # 应救尽救的，每漏1人
    return make(
        "fault", unit=clause.per_unit or "", base=base, faults=ways, flat=clause.per is None, negated=any(w.negated for w in ways)
    )


def _faults(subject: str, before: str) -> tuple[FaultWay, ...]:
    """The ways of a condition: a piece without a word of a fault (a list of things) belongs to those that follow it."""
    out: list[FaultWay] = []
    thing = ""
    for piece in re.split("[，；]", subject):
        told = [x for x in re.split("、|或者|或(?!其)", piece) if x]
        for n, text in enumerate(told):
            m = _undone(text)
            later = _UNDONE.search(subject[subject.find(text) + len(text) :])
            if n and out and not m and not _fault_word(text):
                out[-1] = replace(out[-1], text=f"{out[-1].text}、{text}")
                continue
            if not (m or _fault_word(text)) or (later and not m and _work(text)):
                thing = f"{thing}、{text}" if thing else text
                continue
            head = text[: m.start()] if m else ""
            head = "" if re.fullmatch("应[\u4e00-\u9fff]{1,2}|(?:符合条件|有意愿|应当?)(?:而|但|却)?", head) else head  # 应改未改 names no thing
            mine = "、".join(x for x in (thing, head if n == 0 or content_words(head) else told[0][: max(0, _first(told[0]))]) if x)
            out.append(
                FaultWay(
                    text,
                    mine or (before if len(content_words(text)) <= 2 else ""),
                    m is not None,
                    m[1] if m else "",
                    text[m.start() : m.start() + 4] if m else "",
                )
            )
    if not out:
        out.append(FaultWay(subject, before if len(content_words(subject)) <= 1 else "", False, "", ""))
    return tuple(out)


def _bare_faults(text: str, before: str) -> tuple[FaultWay, ...]:
    """The ways of a condition that names no thing of its own (每发生1件, 有1个所未达到): before is what the rule spoke of last."""
    m = _undone(fold(text).text)
    if m is not None:
        return (FaultWay("", before, True, m[1].strip("的每"), text[m.start() : m.start() + 4]),)
    return (FaultWay(before, "", False, "", ""),) if _EVENT.search(text) or _fault_word(before) else ()


def _work(text: str) -> bool:
    """Whether a piece names what is dealt with and no fault of its own: 受理的举报投诉, 涉食品安全舆情."""
    return {kind for kind, _ in faults(text)} <= {"complaint", "blame", "accident"} and not re.search("被|发生|受到|收到|接到|因|遭|造成", text)


_EMPTY = re.compile("([\u4e00-\u9fff]{2,12}?)(?:全年|年内)?(空白)$")


def _undone(text: str) -> re.Match[str] | None:
    """The last duty that a piece says was not done; 不合格产品 and 不合格后处理 are things, no duties."""
    text = re.sub("[“「『][^“”「」『』]*[”」』]", lambda q: "　" * len(q[0]), text)  # “四不两直” denies nothing
    found = [
        m
        for m in _UNDONE.finditer(text)
        if not (_CAUSE.search(text[: m.start()]) and _CAUSES.match(text[m.end(0) - len(m[1]) :]))  # 因管护不到位造成古树死亡 is a death
        and not re.match("不合格(?:[产食样商药批单企率的]|(?!每|[，；。、])[\u4e00-\u9fff]{2})", text[m.start() :])]
    return found[-1] if found else _EMPTY.search(text)


def _marks(clause: Clause, text: str) -> tuple[str, ...]:
    """The numbers of a condition that name a class of things and are neither its level nor its step."""
    folded = fold(text).text
    levels = {q for q in (clause.lower, clause.upper, clause.per) if q is not None}
    found = [q for q in find(folded) if q.number is not None and q.number not in levels and q.unit not in ("%", "分", "个百分点")]
    return tuple(
        folded[q.start : q.end]
        for q in found
        if re.match("(?:及?以上|以下|以内)(?:的)?[\u4e00-\u9fff]{2}", folded[q.end :])
        and not re.match("(?:及?以上|以下)的?(?:得|计|加|扣|不得)", folded[q.end :])
    )


def _items(text: str) -> tuple[str, ...]:
    """The things that a condition lists before what it asks of each: 机关、学校、企业、社区（村） -> four."""
    m = re.search("([^，。；、（()）]{2,10}(?:（[^（）]*）)?(?:、[^，。；、（()）]{2,12}(?:（[^（）]*）)?){1,8})", fold(text).text)
    if m is None:
        return ()
    first, *others = (re.sub("（[^（）]*）|^(?:面向|对|向|在|集团内|县域远程)|每[项个家件篇种户名].*$", "", x) for x in m[1].split("、"))
    end = next((n for n in (2, 3) if first[-n:] == others[0][-n:]), 0)  # 参与制定国家标准、行业标准: names that end alike are about as long
    return (first[-max(map(len, others)) :] if end else first, *others)


def _first(text: str) -> int:
    m = _UNDONE.search(text)
    return m.start() if m else 0


def _fault_word(text: str) -> bool:
    return any(kind != "omit" for kind, _ in faults(text))


def _own_level(clause: Clause, text: str) -> Decimal | None:
    """The level that a deduction's own condition states: 全年不少于2次，每少1次 -> 2."""
    head = re.split("每(?!人|季|月|年|半|学期|周|名|家|千|万)|，缺|，欠|，少", fold(text).text)[0]
    often = next((n for word, n in _OFTEN if word in head), 1)
    found = [
        q for q in find(head) if q.number is not None and (q.unit == clause.per_unit or (clause.per_unit in POINTS and q.unit in POINTS))
    ]
    return found[-1].number * often if found and found[-1].number is not None else None


def _base(rule: CompiledRule, k: int, loose: bool = False) -> int | None:
    """The clause whose level a shortfall is counted from: the last one before it that gives points, of the same breath or condition."""
    clause = rule.clauses[k]
    before = [
        j
        for j, c in enumerate(rule.clauses)
        if j != k
        and c.kind in ("tier", "award", "full")
        and c.end <= max(clause.start, c.end)
        and c.start <= clause.start
        and (c.applies_to == clause.applies_to or c.applies_to is None or clause.applies_to is None)
    ]
    if not before:
        return None
    same = [j for j in before if clause.condition.startswith(rule.clauses[j].condition.rstrip("的者，")) and rule.clauses[j].condition]
    if same:
        return max(same, key=lambda j: len(rule.clauses[j].condition))
    levels = [rule.clauses[j] for j in before if rule.clauses[j].kind == "tier" and rule.clauses[j].points]
    if (named := of_its_measure(clause, levels)) is not None:
        return next(j for j in before if rule.clauses[j] is named)
    near = max(before, key=lambda j: rule.clauses[j].end)
    gap = rule.text[rule.clauses[near].end : clause.start]
    if (
        "；" in gap
        and not loose
        and not re.match("[；。]?(?:高于|低于|超过|不足|未达到|未完成|每)", fold(rule.text[rule.clauses[near].end : clause.end]).text)
    ):
        return None
    group = rule.clauses[near].group
    members = [j for j in before if group is not None and rule.clauses[j].group == group and rule.clauses[j].kind != "zero"]
    return max(members, key=lambda j: rule.clauses[j].points or Decimal(0)) if members else near


def _lead(rule: CompiledRule, k: int) -> str:
    """What a rule says between the clause before (of another condition) and this one."""
    clause = rule.clauses[k]
    ends = [c.end for c in rule.clauses if c.end <= clause.start and c.condition != clause.condition]
    same = [c.start for c in rule.clauses if c.condition == clause.condition]
    return without_exemptions(rule.text[max(ends, default=0) : min([clause.start, *same])]).strip("。；，. ")


def _parts(subject: str) -> tuple[str, ...]:
    """The parts of a condition that must all be told: 印发安排、分解目标并明确责任 -> three. An open list (甲、乙等) is one part."""
    whole = _OPEN_LIST.sub(lambda m: m[0].replace("、", "|"), subject)
    out = []
    for piece in _AND.split(whole):
        verbs = [p for p in piece.split("、") if content_words(p)]
        split = len(verbs) > 1 and all(len(content_words(p)) > 1 for p in verbs)
        out += verbs if split else [piece]
    return tuple(p.replace("|", "、").strip() for p in out if content_words(p)) or (subject,)


def _ways(subject: str) -> tuple[str, ...]:
    """A condition with 或 as its ways to be met: 宣传或培训活动 -> 宣传活动, 培训活动, each with what they share."""
    m = _ANY.search(subject)
    if not m:
        return (subject,)
    left, right = subject[: m.start()], subject[m.end() :]
    tail = re.split("[，；]", right, maxsplit=1)
    head = re.split("[，；]", left)
    rest = "，".join([*head[:-1], *tail[1:]])
    one, other = head[-1], tail[0]
    words_left, words_right = content_words(one), content_words(other)
    if len(words_right) <= 2 and len(words_left) > 1:
        last = words_left[-1]
        cut = one.rfind(last)
        shared = one[:cut] if cut > 0 else ""
        ending = words_right[-1] if len(words_right) > 1 else ""
        pair = (f"{one}{ending}", f"{shared}{other}")
    elif len(words_left) <= 1 and len(words_right) > 1:
        pair = (f"{one}{other[other.find(words_right[0]) + len(words_right[0]) :]}", other)
    elif "、" in one and len(content_words(one.split("、")[-1])) <= 1 and len(words_right) >= 3:
        pair = (f"{one}{other[other.find(words_right[1]) :]}", other)  # 节能、低碳或循环经济专项资金政策
    else:
        pair = (one, other)
    return tuple(f"{p}，{rest}".strip("，") for p in pair)


_TASK_WORDS = re.compile(
    "(?:市级|省级|上级|市|省|县|区)?(?:部门|政府)?下达的?|年度|当年|各区|对照|核定|核算|完成率|完成|达到|实现|达标|目标值?|任务|指标|计划(?!生育)|计分|评分|按|以|为准|不达标|未|的|低于要求|应|"
    "超过|控制|不|全面|超额|均|两项都|都|分别|其中|情况"
)


def _subjects(subject: str) -> tuple[str, ...]:
    """The things that a goal is set for, each of which must reach it: 绿色改造和可再生能源年度任务完成 -> two."""
    text = re.sub("[，；：（()）]", "、", _TASK_WORDS.sub(" ", subject))
    out = [p.strip() for p in re.split("[、]|(?<![平共总调中饱温])和(?!谐|合)|及(?!时|格)|与", text) if content_words(p)]
    return tuple(dict.fromkeys(out)) or (subject,)
