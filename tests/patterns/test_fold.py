"""Folding: one form for matching, and every folded character points at the original one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patterns.fold import fold


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
