"""What a rule can give: the exact scores, its maximum, and what a clause gives for what is found."""

from __future__ import annotations

from decimal import Decimal

import pytest

from patterns.rules import compile_rule
from patterns.rules.meaning import attainable, maximum, points_for, shape


def scores(text: str, weight: str, kind: str = "other", district: str = "") -> list[str] | None:
    got = attainable(compile_rule(text, Decimal(weight)), Decimal(weight), district, kind)
    return None if got is None else [format(s.normalize(), "f") for s in sorted(got)]


@pytest.mark.parametrize(("text", "weight", "wanted"), [
    ("制度健全的，得0.3分；运行良好的，得0.5分；维保到位的，得0.2分。", "1", ["0", "0.2", "0.3", "0.5", "0.7", "0.8", "1"]),
    ("按时上报的得1分；质量不佳的得0.5分；未上报的不得分。", "1", ["0", "0.5", "1"]),
    ("完成目标得满分，未完成不得分。", "2", ["0", "2"]),
    ("每次扣0.25分，扣完为止。", "1", ["0", "0.25", "0.5", "0.75", "1"]),
    ("每建成1家得1分，最多得2分。", "2", ["0", "1", "2"]),
    ("完成率90%及以上的得2分，80%以上的得1分，80%以下不得分。", "2", ["0", "1", "2"]),
    ("本项各区均计满分。", "5", ["5"]),
    ("达到100%得6分，每低5个百分点扣1分。", "6", None),  # three points short may be read as 0.6
    ("达到100%得6分，每低5个百分点扣1分，不足5个百分点的按5个百分点计。", "6", ["0", "1", "2", "3", "4", "5", "6"]),
    ("增加的得5分，持平的得3分，减少的不得分。", "5", ["0", "3", "5"]),
    ("增加的得5分，持平的得3分，略有减少的得1分。", "5", ["0", "1", "3", "5"]),  # alternatives: 4 is no score
    ("达到100%得10分；低于100%的按整改率×10分计分。", "10", None),
    ("每建成1家得0.5分，最多得1分；组织培训的得1分。", "2", ["0", "0.5", "1", "1.5", "2"]),
    ("被投诉的每起扣0.5分，最多扣1分。", "3", ["2", "2.5", "3"]),
    ("未报送扣2分。", "3", ["1", "3"]),
    ("出现一票否决情形的，该项不得分。", "2", ["0", "2"]),
    ("完成率90%以上得3分，80%以上得2分，不足80%不得分；被通报的扣1分。", "3", ["0", "1", "2", "3"]),
    ("制度健全得1分，每缺1项扣0.4分；运行良好得1分。", "2", ["0", "0.2", "0.6", "1", "1.2", "1.6", "2"]),  # the first award's own deduction
    ("参照备注1评分。", "2", None),
    ("按完成比例得分。", "2", None),
    ("视情况酌情扣分。", "2", None),
])
def test_every_score_that_a_rule_can_give(text: str, weight: str, wanted: list[str] | None) -> None:
    assert scores(text, weight) == wanted


@pytest.mark.parametrize(("text", "weight", "wanted"), [
    ("每建成1家得1分，最多得3分。", "5", "3"),
    ("每建成1家得1分。", "5", "5"),
    ("制度健全得1分；运行良好得2分。", "5", "3"),
    ("完成率90%以上得3分，80%以上得2分。", "5", "3"),
    ("被投诉的每起扣0.5分。", "5", "5"),
    ("参照备注1评分。", "5", None),
])
def test_the_most_that_a_rule_gives(text: str, weight: str, wanted: str | None) -> None:
    most = maximum(compile_rule(text, Decimal(weight)), Decimal(weight))
    assert most == (None if wanted is None else Decimal(wanted))


def test_what_stands_before_both_classes_is_the_condition_of_both() -> None:
    """The second class must not fall back on the sentence before: 扣分 would look for the wrong event."""
    clauses = compile_rule("本市旅馆主动公示价格。接到投诉或抽查不合格的，中心城区每次扣0.5分，其他区每次扣0.25分。").clauses
    assert [(c.kind, c.applies_to, c.points) for c in clauses] == [
        ("deduct", ("central",), Decimal("0.5")), ("deduct", ("other",), Decimal("0.25"))]
    assert clauses[0].condition == clauses[1].condition
    assert "抽查不合格" in clauses[1].condition and "公示" not in clauses[1].condition


def test_a_class_has_its_own_scores_and_a_named_district_is_no_other() -> None:
    text = "达到要求的，中心城区、崇明区得3分，其他区得1分。"
    assert scores(text, "3", "central") == ["0", "3"]
    assert scores(text, "3", "other") == ["0", "1"]
    assert scores(text, "3", "other", "崇明区") == ["0", "3"]
    assert maximum(compile_rule(text, Decimal(3)), Decimal(3), "", "other") == 1


@pytest.mark.parametrize(("text", "found", "wanted"), [
    ("每建成1家得0.5分，最多得2分。", "3家", "1.5"), ("每建成1家得0.5分，最多得2分。", "9家", "2"),
    ("每低5个百分点扣0.1分。", "12个百分点", "-0.2"), ("未报送的扣1分。", "是", "-1"), ("达标率90%以上得2分。", "90%", "2"),
    ("达标率超过90%得2分。", "90%", "0"), ("按比例得分。", "75%", "1.5"), ("弄虚作假的，该项不得分。", "是", "-2"),
])
def test_what_a_clause_gives(text: str, found: str, wanted: str) -> None:
    assert points_for(compile_rule(text, Decimal(2)).clauses[0], found, Decimal(2)) == Decimal(wanted)


@pytest.mark.parametrize("rule", ["达到目标值得15分；每少20个扣2分", "完成任务得15分。每低1个百分点扣1分", "达标的得15分；每缺1项扣3分，扣完为止"])
def test_what_is_short_is_taken_from_all_points(rule: str) -> None:
    weight = Decimal(15)
    form = shape(compile_rule(rule, weight, "检测土样").clauses, weight, rule)
    assert list(form.linked) == [0] and not form.deductions


def test_faults_after_a_stop_are_not_tied_to_the_award() -> None:
    rule, weight = "完成建设得15分；每发现1处隐患扣2分", Decimal(15)
    assert not shape(compile_rule(rule, weight, "站点建设").clauses, weight, rule).linked
