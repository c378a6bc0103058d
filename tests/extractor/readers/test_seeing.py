"""What is said where the recogniser is not installed, in the language of the call."""

from __future__ import annotations

import pytest

from extractor.readers import seeing
from extractor.readers.ink import PageInk
from patterns.errors import half


def test_without_the_extra_each_page_is_named_with_the_remedy_in_either_language(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seeing, "available", lambda: False)
    said = seeing.not_installed("第 2 页是图片，未识别", "page 2 is an image and was not read")
    zh, en = half(said, "zh"), half(said, "en")
    assert zh == '第 2 页是图片，未识别；装上识别引擎：pip install "fuhe[scan]"'
    assert en == 'page 2 is an image and was not read; install the extra: pip install "fuhe[scan]"'
    page = PageInk(1, 595, 842)
    page.pictures = [(0, 0, 100, 100)]  # type: ignore[list-item]
    problems: list[seeing.Problem] = []
    seeing.see_parts([page], problems, lambda n: None)
    assert [half(p.what, "en").split(";")[0] for p in problems] == ["a picture on page 1 was not read"]
