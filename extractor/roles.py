"""The role of a figure: actual, target, change or limit, read from the words around it in its clause."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractor.meaning import Clause, clause_of
from extractor.report import Bound, Role
from patterns.quantity import Quantity


@dataclass(frozen=True, slots=True)
class Meaning:
    """role; exact: a bound word before the figure only compares with it (高于95%的考核要求) and is no bound of it.

    compare: for a change "last year", a stated year, or ""; down: the change is a decrease. bound: one that the role implies.
    """

    role: Role
    exact: bool = False
    compare: str = ""
    down: bool = False
    bound: Bound = ""


@dataclass(frozen=True, slots=True)
class _Around:
    """The words around a figure. before: from the clause's start; near: from the figure before it in the clause; after: to the
    clause's end; next: to the next figure; lead: before the clause; sofar: since the last ；; follow: after the clause."""

    before: str
    near: str
    after: str
    next: str
    lead: str
    sofar: str
    follow: str


_GOAL = r"(?:任务|目标|指标|计划|要求(?=[为是不应须定：:达控]))"
_GOAL_AFTER = re.compile(
    r"(?:以上|以下|以内|之内|左右|\(含\))?(?P<of>的)?(?:[^，。；、()（）\d的]{0,8}?)?(?P<noun>考核要求|达标要求|"
    r"要求|目标值|目标|任务|计划|指标|规定|标准|下达数|期望值)"
    r"(?!完成率|的?\d|分解|[\u4e00-\u9fff]{0,3}率)")
_LINE_AFTER = re.compile(
    r"(?:以上|以下|以内|左右)?的?[\u4e00-\u9fff]{0,4}(?:加分线|及格线|门槛|红线|底线|限值|限额|警戒线|准入值|准入线|"
    r"先进值|标杆值|基准值)")
_GOAL_BEFORE = re.compile(
    _GOAL + (
        r"(?:数|值|量|总量|总数|任务|目标)?(?:(?:要求)?(?:应|须|需|必须)?(?:定为|确定为|设定为|核定为|为|是|:|：|共计|"
        r"共|总计|约|不低于|不少于|不高于|不超过|达到|控制在|≥|≤)){0,2}(?:筹建|新建|建设|建成|完成|改造|培训|创建|建)?$"))
_TASK_COUNT = re.compile(
    r"(?:列出|排定|梳理|细化|形成|明确|部署|安排|分解落实|落实|重点)[^，。；]{0,12}任务(?:共|共计|为|有|达)?$|"
    r"(?:考核|监测|评价|统计)指标(?:共|共计|有)$")
_HANDED_DOWN = re.compile(
    r"(?:下达|核定|分配|交办)(?:给?(?:我|本|全|该)(?:区|县|市|镇|街道|局)|给我们)?(?:的|了)?"
    r"(?:[\u4e00-\u9fff“”]{0,16}?" + _GOAL + r")?(?:应|须|需)?(?:达到|达|完成|为|是|共)?$")
_HANDED_DOWN_FAR = re.compile(
    r"下达(?:给?(?:我|本|全)(?:区|县|市|镇))(?!的?(?:资金|经费|补助|补贴|专项|通知|文件))[\u4e00-\u9fff“”]{0,14}$")
_MONEY_HANDED = re.compile(r"下达[\u4e00-\u9fff]{0,10}(?:资金|经费|补助|补贴|款)")
_OUGHT = re.compile(
    r"(?:(?<![供适响相对反感效])应当?|须|需|必须|(?<![重主需只必])要)(?:新建|建成|建设|建|落实|完成|创建|创|新增|改造|达到|达|实现|"
    r"配备|控制在|不低于|不少于)(?!未)[\u4e00-\u9fff“”]{0,12}(?<!的)$")
_PLANNED = re.compile(
    r"(?:计划(?![的数任指为是内外总])|拟(?!人|定|订|稿|合|声)|力争|争取|预定|规划(?=新建|建设|新增)|"
    r"准备)[\u4e00-\u9fffA-Za-z“”]{0,20}$")
