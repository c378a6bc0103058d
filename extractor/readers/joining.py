"""Joining what a page break tore apart: paragraphs cut in mid-sentence, words printed twice, labels split over two rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from extractor.readers.parts import Paragraph, RawTable, Run, is_han
from patterns import expressions as re
from patterns.columns import senses
from patterns.dictionary import cut, known
from patterns.outline import enumerator

ENDS = re.compile(r"[。！？!?；;：:…][”’」』）)》】\"']*$")
APART = re.compile(r"附\s?[件表录]|特此|抄送|以上(?:报告|情况)|此致|主题词|签发人|联系人|备注|注[：:\d]|第[一二三四五六七八九十]+[章节]|[（(]此件|"
                    r".{0,30}\d{4}\s?年\s?\d{1,2}\s?月\s?\d{1,2}\s?日(?:印发)?$")
_INNER = re.compile(r"[。，；,;]")
_LONGEST_HEADING = 24  # characters of a heading of two halves without a number (党建引领聚合力，服务发展开新局)
_LABEL_REST = {"领域", "行业", "方面", "管理", "工作", "保障", "执法", "建设", "发展", "情况", "支持", "及", "类", "部门", "业", "信业", "机构", "重点工作", "统计计量"}


def join_paragraphs(parts: Sequence[Paragraph | RawTable], anywhere: bool) -> list[Paragraph | RawTable]:
    """Join a paragraph that breaks off in mid-sentence with the one that goes on.

    anywhere: a break may follow every paragraph (a text file keeps no pages); else only those marked `breaks`.
    """
    run_in = _run_in_styles(parts)
    out: list[Paragraph | RawTable] = []
    for part in parts:
        last = out[-1] if out else None
        if (isinstance(part, Paragraph) and isinstance(last, Paragraph) and (anywhere or last.breaks)
                and goes_on(last, part, run_in)):
            last.run = join(last.run, part.run)
            last.breaks = part.breaks
        else:
            out.append(part)
    return out


def _run_in_styles(parts: Sequence[Paragraph | RawTable]) -> dict[str, bool]:
    """For each numbering style: whether its items are whole paragraphs (run-in headings) and not headings of their own.

    A whole paragraph ends as a sentence does; a comma inside tells nothing (以责任为纲，山有人管 is a heading).
    """
    whole: Counter[str] = Counter()
    every: Counter[str] = Counter()
    for part in parts:
        if isinstance(part, Paragraph):
            found = enumerator(part.run.text)
            if found:
                every[found.style] += 1
                whole[found.style] += bool(ENDS.search(part.run.text.rstrip()))
    return {style: whole[style] * 10 >= n * 7 for style, n in every.items()}


def goes_on(first: Paragraph, then: Paragraph, run_in: dict[str, bool]) -> bool:
    """Whether `then` is the rest of a paragraph that `first` broke off in mid-sentence."""
    a, b = first.run.text.strip(), then.run.text.strip()
    if not a or not b or first.level or then.level or first.kind != then.kind or ENDS.search(a) or APART.match(b):
        return False
    found = enumerator(b)
    if found and not (found.style == "item" or (found.style.startswith("digit") and not run_in)):
        return False
    if b[0] in "，。、；：）》”！？,;":
        return True
    own = enumerator(a)
    if own:
        return run_in.get(own.style, False)
    return bool(_INNER.search(a)) and len(a) >= _LONGEST_HEADING and not APART.match(a)


def join(a: Run, b: Run) -> Run:
    """Two halves of a paragraph as one, without what the second page repeats of the first."""
    first, second = _rstrip(a), _lstrip(b)
    cut = doubled(first.text, second.text)
    if cut:
        second = _lstrip(second[cut:])
    if first.text and second.text and _spaced(first.text[-1], second.text[0]):
        return first + Run(" ") + second
    return first + second


def _spaced(before: str, after: str) -> bool:
    return before.isascii() and after.isascii() and before.isalpha() and after.isalpha()


def _rstrip(run: Run) -> Run:
    return run[:len(run.text.rstrip())]


def _lstrip(run: Run) -> Run:
    return run[len(run.text) - len(run.text.lstrip()):]


def doubled(first: str, second: str) -> int:
    """How many characters at the start of `second` repeat the end of `first`: a word printed twice over a page break.

    A single repeated character counts only where it is no word of its own with what precedes it (发展｜展览 is no doubling).
    """
    for n in range(min(8, len(first), len(second)), 0, -1):
        tail = first[-n:]
        if tail != second[:n] or not all(map(is_han, tail)):
            continue
        if n > 1:
            return n
        before = cut(first[-12:])
        after = next(iter(cut(second[:12])), "")
        return 1 if (len(before[-1]) == 1 and len(after) > 1) or (len(after) > 1 and not known(before[-1])) else 0
    return 0


def join_labels(table: RawTable) -> None:
    """Join a label of the first column that a page break split over two rows (公共机构 ｜ 领域)."""
    rows = table.rows
    above: int | None = None
    for k, row in enumerate(rows):
        if not row or row[0].merged:
            continue
        text = "".join(row[0].run.text.split())
        if not text:
            continue
        others = sum(bool(c.run.text.strip()) for c in row[1:])
        if (above is not None and text in _LABEL_REST and others >= 2 and k - above <= 3
                and not "".join(rows[above][0].run.text.split()).endswith(text) and _blank_lead(row)):
            rows[above][0].run = join(rows[above][0].run, row[0].run)
            row[0].run = Run()
        else:
            above = k


_TITLES = 4  # of a header


def join_heads(parts: Sequence[Paragraph | RawTable]) -> list[Paragraph | RawTable]:
    """A header that is a table of its own above its rows (pages that scroll the rows below it) and its rows as one table."""
    out: list[Paragraph | RawTable] = []
    for part in parts:
        last = out[-1] if out else None
        if isinstance(part, RawTable) and isinstance(last, RawTable) and _is_head(last) and part.rows and max(map(len, part.rows)) == max(map(len, last.rows)):
            down = len(last.rows)
            for row in part.rows:
                for cell in row:
                    if cell.origin is not None:
                        cell.origin = (cell.origin[0] + down, cell.origin[1])
            out[-1] = RawTable([*last.rows, *part.rows], part.tells_merged)
        else:
            out.append(part)
    return out


def _is_head(table: RawTable) -> bool:
    words = ["".join(c.run.text.split()) for row in table.rows for c in row if c.run.text.strip()]
    return len(table.rows) <= 2 and sum(bool(senses(w)) for w in words) >= _TITLES and not any(w.replace(".", "", 1).isdigit() for w in words)


def _blank_lead(row: Sequence[object]) -> bool:
    """A new domain names its department in its first row; a row without one continues."""
    cells = [c.run.text.strip() for c in row if hasattr(c, "run")]
    return any(not c for c in cells[2:])
