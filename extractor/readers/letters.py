"""Characters that a font does not tell, read from a picture of their line: what is known of the line says where they stand in what was
recognised."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from extractor.readers import scan
from extractor.readers.ink import UNKNOWN, Glyph, PageInk

_INK = 24  # of 255: how much darker than paper a printed point is at least
_OFF, _GAP, _ANY = 1.0, 1.0, 0.3  # what another character, a missing one and an unknown one cost


def rows_of(page: PageInk) -> list[list[Glyph]]:
    """The lines of a page that hold unknown characters, each from the left."""
    out: list[list[Glyph]] = []
    for g in sorted(page.unknown, key=lambda g: g.y):
        if not out or not _level(out[-1][0], g):
            out.append([g])
    return [sorted((g for g in page.glyphs if _level(row[0], g) and not g.char.isspace()), key=lambda g: g.x0) for row in out]


def _level(a: Glyph, b: Glyph) -> bool:
    return abs(a.y - b.y) < 0.4 * max(a.bottom - a.top, b.bottom - b.top)


def fill_in(page: PageInk, rows: Sequence[list[Glyph]], image: Callable[[int, tuple[float, float, float, float]], Any]) -> int:
    """Fill in the unknown characters of lines; how many stay unknown."""
    blank: set[int] = set()
    for row in rows:
        high = max(g.place.bottom - g.place.top for g in row)
        box = (max(0.0, min(g.place.x0 for g in row) - high), max(0.0, min(g.place.top for g in row) - 0.4 * high),
               min(page.width, max(g.place.x1 for g in row) + high), min(page.height, max(g.place.bottom for g in row) + 0.4 * high))
        pixels = image(page.number, box)
        scale = pixels.shape[1] / max(1.0, box[2] - box[0])
        blank |= {id(g) for g in row if g.char == UNKNOWN and not _inked(pixels, g, box, scale)}
        part = PageInk(page.number, box[2] - box[0], box[3] - box[1])
        scan.recognise(pixels, part)
        known = [g for g in row if id(g) not in blank]
        found = sorted((g for g in part.glyphs if not g.char.isspace()), key=lambda g: (round(g.y / max(1.0, high)), g.x0))
        for k, f in _paired([g.char for g in known], [g.char for g in found]):
            if known[k].char == UNKNOWN:
                known[k].char, known[k].place = found[f].char, known[k].place._replace(sure=found[f].place.sure)
    page.glyphs = [g for g in page.glyphs if id(g) not in blank]
    page.unknown = [g for g in page.unknown if id(g) not in blank and g.char == UNKNOWN]
    return len(page.unknown)


def _inked(pixels: Any, g: Glyph, box: tuple[float, float, float, float], scale: float) -> bool:
    part = pixels[max(0, round((g.place.top - box[1]) * scale)):round((g.place.bottom - box[1]) * scale),
                  max(0, round((g.place.x0 - box[0]) * scale)):round((g.place.x1 - box[0]) * scale)]
    return bool(part.size) and int(part.max()) - int(part.min()) > _INK


def _paired(known: Sequence[str], found: Sequence[str]) -> list[tuple[int, int]]:
    """The cheapest alignment of a line with what was recognised of it, as pairs of places; an unknown character fits any."""
    n, m = len(known), len(found)
    cost = [[0.0] * (m + 1) for _ in range(n + 1)]
    for i in range(n - 1, -1, -1):
        cost[i][m] = cost[i + 1][m] + _GAP
    for j in range(m - 1, -1, -1):
        cost[n][j] = cost[n][j + 1] + _GAP
    for i in range(n - 1, -1, -1):
        for j in range(m - 1, -1, -1):
            cost[i][j] = min(cost[i + 1][j + 1] + _step(known[i], found[j]), cost[i + 1][j] + _GAP, cost[i][j + 1] + _GAP)
    out, i, j = [], 0, 0
    while i < n and j < m:
        if cost[i][j] == cost[i + 1][j + 1] + _step(known[i], found[j]):
            out.append((i, j))
            i, j = i + 1, j + 1
        elif cost[i][j] == cost[i + 1][j] + _GAP:
            i += 1
        else:
            j += 1
    return out


def _step(known: str, found: str) -> float:
    return _ANY if known == UNKNOWN else 0.0 if known == found else _OFF