_LISTED_ON = re.compile(r"^[、和及与]?[\u4e00-\u9fff“”]{0,16}$")
_DONE = re.compile(r"实际|完成|已|建成|实做|实现|落实(?!\S{0,6}任务)|超额|实报|累计|现有|剩余|其余|目前|达到了")
_FUTURE = re.compile(
    r"(?:下一步|下一年|明年|今后|20\d\d年)[，,:：]?[^。；]{0,12}?将|(?P<next>20\d\d年)[，,:：]?[^。；]{0,8}?(?:拟|"
    r"计划)|力争|确保|争取|到(?P<year>20\d\d)年(?P<end>底|末)?[，,]|展望")
_BUT_NOW = re.compile(r"剩余|现有|已|目前|其余|当前|截至")
_DERIVED = re.compile(r"^的?(?:比例)?(?:测算|核定|计算|确定|折算|推算)")

_UP = "增长|增加|提高|提升|上升|上涨|攀升|扩大|增幅|升幅|涨幅|增速|净增|高出|延长|翻|(?<!新)增"
_DOWN = "下降|降低|减少|降幅|回落|压减|压降|缩减|削减|下滑|下跌|缩小|收窄|减幅|跌幅|缩短|压缩|减|降"
_CHANGE = re.compile(
    rf"(?:(?P<up>{_UP})|(?P<down>{_DOWN}))(?:率|幅度?)?(?:[了约近逾超]|超过|大约|均|至少|分别|依次|各|将近|接近|"
    rf"不低于|不少于){{0,3}}(?:为|达到?|是)?(?:约|近|逾|超过)?$")
_LEVEL = re.compile(r"(?<![幅率速度])(?<!分别)(?<!依次)[为是](?:约|近)?$")
_COMPARED = re.compile(r"(?:比|较|同比|环比|相比|对比)[^，。；]{0,16}?(?P<word>多|少|高|低|增|减)(?:了|出)?$")
_CHANGE_NOUN = re.compile(
    r"(?:增幅|降幅|升幅|涨幅|跌幅|减幅|增速|增长率|下降率|降低率|提高率|增长幅度|"
    r"下降幅度)(?![^，。；]{0,4}[于超])(?:[^，。；\d]{0,4}?)(?:分别|依次|均|约)?(?:为|达到?|是|:)?(?:约|近)?$")
_AVERAGE = r"平均水平|全市|全国|全省|考核目标|目标|平均|任务|计划|标准|要求|同类|行业|昼间|夜间|周边|其他|兄弟"
_TO_AVERAGE = re.compile(r"(?:比|较|高于|低于)[^，。；]{0,6}(?:" + _AVERAGE + r")[^，。；]{0,6}$")
_CHANGE_OBJECT = re.compile(
    r"(?:(?:比|较|同比)[^，。；]{0,12}(?:(?P<up>增加|新增|提高)|(?P<down>减少|降低|压减|下降))|净增|"
    r"净减)[\u4e00-\u9fff]{0,8}$")
_CHANGE_OF_RATE = re.compile(
    r"(?:(?P<up>增加|提高|提升|扩大)|(?P<down>压减|减少|降低|缩短|压缩|削减|精简))了?(?![至到])[\u4e00-\u9fff]{2,10}(?<![率比占达到至为重])$")
_LAST_YEAR = re.compile(r"同比|上年|去年|上一年|前一年|同期|往年")
_STATED_YEAR = re.compile(r"(?:比|较|与|于|从|由)(?:全区|我区)?((?:19|20)\d\d)年")
_SERIES = re.compile(r"^(?:[、和及与]|以及|，(?:和)?)$")

_ENTITY = (
    "企业|单位|用户|项目|工程|建筑|场所|家庭|人员|人群|医院|学校|商场|超市|饭店|宾馆|宾旅馆|旅馆|酒店|餐饮|锅炉|"
    "车辆|设施|机构|园区|居民|老人|老年人|对象|"
           "企事业单位|法人|主体|公司|工厂|小区|住宅|楼宇|地块|社区|村|合同|案件|设备|房屋|水体|河道|船舶|职工|儿童|"
           "青少年|机组|产品|贷款|订单|物业|范围内|区域|路段")
