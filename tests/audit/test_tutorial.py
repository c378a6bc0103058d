"""docs/tutorial.md is true: its commands are run one after another, as a first-time user would; so are the notebook's cells."""

from __future__ import annotations

import json
import re
import shlex
import shutil
from pathlib import Path

import openpyxl
import pytest
from docx import Document

from audit.cli import main
from tests.gold import FIXTURES

ROOT = Path(__file__).resolve().parents[2]


def fill(workbook: Path) -> None:
    """What the reviewer does in step 4: accepts every error, dismisses nothing."""
    book = openpyxl.load_workbook(workbook)
    sheet = book["问题"]
    heads = {c.value: c.column for c in sheet[1]}
    for row in range(2, sheet.max_row + 1):
        if sheet.cell(row, heads["程度"]).value == "错误":
            for name, text in {"复核决定": "认可", "复核理由": "已对照台账", "复核人": "王敏", "日期": "2024-03-01"}.items():
                sheet.cell(row, heads[name]).value = text
    book.save(workbook)


def test_from_the_first_look_to_a_signed_letter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("FUHE_CACHE", str(tmp_path / "cache"))
    shutil.copy(FIXTURES / "linhu-2022" / "report.txt", "报告.txt")
    Path("报告").mkdir()
    shutil.copy("报告.txt", "报告/临湖区.txt")
    text = (ROOT / "docs/tutorial.md").read_text("utf8")
    toml = re.search(r"```toml\n(.*?)```", text, re.S)
    assert toml is not None
    steps = re.findall(r"```sh\n(.*?)```|(<!-- fill -->)", text, re.S)
    commands = 0
    for block, mark in steps:
        if mark:
            fill(Path("输出/复核.xlsx"))
        for line in block.splitlines():
            if "--review" in line and not Path("fuhe.toml").exists():
                Path("fuhe.toml").write_text(toml.group(1), encoding="utf8")
            call = shlex.split(line)
            assert call[0] == "fuhe"
            assert main([*call[1:], *(["--workers", "1"] if call[1] == "batch" else [])]) in (0, 1), line
            commands += 1
    assert commands >= 9
    letter = "\n".join(p.text for p in Document("输出/复核意见.docx").paragraphs)
    for part in ("市节能工作领导小组办公室", "临湖区人民政府：", "2024年3月5日", "签发人：陈静", "节能办函〔2024〕7号", "2024年3月20日前"):
        assert part in letter, part
    assert "待审" not in letter and "{{" not in letter
    assert Path("输出/各区/总览.html").exists() and "签发" in Path("输出/各区/总览.html").read_text(encoding="utf8")


def test_the_notebook_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    cells = json.loads((ROOT / "docs/analysis.ipynb").read_text("utf8"))["cells"]
    names: dict[str, object] = {}
    for cell in cells:
        if cell["cell_type"] == "code":
            exec("".join(cell["source"]), names)
    totals = names["totals"]
    assert float(totals["claimed"]) == 103.75 and float(totals["proposed"]) > 0  # type: ignore[index]
    assert len(names["by_domain"]) > 3  # type: ignore[arg-type]


def test_scripts_are_well_formed_and_refuse_an_unknown_platform() -> None:
    import subprocess

    for script in ("scripts/wheelhouse", "scripts/setup", "scripts/test", "scripts/demo", ".ci/run"):
        subprocess.run(["bash", "-n", script], cwd=ROOT, check=True)
    done = subprocess.run(["bash", "scripts/wheelhouse", "amiga"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 2 and "amiga" in done.stderr
