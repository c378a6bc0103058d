"""Tables without rules between their rows (borderless, three-line): a header names the columns, white space keeps them apart.

Only a header is proof that this is a table at all: a row of print of which four pieces or more are titles of a score table's columns.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extractor.readers.ink import Line, PageInk, Rule, lines_of
from patterns import expressions as re
from patterns.columns import senses

_LEAST = 4  # pieces of a header
_NUMBER = re.compile(r"[-+−]?\d{1,4}(?:\.\d+)?分?")
_GAP = 1.0  # characters of white that part two columns
_FAR = 3.2  # pitches: what stands farther below is no part of the table


def plain_tables(page: PageInk) -> list[tuple[list[Rule], list[Rule]]]:
    """(horizontal, vertical) rules, made up, of each such table of a page."""
    rows = _rows(lines_of(page.glyphs, page.number, gap=_GAP))
    out = []
    k = 0
    while k < len(rows):
        if _is_header(rows[k]):
            stop = _end(rows, k)
            if stop - k >= 3:
                out.append(_rules(rows[k:stop]))
                k = stop
                continue
        k += 1
    return out


def _rows(lines: Sequence[Line]) -> list[list[Line]]:
    """Pieces of print on one level, from the top."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda x: (x.y, x.x0)):
        if rows and abs(rows[-1][0].y - line.y) < 0.5 * max(line.height, rows[-1][0].height):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [sorted(r, key=lambda x: x.x0) for r in rows]


def _is_header(row: Sequence[Line]) -> bool:
    return len(row) >= _LEAST and sum(bool(senses("".join(x.text.split()))) for x in row) >= _LEAST


def _end(rows: Sequence[Sequence[Line]], first: int) -> int:
    """The row after the table: the first that spans columns, or stands far below."""
    header = rows[first]
    left, right = header[0].x0, max(x.x1 for row in rows[first:first + 6] for x in row if len(row) >= 2)
    pitch = 0.0
    k = first + 1
    while k < len(rows):
        row = rows[k]
        gap = row[0].y - rows[k - 1][0].y
        pitch = pitch or gap
        if gap > _FAR * max(pitch, row[0].height):
            break
        spans = any(sum(x.x0 < (h.x0 + h.x1) / 2 < x.x1 for h in header) >= 2 for x in row)
        if spans or row[-1].x1 < left or row[0].x0 > right:
            break
        k += 1
    return k


def _rules(rows: Sequence[Sequence[Line]]) -> tuple[list[Rule], list[Rule]]:
    header = rows[0]
    pieces = [x for row in rows for x in row]
    em = max(x.em for x in header)
    bounds = [_between(a, b, pieces) for a, b in pairwise(header)]
    left = min(min(x.x0 for x in pieces), header[0].x0) - 0.5 * em
    right = max(x.x1 for x in pieces) + 0.5 * em
    xs = [left, *bounds, right]

    def column(line: Line) -> int:
        middle = (line.x0 + line.x1) / 2
        return sum(x < middle for x in bounds)

    logical = _logical(rows)
    filled = [{column(x) for row in group for x in row} for group in logical]
    tops = [min(x.top for row in group for x in row) for group in logical]
    bottoms = [max(x.bottom for row in group for x in row) for group in logical]
    ys = [tops[0] - 2, *[(bottoms[k - 1] + tops[k]) / 2 for k in range(1, len(logical))], bottoms[-1] + 2]
    numeric = next((c for c in range(len(header)) if sum(column(x) == c and bool(_NUMBER.fullmatch(x.text.strip()))
                                                         for row in rows[1:] for x in row) >= 2), len(header))
    flat = [Rule(left, ys[0], right, ys[0]), Rule(left, ys[-1], right, ys[-1])]
    for k in range(1, len(logical)):
        for c in range(len(header)):
            # a label that is printed once stands for the rows below it
            if c < numeric and c not in filled[k] and k > 1 and len(filled[k]) > 1:
                continue
            flat.append(Rule(xs[c], ys[k], xs[c + 1], ys[k]))
    return flat, [Rule(x, ys[0], x, ys[-1]) for x in xs]


def _between(a: Line, b: Line, pieces: Sequence[Line]) -> float:
    """Where two columns part: the middle of the widest white strip between their titles' middles."""
    start, stop = (a.x0 + a.x1) / 2, (b.x0 + b.x1) / 2
    taken = sorted((max(x.x0, start), min(x.x1, stop)) for x in pieces if x.x1 > start and x.x0 < stop)
    best, where, at = 0.0, (a.x1 + b.x0) / 2, start
    for x0, x1 in [*taken, (stop, stop)]:
        if x0 - at > best:
            best, where = x0 - at, (x0 + at) / 2
        at = max(at, x1)
    return where


def _logical(rows: Sequence[Sequence[Line]]) -> list[list[Sequence[Line]]]:
    """Rows of print as rows of the table: a level of one piece that is no number goes on with the nearer neighbour."""
    out: list[list[Sequence[Line]]] = [[rows[0]]]
    for k, row in enumerate(rows[1:], 1):
        lone = len(row) == 1 and not _NUMBER.fullmatch(row[0].text.strip())
        above = row[0].top - max(x.bottom for x in rows[k - 1])
        below = min(x.top for x in rows[k + 1]) - row[0].bottom if k + 1 < len(rows) else 1e9
        if (lone and above <= below and len(out) > 1) or (len(out) > 1 and _waits(out[-1]) and above <= 0.9 * row[0].height):
            out[-1].append(row)
        else:
            out.append([row])
    return out


def _waits(group: Sequence[Sequence[Line]]) -> bool:
    """Whether a row so far is only the upper part of one cell that is taller than the others."""
    return all(len(row) == 1 and not _NUMBER.fullmatch(row[0].text.strip()) for row in group)
