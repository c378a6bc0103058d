"""Checks on the score table: totals, maxima, weights, references, copied rules; on the fixtures and on copies with one thing changed."""

from __future__ import annotations

from pathlib import Path

import pytest

import audit
from audit.model import Finding

FIXTURES = Path(__file__).parents[3] / "fixtures"


def findings_of(path: Path) -> list[Finding]:
    return list(audit.run(path).findings)


def test_the_clean_report_has_no_error() -> None:
    assert [f for f in findings_of(FIXTURES / "binjiang-2021/report.txt") if f.severity == "error"] == []


@pytest.mark.parametrize(("code", "indicator"), [
    ("total-mismatch", None), ("over-maximum", 39), ("missing-reference", 1), ("not-applicable", 15), ("rule-anomaly", 26), ("double-claimed", 53),
])
def test_the_planted_faults_of_an_annex_are_found(code: str, indicator: int | None) -> None:
    assert (code, indicator) in {(f.code, f.indicator) for f in findings_of(FIXTURES / "linhu-2021/report.txt")}


@pytest.mark.parametrize(("old", "new", "code"), [
    ("合计\t\t\t\t\t102", "合计\t\t\t\t\t101", "total-mismatch"),
    ("\t1\t绿化林业建设和湿地保护任务完成情况", "\t3\t绿化林业建设和湿地保护任务完成情况", "scheme-mismatch"),
])
def test_one_changed_cell_is_noticed(tmp_path: Path, old: str, new: str, code: str) -> None:
    text = (FIXTURES / "binjiang-2021/report.txt").read_text(encoding="utf8")
    assert text.count(old) == 1
    file = tmp_path / "report.txt"
    file.write_text(text.replace(old, new), encoding="utf8")
    assert code in {f.code for f in findings_of(file)}
