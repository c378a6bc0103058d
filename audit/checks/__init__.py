"""The checks that need no rescoring: one module per family of finding."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from audit.checks.conflicts import check_conflicts
from audit.checks.counts import check_counts
from audit.checks.parts import check_parts
from audit.checks.shares import check_shares
from audit.checks.totals import check_scheme, check_totals
from audit.model import Finding, IndicatorResult
from extractor.report import Report
from patterns.clause import CompiledRule

if TYPE_CHECKING:
    from patterns.scheme import Scheme


def run_checks(report: Report, rules: Sequence[CompiledRule], results: Sequence[IndicatorResult], scheme: Scheme | None,
               district_class: str) -> list[Finding]:
    """Every finding that needs no rescoring.

    rules: the compiled rules of report.table.rows, in order. results: the rescored indicators, empty where there are none.
    scheme: the scheme to hold the annex against, or None. district_class: "central" or "other".
    """
    return [*check_totals(report), *check_scheme(report, rules, scheme, district_class), *check_parts(report), *check_shares(report), *check_counts(report), *check_conflicts(report)]
