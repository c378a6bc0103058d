"""Checks that need the compiled rules, on a small report."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

from extractor import read
from extractor.report import Report
from patterns.clause import CompiledRule
from patterns.rules import compile_rule
from tests.small import write


def compiled(folder: Path, text: str, *rows: Sequence[str], after: str = "") -> tuple[Report, list[CompiledRule]]:
    """The report and its rules."""
    report = read(write(folder, text, *rows, after=after))
    return report, [compile_rule(r.rule.text, r.weight or Decimal(0)) for r in report.table.rows]
