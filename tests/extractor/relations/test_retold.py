"""A figure that points back at one told before (extractor/relations/retold.py), and what the checks make of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from audit.checks.arithmetic import check_arithmetic
from extractor import read

HEAD = "甲县2023年工作自查报告\n\n"
FOUND = [
    ("全年受理消费投诉1,365件，处置及时。\n\n全年受理的1,356件消费投诉已全部办结。", "error"),
    ("全县建成标准化菜市场37处。\n\n县财政安排专款，用于全县已建成的39处标准化菜市场的管护。", "error"),
    ("水管所核定事业编制126名。\n\n自查情况：水管所162名事业编制均已实名登记。", "error"),
    ("全县辖12个镇、3个乡，共15个乡镇。\n\n18个乡镇中，除山口镇外均通了公交。", "warning"),
    ("全县聘用河道保洁员246名。\n\n河道保洁员264名里，脱贫户占了一半。", "error"),
    ("培训班结业学员1,473人次。\n\n1,743人次学员中，党员占三成。", "error"),
    ("执法情况。全年罚没款收入31.4万元，同比持平。\n\n总的看，运行平稳，队伍稳定。全年罚没款收入34.1万元，已缴国库。", "error"),
]
FOUND += [
    ("发放助学贷款一百三十六笔。\n\n下一步打算：一是对本年度已发放的163笔助学贷款逐笔回访。", "error"),
    ("检出不合格农机具26台。\n\n对上述28台不合格农机具已全部责令停用。", "error"),
]
SOUND = [
    "全年受理消费投诉1,365件，处置及时。\n\n全年受理的1,365件消费投诉已全部办结。",
    "全年受理消费投诉1,365件，处置及时。\n\n其余356件消费投诉均已转办。",  # others of them
    "全县建成标准化菜市场37处。\n\n当年新建的29处标准化菜市场均已开业。",  # some of them
    "全县辖12个镇、3个乡，共15个乡镇。\n\n13个乡镇已设综合执法队。",  # so many of them
    "县辖15个乡镇。今年新增6个部门参与，\n\n14个部门全部签订责任书。",  # of another thing
    "上年全县聘用河道保洁员246名。\n\n今年聘用的264名河道保洁员均已上岗。",  # of another year
    "培训班4期，162人次参加。\n\n另办讲座，126人次参加。",
    "申请安装补贴1,284台。\n\n核准的1,248台空调均已安装。",  # of what was applied for, told of another thing
]


def conflicts(text: str, folder: Path) -> list[str]:
    """The severities of what is said of quantities told twice."""
    file = folder / "report.txt"
    file.write_text(HEAD + text, encoding="utf8")
    return [f.severity for f in check_arithmetic(read(file)) if f.code == "conflicting-figures"]


@pytest.mark.parametrize(("text", "severity"), FOUND)
def test_told_again_with_another_value(text: str, severity: str, tmp_path: Path) -> None:
    assert conflicts(text, tmp_path) == [severity]


@pytest.mark.parametrize("text", SOUND)
def test_told_of_something_else(text: str, tmp_path: Path) -> None:
    assert conflicts(text, tmp_path) == []
