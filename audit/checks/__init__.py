"""The checks that need no rescoring: one module per family of finding."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from audit.checks.accounts import check_accounts
from audit.checks.arithmetic import check_arithmetic
from audit.checks.claims import check_claims
from audit.checks.dates import check_dates
from audit.checks.references import check_references
from audit.checks.rule_checks import check_rules
from audit.checks.totals import check_totals
from audit.checks.weights import check_scheme
from audit.messages import message
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
    return [
        *check_totals(report, rules),
        *check_scheme(report, rules, scheme, district_class),
        *check_arithmetic(report),
        *check_accounts(report),
        *check_dates(report, results),
        *check_claims(report, results),
        *check_references(report, rules, district_class),
        *check_rules(report, rules, district_class),
        *unread(report),
    ]


def unread(report: Report) -> list[Finding]:
    """What could not be read, so that silence about it is not taken for soundness: a whole page is a warning, a smaller thing is mentioned."""
    return [Finding("unread", "info" if p.page is None else "warning", None, message("checks.unread", what=p.what, page=p.page or "–"), ())
            for p in report.document.problems]
