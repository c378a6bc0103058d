"""What people are shown of a document set in traditional characters is the document's own, not the simplified text that is read."""

from __future__ import annotations

from pathlib import Path

import openpyxl

import audit
from audit.outputs.view import view
from audit.words import plain

FILE = Path(__file__).parents[3] / "fixtures" / "inputs" / "variants" / "g_big5.txt"


def test_quotes_names_and_rules_are_those_that_are_printed(tmp_path: Path) -> None:
    printed = plain(FILE.read_text("big5"))
    result = audit.run(FILE)
    shown = view(result)
    assert shown.title == "臨泉縣2023年度森林防火工作自查報告" and [i.name for i in shown.indicators] == ["火情管控", "應急演練"]
    told = [c.text for i in shown.indicators for c in i.contexts] + [c.text for f in shown.findings for c in f.contexts]
    told += [p.quote for i in shown.indicators for p in i.passages] + [i.rule for i in shown.indicators]
    assert told and all(t in printed for t in told)
    assert "“全年組織應急演練14次”" in shown.indicators[1].reason
    result.to_html(tmp_path / "page.html")
    page = (tmp_path / "page.html").read_text("utf8")
    assert "全年組織應急演練14次" in page and "全年组织应急演练" not in page
    result.to_xlsx(tmp_path / "book.xlsx")
    cells = [str(c.value) for sheet in openpyxl.load_workbook(tmp_path / "book.xlsx", rich_text=True) for row in sheet.iter_rows() for c in row if c.value]
    assert any("應急演練" in c for c in cells) and not any("应急演练" in c for c in cells)
