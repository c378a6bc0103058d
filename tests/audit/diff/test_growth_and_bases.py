"""Growths and bases told again: found where wrong, silent where a reading of last year's report makes them right."""

from __future__ import annotations

from pathlib import Path

import pytest

from audit.diff.bases import restated_findings
from audit.diff.growths import growth_findings
from tests.audit.diff.test_match import years

ROWS = "入园企业86家。技工贸总收入41.8亿元。"
WRONG = [
    ("护林员1,012人，较上年增加22人。", "年末护林员1,024人。"),
    ("辖区火灾198起，同比下降9.5%。", "全区发生火灾214起。"),
    ("参观人次37.4万人次，增长25%。", "全年参观人次31.2万人次。"),
]
RIGHT = [
    ("护林员1,012人，较上年减少12人。", "年末护林员1,024人。"),
    ("整改率98.0%，同比提高0.7个百分点。", "隐患整改率97.3%。"),
    ("整改率98.0%，同比提高0.7%。", "隐患整改率97.3%。"),  # points, loosely put
    ("旅游收入14.5亿元，同比增长16%。", "旅游收入快报数12.4亿元。旅游收入核定数12.5亿元。"),  # a preliminary and a final value
    ("新建充电桩50个，同比增长25%。", "累计建成充电桩312个，其中当年新建充电桩40个。"),
    ("电影放映2,938场，同比增长0.7%。", "电影放映2,916场。"),  # 0.754, cut off
    ("发放补贴2,448万元，增长5.7%。", "发放补贴2,316万元。"),
]


@pytest.mark.parametrize(("new", "old"), WRONG)
def test_a_growth_that_does_not_follow_is_found(new: str, old: str, tmp_path: Path) -> None:
    found = list(growth_findings(years(tmp_path, ROWS + old, new)))
    assert [f.code for f in found] == ["growth-mismatch"]
    assert any(q.text in old for q in found[0].old_quotes) and any(q.text in new for q in found[0].quotes)


@pytest.mark.parametrize(("new", "old"), RIGHT)
def test_a_growth_that_some_reading_makes_right_is_not(new: str, old: str, tmp_path: Path) -> None:
    assert not list(growth_findings(years(tmp_path, ROWS + old, new)))


TOLD = [
    "消火栓保有量2,431个，上年为2,374个。",
    "消火栓保有量由上年的2,374个增至2,431个。",
    "消火栓保有量2,431个，较2022年末的2,374个增加57个。",
    "消火栓保有量2,431个（2022年2,374个）。",
    "消火栓保有量2,431个，去年这一数字是2,374个。",
]


@pytest.mark.parametrize("new", TOLD)
def test_last_years_value_told_otherwise_is_asked_about(new: str, tmp_path: Path) -> None:
    found = list(restated_findings(years(tmp_path, "消火栓保有量2,347个。", new)))
    assert [f.code for f in found] == ["restated-figure"] and "2,374" in found[0].quotes[0].text


@pytest.mark.parametrize("new", [t.replace("2,374", "2,347").replace("57", "84") for t in TOLD])
def test_last_years_value_told_again_is_not(new: str, tmp_path: Path) -> None:
    y = years(tmp_path, "消火栓保有量2,347个。", new)
    assert not list(restated_findings(y)) and not list(growth_findings(y))


SPANS = [
    ("城镇化率由45.9%提高到52.6%。", "城镇化率50.2%。"),  # of some years, as a report without a score table may tell it
    ("科技投入1163亿元，增长16.4%。", "五年科技投入3406亿元。"),
    ("财政收入比2002年增长65.5%，税收5.13万亿元，增长1.71倍。", "税收3.93万亿元。"),
    ("危桥改造完成12座，同比增长33.3%，其中四类桥9座。", "改造危桥9座，其中四类桥6座。"),
]


@pytest.mark.parametrize(("new", "old"), SPANS)
def test_other_spans_accuse_nobody(new: str, old: str, tmp_path: Path) -> None:
    y = years(tmp_path, ROWS + old, new)
    assert not list(growth_findings(y)) and not list(restated_findings(y))


def cases(name: str) -> list[tuple[str, ...]]:
    """The lines of a file of tests/cases: last year's words, this year's, what is to be said."""
    text = (Path(__file__).parents[2] / "cases" / name).read_text(encoding="utf8")
    return [tuple(part.strip() for part in line.replace("=>", "|").split("|")) for line in text.splitlines() if line and not line.startswith("#")]


@pytest.mark.parametrize(("old", "new", "code"), [*cases("years.txt"), *cases("names_of_years.txt")])
def test_a_sentence_of_each_year(old: str, new: str, code: str, tmp_path: Path) -> None:
    y = years(tmp_path, ROWS + old, new, table=True)
    assert {f.code for f in (*growth_findings(y), *restated_findings(y))} == ({code} if code else set())


def test_an_error_is_near_and_named_and_what_is_far_off_is_another_quantity(tmp_path: Path) -> None:
    def said(new: str, folder: str) -> list[str]:
        (tmp_path / folder).mkdir()
        return [f.severity for f in growth_findings(years(tmp_path / folder, ROWS + "全县护林员1,024人。", new, table=True))]

    assert said("全县护林员1,012人，较上年增加22人。", "near") == ["error"]
    assert said("全县护林员1,012人，比上年增长36%。", "wide") == ["warning"]
    assert said("全县护林员1,012人，比上年增长260%。", "far") == []
