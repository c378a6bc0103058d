"""What the arithmetic tells where the words do not: it backs, and is never said."""

from __future__ import annotations

import pytest

from extractor.document import Document
from extractor.relations import Relation
from extractor.report import Report, build


def read(text: str) -> tuple[Report, list[Relation]]:
    report = build(Document("a.txt", "text", None, text))
    return report, [r for r in report.relations if r.form == "reckoned"]


def told(text: str) -> list[str]:
    report, found = read(text)
    return [f"{r.type} {'+'.join(report.figures[k].text for k in r.figures())}" for r in found]


def test_lines_below_one_another_with_their_total() -> None:
    lines = "城关镇 12.4公里 40.3%\n河口镇 9.8公里 31.8%\n柳集镇 8.6公里 27.9%\n合计 30.8公里 100%\n"
    assert {"parts 30.8公里+12.4公里+9.8公里+8.6公里", "ratio 12.4公里+30.8公里+40.3%", "ratio 9.8公里+30.8公里+31.8%"} <= set(told(lines))
    assert not any(r.said for r in read(lines)[1])


@pytest.mark.parametrize("text", [
    "城关镇 12.4公里\n河口镇 9.8公里\n柳集镇 8.6公里\n合计 31.8公里\n",  # does not add up
    "耕地面积52.4万亩，高标准农田31.2万亩，农业机械化率60%。",  # about right, and of something else
    "甲校12人、乙校7人、丙校5人。",  # a list is no total of its own members
    "在册62人，社工5名，志愿者57人。",
])
def test_chance_and_slips_tell_nothing(text: str) -> None:
    assert told(text) == []


def test_a_loose_reading_gives_way_to_one_that_comes_out() -> None:
    report, found = read("特困老人386人，集中供养241人，分散供养145人，集中供养率62.4%。")
    ratios = [r for r in report.relations if r.type == "ratio"]
    assert [(report.figures[r.part or 0].text, report.figures[r.whole or 0].text) for r in ratios] == [("241人", "386人")] and found
