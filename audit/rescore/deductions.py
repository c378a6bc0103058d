"""Points off for what falls short of a level, a goal or a number."""

from __future__ import annotations

import re
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from audit.evidence import measures
from audit.evidence.words import cover
from audit.messages import message
from audit.rescore.counting import counted
from audit.rescore.faults import _faults
from audit.rescore.needs import Need
from audit.rescore.outcome import ZERO, Outcome, quotes
from audit.rescore.scene import HUNDRED, Scene, figure_text, nearest, number, short
from audit.rescore.values import completion, pair_fit, said_done
from patterns.clause import Clause


def deduct(scene: Scene, clause: Clause, need: Need, most: Decimal) -> Outcome:
    """Points off: for a shortfall, or for faults. most: what the clause can take at all."""
    cap = min(clause.cap, most) if clause.cap is not None else most
    if clause.per is None and clause.points is not None:
        cap = min(cap, clause.points)
    match need.kind:
        case "share":
            return _below(scene, clause, need, cap)
        case "completion":
            return _behind(scene, clause, need, cap)
        case "count":
            return _fewer(scene, clause, need, cap)
        case "over":
            return _over(scene, clause, need, cap)
        case _:
            return _faults(scene, clause, need, cap)


def taken_off(clause: Clause, shortfall: Decimal, cap: Decimal) -> tuple[Decimal, Decimal]:
    """Points off for a shortfall, at most and at least: a part of a step may count or not."""
    if shortfall <= 0:
        return ZERO, ZERO
    per, points = clause.per or Decimal(1), clause.points or ZERO
    steps = shortfall / per
    return (min(cap, steps.to_integral_value(ROUND_CEILING) * points), min(cap, steps.to_integral_value(ROUND_FLOOR) * points))


def _open_deduct(scene: Scene, need: Need, cap: Decimal, key: str = "rescore.open_requirement") -> Outcome:
    return Outcome(
        -cap,
        ZERO,
        "open",
        explanation=message(key, condition=short(need.subject or scene.name), points=number(cap)),
        near=nearest(scene, need),
    )


def _below(scene: Scene, clause: Clause, need: Need, cap: Decimal) -> Outcome:
    """A share against the level that is asked for, from the rule or from the report (95%的考核要求)."""
    terms = need.terms if len(need.terms) > 1 else {**scene.weights.terms(scene.name), **need.terms}
    found = [r for r in measures.shares(scene.ctx, terms, need.subject, scene.passages) if r.fit > 0.3]
    if not found and (every := measures.every_one(scene.ctx, terms, scene.passages)) is not None:
        found = [every]
    required, goal = need.required, None
    for r in found:
        if required is None:
            goals = [
                f
                for line in r.passage.lines
                for p, f in measures.places(line)
                if f.unit == "%" and f.number is not None and f not in r.figures and scene.ctx.is_target(f, p, line)
            ]
            if not goals:
                continue
            goal = min(goals, key=lambda f: abs(f.start - r.figures[0].start))
            level = goal.number
        else:
            level = required
        assert level is not None
        rivals = [x for x in found if x is not r and x.fit > r.fit - 0.12 and x.how == r.how and x.low != r.low]
        sure = r.fit >= 0.6 and not rivals
        values = [r, *rivals]
        taken = [taken_off(clause, level - v, cap) for x in values for v in (x.low, x.high)]
        most, least = max(t[0] for t in taken), min(t[1] for t in taken)
        if not sure:
            least = ZERO
        if r.forecast:
            most, least = cap, ZERO
        figures = tuple(dict.fromkeys([*r.figures, *([goal] if goal else [])]))
        lines = [*r.lines, *(line for line in r.passage.lines if goal and line.start <= goal.start < line.end)]
        return Outcome(
            -most,
            -least,
            "met" if most == least else "partly",
            quotes(scene.report, lines, figures, against=least > 0, forecast=r.forecast),
            message(
                "rescore.below", condition=short(need.subject), value=number(r.low) + "%", level=number(level) + "%", points=number(least)
            ),
            sure=sure and not r.forecast,
            figures=True,
            forecast=r.forecast,
            found=True,
        )
    return _open_deduct(scene, need, cap)


def _behind(scene: Scene, clause: Clause, need: Need, cap: Decimal) -> Outcome:
    """Completion of goals: every point below 100% takes its points."""
    got, missing, stated, _ = completion(scene, need)
    if not got:
        if stated and not missing:
            return Outcome(
                ZERO, ZERO, "met", quotes(scene.report, stated), message("rescore.said_goal", condition=short(need.subject)), found=True
            )
        return _open_deduct(scene, need, cap)
    taken = [taken_off(clause, HUNDRED - min(v, HUNDRED), cap) for p in got for v in (p.low, p.high)]
    most, least = max(t[0] for t in taken), min(t[1] for t in taken)
    forecast = any(p.forecast for p in got)
    behind = [p for p in got if p.high < HUNDRED and any(SHORTFALL.search(x.text) for x in p.lines)]
    if behind:  # one task of several is said to have fallen short
        least = max(taken_off(clause, HUNDRED - p.high, cap)[1] for p in behind)
    if missing or forecast:
        most = cap
    sure = (bool(behind) or len({p.low >= HUNDRED for p in got}) == 1) and not forecast
    figures = tuple(dict.fromkeys(f for p in got for f in p.figures))
    lines = [*(line for p in got for line in p.lines), *stated]
    worst = min(got, key=lambda p: p.low)
    return Outcome(
        -most,
        -least,
        "met" if most == least else "partly",
        quotes(scene.report, lines, figures, against=least > 0, forecast=forecast),
        message(
            "rescore.behind",
            condition=short(need.subject),
            target=figure_text(scene.report, worst.target),
            rate=number(worst.low),
            actual="、".join(figure_text(scene.report, f) for f in ((worst.actual,) if worst.actual else worst.extra or (worst.target,))),
            points=number(least),
        ),
        sure=sure,
        figures=True,
        forecast=forecast,
        found=True,
    )


