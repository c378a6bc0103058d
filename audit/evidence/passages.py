"""The narrative as passages: a paragraph or one of its 一是-items, with its headings, its sentences and their pieces."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from audit.evidence.words import plain
from extractor.report import Figure, Report, Section
from patterns.outline import items

STOPS = re.compile("[，；;。！？!?：]|(?<![0-9]),(?![0-9])")
OUTLOOK = re.compile("下一步|下步|打算|努力方向|工作计划|工作安排$|不足|存在(?:的|主要)?问题|困难|建议|展望|思路")
SIGNATURE = re.compile("特此报告|抄送|签发人|附件\\d*[:：]|附表\\d*[:：]")
COLOPHON = re.compile("^[^。；]{0,40}(?:公开发布|印发)[)）]?$")  # the whole block: （此件公开发布）, 县府办 2024年1月5日印发


@dataclass(frozen=True, slots=True)
class Piece:
    """What stands between two commas: report.text[start:end], its plain text and its figures."""

    start: int
    end: int
    text: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True)
class Line:
    """A sentence with its pieces. heading: it is a heading (run-in or of its own), so no evidence by itself."""

    start: int
    end: int
    text: str
    pieces: tuple[Piece, ...]
    heading: bool = False

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """The figures of all pieces, in order."""
        return tuple(f for p in self.pieces for f in p.figures)


@dataclass(frozen=True)
class Passage:
    """A paragraph or an item. title: the innermost headings' words; path: those of the outer ones. lines without headings.

    outlook: it speaks of next steps or of shortcomings. preamble: it stands before the first heading.
    """

    index: int
    start: int
    end: int
    title: str
    path: str
    lines: tuple[Line, ...]
    outlook: bool = False
    preamble: bool = False
    listed: bool = False

    @cached_property
    def text(self) -> str:
        """The plain text of the body."""
        return "".join(line.text for line in self.lines)

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """All figures of the body, in order."""
        return tuple(f for line in self.lines for f in line.figures)


def read(report: Report) -> tuple[Passage, ...]:
    """The passages of the narrative in reading order; the annexed table and headings of their own are none."""
    return tuple(p for p in _passages(report) if p.lines)


def _passages(report: Report) -> Iterator[Passage]:
    table = report.table
    first = min((s.start for s in report.sections), default=None)
    blocks = [(b.start, b.end) for b in report.document.blocks if b.kind != "row"] or _paragraphs(report.text)
    index = 0
    for start, end in blocks:
        if table.holds(start):
            continue
        text = report.text[start:end]
        cuts = [e.start for e in items(text)]
        bounds = [0, *[c for c in cuts if c], len(text)]
        for k, (a, b) in enumerate(zip(bounds, bounds[1:], strict=False)):
            passage = _passage(report, index, start + a, start + b, first, bool(cuts) and (bool(k) or cuts[0] == 0))
            if passage is not None:
                yield passage
                index += 1


def _paragraphs(text: str) -> list[tuple[int, int]]:
    return [(m.start(), m.end()) for m in re.finditer(r"[^\n]+", text)]


def _passage(report: Report, index: int, start: int, end: int, first: int | None, listed: bool) -> Passage | None:
    if end - start < 6 or SIGNATURE.search(report.text[start : min(end, start + 12)]) or COLOPHON.search(report.text[start:end].strip()):
        return None
    section = _section(report, start, end)
    path = list(report.section_path(section.index)) if section else []
    while (
        path
        and (heading := path[-1]).start >= start
        and heading.body >= end
        and heading.start < end
        and heading.body - heading.start >= 40
        and _is_item(heading)
    ):
        path.pop()  # an item that is one long sentence is a statement, not a heading
    if report.title and len(report.title) >= 8 and "".join(report.text[start:end].split()) in report.title:
        return None
    cut = max((s.body for s in path if start <= s.start < end), default=start)
    inner = [s for s in path if s.start >= start]
    lines = tuple(_lines(report, cut, end))
    title = "".join(plain(s.title) for s in (inner or path[-1:]))
    outer = "".join(plain(s.title) for s in path if s not in inner)
    headings = title + outer
    return Passage(
        index,
        start,
        end,
        title,
        outer,
        lines,
        outlook=bool(OUTLOOK.search(headings)),
        preamble=first is not None and start < first,
        listed=listed or any(_is_item(s) for s in path),
    )


def _is_item(section: Section) -> bool:
    return bool(re.match("[一二三四五六七八九十]{1,3}是|——|[（(]?\\d{1,2}[)）]|[①-⑳]", section.number))


def _section(report: Report, start: int, end: int) -> Section | None:
    """The innermost section of a stretch: the last one that begins at its first word or holds it."""
    best: Section | None = None
    for s in report.sections:
        if s.start > start + 3:
            break
        if s.end > start and (best is None or s.start >= best.start):
            best = s
    return best


def _lines(report: Report, start: int, end: int) -> Iterator[Line]:
    text = report.text
    figures = [f for f in report.figures if start <= f.start < end]
    at = start
    for m in re.finditer("[。！？!?；;\n]+[”’）)]*", text[start:end]):
        yield from _line(text, at, start + m.end(), figures)
        at = start + m.end()
    yield from _line(text, at, end, figures)


def _line(text: str, start: int, end: int, figures: list[Figure]) -> Iterator[Line]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if end - start < 3:
        return
    pieces = []
    at = start
    stops = [start + m.end() for m in STOPS.finditer(text[start:end])]
    for stop in [*stops, end]:
        if stop > at:
            pieces.append(Piece(at, stop, plain(text[at:stop]), tuple(f for f in figures if at <= f.start < stop)))
        at = stop
    yield Line(start, end, plain(text[start:end]), tuple(pieces))
