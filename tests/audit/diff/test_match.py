"""Which quantity of last year is which of this year: by the words, and never by words that stand against each other."""

from __future__ import annotations

from pathlib import Path

import pytest

from audit.diff.links import Years
from extractor import read
from tests.small import HEAD, write

LAST = (
    "持证护理员412人。重点管理企业检查85家，登记管理企业检查230家。PM2.5平均浓度31微克/立方米，PM10平均浓度58微克/立方米。"
    "国家级非遗项目2项、市级非遗项目31项。县图书馆接待读者31.6万人次。医疗废物收集处置158.6吨。污水处理率96.2%。"
)
PAIRS = [
    ("护理员持证人数430人。", ("430人", "412人")),
    ("检查重点管理企业90家。", ("90家", "85家")),
    ("县图书馆到馆读者34.2万人次。", ("34.2万人次", "31.6万人次")),
    ("收集处置医疗废物164.2吨。", ("164.2吨", "158.6吨")),
    ("县城污水处理率96.8%，比上年提高0.6个百分点。", ("96.8%", "96.2%")),
]
STRANGERS = ["PM10最高浓度31微克/立方米。", "省级非遗项目9项。", "登记失业人员培训235人。", "污水处理量968万吨。"]


def years(folder: Path, last: str, this: str, table: bool = False) -> Years:
    """Two small reports of one district, 2022 and 2023; table: with a score table."""
    reports = []
    for year, words in (("2022", last), ("2023", this)):
        (folder / year).mkdir()
        rows = [("隐患排查", "5", "开展排查的得5分。", "5")] if table else []
        reports.append(read(write(folder / year, words, *rows, head=HEAD.replace("2023", year))))
    return Years(*reports)


def pairs(y: Years) -> set[tuple[str, str]]:
    """The linked figures as printed, new and old."""
    return {(link.new.figure.text, link.old.telling.figure.text) for link in y.links.values()}


@pytest.mark.parametrize(("text", "pair"), PAIRS)
def test_other_words_for_one_quantity(text: str, pair: tuple[str, str], tmp_path: Path) -> None:
    assert pair in pairs(years(tmp_path, LAST, text))


@pytest.mark.parametrize("text", STRANGERS)
def test_what_only_looks_alike_is_not_paired(text: str, tmp_path: Path) -> None:
    assert not pairs(years(tmp_path, LAST, text))


def test_a_growth_that_comes_out_pairs_what_the_words_leave_open(tmp_path: Path) -> None:
    y = years(tmp_path, "松材线虫病发生面积8,460亩。", "松材线虫病疫情面积7,580亩，比上年减少880亩。")
    assert pairs(y) == {("7,580亩", "8,460亩")}
    assert {link.how for link in y.links.values()} == {"agrees"}


SHORT = [
    ("破案54起，缴毒3.62千克，同比下降25.4%。", "全年破案62起，缴获各类毒品4.85千克。", ("3.62千克", "4.85千克")),
    ("安置就业率91.0%。", "就业安置率88.4%。", ("91.0%", "88.4%")),
    ("村道安防工程完成141公里，同比增长10.2%。", "实施村道安全生命防护工程128公里。", ("141公里", "128公里")),
]


@pytest.mark.parametrize(("new", "old", "pair"), SHORT)
def test_a_name_in_short_or_in_another_order(new: str, old: str, pair: tuple[str, str], tmp_path: Path) -> None:
    assert pair in pairs(years(tmp_path, old, new))


def test_plans_of_last_year_are_no_results(tmp_path: Path) -> None:
    y = years(tmp_path, "改造危桥9座。下一步，计划改造危桥12座。", "改造危桥12座，同比增长33.3%。")
    assert pairs(y) == {("12座", "9座")}
