"""The document as the page shows it: every paragraph in its place, every figure marked, checked ones and unchecked ones apart.

A figure counts as checked where a relation ties it to another, a clause rests on it, or a finding speaks of it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from audit.messages import say
from audit.model import Audit
from audit.words import plain
from extractor.report import Report

LONGEST = 600_000  # characters of a document shown whole; of a longer one the beginning
AROUND = 60  # characters shown of the paragraphs before and after


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a paragraph: plain, a figure (checked, unchecked), or words that a finding quotes (of severity error, warning, info)."""

    text: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A block of the document: its anchor on the page, whether it is a heading, its page (0 for none) and its pieces."""

    anchor: str
    heading: bool
    page: int
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Excerpt:
    """The paragraph of a quote in its place: its heading, the end of what stands before, the paragraph, the beginning of what follows."""

    place: str
    heading: str
    before: str
    pieces: tuple[Piece, ...]
    after: str
    anchor: str


def anchor(report: Report, at: int) -> str:
    """The anchor of the block that holds a position, "" where none does."""
    k = bisect_right([b.start for b in report.document.blocks], at) - 1
    return f"b-{k}" if k >= 0 and report.document.blocks[k].start < LONGEST else ""


def checked(audit: Audit) -> set[int]:
    """The indices of the figures that something was made of."""
    out: set[int] = set()
    for r in audit.report.relations:
        out |= set(r.figures())
    spans = [(q.start, q.end) for f in audit.findings for q in f.quotes]
    spans += [(e.quote.start, e.quote.end) for i in audit.indicators for c in i.clauses for e in c.evidence]
    spans += [(f.start, f.end) for i in audit.indicators for e in i.evidence for f in e.decisive]
    for f in audit.report.figures:
        if f.index not in out and any(a <= f.start < b for a, b in spans):
            out.add(f.index)
    return out


def paragraphs(audit: Audit) -> tuple[Paragraph, ...]:
    """The whole document in order."""
    report = audit.report
    done = checked(audit)
    marks: list[tuple[int, int, str]] = [(f.start, f.end, "checked" if f.index in done else "unchecked") for f in report.figures]
    rank = {"error": 0, "warning": 1, "info": 2}
    for finding in sorted(audit.findings, key=lambda f: -rank[f.severity]):
        marks += [(q.start, q.end, finding.severity) for q in finding.quotes if q.end - q.start < 60]
    out = []
    starts = sorted(marks)
    at = 0
    for k, b in enumerate(report.document.blocks):
        if b.start >= LONGEST:
            break
        while at < len(starts) and starts[at][1] <= b.start:
            at += 1
        inside = []
        n = at
        while n < len(starts) and starts[n][0] < b.end:
            inside.append(starts[n])
            n += 1
        pieces = tuple(Piece(" ｜ ".join(plain(c) for c in p.text.split("\t")) if b.kind == "row" else plain(p.text), p.kind)
                       for p in cut(report.shown, b.start, b.end, inside))
        if any(p.text.strip() for p in pieces):
            out.append(Paragraph(f"b-{k}", b.kind == "heading" or any(s.start == b.start and s.body >= b.end for s in report.sections),
                                 report.document.page(b.start) or 0, pieces))
    return tuple(out)


def cut(text: str, start: int, end: int, marks: Sequence[tuple[int, int, str]]) -> list[Piece]:
    """A stretch of text in pieces; where marks overlap, a finding's comes before a figure's, and the worse before the milder."""
    order = {"error": 4, "warning": 3, "info": 2, "checked": 1, "unchecked": 1, "": 0}
    edges = sorted({start, end, *(min(max(x, start), end) for a, b, _ in marks for x in (a, b))})
    out: list[Piece] = []
    for a, b in zip(edges, edges[1:], strict=False):
        kind = max((k for x, y, k in marks if x <= a and b <= y), key=lambda k: order[k], default="")
        if out and out[-1].kind == kind:
            out[-1] = Piece(out[-1].text + text[a:b], kind)
        else:
            out.append(Piece(text[a:b], kind))
    return out


def excerpt(audit: Audit, quotes: Sequence[tuple[int, int]], place: str, severity: str) -> Excerpt | None:
    """The paragraph that the first quote stands in, in its place; None for a quote that stands nowhere."""
    report, blocks = audit.report, audit.report.document.blocks
    if not quotes or not blocks:
        return None
    k = bisect_right([b.start for b in blocks], quotes[0][0]) - 1
    if k < 0:
        return None
    b = blocks[k]
    end = min(b.end, b.start + 1500)
    pieces = cut(report.shown, b.start, end, [(a, z, severity) for a, z in quotes if a < b.end and z > b.start])
    section = next((s for s in reversed(report.sections) if s.start <= quotes[0][0] < s.end and s.start < b.start), None)
    heading = plain(section.number + section.title) if section else ""
    before = plain(report.shown[blocks[k - 1].start:blocks[k - 1].end])[-AROUND:] if k else ""
    after = plain(report.shown[blocks[k + 1].start:blocks[k + 1].end])[:AROUND] if k + 1 < len(blocks) else ""
    return Excerpt(place, heading[:60], before if before != heading else "", tuple(Piece(plain(p.text), p.kind) for p in pieces), after, f"b-{k}")


def legend(audit: Audit, lang: str) -> str:
    """How many figures were checked and how many were not."""
    done = len(checked(audit))
    return say("html.reading_legend", lang, checked=done, unchecked=len(audit.report.figures) - done)
