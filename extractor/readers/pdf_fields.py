"""What is filled into the form fields of a PDF (ISO 32000-2, 12.7) or typed on it (12.5.6.6, FreeText): shown by viewers, absent from the
page's own text."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from typing import Any

from extractor.readers import pdfium
from extractor.readers.ink import Glyph, Rule
from extractor.readers.parts import Place, is_han

_MOST = 5000
_KINDS = {"Tx", "Ch"}  # text and choice; buttons and signatures say nothing


def filled(calls: Any, page: int | None, forms: int | None, apply: Any, number: int, printed: Sequence[Glyph]) -> Iterator[Glyph]:
    """The characters of a page's filled fields, set level from the left of their boxes. forms: as in _inherited. apply: page coordinates to points from
    the page's top left. A field whose value the page prints itself (flattened) is passed over."""
    for k in range(min(calls.FPDFPage_GetAnnotCount(page), _MOST)):
        annotation = calls.FPDFPage_GetAnnot(page, k)
        if not annotation:
            continue
        try:
            subtype = calls.FPDFAnnot_GetSubtype(annotation)
            if subtype not in (pdfium.ANNOT_WIDGET, pdfium.ANNOT_FREETEXT) or calls.FPDFAnnot_GetFlags(annotation) & 0b100010:  # hidden, no view
                continue
            typed = subtype == pdfium.ANNOT_FREETEXT
            value = _string(calls, annotation, b"Contents" if typed else b"V") or ("" if typed else _inherited(calls, forms, annotation))
            kind = "" if typed else _string(calls, annotation, b"FT")
            box = (ctypes.c_float * 4)()
            if not value.strip() or (kind and kind not in _KINDS) or not calls.FPDFAnnot_GetRect(annotation, box):
                continue
        finally:
            calls.FPDFPage_CloseAnnot(annotation)
        (xa, ya), (xb, yb) = apply(box[0], box[1]), apply(box[2], box[3])  # left, top, right, bottom
        x0, x1, top, bottom = min(xa, xb), max(xa, xb), min(ya, yb), max(ya, yb)
        if any(x0 <= g.x <= x1 and top <= g.y <= bottom for g in printed):
            continue
        lines = [" ".join(line.split()) for line in value.splitlines() if line.strip()]
        step = (bottom - top) / len(lines)
        for n, text in enumerate(lines):
            widths = sum(1.0 if is_han(c) else 0.5 for c in text)
            size = min(0.75 * step, 12.0, (x1 - x0) / max(widths, 1.0))
            x, middle = x0 + min(2.0, 0.1 * size), top + (n + 0.5) * step
            for c in text:
                wide = size if is_han(c) else size / 2
                yield Glyph(c, x, middle - size / 2, x + wide, middle + size / 2, Place(number, x, middle - size / 2, x + wide, middle + size / 2))
                x += wide


def strikes(calls: Any, page: int | None, apply: Any) -> Iterator[Rule]:
    """The lines of a page's StrikeOut annotations (12.5.6.10)."""
    for k in range(min(calls.FPDFPage_GetAnnotCount(page), _MOST)):
        annotation = calls.FPDFPage_GetAnnot(page, k)
        if not annotation:
            continue
        try:
            if calls.FPDFAnnot_GetSubtype(annotation) != pdfium.ANNOT_STRIKEOUT or calls.FPDFAnnot_GetFlags(annotation) & 0b100010:
                continue
            quad = (ctypes.c_float * 8)()
            for n in range(min(calls.FPDFAnnot_CountAttachmentPoints(annotation), 200)):
                if calls.FPDFAnnot_GetAttachmentPoints(annotation, n, quad):
                    points = [apply(quad[at], quad[at + 1]) for at in (0, 2, 4, 6)]
                    xs, ys = [p[0] for p in points], [p[1] for p in points]
                    middle = (min(ys) + max(ys)) / 2
                    yield Rule(min(xs), middle, max(xs), middle)
        finally:
            calls.FPDFPage_CloseAnnot(annotation)


def _inherited(calls: Any, forms: int | None, annotation: int) -> str:
    """The value that a field has from the field that it belongs to (forms: pdfium's form environment, None where the file has no form)."""
    if forms is None or calls.FPDFAnnot_GetFormFieldType(forms, annotation) not in pdfium.FORMFIELDS_WITH_WORDS:
        return ""
    length = calls.FPDFAnnot_GetFormFieldValue(forms, annotation, None, 0)
    if length <= 2:
        return ""
    buffer = ctypes.create_string_buffer(length)
    calls.FPDFAnnot_GetFormFieldValue(forms, annotation, buffer, length)
    return buffer.raw[:length].decode("utf-16-le", "replace").rstrip("\0")


def _string(calls: Any, annotation: int, key: bytes) -> str:
    length = calls.FPDFAnnot_GetStringValue(annotation, key, None, 0)
    if length <= 2:
        return ""
    buffer = ctypes.create_string_buffer(length)
    calls.FPDFAnnot_GetStringValue(annotation, key, buffer, length)
    return buffer.raw[:length].decode("utf-16-le", "replace").rstrip("\0")
