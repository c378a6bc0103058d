"""One clause, or one group of levels, against the report: points that are proven and points that are not ruled out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from audit.evidence import faults as fault_evidence
from audit.evidence import measures, statements
from audit.evidence.measures import Context, Pair, Reading
from audit.evidence.passages import Line, Passage
from audit.evidence.words import Weights, cover, plain, says
from audit.messages import Message, message
from audit.rescore.needs import CATEGORY, Need, subjects
from audit.rescore.outcome import ZERO, Outcome, quotes
from extractor.report import Figure, Report
from patterns.clause import Clause
from patterns.units import find as find_unit

HUNDRED = Decimal(100)
NOVEL = re.compile("特色|创新|亮点|首创|示范试点|试点示范")
PLAIN_SHARE, PLAIN_COUNT, PLAIN_PAIR = 0.75, 0.62, 0.3


@dataclass(frozen=True)
class Scene:
    """What a clause is judged in: the report, the passages of its indicator (with strength) and the rest of the narrative.

    raw: how well each near passage fits in itself; all: every passage; taken: those that plainly speak for another indicator;
    barred: figures (by start) that another clause of the rule counts.
    """

    report: Report
    ctx: Context
    weights: Weights
    near: Sequence[tuple[Passage, float]]
    far: Sequence[Passage]
    name: str
    weight: Decimal
    raw: Mapping[int, float]
    all: Sequence[Passage] = ()
    taken: frozenset[int] = frozenset()
    barred: frozenset[int] = frozenset()

    @property
    def passages(self) -> list[Passage]:
        """The indicator's passages without their strength; shortcomings and next steps decide nothing."""
        return [p for p, _ in self.near if not p.outlook]

    @property
    def best(self) -> list[Passage]:
        """The passages that fit nearly as well as the best one."""
        good = [(p, s) for p, s in self.near if not p.outlook]
        return [p for p, _ in good if self.raw.get(p.index, 0.0) >= 0.8 * max(self.raw.get(q.index, 0.0) for q, _ in good)]

    def strength(self) -> dict[int, float]:
        """Strength by passage."""
        return {p.index: s for p, s in self.near}


