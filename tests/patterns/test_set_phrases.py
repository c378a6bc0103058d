"""Set phrases: the number in every example counts nothing, and the list is in order."""

from __future__ import annotations

import pytest

from patterns.fold import fold
from patterns.quantity import find
from patterns.set_phrases import phrases, spans


@pytest.mark.parametrize(("phrase", "example"), phrases())
def test_example_holds_the_phrase_and_no_figure(phrase: str, example: str) -> None:
    assert phrase in example
    assert find(fold(example).text) == []


def test_no_phrase_twice() -> None:
    every = [p for p, _ in phrases()]
    assert len(every) == len(set(every))


@pytest.mark.parametrize("text", ["《关于下达10个项目的通知》", "“五个一”工程", "《甲〈2家〉乙》"])
def test_names_are_closed(text: str) -> None:
    assert spans(text)
    assert find(fold(text).text) == []


def test_long_quotes_are_open() -> None:
    assert [q.unit for q in find("“全年完成节能改造项目12个、培训3场”")] == ["个", "场"]
