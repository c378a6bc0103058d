"""Points that a condition brings, once or for each item."""

from __future__ import annotations

import re
from decimal import ROUND_FLOOR, Decimal

from audit.evidence import faults as fault_evidence
from audit.evidence import measures, statements
from audit.evidence.passages import Line
from audit.evidence.words import cover
from audit.messages import message
from audit.rescore.counting import counted
from audit.rescore.faults import fault_quotes
from audit.rescore.needs import Need
from audit.rescore.outcome import ZERO, Outcome, quotes
from audit.rescore.scene import HUNDRED, Scene, figure_text, nearest, number, short
from audit.rescore.values import completion, pair_words, rate_need, share
from patterns.clause import Clause


def award(scene: Scene, clause: Clause, need: Need, points: Decimal) -> Outcome:
    """Points for a condition that holds (award, full)."""
    match need.kind:
        case "completion":
            return _completion_award(scene, need, points)
        case "growth":
            return _growth(scene, need, points)
        case "poor":
            return _poor(scene, need, points)
        case "no-fault":
            return _no_fault(scene, clause, need, points)
        case _:
            return _statement(scene, need, points)


def _statement(scene: Scene, need: Need, points: Decimal) -> Outcome:
    said = statements.state(scene.weights, need.subject, scene.near)
    if said.told in ("none", "part", "plan") and said.coverage < 0.75:
        far = statements.state(scene.weights, need.subject, [(p, 0.0) for p in scene.far if not p.preamble], enough=0.78)
        if far.told == "yes":
            said = far
    condition = short(need.subject)
    exception = _exception(scene, need, said) if said.told == "yes" else ()
    if exception:
        return Outcome(
            ZERO,
            points,
            "partly",
            quotes(scene.report, [*said.lines, *exception]),
            message("rescore.partly", condition=condition, points=number(points)),
            found=True,
            near=said.lines,
        )
    match said.told:
        case "yes":
            return Outcome(
                points,
                points,
                "met",
                quotes(scene.report, said.lines),
                message("rescore.said", condition=condition, points=number(points)),
                found=True,
            )
        case "no":
            return Outcome(
                ZERO,
                ZERO,
                "unmet",
                quotes(scene.report, said.lines, against=True),
                message("rescore.denied", condition=condition, points=number(points)),
                sure=False,
                found=True,
            )
        case "plan":
            return Outcome(
                ZERO,
                points,
                "open",
                quotes(scene.report, said.lines, forecast=True),
                message("rescore.planned", condition=condition, points=number(points)),
                found=True,
                near=said.lines,
            )
        case "part":
            return Outcome(
                ZERO,
                points,
                "partly",
                quotes(scene.report, said.lines),
                message("rescore.partly", condition=condition, points=number(points)),
                found=True,
                near=said.lines,
            )
        case _:
            return Outcome(
                ZERO,
                points,
                "open",
                explanation=message("rescore.open", condition=condition, points=number(points)),
                near=said.lines or nearest(scene, need),
            )


EVERY = re.compile("全部|均|都|逐一|悉数|全面|应[^，。；]{1,3}尽|严格|一律")


def _exception(scene: Scene, need: Need, said: statements.Statement) -> tuple[Line, ...]:
    """Sentences of the same passage that tell of one that did not (1家未能按期办结), where a condition asks for every one."""
    if not EVERY.search(need.subject) or said.passage is None:
        return ()
    found = fault_evidence.look(scene.ctx, scene.weights, need.subject + "未完成", "", None, [(said.passage, 1.0)], ())
    return tuple(dict.fromkeys(f.line for f in found.faults))


PLAINLY_POOR = re.compile("质量(?:较|不|欠|差)|不(?:高|佳)|较差|退回|一般|迟报|不齐|不全|滞后|不及时")


VAGUELY_POOR = re.compile("提升空间|不够|有待|差距|不足|欠缺|不完善|薄弱")


