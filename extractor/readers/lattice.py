"""Ruled tables: the rules of a page as grids, cells merged where no rule stands between them, glyphs put into cells."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from extractor.readers.ink import WHOLE, Glyph, PageInk, Rule, lines_of, text_of_lines
from extractor.readers.open_tables import holds_rows, open_tables
from extractor.readers.parts import RawCell, Run
from extractor.readers.plain_tables import Rows, plain_tables

SNAP = 3.0  # rules nearer than this (points) are one
_FEW = 4  # level rules: a table of no more may have none between its rows
_LEAST = 6.0  # a row or column is at least this wide


@dataclass(slots=True)
class Grid:
    """A ruled table of one page.

    cells[r][c]: as RawTable has them. closed_top / closed_bottom: whether a rule stands above the first / below the last
    row of each column; where a table was cut by a page end it may not.
    """

    page: int
    xs: list[float]
    ys: list[float]
    cells: list[list[RawCell]] = field(default_factory=list)
    closed_top: list[bool] = field(default_factory=list)
    closed_bottom: list[bool] = field(default_factory=list)


def grids_of(page: PageInk, rows: Rows | None = None) -> list[tuple[Grid, set[int]]]:
    """The ruled tables of a page from top to bottom, each with the indices of the glyphs inside it. rows: as in plain_tables."""
    out = []
    components = _components(page.rules)
    fused = [(h, v) for h, v in components if _fused(page, h, v)]
    if fused:
        split = plain_tables(page, [_box(h, v) for h, v in fused], rows)
        if len(split) >= len(fused):
            components = [c for c in components if c not in fused] + split
    for horizontal, vertical in components or open_tables(page) or plain_tables(page, (), rows):
        ys = _ticks([r.y0 for r in horizontal], [r.y0 for r in vertical] + [r.y1 for r in vertical])
        xs = _ticks([r.x0 for r in vertical], [r.x0 for r in horizontal] + [r.x1 for r in horizontal])
        if len(xs) < 3 or len(ys) < 2 or len(xs) * len(ys) > 200_000:
            continue
        inside = {k for k, g in enumerate(page.glyphs) if xs[0] <= g.x <= xs[-1] and ys[0] <= g.y <= ys[-1]}
        if len(inside) < 2:
            continue
        homes = _numbers_whole(page.glyphs, inside)
        out.append((_fill(page, xs, ys, horizontal, vertical, homes), set(homes)))
    return sorted(out, key=lambda pair: (pair[0].ys[0], pair[0].xs[0]))


def _box(horizontal: Sequence[Rule], vertical: Sequence[Rule]) -> tuple[float, float, float, float]:
    every = [*horizontal, *vertical]
    return min(r.x0 for r in every), min(r.y0 for r in every), max(r.x1 for r in every), max(r.y1 for r in every)


def _fused(page: PageInk, horizontal: Sequence[Rule], vertical: Sequence[Rule]) -> bool:
    """Whether a ruled table has no rules between its rows: two or three level rules, and rows of numbers between them."""
    levels, columns = _levels([r.y0 for r in horizontal]), _levels([r.x0 for r in vertical])
    return len(levels) <= _FEW and len(columns) >= 3 and holds_rows(page, columns[1:-1] if len(columns) > 3 else columns, levels)


def _levels(values: list[float]) -> list[float]:
    out: list[float] = []
    for v in sorted(values):
        if not out or v - out[-1] > SNAP:
            out.append(v)
    return out


def boxes_of(page: PageInk) -> list[tuple[float, float, float, float]]:
    """The cells of a page's ruled tables as boxes, whether they hold text or not."""
    out = []
    for horizontal, vertical in _components(page.rules):
        ys = _ticks([r.y0 for r in horizontal], [r.y0 for r in vertical] + [r.y1 for r in vertical])
        xs = _ticks([r.x0 for r in vertical], [r.x0 for r in horizontal] + [r.x1 for r in horizontal])
        if len(xs) >= 3 and len(ys) >= 2 and len(xs) * len(ys) <= 20_000:
            out += [(x0, top, x1, bottom) for top, bottom in pairwise(ys) for x0, x1 in pairwise(xs)]
    return out


def _numbers_whole(glyphs: Sequence[Glyph], inside: set[int]) -> dict[int, float]:
    """Each glyph in a table with the x that decides its column: a number wider than its cell is not torn apart."""
    homes = {k: glyphs[k].x for k in inside}
    run: list[int] = []
    for k in range(len(glyphs) + 1):
        g = glyphs[k] if k < len(glyphs) else None
        if (g is not None and run and g.char in "0123456789." and abs(g.y - glyphs[run[-1]].y) < 1
                and -0.5 < g.x0 - glyphs[run[-1]].x1 < 0.1 * (g.bottom - g.top)):
            run.append(k)
            continue
        if len(run) > 1 and any(i in inside for i in run):
            middle = sum(glyphs[i].x for i in run if i in inside) / sum(i in inside for i in run)
            homes |= dict.fromkeys(run, middle)
        run = [k] if g is not None and g.char in "0123456789." else []
    return homes


