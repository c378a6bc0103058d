"""Report and rules in, rescored indicators and score findings out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from audit.align import align
from audit.evidence import passages as narrative
from audit.evidence.measures import Context
from audit.evidence.words import Weights
from audit.model import Finding, IndicatorResult
from audit.rescore.indicator import Judged, judge
from audit.rescore.scene import Scene
from audit.rescore.score_findings import findings
from extractor.report import Report
from patterns.clause import CompiledRule

if TYPE_CHECKING:
    from patterns.scheme import Scheme


def rescore(
    report: Report, rules: Sequence[CompiledRule], scheme: Scheme | None, district_class: str
) -> tuple[list[IndicatorResult], list[Finding]]:
    """Score every indicator again from its rule and the report's own evidence.

    rules: the compiled rules of report.table.rows, in order. scheme: search words only, never a decision. district_class:
    "central" or "other". The findings are score-mismatch, unattainable-score, unsupported-claim and estimate-only.
    """
    rows = report.table.rows
    passages = narrative.read(report)
    weights = Weights(f"{r.name.text}，{r.rule.text}" for r in rows)
    hints = {}
    if scheme is not None:
        matched = scheme.match([(r.name.text, r.weight) for r in rows])
        hints = {r.no: own.evidence for r, own in zip(rows, matched, strict=True) if own is not None}
    found = align(rows, passages, weights, hints)
    ctx = Context(report)
    own = {row.no: frozenset(p.index for p, s in found.of[row.no] if s >= 0.95 and found.raw[p.index, row.no] >= 1.0) for row in rows}
    scenes: list[Scene] = []
    judged: list[Judged] = []
    results: list[IndicatorResult] = []
    out: list[Finding] = []
    for row, rule in zip(rows, rules, strict=True):
        near = found.of[row.no]
        mine = {p.index for p, _ in near}
        far = [p for p in passages if p.index not in mine and not p.outlook]
        scene = Scene(
            report,
            ctx,
            weights,
            near,
            far,
            row.name.text,
            row.weight or row.claimed or Decimal(0),
            {p.index: found.raw[p.index, row.no] for p, _ in near},
            passages,
            frozenset().union(*(own[r.no] for r in rows if r.domain.text == row.domain.text and r.no != row.no)),
        )
        scenes.append(scene)
        judged.append(judge(scene, row, rule, report.district or "", district_class))
    for k, (row, rule) in enumerate(zip(rows, rules, strict=True)):
        elsewhere = frozenset().union(*(j.charged for i, j in enumerate(judged) if i != k and j.result.row.no != row.no))
        if judged[k].doubt and elsewhere - judged[k].charged:
            # A fault that another indicator surely pays for is not held against this one as well.
            judged[k] = judge(replace(scenes[k], barred=elsewhere - judged[k].charged), row, rule, report.district or "", district_class)
    for j in judged:
        results.append(j.result)
        out += findings(report, j)
    return results, out
