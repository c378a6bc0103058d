"""By how much a level or a goal was missed or passed: from the clause that states it, or from the clause's own words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from audit.grounds.asks import HUNDRED, ZERO, Ask
from audit.grounds.counts import amounts, counts, missing
from audit.grounds.goals import best_of, goals
from audit.grounds.model import ClauseState
from audit.grounds.moves import moves
from audit.grounds.scene import Scene
from audit.grounds.settle import WIDER, reachable, settle
from audit.grounds.shares import rates
from audit.grounds.states import CLEAR, evidence_of, plainly, still_open
from audit.model import Evidence
from patterns.demand import PERCENTAGE_POINTS, POINTS

TINY = Decimal("0.0001")


def shortfall(scene: Scene, a: Ask, done: dict[int, ClauseState], ours: Sequence[Ask]) -> ClauseState:
    """How far a level was missed: from the clause that states it, or from the deduction's own words."""
    base = next((x for x in ours if x.index == a.demand.base), None)
    lacking = missing(scene, a) if base is None or done[base.index].state != "met" else None
    if lacking is not None:
        return ClauseState(a.clause, "unmet", evidence_of(scene, lacking, True), lacking.low, lacking.low, True)
    if base is not None:
        state = done[base.index]
        mates = [
            done[x.index]
            for x in ours
            if (base.demand.kind == "growth" == x.demand.kind and x.index < a.index)
            or (base.clause.group is not None and x.clause.group == base.clause.group)
            or base.demand.base == x.index
            or (x.demand.base == base.index and x.demand.kind == "growth")
        ]
        better = [
            m for m in mates if m.state == "met" and (m.clause.kind == "full" or (m.clause.points or ZERO) >= (base.clause.points or ZERO))
        ]
        if state.state == "met" or better:
            held = state if state.state == "met" else better[0]
            return ClauseState(a.clause, "met", held.evidence, ZERO, ZERO, held.sure)
        value = state.lowest if state.lowest is not None and state.lowest == state.highest else None
        level = base.clause.lower if not a.demand.below else base.clause.upper
        if level is None:
            level = base.clause.lower if base.clause.lower is not None else base.clause.upper
        if value is not None and level is not None:
            evidence = state.evidence or next((m.evidence for m in mates if m.evidence), ())
            times = base.demand.times if base.demand.kind in ("count", "amount") else 1
            gap = (abs(level - value) * times).quantize(TINY)  # 每月1次, 全年10次: two are missing
            return ClauseState(a.clause, "unmet", evidence, gap, gap, state.sure)
        if base.demand.kind == "growth" and level is None and (fall := next(iter(moves(scene, base)), None)) is not None and fall.fit >= 0.4:
            size = ZERO if fall.way == base.demand.way or (fall.way == "flat" and base.demand.equal) else fall.size
            if size is not None and not fall.forecast:  # 比上年增长的得3分，每下降1个百分点扣0.3分
                told = (scene.evidence(fall.line, fall.statements, fall.figures, bool(size)),)
                return ClauseState(a.clause, "unmet" if size else "met", told, size, size, fall.fit >= CLEAR)
        if state.state == "unmet" and base.demand.kind == "goal":
            best = best_of(goals(scene, base))
            if best is not None and best.short is not None and best.figures and best.figures[0].unit == a.clause.per_unit:
                return ClauseState(a.clause, "unmet", state.evidence, best.short, best.short, state.sure)
            if best is not None and best.low is not None and a.clause.per_unit in POINTS:
                gap = HUNDRED - best.low
                if best.figures and best.figures[0].unit == "%" and best.short is not None:
                    gap = best.short
                return ClauseState(a.clause, "unmet", state.evidence, gap, gap, state.sure)
        return replace(still_open(scene, a), near=state.near, forecast=state.forecast, lack=state.lack if state.lack else "silent")
    level = a.demand.level
    if level is None:
        best = best_of(goals(scene, a))
        if best is None or best.fit < 0.45:
            return still_open(scene, a)
        evidence = (scene.evidence(best.line, best.statements, best.figures, not best.met, best.forecast),)
        if best.met:
            return ClauseState(a.clause, "met", evidence, ZERO, ZERO, best.fit >= CLEAR)
        unit = best.figures[0].unit if best.figures else ""
        if best.short is not None and (unit == a.clause.per_unit or (unit == "%" and a.clause.per_unit in PERCENTAGE_POINTS)):
            return ClauseState(a.clause, "unmet", evidence, best.short, best.short, best.fit >= CLEAR)
        if best.low is not None and a.clause.per_unit in PERCENTAGE_POINTS:
            return ClauseState(a.clause, "unmet", evidence, HUNDRED - best.low, HUNDRED - best.low, best.fit >= CLEAR)
        return ClauseState(a.clause, "open", lack="no-goal", near=evidence)
    found = (
        rates(scene, a)
        if a.clause.per_unit in POINTS
        else counts(scene, a, a.clause.per_unit or "") or amounts(scene, a, a.clause.per_unit or "")
    )
    first, rivals = settle(found)
    if first is not None and a.demand.times > 1:
        first = next((r for r in found if r.line is first.line and r.whole and r.low > first.low), first)  # 各召开1次，全年4次
        rivals = []
    if first is None:
        return still_open(scene, a)
    if first.forecast:
        return ClauseState(a.clause, "open", forecast=True, lack="forecast", near=evidence_of(scene, first))
    values = [r.low for r in (first, *rivals)]
    gaps = [max(ZERO, (v - level) if a.demand.below else (level - v)) for v in values]
    if max(gaps) == 0:
        return ClauseState(a.clause, "met", evidence_of(scene, first), ZERO, ZERO, first.fit >= CLEAR)
    if min(gaps) == max(gaps):
        others = {max(ZERO, (v - level) if a.demand.below else (level - v)) for v in reachable(scene, a, first, found)}
        return ClauseState(a.clause, "unmet", evidence_of(scene, first, True), gaps[0], gaps[0], plainly(scene, a, first), others=tuple(sorted(others)))
    return replace(still_open(scene, a, "part"), lowest=min(gaps), highest=max(gaps))


