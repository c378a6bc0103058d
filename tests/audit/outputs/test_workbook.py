"""The workbook: sheets, live totals, lists, and text that stays text."""

from __future__ import annotations

import io
import shutil
import subprocess
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from handmade import ledger_text

from audit import review
from audit.model import Audit
from audit.outputs import workbook


def opened(audit: Audit, lang: str = "zh", values: bool = False) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(workbook.render(audit, lang)), data_only=values)


def test_sheets_and_what_they_hold(sample: Audit) -> None:
    book = opened(sample, values=True)
    assert book.sheetnames == ["摘要", "指标", "问题", "数据", "文件", "规则"]
    rows = list(book["指标"].iter_rows(values_only=True))
    assert len(set(rows[0])) == len(rows[0])  # reading back goes by the headings
    third = dict(zip(rows[0], rows[2], strict=True))
    assert (third["自评分"], third["下限"], third["上限"], third["结论"]) == (3, 2, 2, "不相符")
    assert third["原文"] == "全年建成节水型企业3家、节水型小区12个，其中云溪化工1家尚在公示期。"
    assert opened(sample, "en").sheetnames == ["Summary", "Indicators", "Findings", "Figures", "Documents", "Rules"]


def test_the_quoted_words_stand_out_in_their_sentence(sample: Audit) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook.render(sample)), rich_text=True)
    [quote] = [c.value for c in book["指标"][3] if c.column_letter == "S"]
    assert [b.text for b in quote if not isinstance(b, str) and b.font.b] == ["节水型企业3家", "云溪化工1家尚在公示期"]


def test_heads_are_frozen_filtered_and_wide_enough(sample: Audit) -> None:
    book = opened(sample)
    for name in book.sheetnames[1:]:
        sheet = book[name]
        assert sheet.freeze_panes and sheet.auto_filter.ref
        for cell in sheet[1]:
            width = sheet.column_dimensions[cell.column_letter].width
            assert width * 2 >= sum(2 if ord(c) > 0x1100 else 1 for c in cell.value)  # a heading takes two lines at most


def test_decisions_are_chosen_from_lists(sample: Audit) -> None:
    book = opened(sample)
    lists = {n: [v.formula1 for v in book[n].data_validations.dataValidation if v.type == "list"] for n in ("指标", "问题")}
    assert lists == {"指标": ['"认可,改分,驳回"'], "问题": ['"认可,改判为错误,改判为存疑,改判为提示,驳回"']}


def test_totals_are_formulas_with_values(sample: Audit) -> None:
    decided = review.apply(sample, review.parse(ledger_text(sample, "决定: [{指标: 2, 处理: 改分, 分值: 2.5, 理由: 核过, 复核人: 王敏}]"), "x"))
    formulas, values = opened(decided)["摘要"], opened(decided, values=True)["摘要"]
    shown = {values.cell(r, 1).value: (formulas.cell(r, 2).value, values.cell(r, 2).value) for r in range(1, values.max_row + 1)}
    assert shown["自评分合计"][0].startswith("=SUM(") and shown["自评分合计"][1] == 12
    assert shown["复核分下限（含复核决定）"][1] == 6.5 and shown["复核分下限（程序）"][1] == 6
    assert shown["错误"][0].startswith("=COUNTIFS(") and shown["错误"][1] == 1


def test_text_is_never_a_formula(hostile: Audit) -> None:
    for lang in ("zh", "en"):
        book = opened(hostile, lang)
        formulas = [c.value for sheet in book for row in sheet for c in row if c.data_type == "f"]
        assert formulas and not any(word in f for f in formulas for word in ("HYPERLINK", "cmd", "1+1", "+1-1"))
        texts = [c.value for sheet in book for row in sheet for c in row if isinstance(c.value, str)]
        assert any(t.startswith("=HYPERLINK") for t in texts) and any(t.startswith("@SUM") for t in texts)
        assert max(map(len, texts)) <= 32_767 and not any("\u202e" in t for t in texts)


def test_the_same_audit_gives_the_same_bytes(sample: Audit) -> None:
    assert workbook.render(sample) == workbook.render(sample)


@pytest.mark.skipif(not shutil.which("soffice"), reason="needs LibreOffice")
def test_an_office_computes_the_totals_that_are_cached(sample: Audit, tmp_path: Path) -> None:
    decided = review.apply(sample, review.parse(ledger_text(sample, "决定: [{指标: 1, 处理: 驳回, 理由: 核过, 复核人: 王敏}]"), "x"))
    source = tmp_path / "a.xlsx"
    workbook.write(decided, source)
    book = openpyxl.load_workbook(source)
    book["问题"]["F2"] = "驳回"
    book.save(source)  # openpyxl drops the cached values, so what is read back is what the office computed
    subprocess.run(["soffice", f"-env:UserInstallation=file://{tmp_path}/lo", "--headless", "--convert-to", "ods", "--outdir",
                    str(tmp_path), str(source)], check=True, capture_output=True, timeout=120)
    subprocess.run(["soffice", f"-env:UserInstallation=file://{tmp_path}/lo", "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML",
                    "--outdir", str(tmp_path / "out"), str(tmp_path / "a.ods")], check=True, capture_output=True, timeout=120)
    values = openpyxl.load_workbook(tmp_path / "out" / "a.xlsx", data_only=True)["摘要"]
    shown = {values.cell(r, 1).value: values.cell(r, 2).value for r in range(1, values.max_row + 1)}
    assert Decimal(str(shown["复核分上限（含复核决定）"])) == decided.high == Decimal(6)
    assert shown["错误"] == 0 and shown["存疑"] == 1 and shown["待定"] == 5
