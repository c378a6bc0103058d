"""Difficult inputs (fixtures/inputs): what a person reads in each at a glance is what is extracted."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from extractor.readers import read_document, seeing
from extractor.report import Report, build

FOLDER = Path(__file__).parents[3] / "fixtures" / "inputs"
ENTRIES = [e | {"at": folder / e["file"]} for folder in (FOLDER, FOLDER / "variants", FOLDER / "trackers")
           for e in yaml.safe_load((folder / "expect.yaml").read_text(encoding="utf8"))]


def report_of(entry: dict[str, Any]) -> Report:
    if entry.get("unread") in ("omit", "doubt") and not seeing.available():
        pytest.skip("needs the extra scan")
    return build(read_document(entry["at"]))


def figures(report: Report) -> list[tuple[str, str]]:
    return [(f.value if f.high is None else f"{f.value}..{f.high}", f.unit.replace("²", "2").replace("³", "3"))
            for f in report.figures if report.sentences[f.sentence].indicator is None]


def matches(want: list[list[str]], got: list[tuple[str, str]]) -> bool:
    """Whether the figures read are those wanted, in order; optional ones may be missing."""
    at = 0
    for value, unit, *optional in want:
        values, units = value.split(" | "), [u.replace("²", "2").replace("³", "3") for u in unit.split(" | ")]
        if at < len(got) and any(same(got[at][0], v) for v in values) and got[at][1] in units:
            at += 1
        elif not optional:
            return False
    return at == len(got)


def same(a: str, b: str) -> bool:
    return a == b or (".." not in a + b and ":" not in a + b and Decimal(a) == Decimal(b))


@pytest.mark.parametrize("entry", [e for e in ENTRIES if e.get("figures") is not None and not (e.get("unread") == "doubt" or e.get("refuse"))],
                         ids=lambda e: e["file"])
def test_the_figures_of_the_narrative(entry: dict[str, Any]) -> None:
    report = report_of(entry)
    got = figures(report)
    assert matches(entry["figures"], got), got
    assert entry.get("unread") is not False or not report.document.problems
    assert entry.get("unread") is not True or report.document.problems
    assert not entry.get("title") or "".join((report.title or "").split()) == entry["title"]
    assert not entry.get("district") or report.district == entry["district"]


@pytest.mark.parametrize("entry", [e for e in ENTRIES if e.get("claims") is not None and e.get("unread") not in ("doubt", "omit") and not e.get("refuse")],
                         ids=lambda e: e["file"])
def test_the_cells_of_the_annex(entry: dict[str, Any]) -> None:
    rows = report_of(entry).table.rows
    assert [r.claimed for r in rows] == [None if c is None else Decimal(c) for c in entry["claims"]]
    if entry.get("names"):
        assert [r.name.text for r in rows] == entry["names"]
    if entry.get("weights"):
        assert [r.weight for r in rows] == [Decimal(w) for w in entry["weights"]]


def test_what_a_font_does_not_say_is_named() -> None:
    assert any("33" in p.what for p in read_document(FOLDER / "o_pua.ofd").problems)


def test_the_dashes_below_a_table_head_are_no_text() -> None:
    assert ":-" not in read_document(FOLDER / "variants" / "m_pipe.md").text


@pytest.mark.skipif(not seeing.available(), reason="needs the extra scan")
def test_a_number_beside_small_print_that_nobody_can_tell_is_in_doubt() -> None:
    report = build(read_document(FOLDER / "variants" / "s_marks_low.png"))
    assert {f.text for f in report.figures if f.doubtful} >= {"18603公里", "1412次"}
    assert any("18603" in p.what for p in report.document.problems)
    assert not any(f.doubtful for f in report.figures if f.text in ("128个", "96个", "75%"))


def test_traditional_characters_are_told_as_printed() -> None:
    file = FOLDER / "variants" / "g_big5.txt"
    printed, said = file.read_text(encoding="big5"), build(read_document(file)).to_json()
    assert said["document"]["title"] == "臨泉縣2023年度森林防火工作自查報告"
    assert said["figures"][3]["unit"] == "万元" and said["figures"][3]["text"] == "92.35萬元"
    assert [i["name"] for i in said["indicators"]] == ["火情管控", "應急演練"]
    assert all(f["sentence"] in printed for f in said["figures"])
