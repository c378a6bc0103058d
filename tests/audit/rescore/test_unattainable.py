"""Scores that no combination of a rule's points gives: an error where the rule says what is earned, a question where it says what a requirement is worth."""

from __future__ import annotations

import pytest

from audit.pipeline import audit_report
from extractor.readers import read_bytes
from extractor.report import build
from tests.layouts import text


@pytest.mark.parametrize(("rule", "claim", "severity"), [
    ("举办演练得3分。", "2", "error"),
    ("举办演练（3分）", "2", "warning"),
    ("签订责任书（1分）；开展考核（2分）。", "2.5", "warning"),
    ("签订责任书（1分）；开展考核得2分。", "2.5", "error"),
    ("签订责任书（1分）；开展考核（2分）。", "2", None),
])
def test_severity(rule: str, claim: str, severity: str | None) -> None:
    grid = [["序号", "指标", "评分标准", "分值", "自评分"], ["1", "应急演练", rule, "3", claim], ["2", "值班", "每少1次扣1分", "3", "3"]]
    found = audit_report(build(read_bytes("x", text(grid))))
    assert [f.severity for f in found.findings if f.code == "unattainable-score"] == ([severity] if severity else [])
