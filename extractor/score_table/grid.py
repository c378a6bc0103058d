"""A table as a grid whose merged places hold what the merged cell says; its headers, and the stretches of rows under each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from extractor.document import Table
from extractor.score_table.headers import LEAST, Header, folded, header_at, names_columns, unfolded, words_over_numbers
from extractor.score_table.paired import split_pairs
from extractor.score_table.places import Line, Place, distinct, lines_of
from patterns import expressions as re
from patterns.columns import Role, senses
from patterns.scores import number

_MONEY = re.compile(r"[-−]?[\d,，]+(?:\.\d+)?(?:万?元)?")
_TOLD = re.compile(r"(?<=[\u4e00-\u9fff）)])[：:][\d,，.]+(?:万?元)?$")


@dataclass(slots=True)
class Block:
    """Rows under one header, or without any. columns: the grid's columns that count, labels beside the table and doubles left out."""

    table: Table
    header: Header | None
    lines: list[Line]
    columns: list[int]
    tells_merged: bool
    above: list[Line] = field(default_factory=list)  # what stands in the table over the header
    money: bool = False  # whether it begins with labels of money: whatever it tells, its rows are no indicators

    @property
    def start(self) -> int:
        """Where its table begins in the document's text."""
        return self.table.start

    @property
    def end(self) -> int:
        """Where its table ends."""
        return self.table.end


def blocks(table: Table) -> list[Block]:
    """The stretches of a table's rows: each header with what stands under it, and what stands over the first header (header None)."""
    return _with_columns(_blocks(table, lines_of(table)))


def _with_columns(found: list[Block]) -> list[Block]:
    for block in found:
        if block.header is not None:
            block.header, block.lines = split_pairs(*folded(*unfolded(block.header, block.lines)))
        block.columns = _columns(block)
    return found


def _turned(lines: Sequence[Line]) -> list[Line] | None:
    """A table that stands on its side (指标 in columns, 分值 and 自评得分 in rows), set upright; None where the first column names no columns."""
    if len(lines) < LEAST or len(lines[0]) < LEAST:
        return None
    upright = [tuple(Place(line[j].field, line[j].words, (line[j].key[1], line[j].key[0]), line[j].merged) for line in lines) for j in range(len(lines[0]))]
    roles = {role for p in upright[0] for role in senses(p.words)}
    return upright if {"weight", "claimed"} <= roles and "level" in roles and names_columns(upright[0]) else None


def _blocks(table: Table, lines: list[Line]) -> list[Block]:
    out: list[Block] = []
    current: Block | None = None
    above: list[Line] = []
    k = 0
    while k < len(lines):
        found = header_at(lines, k)
        if found is None:
            if current is None:
                above.append(lines[k])
            else:
                if current.header is not None and _begins_money(lines, k):
                    current = Block(table, None, [], [], table.tells_merged, money=True)
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
        turned = _turned(lines)
        if turned is not None:
            return _blocks(table, turned)
        titles = words_over_numbers(lines)
        if titles is None:
            out.append(Block(table, None, lines, [], table.tells_merged))
        else:
            header, top, after = titles
            out.append(Block(table, header, lines[after:], [], table.tells_merged, lines[:top]))
    elif out[0].above and any(is_number_row(line) for line in out[0].above):
        out.insert(0, Block(table, None, out[0].above, [], table.tells_merged))
    return out


def _begins_money(lines: Sequence[Line], k: int) -> bool:
    """Whether funds begin at a row, below the indicators and under no header of their own: it labels budget or spending, or is the row of words over
    one that does; and within a few rows two kinds of money are labelled."""
    own = list(distinct(lines[k]))
    titles = len(own) > 1 and all(number(p.words) is None and not senses(p.words) for p in own)
    first = k + 1 if titles else k
    if first >= len(lines) or not _labels_of_money(lines[first]):
        return False
    return len(set().union(*(_labels_of_money(line) for line in lines[first:first + LEAST]))) >= 2


def _labels_of_money(line: Line) -> set[Role]:
    """The kinds of money whose labels stand before an amount in a row, in a cell of their own or in the amount's (年初预算数：186.00)."""
    out: set[Role] = set()
    own = list(distinct(line))
    for a, b in zip(own, [*own[1:], None], strict=False):
        told = _TOLD.search(a.words)
        words = _TOLD.sub("", a.words).rstrip("：:")
        if told is None and (b is None or _MONEY.fullmatch(b.words) is None):
            continue
        if not any(c.isdigit() for c in words):
            out |= {role for role in senses(words) if role in ("budget", "adjusted", "executed")}
    return out


def is_number_row(line: Line) -> bool:
    """A row that holds numbers beside words."""
    own = list(distinct(line))
    return len(own) >= LEAST and any(number(p.words) is not None for p in own)


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
