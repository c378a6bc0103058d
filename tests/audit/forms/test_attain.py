"""What a result earns of its weight, by goal and result."""

from __future__ import annotations

from decimal import Decimal

import pytest

from audit.forms.attain import share
from audit.forms.rows import follows
from patterns import scheme
from patterns.attainment import done, goal

METHOD = scheme.load("national/2020").method
assert METHOD is not None

CASES = [
    # goal, result, how, low, high
    ("≥80户", "84户", "reached", "1", "1"), ("≥80户", "60户", "short", "0.75", "0.75"), ("≥80户", "120户", "far", "0", "1"), ("≥95%", "100", "reached", "1", "1"),
    ("100%", "1", "reached", "0", "1"), ("≤5起", "4起", "reached", "1", "1"), ("≤5起", "8起", "over", "0", "0.625"), ("0起", "2起", "over", "0", "0.8"),
    ("≤0起", "2起", "over", "0", "0"), ("≤968.5万元", "9032000元", "reached", "1", "1"), ("≥80万元", "83.2元", "short", "0.000104", "0.000104"),
    ("6月底前", "5月30日", "kept", "1", "1"), ("2023年6月底前", "2023年8月2日", "late", "0", "0.8"), ("健全", "健全", "grade", "0.8", "1"),
    ("每日2次", "每日2次", "reached", "1", "1"), ("明显提升", "部分达成年度指标", "grade", "0.6", "0.8"), ("稳定", "未达成", "grade", "0", "0.6"),
    ("≥90%", "预计92%", "forecast", "0", "1"), ("≥95%", "4次", "apart", "0", "1"), ("≤460元/平方米", "完成", "unknown", "0", "1"),
    ("≥12次/年", "13次", "reached", "1", "1"), ("≥90人次", "80人", "unknown", "0", "1"), ("80%—93%", "85%", "reached", "1", "1"), ("≥30户", "未完成", "grade", "0", "0.6"),
    ("≥3万人次", "31200", "reached", "1", "1"), ("≥3万人次", "24000", "short", "0.8", "0.8"), ("≥3万人次", "2.4", "short", "0.8", "0.8"),
    ("4场/季度", "17场", "reached", "1", "1"), ("4场/季度", "15场", "unknown", "0", "1"), ("大于98%", "98.0%", "unknown", "0", "1"), ("大于98%", "98.4%", "reached", "1", "1"),
]


@pytest.mark.parametrize(("asked", "reached", "how", "low", "high"), CASES)
def test_shares(asked: str, reached: str, how: str, low: str, high: str) -> None:
    assert METHOD is not None
    found = share(goal(asked), done(reached), METHOD, lower_is_better=False, inverse_counts=False)
    assert (found.how, found.low, found.high) == (how, Decimal(low), Decimal(high))


def test_less_is_better_where_the_name_says_so() -> None:
    assert METHOD is not None
    assert share(goal("8万元"), done("7.86万元"), METHOD, lower_is_better=True, inverse_counts=False).high == 1
    assert share(goal("8万元"), done("7.86万元"), METHOD, lower_is_better=False, inverse_counts=False).how == "short"


def test_a_form_may_say_that_a_limit_exceeded_counts_in_proportion() -> None:
    assert METHOD is not None
    found = share(goal("≤30分钟"), done("32分钟"), METHOD, lower_is_better=False, inverse_counts=True)
    assert found.low == found.high == Decimal(30) / Decimal(32)


@pytest.mark.parametrize(("claimed", "least", "most", "places", "fits"), [
    ("2.3", "2.295", "2.295", 2, True), ("5.88", "5.88", "5.887", 2, True), ("5.1", "5.1", "5.1", 1, True), ("10", "9.9", "9.9", 1, False),
    ("5", "4.9", "4.9", 0, True), ("6", "4.9", "4.9", 0, False), ("3.93", "3.9378", "3.9378", 2, True), ("3.92", "3.9378", "3.9378", 2, False)])
def test_a_printed_score_stands_for_what_rounds_or_cuts_to_it(claimed: str, least: str, most: str, places: int, fits: bool) -> None:
    assert follows(Decimal(claimed), Decimal(least), Decimal(most), places) is fits
