"""Scores that running text states: every example of the data, and what is none."""

from __future__ import annotations

import pytest

from patterns.stated_scores import Line, find, lines


@pytest.mark.parametrize("line", lines(), ids=lambda line: f"{line.kind} {line.examples[0]}")
def test_examples(line: Line) -> None:
    for text in line.examples:
        assert line.kind in [s.kind for s in find(text)], text
    for text in line.never:
        assert line.pattern.search(text) is None or not [s for s in find(text) if s.kind == line.kind], text


@pytest.mark.parametrize("text", [
    "90分以上为优", "上年自评得分93分", "满意度得分率为95分", "市级复核自评得分91分", "第三方评估综合得分91.47分，列全省第3位",
    "自评得分90分（含）以上为优"])
def test_no_total(text: str) -> None:
    assert not [s for s in find(text) if s.kind == "total"], text


@pytest.mark.parametrize(("text", "value", "words"), [
    ("经逐项对照，我镇自评总分为 92.05 分，特此报告。", "92.05", "自评总分为 92.05 分"),
    ("自评96分，其中基础分94.5分、附加分1.5分", "96", "自评96分"),
])
def test_places(text: str, value: str, words: str) -> None:
    found = next(s for s in find(text) if s.kind == "total")
    assert str(found.value) == value == text[found.number_start:found.number_end]
    assert text[found.start:found.end] == words
