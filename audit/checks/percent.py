"""What shares and growth have in common: which figures change, and whether a percentage may be the rounded value of another."""

from __future__ import annotations

import re

from audit.checks.around import Paragraph
from audit.checks.rounding import Interval, printed, value
from extractor.report import Figure

UP = re.compile(r"增长|增加|上升|提高|提升|增幅|涨幅|增速|扩大|升高|多|增")
DOWN = re.compile(r"下降|减少|降低|降幅|缩减|下滑|回落|压减|减幅|收窄|削减|少|降|减")
CHANGE = re.compile(r"(?:增长|增加|上升|提高|提升|增幅|涨幅|增速|扩大|升高|下降|减少|降低|降幅|缩减|下滑|回落|压减|减幅|收窄|削减|节约|"
                    r"降|增|减|升)"
                    r"(?:率|幅度|比例)?(?:了|约|近|达到|达|为|超过|超|幅|[：:])*\s*$")


def plain_figure(f: Figure) -> bool:
    """Whether a figure can be a part or a whole."""
    return value(f) is not None and f.unit not in ("", "比", "个百分点", "分") and f.role != "limit"


# 优于下降1.5%的目标: what was to be reached, not what changed.
GOAL_AFTER = re.compile(r"^的?(?:年度|考核|市定|省定|既定)*(?:目标|要求|任务|指标)")
GOAL_BEFORE = re.compile(r"(?:优于|好于|高于|超过|不低于|快于)[^，。；]{0,6}$")


def is_change(p: Paragraph, f: Figure) -> bool:
    """Whether a figure is a growth or a decline."""
    lead = p.lead(f)
    if re.search(r"相差$|差$", lead):
        return f.unit == "个百分点"
    if GOAL_AFTER.match(p.tail(f)) or GOAL_BEFORE.search(lead):
        return False
    if CHANGE.search(lead) and not re.search(r"率为?$", lead):
        return True
    return f.role == "change" and not re.search(r"占[^，。；]{0,10}$", lead)


def fits(p: Figure, interval: Interval) -> bool:
    """Whether a stated percentage may be the rounded value of something in an interval."""
    stated = printed(p)
    return stated is not None and stated.meets(interval)


def sentence_start(p: Paragraph, f: Figure, sentences_back: int = 0) -> int:
    """Where a figure's sentence begins, or that of the sentence some sentences before."""
    at = p.sentence(f)[0]
    for _ in range(sentences_back):
        earlier = max(p.report.text.rfind(c, p.start, max(at - 1, p.start)) for c in "。！？")
        at = earlier + 1 if earlier >= 0 else p.start
    return at


def down(p: Paragraph, f: Figure) -> bool:
    """Whether a change is a decrease."""
    words = re.findall(f"{UP.pattern}|{DOWN.pattern}", p.lead(f))
    return bool(words) and DOWN.fullmatch(words[-1]) is not None if words else f.down
