"""Five years of one district: lines through the years, and each planted break asked about once."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

import audit
from audit.years import YearsTable, compare_years
from patterns.errors import UnusableInput
from tests import five_years
from tests.small import HEAD, write


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> YearsTable:
    files = five_years.write(tmp_path_factory.mktemp("years"))
    return compare_years([audit.run(f) for f in reversed(files)])  # in whatever order they are given


def test_years_are_in_order(table: YearsTable) -> None:
    assert [y.year for y in table.years] == [2020, 2021, 2022, 2023, 2024]


def test_each_planted_break_is_asked_about_once_and_nothing_else(table: YearsTable) -> None:
    asked = {(q.kind, q.years, line.cells[q.years[1]].figure.text) for line, q in table.questions}
    assert len(table.questions) == 3
    assert asked == {("jump", (2021, 2022), "3,960户"), ("unit", (2022, 2023), "2.35万立方米"), ("definition", (2023, 2024), "1,980人次")}
    assert all(q.old.text and q.new.text for _, q in table.questions)
    assert not table.findings


def test_quantities_run_through_all_the_years(table: YearsTable) -> None:
    lines = {tuple(c.figure.text for _, c in sorted(line.cells.items())): line for line in table.quantities}
    assert ("18座", "21座", "23座", "25座", "27座") in lines
    money = lines["3,215万元", "3,480万元", "3,702万元", "3,925万元", "4,160万元"]
    assert [c.percent for _, c in sorted(money.cells.items())] == [None, Decimal("8.2"), Decimal("6.4"), Decimal("6.0"), Decimal("6.0")]
    rate = lines["96.2%", "97.1%", "97.8%", "98.3%", "98.7%"]
    assert rate.cells[2021].percent == Decimal("0.9")  # points
    assert len(table.quantities) == len({line.name for line in table.quantities}) >= 11


def test_across_a_break_there_is_no_growth(table: YearsTable) -> None:
    broken = {q.kind: line.cells[q.years[1]].percent for line, q in table.questions}
    assert (broken["unit"], broken["definition"]) == (None, None) and broken["jump"] == Decimal("185.9")


def test_indicators_run_through_the_years_with_what_changed(table: YearsTable) -> None:
    lines = {line.name: line for line in table.indicators}
    assert list(lines["志愿服务"].results) == [2023, 2024] and lines["志愿服务"].changes[2023].change == "added"
    rule = {y: c.rule.tendency for y, c in lines["生活垃圾处理"].changes.items() if c.rule}
    assert rule == {2023: "tightened"}
    assert {y: c.rule.tendency for y, c in lines["专项检查"].changes.items() if c.rule} == {2022: "reworded"}


def test_frames_hold_a_row_a_year(table: YearsTable) -> None:
    quantities = table.quantities_frame()
    assert {"name", "year", "value", "growth", "unit"} <= set(quantities.columns)
    assert len(quantities) == sum(len(line.cells) for line in table.quantities) and str(quantities["value"].dtype) == "Float64"
    indicators = table.indicators_frame()
    assert indicators.groupby("year")["claimed"].sum().tolist() == [47, 47, 47, 52, 52]
    assert table.questions_frame("en")["kind"].tolist() == ["jump", "unit", "definition"]


QUIET = [
    ("投诉举报523件。", "投诉举报受理508件，下降2.9%。"),
    ("面积3.3万平方米的菜市场投用。", "面积34,500平方米的菜市场投用。"),  # the same unit without 万
    ("运行食品快检室8个。", "食品快检室9个。"),
    ("立案查处案件95件。", "由于机构职能调整，立案查处案件31件。"),  # the report says why
    ("新建公园2个。", "新建公园5个。"),  # so few
    ("建成美丽庭院1,385户。", "建成美丽庭院3,960户，同比增长185.9%。"),  # it tells the change itself
]


@pytest.mark.parametrize(("old", "new"), QUIET)
def test_what_is_no_break(old: str, new: str, tmp_path: Path) -> None:
    assert not pair(tmp_path, old, new).questions


BREAKS = [
    ("培训从业人员4,610人次。", "培训从业人员4,750人。", "unit"),
    ("完成绿化面积4,200亩。", "完成绿化面积310公顷。", "unit"),
    ("投入专项经费612万元。", "投入专项经费645亿元。", "unit"),
    ("食品经营主体6,905户。", "食品经营主体7,130户（含网络餐饮经营者）。", "definition"),
    ("能耗总量52.6万吨标准煤。", "能耗总量58.8万吨标准煤（按新口径统计）。", "definition"),
    ("户籍老年人口11.28万人。", "常住老年人口14.63万人。", "definition"),
    ("立案查处案件95件。", "立案查处案件31件。", "jump"),
]


@pytest.mark.parametrize(("old", "new", "kind"), BREAKS)
def test_a_break_is_asked_about(old: str, new: str, kind: str, tmp_path: Path) -> None:
    assert [q.kind for _, q in pair(tmp_path, old, new).questions] == [kind]


def pair(folder: Path, old: str, new: str) -> YearsTable:
    """Two small reports of following years."""
    audits = []
    for year, words in (("2022", old), ("2023", new)):
        (folder / year).mkdir()
        text = f"县级领导带头推进，召开会议12次。走访群众86户。印发方案3份。开展督导4轮。{words}"
        audits.append(audit.run(write(folder / year, text, head=HEAD.replace("2023", year))))
    return compare_years(audits)


def test_two_reports_of_one_year_are_a_case_of_diff(tmp_path: Path) -> None:
    files = five_years.write(tmp_path)
    with pytest.raises(UnusableInput, match="fuhe diff"):
        compare_years([audit.run(files[0]), audit.run(files[0])])
    with pytest.raises(UnusableInput):
        compare_years([audit.run(files[0])])


def test_reports_of_other_districts_and_programmes_are_refused(tmp_path: Path) -> None:
    files = five_years.write(tmp_path)
    other = audit.run(write(tmp_path, "处置事项12件，走访8户，会议3次，印发文件2份，培训5场。", ("矛盾调处", "10", "按期办结的得10分。", "10"),
                            head=HEAD.replace("2023", "2025")))
    with pytest.raises(UnusableInput):
        compare_years([audit.run(files[0]), other])
    assert len(compare_years([audit.run(files[0]), other], force=True).years) == 2


THREE = {
    2021: "检查单位3,380家次，隐患整改率96.3%。出动消防车2,902辆次。70周岁以上独居老人安装烟感报警器1,275户。",
    2022: "消防监督检查单位3,492家次；督促整改隐患4,610处，整改率96.8%。出动消防车3,010辆次。70周岁以上独居老人安装烟感报警器1,310户。",
    2023: "检查单位3,588家次，隐患整改率97.2%。出动消防车3,105台次。65周岁以上独居老人安装烟感报警器2,096户。",
}


def test_a_name_in_short_and_another_counting_word_go_on_in_one_line(tmp_path: Path) -> None:
    files = []
    for year, text in THREE.items():
        (tmp_path / str(year)).mkdir()
        files.append(write(tmp_path / str(year), text, ("隐患排查", "5", "开展排查的得5分。", "5"), head=HEAD.replace("2023", str(year))))
    made = compare_years([audit.run(f) for f in files])
    lines = {tuple(c.figure.text for _, c in sorted(line.cells.items())): line for line in made.quantities}
    assert {("3,380家次", "3,492家次", "3,588家次"), ("96.3%", "96.8%", "97.2%")} <= lines.keys()
    assert lines["2,902辆次", "3,010辆次", "3,105台次"].cells[2023].percent == Decimal("3.2")
    assert [(q.kind, line.name) for line, q in made.questions] == [("definition", "独居老人安装烟感报警器")]
