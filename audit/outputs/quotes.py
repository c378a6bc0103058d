"""Quotes in the sentence or table cell that they stand in, as every output shows them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from audit.model import Quote
from audit.words import plain
from extractor.report import Report

CONTEXT = 90  # characters of a sentence shown on each side of a quote


@dataclass(frozen=True, slots=True)
class Passage:
    """A quote inside the sentence or cell that it stands in; before and after are shortened with an ellipsis."""

    before: str
    quote: str
    after: str
    page: int | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Context:
    """A sentence or cell in pieces, each with whether it is quoted; several quotes of one sentence share it.

    field: for a cell of the score table, the catalogue's word for its column (claimed, rule, …).
    sure: how sure the quoted words were recognised, in percent; 100 for text that was not recognised from an image.
    """

    pieces: tuple[tuple[str, bool], ...]
    page: int | None
    field: str = ""
    sure: int = 100

    @property
    def text(self) -> str:
        """The whole of it."""
        return "".join(words for words, _ in self.pieces)

    def short(self, longest: int = 160, around: int = 24) -> tuple[tuple[str, bool], ...]:
        """The pieces for little room: the words between quotes are shortened where the whole is too long."""
        if sum(len(text) for text, _ in self.pieces) <= longest:
            return self.pieces
        out = []
        last = len(self.pieces) - 1
        for k, (text, quoted) in enumerate(self.pieces):
            if quoted:
                text = text if len(text) <= longest else text[:longest] + "…"
            elif len(text) > 2 * around:
                head, tail = text[:around] if k else "", text[-around:] if k < last else ""
                text = f"{head}…{tail}"
            out.append((text, quoted))
        return tuple(out)


def passage(report: Report, quote: Quote, context: int = CONTEXT) -> Passage:
    """A quote in its sentence, or in its table cell or paragraph where it is outside the narrative."""
    start, end = _surroundings(report, quote)
    before, after = plain(report.shown[start:quote.start]).lstrip(), plain(report.shown[quote.end:end]).rstrip()
    if len(before) > context:
        before = "…" + before[-context:]
    if len(after) > context:
        after = after[:context] + "…"
    return Passage(before, plain(report.shown[quote.start:quote.end] or quote.text), after, report.document.page(quote.start), quote.start, quote.end)


def contexts(report: Report, quotes: Iterable[Quote], around: int = CONTEXT) -> tuple[Context, ...]:
    """Quotes in their sentences, each sentence once; what is far from any quote is left out with an ellipsis.

    Of quotes that hold one another, the inner one is marked: a sentence is quoted for the figures in it.
    """
    by_place: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for q in dict.fromkeys(quotes):
        start, end = _surroundings(report, q)
        by_place.setdefault((start, end), []).append((q.start, q.end))
    out = []
    for (start, end), spans in by_place.items():
        pieces: list[tuple[str, bool]] = []
        at = start
        marked = _joined(innermost(spans))
        for a, b in marked:
            pieces.append((_shortened(plain(report.shown[at:a]), around, head=bool(pieces)), False))
            pieces.append((plain(report.shown[a:b]), True))
            at = b
        tail = plain(report.shown[at:end]).rstrip()
        pieces.append((tail if len(tail) <= around else tail[:around] + "…", False))
        out.append(Context(tuple(p for p in pieces if p[0]), report.document.page(spans[0][0]), _field(report, start),
                           min(report.document.confidence(a, b) for a, b in marked)))
    return tuple(out)


def innermost(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans that hold no other."""
    return [s for s in spans if not any(s != t and s[0] <= t[0] and t[1] <= s[1] for t in spans)]


def _field(report: Report, at: int) -> str:
    """Which column of the score table a position stands in."""
    if not report.table.holds(at):
        return ""
    for r in report.table.rows:
        for key, f in (("claimed", r.claimed_field), ("weight", r.weight_field), ("rule", r.rule), ("indicator", r.name), ("lead", r.lead)):
            if f.start <= at < max(f.end, f.start + 1):
                return key
    total = report.table.total_field
    return "total" if total and total.start <= at <= total.end else ""


def _joined(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    out: list[tuple[int, int]] = []
    for a, b in sorted(spans):
        if out and a < out[-1][1]:
            out[-1] = (out[-1][0], max(b, out[-1][1]))
        else:
            out.append((a, b))
    return out


def _shortened(text: str, around: int, head: bool) -> str:
    """What stands before a quote; with head, also after one, so that both its ends are kept."""
    if not head:
        text = text.lstrip()
        return text if len(text) <= around else "…" + text[-around:]
    return text if len(text) <= 2 * around else text[:around] + "…" + text[-around:]


def _surroundings(report: Report, quote: Quote) -> tuple[int, int]:
    for s in report.sentences:
        if s.start <= quote.start < s.end:
            return s.start, max(s.end, quote.end)
    line_start = report.text.rfind("\n", 0, quote.start) + 1
    line_end = report.text.find("\n", quote.end)
    line_end = len(report.text) if line_end < 0 else line_end
    cell_start = max(line_start, report.text.rfind("\t", 0, quote.start) + 1)
    cell_end = report.text.find("\t", quote.end, line_end)
    return cell_start, line_end if cell_end < 0 else cell_end
