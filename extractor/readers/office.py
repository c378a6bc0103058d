"""DOC, WPS, RTF and ODT: converted to DOCX by LibreOffice where it is installed."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path

from extractor.document import Document
from patterns.errors import UnusableInput

TIMEOUT = 120  # seconds


def read(path: str, data: bytes) -> Document:
    """The Document of an office file. Raises UnusableInput where it is encrypted, no text document, or cannot be converted."""
    kind = _kind(path, data)
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        raise UnusableInput(path, f"是 {kind} 文件，需要 LibreOffice 转换 / a {kind} file, which LibreOffice has to convert",
                            "用 WPS 或 Word 另存为 DOCX 或 PDF，或安装 LibreOffice / save it as DOCX or PDF, or install LibreOffice")
    from extractor.readers import docx
    from extractor.readers.package import Package

    with tempfile.TemporaryDirectory(prefix="fuhe-") as folder:
        source = Path(folder) / f"report.{kind.lower()}"
        source.write_bytes(data)
        _convert(path, program, source, kind)
        made = Path(folder) / "out" / "report.docx"
        if not made.is_file() or not made.stat().st_size:
            raise UnusableInput(path, f"{kind} 转换失败，文件可能已损坏 / the {kind} could not be converted, it may be damaged",
                                "用 WPS 或 Word 另存为 DOCX 或 PDF / save it as DOCX or PDF")
        return replace(docx.read(path, Package(path, made.read_bytes())), format=kind.lower())


def _kind(path: str, data: bytes) -> str:
    if data[:5] == b"{\\rtf":
        return "RTF"
    if data[:2] == b"PK":
        return "ODT"
    if data[:5] == b"<?xml":
        return "XML"

    def holds(name: str) -> bool:
        return name.encode("utf-16-le") in data

    if holds("EncryptedPackage"):
        raise UnusableInput(path, "文档有打开密码 / the document needs a password",
                            "去掉密码后重新提交 / remove the password and submit again")
    if not holds("WordDocument") and (holds("Workbook") or holds("PowerPoint Document")):
        raise UnusableInput(path, "是表格或演示文稿，不是报告 / a workbook or slides, not a report", "导出为 PDF 后提交 / export it as PDF")
    if not holds("WordDocument"):
        raise UnusableInput(path, "文件损坏或不是文档 / damaged, or no text document", "用 WPS 或 Word 另存为 DOCX 或 PDF / save it as DOCX or PDF")
    return "WPS" if path.lower().endswith(".wps") else "DOC"


def _convert(path: str, program: str, source: Path, kind: str) -> None:
    """Run LibreOffice with a profile of its own, so that one already open is left alone; it and its children end at the time limit."""
    command = [program, "--headless", "--norestore", "--nolockcheck", f"-env:UserInstallation={(source.parent / 'profile').as_uri()}",
               "--convert-to", "docx", "--outdir", str(source.parent / "out"), str(source)]
    try:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    except OSError as e:
        raise UnusableInput(path, f"LibreOffice 无法启动 / LibreOffice does not start ({e.strerror})",
                            "另存为 DOCX 或 PDF / save it as DOCX or PDF") from e
    try:
        process.wait(TIMEOUT)
    except subprocess.TimeoutExpired:
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
        process.wait()
        raise UnusableInput(path, f"{kind} 转换超过 {TIMEOUT} 秒 / the conversion took too long",
                            "另存为 DOCX 或 PDF / save it as DOCX or PDF") from None
