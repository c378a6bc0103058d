"""The calls of pdfium that reading takes, bound by hand: handles are plain integers, what a call fills in is given by address.

pypdfium2 brings the library. Its own bindings and helpers, of which a reader needs a tenth, take 18 ms to import, and a call through them
twice as long; they are imported where pages are drawn (`File.helper`). Names are pdfium's (public/fpdfview.h, fpdf_text.h, fpdf_edit.h,
fpdf_annot.h). pdfium is no library for threads: one document is read at a time.
"""

from __future__ import annotations

import os
import sys
from ctypes import CDLL, Structure, byref, c_char_p, c_double, c_float, c_int, c_size_t, c_uint, c_ulong, c_void_p, create_string_buffer
from functools import cache
from importlib.util import find_spec
from typing import Any

__all__ = ["PAGEOBJ_FORM", "PAGEOBJ_IMAGE", "PAGEOBJ_PATH", "PAGEOBJ_TEXT", "SEGMENT_BEZIERTO", "SEGMENT_MOVETO", "TEXT_CLIP", "TEXT_INVISIBLE", "Damaged", "File", "Locked",
           "byref", "library"]

PAGEOBJ_TEXT, PAGEOBJ_PATH, PAGEOBJ_IMAGE, PAGEOBJ_FORM = 1, 2, 3, 5
SEGMENT_BEZIERTO, SEGMENT_MOVETO = 1, 2
TEXT_INVISIBLE, TEXT_CLIP = 3, 7  # render modes
ANNOT_FREETEXT, ANNOT_STRIKEOUT, ANNOT_WIDGET = 3, 12, 20
FORMFIELDS_WITH_WORDS = (4, 5, 6)  # combo box, list box, text field
BITMAPS_WITH_ALPHA = (4, 5)  # BGRA, BGRA_Premul
_PASSWORD = 4  # FPDF_ERR_PASSWORD

_KINDS: dict[str, Any] = {"p": c_void_p, "b": c_char_p, "i": c_int, "u": c_uint, "l": c_ulong, "z": c_size_t, "d": c_double, "f": c_float, "-": None}
# name, result and arguments: p pointer or handle, b bytes, i int, u unsigned, l unsigned long, z size_t, d double, f float, - nothing
_CALLS = """
FPDF_InitLibraryWithConfig - p
FPDF_LoadMemDocument64 p pzb
FPDF_CloseDocument - p
FPDF_GetLastError l
FPDF_GetPageCount i p
FPDF_GetFormType i p
FPDF_GetMetaText l pbpl
FPDF_LoadPage p pi
FPDF_ClosePage - p
FPDF_GetPageWidthF f p
FPDF_GetPageHeightF f p
FPDF_PageToDevice i piiiiiddpp
FORM_OnAfterLoadPage - pp
FORM_OnBeforeClosePage - pp
FPDFDoc_GetAttachmentCount i p
FPDFDoc_GetAttachment p pi
FPDFAttachment_GetName l ppl
FPDFText_LoadPage p p
FPDFText_ClosePage - p
FPDFText_CountChars i p
FPDFText_GetUnicode u pi
FPDFText_IsGenerated i pi
FPDFText_GetLooseCharBox i pip
FPDFText_GetCharBox i pipppp
FPDFText_GetCharOrigin i pipp
FPDFText_GetTextObject p pi
FPDFPage_CountObjects i p
FPDFPage_GetObject p pi
FPDFPage_GetAnnotCount i p
FPDFPage_GetAnnot p pi
FPDFPage_CloseAnnot - p
FPDFPageObj_GetType i p
FPDFPageObj_GetMatrix i pp
FPDFPageObj_GetBounds i ppppp
FPDFPageObj_GetFillColor i ppppp
FPDFPageObj_HasTransparency i p
FPDFPageObj_GetClipPath p p
FPDFPageObj_CountMarks i p
FPDFPageObj_GetMark p pl
FPDFPageObjMark_GetName i pplp
FPDFPageObjMark_GetParamStringValue i pbplp
FPDFTextObj_GetTextRenderMode i p
FPDFTextObj_GetFontSize i pp
FPDFFormObj_CountObjects i p
FPDFFormObj_GetObject p pl
FPDFPath_GetDrawMode i ppp
FPDFPath_CountSegments i p
FPDFPath_GetPathSegment p pi
FPDFPathSegment_GetType i p
FPDFPathSegment_GetPoint i ppp
FPDFPathSegment_GetClose i p
FPDFClipPath_CountPaths i p
FPDFClipPath_CountPathSegments i pi
FPDFClipPath_GetPathSegment p pii
FPDFImageObj_GetRenderedBitmap p ppp
FPDFBitmap_Destroy - p
FPDFBitmap_GetBuffer p p
FPDFBitmap_GetFormat i p
FPDFBitmap_GetHeight i p
FPDFBitmap_GetWidth i p
FPDFBitmap_GetStride i p
FPDFAnnot_GetSubtype i p
FPDFAnnot_GetFlags i p
FPDFAnnot_GetRect i pp
FPDFAnnot_CountAttachmentPoints z p
FPDFAnnot_GetAttachmentPoints i pzp
FPDFAnnot_GetStringValue l pbpl
FPDFAnnot_GetFormFieldType i pp
FPDFAnnot_GetFormFieldValue l pppl
"""


