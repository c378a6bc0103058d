"""Tables with rules between rows only: their columns told by the white space that runs down the page."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from itertools import pairwise

from extractor.readers.ink import PageInk, Rule

_LEAST_RULES = 4
_LEAST_GAP = 4.0  # points
_CROSSED = 0.08  # the share of lines (headings, merged cells) that may cross a gap between columns


def open_tables(page: PageInk) -> list[tuple[list[Rule], list[Rule]]]:
    """(horizontal, vertical) rules of such a table on a page without vertical rules; the vertical ones are made up."""
    flat = [r for r in page.rules if r.y0 == r.y1 and r.x1 - r.x0 > 3]
    if len(flat) < _LEAST_RULES:
        return []
    left, right = min(r.x0 for r in flat), max(r.x1 for r in flat)
    levels = sorted({round(r.y0, 1) for r in flat})
    levels = [y for y, after in zip(levels, [*levels[1:], levels[-1] + 99], strict=True) if after - y > 3]
    whole = [y for y in levels if sum(r.x1 - r.x0 for r in flat if abs(r.y0 - y) <= 3) >= 0.9 * (right - left)]
    if len(levels) < _LEAST_RULES or len(whole) < 2 or right - left < 0.4 * page.width:
        return []
    columns = _drawn(flat, left, right) or _gaps(page, left, right, levels)
    if len(columns) < 2:
        return []
    if holds_rows(page, columns, levels):
        return []  # rules under the header and above the total alone: the rows between them are told by their words
    vertical = []
    for x in columns:
        for top, bottom in pairwise(levels):
            if not any(top < g.y < bottom and g.x0 < x < g.x1 for g in page.glyphs):
                vertical.append(Rule(x, top, x, bottom))
    sides = [Rule(x, levels[0], x, levels[-1]) for x in (left, right)]
    return [(flat, vertical + sides)]


def _drawn(flat: list[Rule], left: float, right: float) -> list[float]:
    """Where rules that are drawn cell by cell meet, on three rows at least."""
    meets = Counter(round(r.x0) for r in flat if left + 5 < r.x0 < right - 5)
    return sorted(float(x) for x, n in meets.items() if n >= 3)


def _gaps(page: PageInk, left: float, right: float, levels: list[float]) -> list[float]:
    """The middles of the strips of white that run down between columns."""
    lines: dict[int, list[tuple[float, float]]] = {}
    for g in page.glyphs:
        if left - 2 <= g.x <= right + 2 and levels[0] <= g.y <= levels[-1] and not g.char.isspace():
            lines.setdefault(round(g.y / 4), []).append((g.x0, g.x1))
    if len(lines) < _LEAST_RULES:
        return []
    width = int(right - left) + 1
    crossed = [0] * width
    for spans in lines.values():
        taken = {k for a, b in spans for k in range(max(0, int(a - left)), min(width, int(b - left) + 1))}
        for k in taken:
            crossed[k] += 1
    most = max(1.0, _CROSSED * len(lines))
    free = [n <= most for n in crossed]
    gaps: list[tuple[int, int]] = []
    start: int | None = None
    for k, open_ in enumerate([*free, False]):
        if open_ and start is None:
            start = k
        elif not open_ and start is not None:
            if k - start >= _LEAST_GAP and start > 0 and k < width:
                gaps.append((start, k))
            start = None
    return [left + (a + b) / 2 for a, b in gaps]


def holds_rows(page: PageInk, columns: list[float], levels: list[float]) -> bool:
    """Whether a strip between two rules holds several rows: one column has a number of its own in more than one of its lines."""
    for top, bottom in pairwise(levels):
        numbers: Counter[int] = Counter()
        texts: dict[tuple[int, int], str] = {}
        for g in page.glyphs:
            if top < g.y < bottom:
                place = bisect_right(columns, g.x), round(g.y / max(4.0, (g.bottom - g.top) * 0.8))
                texts[place] = texts.get(place, "") + g.char
        for (column, _), text in texts.items():
            numbers[column] += text.strip().replace(".", "", 1).isdigit()
        if any(n > 1 for n in numbers.values()):
            return True
    return False
