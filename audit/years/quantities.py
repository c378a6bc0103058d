"""Quantities through the years: the pairs of each step joined to lines, and the breaks in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from audit.diff.links import Link, Years
from audit.diff.model import Difference
from audit.model import Audit
from audit.rounding import family, lower, scale
from audit.years.breaks import questions, strangers, subject
from audit.years.model import Cell, QuantityLine, Question


def quantity_lines(steps: Sequence[Difference]) -> tuple[QuantityLine, ...]:
    """One line a quantity that at least two reports tell, in the order of the latest report. Its breaks are asked about once each."""
    lines: list[dict[int, Cell]] = []
    asked: list[list[Question]] = []
    at: dict[int, int] = {}
    for step in steps:
        old_year, year = step.old.report.year or 0, step.new.report.year or 0
        years = Years(step.old.report, step.new.report)
        now: dict[int, int] = {}
        links: list[Link] = [link for _, link in sorted(years.links.items())]
        for link in [*links, *strangers(years)]:
            old, new = link.old.telling.figure, link.new.figure
            line = at.get(old.index)
            if line is None:
                lines.append({old_year: cell(old.index, step.old)})
                asked.append([])
                line = len(lines) - 1
            if year in lines[line]:
                continue  # told twice
            lines[line][year] = cell(new.index, step.new, lines[line][old_year])
            now[new.index] = line
            found = list(questions(years, link, lines[line]))
            asked[line] += found
            if any(q.kind in ("unit", "definition") for q in found):  # what cannot be compared has no growth
                lines[line][year] = replace(lines[line][year], percent=None)
        at = now
    made = [QuantityLine(name(cells), cells[max(cells)].figure.unit, cells, once(found)) for cells, found in zip(lines, asked, strict=True)]
    return tuple(sorted(told_once(made), key=lambda line: (-max(line.cells), line.cells[max(line.cells)].figure.start)))


def cell(index: int, audit: Audit, before: Cell | None = None) -> Cell:
    """A figure as a cell, with its growth on the cell before."""
    figure = audit.report.figures[index]
    value = lower(figure)
    assert value is not None
    made = Cell(figure, audit, value)
    if before is None:
        return made
    one_unit = (figure.base_unit or figure.unit) == (before.figure.base_unit or before.figure.unit)
    if not one_unit and (family(figure), scale(figure)) != (family(before.figure), scale(before.figure)):  # 辆次 and 台次 count alike
        return made
    if figure.unit in ("%", "‰"):
        return replace(made, percent=value - before.value)
    return replace(made, percent=((value - before.value) / before.value * 100).quantize(Decimal("0.1"))) if before.value else made


def name(cells: dict[int, Cell]) -> str:
    """What a quantity is called: by the latest report that calls it anything."""
    return next((subject(c.figure) for _, c in sorted(cells.items(), reverse=True) if c.figure.subject), "")


def once(found: Sequence[Question]) -> tuple[Question, ...]:
    """The first question of each kind."""
    return tuple({q.kind: q for q in reversed(found)}.values())[::-1]


def told_once(lines: Sequence[QuantityLine]) -> list[QuantityLine]:
    """Lines without those that repeat another (a cell of the annex that repeats the narrative): the same values in the same years."""
    seen: set[tuple[object, ...]] = set()
    out = []
    for line in sorted(lines, key=lambda x: (-len(x.cells), x.cells[max(x.cells)].figure.start)):
        keys = {(line.unit, *sorted((y, c.value) for y, c in line.cells.items() if y in pair)) for pair in zip(
            sorted(line.cells), sorted(line.cells)[1:], strict=False)}
        short = len(line.cells) == 2 and len(str(line.cells[max(line.cells)].value)) < 3
        if keys <= seen and not short:
            continue
        seen |= keys
        out.append(line)
    return out
