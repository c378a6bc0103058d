"""The catalogue speaks both languages: the same keys, the same fields."""

from __future__ import annotations

import string

import pytest

from audit.messages import catalogue, nested, say


def fields(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}


def test_no_message_is_missing_in_either_language() -> None:
    assert catalogue("zh").keys() ^ catalogue("en").keys() == set()


def test_a_message_has_the_same_fields_in_both_languages() -> None:
    zh, en = catalogue("zh"), catalogue("en")
    assert {k: (fields(zh[k]), fields(en[k])) for k in zh if fields(zh[k]) != fields(en[k])} == {}


def test_no_message_is_empty_or_left_as_a_bare_key() -> None:
    assert [k for lang in ("zh", "en") for k, v in catalogue(lang).items() if not v.strip() or v == "None"] == []


def test_fields_are_filled_and_numbers_are_not_rounded() -> None:
    from decimal import Decimal

    assert say("labels.page_of", "en", page=3) == "p. 3"
    assert "1.10" in say("html.stake", "zh", points=Decimal("1.10"))


@pytest.mark.parametrize(("text", "want"), [
    ("““你点我检”活动”分值2分", "“‘你点我检’活动”分值2分"),
    ("按“称“示范”的“甲“乙”丙””得1分", "按“称‘示范’的‘甲“乙”丙’”得1分"),
    ("“甲”和“乙”", "“甲”和“乙”"),
    ("“甲‘乙”", "“甲‘乙”"),
    ("the district’s “plan”", "the district’s “plan”"),
])
def test_marks_within_marks_alternate_and_unpaired_ones_stay(text: str, want: str) -> None:
    assert nested(text) == want and nested(want) == want


def test_a_name_with_marks_is_quoted_with_single_ones_within() -> None:
    assert "“‘你点我检’活动”" in say("checks.negative", "zh", name="“你点我检”活动", claimed="-1")
