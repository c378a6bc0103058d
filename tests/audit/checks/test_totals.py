"""Totals, maxima and weights of the score table."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from annex import compiled

from audit.checks.totals import check_totals
from audit.checks.weights import check_scheme, check_sums
from extractor import read
from extractor.readers import read_bytes
from extractor.report import build
from tests.layouts import text
from tests.small import write

A, B = ("消防安全", "50", "按整改率得分。", "45"), ("道路交通", "50", "按整改率得分。", "50")
BONUS = ("表彰加分项", "5", "获得省级表彰的加5分。", "5", "附加分")
CASES: list[tuple[str, tuple[Sequence[str], ...], str, list[tuple[str, str]]]] = [
    ("", (A, B), "95", []),
    ("", (A, B), "96", [("total-mismatch", "error")]),
    ("自评总分97分。", (A, B), "95", [("total-mismatch", "error")]),
    ("自评得分95分。", (A, B), "95", []),
    ("自评总分96分。", (A, B), "96", [("total-mismatch", "error")]),  # one wrong number, one finding
    ("消防自评得分45分。", (A, B), "95", []),  # a part's score is no total
    ("自评得分95分，加分项得5分。", (A, B, BONUS), "100", []),
    ("自评得分95分，加分项得4分。", (A, B, BONUS), "100", [("total-mismatch", "warning")]),
    ("", ((*A[:3], "51"), B), "101", [("over-maximum", "error")]),
    ("", ((*A[:3], "-1"), B), "49", [("over-maximum", "error")]),
    ("", ((*A[:3], "50"), B), "100", []),
    ("", ((*A[:3], ""), B), "49", []),  # a claim is missing: no sum can be held against the total
]


@pytest.mark.parametrize(("text", "rows", "total", "wanted"), CASES)
def test_totals_and_maxima(text: str, rows: Sequence[Sequence[str]], total: str, wanted: list[tuple[str, str]], tmp_path: Path) -> None:
    report = read(write(tmp_path, f"1.安全。责任落实。{text}", *rows, total=total))
    assert [(f.code, f.severity) for f in check_totals(report)] == wanted


def test_a_wrong_total_is_quoted_wherever_it_stands(tmp_path: Path) -> None:
    finding, = check_totals(read(write(tmp_path, "1.安全。自评总分96分。", A, B, total="96")))
    assert [q.text for q in finding.quotes] == ["自评总分96分", "96"]
    assert finding.points == 1


@pytest.mark.parametrize(("text", "rows", "indicators"), [
    ("", (A, B), []),
    ("", ((A[0], "48", *A[2:]), B), []),  # what the weights should add up to is not guessed
    ("满分100分。", ((A[0], "48", *A[2:]), B), [None]),
    ("满分98分。", ((A[0], "48", *A[2:]), B), []),
    ("", ((A[0], "50", "责任落实的得40分。", "40"), B), [1]),  # the weight is out of the rule's reach
    ("", ((*A[:3], ""), B), [1]),
    ("", (A, B, BONUS), []),
])
def test_weights(text: str, rows: Sequence[Sequence[str]], indicators: list[int | None], tmp_path: Path) -> None:
    report, rules = compiled(tmp_path, f"1.安全。责任落实。{text}", *rows)
    found = check_scheme(report, rules, None, "other")
    assert [(f.code, f.severity, f.indicator) for f in found] == [("scheme-mismatch", "warning", i) for i in indicators]


def test_a_report_without_a_table_says_so(tmp_path: Path) -> None:
    report, rules = compiled(tmp_path, "1.安全。责任落实。")
    finding, = check_scheme(report, rules, None, "other")
    assert (finding.code, finding.severity) == ("no-score-table", "info")


HEAD, MEETING, RULES = "类别|指标|分值|评分标准|自评分", "组织|会议|4|每月1次，少1次扣1分|4", "|制度|6|健全得6分，缺1项扣1分|5"
EVENT, PRAISE = "宣传|活动|8|每场得1分，最多8分|7", "加分项|表彰|5|每项得1分，最多5分|2"


@pytest.mark.parametrize(("lines", "total", "wanted"), [
    ((MEETING, RULES, "合计||10||9", EVENT, "合计||8||7", "总计||18||16"), "16", []),  # every group ends in what it calls 合计
    ((MEETING, RULES, "合计||10||9", PRAISE, "总分||||11"), "11", []),
    ((MEETING, RULES, "合计||10||9", PRAISE, "总分||||12"), "12", [("total-mismatch", "error")]),
    (("总分||10||9", MEETING, RULES, "合计||10||9"), "9", []),
    (("组织|小计|10||9", MEETING, RULES, "宣传|小计|8||7", EVENT, "总分||18||16"), "16", []),  # sums over their groups
    ((MEETING, RULES, "小计||10||9", EVENT, "小计||8||8", "总分||18||16"), "16", [("total-mismatch", "error")]),
])
def test_several_totals_and_sums_over_and_under_their_groups(lines: tuple[str, ...], total: str, wanted: list[tuple[str, str]]) -> None:
    report = build(read_bytes("x", text([line.split("|") for line in (HEAD, *lines)])))
    assert str(report.table.stated_total) == total
    assert [(f.code, f.severity) for f in [*check_totals(report), *check_sums(report)] if f.severity == "error"] == wanted


STARTING = [["编号", "事项", "起评分", "评价尺度", "加分", "扣分", "得分"], ["1", "日常打捞", "6", "打捞不及时每处扣1分；获市级表扬加1分", "1", "0", "7"],
            ["2", "堤岸绿化", "5", "缺株每处扣0.5分；新建样板段加2分", "", "0.5", "4.5"], ["3", "日常巡查", "8", "缺巡1次扣1分；主动发现重大隐患加1分", "2", "1", "9"],
            ["4", "案件查办", "6", "超期1件扣2分", "", "", "6"], ["5", "联合执法", "5", "开展3次以上得5分", "", "1", "4"]]


def test_points_on_top_of_a_starting_score_exceed_no_maximum() -> None:
    report = build(read_bytes("x", text(STARTING)))
    assert [str(r.extra) for r in report.table.rows] == ["1", "None", "2", "None", "None"]
    assert check_totals(report) == []


def test_a_claim_above_its_starting_score_and_its_points_on_top_exceeds_them() -> None:
    rows = [list(r) for r in STARTING]
    rows[4][6] = "6.5"
    found = check_totals(build(read_bytes("x", text(rows))))
    assert [(f.code, f.indicator) for f in found] == [("over-maximum", 4)]


def test_a_bonus_of_base_nothing_exceeds_no_maximum() -> None:
    rows = [["类别", "事项", "分值", "评分标准", "自评分"], ["渡运管理", "渡口标志", "6", "齐全得6分，缺1处扣1分", "5"], ["渡运管理", "船舶年检", "4", "年检率100%得4分", "4"],
            ["渡运管理", "夜航管理", "5", "无违规夜航得5分，每起扣2分", "5"], ["加分项", "经验推广", "0", "被省级推广加1分，最多2分", "1"]]
    report = build(read_bytes("x", text(rows)))
    assert [(str(r.weight), str(r.claimed)) for r in report.table.rows][-1] == ("0", "1") and check_totals(report) == []
    rows[4][0] = "安全保障"
    assert [f.code for f in check_totals(build(read_bytes("x", text(rows))))] == ["over-maximum"]
