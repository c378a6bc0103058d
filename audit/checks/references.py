"""What a rule points at and whom it names: notes and annexes that are not there, districts that this one is not among."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from audit.messages import message
from audit.model import Finding, Quote
from extractor.notes import notes
from extractor.report import Report, Row
from patterns.clause import CompiledRule
from patterns.rules.pointers import named_districts, others_too, pointers


def check_references(report: Report, rules: Sequence[CompiledRule], district_class: str) -> list[Finding]:
    """missing-reference, one a note, and not-applicable, one an indicator."""
    return [*missing(report), *not_applicable(report, rules, district_class)]


def missing(report: Report) -> Iterator[Finding]:
    """Notes and annexes that rules point at and that are nowhere outside the rules: one finding a note, with every rule that points at it."""
    there = notes(report)
    absent: dict[str, list[tuple[Row, Quote]]] = {}
    for row in report.table.rows:
        p = next((p for p in pointers(row.rule.text) if p.label not in there), None)
        if p is not None:
            absent.setdefault(p.label, []).append((row, sentence(report, row, p.start)))
    for label, places in absent.items():
        name = "”“".join(row.name.text for row, _ in places)
        yield Finding("missing-reference", "warning", places[0][0].no, message("checks.missing_reference", label=label, name=name),
                      tuple(quote for _, quote in places))


def sentence(report: Report, row: Row, at: int) -> Quote:
    """The sentence of a rule around a place in it."""
    text = row.rule.text
    start = max(text.rfind(c, 0, at) for c in "。；") + 1
    ends = [k for k in (text.find(c, at) for c in "。；") if k >= 0]
    return Quote.of(report, row.rule.start + start, row.rule.start + min(ends, default=len(text)))


def not_applicable(report: Report, rules: Sequence[CompiledRule], district_class: str) -> Iterator[Finding]:
    """Rules that name districts without this one, although points are claimed."""
    if not report.district:
        return
    for row, rule in zip(report.table.rows, rules, strict=True):
        if not row.claimed or others_too(rule.text):
            continue
        named = named_districts(rule.text)
        nobody = bool(rule.clauses) and all(c.applies_to for c in rule.clauses) and not any(
            c.applies(report.district, district_class) for c in rule.clauses)
        listed = bool(named) and not any(report.district in n or n in report.district for n in named)
        if listed or nobody:
            yield Finding("not-applicable", "warning", row.no, message("checks.not_applicable", district=report.district, name=row.name.text),
                          (sentence(report, row, 0),), row.claimed)
