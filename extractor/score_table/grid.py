"""A table as a grid whose merged places hold what the merged cell says; its headers, and the stretches of rows under each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from extractor.document import Table
from extractor.report import Field
from patterns import expressions as re
from patterns.columns import LONGEST, Role, Sense, senses
from patterns.scores import has_points, number, squash

_LEAST = 3  # columns of a score table, and header cells that name a column
_TOP = 4  # rows among which the titles of a table stand
_LONGEST_BELOW = 14  # characters of a cell in the second row of a header


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the grid. key: the cell that it shows (row, column), the same for all places of a merged cell."""

    field: Field
    words: str
    key: tuple[int, int]
    merged: bool


Line = tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Header:
    """Columns as their header names them. words and senses are those of each column, rows the header's own words, for repetitions."""

    words: tuple[str, ...]
    senses: tuple[Mapping[Role, Sense], ...]
    rows: frozenset[tuple[str, ...]] = frozenset()


@dataclass(slots=True)
class Block:
    """Rows under one header, or without any. columns: the grid's columns that count, labels beside the table and doubles left out."""

    table: Table
    header: Header | None
    lines: list[Line]
    columns: list[int]
    tells_merged: bool
    above: list[Line] = field(default_factory=list)  # what stands in the table over the header

    @property
    def start(self) -> int:
        """Where its table begins in the document's text."""
        return self.table.start

    @property
    def end(self) -> int:
        """Where its table ends."""
        return self.table.end


def lines_of(table: Table) -> list[Line]:
    """The rows of a table with merged places filled."""
    out = []
    for i, row in enumerate(table.rows):
        line = []
        for j, cell in enumerate(row):
            key = cell.origin if cell.merged and cell.origin is not None else (i, j)
            shown = table.rows[key[0]][key[1]]
            line.append(Place(Field(shown.text, shown.start, shown.end), squash(shown.text), key, cell.merged and cell.origin is not None))
        out.append(tuple(line))
    return out


def blocks(table: Table) -> list[Block]:
    """The stretches of a table's rows: each header with what stands under it, and what stands over the first header (header None)."""
    lines = lines_of(table)
    out: list[Block] = []
    current: Block | None = None
    above: list[Line] = []
    k = 0
    while k < len(lines):
        found = _header(lines, k)
        if found is None:
            if current is None:
                above.append(lines[k])
            else:
                if current.header is not None and (_labels_money(lines[k]) or _titles_money(lines, k)):
                    current = Block(table, None, [], [], table.tells_merged)
                    out.append(current)
                current.lines.append(lines[k])
            k += 1
            continue
        header, after = found
        if current is not None and current.header is not None and header.words == current.header.words:
            current.lines += lines[k:after]  # repeated on the next page
            k = after
            continue
        current = Block(table, header, [], [], table.tells_merged, above)
        above = []
        out.append(current)
        k = after
    if not out:
        top = _words_over_numbers(lines)
        if top is None:
            out.append(Block(table, None, lines, [], table.tells_merged))
        else:
            out.append(Block(table, _told(lines[top]), lines[top + 1:], [], table.tells_merged, lines[:top]))
    elif out[0].above and any(is_number_row(line) for line in out[0].above):
        out.insert(0, Block(table, None, out[0].above, [], table.tells_merged))
    for block in out:
        block.columns = _columns(block)
    return out


def _labels_money(line: Line) -> bool:
    """A row in which a label of budget or spending stands before an amount: funds below the indicators, under no header of their own."""
    own = list(distinct(line))
    return any({"budget", "adjusted", "executed"} & senses(a.words.rstrip("：:")).keys() and re.match(r"[-−]?[\d,，]+(?:\.\d+)?(?:万?元)?$", b.words)
               for a, b in pairwise(own))


def _titles_money(lines: Sequence[Line], k: int) -> bool:
    """A row of words over one that labels money."""
    own = list(distinct(lines[k]))
    return len(own) > 1 and k + 1 < len(lines) and _labels_money(lines[k + 1]) and all(number(p.words) is None and not senses(p.words) for p in own)


def is_number_row(line: Line) -> bool:
    """A row that holds numbers beside words."""
    own = list(distinct(line))
    return len(own) >= _LEAST and any(number(p.words) is not None for p in own)


def distinct(line: Line) -> Iterator[Place]:
    """The cells of a row that say something, each once."""
    seen = set()
    for p in line:
        if p.key not in seen and p.words:
            seen.add(p.key)
            yield p


def _names_columns(line: Line) -> bool:
    """A row of column titles: most cells name a column, none is a number, and between them they speak of scores."""
    cells = [p for p in distinct(line) if p.words]
    if len(cells) < _LEAST or any(number(p.words) is not None for p in cells):
        return False
    named = [senses(p.words) for p in cells]
    hits = [s for s in named if s]
    if len(hits) < _LEAST or any(len(p.words) > LONGEST + 16 for p in cells):
        return False
    roles = set().union(*hits)
    if "executed" in roles and roles & {"budget", "adjusted"}:
        return True  # beside their parts, 其中：基本支出, 项目支出
    return len(hits) * 5 >= len(cells) * 3 and (bool(roles & {"weight", "claimed"}) or ("rule" in roles and "level" in roles))


