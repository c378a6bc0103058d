"""PDF through pdfium: characters with boxes, and the straight rules among the path objects."""

from __future__ import annotations

import ctypes
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from itertools import repeat
from typing import Any, NamedTuple

from extractor.document import Document, Problem
from extractor.readers import pdfium, seeing
from extractor.readers.ink import UNKNOWN, Glyph, PageInk, Rule, clean, lay_out, rules_of, watermarks
from extractor.readers.layout import parts_of
from extractor.readers.parts import Place, assemble, is_han
from extractor.readers.pdf_fields import filled, strikes
from extractor.readers.pdf_seen import Box, Matrix, Scene, layers_off
from extractor.readers.pdfium import byref
from patterns import expressions as re
from patterns.errors import UnusableInput

MAX_PAGES = 5000
MAX_CHARACTERS = 5_000_000
_MAX_RULES = 60_000


def read(path: str, data: bytes) -> Document:
    """The Document of a PDF. Pages without a text layer are recognised (extra `scan`)."""
    pdf = _open(path, data)
    try:
        count = pdf.pages
        if count == 0:
            raise UnusableInput(path, "PDF 没有页面 / the PDF has no pages", "重新导出后提交 / export it again")
        if count > MAX_PAGES:
            raise UnusableInput(path, f"有 {count} 页，超过上限 {MAX_PAGES} 页 / too many pages",
                                "只提交报告和附表所在的页 / keep the pages of the report and its annex")
        pages: list[PageInk] = []
        problems: list[Problem] = []
        off = cache(lambda: layers_off(data))
        blank: list[int] = []
        unlikely: list[int] = []
        total = 0
        for k in range(count):
            try:
                page, looks = _page(pdf, k, off)
            except (pdfium.Damaged, ValueError, OverflowError, ctypes.ArgumentError) as e:
                problems.append(Problem(f"第 {k + 1} 页读不了 / page {k + 1} cannot be read ({e})", k + 1))
                pages.append(PageInk(k + 1, 595.0, 842.0))
                continue
            total += len(page.glyphs)
            if total > MAX_CHARACTERS:
                raise UnusableInput(path, "文字过多 / too much text", "只提交报告和附表 / keep the report and its annex")
            if looks == _PICTURE:
                blank.append(k)
            elif looks == _UNLIKELY:
                unlikely.append(k)
            pages.append(page)
        kind = "pdf"
        if blank:
            for k in blank:  # what a font without meanings gave is no text
                pages[k] = PageInk(k + 1, pages[k].width, pages[k].height)
            seeing.see(path, [k + 1 for k in blank], pages, problems, lambda number: _image(pdf, number))
            kind = "scan" if len(blank) * 2 > count else "pdf"
        _compare(pdf, unlikely, pages)
        seeing.see_letters(pages, problems, lambda number, box: _part(pdf, number, box))
        seeing.see_parts(pages, problems, lambda number, box: _part(pdf, number, box))
        problems += [Problem(f"PDF 附带的文件未读（{n}） / a file attached to the PDF was not read") for n in pdf.attached(20) if n.lower().endswith(_DOCUMENTS)]
        title = pdf.title().strip() or None
    finally:
        pdf.close()
    return assemble(path, kind, parts_of(pages), pages=count, problems=problems, page_sizes=[(p.width, p.height) for p in pages], title=title)


_DOCUMENTS = (".xlsx", ".xls", ".et", ".docx", ".doc", ".wps", ".pdf", ".ofd")


def _open(path: str, data: bytes) -> pdfium.File:
    try:
        return pdfium.File(data)
    except pdfium.Locked as e:
        raise UnusableInput(path, "PDF 有打开密码 / the PDF needs a password",
                            "去掉密码后重新提交 / remove the password and submit again") from e
    except pdfium.Damaged as e:
        if re.search(rb"/Count\s+0\b", data) and len(data) < 100_000:
            raise UnusableInput(path, "PDF 没有页面 / the PDF has no pages", "重新导出后提交 / export it again") from e
        raise UnusableInput(path, "PDF 损坏或不完整 / the PDF is damaged or cut short",
                            "重新导出或重新下载 / export or download it again") from e


