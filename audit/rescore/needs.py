"""What a clause needs to be decided, derived from its own words: a share, a target and a result, a count, a statement, faults …"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from audit.evidence.measures import COMPLETION, rate_word
from audit.evidence.words import Weights, content_words
from patterns.clause import Clause, CompiledRule

Kind = Literal["over", "fixed", "external", "completion", "share", "amount", "count", "growth", "statement", "no-fault", "fault", "poor"]

POINTS_OFF = ("个百分点", "百分点", "%", "％")
SHORT = re.compile("每?(?:少|缺|差|欠|短少|不足)(?!数)[^，。；]{0,8}$|少完成|缺少|少于|不足\\d|未达到\\d|低于\\d")
GROWTH = re.compile(
    "(?:不少于|不低于|高于|超过|多于|较|比|与|同)(?:上年|上一年|去年|前一年|往年|上年度)|(?:上年|上一年|去年|上年度)[^，。；]{0,8}(?:持平|增加|增长|提高|提升)|同比(?:增长|增加|提高|持平)"
)
NO_FAULT = re.compile(
    "^(?:全年|年内|当年|辖区|区内|本区|本年度|未出现|年度内)*[^，。；]{0,16}?(?:没有(?!制|按|完成|组织|开展|建|达)|未发生|未出现|未发现|无(?!障碍|偿|线|人|害|纸|废|形|公害|锡|动力)|不发生|不存在|零(?!星|售|碳|排放|距离|基础))"
)
POOR = re.compile("较差|不高|欠佳|不佳|质量差|不够|不力|不及时|滞后|一般的|不齐|不全|不完整|迟报")
REACHED = re.compile("完成|达到|达成|实现|达标|超额|兑现|超过|不低于|落实|率")
# A plan or a goal that is drawn up or handed down is a document, not something to be reached.
MADE = re.compile(
    "工作完成|(?:完成|落实|执行)情况|考核|评价|完成[^，。；]{0,8}(?:编制|制定|签订)|印发|制定|制订|编制|编有|出台|下达(?!的|目标|任务|指标)|分解|分配|列出|签订|拟定|拟订|明确|"
    "有(?:[^，。；]{0,6})(?:方案|计划)"
)
FRAME = re.compile("(?:^|(?<=[，；。]))[^，；。：]{0,20}(?:计分|打分|评分|赋分|核分)(?:的)?[，：:]|为(?:考核|评分|计分)(?:内容|依据)")
NUMBER = re.compile(r"\d+(?:\.\d+)?")
LEVEL_WORDS = re.compile(
    "(?:达到|达|在|为|有|超过|大于|高于|不低于|不少于|不足|不到|低于|未达到|未超过|没有超过|至少)?[一二两三四五六七八九十\\d][\\d.,]*(?:\\s*[-—~至到]\\s*\\d[\\d.]*)?"
    "(?:%|％|万元|亿元|元|家次|人次|家|户|个|所|座|次|场|项|起|例|件|名|人|期|批次)?(?:（含）|\\(含\\))?(?:及以上|以上|及以下|以下|以内|（含）)?(?:的)?(?:，|、|$)"
)


@dataclass(frozen=True, slots=True)
class Need:
    """kind: what decides; subject: the condition without its level words; required: the level that a shortfall is counted from.

    terms: its words with weights, those that tell it from its neighbours weighing more; verbs: the deeds among them; own: the
    words that no neighbour shares.
    lead: what the rule says before the clause.
    """

    kind: Kind
    subject: str
    terms: dict[str, float]
    verbs: dict[str, float]
    lead: str
    required: Decimal | None = None
    noun: str = ""
    own: tuple[str, ...] = ()


def _own(rule: CompiledRule, k: int, conditions: Sequence[str]) -> tuple[str, ...]:
    """The words of a level's condition that no other level of the same unit shares: they tell 重点用能单位 from 年能耗2000吨的企业."""
    clause = rule.clauses[k]
    unit = (
        clause.unit if clause.kind == "tier" else clause.per_unit if clause.kind == "deduct" and clause.per_unit not in POINTS_OFF else None
    )
    if unit is None:
        return ()
    others = {
        conditions[j].rsplit("其中", 1)[-1]
        for j, c in enumerate(rule.clauses)
        if c.kind == clause.kind
        and conditions[j] != conditions[k]
        and unit == (c.unit if c.kind == "tier" else c.per_unit)
        and (c.kind == "deduct" or c.group != clause.group)
    }
    if not others:
        return ()
    shared = {w for o in others for w in content_words(o)}
    return tuple(w for w in content_words(conditions[k].rsplit("其中", 1)[-1]) if w not in shared)