def _header(lines: Sequence[Line], k: int) -> tuple[Header, int] | None:
    """The header that begins at a row, of one row or two, and the row after it."""
    top = lines[k]
    if _names_columns(top):
        below = lines[k + 1] if k + 1 < len(lines) else None
        if below is not None and _second(top, below):
            return _joined(top, below), k + 2
        return _told(top), k + 1
    if k + 1 < len(lines) and _may_lead(top) and _second(top, lines[k + 1]):
        joined = _joined(top, lines[k + 1])
        hits = [s for s in joined.senses if s]
        if len(hits) >= _LEAST and set().union(*hits) & {"weight", "claimed"}:
            return joined, k + 2
    return None


def _told(line: Line) -> Header:
    """A header of one row."""
    words = tuple(p.words for p in line)
    return Header(words, tuple(senses(w) for w in words), frozenset({words}))


def _words_over_numbers(lines: Sequence[Line]) -> int | None:
    """The row of titles of a table whose words are not known: of the first rows the one that holds short words in every place and no number, where two
    columns below it hold numbers and little else."""
    for k, line in enumerate(lines[:_TOP]):
        below = lines[k + 1:]
        if len(below) < _LEAST or any(not p.words or len(p.words) > LONGEST or number(p.words) is not None or (has_points(p.words) and not senses(p.words))
                                      for p in line) or len(list(distinct(line))) < _LEAST + 1:
            continue
        shares = []
        for j in range(len(line)):
            filled = [row[j].words for row in below if row[j].words]
            shares.append(sum(number(w) is not None for w in filled) * 5 >= len(below) * 3 and sum(number(w) is not None for w in filled) * 5 >= len(filled) * 4)
        if sum(shares) >= 2:
            return k
    return None


def _may_lead(top: Line) -> bool:
    cells = list(distinct(top))
    return len(cells) >= 2 and all(number(p.words) is None and len(p.words) <= LONGEST for p in cells) and any(senses(p.words) for p in cells)


def _second(top: Line, below: Line) -> bool:
    """The lower row of a header: every cell of its own names a column, under a wider cell or beside one that goes down."""
    above = {p.key for p in top}
    own = [p for p in distinct(below) if p.key not in above]
    if len(own) < 2 or any(number(p.words) is not None or len(p.words) > _LONGEST_BELOW or (has_points(p.words) and not senses(p.words)) for p in own):
        return False
    spans = any(a.key == b.key and a.words for a, b in pairwise(top)) or any(not p.words for p in top)
    goes_down = any(p.key in above and p.words for p in below) or any(not p.words for p in below)
    if not spans and not goes_down:
        return False
    pairs = [(t, b.words) for t, b in zip(_filled(top, below), below, strict=True) if b.key not in above and b.words]
    named = sum(bool(_below(t, b)) for t, b in pairs)
    # 年度目标 over 符号, 数值, 计量单位: what says nothing by itself is what stands above it, where its neighbours are titles
    return named == len(pairs) or (named >= _LEAST and named * 3 >= len(pairs) * 2 and all(_below(t, b) or senses(t) for t, b in pairs))


def _filled(top: Line, below: Line) -> list[str]:
    """The words of a header's upper row; a blank beside a wider cell says what that one says, where something stands under it."""
    out: list[str] = []
    for t, b in zip(top, below, strict=True):
        out.append(t.words or (out[-1] if out and b.words else ""))
    return out


def _below(top: str, below: str) -> Mapping[Role, Sense]:
    for words in (below, below + top, top + below):
        found = senses(words)
        if found:
            return found
    return {}


def _joined(top: Line, below: Line) -> Header:
    words: list[str] = []
    found: list[Mapping[Role, Sense]] = []
    for upper, t, b in zip(_filled(top, below), top, below, strict=True):
        if b.key == t.key or not b.words:
            words.append(t.words)
            found.append(senses(t.words))
        else:
            words.append(upper + b.words)
            found.append(_below(upper, b.words) or senses(upper))
    return Header(tuple(words), tuple(found), frozenset({tuple(p.words for p in top), tuple(p.words for p in below)}))


def repeats(line: Line, header: Header) -> bool:
    """A row that says again what the header says."""
    words = tuple(p.words for p in line)
    filled = [w for w in words if w]
    for row in header.rows:
        same = sum(bool(a) and a == b for a, b in zip(words, row, strict=False))
        if same >= 2 and same * 2 >= len(filled):
            return True
    return False


def _columns(block: Block) -> list[int]:
    """The columns that count: not those that only double their neighbour, nor a label that runs down beside the whole table."""
    lines = block.lines
    if not lines:
        return []
    width = len(lines[0])
    out = []
    for j in range(width):
        doubles = j > 0 and sum(line[j].key == line[j - 1].key for line in lines) * 5 >= len(lines) * 4
        if doubles and (block.header is None or block.header.words[j] == block.header.words[j - 1]):
            continue
        first = lines[0][j]
        if first.merged and first.words and first.key[0] < _first_row(block):
            continue  # 绩效指标, written once beside everything
        out.append(j)
    return out


def _first_row(block: Block) -> int:
    """The grid row in which the block's own lines begin."""
    return min((p.key[0] for p in block.lines[0] if not p.merged), default=0)
