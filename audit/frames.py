"""An audit as pandas data frames. Numbers stay Decimal, so that sums are exact."""

from __future__ import annotations

import pandas

from audit.model import Audit
from audit.outputs.view import view

INDICATOR_COLUMNS = ("no", "domain", "name", "lead", "weight", "claimed", "low", "high", "verdict", "reason", "quotes", "page", "decision")
FINDING_COLUMNS = ("severity", "code", "indicator", "name", "lead", "message", "points", "quotes", "page", "fingerprint", "decision")


def indicators_frame(audit: Audit, lang: str = "zh") -> pandas.DataFrame:
    """One row per indicator, indexed by its number; claimed is None where the cell holds no number. quotes is a tuple."""
    rows = [(i.no, i.domain, i.name, i.lead, i.weight, i.claimed, i.low, i.high, i.verdict, i.reason,
             tuple(p.quote for p in i.passages), i.page, i.decision) for i in view(audit, lang).indicators]
    return pandas.DataFrame(rows, columns=list(INDICATOR_COLUMNS), dtype=object).set_index("no")


def findings_frame(audit: Audit, lang: str = "zh") -> pandas.DataFrame:
    """One row per finding, worst first; indicator is None for a finding about the report as a whole. quotes is a tuple."""
    rows = [(f.severity, f.code, f.no, f.indicator, f.lead, f.message, f.points, tuple(p.quote for p in f.passages), f.page,
             f.fingerprint, f.decision) for f in view(audit, lang).findings]
    return pandas.DataFrame(rows, columns=list(FINDING_COLUMNS), dtype=object)
