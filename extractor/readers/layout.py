"""Pages of glyphs and rules as paragraphs and tables: furniture dropped, lines joined, tables joined over pages."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, partial

from extractor.readers.columns import in_columns
from extractor.readers.flattened import restore_tables
from extractor.readers.ink import Line, PageInk, lines_of, rows_of, split_rows, text_of_lines
from extractor.readers.joining import APART, ENDS, join, join_labels
from extractor.readers.lattice import Grid, grids_of
from extractor.readers.mending import mend_numbers
from extractor.readers.pages import join_grids
from extractor.readers.parts import Paragraph, Part, RawTable, Run, has_han, keeps_apart, median
from extractor.readers.struck import without_struck
from patterns import expressions as re
from patterns.outline import enumerator

_NUMBER = re.compile(r"[-—–－·•~\s]*(?:第?\s*[\dⅠ-Ⅻivx]{1,4}\s*页?(?:\s*[,，/／]?\s*共?\s*\d{1,4}\s*页?)?|[一二三四五六七八九十]{1,4})[-—–－·•~\s]*")
_START = re.compile(r"[《〈（(“‘【〔「]{0,4}(?:[0-9A-Za-z.,%‰℃+\-/:]{1,40}|.)[》〉）)”’】〕」，。、；：！？%…,.;:]{0,4}"
                    r"(?:(?<=[》〉）)”’】〕」，。、；：！？])[0-9A-Za-z.,%]{1,40})?")  # some programs keep a number with the mark before it
_CONTINUED = re.compile(r"[（(]?\s*(?:续表|接上[页表]|续上?[页表]?|转下页|接下页)\s*\d{0,3}\s*[）)]?")


@dataclass(slots=True)
class _Margins:
    left: float
    right: float
    pitch: float
    indented: bool
    em: float = 0.0


def parts_of(pages: Sequence[PageInk]) -> list[Part]:
    """The reading order of a document's pages."""
    read = []
    for page in pages:
        without_struck(page)
        rows = cache(partial(rows_of, page.glyphs))
        grids = grids_of(page, rows)
        inside = set().union(*(i for _, i in grids)) if grids else set()
        lines = lines_of((g for k, g in enumerate(page.glyphs) if k not in inside), page.number) if inside else split_rows(rows(), page.number)
        read.append((page, grids, lines))
    furniture = _furniture([(page, lines) for page, _, lines in read])
    stream: list[Line | Grid] = []
    every: list[list[Line]] = []
    for _, grids, lines in read:
        kept = [line for line in lines if id(line) not in furniture and not (_CONTINUED.fullmatch(line.text) and grids)]
        every.append(kept)
        order: list[tuple[float, int, Line | Grid]] = [(line.y, 0, line) for line in kept] + [(g.ys[0], 1, g) for g, _ in grids]
        stream += in_columns([item for _, _, item in sorted(order, key=lambda t: t[:2])])
    margins = {page.number: m for (page, _, _), m in zip(read, _margins([p for p, _, _ in read], every), strict=True)}
    return restore_tables(_flow(stream, margins))