def _poor(scene: Scene, need: Need, points: Decimal) -> Outcome:
    """A lower alternative (报送质量不佳的得0.5分): told plainly it holds, told vaguely it may."""
    terms = scene.weights.terms(POOR_WORDS.sub("", need.subject)) or scene.weights.terms(scene.name)
    for pattern, plainly in ((PLAINLY_POOR, True), (VAGUELY_POOR, False)):
        for passage, strength in scene.near:
            if passage.outlook or strength < 0.5:
                continue
            for line in passage.lines:
                for piece in line.pieces:
                    if (
                        pattern.search(piece.text)
                        and not re.search("(?:未|没有|无)[^，。；]{0,6}(?:退回|质量|迟报)", piece.text)
                        and cover(terms, (piece.text, 1.0), (line.text, 0.8)) >= 0.3
                    ):
                        return Outcome(
                            points if plainly else ZERO,
                            points,
                            "met" if plainly else "open",
                            quotes(scene.report, [line], against=True),
                            message("rescore.said", condition=short(need.subject), points=number(points)),
                            sure=plainly,
                            found=True,
                        )
    return Outcome(ZERO, ZERO, "excluded")


POOR_WORDS = re.compile("质量|较差|不高|欠佳|不佳|不够|一般")


def _completion_award(scene: Scene, need: Need, points: Decimal) -> Outcome:
    got, missing, stated, _ = completion(scene, need)
    condition = short(need.subject)
    if not got and (missing or not stated):
        rates, sure = share(scene, rate_need(need))
        rates = [r for r in rates if "完成率" in r.lines[0].text and r.how == "stated"]
        if rates and sure and rates[0].low >= HUNDRED:
            f = rates[0].figures
            return Outcome(
                points,
                points,
                "met",
                quotes(scene.report, rates[0].lines, f),
                message(
                    "rescore.level",
                    condition=condition,
                    value=number(rates[0].low) + "%",
                    figures=figure_text(scene.report, f[0]),
                    points=number(points),
                ),
                figures=True,
                found=True,
            )
        return Outcome(
            ZERO,
            points,
            "open",
            quotes(scene.report, stated) if stated else (),
            message("rescore.no_goal", condition=condition, points=number(points)),
            found=bool(stated),
            near=nearest(scene, need),
        )
    figures = tuple(dict.fromkeys(f for p in got for f in p.figures))
    lines = [*(line for p in got for line in p.lines), *stated]
    failed = [p for p in got if p.high < HUNDRED]
    doubtful = [p for p in got if p.low < HUNDRED <= p.high]
    forecast = any(p.forecast for p in got)
    if failed and not forecast:
        sure = len(got) == len(failed) and all(p.plainly for p in failed)
        return Outcome(
            ZERO,
            ZERO if sure else points,
            "unmet" if sure else "partly",
            quotes(scene.report, lines, figures, against=True),
            pair_words(scene.report, failed[0], need, ZERO, False),
            sure=sure,
            figures=True,
            found=True,
        )
    if missing or forecast or doubtful:
        return Outcome(
            ZERO,
            points,
            "partly",
            quotes(scene.report, lines, figures, forecast=forecast),
            message("rescore.partly", condition=condition, points=number(points)),
            figures=bool(figures),
            forecast=forecast,
            found=True,
            near=tuple(lines),
        )
    say = (
        pair_words(scene.report, got[0], need, points, False)
        if got
        else message("rescore.said", condition=condition, points=number(points))
    )
    return Outcome(points, points, "met", quotes(scene.report, lines, figures), say, figures=bool(figures), found=True)


RISEN = re.compile("^[^，。；]{0,6}(?:增至|增加到|提高到|提升到|升至|上升到|降至|减至|下降到|减少到|增长到)$")


