"""Several years as pandas frames, one row per thing and year. Numbers are Float64 (the exact decimals stay in the table)."""

from __future__ import annotations

from collections.abc import Sequence

import pandas

from audit.diff.model import section
from audit.frames import typed
from audit.years.model import YearsTable

INDICATOR_COLUMNS = ("name", "year", "no", "weight", "claimed", "low", "high", "proposed", "verdict", "changes")
QUANTITY_COLUMNS = ("name", "unit", "year", "value", "printed", "growth", "text", "section", "page")
QUESTION_COLUMNS = ("kind", "quantity", "from", "to", "message", "old", "new")
NUMBERS = ("weight", "claimed", "low", "high", "proposed", "value", "printed", "growth")
WHOLE = ("year", "no", "page", "from", "to")
REPEATED = ("verdict", "unit", "kind")


def indicators_frame(table: YearsTable) -> pandas.DataFrame:
    """name (as the latest report has it), year, no, weight, claimed, low, high, proposed, verdict, changes (a tuple)."""
    rows = []
    for line in table.indicators:
        for year, r in sorted(line.results.items()):
            change = line.changes.get(year)
            ways = () if change is None else tuple(dict.fromkeys((*change.ways, *([change.rule.tendency] if change.rule else ()))))
            rows.append((line.name, year, r.no, r.row.weight, r.row.claimed, r.low, r.high, r.proposed, r.verdict, ways))
    return _typed(rows, INDICATOR_COLUMNS)


def quantities_frame(table: YearsTable) -> pandas.DataFrame:
    """name, unit (as printed that year), year, value (in the base unit), printed (the number as printed), growth (% on the year before,
    points for percentages), text, section, page."""
    rows = [(line.name, c.figure.unit, year, c.value, c.figure.number, c.percent, c.figure.text, section(c.audit, c.figure),
             c.audit.report.document.page(c.figure.start)) for line in table.quantities for year, c in sorted(line.cells.items())]
    return _typed(rows, QUANTITY_COLUMNS)


def questions_frame(table: YearsTable, lang: str = "zh") -> pandas.DataFrame:
    """kind (jump, unit, definition), quantity, from, to, message, and the sentences of both years."""
    return _typed([(q.kind, line.name, *q.years, q.message.text(lang), q.old.text, q.new.text) for line, q in table.questions], QUESTION_COLUMNS)


def _typed(rows: Sequence[tuple[object, ...]], columns: tuple[str, ...]) -> pandas.DataFrame:
    return typed(rows, columns, NUMBERS, WHOLE, REPEATED)