def _furniture(pages: Sequence[tuple[PageInk, list[Line]]]) -> set[int]:
    """Page numbers, running heads and feet: lines at a page's edge that are numbers, or that return on other pages."""
    gone: set[int] = set()
    edge: list[tuple[str, bool, int, Line]] = []
    for page, lines in pages:
        height = max(page.height, max((line.bottom for line in lines), default=0))
        for k, line in enumerate(lines):
            high = line.y < 0.12 * height and k < 3
            low = line.y > 0.88 * height and k >= len(lines) - 3
            if not (high or low):
                continue
            words = line.text.strip()
            if _NUMBER.fullmatch(words) and len(words) <= 16:
                gone.add(id(line))
            else:
                edge.append((re.sub(r"\d+|\s", "", words), high, page.number, line))
    times = Counter((words, high) for words, high, _ in {(w, h, n) for w, h, n, _ in edge})
    for words, high, _, line in edge:
        if times[words, high] >= max(3, len(pages) // 4) or (len(words) >= 4 and times[words, high] >= 2 and len(pages) <= 4):
            gone.add(id(line))
    return gone | _changing_heads(pages)


def _changing_heads(pages: Sequence[tuple[PageInk, list[Line]]]) -> set[int]:
    """Running heads that change by chapter: the first line of most pages, at one height, set off from the text or in another size."""
    tops = [(lines[0], lines[1], lines[2] if len(lines) > 2 else None) for page, lines in pages
            if len(lines) > 1 and lines[0].y < 0.1 * max(page.height, 1.0)]
    heads = []
    for head, first, second in tops:
        pitch = second.y - first.y if second is not None and second.y > first.y else 2 * first.em
        set_off = head.y < first.y and (first.y - head.y > 1.45 * pitch or abs(head.em - first.em) > 0.08 * first.em)
        if set_off and len(head.text.strip()) <= 30 and not ENDS.search(head.text.strip()):
            heads.append(head)
    level = Counter(round(h.y / 3) for h in heads).most_common(1)
    if not level or len(pages) < 3:
        return set()
    same = [h for h in heads if abs(round(h.y / 3) - level[0][0]) <= 1]
    return {id(h) for h in same} if len(same) >= max(3, 0.6 * len(pages)) else set()


def _margins(pages: Sequence[PageInk], every: Sequence[list[Line]]) -> list[_Margins]:
    """The text area that most lines keep to, by page size; whether paragraphs are indented."""
    sizes: dict[tuple[int, int], list[Line]] = {}
    for page, lines in zip(pages, every, strict=True):
        sizes.setdefault((round(page.width), round(page.height)), []).extend(lines)
    known: dict[tuple[int, int], _Margins] = {}
    for size, lines in sizes.items():
        long = [line for line in lines if len(line.glyphs) >= 15] or lines
        if not long:
            known[size] = _Margins(0, float(size[0]), 0, False)
            continue
        em = median(line.em for line in long)
        lefts = Counter(round(line.x0 / 3) for line in long)
        most = lefts.most_common(1)[0][1]
        left = min(k for k, n in lefts.items() if n * 4 >= most) * 3.0
        rights = sorted(line.x1 for line in long)
        right = rights[min(len(rights) - 1, int(len(rights) * 0.9))]
        gaps = [b.y - a.y for a, b in itertools.pairwise(sorted(long, key=lambda x: (x.page, x.column or (0.0, 0.0), x.y)))
                if a.page == b.page and a.column == b.column and 0 < b.y - a.y < 4 * em]
        starts = sum(1.2 * em < line.x0 - left < 4.5 * em for line in lines)
        known[size] = _Margins(left, right, median(gaps) if gaps else 2 * em, starts >= 2 and starts * 12 >= len(lines), em)
    return [known[round(p.width), round(p.height)] for p in pages]


def _flow(stream: Sequence[Line | Grid], margins: dict[int, _Margins]) -> list[Part]:
    out: list[Part] = []
    open_lines: list[Line] = []
    chain: list[Grid] = []

    def close_paragraph() -> None:
        if open_lines:
            out.append(_paragraph(open_lines))
            open_lines.clear()

    def close_table() -> None:
        if chain:
            for table in join_grids(chain):
                mend_numbers(table)
                join_labels(table)
                out.append(table)
            chain.clear()

    for item in stream:
        if isinstance(item, Grid):
            close_paragraph()
            chain.append(item)
            continue
        close_table()
        if open_lines and not _goes_on(open_lines, item, margins):
            close_paragraph()
        open_lines.append(item)
    close_paragraph()
    close_table()
    return [p for p in out if isinstance(p, RawTable) or p.run.text.strip()]


def _paragraph(lines: Sequence[Line]) -> Paragraph:
    run = text_of_lines([lines[0]])
    for before, line in itertools.pairwise(lines):
        more = text_of_lines([line])
        if line.page != before.page:
            run = join(run, more)
        else:
            run = run + (Run(" ") if keeps_apart(run.text[-1:], more.text[:1]) else Run()) + more
    return Paragraph(run)


def _within(m: _Margins, line: Line) -> _Margins:
    """The margins of a line: those of its column, where the page is set in columns."""
    return m if line.column is None else replace(m, left=line.column[0], right=line.column[1])


def _centred(line: Line, m: _Margins) -> bool:
    """A line set in the middle; a full one counts where it is set in the size of a headline."""
    left, right = line.x0 - m.left, m.right - line.x1
    if m.em and line.em > 1.2 * m.em and abs(left - right) < 1.5 * line.em:
        return True
    return left > 1.5 * line.em and abs(left - right) < 1.5 * line.em


def _unbreakable(line: Line) -> float:
    """The width of what cannot be broken off the start of a line: a number with its sign, a word, a bracket with what it opens."""
    found = _START.match(line.text)
    return line.glyphs[max(0, min(found.end(), len(line.glyphs)) - 1)].x1 - line.x0 if found else 0.0


_NEARLY = 0.15  # of the width of a text: what a line may leave free at its end and go on


def _prose(lines: Sequence[Line]) -> bool:
    """Whether an open paragraph is in the middle of a sentence: one that has ended before, or a piece of one that no number heads."""
    text = "".join(line.text for line in lines)
    return "。" in text or ("，" in text and not enumerator(text))


def _goes_on(lines: Sequence[Line], line: Line, margins: dict[int, _Margins]) -> bool:
    """Whether a line is the next line of the paragraph that is open."""
    last = lines[-1]
    m, before = _within(margins[line.page], line), _within(margins[last.page], last)
    em = max(line.em, 1.0)
    sizes = (line.em, last.em) if has_han(line.text) and has_han(last.text) else (line.height, last.height)
    seen = any(g.place.sure < 100 for x in (line, last) for g in x.glyphs)  # boxes around recognised lines are of uneven height
    same_size = abs(sizes[0] - sizes[1]) <= (0.25 if seen else 0.12) * max(sizes)
    if APART.match(line.text.strip()) and line.x0 - m.left < 4 * em:
        return False
    if _centred(line, m) and _centred(last, before):
        return same_size and line.page == last.page and line.y - last.y < 2.2 * (m.pitch or em) and not enumerator(line.text) \
            and last.x1 - last.x0 > 6 * em and not ENDS.search(last.text)
    same_column = line.column == last.column
    if not same_size or (line.page == last.page and same_column and line.y - last.y > 1.7 * m.pitch) or (line.page == last.page and abs(line.y - last.y) < 0.5 * em):
        return False
    indent = line.x0 - m.left
    if indent > 1.2 * em:
        return False
    if last.x0 - before.left > 5 * em and len(lines) == 1:
        return False
    room = before.right - last.x1
    ends = bool(ENDS.search(last.text.rstrip()))
    short = room > 2.2 * em and room > _unbreakable(line) + (0.3 if ends else 1.2) * em  # punctuation may hang into the margin
    if line.column is not None:  # narrow columns are broken unevenly
        return not (short and ends) and not enumerator(line.text)
    if short and not ends and room < _NEARLY * (before.right - before.left) and not enumerator(line.text) and _prose(lines):
        return True  # lines of as many characters each, not of one width
    if m.indented:
        return not short or (not ENDS.search(last.text.rstrip()) and not (len(lines) == 1 and last.x0 - before.left < em and enumerator(last.text)))
    return not short and not enumerator(line.text)
