"""Last year's achievement claimed again, in whatever words; and what is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from audit.diff.achievements import exchanged, recycled_findings
from tests.audit.diff.test_growth_and_bases import cases
from tests.audit.diff.test_match import years

LAST = (
    "安江路小型消防站于6月建成并投入执勤。石盘山国有林场入选国家森林康养试点建设单位。古渡渔歌合唱团荣获第十七届全国群星奖。"
    "“共享工位”做法被省总工会评为改革典型案例。丹岩河城区段入选全省第二批美丽河湖优秀案例。举办培训班63期。"
)
AGAIN = [
    "今年建成的安江路小型消防站正式投用。",
    "石盘山国有林场获批国家森林康养试点建设单位。",
    "古渡渔歌合唱团再传捷报，捧回全国群星奖。",
    "“共享工位”做法入选全省改革典型案例。",
    "丹岩河城区段治理成效显著，跻身全省第二批美丽河湖优秀案例。",
]
NONE = [
    "上年建成的安江路小型消防站全年出警86次。",
    "石盘山国有林场继续推进国家森林康养试点建设。",
    "古渡渔歌合唱团荣获第十八届全国群星奖。",  # another of a series
    "丹岩河城区段入选全省第三批美丽河湖优秀案例。",
    "安江路小型消防站计划明年扩建。",
    "桂园路小型消防站于5月建成并投入执勤。",  # another station
    "举办培训班71期。",
]


@pytest.mark.parametrize("text", AGAIN)
def test_an_achievement_told_again_is_asked_about(text: str, tmp_path: Path) -> None:
    y = years(tmp_path, LAST, text)
    found = list(recycled_findings(y.old, y.new))
    assert [f.code for f in found] == ["recycled-achievement"]
    assert found[0].quotes[0].text in text and found[0].old_quotes[0].text in LAST


@pytest.mark.parametrize("text", NONE)
def test_what_is_continued_or_another_is_none(text: str, tmp_path: Path) -> None:
    y = years(tmp_path, LAST, text)
    assert not list(recycled_findings(y.old, y.new))


URGED = ["推进改革开放和自主创新。", "加快建成青石湾快速充换电综合服务站。", "经济运行在合理区间。", "为建成现代化强县作出新的贡献。", "人民群众获得感不断增强。"]


@pytest.mark.parametrize("text", URGED)
def test_what_is_only_called_for_is_no_achievement(text: str, tmp_path: Path) -> None:
    y = years(tmp_path, text + "巡查24次，检查86户，走访12次。", text)
    assert not list(recycled_findings(y.old, y.new))


def test_the_annex_tells_nothing_twice(tmp_path: Path) -> None:
    y = years(tmp_path, "丹岩河城区段入选全省第二批美丽河湖优秀案例。", "丹岩河城区段跻身全省第二批美丽河湖优秀案例。丹岩河城区段入选全省第二批美丽河湖优秀案例，加1分。")
    assert len(list(recycled_findings(y.old, y.new))) == 1


@pytest.mark.parametrize(("old", "new", "again"), cases("recycled.txt"))
def test_a_deed_of_each_year(old: str, new: str, again: str, tmp_path: Path) -> None:
    y = years(tmp_path, "走访群众86户。" + old, new, table=True)
    assert bool(list(recycled_findings(y.old, y.new))) is (again == "是")


PROGRAMME = "县图书馆新馆建成开放。今年经济社会发展主要预期目标是：生产总值增长5%。建成城北水厂。白塘大桥通车。"


def test_what_a_report_without_a_score_table_sets_itself_is_no_deed(tmp_path: Path) -> None:
    y = years(tmp_path, PROGRAMME, "县图书馆新馆今年落成开放。城北水厂建成投用。")
    assert [f.quotes[0].text for f in recycled_findings(y.old, y.new)] == ["县图书馆新馆今年落成开放"]


EXCHANGED = [("北站广场服务站", "南站广场服务站"), ("水利局张卫国", "水利局陈立新"), ("公路智慧管养平台", "公路智慧管理平台"), ("县环境应急物资库", "县环境应急物资储备库")]


@pytest.mark.parametrize(("one", "other", "is_another"), [(*pair, k < 2) for k, pair in enumerate(EXCHANGED)])
def test_a_name_in_the_place_of_another(one: str, other: str, is_another: bool) -> None:
    assert exchanged(one, other) is is_another
