"""Which of the levels that a condition states decides its points, if any does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from patterns import expressions as re
from patterns.rules.draft import Draft, Span
from patterns.rules.levels import Level, is_time, joined, levels

if TYPE_CHECKING:
    from patterns.rules.grammar import Builder

_DURATION = re.compile("时间|用时|时长|时限|天数|日数|工期|每周|每天|每日|耗时|周期|平均|压缩|环节")
_ORDINAL_UNITS = ("级", "期", "批", "届", "档", "年", "步", "部", "点")  # often part of a name (三级医院, 二期工程)


def deciding(rule: Builder, spans: list[Span], draft: Draft) -> Level | None:
    """The level that decides the points, if one does."""
    text = rule.text
    if not spans or (draft.per is not None and draft.kind != "deduct" and not draft.loose_per):
        return None
    found = [x for x in joined(text, levels(text, spans[0][0], spans[-1][1])) if _is_measure(rule, x, spans[-1][1])]
    if draft.per is not None:
        found = [x for x in found if not (x.exact and x.lower == draft.per)]
    if not found or "分别" in text[spans[0][0]:found[-1].start]:
        return None  # 分别达到A、B的，得X分 is one condition of several levels
    level = found[-1]
    after = text[level.end:spans[-1][1]]
    if level.unit in ("米", "公里", "千米") and re.search("周边|范围|半径|附近|沿线|两侧", text[spans[0][0]:level.start]):
        return None  # 校园周边200米内无违规经营的
    if level.unit in ("次", "场", "期") and re.search("每(?:个?季度?|个?月|半年|周)[^，。；]{0,8}$", text[spans[0][0]:level.start]) and not level.ranged \
            and draft.kind == "award" and (rule.laddered[level.unit] < 2 or "至少" in text[spans[0][0]:level.start]):
        return None  # 每季度至少研究1次的
    if draft.kind == "deduct":
        return level if not level.exact else None
    if level.exact:
        before = text[max(spans[0][0], level.start - 4):level.start]
        part = re.search(r"(?:按|占|的|由)$", before) and not re.search("(?:目标|任务|指标|计划|总量|数)的$", before)
        if re.match("都|均|全部?|皆|同时|齐", after) or re.search("[只仅]完成$", before):
            return None  # 两项都完成
        if (is_time(level.unit) and rule.laddered[level.unit] < 2) or len(after.strip("的，、")) > 12 or part:
            return None
        return level
    if is_time(level.unit) and (level.lower is None or after.strip("的者，")) and rule.timed.get(level.unit, 0) < 2 and not _is_duration(rule, spans, level):
        return None  # a bound from above may be a deadline, one from below (开放300天以上的) is none unless it describes something (14小时以上保洁)
    if re.search("且|同时", text[spans[0][0]:level.start]) and len(rule.content([(spans[0][0], level.start)])) > 8:
        return None
    bounds = [x for x in found[:-1] if not x.exact and not x.ranged and not is_time(x.unit)
              and not re.search("每(?:季|月|周|年|半年|日|天)", text[max(spans[0][0], x.start - 6):x.start + 2])]
    draft.premised = any(_is_premise(rule, x, level) for x in bounds)
    if any(re.search("[、，且并和]", text[x.end:level.start]) and not _is_premise(rule, x, level) for x in bounds):
        return None
    if re.search("并|且|同时|以及", after) or (draft.kind == "zero" and re.search("，.*(?:只要|出现|发生|有)", after)):
        return None
    return level


def _is_measure(rule: Builder, level: Level, stop: int) -> bool:
    """Whether a number is a level at all: 三级医院, 二期工程 and “三个机制” are names, 4级及以上 and 2期以上 beside 1期 are levels."""
    if level.exact and rule.text[level.start - 1:level.start] == "“":
        return False
    if level.unit not in _ORDINAL_UNITS:
        return True
    if not re.search(r"\d", rule.text[level.start:level.end]):
        return False
    last = not level.exact and level.unit in "级期批" and not rule.text[level.end:stop].strip("的，")
    return last or rule.laddered[level.unit] > 1


def _is_duration(rule: Builder, spans: list[Span], level: Level) -> bool:
    """Whether days are what is measured (平均接电时间不超过18个工作日, ≤8天) and not a deadline."""
    before = rule.text[spans[0][0]:level.start]
    after = rule.text[level.end:spans[-1][1]].strip("的，")
    return (not before.strip("，") and not after) or _DURATION.search(before) is not None


def _is_premise(rule: Builder, before: Level, level: Level) -> bool:
    """不足35%的，较上年提高1个百分点以上得2分: the first level only says for whom the second one is."""
    return before.unit != level.unit and rule.text[before.end:before.end + 2].startswith("的，")
