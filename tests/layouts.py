"""Score tables drawn as grids of text (tests/cases/layouts.txt), and the files that hold them: text, web page, DOCX, PDF, and flattened text."""

from __future__ import annotations

import html
import io
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

OPENING = "某县年度工作自查报告\n\n一、基本情况\n\n全年开展检查12次，发现问题36个。\n\n附件：自评表\n\n"
Grid = list[list[str]]


@dataclass
class Layout:
    """A grid, the indicators that are read from it, its total, and the ways in which it is read once it lost its grid."""

    name: str
    grid: Grid = field(default_factory=list)
    rows: list[dict[str, str]] = field(default_factory=list)
    total: str | None = None
    flat: tuple[str, ...] = ()
    none: bool = False
    errors: list[str] = field(default_factory=list)


def load(file: Path) -> list[Layout]:
    """The layouts of a file."""
    out: list[Layout] = []
    for line in file.read_text(encoding="utf8").splitlines():
        if line.startswith("## "):
            out.append(Layout(line[3:].strip()))
        elif line.startswith("# ") or not line.strip():
            continue
        elif line.startswith("=> "):
            out[-1].rows.append(dict(piece.strip().partition("=")[::2] for piece in line[3:].split(" | ")))
        elif line.startswith("total: "):
            out[-1].total = line[7:].strip()
        elif line.startswith("flat: "):
            out[-1].flat = tuple(line[6:].split())
        elif line.startswith("error: "):
            out[-1].errors.append(line[7:].strip())
        elif line == "none":
            out[-1].none = True
        else:
            out[-1].grid.append([c.strip() for c in line.split("|")])
    for layout in out:
        width = max(map(len, layout.grid))
        layout.grid = [r + [""] * (width - len(r)) for r in layout.grid]
    return out


def spans(grid: Grid) -> list[tuple[int, int, int, int, str]]:
    """The cells: row, column, rows and columns that they cover, text."""
    own: dict[tuple[int, int], tuple[int, int]] = {}
    ends: dict[tuple[int, int], tuple[int, int]] = {}
    for i, row in enumerate(grid):
        for j, text in enumerate(row):
            own[i, j] = own[i, j - 1] if text == "<" else own[i - 1, j] if text == "^" else (i, j)
            last = ends.get(own[i, j], (i, j))
            ends[own[i, j]] = max(last[0], i), max(last[1], j)
    return [(i, j, ends[i, j][0] - i + 1, ends[i, j][1] - j + 1, grid[i][j]) for i, j in sorted(ends)]


def printed(row: list[str]) -> list[str]:
    """A row's cells with what is merged away blank."""
    return ["" if c in ("^", "<") else c for c in row]


def text(grid: Grid, opening: str = OPENING) -> bytes:
    """Plain text, cells between tabs."""
    return (opening + "\n".join("\t".join(printed(r)) for r in grid) + "\n").encode()


def page(grid: Grid, opening: str = OPENING) -> bytes:
    """A web page."""
    rows: dict[int, str] = {}
    for i, _, down, across, words in spans(grid):
        rows[i] = rows.get(i, "") + f'<td rowspan="{down}" colspan="{across}">{html.escape(words)}</td>'
    body = "".join(f"<tr>{rows.get(i, '')}</tr>" for i in range(len(grid)))
    paragraphs = "".join(f"<p>{html.escape(p)}</p>" for p in opening.splitlines() if p.strip())
    return f"<html><head><meta charset=utf-8></head><body>{paragraphs}<table border=1>{body}</table></body></html>".encode()


def docx(grid: Grid, opening: str = OPENING) -> bytes:
    """A Word document."""
    import docx as word

    document = word.Document()
    for p in opening.splitlines():
        if p.strip():
            document.add_paragraph(p)
    table = document.add_table(rows=len(grid), cols=len(grid[0]))
    cells = [list(r.cells) for r in table.rows]
    for i, j, down, across, words in spans(grid):
        cell = cells[i][j]
        (cell.merge(cells[i + down - 1][j + across - 1]) if down * across > 1 else cell).text = words
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def pdf(grid: Grid, opening: str = OPENING) -> bytes:
    """A PDF with ruled cells, on pages set sideways."""
    from reportlab.lib.pagesizes import A4, landscape
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    style = ParagraphStyle("cell", fontName="STSong-Light", fontSize=10, leading=13, wordWrap="CJK")
    data: list[list[Any]] = [[""] * len(grid[0]) for _ in grid]
    rules: list[Any] = [("VALIGN", (0, 0), (-1, -1), "MIDDLE"), ("GRID", (0, 0), (-1, -1), 0.5, (0, 0, 0))]
    for i, j, down, across, words in spans(grid):
        data[i][j] = Paragraph(html.escape(words), style)
        rules.append(("SPAN", (j, i), (j + across - 1, i + down - 1)))
    wide = [max(4, min(26, max(len(r[j]) for r in grid))) for j in range(len(grid[0]))]
    width = landscape(A4)[0] - 80
    out = io.BytesIO()
    SimpleDocTemplate(out, pagesize=landscape(A4), leftMargin=40, rightMargin=40, topMargin=40, bottomMargin=40).build(
        [*(Paragraph(html.escape(p), style) for p in opening.splitlines() if p.strip()), Spacer(1, 8),
         Table(data, colWidths=[width * w / sum(wide) for w in wide], style=TableStyle(rules))])
    return out.getvalue()


def width(words: str) -> int:
    """Half widths that words take on a screen."""
    return sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in words)


def spaces(grid: Grid, opening: str = OPENING) -> bytes:
    """Columns kept apart by spaces."""
    rows = [printed(r) for r in grid]
    wide = [max(width(r[j]) for r in rows) + 2 for j in range(len(rows[0]))]
    return (opening + "\n".join("".join(c + " " * (w - width(c)) for c, w in zip(r, wide, strict=True)).rstrip() for r in rows) + "\n").encode()


def lines(grid: Grid, opening: str = OPENING) -> bytes:
    """A cell a line."""
    return (opening + "\n".join(c for r in grid for c in printed(r) if c) + "\n").encode()


def one(grid: Grid, opening: str = OPENING) -> bytes:
    """All cells in one paragraph."""
    return (opening + " ".join(re.sub(r"\s", "", c) for r in grid for c in printed(r) if c) + "\n").encode()


FILES: dict[str, Callable[[Grid], bytes]] = {"text": text, "page": page, "docx": docx, "pdf": pdf}
FLAT: dict[str, Callable[[Grid], bytes]] = {"spaces": spaces, "lines": lines, "one": one}
