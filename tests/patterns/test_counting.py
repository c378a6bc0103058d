"""Numerals in text: mixed ones, halves, counts of about so many and signs are read back; any text is read without a fault."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from patterns.fold import fold
from patterns.quantity import Quantity, find
from tests.patterns.test_numerals import chinese


def read(text: str) -> list[Quantity]:
    return find(fold(text).text)


@given(st.integers(1, 99), st.integers(1, 9), st.integers(1, 9))
def test_arabic_digits_with_chinese_places_add_up(wan: int, qian: int, bai: int) -> None:
    (q,) = read(f"补偿{wan}万{qian}千{bai}百元。")
    assert (q.number, q.unit) == (Decimal(wan * 10000 + qian * 1000 + bai * 100), "元")
    (q,) = read(f"投资{wan}亿{qian}00万元。")
    assert (q.number, q.unit) == (Decimal(wan * 10000 + qian * 100), "万元")


@given(st.integers(3, 9999), st.sampled_from(["吨", "公里", "亩", "倍"]))
def test_a_half_behind_the_unit_is_added(n: int, unit: str) -> None:
    for numeral in (str(n), chinese(n)):
        (q,) = read(f"共{numeral}{unit}半。")
        assert q.number == Decimal(n) + Decimal("0.5")
        (q,) = read(f"共{numeral}{unit}半成品。")
        assert q.number == Decimal(n)


@given(st.integers(0, 99999), st.integers(0, 9), st.integers(0, 9))
def test_yuan_jiao_and_fen_are_one_figure(yuan: int, jiao: int, fen: int) -> None:
    (q,) = read(f"每户{yuan}元{jiao}角{fen}分，")
    assert (q.number, q.unit) == (Decimal(f"{yuan}.{jiao}{fen}"), "元")


@pytest.mark.parametrize("sign", ["-", "–", "﹣", "−", "‐", "‑", "－", "负"])
@pytest.mark.parametrize("before", ["增速为", "利润增长", "（", "，"])
def test_every_sign_is_a_minus(sign: str, before: str) -> None:
    (q,) = read(f"{before}{sign}2.9%")
    assert q.value == "-2.9"


@pytest.mark.parametrize("text", ["减负300万元", "担负3项任务", "肩负5项职责"])
def test_a_word_that_ends_like_a_sign_is_none(text: str) -> None:
    assert read(text)[0].value in ("300", "3", "5")


@pytest.mark.parametrize(("text", "low", "high", "bound"), [
    ("上百场", "100", None, ">="), ("近千人次", "1000", None, "~"), ("逾百家", "100", None, ">"), ("百余场", "100", None, "~"), ("不足百人", "100", None, "<"),
    ("上千万元", "1000", None, ">="), ("十几家", "11", "19", "~"), ("几百名", "200", "900", "~"), ("数千万元", "2000", "9000", "~"), ("几万人", "2", "9", "~"),
    ("两三个", "2", "3", ""), ("三四百户", "300", "400", ""), ("三十几万元", "31", "39", "~"),
])
def test_about_so_many(text: str, low: str, high: str | None, bound: str) -> None:
    (q,) = read(f"共{text}。")
    assert (q.value, q.high, q.bound) == (low, high, bound)


@pytest.mark.parametrize("text", ["附近百户人家", "岸上千亩良田", "通过百家争鸣", "签约百家", "百姓", "万户萧疏", "数家单位", "几家企业", "一问三不知"])
def test_words_with_a_place_and_no_digit_count_nothing(text: str) -> None:
    assert read(text) == []


@settings(max_examples=400, deadline=None)
@given(st.text(alphabet="0123456789,.:-–—~ 　，。、（）%‰/×·万亿千百十一二两三几数半余多来上近约至到元角分成个家吨人次公里小时年月日第负零下每比以内①[]*壹陆伍拾", max_size=40))
def test_any_text_is_read_in_order_and_in_place(text: str) -> None:
    folded = fold(text).text
    last = 0
    for q in find(folded):
        assert last <= q.start < q.end <= len(folded)
        assert q.unit
        assert q.number is None or q.value == format(q.number, "f")
        assert q.high_number is None or (q.number is not None and q.high_number > q.number)
        last = q.end
