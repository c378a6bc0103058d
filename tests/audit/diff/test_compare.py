"""Year against year: every planted fact of the two fixtures is found, what holds stays silent."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest

import audit
from audit.diff import compare
from audit.pipeline import audit_report
from extractor import read
from tests.gold import FIXTURES, case, squash, touches
from tests.small import HEAD, write


@cache
def difference(old: str = "linhu-2021", new: str = "linhu-2022") -> dict[str, Any]:
    return compare(*(audit.run(FIXTURES / n / "report.txt") for n in (old, new))).to_json()


def changed(kind: str) -> set[str]:
    return {squash(i["name"]) for i in difference()["indicators"] if i["change"] == kind}


def test_both_files_are_named_by_their_hashes() -> None:
    from hashlib import sha256

    said = difference()["provenance"]
    assert {side: said[side]["sha256"] for side in said} == {
        side: sha256((FIXTURES / name / "report.txt").read_bytes()).hexdigest() for side, name in (("old", "linhu-2021"), ("new", "linhu-2022"))}


def test_indicators_and_rules_that_changed() -> None:
    gold = case("linhu-2022")["diff"]
    assert changed("added") == set(map(squash, gold["indicators_added"]))
    assert changed("removed") == set(map(squash, gold["indicators_removed"]))
    assert changed("changed") == set(map(squash, [*gold["weights_changed"], *gold["rules_changed"]]))
    assert {squash(r["name"]) for r in difference()["rules"]} == set(map(squash, gold["rules_changed"]))
    tendency = {squash(r["name"]): r["tendency"] for r in difference()["rules"]}
    assert tendency[squash("清洁生产目标完成情况")] == "tightened"


def test_every_planted_fact_is_found_and_nothing_else() -> None:
    gold = case("linhu-2022")["diff"]
    wanted = [{"code": code, "where": w["where"]} for key, code in
              (("growth_mismatch", "growth-mismatch"), ("restated", "restated-figure"), ("recycled", "recycled-achievement")) for w in gold[key]]
    found = difference()["findings"]
    assert [w for w in wanted if not any(touches(f, w) for f in found)] == []
    assert [f["message"] for f in found if not any(touches(f, w) for w in wanted)] == []


def test_repeated_passages_are_the_boilerplate() -> None:
    repeated = {squash(r["new"]) for r in difference()["repeated"]}
    assert repeated == set(map(squash, case("linhu-2022")["diff"]["repeated"]))


def test_matched_figures_give_the_difference_in_numbers() -> None:
    pairs = {(p["old_text"], p["new_text"]): p for p in difference()["figures"]}
    assert pairs["312家次", "358家次"]["delta"] == "46"
    assert pairs["312家次", "358家次"]["percent"] == "14.7"


def test_a_report_against_itself_is_a_revision_without_findings() -> None:
    data = difference("linhu-2021", "linhu-2021")
    assert data["revision"] and data["findings"] == [] and data["repeated"] == []
    assert {i["change"] for i in data["indicators"]} == {"same"}


def test_growth_and_changes_that_hold_stay_silent() -> None:
    gold = case("linhu-2022")["diff"]
    said = {squash(q) for f in difference()["findings"] for q in f["quotes"]}  # a finding quotes its figures by themselves
    right = [*gold["growth_right"], *gold["change_right"]]
    assert right and not [w["where"] for w in right if set(map(squash, w["where"])) <= said]


def test_growth_and_changes_that_hold_are_paired() -> None:
    gold = case("linhu-2022")["diff"]
    pairs = [(squash(p["old_text"]), squash(p["new_text"])) for p in difference()["figures"]]

    def paired(w: dict[str, list[str]]) -> bool:
        return any(o in squash(w["old"][0]) and any(n in squash(x) for x in w["where"]) for o, n in pairs)

    missed = [w for w in (*gold["growth_right"], *gold["change_right"]) if not paired(w)]
    assert len(missed) <= 5, missed


LAST = "全县旅游收入为12.60亿元。新建口袋公园20处。水质达标率94.1%。滨江文化馆获评省级示范文化馆。"
YEARS = [
    ("全县旅游收入为14.49亿元，比上年增长15%。", []),
    ("全县旅游收入为14.49亿元，比上年增长25%。", ["growth-mismatch"]),
    ("全县旅游收入为14.49亿元，上年为12.60亿元。", []),
    ("全县旅游收入为14.49亿元，上年为16.20亿元。", ["restated-figure"]),
    ("全县旅游收入由上年的16.20亿元增至14.49亿元。", ["restated-figure"]),
    ("全县旅游收入比2022年的16.20亿元减少1.71亿元，为14.49亿元。", ["restated-figure"]),
    ("全县粮食产量为14.49万吨，比上年增长25%。", []),  # another quantity: nothing to hold it against
    ("新建口袋公园23处，比上年多3处。", []),
    ("新建口袋公园23处，比上年多5处。", ["growth-mismatch"]),
    ("口袋公园新建23处，较2020年增长一倍以上。", []),  # another year
    ("全县旅游收入为14.49亿元，按可比口径比上年增长25%。", []),
    ("水质达标率96.4%，比上年提高2.3个百分点。", []),
    ("水质达标率96.4%，比上年提高3.3个百分点。", ["growth-mismatch"]),
    ("滨江文化馆获评省级示范文化馆。", ["recycled-achievement"]),
    ("滨江文化馆荣获省级示范文化馆称号。", ["recycled-achievement"]),
    ("滨江文化馆上年获评省级示范文化馆，今年继续开放。", []),
]


@pytest.mark.parametrize(("text", "codes"), YEARS)
def test_a_sentence_against_last_year_s_report(text: str, codes: list[str], tmp_path: Path) -> None:
    audits = []
    for year, words in (("2022", LAST), ("2023", text)):
        folder = tmp_path / year
        folder.mkdir()
        audits.append(audit_report(read(write(folder, f"1.旅游发展。{words}", head=HEAD.replace("2023", year)))))
    result = compare(*audits)
    assert not result.revision
    assert [f.code for f in result.findings] == codes
