"""Shares, rates and growth against the figures beside them, each figure standing for all that rounds to it."""

from __future__ import annotations

from pathlib import Path

import pytest

from audit.checks.shares import check_shares
from extractor import read
from tests.small import write

CASES = [
    ("建成高标准农田4.8万亩，占耕地面积12万亩的40%。", None),
    ("建成高标准农田4.8万亩，占耕地面积12万亩的45%。", "error"),
    ("排查隐患1286处，整改1259处，整改率97.9%。", None),
    ("排查隐患1286处，整改1259处，整改率98.9%。", "error"),
    ("年度任务1.2万亩，完成1.26万亩，完成率105%。", None),
    ("年度任务1200亩，完成1260亩，完成率115%。", "error"),
    ("投诉由250件降至200件，下降20%。", None),
    ("投诉由250件降至200件，下降25%。", "error"),  # of the new value, not of the old one
    ("事故由25起降至20起，下降30%。", "error"),
    ("投入资金1200万元，比上年的1000万元增长20%。", None),
    ("投入资金1200万元，比上年的1000万元增长30%。", "error"),
    ("群众满意度由91.2%提高到93.5%，提高2.3个百分点。", None),
    ("群众满意度由91.2%提高到93.5%，提高3.2个百分点。", "error"),
    ("优良率61.5%，比2020年的57.2%提高4.3个百分点，比上年提高1.8个百分点。", None),  # the second base is not stated
    ("全县有学校80所，食堂明厨亮灶覆盖率98.5%。", None),  # no part is stated
]


@pytest.mark.parametrize(("text", "severity"), CASES)
def test_a_percentage_against_its_figures(text: str, severity: str | None, tmp_path: Path) -> None:
    found = [(f.code, f.severity) for f in check_shares(read(write(tmp_path, text)))]
    assert found == ([("percentage-mismatch", severity)] if severity else [])


def test_the_message_says_what_follows(tmp_path: Path) -> None:
    finding, = check_shares(read(write(tmp_path, "建成高标准农田4.8万亩，占耕地面积12万亩的45%。")))
    assert "40" in finding.message.text()
    assert {"4.8万亩", "12万亩", "45%"} == {q.text for q in finding.quotes}
