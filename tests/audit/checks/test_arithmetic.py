"""The arithmetic of each type of relation, and the readings that the defence finds."""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from typing import Any

import pytest
from by_hand import names, said
from hypothesis import assume, given
from hypothesis import strategies as st

from audit.checks.arithmetic import check_arithmetic, judge
from extractor.relations.model import Relation
from patterns.quantity import find


def verdict(texts: tuple[str, ...], type_: str, meaning: dict[str, Any] | None = None, **slots: Any) -> str | None:
    """What becomes of one relation: consistent, rounded, stretched, inconsistent, or None."""
    outcome = judge(said(*texts, **(meaning or {})), Relation(type_, 0, 0, **slots))  # type: ignore[arg-type]
    return None if outcome is None else outcome.verdict


def findings(texts: tuple[str, ...], *relations: Relation, **meaning: Any) -> list[tuple[str, str, str]]:
    """(code, severity, message key of the reading or of the finding) of each finding."""
    report = said(*texts, relations=relations, **meaning).report
    out = []
    for f in check_arithmetic(report):
        reading = f.message.values.get("reading")
        out.append((f.code, f.severity, reading.key if reading is not None else f.message.key))  # type: ignore[attr-defined]
    return out


parts = st.lists(st.decimals(min_value=1, max_value=9999, places=5, allow_nan=False), min_size=2, max_size=8)


@given(parts, st.integers(0, 2))
def test_parts_rounded_each_by_itself_are_never_inconsistent(amounts: list[Decimal], places: int) -> None:
    unit = Decimal(1).scaleb(-places)
    shown = [a.quantize(unit, ROUND_HALF_UP) for a in (sum(amounts, Decimal(0)), *amounts)]
    texts = tuple(f"{s}吨" for s in shown)
    got = verdict(texts, "parts", total=0, parts=tuple(range(1, len(texts))))
    assert got in ("consistent", "rounded")
    assert (got == "consistent") == (shown[0] == sum(shown[1:], Decimal(0)))


@given(parts, st.decimals(min_value="1.05", max_value=3, places=2))
def test_parts_off_by_a_twentieth_are_inconsistent(amounts: list[Decimal], factor: Decimal) -> None:
    texts = tuple(f"{a.quantize(Decimal('0.01'))}吨" for a in (sum(amounts, Decimal(0)) * factor, *amounts))
    assume(sum(amounts, Decimal(0)) * (factor - 1) > Decimal("0.1"))
    assert verdict(texts, "parts", total=0, parts=tuple(range(1, len(texts)))) == "inconsistent"


@given(st.integers(1, 5000), st.integers(1, 5000), st.integers(0, 2))
def test_a_share_rounded_is_consistent_and_cut_off_is_a_warning(part: int, rest: int, places: int) -> None:
    exact = Decimal(part) / (part + rest) * 100
    unit = Decimal(1).scaleb(-places)
    texts = (f"{part}家", f"{part + rest}家", f"{exact.quantize(unit, ROUND_HALF_UP)}%")
    relation = Relation("ratio", 0, 0, part=0, whole=1, percent=2)
    assert verdict(texts, "ratio", part=0, whole=1, percent=2) == "consistent"
    cut = exact.quantize(unit, ROUND_DOWN)
    assume(exact - cut > unit / 2)
    found = findings((*texts[:2], f"{cut}%"), relation)
    assert [f[:2] for f in found] == [("percentage-mismatch", "warning")]


@given(st.integers(200, 2000), st.integers(200, 2000), st.integers(0, 2))
def test_growth_rounded_is_consistent_in_either_direction(now: int, before: int, places: int) -> None:
    exact = (Decimal(now) - before) / before * 100
    shown = abs(exact).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    for down in (now < before, None):
        assert verdict((f"{now}家", f"{before}家", f"{shown}%"), "growth", now=0, before=1, percent=2, down=down) == "consistent"
    assume(shown > 0)
    assert verdict((f"{now}家", f"{before}家", f"{shown}%"), "growth", now=0, before=1, percent=2, down=now > before) == "inconsistent"


@given(parts)
def test_units_do_not_matter(amounts: list[Decimal]) -> None:
    shown = [a.quantize(Decimal("0.0001")) for a in (sum(amounts, Decimal(0)), *amounts)]
    slots = {"total": 0, "parts": tuple(range(1, len(shown)))}
    assume(all(len(find(f"{n}元")) == 1 for s in shown[1:] for n in (int(s * 10000), f"{s}万")))  # 3060 and the like count nothing
    in_wan = verdict(tuple(f"{s}万元" for s in shown), "parts", **slots)
    assert in_wan == verdict((f"{shown[0]}万元", *(f"{int(s * 10000)}元" for s in shown[1:])), "parts", **slots) or in_wan == "rounded"


