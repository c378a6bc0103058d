"""The levels of one measure: which of them a value of the report reaches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from audit.grounds.asks import HUNDRED, ZERO, Ask, narrowed
from audit.grounds.counts import amounts, counts, points, ranks, unitless
from audit.grounds.goals import Goal, best_of, goals
from audit.grounds.model import ClauseState
from audit.grounds.moves import moves
from audit.grounds.scene import Scene
from audit.grounds.settle import reachable, settle, told_again
from audit.grounds.shares import rates
from audit.grounds.states import CLEAR, apart, evidence_of, plainly, still_open, summed
from audit.grounds.values import PERCENT, Reading
from patterns.demand import PERCENTAGE_POINTS
from patterns.rules.meaning import within
from patterns.speech import marks, moved

CHANGES = ("增幅", "降幅", "下降率", "增长率", "增速")  # measures of how a value moved


def _beyond_top(group: Sequence[Ask], a: Ask, value: Decimal) -> bool:
    """Whether a value lies above the top of a scale that is told as a bare number (每千人5名得2分，4名以上得1分): nobody earns less for more."""
    c = a.clause
    tiers = [x.clause for x in group if x.clause.kind == "tier"]
    top = len(tiers) > 1 and all(x is c or ((x.points or ZERO) < (c.points or ZERO) and x.lower is not None and c.lower is not None and x.lower < c.lower) for x in tiers)
    return top and c.lower is not None and c.lower == c.upper and value > c.lower


def levels(scene: Scene, group: Sequence[Ask], tiers: Sequence[Ask]) -> list[ClauseState]:
    """The levels of one measure: the one that holds is met, the others are excluded; all open where the value is not known."""
    growing = [a for a in tiers if a.demand.kind == "growth"]
    if growing and len(growing) < len(tiers):
        return _two_scales(scene, group, growing)
    head = max(tiers, key=lambda a: (sum(a.terms.values()) > 0, a.clause.points or ZERO))
    times = head.demand.times if head.demand.kind in ("count", "amount") else 1
    found = [_each_time(r, times) for r in _read(scene, head)]
    best, rivals = settle(found, scene, summed(head), head.row.no)
    own_survey = best is not None and any(w in s.text for s in best.line.statements for w in marks("self"))
    if head.demand.outside and (best is None or own_survey or _not_told(scene, head)):
        return [ClauseState(a.clause, "external") for a in group]
    if best is None:
        return [still_open(scene, a) if a.clause.kind != "zero" else ClauseState(a.clause, "open", lack="silent") for a in group]
    expected = best.forecast or (found[0].forecast and found[0].fit >= CLEAR)  # nothing fits better than what is only expected
    if expected or any(r.forecast and r.low == best.low for r in found):  # the annex repeats what the narrative expects
        return [
            ClauseState(a.clause, "open", lowest=None, highest=None, forecast=True, lack="forecast", near=evidence_of(scene, best))
            for a in group
        ]
    edges = {t.clause.lower for t in tiers if t.clause.lower_open} | {t.clause.upper for t in tiers if t.clause.upper_open and t.clause.points}
    if best.low in edges and best.how == "stated" and _quoted(best):
        return [replace(still_open(scene, a), near=evidence_of(scene, best)) for a in group]  # 按1%安排的用地规划: what is asked for, not what was reached
    values = [best, *rivals]
    held = {_holder(group, r.low) for r in values}
    if len(held) > 1:
        return [replace(still_open(scene, a, "part"), lowest=min(r.low for r in values), highest=max(r.low for r in values)) for a in group]
    winner = held.pop()
    evidence = (*evidence_of(scene, best), *(e for r in told_again(found, best) for e in evidence_of(scene, r)))
    sure = plainly(scene, head, best) and not rivals
    sure = sure and (times == 1 or any(w in best.statements[-1].text for w in marks("total")))
    others = reachable(scene, head, best, found)
    out = []
    for k, a in enumerate(group):
        if k == winner:  # a level that earns nothing is unmet where it holds
            out.append(ClauseState(a.clause, "met" if a.clause.points else "unmet", evidence, best.low, best.low, sure, others=others))
        elif winner < 0 and a.clause.kind == "zero":
            out.append(ClauseState(a.clause, "unmet", evidence, sure=sure))
        elif winner < 0 and a.clause.kind == "prorata":
            low, high = _part_of(a, tiers, best.low)
            out.append(ClauseState(a.clause, "met", evidence, low, high, sure, others=others))
        elif winner < 0 and len(tiers) == 1 and a.clause.points:
            out.append(ClauseState(a.clause, "unmet", evidence, best.low, best.low, sure, others=others))
        else:
            out.append(ClauseState(a.clause, "excluded", (), best.low, best.low, sure, others=others))
    return out


def _each_time(r: Reading, times: int) -> Reading:
    """A number of the year as so many a quarter or month, where a level asks for so many (每月1次以上: 全年10次)."""
    if times == 1 or r.high is None or any(w in s.text for s in r.statements for w in marks("every_time")):
        return r
    low = r.low / times
    return replace(r, low=low, high=low if r.high == r.low else r.high / times)


def _read(scene: Scene, a: Ask) -> list[Reading]:
    """The values that a level may be held against, best first."""
    kind = a.demand.kind
    if kind == "goal":
        return _least(scene, a)
    if kind == "growth":
        found = []
        for m in moves(scene, a):
            if m.size is None:
                continue
            if (a.clause.unit in PERCENTAGE_POINTS) != m.points and m.figures and m.size is not None and _sized(m.points, a):
                continue
            sign = 1 if (m.way == a.demand.way or not a.demand.way) else -1
            found.append(Reading(sign * m.size, sign * m.size, m.line, m.statements, m.figures, m.fit, "stated", m.forecast))
        return found
    if a.clause.unit in ("名", "位") and not a.demand.per_head and a.clause.kind == "tier":
        return ranks(scene, a) or counts(scene, a, a.clause.unit)
    if kind == "rate" and a.clause.unit in PERCENTAGE_POINTS:
        return points(scene, a)
    if kind == "rate" and not a.clause.unit and (found := unitless(scene, a)):
        return found
    if kind == "rate" and len(a.demand.rates) > 1:
        return _least_rate(scene, a)
    if kind == "rate":
        moving = a.demand.measure in CHANGES or (a.demand.measure.endswith("率") and bool(moved(a.demand.measure)))  # 压减率
        moved_by = rates(scene, a, change=True) if moving else []
        still = rates(scene, a)
        if not moved_by:
            return still
        return sorted([*moved_by, *(r for r in still if r.how == "named")], key=lambda r: (-round(r.fit, 4), r.line.start))
    if kind == "count":
        return counts(scene, a, a.clause.unit or "")
    return amounts(scene, a, a.clause.unit or "")


def _sized(points: bool, a: Ask) -> bool:
    """Whether a move is of another size than a level asks: percent where points are meant, or the points of a thing that is no rate."""
    return not points or not (a.demand.measure or "率" in a.demand.subject or "占" in a.demand.subject)


def _least(scene: Scene, a: Ask) -> list[Reading]:
    """How far a goal was reached; of a goal set for several things, the one that lags behind."""
    subjects = a.demand.subjects
    if len(subjects) < 2:
        return sorted((r for g in goals(scene, a) if (r := _as_reading(g)) is not None), key=lambda r: (-round(r.fit, 4), r.line.start))
    found = []
    for subject in subjects:
        one = best_of(goals(scene, narrowed(scene.weights, a, subject, subjects)))
        r = _as_reading(one) if one is not None else None
        if r is None or r.fit < 0.45:
            return [r for g in goals(scene, a) if (r := _as_reading(g)) is not None]
        found.append(r)
    return [min(found, key=lambda r: r.low)]


def _least_rate(scene: Scene, a: Ask) -> list[Reading]:
    """Of several rates that must all reach a level (配备率、安装率、管理率均达到100%) the lowest, once each is told."""
    found = [settle(rates(scene, one), scene, row=a.row.no)[0] for one in apart(scene, a)]
    told = [r for r in found if r is not None]
    return [min(told, key=lambda r: r.low)] if len(told) == len(found) else []


def _as_reading(g: Goal) -> Reading | None:
    low = g.low if g.low is not None else (HUNDRED if g.met else None)
    fit = g.fit if g.low is not None else g.fit - 0.2  # figures before words
    how = "stated" if g.low is not None and not g.words else "every"
    return None if low is None else Reading(low, low, g.line, g.statements, g.figures, fit, how, g.forecast)


def _holder(group: Sequence[Ask], value: Decimal) -> int:
    """The level that a value reaches: of several that it reaches (70%以上, 90%以上) the one that gives most; -1 for none."""
    inside = [k for k, a in enumerate(group) if a.clause.kind == "tier" and (within(a.clause, value) or _beyond_top(group, a, value))]
    return max(inside, key=lambda k: group[k].clause.points or ZERO, default=-1)


def _quoted(r: Reading) -> bool:
    """Whether a number stands before the name of a plan or requirement that it belongs to (市1%用地规划, 按1%安排的)."""
    f = r.figures[0] if r.figures else None
    after = next((c.after for s in r.statements for c in s.cited if c.figure is f), "")
    return bool(after) and any(w in after[:16] for w in marks("plans"))


def _two_scales(scene: Scene, group: Sequence[Ask], growing: Sequence[Ask]) -> list[ClauseState]:
    """Levels of a value, and for those below them levels of its growth (35%以上得3分；不足35%的，较上年提高1个百分点以上得2分)."""
    first = [a for a in group if a.demand.kind != "growth" and a.clause.kind == "tier"]
    out = {a.index: s for a, s in zip(first, levels(scene, first, first), strict=True)}
    rest = [a for a in group if a.index not in out]
    if any(out[a.index].state == "met" and a.clause.points for a in first):
        return [out.get(a.index, ClauseState(a.clause, "excluded")) for a in group]
    if all(s.state in ("unmet", "excluded") for s in out.values()):
        out |= {a.index: s for a, s in zip(rest, levels(scene, rest, growing), strict=True)}
    return [out.get(a.index, ClauseState(a.clause, "open", lack="silent")) for a in group]


def _part_of(a: Ask, tiers: Sequence[Ask], value: Decimal) -> tuple[Decimal, Decimal]:
    """The proportion that a value below a level makes: of the level where the rule says so or it is no share; else of the level or of all."""
    level = max((t.clause.lower for t in tiers if t.clause.lower), default=HUNDRED)
    rule = a.rule.text[max(0, a.clause.start - 30) : a.clause.end]
    of_level = any(w in rule for w in marks("of_level")) or f"{level.normalize():f}" in a.clause.text
    part, whole = value / level, value / HUNDRED
    if of_level or any(t.clause.unit not in PERCENT for t in tiers):
        return part, part
    return min(part, whole), max(part, whole)


def _not_told(scene: Scene, a: Ask) -> bool:
    """Whether the report says that the outside body's result is not there yet."""
    return any(
        any((s.said.polarity in ("not", "none") and w in s.text) or f"待{w}" in s.text for w in ("反馈", "公布", "通报", "发布", "下达", "下发", "出来", "知悉"))
        for line, _ in scene.lines(a)
        for s in line.statements
    )
