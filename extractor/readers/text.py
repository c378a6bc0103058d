"""Plain text and Markdown: encodings, tab-separated and pipe tables, hard-wrapped lines, breaks that pages left behind."""

from __future__ import annotations

import codecs
import contextlib
from collections import Counter

from extractor.document import Document, Problem
from extractor.readers import markup
from extractor.readers.flattened import restore_tables
from extractor.readers.joining import join_heads, join_labels, join_paragraphs
from extractor.readers.parts import Paragraph, Part, RawCell, RawTable, Run, assemble, half_widths, is_han
from extractor.readers.spaced import with_tabs
from patterns import expressions as re
from patterns.errors import UnusableInput
from patterns.outline import enumerator
from patterns.scores import is_caption, is_heading_of_table, number

_HEADING = re.compile(r"[ ]{0,3}(#{1,6})[ \t]+(.*?)[ \t]*#*$")
_DASHES = r"[ \t]*(?::-+:?|-+:|-{2,})[ \t]*"  # of a column; a single - is an empty cell
_RULE = re.compile(rf"[ ]{{0,3}}\|?{_DASHES}(?:\|{_DASHES})*\|?[ \t]*")
_BAR = re.compile(r"[|｜]")
_UNDER = re.compile(r"[ ]{0,3}([=-])\1{2,}[ \t]*")  # below a heading
_MARKS = re.compile(r"\*\*|__(?=\S)|(?<=\S)__")
_FURNITURE = re.compile(r"[ \t\u3000]*(?:\{\d{1,4}\}-{20,}|"
                        r"[-—–－]{1,2}[ \t]*\d{1,4}[ \t]*[-—–－]{1,2}|第[ \t]*\d{1,4}[ \t]*页(?:[ \t]*[,，/]?[ \t]*共[ \t]*\d{1,4}[ \t]*页)?)[ \t\u3000]*")
_USUAL = re.compile(r"[\t\r\n -~\u3000-\u303f\u4e00-\u9fff\uff01-\uff5e]")
_STRANGE = re.compile(r"[\u3040-\u30ff\ue000-\uf8ff\ufffd]")
_TOTAL = re.compile(r"(?:合\s*计|总\s*计|总\s*分|小\s*计|自评总分)")


def read(path: str, data: bytes) -> Document:
    """The Document of a text file's bytes."""
    text, problems = decode(path, data)
    if not text.strip():
        raise UnusableInput(path, "文件里没有文字 / the file holds no text", "提交有内容的报告 / submit a report with content")
    found, pictures = _marked(path, text)
    parts = join_heads(join_paragraphs(restore_tables(found), anywhere=True))
    if pictures and not any(isinstance(p, RawTable) for p in parts):
        problems = [*problems, Problem(f"有 {pictures} 幅图片在别的文件里，未读 / {pictures} pictures in other files were not read")]
    for part in parts:
        if isinstance(part, RawTable):
            join_labels(part)
    return assemble(path, "text", parts, problems=problems)


def parts_of(path: str, data: bytes) -> list[Part]:
    """The paragraphs and tables of a text's bytes, before paragraphs are joined."""
    return _marked(path, decode(path, data)[0])[0]


def _marked(path: str, text: str) -> tuple[list[Part], int]:
    """The parts of a text with its Markdown and HTML read, and how many pictures it shows."""
    out: list[Part] = []
    pictures = 0
    for is_table, piece in markup.pieces(text):
        if is_table:
            from extractor.readers import html

            with contextlib.suppress(UnusableInput):
                found, _ = html.parts_of(path, markup.formulas(piece).encode("utf-8", "replace"))
                out += found
            continue
        words, shown = markup.plain(piece)
        pictures += shown
        out += _parts(_lines(words))
    return out, pictures


