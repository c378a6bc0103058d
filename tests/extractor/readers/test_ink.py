"""The box of every figure lies on ink: drawn on the image of the page, it is not on white paper."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pypdfium2
import pytest

from extractor.readers import read_document

FIXTURES = Path(__file__).parents[3] / "fixtures"


@pytest.mark.skipif(importlib.util.find_spec("numpy") is None, reason="numpy is not installed")
@pytest.mark.parametrize("kind", ["report.pdf", "report-cut.pdf", "report.ofd"])
def test_ink_under_every_figure(kind: str) -> None:
    """report.ofd was made from report.pdf and looks the same, so both are looked up on the image of the PDF."""
    import numpy as np

    from extractor import read

    folder = FIXTURES / "binjiang-2021"
    report = read(folder / kind)
    images = pypdfium2.PdfDocument(folder / ("report-cut.pdf" if "cut" in kind else "report.pdf"))
    shown: dict[int, object] = {}
    boxes = [a for f in report.figures for a in report.document.pieces(f.start, f.end)]
    boxes += [a for r in report.table.rows if r.claimed_field.text for a in report.document.pieces(r.claimed_field.start, r.claimed_field.end)]
    assert len(boxes) > 250
    bare = []
    for address in boxes:
        assert address.page is not None and address.bbox is not None
        if address.page not in shown:
            shown[address.page] = np.asarray(images[address.page - 1].render(scale=2, grayscale=True).to_numpy()).squeeze()
        x0, top, x1, bottom = (round(2 * v) for v in address.bbox)
        crop = shown[address.page][max(top, 0):bottom + 1, max(x0, 0):x1 + 1]  # type: ignore[index]
        assert crop.size and crop.shape[0] < 120, address
        if (crop < 128).mean() < 0.03:
            bare.append(report.document.text[address.start:address.end])
    assert not bare


def test_places_cover_the_text() -> None:
    document = read_document(FIXTURES / "formats" / "report.pdf")
    assert document.places is not None
    placed = [bool(p) for p in document.places.pages]
    assert all(placed[k] for k, c in enumerate(document.text) if not c.isspace())