@pytest.mark.parametrize(("texts", "slots", "wanted"), [
    (("三成", "100家", "30家"), {"part": 2, "whole": 1, "percent": 0}, "consistent"),
    (("4.13‰", "240000人", "991人"), {"part": 2, "whole": 1, "percent": 0}, "consistent"),
    (("4.13‰", "240000人", "1991人"), {"part": 2, "whole": 1, "percent": 0}, "inconsistent"),
    (("1.5倍", "20家", "30家"), {"part": 2, "whole": 1, "percent": 0}, "consistent"),
    (("1:1.3", "712名", "926名"), {"part": 1, "whole": 2, "percent": 0}, "consistent"),
    (("1:1.5", "712名", "926名"), {"part": 1, "whole": 2, "percent": 0}, "inconsistent"),
    (("30%", "100家", "30吨"), {"part": 2, "whole": 1, "percent": 0}, None),  # two dimensions
    (("30%", "100家", "30家"), {"part": 2, "percent": 0}, None),  # an unbound slot
    (("100%", "0家", "3家"), {"part": 2, "whole": 1, "percent": 0}, None),  # nothing is no whole
])
def test_shares(texts: tuple[str, ...], slots: dict[str, int], wanted: str | None) -> None:
    assert verdict(texts, "ratio", **slots) == wanted


@pytest.mark.parametrize(("texts", "slots", "wanted"), [
    (("93%", "95%", "2个百分点"), {"now": 0, "before": 1, "percent": 2, "down": True}, "consistent"),
    (("93%", "95%", "2个百分点"), {"now": 0, "before": 1, "percent": 2, "down": False}, "inconsistent"),
    (("18%", "15%", "3%"), {"now": 0, "before": 1, "percent": 2, "down": False}, "consistent"),  # points are meant
    (("18%", "15%", "20%"), {"now": 0, "before": 1, "percent": 2, "down": False}, "consistent"),
    (("30家", "12家", "1.5倍"), {"now": 0, "before": 1, "percent": 2, "down": False}, "consistent"),
    (("30家", "12家", "18家"), {"now": 0, "before": 1, "percent": 2, "down": False}, "consistent"),
    (("30家", "12家", "16家"), {"now": 0, "before": 1, "percent": 2, "down": False}, "inconsistent"),
    (("30家", "12家", "3个百分点"), {"now": 0, "before": 1, "percent": 2}, None),
    (("6件", "0件", "100%"), {"now": 0, "before": 1, "percent": 2, "down": False}, "inconsistent"),
    (("1.3亿元", "-1.1亿元", "18%"), {"now": 0, "before": 1, "percent": 2}, None),  # from a loss to a gain
])
def test_growth(texts: tuple[str, ...], slots: dict[str, Any], wanted: str | None) -> None:
    assert verdict(texts, "growth", **slots) == wanted


@pytest.mark.parametrize(("percent", "wanted"), [("12.08%", None), ("22.08%", "checks.growth_by"), ("12.09%", "checks.growth_by")])
def test_an_increment_gives_the_base_of_a_rate(percent: str, wanted: str | None) -> None:
    by, rate = Relation("growth", 0, 0, now=0, percent=1, down=False), Relation("growth", 0, 0, now=0, percent=2, down=False)
    found = findings(("9859.38万元", "1062.85万元", percent), by, rate)
    assert [f[2] for f in found if f[1] == "error"] == ([wanted] if wanted else [])


@pytest.mark.parametrize(("listed", "closed", "count", "wanted"), [
    (("甲", "乙", "丙"), True, "3家", []),
    (("甲", "乙", "丙"), True, "4家", [("count-mismatch", "error", "checks.count")]),
    (("甲", "乙", "丙"), False, "4家", []),
    (("甲", "乙", "丙"), False, "2家", [("count-mismatch", "error", "checks.count_open")]),
    (("甲园和乙园", "丙园"), True, "3家", []),
    (("甲园和乙园", "丙园"), True, "4家", [("count-mismatch", "warning", "defence.two_in_one")]),
    (("昭和电工", "协和药业"), True, "4家", [("count-mismatch", "error", "checks.count")]),  # 和 is a part of the name
    (("甲", "乙"), True, "40家", []),  # two of forty are examples
])
def test_counts(listed: tuple[str, ...], closed: bool, count: str, wanted: list[tuple[str, str, str]]) -> None:
    assert findings((count,), Relation("count", 0, 0, figure=0, listed=names(*listed), closed=closed)) == wanted


