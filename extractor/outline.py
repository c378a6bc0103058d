"""Outline: the sections of a narrative, whatever numbering it uses, and its sentences."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
from itertools import pairwise

from extractor.document import Document, Table
from extractor.report import ScoreTable, Section, Sentence
from patterns import expressions as re
from patterns.outline import Enumerator, enumerator, items

_NOTE = re.compile(r"[\s\u3000]*(?P<number>(?:备\s?注|说\s?明|注)\s?[\d一二三四五六七八九十]{0,3})\s?[：:、.．]")
_CLOSING = re.compile(
    r"[\s\u3000]*(?:特此(?:报告|汇报|说明|函告|函复)|以上(?:报告|情况)?[，,]?请(?:予?审[阅核示]|审查)|此致|专此报告|"
    r"妥否|附\s?件|附\s?表|附\s?[：:]|抄送|"
                      r"[（(]此件|[（(]联系人|联系人[：:]|.{0,24}办公室\s?\d{4}年.{0,12}印发)")
_SIGNED = re.compile(
    r"[\s\u3000]*[\u4e00-\u9fff]{2,24}(?:人民政府|委员会|办公室|管理局|局|委|办|厅)[\s\u3000]*(?:[（(](?:盖章|代章|"
    r"公章)[）)])?[\s\u3000]*")
_DATE = re.compile(
    r"[\s\u3000]*[\d〇零一二三四五六七八九○O]{4}\s?年\s?[\d一二三四五六七八九十]{1,3}\s?月\s?[\d一二三四五六七八九十]{1,3}\s?日[\s\u3000]*")
_STOP = re.compile(r"[。！？!?]+[”’」』）)]*")
_HEADING_MAX, _RUN_IN_MAX = 60, 80
_PROSE = 20  # characters of a table's cell that holds a sentence


@dataclass(frozen=True, slots=True)
class _Start:
    """A place where a section begins; style "" for a heading that only the format declares, "item" ends with its block."""

    style: str
    ordinal: int | None
    number: str
    start: int
    after: int
    block: tuple[int, int]
    declared: int = 0
    own_line: bool = False


def blocks_of(document: Document, table: ScoreTable) -> list[tuple[int, int, int]]:
    """(start, end, heading level) of the narrative's blocks: everything outside the annex and the notes under it, and of other
    tables the cells that hold sentences."""
    blocks = [(b.start, b.end, b.level, b.table) for b in document.blocks]
    if not blocks:
        at = 0
        for line in document.text.split("\n"):
            if line.strip():
                blocks.append((at, at + len(line), 0, None))
            at += len(line) + 1
    annex: list[tuple[int, int]] = []
    for start, end in sorted([*table.parts, *((n.start, n.end) for n in table.notes)]):  # a note may stand inside its table
        if annex and start < annex[-1][1]:
            annex[-1] = annex[-1][0], max(annex[-1][1], end)
        else:
            annex.append((start, end))
    out: list[tuple[int, int, int]] = []
    for start, end, level, of in blocks:
        k = bisect_right(annex, (end - 1, end)) - 1
        if k >= 0 and start < annex[k][1] and end > annex[k][0]:
            continue
        if of is not None:
            out += _told(document, document.tables[of], start, end)
            continue
        at = start
        for line in document.text[start:end].split("\n"):  # a block holds one paragraph; be safe where it does not
            if line.strip():
                out.append((at, at + len(line), level))
            at += len(line) + 1
    return out


def _told(document: Document, table: Table, start: int, end: int) -> list[tuple[int, int, int]]:
    """The cells of a table's row that are running text: a table that lays out a page holds its prose, one of data holds words and numbers."""
    wide = len(table.rows[0]) if table.rows else 0
    out = []
    for row in table.rows:
        if not row or (row[0].start < start and row[-1].end <= start) or row[0].start >= end:
            continue
        filled = [c for c in row if c.text.strip()]
        for c in filled:
            if start <= c.start < end and (wide == 1 or (_STOP.search(c.text.strip()) and len(c.text.strip()) >= _PROSE) or
                                           (len(filled) == 1 and len(c.text.strip()) >= 2 * _PROSE)):
                at = c.start
                for line in c.text.split("\n"):
                    if line.strip():
                        out.append((at, at + len(line), 0))
                    at += len(line) + 1
    return out


def sections(document: Document, narrative: list[tuple[int, int, int]]) -> tuple[Section, ...]:
    """The sections in reading order. Depth follows the report's own use of styles: a style seen before closes down to it."""
    text = document.text
    closing = _closing(text, narrative)
    starts: list[_Start] = []
    for start, end, level in narrative:
        block = text[start:end]
        note = _NOTE.match(block)
        if note and ((closing is not None and start >= closing) or starts):
            starts.append(_Start("note", None, re.sub(r"\s", "", note["number"]), start, start + note.end(), (start, end)))
            continue
        if closing is not None and start >= closing:
            continue
        starts += _starts(block, start, end, level)
    return _nest(text, starts, closing if closing is not None else (narrative[-1][1] if narrative else 0))


def _closing(text: str, narrative: list[tuple[int, int, int]]) -> int | None:
    """Where the body ends: 特此报告, the signature, the annex's title or the imprint after the last heading."""
    seen = False
    headings = [s for s, e, _ in narrative if enumerator(text[s:e])]
    last = headings[-1] if headings else -1
    for start, end, _ in narrative:
        seen = seen or start >= last
        block = text[start:end]
        if seen and start != last and (_CLOSING.match(block) or _DATE.fullmatch(block) or (len(block) < 30 and _SIGNED.fullmatch(block))):
            return start
    return None


