"""Days against what they are told of: grounds newer than the act, deeds of another year or after the report, days that do not exist."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from audit.messages import Message, message
from audit.model import Finding, IndicatorResult, Quote
from extractor.dates import Dated, Day, damaged_numbers, dated, dateline, two_titles
from extractor.report import Report
from patterns.content import plain
from patterns.speech import marks, said


def check_dates(report: Report, results: Sequence[IndicatorResult] = ()) -> list[Finding]:
    """anachronism, and what is wrong with cited document numbers; one finding per document or day. results: the rescored indicators, where there are any."""
    out: list[Finding] = []
    told: set[object] = set()
    own = dateline(report)
    for d in dated(report):
        text = wrong(report, d, own)
        key = d.document or (d.day and d.day.start)
        if text is not None and key not in told:
            told.add(key)
            out.append(Finding("anachronism", "warning", None, text, tuple(Quote.of(report, *span) for span in d.quotes)))
    held = [q for f in out for q in f.quotes]
    former = (f for f in former_years(report, results) if not any(q.start < f.quotes[0].end and f.quotes[0].start < q.end for q in held))
    return [*out, *former, *numbers(report)]


def former_years(report: Report, results: Sequence[IndicatorResult]) -> Iterator[Finding]:
    """What a rule asks for within the year, and the report itself dates in a former one."""
    for r in results:
        for c in r.clauses:
            if c.state != "unmet" or report.year is None or not any(w in c.clause.condition for w in marks("this_year")):
                continue
            for e in c.evidence:
                told = said(plain(e.quote.text))
                if told.year is not None and told.year < report.year and told.polarity == "done" and not told.last:
                    text = plain(e.quote.text)
                    words = message("checks.other_year", date=text[told.year_at : told.year_at + 5], report=report.year, year=told.year)
                    yield Finding("anachronism", "warning", r.row.no, words, (e.quote,))
                    break


def wrong(report: Report, d: Dated, own: Day | None) -> Message | None:
    """What is wrong with a dated thing, or None. own: the report's own date."""
    year = report.year
    if d.kind == "approval":
        late = year is not None and d.year is not None and d.year > year and (d.day is None or d.day.year <= year)
        return message("checks.grounds_next_year", number=d.document, year=d.year, report=year) if late else None
    day = d.day
    assert day is not None
    if d.kind == "no day":
        return message("checks.no_such_date", date=day.text)
    if d.kind == "ground":
        later = day.before(d.issue) if d.issue else d.year is not None and day.year < d.year
        return message("checks.grounds_later", number=d.document, year=d.year, date=day.text) if later else None
    if d.kind == "issued":
        return message("checks.issued", number=d.document, year=d.year, date=day.text) if day.year != d.year else None
    if year is None:
        return None
    other = {"achieved": day.year > year, "held": day.year > year and own is not None and (own.year, own.month, own.day) < (day.year, day.month, day.day),
             "awarded": day.year > year or (day.year < year and not d.history), "certificate": day.year < year}[d.kind]
    return message("checks.other_year", date=day.text, report=year, year=day.year) if other else None


def numbers(report: Report) -> Iterator[Finding]:
    """Document numbers that are malformed, or cited under two titles."""
    for n in damaged_numbers(report):
        yield Finding("missing-reference", "info", None, message("checks.malformed_number", number=n.text, canonical=n.canonical),
                      (Quote.of(report, n.start, n.end),))
    for a, b in two_titles(report):
        yield Finding("conflicting-figures", "warning", None, message("checks.two_titles", number=b.number, first=a.title, second=b.title),
                      (Quote.of(report, a.start, a.end), Quote.of(report, b.start, b.end)))
