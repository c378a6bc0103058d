"""Clause × statements -> state and grounds: what the report itself says for or against every clause of a rule."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from audit.grounds.asks import ask_of
from audit.grounds.decide import decide
from audit.grounds.model import ClauseState
from audit.grounds.scene import Scene
from extractor.report import Report
from extractor.statements import statements
from patterns.clause import CompiledRule
from patterns.demand import demands

if TYPE_CHECKING:
    from patterns.scheme import Scheme


def grounds(report: Report, rules: Sequence[CompiledRule], scheme: Scheme | None, district_class: str) -> list[tuple[ClauseState, ...]]:
    """The state and the grounds of every clause, one tuple per row of report.table.rows, in the order of the rule's clauses.

    rules: the compiled rules of the rows, in order. scheme: search words only, never a decision. district_class: "central" or "other".
    """
    rows = report.table.rows
    hints = {}
    if scheme is not None:
        matched = scheme.match([(r.name.text, r.weight) for r in rows])
        hints = {r.no: own.evidence for r, own in zip(rows, matched, strict=True) if own is not None}
    scene = Scene(report, statements(report), rules, hints)
    out = []
    for row, rule in zip(rows, rules, strict=True):
        found = demands(rule, row.name.text)
        asks = [ask_of(scene.weights, row, rule, found, k) for k in range(len(found))]
        out.append(decide(scene, asks, report.district or "", district_class))
    return out
