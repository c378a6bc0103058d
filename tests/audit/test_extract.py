"""`fuhe extract`: the listing, the JSON and the tables, from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from audit.cli import main

TEXT = """滨江区人民政府关于2021年度节能工作的自查报告
一、绿地
依据《办法》（沪环气〔2022〕28号），建成绿地61.02公顷（任务60公顷），投入3,860.50万元。
=SUM(A1)等3家单位参加，植树20棵。
"""


@pytest.fixture
def report(tmp_path: Path) -> str:
    path = tmp_path / "report.txt"
    path.write_text(TEXT, encoding="utf8")
    return str(path)


def test_listing(report: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["extract", report]) == 0
    out = capsys.readouterr().out
    assert "滨江区 2021" in out and "61.02 公顷" in out and "60 公顷" in out and "目标" in out and "沪环气〔2022〕28号" in out


def test_json_alone_on_standard_output(report: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["extract", report, "--json", "-"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert [(f["value"], f["unit"], f["role"]) for f in data["figures"]] == [
        ("61.02", "公顷", "actual"), ("60", "公顷", "target"), ("3860.50", "万元", "actual"), ("3", "家", "actual"), ("20", "棵", "actual")]
    assert data["citations"][0]["number"] == "沪环气〔2022〕28号"


def test_tables(report: str, tmp_path: Path) -> None:
    files = {name: str(tmp_path / f"out.{name}") for name in ("csv", "xlsx", "parquet")}
    assert main(["extract", report, *(x for name, file in files.items() for x in (f"--{name}", file))]) == 0
    rows = pd.read_csv(files["csv"], dtype=str)
    assert list(rows["value"]) == ["61.02", "60", "3860.50", "3", "20"]
    assert list(pd.read_parquet(files["parquet"])["value"]) == list(rows["value"])
    book = openpyxl.load_workbook(files["xlsx"])
    assert book.sheetnames == ["figures", "documents", "indicators"]
    cells = [c for row in book["figures"].iter_rows() for c in row]
    assert not any(c.data_type == "f" for c in cells)
    assert any(str(c.value).startswith("'=SUM") or str(c.value).startswith("=SUM") for c in cells)


def test_a_place_that_cannot_be_written(report: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "no-folder").write_text("", encoding="utf8")
    assert main(["extract", report, "--csv", str(tmp_path / "no-folder" / "all.csv")]) == 2
    assert "all.csv" in capsys.readouterr().err
