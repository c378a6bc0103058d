"""A comparison of two reports for people: terminal, page, workbook."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from audit.findings import CATALOGUE
from audit.messages import say
from audit.outputs import terminal
from audit.outputs.quotes import contexts
from audit.outputs.sheets import Sheet, write_sheets
from audit.outputs.view import source_lines, where
from audit.words import number, plain, wrap

if TYPE_CHECKING:
    from audit.diff.model import Difference, IndicatorChange, RuleChange
    from extractor.report import Report

CHANGES = ("added", "removed", "changed")


def points(item: IndicatorChange, what: str) -> str:
    """`3 → 4` of a weight or a claim, one value where both are equal, a dash where there is none."""
    values = []
    for side in (item.old, item.new):
        value = None if side is None else getattr(side.row, what)
        values.append("–" if value is None else number(value))
    return values[0] if values[0] == values[1] else " → ".join(values)


def proposed(item: IndicatorChange) -> str:
    """The proposed scores of both years."""
    values = ["–" if s is None else number(s.proposed) for s in (item.old, item.new)]
    return values[0] if values[0] == values[1] else " → ".join(values)


def kind(item: IndicatorChange, lang: str) -> str:
    """What changed, in a word or two: 新增, 删去, 分值变动, 标准收紧, 改名 …"""
    if item.change in ("added", "removed"):
        return say(f"diff.{item.change}", lang)
    parts = [say(f"diff.{w}", lang) for w in dict.fromkeys((*item.ways, *([item.rule.tendency] if item.rule else [])))]
    return "、".join(parts) if lang == "zh" else ", ".join(parts)


def named(item: IndicatorChange) -> str:
    """The indicator's name; both names where it was renamed."""
    return f"{item.old.row.name.text} → {item.name}" if item.old is not None and "renamed" in item.ways else item.name


def told(item: IndicatorChange) -> bool:
    """Whether anything of an indicator is to be told: what changed, and what only reads otherwise."""
    return item.change in CHANGES or bool(item.ways) or item.rule is not None


def print_summary(difference: Difference, lang: str = "zh", console: Console | None = None) -> None:
    """The comparison on the terminal: findings with both sentences, changed indicators, how many figures could be matched."""
    out = console or terminal.console()
    old, new = difference.old.report, difference.new.report
    out.print(Text.assemble((say("diff.title", lang), "bold"), f"  {plain(name(old))} → {plain(name(new))}"))
    for line in wrap(totals(difference, lang), out.width):
        out.print(Text(line))
    if difference.revision:
        out.print(Text(say("diff.revision", lang), style="dim"))
    for f in difference.findings:
        out.print()
        out.print(Text("  ").append(say(f"severity.{f.severity}", lang), style=terminal.STYLE[f.severity]).append(f" {CATALOGUE[f.code].title(lang)} ")
                  .append(f.code, style="dim"))
        for words in wrap(plain(f.message.text(lang)), out.width - 5):
            out.print(Text(" " * 5 + words))
        for side, report, quotes in (("old", old, f.old_quotes), ("new", new, f.quotes)):
            for context in contexts(report, quotes[:2]):
                place = where(report, next(q.start for q in quotes), lang)
                out.print(Text(f"     {say(f'diff.column_{side}', lang)} {place}", style="dim"))
                for shown in terminal.quoted(context, out.width - 7):
                    out.print(Text.assemble(" " * 7, shown.rich()))
    changed = [i for i in difference.indicators if i.change in CHANGES or "renamed" in i.ways]
    if changed:
        out.print()
        out.print(Text(say("diff.changed_indicators", lang), style="bold"))
        table = Table(box=None, padding=(0, 1), pad_edge=False, header_style="dim")
        for column in ("change", "indicator", "weight", "claimed", "proposed"):
            table.add_column(say(f"diff.column_{column}", lang), overflow="fold")
        for item in changed:
            table.add_row(kind(item, lang), Text(plain(named(item))), points(item, "weight"), points(item, "claimed"), proposed(item))
        out.print(table)
    if difference.rules:
        out.print()
        out.print(Text(say("diff.rules", lang), style="bold"))
        for r in difference.rules:
            out.print(Text.assemble("  ", (say(f"diff.{r.tendency}", lang), "dim"), f" {plain(r.name)}"))
            for d in r.details:
                for line in wrap(plain(d.message.text(lang)), out.width - 5):
                    out.print(Text(" " * 5 + line))
    for line in wrap(say("diff.coverage", lang, pairs=len(difference.figures), old=len(old.figures), new=len(new.figures),
                         repeated=len(difference.repeated), reworded=len(difference.reworded)), out.width):
        out.print(Text(line, style="dim"))


