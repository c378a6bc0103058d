"""One report in every format gives one Document."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from extractor.document import Document
from extractor.readers import read_bytes, read_document
from extractor.score_table import find_score_table

FOLDER = Path(__file__).parents[3] / "fixtures" / "formats"
PLAIN = read_document(FOLDER / "report.txt").text


@pytest.fixture(params=["html", "docx", "ofd", "pdf"])
def document(request: pytest.FixtureRequest) -> Document:
    return read_document(FOLDER / f"report.{request.param}")


def test_text_is_that_of_the_plain_file(document: Document) -> None:
    kept = [line for line in document.text.split("\n") if line not in ("框内说明", "脚注：含支河3条。")]
    assert "\n".join(kept) == PLAIN


def test_score_table(document: Document) -> None:
    table = find_score_table(document)
    assert table is not None
    assert [(r.domain.text, str(r.weight), r.name.text, str(r.claimed)) for r in table.rows] == [
        ("巡查", "2", "巡河次数", "2"), ("巡查", "1", "问题处置", "0.9")]
    assert str(table.stated_total) == "2.9"


def test_merged_is_not_blank(document: Document) -> None:
    (table,) = document.tables
    assert table.tells_merged
    assert table.rows[2][0].merged and table.rows[2][0].origin == (1, 0)
    assert all(c.merged for c in table.rows[3][1:4])
    assert not any(c.merged for c in table.rows[1])


def test_blocks_and_cells_point_at_the_text(document: Document) -> None:
    assert [document.text[b.start:b.end] for b in document.blocks] == document.text.split("\n")[:-1]
    for row in document.tables[0].rows:
        for cell in row:
            assert document.text[cell.start:cell.end] == cell.text


def test_docx_takes_insertions_and_notes() -> None:
    document = read_document(FOLDER / "report.docx")
    assert "1000" not in document.text and document.text.count("框内说明") == 1
    assert [b.kind for b in document.blocks if "脚注" in document.text[b.start:b.end]] == ["note"]
    assert document.blocks[1].level == 1


@pytest.mark.parametrize(("name", "kind"), [("report.docx", "docx"), ("report.ofd", "ofd"), ("report.pdf", "pdf"), ("report.html", "html")])
def test_format_is_told_from_the_content(name: str, kind: str) -> None:
    assert read_bytes("misnamed.txt", (FOLDER / name).read_bytes()).format == kind


@pytest.mark.parametrize("name", ["report.pdf", "report.ofd"])
def test_places(name: str) -> None:
    """Every character of the words has a page and a box inside the page, to the right of the one before it on its line."""
    document = read_document(FOLDER / name)
    at = document.text.index("15.46公里")
    (address,) = document.pieces(at, at + 7)
    assert address.page == 1 and address.bbox is not None
    x0, top, x1, bottom = address.bbox
    width, height = document.page_sizes[0]
    assert 0 < x0 < x1 < width and 0 < top < bottom < height
    assert top < 60 + 64 < bottom + 3  # the baseline that make.py sets


@pytest.mark.skipif(importlib.util.find_spec("rapidocr") is None, reason="the extra scan is not installed")
def test_scan() -> None:
    """A page image, askew: numbers and table right, every character less than wholly sure, its box where make.py put it."""
    document = read_document(FOLDER / "scan.png")
    assert document.format == "scan" and document.places is not None
    for words in ("1280次", "15.46公里", "95%"):
        assert words in document.text
    table = find_score_table(document)
    assert table is not None
    assert [(str(r.weight), str(r.claimed)) for r in table.rows] == [("2", "2"), ("1", "0.9")]
    assert str(table.stated_total) == "2.9"
    at = document.text.index("15.46")
    assert 1 <= document.confidence(at, at + 5) < 100
    box = document.bbox(at, at + 5)
    expected = 60 + 24 + 10 * 12.0  # twelve characters before it, some of them narrow
    assert box is not None and abs(box[0] - expected) < 45 and box[1] < 124 < box[3] + 12


@pytest.mark.parametrize(("lines", "blocks"), [
    (["一、以水为脉，城市的血管更加通畅", "", "全年清淤12公里。", "", "二、以绿为底，城市的肺叶更加舒展", "", "全年植绿3公顷。"],
     ["一、以水为脉，城市的血管更加通畅", "全年清淤12公里。", "二、以绿为底，城市的肺叶更加舒展", "全年植绿3公顷。"]),
    (["党建引领聚合力，服务发展开新局", "全年清淤12公里。"], ["党建引领聚合力，服务发展开新局", "全年清淤12公里。"]),
    (["一是清淤12公里，投入资金", "300万元。", "二是植绿3公顷。", "三是修路2公里。", "四是架桥1座。"],
     ["一是清淤12公里，投入资金300万元。", "二是植绿3公顷。", "三是修路2公里。", "四是架桥1座。"]),
    (["全年清淤12公里，投入资金300万元，其中市级财政补助", "120万元。"], ["全年清淤12公里，投入资金300万元，其中市级财政补助120万元。"]),
])
def test_a_heading_of_two_halves_is_no_sentence_cut_by_a_page(lines: list[str], blocks: list[str]) -> None:
    assert read_bytes("x.txt", "\n".join(lines).encode()).text.splitlines() == blocks