def surplus(scene: Scene, a: Ask, done: dict[int, ClauseState], ours: Sequence[Ask]) -> ClauseState:
    """By how much a level or a goal was passed (超额完成的，每超10%加1分; 达到20场得3分，每增加5场加1分)."""
    base = next((x for x in ours if x.index == a.demand.base), None)
    if base is not None and base.clause.kind == "tier":
        state, level = done[base.index], base.clause.lower
        if state.lowest is None or state.lowest != state.highest or level is None:
            return replace(still_open(scene, a), near=state.near, forecast=state.forecast, lack=state.lack or "silent")
        in_part = a.clause.per_unit in POINTS and base.clause.unit not in POINTS  # 达到20场，每超10%
        gaps = sorted({_above(v, level, in_part) for v in (state.lowest, *state.others)})
        gap = _above(state.lowest, level, in_part)
        evidence = state.evidence or next((s.evidence for s in (done[x.index] for x in ours if x.clause.group == base.clause.group) if s.evidence), ())
        return _passed(a, evidence, gap, gap, state.sure, tuple(g for g in gaps if g != gap))
    found = goals(scene, base or a)
    best = best_of(found)
    if best is None or best.fit < 0.45 or best.low is None or best.forecast:
        return replace(still_open(scene, a), forecast=best is not None and best.forecast)
    evidence = (scene.evidence(best.line, best.statements, best.figures),)
    if a.clause.per_unit not in POINTS:
        if best.over is None or not best.figures or best.figures[0].unit != a.clause.per_unit:
            return ClauseState(a.clause, "open", lack="no-goal", near=evidence)
        return _passed(a, evidence, best.over, best.over, best.fit >= CLEAR)
    told = sorted({max(ZERO, v - HUNDRED) for v in (best.low, *best.exactly)})  # 110% may be printed for 109.6
    others = tuple(sorted({max(ZERO, g.low - HUNDRED) for g in found if g.low is not None and g.fit >= best.fit - WIDER} - set(told)))
    return _passed(a, evidence, told[0], told[-1], best.fit >= CLEAR, others)


def _above(value: Decimal, level: Decimal, in_part: bool) -> Decimal:
    """By how much a value lies above a level, in its own unit or in percent of it; 0 where it does not."""
    gap = max(ZERO, value - level)
    return gap / level * HUNDRED if in_part and level else gap


def _passed(a: Ask, evidence: tuple[Evidence, ...], low: Decimal, high: Decimal, sure: bool, others: tuple[Decimal, ...] = ()) -> ClauseState:
    return ClauseState(a.clause, "met" if high else "unmet", evidence, low, high, sure, others=others, reckoned=True)
