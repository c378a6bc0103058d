"""An audit as pandas data frames. Numbers are Float64 (the exact decimals stay in the audit), what repeats is a category."""

from __future__ import annotations

from collections.abc import Sequence

import pandas

from audit.model import Audit
from audit.outputs.view import view

INDICATOR_COLUMNS = ("no", "domain", "name", "lead", "weight", "claimed", "proposed", "pending", "low", "high", "verdict", "reason", "quotes", "page",
                     "place", "decision", "reviewer")
FINDING_COLUMNS = ("severity", "code", "title", "indicator", "name", "lead", "message", "points", "quotes", "page", "place", "fingerprint", "decision")
NUMBERS = ("weight", "claimed", "proposed", "pending", "low", "high", "points")
WHOLE = ("page", "indicator")
REPEATED = ("domain", "lead", "verdict", "severity", "code", "title")


def indicators_frame(audit: Audit, lang: str = "zh") -> pandas.DataFrame:
    """One row per indicator, indexed by its number; claimed is missing where the cell holds no number. quotes is a tuple."""
    rows = [(i.no, i.domain, i.name, i.lead, i.weight, i.claimed, i.proposed, i.pending, i.low, i.high, i.verdict, i.reason,
             tuple(p.quote for p in i.passages), i.page, i.place, i.decision, i.decided_by) for i in view(audit, lang).indicators]
    return typed(rows, INDICATOR_COLUMNS).set_index("no")


def findings_frame(audit: Audit, lang: str = "zh") -> pandas.DataFrame:
    """One row per finding, worst first; indicator is missing for a finding about the report as a whole. quotes is a tuple."""
    rows = [(f.severity, f.code, f.title, f.no, f.indicator, f.lead, f.message, f.points, tuple(p.quote for p in f.passages), f.page, f.place,
             f.fingerprint, f.decision) for f in view(audit, lang).findings]
    return typed(rows, FINDING_COLUMNS)


def typed(rows: Sequence[tuple[object, ...]], columns: tuple[str, ...], numbers: tuple[str, ...] = NUMBERS, whole: tuple[str, ...] = WHOLE,
          repeated: tuple[str, ...] = REPEATED) -> pandas.DataFrame:
    """A frame whose columns have types of their own, also where it is empty or a column has gaps: numbers, whole numbers, what repeats."""
    frame = pandas.DataFrame(rows, columns=list(columns), dtype=object)
    for name in columns:
        if name in numbers:
            frame[name] = pandas.array([None if v is None else float(v) for v in frame[name]], dtype="Float64")
        elif name in whole:
            frame[name] = frame[name].astype("Int64")
        elif name in repeated:
            frame[name] = frame[name].astype("category")
    return frame
