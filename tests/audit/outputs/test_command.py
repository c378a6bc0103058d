"""`fuhe audit` and `fuhe review`: files written, exit status, what goes to which stream."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from handmade import ledger_text

from audit.cli import main
from audit.model import Audit

OUTPUTS = ("html", "xlsx", "docx", "junit", "sarif")


@pytest.fixture
def given(sample: Audit, monkeypatch: pytest.MonkeyPatch) -> Audit:
    """The hand-made audit, whatever file is named."""
    for module in ("audit.commands.audit", "audit.commands.review"):
        monkeypatch.setattr(f"{module}.run_audit", lambda *a, **k: sample)
    return sample


def test_every_file_is_written_and_the_status_does_not_depend_on_it(given: Audit, tmp_path: Path) -> None:
    arguments = [x for o in OUTPUTS for x in (f"--{o}", str(tmp_path / f"复核.{o}"))]
    assert main(["audit", "x.txt"]) == main(["audit", "x.txt", *arguments]) == main(["audit", "x.txt", "--format", "github"]) == 1
    assert all((tmp_path / f"复核.{o}").stat().st_size > 500 for o in OUTPUTS)


@pytest.mark.parametrize(("severities", "fail_on", "status"), [
    ({"error"}, "error", 1), ({"warning"}, "error", 0), ({"warning"}, "warning", 1), ({"info"}, "warning", 0), ({"error"}, "never", 0)])
def test_fail_on(given: Audit, monkeypatch: pytest.MonkeyPatch, severities: set[str], fail_on: str, status: int) -> None:
    some = replace(given, findings=tuple(f for f in given.findings if f.severity in severities))
    monkeypatch.setattr("audit.commands.audit.run_audit", lambda *a, **k: some)
    for extra in ([], ["--format", "github"]):
        assert main(["audit", "x.txt", "--fail-on", fail_on, *extra]) == status


def test_standard_output_is_json_alone_when_asked_for(given: Audit, capsys: pytest.CaptureFixture[str]) -> None:
    main(["audit", "x.txt", "--json", "-", "--format", "github"])
    assert json.loads(capsys.readouterr().out)["claimed_total"] == "12"


def test_a_file_that_cannot_be_written_is_one_line_and_status_2(given: Audit, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for option in OUTPUTS:
        (tmp_path / "文件").write_text("x", encoding="utf8")
        assert main(["audit", "x.txt", f"--{option}", str(tmp_path / "文件" / f"x.{option}")]) == 2
        told = capsys.readouterr().err
        assert told.count("\n") == 1 and "文件" in told


def test_a_review_changes_the_status_and_expiry_is_loud(given: Audit, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ledger = tmp_path / "复核.yaml"
    ledger.write_text(ledger_text(given, "决定:\n  - {代码: score-mismatch, 处理: 驳回, 理由: 核过, 复核人: 王敏}\n"), encoding="utf8")
    assert main(["audit", "x.txt", "--review", str(ledger)]) == 0
    assert "王敏" in capsys.readouterr().out
    ledger.write_text(ledger_text(given, "决定:\n  - {问题: 000000000000, 处理: 驳回, 理由: 核过, 复核人: 王敏}\n"), encoding="utf8")
    assert main(["audit", "x.txt", "--review", str(ledger), "--json", "-"]) == 1
    captured = capsys.readouterr()
    assert f"{ledger}:3" in captured.err and json.loads(captured.out)["review"]["decisions"][0]["standing"] == "expired"


def test_review_new_check_and_import(given: Audit, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ledger, book = tmp_path / "复核.yaml", tmp_path / "复核.xlsx"
    assert main(["review", "new", "x.txt", "-o", str(ledger)]) == 0
    assert main(["review", "new", "x.txt", "-o", str(ledger)]) == 2  # a ledger that exists is not written over
    assert main(["review", "check", "x.txt", str(ledger)]) == 0
    main(["audit", "x.txt", "--xlsx", str(book)])
    capsys.readouterr()
    assert main(["review", "import", str(book)]) == 0
    assert "决定: []" in capsys.readouterr().out
    ledger.write_text(ledger_text(given, "决定:\n  - {指标: 99, 处理: 驳回, 理由: 核过, 复核人: 王敏}\n"), encoding="utf8")
    assert main(["review", "check", "x.txt", str(ledger)]) == 1
