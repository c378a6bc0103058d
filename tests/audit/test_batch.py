"""A folder of reports: one that fails is a row, one that did not change is not audited again."""

from __future__ import annotations

import json
import multiprocessing
import os
import re
import shutil
from decimal import Decimal
from pathlib import Path
from urllib.parse import unquote

import pytest

import audit
from audit import batch
from audit.batch import pool, work
from audit.batch.store import Store, pack
from patterns.errors import UnusableInput
from tests.gold import FIXTURES
from tests.small import write


@pytest.fixture(autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FUHE_CACHE", str(tmp_path_factory.mktemp("cache")))


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
    [group] = result.groups
    rows = {e.file: by_claimed for e, by_claimed, _ in group.ranking}
    assert rows == {"linhu-2021.txt": 1, "binjiang-2021.txt": 2}
    assert [batch.proposed(e) for e, _, _ in group.ranking] == sorted((batch.proposed(e) for e in group.entries), reverse=True)


def test_only_like_is_ranked_with_like(tmp_path: Path) -> None:
    folder(tmp_path, "linhu-2021", "linhu-2022", "binjiang-2021")
    other = write(tmp_path, "1.安全。责任落实。", ("消防安全", "100", "消防安全责任落实的得100分。", "100"))
    other.rename(tmp_path / "消防.txt")
    groups = [sorted(e.file for e in g.entries) for g in batch.run(tmp_path, workers=1).groups]
    assert sorted(groups) == [["binjiang-2021.txt", "linhu-2021.txt"], ["linhu-2022.txt"], ["消防.txt"]]


def test_subfolders_are_read_and_what_is_left_out_is_told(tmp_path: Path) -> None:
    (tmp_path / "一区").mkdir()
    shutil.copy(FIXTURES / "linhu-2022" / "report.txt", tmp_path / "一区" / "报告.txt")
    (tmp_path / "二区.mht").write_bytes(b"MIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
                                         + (FIXTURES / "inputs" / "variants" / "h_span.html").read_bytes())
    (tmp_path / "说明.txt").write_text("请查收。", encoding="utf8")
    (tmp_path / "台账.xlsx").write_bytes(b"x")
    (tmp_path / "~$报告.docx").write_bytes(b"x")
    (tmp_path / "总览.html").write_text('<!DOCTYPE html><meta name="generator" content="fuhe">', encoding="utf8")
    result = batch.run(tmp_path, workers=1)
    assert sorted(e.file for e in result.entries) == ["一区/报告.txt", "二区.mht"]
    assert {s.file for s in result.skipped} == {"说明.txt", "台账.xlsx", "~$报告.docx", "总览.html"} and all(s.why for s in result.skipped)
    assert not list(tmp_path.rglob("*cache*"))  # results are kept elsewhere


def test_an_office_gets_its_files_and_each_ledger_goes_to_its_own_report(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from audit import review
    from audit.cli import main

    source, out, ledgers = tmp_path / "报告", tmp_path / "输出", tmp_path / "记录"
    source.mkdir()
    ledgers.mkdir()
    folder(source, "linhu-2022", "binjiang-2021")
    (source / "说明.txt").write_text("请查收。", encoding="utf8")
    result = audit.run(source / "linhu-2022.txt")
    error = next(f for f in result.findings if f.severity == "error")
    bound = review.binding_of(result)
    head = f"报告: {{区: {bound.district}, 年度: {bound.year}, 文件: {bound.file}}}\n复核人: 王敏\n"
    (ledgers / "临湖.yaml").write_text(head + f"决定: [{{问题: {error.fingerprint}, 处理: 认可, 理由: 属实}}]\n", encoding="utf8")
    (ledgers / "别区.yaml").write_text("报告: {区: 别区, 年度: 2021, 文件: 0000000000000000}\n决定: []\n", encoding="utf8")
    call = ["batch", str(source), "--out", str(out), "--review", str(ledgers), "--workers", "1", "--json", str(tmp_path / "全部.json"),
            "--sarif", str(tmp_path / "全部.sarif"), "--junit", str(tmp_path / "全部.xml")]
    assert main(call) == 1
    told = capsys.readouterr()
    assert "说明.txt" in told.out and "别区.yaml" in told.out and "总览" in told.err
    for name in ("linhu-2022", "binjiang-2021"):
        assert sorted(p.name for p in (out / name).iterdir()) == sorted(batch.PARTS.values())
    page = (out / "总览.html").read_text(encoding="utf8")
    hrefs = {h.partition("#")[0] for h in re.findall(r'href="([^"#][^"]*)"', page)}
    assert hrefs and all((out / unquote(h)).exists() for h in hrefs)
    data = json.loads((tmp_path / "全部.json").read_text(encoding="utf8"))
    assert {r["file"]: r["state"] for r in data["reports"]} == {"binjiang-2021.txt": None, "linhu-2022.txt": "待核"}
    assert len(json.loads((tmp_path / "全部.sarif").read_text(encoding="utf8"))["runs"][0]["artifacts"]) == 2
    assert (tmp_path / "全部.xml").read_text(encoding="utf8").count("<testsuite ") == 2
    assert main(["batch", str(source), "--out", str(source)]) == 2


def entry(name: str, claim: str, sentences: tuple[str, ...] = ()) -> batch.Entry:
    indicator = {"no": 1, "name": "指标", "domain": "", "weight": "2", "claimed": claim, "low": "0", "high": "2", "proposed": claim, "verdict": "partial"}
    facts = {"document": {"district": name, "year": 2021}, "indicators": [indicator], "rescored": {"low": "0", "high": "2", "proposed": claim},
             "findings": []}
    kept = Store()
    place = kept.put(pack({"audit": facts}, {"audit": facts, "sentences": list(sentences)}))
    return batch.Entry(f"{name}.txt", facts, "", batch.marks(sentences), store=kept, place=place)


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
    kept, = (Path(os.environ["FUHE_CACHE"]) / "batch").glob("*.bin")
    with monkeypatch.context() as patch:
        patch.setattr(work, "audit_file", lambda *a: pytest.fail("audited again"))
        second = batch.run(tmp_path, workers=1)
    assert [e.fresh for e in second.entries] == [False]
    assert second.to_json() == first.to_json()
    kept.write_text("{", encoding="utf8")
    assert [e.fresh for e in batch.run(tmp_path, workers=1).entries] == [True]
    assert [e.fresh for e in batch.run(tmp_path, batch.Job(scheme="annex"), workers=1).entries] == [True]  # another scheme, another result
    assert [e.fresh for e in batch.run(tmp_path, workers=1, use_cache=False).entries] == [True]


def test_a_fault_inside_is_a_row_and_stops_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
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


def test_the_text_of_a_run_is_its_json_whatever_the_number_of_reports(tmp_path: Path) -> None:
    folder(tmp_path, "linhu-2021", "linhu-2022")
    (tmp_path / "坏.pdf").write_bytes(b"%PDF-1.4 cut short")
    result = batch.run(tmp_path, workers=1)
    assert "".join(result.json_text()) == json.dumps(result.to_json(), ensure_ascii=False, indent=1) + "\n"
    none = batch.Batch((), (), ())
    assert json.loads("".join(none.json_text())) == none.to_json()


def test_several_processes_give_what_one_gives(tmp_path: Path) -> None:
    folder(tmp_path, "linhu-2021", "linhu-2022", "binjiang-2021")
    (tmp_path / "坏.pdf").write_bytes(b"%PDF-1.4 cut short")
    one, two = (batch.run(tmp_path, workers=n, use_cache=False) for n in (1, 2))
    assert "".join(one.json_text()) == "".join(two.json_text())


def test_a_process_that_dies_costs_its_file_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("甲", "乙", "丙"):
        write(tmp_path, "1.安全。责任落实。", ("消防安全", "100", "消防安全责任落实的得100分。", "100")).rename(tmp_path / f"{name}.txt")
    monkeypatch.setattr(pool, "_context", lambda: multiprocessing.get_context("fork"))
    real = audit.run
    monkeypatch.setattr(audit, "run", lambda path, **k: os._exit(9) if "乙" in str(path) else real(path, **k))
    by_name = {e.file: e for e in batch.run(tmp_path, workers=2, use_cache=False).entries}
    assert len(by_name) == 3 and by_name["甲.txt"].audit and by_name["丙.txt"].audit
    assert by_name["乙.txt"].audit is None and "进程中止" in by_name["乙.txt"].reason


def test_another_scheme_reads_no_file_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import extractor.readers

    folder(tmp_path, "linhu-2022")
    batch.run(tmp_path, workers=1)
    monkeypatch.setattr(extractor.readers, "read_bytes", lambda *a: pytest.fail("read again"))
    assert [e.fresh for e in batch.run(tmp_path, batch.Job(scheme="annex"), workers=1).entries] == [True]


def test_the_tables_are_by_programme_year_and_district_and_hold_each_report_once(tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    source, out = tmp_path / "报告", tmp_path / "表"
    source.mkdir()
    folder(source, "linhu-2021", "linhu-2022")
    result = batch.run(source, workers=1, parquet=str(out))
    before = sorted(p.relative_to(out) for p in out.rglob("*.parquet"))
    assert len(before) == 6 and all(p.parts[1].startswith("programme=") and p.parts[2].startswith("year=") for p in before)
    reports = parquet.read_table(out / "reports").to_pylist()
    assert sorted((r["file"], r["year"], r["proposed"]) for r in reports) == [
        (e.file, e.audit["document"]["year"], batch.proposed(e)) for e in result.entries if e.audit]
    indicators = parquet.read_table(out / "indicators").to_pylist()
    assert len(indicators) == sum(len(e.indicators) for e in result.entries)
    findings = parquet.read_table(out / "findings").to_pylist()
    assert len(findings) == sum(len(e.audit["findings"]) for e in result.entries if e.audit) and all(f["message"] for f in findings)
    batch.run(source, workers=1, parquet=str(out))
    assert sorted(p.relative_to(out) for p in out.rglob("*.parquet")) == before
    file = source / "linhu-2022.txt"
    file.write_text(file.read_text("utf8").replace("2022年", "2023年"), "utf8")
    batch.run(source, workers=1, parquet=str(out))
    again = sorted(p.relative_to(out) for p in out.rglob("*.parquet"))
    assert len(again) == 6 and again != before and not list(out.rglob("*.part"))
