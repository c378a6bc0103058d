"""Several years for people: terminal, page with small charts, workbook."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table
from rich.text import Text

from audit.diff.model import section
from audit.findings import CATALOGUE
from audit.messages import say
from audit.outputs import charts, terminal
from audit.outputs.quotes import contexts
from audit.outputs.sheets import Sheet, write_sheets
from audit.outputs.view import source_lines, where
from audit.words import interval, number, plain, wrap

if TYPE_CHECKING:
    from audit.years.model import Cell, IndicatorLine, QuantityLine, YearsTable

Row = Sequence[str | Decimal | int | None]
SHOWN = 12  # quantities on the terminal; the page and the workbook hold all


def title(table: YearsTable, lang: str) -> str:
    """The district and its years."""
    name = next((y.audit.report.district for y in reversed(table.years) if y.audit.report.district), "") or ""
    return f"{say('years.title', lang)}  {name} {table.years[0].year}–{table.years[-1].year}"


def coverage(table: YearsTable, lang: str) -> str:
    """How much could be put side by side."""
    return say("years.coverage", lang, indicators=len(table.indicators), quantities=len(table.quantities), questions=len(table.questions),
               findings=len(table.findings))


def growth(cell: Cell, lang: str) -> str:
    """A cell's growth on the year before, with its sign; "" where there is none."""
    if cell.percent is None:
        return ""
    sign = "+" if cell.percent > 0 else ""
    return say("years.points" if cell.figure.unit in ("%", "‰") else "years.growth", lang, sign=sign, percent=number(cell.percent))


def changes(line: IndicatorLine, year: int, lang: str) -> str:
    """What changed in an indicator from the year before, in a word or two."""
    change = line.changes.get(year)
    if change is None:
        return ""
    ways = dict.fromkeys((*(("added",) if change.change == "added" else ()), *change.ways, *((change.rule.tendency,) if change.rule else ())))
    return ("、" if lang == "zh" else ", ").join(say(f"diff.{w}", lang) for w in ways)


def print_summary(table: YearsTable, lang: str = "zh", console: Console | None = None) -> None:
    """Totals by year, the questions with both sentences, the disagreements, the quantities that moved most."""
    out = console or terminal.console()
    years = [y.year for y in table.years]
    out.print(Text(plain(title(table, lang)), style="bold"))
    for line in wrap(coverage(table, lang), out.width):
        out.print(Text(line))
    totals = Table(box=None, padding=(0, 1), pad_edge=False, header_style="dim")
    for key in ("year", "claimed", "proposed", "range"):
        totals.add_column(say(f"years.column_{key}", lang), justify="left" if key == "year" else "right")
    for y in table.years:
        totals.add_row(str(y.year), number(y.audit.claimed_total), number(y.audit.proposed), interval(y.audit.low, y.audit.high))
    out.print(totals)
    if table.questions:
        out.print()
        out.print(Text.assemble((say("years.questions", lang), "bold"), "  ", (say("years.questions_note", lang), "dim")))
    for _, q in table.questions:
        for k, words in enumerate(wrap(plain(q.message.text(lang)), out.width - 5)):
            out.print(Text.assemble(("  ? " if k == 0 else "    "), words))
        for quote, year in ((q.old, q.years[0]), (q.new, q.years[1])):
            for k, words in enumerate(wrap(plain(quote.text), out.width - 12)):
                out.print(Text(f"      {year if k == 0 else '    '} {words}", style="dim"))
    if table.findings:
        out.print()
        out.print(Text(say("years.findings", lang), style="bold"))
    for step, f in table.findings:
        for k, words in enumerate(wrap(plain(f.message.text(lang)), out.width - 12)):
            out.print(Text.assemble(f"  {step.new.report.year if k == 0 else '    '} ", (words, terminal.STYLE[f.severity] if k == 0 else "")))
    if table.quantities:
        out.print()
        rows = Table(box=None, padding=(0, 1), pad_edge=False, header_style="dim", title=say("years.quantities", lang), title_justify="left", title_style="bold")
        rows.add_column(say("years.column_quantity", lang), overflow="fold")
        for year in years:
            rows.add_column(str(year), justify="right")
        for q_line in sorted(table.quantities, key=lambda x: (-len(x.questions), -len(x.cells)))[:SHOWN]:
            rows.add_row(Text(plain(q_line.name)), *(Text(q_line.cells[y].figure.text if y in q_line.cells else "–") for y in years))
        out.print(rows)


def to_html(table: YearsTable, lang: str = "zh") -> str:
    """Everything on one self-contained page: totals, questions, quantities and indicators with small charts, disagreements."""
    from audit.outputs.page import render

    years = [y.year for y in table.years]

    def t(key: str) -> str:
        return say(f"years.{key}", lang)

    def sides(old: str, new: str, first: int, second: int) -> list[tuple[int, str]]:
        return [(first, old), (second, new)]

    return render(
        "years.html.j2", lang, t=t, title=title(table, lang), coverage=coverage(table, lang), years=years,
        totals=[{"year": y.year, "claimed": number(y.audit.claimed_total), "proposed": number(y.audit.proposed),
                 "range": interval(y.audit.low, y.audit.high), "file": plain(y.audit.report.document.path)} for y in table.years],
        totals_chart=chart(t("column_claimed"), [(y.year, y.audit.claimed_total) for y in table.years], years, lang),
        questions=[{"kind": t(f"kind_{q.kind}"), "message": plain(q.message.text(lang)), "anchor": f"q-{table.quantities.index(line) + 1}",
                    "sides": sides(q.old.text, q.new.text, *q.years)} for line, q in table.questions],
        quantities=[quantity(line, years, lang) for line in table.quantities],
        indicators=[indicator(line, years, lang) for line in table.indicators],
        findings=[{"severity": f.severity, "label": say(f"severity.{f.severity}", lang), "title": CATALOGUE[f.code].title(lang), "code": f.code,
                   "message": plain(f.message.text(lang)),
                   "sides": [(r.year, where(r, quotes[0].start, lang) if quotes else "", [c.pieces for c in contexts(r, quotes[:1])])
                             for r, quotes in ((step.old.report, f.old_quotes), (step.new.report, f.quotes))]} for step, f in table.findings],
        sources=source_lines((y.audit for y in table.years), lang))


