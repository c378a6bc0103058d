"""Shares, amounts, goals with their results: what the report gives for a clause that asks for a number."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from audit.evidence import measures, statements
from audit.evidence.measures import Pair, Reading
from audit.evidence.passages import Line
from audit.evidence.words import cover
from audit.messages import Message, message
from audit.rescore.needs import Need, subjects
from audit.rescore.scene import HUNDRED, Scene, figure_text, number, short
from extractor.report import Report
from patterns.units import find as find_unit

PLAIN_SHARE, PLAIN_PAIR = 0.75, 0.3


def share(scene: Scene, need: Need) -> tuple[list[Reading], bool]:
    """Readings of a share and whether the best one plainly is it."""
    found = [r for r in measures.shares(scene.ctx, need.terms, need.subject, scene.passages) if r.fit > 0.3]
    if need.own:  # another level of the rule asks for a share of other things: 生产企业 and 餐饮单位
        own = {w: need.terms.get(w, 0.5) for w in need.own}
        told = [(cover(own, ("".join(x.text for x in r.lines), 1.0), (r.passage.title, 0.8)), r) for r in found]
        found = [r for c, r in sorted(told, key=lambda t: -round(t[0], 2)) if c >= 0.4 and c >= max(t[0] for t in told) - 0.15]
    if not found:
        every = measures.every_one(scene.ctx, need.terms, scene.passages)
        return ([every], True) if every is not None else ([], False)
    best = found[0]
    rival = [r for r in found[1:] if r.fit > best.fit - 0.12 and (r.low, r.high) != (best.low, best.high) and r.how == best.how]
    return [best, *rival], best.fit >= PLAIN_SHARE and not rival


def completion(scene: Scene, need: Need, extra: str = "") -> tuple[list[Pair], list[str], tuple[Line, ...], bool]:
    """Goals with results for each subject of a condition; the subjects without any; lines that state that goals were met; whether sure.

    A subject whose goal is only said to be met is not missing; its lines come third.
    """
    goals = [pair for p in scene.passages for pair in measures.pairs(scene.ctx, p)]
    topics = subjects(need.subject)
    if not any(len(t) > 1 for t in topics) or re.fullmatch("[^\u4e00-\u9fff]*", "".join(topics)):
        topics = [scene.name]
    rated = [g for g in goals if g.rate is not None and g.high - g.low <= Decimal("0.6")]
    got: list[Pair] = []
    missing: list[str] = []
    stated: list[Line] = []
    name = scene.weights.terms(scene.name, 0.5)
    for topic in topics:
        terms = scene.weights.terms(topic) or name
        fits = sorted(((pair_fit(terms, g), g) for g in goals), key=lambda x: (-round(x[0], 4), x[1].target.start))
        good = [g for fit, g in fits if fit >= PLAIN_PAIR and fit >= fits[0][0] - 0.1]
        if not good and len(topics) == 1 and goals and scene.strength()[goals[0].passage.index] >= 0.7:
            good = [goals[0]]
        if any(g in rated for g in good):
            good = [g for g in good if g in rated]  # 完成率115.7% says which numbers are goal and result
        if good:
            got += [g for g in good if g not in got]
            continue
        lines = said_done(scene, terms)
        if lines:
            stated += lines
        else:
            missing.append(topic)
    return got, missing, tuple(dict.fromkeys(stated)), bool(got)


def pair_fit(terms: dict[str, float], pair: Pair) -> float:
    near = "".join(p.text for line in pair.lines for p in line.pieces if any(f in p.figures for f in pair.figures))
    return cover(terms, (near, 1.0), (pair.words, 0.9), (pair.passage.title, 0.8), (pair.passage.text, 0.6), (pair.passage.path, 0.4))


DONE = re.compile("完成|实现|达成|达到|达标|兑现|超额|办结|销号")


GOAL = re.compile("任务|目标|指标|计划|创建率|要求")


def said_done(scene: Scene, terms: dict[str, float]) -> list[Line]:
    """Sentences that say of a subject that its goal was met (两项年度目标均已完成)."""
    for passage in scene.passages:
        for line in passage.lines:
            for k, piece in enumerate(line.pieces):
                if not (DONE.search(piece.text) and GOAL.search(piece.text)) or statements.polarity(terms, line) != "yes":
                    continue
                if re.search("完成[^，。；]{0,4}(?:情况|率)", piece.text) or re.search("未(?!发)|没有|预计", piece.text):
                    continue
                before = "".join(p.text for p in line.pieces[max(0, k - 1) : k + 1])
                sentence = cover(terms, (piece.text, 1.0), (before, 0.9))
                if sentence >= 0.5 or (cover(terms, (line.text, 1.0)) >= 0.75 and re.search("创建|改造|建设|两项|各项|任务", piece.text)):
                    return [line]
    return []


def amounts(scene: Scene, need: Need, unit: str) -> tuple[list[Reading], bool]:
    """Readings of an amount, totals first, and whether they agree."""
    known = find_unit(unit.replace("以上", ""), 0)
    base = known.base if known is not None else unit
    top = max(scene.raw.values(), default=1.0) or 1.0
    found = [
        replace(r, fit=r.fit + 0.5 * scene.raw.get(r.passage.index, 0.0) / top)
        for r in measures.amounts(scene.ctx, need.terms, base, scene.passages)
        if r.fit > 0.25
    ]
    found.sort(key=lambda r: (-r.fit, -r.low))
    if not found:
        return [], False
    best = found[0]
    rival = [r for r in found[1:] if r.fit > best.fit - 0.15 and r.low != best.low]
    return [best, *rival], not rival


def rate_need(need: Need) -> Need:
    return Need(need.kind, need.subject + "完成率", need.terms, need.verbs, need.lead, need.required, need.noun)


def pair_words(report: Report, pair: Pair, need: Need, points: Decimal, forecast: bool) -> Message:
    done = "、".join(figure_text(report, f) for f in ((pair.actual,) if pair.actual else pair.extra or (pair.rate or pair.target,)))
    if pair.extra and pair.actual is None and pair.target.number is not None:
        done += f"（{number(pair.low * pair.target.number / HUNDRED)}%）"
    return message(
        "rescore.pair_forecast" if forecast else "rescore.pair",
        condition=short(need.subject),
        target=figure_text(report, pair.target),
        actual=done,
        rate=number(pair.low),
        points=number(points),
    )