DEEDS = frozenset(
    (
        "建成 创建 创成 建立 获评 获得 获批 入选 新建 认定 评为 命名 新增 引进 引入 举办 组织 开展 召开 完成 实施 覆盖 "
        "承担 接入 通过 取得 培育 推出 改造 新培育 举行 参加 办理 建设 打造 开设 创建成功 成功创建 授牌 挂牌 申报 制定 "
        "发布 化解 整治 消除 销号 解决 培训 "
    ).split()
)
CATEGORY = ("领域", "方面", "类", "环节", "行业", "层面", "板块", "类型", "门类")


def needs(rule: CompiledRule, name: str, weights: Weights) -> tuple[Need, ...]:
    """A need for each clause of a rule, in its order."""
    conditions = [bare(c.condition) for c in rule.clauses]
    goals = any(re.search("目标|任务|指标", m[0]) for m in FRAME.finditer(rule.text))
    out = []
    for k, clause in enumerate(rule.clauses):
        others = " ".join(c for c in dict.fromkeys(conditions) if c != conditions[k])
        shared = set(content_words(others))
        wanted = kind(clause, goals)
        terms = weights.terms(GROWTH.sub("", conditions[k]) if wanted == "growth" else conditions[k])
        if shared and set(terms) - shared:
            terms = {w: v * (0.4 if w in shared else 1.0) for w, v in terms.items()}
        lead = _lead(rule, k)
        out.append(
            Need(
                wanted,
                conditions[k],
                terms,
                {w: v for w, v in terms.items() if any(x in DEEDS for x in w.split("|"))},
                lead,
                _required(clause, lead),
                _noun(clause),
                _own(rule, k, conditions),
            )
        )
    return tuple(out)


def bare(condition: str) -> str:
    """A condition without level and counting words: 重点用能单位达到10家以上的 -> 重点用能单位."""
    text = re.sub(
        "[，、]?(?:每(?:有|发现|出现|查出|建成|创成|举办|覆盖|新增|引进|增加|少|缺|低|差)?)?[一1两\\d]*(?:个|家|起|例|次|项|件)?(?:对门店所在区)?$",
        "",
        condition,
    )
    text = re.sub("(^|，)每(?=[\u4e00-\u9fff]{2})", r"\1", text)
    text = FRAME.sub("", LEVEL_WORDS.sub("，", text))
    text = re.sub("(?:者|的)(?=[，；]|$)", "", text.strip("，、的 "))
    return re.sub("(?:达到或(?:超过)?|，(?:个|家|起|例|次|项|件))$", "", text).strip("，、 ") or condition


