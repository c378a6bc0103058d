"""Borderless tables, drawn letter by letter: the header names the columns, white space keeps them apart."""

from __future__ import annotations

from extractor.readers.ink import Glyph, PageInk
from extractor.readers.lattice import grids_of
from extractor.readers.parts import Place

EM = 10.0


def page(*lines: tuple[float, dict[float, str]]) -> PageInk:
    """A page of print: for each line its level, and what stands at which place."""
    out = PageInk(1, 800, 1000)
    for y, pieces in lines:
        for x, words in pieces.items():
            for k, c in enumerate(words):
                x0 = x + k * EM
                out.glyphs.append(Glyph(c, x0, y, x0 + EM, y + EM, Place(1, x0, y, x0 + EM, y + EM)))
    return out


def rows(ink: PageInk) -> list[list[str]]:
    grids = grids_of(ink)
    return [[("^" if c.merged else c.run.text) for c in row] for grid, _ in grids for row in grid.cells]


HEAD = {50: "序号", 100: "评价指标", 250: "分值", 320: "评分标准", 560: "自评分"}


def test_the_total_is_no_part_of_the_row_above() -> None:
    got = rows(page((100, HEAD), (120, {50: "1", 100: "河道保洁", 250: "4", 320: "按时保洁的得4分", 560: "4"}),
                    (140, {50: "2", 100: "水质监测", 250: "6", 320: "达标的得6分", 560: "5"}), (160, {320: "合计", 560: "9"})))
    assert got[-1] == ["", "", "", "合计", "9"]


def test_a_header_of_which_two_titles_take_a_second_line() -> None:
    head = [(96.0, {50.0: "序", 560.0: "自评"}), (102.0, {100.0: "评价指标", 250.0: "分值", 320.0: "评分标准"}), (108.0, {50.0: "号", 560.0: "分"})]
    got = rows(page(*head, (130, {50: "1", 100: "河道保洁", 250: "4", 320: "按时保洁的得4分", 560: "4"}),
                    (150, {50: "2", 100: "水质监测", 250: "6", 320: "达标的得6分", 560: "5"})))
    assert got == [["序号", "评价指标", "分值", "评分标准", "自评分"], ["1", "河道保洁", "4", "按时保洁的得4分", "4"], ["2", "水质监测", "6", "达标的得6分", "5"]]


def test_an_empty_column_of_labels_is_no_trouble() -> None:
    head = {50: "主要领域", 120: "评价指标", 250: "分值", 320: "评分标准", 560: "自评分"}
    got = rows(page((100, head), (120, {120: "河道保洁", 250: "4", 320: "按时保洁的得4分", 560: "4"}), (140, {120: "水质监测", 250: "6", 320: "达标的得6分", 560: "5"})))
    assert [r[1:] for r in got[1:]] == [["河道保洁", "4", "按时保洁的得4分", "4"], ["水质监测", "6", "达标的得6分", "5"]]
