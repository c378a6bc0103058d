"""A folder of reports: one that fails is a row, one that did not change is not audited again."""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path

import pytest

from audit import batch
from patterns.errors import UnusableInput
from tests.gold import FIXTURES
from tests.small import write


def folder(tmp_path: Path, *names: str) -> Path:
    for name in names:
        shutil.copy(FIXTURES / name / "report.txt", tmp_path / f"{name}.txt")
    return tmp_path


def test_a_broken_file_is_a_row_with_its_reason(tmp_path: Path) -> None:
    folder(tmp_path, "linhu-2022")
    (tmp_path / "坏.pdf").write_bytes(b"%PDF-1.4 cut short")
    result = batch.run(tmp_path, workers=1)
    by_name = {e.file: e for e in result.entries}
    assert by_name["linhu-2022.txt"].audit is not None
    assert by_name["坏.pdf"].audit is None and "坏.pdf" in by_name["坏.pdf"].reason


def test_a_second_run_audits_only_what_changed(tmp_path: Path) -> None:
    folder(tmp_path, "linhu-2021", "linhu-2022")
    first = batch.run(tmp_path, workers=1)
    assert all(e.fresh for e in first.entries)
    file = tmp_path / "linhu-2022.txt"
    file.write_text(file.read_text(encoding="utf8").replace("\t103.75", "\t103.7"), encoding="utf8")
    second = batch.run(tmp_path, workers=1)
    assert {e.file: e.fresh for e in second.entries} == {"linhu-2021.txt": False, "linhu-2022.txt": True}
    assert second.entries[0].audit == first.entries[0].audit


def test_a_claim_is_ranked_by_what_it_may_keep(tmp_path: Path) -> None:
    result = batch.run(folder(tmp_path, "linhu-2021", "binjiang-2021"), workers=1)
    rows = {e.file: (by_claimed, by_rescored) for e, by_claimed, by_rescored in batch.ranking(result.entries)}
    assert rows == {"linhu-2021.txt": (1, 2), "binjiang-2021.txt": (2, 1)}


def entry(name: str, claim: str, sentences: tuple[str, ...] = ()) -> batch.Entry:
    indicator = {"no": 1, "name": "指标", "domain": "", "weight": "2", "claimed": claim, "low": "0", "high": "2", "verdict": "partial"}
    return batch.Entry(f"{name}.txt", {"document": {"district": name, "year": 2021}, "indicators": [indicator], "findings": []}, "", sentences)


def test_a_claim_far_from_the_peers_is_an_outlier() -> None:
    entries = [entry(n, c) for n, c in (("甲区", "2"), ("乙区", "2"), ("丙区", "1.9"), ("丁区", "0.5"))]
    assert [(o.file, o.claimed) for o in batch.outliers(entries)] == [("丁区.txt", Decimal("0.5"))]


def test_a_sentence_of_two_districts_is_shared_and_one_district_s_own_is_not() -> None:
    words = "严把项目准入关口，对能耗强度高于行业先进水平的项目一律不予受理。"
    assert [s.files for s in batch.shared_sentences([entry("甲区", "2", (words,)), entry("乙区", "2", (words,))])] == [("甲区.txt", "乙区.txt")]
    assert list(batch.shared_sentences([entry("甲区", "2", (words,)), entry("甲区", "1", (words,))])) == []


def test_a_folder_without_reports_is_unusable(tmp_path: Path) -> None:
    with pytest.raises(UnusableInput):
        batch.run(tmp_path)


def test_a_second_run_takes_nothing_anew_and_a_damaged_cache_only_costs_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "1.安全。责任落实。", ("消防安全", "100", "消防安全责任落实的得100分。", "100"))
    first = batch.run(tmp_path, workers=1)
    kept, = (tmp_path / batch.CACHE).glob("*.json")
    with monkeypatch.context() as patch:
        patch.setattr(batch, "audit_file", lambda *a: pytest.fail("audited again"))
        second = batch.run(tmp_path, workers=1)
    assert [e.fresh for e in second.entries] == [False]
    assert second.to_json() == first.to_json()
    kept.write_text("{", encoding="utf8")
    assert [e.fresh for e in batch.run(tmp_path, workers=1).entries] == [True]
    assert [e.fresh for e in batch.run(tmp_path, scheme="annex", workers=1).entries] == [True]  # another scheme, another result
    assert [e.fresh for e in batch.run(tmp_path, workers=1, use_cache=False).entries] == [True]


def test_a_fault_inside_is_a_row_and_stops_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import audit

    good = write(tmp_path, "1.安全。责任落实。", ("消防安全", "100", "消防安全责任落实的得100分。", "100"))
    good.rename(tmp_path / "甲.txt")
    (tmp_path / "乙.txt").write_text("x", encoding="utf8")
    real = audit.run
    monkeypatch.setattr(audit, "run", lambda path, **k: 1 / 0 if "乙" in str(path) else real(path, **k))
    by_name = {e.file: e for e in batch.run(tmp_path, workers=1).entries}
    assert by_name["甲.txt"].audit is not None
    assert by_name["乙.txt"].audit is None and "ZeroDivisionError" in by_name["乙.txt"].reason


def test_few_peers_have_no_outliers() -> None:
    entries = [entry(n, c) for n, c in (("甲区", "2"), ("乙区", "2"), ("丁区", "0.5"))]
    assert list(batch.outliers(entries)) == []


def test_equal_sums_share_a_rank() -> None:
    rows = batch.ranking([entry("甲区", "2"), entry("乙区", "2"), entry("丙区", "1")])
    assert [(e.file, a, b) for e, a, b in rows] == [("乙区.txt", 1, 1), ("甲区.txt", 1, 1), ("丙区.txt", 3, 3)]


def test_how_far_a_claim_lies_outside_its_interval() -> None:
    assert [batch.over({"claimed": c, "low": "1", "high": "2"}) for c in ("3", "0.5", "1.5", "2")] == [1, Decimal("-0.5"), 0, 0]