def _growth(scene: Scene, need: Need, points: Decimal) -> Outcome:
    """Not less than last year: a stated growth, or last year's amount beside this year's."""
    condition = short(need.subject)
    less = re.search("减少|下降|降低|压减|低于上年", need.subject) is not None and re.search("不(?:低|少)于", need.subject) is None
    for passage in scene.best:
        for line in passage.lines:
            for piece in line.pieces:
                for f in piece.figures:
                    before = scene.ctx.own_before(f, piece)
                    if f.unit == "%" and re.search("增长|增加|增幅|提高|上升|下降|减少|降幅", before) and (f.role == "change" or f.compare):
                        if cover(need.terms, (line.text, 1.0), (passage.text, 0.8), (passage.title, 0.6)) < 0.3:
                            continue
                        down = f.down or bool(re.search("下降|减少|降低|降幅", before))
                        used = tuple(x for x in line.figures if x is f or (x.unit not in ("%", "个百分点") and abs(x.start - f.start) < 60))
                        got = points if down == less else ZERO
                        return Outcome(
                            got,
                            got,
                            "met" if got else "unmet",
                            quotes(scene.report, [line], used, against=not got),
                            message("rescore.growth", condition=condition, value=figure_text(scene.report, f), points=number(got)),
                            sure=True,
                            figures=True,
                            found=True,
                        )
                    if measures.LAST_YEAR.search(before) and f.number is not None:
                        alike = [x for x in line.figures if measures.family(x) == measures.family(f) and x is not f and x.parent is None]
                        rising = [x for x in alike if x.start > f.end and RISEN.search(scene.report.text[f.end : x.start])][:1]
                        now = rising or [x for x in alike if x.start < f.start]
                        if (
                            now
                            and (a := measures.amount(now[-1])) is not None
                            and (b := measures.amount(f)) is not None
                            and cover(need.terms, (line.text, 1.0), (passage.text, 0.8), (passage.title, 0.6)) >= 0.3
                        ):
                            got = points if (a < b if less else a >= b) else ZERO
                            return Outcome(
                                got,
                                got,
                                "met" if got else "unmet",
                                quotes(scene.report, [line], (now[-1], f), against=not got),
                                message(
                                    "rescore.growth", condition=condition, value=figure_text(scene.report, now[-1]), points=number(got)
                                ),
                                sure=True,
                                figures=True,
                                found=True,
                            )
    best = {p.index for p in scene.best}
    said = statements.state(scene.weights, need.subject, [(p, s) for p, s in scene.near if p.index in best], enough=0.7)
    if said.told == "yes" and said.lines and re.search("持平|增长|增加|高于|提高", said.lines[0].text):
        return Outcome(
            points,
            points,
            "met",
            quotes(scene.report, said.lines),
            message("rescore.said", condition=condition, points=number(points)),
            found=True,
        )
    return Outcome(
        ZERO, points, "open", explanation=message("rescore.open", condition=condition, points=number(points)), near=nearest(scene, need)
    )


def _no_fault(scene: Scene, clause: Clause, need: Need, points: Decimal) -> Outcome:
    """Points for the absence of something: 没有应做未做项目的，得0.5分."""
    positive = re.sub("^[^，。；]{0,16}?(?:没有|未发生|未出现|未发现|不发生|不存在|零|无)", "", need.subject) or need.subject
    found = fault_evidence.look(scene.ctx, scene.weights, positive, need.lead + need.subject, None, scene.near, ())
    sure = [f for f in found.faults if f.sure]
    if sure and not found.denied:
        return Outcome(
            ZERO,
            ZERO,
            "unmet",
            fault_quotes(scene, sure),
            message("rescore.denied", condition=short(need.subject), points=number(points)),
            sure=True,
            figures=True,
            found=True,
        )
    if found.closed or (found.denied and len(found.ways) <= 2):
        return Outcome(
            points,
            points,
            "met",
            quotes(scene.report, [line for _, line in found.denials]),
            message("rescore.said", condition=short(need.subject), points=number(points)),
            found=True,
        )
    return _statement(scene, need, points)


def each(scene: Scene, clause: Clause, need: Need) -> Outcome:
    """Points for each item, capped."""
    points, per = clause.points or ZERO, clause.per or Decimal(1)
    cap = min(clause.cap if clause.cap is not None else scene.weight, scene.weight)
    least, at_most, figures, lines, sure, forecast = counted(scene, need, clause.per_unit or "个")
    if not lines:
        return Outcome(
            ZERO,
            cap,
            "open",
            explanation=message("rescore.open", condition=short(need.subject), points=number(cap)),
            near=nearest(scene, need),
        )
    low = min(cap, (least / per).to_integral_value(ROUND_FLOOR) * points)
    high = cap if at_most is None else min(cap, (at_most / per).to_integral_value(ROUND_FLOOR) * points)
    if forecast:
        low = ZERO
    words = "、".join(figure_text(scene.report, f) for f in figures[:1]) or number(least) + (clause.per_unit or "")
    return Outcome(
        low,
        high,
        "met" if low == high else "partly",
        quotes(scene.report, lines, figures, against=high < cap, forecast=forecast),
        message("rescore.each", condition=short(need.subject), count=words, points=number(points), sum=number(low), cap=number(cap)),
        sure=sure and not forecast,
        figures=bool(figures),
        forecast=forecast,
        found=True,
    )
