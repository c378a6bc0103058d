"""The summary on the terminal: the verdict, the errors, the indicators to challenge; in full, every finding and indicator."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from decimal import Decimal
from typing import IO, TYPE_CHECKING

from audit.messages import say
from audit.model import Audit
from audit.outputs import styled
from audit.outputs.quotes import Context
from audit.outputs.styled import Text
from audit.outputs.view import FindingView, View, interval, number, view
from audit.words import cells, cut, gist, inner, wrap

if TYPE_CHECKING:
    from rich.console import Console

LINES = 40
CELLS = ("claimed", "weight", "indicator", "total")
STYLE = {"error": "bold red", "warning": "yellow", "info": "cyan", "verified": "green", "supported": "blue", "open": "yellow",
         "contradicted": "red", "reviewed": "magenta", "partial": "yellow", "unsupported": "yellow", "external": "yellow"}
# Without colours the groups are told apart by their fill.
FILL = {"verified": "█", "supported": "▓", "open": "░", "contradicted": "▚", "reviewed": "▒"}


def console(stream: IO[str] | None = None, width: int | None = None) -> Console:
    """A console that colours only a terminal and never reads the document's text as markup."""
    from rich.console import Console

    return Console(file=stream or sys.stdout, width=width, markup=False, highlight=False, emoji=False, soft_wrap=False)


def show(audit: Audit, lang: str = "zh", stream: IO[str] | None = None, width: int | None = None, full: bool = False) -> None:
    """Print the summary: at most LINES lines, or with full everything.

    lang: "zh" or "en". width: columns, by default the terminal's (80 where there is none).
    """
    shown = view(audit, lang)
    if not full and styled.bare(stream or sys.stdout):
        room = width or styled.columns()
        told = styled.written(short(audit, shown, room), room)
        if told is not None:
            (stream or sys.stdout).write(told)
            return
    out = console(stream, width)
    if not full:
        for line in short(audit, shown, out.width):
            out.print(line.rich())
        return
    for line in _head(shown, out.width):
        out.print(line.rich())
    _points(out, shown)
    _findings(out, shown)
    _indicators(out, shown)
    for line in _foot(audit, shown, out.width):
        out.print(line.rich())
    for name, value in shown.source:
        _block(out, f"{name}: {value}" if lang == "en" else f"{name}：{value}", "dim", 0)
    _expired(out, shown)


def short(audit: Audit, v: View, width: int) -> list[Text]:
    """The summary in at most LINES lines: the verdict, the errors, the five indicators to challenge, what else there is.

    As much is told of each error as there is room for: its message and a quote, its message, or a line of it; then the indicators
    without the reason why, then fewer errors.
    """
    head, others = [*_head(v, width), *_expired_lines(v, width)], _others(audit, v, width)
    errors = [f for f in v.findings if f.severity == "error"]
    out: list[Text] = []
    for count, detail, why in [*((len(errors), d, True) for d in (2, 1, 0)), *((n, 0, False) for n in range(len(errors), -1, -1))]:
        out = [*head, *_errors(v, errors[:count], len(errors), detail, width), Text(""), *_challenged(v, width, why), *others]
        if len(out) <= LINES:
            break
    return out[:LINES]


def _decided(v: View, width: int) -> list[Text]:
    """How many decisions of a reviewer this result holds, and whose."""
    applied = [d for d in v.decisions if d.standing == "applied"]
    if not applied:
        return []
    who = ("、" if v.lang == "zh" else ", ").join(dict.fromkeys(d.reviewer for d in applied))
    return _lines(say("terminal.decided", v.lang, count=len(applied), who=who), width, STYLE["reviewed"], most=2)


def _lines(text: str, width: int, style: str = "", indent: int = 0, most: int = 99) -> list[Text]:
    """A paragraph broken as Chinese text is, in at most so many lines."""
    lines = wrap(text, width - indent)
    if len(lines) > most:
        kept = wrap("".join(lines[most - 1:most]), width - indent - 2)[0]
        lines = [*lines[:most - 1], kept + "…"]
    return [Text(" " * indent + line, style=style) for line in lines]


def _head(v: View, width: int) -> list[Text]:
    """Which report this is, and the verdict."""
    scheme = say("terminal.scheme_annex", v.lang) if v.scheme == "annex" else v.scheme
    about = " · ".join(x for x in (v.file, v.district, v.year, f"{say('terminal.scheme', v.lang)} {scheme}") if x)
    out = [*_lines(v.title, width, "bold", most=2), *_lines(about, width, "dim", most=2), Text("")]
    out += _lines(verdict(v), width, "bold red" if v.count("error") else "bold")
    if v.narrowed:
        out += _lines(say("terminal.narrowed", v.lang, options=v.narrowed), width, "yellow", most=1)
    out += _decided(v, width)
    if v.stated is not None and v.stated != v.claimed:
        out += _lines(say("terminal.differs", v.lang, stated=number(v.stated), difference=number(abs(v.stated - v.claimed))), width, "red")
    return out


