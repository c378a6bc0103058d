"""What came of one clause or of a group of clauses, before it is summed up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal

from audit.evidence.passages import Line
from audit.messages import Message
from audit.model import Evidence, Quote, State
from extractor.report import Figure, Report

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Outcome:
    """low..high: points that are proven and points that are not ruled out (negative for deductions).

    sure: a bound below the clause's full points rests on facts that plainly fit. figures: figures decide it. forecast: the deciding one
    is expected only. doubt: points that a fault takes if a person finds that it fits, with its evidence.
    """

    low: Decimal
    high: Decimal
    state: State
    evidence: tuple[Evidence, ...] = ()
    explanation: Message | None = None
    sure: bool = False
    figures: bool = False
    forecast: bool = False
    doubt: Decimal = ZERO
    doubt_evidence: tuple[Evidence, ...] = ()
    found: bool = False
    near: tuple[Line, ...] = field(default=())

    def but(self, **changes: object) -> Outcome:
        """The outcome with some fields changed."""
        return replace(self, **changes)  # type: ignore[arg-type]


def quotes(
    report: Report, lines: Iterable[Line], decisive: Iterable[Figure] = (), against: bool = False, forecast: bool = False
) -> tuple[Evidence, ...]:
    """Evidence for some sentences, each with the deciding figures that stand in it."""
    out = []
    figures = tuple(decisive)
    for line in sorted(set(lines), key=lambda x: x.start):
        out.append(
            Evidence(
                Quote.of(report, line.start, line.end), against, tuple(f for f in figures if line.start <= f.start < line.end), forecast
            )
        )
    return tuple(out)
