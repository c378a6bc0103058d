"""Points off for faults that the report admits, and what its denials close."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import ROUND_FLOOR, Decimal

from audit.evidence import faults as fault_evidence
from audit.evidence import statements
from audit.evidence.passages import Line
from audit.evidence.words import cover
from audit.messages import message
from audit.rescore.needs import Need
from audit.rescore.outcome import ZERO, Outcome, quotes
from audit.rescore.scene import Scene, figure_text, nearest, number, short
from patterns.clause import Clause


def fault_quotes(scene: Scene, faults: Iterable[fault_evidence.Fault]) -> tuple:  # type: ignore[type-arg]
    faults = list(faults)
    return quotes(scene.report, [f.line for f in faults], [f.figure for f in faults if f.figure], against=True)


def _looked(scene: Scene, clause: Clause, need: Need) -> fault_evidence.Finding:
    found = fault_evidence.look(scene.ctx, scene.weights, need.subject, need.lead, clause.per_unit, scene.near, scene.far)
    return replace(found, faults=tuple(f for f in found.faults if f.figure is None or f.figure.start not in scene.barred))


def fault_fits(scene: Scene, clause: Clause, need: Need) -> dict[int, tuple[bool, float]]:
    """How well each fault's figure (by start) fits a deduction: surely or not, and how many of its words are said beside it."""
    found = _looked(scene, clause, need)
    return {
        f.figure.start: (f.sure, cover(found.ways[f.way].own, (f.piece.text, 1.0), (f.line.text, 0.5)))
        for f in found.faults
        if f.figure is not None
    }


def _faults(scene: Scene, clause: Clause, need: Need, cap: Decimal) -> Outcome:
    """Points off for faults: those stated count, denied ones close the clause, silence leaves it open."""
    found = _looked(scene, clause, need)
    points, per = clause.points or ZERO, clause.per
    sure = [f for f in found.faults if f.sure]
    doubtful = [f for f in found.faults if not f.sure]
    denials = quotes(scene.report, [line for _, line in found.denials])
    condition = short(need.subject)
    doubt = _off(doubtful, points, per, cap)
    if sure:
        off = _off(sure, points, per, cap)
        worst = off if found.closed or (found.complete and len(found.ways) <= 1) else cap
        return Outcome(
            -worst,
            -off,
            "met" if worst == off else "partly",
            (*fault_quotes(scene, sure), *denials),
            message(
                "rescore.faults",
                condition=condition,
                count="、".join(figure_text(scene.report, f.figure) for f in sure if f.figure),
                points=number(points),
                sum=number(off),
            ),
            sure=True,
            figures=True,
            found=True,
        )
    if found.closed:
        return Outcome(ZERO, ZERO, "met", denials, message("rescore.no_faults", condition=condition), found=True)
    if per is None:
        done = _done_instead(scene, need)
        if done:
            return Outcome(ZERO, ZERO, "met", quotes(scene.report, done), message("rescore.no_faults", condition=condition), found=True)
    return Outcome(
        -cap,
        ZERO,
        "open",
        denials,
        message("rescore.faults_open", condition=condition, points=number(cap)),
        found=bool(denials),
        doubt=doubt,
        doubt_evidence=fault_quotes(scene, doubtful),
        near=nearest(scene, need),
    )


def _off(faults: Sequence[fault_evidence.Fault], points: Decimal, per: Decimal | None, cap: Decimal) -> Decimal:
    """Points off for faults: those of one way are one fault told twice unless they stand in one sentence."""
    if not faults:
        return ZERO
    if per is None:
        return min(cap, points)
    by_way: dict[int, Decimal] = {}
    for f in faults:
        by_way[f.way] = max(by_way.get(f.way, ZERO), f.count)
    total = sum(by_way.values(), ZERO)
    return min(cap, (total / per).to_integral_value(ROUND_FLOOR) * points)


def _done_instead(scene: Scene, need: Need) -> tuple[Line, ...]:
    """没有开展执法检查的扣0.5分: a sentence that says it was done closes it."""
    m = re.search("没有|未", need.subject)
    if not m:
        return ()
    deed = need.subject[: m.start()] + need.subject[m.end() :]
    said = statements.state(scene.weights, deed, scene.near, enough=0.55)
    return said.lines if said.told == "yes" else ()
