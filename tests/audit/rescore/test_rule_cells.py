"""Rule cells of many trades with one sentence of a report each: the interval that a careful reader gives, and no error where the claim lies in it.

A line of cells/*.txt: name | weight | claimed | low | high | rule | sentence, under the trade that its report is of.
"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from audit.pipeline import audit_report
from extractor.readers import read_bytes
from extractor.report import build

FOLDER = Path(__file__).parent / "cells"
NUMBERS = "一二三四五六七八九十"
SCORE_CODES = ("score-mismatch", "unattainable-score")


def trades(name: str) -> list[tuple[str, list[list[str]]]]:
    """The trades of a file with their cells."""
    out: list[tuple[str, list[list[str]]]] = []
    for line in (FOLDER / f"{name}.txt").read_text("utf8").splitlines():
        if line.startswith("#"):
            out.append((line[1:].strip(), []))
        elif line.strip():
            out[-1][1].append(line.strip().split("|"))
    return out


def written(trade: str, cells: list[list[str]]) -> str:
    """The report of a trade, with its annex."""
    told = "\n\n".join(f"{NUMBERS[k]}、{c[0]}工作情况\n\n{c[6]}" for k, c in enumerate(cells))
    rows = "\n".join(f"{k}\t{c[0]}\t{c[1]}\t{c[5]}\t{c[2]}" for k, c in enumerate(cells, 1))
    whole, claimed = (sum((Decimal(c[n]) for c in cells), Decimal(0)) for n in (1, 2))
    return (f"临河县2023年度{trade}工作自查报告\n\n市考核办：\n\n根据市考核办通知要求，现将我县2023年度{trade}工作自查情况报告如下。\n\n{told}\n\n附件：自评表\n\n"
            f"临河县2023年度{trade}工作自评表\n\n序号\t考核指标\t分值\t评分标准\t自评分\n{rows}\n\t合计\t{whole}\t\t{claimed}\n")


@pytest.mark.parametrize(("name", "missed"), [("first", 1), ("second", 0), ("third", 0), ("fourth", 4), ("fifth", 1), ("beyond", 0)])
def test_cells_get_the_interval_that_a_reader_gives_them(name: str, missed: int) -> None:
    """The wrong ones are listed; no more than before."""
    wrong, accused = [], []
    for trade, cells in trades(name):
        audit = audit_report(build(read_bytes("r.txt", written(trade, cells).encode())))
        assert len(audit.indicators) == len(cells), trade
        for got, c in zip(audit.indicators, cells, strict=True):
            low, high, claimed = Decimal(c[3]), Decimal(c[4]), Decimal(c[2])
            if (got.low, got.high) != (low, high):
                wrong.append(f"{trade} {c[0]}: {got.low}..{got.high}, not {low}..{high}")
            found = [f for f in audit.findings if f.indicator == got.row.no and f.severity == "error" and f.code in SCORE_CODES]
            if found and low <= claimed <= high:
                accused.append(f"{trade} {c[0]}")
    assert not accused
    assert len(wrong) <= missed, "\n".join(wrong)
