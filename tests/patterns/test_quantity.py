"""The figures grammar: collected cases, every style and unit read back, and time that does not run away."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.document import Document
from extractor.report import build
from patterns import counting, quantity, units
from patterns.fold import fold
from patterns.quantity import Quantity, find

CASES = Path(__file__).parents[1] / "cases"


def cases() -> list[tuple[str, str]]:
    """The lines of the case files."""
    lines = [line for path in sorted(CASES.glob("quantity*.txt")) for line in path.read_text(encoding="utf8").splitlines()]
    return [tuple(line.split(" => ")) for line in lines if line and not line.startswith("#")]  # type: ignore[misc]


def only(text: str) -> Quantity:
    """The one figure of a text."""
    found = find(fold(text).text)
    assert len(found) == 1, (text, found)
    return found[0]


def bare(figure: str) -> str:
    """Value and unit of a figure of the case files."""
    return figure.lstrip("<>=~").partition(" @")[0]


@pytest.mark.parametrize(("sentence", "expected"), cases())
def test_case(sentence: str, expected: str) -> None:
    got, wanted = [], expected.split("; ") if expected != "-" else []
    for f in build(Document("case.txt", "txt", None, sentence)).figures:
        assert f.text == sentence[f.start:f.end]
        high, role = f"..{f.high}" if f.high else "", f" @{f.role}" if f.role != "actual" else ""
        got.append(f"{f.bound}{f.value}{high} {f.unit}{role}")
    for optional in [w for w in wanted if w.startswith("(")]:  # one that a reader may count or not, whatever its bound and role
        found = next((g for g in got if bare(g) == bare(optional[1:-1])), None)
        wanted[wanted.index(optional):wanted.index(optional) + 1] = [found] if found else []
    assert "; ".join(got) == "; ".join(wanted)


def plain(value: Decimal) -> str:
    return format(value, "f")


STYLES = {
    "plain": plain,
    "commas": lambda v: format(v, ",f"),
    "spaces": lambda v: re.sub(",", " ", format(v, ",f").partition(".")[0]) + "." * ("." in plain(v)) + plain(v).partition(".")[2],
    "full width": lambda v: "".join(chr(ord(c) + 0xFEE0) if c in "0123456789." else c for c in plain(v)),
}
DECIMALS = st.builds(lambda n, p: Decimal(n).scaleb(-p), st.integers(min_value=0, max_value=10 ** 9), st.integers(min_value=0, max_value=3))
MEASURES = [u for u in units.units() if u.only not in ("span", "scaled", "much", "named") and not u.dimension.startswith("time") and u.name != "成"]


@settings(max_examples=400, deadline=None)
@given(DECIMALS, st.sampled_from(sorted(STYLES)), st.sampled_from(MEASURES), st.sampled_from(["", "万", "亿"]), st.sampled_from(["", " "]))
def test_any_number_in_any_style_and_unit_is_read_back(value: Decimal, style: str, unit: units.Unit, scale: str, space: str) -> None:
    if unit.dimension in ("ratio", "percentage points"):
        scale = ""
    if space and unit.name[0].isascii() and style == "spaces":
        space = ""
    for spelling in (unit.name, *unit.spellings):
        q = only(f"共计为{STYLES[style](value)}{space}{scale}{spelling}。")
        assert (q.value, q.high) == (plain(value), None)
        assert units.by_spelling()[q.unit.removeprefix(scale)].base == unit.base
        assert q.base == value * units.SCALES.get(scale, Decimal(1)) * unit.factor


@settings(max_examples=200, deadline=None)
@given(DECIMALS, DECIMALS, st.sampled_from(["-", "—", "~", "～", "至", "到", "–"]),
    st.sampled_from(["万元", "%", "吨标准煤", "家", "个百分点"]), st.booleans())
def test_ranges_are_read_back(a: Decimal, b: Decimal, to: str, unit: str, twice: bool) -> None:
    low, high = sorted((a, b))
    if low == high:
        return
    q = only(f"介于{plain(low)}{unit if twice else ''}{to}{plain(high)}{unit}之间")
    assert (q.value, q.high, q.unit) == (plain(low), plain(high), unit)


@pytest.mark.parametrize(("text", "base", "unit"), [
    ("75.87万吨标准煤", "758700", "吨标准煤"), ("758700吨标准煤", "758700", "吨标准煤"), ("1.2亿元", "120000000", "元"),
    ("6050亩", "4033333.33", "平方米"), ("61.02公顷", "610200", "平方米"), ("31万千瓦时", "310000", "千瓦时"),
    ("2.87亿kW·h", "287000000", "千瓦时"),
    ("1.82万人次", "18200", "人次"), ("46家次", "46", "家次"),
])
def test_normal_value(text: str, base: str, unit: str) -> None:
    q = only(text)
    assert q.base is not None
    assert round(q.base, 2) == round(Decimal(base), 2)
    assert q.base_unit == unit


HOSTILE = {
    "digits": "1", "digits and commas": "1,", "digits and spaces": "1 ", "points": "1.", "ratios": "1:", "numerals": "一万",
    "brackets": "（",
    "titles": "《", "quotes": "“一", "numbers and units": "5吨标准煤/万元·年", "ranges": "1-2至", "shares": "百分之",
    "one and one": "一家一个",
    "everything": "1,1 1.1:一万（《“一5吨标准煤/万元·年1-2至百分之一家（",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_work_grows_with_the_length_and_no_faster(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The grammar looks at each place a bounded number of times; counted as lookups, not as time."""
    looked = 0
    for module, attribute in ((units, "find"), (counting, "number"), (quantity, "counts_nothing")):
        original = getattr(module, attribute)

        def counted(*args: object, original: object = original) -> object:
            nonlocal looked
            looked += 1
            return original(*args)  # type: ignore[operator]

        monkeypatch.setattr(module, attribute, counted)
    size = 1_000_000 if name == "everything" else 60_000
    text = HOSTILE[name] * (size // len(HOSTILE[name]))
    find(fold(text).text)
    assert looked <= 4 * len(text)


def test_a_monster_sentence_is_read_in_stretches() -> None:
    report = build(Document("x.txt", "txt", None, "其中5家，" * 4_000))
    assert len(report.figures) == 4_000
