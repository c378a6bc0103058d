"""A folder's audits side by side for people: terminal, heat map, workbook."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from urllib.parse import quote

from rich.console import Console
from rich.table import Table
from rich.text import Text

from audit.batch import Batch, Entry, Group, claimed, decimal, over, pending, proposed
from audit.messages import say
from audit.outputs.sheets import Sheet, write_sheets
from audit.words import cells, cut, interval, number, plain, wrap
from patterns.errors import half


def count(entry: Entry, severity: str) -> int:
    """How many findings of a severity an entry has."""
    return sum(f["severity"] == severity for f in (entry.audit or {}).get("findings", []))


def ranked(group: Group) -> list[dict[str, Any]]:
    """A group's ranking as rows for every output."""
    return [{"rank_proposed": by_proposed, "rank_claimed": by_claimed, "district": e.district, "claimed": claimed(e), "proposed": proposed(e),
             "pending": pending(e), "errors": count(e, "error"), "warnings": count(e, "warning"), "state": e.state or "–", "file": e.file,
             "written": e.written} for e, by_claimed, by_proposed in group.ranking]


COLUMNS = ("rank_proposed", "rank_claimed", "district", "claimed", "proposed", "pending", "errors", "warnings", "state", "file")
NUMBERS = {"rank_proposed", "rank_claimed", "claimed", "proposed", "pending", "errors", "warnings"}


def label(group: Group, lang: str) -> str:
    """What a group is called."""
    return plain(group.label) or say("batch.unscored_group", lang)


def span(item: dict[str, Any]) -> str:
    """`low–high` of an indicator."""
    return interval(decimal(item["low"]), decimal(item["high"]))


def shown(value: object) -> str:
    """A value of the ranking as text."""
    return number(value) if isinstance(value, Decimal) else plain(str(value))


def print_summary(batch: Batch, lang: str = "zh", console: Console | None = None) -> None:
    """By group the ranking and the outliers; what failed, what was left out, shared sentences."""
    console = console or Console(highlight=False, markup=False, emoji=False)
    console.print(Text(summary(batch, lang), style="bold"))
    for group in batch.groups:
        console.print()
        console.print(Text(label(group, lang), style="bold"))
        room = max(8, console.width - (64 if lang == "zh" else 72))
        rows = [{k: cut(shown(row[k]), room) if k == "file" else shown(row[k]) for k in COLUMNS} for row in ranked(group)]
        table = Table(box=None, padding=(0, 1), pad_edge=False, header_style="dim")
        for key in COLUMNS:
            longest = max((cells(row[key]) for row in rows), default=0)
            head = say(f"batch.column_{key}", lang)
            word = 4 if lang == "zh" else max(map(cells, head.split()))
            table.add_column("\n".join(wrap(head, max(longest, word))),  # in two lines where its column is narrow
                              justify="right" if key in NUMBERS else "left", no_wrap=True)
        for row in rows:
            table.add_row(*(Text(row[k], style="red" if k == "errors" and row[k] != "0" else "") for k in COLUMNS))
        if group.ranking:
            console.print(table)
        for e in group.entries:
            if not (e.audit or {}).get("indicators"):
                console.print(Text(say("batch.unscored", lang, district=plain(e.district), file=e.file, errors=count(e, "error"))))
        for line in outlier_lines(group, lang):
            console.print(Text(f"△ {line}"))
    if batch.groups:
        console.print(Text(say("batch.policy", lang), style="dim"))
    for e in batch.entries:
        if e.audit is None:
            console.print(Text(f"{say('batch.failed', lang)}：{e.reason}" if lang == "zh" else f"{say('batch.failed', lang)}: {e.reason}", style="red"))
    for s in batch.skipped[:10]:
        console.print(Text(say("batch.skipped_line", lang, file=plain(s.file), why=half(s.why, lang)), style="dim"))
    if len(batch.skipped) > 10:
        console.print(Text(say("batch.skipped_more", lang, n=len(batch.skipped) - 10), style="dim"))
    for path in batch.unmatched:
        console.print(Text(say("batch.ledger_without_report", lang, file=path), style="red"))
    for shared in batch.shared[:5]:
        console.print(Text(say("batch.shared_line", lang, text=shared.text[:60], files="、".join(shared.files))))
    if len(batch.shared) > 5:
        console.print(Text(say("batch.shared_more", lang, n=len(batch.shared) - 5)))


def summary(batch: Batch, lang: str) -> str:
    """How many files were audited, in this run and before, how many failed and how many were left out."""
    return say("batch.summary", lang, total=len(batch.entries), fresh=sum(e.fresh for e in batch.entries),
               failed=sum(e.audit is None for e in batch.entries), skipped=len(batch.skipped), groups=len(batch.groups))


