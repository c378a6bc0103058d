"""Notes to a table, and rules that refer to them or to another row."""

from __future__ import annotations

from decimal import Decimal

import pytest

from patterns.rules import compile_rule
from patterns.rules.notes import label, notes, resolve

NOTES = ["备注1：基地每建成1个得0.5分，最高1分。备注2：以县统计局数据为准。", "填表说明：附注一 比例保留一位小数"]


def test_notes_by_label() -> None:
    assert notes(NOTES) == {("备注", "1"): "基地每建成1个得0.5分，最高1分。", ("备注", "2"): "以县统计局数据为准。", ("附注", "1"): "比例保留一位小数"}


@pytest.mark.parametrize(("text", "key"), [("备注一", ("备注", "1")), ("备注①", ("备注", "1")), ("附表2", ("附件", "2")), ("《评分办法》", None)])
def test_labels_are_one_in_whatever_numerals(text: str, key: tuple[str, str] | None) -> None:
    assert label(text) == key


def test_a_reference_is_followed_to_its_note() -> None:
    rule = compile_rule("方案印发的得1分；基地建设按备注1计分。", Decimal(2))
    found = resolve(rule, Decimal(2), notes(NOTES), {})
    assert [(c.kind, c.points, c.cap) for c in found.rule.clauses] == [("award", 1, None), ("each", Decimal("0.5"), 1)]
    assert [len(c) for c in found.of.values()] == [1]


@pytest.mark.parametrize("text", ["按备注2评分。", "按备注9评分。"])
def test_a_note_that_tells_no_points_or_is_not_there_is_not_followed(text: str) -> None:
    rule = compile_rule(text, Decimal(2))
    assert resolve(rule, Decimal(2), notes(NOTES), {}).rule is rule


def test_a_reference_to_another_row() -> None:
    other = compile_rule("90分及以上得3分；80分及以上不足90分得1分。", Decimal(3))
    rule = compile_rule("评分方法同“门诊满意度”。", Decimal(3))
    assert [c.points for c in resolve(rule, Decimal(3), {}, {"门诊满意度": other}).rule.clauses] == [3, 1]
    assert [c.kind for c in resolve(rule, Decimal(3), {}, {"住院满意度": other}).rule.clauses] == ["reference"]


def test_a_note_that_only_says_who_decides_is_not_followed() -> None:
    known = notes(["附注1：日常工作由市局综合评定，自查阶段暂按满分填报，以评定结果为准。"])
    rule = compile_rule("由市局按附注1评定。", Decimal(2))
    assert resolve(rule, Decimal(2), known, {}).rule is rule