def _image(pdf: pdfium.File, number: int) -> Any:
    """A page as an array of RGB pixels, 200 to the inch, fewer for a huge page."""
    page = pdf.helper()[number - 1]
    try:
        width, height = page.get_size()
        scale = min(200 / 72, 6000 / max(width, height))
        return page.render(scale=scale, rev_byteorder=True).to_numpy().copy()
    finally:
        page.close()


def _compare(pdf: pdfium.File, unlikely: Sequence[int], pages: list[PageInk]) -> None:
    """Take what is recognised of a page for its text where only that is Chinese."""
    if not seeing.available():
        return
    for k in unlikely:
        seen = [PageInk(n + 1, p.width, p.height) for n, p in enumerate(pages[:k + 1])]
        seeing.see("", [k + 1], [*pages[:k], seen[k]], [], lambda number: _image(pdf, number))
        if sum(is_han(g.char) for g in seen[k].glyphs) > 2 * sum(is_han(g.char) for g in pages[k].glyphs) + 10:
            pages[k] = seen[k]


def _part(pdf: pdfium.File, number: int, box: Box) -> Any:
    """A part of a page, given in points from its top left, as pixels."""
    pixels = _image(pdf, number)
    page = pdf.page(number - 1)
    try:
        scale = pixels.shape[1] / page.width
    finally:
        page.close()
    return pixels[round(box[1] * scale):round(box[3] * scale), round(box[0] * scale):round(box[2] * scale)]


_TEXT, _PICTURE, _UNLIKELY = range(3)
_DRAWN = 150  # curves of a page without text from which on its letters are drawn


def _page(pdf: pdfium.File, index: int, off: Callable[[], frozenset[str]] = frozenset) -> tuple[PageInk, int]:
    """A page's glyphs and rules, and whether its text has to be read from its image (_PICTURE), or looks like it (_UNLIKELY).
    off: gives the layers that are switched off."""
    page = pdf.page(index)
    calls = pdf.calls
    try:
        width, height = page.width, page.height
        if not (0 < width < 20_000 and 0 < height < 20_000):
            raise ValueError(f"page size {width:.0f} × {height:.0f}")
        shown = _shown(calls, page.raw, width, height)
        rules, scene = _drawn(calls, page.raw, shown)
        rules += strikes(calls, page.raw, lambda x, y: _apply(shown, x, y))
        odd = scene.odd((width, height), pdf.raw, page.raw, off() if scene.layers() else ())
        letters = _letters(calls, page.text(), shown, index + 1, odd, (width, height), scene.grey())
        glyphs = letters.glyphs
        glyphs += [(0, g) for g in filled(calls, page.raw, pdf.forms, lambda x, y: _apply(shown, x, y), index + 1, [g for _, g in glyphs])]
        pictures = seeing.worth_reading([g for _, g in glyphs], scene.images, width, height) if scene.images else []
        ink = PageInk(index + 1, width, height, [], rules, pictures=pictures)
        lay_out(glyphs, ink)
        ink.unknown = [g for g in ink.glyphs if g.char == UNKNOWN]
        return ink, (_PICTURE if letters.unreadable and (bool(scene.images) or letters.unknown > 0 or scene.curves >= _DRAWN)
                     else _UNLIKELY if letters.unlikely else _TEXT)
    finally:
        page.close()


def _shown(calls: Any, page: int | None, width: float, height: float) -> Matrix:
    """The map from the page's own coordinates to points from the top left of the page as shown (rotation, crop box)."""
    def at(x: float, y: float) -> tuple[float, float]:
        a, b = ctypes.c_int(), ctypes.c_int()
        calls.FPDF_PageToDevice(page, 0, 0, round(width * 64), round(height * 64), 0, x, y, byref(a), byref(b))
        return a.value / 64, b.value / 64

    far = 1000.0
    (x0, y0), (x1, y1), (x2, y2) = at(0, 0), at(far, 0), at(0, far)
    return ((x1 - x0) / far, (y1 - y0) / far, (x2 - x0) / far, (y2 - y0) / far, x0, y0)


