"""What is said where the recogniser is not installed, in the language of the call."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor.readers import seeing
from extractor.readers.ink import PageInk
from patterns.errors import half


def test_without_the_extra_each_page_is_named_with_the_remedy_in_either_language(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seeing, "available", lambda: False)
    said = seeing.not_installed("第 2 页是图片，未识别", "page 2 is an image and was not read")
    zh, en = half(said, "zh"), half(said, "en")
    assert zh == '第 2 页是图片，未识别；装上识别引擎：pip install "fuhe[scan]"'
    assert en == 'page 2 is an image and was not read; install the extra: pip install "fuhe[scan]"'
    page = PageInk(1, 595, 842)
    page.pictures = [(0, 0, 100, 100)]  # type: ignore[list-item]
    problems: list[seeing.Problem] = []
    seeing.see_parts([page], problems, lambda n: None)
    assert [half(p.what, "en").split(";")[0] for p in problems] == ["a picture on page 1 was not read"]


def test_a_merged_cell_is_read_once() -> None:
    """Its line stands across the edge that is drawn between the rows beside it: half of each letter is in either."""
    pytest.importorskip("rapidocr")
    import numpy as np
    import pypdfium2

    from extractor.readers import scan
    from extractor.readers.layout import parts_of
    from extractor.readers.parts import RawTable

    source = Path(__file__).parents[3] / "fixtures" / "qingpu-2021" / "report.pdf"
    scale = 200 / 72
    whole = np.asarray(pypdfium2.PdfDocument(source)[21].render(scale=scale).to_pil().convert("RGB"))
    part = whole[round(201 * scale):round(536 * scale)]
    page = PageInk(1, part.shape[1] / scale, part.shape[0] / scale)
    scan.recognise(part, page)
    cells = [c.run.text for table in parts_of([page]) if isinstance(table, RawTable) for row in table.rows for c in row]
    assert [c for c in cells if c.startswith("区") and len(c) < 8] == ["区商务委", "区文旅局", "区机管局"]
