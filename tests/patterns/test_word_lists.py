"""The word lists of patterns/words: every row's example matches, its counter-example does not."""

from __future__ import annotations

import re

import pytest

from patterns.content import NEAR, SAME, by_first_name, content_words, cover, plain, says, table
from patterns.speech import faults, fitting_level, leaves_some, moved, other_grade, part_year, rank, reached, said


@pytest.mark.parametrize("name", ["negation", "plans", "outcomes"])
def test_every_pattern_matches_its_example_and_not_its_counter(name: str) -> None:
    for row in table(name):
        assert re.search(row["pattern"], row["example"]), row
        assert not re.search(row["pattern"], row["counter"]), row


def test_every_kind_of_once_done_deed_matches_its_example_and_not_another() -> None:
    for row in table("once"):
        assert re.search(row["pattern"], row["example"]), row
        assert not re.search(row["pattern"], row["not"]), row


def test_every_alias_is_read_as_the_first_name() -> None:
    for row in table("aliases"):
        for also in row["also"].split(" "):
            assert by_first_name(f"全年{also}增长") == f"全年{row['name']}增长", row


def test_every_row_of_opposed_words_keeps_its_examples_apart() -> None:
    for row in table("opposed"):
        found = [{w for w in row["words"].split() if w in row[side]} for side in ("one", "other")]
        assert found[0] and found[1] and found[0] != found[1], row


def test_every_row_of_grades_tells_its_own_from_the_others() -> None:
    for row in table("grades"):
        grades = row["grades"].split()
        told = max((g for g in grades if row["example"].endswith(g)), key=len)
        other = next(g for g in grades if g not in told and told not in g)
        assert not other_grade(f"获{told}的，每项加1分", row["example"]), row
        assert other_grade(f"获{other}的，每项加1分", row["example"]), row


def test_a_grade_from_which_up_things_count_takes_the_better_ones() -> None:
    assert not other_grade("获二等奖以上的", "获一等奖")
    assert other_grade("获二等奖以上的", "获三等奖")


def test_every_synonym_row_finds_its_example() -> None:
    for row in table("synonyms"):
        words = [w for w in row["words"].split() if w in row["condition"]]
        least = SAME if row["tie"] == "same" else NEAR
        assert words and any(says(w, row["evidence"]) >= least for w in words), row


def test_every_fault_row_finds_its_example_and_not_its_counter() -> None:
    for row in table("faults"):
        assert any(kind == row["kind"] for kind, _ in faults(row["example"])), row
        assert not any(kind == row["kind"] for kind, _ in faults(row["counter"])), row


@pytest.mark.parametrize(
    ("text", "polarity"),
    [
        ("全年未发生较大火灾", "none"),
        ("没有一例投诉未办结", "none"),
        ("尚未与自然资源部门对接", "not"),
        ("2所应交未交", "not"),
        ("力争明年底建成", "plan"),
        ("列入2022年市级名单的企业39家", "done"),
        ("不合格产品后处理均依法实施", "done"),
        ("发现漏助学生2人（均为学期中途转入）", "done"),
        ("脱贫户零新增", "none"),
        ("新上项目4个", "done"),
    ],
)
def test_polarity(text: str, polarity: str) -> None:
    assert said(text).polarity == polarity


@pytest.mark.parametrize(
    ("text", "all_"),
    [("各街镇均已建成", True), ("13个乡镇全部对接", True), ("村村都有信息员", True), ("人均用水35立方米", False), ("发现2家（均已整改）", False)],
)
def test_universals(text: str, all_: bool) -> None:
    assert said(text).all is all_


@pytest.mark.parametrize(
    ("text", "met"),
    [("超额完成年度任务", True), ("距60%的目标一步之遥", False), ("低于3.05亿立方米的年度控制指标", True), ("比任务数少88吨", False), ("推进有序", None)],
)
def test_goals_reached_and_missed(text: str, met: bool | None) -> None:
    assert reached(text) is met


def test_ways_of_a_value() -> None:
    assert [moved(t) for t in ("较上年增长3%", "降至6分钟", "与上年持平", "共12家")] == ["up", "down", "flat", ""]


def test_levels_of_government_are_told_apart() -> None:
    assert fitting_level("获省级以上表彰", "荣获全国先进集体")
    assert not fitting_level("获省级以上表彰", "获市级表彰")
    assert fitting_level("组织培训", "市级部门组织培训")


def test_parts_of_a_year_ranks_and_what_is_left() -> None:
    assert part_year("1—11月完成38亿元") and not part_year("11月底前全部完成")
    assert rank("在9个县中排名第3位") == 3 and rank("排名逐月上升") is None
    assert leaves_some("剩余1个正在推进") and not leaves_some("其余均已完成")


def test_words_of_a_condition_weigh_by_what_they_tell() -> None:
    assert "挂牌督导" in "".join(content_words("责任督学挂牌督导覆盖率100%的")) and "以上" not in content_words("10家以上的")
    assert cover({"印发": 1.0, "方案": 1.0}, (plain("出台实施方案"), 1.0)) > 0.9
    assert cover({"印发": 1.0, "方案": 1.0}, ("检查企业30家", 1.0)) == 0
