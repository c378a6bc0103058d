"""Pages set in two columns: the left one is read to its end before the right one, between lines that run across both."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.readers.ink import Line
from extractor.readers.lattice import Grid

_LEAST = 4  # lines on each side of the gutter that make columns of a stretch of the page
_WIDE = 8  # characters of a usual line of a column


def in_columns(items: Sequence[Line | Grid]) -> list[Line | Grid]:
    """A page's lines and tables, from the top, in the order in which they are read; lines of columns are told their column's edges."""
    lines = [x for x in items if isinstance(x, Line)]
    gutter = _gutter(lines)
    if gutter is None:
        return list(items)
    out: list[Line | Grid] = []
    left: list[Line] = []
    right: list[Line] = []

    def close() -> None:
        if len(left) >= _LEAST and len(right) >= _LEAST:
            for side in (left, right):
                edges = min(x.x0 for x in side), max(x.x1 for x in side)
                for line in side:
                    line.column = edges
                out.extend(side)
        else:
            both: list[Line] = sorted([*left, *right], key=lambda x: (x.y, x.x0))
            out.extend(both)
        left.clear()
        right.clear()

    for item in items:
        if isinstance(item, Line) and item.x1 <= gutter:
            left.append(item)
        elif isinstance(item, Line) and item.x0 >= gutter:
            right.append(item)
        else:
            close()
            out.append(item)
    close()
    return out


def _gutter(lines: Sequence[Line]) -> float | None:
    """The middle of the strip of white between two columns of long lines that stand side by side, None where there is none."""
    if len(lines) < 2 * _LEAST:
        return None
    x0, x1 = min(x.x0 for x in lines), max(x.x1 for x in lines)
    em = max(1.0, sorted(x.em for x in lines)[len(lines) // 2])
    best: tuple[int, float] | None = None
    for step in range(30, 71, 2):
        x = x0 + (x1 - x0) * step / 100
        across = sum(line.x0 < x < line.x1 for line in lines)
        sides = [line for line in lines if line.x1 <= x or line.x0 >= x]
        lefts = [line for line in sides if line.x1 <= x and line.x1 - line.x0 >= _WIDE * em]
        rights = [line for line in sides if line.x0 >= x and line.x1 - line.x0 >= _WIDE * em]
        if min(len(lefts), len(rights)) < _LEAST or across > 0.5 * len(sides):
            continue
        paired = sum(any(abs(a.y - b.y) < 0.6 * em for b in rights) for a in lefts)
        if paired * 2 >= min(len(lefts), len(rights)) and (best is None or across < best[0]):
            best = across, x
    return best[1] if best else None
