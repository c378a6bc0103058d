"""Units and counting words: every line of the list reads its example, every spelling is found whole."""

from __future__ import annotations

from decimal import Decimal

import pytest

from patterns import units
from patterns.fold import fold
from patterns.quantity import find


@pytest.mark.parametrize("unit", units.units(), ids=lambda u: u.name)
def test_example_is_read(unit: units.Unit) -> None:
    found = find(fold(unit.example).text)
    assert unit in [units.by_spelling().get(q.unit.lstrip("万亿").partition("/")[0]) for q in found], unit.example


@pytest.mark.parametrize(("spelling", "unit"), units.by_spelling().items(), ids=lambda x: x if isinstance(x, str) else "")
def test_spelling_is_found_whole(spelling: str, unit: units.Unit) -> None:
    found = units.find(f"万{spelling}。", 0)
    assert found is not None
    assert (found.end, found.text) == (len(spelling) + 1, f"万{spelling}")
    assert (found.factor, found.base) == (unit.factor * 10000, unit.base)


def test_no_spelling_twice() -> None:
    every = [s for u in units.units() for s in (u.name, *u.spellings)]
    assert len(every) == len(set(every))


@pytest.mark.parametrize(("text", "unit", "factor", "base"), [
    ("吨标准煤/万元", "吨标准煤/万元", Decimal("0.0001"), "吨标准煤/元"),
    ("千克标准煤/平方米", "千克标准煤/平方米", Decimal("0.001"), "吨标准煤/平方米"),
    ("立方米/万元", "立方米/万元", Decimal("0.0001"), "立方米/元"),
    ("mg/L", "mg/L", Decimal("0.000001"), "吨/立方米"),
    ("毫克/升降至", "毫克/升", Decimal("0.000001"), "吨/立方米"),
    ("千克标准煤/平方米·年", "千克标准煤/平方米·年", Decimal("0.001"), "吨标准煤/平方米/年"),
    ("万人次/日", "万人次/日", Decimal(10000), "人次/天"),
])
def test_compound_units(text: str, unit: str, factor: Decimal, base: str) -> None:
    found = units.find(text, 0)
    assert found is not None
    assert (found.text, found.factor, found.base) == (unit, factor, base)


def test_coal_equivalent_is_not_mass() -> None:
    coal, mass = units.find("吨标准煤", 0), units.find("吨", 0)
    assert coal and mass and coal.base != mass.base


def test_area_units_compare() -> None:
    mu, hectare = units.find("亩", 0), units.find("公顷", 0)
    assert mu and hectare and mu.base == hectare.base == "平方米"
    assert abs(mu.factor * 15 - hectare.factor) < Decimal("1e-15")