@pytest.mark.parametrize(("texts", "wanted"), [
    (("4.2亿斤", "21万吨"), []),
    (("1.5亿斤", "8.5万吨"), [("conflicting-figures", "error", "checks.conflict")]),
    (("1.2万人", "11987人"), []),
    (("31.7%", "31.17%"), [("conflicting-figures", "error", "checks.conflict")]),
    (("9.55%", "9.558%"), [("conflicting-figures", "warning", "defence.cut")]),
    (("36家", "38家", "38家"), [("conflicting-figures", "error", "checks.conflict")]),
])
def test_one_quantity_told_twice(texts: tuple[str, ...], wanted: list[tuple[str, str, str]]) -> None:
    assert findings(texts, Relation("same", 0, 0, members=tuple(range(len(texts))))) == wanted


@pytest.mark.parametrize(("texts", "relation", "wanted"), [
    (("50家", "20家", "10家"), Relation("parts", 0, 0, said=False, closed=True, total=0, parts=(1, 2)), None),  # they only stand there
    (("50家", "20家", "10家"), Relation("parts", 0, 0, closed=False, enumerated=True, total=0, parts=(1, 2)), None),  # nobody meant the whole
    (("50家", "36家", "10家"), Relation("parts", 0, 0, closed=False, enumerated=True, total=0, parts=(1, 2)), "defence.open"),
    (("50家", "36家", "10家"), Relation("parts", 0, 0, closed=False, total=0, parts=(1, 2)), None),  # each in a clause of its own
    (("50家", "36家", "18家"), Relation("parts", 0, 0, closed=False, total=0, parts=(1, 2)), "checks.parts_over"),
    (("50家", "36家", "24家"), Relation("parts", 0, 0, closed=False, total=0, parts=(1, 2)), "defence.properties"),  # of some both may be true
    (("50家", "36家", "10家"), Relation("parts", 0, 0, closed=True, total=0, parts=(1, 2)), "checks.parts_short"),
    (("1128家", "731家", "725家", "397家"), Relation("parts", 0, 0, closed=True, total=0, parts=(1, 2, 3)), None),  # one is a part of a part
    (("约420吨", "120吨", "350吨"), Relation("parts", 0, 0, closed=True, total=0, parts=(1, 2)), "defence.vague"),
    (("40家", "200家", "95%", "190家"), Relation("ratio", 0, 0, part=0, whole=1, percent=2), None),  # 190 of 200 are 95%
    (("4家", "9家", "80%", "5家", "7家", "8家", "2家"), Relation("ratio", 0, 0, part=0, whole=1, percent=2), "defence.other_whole"),  # by accident?
    (("10家", "200家", "95%"), Relation("ratio", 0, 0, part=0, whole=1, percent=2), None),  # 95% are the others
    (("80吨", "100吨", "25%"), Relation("growth", 0, 0, now=0, before=1, percent=2, down=True), "defence.other_end"),
    (("33.33%", "10吨", "30吨"), Relation("ratio", 0, 0, part=1, whole=2, percent=0), None),
])
def test_readings_that_acquit(texts: tuple[str, ...], relation: Relation, wanted: str | None) -> None:
    assert [f[2] for f in findings(texts, relation)] == ([wanted] if wanted else [])


def test_shares_that_close_to_a_hundred_are_asked_about() -> None:
    texts = ("2.1吨", "30.9吨", "67吨", "100.0吨", "2.0%", "30.9%", "67.1%")
    relations = [Relation("ratio", 0, 0, part=k, whole=3, percent=4 + k) for k in range(3)]
    assert {f[2] for f in findings(texts, *relations)} <= {"defence.hundred", "defence.cut", "defence.twice"}


def test_one_slip_seen_from_two_sides_is_one_finding() -> None:
    texts = ("120家", "30家", "25%", "80家", "66.7%", "150家")
    wrong = [Relation("ratio", 0, 0, part=1, whole=5, percent=2), Relation("ratio", 0, 0, part=3, whole=5, percent=4)]
    report = said(*texts[1:5], "170家", relations=tuple(
        Relation("ratio", 0, 0, part=a, whole=4, percent=b) for a, b in ((0, 1), (2, 3)))).report
    found = check_arithmetic(report)
    assert len(found) == 1 and found[0].severity == "error"
    assert any(step.key == "proof.also" for step in found[0].proof)
    assert len(check_arithmetic(said(*texts, relations=tuple(wrong)).report)) <= 1


def test_an_error_is_proven_step_by_step_in_both_languages() -> None:
    report = said("61.03公顷", "24.51公顷", "35.00公顷", relations=(Relation("parts", 0, 25, closed=True, total=0, parts=(1, 2)),)).report
    finding, = check_arithmetic(report)
    zh, en = ([step.text(lang) for step in finding.proof] for lang in ("zh", "en"))
    assert "24.51 + 35 = 59.51公顷" in zh[1] and "59.5公顷到59.52公顷" in zh[1]
    assert zh[2].endswith("61.03公顷") and "61.03公顷" in en[2]
    assert len(zh) == len(en) == 4
