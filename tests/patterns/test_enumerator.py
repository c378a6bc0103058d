"""Enumerators of every style, and the sentences that only look like one."""

from __future__ import annotations

import pytest

from patterns.outline import enumerator, items


@pytest.mark.parametrize(("text", "style", "ordinal", "written"), [
    ("一、综合管理", "comma", 1, "一、"), ("十二、其他", "comma", 12, "十二、"), ("（三）循环经济", "bracket", 3, "（三）"),
    ("(十一) 监管", "bracket", 11, "(十一)"),
    ("1.年度重点任务", "digit", 1, "1."), ("12．任务", "digit", 12, "12．"), ("3、任务", "digit", 3, "3、"),
    ("（2）任务", "digit-bracket", 2, "（2）"),
    ("2）任务", "digit-bracket", 2, "2）"), ("①任务", "circle", 1, "①"), ("一是加强领导", "item", 1, "一是"),
    ("——数据中心", "dash", None, "——"),
    ("第一部分 总体情况", "part", 1, "第一部分"), ("第三章 重点", "part", 3, "第三章"), ("2.6.2 内河码头", "decimal3", 2, "2.6.2"),
    ("2.1 目标", "decimal2", 1, "2.1"),
    ("　　一、缩进", "comma", 1, "一、"), ("A.选项", "letter", 1, "A."),
])
def test_enumerator(text: str, style: str, ordinal: int | None, written: str) -> None:
    found = enumerator(text)
    assert found is not None
    assert (found.style, found.ordinal, found.text) == (style, ordinal, written)
    assert text[found.start:found.end].strip() == written


@pytest.mark.parametrize("text", ["2021年全区", "1.2万人参加", "3.5 万元", "10个街镇", "一方面加强", "第一批名单", "第二十二届", "全区",
    "", "1:0.5", "二〇二一年"])
def test_no_enumerator(text: str) -> None:
    assert enumerator(text) is None


@pytest.mark.parametrize(("text", "numbers"), [
    ("总体良好。一是抓统筹。二是抓落实；三是抓督查。", [1, 2, 3]), ("一是抓统筹，成效好。二是抓落实。", [1, 2]),
    ("这是其中之一是对的。", []), ("只有二是没有一。", []),
])
def test_items(text: str, numbers: list[int]) -> None:
    assert [e.ordinal for e in items(text)] == numbers
