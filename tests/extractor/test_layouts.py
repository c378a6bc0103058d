"""Annexes of layouts that no case holds, in every format and flattened; tables that are no score tables; the narrative around them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.readers import read_bytes
from extractor.report import Report, build
from tests.layouts import FILES, FLAT, Grid, Layout, load, text

LAYOUTS = load(Path(__file__).parents[1] / "cases" / "layouts.txt")
SCORES, OTHERS = [x for x in LAYOUTS if not x.none], [x for x in LAYOUTS if x.none]


def squash(words: object) -> str:
    return "".join(str(words or "").split())


def report(data: bytes) -> Report:
    return build(read_bytes("x", data))


def check(layout: Layout, found: Report) -> None:
    data = found.to_json()
    assert len(data["indicators"]) == len(layout.rows), [i["name"] for i in data["indicators"]]
    for row, wanted in zip(data["indicators"], layout.rows, strict=True):
        assert {k: squash(row[k]) for k in wanted} == {k: squash(v) for k, v in wanted.items()}
    assert data["stated_total"] == layout.total


@pytest.mark.parametrize("kind", FILES)
@pytest.mark.parametrize("layout", SCORES, ids=lambda x: x.name)
def test_layouts(layout: Layout, kind: str) -> None:
    check(layout, report(FILES[kind](layout.grid)))


@pytest.mark.parametrize(("layout", "way"), [(x, way) for x in SCORES for way in x.flat], ids=lambda x: x.name if isinstance(x, Layout) else x)
def test_flattened(layout: Layout, way: str) -> None:
    found = report(FLAT[way](layout.grid))
    assert [[squash(i[k]) for k in w] for i, w in zip(found.to_json()["indicators"], layout.rows, strict=True)] == [
        [squash(v) for v in w.values()] for w in layout.rows]


@pytest.mark.parametrize("kind", FILES)
@pytest.mark.parametrize("layout", OTHERS, ids=lambda x: x.name)
def test_other_tables_are_neither_annex_nor_narrative(layout: Layout, kind: str) -> None:
    found = report(FILES[kind](layout.grid))
    assert not found.table.rows and found.table.other
    assert [f.text for f in found.figures] == ["12次", "36个"]


def test_narrative_between_tables_is_narrative() -> None:
    """Two tables with prose between, before and behind them: no character of the prose is lost, no cell becomes prose."""
    a, b = SCORES[0], next(x for x in OTHERS if x.name.startswith("统计表"))
    middle, after = "二、存在问题\n\n仍有3处隐患未销案，整改率92.5%。\n\n", "\n三、下步打算\n\n明年计划新建消防站1座。\n"
    data = text(a.grid, "某县工作自查报告\n\n一、基本情况\n\n全年检查120家次。\n\n") + text(b.grid, "\n" + middle) + after.encode()
    found = report(data)
    told = squash("".join(found.text[s.start:s.end] for s in found.sentences if s.indicator is None))
    for line in ("全年检查120家次。", "仍有3处隐患未销案，整改率92.5%。", "明年计划新建消防站1座。"):
        assert line in told
    assert [f.text for f in found.figures if f.indicator is None] == ["120家次", "3处", "92.5%", "1座"]
    assert len(found.table.rows) == len(a.rows)


def test_cells_that_tell_what_was_done_are_read_after_the_narrative() -> None:
    grid = [["序号", "指标", "分值", "评分标准", "完成情况", "自评分"], ["1", "巡查", "5", "每少1次扣1分", "巡查48次，整改隐患15处", "5"],
            ["2", "培训", "3", "每办1期得1分", "举办2期", "2"]]
    found = report(text(grid))
    assert [(f.text, f.indicator) for f in found.figures] == [("12次", None), ("36个", None), ("48次", 1), ("15处", 1), ("2期", 2)]
    assert [(s.indicator, s.key) for s in found.sentences if s.indicator] == [(1, "basis"), (2, "basis")]


def test_a_page_of_prose_inside_a_table_is_narrative() -> None:
    prose = "全年新建绿地6.5公顷，改造公园3个，惠及居民1.2万人，群众反映良好。"
    found = report(f"<html><body><table><tr><td>导航</td><td><p>{prose}</p></td></tr></table></body></html>".encode())
    assert [f.text for f in found.figures] == ["6.5公顷", "3个", "1.2万人"]


def test_several_tables_of_one_annex_and_several_forms() -> None:
    """Parts that make one hundred together are one annex; tables of a hundred each are forms, numbered through."""
    head = ["序号", "指标", "分值", "评分标准", "自评分"]
    first, second = [head, ["1", "甲", "40", "得40分", "38"], ["合计", "<", "40", "", "38"]], [head, ["1", "乙", "60", "得60分", "59"], ["合计", "<", "60", "", "59"]]
    one = report(text(first) + text(second, "\n附表2\n\n"))
    assert [(r.no, r.form) for r in one.table.rows] == [(1, None), (2, None)] and not one.table.forms
    whole = [[*r[:2], "100" if r[2] in ("40", "60") else r[2], *r[3:]] for r in first]
    two = report(text(whole) + text(whole, "\n附表2\n\n"))
    assert [(r.no, r.form) for r in two.table.rows] == [(1, 1), (2, 2)]
    assert [(f.form, str(f.stated_total)) for f in two.table.forms] == [(1, "38"), (2, "38")]


def test_captions_of_the_tables_of_one_annex_head_their_rows() -> None:
    """A caption with a weight or a number of its own heads the table below it and is no narrative; a title is neither."""
    head = ["指标", "分值", "评分标准", "自评分"]
    first, second = [head, ["清扫", "4", "达标得4分", "4"]], [head, ["绿化", "6", "达标得6分", "5"]]
    found = report(text(first, "某县工作自查报告\n\n一、基本情况\n\n全年检查12次。\n\n附件：自评表\n\n表一　日常管理（4分）\n\n") + text(second, "\n表外增减\n\n"))
    assert [r.domain.text for r in found.table.rows] == ["表一　日常管理（4分）", "表外增减"]
    assert [f.text for f in found.figures] == ["12次"]
    alone = report(text(first, "某县工作自查报告\n\n全年检查12次。\n\n自评得分表（满分4分）\n\n"))
    assert [r.domain.text for r in alone.table.rows] == [""]


def test_cells_between_bars_are_a_table() -> None:
    """Lines whose cells are kept apart by bars, without bars at their ends: a blank first cell is one."""
    grid = [["类别", "指标（分值）", "评分标准", "自评分"], ["环卫", "清扫（4分）", "达标得4分", "4"], ["", "清运（6分）", "达标得6分", "5"], ["合计", "", "", "9"]]
    lines = "\n".join(" | ".join(r) for r in grid)
    found = report(f"某县工作自查报告\n\n全年检查12次。\n\n{lines}\n\n特此报告。\n".encode()).table
    assert [(r.domain.text, r.name.text, str(r.weight), str(r.claimed)) for r in found.rows] == [("环卫", "清扫（4分）", "4", "4"), ("环卫", "清运（6分）", "6", "5")]
    assert str(found.stated_total) == "9"


def test_titles_with_full_marks_are_no_narrative_and_end_the_table_above() -> None:
    head = ["指标", "分值", "评分标准", "自评分"]
    first, second = [head, ["清扫", "4", "达标得4分", "4"], ["合计", "4", "", "4"]], [head, ["绿化", "6", "达标得6分", "5"]]
    opening = "某县工作自查报告\n\n一、基本情况\n\n全年检查12次。\n\n附表1　保洁工作自评表（基础分4分）\n"
    found = report(text(first, opening)[:-1] + "\n附表2　绿化工作自评表（最高6分）\n".encode() + text(second, ""))
    assert [r.name.text for r in found.table.rows] == ["清扫", "绿化"]
    assert [f.text for f in found.figures] == ["12次"]


SIDE = "项目资金|年度资金总额|其中：财政拨款\n年初预算数|100|80\n全年预算数|120|90\n全年执行数|108|81\n执行率|90%|90%\n分值|10|-\n得分|9|-"
TURNS = "年初预算数|100|全年预算数|120\n全年执行数|108|执行率|90%\n分值|10|得分|9"
GOALS = "一级指标|三级指标|指标值|实际值|分值|得分|原因\n产出指标|培训|≥3期|3期|50|50|\n效益指标|受益|≥3万人|3万人|40|40|\n总分|<|<|<|100|99|"


@pytest.mark.parametrize("kind", FILES)
@pytest.mark.parametrize(("above", "below"), [(SIDE, GOALS), (GOALS, SIDE), (TURNS, GOALS), (GOALS, TURNS)], ids=["side-above", "side-below", "turns-above", "turns-below"])
def test_funds_stand_where_and_how_they_like(above: str, below: str, kind: str) -> None:
    """Labels down the side or by turns with the amounts, over the indicators or under them: the rate is the form's first row."""
    grids = [[r.split("|") for r in t.splitlines()] for t in (above, below)]
    wide = max(len(r) for g in grids for r in g)
    one = [[*r, *["<"] * (wide - len(r))] if len(r) < wide else r for g in grids for r in g]
    found = report(FILES[kind](one)).table
    assert [(r.name.text, str(r.weight), str(r.claimed)) for r in found.rows] == [("预算执行率", "10", "9"), ("培训", "50", "50"), ("受益", "40", "40")]
    assert found.method == "goals" and found.forms[0].funds is not None and str(found.forms[0].funds.executed) == "108"


