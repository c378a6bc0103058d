"""What a comparison of several years is made of; serialises to JSON (`fuhe years`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal

from audit import provenance
from audit.diff.model import Difference, IndicatorChange, YearFinding, section
from audit.messages import Message
from audit.model import Audit, IndicatorResult, Quote
from audit.words import number
from extractor.report import Figure

if TYPE_CHECKING:
    import pandas

Kind = Literal["jump", "unit", "definition"]


@dataclass(frozen=True, slots=True)
class Year:
    """One report and its year."""

    year: int
    audit: Audit


@dataclass(frozen=True, slots=True)
class IndicatorLine:
    """One indicator through the years: its result by year, and what changed in it from the year before, by the later year."""

    name: str
    results: Mapping[int, IndicatorResult]
    changes: Mapping[int, IndicatorChange]


@dataclass(frozen=True, slots=True)
class Cell:
    """A quantity's value of a year. value: in the base unit (a percentage as printed); percent: the growth on the year before, one decimal,
    points for percentages, None where there is no year before or it was nothing."""

    figure: Figure
    audit: Audit
    value: Decimal
    percent: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """A break in a series, asked about and not accused: kind, the two years, and the words of both reports."""

    kind: Kind
    years: tuple[int, int]
    message: Message
    old: Quote
    new: Quote


@dataclass(frozen=True, slots=True)
class QuantityLine:
    """One quantity through the years. name: as the latest report calls it; unit: its printed unit there."""

    name: str
    unit: str
    cells: Mapping[int, Cell]
    questions: tuple[Question, ...] = ()


@dataclass(frozen=True)
class YearsTable:
    """Several years of one district. steps: each year against the one before (fuhe diff), with its findings."""

    years: tuple[Year, ...]
    indicators: tuple[IndicatorLine, ...]
    quantities: tuple[QuantityLine, ...]
    steps: tuple[Difference, ...] = field(default=())

    @property
    def questions(self) -> tuple[tuple[QuantityLine, Question], ...]:
        """All breaks with their quantities, in the order of the years."""
        found = [(line, q) for line in self.quantities for q in line.questions]
        return tuple(sorted(found, key=lambda x: (x[1].years, x[0].cells[x[1].years[1]].figure.start)))

    @property
    def findings(self) -> tuple[tuple[Difference, YearFinding], ...]:
        """What each year's report says wrongly of the year before."""
        return tuple((step, f) for step in self.steps for f in step.findings)

    def to_json(self, lang: str = "zh") -> dict[str, Any]:
        """Everything for machines; numbers as strings, keyed by year. lang is the language of the messages."""
        return {
            "years": [{"year": y.year, "provenance": provenance.to_json(y.audit),
                       "document": y.audit.report.document_json(), "stated_total": text(y.audit.report.table.stated_total),
                       "claimed_total": text(y.audit.claimed_total), "low": text(y.audit.low), "high": text(y.audit.high),
                       "proposed": text(y.audit.proposed)} for y in self.years],
            "indicators": [{"name": line.name, "years": {str(y): result_json(line, y) for y in line.results}} for line in self.indicators],
            "quantities": [{"name": line.name, "unit": line.unit, "years": {str(y): cell_json(c) for y, c in line.cells.items()},
                            "questions": [q.kind for q in line.questions]} for line in self.quantities],
            "questions": [{"kind": q.kind, "quantity": line.name, "from": q.years[0], "to": q.years[1], "message": q.message.text(lang),
                           "old_quote": q.old.text, "new_quote": q.new.text} for line, q in self.questions],
            "findings": [{"years": [step.old.report.year, step.new.report.year], "code": f.code, "severity": f.severity, "message": f.message.text(lang),
                          "quotes": [q.text for q in f.quotes], "old_quotes": [q.text for q in f.old_quotes]} for step, f in self.findings],
        }

    def indicators_frame(self) -> pandas.DataFrame:
        """One row per indicator and year (audit/years/frames.py)."""
        from audit.years.frames import indicators_frame

        return indicators_frame(self)

    def quantities_frame(self) -> pandas.DataFrame:
        """One row per quantity and year (audit/years/frames.py)."""
        from audit.years.frames import quantities_frame

        return quantities_frame(self)

    def questions_frame(self, lang: str = "zh") -> pandas.DataFrame:
        """One row per break (audit/years/frames.py)."""
        from audit.years.frames import questions_frame

        return questions_frame(self, lang)

    def to_html(self, path: str, lang: str = "zh") -> None:
        """Write the page. Raises patterns.errors.UnusableInput where it cannot be written."""
        from audit import files
        from audit.outputs.years import to_html

        files.write(path, to_html(self, lang))

    def to_xlsx(self, path: str, lang: str = "zh") -> None:
        """Write the workbook. Raises patterns.errors.UnusableInput where it cannot be written."""
        from audit.outputs.years import write_workbook

        write_workbook(self, path, lang)

    def __repr__(self) -> str:
        span = "–".join(dict.fromkeys((str(self.years[0].year), str(self.years[-1].year))))
        return (f"<YearsTable {self.years[-1].audit.report.district or '?'} {span}: {len(self.indicators)} indicators, {len(self.quantities)} quantities, "
                f"{len(self.questions)} questions>")


def text(value: Decimal | None) -> str | None:
    """A number for JSON."""
    return None if value is None else number(value)


def result_json(line: IndicatorLine, year: int) -> dict[str, Any]:
    """An indicator of a year."""
    r, change = line.results[year], line.changes.get(year)
    ways = [] if change is None else [*change.ways, *([change.rule.tendency] if change.rule and change.rule.tendency not in change.ways else [])]
    return {"no": r.no, "name": r.row.name.text, "weight": text(r.row.weight), "claimed": text(r.row.claimed), "low": text(r.low), "high": text(r.high),
            "proposed": text(r.proposed), "verdict": r.verdict, "ways": ways}


def cell_json(cell: Cell) -> dict[str, Any]:
    """A quantity's value of a year."""
    f, report = cell.figure, cell.audit.report
    return {"value": f.value, "unit": f.unit, "text": f.text, "base": text(cell.value), "percent": text(cell.percent), "subject": f.subject,
            "section": section(cell.audit, f), "page": report.document.page(f.start), "start": f.start, "end": f.end}
