"""The reply round on the terminal."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from audit.findings import CATALOGUE
from audit.messages import say
from audit.model import Audit
from audit.outputs import terminal
from audit.outputs.view import number
from audit.reply import answers, fresh
from audit.words import plain, wrap

STYLE = {"stands": "bold red", "gone": "green", "unchanged": "yellow", "supplied": "blue"}


def show(old: Audit, new: Audit, lang: str = "zh", console: Console | None = None) -> None:
    """Each confirmed point with what became of it, then the new errors."""
    out = console or terminal.console()
    found = answers(old, new)
    counts = {state: sum(a.state == state for a in found) for state in STYLE}
    out.print(Text(say("reply.title", lang, count=len(found), **counts), style="bold"))
    out.print(Text(say("reply.scores", lang, old=number(old.proposed), new=number(new.proposed))))
    for n, a in enumerate(found, 1):
        f = a.finding
        about = f" {say('labels.indicator_of', lang, no=f.indicator)}" if f.indicator is not None else ""
        out.print(Text(f"{n:>2} ").append(say(f"reply.{a.state}", lang), style=STYLE[a.state]).append(f" {CATALOGUE[f.code].title(lang)}{about}"))
        for message in (f.message, a.now.message if a.now and a.now.message != f.message else None):
            for line in wrap(plain(message.text(lang)), out.width - 5) if message else []:
                out.print(Text(" " * 5 + line, style="dim" if message is f.message else ""))
    for f in fresh(old, new):
        out.print(Text("  ! ").append(say("reply.fresh", lang), style="bold red").append(f" {CATALOGUE[f.code].title(lang)}"))
        for line in wrap(plain(f.message.text(lang)), out.width - 5):
            out.print(Text(" " * 5 + line))
    if old.review is not None and old.review.expired:
        out.print(Text(say("review.expired_headline", lang, count=len(old.review.expired)), style="bold red"))
