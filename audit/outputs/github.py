"""For GitHub Actions: annotations (::error file=…,line=…,title=…::message) and the summary of the step.

GitHub shows ten annotations of a kind in a step and drops the rest unsaid, so ten are printed, the worst; the summary holds all.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from audit.messages import say
from audit.model import Audit
from audit.outputs.lines import Lines
from audit.outputs.view import RANK, FindingView, View, interval, number, view

COMMAND = {"error": "error", "warning": "warning", "info": "notice"}
MOST = 10
SUMMARY = "GITHUB_STEP_SUMMARY"


def annotate(audits: Sequence[Audit], lang: str = "zh") -> str:
    """The annotations of a step; the step's summary is written to the file that GitHub names for it."""
    to_summary(summary(audits, lang))
    return render(audits, lang)


def to_summary(text: str) -> None:
    """Append to the file that GitHub names for the step's summary; nothing outside of GitHub."""
    target = os.environ.get(SUMMARY)
    if target:
        with Path(target).open("a", encoding="utf8") as stream:
            stream.write(text)


def worst(lines: Sequence[str], lang: str) -> str:
    """The ten worst of some annotations, and how many were left out."""
    order = ("::error", "::warning", "::notice")
    found = sorted((x for x in lines if x.startswith("::")), key=lambda x: order.index(next(o for o in order if x.startswith(o))))
    more = f"{say('ci.more', lang, count=len(found) - MOST)}\n" if len(found) > MOST else ""
    return "".join(found[:MOST]) + more


def render(audits: Audit | Sequence[Audit], lang: str = "zh") -> str:
    """At most ten lines, a finding each, worst first over all reports."""
    all_of_them = [audits] if isinstance(audits, Audit) else list(audits)
    found = [(f, audit) for audit in all_of_them for f in view(audit, lang).findings]
    found.sort(key=lambda pair: RANK[pair[0].severity])
    out = [_line(f, audit, lang) for f, audit in found[:MOST]]
    if len(found) > MOST:
        out[-1:] = [out[-1], f"{say('ci.more', lang, count=len(found) - MOST)}\n"]
    return "".join(out)


def _line(f: FindingView, audit: Audit, lang: str) -> str:
    lines = Lines(audit.report.document)
    fields = {"file": audit.report.document.path.replace("\\", "/")}
    first = f.passages[0] if f.passages else None
    line = lines.line(first.quote, first.start) if first else None
    if line:
        fields["line"] = str(line)
    fields["title"] = f.title + (f" {say('labels.indicator_of', lang, no=f.no)}" if f.no is not None else "")
    message = f.message + (f" ({f.place})" if f.place else "")
    if first:
        message += f"\n“{first.quote}”"
    shown = ",".join(f"{k}={_property(v)}" for k, v in fields.items())
    return f"::{COMMAND[f.severity]} {shown}::{data(message)}\n"


def summary(audits: Sequence[Audit], lang: str = "zh") -> str:
    """The step's summary as Markdown: a table over the reports, then the errors of each."""
    views = [view(a, lang) for a in audits]
    keys = ("ci.file", "labels.claimed", "labels.proposed", "labels.rescored", "severity.error", "severity.warning")
    out = ["## " + say("ci.summary", lang), "", "| " + " | ".join(say(k, lang) for k in keys) + " |", "| --- |" + " ---: |" * 5]
    out += [f"| {_cell(v.file)} | {number(v.claimed)} | {number(v.proposed)} | {interval(v.low, v.high)} | {v.count('error')} | {v.count('warning')} |"
            for v in views]
    for v in views:
        out += _errors(v, lang)
    return "\n".join(out) + "\n"


def _errors(v: View, lang: str) -> list[str]:
    errors = [f for f in v.findings if f.severity == "error"]
    if not errors:
        return []
    about = [f"- **{_cell(f.title)}**" + (f" {say('labels.indicator_of', lang, no=f.no)}" if f.no is not None else "") + f" {_cell(f.message)}"
             + (f" ({_cell(f.place)})" if f.place else "") for f in errors]
    return ["", f"### {_cell(v.file)}", "", *about]


def _cell(text: str) -> str:
    """Words of a document in Markdown: nothing of it is markup."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace("\n", " ")
    return "".join("\\" + c if c in "\\`*_{}[]()#|!~>" else c for c in text[:500])


def data(text: str) -> str:
    """A message as the workflow commands want it; a line of the document cannot become a command of its own."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return data(text).replace(":", "%3A").replace(",", "%2C")
