"""Codes chosen and left out, a baseline, and a project's settings."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from audit import selection, settings
from audit.cli import main
from audit.model import Audit
from patterns.errors import UnusableInput
from tests.gold import FIXTURES

PLANTED = str(FIXTURES / "linhu-2022" / "report.txt")


def codes(audit: Audit, *, select: str | None = None, ignore: str | None = None, baseline: str | None = None) -> list[str]:
    return [f.code for f in selection.keep(audit.findings, selection.of(select, ignore, baseline))]


def test_codes_by_name_in_either_language(sample: Audit) -> None:
    assert codes(sample, select="分项与合计不符,missing-reference") == ["parts-mismatch", "missing-reference"]
    assert codes(sample, ignore="score-mismatch") == ["parts-mismatch", "missing-reference"]
    with pytest.raises(UnusableInput):
        codes(sample, select="没有这种")


def test_a_baseline_hides_what_it_holds_and_as_often(sample: Audit, tmp_path: Path) -> None:
    file = tmp_path / "基线.txt"
    file.write_text(selection.baseline([sample]), encoding="utf8")
    assert codes(sample, baseline=str(file)) == []
    wanted = selection.of(None, None, str(file))
    assert [f.code for f in selection.keep((*sample.findings, sample.findings[0]), wanted)] == ["score-mismatch"]


def test_a_baseline_on_the_command_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(tmp_path)
    assert main([PLANTED, "--write-baseline", "基线.txt"]) == 1
    assert main([PLANTED, "--baseline", "基线.txt"]) == 0
    Path("fuhe.toml").write_text('baseline = "基线.txt"\nlang = "en"\n', encoding="utf8")
    capsys.readouterr()
    assert main([PLANTED]) == 0
    assert "no errors found" in capsys.readouterr().out
    assert main([PLANTED, "--json", "基线.txt"]) == 2


def test_settings_are_found_above_and_checked(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[tool.fuhe]\nignore = ["anachronism"]\nscheme = "annex"\n[tool.fuhe.letter]\noffice = "市节能办"\n', encoding="utf8")
    below = tmp_path / "报告"
    below.mkdir()
    found = settings.find(below)
    assert found.values == {"ignore": "anachronism", "scheme": "annex"} and found.letter == {"office": "市节能办"}
    assert settings.as_arguments(found, "audit", ["audit", "x", "--scheme", "y"]) == ["audit", "--ignore", "anachronism", "x", "--scheme", "y"]
    (tmp_path / "pyproject.toml").write_text("[project]\nname = 'x'\n", encoding="utf8")
    assert settings.find(below).path != str(tmp_path / "pyproject.toml")
    for bad in ("schema = 'x'", "scheme = 3", "[letter]\nofice = 'x'", "scheme = "):
        (tmp_path / "fuhe.toml").write_text(bad + "\n", encoding="utf8")
        with pytest.raises(UnusableInput):
            settings.find(below)


def test_provenance_stands_in_the_machine_readable_outputs(tmp_path: Path) -> None:
    outputs = {o: tmp_path / f"a.{o}" for o in ("json", "sarif", "junit")}
    main([PLANTED, "--scheme", "annex", *(x for o, p in outputs.items() for x in (f"--{o}", str(p)))])
    said = json.loads(outputs["json"].read_text(encoding="utf8"))["provenance"]
    assert len(said["sha256"]) == 64 and said["scheme"] == "annex" and said["options"] == {"scheme": "annex"}
    assert said["sha256"] in outputs["junit"].read_text(encoding="utf8")
    run = json.loads(outputs["sarif"].read_text(encoding="utf8"))["runs"][0]
    assert run["artifacts"][0]["properties"]["provenance"] == said


def test_what_was_left_out_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "a.json"
    assert main(["audit", str(FIXTURES / "linhu-2022" / "report.txt"), "--select", "分项与合计不符", "--json", str(out)]) == 1
    assert json.loads(out.read_text(encoding="utf8"))["provenance"]["options"] == {"select": "分项与合计不符"}
    assert "按选项只看部分问题：--select 分项与合计不符" in capsys.readouterr().out
