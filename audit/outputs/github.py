"""Annotations for GitHub Actions: a workflow command per finding (::error file=…,line=…,title=…::message)."""

from __future__ import annotations

from audit.messages import say
from audit.model import Audit
from audit.outputs.lines import Lines
from audit.outputs.view import view

COMMAND = {"error": "error", "warning": "warning", "info": "notice"}


def render(audit: Audit, lang: str = "zh") -> str:
    """One line per finding, worst first."""
    lines = Lines(audit.report.document)
    out = []
    for f in view(audit, lang).findings:
        fields = {"file": audit.report.document.path.replace("\\", "/")}
        first = f.passages[0] if f.passages else None
        line = lines.line(first.quote, first.start) if first else None
        if line:
            fields["line"] = str(line)
        fields["title"] = f.code + (f" {say('labels.indicator_of', lang, no=f.no)}" if f.no is not None else "")
        message = f.message + (f" ({say('labels.page_of', lang, page=f.page)})" if f.page else "")
        if first:
            message += f"\n“{first.quote}”"
        shown = ",".join(f"{k}={_property(v)}" for k, v in fields.items())
        out.append(f"::{COMMAND[f.severity]} {shown}::{_data(message)}\n")
    return "".join(out)


def _data(text: str) -> str:
    """A message as the workflow commands want it; a line of the document cannot become a command of its own."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
