"""The command line: exit statuses, one clear line for what cannot be used, JSON as the contract has it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from audit.cli import main
from tests.gold import FIXTURES

CLEAN, PLANTED = str(FIXTURES / "binjiang-2021" / "report.txt"), str(FIXTURES / "linhu-2022" / "report.txt")


def test_exit_status_tells_whether_an_error_was_found(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["audit", CLEAN]) == 0
    assert main(["audit", PLANTED]) == 1
    assert "复核" in capsys.readouterr().out


@pytest.mark.parametrize(("name", "content"), [("没有.pdf", None), ("空.txt", b""), ("假.pdf", b"\xff\xd8\xff\xe0junk"), ("乱.bin", bytes(range(256)))])
def test_bad_input_is_one_line_and_status_2(name: str, content: bytes | None, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / name
    if content is not None:
        file.write_bytes(content)
    assert main(["audit", str(file)]) == 2
    err = capsys.readouterr().err
    assert err.count("\n") == 1 and name in err and "Traceback" not in err


def test_an_unknown_scheme_or_command_is_status_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["audit", CLEAN, "--scheme", "没有的方案"]) == 2
    with pytest.raises(SystemExit) as stop:
        main(["xyz"])
    assert stop.value.code == 2
    assert all(line.startswith("fuhe") for line in capsys.readouterr().err.splitlines())


def test_a_report_without_a_table_is_read_and_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "正文.txt"
    file.write_text("清源县2023年度自评报告\n\n全年新建绿地6.5公顷，改造公园3个，植树1.2万株，养护古树45棵，投入560万元。\n", encoding="utf8")
    assert main(["audit", str(file), "--json", "-"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["coverage"]["figures"] == 5
    assert [f["code"] for f in data["findings"]] == ["no-score-table"]
    assert main(["audit", str(file)]) == 0
    assert "未复核得分" in capsys.readouterr().out


@pytest.mark.parametrize("command", ["audit", "extract", "rules"])
def test_what_is_no_report_is_refused_in_one_line(command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "通知.txt"
    file.write_text("关于召开会议的通知\n\n定于3月5日召开会议，每个单位2人参加，会期1天。\n", encoding="utf8")
    assert main([command, str(file), "--json", "-"]) == 2
    out, err = capsys.readouterr()
    assert not out and len(err.strip().splitlines()) == 1 and "通知.txt" in err


def test_what_is_no_report_is_refused_whatever_is_asked_for(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file, junit = tmp_path / "说明.txt", tmp_path / "结果.xml"
    file.write_text("请查收附件，共3份。", encoding="utf8")
    assert main(["audit", str(file), "--junit", str(junit)]) == 2
    assert "不像自查报告" in capsys.readouterr().err and not junit.exists()


def test_the_command_may_be_left_out_and_files_may_be_several(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, source in (("甲.txt", CLEAN), ("乙.txt", PLANTED)):
        (tmp_path / name).write_bytes(Path(source).read_bytes())
    assert main([str(tmp_path / "甲.txt")]) == 0
    assert main([str(tmp_path / "*.txt"), "--json", str(tmp_path / "全部.json")]) == 1
    assert len(json.loads((tmp_path / "全部.json").read_text(encoding="utf8"))["audits"]) == 2
    (tmp_path / "丙.txt").write_text("无", encoding="utf8")
    capsys.readouterr()
    assert main([str(tmp_path / "*.txt")]) == 2
    captured = capsys.readouterr()
    assert "丙.txt" in captured.err and "滨江" in captured.out and captured.err.count("\n") == 1


@pytest.mark.parametrize("call", [["--help"], ["audit", "--help"], ["review", "new", "--help"], ["audit"], ["audit", "x.txt", "--fail-on", "often"],
                                  ["audit", "x.txt", "--unknown", "x"], ["audit", "x.txt", "--full=1"], ["nothing"]])
def test_the_command_speaks_one_language_to_the_last_word(call: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    for lang in ("zh", "en"):
        with pytest.raises(SystemExit):
            main([*call, "--lang", lang])
        captured = capsys.readouterr()
        text = re.sub(r"--?[a-z-]+|\{[a-z,]+\}|'[a-z-]+'|“[^”]*”|[A-Za-z.]*\.?(?:fuhe|docx|DOCX|PDF|OFD|JSON|YAML|XML|SARIF|GitHub|Word|JUnit)\S*|"
                      r"\b(?:annex|audit|review|template|batch|new|extract|rules|scheme|explain|diff|years|check|import|reply)\b", " ", captured.out + captured.err)
        if lang == "zh":
            assert not re.findall(r"[a-z]{5,}", text), text
        else:
            assert not re.findall(r"[一-鿿]", text.replace("复核", "")), text


def test_version_for_machines(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0 and capsys.readouterr().out.startswith("fuhe ")
    assert main(["--version", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["name"] == "fuhe"


def test_explain_knows_the_titles(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "总分不符"]) == 0
    assert "total-mismatch" in capsys.readouterr().out


def test_json_on_standard_output_is_nothing_but_json(capsys: pytest.CaptureFixture[str]) -> None:
    for command in (["extract", PLANTED], ["rules", PLANTED], ["diff", str(FIXTURES / "linhu-2021" / "report.txt"), PLANTED]):
        main([*command, "--json", "-"])
        assert isinstance(json.loads(capsys.readouterr().out), dict)


@pytest.mark.parametrize("command", ["audit", "extract", "rules"])
def test_a_directory_is_no_report(command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([command, str(tmp_path)]) == 2
    err = capsys.readouterr().err
    assert err.count("\n") == 1 and str(tmp_path) in err


def test_diff_and_batch_refuse_what_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", CLEAN, str(tmp_path / "没有.txt")]) == 2
    assert main(["batch", str(tmp_path / "没有")]) == 2
    assert main(["batch", CLEAN]) == 2
    assert capsys.readouterr().err.count("\n") == 3


def test_a_scheme_file_that_is_none_is_status_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    scheme = tmp_path / "方案.yaml"
    scheme.write_text("- 不是方案\n", encoding="utf8")
    assert main(["audit", CLEAN, "--scheme", str(scheme)]) == 2
    assert "方案.yaml" in capsys.readouterr().err


def test_json_goes_to_a_file_and_a_folder_that_is_not_there_is_status_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "结果.json"
    assert main(["audit", PLANTED, "--json", str(target)]) == 1
    data = json.loads(target.read_text(encoding="utf8"))
    assert any(f["severity"] == "error" for f in data["findings"])
    assert all(isinstance(i["low"], str) for i in data["indicators"])
    assert main(["audit", PLANTED, "--json", str(tmp_path / "没有" / "结果.json")]) == 1
    assert (tmp_path / "没有" / "结果.json").exists() and "已写出" in capsys.readouterr().err


def test_reports_that_have_nothing_in_common_are_not_compared(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old = str(FIXTURES / "linhu-2021" / "report.txt")
    assert main(["diff", PLANTED, old]) == 2
    assert "年度倒置" in capsys.readouterr().err
    assert main(["diff", PLANTED, old, "--force"]) in (0, 1)
    other = tmp_path / "学校.txt"
    other.write_text("柳湾县2022年度校园建设自评报告\n\n全年新建校舍6.5公顷，改造食堂12座，整治操场30处，栽种乔木4500株，拆除违建210处。\n", encoding="utf8")
    capsys.readouterr()
    assert main(["diff", old, str(other)]) == 2
    err = capsys.readouterr().err
    assert "柳湾县" in err and "临湖区" in err and err.count("\n") == 1
    assert main(["diff", old, str(FIXTURES / "binjiang-2021" / "report.txt")]) in (0, 1)  # two districts of one programme


@pytest.mark.parametrize(("typed", "meant"), [("audti", "audit"), ("bacth", "batch"), ("reveiw", "review")])
def test_a_slip_in_a_command_is_told_as_such(typed: str, meant: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([typed, "报告.txt"]) == 2
    said = capsys.readouterr().err
    assert "不认识的命令" in said and meant in said and said.count("\n") == 1
