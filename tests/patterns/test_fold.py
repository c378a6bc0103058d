"""Folding: one form for matching, and every folded character points at the original one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patterns.fold import _SUPPLEMENT, characters, fold


@pytest.mark.parametrize(("text", "folded"), [
    ("２２ 項", "22项"), ("5 大技术领域", "5大技术领域"), ("10 949 万元", "10 949万元"), ("９６％", "96%"), ("1∶0.5", "1:0.5"),
    ("１０，９４９元", "10,949元"),
    ("5家，10家", "5家，10家"), ("GB 18613", "GB 18613"), ("三　　個", "三个"), ("", ""), ("  ", ""),
])
def test_folded_form(text: str, folded: str) -> None:
    assert fold(text).text == folded


@given(st.text(alphabet="１２ab 項家，：%。\u3000\n(", max_size=60))
def test_places_point_back(text: str) -> None:
    f = fold(text)
    assert len(f.at) == len(f.text) + 1
    assert list(f.at) == sorted(set(f.at)) or not f.text
    for k, c in enumerate(f.text):
        start, end = f.span(k, k + 1)
        assert end == start + 1
        assert fold(text[start:end]).text in (c, "") or c in ",: "


@pytest.mark.parametrize(("text", "folded"), [
    ("⽤⽔⼗⼆次", "用水十二次"), ("⻋辆６辆", "车辆6辆"), ("增幅﹣2.8%", "增幅-2.8%"), ("变化−3.4％", "变化-3.4%"), ("变化‐1%", "变化-1%"), ("变化‑1%", "变化-1%"),
    ("1 2 8 0人", "1280人"), ("面积3. 5公顷", "面积3.5公顷"), ("1 2. 5吨", "12.5吨"), ("１，280人", "1,280人"), ("12，345，678元", "12,345,678元"),
    ("附件1，280人", "附件1，280人"), ("1. 5家", "1. 5家"), ("12 35家", "12 35家"), ("GB 1 2", "GB 1 2"),
    ("培训1 2次", "培训12次"), ("附件1 2家", "附件1 2家"), ("甲\t1\t2次", "甲1 2次"), ("1\t2\t8\t0人", "1 2 8 0人"), ("45①家", "45家"), ("33*件", "33件"),
    ("18[1]个", "18个"), ("95%※的", "95%的"), ("（1）5家①新建", "（1）5家①新建"),
])
def test_what_a_printer_did_to_numbers_is_undone(text: str, folded: str) -> None:
    assert fold(text).text == folded


def test_radicals_become_characters_in_place() -> None:
    assert characters("⽰例区⼯作⾃查，⻓⻔⻢⺠") == "示例区工作自查，长门马民"


def test_every_radical_that_is_a_character_folds() -> None:
    for code in (*range(0x2F00, 0x2FD6), *map(ord, _SUPPLEMENT)):
        assert 0x2E80 <= code < 0x2FD6
        assert fold(chr(code)).text < "\u2e80" or fold(chr(code)).text >= "\u3400", hex(code)