def totals(difference: Difference, lang: str) -> str:
    """Claimed totals and proposed scores of both years in a line."""
    return say("diff.totals", lang, old=number(difference.old.claimed_total), new=number(difference.new.claimed_total),
               old_proposed=number(difference.old.proposed), new_proposed=number(difference.new.proposed))


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
        findings=[{"severity": f.severity, "label": say(f"severity.{f.severity}", lang), "title": CATALOGUE[f.code].title(lang), "code": f.code,
                   "message": plain(f.message.text(lang)),
                   "sides": [(t_side, where(report, quotes[0].start, lang) if quotes else "", [c.pieces for c in contexts(report, quotes)])
                             for t_side, report, quotes in ((say("diff.column_old", lang), old, f.old_quotes), (say("diff.column_new", lang), new, f.quotes))]}
                  for f in difference.findings],
        indicators=[{"kind": kind(i, lang), "name": named(i), "weight": points(i, "weight"), "claimed": points(i, "claimed"),
                     "proposed": proposed(i)} for i in difference.indicators if told(i)],
        rules=[rule(r, lang) for r in difference.rules], reworded=[rule(r, lang) for r in difference.reworded],
        figures=data["figures"], repeated=[r.new.text for r in difference.repeated],
        sources=source_lines((difference.old, difference.new), lang))


def rule(change: RuleChange, lang: str) -> dict[str, Any]:
    """A rule of both years with what differs marked, and its clauses that changed."""
    old, new = marked(change.old, change.new)
    return {"name": change.name, "tendency": say(f"diff.{change.tendency}", lang), "details": [d.message.text(lang) for d in change.details],
            "old": old, "new": new}


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

    findings = [[say(f"severity.{f.severity}", lang), CATALOGUE[f.code].title(lang), f.message.text(lang), "\n".join(q.text for q in f.old_quotes),
                 "\n".join(q.text for q in f.quotes)] for f in difference.findings]
    indicators = [[kind(i, lang), named(i), points(i, "weight"), points(i, "claimed"), proposed(i)] for i in difference.indicators]
    rules = [[r.name, say(f"diff.{r.tendency}", lang), r.old, r.new, "\n".join(d.message.text(lang) for d in r.details)]
             for r in (*difference.rules, *difference.reworded)]
    figures = [[p["subject"], p["old_text"], p["new_text"], p["delta"], p["percent"], p["section"]]
               for p in difference.to_json(lang)["figures"]]
    write_sheets(path, [
        Sheet(t("findings"), head("severity", "code", "message", "old", "new"), findings, (8, 22, 50, 40, 40)),
        Sheet(t("changed_indicators"), head("change", "indicator", "weight", "claimed", "proposed"), indicators, (16, 60, 10, 12, 16)),
        Sheet(t("rules"), head("indicator", "change", "old", "new", "details"), rules, (40, 12, 50, 50, 50)),
        Sheet(t("figures"), head("subject", "old", "new", "delta", "percent", "section"), figures, (30, 20, 20, 12, 10, 50)),
        Sheet(t("repeated_passages"), [t("repeated_passages")], [[r.new.text] for r in difference.repeated], (100,)),
        Sheet(say("labels.sources", lang), [say("labels.sources", lang)], [[s] for s in source_lines((difference.old, difference.new), lang)], (120,)),
    ])
