"""More than two years of one district: indicators and quantities by year, and the breaks in a series as questions."""

from __future__ import annotations

from collections.abc import Sequence

from audit.diff import compare
from audit.diff.kin import refuse
from audit.model import Audit
from audit.years.model import Year, YearsTable
from audit.years.order import in_years
from audit.years.quantities import quantity_lines
from audit.years.rows import indicator_lines

__all__ = ["YearsTable", "compare_years"]


def compare_years(audits: Sequence[Audit], force: bool = False) -> YearsTable:
    """Reports of one district on different years, in whatever order, side by side.

    Raises patterns.errors.UnusableInput for fewer than two, for two of one year (fuhe diff compares a report with its corrected version), for
    one whose year is not told, and, unless force, for two of neither one district nor one programme.
    """
    ordered = in_years(audits)
    if not force:
        for old, new in zip(ordered, ordered[1:], strict=False):
            refuse(old, new)
    steps = tuple(compare(old, new) for old, new in zip(ordered, ordered[1:], strict=False))
    return YearsTable(tuple(Year(a.report.year or 0, a) for a in ordered), indicator_lines(ordered, steps), quantity_lines(steps), steps)
