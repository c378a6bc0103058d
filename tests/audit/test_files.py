"""No output of a call destroys what the call reads, and none is left half written."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from audit import files
from audit.cli import main
from patterns.errors import UnusableInput
from tests.gold import FIXTURES

TEXT = (FIXTURES / "binjiang-2021" / "report.txt").read_bytes()


@pytest.fixture
def report(tmp_path: Path) -> Path:
    file = tmp_path / "报告.txt"
    file.write_bytes(TEXT)
    return file


@pytest.mark.parametrize("name", ["报告.txt", "./报告.txt", "子/../报告.txt", "硬链接.txt", "软链接.txt"])
def test_an_output_over_the_report_is_refused_before_it_is_read(name: str, report: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
                                                                capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "子").mkdir()
    os.link(report, tmp_path / "硬链接.txt")
    (tmp_path / "软链接.txt").symlink_to(report)
    monkeypatch.setattr("audit.commands.audit.run_audit", lambda *a, **k: pytest.fail("was read"))
    for option in ("--json", "--sarif", "--junit", "--write-baseline"):
        assert main(["audit", str(report), option, os.path.join(tmp_path, name)]) == 2
        assert "覆盖" in capsys.readouterr().err
    assert report.read_bytes() == TEXT


def test_every_command_refuses(report: Path, tmp_path: Path) -> None:
    ledger = tmp_path / "记录.yaml"
    ledger.write_text("决定: []\n", encoding="utf8")
    for call in (["extract", report, "--json", report], ["rules", report, "--scheme-out", report], ["diff", report, ledger, "--json", ledger],
                 ["audit", report, "--review", ledger, "--json", ledger], ["review", "new", report, "-o", report],
                 ["batch", tmp_path, "--json", report]):
        assert main([str(c) for c in call]) == 2, call
    assert report.read_bytes() == TEXT and ledger.read_text(encoding="utf8") == "决定: []\n"


def test_two_outputs_to_one_place_and_a_wrong_ending_are_refused(report: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one = str(tmp_path / "a.json")
    for call in (["--json", one, "--sarif", one], ["--json", "-", "--sarif", "-"], ["--html", str(tmp_path / "a.txt")],
                 ["--xlsx", str(tmp_path / "a.docx")], ["--json", str(tmp_path)], ["--json", str(tmp_path / "a.pdf")]):
        assert main(["audit", str(report), *call]) == 2, call
        assert capsys.readouterr().err.count("\n") == 1
    assert [p.name for p in tmp_path.iterdir()] == ["报告.txt"]


def test_python_refuses_too(report: Path) -> None:
    import audit

    result = audit.run(report)
    for write in (result.to_html, result.to_xlsx, result.to_docx):
        with pytest.raises(UnusableInput):
            write(report)
    assert report.read_bytes() == TEXT


def test_a_failed_write_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "新" / "页.html"
    files.write(target, "旧")
    monkeypatch.setattr(os, "replace", lambda *a: (_ for _ in ()).throw(OSError(28, "No space left on device")))
    with pytest.raises(UnusableInput):
        files.write(target, "新")
    assert target.read_text(encoding="utf8") == "旧" and len(list(target.parent.iterdir())) == 1
