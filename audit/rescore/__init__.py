"""Report and rules in, rescored indicators and score findings out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from audit.grounds import grounds
from audit.grounds.model import ClauseState
from audit.model import ClauseResult, Evidence, Finding, IndicatorResult, State
from audit.rescore.charges import once, spared
from audit.rescore.indicator import Ask, Judged, judge
from audit.rescore.pleas import read_otherwise
from audit.rescore.score_findings import findings
from extractor.notes import note_texts
from extractor.report import Report
from patterns.clause import Clause, CompiledRule
from patterns.rules.notes import Resolved, notes, resolve

if TYPE_CHECKING:
    from patterns.scheme import Scheme


def rescore(
    report: Report, rules: Sequence[CompiledRule], scheme: Scheme | None, district_class: str
) -> tuple[list[IndicatorResult], list[Finding]]:
    """Score every indicator again from its rule and the report's own evidence.

    rules: the compiled rules of report.table.rows, in order. scheme: search words only, never a decision. district_class:
    "central" or "other". The findings are score-mismatch, unattainable-score, over-maximum, unsupported-claim and estimate-only.
    """
    rows = report.table.rows
    known = notes([*(n.text for n in report.table.notes), *note_texts(report).values()])
    names = {"".join(r.name.text.split()): rule for r, rule in zip(rows, rules, strict=True)}
    resolved = [resolve(rule, row.weight, known, names) for row, rule in zip(rows, rules, strict=True)]
    states = [once(s) for s in grounds(report, [r.rule for r in resolved], scheme, district_class)]
    ask = Ask(partial(read_otherwise, report), partial(_holds_figure, report))
    judged = [judge(row, r.rule, s, report.district or "", district_class, ask)
              for row, r, s in zip(rows, resolved, states, strict=True)]
    judged = spared(judged)
    out = [f for j in judged for f in findings(report, j)]
    return [_as_written(j, rule, r) for j, rule, r in zip(judged, rules, resolved, strict=True)], out


def _holds_figure(report: Report, evidence: Evidence) -> bool:
    return any(evidence.quote.start <= f.start < evidence.quote.end for f in report.figures)


def _as_written(judged: Judged, rule: CompiledRule, resolved: Resolved) -> IndicatorResult:
    """The result with the rule's own clauses: a reference that was followed carries what came of the note's clauses."""
    result = judged.result
    if not resolved.of:
        return replace(result, rule=rule)
    by_clause = {r.clause: r for r in result.clauses}
    states = {s.clause: s for s in judged.states}
    clauses = tuple(_followed(c, [by_clause[o] for o in resolved.of[k]], [states[o] for o in resolved.of[k] if o in states])
                    if k in resolved.of else by_clause[c] for k, c in enumerate(rule.clauses))
    return replace(result, rule=rule, clauses=clauses)


def _followed(clause: Clause, results: Sequence[ClauseResult], states: Sequence[ClauseState]) -> ClauseResult:
    decided = [s for s in states if s.state in ("met", "unmet")]
    state: State = "open" if not decided or any(s.state == "open" for s in states) else "met" if any(s.state == "met" for s in decided) else "unmet"
    evidence = tuple(dict.fromkeys(e for r in results for e in r.evidence))
    return ClauseResult(clause, min(r.low for r in results), max(r.high for r in results), state, evidence)