_CLASS_AFTER = re.compile(rf"(?:及|或|含|\(含\))?(?:以上|以下|以内|左右|规模)?(?:规模)?的?(?:[^，。；、()（）\d]{{0,12}}?)?(?:{_ENTITY})")
_CLASS_OF_RANGE = re.compile(rf"(?:的|之间的|区间的)?(?:[^，。；、()（）\d]{{0,10}}?)(?:{_ENTITY}|$)")
_ATTRIBUTE = re.compile(
    r"(?:能耗|耗能|用能|能源消费量|消费量|消耗量|面积|规模|投资额?|产值|营收|收入|营业额|销售额|装机容量|容量|"
    r"注册资本|金额|产能|能力|人数|床位数?|客房数?|功率|高度|限高|层数|距离|年龄|容积率|"
    r"预制率|装配率|含水率|长度|宽度|口径|吨位|费用|价格|限额)(?:在|为|达|达到|均在|均达到?|不足|小于|低于|超过|"
    r"大于|不低于|不少于|不超过|不大于)?$")
_EXEMPT = re.compile(r"(?:的|可|按规定|依规|依法|免|不予|不实施|不纳入|暂不|未达|未到)")
_KEPT = re.compile(r"(?:保持|稳定|维持|始终|一直|实现|平均|全年|实测)[\u4e00-\u9fff]{0,4}(?:在)?(?:不低于|不少于|不高于|不超过|不大于)?$")
_RULED = re.compile(r"(?:不得?低于|不得?少于|不得?小于|不得?超过|不得?高于|不得?大于|不应?超过|限高|至少)(?:为)?$")
_DISTRIBUTIVE = re.compile(r"(?:均|都|全部)(?:在|达到?|达|超过|保持在)?$")
_OBLIGED = re.compile(r"(?:每[个家所名](?:[^，。；]{0,8})|应|须|需|必须|要求)[^，。；\d]{0,10}(?:至少|不少于|不低于)[\u4e00-\u9fff]{0,4}$")
_ENDS = re.compile(r"(?:及|或|含)?[\u4e00-\u9fff]{0,4}?(?:以上|以下|以内)(?:规模)?(?:的)?")
_NOUN_ENDS = re.compile(r"[\u4e00-\u9fff]{1,4}以上")
_ATTRIBUTIVE = re.compile("(?:及|或|含)?以[上下](?:规模)?的[\u4e00-\u9fff]")
_ACHIEVED = re.compile("完成|新增|建成|新建|达到?|投入|筹措|节约|发电|减排|处理|实现|形成|改造|争取|获得|发放|拨付|兑现")
_OF_CLASS = re.compile(rf"(?:及|或|含)?以[上下](?:规模)?的[^，。；、]{{0,8}}(?:{_ENTITY})")
_EXEMPTS = re.compile("除|因|扣除")
_ELSE_AFTER = re.compile(r"以上或[^，。；]{0,12}达")
_ELSE_BEFORE = re.compile(r"以上或[^，。；]{0,12}(?:达到?)$")
_STOREYS = re.compile("层数不得?超过$")
_CAPPED = re.compile("(?:限高|限速|限重|限载|限宽)(?:为)?$")
_WITHIN = re.compile(r"(?:之|以)?[内前](?![容部外])")
_REACHED_GOAL = re.compile(r"(?:指标|目标|要求|任务|规定)[^，。；]{0,6}(?:完成|实现|达成|落实)")


def roles(text: str, parts: list[Clause], found: list[Quantity], year: int | None = None) -> list[Meaning]:
    """The meaning of each figure of a folded sentence, in order. year: the one that the report is about."""
    out: list[Meaning] = []
    for k, q in enumerate(found):
        around = _around(text, parts, found, k)
        before = out[-1] if out else None
        meaning = _series(text, found, k, before) or _limit(q, around) or _target(q, around, year) or _change(q, around)
        if meaning is None:
            meaning = _carried(text, parts, found, k, before, around) or Meaning("actual")
        out.append(meaning)
    return out


def _around(text: str, parts: list[Clause], found: list[Quantity], k: int) -> _Around:
    q = found[k]
    index = clause_of(parts, q.start)
    c = parts[index]
    start = max([c.start, *(p.end for p in found[max(0, k - 1):k] if p.end > c.start)])
    follow = min([c.end, *(n.start for n in found[k + 1:k + 2] if n.start < c.end)])
    lead = text[max(0, c.start - 40):c.start]
    return _Around(text[c.start:q.start], text[start:q.start], text[q.end:max(c.end, q.end)], text[q.end:max(follow, q.end)], lead,
                   text[max(text.rfind("；", 0, q.start), text.rfind("。", 0, q.start)) + 1:q.start], text[c.end:c.end + 30])


