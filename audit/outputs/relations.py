"""What was understood of a report's figures, on its text: the figures numbered in place, below each sentence the relations with their slots."""

from __future__ import annotations

from collections.abc import Iterator

from audit.messages import say
from extractor.relations import Relation
from extractor.report import Report


def lines(report: Report, lang: str) -> Iterator[str]:
    """The sentences that hold related figures, each followed by a line a relation. A figure is shown as [7 86处]."""
    of: dict[int, list[Relation]] = {}
    for r in report.relations:
        of.setdefault(max(report.figures[k].sentence for k in r.figures()), []).append(r)
    section: int | None = -1
    for index in sorted({report.figures[k].sentence for r in report.relations for k in r.figures()}):
        sentence = report.sentences[index]
        if sentence.section != section:
            section = sentence.section
            yield f"\n{report.section_name(section) or '—'}"
        yield f"\n{_numbered(report, index)}"
        for r in of.get(index, ()):
            yield f"    {_told(report, r, lang)}"


def _numbered(report: Report, index: int) -> str:
    """A sentence with its figures numbered in place."""
    sentence = report.sentences[index]
    out, at = [], sentence.start
    for f in report.figures_of.get(index, ()):
        out.append(f"{report.text[at:f.start]}[{f.index} {f.text}]")
        at = f.end
    return "".join([*out, report.text[at:sentence.end]]).replace("\n", " ")


def _told(report: Report, r: Relation, lang: str) -> str:
    """A relation in one line: its type, its slots by name, what else it says, and the form that read it."""
    slots = [f"{say(f'relation.{name}', lang)} {_figures(report, value)}" for name, value in r.slots.items()]
    if r.listed:
        slots.append(f"{say('relation.listed', lang)} {'、'.join(n.text for n in r.listed)}")
    marks = [say("relation.down" if r.down else "relation.up", lang)] if r.type == "growth" and r.down is not None else []
    marks += [say("relation.closed", lang)] if r.closed and r.type in ("parts", "count") else []
    marks += [] if r.said else [say("relation.unsaid", lang)]
    return f"{say(f'relation.type_{r.type}', lang)}: {'; '.join(slots)}{' (' + ', '.join(marks) + ')' if marks else ''}  <{r.form}>"


def _figures(report: Report, value: int | tuple[int, ...]) -> str:
    return " + ".join(f"[{k} {report.figures[k].text}]" for k in ((value,) if isinstance(value, int) else value))
