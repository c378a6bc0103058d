"""Document: a file's text, with an address for every character, whatever the format was."""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

BBox = tuple[float, float, float, float]  # x0, top, x1, bottom in points from the page's top left


class Address(NamedTuple):
    """Where a stretch of text stands. page counts from 1; page and bbox are None for formats without pages."""

    page: int | None
    bbox: BBox | None
    block: int | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a heading, a table row or a footnote: text[start:end] of the document.

    level: the heading level that the format itself declares (h1.., Heading 1..), 0 for none.
    table: index into Document.tables for kind "row".
    """

    kind: Literal["paragraph", "heading", "row", "note"]
    start: int
    end: int
    level: int = 0
    table: int | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: text == document.text[start:end]. A value joined over pages is one cell.

    merged: this grid place is covered by a merged cell whose text stands in `origin` (row, column); its own text is "".
    An empty text with merged False is a blank cell, or, where the format cannot tell (plain text), maybe a merged one.
    """

    text: str
    start: int
    end: int
    merged: bool = False
    origin: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table as a grid: every row has the same number of cells."""

    rows: tuple[tuple[Cell, ...], ...]
    start: int
    end: int
    tells_merged: bool = True  # False where the format cannot tell a blank cell from a merged one


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that could not be read, so that a result says what is missing."""

    what: str
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Places:
    """Page and box of every character: pages[i] and boxes[4*i:4*i+4]; page 0 for characters without a place.

    sure[i] is the reader's confidence in percent (100 for born-digital text), empty where all are sure.
    """

    pages: array[int]
    boxes: array[float]
    sure: bytes = b""


# what of a result is quoted from the document
_QUOTED = frozenset(("title", "text", "quote", "quotes", "sentence", "section", "subject", "name", "rule", "lead", "domain", "subdomain", "basis", "target", "actual",
                     "reason", "checked", "evidence", "listed", "project"))
# what speaks of it and quotes from it
_TOLD = frozenset(("message", "reason", "explanation", "proof"))


@dataclass(frozen=True, slots=True)
class Document:
    """What a reader makes of a file.

    text: the whole text, page furniture and soft line breaks removed, original characters kept. Paragraphs are separated by
    a newline; a table stands where it stood, a line per row, cells separated by a tab. A document set in traditional characters is in
    simplified ones, and printed holds the same text in those that are printed ("" in all others).
    blocks cover the text in order. page_sizes: (width, height) in points per page, for formats with pages.
    """

    path: str
    format: str
    pages: int | None
    text: str
    blocks: tuple[Block, ...] = ()
    tables: tuple[Table, ...] = ()
    problems: tuple[Problem, ...] = ()
    places: Places | None = None
    page_sizes: tuple[tuple[float, float], ...] = ()
    title: str | None = None
    printed: str = ""

    def as_printed(self, value: Any, key: str = "") -> Any:
        """What a result says (JSON) in the characters that are printed; only a document set in traditional ones is told in others.
        Numbers, units and names of places stay as they are. key: what the value is, as in the JSON."""
        if not self.printed:
            return value
        if isinstance(value, dict):
            start, end = value.get("start"), value.get("end")
            own = {"text": self.printed[start:end]} if isinstance(start, int) and isinstance(end, int) and "text" in value else {}
            return {k: self.as_printed(v, k) for k, v in value.items()} | own
        if isinstance(value, list):
            return [self.as_printed(v, key) for v in value]
        if isinstance(value, str) and value and key in _QUOTED and (at := self.text.find(value)) >= 0:
            return self.printed[at:at + len(value)]
        return self._quoting(value) if isinstance(value, str) and key in _TOLD else value

    def _quoting(self, words: str) -> str:
        """A sentence about the document with what it quotes (“…”) as printed."""
        out = []
        for k, part in enumerate(words.split("“")):
            quote, mark, rest = part.partition("”")
            at = self.text.find(quote) if k and mark and quote else -1
            out.append((self.printed[at:at + len(quote)] if at >= 0 else quote) + mark + rest)
        return "“".join(out)

    def block_at(self, position: int) -> int | None:
        """The index of the block that holds a character, None between blocks."""
        from bisect import bisect_right

        k = bisect_right([b.start for b in self.blocks], position) - 1
        return k if k >= 0 and position < max(self.blocks[k].end, self.blocks[k].start + 1) else None

    def page(self, position: int) -> int | None:
        """The page of a character, counted from 1; None for formats without pages."""
        if self.places is None or not 0 <= position < len(self.places.pages):
            return None
        return self.places.pages[position] or None

    def pieces(self, start: int, end: int) -> tuple[Address, ...]:
        """The addresses of text[start:end]: one per line of print, so one per page at least."""
        if self.places is None:
            return (Address(None, None, self.block_at(start), start, end),)
        out: list[Address] = []
        pages, boxes = self.places.pages, self.places.boxes
        at = start
        run: list[float] | None = None
        page = first = 0

        def close(stop: int) -> None:
            if run is not None:
                out.append(Address(page, (run[0], run[1], run[2], run[3]), self.block_at(first), first, stop))

        for at in range(start, end):
            p = pages[at]
            if not p:
                continue
            x0, top, x1, bottom = boxes[4 * at:4 * at + 4]
            same_line = run is not None and p == page and min(bottom, run[3]) - max(top, run[1]) > 0 and x0 >= run[0]
            if not same_line:
                close(at)
                run, page, first = [x0, top, x1, bottom], p, at
            else:
                assert run is not None
                run = [min(run[0], x0), min(run[1], top), max(run[2], x1), max(run[3], bottom)]
        close(end)
        return tuple(out) or (Address(None, None, self.block_at(start), start, end),)

    def bbox(self, start: int, end: int) -> BBox | None:
        """The box around text[start:end] on its first page, or None."""
        boxes = [(a.page, a.bbox) for a in self.pieces(start, end) if a.bbox]
        first = [b for p, b in boxes if p == boxes[0][0]] if boxes else []
        if not first:
            return None
        return (min(b[0] for b in first), min(b[1] for b in first), max(b[2] for b in first), max(b[3] for b in first))

    def confidence(self, start: int, end: int) -> int:
        """The least confidence in percent over text[start:end]; 100 for text that was not recognised from an image."""
        if self.places is None or not self.places.sure:
            return 100
        return min(self.places.sure[start:end], default=100)
