"""Goals with their results, shares stated and derived, counts: what is read, and what is left (goals, plans, other years)."""

from __future__ import annotations

from pathlib import Path

import pytest
from narrative import told

from audit.evidence import measures
from audit.evidence.words import Weights

WEIGHTS = Weights(["生活污水处理率达到95%", "公共充电桩建设", "学校食堂明厨亮灶覆盖率", "财政专项资金投入"])

PAIRS = [
    ("年度下达任务400个，实际建成480个。", "400个", "480个", "120"),
    ("完成投资6亿元，超额完成年度5亿元的任务。", "5亿元", "6亿元", "120"),
    ("年度任务500户，完成率96%。", "500户", None, "96"),
    ("优良天数比率目标85%，实际达到88.4%。", "85%", "88.4%", "104"),
    # less is better: below the goal is more than met, above it is not
    ("死亡人数控制目标10人，实际死亡8人。", "10人", "8人", "125"),
    ("单位产值能耗下达目标0.40吨标准煤/万元，实际0.50吨标准煤/万元。", "0.40吨标准煤/万元", "0.50吨标准煤/万元", "80"),
    ("用水总量不超过6亿立方米的控制目标，实际用水5.8亿立方米。", "6亿立方米", "5.8亿立方米", "100"),
    ("用水总量控制目标在6亿立方米以内，实际用水6.2亿立方米。", "6亿立方米", "6.2亿立方米", "99"),
]


@pytest.mark.parametrize(("text", "target", "actual", "percent"), PAIRS)
def test_a_goal_and_its_result(text: str, target: str, actual: str | None, percent: str, tmp_path: Path) -> None:
    ctx, passages = told(tmp_path, text)
    pair, = [x for p in passages for x in measures.pairs(ctx, p)]
    assert (pair.target.text, pair.actual and pair.actual.text) == (target, actual)
    assert f"{pair.low:.0f}" == f"{pair.high:.0f}" == percent


def test_a_rate_at_odds_with_its_figures_leaves_both_possible(tmp_path: Path) -> None:
    ctx, passages = told(tmp_path, "年度下达任务400个，实际建成380个，完成率98%。")
    pair, = [x for p in passages for x in measures.pairs(ctx, p)]
    assert (pair.low, pair.high, pair.plainly) == (95, 98, True)


@pytest.mark.parametrize("text", ["计划2024年建成30个。", "到2025年目标建成30个，2023年建成12个。", "全年建成30个。"])
def test_no_goal_of_the_year_no_pair(text: str, tmp_path: Path) -> None:
    ctx, passages = told(tmp_path, text)
    assert [x for p in passages for x in measures.pairs(ctx, p)] == []


SHARES = [
    ("学校食堂明厨亮灶覆盖率98.5%。", "98.5", "stated", False),
    ("全县共有学校食堂80家，已完成明厨亮灶60家。", "75", "derived", False),
    ("预计学校食堂明厨亮灶覆盖率98%。", "98", "stated", True),
    ("上年学校食堂明厨亮灶覆盖率90%，今年学校食堂明厨亮灶覆盖率97%。", "97", "stated", False),
    ("学校食堂明厨亮灶覆盖率目标98%。", None, "", False),
    ("上年学校食堂明厨亮灶覆盖率90%。", None, "", False),
]


@pytest.mark.parametrize(("text", "value", "how", "forecast"), SHARES)
def test_a_share(text: str, value: str | None, how: str, forecast: bool, tmp_path: Path) -> None:
    ctx, passages = told(tmp_path, text)
    condition = "学校食堂明厨亮灶覆盖率"
    found = measures.shares(ctx, WEIGHTS.terms(condition), condition, passages)
    assert [(f"{r.low.normalize():f}", r.how, r.forecast) for r in found[:1]] == ([(value, how, forecast)] if value else [])


def test_all_of_them_is_a_hundred_percent_unless_planned(tmp_path: Path) -> None:
    terms = WEIGHTS.terms("学校食堂明厨亮灶")
    for text, wanted in (("80家学校食堂明厨亮灶全部建成。", 100), ("80家学校食堂明厨亮灶拟于明年全部建成。", None)):
        ctx, passages = told(tmp_path, text)
        found = measures.every_one(ctx, terms, passages)
        assert (found and found.low) == wanted


COUNTS = [
    ("新建公共充电桩480个。", ["480"]),
    ("计划新建公共充电桩600个。", []),
    ("上年新建公共充电桩300个。", []),
    ("组织公共充电桩培训，覆盖120个单位。", []),  # who was reached is not what was built
    ("新建公共充电桩480个，投资320万元。", ["480"]),
    ("年度任务公共充电桩400个。", []),
]


@pytest.mark.parametrize(("text", "wanted"), COUNTS)
def test_counts(text: str, wanted: list[str], tmp_path: Path) -> None:
    ctx, passages = told(tmp_path, text)
    found = measures.counts(ctx, WEIGHTS.terms("公共充电桩"), WEIGHTS.terms("建成"), "个", passages, {})
    assert [f"{r.low:f}" for r in found] == wanted


def test_amounts_take_the_total_first_and_no_part_of_it(tmp_path: Path) -> None:
    ctx, passages = told(tmp_path, "财政专项资金投入共计1200万元，其中水利500万元。上年投入900万元。")
    found = measures.amounts(ctx, WEIGHTS.terms("财政专项资金投入"), "元", passages)
    assert [r.figures[0].text for r in found] == ["1200万元"]


@pytest.mark.parametrize(("a", "b", "wanted"), [("家", "家", 1.0), ("家", "户", 0.6), ("场", "次", 0.6), ("家", "次", 0.0), ("人", "吨", 0.0)])
def test_counting_words_of_a_kind(a: str, b: str, wanted: float) -> None:
    assert measures.alike(a, b) == wanted


def test_names_of_a_listing() -> None:
    assert measures.listed_names("甲园、乙园、丙园") == 3
    assert measures.listed_names("甲园、乙园和丙园") == 3
    assert measures.listed_names("甲园") == 1
