"""What a figure means in its sentence: role, bound of a threshold, period, modality, and how figures belong together."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import Literal

from extractor.report import Modality, Role
from patterns.quantity import Quantity


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause of a folded sentence, cut at ，；。、-free punctuation; parentheses are clauses of their own. outer: their host."""

    start: int
    end: int
    depth: int
    outer: int | None


@dataclass(frozen=True, slots=True)
class Meaning:
    """role; exact: a bound word that only compares (高于95%的要求) and is none; compare and down of a change."""

    role: Role
    exact: bool = False
    compare: str = ""
    down: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """parent: the total that a part belongs to; complete: whether the parts are all of it; beside: the parenthesis's host."""

    parent: int | None = None
    complete: bool | None = None
    beside: int | None = None


def clauses(text: str) -> list[Clause]:
    """The clauses of a folded sentence in order of their start."""
    out: list[Clause] = []
    stack: list[tuple[int, int | None]] = []
    start, outer = 0, None
    host = None

    def close(end: int) -> int | None:
        if text[start:end].strip():
            out.append(Clause(start, end, len(stack), outer))
            return len(out) - 1
        return None

    for k, c in enumerate(text):
        if c in "，；。！？：:;," and not (c in ":," and k and text[k - 1].isdigit() and text[k + 1:k + 2].isdigit()):
            host = close(k)
            start = k + 1
        elif c in "（(" and len(stack) < 4:
            host = close(k)
            stack.append((k, outer))
            outer = host if host is not None else outer
            start = k + 1
        elif c in "）)" and stack:
            close(k)
            _, outer = stack.pop()
            start = k + 1
    close(len(text))
    return sorted(out, key=lambda x: x.start)


def clause_of(parts: list[Clause], position: int) -> int:
    """The index of the clause at a position."""
    return max(0, bisect_right([c.start for c in parts], position) - 1)


_TARGET_BEFORE = re.compile(
    r"(?:任务(?:数|量|书)?(?!完成)|目标(?:值|任务)?|指标(?:任务)?|计划|下达|应(?!用)(?:建|落实|完成|报|达|达到|创建|新建)|应新建|应建|年度计划|力争|确保|预定|不低于)"
    r"[^，。；：（）]{0,8}$")
_TARGET_AFTER = re.compile(r"^(?:以上|左右|以内)?[^，。；、（）]{0,4}?(?:的)?(?:[\u4e00-\u9fff]{0,6})?(?:考核要求|目标|要求|任务|计划|指标|规定|标准)")
_CHANGE = re.compile(r"(增长|增加|提高|提升|上升|下降|降低|减少|增幅|降幅|升幅|回落|压减|缩减|削减|下滑|上涨|下跌|扩大|缩小|攀升|增速)(?:率)?(?:了|为|达|到|约|近|超过|分别|依次|均|至少|达到|分别为|依次为|了约)?$")
_LIMIT_AFTER = re.compile(r"^(?:及)?(?:以上|以下|以内)?(?:的|规模)")


def role(text: str, parts: list[Clause], found: list[Quantity]) -> list[Meaning]:
    """The meaning of each figure of a folded sentence."""
    out: list[Meaning] = []
    for q in found:
        c = parts[clause_of(parts, q.start)]
        before, after = text[c.start:q.start], text[q.end:c.end]
        change = _CHANGE.search(before)
        if change:
            out.append(Meaning("change", compare="last year" if re.search("同比|上年|去年", before) else "", down=change[1][0] in "下降减回压缩削"))
        elif q.high is not None and after[:1] in "的企单":
            out.append(Meaning("limit"))
        elif _TARGET_BEFORE.search(before):
            out.append(Meaning("target"))
        else:
            out.append(Meaning("actual"))
    return out


def nest(text: str, parts: list[Clause], found: list[Quantity], roles: list[Meaning]) -> list[Link]:
    """How the figures of a sentence belong together."""
    return [Link() for _ in found]


_PERIOD = re.compile(r"(?:截至|至|到)?(?:(?:19|20)\d\d年?(?:\d{1,2}月)?(?:\d{1,2}日)?(?:年?底|末|度)?|上年|去年|本年|今年|全年|年内|年末|年底)")


def period(text: str, parts: list[Clause], q: Quantity) -> str:
    """The period that a figure speaks of, as written; "" where the sentence does not say."""
    c = parts[clause_of(parts, q.start)]
    inside = [m[0] for m in _PERIOD.finditer(text, c.start, q.start)]
    return inside[-1] if inside else ""


def modality(text: str, parts: list[Clause], q: Quantity) -> Modality:
    """forecast, plan or cumulative, where the clause says so; else fact."""
    c = parts[clause_of(parts, q.start)]
    before = text[c.start:q.start]
    for words, name in (("预计|预期|预测|估算", "forecast"), ("计划|拟|将", "plan"), ("累计", "cumulative")):
        if re.search(words, before):
            return _MODALITIES[name]
    return "fact"


_MODALITIES: dict[str, Literal["fact", "forecast", "plan", "cumulative"]] = {"forecast": "forecast", "plan": "plan", "cumulative": "cumulative"}
