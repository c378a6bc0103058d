"""Points in proportion to what was done."""

from __future__ import annotations

import re
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from audit.evidence import measures
from audit.messages import message
from audit.rescore.needs import Need
from audit.rescore.outcome import ZERO, Outcome, quotes
from audit.rescore.scene import HUNDRED, Scene, figure_text, nearest, number, short
from audit.rescore.values import completion, pair_fit, pair_words, rate_need, share
from patterns.clause import Clause


def prorata(scene: Scene, clause: Clause, need: Need, points: Decimal) -> Outcome:
    """In proportion to completion: the share that is missing takes its part, rounded up where the rule says so."""
    got, _missing, _stated, _ = completion(scene, need)
    topic = Need(need.kind, need.subject.split("，")[0], need.terms, need.verbs, need.lead, None, "")
    if got and len(got) > 1:
        terms = scene.weights.terms(topic.subject)
        best = max(pair_fit(terms, p) for p in got)
        got = [p for p in got if pair_fit(terms, p) >= best - 1e-6]
    if not got:
        terms = scene.weights.terms(topic.subject)
        pairs = sorted(((pair_fit(terms, p), p) for q in scene.passages for p in measures.pairs(scene.ctx, q)), key=lambda x: -x[0])
        got = [pairs[0][1]] if pairs and pairs[0][0] >= 0.4 else []
    if not got:
        named = measures.rate_word(re.sub("完成率", "", need.subject)) is not None
        rates, sure = share(scene, need if named else rate_need(need))
        rates = [r for r in rates if r.how == "stated"]
        if rates and (sure or named):
            value = min(rates[0].low, HUNDRED)
            low, high = proportion(clause, points, value)
            return Outcome(
                low,
                high,
                "met" if low == high else "partly",
                quotes(scene.report, rates[0].lines, rates[0].figures, against=high < points),
                message(
                    "rescore.level",
                    condition=short(topic.subject),
                    value=number(value) + "%",
                    figures=figure_text(scene.report, rates[0].figures[0]),
                    points=number(high),
                ),
                sure=True,
                figures=True,
                found=True,
            )
        return Outcome(
            ZERO,
            points,
            "open",
            explanation=message("rescore.no_goal", condition=short(topic.subject), points=number(points)),
            near=nearest(scene, need),
        )
    p = got[0]
    low = min(proportion(clause, points, min(v, HUNDRED))[0] for v in (p.low, p.high))
    high = max(proportion(clause, points, min(v, HUNDRED))[1] for v in (p.low, p.high))
    if p.forecast:
        low = ZERO
    return Outcome(
        low,
        high,
        "met" if low == high else "partly",
        quotes(scene.report, p.lines, p.figures, against=high < points, forecast=p.forecast),
        pair_words(scene.report, p, topic, high, p.forecast),
        sure=not p.forecast,
        figures=True,
        forecast=p.forecast,
        found=True,
    )


def proportion(clause: Clause, points: Decimal, percent: Decimal) -> tuple[Decimal, Decimal]:
    """Points for a share done, least and most: rounding up of the missing part may go to whole points, tenths or hundredths."""
    exact = points * percent / HUNDRED
    if percent >= HUNDRED:
        return points, points
    if clause.round == "up":
        missing = points - exact
        return max(ZERO, points - missing.to_integral_value(ROUND_CEILING)), points - missing
    if clause.round == "down":
        return exact.to_integral_value(ROUND_FLOOR), exact
    return exact.quantize(Decimal("0.1"), ROUND_FLOOR), exact.quantize(Decimal("0.1"), ROUND_CEILING)  # claims are rounded to tenths
