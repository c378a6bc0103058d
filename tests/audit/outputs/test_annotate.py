"""Findings on a copy of what was submitted: the words are where they were, and the comments say what was found."""

from __future__ import annotations

import io
from pathlib import Path

import pypdfium2
import pypdfium2.raw as c
import pytest
from docx import Document

import audit
from audit.cli import main
from audit.outputs import annotate
from tests.gold import FIXTURES


def test_comments_in_a_docx_stand_on_the_quoted_words() -> None:
    file = FIXTURES / "qingpu-2021" / "report.docx"
    result = audit.run(file)
    docx = Document(io.BytesIO(annotate.render(result)))
    told = [comment.text for comment in docx.comments]
    assert len(told) == len(result.findings) and any("【错误】" in t for t in told)
    assert [p.text for p in docx.paragraphs] == [p.text for p in Document(str(file)).paragraphs]
    starts = docx.element.body.xpath(".//w:commentRangeStart")
    assert len(starts) == len(told)


def test_annotations_on_a_pdf_lie_over_the_quoted_words() -> None:
    result = audit.run(FIXTURES / "qingpu-2021" / "report.pdf")
    pdf = pypdfium2.PdfDocument(annotate.render(result))
    assert len(pdf) == result.report.document.pages
    error = next(f for f in result.findings if f.severity == "error" and f.quotes)
    page = pdf[(result.report.document.page(error.quotes[0].start) or 1) - 1]
    assert c.FPDFPage_GetAnnotCount(page.raw) > 0


def test_the_copy_has_the_format_of_the_report(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = FIXTURES / "linhu-2022" / "report.txt"
    assert main([str(text), "--annotate", str(tmp_path / "a.docx")]) == 2
    assert "同一格式" in capsys.readouterr().err and not list(tmp_path.iterdir())
