"""Joining the pieces of a table that stand on following pages."""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Sequence

from extractor.readers.joining import join
from extractor.readers.lattice import Grid
from extractor.readers.parts import RawCell, RawTable, Run
from patterns import expressions as re
from patterns.scores import weight_in

_NUMERIC = re.compile(r"[-+]?[\d.]{1,7}分?|[/—–\-]")


def join_grids(grids: Sequence[Grid]) -> list[RawTable]:
    """Grids that follow one another without text between, as tables: those with the same columns are one."""
    out: list[list[Grid]] = []
    for grid in grids:
        if out and _same_columns(out[-1][-1], grid):
            out[-1].append(grid)
        else:
            out.append([grid])
    return [_joined(chain) for chain in out]


def _same_columns(a: Grid, b: Grid) -> bool:
    if len(a.xs) == len(b.xs):
        widths = [(p - a.xs[0]) / (a.xs[-1] - a.xs[0]) for p in a.xs], [(p - b.xs[0]) / (b.xs[-1] - b.xs[0]) for p in b.xs]
        return all(abs(p - q) < 0.04 for p, q in zip(*widths, strict=True))
    return _mapped(a, b) is not None


def _mapped(a: Grid, b: Grid) -> list[int] | None:
    """For a grid with fewer columns (a page on which some boundary is not drawn): the column of `a` that each begins at."""
    if len(b.xs) > len(a.xs) or len(b.xs) < 3:
        return None
    out = []
    for x in b.xs:
        near = min(range(len(a.xs)), key=lambda k: abs(a.xs[k] - x))
        if abs(a.xs[near] - x) > 5:
            return None
        out.append(near)
    return out if len(set(out)) == len(out) else None


def _widened(a: Grid, b: Grid) -> Grid:
    """`b` on the columns of `a`."""
    if len(a.xs) == len(b.xs):
        return b
    places = _mapped(a, b) or list(range(len(b.xs)))
    wide = len(a.xs) - 1
    start = {k: places[k] for k in range(len(places) - 1)}
    cells: list[list[RawCell]] = []
    for r, row in enumerate(b.cells):
        new = [RawCell(merged=True, origin=(r, 0)) for _ in range(wide)]
        for k, cell in enumerate(row):
            origin = (cell.origin[0], start[cell.origin[1]]) if cell.origin else None
            new[start[k]] = RawCell(cell.run, cell.merged, origin)
            for extra in range(start[k] + 1, places[k + 1]):
                new[extra] = RawCell(merged=True, origin=origin or (r, start[k]))
        cells.append(new)

    def spread(flags: list[bool]) -> list[bool]:
        return [flags[max(k for k in start if start[k] <= c)] if c >= start[0] else False for c in range(wide)]

    return Grid(b.page, a.xs, b.ys, cells, spread(b.closed_top), spread(b.closed_bottom))


def _words(cell: RawCell) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", cell.run.text))


def _joined(chain: Sequence[Grid]) -> RawTable:
    base = max(chain, key=lambda g: len(g.xs)) if len(chain) > 1 else chain[0]
    grids = [_widened(base, g) for g in chain]
    rows: list[list[RawCell]] = [[RawCell(c.run, c.merged, c.origin) for c in r] for r in grids[0].cells]
    numeric = _numeric_columns([r for g in grids for r in g.cells])
    labels = _label_columns([r for g in grids for r in g.cells], numeric)
    for before, grid in itertools.pairwise(grids):
        skip = _repeated(rows, grid)
        part = [[RawCell(c.run, c.merged, c.origin) for c in r] for r in grid.cells[skip:]]
        if part:
            _append(rows, part, skip, before, grid, numeric, labels)
    return RawTable(rows)


def _numeric_columns(rows: Sequence[Sequence[RawCell]]) -> set[int]:
    out = set()
    for c in range(len(rows[0])):
        filled = [w for r in rows if (w := _words(r[c]))]
        if filled and sum(bool(_NUMERIC.fullmatch(w)) for w in filled) * 10 >= 7 * len(filled):
            out.add(c)
    return out


def _label_columns(rows: Sequence[Sequence[RawCell]], numeric: set[int]) -> set[int]:
    """Columns of labels that stand for several rows: those with cells merged downwards, and not numbers."""
    out = {c for c in range(len(rows[0])) if c not in numeric
           and sum(_home(r[c]) == c for r in rows) * 5 >= len(rows)}
    return out or ({0} - numeric)


def _home(cell: RawCell) -> int | None:
    """The column in which a merged cell begins, None for a cell of its own."""
    return cell.origin[1] if cell.merged and cell.origin is not None else None


