"""Outline: numbering styles nest by their use in the report; run-in headings, items, notes and the closing part."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.document import Block, Document
from extractor.report import Report, build


def report(text: str) -> Report:
    return build(Document("x.txt", "txt", None, text))


def shape(text: str) -> list[tuple[int, str, str]]:
    return [(s.level, s.number, s.title) for s in report(text).sections]


def test_usual_styles() -> None:
    lines = ["前言。", "一、综合管理", "（一）统筹", "1.任务办结。排定任务36项。", "2.碳市场", "企业1家。", "（二）节能", "二、重点领域",
             "（三）循环经济", "特此报告。", "某区人民政府"]
    assert shape("\n".join(lines)) == [
        (1, "一、", "综合管理"), (2, "（一）", "统筹"), (3, "1.", "任务办结"), (3, "2.", "碳市场"), (2, "（二）", "节能"),
        (1, "二、", "重点领域"), (2, "（三）", "循环经济"),
    ]


def test_depth_follows_use_not_style() -> None:
    assert [(level, number) for level, number, _ in shape("1.总体\n一、甲\n（1）子\n①孙\n（2）子\n二、乙\n2.成效")] == [
        (1, "1."), (2, "一、"), (3, "（1）"), (4, "①"), (3, "（2）"), (2, "二、"), (1, "2.")]


def test_items_in_a_paragraph_end_with_it() -> None:
    r = report("（一）绿色学校\n成效良好。一是抓创建，建成5所。二是抓宣传，办班3场。\n另有2家参加。")
    assert [(s.level, s.number, s.title) for s in r.sections] == [(1, "（一）", "绿色学校"), (2, "一是", "抓创建"), (2, "二是", "抓宣传")]
    assert [r.section_path(f.section)[-1].number for f in r.figures] == ["一是", "二是", "（一）"]


def test_items_as_paragraphs_and_bullets() -> None:
    lines = ["（一）工业", "一是甲项。", "二是乙项。", "（二）建筑", "概述。", "——绿色建筑。全部达标。", "——改造。完成。", "（三）交通"]
    assert [(level, number) for level, number, _ in shape("\n".join(lines))] == [
        (1, "（一）"), (2, "一是"), (2, "二是"), (1, "（二）"), (2, "——"), (2, "——"), (1, "（三）")]


def test_a_note_after_the_text_stands_alone() -> None:
    r = report("一、情况\n完成3项。\n备注1：依备注1评定的指标，计满分。\n特此报告。")
    assert (r.sections[-1].number, r.sections[-1].level, r.sections[-1].parent) == ("备注1", 1, None)
    assert r.sections[0].end <= r.sections[-1].start


def test_the_closing_part_belongs_to_no_section() -> None:
    r = report("一、情况\n完成3项。\n特此报告。\n某区人民政府\n2022年11月14日\n（联系人：张三，电话12345678）")
    last = [s for s in r.sentences if r.sentence_text(r.sentences.index(s)).startswith("特此")]
    assert [s.section for s in last] == [None]


def test_declared_headings() -> None:
    text = "总体情况\n概述。\n分项\n甲。\n成效\n乙。"
    at = [text.index(w) for w in ("总体情况", "概述。", "分项", "甲。", "成效", "乙。")]
    levels = [1, 0, 2, 0, 1, 0]
    words = ["总体情况", "概述。", "分项", "甲。", "成效", "乙。"]
    blocks = tuple(Block("heading" if v else "paragraph", a, a + len(w), v) for a, w, v in zip(at, words, levels, strict=True))
    r = build(Document("x.docx", "docx", None, text, blocks))
    assert [(s.level, s.title) for s in r.sections] == [(1, "总体情况"), (2, "分项"), (1, "成效")]


@pytest.mark.parametrize("text", ["", "\n\n", "只有一句没有标点", "一、\n二、\n", "（一）（二）（三）", "1.\n2.\n"])
def test_poor_texts_are_no_accident(text: str) -> None:
    report(text)


@given(st.text(alphabet="一二、（）1.是①。，；\n甲乙《》“”附件备注：", max_size=120))
def test_sections_and_sentences_are_in_order_and_within_bounds(text: str) -> None:
    r = report(text)
    starts = [s.start for s in r.sections]
    assert starts == sorted(starts)
    for s in r.sections:
        assert 0 <= s.start <= s.body <= s.end <= len(text)
        if s.parent is not None:
            assert s.parent < s.index
            assert r.sections[s.parent].level == s.level - 1
    at = 0
    for q in r.sentences:
        assert at <= q.start < q.end <= len(text)
        at = q.end
        if q.section is not None:
            assert r.sections[q.section].start <= q.start < r.sections[q.section].end
