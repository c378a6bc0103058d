"""Levels (tiers) of one measure against what the report gives."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from audit.evidence import measures, statements
from audit.evidence.measures import Reading
from audit.evidence.passages import Line
from audit.evidence.words import cover
from audit.messages import message
from audit.model import State
from audit.rescore.counting import counted
from audit.rescore.needs import Need
from audit.rescore.outcome import ZERO, Outcome, quotes
from audit.rescore.scene import HUNDRED, Scene, figure_text, nearest, number, own_words, short
from audit.rescore.values import amounts, completion, pair_words, rate_need, share
from extractor.report import Figure
from patterns.clause import Clause
from patterns.numerals import integer
from patterns.units import find as find_unit


def within(clause: Clause, value: Decimal) -> bool:
    """Whether a value lies in a tier."""
    if clause.lower is not None and (value < clause.lower or (clause.lower_open and value == clause.lower)):
        return False
    return clause.upper is None or value < clause.upper or (value == clause.upper and not clause.upper_open)


def points_at(tiers: Sequence[Clause], value: Decimal) -> Decimal:
    """The points of the best tier that a value reaches, 0 for none."""
    return max((c.points or ZERO for c in tiers if within(c, value)), default=ZERO)


def levels(scene: Scene, tiers: Sequence[Clause], need: Need) -> Outcome:
    """A group of tiers of one measure."""
    most = max(c.points or ZERO for c in tiers)
    if tiers[0].unit in RANKS and RANKING.search(need.subject + tiers[0].text):
        return _rank_levels(scene, tiers, need, most)
    if need.kind == "count":
        return _count_levels(scene, tiers, need, most)
    if need.kind == "completion":
        return _completion_levels(scene, tiers, need, most)
    readings, sure = amounts(scene, need, tiers[0].unit or "") if need.kind == "amount" else share(scene, need)
    if not readings:
        return Outcome(
            ZERO,
            most,
            "open",
            explanation=message("rescore.open", condition=short(need.subject), points=number(most)),
            near=nearest(scene, need),
        )
    scale = _unit_scale(tiers[0].unit) if need.kind == "amount" else Decimal(1)
    values = [(r.low / scale, r.high / scale, r) for r in readings]
    return at_value(scene, tiers, need, most, values, sure)


RANKS = ("位", "名")
RANKING = re.compile("第|排名|名次|位次|居全|位列|前[0-9一二三四五六七八九十]")
RANKED = re.compile("第([0-9]{1,3}|[一二三四五六七八九十]{1,3})(?:位|名)")


def _rank_levels(scene: Scene, tiers: Sequence[Clause], need: Need, most: Decimal) -> Outcome:
    """Levels of a ranking (第1—3名得4分), against the place that the report says it took."""
    for passage in scene.passages:
        for line in passage.lines:
            found = {m[1] for m in RANKED.finditer(line.text)}
            if len(found) == 1 and cover(need.terms, (line.text, 1.0), (passage.title, 0.6)) >= 0.3:
                told = found.pop()
                rank = int(told) if told.isdigit() else integer(told)
                if rank is None:
                    continue
                place = Decimal(rank)
                points = points_at(tiers, place)
                return Outcome(
                    points, points, "met" if points else "unmet", quotes(scene.report, [line], against=points < most),
                    message("rescore.level", condition=short(need.subject), value=f"{place}{tiers[0].unit}", figures=f"第{place}", points=number(points)),
                    sure=True, figures=True, found=True)
    return Outcome(ZERO, most, "open", explanation=message("rescore.open", condition=short(need.subject), points=number(most)), near=nearest(scene, need))


def _unit_scale(unit: str | None) -> Decimal:
    known = find_unit(unit or "", 0)
    return known.factor if known is not None else Decimal(1)


def at_value(
    scene: Scene, tiers: Sequence[Clause], need: Need, most: Decimal, values: Sequence[tuple[Decimal, Decimal, Reading]], sure: bool
) -> Outcome:
    got = [points_at(tiers, v) for low, high, _ in values for v in between(tiers, low, high)]
    low, high = min(got), max(got)
    forecast = any(r.forecast for _, _, r in values)
    figures = tuple(dict.fromkeys(f for _, _, r in values for f in r.figures))
    lines = [line for _, _, r in values for line in r.lines]
    best = values[0][2]
    value = values[0][0]
    if forecast:
        low = ZERO
    if not sure:
        high, low = most, (low if best.fit >= 0.6 else ZERO)
    unit = tiers[0].unit or ""
    say = message(
        "rescore.derived" if best.how == "derived" else "rescore.level",
        condition=short(need.subject),
        value=number(value) + unit,
        figures="、".join(figure_text(scene.report, f) for f in best.figures),
        points=number(points_at(tiers, value)),
    )
    if forecast:
        say = message(
            "rescore.forecast",
            condition=short(need.subject),
            value=number(value) + unit,
            figures="、".join(figure_text(scene.report, f) for f in best.figures),
            points=number(high),
        )
    state: State = "open" if forecast or (not sure and low != high) else "met" if low else "unmet"
    return Outcome(
        low,
        high,
        state,
        quotes(scene.report, lines, figures, against=high < most, forecast=forecast),
        say,
        sure=sure and not forecast,
        figures=True,
        forecast=forecast,
        found=True,
    )


def between(tiers: Sequence[Clause], low: Decimal, high: Decimal) -> set[Decimal]:
    """The values that decide between low and high: the ends and the thresholds that lie inside."""
    inner = {t for c in tiers for t in (c.lower, c.upper) if t is not None and low < t < high}
    return {low, high} | inner


def _completion_levels(scene: Scene, tiers: Sequence[Clause], need: Need, most: Decimal) -> Outcome:
    got, missing, stated, _ = completion(scene, need)
    if not got:
        rates, sure = share(scene, rate_need(need))
        rates = [r for r in rates if "完成" in r.lines[0].text and r.how == "stated"]
        if rates:
            return at_value(scene, tiers, need, most, [(r.low, r.high, r) for r in rates[:1]], sure)
        if stated and not missing:
            return Outcome(
                points_at(tiers, HUNDRED),
                most,
                "met",
                quotes(scene.report, stated),
                message("rescore.said", condition=short(need.subject), points=number(points_at(tiers, HUNDRED))),
                found=True,
            )
        expected = _expected(scene)
        if expected is not None:
            line, f = expected
            bases = [x for x in line.figures if x.start > f.start and (x.unit == "%" or measures.family(x) == measures.family(f))]
            return Outcome(
                ZERO,
                most,
                "open",
                quotes(scene.report, [line], [f, *bases], forecast=True),
                message("rescore.expected", condition=short(need.subject), value=figure_text(scene.report, f), points=number(most)),
                figures=True,
                forecast=True,
                found=True,
            )
        return Outcome(
            ZERO,
            most,
            "open",
            explanation=message("rescore.no_goal", condition=short(need.subject), points=number(most)),
            near=nearest(scene, need),
        )
    low_pair = min(got, key=lambda p: p.low)
    one = len(got) == 1 or len({points_at(tiers, p.low) for p in got}) == 1
    values = [points_at(tiers, v) for p in got for v in between(tiers, p.low, p.high)]
    low, high = min(values), max(values)
    forecast = any(p.forecast for p in got)
    sure = one and not missing and all(p.plainly for p in got)
    if forecast or missing:
        low = ZERO
    if not sure:
        high = most
    figures = tuple(dict.fromkeys(f for p in got for f in p.figures))
    lines = [line for p in got for line in p.lines]
    say = pair_words(scene.report, low_pair, need, high if sure else low, forecast)
    state: State = "open" if forecast or not sure else "met" if low else "unmet"
    return Outcome(
        low,
        high,
        state,
        quotes(scene.report, [*lines, *stated], figures, against=high < most, forecast=forecast),
        say,
        sure=sure and not forecast and low_pair.low == low_pair.high,
        figures=True,
        forecast=forecast,
        found=True,
    )


def _expected(scene: Scene) -> tuple[Line, Figure] | None:
    """A result that is only expected, in the indicator's best passage, where no goal is stated."""
    for passage, strength in scene.near[:1]:
        if strength >= 0.75 and not passage.outlook:
            for line in passage.lines:
                for piece, f in measures.places(line):
                    if f.role == "actual" and f.unit != "%" and scene.ctx.is_forecast(f, piece) and not scene.ctx.is_next_year(f, piece):
                        return line, f
    return None


