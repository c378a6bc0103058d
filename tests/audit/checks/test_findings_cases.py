"""Sentences of a report and what the arithmetic says of them (tests/cases/findings.txt): what is right stays silent, a slip is found once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from audit.checks.arithmetic import check_arithmetic
from audit.model import Finding
from extractor import read

HEAD = "云溪县人民政府\n\n云溪县2023年度重点工作自查报告\n\n一、工作情况\n\n"
MARK = {"error": "!", "warning": "?"}


def cases() -> Iterator[Any]:
    """(text, what is wanted) of each line; a line that begins with ~ is not read rightly yet."""
    for line in (Path(__file__).parents[2] / "cases" / "findings.txt").read_text(encoding="utf8").splitlines():
        if line.strip() and not line.startswith("#"):
            text, wanted = line.removeprefix("~ ").split(" => ")
            yield pytest.param(text.strip(), wanted.strip(), marks=[pytest.mark.xfail(strict=True)] if line.startswith("~ ") else [])


def findings(folder: Path, text: str) -> list[Finding]:
    file = folder / "report.txt"
    file.write_text(HEAD + text.replace("｜", "\n\n") + "\n", encoding="utf8")
    return check_arithmetic(read(file))


@pytest.mark.parametrize(("text", "wanted"), list(cases()))
def test_what_is_said_of_a_sentence(tmp_path: Path, text: str, wanted: str) -> None:
    found = findings(tmp_path, text)
    marks = [] if wanted == "-" else wanted.split()
    assert [f.code + (MARK[f.severity] if m[-1:] in ("!", "?") else "") for f, m in zip(found, marks or [""] * len(found), strict=False)] == marks \
        and len(found) == len(marks), [(f.code, f.severity, f.message.text()) for f in found]