def _apply(m: Matrix, x: float, y: float) -> tuple[float, float]:
    return m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5]


def _times(a: Matrix, b: Matrix) -> Matrix:
    """First a, then b."""
    return (a[0] * b[0] + a[1] * b[2], a[0] * b[1] + a[1] * b[3], a[2] * b[0] + a[3] * b[2], a[2] * b[1] + a[3] * b[3],
            a[4] * b[0] + a[5] * b[2] + b[4], a[4] * b[1] + a[5] * b[3] + b[5])


@dataclass(slots=True)
class _Letters:
    """A page's characters with the quarter turns in which they run, and whether they say anything."""

    glyphs: list[tuple[int, Glyph]]
    unknown: int
    unreadable: bool
    unlikely: bool  # many Latin letters and hardly a Chinese character: such a page may be of a font that lies


class _Kind(NamedTuple):
    """What a character's code says: its text, and whether it counts among those of no meaning, Chinese, accented and plain Latin ones."""

    char: str
    unknown: bool
    han: bool
    latin: bool
    plain: bool


@cache
def _kind(code: int) -> _Kind:
    says_nothing = code == 0 or code == 0xFFFD or (0xE000 <= code < 0xF000 and code not in (0xE5E5, 0xE4C6)) or code > 0xF0000 or (1 <= code < 32 and code != 2) or (
        0x530 <= code < 0xABFF and _STRANGE[bisect_right(_STRANGE_FROM, code) - 1][0] <= code <= _STRANGE[bisect_right(_STRANGE_FROM, code) - 1][1])
    char = UNKNOWN if says_nothing else clean(chr(code)) if code <= 0x10FFFF else ""
    return _Kind(char, says_nothing or 0xF000 <= code <= 0xF8FF, code > 0x7F and char != "" and is_han(char),
                 0x80 <= code <= 0x24F or 0x2C0 <= code <= 0x2DF or code in _LIGATURES, 65 <= code <= 90 or 97 <= code <= 122)