def _components(rules: Sequence[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Rules that cross or touch, as (horizontal, vertical) of each connected set that has both."""
    horizontal = _straight([r for r in rules if r.y0 == r.y1 and r.x1 - r.x0 > 3], flat=True)
    vertical = _straight([r for r in rules if r.y0 != r.y1 and r.y1 - r.y0 > 3], flat=False)
    parent = list(range(len(horizontal) + len(vertical)))

    def root(k: int) -> int:
        while parent[k] != k:
            parent[k] = parent[parent[k]]
            k = parent[k]
        return k

    order = sorted(range(len(horizontal)), key=lambda k: horizontal[k].y0)
    levels = [horizontal[k].y0 for k in order]
    for v, rule in enumerate(vertical):
        for k in order[bisect_right(levels, rule.y0 - SNAP):bisect_right(levels, rule.y1 + SNAP)]:
            if horizontal[k].x0 - SNAP <= rule.x0 <= horizontal[k].x1 + SNAP:
                parent[root(k)] = root(len(horizontal) + v)
    sets: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for k, rule in enumerate(horizontal):
        sets.setdefault(root(k), ([], []))[0].append(rule)
    for v, rule in enumerate(vertical):
        sets.setdefault(root(len(horizontal) + v), ([], []))[1].append(rule)
    return [(h, v) for h, v in sets.values() if h and v]


def _straight(rules: list[Rule], flat: bool) -> list[Rule]:
    """Rules on one line that touch or overlap, as one rule."""
    def level(r: Rule) -> float:
        return r.y0 if flat else r.x0

    def ends(r: Rule) -> tuple[float, float]:
        return (r.x0, r.x1) if flat else (r.y0, r.y1)

    rules = sorted(rules, key=lambda r: (round(level(r)), ends(r)))
    out: list[Rule] = []
    for r in rules:
        last = out[-1] if out else None
        if last is not None and abs(level(last) - level(r)) < 1 and ends(r)[0] <= ends(last)[1] + 1.5 and ends(r)[1] >= ends(last)[0] - 1.5:
            start, stop = min(ends(last)[0], ends(r)[0]), max(ends(last)[1], ends(r)[1])
            out[-1] = Rule(start, last.y0, stop, last.y1) if flat else Rule(last.x0, start, last.x1, stop)
        else:
            out.append(r)
    return out


def _ticks(levels: list[float], ends: list[float]) -> list[float]:
    """Grid positions: the levels of the rules, and the outer ends of the crossing ones where no rule closes the table."""
    out = _levels(levels)
    if min(ends) < out[0] - _LEAST:
        out.insert(0, min(ends))
    if max(ends) > out[-1] + _LEAST:
        out.append(max(ends))
    return out


def _fill(page: PageInk, xs: list[float], ys: list[float], horizontal: list[Rule], vertical: list[Rule], homes: dict[int, float]) -> Grid:
    rows, columns = len(ys) - 1, len(xs) - 1
    # lies[r][c]: a rule above cell (r, c); stands[r][c]: a rule left of it
    flat = [[(h.x0, h.x1) for h in horizontal if abs(h.y0 - y) <= SNAP] for y in ys]
    upright = [[(v.y0, v.y1) for v in vertical if abs(v.x0 - x) <= SNAP] for x in xs]
    lies = [[_covered(xs[c], xs[c + 1], flat[r]) for c in range(columns)] for r in range(rows + 1)]
    stands = [[_covered(ys[r], ys[r + 1], upright[c]) for c in range(columns + 1)] for r in range(rows)]
    origin: dict[tuple[int, int], tuple[int, int]] = {}
    for r in range(rows):
        for c in range(columns):
            if (r, c) in origin:
                continue
            right = c + 1
            while right < columns and not stands[r][right] and (r, right) not in origin:
                right += 1
            down = r + 1
            while down < rows and not any(lies[down][k] for k in range(c, right)) and not any(stands[down][k] for k in range(c + 1, right)) \
                    and all((down, k) not in origin for k in range(c, right)):
                down += 1
            for a in range(r, down):
                for b in range(c, right):
                    origin[a, b] = (r, c)
    content: dict[tuple[int, int], list[Glyph]] = {}
    for k, x in homes.items():
        g = page.glyphs[k]
        place = min(bisect_right(ys, g.y) - 1, rows - 1), min(bisect_right(xs, x) - 1, columns - 1)
        content.setdefault(origin[place], []).append(g)
    cells = [[RawCell(merged=True, origin=origin[r, c]) if origin[r, c] != (r, c)
              else RawCell(text_of_lines(lines_of(content[r, c], page.number, gap=WHOLE)) if (r, c) in content else Run("", []))
              for c in range(columns)] for r in range(rows)]
    return Grid(page.number, xs, ys, cells, lies[0], lies[rows])


def _covered(start: float, stop: float, rules: Sequence[tuple[float, float]]) -> bool:
    """Whether the rules at a level cover most of a stretch."""
    length = sum([max(0.0, min(stop, b) - max(start, a)) for a, b in rules])
    return length >= 0.6 * (stop - start)
