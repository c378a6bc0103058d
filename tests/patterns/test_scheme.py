"""Schemes: strict reading, examples that are computed, recognition, comparison, and the schemes that ship."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from patterns import scheme as schemes
from patterns import scheme_file
from patterns.errors import UnusableInput
from patterns.rules import compile_rule

SMALL = """代号: test/2023
年度: 2023
中心城区: [黄浦区]
其他区: [青浦区]
总分: 3
指标:
  - 名称: 联席会议制度
    分值: 1
    评分: 建立联席会议制度的，得1分。
    佐证: [联席会议]
    示例:
      - "1: 是 => 1"
  - 名称: 企业报送
    分值: {中心城区: 2, 其他区: 2}
    评分: 每有1家未报送的，扣0.5分，最多扣2分。
    示例:
      - "1: 3家 => -1.5"
"""


@pytest.mark.parametrize("name", schemes.names())
def test_every_scheme_that_ships_is_sound(name: str) -> None:
    scheme = schemes.load(name)
    assert schemes.examine(scheme) == []
    assert scheme.id == name and scheme.title and scheme.year
    assert not [i.name for i in scheme.indicators if i.compiled.unparsed or not i.compiled.clauses]


@pytest.mark.parametrize("name", schemes.names())
def test_a_saved_scheme_reads_back_the_same(name: str) -> None:
    scheme = schemes.load(name)
    again = scheme_file.parse(scheme_file.save(scheme), "again.yaml")
    assert [(i.name, dict(i.weights), i.rule, i.evidence, i.compiled.clauses) for i in again.indicators] == \
        [(i.name, dict(i.weights), i.rule, i.evidence, i.compiled.clauses) for i in scheme.indicators]
    assert dict(again.districts) == dict(scheme.districts)


def test_a_small_scheme_says_what_it_holds() -> None:
    scheme = scheme_file.parse(SMALL, "s.yaml")
    assert schemes.examine(scheme) == []
    assert (scheme.class_of("黄浦区"), scheme.class_of("青浦区"), scheme.class_of("浦东新区")) == ("central", "other", None)
    assert scheme.find("企业报送") is scheme.indicators[1]


@pytest.mark.parametrize(("old", "new", "line", "said"), [
    ("    佐证: [联席会议]", "    佐正: [联席会议]", 10, "佐正"),
    ("年度: 2023", "年度: 2023\n年度: 2024", 3, "年度"),
    ("    分值: 1\n", "    分值: 一\n", 8, "分值"),
    ('"1: 是 => 1"', '"1: 是"', 12, "示例"),
    ("中心城区: 2, ", "", 14, "分值"),
    ("代号: test/2023\n", "", 1, "代号"),
])
def test_a_fault_names_file_line_and_key(old: str, new: str, line: int, said: str) -> None:
    with pytest.raises(UnusableInput) as caught:
        scheme_file.parse(SMALL.replace(old, new, 1), "s.yaml")
    assert caught.value.place == f"s.yaml:{line}"
    assert said in caught.value.what


@pytest.mark.parametrize(("old", "new", "said"), [
    ("=> -1.5", "=> -1", "-1.5"),
    ("总分: 3", "总分: 4", "总分"),
    ("得1分。\n", "得0.5分。\n", "0.5"),
    ('    示例:\n      - "1: 3家 => -1.5"\n', "", "没有示例"),
    ("扣0.5分，最多扣2分。", "扣0.5分；视情况酌情扣分。", "酌情"),
])
def test_a_check_says_what_is_wrong(old: str, new: str, said: str) -> None:
    problems = schemes.examine(scheme_file.parse(SMALL.replace(old, new, 1), "s.yaml"))
    assert any(said in p for p in problems), problems


def test_a_scheme_is_recognised_by_names_and_weights() -> None:
    scheme = schemes.load("shanghai/2021")
    rows = [(i.name, i.weight()) for i in scheme.indicators]
    assert schemes.recognise(rows) is scheme
    assert schemes.recognise([*rows[:-1], (rows[-1][0], Decimal(9))]) is scheme
    assert schemes.recognise([(n, w) for n, w in rows[:20]]) is None
    assert schemes.recognise([(f"{n}另一套", w) for n, w in rows]) is None


@pytest.mark.parametrize(("annex", "wanted"), [
    ("每有1家未报送的，扣0.5分，最多扣2分。", []),
    ("发现1家未报的扣0.5分，至多扣2分。", []),
    ("每有1家未报送的，扣0.2分，最多扣2分。", ["points"]),
    ("每有1家未报送的，扣0.5分，最多扣1分。", ["cap"]),
    ("每有2家未报送的，扣0.5分，最多扣2分。", ["count"]),
    ("每有1家未报送的，扣0.5分，最多扣2分；迟报的扣1分。", ["extra"]),
    ("参照备注1。", []),
])
def test_differences_from_an_annex(annex: str, wanted: list[str]) -> None:
    indicator = scheme_file.parse(SMALL, "s.yaml").indicators[1]
    assert [d.what for d in schemes.compare(indicator, compile_rule(annex, Decimal(2)))] == wanted


def test_an_implied_upper_end_is_no_difference() -> None:
    text = SMALL.replace("每有1家未报送的，扣0.5分，最多扣2分。", "上报率90%以上的得2分，80%以上、不足90%的得1分。")
    indicator = scheme_file.parse(text, "s.yaml").indicators[1]
    assert schemes.compare(indicator, compile_rule("上报率90%以上的得2分，80%以上的得1分。", Decimal(2))) == []
    changed = schemes.compare(indicator, compile_rule("上报率95%以上的得2分，80%以上的得1分。", Decimal(2)))
    assert {d.what for d in changed} == {"threshold"}


def test_a_name_that_is_no_scheme(tmp_path: Path) -> None:
    with pytest.raises(UnusableInput):
        schemes.load("nowhere/1999")
    empty = tmp_path / "empty.yaml"
    empty.write_text("")
    with pytest.raises(UnusableInput):
        schemes.load(str(empty))


def test_a_shipped_scheme_is_compiled_once_and_recognised_from_an_index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FUHE_CACHE", str(tmp_path))
    whole = {name: schemes.load(name) for name in schemes.names()}
    for spoilt in (False, False, True):
        for f in (schemes._shipped, schemes._index):
            f.cache_clear()
        if spoilt:
            for entry in tmp_path.iterdir():
                entry.write_bytes(entry.read_bytes()[:-3])
        assert {name: schemes.load(name) for name in schemes.names()} == whole
        for one in whole.values():
            assert schemes.recognise([(i.name, i.weight("central")) for i in one.indicators]) in (one, None)
    assert schemes.recognise([(i.name, i.weight()) for i in whole["shanghai/2021"].indicators]) == whole["shanghai/2021"]


def test_an_entry_that_names_foreign_code_is_not_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import pickle

    from patterns import cache

    class Foreign:
        def __reduce__(self) -> tuple[object, tuple[object, ...]]:
            return print, ("run",)

    monkeypatch.setenv("FUHE_CACHE", str(tmp_path))
    cache.save("x.bin", pickle.dumps(Foreign()))
    assert cache.objects("x.bin", lambda: 5) == 5
