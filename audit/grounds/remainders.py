"""Faults that nobody states and the numbers leave: so many of so many were done."""

from __future__ import annotations

from audit.grounds.asks import Ask
from audit.grounds.scene import Scene
from audit.grounds.told import Fault, Told, Way
from audit.grounds.values import alike
from extractor.statements import Line
from patterns.speech import faults as fault_words
from patterns.speech import marks


def left_of(told: Told, w: Way) -> Fault | None:
    """What is left of a whole when the statement before tells those that did it: 6家单位，5家已销案，甲市场尚未销案."""
    part = next((c.figure for c in told.line.statements[told.k - 1].cited[-1:]), None)
    before = [c.figure for x in told.line.statements[: told.k] for c in x.cited if c.figure is not part]
    whole = next((f for f in reversed(before) if part is not None and f.unit == part.unit), None)
    if part is None or whole is None or whole.number is None or part.number is None or not 0 < part.number < whole.number:
        return None
    start = next(j for j, x in enumerate(told.line.statements) if whole in x.figures)
    run = told.line.statements[start : told.k + 1]
    return Fault(whole.number - part.number, (part, whole), told.line, run, told.fit(w), told.near >= 0.85, derived=True)


def some_of(scene: Scene, ask: Ask, line: Line, k: int) -> Fault | None:
    """So many of so many were done: 收到差评7件，其中6件在规定期限内整改 leaves one."""
    s = line.statements[k]
    if not s.cited or s.said.polarity != "done":
        return None
    part = s.cited[0].figure
    after = line.statements[k + 1 : k + 2]
    left = after[0].cited[0].figure if after and after[0].cited and (
        after[0].text.startswith(marks("left")) or (len(after[0].cited) == 1 and _completes(line, k))) else None
    if not s.text.startswith(("其中", "仅", "已")) and left is None:
        return None
    before = [c.figure for x in line.statements[:k] for c in x.cited if c.figure.unit == part.unit and c.figure.number is not None]
    if not before or part.number is None or part.unit not in marks("counted") or len(s.cited) > 1:
        return None
    whole = before[-1]
    if whole.number is None or whole.number <= part.number or (left is not None and left.number != whole.number - part.number):
        return None
    start = next(j for j, x in enumerate(line.statements) if whole in x.figures)
    return Fault(
        whole.number - part.number,
        (part, whole),
        line,
        line.statements[start : k + (2 if left is not None else 1)],
        0.9,
        scene.relevance(line, ask.row.no) >= 0.85,
        derived=True,
    )


def _completes(line: Line, k: int) -> bool:
    """Whether the number after a part is what the whole leaves of it: 建了203个，按标准配齐的190个，另13个还在采购."""
    part, rest = line.statements[k].cited[0].figure, line.statements[k + 1].cited[0].figure
    wholes = [c.figure for x in line.statements[:k] for c in x.cited if c.figure.unit == part.unit == rest.unit]
    numbers = [f.number for f in (*wholes[-1:], part, rest)]
    return len(numbers) == 3 and None not in numbers and numbers[0] == numbers[1] + numbers[2] and numbers[2] > 0  # type: ignore[operator]


def share_of(scene: Scene, ask: Ask, line: Line, k: int, unit: str) -> Fault | None:
    """So many of so many, and the share that they make: 排查隐患263项，整改到位258项，整改率98.1% leaves five."""
    s = line.statements[k]
    if s.said.polarity != "done" or len(s.cited) != 1 or fault_words(s.text):
        return None
    part = s.cited[0].figure
    if unit and not alike(part.unit, unit):
        return None
    sure = scene.relevance(line, ask.row.no) >= 0.85
    for j in (k - 1, k + 1):  # 建成41个，应建42个
        beside = line.statements[j] if 0 <= j < len(line.statements) else None
        if beside is not None and len(beside.cited) == 1 and any(w in beside.cited[0].before for w in marks("due")):
            due = beside.cited[0].figure
            if due.unit == part.unit and due.number is not None and part.number is not None and 0 < part.number < due.number:
                return Fault(due.number - part.number, (part, due), line, line.statements[min(j, k) : max(j, k) + 1], 0.9, sure, derived=True)
    for r in scene.shares_of(part.index):
        whole = scene.report.figures[r.whole] if r.whole is not None else None
        start = next((j for j, x in enumerate(line.statements[: k + 1]) if whole in x.figures), None)
        if whole is None or start is None or whole.unit != part.unit or part.unit not in (*marks("counted"), unit):
            continue
        if whole.number is not None and part.number is not None and 0 < part.number < whole.number:
            end = next((j for j, x in enumerate(line.statements) if any(f.index == r.percent for f in x.figures)), k)
            run = line.statements[start : max(k, end) + 1]
            return Fault(whole.number - part.number, (part, whole), line, run, 0.9, sure, derived=True)
    return None
