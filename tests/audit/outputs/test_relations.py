"""`fuhe explain --relations`: what was understood, on the text."""

from __future__ import annotations

from pathlib import Path

import pytest

from audit.cli import main


def test_figures_are_numbered_and_slots_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """抽查45家，其中甲类30家、乙类15家；合格42家，合格率93.3%，比上年提高1.2个百分点。"""
    file = tmp_path / "report.txt"
    file.write_text("一、工作情况\n\n全年抽查45家，其中甲类30家、乙类15家；合格42家，合格率93.3%，比上年提高1.2个百分点。\n", encoding="utf8")
    assert main(["explain", "--relations", str(file)]) == 0
    out = capsys.readouterr().out
    assert "[0 45家]，其中甲类[1 30家]、乙类[2 15家]" in out
    assert "分项: 合计 [0 45家]; 各项 [1 30家] + [2 15家]" in out
    assert "占比: 部分 [3 42家]; 全体 [0 45家]" in out
    assert main(["explain", "--relations", str(file), "--lang", "en"]) == 0
    assert "share: part [3 42家]; whole [0 45家]" in capsys.readouterr().out


def test_a_report_without_relations_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "report.txt"
    file.write_text("全年开展培训12场。\n", encoding="utf8")
    assert main(["explain", "--relations", str(file)]) == 0
    assert "没有读出" in capsys.readouterr().out


def test_a_file_that_is_not_there_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "--relations", "nowhere.txt"]) == 2
    assert "Traceback" not in capsys.readouterr().err
