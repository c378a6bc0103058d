"""The HTML report: one file that opens offline, runs nothing of the document's and asks nobody for anything."""

from __future__ import annotations

import base64
import hashlib
from decimal import Decimal
from functools import partial
from os import PathLike
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from audit import files as disk
from audit.messages import say
from audit.model import Audit
from audit.outputs import brief, reading
from audit.outputs.crops import Crop, Cropper
from audit.outputs.quotes import innermost
from audit.outputs.terminal import verdict
from audit.outputs.view import IndicatorView, View, interval, number, view
from patterns import expressions as re
from patterns.places import files

LONGEST = 400  # characters of one passage shown in full
SEPARATORS = re.compile(r"[、，,;；/\s]+")


def write(audit: Audit, path: str | PathLike[str], lang: str = "zh") -> None:
    """Write the report to a file. Raises UnusableInput where it cannot be written, or is the submitted report."""
    disk.protect(path, audit.report.document.path)
    disk.write(path, render(audit, lang))


def render(audit: Audit, lang: str = "zh") -> str:
    """The report as HTML. Pictures of pages are cut from the file that the document was read from, if it is still there."""
    shown = view(audit, lang)
    cropper = Cropper(audit.report.document)
    everything = (*shown.findings, *shown.dismissed)
    spans = {f.fingerprint: innermost([(p.start, p.end) for p in f.passages]) for f in everything}
    try:
        crops = {f.fingerprint + str(f.no): cropper.crops(spans[f.fingerprint]) for f in everything}
    finally:
        cropper.close()
    excerpts = {f.fingerprint + str(f.no): reading.excerpt(audit, spans[f.fingerprint], f.place, f.severity)
                for f in everything if not crops[f.fingerprint + str(f.no)]}
    anchors = {f.fingerprint + str(f.no): reading.anchor(audit.report, f.passages[0].start) if f.passages else "" for f in everything}
    return page("report.html.j2", lang, v=shown, cover=audit.coverage, crops=crops, excerpts=excerpts, anchors=anchors, verdict=verdict(shown),
                paragraphs=reading.paragraphs(audit), legend=reading.legend(audit, lang), points=brief.points(audit, shown, 99), pictures=cropper.pictures, sizes=cropper.sizes,
                domains=_choices(i.domain for i in shown.indicators),
                leads=_choices(d for i in shown.indicators for d in departments(i.lead)), chart=chart(shown))


def summary(audit: Audit, lang: str = "zh") -> str:
    """What a notebook shows: the verdict, the errors, the indicators to challenge. Everything of the document is escaped."""
    shown = view(audit, lang)
    out = [f"<p><strong>{escape(clip(shown.title, 80, lang=lang))}</strong><br>{escape(verdict(shown))}</p>"]
    for heading, lines in brief.points(audit, shown, 10):
        out.append(f"<p><strong>{escape(heading)}</strong></p><ul>" + "".join(f"<li>{escape(line.text)}</li>" for line in lines) + "</ul>")
    return "".join(out)


def page(template: str, lang: str, **values: Any) -> str:
    """A template rendered with the shared style and script, and the policy that allows nothing else."""
    style, script = asset("report.css"), asset("report.js")
    policy = (f"default-src 'none'; img-src data:; style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
              "base-uri 'none'; form-action 'none'")
    return environment(lang).get_template(template).render(
        lang=lang, locale={"zh": "zh-CN", "en": "en"}[lang], style=Markup(style), script=Markup(script), policy=policy, **values)


def environment(lang: str) -> Environment:
    """The templates with what they call: t (message), num, span (interval), clip, bar, departments. Everything is escaped."""
    env = Environment(loader=PackageLoader("audit.outputs", "templates"), autoescape=True, undefined=StrictUndefined,
                      trim_blocks=True, lstrip_blocks=True)
    env.globals.update(t=lambda key, **values: say(f"html.{key}", lang, **values),
                       label=lambda key, **values: say(f"labels.{key}", lang, **values),
                       review=lambda key, **values: say(f"review.{key}", lang, **values), say=partial(_say, lang),
                       span=interval, bar=bar, departments=departments)
    env.filters.update(num=number, clip=partial(clip, lang=lang))
    return env


def _say(lang: str, key: str, **values: object) -> str:
    return say(key, lang, **values)


def asset(name: str) -> str:
    """A style sheet or script of the templates' folder."""
    return files("audit.outputs").joinpath("templates", name).read_text("utf8")


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode("ascii")


def clip(text: str, longest: int = LONGEST, *, lang: str = "zh") -> str:
    """A text that is too long for a page, cut with a note of its length."""
    if len(text) <= longest:
        return text
    return text[:longest] + say("html.clipped", lang, length=len(text))


def departments(lead: str) -> list[str]:
    """The departments that a lead cell names."""
    return [d for d in SEPARATORS.split(lead) if d]


def _choices(values: Any) -> list[str]:
    return list(dict.fromkeys(v for v in values if v))


def bar(i: IndicatorView) -> dict[str, str]:
    """Where [low, high] and the claim stand on a bar of 100 that is as long as the weight (or as what exceeds it)."""
    longest = max(i.weight or Decimal(0), i.claimed or Decimal(0), i.high, Decimal("0.01"))

    def at(value: Decimal) -> Decimal:
        return max(Decimal(0), min(Decimal(100), value * 100 / longest))

    low, high = at(i.low), at(i.high)
    return {"low": f"{low:.1f}", "width": f"{high - low:.1f}", "claim": "" if i.claimed is None else f"{at(i.claimed):.1f}",
            "weight": f"{at(i.weight or Decimal(0)):.1f}"}


def chart(v: View) -> list[dict[str, str]]:
    """The stacked bar of the claimed points by group: x and width out of 100, with the label."""
    total = sum((max(p, Decimal(0)) for _, _, p in v.points), Decimal(0))
    out, x = [], Decimal(0)
    for group, label, points in v.points:
        width = max(points, Decimal(0)) * 100 / total if total else Decimal(0)
        out.append({"group": group, "label": label, "points": number(points), "x": f"{x:.2f}", "width": f"{width:.2f}"})
        x += width
    return out


__all__ = ["Crop", "page", "render", "write"]
