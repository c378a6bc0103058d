"""How many of what a clause counts the report tells of, by number or by listing."""

from __future__ import annotations

import re
from decimal import Decimal

from audit.evidence import measures, statements
from audit.evidence.measures import Reading
from audit.evidence.passages import Line
from audit.evidence.words import cover, says
from audit.rescore.needs import CATEGORY, Need
from audit.rescore.outcome import ZERO
from audit.rescore.scene import Scene, own_words
from extractor.report import Figure

NOVEL = re.compile("特色|创新|亮点|首创|示范试点|试点示范")


PLAIN_COUNT = 0.62


def counted(scene: Scene, need: Need, unit: str) -> tuple[Decimal, Decimal | None, tuple[Figure, ...], tuple[Line, ...], bool, bool]:
    """How many a clause counts: least, most (None where not closed), the figures, the sentences, whether it is sure, a forecast."""
    found = [
        r
        for r in measures.counts(scene.ctx, need.terms, need.verbs, unit, scene.passages, scene.strength())
        if not _other_noun(scene, need.noun, r) and not (unit in EVENTS and not _event(scene, r))
    ]
    if need.own:
        found = [r for r in found if own_words(scene, need, r.figures[0], r.lines)] or found
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
            elif (r.figures[0].unit == best.figures[0].unit and r.lines[0] is not best.lines[0]) or r.fit >= best.fit - 0.05:
                high = high + r.low if r.low < total else max(high, r.low + total)
            figures.append(f)
            lines.append(r.lines[0])
        if best.figures[0].unit != unit and unit in EVENTS and best.figures[0].unit not in EVENTS:
            listed = named_items(scene, need, unit)
            if listed is not None and listed[0] >= total:
                return listed
            return total, None, tuple(figures), tuple(lines), False, best.forecast  # 3个项目的活动 need not be all events
        return total, high, tuple(figures), tuple(lines), True, best.forecast
    listing = named_items(scene, need, unit)
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
    return (
        r.figures[0].unit in ("次", "场", "期", "轮", "届", "回", "批", "天")
        or re.match("[\u4e00-\u9fff]{0,4}(?:活动|行动|培训|会议|演练|讲座|竞赛|大赛|宣讲)", scene.ctx.after(r.figures[0], r.lines[0], 10))
        is not None
    )


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
    return noun in after[: len(noun) + 6] or r.figures[0].unit == noun


def named_items(scene: Scene, need: Need, unit: str) -> tuple[Decimal, Decimal | None, tuple[Figure, ...], tuple[Line, ...], bool, bool] | None:
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
                if (
                    found
                    and cover(need.terms, (line.text, 1.0), (passage.title, 0.5)) >= 0.45
                    and (not need.verbs or cover(need.verbs, (line.text, 1.0)) >= 0.3)
                    and statements.polarity(need.terms, line) == "yes"
                    and not re.search("建成后|拟|将", line.text)
                ):
                    names |= dict.fromkeys(found)
                    lines.append(line)
        if names:
            return Decimal(len(names)), None, (), tuple(lines), False, False
    if unit in ("次", "场"):
        for passage in scene.passages:
            for line in passage.lines:
                if cover(need.terms, (line.text, 1.0), (passage.text, 0.8), (passage.title, 0.6)) < 0.3:
                    continue
                events = [
                    x
                    for x in passage.lines
                    if re.search("活动|行动|演练|竞赛|大赛|培训", x.text) and statements.polarity(need.terms, x) == "yes"
                ]
                if len(events) >= 2:
                    return Decimal(len(events)), None, (), tuple(events), False, False
    if unit in ("项", "个"):
        items = [p for p, s in scene.near if p.listed and not p.outlook and s >= 0.55 and p.lines]
        heads = [
            p
            for p in scene.far
            if p.listed and not p.outlook and p.lines and cover(scene.weights.terms(scene.name), (p.path + p.title, 1.0)) >= 0.3
        ]
        special = [
            p
            for p in scene.all
            if p.listed and not p.outlook and p.lines and NOVEL.search(scene.name) and NOVEL.search(p.path) and p.index not in scene.taken
        ]
        own = [p for p in [*items, *heads] if cover(scene.weights.terms(scene.name), (p.path + p.title, 1.0)) >= 0.3]
        own = list(dict.fromkeys([*own, *special]))
        if own:
            lines_ = tuple(p.lines[0] for p in sorted(own, key=lambda p: p.start))
            return Decimal(len(own)), None, (), lines_, False, False
    return None
