"""Pages set in columns: each is read to its end before the next one, between lines that run across.

A gutter is a strip of white that runs down through many lines, with lines of prose on both sides that end and begin at it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractor.readers.ink import Glyph, Line
from extractor.readers.lattice import Grid
from extractor.readers.parts import median

_LEAST = 4  # lines on each side of a gutter
_FEWEST = 3  # lines in all of two columns of one width
_BROAD = 12  # characters: their usual line
_WIDE = 7  # characters of a usual line of a column
_GAP = 0.8  # characters: no gutter is narrower
_DEPTH = 4  # columns within columns


def in_columns(items: Sequence[Line | Grid]) -> list[Line | Grid]:
    """A page's lines and tables, from the top, in the order in which they are read; lines of columns are told their column's edges."""
    out: list[Line | Grid] = []
    lines: list[Line] = []
    for item in items:
        if isinstance(item, Line):
            lines.append(item)
            continue
        out += _arranged(lines)
        lines = []
        out.append(item)
    return out + _arranged(lines)


@dataclass(slots=True)
class _Row:
    """The lines of print on one level, and the gaps between their letters: (left edge, right edge)."""

    lines: list[Line]
    gaps: list[tuple[float, float]]
    x0: float
    x1: float

    def side(self, x: float) -> int:
        """-1 left of a place, 1 right of it, 0 on both sides with a gap between, 2 across it."""
        if self.x1 <= x:
            return -1
        if self.x0 >= x:
            return 1
        return 0 if any(a <= x <= b for a, b in self.gaps) else 2


def _rows(lines: Sequence[Line]) -> list[_Row]:
    levels: list[list[Line]] = []
    for line in lines:
        if levels and abs(levels[-1][0].y - line.y) < 0.36 * max(line.height, levels[-1][0].height):
            levels[-1].append(line)
        else:
            levels.append([line])
    out = []
    for level in levels:
        glyphs = [g for line in level for g in line.glyphs if not g.char.isspace()]
        if len(level) > 1:  # a line's own stand from left to right
            glyphs.sort(key=lambda g: g.x0)
        if glyphs:
            least = _GAP * min(line.em for line in level)
            out.append(_Row(level, list(_gaps(glyphs, least)), glyphs[0].x0, max(g.x1 for g in glyphs)))
    return out


def _gaps(glyphs: Sequence[Glyph], least: float) -> Iterator[tuple[float, float]]:
    right = glyphs[0].x1
    for g in glyphs[1:]:
        if g.x0 - right >= least:
            yield right, g.x0
        right = max(right, g.x1)


def _arranged(lines: Sequence[Line], depth: int = 0) -> list[Line]:
    """Lines between two tables in reading order."""
    if len(lines) < _FEWEST or depth > _DEPTH:
        return list(lines)
    rows = _rows(lines)
    found = _gutter(rows)
    if found is None:
        return list(lines)
    x, first, last = found
    left: list[Line] = []
    right: list[Line] = []
    for row in rows[first:last]:
        for line in row.lines:
            here, there = [g for g in line.glyphs if g.x < x], [g for g in line.glyphs if g.x >= x]
            for glyphs, side in ((here, left), (there, right)):
                if any(not g.char.isspace() for g in glyphs):
                    side.append(Line(_trimmed(glyphs), line.page) if here and there else line)
    for side in (left, right):
        edges = min(line.x0 for line in side), max(line.x1 for line in side)
        for line in side:
            line.column = edges
    above = [line for row in rows[:first] for line in row.lines]
    below = [line for row in rows[last:] for line in row.lines]
    return [*_arranged(above, depth + 1), *_arranged(left, depth + 1), *_arranged(right, depth + 1), *_arranged(below, depth + 1)]


def _trimmed(glyphs: list[Glyph]) -> list[Glyph]:
    start, stop = 0, len(glyphs)
    while glyphs[start].char.isspace():
        start += 1
    while glyphs[stop - 1].char.isspace():
        stop -= 1
    return glyphs[start:stop]


def _gutter(rows: Sequence[_Row]) -> tuple[float, int, int] | None:
    """The place of the gutter that most rows keep to, and the rows (first, after the last) through which it runs; None where there is none."""
    best: tuple[int, float, int, int] | None = None
    for x in _places(rows):
        sides = [row.side(x) for row in rows]
        k = 0
        while k < len(rows):
            if sides[k] == 2:
                k += 1
                continue
            stop = k
            while stop < len(rows) and sides[stop] != 2:
                stop += 1
            size = sum(1 + (s == 0) for s in sides[k:stop])
            if (best is None or size > best[0]) and _parts(rows[k:stop], x):
                best = size, x, k, stop
            k = stop
    return None if best is None else best[1:]


def _places(rows: Sequence[_Row]) -> list[float]:
    """Where a gutter may be: amid the gaps of rows, and before rows that begin far to the right."""
    left = min(row.x0 for row in rows)
    far = [row.x0 - 1 for row in rows if row.x0 - left > _WIDE * row.lines[0].em]
    seen: dict[int, float] = {}
    for x in [(a + b) / 2 for row in rows for a, b in row.gaps] + far:
        seen.setdefault(round(x / 3), x)
    return list(seen.values())


def _parts(rows: Sequence[_Row], x: float) -> bool:
    """Whether rows at a place are two columns of prose: long lines side by side, most of which end and begin at the gutter."""
    lefts: list[tuple[float, float, float]] = []  # level, from, to
    rights: list[tuple[float, float, float]] = []
    for row in rows:
        y, side = row.lines[0].y, row.side(x)
        gap = next(((a, b) for a, b in row.gaps if a <= x <= b), (row.x1, row.x0))
        if side <= 0:
            lefts.append((y, row.x0, gap[0]))
        if side >= 0:
            rights.append((y, gap[1], row.x1))
    em = median(row.lines[0].em for row in rows)
    if min(len(lefts), len(rights)) < _LEAST:
        return _even(lefts, rights, em)
    if any(median(b - a for _, a, b in part) < _WIDE * em for part in (lefts, rights)):
        return False
    top, bottom = max(lefts[0][0], rights[0][0]), min(lefts[-1][0], rights[-1][0])
    if any(sum(top - em <= y <= bottom + em for y, _, _ in part) < _LEAST for part in (lefts, rights)):
        return False
    edge, start = max(b for _, _, b in lefts), min(a for _, a, _ in rights)
    return (sum(edge - b <= 1.6 * em for _, _, b in lefts) * 2 >= len(lefts)
            and sum(a - start <= 2.4 * em for _, a, _ in rights) * 10 >= 9 * len(rights) and sum(a - start <= 0.6 * em for _, a, _ in rights) * 2 >= len(rights))


def _even(lefts: Sequence[tuple[float, float, float]], rights: Sequence[tuple[float, float, float]], em: float) -> bool:
    """Whether a few lines are two columns of one width side by side, one of them full: what is left of a text balanced over both."""
    if not lefts or not rights or len(lefts) + len(rights) < _FEWEST or max(lefts[0][0], rights[0][0]) > min(lefts[-1][0], rights[-1][0]) + em:
        return False
    start, other = min(a for _, a, _ in lefts), min(a for _, a, _ in rights)
    widths = [max(b for _, _, b in part) - min(a for _, a, _ in part) for part in (lefts, rights)]
    pitch = other - start
    return (min(widths) >= _BROAD * em and max(widths) <= pitch - _GAP * em and max(widths) >= 0.8 * pitch
            and all(a - first <= 2.4 * em for part, first in ((lefts, start), (rights, other)) for _, a, _ in part))