class _Config(Structure):
    _fields_ = (("version", c_int), ("font_paths", c_void_p), ("isolate", c_void_p), ("slot", c_uint), ("platform", c_void_p))


class Damaged(Exception):
    """A file or page that pdfium does not read."""


class Locked(Damaged):
    """A file that needs a password."""


@cache
def library() -> Any:
    """The calls, by their names."""
    whole = _loaded()

    calls: Any = type("Calls", (), {})
    for line in _CALLS.split("\n"):
        name, _, kinds = line.partition(" ")
        if name:
            result, _, arguments = kinds.partition(" ")
            call = whole[name]
            call.restype, call.argtypes = _KINDS[result], [_KINDS[a] for a in arguments]
            setattr(calls, name, call)
    calls.FPDF_InitLibraryWithConfig(byref(_Config(2)))  # nothing happens where pypdfium2 has done so
    return calls


def _loaded() -> CDLL:
    """pypdfium2's library: the file beside its bindings, or the one that its bindings load (a system's own)."""
    found = find_spec("pypdfium2_raw")
    name = "pdfium.dll" if sys.platform == "win32" else "libpdfium.dylib" if sys.platform == "darwin" else "libpdfium.so"
    for folder in (found.submodule_search_locations or ()) if found else ():
        if os.path.isfile(path := os.path.join(folder, name)):
            return CDLL(path)
    from pypdfium2_raw import bindings

    loaded: CDLL = bindings._libs["pdfium"]
    return loaded


class File:
    """An open PDF. Raises Locked or Damaged where it cannot be opened. pages: their number."""

    def __init__(self, data: bytes) -> None:
        calls = library()
        self.calls = calls
        self._data = data  # pdfium reads from it as long as the file is open
        self._helper: Any = None
        self.forms: int | None = None  # pdfium's form environment, None where the file has no form
        self.raw: int | None = calls.FPDF_LoadMemDocument64(data, len(data), None)
        if not self.raw:
            raise (Locked if calls.FPDF_GetLastError() == _PASSWORD else Damaged)("the file cannot be opened")
        self._own = not calls.FPDF_GetFormType(self.raw)
        if not self._own:  # what a form's fields show takes an environment that the helper sets up
            calls.FPDF_CloseDocument(self.raw)
            self._helper = _helped(data)
            self._helper.init_forms()
            self.raw = _address(self._helper.raw)
            self.forms = _address(self._helper.formenv.raw) if self._helper.formenv else None
        self.pages: int = calls.FPDF_GetPageCount(self.raw)

    def page(self, index: int) -> Page:
        """A page, from 0. Raises Damaged."""
        return Page(self, index)

    def helper(self) -> Any:
        """The same file as pypdfium2 has it: for drawing its pages."""
        if self._helper is None:
            self._helper = _helped(self._data)
        return self._helper

    def title(self) -> str:
        """The title among its properties, "" for none."""
        return _text(lambda room, size: self.calls.FPDF_GetMetaText(self.raw, b"Title", room, size))

    def attached(self, most: int) -> list[str]:
        """The names of the files attached to it."""
        handles = [self.calls.FPDFDoc_GetAttachment(self.raw, k) for k in range(min(self.calls.FPDFDoc_GetAttachmentCount(self.raw), most))]
        return [_text(lambda room, size, h=h: self.calls.FPDFAttachment_GetName(h, room, size)) for h in handles if h]

    def close(self) -> None:
        """Let go of it; its pages are closed before."""
        if self._own:
            self.calls.FPDF_CloseDocument(self.raw)
        if self._helper is not None:
            self._helper.close()
        self.raw = None


class Page:
    """A page; width and height as shown, in points. Raises Damaged where it cannot be loaded."""

    def __init__(self, file: File, index: int) -> None:
        self._file = file
        self._text: int | None = None
        self.raw: int | None = file.calls.FPDF_LoadPage(file.raw, index)
        if not self.raw:
            raise Damaged("Failed to load page.")
        if file.forms:
            file.calls.FORM_OnAfterLoadPage(self.raw, file.forms)
        self.width: float = file.calls.FPDF_GetPageWidthF(self.raw)
        self.height: float = file.calls.FPDF_GetPageHeightF(self.raw)

    def text(self) -> int:
        """The handle of its text. Raises Damaged."""
        self._text = self._text or self._file.calls.FPDFText_LoadPage(self.raw)
        if not self._text:
            raise Damaged("Failed to load text page.")
        return self._text

    def close(self) -> None:
        """Let go of it and its text."""
        calls = self._file.calls
        if self._text:
            calls.FPDFText_ClosePage(self._text)
        if self._file.forms:
            calls.FORM_OnBeforeClosePage(self.raw, self._file.forms)
        calls.FPDF_ClosePage(self.raw)
        self.raw = self._text = None


def _helped(data: bytes) -> Any:
    import pypdfium2

    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as e:
        raise Damaged(str(e)) from e


def _address(handle: Any) -> int:
    """What pypdfium2's typed pointer points at."""
    from ctypes import cast

    return cast(handle, c_void_p).value or 0


def _text(fill: Any) -> str:
    """A text of pdfium's: told its length first, then given room for it."""
    size = fill(None, 0)
    if size <= 2:
        return ""
    room = create_string_buffer(size)
    fill(room, size)
    return room.raw[:size].decode("utf-16-le", "replace").rstrip("\0")
