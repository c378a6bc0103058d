"""The help that is shown before anything is imported is the parser's own; what a command does not need it does not load."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import audit.start
from audit.cli import _speaking, build_parser

ROOT = Path(__file__).parents[2]
HELP = ROOT / "audit" / "messages" / "zh" / "help.txt"


def test_the_help_is_the_parsers(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    with _speaking("zh"):
        told = build_parser().format_help()
    if request.config.getoption("--update-golden"):
        HELP.write_text(told, "utf8")
    assert HELP.read_text("utf8") == told


def test_help_needs_nothing(tmp_path: Path) -> None:
    code = ("import sys; before = set(sys.modules); from audit.start import main; status = main(['--help']); "
            "print(status, sorted(m for m in set(sys.modules) - before))")
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, check=True)
    *shown, last = done.stdout.decode("utf8").splitlines()
    assert "\n".join(shown).strip() == HELP.read_text("utf8").strip()
    assert last.startswith("0 ") and set(eval(last[2:])) <= {"audit", "audit.start", "__future__", "encodings.utf_8_sig"}


def test_settings_may_ask_for_another_language(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    below = tmp_path / "a" / "b"
    below.mkdir(parents=True)
    monkeypatch.chdir(below)
    (tmp_path / "pyproject.toml").write_text("[project]\nname = 'x'\n")
    assert not audit.start.settled(str(below))
    (tmp_path / "fuhe.toml").write_text('lang = "en"\n')
    assert audit.start.settled(str(below))
    with pytest.raises(SystemExit) as left:
        audit.start.main(["--help"])
    assert left.value.code == 0 and "re-checks self-check reports" in capsys.readouterr().out


@pytest.mark.parametrize(("command", "banned"), [
    ("extract", {"pandas", "numpy", "jieba", "openpyxl", "xlsxwriter", "docx", "rich", "rapidocr", "cv2", "onnxruntime", "yaml", "jinja2", "audit.pipeline"}),
    ("audit", {"pandas", "numpy", "jieba", "openpyxl", "xlsxwriter", "docx", "rapidocr", "cv2", "onnxruntime", "jinja2"})])
def test_a_command_loads_what_it_needs(command: str, banned: set[str], tmp_path: Path) -> None:
    report = ROOT / "fixtures" / "qingpu-2021" / "report.pdf"
    call = [command, str(report), "--json", str(tmp_path / "out.json")]
    code = f"import sys; from audit.start import main; main({call!r}); print('\\n@' + ' '.join(sys.modules))"
    for _ in range(2):  # the second run finds in the cache what the first had to make
        done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env={**os.environ, "FUHE_CACHE": str(tmp_path / "cache")}, capture_output=True,
                              check=True)
    loaded = set(done.stdout.decode("utf8").rpartition("\n@")[2].split())
    assert "extractor.report" in loaded and not banned & loaded


@pytest.mark.parametrize(("asked", "shown"), [("ascii", b"?"), ("gbk", "错误".encode("gbk")), ("ascii:backslashreplace", b"\\u9519")])
def test_an_encoding_that_lacks_a_character_is_no_traceback(asked: str, shown: bytes) -> None:
    report = ROOT / "fixtures" / "inputs" / "t_direction.txt"
    done = subprocess.run([sys.executable, "-m", "audit.cli", "audit", str(report)], cwd=ROOT, env={**os.environ, "PYTHONIOENCODING": asked, "PYTHONUTF8": "0"},
                          capture_output=True, check=False)
    assert done.returncode == 1 and shown in done.stdout and b"Traceback" not in done.stderr
