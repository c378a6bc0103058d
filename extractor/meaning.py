"""What a figure means in its sentence: role, bound of a threshold, period, modality, and how figures belong together."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import Literal

from extractor.report import Modality
from patterns.quantity import Quantity


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause of a folded sentence, cut at ，；。、-free punctuation; parentheses are clauses of their own. outer: their host."""

    start: int
    end: int
    depth: int
    outer: int | None


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


def nest(text: str, parts: list[Clause], found: list[Quantity]) -> list[Link]:
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
