"""Clauses back in words: a plain description for a reader, and rule text in several styles that compiles to the same clauses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from patterns.clause import CENTRAL, OTHER, Clause

_WHO = {CENTRAL: "中心城区", OTHER: "其他区"}


def plain(value: Decimal | None) -> str:
    """A decimal without trailing zeros, "" for None."""
    return "" if value is None else format(value.normalize() if value else Decimal(0), "f")


@dataclass(frozen=True, slots=True)
class Style:
    """How a programme words its rules: the verbs of giving and taking, the cap, lower and upper bounds, and what stands between clauses.

    low and high hold {} for the number with its unit; low_open and high_open are their strict forms.
    """

    give: str = "得"
    take: str = "扣"
    full: str = "得满分"
    zero: str = "不得分"
    comma: str = "，"
    of: str = "的"
    each: str = "每有{}"
    most_give: str = "，最多得{}分"
    most_take: str = "，最多扣{}分"
    low: str = "{}及以上"
    low_open: str = "超过{}"
    high: str = "{}及以下"
    high_open: str = "不足{}"
    join: str = "；"
    class_first: bool = False


STYLES = {
    "plain": Style(),
    "count": Style("计", "扣", "计满分", "不计分", "，", "的", "每{}", "，最高不超过{}分", "，扣分上限{}分", "不低于{}", "高于{}",
                   "不高于{}", "低于{}"),
    "award": Style("加", "减", "得满分", "得0分", "", "的", "每出现{}", "，累计不超过{}分", "，累计不超过{}分", "达到{}", "大于{}",
                   "不超过{}", "不到{}", "。"),
    "bare": Style("赋", "扣", "赋满分", "不赋分", "，", "者", "每{}", "，以{}分为限", "，扣满{}分为止", "≥{}", ">{}", "≤{}", "<{}", "；",
                  True),
}


def who(applies: Sequence[str]) -> str:
    """The classes and names of applies_to in words."""
    return "、".join(_WHO.get(a, a) for a in applies)


def level(clause: Clause, style: Style) -> str:
    """A tier's interval in words."""
    unit = clause.unit or ""
    if clause.lower is not None and clause.lower == clause.upper:
        return f"为{plain(clause.lower)}{unit}"
    low = "" if clause.lower is None else (style.low_open if clause.lower_open else style.low).format(plain(clause.lower) + unit)
    high = "" if clause.upper is None else (style.high_open if clause.upper_open else style.high).format(plain(clause.upper) + unit)
    return "、".join(filter(None, (low, high)))


def phrase(clause: Clause, style: Style) -> str:
    """The point phrase of a clause without its condition, class and level."""
    points = plain(clause.points)
    if clause.kind in ("award", "tier"):
        return style.zero if not clause.points and clause.kind == "tier" else f"{style.give}{points}分"
    if clause.kind in ("each", "deduct"):
        item = style.each.format(plain(clause.per) + (clause.per_unit or "")) if clause.per is not None else ""
        cap = "" if clause.cap is None else (style.most_take if clause.kind == "deduct" else style.most_give).format(plain(clause.cap))
        return f"{item}{style.take if clause.kind == 'deduct' else style.give}{points}分{cap}"
    if clause.kind == "full":
        return style.full
    if clause.kind == "zero":
        return style.zero
    if clause.kind == "prorata":
        rounded = {"up": "，向上取整", "down": "，向下取整", None: ""}[clause.round]
        return f"按完成比例计分{rounded}，满分{points}分"
    if clause.kind == "fixed":
        return f"各区统一{style.full}"
    return f"详见{clause.to}"


def render(clauses: Sequence[Clause], style: Style = STYLES["plain"]) -> str:
    """Rule text in a style; clauses of one condition and kind that differ by class share the condition."""
    out: list[str] = []
    for (condition, kind, _), run in groupby(clauses, key=lambda c: (c.condition, c.kind, c.applies_to is not None)):
        together = list(run)
        shared = len(together) > 1 and together[0].applies_to is not None and kind != "tier"
        for k, c in enumerate(together):
            out.append(_piece(c, style, condition if not (shared and k) else ""))
            out.append("，" if shared and k + 1 < len(together) else style.join)
    return "".join(out[:-1]) + "。"


def _piece(c: Clause, style: Style, condition: str) -> str:
    said = phrase(c, style)
    if c.kind in ("reference", "fixed"):
        return said
    tier = level(c, style) if c.kind == "tier" else ""
    people = who(c.applies_to) if c.applies_to else ""
    if c.kind == "prorata":
        return f"{people}{condition}{said}"
    head = condition + tier
    if people and (style.class_first or tier) and head:
        return f"{people}{head}{style.of}{style.comma}{said}"
    middle = style.comma or "，" if people else style.comma
    return f"{head}{style.of}{middle}{people}{said}" if head else people + said
