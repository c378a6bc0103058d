"""Reports in the order of their years."""

from __future__ import annotations

from collections.abc import Sequence

from audit.model import Audit
from audit.words import plain
from patterns.errors import UnusableInput


def in_years(audits: Sequence[Audit]) -> list[Audit]:
    """The reports, the earliest first. Raises UnusableInput where they are no series of years."""
    if len(audits) < 2:
        where = audits[0].report.document.path if audits else "years"
        raise UnusableInput(where, "只有一份报告，逐年比对至少要两份 / one report only; a comparison of years needs two",
                            "再给出其他年度的报告 / name the reports of other years")
    for a in audits:
        if a.report.year is None:
            raise UnusableInput(a.report.document.path, "看不出报告是哪一年的 / the report's year is not told", "核对标题 / check the title")
    ordered = sorted(audits, key=lambda a: (a.report.year or 0, a.report.document.path))
    for a, b in zip(ordered, ordered[1:], strict=False):
        if a.report.year == b.report.year:
            raise UnusableInput(b.report.document.path, f"与 {plain(a.report.document.path)} 同为{a.report.year}年 / of the same year as {plain(a.report.document.path)}",
                                "改前改后的报告用 fuhe diff 比对 / compare a report with its corrected version by fuhe diff")
    return ordered
