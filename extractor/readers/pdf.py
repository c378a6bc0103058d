"""PDF through pdfium: characters with boxes, and the straight rules among the path objects."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from extractor.document import Document, Problem
from extractor.readers import seeing
from extractor.readers.ink import Glyph, PageInk, Rule, clean, lay_out, rules_of
from extractor.readers.layout import parts_of
from extractor.readers.parts import Place, assemble, is_han
from extractor.readers.pdf_fields import filled
from extractor.readers.pdf_seen import Box, Matrix, Scene, address_of
from patterns import expressions as re
from patterns.errors import UnusableInput

MAX_PAGES = 2000
MAX_CHARACTERS = 5_000_000
_MAX_RULES = 60_000


def read(path: str, data: bytes) -> Document:
    """The Document of a PDF. Pages without a text layer are recognised (extra `scan`)."""
    pdf = _open(path, data)
    try:
        count = len(pdf)
        if count == 0:
            raise UnusableInput(path, "PDF 没有页面 / the PDF has no pages", "重新导出后提交 / export it again")
        if count > MAX_PAGES:
            raise UnusableInput(path, f"有 {count} 页，超过上限 {MAX_PAGES} 页 / too many pages",
                                "只提交报告和附表所在的页 / keep the pages of the report and its annex")
        pages: list[PageInk] = []
        problems: list[Problem] = []
        blank: list[int] = []
        total = 0
        for k in range(count):
            try:
                page, needs_eyes = _page(pdf, k)
            except (pdfium.PdfiumError, ValueError, OverflowError, ctypes.ArgumentError) as e:
                problems.append(Problem(f"第 {k + 1} 页读不了 / page {k + 1} cannot be read ({e})", k + 1))
                pages.append(PageInk(k + 1, 595.0, 842.0))
                continue
            total += len(page.glyphs)
            if total > MAX_CHARACTERS:
                raise UnusableInput(path, "文字过多 / too much text", "只提交报告和附表 / keep the report and its annex")
            if needs_eyes:
                blank.append(k)
            pages.append(page)
        kind = "pdf"
        if blank:
            for k in blank:  # what a font without meanings gave is no text
                pages[k] = PageInk(k + 1, pages[k].width, pages[k].height)
            seeing.see(path, [k + 1 for k in blank], pages, problems, lambda number: _image(pdf, number))
            kind = "scan" if len(blank) * 2 > count else "pdf"
        seeing.see_parts(pages, problems, lambda number: _image(pdf, number))
        title = (pdf.get_metadata_value("Title") or "").strip() or None
    finally:
        pdf.close()
    return assemble(path, kind, parts_of(pages), pages=count, problems=problems, page_sizes=[(p.width, p.height) for p in pages], title=title)


def _open(path: str, data: bytes) -> Any:
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as e:
        if "password" in str(e).lower():
            raise UnusableInput(path, "PDF 有打开密码 / the PDF needs a password",
                                "去掉密码后重新提交 / remove the password and submit again") from e
        if re.search(rb"/Count\s+0\b", data) and len(data) < 100_000:
            raise UnusableInput(path, "PDF 没有页面 / the PDF has no pages", "重新导出后提交 / export it again") from e
        raise UnusableInput(path, "PDF 损坏或不完整 / the PDF is damaged or cut short",
                            "重新导出或重新下载 / export or download it again") from e


def _image(pdf: Any, number: int) -> Any:
    """A page as an array of RGB pixels, 200 to the inch, fewer for a huge page."""
    page = pdf[number - 1]
    try:
        width, height = page.get_size()
        scale = min(200 / 72, 6000 / max(width, height))
        return page.render(scale=scale, rev_byteorder=True).to_numpy().copy()
    finally:
        page.close()


def _page(pdf: Any, index: int) -> tuple[PageInk, bool]:
    """A page's glyphs and rules, and whether its text has to be read from its image."""
    page = pdf[index]
    try:
        width, height = page.get_size()
        if not (0 < width < 20_000 and 0 < height < 20_000):
            raise ValueError(f"page size {width:.0f} × {height:.0f}")
        shown = _shown(page, width, height)
        rules, scene = _drawn(page, shown)
        odd = scene.odd((width, height), pdf, page)
        text = page.get_textpage()
        try:
            letters = _letters(text, shown, index + 1, odd, (width, height))
        finally:
            text.close()
        letters.glyphs += [(0, g) for g in filled(page, lambda x, y: _apply(shown, x, y), index + 1, [g for _, g in letters.glyphs])]
        ink = PageInk(index + 1, width, height, [], rules, pictures=_pictures(letters.glyphs, scene.images, width, height))
        lay_out(letters.glyphs, ink)
        return ink, letters.unreadable and (bool(scene.images) or letters.unknown > 0)
    finally:
        page.close()


