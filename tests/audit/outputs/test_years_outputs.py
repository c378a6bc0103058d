"""Several years for people: the command, the page with its charts, the workbook, both languages."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pytest

from audit.cli import main
from tests import five_years

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("out")
    (path / "reports").mkdir()
    five_years.write(path / "reports")
    return path


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_folder_gives_page_workbook_and_json(folder: Path, lang: str, capsys: pytest.CaptureFixture[str]) -> None:
    out = {kind: folder / f"{lang}.{kind}" for kind in ("json", "html", "xlsx")}
    assert main(["years", str(folder / "reports"), "--lang", lang, *(x for k, p in out.items() for x in (f"--{k}", str(p)))]) == 0
    shown = capsys.readouterr().out
    assert "2.35万立方米" in shown and ("口径" if lang == "zh" else "seems to have changed") in shown
    data = json.loads(out["json"].read_text("utf8"))
    assert [q["kind"] for q in data["questions"]] == ["jump", "unit", "definition"]
    assert data["quantities"][0]["years"]["2020"]["text"] == "18座"
    page = out["html"].read_text("utf8")
    assert "http://" not in page.replace("http://www.w3.org", "") and "https://" not in page and "<script" not in page
    charts = [ElementTree.fromstring(piece[:piece.index("</svg>") + 6]) for piece in ("<svg" + p for p in page.split("<svg")[1:])]
    assert len(charts) == 1 + len(data["quantities"]) + len(data["indicators"])
    broken = [c for c in charts if any(e.get("class") == "cut" for e in c)]
    assert len(broken) == 2  # the unit and the definition cut the line, the jump does not
    book = openpyxl.load_workbook(out["xlsx"])
    assert len(book.sheetnames) == 6
    digests = [hashlib.sha256(p.read_bytes()).hexdigest()[:16] for p in sorted((folder / "reports").iterdir())]
    sources = [row[0] for row in book.worksheets[-1].iter_rows(min_row=2, values_only=True)]
    assert len(sources) == len(digests) == 5 and all(d in s and d in page for d, s in zip(digests, sources, strict=True))
    values = list(book.worksheets[2].iter_rows(values_only=True))
    assert values[1][2:7] == (18, 21, 23, 25, 27)


def test_an_output_over_a_report_is_refused(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = folder / "reports" / "青禾县2020.txt"
    before = report.read_bytes()
    assert main(["years", str(folder / "reports"), "--html", str(report)]) == 2
    assert report.read_bytes() == before and len(capsys.readouterr().err.strip().splitlines()) == 1