def quantity(line: QuantityLine, years: Sequence[int], lang: str) -> dict[str, object]:
    """A row of the page's table of quantities."""
    cuts = [q.years[1] for q in line.questions if q.kind in ("unit", "definition")]
    points = [(y, c.value) for y, c in sorted(line.cells.items())]
    return {"name": plain(line.name), "cells": [{"text": c.figure.text, "growth": growth(c, lang)} if (c := line.cells.get(y)) else None for y in years],
            "chart": chart(line.name, points, years, lang, cuts), "asked": [say(f"years.kind_{q.kind}", lang) for q in line.questions]}


def indicator(line: IndicatorLine, years: Sequence[int], lang: str) -> dict[str, object]:
    """A row of the page's table of indicators."""
    cells = []
    for y in years:
        r = line.results.get(y)
        cells.append(None if r is None else {
            "claimed": "–" if r.row.claimed is None else number(r.row.claimed), "weight": "–" if r.row.weight is None else number(r.row.weight),
            "proposed": number(r.proposed), "verdict": say(f"labels.verdict_{r.verdict}", lang), "changes": changes(line, y, lang),
            "heat": "over" if r.row.claimed is not None and not r.low <= r.row.claimed <= r.high else "inside" if r.low == r.high else "open"})
    points = [(y, r.row.claimed) for y, r in sorted(line.results.items()) if r.row.claimed is not None]
    return {"name": plain(line.name), "cells": cells, "chart": chart(line.name, points, years, lang)}


def chart(name: str, points: Sequence[tuple[int, Decimal]], years: Sequence[int], lang: str, cuts: Sequence[int] = ()) -> object:
    """A small chart with what it shows in words."""
    if not points:
        return ""
    label = say("years.chart", lang, name=plain(name), first=points[0][0], last=points[-1][0], values="、".join(number(v) for _, v in points)
                if lang == "zh" else ", ".join(number(v) for _, v in points))
    return charts.line(points, years, label, cuts)


def write_workbook(table: YearsTable, path: str, lang: str = "zh") -> None:
    """Totals, questions, quantities by year (values, growth), indicators by year (weight, claimed, proposed), disagreements."""
    years = [y.year for y in table.years]

    def t(key: str) -> str:
        return say(f"years.{key}", lang)

    def head(*keys: str) -> list[str]:
        return [t(f"column_{k}") for k in keys]

    totals: list[Row] = [[y.year, y.audit.claimed_total, y.audit.proposed, interval(y.audit.low, y.audit.high), y.audit.report.document.path] for y in table.years]
    asked = [[t(f"kind_{q.kind}"), line.name, f"{q.years[0]}–{q.years[1]}", q.message.text(lang), q.old.text, q.new.text] for line, q in table.questions]
    values: list[Row] = [[line.name, line.unit, *(printed(line, y) for y in years), *(c.percent if (c := line.cells.get(y)) else None for y in years[1:]),
               section(line.cells[max(line.cells)].audit, line.cells[max(line.cells)].figure)] for line in table.quantities]
    rows: list[Row] = [[line.name, *(x for y in years for x in score(line, y)), "；".join(f"{y} {w}" for y in years if (w := changes(line, y, lang)))]
            for line in table.indicators]
    findings = [[say(f"severity.{f.severity}", lang), CATALOGUE[f.code].title(lang), f"{step.old.report.year}–{step.new.report.year}", f.message.text(lang),
                 f.old_quotes[0].text if f.old_quotes else "", f.quotes[0].text if f.quotes else ""] for step, f in table.findings]
    write_sheets(path, [
        Sheet(t("totals"), head("year", "claimed", "proposed", "range", "file"), totals, (8, 12, 12, 16, 60)),
        Sheet(t("questions"), head("kind", "quantity", "years", "message", "old", "new"), asked, (12, 24, 12, 60, 60, 60)),
        Sheet(t("quantities"), [*head("quantity", "unit"), *map(str, years), *(f"{y} {t('column_growth')}" for y in years[1:]), t("column_section")], values,
              (32, 14, *(14 for _ in years), *(14 for _ in years[1:]), 50)),
        Sheet(t("indicators"), [t("column_indicator"), *(f"{y} {t('column_' + k)}" for y in years for k in ("weight", "claim", "proposed")), t("column_changes")],
              rows, (44, *(10 for _ in years for _ in range(3)), 40)),
        Sheet(t("findings"), head("severity", "code", "years", "message", "old", "new"), findings, (8, 22, 12, 60, 50, 50)),
        Sheet(say("labels.sources", lang), [say("labels.sources", lang)], [[s] for s in source_lines((y.audit for y in table.years), lang)], (120,)),
    ])


def printed(line: QuantityLine, year: int) -> str | Decimal | None:
    """A value as a number where it is printed in the line's unit, else as printed."""
    cell = line.cells.get(year)
    if cell is None:
        return None
    return cell.figure.number if cell.figure.unit == line.unit and cell.figure.number is not None else cell.figure.text


def score(line: IndicatorLine, year: int) -> tuple[Decimal | None, Decimal | None, Decimal | None]:
    """Weight, claim and proposal of a year."""
    r = line.results.get(year)
    return (None, None, None) if r is None else (r.row.weight, r.row.claimed, r.proposed)