def number(value: Decimal) -> str:
    """A number for a sentence: at most two decimals, no trailing zeros."""
    rounded = value.quantize(Decimal("0.01")) if value != value.to_integral_value() else value.quantize(Decimal(1))
    text = format(rounded, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def short(text: str, most: int = 36) -> str:
    """A condition for a sentence."""
    words = "".join(text.split()).strip("，。；、的")
    return words if len(words) <= most else words[:most - 1] + "…"


def figure_text(report: Report, f: Figure) -> str:
    """A figure as the report prints it."""
    return "".join(f.text.split())


# ------------------------------------------------------------------------------------------------------------------ values

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
        fits = sorted(((_pair_fit(terms, g), g) for g in goals), key=lambda x: (-round(x[0], 4), x[1].target.start))
        good = [g for fit, g in fits if fit >= PLAIN_PAIR and fit >= fits[0][0] - 0.1]
        if not good and len(topics) == 1 and goals and scene.strength()[goals[0].passage.index] >= 0.7:
            good = [goals[0]]
        if any(g in rated for g in good):
            good = [g for g in good if g in rated]  # 完成率115.7% says which numbers are goal and result
        if good:
            got += [g for g in good if g not in got]
            continue
        lines = _said_done(scene, terms)
        if lines:
            stated += lines
        else:
            missing.append(topic)
    return got, missing, tuple(dict.fromkeys(stated)), bool(got)


def _pair_fit(terms: dict[str, float], pair: Pair) -> float:
    near = "".join(p.text for line in pair.lines for p in line.pieces if any(f in p.figures for f in pair.figures))
    return cover(terms, (near, 1.0), (pair.words, 0.9), (pair.passage.title, 0.8), (pair.passage.text, 0.6), (pair.passage.path, 0.4))


DONE = re.compile("完成|实现|达成|达到|达标|兑现|超额|办结|销号")
GOAL = re.compile("任务|目标|指标|计划|创建率|要求")


def _said_done(scene: Scene, terms: dict[str, float]) -> list[Line]:
    """Sentences that say of a subject that its goal was met (两项年度目标均已完成)."""
    for passage in scene.passages:
        for line in passage.lines:
            for k, piece in enumerate(line.pieces):
                if not (DONE.search(piece.text) and GOAL.search(piece.text)) or statements.polarity(terms, line) != "yes":
                    continue
                if re.search("完成[^，。；]{0,4}(?:情况|率)", piece.text) or re.search("未(?!发)|没有|预计", piece.text):
                    continue
                before = "".join(p.text for p in line.pieces[max(0, k - 1):k + 1])
                sentence = cover(terms, (piece.text, 1.0), (before, 0.9))
                if sentence >= 0.5 or (cover(terms, (line.text, 1.0)) >= 0.75 and re.search("创建|改造|建设|两项|各项|任务", piece.text)):
                    return [line]
    return []


def amounts(scene: Scene, need: Need, unit: str) -> tuple[list[Reading], bool]:
    """Readings of an amount, totals first, and whether they agree."""
    known = find_unit(unit.replace("以上", ""), 0)
    base = known.base if known is not None else unit
    top = max(scene.raw.values(), default=1.0) or 1.0
    found = [replace(r, fit=r.fit + 0.5 * scene.raw.get(r.passage.index, 0.0) / top)
             for r in measures.amounts(scene.ctx, need.terms, base, scene.passages) if r.fit > 0.25]
    found.sort(key=lambda r: (-r.fit, -r.low))
    if not found:
        return [], False
    best = found[0]
    rival = [r for r in found[1:] if r.fit > best.fit - 0.15 and r.low != best.low]
    return [best, *rival], not rival


def counted(scene: Scene, need: Need, unit: str) -> tuple[Decimal, Decimal | None, tuple[Figure, ...], tuple[Line, ...], bool, bool]:
    """How many a clause counts: least, most (None where not closed), the figures, the sentences, whether it is sure, a forecast."""
    found = [r for r in measures.counts(scene.ctx, need.terms, need.verbs, unit, scene.passages, scene.strength())
             if not _other_noun(scene, need.noun, r) and not (unit in EVENTS and not _event(scene, r))]
    if need.own:
        found = [r for r in found if _own_words(scene, need, r.figures[0], r.lines)] or found
    if need.noun:
        found = sorted(found, key=lambda r: -r.fit - 0.6 * _noun_follows(scene, need.noun, r))
        found = [r for r in found if _noun_follows(scene, need.noun, r) or need.noun not in CATEGORY]
    good = [r for r in found if r.fit + 0.6 * _noun_follows(scene, need.noun, r) >= PLAIN_COUNT]
    if good:
        best = good[0]
        same = [r for r in good if r.passage is best.passage and r.fit >= best.fit - 0.15 and r is not best]
        total, figures, lines = best.low, [best.figures[0]], [best.lines[0]]
        high = best.high
        for r in same:
            f = r.figures[0]
            if f.parent == best.figures[0].index or best.figures[0].parent == f.index:
                if best.figures[0].parent == f.index:
                    total = high = max(high, r.high)
                figures.append(f)
                continue
            if r.low == best.low and abs(f.start - best.figures[0].start) > 0:
                figures.append(f)
                continue
            if r.low > total and sum((x.low for x in same if x is not r), best.low) == r.low:
                total = high = r.low
            elif r.figures[0].unit == best.figures[0].unit and r.lines[0] is not best.lines[0] or r.fit >= best.fit - 0.05:
                high = high + r.low if r.low < total else max(high, r.low + total)
            figures.append(f)
            lines.append(r.lines[0])
        if best.figures[0].unit != unit and unit in EVENTS and best.figures[0].unit not in EVENTS:
            listed = _listing(scene, need, unit)
            if listed is not None and listed[0] >= total:
                return listed
            return total, None, tuple(figures), tuple(lines), False, best.forecast  # 3个项目的活动 need not be all events
        return total, high, tuple(figures), tuple(lines), True, best.forecast
    listing = _listing(scene, need, unit)
    if listing is not None:
        return listing
    if unit in ("项", "个", "次", "场", "家", "条", "件"):
        said = statements.state(scene.weights, need.subject, [(p, s) for p, s in scene.near if not p.outlook], enough=0.65)
        if said.told == "yes":
            return Decimal(1), None, (), said.lines, False, False  # one at least is told
    return ZERO, None, (), (), False, False


EVENTS = ("次", "场", "期", "轮")


def _event(scene: Scene, r: Reading) -> bool:
    """Whether a figure counts events: by its counting word, or by the noun after it (3个活动)."""
    return r.figures[0].unit in ("次", "场", "期", "轮", "届", "回", "批", "天") or re.match(
        "[\u4e00-\u9fff]{0,4}(?:活动|行动|培训|会议|演练|讲座|竞赛|大赛|宣讲)", scene.ctx.after(r.figures[0], r.lines[0], 10)) is not None


def _other_noun(scene: Scene, noun: str, r: Reading) -> bool:
    """Whether a figure counts other things than a rule does: 17个产业项目 where each 企业 is asked for."""
    if not noun or noun in CATEGORY or r.figures[0].unit not in ("个", "项"):
        return False
    after = scene.ctx.after(r.figures[0], r.lines[0], 10)
    m = re.match("[\u4e00-\u9fff]{2,8}", after)
    return m is not None and max(says(noun, m[0]), 0.0) < 0.5 and r.figures[0].unit != noun


def _noun_follows(scene: Scene, noun: str, r: Reading) -> bool:
    if not noun:
        return False
    after = scene.ctx.after(r.figures[0], r.lines[0], 10)
    return noun in after[:len(noun) + 6] or r.figures[0].unit == noun


def _listing(scene: Scene, need: Need, unit: str) -> tuple[Decimal, Decimal | None, tuple[Figure, ...], tuple[Line, ...], bool, bool] | None:
    """Achievements that are named and not counted: companies, parts of a total by kind, items under the indicator's own heading."""
    if need.noun in CATEGORY:
        about = {w: v for w, v in need.terms.items() if w not in need.verbs and w != need.noun} or need.terms
        for passage in scene.passages:
            for line in passage.lines:
                for f in line.figures:
                    parts = [x for x in line.figures if x.parent == f.index]
                    if len(parts) > 1 and cover(about, (line.text, 1.0), (passage.title, 0.5)) >= 0.35:
                        return Decimal(len(parts)), None, tuple(parts), (line,), False, False
                m = re.search("(?:进[\u4e00-\u9fff]{2,4}[、，]?){2,6}", line.text)
                if m and cover(about, (line.text, 1.0), (passage.title, 0.5)) >= 0.35:
                    return Decimal(len(re.findall("进[\u4e00-\u9fff]{2,3}", m[0]))), None, (), (line,), False, False
        return None
    if unit in ("家", "户", "个"):
        names: dict[str, None] = {}
        lines: list[Line] = []
        for passage in scene.passages:
            for line in passage.lines:
                text = "".join(line.text)
                found = [m[0] for m in measures.COMPANY.finditer(text)]
                if found and cover(need.terms, (line.text, 1.0), (passage.title, 0.5)) >= 0.45 and (
                        not need.verbs or cover(need.verbs, (line.text, 1.0)) >= 0.3) and statements.polarity(need.terms, line) == "yes" \
                        and not re.search("建成后|拟|将", line.text):
                    names |= dict.fromkeys(found)
                    lines.append(line)
        if names:
            return Decimal(len(names)), None, (), tuple(lines), False, False
    if unit in ("次", "场"):
        for passage in scene.passages:
            for line in passage.lines:
                if cover(need.terms, (line.text, 1.0), (passage.text, 0.8), (passage.title, 0.6)) < 0.3:
                    continue
                events = [x for x in passage.lines if re.search("活动|行动|演练|竞赛|大赛|培训", x.text) and statements.polarity(need.terms, x) == "yes"]
                if len(events) >= 2:
                    return Decimal(len(events)), None, (), tuple(events), False, False
    if unit in ("项", "个"):
        items = [p for p, s in scene.near if p.listed and not p.outlook and s >= 0.55 and p.lines]
        heads = [p for p in scene.far if p.listed and not p.outlook and p.lines and
                 cover(scene.weights.terms(scene.name), (p.path + p.title, 1.0)) >= 0.3]
        special = [p for p in scene.all if p.listed and not p.outlook and p.lines and NOVEL.search(scene.name) and NOVEL.search(p.path)
                   and p.index not in scene.taken]
        own = [p for p in [*items, *heads] if cover(scene.weights.terms(scene.name), (p.path + p.title, 1.0)) >= 0.3]
        own = list(dict.fromkeys([*own, *special]))
        if own:
            lines_ = tuple(p.lines[0] for p in sorted(own, key=lambda p: p.start))
            return Decimal(len(own)), None, (), lines_, False, False
    return None


# ------------------------------------------------------------------------------------------------------------------- levels

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
    if need.kind == "count":
        return _count_levels(scene, tiers, need, most)
    if need.kind == "completion":
        return _completion_levels(scene, tiers, need, most)
    readings, sure = amounts(scene, need, tiers[0].unit or "") if need.kind == "amount" else share(scene, need)
    if not readings:
        return Outcome(ZERO, most, "open", explanation=message("rescore.open", condition=short(need.subject), points=number(most)),
                       near=_nearest(scene, need))
    scale = _unit_scale(tiers[0].unit) if need.kind == "amount" else Decimal(1)
    values = [(r.low / scale, r.high / scale, r) for r in readings]
    return _at(scene, tiers, need, most, values, sure)


def _unit_scale(unit: str | None) -> Decimal:
    known = find_unit(unit or "", 0)
    return known.factor if known is not None else Decimal(1)


def _at(scene: Scene, tiers: Sequence[Clause], need: Need, most: Decimal, values: Sequence[tuple[Decimal, Decimal, Reading]], sure: bool) -> Outcome:
    got = [points_at(tiers, v) for low, high, _ in values for v in _between(tiers, low, high)]
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
    say = message("rescore.derived" if best.how == "derived" else "rescore.level", condition=short(need.subject), value=number(value) + unit,
                  figures="、".join(figure_text(scene.report, f) for f in best.figures), points=number(points_at(tiers, value)))
    if forecast:
        say = message("rescore.forecast", condition=short(need.subject), value=number(value) + unit,
                      figures="、".join(figure_text(scene.report, f) for f in best.figures), points=number(high))
    state = "open" if forecast or (not sure and low != high) else "met" if low else "unmet"
    return Outcome(low, high, state, quotes(scene.report, lines, figures, against=high < most, forecast=forecast),  # type: ignore[arg-type]
                   say, sure=sure and not forecast, figures=True, forecast=forecast, found=True)


def _between(tiers: Sequence[Clause], low: Decimal, high: Decimal) -> set[Decimal]:
    """The values that decide between low and high: the ends and the thresholds that lie inside."""
    inner = {t for c in tiers for t in (c.lower, c.upper) if t is not None and low < t < high}
    return {low, high} | inner


def _completion_levels(scene: Scene, tiers: Sequence[Clause], need: Need, most: Decimal) -> Outcome:
    got, missing, stated, _ = completion(scene, need)
    if not got:
        rates, sure = share(scene, _rate_need(need))
        rates = [r for r in rates if "完成" in r.lines[0].text and r.how == "stated"]
        if rates:
            return _at(scene, tiers, need, most, [(r.low, r.high, r) for r in rates[:1]], sure)
        if stated and not missing:
            return Outcome(points_at(tiers, HUNDRED), most, "met", quotes(scene.report, stated),
                           message("rescore.said", condition=short(need.subject), points=number(points_at(tiers, HUNDRED))), found=True)
        expected = _expected(scene)
        if expected is not None:
            line, f = expected
            bases = [x for x in line.figures if x.start > f.start and (x.unit == "%" or measures.family(x) == measures.family(f))]
            return Outcome(ZERO, most, "open", quotes(scene.report, [line], [f, *bases], forecast=True),
                           message("rescore.expected", condition=short(need.subject), value=figure_text(scene.report, f), points=number(most)),
                           figures=True, forecast=True, found=True)
        return Outcome(ZERO, most, "open", explanation=message("rescore.no_goal", condition=short(need.subject), points=number(most)),
                       near=_nearest(scene, need))
    low_pair = min(got, key=lambda p: p.low)
    one = len(got) == 1 or len({points_at(tiers, p.low) for p in got}) == 1
    values = [points_at(tiers, v) for p in got for v in _between(tiers, p.low, p.high)]
    low, high = min(values), max(values)
    forecast = any(p.forecast for p in got)
    sure = one and not missing and all(p.plainly for p in got)
    if forecast or missing:
        low = ZERO
    if not sure:
        high = most
    figures = tuple(dict.fromkeys(f for p in got for f in p.figures))
    lines = [line for p in got for line in p.lines]
    say = _pair_words(scene.report, low_pair, need, high if sure else low, forecast)
    state = "open" if forecast or not sure else "met" if low else "unmet"
    return Outcome(low, high, state, quotes(scene.report, [*lines, *stated], figures, against=high < most, forecast=forecast),  # type: ignore[arg-type]
                   say, sure=sure and not forecast and low_pair.low == low_pair.high, figures=True, forecast=forecast, found=True)


def _expected(scene: Scene) -> tuple[Line, Figure] | None:
    """A result that is only expected, in the indicator's best passage, where no goal is stated."""
    for passage, strength in scene.near[:1]:
        if strength >= 0.75 and not passage.outlook:
            for line in passage.lines:
                for piece, f in measures.places(line):
                    if f.role == "actual" and f.unit != "%" and scene.ctx.is_forecast(f, piece) and not scene.ctx.is_next_year(f, piece):
                        return line, f
    return None


def _rate_need(need: Need) -> Need:
    return Need(need.kind, need.subject + "完成率", need.terms, need.verbs, need.lead, need.required, need.noun)


def _pair_words(report: Report, pair: Pair, need: Need, points: Decimal, forecast: bool) -> Message:
    return message("rescore.pair_forecast" if forecast else "rescore.pair", condition=short(need.subject), target=figure_text(report, pair.target),
                   actual="、".join(figure_text(report, f) for f in ((pair.actual,) if pair.actual else pair.extra or (pair.rate or pair.target,))),
                   rate=number(pair.low), points=number(points))


def _count_levels(scene: Scene, tiers: Sequence[Clause], need: Need, most: Decimal) -> Outcome:
    least, at_most, figures, lines, sure, forecast = counted(scene, need, tiers[0].unit or "")
    if not lines and min((c.lower for c in tiers if c.lower is not None), default=ZERO) == 1:
        said = statements.state(scene.weights, need.subject, [(p, s) for p, s in scene.near if not p.outlook])
        if said.told == "yes":
            points = points_at(tiers, Decimal(1))
            return Outcome(points, most, "met" if points == most else "partly", quotes(scene.report, said.lines),
                           message("rescore.said", condition=short(need.subject), points=number(points)), found=True)
    if not lines:
        return Outcome(ZERO, most, "open", explanation=message("rescore.open", condition=short(need.subject), points=number(most)),
                       near=_nearest(scene, need))
    if figures and need.own and not any(_own_words(scene, need, f, lines) for f in figures):
        sure, least = False, ZERO  # 14家企业 where each clause asks for a class of its own
    low = points_at(tiers, least)
    high = most if at_most is None or not sure else max(points_at(tiers, v) for v in _between(tiers, least, at_most))
    if not figures and not sure and any(c.lower and c.lower > 1 for c in tiers) and low < most:
        high = most
    if forecast:
        low = ZERO
    state = "met" if low == high and low else "unmet" if low == high else "partly"
    return Outcome(low, high, state, quotes(scene.report, lines, figures, against=high < most, forecast=forecast),  # type: ignore[arg-type]
                   message("rescore.level", condition=short(need.subject), value=number(least) + (tiers[0].unit or ""),
                           figures="、".join(figure_text(scene.report, f) for f in figures) or number(least), points=number(low)),
                   sure=sure and not forecast, figures=bool(figures), forecast=forecast, found=True)


def _own_words(scene: Scene, need: Need, f: Figure, lines: Sequence[Line]) -> bool:
    """Whether the words before a figure say what tells a clause from its neighbours."""
    terms = {w: need.terms[w] for w in need.own}
    for line in lines:
        for k, piece in enumerate(line.pieces):
            if f in piece.figures:
                start = max([piece.start, *(x.end for x in piece.figures if x.end <= f.start and x.role != "limit")])
                words = plain(scene.report.text[start:min(line.end, f.end + 8)])
                if cover(terms, (words, 1.0)) >= 0.5:
                    return True
                before = line.pieces[k - 1] if k else None
                return before is not None and not before.figures and cover(terms, (before.text + words, 1.0)) >= 0.6
    return False


# ------------------------------------------------------------------------------------------------------------------ awards

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
        return Outcome(ZERO, points, "partly", quotes(scene.report, [*said.lines, *exception]),
                       message("rescore.partly", condition=condition, points=number(points)), found=True, near=said.lines)
    match said.told:
        case "yes":
            return Outcome(points, points, "met", quotes(scene.report, said.lines),
                           message("rescore.said", condition=condition, points=number(points)), found=True)
        case "no":
            return Outcome(ZERO, ZERO, "unmet", quotes(scene.report, said.lines, against=True),
                           message("rescore.denied", condition=condition, points=number(points)), sure=False, found=True)
        case "plan":
            return Outcome(ZERO, points, "open", quotes(scene.report, said.lines, forecast=True),
                           message("rescore.planned", condition=condition, points=number(points)), found=True, near=said.lines)
        case "part":
            return Outcome(ZERO, points, "partly", quotes(scene.report, said.lines),
                           message("rescore.partly", condition=condition, points=number(points)), found=True, near=said.lines)
        case _:
            return Outcome(ZERO, points, "open", explanation=message("rescore.open", condition=condition, points=number(points)),
                           near=said.lines or _nearest(scene, need))


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
                    if pattern.search(piece.text) and not re.search("(?:未|没有|无)[^，。；]{0,6}(?:退回|质量|迟报)", piece.text) and cover(
                            terms, (piece.text, 1.0), (line.text, 0.8)) >= 0.3:
                        return Outcome(points if plainly else ZERO, points, "met" if plainly else "open", quotes(scene.report, [line], against=True),
                                       message("rescore.said", condition=short(need.subject), points=number(points)), sure=plainly, found=True)
    return Outcome(ZERO, ZERO, "excluded")


POOR_WORDS = re.compile("质量|较差|不高|欠佳|不佳|不够|一般")


def _completion_award(scene: Scene, need: Need, points: Decimal) -> Outcome:
    got, missing, stated, _ = completion(scene, need)
    condition = short(need.subject)
    if not got and (missing or not stated):
        rates, sure = share(scene, _rate_need(need))
        rates = [r for r in rates if "完成率" in r.lines[0].text and r.how == "stated"]
        if rates and sure and rates[0].low >= HUNDRED:
            f = rates[0].figures
            return Outcome(points, points, "met", quotes(scene.report, rates[0].lines, f),
                           message("rescore.level", condition=condition, value=number(rates[0].low) + "%", figures=figure_text(scene.report, f[0]),
                                   points=number(points)), figures=True, found=True)
        return Outcome(ZERO, points, "open", quotes(scene.report, stated) if stated else (),
                       message("rescore.no_goal", condition=condition, points=number(points)), found=bool(stated), near=_nearest(scene, need))
    figures = tuple(dict.fromkeys(f for p in got for f in p.figures))
    lines = [*(line for p in got for line in p.lines), *stated]
    failed = [p for p in got if p.high < HUNDRED]
    doubtful = [p for p in got if p.low < HUNDRED <= p.high]
    forecast = any(p.forecast for p in got)
    if failed and not forecast:
        sure = len(got) == len(failed) and all(p.plainly for p in failed)
        return Outcome(ZERO, ZERO if sure else points, "unmet" if sure else "partly", quotes(scene.report, lines, figures, against=True),
                       _pair_words(scene.report, failed[0], need, ZERO, False), sure=sure, figures=True, found=True)
    if missing or forecast or doubtful:
        return Outcome(ZERO, points, "partly", quotes(scene.report, lines, figures, forecast=forecast),
                       message("rescore.partly", condition=condition, points=number(points)), figures=bool(figures), forecast=forecast, found=True,
                       near=tuple(lines))
    say = _pair_words(scene.report, got[0], need, points, False) if got else message("rescore.said", condition=condition, points=number(points))
    return Outcome(points, points, "met", quotes(scene.report, lines, figures), say, figures=bool(figures), found=True)


def _growth(scene: Scene, need: Need, points: Decimal) -> Outcome:
    """Not less than last year: a stated growth, or last year's amount beside this year's."""
    condition = short(need.subject)
    for passage in scene.best:
        for line in passage.lines:
            for piece in line.pieces:
                for f in piece.figures:
                    before = scene.ctx.before(f, piece)
                    if f.unit == "%" and re.search("增长|增加|增幅|提高|上升|下降|减少|降幅", before) and (f.role == "change" or f.compare):
                        if cover(need.terms, (line.text, 1.0), (passage.text, 0.8), (passage.title, 0.6)) < 0.3:
                            continue
                        down = f.down or bool(re.search("下降|减少|降低|降幅", before))
                        used = tuple(x for x in line.figures if x is f or (x.unit not in ("%", "个百分点") and abs(x.start - f.start) < 60))
                        got = ZERO if down else points
                        return Outcome(got, got, "unmet" if down else "met", quotes(scene.report, [line], used, against=down),
                                       message("rescore.growth", condition=condition, value=figure_text(scene.report, f), points=number(got)),
                                       sure=True, figures=True, found=True)
                    if measures.LAST_YEAR.search(before) and f.number is not None:
                        now = [x for x in line.figures if x.start < f.start and measures.family(x) == measures.family(f) and x.parent is None]
                        if now and (a := measures.amount(now[-1])) is not None and (b := measures.amount(f)) is not None and \
                                cover(need.terms, (line.text, 1.0), (passage.text, 0.8), (passage.title, 0.6)) >= 0.3:
                            got = points if a >= b else ZERO
                            return Outcome(got, got, "met" if got else "unmet", quotes(scene.report, [line], (now[-1], f), against=not got),
                                           message("rescore.growth", condition=condition, value=figure_text(scene.report, now[-1]), points=number(got)),
                                           sure=True, figures=True, found=True)
    best = {p.index for p in scene.best}
    said = statements.state(scene.weights, need.subject, [(p, s) for p, s in scene.near if p.index in best], enough=0.7)
    if said.told == "yes" and said.lines and re.search("持平|增长|增加|高于|提高", said.lines[0].text):
        return Outcome(points, points, "met", quotes(scene.report, said.lines), message("rescore.said", condition=condition, points=number(points)), found=True)
    return Outcome(ZERO, points, "open", explanation=message("rescore.open", condition=condition, points=number(points)), near=_nearest(scene, need))


def _no_fault(scene: Scene, clause: Clause, need: Need, points: Decimal) -> Outcome:
    """Points for the absence of something: 没有应做未做项目的，得0.5分."""
    positive = re.sub("^[^，。；]{0,16}?(?:没有|未发生|未出现|未发现|不发生|不存在|零|无)", "", need.subject) or need.subject
    found = fault_evidence.look(scene.ctx, scene.weights, positive, need.lead + need.subject, None, scene.near, ())
    sure = [f for f in found.faults if f.sure]
    if sure and not found.denied:
        return Outcome(ZERO, ZERO, "unmet", _fault_quotes(scene, sure), message("rescore.denied", condition=short(need.subject), points=number(points)),
                       sure=True, figures=True, found=True)
    if found.closed or (found.denied and len(found.ways) <= 2):
        return Outcome(points, points, "met", quotes(scene.report, [line for _, line in found.denials]),
                       message("rescore.said", condition=short(need.subject), points=number(points)), found=True)
    return _statement(scene, need, points)


# ------------------------------------------------------------------------------------------------------------- per item

def each(scene: Scene, clause: Clause, need: Need) -> Outcome:
    """Points for each item, capped."""
    points, per = clause.points or ZERO, clause.per or Decimal(1)
    cap = min(clause.cap if clause.cap is not None else scene.weight, scene.weight)
    least, at_most, figures, lines, sure, forecast = counted(scene, need, clause.per_unit or "个")
    if not lines:
        return Outcome(ZERO, cap, "open", explanation=message("rescore.open", condition=short(need.subject), points=number(cap)),
                       near=_nearest(scene, need))
    low = min(cap, (least / per).to_integral_value(ROUND_FLOOR) * points)
    high = cap if at_most is None else min(cap, (at_most / per).to_integral_value(ROUND_FLOOR) * points)
    if forecast:
        low = ZERO
    words = "、".join(figure_text(scene.report, f) for f in figures[:1]) or number(least) + (clause.per_unit or "")
    return Outcome(low, high, "met" if low == high else "partly", quotes(scene.report, lines, figures, against=high < cap, forecast=forecast),
                   message("rescore.each", condition=short(need.subject), count=words, points=number(points), sum=number(low), cap=number(cap)),
                   sure=sure and not forecast, figures=bool(figures), forecast=forecast, found=True)


# ------------------------------------------------------------------------------------------------------------ deductions

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


def _taken(clause: Clause, shortfall: Decimal, cap: Decimal) -> tuple[Decimal, Decimal]:
    """Points off for a shortfall, at most and at least: a part of a step may count or not."""
    if shortfall <= 0:
        return ZERO, ZERO
    per, points = clause.per or Decimal(1), clause.points or ZERO
    steps = shortfall / per
    return (min(cap, steps.to_integral_value(ROUND_CEILING) * points), min(cap, steps.to_integral_value(ROUND_FLOOR) * points))


def _open_deduct(scene: Scene, need: Need, cap: Decimal, key: str = "rescore.open_requirement") -> Outcome:
    return Outcome(-cap, ZERO, "open", explanation=message(key, condition=short(need.subject or scene.name), points=number(cap)),
                   near=_nearest(scene, need))


def _below(scene: Scene, clause: Clause, need: Need, cap: Decimal) -> Outcome:
    """A share against the level that is asked for, from the rule or from the report (95%的考核要求)."""
    terms = need.terms if len(need.terms) > 1 else {**scene.weights.terms(scene.name), **need.terms}
    found = [r for r in measures.shares(scene.ctx, terms, need.subject, scene.passages) if r.fit > 0.3]
    if not found and (every := measures.every_one(scene.ctx, terms, scene.passages)) is not None:
        found = [every]
    required, goal = need.required, None
    for r in found:
        if required is None:
            goals = [f for line in r.passage.lines for p, f in measures.places(line)
                     if f.unit == "%" and f.number is not None and f not in r.figures and scene.ctx.is_target(f, p, line)]
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
        taken = [_taken(clause, level - v, cap) for x in values for v in (x.low, x.high)]
        most, least = max(t[0] for t in taken), min(t[1] for t in taken)
        if not sure:
            least = ZERO
        if r.forecast:
            most, least = cap, ZERO
        figures = tuple(dict.fromkeys([*r.figures, *([goal] if goal else [])]))
        lines = [*r.lines, *(line for line in r.passage.lines if goal and line.start <= goal.start < line.end)]
        return Outcome(-most, -least, "met" if most == least else "partly",
                       quotes(scene.report, lines, figures, against=least > 0, forecast=r.forecast),
                       message("rescore.below", condition=short(need.subject), value=number(r.low) + "%", level=number(level) + "%", points=number(least)),
                       sure=sure and not r.forecast, figures=True, forecast=r.forecast, found=True)
    return _open_deduct(scene, need, cap)


def _behind(scene: Scene, clause: Clause, need: Need, cap: Decimal) -> Outcome:
    """Completion of goals: every point below 100% takes its points."""
    got, missing, stated, _ = completion(scene, need)
    if not got:
        if stated and not missing:
            return Outcome(ZERO, ZERO, "met", quotes(scene.report, stated), message("rescore.said_goal", condition=short(need.subject)), found=True)
        return _open_deduct(scene, need, cap)
    taken = [_taken(clause, HUNDRED - min(v, HUNDRED), cap) for p in got for v in (p.low, p.high)]
    most, least = max(t[0] for t in taken), min(t[1] for t in taken)
    forecast = any(p.forecast for p in got)
    behind = [p for p in got if p.high < HUNDRED and any(SHORTFALL.search(x.text) for x in p.lines)]
    if behind:  # one task of several is said to have fallen short
        least = max(_taken(clause, HUNDRED - p.high, cap)[1] for p in behind)
    if missing or forecast:
        most = cap
    sure = (bool(behind) or len({p.low >= HUNDRED for p in got}) == 1) and not forecast
    figures = tuple(dict.fromkeys(f for p in got for f in p.figures))
    lines = [*(line for p in got for line in p.lines), *stated]
    worst = min(got, key=lambda p: p.low)
    return Outcome(-most, -least, "met" if most == least else "partly", quotes(scene.report, lines, figures, against=least > 0, forecast=forecast),
                   message("rescore.behind", condition=short(need.subject), target=figure_text(scene.report, worst.target), rate=number(worst.low),
                           actual="、".join(figure_text(scene.report, f) for f in ((worst.actual,) if worst.actual else worst.extra or (worst.target,))),
                           points=number(least)),
                   sure=sure, figures=True, forecast=forecast, found=True)


SHORTFALL = re.compile("比(?:要求|目标|任务|计划)(?:低|少)|相差|缺口|未完成|未达|尚差|尚缺|未能|欠[0-9]|低于")


def _fewer(scene: Scene, clause: Clause, need: Need, cap: Decimal) -> Outcome:
    """Fewer than asked for: 应达到4次，每少1次扣0.25分; 每少完成1座扣0.5分 against the task."""
    if need.required is None:
        got, missing, stated, _ = completion(scene, need)
        pairs = [p for p in got if p.actual is not None and measures.alike(p.target.unit, clause.per_unit or "") and p.target.number is not None]
        if pairs:
            p = pairs[0]
            assert p.actual is not None and p.target.number is not None and p.actual.number is not None
            short_ = p.target.number - p.actual.number
            most, least = _taken(clause, short_, cap)
            sure = len({(x.target.number, x.actual.number) for x in pairs if x.actual}) == 1
            return Outcome(-most, -least if sure else ZERO, "met" if most == least and sure else "partly",
                           quotes(scene.report, p.lines, p.figures, against=least > 0, forecast=p.forecast),
                           message("rescore.fewer", condition=short(need.subject), value=figure_text(scene.report, p.actual),
                                   level=figure_text(scene.report, p.target), points=number(least)),
                           sure=sure and not p.forecast, figures=True, forecast=p.forecast, found=True)
        if stated and not missing:
            return Outcome(ZERO, ZERO, "met", quotes(scene.report, stated), message("rescore.said_goal", condition=short(need.subject)), found=True)
        return _open_deduct(scene, need, cap)
    least, at_most, figures, lines, sure, forecast = counted(scene, need, clause.per_unit or "次")
    if not lines:
        return _open_deduct(scene, need, cap)
    worst = _taken(clause, need.required - least, cap)[0]
    best = ZERO if at_most is None else _taken(clause, need.required - at_most, cap)[1]
    if forecast:
        worst = cap
    return Outcome(-worst, -best, "met" if worst == best else "partly", quotes(scene.report, lines, figures, against=best > 0, forecast=forecast),
                   message("rescore.fewer", condition=short(need.subject), value=number(least) + (clause.per_unit or ""),
                           level=number(need.required) + (clause.per_unit or ""), points=number(best)),
                   sure=sure and not forecast, figures=bool(figures), forecast=forecast, found=True)


def _over(scene: Scene, clause: Clause, need: Need, cap: Decimal) -> Outcome:
    """More than a limit allows (死亡人数控制在指标以内，每超1人扣2分): held against the limit that the report states."""
    unit = clause.per_unit or ""
    pairs = [p for q in scene.passages for p in measures.pairs(scene.ctx, q)
             if p.actual is not None and p.actual.number is not None and p.target.number is not None and (
                 not unit or unit in measures.SHARED_POINTS or measures.alike(p.target.unit, unit) == 1.0)]
    terms = scene.weights.terms(need.subject)
    pairs.sort(key=lambda p: (-round(_pair_fit(terms, p), 3), p.target.start))
    if not pairs:
        said = _said_done(scene, terms) or [line for p in scene.passages[:2] for line in p.lines
                                            if re.search("控制在[^，。；]{0,10}(?:以内|之内|范围)|未突破|未超", line.text) and cover(terms, (line.text, 1.0)) >= 0.4]
        if said:
            return Outcome(ZERO, ZERO, "met", quotes(scene.report, said), message("rescore.said_goal", condition=short(need.subject)), found=True)
        return _open_deduct(scene, need, cap)
    p = pairs[0]
    assert p.actual is not None and p.actual.number is not None and p.target.number is not None
    most, least = _taken(clause, p.actual.number - p.target.number, cap)
    return Outcome(-most, -least, "met" if most == least else "partly", quotes(scene.report, p.lines, p.figures, against=least > 0),
                   message("rescore.fewer", condition=short(need.subject), value=figure_text(scene.report, p.actual),
                           level=figure_text(scene.report, p.target), points=number(least)), sure=p.plainly, figures=True, found=True)


def _fault_quotes(scene: Scene, faults: Iterable[fault_evidence.Fault]) -> tuple:  # type: ignore[type-arg]
    faults = list(faults)
    return quotes(scene.report, [f.line for f in faults], [f.figure for f in faults if f.figure], against=True)


def _looked(scene: Scene, clause: Clause, need: Need) -> fault_evidence.Finding:
    found = fault_evidence.look(scene.ctx, scene.weights, need.subject, need.lead, clause.per_unit, scene.near, scene.far)
    return replace(found, faults=tuple(f for f in found.faults if f.figure is None or f.figure.start not in scene.barred))


def fault_fits(scene: Scene, clause: Clause, need: Need) -> dict[int, tuple[bool, float]]:
    """How well each fault's figure (by start) fits a deduction: surely or not, and how many of its words are said beside it."""
    found = _looked(scene, clause, need)
    return {f.figure.start: (f.sure, cover(found.ways[f.way].own, (f.piece.text, 1.0), (f.line.text, 0.5)))
            for f in found.faults if f.figure is not None}


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
        worst = off if found.closed or found.complete and len(found.ways) <= 1 else cap
        return Outcome(-worst, -off, "met" if worst == off else "partly", (*_fault_quotes(scene, sure), *denials),
                       message("rescore.faults", condition=condition, count="、".join(figure_text(scene.report, f.figure) for f in sure if f.figure),
                               points=number(points), sum=number(off)), sure=True, figures=True, found=True)
    if found.closed:
        return Outcome(ZERO, ZERO, "met", denials, message("rescore.no_faults", condition=condition), found=True)
    if per is None:
        done = _done_instead(scene, need)
        if done:
            return Outcome(ZERO, ZERO, "met", quotes(scene.report, done), message("rescore.no_faults", condition=condition), found=True)
    return Outcome(-cap, ZERO, "open", denials, message("rescore.faults_open", condition=condition, points=number(cap)), found=bool(denials),
                   doubt=doubt, doubt_evidence=_fault_quotes(scene, doubtful), near=_nearest(scene, need))


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
    deed = need.subject[:m.start()] + need.subject[m.end():]
    said = statements.state(scene.weights, deed, scene.near, enough=0.55)
    return said.lines if said.told == "yes" else ()


def prorata(scene: Scene, clause: Clause, need: Need, points: Decimal) -> Outcome:
    """In proportion to completion: the share that is missing takes its part, rounded up where the rule says so."""
    got, missing, stated, _ = completion(scene, need)
    topic = Need(need.kind, need.subject.split("，")[0], need.terms, need.verbs, need.lead, None, "")
    if got and len(got) > 1:
        terms = scene.weights.terms(topic.subject)
        best = max(_pair_fit(terms, p) for p in got)
        got = [p for p in got if _pair_fit(terms, p) >= best - 1e-6]
    if not got:
        terms = scene.weights.terms(topic.subject)
        pairs = sorted(((_pair_fit(terms, p), p) for q in scene.passages for p in measures.pairs(scene.ctx, q)), key=lambda x: -x[0])
        got = [pairs[0][1]] if pairs and pairs[0][0] >= 0.4 else []
    if not got:
        named = measures.rate_word(re.sub("完成率", "", need.subject)) is not None
        rates, sure = share(scene, need if named else _rate_need(need))
        rates = [r for r in rates if r.how == "stated"]
        if rates and (sure or named):
            value = min(rates[0].low, HUNDRED)
            low, high = _proportion(clause, points, value)
            return Outcome(low, high, "met" if low == high else "partly", quotes(scene.report, rates[0].lines, rates[0].figures, against=high < points),
                           message("rescore.level", condition=short(topic.subject), value=number(value) + "%",
                                   figures=figure_text(scene.report, rates[0].figures[0]), points=number(high)), sure=True, figures=True, found=True)
        return Outcome(ZERO, points, "open", explanation=message("rescore.no_goal", condition=short(topic.subject), points=number(points)),
                       near=_nearest(scene, need))
    p = got[0]
    low = min(_proportion(clause, points, min(v, HUNDRED))[0] for v in (p.low, p.high))
    high = max(_proportion(clause, points, min(v, HUNDRED))[1] for v in (p.low, p.high))
    if p.forecast:
        low = ZERO
    return Outcome(low, high, "met" if low == high else "partly", quotes(scene.report, p.lines, p.figures, against=high < points, forecast=p.forecast),
                   _pair_words(scene.report, p, topic, high, p.forecast), sure=not p.forecast, figures=True, forecast=p.forecast, found=True)


def _proportion(clause: Clause, points: Decimal, percent: Decimal) -> tuple[Decimal, Decimal]:
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


def _nearest(scene: Scene, need: Need) -> tuple[Line, ...]:
    """The sentence of the indicator's passages that comes nearest to a condition, to be quoted where nothing supports it."""
    best: tuple[float, Line] | None = None
    for passage in scene.passages[:3]:
        for line in passage.lines:
            value = cover(need.terms, (line.text, 1.0)) + 0.05 * bool(line.figures)
            if best is None or value > best[0] + 1e-9:
                best = (value, line)
    return (best[1],) if best and best[0] > 0.1 else ()


__all__ = ["Callable", "award", "deduct", "each", "levels", "points_at", "prorata", "says"]
