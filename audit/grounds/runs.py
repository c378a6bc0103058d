"""The statements of a line that tell what a condition asks: as few as say about as much of it as the whole line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from extractor.statements import Line, Statement
from patterns.content import cover
from patterns.speech import marks, scoring


def run_of(terms: Mapping[str, float], line: Line) -> tuple[Statement, ...]:
    """The shortest run of statements that says about as much of the terms as the whole line."""
    scores = [0.0 if scoring(s.text) or by_order(s.text) else cover(terms, (s.text, 1.0)) for s in line.statements]  # 按省级表彰申请加2分 is no deed
    if not any(scores):
        return ()
    whole = cover(terms, (line.text, 1.0))
    top = scores.index(max(scores))
    first = last = top
    text = line.statements[top].text
    while cover(terms, (text, 1.0)) < 0.92 * whole:
        options = []
        if first > 0:
            options.append((cover(terms, (line.statements[first - 1].text + text, 1.0)), -1))
        if last + 1 < len(line.statements):
            options.append((cover(terms, (text + line.statements[last + 1].text, 1.0)), 1))
        if not options:
            break
        _, way = max(options)
        first, last = (first - 1, last) if way < 0 else (first, last + 1)
        text = "".join(s.text for s in line.statements[first : last + 1])
    return line.statements[first : last + 1]


def spread(parts: Sequence[Mapping[str, float]], run: tuple[Statement, ...], line: Line) -> tuple[Statement, ...]:
    """A run stretched to the statements that tell the parts of a condition which it leaves out."""
    for part in parts if len(parts) > 1 else ():
        whole = cover(part, (line.text, 1.0))
        if cover(part, ("".join(s.text for s in run), 1.0)) < 0.7 * whole:
            best = max(line.statements, key=lambda s: cover(part, (s.text, 1.0)))
            at = sorted((line.statements.index(run[0]), line.statements.index(run[-1]), line.statements.index(best)))
            if at[-1] - at[0] < 6:
                run = line.statements[at[0] : at[-1] + 1]
    return run


def with_all(terms: Mapping[str, float], run: tuple[Statement, ...], line: Line) -> tuple[Statement, ...]:
    """A run with the statement beside it that says it of all: 举办培训班6期，756名护林员全部轮训一遍."""
    if any(s.said.all for s in run):
        return run
    first, last = line.statements.index(run[0]), line.statements.index(run[-1])
    for k in (last + 1, first - 1):
        if 0 <= k < len(line.statements) and line.statements[k].said.all and cover(terms, (line.statements[k].text, 1.0)) >= 0.3:
            return line.statements[min(k, first) : max(k, last) + 1]
    return run


def the_others(terms: Mapping[str, float], line: Line) -> tuple[Statement, ...] | None:
    """The statement that says it of all the others: 3块没有及时更新，其余315块信息完整、更新及时."""
    return next(
        ((s,) for s in line.statements if s.text.startswith(marks("others")) and s.said.polarity == "done" and cover(terms, (s.text, 1.0)) >= 0.4),
        None,
    )


def only_when(s: Statement) -> bool:
    """Whether a statement names the day or week on which something is done."""
    text = s.text.rstrip("，、")
    return text.endswith("期间") and text[-3:-2] in tuple("日周月节季")


def aside(s: Statement) -> bool:
    """Whether a statement only says when, by what order or for what points something else was done, or where more is told."""
    return (
        s.text.rstrip("，、").endswith(marks("while")) or scoring(s.text) or by_order(s.text) or any(w in s.text for w in marks("pointer"))
    )


def by_order(text: str) -> bool:
    """Whether a text only says by what order something was done (根据通知要求), and not what (按照标准配备864名)."""
    return text.startswith(marks("by_order")) and text.rstrip("，、。").endswith(marks("orders"))
