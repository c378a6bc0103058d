"""Deeds done once: which are told, and which are told as this year's."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor import read
from extractor.achievements import achievements, kinds
from tests.small import write


@pytest.mark.parametrize(
    ("text", "fresh"),
    [
        ("安江路消防站建成并投入执勤。", True),
        ("古渡镇荣获省级卫生镇称号。", True),
        ("上年建成的安江路消防站运转良好。", False),
        ("古渡镇连续三年获评省级卫生镇。", False),
        ("燃煤锅炉动态清零，保持建成区无燃煤锅炉投用。", False),
    ],
)
def test_a_deed_of_this_year(text: str, fresh: bool, tmp_path: Path) -> None:
    found = achievements(read(write(tmp_path, text)))
    assert any(a.fresh for a in found) is fresh
    assert all(text.startswith(a.text.rstrip("，。")[:4]) or a.text.rstrip("，。") in text for a in found)


@pytest.mark.parametrize("text", ["计划明年建成安江路消防站。", "举办培训班63期。", "严把竣工验收关口。", "尚未通过验收。"])
def test_plans_and_yearly_duties_are_none(text: str, tmp_path: Path) -> None:
    assert not [a for a in achievements(read(write(tmp_path, text))) if a.fresh]


def test_a_heading_that_tells_a_deed_is_read(tmp_path: Path) -> None:
    text = "园区建设提速。一是建成青石湾快速充换电综合服务站，日服务车辆二百台次。二是打通断头路。"
    assert any("青石湾" in a.text and a.kinds == {"works"} for a in achievements(read(write(tmp_path, text))))


def test_a_work_and_a_title_are_two_kinds() -> None:
    assert kinds("建成投用") == {"works"} and kinds("获评省级示范") == {"title"} and kinds("通过省级验收") == {"passed"}