def _pictures(glyphs: Sequence[tuple[int, Glyph]], images: Sequence[Box], width: float, height: float) -> list[Box]:
    """The images on a page of text that may hold text themselves: large, and hardly any of the page's text on them."""
    if not glyphs:
        return []
    out = []
    for box in images:
        x0, top, x1, bottom = max(box[0], 0.0), max(box[1], 0.0), min(box[2], width), min(box[3], height)
        if x1 - x0 < 0.4 * width or bottom - top < 0.06 * height:
            continue
        if sum(x0 <= g.x <= x1 and top <= g.y <= bottom for _, g in glyphs) < 8:
            out.append((x0, top, x1, bottom))
    return out


def _shown(page: Any, width: float, height: float) -> Matrix:
    """The map from the page's own coordinates to points from the top left of the page as shown (rotation, crop box)."""
    def at(x: float, y: float) -> tuple[float, float]:
        a, b = ctypes.c_int(), ctypes.c_int()
        raw.FPDF_PageToDevice(page.raw, 0, 0, round(width * 64), round(height * 64), 0, x, y, a, b)
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


def _letters(text: Any, shown: Matrix, number: int, odd: dict[int, int | None], size: tuple[float, float]) -> _Letters:
    """The characters that are seen. odd: text objects that run another way or are not seen (pdf_seen.Scene.odd)."""
    out: list[tuple[int, Glyph]] = []
    unknown = latin = han = letters = 0
    box = raw.FS_RECTF()
    handle = text.raw
    code_of, box_of, made = raw.FPDFText_GetUnicode, raw.FPDFText_GetLooseCharBox, raw.FPDFText_IsGenerated
    for k in range(raw.FPDFText_CountChars(handle)):
        code = code_of(handle, k)
        if code in (10, 13) or (code == 0 and made(handle, k) == 1):
            continue
        if code == 32 and made(handle, k) == 1:
            continue
        turn = 0
        if odd:
            way = odd.get(address_of(handle, k), 0)
            if way is None:
                continue
            turn = way
        if code == 0 or code == 0xFFFD or 0xE000 <= code <= 0xF8FF or (1 <= code < 32 and code != 2):
            unknown += 1
            if not 0xE000 <= code <= 0xF8FF:
                continue
        char = clean(chr(code)) if code <= 0x10FFFF else ""
        if not char or not box_of(handle, k, box):
            continue
        (xa, ya), (xb, yb) = _apply(shown, box.left, box.top), _apply(shown, box.right, box.bottom)
        x0, x1 = (xa, xb) if xa <= xb else (xb, xa)
        top, bottom = (ya, yb) if ya <= yb else (yb, ya)
        if x1 - x0 <= 0 and bottom - top <= 0:
            continue
        if not (-1 <= (x0 + x1) / 2 <= size[0] + 1 and -1 <= (top + bottom) / 2 <= size[1] + 1):
            continue  # off the page
        if code > 0x7F:
            letters += 1
            han += is_han(char)
            latin += 0x80 <= code <= 0x24F or 0x2C0 <= code <= 0x2DF or code in _LIGATURES
        if char == "—" and out and out[-1][1].char == "—" and out[-1][1].x0 == x0 and out[-1][1].top == top:
            middle = (x0 + x1) / 2  # —— set as one glyph: each dash has half of it
            last = out[-1][1]
            last.x1, last.place = middle, Place(number, x0, top, middle, bottom)
            x0 = middle
        out.append((turn, Glyph(char, x0, top, x1, bottom, Place(number, x0, top, x1, bottom))))
    # A font that does not say its characters gives controls, private codes and accented Latin in their stead
    junk = unknown + (latin if han * 4 < latin else 0)
    unreadable = not out or junk * 10 >= 3 * (len(out) + unknown) or (junk >= 8 and han * 2 < junk)
    return _Letters(out, junk, unreadable)


