"""No output of a call destroys what the call reads, and none is left half written."""

from __future__ import annotations

import os
from datetime import datetime
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


def save_again(file: Path) -> bytes:
    """What an office program does to a file that a person edited; the bytes that are then there."""
    if file.suffix == ".xlsx":
        import openpyxl

        openpyxl.load_workbook(file).save(file)
    else:
        import docx

        opened = docx.Document(str(file))
        opened.core_properties.modified = datetime(2024, 3, 1)
        opened.save(str(file))
    return file.read_bytes()


@pytest.mark.parametrize(("option", "name"), [("--xlsx", "复核.xlsx"), ("--docx", "意见.docx"), ("--brief", "要点.docx")])
def test_what_a_person_edited_is_never_overwritten(option: str, name: str, report: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call, file = ["audit", str(report), option, str(tmp_path / name)], tmp_path / name
    assert main(call) in (0, 1)
    first = file.read_bytes()
    assert main(call) in (0, 1) and file.read_bytes() == first  # its own output is written anew
    edited = save_again(file)
    assert main(call) == 2 and "不覆盖" in capsys.readouterr().err
    assert file.read_bytes() == edited
    with pytest.raises(UnusableInput):
        files.write(file, b"x")


def test_a_template_and_another_report_are_never_overwritten(report: Path, tmp_path: Path) -> None:
    template = tmp_path / "模板.docx"
    assert main(["review", "template", "--docx", str(template)]) == 0
    edited = save_again(template)
    assert main(["review", "template", "--docx", str(template)]) == 2 and template.read_bytes() == edited
    for kind in ("docx", "pdf"):
        source, other, copy = tmp_path / f"甲.{kind}", tmp_path / f"乙.{kind}", tmp_path / f"甲-批注.{kind}"
        raw = (FIXTURES / "qingpu-2021" / f"report.{kind}").read_bytes()
        source.write_bytes(raw)
        other.write_bytes(raw)
        assert main(["audit", str(source), "--annotate", str(other)]) == 2 and other.read_bytes() == raw
        assert main(["audit", str(source), "--annotate", str(copy)]) == 1
        once = copy.read_bytes()
        assert main(["audit", str(source), "--annotate", str(copy)]) == 1 and copy.read_bytes() == once


def test_a_batch_leaves_what_a_person_edited_and_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source, out = tmp_path / "报告", tmp_path / "输出"
    source.mkdir()
    (source / "滨江区.txt").write_bytes(TEXT)
    call = ["batch", str(source), "--out", str(out), "--workers", "1"]
    assert main(call) in (0, 1)
    workbook, letter = out / "滨江区" / "复核.xlsx", out / "滨江区" / "复核意见.docx"
    edited, untouched = save_again(workbook), letter.read_bytes()
    capsys.readouterr()
    assert main(call) in (0, 1)
    assert workbook.read_bytes() == edited and letter.read_bytes() == untouched
    said = capsys.readouterr().err
    assert "保留原样" in said and str(workbook) in said and str(letter) not in said


@pytest.mark.parametrize("option", ["--html", "--docx", "--annotate"])
def test_what_fuhe_wrote_is_no_report(option: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    kind = {"--html": "html", "--docx": "docx", "--annotate": "pdf"}[option]
    source, own = tmp_path / "报告.pdf", tmp_path / f"写出.{kind}"
    source.write_bytes((FIXTURES / "qingpu-2021" / "report.pdf").read_bytes())
    assert main(["audit", str(source), option, str(own)]) == 1
    capsys.readouterr()
    assert main(["audit", str(own)]) == 2
    assert "是 fuhe 写出的" in capsys.readouterr().err
