"""What of a PDF page a person sees: text objects that are invisible, covered, pale or slanted, and the way that text runs.

Order counts: an object drawn later lies on top (ISO 32000-2, 8.2). Text of render mode 3 over a picture is what a scanner's
software recognised in it: it says what the picture shows, so it is read.
"""

from __future__ import annotations

import ctypes
import io
import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from extractor.readers import pdfium
from extractor.readers.ink import CONTRAST, GREY, TINY, turn_of
from extractor.readers.pdfium import byref

Matrix = tuple[float, float, float, float, float, float]
Box = tuple[float, float, float, float]

_MOST = 200_000  # text objects looked at


@dataclass(slots=True)
class _Text:
    """A text object: its place in the drawing order, direction (quarter turns, None for slanted) and colour (None: invisible)."""

    thing: int
    order: int
    turn: int | None
    light: float | None
    matrix: Matrix
    layer: str | None = None


@dataclass(slots=True)
class _Ground:
    """A filled box or an image: what lies under later text and over earlier text. light is None for an image."""

    thing: int
    order: int
    box: Box
    light: float | None


@dataclass(slots=True)
class Scene:
    """What a walk over a page's objects gathers; `odd` tells the reader which text objects are not plain upright text.
    calls: pdfium's. Objects are told by their addresses."""

    calls: Any
    texts: list[_Text] = field(default_factory=list)
    grounds: list[_Ground] = field(default_factory=list)
    images: list[Box] = field(default_factory=list)
    order: int = 0
    curves: int = 0  # curved stretches of paths

    def text(self, thing: int, matrix: Matrix) -> None:
        """Take in a text object. matrix: from its space to points from the page's top left."""
        self.order += 1
        if len(self.texts) > _MOST:
            return
        calls = self.calls
        mode = calls.FPDFTextObj_GetTextRenderMode(thing)
        light = None if mode in (pdfium.TEXT_INVISIBLE, pdfium.TEXT_CLIP) else _light(calls, thing)
        turn = 0 if matrix[1] == 0 < matrix[0] else turn_of(matrix[0], matrix[1])
        text = _Text(thing, self.order, turn, light, matrix, _layer(calls, thing))
        if calls.FPDFTextObj_GetFontSize(thing, byref(_SIZE)) and _SIZE.value * math.hypot(matrix[0], matrix[1]) < TINY:
            box = _bounds(calls, text)  # a font may have units of its own: its letters decide
            text.turn = None if box is not None and min(box[2] - box[0], box[3] - box[1]) < TINY else text.turn
        self.texts.append(text)

    def path(self, thing: int, points: Sequence[tuple[float, float]], filled: bool) -> None:
        """Take in a path's outline, in points from the page's top left."""
        self.order += 1
        if not filled or len(points) < 3:
            return
        xs, ys = [p[0] for p in points], [p[1] for p in points]
        box = (min(xs), min(ys), max(xs), max(ys))
        if box[2] - box[0] < 4 or box[3] - box[1] < 4 or self.calls.FPDFPageObj_HasTransparency(thing):
            return
        self.grounds.append(_Ground(thing, self.order, box, _light(self.calls, thing)))

    def image(self, thing: int, matrix: Matrix) -> None:
        """Take in an image: the unit square through its matrix."""
        self.order += 1
        corners = [_apply(matrix, x, y) for x, y in ((0, 0), (1, 0), (0, 1), (1, 1))]
        xs, ys = [c[0] for c in corners], [c[1] for c in corners]
        box = (min(xs), min(ys), max(xs), max(ys))
        self.images.append(box)
        self.grounds.append(_Ground(thing, self.order, box, None))

    def grey(self) -> set[int]:
        """The addresses of text objects that are neither dark nor as pale as not to be read: watermarks, perhaps."""
        return {t.thing for t in self.texts if t.light is not None and GREY <= t.light <= 1 - CONTRAST}

    def layers(self) -> set[str]:
        """The names of the layers (optional content) that text stands on."""
        return {t.layer for t in self.texts if t.layer is not None}

    def odd(self, size: tuple[float, float], file: int | None, page: int | None, off: Collection[str] = ()) -> dict[int, int | None]:
        """The text objects that are not plain: by address, the quarter turns in which they run, or None where nobody sees them.
        file and page: their handles. off: the layers that are switched off."""
        out: dict[int, int | None] = {}
        opaque: dict[int, bool] = {}
        for t in self.texts:
            if t.layer in off or _clipped(self.calls, t, size):
                out[t.thing] = None
                continue
            if t.turn is None or (t.light is not None and not self.grounds and abs(1 - t.light) < CONTRAST):
                out[t.thing] = None
                continue
            if t.turn:
                out[t.thing] = t.turn
            plain = t.light is not None and abs(1 - t.light) >= CONTRAST
            later = [g for g in self.grounds if g.order > t.order]
            if plain and not later:
                continue
            box = _bounds(self.calls, t)
            if box is None:
                continue
            if any(_inside(box, g.box) and self._hides(g, size, opaque, file, page) for g in later):
                out[t.thing] = None
                continue
            if plain:
                continue
            below = [g for g in self.grounds if g.order < t.order and _inside(box, g.box)]
            if t.light is None:
                if not any(g.light is None for g in self.grounds if _inside(box, g.box)):
                    out[t.thing] = None
            elif not below or (below[-1].light is not None and abs((below[-1].light or 0.0) - t.light) < CONTRAST):
                out[t.thing] = None
        return out

    def _hides(self, g: _Ground, size: tuple[float, float], opaque: dict[int, bool], file: int | None, page: int | None) -> bool:
        """Whether what lies on top hides: a filled box does; an image does where it has no see-through part and is no page's scan."""
        if g.light is not None:
            return True
        if (g.box[2] - g.box[0]) * (g.box[3] - g.box[1]) > 0.8 * size[0] * size[1]:
            return False  # the text under a scanned page is what was recognised in it
        if g.thing not in opaque:
            opaque[g.thing] = _opaque(self.calls, g.thing, file, page)
        return opaque[g.thing]