def _count_levels(scene: Scene, tiers: Sequence[Clause], need: Need, most: Decimal) -> Outcome:
    least, at_most, figures, lines, sure, forecast = counted(scene, need, tiers[0].unit or "")
    if not lines and min((c.lower for c in tiers if c.lower is not None), default=ZERO) == 1:
        said = statements.state(scene.weights, need.subject, [(p, s) for p, s in scene.near if not p.outlook])
        if said.told == "yes":
            points = points_at(tiers, Decimal(1))
            return Outcome(
                points,
                most,
                "met" if points == most else "partly",
                quotes(scene.report, said.lines),
                message("rescore.said", condition=short(need.subject), points=number(points)),
                found=True,
            )
    if not lines:
        return Outcome(
            ZERO,
            most,
            "open",
            explanation=message("rescore.open", condition=short(need.subject), points=number(most)),
            near=nearest(scene, need),
        )
    if figures and need.own and not any(own_words(scene, need, f, lines) for f in figures):
        sure, least = False, ZERO  # 14家企业 where each clause asks for a class of its own
    low = points_at(tiers, least)
    high = most if at_most is None or not sure else max(points_at(tiers, v) for v in between(tiers, least, at_most))
    if not figures and not sure and any(c.lower and c.lower > 1 for c in tiers) and low < most:
        high = most
    if forecast:
        low = ZERO
    state: State = "met" if low == high and low else "unmet" if low == high else "partly"
    return Outcome(
        low,
        high,
        state,
        quotes(scene.report, lines, figures, against=high < most, forecast=forecast),
        message(
            "rescore.level",
            condition=short(need.subject),
            value=number(least) + (tiers[0].unit or ""),
            figures="、".join(figure_text(scene.report, f) for f in figures) or number(least),
            points=number(low),
        ),
        sure=sure and not forecast,
        figures=bool(figures),
        forecast=forecast,
        found=True,
    )
