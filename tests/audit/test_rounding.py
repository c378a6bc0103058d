"""A printed figure stands for every value that rounds to it, as far as its bound reaches."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import pytest
from by_hand import figure
from hypothesis import given
from hypothesis import strategies as st

from audit.rounding import Interval, family, plain, printed, roundness, step, value

amounts = st.decimals(min_value="0.001", max_value="99999", allow_nan=False, places=6)


@given(amounts, st.integers(0, 3))
def test_what_rounds_to_a_figure_lies_in_its_interval(amount: Decimal, places: int) -> None:
    shown = amount.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    interval = printed(figure(f"{shown}万元"))
    assert interval is not None and interval.low <= amount * 10000 <= interval.high
    assert interval.high - interval.low == Decimal(10000).scaleb(-places)


@pytest.mark.parametrize(("text", "low", "high"), [
    ("24家", "24", "24"), ("1.2万人", "11500", "12500"), ("61.0%", "60.95", "61.05"), ("2000-5000吨", "1999.5", "5000.5"),
    ("100余家", "100", "133"), ("1280余家", "1280", "1290"), ("约1000家", "500", "1500"), ("约420万元", "3985000", "4415000"),
    ("不足50家", "40", "50"), ("超过3000人", "3000", "4000"),
])
def test_intervals(text: str, low: str, high: str) -> None:
    interval = printed(figure(text))
    assert interval is not None
    assert round(interval.low) == Decimal(low).quantize(1) or interval.low == Decimal(low)
    assert round(interval.high) == Decimal(high).quantize(1) or interval.high == Decimal(high)


def test_a_target_without_decimals_was_set_and_not_measured() -> None:
    assert printed(figure("500吨", role="target")) == Interval(Decimal(500), Decimal(500))


@given(amounts)
def test_stretching_only_widens(amount: Decimal) -> None:
    for text in (f"约{plain(amount, 2)}吨", f"超过{plain(amount, 1)}吨", f"{int(amount)}余家"):
        narrow, wide = printed(figure(text)), printed(figure(text), stretched=True)
        assert narrow is not None and wide is not None and wide.low <= narrow.low and narrow.high <= wide.high


@pytest.mark.parametrize(("a", "b"), [("1.5万元", "15000元"), ("4.2亿斤", "21万吨"), ("300亩", "20公顷"), ("3万家", "30000家"), ("7.5吨", "7500千克")])
def test_one_quantity_in_two_units_is_one_value(a: str, b: str) -> None:
    x, y = figure(a), figure(b)
    assert family(x) == family(y)
    assert abs((value(x) or 0) - (value(y) or 0)) < Decimal("1e-9")


def test_the_last_place_and_the_round_number() -> None:
    assert step(figure("3.20万元")) == 100
    assert roundness(figure("3200家")) == 100
    assert roundness(figure("3.2万家")) == 1000
