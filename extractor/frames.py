"""Report -> pandas frames for analysts. Columns and their meaning are the *_COLUMNS below; numbers are Decimal, never float."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from extractor.report import Report

FIGURE_COLUMNS = {
    "value": "the number as written, without separators (text; 1:0.5 for a ratio)",
    "high": "the upper end of a range (text), or None",
    "unit": "unit or counting word, with its 万 or 亿",
    "number": "value as Decimal, None for a ratio",
    "base": "number in base_unit (Decimal), for comparing",
    "base_unit": "the base unit of its dimension; empty for shares",
    "bound": ">=, >, <=, <, ~ or empty",
    "role": "actual, target, change, limit",
    "modality": "fact, forecast, plan, cumulative",
    "subject": "what the figure counts",
    "period": "the period it speaks of, as written",
    "section": "numbers and titles of the headings above it",
    "text": "the exact characters",
    "sentence": "the sentence it stands in",
    "page": "page from 1, None for formats without pages",
    "start": "index of its first character in the document's text",
    "end": "index after its last character",
}
CITATION_COLUMNS = {
    "number": "document number as written, or None",
    "title": "title without 《》, or None",
    "year": "year of the number, else of the title",
    "text": "the exact characters",
    "page": "page from 1, None for formats without pages",
    "start": "index of its first character in the document's text",
    "end": "index after its last character",
}
INDICATOR_COLUMNS = {
    "no": "number of the indicator, from 1",
    "domain": "domain (主要领域)",
    "weight": "weight (分值), Decimal",
    "name": "indicator (评价指标)",
    "rule": "rule (评分标准)",
    "lead": "lead department (牵头评价部门)",
    "claimed": "claimed score (自评分), Decimal",
    "page": "page from 1, None for formats without pages",
}


def figures_frame(report: Report) -> pd.DataFrame:
    """One row per cited figure, in reading order; columns FIGURE_COLUMNS."""
    rows = [(f.value, f.high, f.unit, f.number, f.base, f.base_unit, f.bound, f.role, f.modality, f.subject, f.period,
             report.section_name(f.section), f.text, report.sentence_text(f.sentence), report.document.page(f.start), f.start, f.end)
            for f in report.figures]
    return _frame(report, rows, list(FIGURE_COLUMNS), ("page",))


def citations_frame(report: Report) -> pd.DataFrame:
    """One row per cited document, in reading order; columns CITATION_COLUMNS."""
    rows = [(c.number, c.title, c.year, c.text, report.document.page(c.start), c.start, c.end) for c in report.citations]
    return _frame(report, rows, list(CITATION_COLUMNS), ("year", "page"))


def indicators_frame(report: Report) -> pd.DataFrame:
    """One row per indicator of the annex; columns INDICATOR_COLUMNS."""
    rows = [(r.no, r.domain.text, r.weight, r.name.text, r.rule.text, r.lead.text, r.claimed, report.document.page(r.name.start))
            for r in report.table.rows]
    return _frame(report, rows, list(INDICATOR_COLUMNS), ("page",))


def _frame(report: Report, rows: Sequence[tuple[object, ...]], columns: list[str], whole: tuple[str, ...]) -> pd.DataFrame:
    """A frame whose whole-number columns with gaps are pandas' Int64, not float; words of the document as it prints them."""
    if report.document.printed:
        rows = [tuple(report.document.as_printed(v, name) for name, v in zip(columns, row, strict=True)) for row in rows]
    frame = pd.DataFrame(rows, columns=columns)
    return frame.astype(dict.fromkeys(whole, "Int64"))
