"""Inputs that cannot be used: one line each, no traceback, nothing unpacked or drawn that is too large."""

from __future__ import annotations

import io
import random
import struct
import zipfile
import zlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.readers import office, package, read_bytes, read_document, seeing
from patterns.errors import UnusableInput

FOLDER = Path(__file__).parents[3] / "fixtures" / "formats"


def zipped(**members: str | bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as z:
        for name, data in members.items():
            z.writestr(name.replace("__", "/") + ".xml", data)
    return out.getvalue()


def png(width: int, height: int) -> bytes:
    """The head of an image that claims a size."""
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + b"IHDR" + head + struct.pack(">I", zlib.crc32(b"IHDR" + head)) + b"\0\0\0\0IDAT\0\0\0\0"


def pdf(pages: int) -> bytes:
    kids = " ".join(f"{k + 3} 0 R" for k in range(pages))
    objects = ["<</Type/Catalog/Pages 2 0 R>>", f"<</Type/Pages/Kids[{kids}]/Count {pages}>>"]
    objects += ["<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>"] * pages
    return ("%PDF-1.4\n" + "".join(f"{k + 1} 0 obj{o}endobj\n" for k, o in enumerate(objects)) + "trailer<</Root 1 0 R>>").encode()


ENTITY = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.mark.parametrize(("data", "says"), [
    (b"", "文字|空"),
    (b" \n" * 50, "没有文字"),
    ((FOLDER / "report.pdf").read_bytes()[:700], "PDF"),
    ((FOLDER / "report.docx").read_bytes()[:2000], "损坏或不完整"),
    ((FOLDER / "report.ofd").read_bytes()[:2000], "损坏或不完整"),
    (pdf(0), "没有页面"),
    (pdf(1), "没有读到文字"),
    (pdf(5001), "5001 页"),
    (zipped(word__document=b"0" * 60_000_000), "解压后体积异常"),
    (zipped(word__document=ENTITY), "实体"),
    (zipped(OFD=ENTITY), "实体"),
    (zipped(word__document="<a>" * 5000 + "</a>" * 5000), "损坏"),
    (zipped(xl__workbook="<a/>"), "表格"),
    (zipped(other="<a/>"), "压缩包里没有"),
    (OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "密码"),
    (OLE + b"\0" * 600, "损坏"),
    (random.Random(5).randbytes(20_000), "格式"),
    (b"\0" * 5000, "格式"),
    (b"%PDF-1.7\n" + random.Random(5).randbytes(20_000), "损坏"),
    (b"<!DOCTYPE html><html><body><script>x</script></body></html>", "没有正文"),
])
def test_one_line(data: bytes, says: str) -> None:
    with pytest.raises(UnusableInput, match=says) as caught:
        read_bytes("report", data)
    assert "\n" not in str(caught.value) and " / " in str(caught.value)


def test_files(tmp_path: Path) -> None:
    for path, says in ((tmp_path, "文件夹"), (tmp_path / "none.pdf", "不存在")):
        with pytest.raises(UnusableInput, match=says):
            read_document(path)
    (tmp_path / "empty.pdf").touch()
    with pytest.raises(UnusableInput, match="空"):
        read_document(tmp_path / "empty.pdf")


def test_image_of_30000_pixels() -> None:
    pytest.importorskip("PIL")
    if seeing.available():
        with pytest.raises(UnusableInput, match="尺寸过大"):
            read_bytes("report.png", png(30_000, 30_000))


def test_image_without_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seeing, "available", lambda: False)
    with pytest.raises(UnusableInput, match=r"fuhe\[scan\]"):
        read_bytes("report.pdf", png(100, 100))


def test_doc_without_libreoffice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office.shutil, "which", lambda _: None)
    with pytest.raises(UnusableInput, match="LibreOffice"):
        read_bytes("report.doc", OLE + b"\0" * 600 + "WordDocument".encode("utf-16-le"))


def test_a_member_larger_than_it_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "MAX_XML", 1000)
    with pytest.raises(UnusableInput, match="过大"):
        read_bytes("report.docx", zipped(word__document="<a>" + "x" * 5000 + "</a>"))


def test_a_page_that_fails_alone() -> None:
    """The rest of an OFD is read where one page is broken, and the Document says which."""
    source = zipfile.ZipFile(io.BytesIO((FOLDER / "report.ofd").read_bytes()))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as z:
        for name in source.namelist():
            data = source.read(name)
            if name == "Doc_0/Document.xml":
                data = data.replace(b"<ofd:Page ID", b'<ofd:Page ID="2" BaseLoc="Pages/Page_1/Content.xml"/><ofd:Page ID', 1)
            z.writestr(name, data)
        z.writestr("Doc_0/Pages/Page_1/Content.xml", "<broken")
    document = read_bytes("report.ofd", out.getvalue())
    assert "15.46公里" in document.text and document.pages == 2
    assert [p.page for p in document.problems] == [1]


@given(st.sampled_from(["report.docx", "report.ofd", "report.pdf", "report.html"]), st.integers(0, 2**32), st.integers(1, 40))
@settings(max_examples=60, deadline=None)
def test_damage_never_ends_in_a_traceback(name: str, seed: int, count: int) -> None:
    dice = random.Random(seed)
    data = bytearray((FOLDER / name).read_bytes())
    for _ in range(count):
        data[dice.randrange(len(data))] = dice.randrange(256)
    if dice.random() < 0.3:
        del data[dice.randrange(len(data)):]
    try:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(seeing, "available", lambda: False)
            read_bytes(name, bytes(data))
    except UnusableInput as e:
        assert "\n" not in str(e)