def verdict(v: View) -> str:
    """The result in one sentence, the same in every output."""
    counts = say("labels.counts", v.lang, errors=v.count("error"), warnings=v.count("warning"))
    if not v.scored:
        return say("labels.verdict_unscored", v.lang, counts=counts)
    key = "verdict_pending" if v.pending else "verdict_settled"
    return say(f"labels.{key}", v.lang, claimed=number(v.claimed), proposed=number(v.proposed), pending=number(v.pending),
               interval=interval(v.low, v.high), counts=counts)


def _errors(v: View, shown: Sequence[FindingView], total: int, detail: int, width: int) -> list[Text]:
    out = [Text("")]
    if not total:
        return [*out, Text(say("terminal.no_errors", v.lang), style="green")]
    out.append(Text(say("terminal.errors", v.lang, count=total), style="bold"))
    for k, f in enumerate(shown, 1):
        about = f"{k} {f.title}"
        if f.no is not None:
            about += f"  {say('labels.indicator_of', v.lang, no=f.no)} {f.indicator}"
        where = f"  {f.place}" if f.place else ""
        room = width - 1 - cells(where)
        lines = wrap(about, room)
        line = Text(" ").append(lines[0] if len(lines) == 1 else wrap(about, room - 2)[0] + "…", style="red").append(where, style="dim")
        if detail:
            out.append(line)
            out += _lines(gist(f.message, 3 * (width - 4)), width, indent=3, most=3)
            if detail > 1:
                out += [Text.assemble(" " * 3, line) for c in f.contexts[:1] if c.field not in CELLS for line in quoted(c, width - 3, 2)]
        else:
            out += [line, *_lines(gist(f.message, width - 3), width, indent=3, most=1)]
    if total > len(shown):
        out.append(Text(" " + say("terminal.more_errors", v.lang, count=total - len(shown)), style="red"))
    return out


def _challenged(v: View, width: int, why: bool) -> list[Text]:
    """The five indicators to challenge: number and name, claim and proposal, where to look, and in a line of its own why."""
    out: list[Text] = []
    wanted = v.challenged
    if not wanted:
        return out
    errors = [f for f in v.findings if f.severity == "error"]
    out.append(Text(say("terminal.challenge", v.lang, shown=min(5, len(wanted)), count=len(wanted)), style="bold"))
    for i in wanted[:5]:
        where = f"  {i.place}" if i.place else ""
        score = f"{number(i.claimed)} → {number(i.proposed)}"
        if i.pending:
            score += f"（{say('labels.pending', v.lang)} {number(i.pending)}）" if v.lang == "zh" else f" ({say('labels.pending', v.lang)} {number(i.pending)})"
        left = f"{i.no:>2} "
        room = width - 1 - cells(left) - cells(score) - 2 - cells(where)
        line = Text(" " + left).append(cut(i.name, max(room, 12))).append(f"  {score}", style="bold")
        if cells(line.plain) + cells(where) > width:  # a narrow window
            out.append(line)
            line, where = Text("   "), where.strip()
        out.append(line.append(where, style="dim"))
        if why:
            told = next((k for k, f in enumerate(errors, 1) if f.no == i.no), None)
            reason = say("terminal.see_error", v.lang, k=told) if told else i.reason
            out.append(Text("    ").append(cut(gist(reason, width - 4), width - 4), style="dim"))
    return out


def _others(audit: Audit, v: View, width: int) -> list[Text]:
    """What else was found, by kind; how much was understood; where the rest is."""
    counts: dict[str, int] = {}
    for f in v.findings:
        if f.severity == "warning":
            counts[f.title] = counts.get(f.title, 0) + 1
    out: list[Text] = []
    if counts:
        stop = "、" if v.lang == "zh" else ", "
        kinds = stop.join(f"{title} {n}" for title, n in sorted(counts.items(), key=lambda kv: -kv[1]))
        out += _lines(say("terminal.warnings", v.lang, count=sum(counts.values()), kinds=kinds), width, "yellow", most=2)
    out += _foot(audit, v, width, most=1)
    return [*out, *_lines(say("terminal.rest", v.lang), width, "dim", most=2)]


def _foot(audit: Audit, v: View, width: int, most: int = 99) -> list[Text]:
    cover = audit.coverage
    out = _lines(say("terminal.coverage", v.lang, figures=cover.figures, clauses=cover.clauses, decided=cover.decided, open=cover.open,
                     unparsed=cover.unparsed, rescored=cover.rescored, indicators=cover.indicators), width, "dim", most=2)
    for problem in v.problems[:most]:
        out += _lines(f"{say('terminal.problems', v.lang)}: {problem}", width, "red", most=2)
    if len(v.problems) > most:
        out.append(Text(say("terminal.more_problems", v.lang, count=len(v.problems) - most), style="red"))
    return out


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
    out.print(Text(say("terminal.points", v.lang), style="bold").rich())
    out.print(Text("  ").append(bar).rich())
    out.print(Text("  ").append(legend).rich())


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
                            counts if v.findings else say("terminal.no_findings", v.lang)).rich())
    for f in (*v.findings, *v.dismissed):
        _finding(out, f, v.lang)


