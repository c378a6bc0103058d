"""One quantity with two values: accused only where the words define it alike, never for a part, another year or a plan."""

from __future__ import annotations

from pathlib import Path

import pytest

from audit.checks.conflicts import check_conflicts
from extractor import read
from tests.small import write

FIRST = "全县共有危险化学品生产企业28家。"
CASES = [
    (FIRST, "全县共有危险化学品生产企业26家。", "error"),
    (FIRST, "全县共有危险化学品生产企业28家。", None),
    (FIRST, "26家危险化学品生产企业均完成整改。", "warning"),
    (FIRST, "抽查危险化学品生产企业12家。", None),
    (FIRST, "2022年全县共有危险化学品生产企业26家。", None),
    (FIRST, "计划到明年全县共有危险化学品生产企业30家。", None),
    (FIRST, "全县共有危险化学品经营企业96家。", None),
    ("湿地面积58.6公顷，与下达的任务62.6公顷一致。", "", "error"),
    ("湿地面积62.6公顷，与下达的任务62.6公顷一致。", "", None),
]


@pytest.mark.parametrize(("first", "second", "severity"), CASES)
def test_two_mentions(first: str, second: str, severity: str | None, tmp_path: Path) -> None:
    found = [(f.code, f.severity) for f in check_conflicts(read(write(tmp_path, f"1.摸底。{first}\n\n2.整改。{second}")))]
    assert found == ([("conflicting-figures", severity)] if severity else [])


def test_one_quantity_is_accused_once(tmp_path: Path) -> None:
    text = f"1.摸底。{FIRST}\n\n2.整改。全县共有危险化学品生产企业26家。\n\n3.培训。全县共有危险化学品生产企业26家。"
    assert len(check_conflicts(read(write(tmp_path, text)))) == 1
