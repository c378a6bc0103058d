"""Plain workbooks: sheets of text and numbers, never a formula from a document."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

import xlsxwriter

from audit import files
from patterns import expressions as re

EPOCH = datetime(2000, 1, 1)  # workbooks carry a date of creation; the same input gives the same file
LONGEST = 32767  # characters that a cell can hold
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet with a header row. widths are in characters; str and None become text, Decimal and int become numbers."""

    name: str
    header: Sequence[str]
    rows: Sequence[Sequence[str | Decimal | int | None]]
    widths: Sequence[int]


def clean(text: str) -> str:
    """Text that a cell can hold."""
    return CONTROL.sub("", text)[:LONGEST]


def write_sheets(path: str, sheets: Sequence[Sheet]) -> None:
    """Write a workbook; every string goes in as a string, whatever it begins with. Raises UnusableInput where it cannot."""
    raw = io.BytesIO()
    book = xlsxwriter.Workbook(raw, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False})
    book.set_properties({"created": EPOCH})
    head = book.add_format({"bold": True, "bg_color": "#DCE6F1", "border": 1, "text_wrap": True, "valign": "vcenter"})
    body = book.add_format({"border": 1, "text_wrap": True, "valign": "top"})
    for sheet in sheets:
        page = book.add_worksheet(re.sub(r"[\[\]:*?/\\']", "", sheet.name)[:31])
        page.freeze_panes(1, 0)
        page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        for column, width in enumerate(sheet.widths):
            page.set_column(column, column, width)
        for column, title in enumerate(sheet.header):
            page.write_string(0, column, title, head)
        for r, row in enumerate(sheet.rows, 1):
            for column, value in enumerate(row):
                if value is None:
                    page.write_blank(r, column, None, body)
                elif isinstance(value, str):
                    page.write_string(r, column, clean(value), body)
                else:
                    page.write_number(r, column, value, body)
        if sheet.rows:
            page.autofilter(0, 0, len(sheet.rows), len(sheet.header) - 1)
    book.close()
    files.write(path, raw.getvalue())
