"""Tables of plain text whose columns are kept apart by spaces, every cell under the one above it: no header needs to be known.

White strips that run down through all lines part the columns. A stretch of lines is such a table only where there are as many strips as
the lines have gaps of their own; lines that are merely typed with gaps line up nowhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extractor.readers.parts import half_widths
from patterns import expressions as re

_GAP = re.compile(r"[ \u3000]{2,}")
_LEAST = 3  # cells of a row, and rows
_ROUND = 2  # places of a white strip
_HEAD = 60  # places of a line of one cell inside the table: the heading of the rows below it

_Span = tuple[int, int]


def with_tabs(lines: Sequence[str]) -> list[str]:
    """The lines with tabs between the cells of such tables; all other lines as they were."""
    out = list(lines)
    pieces = [[] if "\t" in x or "|" in x else _pieces(x) for x in lines]
    k = 0
    while k < len(lines):
        stop = _stretch(pieces, k)
        columns = _columns(lines[k:stop], pieces[k:stop]) if stop - k >= _LEAST else []
        stop = next((i for i in range(k, stop) if columns and len(pieces[i]) == 1 and pieces[i][0][0][0] > columns[0][0] and not _fits(pieces[i][0], columns)), stop)
        while columns and stop > k and len(pieces[stop - 1]) < _LEAST and not _starts(pieces[stop - 1], columns):
            stop -= 1  # names and dates below the table
        for i in range(k, stop) if columns else ():
            out[i] = "\t".join(_cells(pieces[i], columns))
        k = max(stop, k + 1)
    return out


def _stretch(pieces: Sequence[Sequence[tuple[_Span, str]]], k: int) -> int:
    """The line after the rows that begin at a line; a line of one piece belongs to them where it is set in, or short with a row below it."""
    if len(pieces[k]) < _LEAST:
        return k
    stop = k
    while stop < len(pieces) and (len(pieces[stop]) >= 2 or (
            len(pieces[stop]) == 1 and (pieces[stop][0][0][0] > 0 or (
                pieces[stop][0][0][1] <= _HEAD and stop + 1 < len(pieces) and len(pieces[stop + 1]) >= _LEAST)))):
        stop += 1
    return stop


def _pieces(line: str) -> list[tuple[_Span, str]]:
    """The words between wide gaps, each with the places that it takes."""
    out: list[tuple[_Span, str]] = []
    at = place = 0
    for m in [*_GAP.finditer(line), None]:
        end = m.start() if m is not None else len(line)
        if line[at:end].strip():
            lead = len(line[at:end]) - len(line[at:end].lstrip())
            start = place + half_widths(line[at:at + lead])
            words = line[at:end].strip()
            out.append(((start, start + half_widths(words)), words))
        if m is not None:
            place += half_widths(line[at:m.end()])
            at = m.end()
    return out


def _columns(lines: Sequence[str], pieces: Sequence[Sequence[tuple[_Span, str]]]) -> list[_Span]:
    """The columns of a stretch of lines, none where its cells do not stand under one another."""
    rows = [row for row in pieces if len(row) >= _LEAST]
    if len(rows) < _LEAST:
        return []
    taken: list[list[int]] = []
    for start, end in sorted(span for row in rows for span, _ in row):
        if taken and start < taken[-1][1] + _ROUND:
            taken[-1][1] = max(taken[-1][1], end)
        else:
            taken.append([start, end])
    columns = [(a, b) for a, b in taken]
    if len(columns) < _LEAST or any(len(row) > len(columns) and not _apart(row, columns) for row in rows):
        return []
    return columns if sum(len(_cells(row, columns)) - _cells(row, columns).count("") >= _LEAST for row in rows) == len(rows) else []


def _apart(row: Sequence[tuple[_Span, str]], columns: Sequence[_Span]) -> bool:
    """Whether pieces that share a column are the words of one cell (合　计): close to one another."""
    found = [next(k for k, (a, b) in enumerate(columns) if a <= span[0] and span[1] <= b) for span, _ in row]
    return all(i != j or right[0][0] - left[0][1] <= _ROUND for (i, left), (j, right) in pairwise(zip(found, row, strict=True)))


def _fits(piece: tuple[_Span, str], columns: Sequence[_Span]) -> bool:
    """Whether a piece that stands alone on its line is the rest of a cell: it begins where a column does and stays in it."""
    return any(piece[0][0] == a and piece[0][1] <= b for a, b in columns)


def _starts(row: Sequence[tuple[_Span, str]], columns: Sequence[_Span]) -> bool:
    """Whether all pieces of a line begin where columns do."""
    return all(any(span[0] == a for a, _ in columns) for span, _ in row)


def _cells(row: Sequence[tuple[_Span, str]], columns: Sequence[_Span]) -> list[str]:
    out = [""] * len(columns)
    if len(row) == 1 and row[0][0][0] == columns[0][0]:
        out[0] = row[0][1]
        return out
    for span, words in row:
        k = next((k for k in range(len(columns) - 1, -1, -1) if columns[k][0] <= span[0]), 0)
        out[k] = f"{out[k]} {words}" if out[k] else words
    return out