# where pdfium's answers are put: it is asked for one thing at a time
_SIZE, _X, _Y = (ctypes.c_float() for _ in range(3))
_RED, _GREEN, _BLUE, _ALPHA = (ctypes.c_uint() for _ in range(4))
_LEFT, _BOTTOM, _RIGHT, _TOP = (ctypes.c_float() for _ in range(4))
_OWN = (ctypes.c_float * 6)()


def _light(calls: Any, thing: int) -> float:
    """How light an object's fill is on white paper, 0 black to 1 white."""
    if not calls.FPDFPageObj_GetFillColor(thing, byref(_RED), byref(_GREEN), byref(_BLUE), byref(_ALPHA)):
        return 0.0
    luminance = (0.299 * _RED.value + 0.587 * _GREEN.value + 0.114 * _BLUE.value) / 255
    return 1 - (1 - luminance) * _ALPHA.value / 255


def _apply(m: Matrix, x: float, y: float) -> tuple[float, float]:
    return m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5]


def _bounds(calls: Any, t: _Text) -> Box | None:
    """A text object's box in points from the page's top left: pdfium gives it in the space of the form that holds it."""
    if not calls.FPDFPageObj_GetBounds(t.thing, byref(_LEFT), byref(_BOTTOM), byref(_RIGHT), byref(_TOP)):
        return None
    # the object's own matrix is in its bounds already: what is left is the map of its surroundings
    _OWN[:] = [0.0] * 6
    calls.FPDFPageObj_GetMatrix(t.thing, _OWN)
    a, b, c, d, e, f = _OWN
    outer = _outer(t.matrix, (a, b, c, d, e, f))
    if outer is None:
        return None
    corners = [_apply(outer, x, y) for x in (_LEFT.value, _RIGHT.value) for y in (_BOTTOM.value, _TOP.value)]
    xs, ys = [c[0] for c in corners], [c[1] for c in corners]
    return min(xs), min(ys), max(xs), max(ys)


def _layer(calls: Any, thing: int) -> str | None:
    """The name of the layer that an object stands on, None where it stands on none."""
    for k in range(calls.FPDFPageObj_CountMarks(thing)):
        size = ctypes.c_ulong()
        mark = calls.FPDFPageObj_GetMark(thing, k)
        name = ctypes.create_string_buffer(64)
        if not calls.FPDFPageObjMark_GetName(mark, name, 64, byref(size)) or name.raw[:4] != b"O\0C\0" or size.value != 6:
            continue
        if calls.FPDFPageObjMark_GetParamStringValue(mark, b"Name", None, 0, byref(size)) and size.value > 2:
            value = ctypes.create_string_buffer(size.value)
            calls.FPDFPageObjMark_GetParamStringValue(mark, b"Name", value, size.value, byref(size))
            return value.raw.decode("utf-16-le", "replace").rstrip("\0")
    return None


