"""The other tables of a document (budgets, accounts, statistics) as entries: what a row is called, what a column is called, how much it says.

Tables are those of the format, and rows of a table that a text holds as lines (流动负债 7,641.90 94.13% 12,878.22 96.16%). Nothing is judged.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from extractor.document import Table
from extractor.report import Figure, Report
from patterns import expressions as re
from patterns.units import find

_NUMBER = re.compile(r"[-－−]?\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?|[-－−]?\d+(?:\.\d+)?")
_CELL = re.compile(rf"\s*(?P<number>{_NUMBER.pattern})\s*(?P<percent>[%％])?\s*")
_UNIT = re.compile(r"(?:单位|金额单位)\s*[：:]\s*(?:人民币)?\s*([\u4e00-\u9fffA-Za-z]{1,6})")
_HAS_WORD = re.compile(r"[\u4e00-\u9fff]{2}")
_ENUMERATOR = re.compile(r"^(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[.、．]|其中[：:]?|[加减][：:])+")
_LEVEL = re.compile(r"[（(](?:[类款项目]|科目)[）)]|[“”\"《》：:\s]")
_SAYS = re.compile(r"(?:共计?|合?计|为|是|约|达|：|:|\s)+$")
_TITLE_WORDS = re.compile(r"(?:19|20)\d\d年度?|部门|单位|决算|预算|执行|情况|公开|总表|明细表|表|\d+|[：:\s]")
_TOTALS = ("总计", "合计")
_FLAT = re.compile(r"(?P<label>[\u4e00-\u9fff（）()、/]{2,24})(?P<numbers>(?:[ \u3000\t]+(?:[-－−]?[\d,]+(?:\.\d+)?[%％]?|[-–—](?=\s|$))){3,})")
_FLAT_CELL = re.compile(r"[-－−]?[\d,]*\d(?:\.\d+)?[%％]?|[-–—]")
_LONGEST_LABEL = 30
_REACH = 120  # characters before a figure in which its item is named
_GAP = 40  # characters between two rows of one flat table


@dataclass(frozen=True, slots=True)
class Entry:
    """A number of a table: text == report.text[start:end]. amount: in the table's unit; base: in base units; places: decimals printed."""

    amount: Decimal
    base: Decimal
    places: int
    percent: bool
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Line:
    """A row: its label and its numbers by the column that they stand in."""

    label: str
    entries: tuple[tuple[int, Entry], ...]


@dataclass(frozen=True)
class Sheet:
    """A table: its title, the base unit of its amounts ("" where none is told), its rows. heads: what stands over each column."""

    title: str
    unit: str
    lines: tuple[Line, ...]
    heads: tuple[tuple[int, str], ...] = ()


def sheets(report: Report) -> tuple[Sheet, ...]:
    """The tables that are no score tables, in the order of the document."""
    other = set(report.table.other) if report.table.rows else None
    found = [sheet for t in report.document.tables if (other is None or (t.start, t.end) in other) and (sheet := _grid(report, t)).lines]
    return (*found, *_flat(report))


def _grid(report: Report, table: Table) -> Sheet:
    title, unit, factor = _above(report, table)
    lines: list[Line] = []
    heads: dict[int, str] = {}
    begun = False
    for row in table.rows:
        cells = [(k, c) for k, c in enumerate(row) if c.text.strip() and not c.merged]
        numbers = [k for k, c in cells if _CELL.fullmatch(c.text)]
        words = [k for k, c in cells if _HAS_WORD.search(c.text)]
        if not words or not [k for k in numbers if k > words[0]]:
            if not begun:
                for k, c in cells:
                    heads[k] = heads.get(k, "") + "".join(c.text.split())
            continue
        begun = True
        label = ""
        own: list[tuple[int, Entry]] = []
        for k, c in cells:
            if k in words:
                if own:
                    lines.append(Line(label, tuple(own)))
                label, own = name(c.text), []
            elif k in numbers and label:
                own.append((k, _entry(c.text, c.start, factor)))
        if own:
            lines.append(Line(label, tuple(own)))
    return Sheet(title, unit, tuple(lines), tuple(heads.items()))


