"""Tables without rules between their rows (borderless, three-line): a header names the columns, white space keeps them apart.

Only a header is proof that this is a table at all: one line of print, or a few, of which four pieces or more are titles of a score table's
columns. Its rows are told by the numbers that each has of its own; what is printed between two of them belongs to the nearer side of the
widest gap.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import itemgetter

from extractor.readers.ink import Glyph, Line, PageInk, Rule, rows_of, split_rows
from patterns import expressions as re
from patterns.columns import senses
from patterns.scores import is_total

_LEAST = 4  # titles of a header
_NUMBER = re.compile(r"[-+−]?\d{1,4}(?:\.\d+)?分?")
_GAP = 0.75  # characters of white that part two columns
_FAR = 3.2  # pitches: what stands farther below is no part of the table
_TALL = 3  # lines of print in a header

Ruled = tuple[list[Rule], list[Rule]]
Box = tuple[float, float, float, float]
Rows = Callable[[], list[list[Glyph]]]


def plain_tables(page: PageInk, within: Sequence[Box] = (), rows: Rows | None = None) -> list[Ruled]:
    """(horizontal, vertical) rules, made up, of each such table of a page. within: only tables that lie in one of these boxes.
    rows: gives the rows of its print, where somebody needs them too."""
    levels = _levels(split_rows(rows() if rows else rows_of(page.glyphs), page.number, gap=_GAP))
    out = []
    k = 0
    while k < len(levels):
        header = _header(levels, k)
        if header is not None and (not within or any(_lies(header.levels[0], b) for b in within)):
            stop = _end(levels, k + len(header.levels), header)
            found = _rows(levels[k + len(header.levels):stop], header)
            if len(found) >= 2:
                out.append(_rules(header, found))
                k = stop
                continue
        k += 1
    return out


Level = list[Line]  # pieces of print on one level, from the left


@dataclass(slots=True)
class _Header:
    """The titles of a table: the levels that they stand on, and each column's left edge, right edge and title."""

    levels: list[Level]
    columns: list[tuple[float, float, str]]

    def numbers(self) -> list[int]:
        """The columns of weights and scores."""
        return [c for c, (_, _, title) in enumerate(self.columns) if senses(title).keys() & {"weight", "claimed", "checked"}]


def _levels(lines: Sequence[Line]) -> list[Level]:
    levels: list[Level] = []
    for line in sorted(lines, key=lambda x: (x.y, x.x0)):
        if levels and abs(levels[-1][0].y - line.y) < 0.3 * max(line.height, levels[-1][0].height):
            levels[-1].append(line)
        else:
            levels.append([line])
    return [sorted(r, key=lambda x: x.x0) for r in levels]


def _lies(level: Level, box: Box) -> bool:
    return box[0] - 2 <= level[0].x0 and level[-1].x1 <= box[2] + 2 and box[1] - 2 <= level[0].y <= box[3] + 2


def _header(levels: Sequence[Level], k: int) -> _Header | None:
    """The header that begins on a level, of as few levels as say most."""
    best: tuple[int, _Header] | None = None
    for size in range(1, 2 * _TALL):
        part = levels[k:k + size]
        if len(part) < size or part[-1][0].y - part[0][0].y > _TALL * 1.4 * part[0][0].height:
            break
        if _count(part) < _LEAST:
            continue
        columns = _columns(part)
        titles = sum(bool(senses(title)) for _, _, title in columns)
        if titles < _LEAST or titles * 2 < len(columns):
            continue
        if size > 1 and not _mirrored(part) and sum(bool(senses(title)) for _, _, title in _columns(part[1:])) >= titles:
            break  # the first level is no part of it
        if best is None or titles > best[0] or (titles == best[0] and _mirrored(part)):
            best = titles, _Header(list(part), columns)
    return best[1] if best else None


def _mirrored(part: Sequence[Level]) -> bool:
    """Whether the first and the last level are the two lines of the same titles (自评|分), set around the titles of one line between them."""
    if len(part) < 3 or len(part[0]) != len(part[-1]):
        return False
    middle = max(part[1:-1], key=len)[0].y
    return (abs((part[0][0].y + part[-1][0].y) / 2 - middle) < 0.2 * part[0][0].height
            and all(abs(x.x0 + x.x1 - y.x0 - y.x1) < 1.5 * x.em for x, y in zip(part[0], part[-1], strict=True)))


