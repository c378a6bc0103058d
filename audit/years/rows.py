"""Indicators through the years, by the pairs of each step."""

from __future__ import annotations

from collections.abc import Sequence

from audit.diff.model import Difference, IndicatorChange
from audit.model import Audit, IndicatorResult
from audit.years.model import IndicatorLine


def indicator_lines(audits: Sequence[Audit], steps: Sequence[Difference]) -> tuple[IndicatorLine, ...]:
    """One line an indicator, in the order of the latest report; those that it lacks come last, the most recent first."""
    results: list[dict[int, IndicatorResult]] = []
    changes: list[dict[int, IndicatorChange]] = []
    at: dict[int, int] = {}

    def begin(year: int, item: IndicatorResult) -> int:
        results.append({year: item})
        changes.append({})
        return len(results) - 1

    first = audits[0].report.year or 0
    at = {item.no: begin(first, item) for item in audits[0].indicators}
    for step in steps:
        year = step.new.report.year or 0
        now: dict[int, int] = {}
        for change in step.indicators:
            if change.new is None:
                continue
            line = at.get(change.old.no) if change.old is not None else None
            if line is None:
                line = begin(year, change.new)
            else:
                results[line][year] = change.new
            changes[line][year] = change
            now[change.new.no] = line
        at = now
    last = audits[-1].report.year or 0
    made = [IndicatorLine(next(reversed(r.values())).row.name.text, r, c) for r, c in zip(results, changes, strict=True)]
    return tuple(sorted(made, key=lambda line: (-max(line.results), line.results[max(line.results)].no) if max(line.results) != last else (
        -last, line.results[last].no)))
