"""The summary on the terminal: totals, points by certainty, findings worst first, the indicator table, coverage."""

from __future__ import annotations

import sys
from decimal import Decimal
from typing import IO

from rich.console import Console
from rich.table import Table
from rich.text import Text

from audit.messages import say
from audit.model import Audit
from audit.outputs.quotes import Context
from audit.outputs.view import FindingView, View, interval, number, view
from audit.words import cells, wrap

STYLE = {"error": "bold red", "warning": "yellow", "info": "cyan", "verified": "green", "supported": "blue", "open": "yellow",
         "contradicted": "red", "reviewed": "magenta", "partial": "yellow", "unsupported": "yellow", "external": "yellow"}
# Without colours the groups are told apart by their fill.
FILL = {"verified": "█", "supported": "▓", "open": "░", "contradicted": "▚", "reviewed": "▒"}


def console(stream: IO[str] | None = None, width: int | None = None) -> Console:
    """A console that colours only a terminal and never reads the document's text as markup."""
    return Console(file=stream or sys.stdout, width=width, markup=False, highlight=False, emoji=False, soft_wrap=False)


def show(audit: Audit, lang: str = "zh", stream: IO[str] | None = None, width: int | None = None) -> None:
    """Print the summary. lang: "zh" or "en". width: columns, by default the terminal's (80 where there is none)."""
    out, shown = console(stream, width), view(audit, lang)
    _head(out, shown)
    _points(out, shown)
    _findings(out, shown)
    _indicators(out, shown)
    cover = audit.coverage
    _block(out, say("terminal.coverage", lang, figures=cover.figures, clauses=cover.clauses, decided=cover.decided, open=cover.open,
                       unparsed=cover.unparsed, rescored=cover.rescored, indicators=cover.indicators), indent=0)
    for problem in shown.problems:
        out.print(Text(f"{say('terminal.problems', lang)}: {problem}", style="red"))
    _expired(out, shown)


def _head(out: Console, v: View) -> None:
    _block(out, v.title, "bold", 0)
    scheme = say("terminal.scheme_annex", v.lang) if v.scheme == "annex" else v.scheme
    about = (v.file, v.district, v.year, f"{say('terminal.scheme', v.lang)}: {scheme}")
    _block(out, " · ".join(x for x in about if x), "dim", 0)
    out.print()
    table = Table.grid(padding=(0, 2))
    table.add_column()
    table.add_column(justify="right", style="bold")
    table.add_column()
    stated = number(v.stated) or "–"
    if v.stated is None:
        note = Text("")
    elif v.stated == v.claimed:
        note = Text(say("terminal.same", v.lang), style="green")
    else:
        note = Text(say("terminal.differs", v.lang, difference=number(v.stated - v.claimed)), style="bold red")
    table.add_row(say("terminal.claimed", v.lang), number(v.claimed), Text(f"/ {number(v.weight)}"))
    table.add_row(say("terminal.stated", v.lang), stated, note)
    table.add_row(say("terminal.rescored", v.lang), interval(v.low, v.high), "")
    out.print(table)


def _points(out: Console, v: View) -> None:
    total = sum((p for _, _, p in v.points), Decimal(0))
    width = min(out.width, 80) - 4
    bar, legend = Text(), Text()
    shares = _shares([p for _, _, p in v.points], width) if total > 0 else [0] * len(v.points)
    used = 0
    for (group, label, points), count in zip(v.points, shares, strict=True):
        bar.append(FILL[group] * count, style=STYLE[group])
        entry = f" {label} {number(points)}"
        if used and used + cells(entry) + 4 > width:
            legend.append("\n  ")
            used = 0
        elif used:
            legend.append("   ")
        legend.append(FILL[group], style=STYLE[group]).append(entry)
        used += cells(entry) + 4
    out.print()
    out.print(Text(say("terminal.points", v.lang), style="bold"))
    out.print(Text("  ").append_text(bar))
    out.print(Text("  ").append_text(legend))


def _shares(values: list[Decimal], width: int) -> list[int]:
    """Whole cells in proportion, adding up to width; whatever is above zero gets one at least."""
    total = sum(values, Decimal(0))
    shares = [max(1, round(v / total * width)) if v > 0 else 0 for v in values]
    while sum(shares) != width:
        k = max(range(len(shares)), key=shares.__getitem__)
        shares[k] += 1 if sum(shares) < width else -1
    return shares


