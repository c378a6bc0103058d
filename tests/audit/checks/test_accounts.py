"""Budgets, accounts and statements: the text against the tables, one row in two tables, shares beside their amounts."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from audit.checks.accounts import check_accounts
from audit.model import Finding
from extractor import read
from extractor.accounts import items, name, sheets

TEXT = """云溪县文化馆2023年度部门预算

一、预算安排

1.“文化支出（类）群众文化（款）展览展示（项）”{a}，主要用于办展。
2.“文化支出（类）群众文化（款）下乡演出（项）”46.20万元，主要用于演出。
3.“文化支出（类）群众文化（款）场馆运行（项）”88.00万元，主要用于水电。
4.“文化支出（类）群众文化（款）业务培训（项）”12.75万元，主要用于培训。
2023年度支出总计{t}。

支出预算总表

单位：元

编码\t科目名称\t合计\t基本支出\t项目支出
01\t展览展示\t355,000\t0\t355,000
02\t下乡演出\t462,000\t0\t462,000
03\t场馆运行\t880,000\t880,000\t0
04\t业务培训\t127,540\t0\t127,540
总计\t总计\t1,824,540\t880,000\t944,540
"""
FLAT = """云溪县农信社2023年报

一、负债

存款 {d} {p} 4,210.00 70.17% 3,980.50 71.40%
借款 1,204.10 {q} 1,190.00 19.83% 1,020.30 18.30%
其他 610.20 9.33% 600.00 10.00% 574.20 10.30%
负债合计 6,540.30 100.00% 6,000.00 100.00% 5,575.00 100.00%

二、借款

同业 704.10 400.00 320.30
央行 500.00 790.00 700.00
借款合计 {b} 1,190.00 1,020.30
"""
RIGHT = {"a": "35.50万元", "t": "182.45万元"}
SOUND = {"d": "4,726.00", "p": "72.26%", "q": "18.41%", "b": "1,204.10"}


def findings(folder: Path, text: str) -> list[Finding]:
    file = folder / "x.txt"
    file.write_text(text, encoding="utf8")
    return check_accounts(read(file))


@pytest.mark.parametrize(("changes", "quoted"), [
    ({}, None),
    ({"a": "35.50万元"}, None),
    ({"a": "53.50万元"}, "53.50万元"),  # transposed
    ({"a": "46.20万元"}, None),  # another item's amount: the name may be the slip
    ({"t": "0.3万元"}, "0.3万元"),
    ({"t": "182.46万元"}, "182.46万元"),
])
def test_an_item_of_the_text_against_its_row(changes: dict[str, str], quoted: str | None, tmp_path: Path) -> None:
    found = findings(tmp_path, TEXT.format(**{**RIGHT, **changes}))
    assert [(f.code, f.severity) for f in found] == ([("conflicting-figures", "warning")] if quoted else [])
    assert not quoted or any(q.text == quoted for q in found[0].quotes)


def test_where_the_tables_tell_of_something_else_nothing_is_asked(tmp_path: Path) -> None:
    other = TEXT.format(a="53.50万元", t="999万元").replace("462,000", "471,300").replace("880,000", "912,000").replace("127,540", "140,100")
    assert findings(tmp_path, other) == []


@pytest.mark.parametrize(("changes", "code", "quoted"), [
    ({}, None, ""),
    ({"p": "72.25%"}, None, ""),  # the last place gives way
    ({"q": "14.81%"}, "percentage-mismatch", "14.81%"),
    ({"b": "1,240.10"}, "conflicting-figures", "1,240.10"),
])
def test_rows_of_text(changes: dict[str, str], code: str | None, quoted: str, tmp_path: Path) -> None:
    found = findings(tmp_path, FLAT.format(**{**SOUND, **changes}))
    assert [(f.code, f.severity) for f in found] == ([(code, "error")] if code else [])
    assert not code or (any(q.text == quoted for q in found[0].quotes) and len(found[0].proof) >= 3)


def test_entries_know_their_unit_and_their_place(tmp_path: Path) -> None:
    file = tmp_path / "x.txt"
    file.write_text(TEXT.format(**RIGHT), encoding="utf8")
    report = read(file)
    sheet, = sheets(report)
    label, entry = sheet.lines[0].label, sheet.lines[0].entries[0][1]
    assert (label, entry.base, report.text[entry.start:entry.end], sheet.unit) == ("展览展示", Decimal(355000), "355,000", "元")
    assert [(i.label, i.figure.text) for i in items(report, (sheet,))][:2] == [("展览展示", "35.50万元"), ("下乡演出", "46.20万元")]


@pytest.mark.parametrize(("written", "plain"), [("一、基本支出", "基本支出"), ("（二）项目支出", "项目支出"), ("其中：工资 福利", "工资福利"), ("社会福利（款）", "社会福利")])
def test_a_rows_name(written: str, plain: str) -> None:
    assert name(written) == plain
