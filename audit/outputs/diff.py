"""A comparison of two reports for people: terminal, page, workbook."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from audit.messages import say
from audit.outputs.sheets import Sheet, write_sheets

if TYPE_CHECKING:
    from decimal import Decimal

    from audit.diff.model import Difference, IndicatorChange
    from extractor.report import Report

CHANGES = ("added", "removed", "changed")


def points(item: IndicatorChange, what: str) -> str:
    """`3 → 4` of a weight or a claim, one value where both are equal, a dash where there is none."""
    values = []
    for side in (item.old, item.new):
        value = None if side is None else getattr(side.row, what)
        values.append("–" if value is None else format(value, "f"))
    return values[0] if values[0] == values[1] else " → ".join(values)


def rescored(item: IndicatorChange) -> str:
    """The rescored intervals of both years."""
    return " → ".join("–" if s is None else interval(s.low, s.high) for s in (item.old, item.new))


def interval(low: Decimal, high: Decimal) -> str:
    """`1–2`, or one value where both are equal."""
    return f"{low:f}" if low == high else f"{low:f}–{high:f}"


def kind(item: IndicatorChange, lang: str) -> str:
    """What changed, in a word or two: 新增, 删去, 分值, 收紧 …"""
    if item.change in ("added", "removed"):
        return say(f"diff.{item.change}", lang)
    parts = []
    if item.old and item.new and item.old.row.weight != item.new.row.weight:
        parts.append(say("diff.reweighted", lang))
    if item.rule:
        parts.append(say(f"diff.{item.rule.tendency}", lang))
    return "、".join(parts) if lang == "zh" else ", ".join(parts)


def print_summary(difference: Difference, lang: str = "zh", console: Console | None = None) -> None:
    """The comparison on the terminal: findings, changed indicators, how many figures could be matched."""
    console = console or Console(highlight=False)
    old, new = difference.old.report, difference.new.report
    console.print(f"[bold]{escape(say('diff.title', lang))}[/bold]  {escape(name(old))} → {escape(name(new))}")
    console.print(escape(totals(difference, lang)))
    if difference.revision:
        console.print(escape(say("diff.revision", lang)))
    for f in difference.findings:
        colour = {"error": "red", "warning": "yellow"}.get(f.severity, "cyan")
        console.print(f"\n[{colour}]{escape(say(f'severity.{f.severity}', lang))}[/{colour}] {f.code}  {escape(f.message.text(lang))}")
        for quote in f.quotes[:2]:
            console.print(f"    「{escape(quote.text)}」", style="dim")
    changed = [i for i in difference.indicators if i.change in CHANGES]
    if changed:
        table = Table(title=say("diff.changed_indicators", lang), title_justify="left", expand=False)
        for column in ("change", "indicator", "weight", "claimed", "rescored"):
            table.add_column(say(f"diff.column_{column}", lang), overflow="fold")
        for item in changed:
            table.add_row(kind(item, lang), escape(item.name), points(item, "weight"), points(item, "claimed"), rescored(item))
        console.print()
        console.print(table)
    console.print(escape(say("diff.coverage", lang, pairs=len(difference.figures), old=len(old.figures), new=len(new.figures),
                             repeated=len(difference.repeated))))


def totals(difference: Difference, lang: str) -> str:
    """Claimed totals and rescored intervals of both years in a line."""
    return say("diff.totals", lang, old=f"{difference.old.claimed_total:f}", new=f"{difference.new.claimed_total:f}",
               old_rescored=interval(difference.old.low, difference.old.high),
               new_rescored=interval(difference.new.low, difference.new.high))


def name(report: Report) -> str:
    """A report's short name: district and year."""
    return f"{report.district or ''}{report.year or ''}" or "?"


def to_html(difference: Difference, lang: str = "zh") -> str:
    """The comparison as one self-contained page, old and new side by side."""
    from audit.outputs.page import render

    old, new = difference.old.report, difference.new.report
    data = difference.to_json(lang)
    return render(
        "diff.html.j2", lang, t=lambda key: say(f"diff.{key}", lang), title=f"{say('diff.title', lang)} {name(old)} → {name(new)}",
        totals=totals(difference, lang), revision=say("diff.revision", lang) if difference.revision else "",
        findings=[{"severity": f.severity, "label": say(f"severity.{f.severity}", lang), "code": f.code, "message": f.message.text(lang),
                   "quotes": [q.text for q in f.quotes], "old_quotes": [q.text for q in f.old_quotes],
                   "page": new.document.page(f.quotes[0].start) if f.quotes else None,
                   "old_page": old.document.page(f.old_quotes[0].start) if f.old_quotes else None} for f in difference.findings],
        indicators=[{"kind": kind(i, lang), "name": i.name, "weight": points(i, "weight"), "claimed": points(i, "claimed"),
                     "rescored": rescored(i)} for i in difference.indicators if i.change in CHANGES],
        rules=[{"name": r.name, "tendency": say(f"diff.{r.tendency}", lang), "details": [d.text(lang) for d in r.details]}
               | dict(zip(("old", "new"), marked(r.old, r.new), strict=True)) for r in difference.rules],
        figures=data["figures"], repeated=[r.new.text for r in difference.repeated])


def marked(old: str, new: str) -> tuple[list[tuple[bool, str]], list[tuple[bool, str]]]:
    """Both texts in pieces, with True for a piece that the other text does not hold."""
    left: list[tuple[bool, str]] = []
    right: list[tuple[bool, str]] = []
    for op, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if b > a:
            left.append((op != "equal", old[a:b]))
        if d > c:
            right.append((op != "equal", new[c:d]))
    return left, right


def write_workbook(difference: Difference, path: str, lang: str = "zh") -> None:
    """The comparison as a workbook: findings, indicators, rules, figures, repeated passages."""
    def t(key: str) -> str:
        return say(f"diff.{key}", lang)

    def head(*keys: str) -> list[str]:
        return [t(f"column_{k}") for k in keys]

    findings = [[say(f"severity.{f.severity}", lang), f.code, f.message.text(lang), "\n".join(q.text for q in f.old_quotes),
                 "\n".join(q.text for q in f.quotes)] for f in difference.findings]
    indicators = [[kind(i, lang), i.name, points(i, "weight"), points(i, "claimed"), rescored(i)] for i in difference.indicators]
    rules = [[r.name, say(f"diff.{r.tendency}", lang), r.old, r.new, "\n".join(d.text(lang) for d in r.details)] for r in difference.rules]
    figures = [[p["subject"], p["old_text"], p["new_text"], p["delta"], p["percent"], p["section"]]
               for p in difference.to_json(lang)["figures"]]
    write_sheets(path, [
        Sheet(t("findings"), head("severity", "code", "message", "old", "new"), findings, (8, 22, 50, 40, 40)),
        Sheet(t("changed_indicators"), head("change", "indicator", "weight", "claimed", "rescored"), indicators, (16, 60, 10, 12, 16)),
        Sheet(t("rules"), head("indicator", "change", "old", "new", "details"), rules, (40, 12, 50, 50, 50)),
        Sheet(t("figures"), head("subject", "old", "new", "delta", "percent", "section"), figures, (30, 20, 20, 12, 10, 50)),
        Sheet(t("repeated_passages"), [t("repeated_passages")], [[r.new.text] for r in difference.repeated], (100,)),
    ])