SHORTFALL = re.compile("比(?:要求|目标|任务|计划)(?:低|少)|相差|缺口|未完成|未达|尚差|尚缺|未能|欠[0-9]|低于")


def _fewer(scene: Scene, clause: Clause, need: Need, cap: Decimal) -> Outcome:
    """Fewer than asked for: 应达到4次，每少1次扣0.25分; 每少完成1座扣0.5分 against the task."""
    if need.required is None:
        got, missing, stated, _ = completion(scene, need)
        pairs = [
            p for p in got if p.actual is not None and measures.alike(p.target.unit, clause.per_unit or "") and p.target.number is not None
        ]
        if pairs:
            p = pairs[0]
            assert p.actual is not None and p.target.number is not None and p.actual.number is not None
            short_ = p.target.number - p.actual.number
            most, least = taken_off(clause, short_, cap)
            sure = len({(x.target.number, x.actual.number) for x in pairs if x.actual}) == 1
            return Outcome(
                -most,
                -least if sure else ZERO,
                "met" if most == least and sure else "partly",
                quotes(scene.report, p.lines, p.figures, against=least > 0, forecast=p.forecast),
                message(
                    "rescore.fewer",
                    condition=short(need.subject),
                    value=figure_text(scene.report, p.actual),
                    level=figure_text(scene.report, p.target),
                    points=number(least),
                ),
                sure=sure and not p.forecast,
                figures=True,
                forecast=p.forecast,
                found=True,
            )
        if stated and not missing:
            return Outcome(
                ZERO, ZERO, "met", quotes(scene.report, stated), message("rescore.said_goal", condition=short(need.subject)), found=True
            )
        return _open_deduct(scene, need, cap)
    least, at_most, figures, lines, sure, forecast = counted(scene, need, clause.per_unit or "次")
    if not lines:
        return _open_deduct(scene, need, cap)
    worst = taken_off(clause, need.required - least, cap)[0]
    best = ZERO if at_most is None else taken_off(clause, need.required - at_most, cap)[1]
    if forecast:
        worst = cap
    return Outcome(
        -worst,
        -best,
        "met" if worst == best else "partly",
        quotes(scene.report, lines, figures, against=best > 0, forecast=forecast),
        message(
            "rescore.fewer",
            condition=short(need.subject),
            value=number(least) + (clause.per_unit or ""),
            level=number(need.required) + (clause.per_unit or ""),
            points=number(best),
        ),
        sure=sure and not forecast,
        figures=bool(figures),
        forecast=forecast,
        found=True,
    )


def _over(scene: Scene, clause: Clause, need: Need, cap: Decimal) -> Outcome:
    """More than a limit allows (死亡人数控制在指标以内，每超1人扣2分): held against the limit that the report states."""
    unit = clause.per_unit or ""
    pairs = [
        p
        for q in scene.passages
        for p in measures.pairs(scene.ctx, q)
        if p.actual is not None
        and p.actual.number is not None
        and p.target.number is not None
        and (not unit or unit in measures.SHARED_POINTS or measures.alike(p.target.unit, unit) == 1.0)
    ]
    terms = scene.weights.terms(need.subject)
    pairs.sort(key=lambda p: (-round(pair_fit(terms, p), 3), p.target.start))
    if not pairs:
        said = said_done(scene, terms) or [
            line
            for p in scene.passages[:2]
            for line in p.lines
            if re.search("控制在[^，。；]{0,10}(?:以内|之内|范围)|未突破|未超", line.text) and cover(terms, (line.text, 1.0)) >= 0.4
        ]
        if said:
            return Outcome(
                ZERO, ZERO, "met", quotes(scene.report, said), message("rescore.said_goal", condition=short(need.subject)), found=True
            )
        return _open_deduct(scene, need, cap)
    p = pairs[0]
    assert p.actual is not None and p.actual.number is not None and p.target.number is not None
    most, least = taken_off(clause, p.actual.number - p.target.number, cap)
    return Outcome(
        -most,
        -least,
        "met" if most == least else "partly",
        quotes(scene.report, p.lines, p.figures, against=least > 0),
        message(
            "rescore.fewer",
            condition=short(need.subject),
            value=figure_text(scene.report, p.actual),
            level=figure_text(scene.report, p.target),
            points=number(least),
        ),
        sure=p.plainly,
        figures=True,
        found=True,
    )
