"""The lines of a report outside its score table."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.report import Report
from patterns import expressions as re


def lines(report: Report) -> Iterator[tuple[int, int]]:
    """The lines of the narrative, as (start, end)."""
    table = report.table
    for m in re.finditer(r"[^\n]+", report.text):
        if table.holds(m.start()):
            continue
        yield m.span()