def _count(levels: Sequence[Level]) -> int:
    """How many columns `_columns` finds."""
    count, right = 0, float("-inf")
    for x0, x1 in sorted([(x.x0, x.x1) for level in levels for x in level], key=_first):
        if count and x0 < right:
            right = max(right, x1)
        else:
            count, right = count + 1, x1
    return count


_first = itemgetter(0)


def _columns(levels: Sequence[Level]) -> list[tuple[float, float, str]]:
    """Pieces of a few levels as columns: those above one another are one title."""
    out: list[tuple[float, float, list[Line]]] = []
    for piece in sorted((x for level in levels for x in level), key=lambda x: x.x0):
        if out and piece.x0 < out[-1][1]:
            out[-1] = (out[-1][0], max(out[-1][1], piece.x1), [*out[-1][2], piece])
        else:
            out.append((piece.x0, piece.x1, [piece]))
    return [(x0, x1, "".join("".join(p.text.split()) for p in sorted(pieces, key=lambda x: x.y))) for x0, x1, pieces in out]


def _end(levels: Sequence[Level], first: int, header: _Header) -> int:
    """The level after the table: the first that spans columns, or stands far below."""
    left = header.columns[0][0]
    right = max([x.x1 for level in levels[first:first + 6] for x in level if len(level) >= 2] + [header.columns[-1][1]])
    pitch = 0.0
    before = max(header.levels, key=lambda x: x[0].y)
    k = first
    while k < len(levels):
        level = levels[k]
        gap = level[0].y - before[0].y
        pitch = pitch or gap
        spans = any(sum(x.x0 < (a + b) / 2 < x.x1 for a, b, _ in header.columns) >= 2 for x in level)
        if gap > _FAR * max(pitch, level[0].height) or spans or level[-1].x1 < left - 1 or level[0].x0 > right:
            break
        before = level
        k += 1
    return k


@dataclass(slots=True)
class _Row:
    """A row of the table: its pieces of print."""

    pieces: list[Line]

    @property
    def top(self) -> float:
        """Upper edge."""
        return min(x.top for x in self.pieces)

    @property
    def bottom(self) -> float:
        """Lower edge."""
        return max(x.bottom for x in self.pieces)


def _rows(levels: Sequence[Level], header: _Header) -> list[_Row]:
    """The rows of the levels below a header: one for every number of its own in a column of numbers."""
    pieces = [x for level in levels for x in level]
    if not pieces:
        return []
    bounds = _bounds(header, pieces)
    numbers = header.numbers()
    anchors: list[float] = []
    for piece in sorted(pieces, key=lambda x: x.y):
        if _column(piece, bounds) in numbers and _NUMBER.fullmatch(piece.text.strip()) and (not anchors or piece.y - anchors[-1] > 0.6 * piece.height):
            anchors.append(piece.y)
    if len(anchors) < 2:
        return []
    labels = _labels(pieces, bounds, len(anchors))
    told = [x for x in pieces if _column(x, bounds) not in labels]
    if _begin_level(told, anchors, numbers, bounds):
        cuts = [y - 0.6 * told[0].height for y in anchors[1:]]
    else:
        cuts = [_cut(told, a, b) for a, b in pairwise(anchors)]
    rows = [_Row([]) for _ in anchors]
    for piece in pieces:
        if _column(piece, bounds) not in labels:
            rows[sum(cut < piece.y for cut in cuts)].pieces.append(piece)
    for c in labels:
        _deal_out([x for x in pieces if _column(x, bounds) == c], rows, anchors)
    return [r for r in rows if r.pieces]


def _begin_level(pieces: Sequence[Line], anchors: Sequence[float], numbers: Sequence[int], bounds: Sequence[float]) -> bool:
    """Whether each row's words begin beside its number, so that a number is a row's first line: nothing stands above the first one."""
    words = [x for x in pieces if _column(x, bounds) not in numbers]
    return all(x.y > anchors[0] - 0.4 * x.height for x in words) and all(any(abs(x.y - y) < 0.3 * x.height for x in words) for y in anchors[:-1])


def _labels(pieces: Sequence[Line], bounds: Sequence[float], rows: int) -> set[int]:
    """The columns on the left that hold a label for several rows."""
    out: set[int] = set()
    for c in range(len(bounds)):
        mine = [x for x in pieces if _column(x, bounds) == c]
        if any(_NUMBER.fullmatch(x.text.strip()) for x in mine) or len(_stacks(mine)) >= rows - 1:
            break
        out.add(c)
    return out


