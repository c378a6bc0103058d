"""Rules at odds with themselves: copied ones, levels with gaps or overlaps, deductions of nothing said."""

from __future__ import annotations

from pathlib import Path

import pytest
from annex import compiled

from audit.checks.rule_checks import check_rules
from patterns.rules.anomalies import longest

COPIED = "完成年度食品药品抽检批次任务的，得50分；每少一个百分点扣2分。"
CASES = [
    ("破案率80%以上的得50分；60%以上不足80%的得20分。", []),
    ("破案率80%以上的得50分；60%以上70%以下的得20分。", ["70%", "80%"]),
    ("破案率80%以上的得50分；60%以上90%以下的得20分。", ["80%", "90%"]),
    ("破案率80%以上的得50分；80%以下的得20分。", []),  # 以上 and 以下 of one number: the law settles it
    ("破案10起以上的得50分；6起至9起的得20分。", []),  # whole numbers leave no gap
    ("未建台账的扣10分；未报信息的扣10分。每发现1例扣5分。", ["每发现1例扣5分"]),
    ("未报信息的每发现1例扣5分。", []),
    ("公布电话的得20分；接警及时的得20分；回访全面的得20分。", ["50", "60"]),
    ("公布电话的得30分；接警及时的得20分。", []),
    ("公布电话的得30分；接警及时的得20分。本项满分60分。", ["60"]),
    ("破案率80%以上的得60分，不足80%的得20分。", ["60"]),
    ("公布电话的得20分；接警及时的得20分；回访全面的得20分，最高不超过50分。", []),
    ("每建成1个得5分/10分，最多50分。", ["得5分/10分"]),
    ("每建成1个，中心城区得5分/其他区得10分，最多50分。", []),
]


@pytest.mark.parametrize(("rule", "words"), CASES)
def test_one_rule(rule: str, words: list[str], tmp_path: Path) -> None:
    report, rules = compiled(tmp_path, "1.治安。治安平稳。", ("治安防控", "50", rule, "50"))
    found = check_rules(report, rules, "other")
    assert [f.code for f in found] == (["rule-anomaly"] if words else [])
    assert all(w in found[0].message.text() for w in words)


@pytest.mark.parametrize(("name", "rule", "accused"), [
    ("校园周边巡防", COPIED, [2]),
    ("校园周边巡防", COPIED.replace("食品药品抽检批次", "校园周边巡防"), []),  # one form for two matters
    ("校园周边巡防", "完成年度食品药品抽检批次任务的，得50分；校园周边巡防每少一次扣2分。", []),  # it speaks of its own matter too
])
def test_a_copied_rule(name: str, rule: str, accused: list[int], tmp_path: Path) -> None:
    report, rules = compiled(tmp_path, "1.抽检。完成。", ("食品药品抽检", "50", COPIED, "50"), (name, "50", rule, "50"))
    assert [f.indicator for f in check_rules(report, rules, "other")] == accused


def test_the_longest_shared_run() -> None:
    assert longest("甲" + COPIED, "乙" + COPIED) == COPIED.split("；")[0]
    assert longest("甲乙丙", "丁戊己") == ""
