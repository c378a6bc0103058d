"""What every reader makes on the way to a Document: runs of text with places, paragraphs and tables, and their assembly."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Literal, NamedTuple
from unicodedata import east_asian_width

from extractor.document import Block, Cell, Document, Places, Problem, Table


class Place(NamedTuple):
    """Where a character is printed: page from 1, box in points from the page's top left, confidence in percent."""

    page: int
    x0: float
    top: float
    x1: float
    bottom: float
    sure: int = 100


NOWHERE = Place(0, 0.0, 0.0, 0.0, 0.0)


@dataclass(slots=True)
class Run:
    """Text with a place per character; places is None where the format has none."""

    text: str = ""
    places: list[Place] | None = None

    def __add__(self, other: Run) -> Run:
        if self.places is None and other.places is None:
            return Run(self.text + other.text)
        return Run(self.text + other.text, self.all_places() + other.all_places())

    def __getitem__(self, part: slice) -> Run:
        return Run(self.text[part], None if self.places is None else self.places[part])

    def all_places(self) -> list[Place]:
        """A place for every character, NOWHERE where none is known."""
        return [NOWHERE] * len(self.text) if self.places is None else self.places

    def strip(self) -> Run:
        """Without white space at both ends."""
        lead = len(self.text) - len(self.text.lstrip())
        return self[lead:max(lead, len(self.text.rstrip()))]

    def without(self, unwanted: Iterable[int]) -> Run:
        """Without the characters at the given positions."""
        gone = set(unwanted)
        if not gone:
            return self
        keep = [k for k in range(len(self.text)) if k not in gone]
        return Run("".join(self.text[k] for k in keep), None if self.places is None else [self.places[k] for k in keep])


@dataclass(slots=True)
class Paragraph:
    """A paragraph, heading or footnote. breaks: what follows may be the rest of it (a page ended here)."""

    run: Run
    level: int = 0
    kind: Literal["paragraph", "heading", "note"] = "paragraph"
    breaks: bool = False


@dataclass(slots=True)
class RawCell:
    """A grid place. A place covered by a merged cell has merged True and the place that holds the text as origin."""

    run: Run = field(default_factory=Run)
    merged: bool = False
    origin: tuple[int, int] | None = None


@dataclass(slots=True)
class RawTable:
    """A table as a grid; rows may differ in length until assembled."""

    rows: list[list[RawCell]]
    tells_merged: bool = True


Part = Paragraph | RawTable


def assemble(path: str, kind: str, parts: Sequence[Part], *, pages: int | None = None, problems: Sequence[Problem] = (),
             page_sizes: Sequence[tuple[float, float]] = (), title: str | None = None) -> Document:
    """The Document of a reader's parts, in their order."""
    maker = _Maker()
    for part in parts:
        if isinstance(part, RawTable):
            maker.table(part)
        else:
            maker.paragraph(part)
    return maker.document(path, kind, pages, tuple(problems), tuple(page_sizes), title)


class _Maker:
    def __init__(self) -> None:
        self.chunks: list[str] = []
        self.size = 0
        self.places: list[Place] = []  # one for each character; as long as there are none, their number is owed
        self.placed = False
        self.blocks: list[Block] = []
        self.tables: list[Table] = []

    def put(self, run: Run) -> tuple[int, int]:
        start = self.size
        self.chunks.append(run.text)
        self.size += len(run.text)
        if run.places is not None and not self.placed:
            self.placed = True
            self.places = [NOWHERE] * start
        if self.placed:
            self.places += [NOWHERE] * len(run.text) if run.places is None else run.places
        return start, self.size

    def paragraph(self, part: Paragraph) -> None:
        run = part.run.strip()
        if not run.text:
            return
        start, end = self.put(run)
        self.blocks.append(Block(part.kind if not part.level else "heading", start, end, part.level))
        self.put(Run("\n"))

    def table(self, part: RawTable) -> None:
        width = max((len(r) for r in part.rows), default=0)
        if not width:
            return
        first = self.size
        rows: list[tuple[Cell, ...]] = []
        for raw in part.rows:
            cells: list[Cell] = []
            at = self.size
            for k in range(width):
                if k:
                    self.put(Run("\t"))
                cell = raw[k] if k < len(raw) else RawCell()
                run = Run() if cell.merged else one_line(cell.run).strip()
                start, end = self.put(run)
                cells.append(Cell(run.text, start, end, cell.merged, cell.origin))
            rows.append(tuple(cells))
            self.blocks.append(Block("row", at, self.size, 0, len(self.tables)))
            self.put(Run("\n"))
        self.tables.append(Table(tuple(rows), first, self.size - 1, part.tells_merged))

    def document(self, path: str, kind: str, pages: int | None, problems: tuple[Problem, ...],
                 page_sizes: tuple[tuple[float, float], ...], title: str | None) -> Document:
        places = _places_of(self.places) if self.placed else None
        return Document(path, kind, pages, "".join(self.chunks), tuple(self.blocks), tuple(self.tables), problems, places, page_sizes, title)


_MANY = 10_000


def _places_of(places: Sequence[Place]) -> Places:
    """The places of a text's characters as numbers side by side."""
    pages, boxes, sure = array("i"), array("f"), bytearray()
    for at in range(0, len(places), _MANY):
        page, x0, top, x1, bottom, certain = zip(*places[at:at + _MANY], strict=True)
        pages.extend(page)
        sure.extend(certain)
        part = array("f", bytes(4 * array("f").itemsize * len(page)))
        part[0::4], part[1::4], part[2::4], part[3::4] = array("f", x0), array("f", top), array("f", x1), array("f", bottom)
        boxes.extend(part)
    return Places(pages, boxes, bytes(sure) if min(sure, default=100) < 100 else b"")


def one_line(run: Run) -> Run:
    """A cell's text on one line: line breaks and tabs become a space between words and between numbers, nothing elsewhere."""
    if not any(c in run.text for c in "\n\r\t\v\f"):
        return run
    text, gone, out = run.text, [], list(run.text)
    for k, c in enumerate(text):
        if c in "\n\r\t\v\f":
            before, after = text[:k].rstrip()[-1:], text[k + 1:].lstrip()[:1]
            if (k and out[k - 1] == " ") or not before or not after or not _apart_in_cell(before, after):
                gone.append(k)
            else:
                out[k] = " "
    return Run("".join(out), run.places).without(gone)


def keeps_apart(before: str, after: str) -> bool:
    """Whether a line break between two characters stands for a space: both are letters of words that are set apart."""
    return before.isascii() and after.isascii() and before.isalpha() and after.isalpha()


def _apart_in_cell(before: str, after: str) -> bool:
    """The same of two paragraphs of a cell: 4 and 1 below one another are not 41."""
    return keeps_apart(before, after) or (before.isdigit() and after.isdigit())


@cache
def _places(char: str) -> int:
    return 2 if east_asian_width(char) in "WFA" else 1


def median(values: Iterable[float]) -> float:
    """As statistics.median, which takes as long to import as a page to read, and several times as long to work out."""
    order = sorted(values)
    half = len(order) // 2
    return order[half] if len(order) % 2 else (order[half - 1] + order[half]) / 2


def half_widths(text: str) -> int:
    """How many half-width places a text takes: a Chinese character is two."""
    return sum(map(_places, text))


def is_han(c: str) -> bool:
    """A Chinese character."""
    return "\u3400" <= c <= "\u9fff" or "\uf900" <= c <= "\ufaff" or c > "\U0001ffff"


def has_han(text: str) -> bool:
    """Whether a text holds a Chinese character."""
    return any(map(is_han, text))