def _above(report: Report, table: Table) -> tuple[str, str, Decimal]:
    """Title, base unit and what one unit is worth, from the lines above a table and its first row."""
    k = report.document.block_at(table.start)
    before = [report.text[b.start:b.end] for b in report.document.blocks[max(0, (k or 0) - 3):k or 0] if b.kind != "row"]
    first = " ".join(c.text for c in table.rows[0])
    unit, factor = "", Decimal(1)
    title = ""
    for words in (first, *reversed(before)):
        m = _UNIT.search(words)
        if m and not unit and (known := find(m[1], 0)):
            unit, factor = known.base or m[1], known.factor
        rest = _UNIT.sub("", words).strip()
        if words is not first and rest and not title and len(rest) <= 40:
            title = _TITLE_WORDS.sub("", rest)
    return title, unit, factor


def name(label: str) -> str:
    """A row's or an item's name without enumerator, level words and white space."""
    return _LEVEL.sub("", _ENUMERATOR.sub("", "".join(label.split())))


def _entry(text: str, start: int, factor: Decimal) -> Entry:
    m = _CELL.fullmatch(text)
    assert m is not None
    number = m["number"].replace(",", "").replace("，", "").replace("－", "-").replace("−", "-")
    amount, places = Decimal(number), len(number.partition(".")[2])
    begin = start + m.start("number")
    end = start + (m.end("percent") if m["percent"] else m.end("number"))
    return Entry(amount, amount if m["percent"] else amount * factor, places, m["percent"] is not None, text[begin - start:end - start], begin, end)


def _flat(report: Report) -> Iterator[Sheet]:
    """Tables whose rows are lines of text: runs of rows of as many numbers each."""
    rows: list[tuple[int, int, Line]] = []
    inside = [(t.start, t.end) for t in report.document.tables]
    for m in _FLAT.finditer(report.text):
        if any(a <= m.start() < b for a, b in inside):
            continue
        entries = []
        for k, c in enumerate(_FLAT_CELL.finditer(m["numbers"])):
            if _CELL.fullmatch(c[0]):
                entries.append((k, _entry(c[0], m.start("numbers") + c.start(), Decimal(1))))
        line = Line(name(m["label"]), tuple(entries))
        if rows and (m.start() - rows[-1][1] > _GAP or (len(rows[-1][2].entries) != len(entries) and len(entries) < 3)):
            yield from _sheet(rows)
            rows = []
        rows.append((m.start(), m.end(), line))
    yield from _sheet(rows)


def _sheet(rows: Sequence[tuple[int, int, Line]]) -> Iterator[Sheet]:
    if len(rows) > 1:
        yield Sheet("", "", tuple(r[2] for r in rows))


@dataclass(frozen=True, slots=True)
class Item:
    """A figure of the narrative and all entries of the rows that are called as it is. total: the total row of a table of that title."""

    figure: Figure
    label: str
    rows: tuple[Entry, ...]
    total: bool = False


def items(report: Report, found: Sequence[Sheet]) -> Iterator[Item]:
    """The figures of the narrative that stand directly behind the name of a row, or behind the title of a table and 总计."""
    rows: dict[tuple[str, str], list[Entry]] = {}
    for sheet in found:
        if not sheet.unit:
            continue
        for line in sheet.lines:
            amounts = [e for _, e in line.entries if not e.percent]
            label = sheet.title + line.label if line.label in _TOTALS else line.label
            rows.setdefault((sheet.unit, label), []).extend(amounts)
    tables = [(t.start, t.end) for t in report.document.tables]
    for f in report.figures:
        if f.base is None or f.role not in ("actual", "target") or f.high is not None or any(a <= f.start < b for a, b in tables):
            continue
        floor = max(0, f.start - _REACH)
        text = report.text[max(report.text.rfind("\n\n", max(0, floor - 2), f.start) + 1, floor):f.start]
        said = _LEVEL.sub("", _SAYS.sub("", text) if not text.rstrip("：: ").endswith(_TOTALS) else text)
        for length in range(min(len(said), _LONGEST_LABEL), 3, -1):
            key = (f.base_unit, said[-length:])
            if key in rows:
                yield Item(f, key[1], tuple(rows[key]), key[1].endswith(_TOTALS))
                break
