"""Goals and results as the cells of forms print them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patterns.attainment import done, goal, grades_of, inverse_counts

GOALS = [
    ("≥300户", "least", "300", "户"), ("不少于12次", "least", "12", "次"), ("90%以上", "least", "90", "%"), ("≥ 1.5 万亩", "least", "10000000", "平方米"),
    ("≤0.5%", "most", "0.5", "%"), ("不超过3500元", "most", "3500", "元"), ("控制在5%以内", "most", "5", "%"), ("20个工作日以内", "most", "20", "工作日"),
    ("=100%", "exact", "100", "%"), ("＝0起", "exact", "0", "起"), ("0", "exact", "0", ""), ("6个", "exact", "6", "个"), ("80%—93%", "range", "80", "%"),
]


@pytest.mark.parametrize(("text", "sense", "number", "base"), GOALS)
def test_goals(text: str, sense: str, number: str, base: str) -> None:
    found = goal(text)
    assert (found.sense, found.base) == (sense, base)
    assert found.number is not None and abs(found.number - Decimal(number)) < Decimal("0.001")


@pytest.mark.parametrize(("text", "latest"), [("2023年6月底前", (2023, 6, 31)), ("12月20日前", (0, 12, 20)), ("2023年底", (2023, 12, 31)), ("9月上旬", (0, 9, 10))])
def test_dates(text: str, latest: tuple[int, int, int]) -> None:
    assert (goal(text).sense, goal(text).latest) == ("date", latest)


@pytest.mark.parametrize("text", ["健全", "每日2次", "每月5日前", "按规定时间", "持续提升", "≥90%且无投诉3起"])
def test_goals_in_words(text: str) -> None:
    assert goal(text).number is None or goal(text).sense == "words"


@pytest.mark.parametrize(("text", "number"), [("312户", "312"), ("已完成56个", "56"), ("1.2万人", "12000"), ("98.3%", "98.3"), ("≥99%", "99"), ("9,032,000元", "9032000")])
def test_results(text: str, number: str) -> None:
    found = done(text)
    assert found.number == Decimal(number) and found.grade is None and found.day is None
    assert found.low is not None and found.high is not None and found.low <= Decimal(number) <= found.high


@pytest.mark.parametrize(("text", "grade"), [
    ("达成年度指标", "reached"), ("部分达成年度指标并具有一定效果", "partly"), ("未达成年度指标且效果较差", "missed"), ("12期均按期报送", "reached"),
    ("未完成", "missed"), ("是", "reached"), ("基本完成，管护经费尚未落实", "partly"), ("另行报告", None)])
def test_grades(text: str, grade: str | None) -> None:
    assert done(text).grade == grade and done(text).number is None


@pytest.mark.parametrize(("text", "forecast"), [("预计96", True), ("预计可达160万元", True), ("拟于明年完成", True), ("96", False)])
def test_forecasts(text: str, forecast: bool) -> None:
    assert done(text).forecast is forecast


@given(st.integers(0, 10**6), st.sampled_from(["", "%", "个", "人次", "元", "平方米"]))
def test_any_whole_number_is_read(n: int, unit: str) -> None:
    """A sign, a number, a unit: goal and result agree on what they count."""
    asked, reached = goal(f"≥{n}{unit}"), done(f"{n}{unit}")
    assert asked.number == reached.number == n and (asked.base == reached.base or not unit)


@given(st.text(max_size=30))
def test_no_text_breaks_it(text: str) -> None:
    goal(text), done(text)


@pytest.mark.parametrize(("direction", "sense"), [("反向", "most"), ("越小越好", "most"), ("正向", "least"), ("逐步提高↑", "least"), ("定性", "exact"), ("", "exact")])
def test_a_column_says_which_way_a_goal_is_meant(direction: str, sense: str) -> None:
    assert goal("5起", direction).sense == sense and goal("≥5起", direction).sense == "least"


@pytest.mark.parametrize(("note", "inverse", "grades"), [
    ("反向指标超出的按A/B折算。", True, {}), ("超过的按目标值/完成值×权重计分", True, {}), ("超过的不得满分", False, {}),
    ("定性指标优、良、中、差分别按权重的100%、85%、70%、50%计分", False, {"优": "1", "良": "0.85", "中": "0.7", "差": "0.5"}),
    ("定性指标分优、良、中、差四档，分别按权重的100%、80%、60%、0计分", False, {"优": "1", "良": "0.8", "中": "0.6", "差": "0"}),
    ("优、良、差分别按100%、80%计分", False, {}),
])
def test_what_a_form_says_of_its_own_method(note: str, inverse: bool, grades: dict[str, str]) -> None:
    assert inverse_counts(note) is inverse
    assert {word: str(share) for word, share in grades_of(note).items()} == grades
