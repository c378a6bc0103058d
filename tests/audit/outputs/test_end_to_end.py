"""From a hostile file to every output, through reading and rescoring."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from docx import Document
from handmade import ANNEX, HOSTILE, NARRATIVE
from lxml import html

import audit
from audit import review
from audit.cli import main
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


def test_a_reports_own_braces_are_words(audited: Audit) -> None:
    """What looks like a place of the template in a report's text is not filled in, whatever it is called."""
    text = "\n".join(p.text for p in Document(io.BytesIO(opinion.render(replace(audited, report=replace(
        audited.report, title="{{签发人}}{{正文}}关于报送{{发文机关}}情况的报告")), unreviewed=True, office={"office": "市节水办", "signer": "陈静"}))).paragraphs)
    assert "《{{签发人}}{{正文}}关于报送{{发文机关}}情况的报告》" in text and text.count("收悉") == 1


def test_a_folder_and_years_of_it_run_nothing_either(hostile_file: Path, tmp_path: Path) -> None:
    """The overview, the comparison of two years and of several, the annotated copies and the ledger to fill in."""
    source, out = tmp_path / "报告", tmp_path / "输出"
    source.mkdir()
    text = hostile_file.read_text(encoding="utf8")
    old, new = source / "<img src=x onerror=alert(1)>2022.txt", source / "=cmd<b>2023.txt"
    old.write_text(text.replace("2023", "2022"), encoding="utf8")
    new.write_text(text, encoding="utf8")
    assert main(["batch", str(source), "--out", str(out), "--workers", "1"]) in (0, 1)
    assert main(["diff", str(old), str(new), "--force", "--html", str(tmp_path / "diff.html"), "--xlsx", str(tmp_path / "diff.xlsx")]) in (0, 1)
    assert main(["years", str(old), str(new), "--html", str(tmp_path / "years.html"), "--xlsx", str(tmp_path / "years.xlsx")]) in (0, 1)
    pages = [*tmp_path.rglob("*.html")]
    assert len(pages) == 5
    for file in pages:
        page = html.fromstring(file.read_text(encoding="utf8"))
        assert page.xpath("//@onerror | //img | //b | //@onload") == [], file
        assert len(page.xpath("//script")) <= 1 and "default-src 'none'" in "".join(page.xpath("//meta/@content")), file
        assert not [a for a in page.xpath("//a/@href") if a.startswith(("javascript:", "http:"))], file
    for file in tmp_path.rglob("*.xlsx"):
        cells = [c.value for sheet in openpyxl.load_workbook(file) for row in sheet for c in row if c.data_type == "f"]
        assert not [f for f in cells for word in ("HYPERLINK", "cmd", "SUM(1)", "script", "宽") if word in str(f)], file
    assert main(["review", "new", str(new), "-o", str(tmp_path / "记录.yaml")]) == 0
    assert review.load(tmp_path / "记录.yaml").entries == ()
