"""Maximum and claim in one cell: 9/10 under 自评得分/分值. The column becomes two."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from extractor.report import Field
from extractor.score_table.headers import Header
from extractor.score_table.places import Line, Place
from patterns import expressions as re
from patterns.columns import senses
from patterns.scores import words_of

_PAIR = re.compile(r"\s*(\d{1,4}(?:\.\d{1,3})?)\s*分?\s*[/／|｜\\]\s*(\d{1,4}(?:\.\d{1,3})?)\s*分?\s*")
_BETWEEN = re.compile(r"[/／|｜\\、]")
_LEAST = 3  # cells that hold a pair
_SECOND = 100  # added to the column of the second half's key


def split_pairs(header: Header, lines: Sequence[Line]) -> tuple[Header, list[Line]]:
    """A table with one column of pairs (claim and maximum, in the order that its title says, else the greater one is the maximum) as one with two
    columns of scores; as it was where there is none, or where columns of scores stand beside it."""
    known = [j for j, s in enumerate(header.senses) if {"weight", "claimed"} & s.keys() and _BETWEEN.search(header.words[j]) is None]
    for j in range(len(header.words)):
        found = [_PAIR.fullmatch(line[j].field.text) for line in lines]
        pairs = [(Decimal(m[1]), Decimal(m[2])) for m in found if m]
        filled = sum(bool(line[j].words) for line in lines)
        if len(pairs) < _LEAST or len(pairs) * 5 < filled * 4 or any(k != j for k in known):
            continue
        titles = _titles(header.words[j], pairs)
        if titles is None:
            continue
        words = (*header.words[:j], *titles, *header.words[j + 1:])
        told = (*header.senses[:j], *(senses(t) for t in titles), *header.senses[j + 1:])
        return Header(words, told, header.rows), [_halved(line, j) for line in lines]
    return header, list(lines)


def _titles(title: str, pairs: Sequence[tuple[Decimal, Decimal]]) -> tuple[str, str] | None:
    """The titles of both halves: as the column's says, else by which is the greater one throughout; None where neither tells."""
    parts = [p for p in _BETWEEN.split(title) if p]
    if len(parts) == 2:
        first, second = senses(parts[0]), senses(parts[1])
        if ("claimed" in first and "weight" in second) or ("weight" in first and "claimed" in second):
            return parts[0], parts[1]
    if all(a <= b for a, b in pairs):
        return "自评得分", "分值"
    if all(a >= b for a, b in pairs):
        return "分值", "自评得分"
    return None


def _halved(line: Line, j: int) -> Line:
    cell = line[j]
    m = _PAIR.fullmatch(cell.field.text)
    row, column = cell.key
    if m is None:
        return (*line[:j], cell, Place(Field("", cell.field.start, cell.field.start), "", (row, column + _SECOND), False), *line[j + 1:])
    halves = [Field(m[k], cell.field.start + m.start(k), cell.field.start + m.end(k)) for k in (1, 2)]
    return (*line[:j], Place(halves[0], words_of(halves[0].text), cell.key, cell.merged),
            Place(halves[1], words_of(halves[1].text), (row, column + _SECOND), cell.merged), *line[j + 1:])