@pytest.mark.parametrize("kind", FILES)
def test_blank_rows_break_nothing(kind: str) -> None:
    """Rows without a word, in a score table, in one that is none, and under funds."""
    blank = ["", "", "", ""]
    for grid in ([["指标", "分值", "评分标准", "自评分"], ["清扫", "4", "达标得4分", "4"], blank, ["绿化", "6", "达标得6分", "5"], blank],
                 [["乡镇", "面积", "产量", "单产"], blank, ["东山镇", "120", "98", "0.8"], blank],
                 [["年初预算数", "100", "全年预算数", "120"], blank, ["全年执行数", "108", "执行率", "90%"], ["分值", "10", "得分", "9"]]):
        assert len(report(FILES[kind](grid)).table.rows) in (0, 2)


@pytest.mark.parametrize(("serials", "missing"), [("12345", ()), ("1245", ("序号3",)), ("12789", ("序号3至6",)), ("11111", ())])
def test_serial_numbers_with_gaps_are_said(serials: str, missing: tuple[str, ...]) -> None:
    grid = [["序号", "指标", "分值", "评分标准", "自评分"], *([s, f"第{k}件", "2", "得2分", "2"] for k, s in enumerate(serials))]
    assert report(text(grid)).table.missing == missing


WORDS = st.text("责任制落实隐患排查宣传教育应急演练档案", min_size=2, max_size=8)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_any_order_of_columns_gives_the_same_rows(data: st.DataObject) -> None:
    """Columns in any order, weights and claims of any size: every cell is read as what it is."""
    n = data.draw(st.integers(4, 9))
    names = data.draw(st.lists(WORDS, min_size=n, max_size=n, unique=True))
    weights = data.draw(st.lists(st.integers(1, 60), min_size=n, max_size=n))
    claims = [data.draw(st.integers(0, w)) for w in weights]
    columns = {"序号": [str(k + 1) for k in range(n)], "考核内容": names, "标准分": list(map(str, weights)), "自评得分": list(map(str, claims)),
               "评分细则": [f"每有1次不符合的扣{k % 3 + 1}分，扣完为止。" for k in range(n)], "责任单位": ["县应急局"] * n}
    order = data.draw(st.permutations(list(columns)))
    grid: Grid = [list(order), *[[columns[c][k] for c in order] for k in range(n)]]
    rows = report(text(grid)).table.rows
    assert [(r.name.text, str(r.weight), str(r.claimed), r.lead.text) for r in rows] == [
        (a, str(w), str(c), "县应急局") for a, w, c in zip(names, weights, claims, strict=True)]


