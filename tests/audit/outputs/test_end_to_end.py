"""From a hostile file to every output, through reading and rescoring."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest
from docx import Document
from handmade import ANNEX, HOSTILE, NARRATIVE
from lxml import html

import audit
from audit.model import Audit
from audit.outputs import github, junit, opinion, sarif, workbook
from audit.outputs.html import render
from audit.outputs.terminal import show


@pytest.fixture(scope="module")
def hostile_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A text file whose narrative, names and cells try to run; its claims and figures are those of the hand-made report."""
    text = NARRATIVE.replace("全年建成", f"{HOSTILE}全年建成") + ANNEX.replace("节水宣传\t", f"@SUM(1){'宽' * 10_000}节水宣传\t", 1)
    text = text.replace("区经委", HOSTILE).replace("区房管局", "<img src=x onerror=\"document.title='owned'\">")
    file = tmp_path_factory.mktemp("hostile") / "=cmd<b>报告.txt"
    file.write_text(text + "合计\t\t\t\t\t12\n", encoding="utf8")
    return file


@pytest.fixture(scope="module")
def audited(hostile_file: Path) -> Audit:
    return audit.run(hostile_file)


def test_the_page_runs_nothing_of_it(audited: Audit) -> None:
    page = html.fromstring(render(audited))
    assert len(page.xpath("//tr[@data-filter='indicator']")) == 4
    assert len(page.xpath("//script")) == 1 and page.xpath("//@onerror | //img | //b") == []
    assert "<script>document.title='owned'</script>" in page.text_content()


def test_the_workbook_has_no_formula_of_it(audited: Audit) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook.render(audited)))
    formulas = [c.value for sheet in book for row in sheet for c in row if c.data_type == "f"]
    assert formulas and not [f for f in formulas for word in ("HYPERLINK", "cmd", "SUM(1)", "script", "宽") if word in f]


def test_every_other_output_is_made(audited: Audit) -> None:
    assert Document(io.BytesIO(opinion.render(audited))).paragraphs
    assert "<testcase" in junit.render(audited) and sarif.to_sarif(audited)["runs"]
    assert all(line.startswith("::") for line in github.render(audited).splitlines())
    out = io.StringIO()
    show(audited, stream=out, width=80)
    assert "\u202e" not in out.getvalue()
    assert len(audited.indicators_frame()) == 4