def _finding(out: Console, f: FindingView, lang: str) -> None:
    head = Text("  ")
    label = say("terminal.dismissed", lang) if f.dismissed else f.severity_label
    head.append(label, style="dim strike" if f.dismissed else STYLE[f.severity]).append(f" {f.title} {f.code}")
    tail = Text("")
    if f.place:
        tail.append(f"  {f.place}", style="dim")
    if f.points:
        tail.append(f"  {say('terminal.at_stake', lang, points=number(f.points))}", style=STYLE[f.severity])
    if f.no is not None:
        about = f"  {say('labels.indicator_of', lang, no=f.no)} {f.indicator}"
        room = out.width - cells(head.plain) - cells(tail.plain)
        if room >= 12:
            head.append(cut(about, room), style="dim")
    if cells(head.plain) + cells(tail.plain) > out.width:
        out.print(head.rich())
        head = Text("   ")
    out.print(head.append(tail).rich())
    _block(out, f.message)
    for c in f.contexts:
        if c.field not in CELLS:  # cells that the finding's own line and message name
            _quote(out, c)
    if f.decision:
        _block(out, f.decision, STYLE["reviewed"])


def _quote(out: Console, context: Context, indent: int = 5) -> None:
    """A sentence with the words that it is quoted for standing out."""
    for line in quoted(context, out.width - indent):
        out.print(Text.assemble(" " * indent, line).rich())


def quoted(context: Context, width: int, most: int = 99) -> list[Text]:
    """A sentence in at most so many lines, with the words that it is quoted for standing out."""
    pieces = [(inner(words), is_quoted) for words, is_quoted in context.short()]
    marked: list[bool] = []
    for words, is_quoted in (("“", False), *pieces, ("”", False)):
        marked += [is_quoted] * len(words)
    at = 0
    text = "“" + "".join(words for words, _ in pieces) + "”"
    out = []
    for line in wrap(text, width):
        shown = Text("")
        for c in line:
            while text[at] != c:  # the space that a line ended with
                at += 1
            shown.append(c, style="bold" if marked[at] else "dim")
            at += 1
        out.append(shown)
    if len(out) > most:
        last = out[most - 1]
        while cells(last.plain) > width - 2:
            last = last.shorter()
        out = [*out[:most - 1], last.append("…”", style="dim")]
    return out


def _block(out: Console, text: str, style: str = "", indent: int = 5) -> None:
    """A paragraph, broken as Chinese text is."""
    for line in wrap(text, out.width - indent):
        out.print(Text(" " * indent + line, style=style).rich())


def _indicators(out: Console, v: View) -> None:
    from rich.table import Table

    out.print()
    out.print(Text(say("terminal.indicators", v.lang), style="bold").rich())
    table = Table(box=None, padding=(0, 1), pad_edge=False, header_style="dim")
    right = {"number", "weight", "claimed", "proposed", "rescored"}
    for name in ("number", "indicator", "weight", "claimed", "proposed", "rescored", "verdict"):
        table.add_column(say(f"labels.{name}", v.lang), justify="right" if name in right else "left", no_wrap=True,
                         overflow="ellipsis", ratio=1 if name == "indicator" else None)
    table.expand = True
    for i in v.indicators:
        verdict = Text(i.verdict_label, style=STYLE[i.verdict])
        if i.decision:
            verdict = Text(say("labels.group_reviewed", v.lang), style=STYLE["reviewed"])
        outside = i.claimed is not None and not i.low <= i.claimed <= i.high
        table.add_row(str(i.no), Text(i.name).rich(), number(i.weight), Text(number(i.claimed), style="bold red" if outside else "").rich(),
                      number(i.proposed), interval(i.low, i.high), verdict.rich())
    table.add_row("", Text(say("labels.total", v.lang), style="bold").rich(), number(v.weight), Text(number(v.claimed), style="bold").rich(),
                  Text(number(v.proposed), style="bold").rich(), Text(interval(v.low, v.high), style="bold").rich(), "")
    out.print(table)
    out.print()


def _expired(out: Console, v: View) -> None:
    for line in _expired_lines(v, out.width, most=99):
        out.print(line.rich())


def _expired_lines(v: View, width: int, most: int = 3) -> list[Text]:
    """Decisions that were not applied."""
    if not v.expired:
        return []
    out = [Text(""), Text(say("review.expired_headline", v.lang, count=len(v.expired)), style="bold red")]
    for d in v.expired[:most]:
        out += _lines(d.told, width, indent=2, most=2)
    return out


def show_review(audit: Audit, lang: str = "zh", stream: IO[str] | None = None) -> int:
    """Print each decision of the replayed ledger; 1 where one was not applied, else 0."""
    out, shown = console(stream), view(audit, lang)
    for d in shown.decisions:
        style = STYLE["verified"] if d.standing == "applied" else STYLE["contradicted"]
        line = Text(f"{say('review.line', lang, line=d.line)} ").append(d.standing_label, style=style)
        out.print(line.append(f" {d.subject} {d.decision} {d.why}".rstrip()).rich())
    return int(bool(shown.expired))
