"""Numerals: every style is read exactly, malformed ones are none."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patterns.numerals import approximate, integer, number

DIGITS = "零一二三四五六七八九"


def chinese(n: int, two: str = "二") -> str:
    """The Chinese numeral of 1 <= n < 10^12, written here a second way than it is read: group by group of four digits."""
    if n >= 10 ** 8:
        high, low = divmod(n, 10 ** 8)
        return chinese(high) + "亿" + (("零" if low < 10 ** 7 else "") + chinese(low) if low else "")
    if n >= 10 ** 4:
        high, low = divmod(n, 10 ** 4)
        return chinese(high) + "万" + (("零" if low < 1000 else "") + chinese(low) if low else "")
    out, gap = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, n = divmod(n, unit)
        if digit:
            out += ("零" if gap and out else "") + DIGITS[digit] + name
            gap = False
        else:
            gap = bool(out)
    return out


@given(st.integers(min_value=1, max_value=10 ** 12 - 1))
def test_chinese_numerals_are_read_back(n: int) -> None:
    assert integer(chinese(n)) == n


@given(st.integers(min_value=0, max_value=10 ** 15), st.integers(min_value=0, max_value=4))
def test_separators_are_read_back(n: int, places: int) -> None:
    value = Decimal(n).scaleb(-places)
    plain = format(value, "f")
    assert number(plain) == value
    assert number(format(value, ",f")) == value
    whole, point, fraction = format(value, ",f").partition(".")
    assert number(whole.replace(",", " ") + point + fraction) == value


@pytest.mark.parametrize(("text", "value"), [
    ("十", 10), ("十五", 15), ("三十二", 32), ("一百二", 120), ("一百零二", 102), ("两千五", 2500), ("两千零五", 2005), ("一万两千", 12000),
    ("三亿五千万", 350000000), ("二〇二一", 2021), ("两", 2), ("壹佰贰拾", 120), ("一万亿", 10 ** 12),
])
def test_chinese(text: str, value: int) -> None:
    assert integer(text) == value


@pytest.mark.parametrize("text", ["", "百", "十百", "三五", "百千", "万", "一二", "一十百", "亿万"])
def test_malformed_is_none(text: str) -> None:
    assert integer(text) is None


@pytest.mark.parametrize(("text", "value"), [("十五点四六", "15.46"), ("零点五", "0.5"), ("-3.2", "-3.2"), ("10,949.50", "10949.50")])
def test_decimals_keep_their_digits(text: str, value: str) -> None:
    assert str(number(text)) == value


@pytest.mark.parametrize("text", ["1,23", "10 94", "1.2.3", "五点", "9" * 50, "十" * 50])
def test_no_numeral(text: str) -> None:
    assert number(text) is None


@pytest.mark.parametrize(("text", "low", "high"), [
    ("十几", 11, 19), ("三十几", 31, 39), ("数十", 20, 90), ("几百", 200, 900), ("两三", 2, 3), ("三五", 3, 5), ("五六十", 50, 60), ("七八千", 7000, 8000),
    ("十七八", 17, 18), ("一百二三十", 120, 130),
])
def test_about_so_many(text: str, low: int, high: int) -> None:
    assert approximate(text) == (low, high)


@pytest.mark.parametrize("text", ["", "几", "十", "十五", "一二三", "两三四", "四三", "三三", "百几", "几数"])
def test_a_plain_numeral_is_not_approximate(text: str) -> None:
    assert approximate(text) is None
