"""Columns of spaces in plain text: white strips part them, whatever the titles say; typed gaps that line up nowhere part nothing."""

from __future__ import annotations

from unicodedata import east_asian_width

from extractor.readers import read_bytes
from extractor.readers.spaced import with_tabs
from extractor.report import build


def padded(rows: list[list[str]]) -> list[str]:
    def width(text: str) -> int:
        return sum(2 if east_asian_width(c) in "WFA" else 1 for c in text)

    wide = [max(width(r[j]) for r in rows if len(r) > 1) + 2 for j in range(max(map(len, rows)))]
    return ["".join(c + " " * max(2, w - width(c)) for c, w in zip(r, wide, strict=False)).rstrip() for r in rows]


ROWS = [["事项", "尺度", "量", "自打"], ["一、渡口管理（9分）"], ["渡口标志", "标志齐全得5分，缺1处扣1分", "5", "4"], ["渡船年检", "年检率100%得4分", "4", "4"],
        ["二、航道养护（6分）"], ["航标维护", "维护12次以上得6分，少1次扣1分", "6", "6"], ["合　计", "", "15", "14"]]


def test_columns_without_known_titles() -> None:
    lines = with_tabs(padded(ROWS))
    assert [x.split("\t") for x in lines] == [[*r, *[""] * (4 - len(r))] for r in ROWS]


def test_a_blank_first_cell_stays_blank() -> None:
    rows = [["类", "项", "分", "得"], ["渡口", "标志", "5", "4"], ["", "年检", "4", "4"], ["航道", "维护", "6", "6"]]
    assert with_tabs(padded(rows))[2] == "\t年检\t4\t4"


def test_what_lines_up_nowhere_stays() -> None:
    lines = ["单位：某局   日期：3月   电话：12345678", "经办  某人   审核  另一人", "附件1   共3页   请查收", "全文共5段，没有表。"]
    assert with_tabs(lines) == lines
    prose = ["　　全年检查128家次，发现隐患36处。", "　　已整改35处，整改率97.2%。", "　　其余1处正在整改。"]
    assert with_tabs(prose) == prose


def test_the_line_of_names_below_is_none_of_it() -> None:
    foot = "填表人：某某    审核人：某某"
    assert with_tabs([*padded(ROWS), foot])[-1] == foot


def test_the_annex_is_read_and_its_numbers_are_no_narrative() -> None:
    text = "某县水上交通自查报告\n\n全年巡航36次。\n\n" + "\n".join(padded(ROWS)) + "\n"
    report = build(read_bytes("x.txt", text.encode()))
    assert [(r.domain.text, r.name.text, str(r.weight), str(r.claimed)) for r in report.table.rows] == [
        ("一、渡口管理（9分）", "渡口标志", "5", "4"), ("一、渡口管理（9分）", "渡船年检", "4", "4"), ("二、航道养护（6分）", "航标维护", "6", "6")]
    assert [f.text for f in report.figures] == ["36次"]
    assert str(report.table.stated_total) == "14"


def test_headings_between_rows_whose_blank_cells_were_not_printed() -> None:
    rows = ["\t".join(r) for r in ROWS]
    report = build(read_bytes("x.txt", ("某县水上交通自查报告\n\n全年巡航36次。\n\n" + "\n".join(rows) + "\n").encode()))
    assert [r.domain.text for r in report.table.rows] == ["一、渡口管理（9分）", "一、渡口管理（9分）", "二、航道养护（6分）"]
