"""The annexed score table of a document."""

from __future__ import annotations

import re
from decimal import Decimal

from extractor.document import Cell, Document
from extractor.report import Field, Row, ScoreTable


def find_score_table(document: Document) -> ScoreTable | None:
    """The annex, None where the document has none."""
    def field(cell: Cell) -> Field:
        return Field(cell.text, cell.start, cell.end)

    def number(text: str) -> Decimal | None:
        return Decimal(text) if re.fullmatch(r"-?\d+(\.\d+)?", text) else None

    if not document.tables:
        return None
    table = document.tables[0]
    rows: list[Row] = []
    total = None
    domain = lead = Cell("", 0, 0)
    for cells in table.rows[1:]:
        if cells[0].text == "合计":
            total = cells[5]
            continue
        if cells[0].text:
            domain, lead = cells[0], Cell("", cells[4].start, cells[4].start)
        if cells[4].text:
            lead = cells[4]
        rows.append(Row(len(rows) + 1, field(domain), number(cells[1].text), field(cells[1]), field(cells[2]), field(cells[3]), field(lead),
                        number(cells[5].text), field(cells[5])))
    return ScoreTable(tuple(rows), number(total.text) if total else None, field(total) if total else None, table.start, table.end)