def decode(path: str, data: bytes) -> tuple[str, list[Problem]]:
    """The text of bytes in UTF-8, UTF-16, UTF-32, GB18030 (which holds GBK and GB2312) or Big5, by mark, then by fit."""
    for mark, name in ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
                       (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):
        if data.startswith(mark):
            return data.decode(name, errors="replace"), _replaced(data.decode(name, errors="replace"))
    for name in _guesses(data):
        try:
            return data.decode(name), []
        except UnicodeDecodeError:
            continue
    best = min((data.decode(n, errors="replace") for n in ("utf-8", "gb18030")), key=lambda t: t.count("\ufffd"))
    if best.count("\ufffd") * 50 > len(best):
        raise UnusableInput(path, "认不出编码 / the text encoding is not recognised", "另存为 UTF-8 文本 / save it as UTF-8 text")
    return best, _replaced(best)


def _guesses(data: bytes) -> list[str]:
    wide = wide_codec(data)
    if wide:
        return [wide]
    return ["utf-8", "big5hkscs", "gb18030"] if _is_big5(data) else ["utf-8", "gb18030"]


def wide_codec(data: bytes) -> str | None:
    """The byte order of UTF-16 without a mark, or None: two-byte characters of which nine in ten are such as Chinese reports are written in."""
    head = data[:4096 - 4096 % 2]
    if 0 not in head:
        return None
    for name in ("utf-16-le", "utf-16-be"):
        text = head[:len(head) // 2 * 2].decode(name, errors="replace")
        if len(_USUAL.findall(text)) * 10 >= 9 * len(text):
            return name
    return None


def _is_big5(data: bytes) -> bool:
    """Whether bytes that GB18030 takes too are Big5: read as GB they give kana and private codes, read as Big5 none."""
    head = data[:65536]
    strange = len(_STRANGE.findall(head.decode("gb18030", errors="replace")))
    if strange * 50 < len(head):
        return False
    return not _STRANGE.search(head.decode("big5hkscs", errors="replace").rstrip("\ufffd"))


def _replaced(text: str) -> list[Problem]:
    n = text.count("\ufffd")
    return [Problem(f"{n} 个字符的编码已损坏 / {n} characters could not be decoded")] if n else []


def _lines(text: str) -> list[str]:
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n").replace("\u2028", "\n").replace("\u2029", "\n\n")
    lines = [part for line in text.split("\n") for part in ([line] if line.lstrip().startswith("|") else line.split(markup.BREAK))]
    lines = [line.replace("\ufeff", "").replace("\u200b", "") for line in lines]
    return _unwrap(_in_columns(with_tabs(_piped([line for line in lines if not _FURNITURE.fullmatch(line)]))))


def _piped(lines: list[str]) -> list[str]:
    """Tables whose cells are kept apart by bars and whose lines neither begin nor end with one (指标 | 分值 | 得分), with tabs for the bars."""
    out: list[str] = []
    k = 0
    while k < len(lines):
        bars = len(_BAR.findall(lines[k]))
        opens = lines[k].strip().startswith(("|", "｜"))
        stop = k
        while stop < len(lines) and bars >= 2 and not opens and lines[stop].strip() and bars - 1 <= len(_BAR.findall(lines[stop])) <= bars + 1:
            stop += 1
        stop = max(stop, k + 1)
        out += ["\t".join(c.strip() for c in _BAR.split(x)) for x in lines[k:stop] if not _RULE.fullmatch(x)] if stop - k >= 3 else lines[k:stop]
        k = stop
    return out


_APART = re.compile(r"(?<=\S)(?: {3,}|[\u3000]{2,} *)(?=\S)")
_LONGEST_HEAD = 40  # characters of a heading inside a table
_SIDE = 4  # lines of two columns
_LONG = 12  # half-width places of a usual line of a column


def _in_columns(lines: list[str]) -> list[str]:
    """Lines of text set in two columns side by side, the left column before the right one."""
    out: list[str] = []
    k = 0
    while k < len(lines):
        halves = _halves(lines[k])
        stop = k
        found: list[tuple[str, str]] = []
        while halves is not None and stop < len(lines):
            both = _halves(lines[stop])
            if both is None or abs(both[1] - halves[1]) > 2:
                break
            found.append((both[0], both[2]))
            stop += 1
        wide = max((half_widths(a) for a, _ in found), default=0)
        if len(found) >= _SIDE and sum(half_widths(a) >= 0.85 * wide for a, _ in found) * 10 >= 8 * len(found) and wide >= _LONG \
                and sum(half_widths(b) >= _LONG for _, b in found) * 10 >= 8 * len(found):
            if stop < len(lines) and lines[stop].strip() and _halves(lines[stop]) is None and half_widths(lines[stop]) <= wide:
                found.append((lines[stop], ""))  # the left column is a line longer
                stop += 1
            out += [a for a, _ in found] + [b for _, b in found if b]
        else:
            stop = max(stop, k + 1)
            out += lines[k:stop]
        k = stop
    return out


def _halves(line: str) -> tuple[str, int, str] | None:
    """The two pieces of a line that one wide blank parts, and the place at which the second begins."""
    if "\t" in line or "|" in line:
        return None
    gaps = list(_APART.finditer(line))
    if len(gaps) != 1:
        return None
    return line[:gaps[0].start()], half_widths(line[:gaps[0].end()]), line[gaps[0].end():]


def _unwrap(lines: list[str]) -> list[str]:
    """Undo hard line breaks, where the file is wrapped at a fixed width."""
    widths = Counter(half_widths(x) // 4 for x in lines if x.strip() and "\t" not in x and "|" not in x)
    full = max(widths, default=0)
    many = sum(n for w, n in widths.items() if w >= full - 1)
    if not 6 <= full <= 30 or many < 12 or many * 3 < sum(widths.values()):
        return lines
    out: list[str] = []
    joins = False
    for line in lines:
        if joins and line.strip() and not line.startswith(("\u3000", "  ", "\t")) and "\t" not in line:
            before = out[-1].rstrip()
            out[-1] = before + (" " if before[-1:].isascii() and before[-1:].isalpha() and line[:1].isalpha() and line[:1].isascii() else "") + line.lstrip()
        else:
            out.append(line)
        joins = bool(line.strip()) and "\t" not in line and half_widths(line) // 4 >= full - 1
    return out


def _cells(line: str) -> list[str] | None:
    """The cells of a table line, None for a line of running text."""
    if line.count("\t") >= 2:
        return [c.strip() for c in line.rstrip("\r\n").split("\t")]
    stripped = line.strip()
    if stripped.startswith("|") and stripped.count("|") >= 3:
        return [c.strip().replace("\\|", "|")
                for c in re.split(r"(?<!\\)\|", stripped.strip("|") if stripped.endswith("|") else stripped[1:])]
    return None


def _parts(lines: list[str]) -> list[Part]:
    out: list[Part] = []
    at = 0
    while at < len(lines):
        line = lines[at]
        if _cells(line) is not None:
            rows, after = _table(lines, at)
            if len(rows) > 1:
                out.append(RawTable([[RawCell(Run(_cell(c))) for c in r] for r in rows], tells_merged=False))
                at = after
                continue
        heading = _HEADING.fullmatch(line)
        under = _UNDER.fullmatch(lines[at + 1]) if at + 1 < len(lines) and line.strip() else None
        note = markup.definition(line)
        if note is not None:
            out.append(Paragraph(Run(_MARKS.sub("", note)), kind="note"))
        elif under and len(line.strip()) <= 40 and not line.rstrip().endswith(("。", "；", "，", "：")):
            out.append(Paragraph(Run(_MARKS.sub("", line.strip())), level=1 if under[1] == "=" else 2))
            at += 1
        elif heading:
            out.append(Paragraph(Run(_MARKS.sub("", heading[2])), level=len(heading[1])))
        elif line.strip():
            out.append(Paragraph(Run(_MARKS.sub("", line.strip("\r\n")).replace("\t", " "))))
        at += 1
    return out


def _cell(text: str) -> str:
    """A cell's words; a space between two Chinese characters is a line break of the print."""
    text = _MARKS.sub("", text).strip()
    return re.sub(r"(?<=[\u3400-\u9fff、，；。])[ \u3000]+(?=[\u3400-\u9fff])", "", text) if any(map(is_han, text)) else text


def _table(lines: list[str], at: int) -> tuple[list[list[str]], int]:
    """The rows of the table that begins at a line, and the line after it. Blank lines inside (page breaks) are passed over."""
    rows: list[list[str]] = []
    width = 0
    k = at
    while k < len(lines):
        line = lines[k]
        cells = _cells(line)
        if cells is not None and _RULE.fullmatch(line):
            k += 1
            continue
        if cells is not None:
            width = max(width, len(cells))
            if rows and len(rows[-1]) < width and len(rows[-1]) + len(cells) - 1 == width and not _starts_row(cells):
                rows[-1] = [*rows[-1][:-1], rows[-1][-1] + cells[0], *cells[1:]]
            else:
                rows.append(_under_label(cells, rows, width) if "|" in line or "｜" in line else cells)
            k += 1
            continue
        stop = k
        while stop < len(lines) and not lines[stop].strip():
            stop += 1
        if stop >= len(lines):
            break
        if stop > k:
            if _cells(lines[stop]) is None:
                break
            k = stop
            continue
        if rows and _heads(lines, k):
            rows.append([line.strip(), *[""] * (width - 1)])
            k += 1
            continue
        if not rows or not _continues(lines, k, rows[-1], width):
            break
        more = [c.strip() for c in line.split("\t")]
        rows[-1] = [*rows[-1][:-1], rows[-1][-1] + more[0], *more[1:]]
        k += 1
    return rows, k


def _under_label(cells: list[str], rows: list[list[str]], width: int) -> list[str]:
    """A row of a table between bars, under the columns that its cells belong to: one under a label merged over several rows is written
    without that label by some converters, a cell short."""
    short = width - len(cells)
    above = next((r for r in reversed(rows[1:]) if len(r) == width), None)
    if not 1 <= short <= 2 or above is None:
        return cells

    def alike(row: list[str]) -> int:
        return sum((number(a) is None) == (number(b) is None) for a, b in zip(row, above, strict=True) if a.strip() or b.strip())

    right, left = [*[""] * short, *cells], [*cells, *[""] * short]
    return right if alike(right) > alike(left) and number(right[-1]) is not None else cells


def _heads(lines: list[str], k: int) -> bool:
    """A short numbered line, or one that prints a weight, right above a row: the heading of the rows below it, whose blank cells were not printed."""
    words = lines[k].strip()
    below = _cells(lines[k + 1]) if k + 1 < len(lines) else None
    return "\t" not in words and len(words) <= _LONGEST_HEAD and below is not None and any(number(c) is not None for c in below) and (
        enumerator(words) is not None or is_caption(words)) and not is_heading_of_table(words)


def _starts_row(cells: list[str]) -> bool:
    return bool(_TOTAL.match(cells[0]))


def _continues(lines: list[str], k: int, row: list[str], width: int) -> bool:
    """A line without tabs, or with fewer, right below a table row: the rest of a cell that holds a line break."""
    more = lines[k].split("\t")
    if is_caption(more[0]) or is_heading_of_table(more[0]):
        return False
    if len(row) < width:
        return len(row) + len(more) - 1 <= width
    later = next((x for x in lines[k + 1:k + 3] if x.strip()), "")
    return len(more) == 1 and len(more[0].strip()) <= 40 and _cells(later) is not None and bool(
        re.search(r"\d[.．]$", row[-1]) or len(more[0].strip()) <= 2 or not row[-1])