def _stacks(pieces: Sequence[Line]) -> list[list[Line]]:
    """Pieces of a column that stand close below one another, as one label each."""
    out: list[list[Line]] = []
    for x in sorted(pieces, key=lambda x: x.y):
        if out and x.top - out[-1][-1].bottom < 0.5 * x.height:
            out[-1].append(x)
        else:
            out.append([x])
    return out


def _deal_out(pieces: Sequence[Line], rows: Sequence[_Row], anchors: Sequence[float]) -> None:
    """Put each label of a column to the first row of those that it stands for: it is set beside that, or amid them all."""
    stacks = _stacks(pieces)
    if not stacks:
        return
    middles = [(stack[0].top + stack[-1].bottom) / 2 for stack in stacks]
    beside = all(any(abs(stack[0].y - y) < 0.6 * stack[0].height for y in anchors) for stack in stacks) and abs(middles[0] - anchors[0]) < 0.6 * stacks[0][0].height
    at = 0
    for stack, middle in zip(stacks, middles, strict=True):
        if beside:
            at = min(range(len(anchors)), key=lambda k: abs(anchors[k] - stack[0].y))
        if at >= len(rows):
            at = len(rows) - 1
        rows[at].pieces.extend(stack)
        if not beside:
            end = min(range(at, len(anchors)), key=lambda k: abs((anchors[at] + anchors[k]) / 2 - middle))
            at = end + 1


def _cut(pieces: Sequence[Line], above: float, below: float) -> float:
    """Where two rows part: the middle of the widest white strip between their numbers."""
    spans = sorted((max(x.top, above), min(x.bottom, below)) for x in pieces if x.bottom > above and x.top < below)
    best, where, at = 0.0, (above + below) / 2, above
    for top, bottom in [*spans, (below, below)]:
        if top - at > best + 0.1:
            best, where = top - at, (top + at) / 2
        at = max(at, bottom)
    return where


def _column(piece: Line, bounds: Sequence[float]) -> int:
    middle = (piece.x0 + piece.x1) / 2
    return sum(x < middle for x in bounds)


def _bounds(header: _Header, pieces: Sequence[Line]) -> list[float]:
    """Where columns part: the middle of the widest white strip between their titles' middles."""
    out = []
    every = [*pieces, *(x for level in header.levels for x in level)]
    for (a0, a1, _), (b0, b1, _) in pairwise(header.columns):
        start, stop = (a0 + a1) / 2, (b0 + b1) / 2
        taken = sorted((max(x.x0, start), min(x.x1, stop)) for x in every if x.x1 > start and x.x0 < stop)
        best, where, at = 0.0, (a1 + b0) / 2, start
        for x0, x1 in [*taken, (stop, stop)]:
            if x0 - at > best:
                best, where = x0 - at, (x0 + at) / 2
            at = max(at, x1)
        out.append(where)
    return out


def _rules(header: _Header, rows: Sequence[_Row]) -> Ruled:
    pieces = [x for row in rows for x in row.pieces]
    bounds = _bounds(header, pieces)
    titles = [x for level in header.levels for x in level]
    em = max(x.em for x in titles)
    left = min(min(x.x0 for x in pieces), header.columns[0][0]) - 0.5 * em
    right = max(max(x.x1 for x in pieces), header.columns[-1][1]) + 0.5 * em
    xs = [left, *bounds, right]
    filled = [{_column(x, bounds) for x in row.pieces} for row in rows]
    numeric = min(header.numbers(), default=len(header.columns))
    numbers = [[x for x in row.pieces if _column(x, bounds) >= numeric] or row.pieces for row in rows]
    tops, bottoms = [min(x.top for x in part) for part in numbers], [max(x.bottom for x in part) for part in numbers]
    ys = [min(x.top for x in titles) - 2, (max(x.bottom for x in titles) + min(tops[0], rows[0].top)) / 2,
          *[(bottoms[k - 1] + tops[k]) / 2 for k in range(1, len(rows))], max(x.bottom for x in pieces) + 2]
    totals = [any(is_total(x.text) for x in row.pieces) for row in rows]
    flat = [Rule(left, ys[0], right, ys[0]), Rule(left, ys[1], right, ys[1]), Rule(left, ys[-1], right, ys[-1])]
    for k in range(1, len(rows)):
        for c in range(len(header.columns)):
            # a label that is printed once stands for the rows below it, never for their total
            if c < numeric and c not in filled[k] and len(filled[k]) > 1 and not totals[k]:
                continue
            flat.append(Rule(xs[c], ys[k + 1], xs[c + 1], ys[k + 1]))
    return flat, [Rule(x, ys[0], x, ys[-1]) for x in xs]