def test_rows_that_lost_their_grid_are_said() -> None:
    """A table of which the last row is left as running text: what seems to be missing is named, and no narrative sentence is."""
    grid = [["序号", "指标", "分值", "评分标准", "自评分"], ["1", "巡查", "5", "每少1次扣1分", "5"], ["2", "培训", "3", "每办1期得1分", "2"]]
    found = report(text(grid) + "\n3档案管理2缺1项扣0.5分 1.5\n\n通报1起，已扣0.5分。\n".encode())
    assert [m[:5] for m in found.table.missing] == ["3档案管理"[:5]]


def test_a_table_that_cannot_be_read_at_all_is_said() -> None:
    rules = "".join(f"第{k}项工作开展情况健全完善的得{k}分，缺少的每处扣0.5分{k}{k}\n\n" for k in range(1, 7))
    found = report(("某县工作自查报告\n\n" + rules).encode())
    assert not found.table.rows and found.table.missing == ("12处计分文字",)


def test_a_note_inside_the_table_lets_nothing_of_it_out() -> None:
    grid = [list(r) for r in SCORES[0].grid]
    grid.insert(2, ["注：本项得分扣完为止，共2类。", *["<"] * (len(grid[0]) - 1)])
    for kind in ("text", "page"):
        found = report(FILES[kind](grid))
        assert found.table.rows and [f.text for f in found.figures if f.indicator is None] == ["12次", "36个"]
