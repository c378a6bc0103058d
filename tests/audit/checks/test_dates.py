"""Dates: grounds newer than the act, achievements of another year, days that no calendar has, damaged document numbers."""

from __future__ import annotations

from pathlib import Path

import pytest

from audit.checks.dates import check_dates
from audit.pipeline import audit_report
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


ANNEX = ("某县人民政府关于2023年度数据工作情况的自查报告\n\n市人民政府：\n\n现将有关情况报告如下。\n\n（一）平台建设。{deed}\n\n（二）机构队伍。专班6人。\n\n"
         "附件：某县2023年度数据工作自评分表\n\n主要领域\t分值\t评价指标\t评分标准\t牵头部门\t自评分\n"
         "数据\t3\t平台建设\t{rule}\t数据局\t3\n数据\t2\t机构队伍\t组建专班的，得2分。\t数据局\t2\n")


@pytest.mark.parametrize(("deed", "rule", "warned"), [
    ("县大数据平台2022年6月通过三级等保测评。", "当年大数据平台通过三级等保测评的，得3分。", True),
    ("县大数据平台2023年6月通过三级等保测评。", "当年大数据平台通过三级等保测评的，得3分。", False),
    ("县大数据平台2022年6月通过三级等保测评。", "大数据平台通过三级等保测评的，得3分。", False),
])
def test_what_was_done_in_a_former_year_is_not_done_this_year(deed: str, rule: str, warned: bool, tmp_path: Path) -> None:
    file = tmp_path / "report.txt"
    file.write_text(ANNEX.format(deed=deed, rule=rule), encoding="utf8")
    audit = audit_report(read(file))
    assert any(f.code == "anachronism" and f.indicator == 1 for f in audit.findings) == warned
    assert audit.indicators[0].clauses[0].state == ("unmet" if warned else "met")