def kind(clause: Clause, goals: bool = False) -> Kind:
    """What decides a clause. goals: the rule says at its head that goals are scored (年度目标完成情况分别计分：…)."""
    text = clause.condition
    match clause.kind:
        case "fixed":
            return "fixed"
        case "reference":
            return "external"
        case "tier":
            if clause.unit in ("%", "％", None):
                rate = rate_word(re.sub("完成率", "", text))
                return "share" if rate or not COMPLETION.search(text) else "completion"
            return "count" if is_count(clause.unit) else "amount"
        case "each":
            return "count"
        case "prorata":
            return "completion"
        case "deduct":
            if re.search("每(?:超|多|超出|突破|增加)", clause.condition + clause.text) and re.search(
                "控制|指标|目标|限额|上限|下达|以内", text
            ):
                return "over"
            if clause.per_unit in POINTS_OFF:
                rate = rate_word(re.sub("完成率|完成比例", "", text))
                return "share" if rate or not (COMPLETION.search(text) or "完成率" in text) else "completion"
            if clause.per is not None and (clause.lower is not None or SHORT.search(text)):
                return "count"
            return "fault"
        case "zero":
            return "fault"
        case _:
            if POOR.search(text):
                return "poor"
            if NO_FAULT.search(text):
                return "no-fault"
            if GROWTH.search(text):
                return "growth"
            rest = FRAME.sub("", text)
            if goals and re.search("完成|达到|达标|实现", rest) and not MADE.search(rest):
                return "completion"
            return "completion" if COMPLETION.search(rest) and REACHED.search(rest) and not MADE.search(rest) else "statement"


COUNT_UNITS = frozenset(
    "家 户 个 所 座 名 人 次 场 项 起 例 件 期 批次 批 条 处 幢 栋 辆 台 份 篇 家次 人次 户次 轮 届 类 种 支 对 领域 只 根 艘 块 宗 位 套".split()
)


def is_count(unit: str | None) -> bool:
    """Whether a unit counts things."""
    return unit in COUNT_UNITS


def _lead(rule: CompiledRule, k: int) -> str:
    """What a rule says between the clause before (of another condition) and this one."""
    clause = rule.clauses[k]
    ends = [c.end for c in rule.clauses if c.end <= clause.start and c.condition != clause.condition]
    same = [c.start for c in rule.clauses if c.condition == clause.condition]
    return rule.text[max(ends, default=0) : min([clause.start, *same])].strip("。；，. ")


def _required(clause: Clause, lead: str) -> Decimal | None:
    """The level that a shortfall is counted from, where the rule states it."""
    if clause.lower is not None:
        return clause.lower
    if clause.upper is not None and clause.kind == "deduct":
        return clause.upper
    units = "%|％" if clause.per_unit in POINTS_OFF else re.escape(clause.per_unit or "次")
    m = re.search(
        rf"(?:达到|达|不低于|不少于|应为|要求为?|基准线?为?|不足|低于|少于)\s*(\d+(?:\.\d+)?)\s*(?:{units})", lead + "，" + clause.condition
    )
    return Decimal(m[1]) if m else None


def _noun(clause: Clause) -> str:
    """The noun that a clause counts: 每覆盖一个领域 -> 领域."""
    m = re.search(
        "每[^，。；、]{0,6}?[一1]?(?:个|家|项|次|场|所|座|类|起|例|件)([\u4e00-\u9fff]{2,6}?)(?:的|得|计|加|扣|奖|，|$)",
        clause.condition + "，",
    )
    if m:
        return m[1]
    if clause.per_unit and len(clause.per_unit) > 1 and not is_count(clause.per_unit):
        return clause.per_unit
    return (
        next((c for c in CATEGORY if len(c) > 1 and c in clause.condition), "") if clause.kind == "each" and clause.per_unit == "个" else ""
    )


def subjects(condition: str) -> Sequence[str]:
    """The things that a goal is set for, each of which must reach it: 绿色改造和可再生能源年度任务完成 -> two."""
    text = re.sub(
        "(?:市级|省级|上级|市|省)?(?:部门)?下达的?|年度|当年|各区|对照|核定|核算|完成率|完成|达到|达标|目标|任务|指标|计划|计分|评分|按|以|为准|不达标|未|的|低于要求|应",
        " ",
        condition,
    )
    text = re.sub("[，；：（()）]", "、", text)
    out = [p.strip() for p in re.split("[、]|(?<![平共总调中饱温])和(?!谐|合)|及(?!时|格)|与", text) if len(content_words(p)) > 0]
    return [p for p in out if not re.fullmatch("全面|超额|节能|情况|其中|[\\s]*", p)] or [condition]