def _series(text: str, found: list[Quantity], k: int, before: Meaning | None) -> Meaning | None:
    """7.4%、13.03%、2.84% and 12.5%和8.3%: members of one series share a role."""
    if not k or before is None or before.role == "actual" or not _SERIES.match(text[found[k - 1].end:found[k].start]):
        return None
    same = found[k].dimension == found[k - 1].dimension
    return before if same else None


def _limit(q: Quantity, a: _Around) -> Meaning | None:
    """A threshold that defines a class, or a standing requirement."""
    measure = q.dimension not in ("count",)
    if _LINE_AFTER.match(a.after):
        return Meaning("limit", exact=q.bound in (">", "<"))
    if q.dimension.startswith("time") and _WITHIN.match(a.after) and not re.search("[至到为]$", a.near):
        return Meaning("limit")
    if q.high is not None and measure and q.dimension != "ratio" and (
            (_CLASS_OF_RANGE.match(a.next) and a.next) or _ATTRIBUTE.search(a.near)) and not a.after.startswith("的目标"):
        return Meaning("limit")
    if q.bound in (">=", "<=") and measure and re.match(r"[及或含]以[上下](?![\u4e00-\u9fff]{0,4}的?(?:考核)?(?:要求|目标))", a.after) and (
            q.dimension != "ratio" or _ATTRIBUTE.search(a.near)):
        return Meaning("limit")  # 及以上 is the language of classes
    if q.dimension == "age" and q.bound:
        return Meaning("limit")
    if q.bound in (">=", "<=") and _class_of(q, a, measure):
        return Meaning("limit")
    if q.bound and q.bound != "~" and q.dimension != "ratio" and _ATTRIBUTE.search(a.near) and re.match("的[\u4e00-\u9fff]", a.after) \
            and not _GOAL_AFTER.match(a.after):
        return Meaning("limit")
    if q.bound == "<" and measure and (_ATTRIBUTE.search(a.near) or q.dimension == "area") \
            and (_EXEMPT.match(a.after) or _EXEMPTS.search(a.before)):
        return Meaning("limit")
    if q.bound in (">=", "<=") and measure and not _GOAL_AFTER.match(a.after):
        if _RULED.search(a.near) and _ATTRIBUTE.search(a.near) and not _KEPT.search(a.near):
            return Meaning("limit")
        if q.dimension == "ratio" and q.bound == ">=" and (
                _DISTRIBUTIVE.search(a.near) or _ELSE_AFTER.match(a.after) or _ELSE_BEFORE.search(a.before)):
            return Meaning("limit")
    if q.bound == "<=" and _STOREYS.search(a.near):
        return Meaning("limit")
    if measure and _CAPPED.search(a.near):
        return Meaning("limit", bound="<=")
    return None


def _class_of(q: Quantity, a: _Around, measure: bool) -> bool:
    """Whether 以上 or 以下 after the figure tells which things are meant: 2万平方米以上的公共建筑, 20间客房以上规模的宾馆."""
    ends = _ENDS.match(a.after)
    if ends is None or _GOAL_AFTER.match(a.after):
        return False
    if q.dimension != "ratio" and (measure or _NOUN_ENDS.match(a.after)) and _CLASS_AFTER.match(a.after):
        return True
    if measure and q.dimension != "ratio" and _ATTRIBUTIVE.match(a.after) and not _ACHIEVED.search(a.near):
        return True
    if measure:
        return bool(_ATTRIBUTE.search(a.near) and re.match("[的\u4e00-\u9fff]", a.after[ends.end():]))
    return bool(_ATTRIBUTE.search(a.near) and _OF_CLASS.match(a.after))


