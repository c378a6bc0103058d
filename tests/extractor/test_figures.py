"""Figures in their sentences: role, bound, period, modality, subject, parts and parentheses."""

from __future__ import annotations

import pytest

from extractor.document import Document
from extractor.report import Figure, build


def figures(text: str) -> tuple[Figure, ...]:
    return build(Document("x.txt", "txt", None, text)).figures


def test_exact_characters_and_places() -> None:
    text = "一、情况\n全年参赛５０ 余家，檢查三 個項目。"
    got = figures(text)
    assert [(f.text, f.value, f.unit, f.bound) for f in got] == [("５０ 余家", "50", "家", "~"), ("三 個", "3", "个", "")]
    assert all(text[f.start:f.end] == f.text for f in got)


@pytest.mark.parametrize(("text", "roles"), [
    ("市下达任务60公顷，完成61.02公顷，完成率101.7%。", ["target", "actual", "actual"]),
    ("创建率75%，超过50%的创建目标。", ["actual", "target"]),
    ("对年能耗5000吨标准煤及以上的单位38家开展考核。", ["limit", "actual"]),
    ("单位能耗由17.2千克标准煤降为16.88千克标准煤，下降1.86%。", ["actual", "actual", "change"]),
    ("分别下降7.4%、13.03%、2.84%。", ["change", "change", "change"]),
    ("增幅高于全市平均2.1个百分点。", ["actual"]),
    ("全年计划开展维护32家次、审查10家，完成维护32家次、审查10家。", ["target", "target", "actual", "actual"]),
    ("下一步，我区将新建充电桩700个。", ["target"]),
])
def test_roles(text: str, roles: list[str]) -> None:
    assert [f.role for f in figures(text)] == roles


def test_a_comparison_with_a_goal_is_no_bound_of_the_goal() -> None:
    rate, goal = figures("达标率98.1%，高于95%的考核要求。")
    assert (rate.bound, goal.bound, goal.role) == ("", "", "target")
    (played,) = figures("播放量超过6万次。")
    assert (played.bound, played.role) == (">", "actual")
    _, floor = figures("保护率52.3%，符合不低于50%的规定。")
    assert (floor.bound, floor.role) == (">=", "target")


@pytest.mark.parametrize(("text", "modality"), [
    ("预计全年节能量8974吨标准煤。", "forecast"), ("预计2021年可节能8974吨标准煤。", "forecast"), ("计划新建充电桩600个。", "plan"),
    ("其余32家计划于2022年完成。", "plan"),
    ("累计宣讲16场。", "cumulative"), ("建成5家。", "fact"), ("计划新建8座，实际建成9座。", "plan"),
])
def test_modality_of_the_first_figure(text: str, modality: str) -> None:
    assert figures(text)[0].modality == modality


def test_a_plan_does_not_colour_what_was_done() -> None:
    assert [f.modality for f in figures("计划新建8座，实际建成9座。")] == ["plan", "fact"]


@pytest.mark.parametrize(("text", "period"), [
    ("截至2021年底，联网142项。", "截至2021年底"), ("2020年能耗75.87万吨标准煤。", "2020年"), ("全年宣讲16场，听众800人。", "全年"),
    ("建成5家。", ""),
    ("外运骨料19757.32吨、金属39.6吨。", ""),
])
def test_period_of_the_last_figure(text: str, period: str) -> None:
    assert figures(text)[-1].period == period


def test_change_knows_what_it_is_compared_with() -> None:
    (a,) = figures("客流同比增长8.2%。")
    (b,) = figures("客流较上年下降8.2%。")
    _, c = figures("比2020年的319.4万吨下降2.1%。")
    (d,) = figures("客流增长8.2%。")
    assert [(f.compare, f.down) for f in (a, b, c, d)] == [("last year", False), ("last year", True), ("2020", True), ("", False)]


@pytest.mark.parametrize(("text", "subjects"), [
    ("林地、森林面积分别为12172公顷和10364公顷。", ["林地", "森林面积"]),
    ("单位能耗11.56千克标准煤、人均能耗135.10千克标准煤，分别下降7.4%、13.03%。", ["单位能耗", "人均能耗", "单位能耗", "人均能耗"]),
    ("建成1000个公共充电桩。", ["公共充电桩"]),
    ("纳入统计的公共机构449家。", ["纳入统计的公共机构"]),
    ("区财政拨付296万元，增长5.7%。", ["区财政拨付", "区财政拨付"]),
    ("2021年全区林地面积12172公顷，森林覆盖率15.46%。", ["林地面积", "森林覆盖率"]),
])
def test_subjects(text: str, subjects: list[str]) -> None:
    assert [f.subject for f in figures(text)] == subjects


def test_normal_values_compare_across_scales_and_units() -> None:
    a, b, c, d = figures("能耗75.87万吨标准煤，即758700吨标准煤；造林15亩，折合1公顷。")
    assert (a.base, a.base_unit) == (b.base, b.base_unit)
    assert c.base is not None and d.base is not None
    assert abs(c.base - d.base) < 1 and c.base_unit == d.base_unit


def test_figures_in_headings_and_in_no_section_count() -> None:
    got = build(Document("x.txt", "txt", None, "前言共3项。\n一、完成10个项目\n（一）建成5家。详情。"))
    assert [(f.value, f.section) for f in got.figures] == [("3", None), ("10", 0), ("5", 1)]
