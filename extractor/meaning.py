"""What a figure means in its sentence: role, bound of a threshold, period, modality, and how figures belong together."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from extractor.report import Modality
from patterns import expressions as re
from patterns.quantity import Quantity


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause of a folded sentence, cut at ，；。、-free punctuation; parentheses are clauses of their own. outer: their host."""

    start: int
    end: int
    depth: int
    outer: int | None


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
    return max(0, bisect_right(parts, position, key=lambda c: c.start) - 1)


_PERIOD = re.compile(
    r"(?:截至|截止|至|到)?(?<!\d)(?:19|20)\d\d(?:年(?:\d{1,2}月(?:\d{1,2}日)?|[一二三四]季度|上半年|"
    r"下半年)?(?:年?[底末初]|度)?|(?=[新年共]))"
    r"|上年同期|上一?年|去年|本年度?|今年|全年|年内|年末|年底|当年|上半年|下半年|前[一二三四]季度|历年|近[两三五十\d]+年来?")
_MODALITIES: tuple[tuple[Modality, re.Pattern[str]], ...] = (
    ("forecast", re.compile("预计|预期|预测|估算|预估|有望|测算可(?=达|完成|实现|增|节)|可望")),
    ("plan", re.compile(
        "(?<!超)计划(?!完成|的|管理|用水|供水|生育|免疫|单列)|(?<!模)拟(?![人定订稿合声])|力争|争取|"
        "将(?:于|在|继续|力争|达到|实现|新建|建成|完成|新增|提升|推进|重点|进一步)")),
    ("cumulative", re.compile("累计|历年|总计已")),
)
_DONE = re.compile("实际|已|超出|对照")
_PLANNED_AFTER = re.compile(r"[^，。；、\d]{0,8}(?:计划|拟|准备|预计|将于|将在)")


def period(text: str, parts: list[Clause], q: Quantity) -> str:
    """The period that a figure speaks of, as written: the last one named before it in its clause, else since the last ；;
    "" where there is none."""
    index = clause_of(parts, q.start)
    inside = [m[0] for m in _PERIOD.finditer(text, parts[index].start, q.start)]
    if inside:
        return inside[-1]
    named = [m[0] for m in _PERIOD.finditer(text, text.rfind("；", 0, q.start) + 1, q.start)]
    return next((p for p in reversed(named) if not re.match("上|去|前|历|近", p)), "")


def modality(text: str, parts: list[Clause], q: Quantity) -> Modality:
    """forecast (预计), plan (计划, 拟; also 32家计划于2022年完成) or cumulative (累计) where the clause says so; else fact."""
    c = parts[clause_of(parts, q.start)]
    before = text[c.start:q.start]
    for name, words in _MODALITIES:
        m = words.search(before)
        if m and not _DONE.search(before, m.end()):
            return name
    return "plan" if _PLANNED_AFTER.match(text, q.end, c.end) else "fact"
