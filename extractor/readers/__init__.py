"""One module per format: a reader makes a Document and nothing else. The format is told from the content, not the name."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from os import PathLike
from pathlib import Path

from extractor.document import Document
from patterns.errors import UnusableInput
from patterns.fold import characters, simplified

__all__ = ["read_document"]

MAX_BYTES = 512 * 1024 * 1024
MAX_TEXT = 64 * 1024 * 1024
_IMAGES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"II*\0", b"MM\0*", b"BM", b"GIF8", b"RIFF", b"II+\0", b"MM\0+")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def read_document(path: str | PathLike[str]) -> Document:
    """Read a file of any supported format. Raises UnusableInput where it cannot be used."""
    name = os.fspath(path)
    return read_bytes(name, content(name))


def read_bytes(name: str, data: bytes) -> Document:
    """Read the bytes of a file; name is for messages only. Raises UnusableInput, also where nothing could be read."""
    with _uncollected():
        document = _in_characters(_read(name, data))
    if not document.text.strip():
        first = f"（{document.problems[0].what}）" if document.problems else ""
        raise UnusableInput(name, f"没有读到文字{first} / no text was found", "核对文件后重新导出 / check the file and export it again")
    return document


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without a look for garbage: a document is a hundred thousand objects that stay, and looking through them again and again takes a tenth
    of its reading."""
    on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if on:
            gc.enable()


def _in_characters(document: Document) -> Document:
    """The document with characters for radicals (⽤ → 用) in text, cells and title, and simplified characters where it is set in traditional
    ones (what is printed is kept); every place stays what it was."""
    whole = characters(document.text)
    text = simplified(whole)
    if text == document.text:
        return document
    tables = tuple(replace(t, rows=tuple(tuple(replace(c, text=text[c.start:c.end]) for c in row) for row in t.rows)) for t in document.tables)
    return replace(document, text=text, tables=tables, title=simplified(characters(document.title)) if document.title else document.title,
                   printed="" if text == whole else whole)


def _read(name: str, data: bytes) -> Document:
    """By the reader that the content asks for, imported only then."""
    if b"%PDF-" in data[:1024]:
        from extractor.readers import pdf

        return pdf.read(name, data)
    if data[:4] in (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08"):
        return _package(name, data)
    if data.startswith(_OLE) or data[:5] == b"{\\rtf" or (data.startswith(b"<?xml") and b"progid=\"Word.Document\"" in data[:2048]):
        from extractor.readers import office

        return office.read(name, data)
    if data.startswith(_IMAGES) and not (data[:2] == b"BM" and data[6:10] != b"\0\0\0\0"):
        from extractor.readers import images

        return images.read(name, data)
    if len(data) > MAX_TEXT:
        raise UnusableInput(name, f"文本过大（{len(data) >> 20} MB） / too large for a text file",
                            "只提交报告和附表 / keep the report and its annex")
    from extractor.readers import html, mhtml, text

    page = mhtml.saved(data) if mhtml.looks_like(data) else None
    if page is not None:
        return html.read(name, page.page, page.pictures)
    if html.looks_like(data):
        return html.read(name, data)
    if _binary(data):
        raise UnusableInput(name, "认不出的格式 / not a known format",
                            "提交 PDF、DOCX、OFD、网页或文本 / submit PDF, DOCX, OFD, HTML or text")
    return text.read(name, data)


def _package(name: str, data: bytes) -> Document:
    from extractor.readers.package import Package

    package = Package(name, data)
    if "OFD.xml" in package:
        from extractor.readers import ofd

        return ofd.read(name, package)
    if "word/document.xml" in package or any(n.startswith("word/") for n in package.names()):
        from extractor.readers import docx

        return docx.read(name, package)
    if "content.xml" in package and "mimetype" in package:
        from extractor.readers import office

        return office.read(name, data)
    if any(n.startswith(("xl/", "ppt/")) for n in package.names()):
        raise UnusableInput(name, "是表格或演示文稿，不是报告 / a workbook or slides, not a report", "导出为 PDF 后提交 / export it as PDF")
    raise UnusableInput(name, "压缩包里没有 DOCX 或 OFD 的内容 / a zip that is neither DOCX nor OFD",
                        "解压后提交其中的报告 / unpack it and submit the report itself")


def _binary(data: bytes) -> bool:
    """Bytes that are no text in any encoding: many control characters, and not UTF-16."""
    from extractor.readers.text import wide_codec

    head = data[:65536]
    if wide_codec(head):
        return False
    if head[:2] in (b"\xff\xfe", b"\xfe\xff") or head.startswith(b"\0\0\xfe\xff"):
        return False
    if head.count(0) * 10 > 9 * len(head):
        return True
    controls = sum(head.count(bytes([c])) for c in (*range(1, 9), *range(14, 27), 28, 29, 30, 31, 127))
    if controls * 50 > len(head):
        return True
    nulls = head.count(0)
    return b"\n\0" not in head and b"\0\n" not in head and len(head) < 1000 * nulls <= 100 * len(head)


def content(path: str | PathLike[str]) -> bytes:
    """The bytes of a file. Raises UnusableInput where there are none, or too many."""
    name = os.fspath(path)
    file = Path(name)
    try:
        if file.is_dir():
            raise UnusableInput(name, "是文件夹，不是文件 / a folder, not a file",
                                "指明一份报告，或用 fuhe batch / name one report, or use fuhe batch")
        if not file.exists():
            raise UnusableInput(name, "文件不存在 / no such file", "核对路径 / check the path")
        if not file.is_file():
            raise UnusableInput(name, "不是普通文件 / not a regular file", "指明一份报告 / name a report file")
        size = file.stat().st_size
        if size == 0:
            raise UnusableInput(name, "文件是空的 / the file is empty", "重新取得文件 / get the file again")
        if size > MAX_BYTES:
            raise UnusableInput(name, f"文件过大（{size >> 20} MB） / too large", "拆分或压缩图片后再提交 / split it or shrink its images")
        return file.read_bytes()
    except (OSError, ValueError) as e:
        raise UnusableInput(name, f"读不了 / cannot be read ({getattr(e, 'strerror', None) or e})",
                            "检查路径和权限 / check path and permissions") from e