def _starts(block: str, start: int, end: int, level: int) -> list[_Start]:
    found = enumerator(block)
    out: list[_Start] = []
    inner = items(block)
    if found is not None and found.style == "item" and not (inner and inner[0].start == found.start) and not _lone_item(block):
        found = None
    if found is not None:
        out.append(_start(found, start, end, level, block))
    elif level:
        lead = len(block) - len(block.lstrip())
        out.append(_Start("", None, "", start + lead, start + lead, (start, end), level, True))
    for e in inner:
        if found is None or e.start >= found.end:
            out.append(_start(e, start, end, 0, block))
    return out


def _lone_item(block: str) -> bool:
    return len(block.strip()) > 4


def _start(e: Enumerator, start: int, end: int, level: int, block: str) -> _Start:
    return _Start(e.style, e.ordinal, e.text, start + e.start, start + e.end, (start, end), level,
                  len(block.strip()) <= _HEADING_MAX and not _STOP.search(block.strip().rstrip("。")))


def _nest(text: str, starts: list[_Start], close: int) -> tuple[Section, ...]:
    out: list[Section] = []
    stack: list[tuple[str, int]] = []  # (style, index), outermost first

    def shut(down_to: int, at: int) -> None:
        while len(stack) > down_to:
            _, index = stack.pop()
            out[index] = replace(out[index], end=min(out[index].end, at))

    for k, s in enumerate(starts):
        if s.style == "note":  # stands for itself, outside all sections
            shut(0, min(s.start, close))
            out.append(Section(len(out), 1, s.number, s.number, s.start, s.after, s.block[1], None))
            continue
        while stack and stack[-1][0] in ("item", "dash") and out[stack[-1][1]].end <= s.start:
            stack.pop()
        styles = [style for style, _ in stack]
        key = s.style or f"heading{s.declared}"
        if key in styles:
            shut(styles.index(key), s.start)
        elif not s.style and s.declared:
            depth = next((d for d, (style, _) in enumerate(stack) if style.startswith("heading") and int(style[7:]) >= s.declared), None)
            if depth is not None:
                shut(depth, s.start)
        limit = s.block[1] if s.style in ("item", "dash") and not s.own_line else close
        if s.style == "item":
            following = starts[k + 1] if k + 1 < len(starts) else None
            limit = following.start if following and following.block == s.block and following.style == "item" else s.block[1]
        body, title = _title(text, s, limit)
        parent = stack[-1][1] if stack else None
        out.append(Section(len(out), len(stack) + 1, s.number, title, s.start, body, limit, parent))
        stack.append((key, out[-1].index))
    shut(0, close)
    return _clip(out)


def _clip(found: list[Section]) -> tuple[Section, ...]:
    """No section reaches beyond its parent's end."""
    out: list[Section] = []
    for s in found:
        if s.parent is not None:
            s = replace(s, end=max(s.body, min(s.end, max(out[s.parent].end, s.body))))
        out.append(s)
    return tuple(out)


def _title(text: str, s: _Start, limit: int) -> tuple[int, str]:
    """Where the body begins, and the heading's words: the block, or the first sentence (an item's first clause) of a run-in heading."""
    stop = min(s.block[1], limit)
    words = text[s.after:stop]
    lead = len(words) - len(words.lstrip())
    if s.own_line and s.style != "item":
        return stop, words.strip().rstrip("。：:")
    ends = "。；;：:，,！？" if s.style == "item" else "。！？：:"
    depth = 0
    for k, c in enumerate(words):
        if c in "（(《“〔":
            depth += 1
        elif c in "）)》”〕":
            depth -= 1
        elif c in ends and (depth <= 0 or k > _RUN_IN_MAX):
            return s.after + k + 1, words[:k].strip()
        if k > _RUN_IN_MAX * 2:
            break
    comma = next((k for k, c in enumerate(words) if c in "，,；;"), len(words))
    return (s.after + lead, words[:min(comma, _RUN_IN_MAX)].strip()) if len(words) > _HEADING_MAX else (stop, words.strip())


def sentences(document: Document, narrative: list[tuple[int, int, int]], found: tuple[Section, ...]) -> tuple[Sentence, ...]:
    """The sentences: up to 。！？ with closing quotes, the end of the block, or where a section begins."""
    text = document.text
    cuts = sorted({s.start for s in found})
    out: list[Sentence] = []
    for start, end, _ in narrative:
        stops = {m.end() + start for m in _STOP.finditer(text[start:end]) if not _inside(text, start, m.start() + start)}
        low, high = bisect_right(cuts, start), bisect_right(cuts, end - 1)
        edges = sorted(stops | set(cuts[low:high]) | {start, end})
        for a, b in pairwise(edges):
            piece = text[a:b]
            if piece.strip():
                lead = len(piece) - len(piece.lstrip())
                first = a + lead
                out.append(Sentence(first, first + len(piece.strip()), _innermost(found, first)))
    return tuple(out)


def _inside(text: str, start: int, at: int) -> bool:
    """Whether a stop stands inside a parenthesis or a title that opened shortly before it."""
    head = text[max(start, at - 200):at]
    return head.rfind("《") > head.rfind("》") or max(head.rfind("（"), head.rfind("(")) > max(head.rfind("）"), head.rfind(")"))


def _innermost(found: tuple[Section, ...], position: int) -> int | None:
    k = bisect_right(found, position, key=lambda s: s.start) - 1
    index: int | None = k if k >= 0 else None
    while index is not None and found[index].end <= position:
        index = found[index].parent if found[index].parent is not None else None
    return index
