"""Statements for a condition: done, not done, planned, partly; conditions with 或 and with several parts."""

from __future__ import annotations

from pathlib import Path

import pytest
from narrative import told

from audit.evidence import statements
from audit.evidence.words import Weights, content_words, cover, says

WEIGHTS = Weights(["制定消防工作方案", "开展考核", "组织宣传", "植树造林"])
PLAN = "制定消防工作方案"
CASES = [
    (PLAN, "出台《消防工作方案》。", "yes"),
    (PLAN, "印发消防工作方案。", "yes"),
    (PLAN, "消防工作方案尚未印发。", "no"),
    (PLAN, "未制定消防工作方案。", "no"),
    (PLAN, "拟于2024年印发消防工作方案。", "plan"),
    (PLAN, "全年植树3万株。", "none"),
    (f"{PLAN}并开展考核", "出台《消防工作方案》。", "part"),
    (f"{PLAN}并开展考核", "出台《消防工作方案》，对各镇开展考核。", "yes"),
    ("组织消防宣传或培训", "组织消防培训3期。", "yes"),
]


@pytest.mark.parametrize(("condition", "text", "wanted"), CASES)
def test_what_a_report_says_of_a_condition(condition: str, text: str, wanted: str, tmp_path: Path) -> None:
    _, passages = told(tmp_path, text)
    assert statements.state(WEIGHTS, condition, [(p, 1.0) for p in passages]).told == wanted


def test_what_is_missing_is_named(tmp_path: Path) -> None:
    _, passages = told(tmp_path, "出台《消防工作方案》。")
    assert statements.state(WEIGHTS, f"{PLAN}并开展考核", [(p, 1.0) for p in passages]).missing == ("开展考核",)


def test_next_steps_and_preambles_prove_nothing(tmp_path: Path) -> None:
    _, passages = told(tmp_path, "二、下一步打算\n\n印发消防工作方案。")
    assert statements.state(WEIGHTS, PLAN, [(p, 1.0) for p in passages]).told == "plan"


def test_the_ways_and_the_parts_of_a_condition() -> None:
    assert [w.rstrip("，") for w in statements.alternatives("组织宣传或培训活动")] == ["组织宣传活动", "组织培训活动"]
    assert statements.alternatives("组织宣传") == ["组织宣传"]
    assert statements.parts("印发安排、分解目标并明确责任") == ["印发安排", "分解目标", "明确责任"]
    assert statements.parts("实现并网") == ["实现并网"]


@pytest.mark.parametrize(("word", "text", "wanted"), [
    ("印发", "印发了方案", 1.0), ("印发", "出台了方案", 1.0), ("公示", "已公布", 1.0), ("植树", "种了树", 0.0), ("考核", "考试", 0.0),
])
def test_a_word_is_said_as_written_or_by_a_synonym(word: str, text: str, wanted: float) -> None:
    assert says(word, text) == wanted


def test_rare_words_weigh_more_and_of_an_open_list_one_will_do() -> None:
    weights = Weights(["开展消防检查", "开展消防培训", "开展燃气普查"])
    assert weights.of("燃气") > weights.of("消防") > weights.of("开展")
    assert Weights(["开展燃气普查"]).of("燃气") > Weights(["开展燃气普查"]).of("开展")  # many rules' word, even where it stands once
    terms = weights.terms("组织法律、心理、医疗等服务")
    assert any("|" in t for t in terms)
    assert cover(terms, ("组织心理服务", 1.0)) > 0.9
    assert "工作" not in content_words("消防工作")