def outlier_lines(group: Group, lang: str) -> list[str]:
    """A group's outliers as sentences."""
    names = {e.file: e.district for e in group.entries}
    return [say("batch.outlier_line", lang, district=names[o.file], indicator=o.indicator, claimed=number(o.claimed),
                typical=number((o.typical * o.weight).quantize(Decimal("0.01")))) for o in group.outliers]


def heat(item: dict[str, Any]) -> str:
    """over: the claim lies outside its interval; open: the interval is not closed; inside: closed and equal to the claim."""
    if over(item):
        return "over"
    return "inside" if item["low"] is not None and decimal(item["low"]) == decimal(item["high"]) else "open"


def to_html(batch: Batch, lang: str = "zh", links: bool = False) -> str:
    """By group the ranking and the matrix of districts and indicators as a heat map; what failed and was left out; shared sentences.

    links: the page lies in the folder that the reports' own pages were written to.
    """
    from audit.outputs.page import render

    groups = []
    for k, g in enumerate(batch.groups, 1):
        far = {(o.indicator, o.file) for o in g.outliers}
        reasons = {e.file: {i["no"]: i["reason"] for i in (e.whole() or {}).get("indicators", [])} for e in g.entries}
        matrix = []
        for name in g.names:
            places = []
            for e in g.entries:
                item = g.cell(e, name)
                places.append(item and {"claimed": item["claimed"] or "–", "proposed": number(decimal(item["proposed"])), "heat": heat(item),
                                       "href": f"{quote(e.written['html'])}#i-{item['no']}" if links and e.written else "",
                                       "title": plain(f"{e.district} {item['name']}: {span(item)} {reasons[e.file].get(item['no'], '')}")[:600], "outlier": (name, e.file) in far})
            matrix.append({"name": plain(name), "cells": places})
        rows = [{key: shown(row[key]) for key in COLUMNS}
                | {"links": [(say(f"batch.link_{kind}", lang), quote(path)) for kind, path in row["written"].items()] if links else []} for row in ranked(g)]
        unscored = [say("batch.unscored", lang, district=plain(e.district), file=e.file, errors=count(e, "error"))
                    for e in g.entries if not (e.audit or {}).get("indicators")]
        groups.append({"no": k, "label": label(g, lang), "rows": rows, "districts": [plain(e.district) for e in g.entries], "matrix": matrix,
                       "outliers": outlier_lines(g, lang), "unscored": unscored})
    return render(
        "batch.html.j2", lang, script_name="batch.js", t=lambda key: say(f"batch.{key}", lang), title=say("batch.title", lang), summary=summary(batch, lang), groups=groups,
        columns=COLUMNS, numbers=NUMBERS, links=links, failed=[e for e in batch.entries if e.audit is None],
        skipped=[(plain(s.file), half(s.why, lang)) for s in batch.skipped], unmatched=batch.unmatched,
        shared=[{"text": s.text, "files": "、".join(s.files)} for s in batch.shared])


def write_workbook(batch: Batch, path: str, lang: str = "zh") -> None:
    """Ranking by group, and per group the claims, the proposals and the differences; outliers, shared sentences, what failed or was left out."""
    def t(key: str) -> str:
        return say(f"batch.{key}", lang)

    sheets = [Sheet(t("ranking"), [t("group"), *(t(f"column_{k}") for k in COLUMNS)],
                    [[g.label, *(row[k] for k in COLUMNS)] for g in batch.groups for row in ranked(g)], (40, 10, 10, 20, 10, 12, 10, 8, 8, 10, 40))]
    for k, g in enumerate(batch.groups, 1):
        if not g.names:
            continue
        tail = f" {k}" if len(batch.groups) > 1 else ""
        header, widths = [t("column_indicator"), *(e.district for e in g.entries)], (60, *(12 for _ in g.entries))

        def matrix(g: Group, pick: Any) -> list[list[str | Decimal | int | None]]:
            return [[n, *(pick(c) if (c := g.cell(e, n)) else None for e in g.entries)] for n in g.names]

        sheets += [Sheet(t("claimed_matrix") + tail, header, matrix(g, lambda c: decimal(c["claimed"]) if c["claimed"] is not None else None), widths),
                   Sheet(t("proposed_matrix") + tail, header, matrix(g, lambda c: decimal(c["proposed"])), widths),
                   Sheet(t("difference_matrix") + tail, header, matrix(g, over), widths)]
    write_sheets(path, [
        *sheets,
        Sheet(t("outliers"), [t("group"), t("outliers")], [[g.label, line] for g in batch.groups for line in outlier_lines(g, lang)], (40, 100)),
        Sheet(t("shared"), [t("shared"), t("column_file")], [[s.text, "、".join(s.files)] for s in batch.shared], (100, 40)),
        Sheet(t("failed"), [t("column_file"), t("failed")], [[e.file, e.reason] for e in batch.entries if e.audit is None]
              + [[s.file, half(s.why, lang)] for s in batch.skipped], (40, 80)),
    ])