def _letters(calls: Any, text: int, shown: Matrix, number: int, odd: dict[int, int | None], size: tuple[float, float], grey: set[int]) -> _Letters:
    """The characters that are seen. odd: text objects that run another way or are not seen (pdf_seen.Scene.odd); grey: those that may be
    watermarks. pdfium is asked for all characters of a kind in one go: a page has a thousand of them."""
    groups: dict[int, list[Glyph]] = {}
    out: list[tuple[int, Glyph]] = []
    left_out: list[int] = []  # the codes of what no page shows, and of what stands on it
    seen: list[int] = []
    a, b, c, d, e, f = shown
    count = calls.FPDFText_CountChars(text)
    room = (ctypes.c_float * (4 * count))()  # left, top, right and bottom of each
    codes = list(map(calls.FPDFText_GetUnicode, repeat(text), range(count)))
    says = {code: _kind(code).char for code in set(codes)}
    start = ctypes.addressof(room) if count else 0
    known = list(map(calls.FPDFText_GetLooseCharBox, repeat(text), range(count), range(start, start + 16 * count, 16)))
    lefts, tops, rights, bottoms = room[0::4], room[1::4], room[2::4], room[3::4]
    xas = [a * x + c * y + e for x, y in zip(lefts, tops, strict=True)]
    yas = [b * x + d * y + f for x, y in zip(lefts, tops, strict=True)]
    xbs = [a * x + c * y + e for x, y in zip(rights, bottoms, strict=True)]
    ybs = [b * x + d * y + f for x, y in zip(rights, bottoms, strict=True)]
    sorted_out = bool(odd or grey)
    addresses = map(calls.FPDFText_GetTextObject, repeat(text), range(count)) if sorted_out else repeat(0, count)
    wide, high = 2 * (size[0] + 1), 2 * (size[1] + 1)
    place = partial(tuple.__new__, Place)
    turn = 0
    for k, code, boxed, xa, ya, xb, yb, address in zip(range(count), codes, known, xas, yas, xbs, ybs, addresses, strict=True):
        if code <= 32 and (code in (10, 13) or (code in (0, 32) and calls.FPDFText_IsGenerated(text, k) == 1)):
            left_out.append(code)
            continue
        if sorted_out:
            way = odd.get(address or 0, 0)
            if way is None:
                left_out.append(code)
                continue
            turn = way
        char = says[code]
        if not char or not boxed:
            continue
        x0, x1 = (xa, xb) if xa <= xb else (xb, xa)
        top, bottom = (ya, yb) if ya <= yb else (yb, ya)
        if x1 <= x0 and bottom <= top:
            continue
        if not (-2 <= x0 + x1 <= wide and -2 <= top + bottom <= high):
            continue  # off the page
        if code in _DOTS:
            char = _drawn_as(calls, text, k, char, abs(tops[k] - bottoms[k]))
        seen.append(code)
        if char == "—" and out and out[-1][1].char == "—" and out[-1][1].x0 == x0 and out[-1][1].top == top:
            middle = (x0 + x1) / 2  # —— set as one glyph: each dash has half of it
            last = out[-1][1]
            last.x1, last.place = middle, Place(number, x0, top, middle, bottom)
            x0 = middle
        glyph = Glyph(char, x0, top, x1, bottom, place((number, x0, top, x1, bottom, 100)))
        out.append((turn, glyph))
        if sorted_out and address in grey:
            groups.setdefault(address, []).append(glyph)
    told = Counter(codes)
    told.subtract(left_out)
    unknown = sum(n for code, n in told.items() if _kind(code).unknown)
    kinds = [(_kind(code), n) for code, n in Counter(seen).items()]
    han, latin, plain = sum(n for k, n in kinds if k.han), sum(n for k, n in kinds if k.latin), sum(n for k, n in kinds if k.plain)
    if groups:
        marked = {id(g) for group in groups.values() for g in group}
        every = list(groups.values())
        gone = {id(g) for k in watermarks(every, [g for _, g in out if id(g) not in marked]) for g in every[k]}
        out = [(t, g) for t, g in out if id(g) not in gone]
    # A font that does not say its characters gives controls, private codes and accented Latin in their stead
    junk = unknown + (latin if han * 4 < latin else 0)
    unreadable = not out or junk * 10 >= 3 * len(out) or (junk >= 8 and han * 2 < junk)
    if latin and not unreadable:
        _lone_accents([g for _, g in out])
    return _Letters(out, junk, unreadable, plain >= _WORDY and plain > 2 * han)


_DOTS = frozenset((0x20, 0xA0, 0x27, 0xB7, 0x2D9, 0x2022))  # what careless fonts call their decimal point


def _drawn_as(calls: Any, text: int, index: int, char: str, high: float) -> str:
    """A blank or a dot by its ink, whatever its font calls it: a small dot on the line is a point (5 3% is 5.3%); a blank with any other
    ink nobody can tell. high: of its line, in points."""
    left, right, bottom, top, x, y = (ctypes.c_double() for _ in range(6))
    if not calls.FPDFText_GetCharBox(text, index, byref(left), byref(right), byref(bottom), byref(top)) or \
            not calls.FPDFText_GetCharOrigin(text, index, byref(x), byref(y)):
        return char
    wide, tall = abs(right.value - left.value), abs(top.value - bottom.value)
    if min(wide, tall) < 0.04 * high:
        return char
    if max(wide, tall) < 0.25 * high and abs(bottom.value - y.value) < 0.06 * high:
        return "."
    return UNKNOWN if char.isspace() else char


# Scripts that no Chinese report is set in (Arabic, Tibetan, Mongolian, Yi and Korean are): a font's own codes may fall among them
_STRANGE = ((0x530, 0x5FF), (0x700, 0xEFF), (0x1000, 0x17FF), (0x18B0, 0x1DFF), (0xA4D0, 0xABFF))
_STRANGE_FROM = [start for start, _ in _STRANGE]
_WORDY = 20  # Latin letters of a page from which on it is asked where its Chinese is


