"""Dates: grounds newer than the act, achievements of another year, days that no calendar has, damaged document numbers."""

from __future__ import annotations

from pathlib import Path

import pytest

from audit.checks.dates import check_dates
from extractor import read
from tests.small import write

CASES = [
    ("根据《关于同意设立的批复》（清政办〔2024〕5号），该中心于2023年6月1日取得资质证书。", ("anachronism", "warning")),
    ("根据《关于同意设立的批复》（清政办〔2023〕5号），该中心于2023年6月1日取得资质证书。", None),
    ("根据《关于同意设立的批复》（清政办〔2021〕5号），该中心于2023年6月1日取得资质证书。", None),
    ("2023年2月30日召开动员会。", ("anachronism", "warning")),
    ("2023年2月28日召开动员会。", None),
    ("污水处理厂于2024年3月建成投用。", ("anachronism", "warning")),
    ("污水处理厂计划于2024年3月建成投用。", None),
    ("污水处理厂于2023年3月建成投用。", None),
    ("该县2021年8月获评全国文明城市。", ("anachronism", "warning")),
    ("该县2021年8月获评全国文明城市，2023年通过复评。", None),
    ("在2021年8月获评全国文明城市的基础上，巩固创建成果。", None),
    ("按照清政办[2023]5号文件开展工作。", None),
    ("按照清政办〔2023]5号文件开展工作。", ("missing-reference", "info")),
    ("《消防规划》（清政办〔2023〕5号）印发。《道路交通办法》（清政办〔2023〕5号）印发。", ("conflicting-figures", "warning")),
    ("《消防规划》（清政办〔2023〕5号）印发。落实《清源县消防规划》（清政办〔2023〕5号）。", None),
]


@pytest.mark.parametrize(("text", "wanted"), CASES)
def test_dates_of_a_sentence(text: str, wanted: tuple[str, str] | None, tmp_path: Path) -> None:
    found = [(f.code, f.severity) for f in check_dates(read(write(tmp_path, text)))]
    assert found == ([wanted] if wanted else [])
