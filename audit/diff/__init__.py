"""Two audited reports of one district, year against year, or a report against a corrected version of itself."""

from __future__ import annotations

from audit.diff.achievements import recycled_findings
from audit.diff.bases import restated_findings
from audit.diff.growths import growth_findings
from audit.diff.indicators import compare_indicators
from audit.diff.links import Years, pair_figures
from audit.diff.model import Difference
from audit.diff.passages import repeated
from audit.model import Audit

__all__ = ["Difference", "compare"]


def compare(old: Audit, new: Audit) -> Difference:
    """Hold a new report against an old one.

    Where both are of one year, the new one is taken for a corrected version: nothing is said of growth, restated figures or
    repeated words.
    """
    revision = old.report.year is not None and old.report.year == new.report.year
    years = Years(old.report, new.report)
    findings = []
    if not revision:
        findings = [*growth_findings(years), *restated_findings(years), *recycled_findings(old.report, new.report)]
        findings.sort(key=lambda f: (("error", "warning", "info").index(f.severity), f.quotes[0].start))
    return Difference(
        old=old, new=new, revision=revision,
        indicators=compare_indicators(old.indicators, new.indicators),
        figures=pair_figures(years),
        repeated=() if revision else repeated(old.report, new.report),
        findings=tuple(findings),
    )