def _repeated(rows: Sequence[Sequence[RawCell]], grid: Grid) -> int:
    """How many rows at the top of a page repeat the header."""
    count = 0
    for top, row in zip(rows[:3], grid.cells[:3], strict=False):
        a, b = [_words(c) for c in top], [_words(c) for c in row]
        same = sum(x == y and bool(x) for x, y in zip(a, b, strict=True))
        if same >= 2 and same * 10 >= 7 * max(1, sum(bool(x) for x in b)) and not any(_NUMERIC.fullmatch(x) for x in b if x):
            count += 1
        else:
            break
    return count


def _append(rows: list[list[RawCell]], part: list[list[RawCell]], skip: int, before: Grid, grid: Grid, numeric: set[int], labels: set[int]) -> None:
    """Add a page's rows; a first row that continues the last one is joined to it, and so are merged cells."""
    repeated = skip > 0
    last, first = rows[-1], part[0]
    open_edge = [not a and not b and not repeated for a, b in zip(before.closed_bottom, grid.closed_top, strict=True)]
    joins = _continues(rows, part, open_edge, numeric, labels)
    offset = len(rows) - skip - (1 if joins else 0)
    for row in part:
        for cell in row:
            if cell.origin is not None:
                cell.origin = (cell.origin[0] + offset, cell.origin[1])
    if joins:
        for c, cell in enumerate(first):
            target = _owner(rows, len(rows) - 1, c)
            if cell.run.text.strip():
                target.run = join(target.run, cell.run) if target.run.text.strip() else cell.run
        _repoint(rows, part[1:], len(rows) - 1)
        rows += part[1:]
        return
    at = len(rows)
    rows += part
    for c in range(len(first)):
        if first[c].merged:
            continue
        above = _owner_place(rows, at - 1, c)
        owner = rows[above[0]][above[1]]
        if above[1] != c or _spans(first, c) != _spans(last, c):
            continue
        mine, theirs = bool(first[c].run.text.strip()), bool(owner.run.text.strip())
        if (open_edge[c] and c not in numeric) or (c in labels and not (mine and theirs)):
            owner.run = join(owner.run, first[c].run) if mine and theirs else (first[c].run if mine else owner.run)
            first[c].run, first[c].merged, first[c].origin = Run("", []), True, above
            for row in rows[at + 1:]:
                if row[c].merged and row[c].origin == (at, c):
                    row[c].origin = above


def _spans(row: Sequence[RawCell], c: int) -> int:
    """How many columns the cell of a row at a column covers."""
    n = 1
    while c + n < len(row):
        origin = row[c + n].origin
        if not row[c + n].merged or origin is None or origin[1] != c or row[c].origin not in (None, origin):
            break
        n += 1
    return n


def _owner_place(rows: Sequence[Sequence[RawCell]], r: int, c: int) -> tuple[int, int]:
    origin = rows[r][c].origin
    return origin if rows[r][c].merged and origin is not None else (r, c)


def _owner(rows: Sequence[Sequence[RawCell]], r: int, c: int) -> RawCell:
    place = _owner_place(rows, r, c)
    return rows[place[0]][place[1]]


def _repoint(rows: Sequence[Sequence[RawCell]], rest: Sequence[Sequence[RawCell]], at: int) -> None:
    """Cells merged into the joined row belong to what that row's cell belongs to."""
    for row in rest:
        for cell in row:
            if cell.merged and cell.origin is not None and cell.origin[0] == at:
                cell.origin = _owner_place(rows, at, cell.origin[1])


def _weighs(words: str) -> bool:
    """A name that ends in its maximum score (文明校园〔4分〕)."""
    found = weight_in(words)
    return found is not None and "分" in words[found.end:found.end + 1] and found.end + 2 >= len(words)


def _continues(rows: Sequence[Sequence[RawCell]], part: Sequence[Sequence[RawCell]], open_edge: Sequence[bool],
               numeric: set[int], labels: set[int]) -> bool:
    """Whether the first row of a page is the rest of the last row of the page before.

    A row has one number in each column of numbers: two halves share them out, two rows have them all.
    """
    last, first = rows[-1], part[0]
    own = [c for c in range(len(first)) if c not in labels and _home(first[c]) in (None, c)]
    text = [c for c in own if c not in numeric and _words(first[c])]
    mine = {c for c in numeric if _words(first[c])}
    theirs = {c for c in numeric if _words(_owner(rows, len(rows) - 1, c))}
    if mine & theirs:
        return False
    if own and all(open_edge[c] for c in own):
        return True
    if len(own) <= 1 or not numeric or not (mine | theirs):
        return False
    if any(_weighs(_words(first[c])) and _weighs(_words(_owner(rows, len(rows) - 1, c))) for c in text):
        return False  # each prints a maximum score of its own: a row whose claim is blank
    if not (mine or text):
        return any(_words(first[c]) for c in labels)  # only the rest of a label stands on the new page
    return not mine or (not theirs and any(_words(c) for c in last))
