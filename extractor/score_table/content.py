"""What the columns of a score table hold, and which of its rows can be indicators."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from extractor.report import Field
from extractor.score_table.cells import weight_in
from extractor.score_table.grid import Block
from extractor.score_table.headers import repeats
from extractor.score_table.places import Line, distinct
from patterns import expressions as re
from patterns.group_weights import read
from patterns.scores import (
    has_points,
    is_aside,
    is_blank,
    is_bodies,
    is_direction,
    is_enumerator,
    is_subtotal,
    is_total,
    is_unit,
    number,
    squash,
    told_claim,
)
from patterns.told import is_aim, is_reference, is_value, tells

_BRACKET = re.compile(r"[（(][^（）()]*[）)]$")
_OPENED = re.compile(r"[（(\[【〔<＜][^（(\[【〔<＜]*$")  # the bracket before a printed weight
_CLOSED = re.compile(r"^\s*分?(?:值|制)?\s*[）)\]】〕>＞]?")  # and what closes it
_SERIAL = 4  # characters of a serial number before a heading
_FEW = 4  # cells of a row beside the indicators


@dataclass(frozen=True, slots=True)
class Content:
    """What a column holds: shares of its filled cells, merged cells counted once."""

    first: bool  # whether the first row says something
    filled: float  # of the rows, merged ones counted as often as they reach
    cells: int
    numbers: float
    negative: float
    percent: float  # numbers with a percent sign, which make up no hundred between them
    points: float
    gives: float  # give or take points besides the weight that they print
    length: float
    bodies: float
    counted: float
    signs: float
    short: float
    own_weights: float
    units: float
    spread: float  # of the rows' cells that say something, those that are not a merged cell going on
    runs: int  # cells that differ from the one above
    tells: float  # tell what was done
    codes: float  # point at material
    aims: float  # say what is asked for
    values_told: float  # are values with their units
    apart: float  # of the rows, those that differ from all above
    groups: bool  # whether its cells stand over several rows each: merged, blank below, or said again
    values: tuple[Decimal | None, ...]  # one a row


def sums(block: Block) -> list[Line]:
    """The rows of totals and subtotals."""
    return [line for line in block.lines if is_sum(line)]


def is_sum(line: Line) -> bool:
    """A row of a total or a subtotal: its first words say so."""
    own = [p.words for p in distinct(line)]
    if any(is_total(w) or is_subtotal(w) for w in own[:3]):
        return True
    return bool(own) and _BRACKET.sub("", own[0]).endswith(("合计", "小计")) and len(own) > 1 and all(number(w) is not None or is_blank(w) for w in own[1:])


def is_beside(line: Line) -> bool:
    """A row that says something of the whole and is no indicator: its label says so, and no cell gives points."""
    own = list(distinct(line))
    return is_aside(own[0].words) and len(own) <= _FEW and not any(has_points(p.words) for p in own[1:])


def is_band(line: Line) -> bool:
    """A row that holds one text only, a serial number before it not counted: the heading of the rows below it, or a note."""
    own = list(distinct(line))
    if len(own) == 2 and is_enumerator(own[0].words) and len(own[0].words) <= _SERIAL and not any(map(is_enumerator, (own[1].words,))):
        own = own[1:]
    return len(own) == 1 and number(own[0].words) is None and not is_blank(own[0].words)


def body(block: Block) -> list[Line]:
    """The rows that can be indicators."""
    return [line for line in block.lines
            if any(p.words for p in line) and not is_sum(line) and not is_beside(line) and not is_band(line)
            and not (block.header is not None and repeats(line, block.header))]


def content_of(rows: Sequence[Line], j: int, bare: bool, told: bool = False) -> Content:
    """What a column holds. bare: a number alone in brackets at the end of a name is its weight; told: scores are told in words (已登记，得5分)."""
    read = told_claim if told else number
    cells, seen = [], set()
    for line in rows:
        p = line[j]
        if p.words and p.key not in seen and not is_blank(p.words):
            seen.add(p.key)
            cells.append(p)
    words = [p.words for p in cells]
    n = len(words) or 1
    values = tuple(read(line[j].words) for line in rows)
    real = [v for v in map(read, words) if v is not None]
    return Content(
        first=bool(rows[0][j].words) and not is_blank(rows[0][j].words),
        filled=sum(bool(line[j].words) and not is_blank(line[j].words) for line in rows) / len(rows), cells=len(words),
        numbers=len(real) / n, percent=sum(w.endswith("%") for w in words) / n if sum(real, Decimal(0)) != 100 else 0.0, negative=sum(v < 0 for v in real) / n,
        points=sum(map(has_points, words)) / n, gives=sum(_gives(p.field, bare) for p in cells) / n, length=sum(map(len, words)) / n, bodies=sum(map(is_bodies, words)) / n,
        counted=_counted(words), signs=sum(map(is_direction, words)) / n, short=sum(len(w) <= 4 for w in words) / n,
        own_weights=sum(weight_in(p.field, bare) is not None for p in cells) / n, units=sum(map(is_unit, words)) / n,
        spread=len(cells) / (sum(bool(line[j].words) and not is_blank(line[j].words) for line in rows) or 1),
        runs=sum(a != b for a, b in zip(["", *words], words, strict=False)),
        tells=sum(map(tells, words)) / n, codes=sum(map(is_reference, words)) / n, aims=sum(map(is_aim, words)) / n,
        values_told=sum(is_value(w) and (number(w) is None or w.endswith("%")) for w in words) / n, apart=len(set(words)) / len(rows),
        groups=_groups(rows, j), values=values)


def _gives(cell: Field, bare: bool) -> bool:
    """Whether a cell gives or takes points, not counting the weight that it prints."""
    if read(cell.text).shares and not re.search("[得扣]", cell.text):
        return False  # （每个观测点5分，共25分）
    found = weight_in(cell, bare)
    if found is None:
        return has_points(squash(cell.text))
    start, end = found[1].start - cell.start, found[1].end - cell.start
    return has_points(squash(_OPENED.sub("", cell.text[:start]) + _CLOSED.sub("", cell.text[end:])))


def _groups(rows: Sequence[Line], j: int) -> bool:
    """Whether the cells of a column stand over several rows each, the first row's among them, and none comes back later."""
    runs: list[str] = []
    for line in rows:
        words = line[j].words
        if words and (not runs or runs[-1] != words):
            runs.append(words)
    return bool(rows[0][j].words) and 1 < len(runs) == len(set(runs)) and len(runs) * 4 <= len(rows) * 3


def _counted(words: Sequence[str]) -> float:
    """How far the cells are serial numbers: numbers that go up by one, or enumerators."""
    if not words:
        return 0.0
    values = [int(w) for w in words if w.isascii() and w.isdecimal() and len(w) <= 4]
    if len(values) == len(words):
        steps = [b - a for a, b in zip(values, values[1:], strict=False)]
        good = sum(0 < s <= 3 or b == 1 for s, b in zip(steps, values[1:], strict=False))
        rising = all(s > 0 or b == 1 for s, b in zip(steps, values[1:], strict=False)) and sum(s == 1 for s in steps) * 2 >= len(steps)
        return 1.0 if values[0] <= 2 and len(values) >= 3 and good == len(steps) else 0.9 if len(steps) >= 3 and rising else 0.0
    if all(number(w) is not None for w in words) and len(set(words)) * 5 < len(words) * 4 and not any(w[-1:] in ".．" for w in words):
        return 0.0  # scores
    return 0.8 * sum(map(is_enumerator, words)) / len(words)
