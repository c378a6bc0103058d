"""Evidence stands where it is quoted: deleting a paragraph moves only what quoted it, moving sections moves nothing."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

from audit.model import IndicatorResult
from audit.rescore import rescore
from extractor import read
from patterns.rules import compile_rule
from tests.gold import FIXTURES

KINDS = {"qingpu-2021": "other", "binjiang-2021": "central"}


def results(text: str, folder: Path, kind: str) -> list[IndicatorResult]:
    file = folder / "report.txt"
    file.write_text(text, encoding="utf8")
    report = read(file)
    rules = [compile_rule(r.rule.text, r.weight, r.name.text) for r in report.table.rows]
    return rescore(report, rules, None, kind)[0]


def state(item: IndicatorResult) -> tuple[object, ...]:
    return item.low, item.high, item.verdict


def squash(text: str) -> str:
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize(("name", "part"), [(n, k) for n in KINDS for k in range(4)])
def test_deleting_a_paragraph_moves_only_what_quoted_it(name: str, part: int, tmp_path: Path) -> None:
    lines = (FIXTURES / name / "report.txt").read_text(encoding="utf8").split("\n")
    annex = next(i for i, line in enumerate(lines) if "\t" in line)
    base = results("\n".join(lines), tmp_path, KINDS[name])
    paragraphs = [i for i, line in enumerate(lines[:annex]) if len(line) >= 40]
    quoted = stayed = 0
    for i in paragraphs[part::4]:
        now = results("\n".join(lines[:i] + lines[i + 1:]), tmp_path, KINDS[name])
        for before, after in zip(base, now, strict=True):
            if any(squash(e.quote.text) in squash(lines[i]) for e in before.evidence):
                if before.verdict in ("verified", "supported"):
                    quoted += 1
                    stayed += after.verdict in ("verified", "supported")
            else:
                assert state(before) == state(after), (lines[i][:30], before.no)
    # Some claims rest on two paragraphs that each say enough.
    assert stayed <= max(2, quoted // 8)


@pytest.mark.parametrize("name", KINDS)
def test_moving_sections_changes_no_verdict(name: str, tmp_path: Path) -> None:
    lines = (FIXTURES / name / "report.txt").read_text(encoding="utf8").split("\n")
    annex = next(i for i, line in enumerate(lines) if "\t" in line)
    end = next(i for i, line in enumerate(lines) if line.startswith(("特此报告", "备注")))
    heads = [i for i, line in enumerate(lines[:end]) if re.match("[一二三四]、", line)] + [end]
    sections = [lines[a:b] for a, b in zip(heads, heads[1:], strict=False)]
    base = [state(r) for r in results("\n".join(lines), tmp_path, KINDS[name])]
    for seed in range(3):
        moved = random.Random(seed).sample(sections, len(sections))
        text = "\n".join([*lines[:heads[0]], *(line for s in moved for line in s), *lines[end:annex], *lines[annex:]])
        assert [state(r) for r in results(text, tmp_path, KINDS[name])] == base