_LIGATURES = frozenset(map(ord, "ˆ˜˙˚¸˝˛ˇ‰‚„†‡•…‹›€™ŒœŠšŸŽžƒπΩ∂∑∏∫≈◊ﬁﬂ"))


def _objects(page: Any) -> Iterator[tuple[Any, Matrix]]:
    """The page's objects with the map from their own space to the page's, those inside forms included."""
    identity: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    stack = [(raw.FPDFPage_GetObject(page.raw, k), identity, 0) for k in range(raw.FPDFPage_CountObjects(page.raw) - 1, -1, -1)]
    fs = raw.FS_MATRIX()
    seen = 0
    while stack and seen < 500_000:
        seen += 1
        thing, outer, depth = stack.pop()
        kind = raw.FPDFPageObj_GetType(thing)
        if kind not in (raw.FPDF_PAGEOBJ_TEXT, raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_FORM, raw.FPDF_PAGEOBJ_IMAGE):
            continue
        own = identity
        if raw.FPDFPageObj_GetMatrix(thing, fs):
            own = (fs.a, fs.b, fs.c, fs.d, fs.e, fs.f)
        matrix = _times(own, outer)
        if kind == raw.FPDF_PAGEOBJ_FORM:
            if depth < 6:
                stack += [(raw.FPDFFormObj_GetObject(thing, k), matrix, depth + 1) for k in range(raw.FPDFFormObj_CountObjects(thing) - 1, -1, -1)]
            continue
        yield thing, matrix


def _drawn(page: Any, shown: Matrix) -> tuple[list[Rule], Scene]:
    """The straight rules of a page, and what lies over and under its text."""
    out: list[Rule] = []
    scene = Scene()
    for thing, matrix in _objects(page):
        kind = raw.FPDFPageObj_GetType(thing)
        whole = _times(matrix, shown)
        if kind == raw.FPDF_PAGEOBJ_TEXT:
            scene.text(thing, whole)
            continue
        if kind == raw.FPDF_PAGEOBJ_IMAGE:
            scene.image(thing, whole)
            continue
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        raw.FPDFPath_GetDrawMode(thing, fill, stroke)
        if (not fill.value and not stroke.value) or len(out) > _MAX_RULES:
            continue
        for points, closed in _outlines(thing, whole):
            out += rules_of(points, closed, bool(stroke.value))
            scene.path(thing, points, bool(fill.value))
    return out, scene


def _outlines(thing: Any, matrix: Matrix) -> Iterator[tuple[list[tuple[float, float]], bool]]:
    points: list[tuple[float, float]] = []
    closed = False
    x, y = ctypes.c_float(), ctypes.c_float()
    for k in range(min(raw.FPDFPath_CountSegments(thing), 20_000)):
        segment = raw.FPDFPath_GetPathSegment(thing, k)
        kind = raw.FPDFPathSegment_GetType(segment)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        if kind == raw.FPDF_SEGMENT_MOVETO and points:
            yield points, closed
            points, closed = [], False
        if kind == raw.FPDF_SEGMENT_BEZIERTO:
            points = []
            continue
        points.append(_apply(matrix, x.value, y.value))
        closed = closed or bool(raw.FPDFPathSegment_GetClose(segment))
    if points:
        yield points, closed
