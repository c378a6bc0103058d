"""A table's rows as places: every place of the grid with what it shows, merged cells filled."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from extractor.document import Table
from extractor.report import Field
from patterns.scores import words_of


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the grid. key: the cell that it shows (row, column), the same for all places of a merged cell."""

    field: Field
    words: str
    key: tuple[int, int]
    merged: bool


Line = tuple[Place, ...]


def lines_of(table: Table) -> list[Line]:
    """The rows of a table with merged places filled."""
    out = []
    for i, row in enumerate(table.rows):
        line = []
        for j, cell in enumerate(row):
            key = cell.origin if cell.merged and cell.origin is not None else (i, j)
            shown = table.rows[key[0]][key[1]]
            line.append(Place(Field(shown.text, shown.start, shown.end), words_of(shown.text), key, cell.merged and cell.origin is not None))
        out.append(tuple(line))
    return out


def distinct(line: Line) -> Iterator[Place]:
    """The cells of a row that say something, each once."""
    seen = set()
    for p in line:
        if p.key not in seen and p.words:
            seen.add(p.key)
            yield p