def _findings(out: Console, v: View) -> None:
    out.print()
    counts = say("terminal.counts", v.lang, errors=v.count("error"), warnings=v.count("warning"), infos=v.count("info"))
    out.print(Text.assemble((say("terminal.findings", v.lang), "bold"), "  ",
                            counts if v.findings else say("terminal.no_findings", v.lang)))
    for f in (*v.findings, *v.dismissed):
        _finding(out, f, v.lang)


def _finding(out: Console, f: FindingView, lang: str) -> None:
    head = Text("  ")
    label = say("terminal.dismissed", lang) if f.dismissed else f.severity_label
    head.append(label, style="dim strike" if f.dismissed else STYLE[f.severity]).append(f" {f.code}")
    tail = Text("")
    if f.page:
        tail.append(f"  {say('labels.page_of', lang, page=f.page)}", style="dim")
    if f.points:
        tail.append(f"  {say('terminal.at_stake', lang, points=number(f.points))}", style=STYLE[f.severity])
    if f.no is not None:
        about = f"  {say('labels.indicator_of', lang, no=f.no)} {f.indicator}"
        lines = wrap(about, max(8, out.width - cells(head.plain) - cells(tail.plain) - 2))
        head.append(lines[0] + ("…" if len(lines) > 1 else ""), style="dim")
    out.print(head.append_text(tail))
    _block(out, f.message)
    for c in f.contexts:
        if c.field not in ("claimed", "weight", "indicator", "total"):  # cells that the finding's own line and message name
            _quote(out, c)
    if f.decision:
        _block(out, f.decision, STYLE["reviewed"])


def _quote(out: Console, context: Context, indent: int = 5) -> None:
    """A sentence with the words that it is quoted for standing out."""
    pieces = context.short()
    marked: list[bool] = []
    for words, quoted in (("“", False), *pieces, ("”", False)):
        marked += [quoted] * len(words)
    at = 0
    text = "“" + "".join(words for words, _ in pieces) + "”"
    for line in wrap(text, out.width - indent):
        shown = Text(" " * indent)
        for c in line:
            while text[at] != c:  # the space that a line ended with
                at += 1
            shown.append(c, style="bold" if marked[at] else "dim")
            at += 1
        out.print(shown)


def _block(out: Console, text: str, style: str = "", indent: int = 5) -> None:
    """A paragraph, broken as Chinese text is."""
    for line in wrap(text, out.width - indent):
        out.print(Text(" " * indent + line, style=style))


def _indicators(out: Console, v: View) -> None:
    out.print()
    out.print(Text(say("terminal.indicators", v.lang), style="bold"))
    table = Table(box=None, padding=(0, 1), pad_edge=False, header_style="dim")
    right = {"number", "weight", "claimed", "rescored"}
    for name in ("number", "indicator", "weight", "claimed", "rescored", "verdict"):
        table.add_column(say(f"labels.{name}", v.lang), justify="right" if name in right else "left", no_wrap=True,
                         overflow="ellipsis", ratio=1 if name == "indicator" else None)
    table.expand = True
    for i in v.indicators:
        verdict = Text(i.verdict_label, style=STYLE[i.verdict])
        if i.decision:
            verdict = Text(say("labels.group_reviewed", v.lang), style=STYLE["reviewed"])
        outside = i.claimed is not None and not i.low <= i.claimed <= i.high
        table.add_row(str(i.no), Text(i.name), number(i.weight), Text(number(i.claimed), style="bold red" if outside else ""),
                      interval(i.low, i.high), verdict)
    table.add_row("", Text(say("labels.total", v.lang), style="bold"), number(v.weight), Text(number(v.claimed), style="bold"),
                  Text(interval(v.low, v.high), style="bold"), "")
    out.print(table)
    out.print()


def _expired(out: Console, v: View) -> None:
    if not v.expired:
        return
    out.print()
    out.print(Text(say("review.expired_headline", v.lang, count=len(v.expired)), style="bold red"))
    for d in v.expired:
        _block(out, d.told, indent=2)


def show_review(audit: Audit, lang: str = "zh", stream: IO[str] | None = None) -> int:
    """Print each decision of the replayed ledger; 1 where one was not applied, else 0."""
    out, shown = console(stream), view(audit, lang)
    for d in shown.decisions:
        style = STYLE["verified"] if d.standing == "applied" else STYLE["contradicted"]
        line = Text(f"{say('review.line', lang, line=d.line)} ").append(d.standing_label, style=style)
        out.print(line.append(f" {d.subject} {d.decision} {d.why}".rstrip()))
    return int(bool(shown.expired))
