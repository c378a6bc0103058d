"""The words around a figure: its paragraph, its brackets, what leads to it and what follows it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from extractor.report import Figure, Report

OPENING, CLOSING = "（(〔[【", "）)〕]】"
STOP = "，；。：！？,;:!?\n"
BRACKETED = re.compile(r"[（(][^（）()\n]*[）)]")


class Placed(Protocol):
    """Anything that stands somewhere in the document's text."""

    @property
    def start(self) -> int:
        """Its first character."""

    @property
    def end(self) -> int:
        """The place after its last character."""


def without_brackets(text: str) -> str:
    """The text without what stands in round brackets (two levels deep)."""
    return BRACKETED.sub("", BRACKETED.sub("", text))


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of the narrative with its figures in reading order. start/end index the document's text."""

    report: Report
    start: int
    end: int
    figures: tuple[Figure, ...]

    @property
    def text(self) -> str:
        """The paragraph's words."""
        return self.report.text[self.start:self.end]

    @cached_property
    def brackets(self) -> tuple[tuple[int, int], ...]:
        """The round brackets that are closed within the paragraph: (place of the opening, place after the closing)."""
        out: list[tuple[int, int]] = []
        open_at: list[int] = []
        for k in range(self.start, self.end):
            c = self.report.text[k]
            if c in "（(":
                open_at.append(k)
            elif c in "）)" and open_at:
                out.append((open_at.pop(), k + 1))
        return tuple(sorted(out))

    def bracket(self, figure: Placed) -> tuple[int, int] | None:
        """The innermost bracket around a figure."""
        inside = [b for b in self.brackets if b[0] < figure.start and figure.end < b[1]]
        return inside[-1] if inside else None

    def gap(self, a: int, b: int) -> str:
        """The words between two places, without the brackets that open and close between them."""
        return without_brackets(self.report.text[a:b])

    def lead(self, figure: Placed) -> str:
        """The words that lead to a figure: back to the last stop, figure or opening bracket; enumeration marks stay inside."""
        at = self.start
        for f in self.figures:
            if f.end <= figure.start:
                at = max(at, f.end)
        text = self.report.text[at:figure.start]
        text = without_brackets(text)
        cut = max((text.rfind(c) for c in STOP + "（("), default=-1)
        text = text[cut + 1:]
        if ")" in text or "）" in text:
            text = text[max(text.rfind(")"), text.rfind("）")) + 1:]
        return text.strip()

    def tail(self, figure: Placed) -> str:
        """The words that follow a figure: up to the next stop, enumeration comma, figure or closing bracket."""
        stop = min((f.start for f in self.figures if f.start >= figure.end), default=self.end)
        text = without_brackets(self.report.text[figure.end:max(stop, figure.end)])
        m = re.match(r"[^，；。：！？,;:!?\n、（）()]*", text)
        return m[0].strip() if m else ""

    def sentence(self, figure: Placed) -> tuple[int, int]:
        """The stretch between full stops that holds a figure."""
        text, at = self.report.text, figure.start
        start = max(text.rfind(c, self.start, at) for c in "。！？")
        ends = [k for k in (text.find(c, at, self.end) for c in "。！？") if k >= 0]
        return (start + 1 if start >= 0 else self.start), (min(ends) + 1 if ends else self.end)


def narrative(report: Report) -> Iterator[tuple[int, int]]:
    """The lines of the report outside its score table, as (start, end)."""
    table = report.table
    for m in re.finditer(r"[^\n]+", report.text):
        if table.rows and table.start <= m.start() < max(table.end, table.start + 1):
            continue
        yield m.span()


def paragraphs(report: Report, bare: bool = False) -> tuple[Paragraph, ...]:
    """The paragraphs of the narrative that hold figures; with bare, those without figures too."""
    starts = [f.start for f in report.figures]
    out = []
    for start, end in narrative(report):
        first, last = bisect_right(starts, start - 1), bisect_right(starts, end - 1)
        if bare or first < last:
            out.append(Paragraph(report, start, end, report.figures[first:last]))
    return tuple(out)