def _target(q: Quantity, a: _Around, year: int | None) -> Meaning | None:
    """What is to be reached: handed down, planned, required."""
    exact = q.bound in (">", "<")
    goal = _GOAL_AFTER.match(a.after)
    if goal and (goal["of"] or q.dimension != "count" or re.search("下达|核定", a.near)) and not (
            goal["noun"] == "标准" and not re.search("考核|国家|规定|市定", a.after[:goal.end()])) and "分解" not in a.near:
        return Meaning("target", exact=exact)
    if q.dimension == "percentage points" and re.search(r"(?:高于|超过|超出|超|低于|优于|好于)[^，。；]{0,10}$", a.near):
        return None  # a difference to a goal is a fact
    if q.unit != "项" and not _TASK_COUNT.search(a.near):
        if _GOAL_BEFORE.search(a.near):
            return Meaning("target", exact=exact and not re.search("(?:不足|不到|超过|大于)$", a.near))
        if (_HANDED_DOWN.search(a.near) or _HANDED_DOWN_FAR.search(a.near)) and not _MONEY_HANDED.search(a.near):
            return Meaning("target")
    if _OUGHT.search(a.near):
        return Meaning("target")
    if _PLANNED.search(a.near) and not _LEVEL_DONE.search(a.near):
        return Meaning("target")
    if q.bound in ("<=", ">=") and re.search(r"控制在$", a.near):
        return Meaning("target")
    if _OBLIGED.search(a.near):
        return Meaning("target", bound=">=")
    if q.bound in (">=", "<=") and _REQUIRED.search(a.lead[-30:]) and not _BUT_NOW.search(a.near) and not _DONE.search(a.near):
        return Meaning("target")
    if q.bound in (">=", "<=") and re.search("(?:须|应当?|需|必须|要求)(?:达到|达|保持|控制)[\u4e00-\u9fff]{0,2}$", a.near):
        return Meaning("target")
    if _DERIVED.match(a.after) and re.search("按|以", a.before) and re.search(r"指标|目标|任务", a.after + a.follow):
        return Meaning("target")
    if _future(a.sofar, year) and not _BUT_NOW.search(a.near):
        return Meaning("target")
    return None


def _future(words: str, year: int | None) -> bool:
    """Whether the words before a figure, back to the last ； or 。, put it into the future of a report on `year`."""
    for m in _FUTURE.finditer(words):
        stated = int(m["year"]) if m["year"] else None
        if m["next"]:
            if year is not None and int(m["next"][:4]) > year:
                return True
            continue
        if stated is None or (year is not None and stated > year) or (stated % 5 == 0 and not m["end"]):
            return True
    return False


_REQUIRED = re.compile(
    r"(?:按|按照|根据|依据|对照)[^，。；]{0,12}(?:部署|要求|规定|安排)，(?:[^，。；]{0,12}，)?$|(?:要求|"
    r"规定)，(?:[^，。；]{0,12}，)?$")
_LEVEL_DONE = re.compile(r"计划[^，。；]{0,10}(?:完成|实际|已|批准|获批|入选)")


def _change(q: Quantity, a: _Around) -> Meaning | None:
    """How much something moved over time; a difference to an average or a goal is a fact."""
    near = a.near
    found = None if _LEVEL.search(near) else _CHANGE.search(near)
    noun = _CHANGE_NOUN.search(near)
    if not found and not noun:
        found = _CHANGE_OBJECT.search(near) or (_CHANGE_OF_RATE.search(near) if q.dimension == "ratio" else None)
    if not found and not noun:
        compared = _COMPARED.search(near)
        if compared and _LAST_YEAR.search(near) and q.unit != "比":
            return Meaning("change", compare=_base(near, a), down=compared["word"] in "少低减")
        return None
    if q.unit == "比":
        return None
    if found and not noun and _TO_AVERAGE.search(near[:found.start()]) and not _LAST_YEAR.search(near):
        return None
    words = noun or found
    return Meaning("change", compare=_base(near, a), down=bool(words and re.search("降|减|跌|收窄|缩", words[0])))


def _base(near: str, a: _Around) -> str:
    """What a change is compared with: its own clause first, then the clauses just before it."""
    for words in (near, a.before, a.lead.rpartition("。")[2]):
        if _LAST_YEAR.search(words):
            return "last year"
        year = _STATED_YEAR.search(words)
        if year:
            return year[1]
    return ""


def _carried(text: str, parts: list[Clause], found: list[Quantity], k: int, before: Meaning | None, a: _Around) -> Meaning | None:
    """计划新建甲600个、乙2个 and 全年计划开展甲32家次、乙10家: a plan governs the rest of its list."""
    if before is None or before.role != "target" or not k or before.exact:
        return None
    previous = found[k - 1]
    if clause_of(parts, previous.start) != clause_of(parts, found[k].start):
        return None
    between = text[previous.end:found[k].start]
    head = text[parts[clause_of(parts, previous.start)].start:previous.start]
    if "、" in between and len(between) < 24 and _LISTED_ON.match(between.partition("、")[2]) \
            and re.search("计划|应|拟|下达|力争", head) and not _DONE.search(between):
        return Meaning("target")
    return None
