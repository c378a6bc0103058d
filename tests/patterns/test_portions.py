"""Shares told in words."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patterns.portions import in_percent, portion

DIGITS = "一二三四五六七八九"


@pytest.mark.parametrize(("words", "value"), [("九成", "90"), ("八成五", "85"), ("两成半", "25"), ("四分之三", "75"), ("半数", "50"), ("九成八", "98"),
                                             ("百分之九十五", "95"), ("千分之二", "0.2"),
                                             ("万分之五", "0.05"), ("百分之百", "100"), ("百分之九十八点五", "98.5")])
def test_a_share_in_words_is_percent(words: str, value: str) -> None:
    assert portion(words) == Decimal(value)


@pytest.mark.parametrize("words", ["成员", "一成员", "三成立", "九", "分之二", ""])
def test_other_words_are_no_share(words: str) -> None:
    assert portion(words) is None


@pytest.mark.parametrize(("text", "told"), [("过半数的村", "超过50%的村"), ("覆盖三分之二以上、不足九成", "覆盖66.67%以上、不足90%"), ("完成任务", "完成任务"),
                                            ("专班由三成员组成", "专班由三成员组成"), ("超过半小时未到场的", "超过半小时未到场的"), ("占比过半", "占比超过50%")])
def test_a_text_tells_its_shares_in_percent(text: str, told: str) -> None:
    assert in_percent(text) == told


@given(st.sampled_from(DIGITS), st.sampled_from(["", "五", "半"]), st.text("，。达到覆盖率以上", max_size=6), st.text("，。以上的村", max_size=6))
def test_tenths_are_read_wherever_they_stand(tens: str, half: str, before: str, after: str) -> None:
    value = 10 * (DIGITS.index(tens) + 1) + (5 if half else 0)
    assert in_percent(f"{before}{tens}成{half}{after}") == f"{before}{value}%{after}"