def _lone_accents(glyphs: Sequence[Glyph]) -> None:
    """Accented letters that stand in no Latin word of a Chinese page say that a font hides its characters (digits, mostly)."""
    for k, g in enumerate(glyphs):
        if "\u00c0" <= g.char <= "\u024f" and g.char not in "×÷" and not any(0 <= j < len(glyphs) and glyphs[j].char.isascii() and glyphs[j].char.isalpha()
                                                                              for j in (k - 1, k + 1)):
            g.char = UNKNOWN


_LIGATURES = frozenset(map(ord, "ˆ˜˙˚¸˝˛ˇ‰‚„†‡•…‹›€™ŒœŠšŸŽžƒπΩ∂∑∏∫≈◊ﬁﬂ"))


_Thing = tuple[int, int, Matrix]  # an object's address, kind, and map to points from the page's top left


def _objects(calls: Any, page: int | None, shown: Matrix) -> Iterator[_Thing]:
    """The page's texts, paths and images in the order in which they are drawn, those inside forms included."""
    identity: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    stack = [(calls.FPDFPage_GetObject(page, k), identity, 0) for k in range(calls.FPDFPage_CountObjects(page) - 1, -1, -1)]
    own_of, kind_of = calls.FPDFPageObj_GetMatrix, calls.FPDFPageObj_GetType
    room = (ctypes.c_float * 6)()
    at = byref(room)
    seen = 0
    while stack and seen < 500_000:
        seen += 1
        thing, outer, depth = stack.pop()
        kind = kind_of(thing)
        if kind not in _KINDS:
            continue
        if own_of(thing, at):
            a, b, c, d, e, f = room
            matrix = (a, b, c, d, e, f) if outer is identity else _times((a, b, c, d, e, f), outer)
        else:
            matrix = outer
        if kind == pdfium.PAGEOBJ_FORM:
            if depth < 6:
                stack += [(calls.FPDFFormObj_GetObject(thing, k), matrix, depth + 1) for k in range(calls.FPDFFormObj_CountObjects(thing) - 1, -1, -1)]
            continue
        yield thing, kind, _times(matrix, shown)


_KINDS = frozenset((pdfium.PAGEOBJ_TEXT, pdfium.PAGEOBJ_PATH, pdfium.PAGEOBJ_FORM, pdfium.PAGEOBJ_IMAGE))


def _drawn(calls: Any, page: int | None, shown: Matrix) -> tuple[list[Rule], Scene]:
    """The straight rules of a page, and what lies over and under its text."""
    out: list[Rule] = []
    scene = Scene(calls)
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    for thing, kind, whole in _objects(calls, page, shown):
        if kind == pdfium.PAGEOBJ_TEXT:
            scene.text(thing, whole)
            continue
        if kind == pdfium.PAGEOBJ_IMAGE:
            scene.image(thing, whole)
            continue
        fill.value = stroke.value = 0
        calls.FPDFPath_GetDrawMode(thing, byref(fill), byref(stroke))
        if (not fill.value and not stroke.value) or len(out) > _MAX_RULES:
            continue
        for points, closed in _outlines(calls, thing, whole, scene):
            out += rules_of(points, closed, bool(stroke.value))
            scene.path(thing, points, bool(fill.value))
    return out, scene


def _outlines(calls: Any, thing: int, matrix: Matrix, scene: Scene) -> Iterator[tuple[list[tuple[float, float]], bool]]:
    points: list[tuple[float, float]] = []
    closed = False
    x, y = ctypes.c_float(), ctypes.c_float()
    a, b, c, d, e, f = matrix
    for k in range(min(calls.FPDFPath_CountSegments(thing), 20_000)):
        segment = calls.FPDFPath_GetPathSegment(thing, k)
        kind = calls.FPDFPathSegment_GetType(segment)
        calls.FPDFPathSegment_GetPoint(segment, byref(x), byref(y))
        if kind == pdfium.SEGMENT_MOVETO and points:
            yield points, closed
            points, closed = [], False
        if kind == pdfium.SEGMENT_BEZIERTO:
            scene.curves += 1
            points = []
            continue
        points.append((a * x.value + c * y.value + e, b * x.value + d * y.value + f))
        closed = closed or bool(calls.FPDFPathSegment_GetClose(segment))
    if points:
        yield points, closed
