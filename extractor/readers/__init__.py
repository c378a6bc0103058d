"""One module per format: a reader makes a Document and nothing else. The format is told from the content, not the name."""

from __future__ import annotations

import os
from os import PathLike
from pathlib import Path

from extractor.document import Document
from patterns.errors import UnusableInput

__all__ = ["read_document"]

MAX_BYTES = 512 * 1024 * 1024
MAX_TEXT = 64 * 1024 * 1024


def read_document(path: str | PathLike[str]) -> Document:
    """Read a file of any supported format. Raises UnusableInput where it cannot be used."""
    name = os.fspath(path)
    data = _bytes(name)
    from extractor.readers import text

    if b"%PDF-" in data[:1024]:
        from extractor.readers import pdf

        return pdf.read(name, data)

    return text.read(name, data)


def _bytes(name: str) -> bytes:
    file = Path(name)
    try:
        if file.is_dir():
            raise UnusableInput(name, "是文件夹，不是文件 / a folder, not a file", "指明一份报告，或用 fuhe batch / name one report, or use fuhe batch")
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
    except OSError as e:
        raise UnusableInput(name, f"读不了 / cannot be read ({e.strerror})", "检查权限 / check its permissions") from e