def layers_off(data: bytes) -> frozenset[str]:
    """The names of the layers that a PDF's default configuration switches off (ISO 32000-2, 8.11.4.3)."""
    from pdfminer.pdfdocument import PDFDocument
    from pdfminer.pdfparser import PDFParser
    from pdfminer.pdftypes import resolve1
    from pdfminer.utils import decode_text

    def all_of(value: Any) -> list[Any]:
        value = resolve1(value)
        return [resolve1(x) for x in value] if isinstance(value, list) else []

    try:
        catalog = PDFDocument(PDFParser(io.BytesIO(data))).catalog
        properties = resolve1(catalog.get("OCProperties")) or {}
        default = resolve1(properties.get("D")) or {}
        off = all_of(default.get("OFF"))
        if str(resolve1(default.get("BaseState"))) in ("/'OFF'", "/OFF"):
            off += [g for g in all_of(properties.get("OCGs")) if g not in all_of(default.get("ON"))]
        names = [resolve1(g.get("Name")) for g in off if isinstance(g, dict)]
        return frozenset(decode_text(n) if isinstance(n, bytes) else str(n) for n in names if n is not None)
    except Exception:  # pdfminer raises what it likes on a damaged file; then all layers count as shown
        return frozenset()


def _clipped(calls: Any, t: _Text, size: tuple[float, float]) -> bool:
    """Whether nothing of a text object is left by what clips it (the rest of a sheet of which a part was pasted, say)."""
    clip = calls.FPDFPageObj_GetClipPath(t.thing)
    count = calls.FPDFClipPath_CountPaths(clip) if clip else -1
    if count <= 0:
        return False
    boxes = []
    for k in range(min(count, 8)):
        segments = calls.FPDFClipPath_CountPathSegments(clip, k)
        if not 3 <= segments <= 12:
            continue  # no box
        xs, ys = [], []
        for n in range(segments):
            calls.FPDFPathSegment_GetPoint(calls.FPDFClipPath_GetPathSegment(clip, k, n), byref(_X), byref(_Y))
            xs.append(_X.value)
            ys.append(_Y.value)
        boxes.append((min(xs), min(ys), max(xs), max(ys)))
    if not boxes:
        return False
    x0, y0, x1, y1 = max(b[0] for b in boxes), max(b[1] for b in boxes), min(b[2] for b in boxes), min(b[3] for b in boxes)
    if (x1 - x0 >= 0.9 * size[0] and y1 - y0 >= 0.9 * size[1]) or \
            not calls.FPDFPageObj_GetBounds(t.thing, byref(_LEFT), byref(_BOTTOM), byref(_RIGHT), byref(_TOP)):
        return False
    wide, high = min(_RIGHT.value, x1) - max(_LEFT.value, x0), min(_TOP.value, y1) - max(_BOTTOM.value, y0)
    return wide <= 0 or high <= 0


def _outer(whole: Matrix, own: Matrix) -> Matrix | None:
    """The map that comes after `own` in `whole`."""
    det = own[0] * own[3] - own[1] * own[2]
    if abs(det) < 1e-12:
        return None
    inverse = (own[3] / det, -own[1] / det, -own[2] / det, own[0] / det,
               (own[2] * own[5] - own[3] * own[4]) / det, (own[1] * own[4] - own[0] * own[5]) / det)
    a, b = inverse, whole
    return (a[0] * b[0] + a[1] * b[2], a[0] * b[1] + a[1] * b[3], a[2] * b[0] + a[3] * b[2], a[2] * b[1] + a[3] * b[3],
            a[4] * b[0] + a[5] * b[2] + b[4], a[4] * b[1] + a[5] * b[3] + b[5])


def _inside(box: Box, outer: Box) -> bool:
    """Whether the middle of a box, and most of its width, lies in another."""
    y = (box[1] + box[3]) / 2
    wide = min(box[2], outer[2]) - max(box[0], outer[0])
    return outer[1] <= y <= outer[3] and wide >= 0.7 * max(0.1, box[2] - box[0])


def _opaque(calls: Any, thing: int, file: int | None, page: int | None) -> bool:
    """Whether an image has no see-through part."""
    if calls.FPDFPageObj_HasTransparency(thing):
        return False
    bitmap = calls.FPDFImageObj_GetRenderedBitmap(file, page, thing)
    if not bitmap:
        return True
    try:
        return calls.FPDFBitmap_GetFormat(bitmap) not in pdfium.BITMAPS_WITH_ALPHA or not _has_holes(calls, bitmap)
    finally:
        calls.FPDFBitmap_Destroy(bitmap)


def _has_holes(calls: Any, bitmap: int) -> bool:
    width, height, stride = calls.FPDFBitmap_GetWidth(bitmap), calls.FPDFBitmap_GetHeight(bitmap), calls.FPDFBitmap_GetStride(bitmap)
    buffer = (ctypes.c_ubyte * (stride * height)).from_address(calls.FPDFBitmap_GetBuffer(bitmap))
    for y in range(0, height, max(1, height // 64)):
        for x in range(0, width, max(1, width // 64)):
            if buffer[y * stride + 4 * x + 3] < 250:
                return True
    return False
