"""Rules of two years by their clauses: what is only reworded is said to be so, what asks or gives something else is told with both clauses."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from audit.diff.indicators import compare_indicators
from audit.diff.model import IndicatorChange
from audit.pipeline import audit_report
from extractor import read
from tests.small import HEAD, write


def changes(folder: Path, old: Sequence[Sequence[str]], new: Sequence[Sequence[str]]) -> list[IndicatorChange]:
    """The indicators of two annexes whose rows are given as (name, weight, rule, claimed)."""
    audits = []
    for year, rows in (("2022", old), ("2023", new)):
        (folder / year).mkdir(exist_ok=True)
        audits.append(audit_report(read(write(folder / year, "各项工作有序开展。", *rows, head=HEAD.replace("2023", year)))))
    return list(compare_indicators(audits[0].indicators, audits[1].indicators))


OTHER = ("信息报送", "5", "全年报送信息12篇以上的，得5分。", "5")
TENDENCIES = [
    ("开展演练4次以上的，得8分；每少1次扣2分。", "全年开展演练不少于4次的，得8分；少1次扣2分。", "reworded"),
    ("林业总产值较上年增长的，得8分。", "林业总产值比上年有增长，计8分。", "reworded"),
    ("完成年度任务的，得满分。", "年度任务完成的，得8分。", "reworded"),
    ("整改率95%以上的得8分，90%以上不足95%的得5分，不足90%的不得分。", "整改率达到95%以上，得8分；90%以上、不足95%，得5分。", "reworded"),
    ("整改率95%以上的，得8分。", "整改率98%以上的，得8分。", "tightened"),
    ("整改率95%以上的，得8分。", "整改率达到90%的，得8分。", "loosened"),
    ("每发现1起扣1分，扣完为止。", "每发现1起扣2分，扣完为止。", "tightened"),
    ("获得省级以上表彰的，每项得2分。", "获得国家级表彰的，每项得2分。", "tightened"),
    ("案件结案率在95%以上的，得8分。", "案件结案率在95%以上且无败诉案件的，得8分。", "tightened"),
    ("每新建1座得4分，最高8分。", "每新建1座得2分，最高8分。", "tightened"),
]


@pytest.mark.parametrize(("old", "new", "tendency"), TENDENCIES)
def test_the_tendency_of_a_rule(old: str, new: str, tendency: str, tmp_path: Path) -> None:
    found = changes(tmp_path, [("安全管理", "8", old, "8"), OTHER], [("安全管理", "8", new, "8"), OTHER])
    rule = found[0].rule
    assert rule is not None and rule.tendency == tendency
    assert found[0].change == ("same" if tendency == "reworded" else "changed") and found[1].rule is None
    assert bool(rule.details) == (tendency != "reworded")


def test_points_that_follow_the_weight_are_no_other_rule(tmp_path: Path) -> None:
    old = ("营造林任务", "15", "完成任务的得15分；完成90%以上的得10分；不足90%的不得分。", "15")
    new = ("营造林任务", "12", "完成任务的得12分；完成90%以上的得8分；不足90%的不得分。", "12")
    found = changes(tmp_path, [old], [new])[0]
    assert (found.change, found.ways, found.rule and found.rule.tendency) == ("changed", ("reweighted",), "reweighted")


def test_renamed_moved_added_and_removed(tmp_path: Path) -> None:
    a, b = ("责任体系", "8", "签订责任书的，得8分。", "8"), ("档案管理", "6", "档案齐全的，得6分。", "6")
    old = [a, b, OTHER, ("扬尘管控", "4", "工地扬尘达标的，得4分。", "4")]
    new = [b, ("安全责任体系建设", *a[1:]), OTHER, ("噪声防治", "4", "昼间达标率90%以上的，得4分。", "4")]
    found = {c.name: c for c in changes(tmp_path, old, new)}
    assert found["安全责任体系建设"].old is not None and "renamed" in found["安全责任体系建设"].ways
    assert [c.name for c in found.values() if "renumbered" in c.ways] in (["安全责任体系建设"], ["档案管理"])
    assert (found["噪声防治"].change, found["扬尘管控"].change) == ("added", "removed")


LINES = (Path(__file__).parents[2] / "cases/rules_of_two_years.txt").read_text(encoding="utf8").splitlines()
CASES = [tuple(part.strip() for part in line.replace("=>", "|").split("|")) for line in LINES if line and not line.startswith("#")]


@pytest.mark.parametrize(("name", "weight", "old", "new", "tendency"), CASES)
def test_a_rule_of_each_year(name: str, weight: str, old: str, new: str, tendency: str, tmp_path: Path) -> None:
    rule = changes(tmp_path, [(name, weight, old, weight)], [(name, weight, new, weight)])[0].rule
    assert rule is not None and rule.tendency == tendency


PATROL = "河湖长巡河4万人次以上得10分；管护经费1,000万元以上得10分。", "河湖长巡河不少于4万人次，计10分；管护经费不少于1,000万元，计10分。"
PLAIN = "制定方案的得10分；落实到位的得10分。", "制定方案，计10分；落实到位，计10分。"


@pytest.mark.parametrize(("rules", "ways"), [(PATROL, ("renamed",)), (PLAIN, None)])
def test_another_name_with_the_same_rule_is_one_indicator_where_the_rule_tells_what_it_is_about(
        rules: tuple[str, str], ways: tuple[str, ...] | None, tmp_path: Path) -> None:
    found = changes(tmp_path, [("责任落实", "20", rules[0], "20"), OTHER], [("河湖长履职", "20", rules[1], "20"), OTHER])
    assert (found[0].ways if found[0].old is not None else None) == ways
