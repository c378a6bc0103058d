"""The brief (复核要点): one page for the head who decides. The verdict, the errors, five indicators to challenge, where to look."""

from __future__ import annotations

from dataclasses import dataclass
from os import PathLike

from docx.shared import Pt

from audit import files
from audit.messages import say
from audit.model import Audit
from audit.outputs.paper import HEADING, Paper, clip, save
from audit.outputs.terminal import verdict
from audit.outputs.view import IndicatorView, View, number, source_line, view
from audit.words import gist

SIZE, LINE = Pt(12), Pt(19)
ROOM, PER_LINE = 32, 38  # lines of the page below 复核要点, less its small print; characters of a line at this size


def write(audit: Audit, path: str | PathLike[str], lang: str = "zh") -> None:
    """Write the brief to a file. Raises UnusableInput where it cannot be written, or is the submitted report."""
    files.protect(path, audit.report.document.path)
    files.write(path, render(audit, lang))


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the brief, and the anchor on the page where more of it is told ("" for none)."""

    text: str
    anchor: str = ""


def points(audit: Audit, v: View, errors: int, longest: int = 110) -> list[tuple[str, tuple[Line, ...]]]:
    """The brief as (heading, lines): the same on paper and on the page. errors: how many are told at most."""
    lang = v.lang

    def t(key: str, **values: object) -> str:
        return say(f"brief.{key}", lang, **values)

    found = [f for f in v.findings if f.severity == "error"]
    lines: list[Line] = []
    for k, f in enumerate(found[:errors], 1):
        about = [say("labels.indicator_of", lang, no=f.no)] if f.no is not None else []
        about, message = [*about, *([f.place] if f.place else [])], clip(gist(f.message, 2 * longest), longest * 6 // 5)
        if lang == "zh":
            text = f"{k}. {f.title}" + (f"（{'，'.join(about)}）" if about else "") + f"：{message}"
        else:
            text = f"{k}. {f.title}" + (f" ({', '.join(about)})" if about else "") + f": {message}"
        lines.append(Line(text, f"f-{f.fingerprint}-{f.no or 0}"))
    if len(found) > errors:
        lines.append(Line(t("more", count=len(found) - errors)))
    parts: list[tuple[str, tuple[Line, ...]]] = [(t("errors"), tuple(lines) or (Line(t("no_errors")),))]
    told = {f.no: k for k, f in reversed(list(enumerate(found[:errors], 1))) if f.no is not None}
    def why(i: IndicatorView) -> str:
        return t("see_error", k=told[i.no]) if i.no in told else clip(gist(i.reason, longest), longest * 3 // 5)

    wanted = [Line(t("line", no=i.no, name=clip(i.name, 30), claimed=number(i.claimed), proposed=number(i.proposed),
                pending=t("pending", points=number(i.pending)) if i.pending else "", reason=why(i)) + (f"（{i.place}）" if i.place and lang == "zh" else ""), f"i-{i.no}")
              for i in v.challenged[:5]]
    if wanted:
        parts.append((t("challenge"), tuple(wanted)))
    kinds: dict[str, int] = {}
    for f in v.findings:
        if f.severity == "warning":
            kinds[f.title] = kinds.get(f.title, 0) + 1
    cover = audit.coverage
    rest = [t("warnings", count=sum(kinds.values()), kinds=("、" if lang == "zh" else ", ").join(f"{k} {n}" for k, n in list(kinds.items())[:8]))] if kinds else []
    rest += [t("unread", what=clip(p, 60)) for p in v.problems[:2]]
    rest.append(t("coverage", figures=cover.figures, clauses=cover.clauses, decided=cover.decided, rescored=cover.rescored, indicators=cover.indicators))
    if audit.review is not None and audit.review.state:
        rest.append(t("state", state=audit.review.state))
    parts.append((t("others"), tuple(map(Line, rest))))
    return parts


def render(audit: Audit, lang: str = "zh") -> bytes:
    """The brief's bytes. It keeps to one page: of many errors the first are told in full, and how many more there are."""
    v = view(audit, lang)
    total = v.count("error")
    for errors, longest in [*((total, n) for n in (140, 110, 80, 60)), *((n, 60) for n in range(min(total, 12), -1, -1))]:
        parts = points(audit, v, errors, longest)
        if sum(1 + sum(_lines(line.text) for line in lines) for _, lines in parts) + _lines(verdict(v)) + _lines(clip(v.title, 70)) <= ROOM:
            break
    paper = Paper(margins=(20, 18, 25, 25), line=LINE)
    paper.title(say("brief.title", lang), before=Pt(0), after=Pt(4), size=Pt(20))
    scheme = say("terminal.scheme_annex", lang) if v.scheme == "annex" else v.scheme
    paper.paragraph(clip(v.title, 70), indent=False, size=SIZE)
    paper.paragraph(say("brief.about", lang, file=clip(v.file, 40), district=v.district, year=v.year, scheme=scheme), indent=False, size=Pt(10.5))
    paper.paragraph(verdict(v), HEADING, indent=False, size=SIZE)
    for heading, lines in parts:
        p = paper.paragraph(heading, HEADING, indent=False, keep=True, level=0, size=SIZE)
        p.paragraph_format.space_before = Pt(6)
        for line in lines:
            paper.paragraph(line.text, indent=False, size=SIZE)
    paper.paragraph(source_line(audit, lang), indent=False, size=Pt(9))
    return save(paper.docx, say("brief.title", lang))


def _lines(text: str) -> int:
    width = sum(1.0 if ord(c) > 0x2000 else 0.5 for c in text)
    return max(1, -int(-width // (PER_LINE - 1)))
