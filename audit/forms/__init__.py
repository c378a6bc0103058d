"""Self-score forms (绩效自评表): every row rescored by goal and result, the funds by their own arithmetic.

Method: the scheme national/2020 (财预〔2020〕10号), whose numbers stand in patterns/schemes; what the form itself says goes first.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from audit.forms.funds import funds_findings, rate_result
from audit.forms.rows import decimals, row_findings, row_result
from audit.model import Finding, IndicatorResult
from extractor.report import Report
from patterns.clause import CompiledRule

if TYPE_CHECKING:
    from patterns.scheme import Scheme

SCHEME = "national/2020"


def rescore_forms(report: Report, rules: Sequence[CompiledRule], scheme: Scheme) -> tuple[list[IndicatorResult], list[Finding]]:
    """Every row of the forms rescored, and what does not follow.

    rules: the compiled rules of report.table.rows, in order; a row without one gets the scheme's. scheme: one with a method.
    The findings are score-mismatch, unsupported-claim, estimate-only, percentage-mismatch and parts-mismatch.
    """
    results: list[IndicatorResult] = []
    findings: list[Finding] = []
    places = {form: max((decimals(r.claimed) for r in report.table.rows if r.form == form and r.claimed is not None), default=0)
              for form in {r.form for r in report.table.rows}}
    of = {no: form for form in report.table.forms for no in range(form.rows[0], form.rows[1] + 1)}
    for row, rule in zip(report.table.rows, rules, strict=True):
        form = of.get(row.no)
        if form is not None and row.no == form.funds_row:
            result, found = rate_result(report, row, form, scheme, places[row.form])
        else:
            judged = row_result(report, row, rule, scheme, places[row.form])
            result, found = judged.result, row_findings(report, judged)
        results.append(result)
        findings += found
    for form in report.table.forms:
        findings += funds_findings(report, form)
    return results, findings
