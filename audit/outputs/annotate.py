"""The findings written into a copy of what was submitted: comments in a DOCX, annotations on a PDF. The original is never touched."""

from __future__ import annotations

import ctypes
import io
from collections.abc import Iterator
from hashlib import sha256
from os import PathLike
from pathlib import Path
from typing import Any

from docx.oxml.ns import qn

from audit import files
from audit.model import Audit
from audit.outputs.paper import save
from audit.outputs.view import FindingView, view
from audit.words import plain
from patterns.errors import UnusableInput

AUTHOR, INITIALS = "复核", "核"
COLOURS = {"error": (217, 45, 32), "warning": (220, 150, 0), "info": (31, 95, 174)}
MOST = 400  # comments in one copy


def write(audit: Audit, path: str | PathLike[str], lang: str = "zh") -> None:
    """Write the annotated copy. Raises UnusableInput where the report is neither DOCX nor PDF, or the copy cannot be written."""
    files.protect(path, audit.report.document.path)
    files.write(path, render(audit, lang))


def render(audit: Audit, lang: str = "zh") -> bytes:
    """The copy's bytes."""
    source = Path(audit.report.document.path)
    try:
        raw = source.read_bytes()
    except OSError as e:
        raise UnusableInput(source, "送审文件读不到了 / the submitted file is gone", "放回原处再运行 / put it back and run again") from e
    if raw.startswith(b"PK"):
        return _docx(audit, raw, lang)
    if b"%PDF-" in raw[:1024]:
        return _pdf(audit, raw, lang)
    raise UnusableInput(source, "只能在 DOCX 和 PDF 上加批注 / comments go onto DOCX and PDF alone", "用 --html 看各处出处 / use --html to see the places")


def _told(f: FindingView) -> str:
    """A finding as a comment says it."""
    text = f"【{f.severity_label}】{f.title}：{f.message}"
    return (text + (f"\n{f.decision}" if f.decision else ""))[:2000]


def _docx(audit: Audit, raw: bytes, lang: str) -> bytes:
    from docx import Document as opened

    try:
        docx = opened(io.BytesIO(raw))
    except (ValueError, KeyError) as e:
        raise UnusableInput(audit.report.document.path, "DOCX 打不开 / the DOCX cannot be opened", "用 WPS 或 Word 另存 / save it again") from e
    paragraphs = list(_paragraphs(docx))
    flat = ["".join(p.text.split()) for p in paragraphs]
    for f in view(audit, lang).findings[:MOST]:
        runs = None
        for passage in f.passages:
            runs = _runs(paragraphs, flat, passage.quote, passage.before, passage.after)
            if runs:
                break
        if runs is None:  # a finding without a place stands at the beginning
            runs = next(([r] for p in paragraphs for r in p.runs if r.text.strip()), None)
        if runs:
            note = docx.add_comment(runs, text=_told(f), author=AUTHOR, initials=INITIALS)
            note._comment_elm.attrib.pop(qn("w:date"), None)  # the same report gives the same copy
    return save(docx, docx.core_properties.title or "", docx.core_properties.comments or "")


def _paragraphs(docx: Any) -> Iterator[Any]:
    """Every paragraph in order, those of table cells (also of tables within cells) among them."""
    from docx.table import Table
    from docx.text.paragraph import Paragraph

    def inside(parent: Any) -> Iterator[Any]:
        for item in parent.iter_inner_content():
            if isinstance(item, Paragraph):
                yield item
            elif isinstance(item, Table):
                seen = set()
                for row in item.rows:
                    for cell in row.cells:
                        if cell._tc not in seen:
                            seen.add(cell._tc)
                            yield from inside(cell)

    return inside(docx)


def _runs(paragraphs: list[Any], flat: list[str], quote: str, before: str, after: str) -> list[Any] | None:
    """The runs of a quote: in the paragraph that holds it with what stands around it, else in the first that holds it."""
    words = "".join(quote.split())
    if not words:
        return None
    around = ["".join(x.replace("…", "").split()) for x in (before[-12:], after[:12])]
    holds = [k for k, text in enumerate(flat) if words in text]
    best = next((k for k in holds if around[0] + words + around[1] in flat[k]), holds[0] if holds else None)
    if best is None:
        return None
    # Positions in the paragraph's text without white space, run by run.
    start = max(flat[best].find(around[0] + words + around[1]), 0) + len(around[0]) if around[0] + words + around[1] in flat[best] else flat[best].index(words)
    out, at = [], 0
    for run in paragraphs[best].runs:
        length = len("".join(run.text.split()))
        if length and at < start + len(words) and at + length > start:
            out.append(run)
        at += length
    return out or None


def _pdf(audit: Audit, raw: bytes, lang: str) -> bytes:
    import pypdfium2 as pdfium
    import pypdfium2.raw as c

    document = audit.report.document
    try:
        pdf = pdfium.PdfDocument(raw)
    except pdfium.PdfiumError as e:
        raise UnusableInput(document.path, "PDF 打不开 / the PDF cannot be opened", "去掉密码或重新导出 / remove the password or export it again") from e
    try:
        for f in view(audit, lang).findings[:MOST]:
            spots = [a for p in f.passages for a in document.pieces(p.start, p.end) if a.page and a.bbox]
            for k, spot in enumerate(spots):
                assert spot.page is not None and spot.bbox is not None
                _highlight(c, pdf[spot.page - 1], spot.bbox, COLOURS[f.severity], plain(_told(f)) if k == 0 else "")
        out = io.BytesIO()
        pdf.save(out)
        return _named(out.getvalue().rstrip(b"\n")) + files.PDF_MARK
    finally:
        pdf.close()


def _named(raw: bytes) -> bytes:
    """A PDF whose identifier, which the library draws by chance, follows from what it holds: the same report gives the same copy."""
    head, mark, tail = raw.rpartition(b"/ID[")
    drawn, stop, rest = tail.partition(b"]")
    name = b"<" + sha256(head).hexdigest()[:32].upper().encode() + b">"
    return head + mark + name * 2 + stop + rest if len(drawn) == 2 * len(name) else raw


def _highlight(c: Any, page: Any, box: tuple[float, float, float, float], colour: tuple[int, int, int], text: str) -> None:
    """A highlight over a box given in points from the page's top left; text is what it says when it is opened."""
    height = page.get_height()
    left, top, right, bottom = box[0], height - box[1], box[2], height - box[3]
    if right - left < 1 or top - bottom < 1:  # a box of nothing is no annotation
        return
    note = c.FPDFPage_CreateAnnot(page.raw, c.FPDF_ANNOT_HIGHLIGHT)
    if not note:
        return
    c.FPDFAnnot_SetRect(note, ctypes.byref(c.FS_RECTF(left, top, right, bottom)))
    c.FPDFAnnot_AppendAttachmentPoints(note, ctypes.byref(c.FS_QUADPOINTSF(left, top, right, top, left, bottom, right, bottom)))
    c.FPDFAnnot_SetColor(note, c.FPDFANNOT_COLORTYPE_Color, *colour, 110)
    if text:
        for key, words in ((b"Contents", text), (b"T", AUTHOR)):
            wide = (words + "\0").encode("utf-16-le")
            buffer = ctypes.create_string_buffer(wide, len(wide))
            c.FPDFAnnot_SetStringValue(note, key, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)))
    c.FPDFAnnot_SetFlags(note, c.FPDF_ANNOT_FLAG_PRINT)
    c.FPDFPage_CloseAnnot(note)
