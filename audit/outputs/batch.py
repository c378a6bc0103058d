"""A folder's audits side by side for people: terminal, heat map, workbook."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from audit.batch import Batch, Entry, claimed, decimal, over, ranking, settled
from audit.messages import say
from audit.outputs.diff import interval
from audit.outputs.sheets import Sheet, write_sheets


def count(entry: Entry, severity: str) -> int:
    """How many findings of a severity an entry has."""
    return sum(f["severity"] == severity for f in (entry.audit or {}).get("findings", []))


def ranked(batch: Batch) -> list[dict[str, Any]]:
    """The ranking as rows for every output."""
    return [{"rank_rescored": by_rescored, "rank_claimed": by_claimed, "district": e.district, "claimed": claimed(e),
             "rescored": settled(e), "interval": span((e.audit or {})["rescored"]), "errors": count(e, "error"),
             "warnings": count(e, "warning"), "file": e.file}
            for e, by_claimed, by_rescored in ranking(batch.entries)]


def span(item: dict[str, Any]) -> str:
    """`low–high` of an indicator or a total."""
    return interval(decimal(item["low"]), decimal(item["high"]))


def print_summary(batch: Batch, lang: str = "zh", console: Console | None = None) -> None:
    """The ranking, what failed, outliers and shared sentences on the terminal."""
    console = console or Console(highlight=False)
    console.print(escape(summary(batch, lang)))
    table = Table(expand=False)
    for key in ("rank_rescored", "rank_claimed", "district", "claimed", "rescored", "interval", "errors", "warnings"):
        table.add_column(say(f"batch.column_{key}", lang), justify="left" if key == "district" else "right")
    for row in ranked(batch):
        table.add_row(str(row["rank_rescored"]), str(row["rank_claimed"]), escape(row["district"]), f"{row['claimed']:f}",
                      f"{row['rescored']:f}", row["interval"], str(row["errors"]), str(row["warnings"]))
    console.print(table)
    for e in batch.entries:
        if e.audit is None:
            console.print(f"[red]{escape(say('batch.failed', lang))}[/red] {escape(e.reason)}")
    for line in outlier_lines(batch, lang):
        console.print(f"△ {escape(line)}")
    for s in batch.shared[:5]:
        console.print(escape(say("batch.shared_line", lang, text=s.text[:60], files="、".join(s.files))))
    if len(batch.shared) > 5:
        console.print(escape(say("batch.shared_more", lang, n=len(batch.shared) - 5)))


def summary(batch: Batch, lang: str) -> str:
    """How many files were audited, in this run and before, and how many failed."""
    return say("batch.summary", lang, total=len(batch.entries), fresh=sum(e.fresh for e in batch.entries),
               failed=sum(e.audit is None for e in batch.entries))


def outlier_lines(batch: Batch, lang: str) -> list[str]:
    """The outliers as sentences."""
    names = {e.file: e.district for e in batch.entries}
    return [say("batch.outlier_line", lang, district=names[o.file], indicator=o.indicator, claimed=f"{o.claimed:f}",
                typical=f"{(o.typical * o.weight).quantize(Decimal('0.01')):f}") for o in batch.outliers]


def heat(item: dict[str, Any]) -> str:
    """over: the claim lies outside its interval; open: the interval is not closed; inside: closed and equal to the claim."""
    if over(item):
        return "over"
    return "inside" if item["low"] is not None and decimal(item["low"]) == decimal(item["high"]) else "open"


def to_html(batch: Batch, lang: str = "zh") -> str:
    """The matrix of districts and indicators as a heat map, with ranking, outliers and shared sentences."""
    from audit.outputs.page import render

    good = [e for e in batch.entries if e.audit]
    far = {(o.indicator, o.file) for o in batch.outliers}
    matrix = []
    for name in batch.names:
        cells = []
        for e in good:
            item = batch.cell(e, name)
            cells.append(item and {"claimed": item["claimed"] or "–", "interval": span(item), "heat": heat(item),
                                   "title": f"{e.district} {item['name']}: {item['reason']}", "outlier": (name, e.file) in far})
        matrix.append({"name": name, "cells": cells})
    return render(
        "batch.html.j2", lang, t=lambda key: say(f"batch.{key}", lang), title=say("batch.title", lang), summary=summary(batch, lang),
        ranking=[row | {"claimed": f"{row['claimed']:f}", "rescored": f"{row['rescored']:f}"} for row in ranked(batch)],
        failed=[e for e in batch.entries if e.audit is None], districts=[e.district for e in good], matrix=matrix,
        outliers=outlier_lines(batch, lang), shared=[{"text": s.text, "files": "、".join(s.files)} for s in batch.shared])


def write_workbook(batch: Batch, path: str, lang: str = "zh") -> None:
    """Ranking, the three matrices (claimed, rescored, difference), outliers, shared sentences, files that failed."""
    def t(key: str) -> str:
        return say(f"batch.{key}", lang)

    good = [e for e in batch.entries if e.audit]
    keys = ("rank_rescored", "rank_claimed", "district", "claimed", "rescored", "interval", "errors", "warnings", "file")

    def matrix(pick: Any) -> list[list[str | Decimal | int | None]]:
        return [[n, *(pick(c) if (c := batch.cell(e, n)) else None for e in good)] for n in batch.names]

    header = [t("column_indicator"), *(e.district for e in good)]
    widths = (60, *(12 for _ in good))
    write_sheets(path, [
        Sheet(t("ranking"), [t(f"column_{k}") for k in keys], [[row[k] for k in keys] for row in ranked(batch)],
              (10, 10, 20, 10, 10, 16, 8, 8, 40)),
        Sheet(t("claimed_matrix"), header, matrix(lambda c: decimal(c["claimed"]) if c["claimed"] is not None else None), widths),
        Sheet(t("rescored_matrix"), header, matrix(span), widths),
        Sheet(t("difference_matrix"), header, matrix(over), widths),
        Sheet(t("outliers"), [t("outliers")], [[line] for line in outlier_lines(batch, lang)], (100,)),
        Sheet(t("shared"), [t("shared"), t("column_file")], [[s.text, "、".join(s.files)] for s in batch.shared], (100, 40)),
        Sheet(t("failed"), [t("column_file"), t("failed")], [[e.file, e.reason] for e in batch.entries if e.audit is None], (40, 80)),
    ])
