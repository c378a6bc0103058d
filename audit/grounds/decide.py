"""From what was found to states: each clause by itself, levels of one measure and alternatives together."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from audit.grounds.counts import amounts, counts, enumerated, listed, missing, points, ranks, unitless
from audit.grounds.deeds import deed
from audit.grounds.faults import Fault, look
from audit.grounds.goals import Goal, best_of, goals
from audit.grounds.model import ClauseState
from audit.grounds.moves import moves
from audit.grounds.owned import owned
from audit.grounds.scene import HUNDRED, ZERO, Ask, Scene
from audit.grounds.settle import WIDER, reachable, settle, told_again
from audit.grounds.shares import rates
from audit.grounds.values import PERCENT, Reading
from audit.model import Evidence
from patterns.content import cover, light, plain
from patterns.demand import PERCENTAGE_POINTS, POINTS
from patterns.records import replace
from patterns.rules.meaning import applicable, within
from patterns.speech import marks, moved, reached

CHANGES = ("增幅", "降幅", "下降率", "增长率", "增速")  # measures of how a value moved
SPOKEN, CLEARLY = 0.6, 0.15  # how much of a clause a sentence must say that says more of a neighbour, and how much more that is
NEAR = 0.12  # how much less than the best a fault may fit and still be told beside it
CLEAR = 0.65  # fit from which a number plainly is the clause's


def decide(scene: Scene, asks: Sequence[Ask], district: str, district_class: str) -> tuple[ClauseState, ...]:
    """The states of an indicator's clauses, in order."""
    if not asks:
        return ()
    mine = set(map(id, applicable([a.clause for a in asks], district, district_class)))
    out: dict[int, ClauseState] = {}
    ours = [a for a in asks if id(a.clause) in mine]
    for a in asks:
        if id(a.clause) not in mine:
            out[a.index] = ClauseState(a.clause, "not-applicable")
    groups: dict[object, list[Ask]] = {}
    for a in ours:
        base = a.demand.base if a.demand.kind in ("otherwise", "growth") else None
        host = next((x for x in ours if x.index == base), a)
        if a.demand.kind == "growth" and a.row.weight is not None and (a.clause.points or ZERO) + (host.clause.points or ZERO) == a.row.weight:
            host = a  # 不低于88%，4分；高于上年，2分: both may be earned
        groups.setdefault(("g", host.clause.group) if host.clause.group is not None else ("c", host.index), []).append(a)
    for group in groups.values():
        for state, a in zip(_group(scene, group), group, strict=True):
            out[a.index] = state
    for a in ours:
        if a.demand.kind == "shortfall":
            out[a.index] = _shortfall(scene, a, out, ours)
        elif a.demand.kind == "fault":
            out[a.index] = _complement(scene, a, out[a.index], out, ours)
    _one_ground_each(ours, out)
    return tuple(out[a.index] for a in asks)


def _one_ground_each(ours: Sequence[Ask], out: dict[int, ClauseState]) -> None:
    """A sentence that says more of a neighbouring clause is that one's ground: of a clause of which it says little it proves nothing."""
    for a in ours:
        state = out[a.index]
        if state.state != "met" or a.demand.kind != "deed" or a.clause.kind == "zero" or not state.evidence:
            continue
        told = plain("".join(e.quote.text for e in state.evidence))
        mine = cover(a.terms, (told, 1.0))
        if mine < SPOKEN and any(
            out[b.index].state == "met" and b.demand.kind == "deed" and b is not a and b.terms and _overlap(state, out[b.index]) and cover(b.terms, (told, 1.0)) >= mine + CLEARLY
            for b in ours
        ):
            out[a.index] = ClauseState(a.clause, "open", lack="part", near=state.evidence)


def _overlap(one: ClauseState, two: ClauseState) -> bool:
    """Whether two states rest on the same words."""
    return any(e.quote.start < f.quote.end and f.quote.start < e.quote.end for e in one.evidence for f in two.evidence)


def _group(scene: Scene, group: Sequence[Ask]) -> list[ClauseState]:
    tiers = [a for a in group if a.clause.kind == "tier" and a.demand.kind != "fault"]
    if tiers:
        return _levels(scene, group, tiers)
    states = [_single(scene, a) for a in group]
    if len(group) == 1:
        return states
    return _alternatives(scene, group, states)


def _alternatives(scene: Scene, group: Sequence[Ask], states: list[ClauseState]) -> list[ClauseState]:
    """Alternatives of which one holds: the one that is met excludes the others; what is left holds where the others surely do not."""
    order = sorted(
        range(len(group)), key=lambda k: (group[k].demand.kind == "otherwise", group[k].demand.poor, -(group[k].clause.points or ZERO))
    )
    poor = [k for k in order if group[k].demand.poor and states[k].state == "met"]
    met = poor or [k for k in order if states[k].state == "met" and group[k].demand.kind != "otherwise"]
    if met:
        winner = met[0]
        share = group[winner].clause.kind == "prorata"
        return [
            s
            if k == winner
            else replace(
                s,
                state="unmet" if _denied(group[k], s, share) else "excluded",
                evidence=s.evidence if _denied(group[k], s, share) else (),
                lowest=None,
                highest=None,
            )
            for k, s in enumerate(states)
        ]
    bottom = [k for k in order if group[k].clause.kind == "zero" and states[k].state == "unmet" and group[k].demand.kind != "otherwise"]
    if bottom:  # the bottom of the scale holds
        return [s if k == bottom[0] else replace(s, state="excluded", evidence=(), lowest=None, highest=None) for k, s in enumerate(states)]
    rest = [k for k in order if group[k].demand.kind == "otherwise"]
    given = [k for k in order if group[k].demand.kind != "otherwise"]
    if rest and given and all(states[k].state == "unmet" for k in given):
        ground = states[given[0]]
        left = _share_of_goal(scene, group[given[0]], ground)
        for n, k in enumerate(rest):
            clause = group[k].clause
            holds = n == 0
            states[k] = replace(
                states[k],
                state=("unmet" if clause.kind == "zero" else "met") if holds else "excluded",
                evidence=ground.evidence if holds else (),
                sure=ground.sure and len(rest) == 1,
                lowest=left if clause.kind == "prorata" else None,
                highest=left if clause.kind == "prorata" else None,
                lack="",
            )
    return states


def _share_of_goal(scene: Scene, a: Ask, missed: ClauseState) -> Decimal | None:
    """How far a goal that was missed was reached: 没有完成的按完成比例计算."""
    if missed.lowest is not None or a.demand.kind != "goal":
        return missed.lowest
    best = best_of(goals(scene, a))
    return best.low / HUNDRED if best is not None and not best.met and best.low is not None else None


def _denied(a: Ask, s: ClauseState, share: bool) -> bool:
    """Whether the report itself says that an alternative does not hold, beyond another one's holding. share: a proportion of it holds."""
    return s.state == "unmet" and (a.demand.kind == "deed" and not share) and a.clause.kind != "zero"


def _single(scene: Scene, a: Ask) -> ClauseState:
    match a.demand.kind:
        case "fixed":
            return ClauseState(a.clause, "met", sure=True)
        case "external":
            return ClauseState(a.clause, "external")
        case "shortfall" | "otherwise":
            return ClauseState(a.clause, "open", lack="silent")
        case "fault":
            return _fault(scene, a)
        case "absence":
            return _absence(scene, a)
        case "goal":
            return _goal(scene, a)
        case "growth":
            return _growth(scene, a)
        case "count":
            return _count(scene, a)
        case "rate":
            return _share(scene, a)
        case _:
            return _deed(scene, a)


def _evidence(scene: Scene, r: Reading, against: bool = False) -> tuple[Evidence, ...]:
    return (scene.evidence(r.line, r.statements, r.figures, against, r.forecast),)


def _open(scene: Scene, a: Ask, lack: str = "silent") -> ClauseState:
    near = scene.lines(a)
    best = next(((line, f) for line, f in near if f >= 0.3), None)
    evidence = (scene.evidence(best[0], best[0].statements),) if best else ()
    if lack == "silent" and best and best[1] >= 0.6:
        lack = "claims" if not best[0].figures else "no-goal"
    return ClauseState(a.clause, "open", lack=lack, near=evidence)  # type: ignore[arg-type]


# ------------------------------------------------------------------------------------------------------------------- levels


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
        one = best_of(goals(scene, scene.narrowed(a, subject, subjects)))
        r = _as_reading(one) if one is not None else None
        if r is None or r.fit < 0.45:
            return [r for g in goals(scene, a) if (r := _as_reading(g)) is not None]
        found.append(r)
    return [min(found, key=lambda r: r.low)]


def _as_reading(g: Goal) -> Reading | None:
    low = g.low if g.low is not None else (HUNDRED if g.met else None)
    fit = g.fit if g.low is not None else g.fit - 0.2  # figures before words
    how = "stated" if g.low is not None and not g.words else "every"
    return None if low is None else Reading(low, low, g.line, g.statements, g.figures, fit, how, g.forecast)


def _holder(group: Sequence[Ask], value: Decimal) -> int:
    """The level that a value reaches: of several that it reaches (70%以上, 90%以上) the one that gives most; -1 for none."""
    inside = [k for k, a in enumerate(group) if a.clause.kind == "tier" and within(a.clause, value)]
    return max(inside, key=lambda k: group[k].clause.points or ZERO, default=-1)


def _levels(scene: Scene, group: Sequence[Ask], tiers: Sequence[Ask]) -> list[ClauseState]:
    """The levels of one measure: the one that holds is met, the others are excluded; all open where the value is not known."""
    growing = [a for a in tiers if a.demand.kind == "growth"]
    if growing and len(growing) < len(tiers):
        return _two_scales(scene, group, growing)
    head = max(tiers, key=lambda a: (sum(a.terms.values()) > 0, a.clause.points or ZERO))
    found = _read(scene, head)
    best, rivals = settle(found, scene, _summed(head), head.row.no)
    own_survey = best is not None and any(w in s.text for s in best.line.statements for w in marks("self"))
    if head.demand.outside and (best is None or own_survey or _not_told(scene, head)):
        return [ClauseState(a.clause, "external") for a in group]
    if best is None:
        return [_open(scene, a) if a.clause.kind != "zero" else ClauseState(a.clause, "open", lack="silent") for a in group]
    expected = best.forecast or (found[0].forecast and found[0].fit >= CLEAR)  # nothing fits better than what is only expected
    if expected or any(r.forecast and r.low == best.low for r in found):  # the annex repeats what the narrative expects
        return [
            ClauseState(a.clause, "open", lowest=None, highest=None, forecast=True, lack="forecast", near=_evidence(scene, best))
            for a in group
        ]
    edges = {t.clause.lower for t in tiers if t.clause.lower_open} | {t.clause.upper for t in tiers if t.clause.upper_open and t.clause.points}
    if best.low in edges and best.how == "stated" and _quoted(best):
        return [replace(_open(scene, a), near=_evidence(scene, best)) for a in group]  # 按1%安排的用地规划: what is asked for, not what was reached
    values = [best, *rivals]
    held = {_holder(group, r.low) for r in values}
    if len(held) > 1:
        return [replace(_open(scene, a, "part"), lowest=min(r.low for r in values), highest=max(r.low for r in values)) for a in group]
    winner = held.pop()
    evidence = (*_evidence(scene, best), *(e for r in told_again(found, best) for e in _evidence(scene, r)))
    sure = _sure(scene, head, best) and not rivals
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


def _quoted(r: Reading) -> bool:
    """Whether a number stands before the name of a plan or requirement that it belongs to (市1%用地规划, 按1%安排的)."""
    f = r.figures[0] if r.figures else None
    after = next((c.after for s in r.statements for c in s.cited if c.figure is f), "")
    return bool(after) and any(w in after[:16] for w in marks("plans"))


def _two_scales(scene: Scene, group: Sequence[Ask], growing: Sequence[Ask]) -> list[ClauseState]:
    """Levels of a value, and for those below them levels of its growth (35%以上得3分；不足35%的，较上年提高1个百分点以上得2分)."""
    first = [a for a in group if a.demand.kind != "growth" and a.clause.kind == "tier"]
    out = {a.index: s for a, s in zip(first, _levels(scene, first, first), strict=True)}
    rest = [a for a in group if a.index not in out]
    if any(out[a.index].state == "met" and a.clause.points for a in first):
        return [out.get(a.index, ClauseState(a.clause, "excluded")) for a in group]
    if all(s.state in ("unmet", "excluded") for s in out.values()):
        out |= {a.index: s for a, s in zip(rest, _levels(scene, rest, growing), strict=True)}
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


# ------------------------------------------------------------------------------------------------------------------- single clauses


def _share(scene: Scene, a: Ask) -> ClauseState:
    """A proportion: prorata over a rate."""
    best, rivals = settle(rates(scene, a), scene, row=a.row.no)
    if best is None:
        return _open(scene, a)
    if best.forecast:
        return ClauseState(a.clause, "open", forecast=True, lack="forecast", near=_evidence(scene, best))
    low, high = min(r.low for r in (best, *rivals)) / HUNDRED, max(r.low for r in (best, *rivals)) / HUNDRED
    if rivals:
        return replace(_open(scene, a, "part"), lowest=low, highest=high)
    others = tuple(v / HUNDRED for v in reachable(scene, a, best, rates(scene, a)))
    return ClauseState(a.clause, "met", _evidence(scene, best), low, high, _sure(scene, a, best), others=others)


def _summed(a: Ask) -> int:
    """How many things a clause wants the sum of; 1 where it asks for one class of them."""
    return 1 if a.demand.marks else max(len(a.demand.items), 2 * a.demand.summed)


def _sure(scene: Scene, a: Ask, r: Reading) -> bool:
    """Whether a number plainly is the clause's: it fits, and where neighbours ask for the like its own words stand beside it."""
    passage = scene.around(r.line)
    told = "".join(s.text for s in r.line.statements[: r.line.statements.index(r.statements[-1]) + 1])
    said = cover(a.rare, (told, 1.0), (passage.title, 0.8), (a.row.name.text * (passage.row is not None), 0.9)) if a.rare else 1.0
    return said >= 0.4 and r.fit >= CLEAR and r.how in ("stated", "named", "every", "pair", "listed") and (not a.foreign or r.rare >= 0.3 or r.fit >= 1.3)


def unit_of(a: Ask) -> str:
    """The counting word of a clause with the noun of a category behind it (每覆盖1个领域 -> 领域)."""
    subject = a.demand.subject
    return next((w for w in ("领域", "方面", "类") if subject.endswith(w) or (w != "类" and w in subject)), a.clause.per_unit or "")


def _not_told(scene: Scene, a: Ask) -> bool:
    """Whether the report says that the outside body's result is not there yet."""
    return any(
        s.said.polarity in ("not", "none") and any(w in s.text for w in ("反馈", "公布", "通报", "发布", "下达", "下发", "出来", "知悉"))
        for line, _ in scene.lines(a)
        for s in line.statements
    )


def _count(scene: Scene, a: Ask) -> ClauseState:
    """Points for each: how many."""
    if a.clause.kind == "each" and a.clause.per_unit in POINTS and _by_points(a):
        goal = best_of(goals(scene, a))
        if goal is not None and goal.low is not None and goal.fit >= 0.45 and not goal.forecast:
            return ClauseState(a.clause, "met", (scene.evidence(goal.line, goal.statements, goal.figures),), goal.low, goal.low, goal.fit >= CLEAR)
    if a.clause.kind == "each" and unit_of(a) in ("领域", "类", "方面", "个领域", "个方面") and len(a.demand.items) < 3:
        named = enumerated(scene, a)
        if named is not None:
            return ClauseState(a.clause, "met", _evidence(scene, named), named.low, None)
    if len(a.demand.items) >= 3 and a.clause.kind == "each" and a.clause.per_unit not in ("家", "人", "名", "次", "场"):
        some = listed(scene, a, a.demand.items)
        stated = counts(scene, a, a.clause.per_unit or "")[:1] if some is not None else ()
        if some is not None and not any(r.fit >= CLEAR and r.low > some.low and any("共" in s.text for s in r.statements) for r in stated):
            return ClauseState(
                a.clause,
                "met",
                _evidence(scene, some),
                some.low,
                Decimal(len(a.demand.items)) if some.low < len(a.demand.items) and not some.whole else some.low,
                True,
            )
    unit = a.clause.per_unit or a.clause.unit or ""
    found = counts(scene, a, unit)
    best, rivals = settle(found, scene, _summed(a), a.row.no)
    if best is None:
        told = deed(scene, a)
        if told.told == "yes":
            return ClauseState(a.clause, "met", tuple(scene.evidence(x, s) for x, s in told.runs), Decimal(1), None)
        return _open(scene, a, "part" if told.told == "part" else "silent")
    if best.forecast:
        return ClauseState(a.clause, "open", forecast=True, lack="forecast", near=_evidence(scene, best))
    values = [r.low for r in (best, *rivals)]
    evidence = (*_evidence(scene, best), *(e for r in told_again(found, best) for e in _evidence(scene, r)))
    return ClauseState(
        a.clause, "met", evidence, min(values), max(values), _sure(scene, a, best) and not rivals, others=reachable(scene, a, best, found)
    )


def _by_points(a: Ask) -> bool:
    """Whether each point of a goal's completion earns something (每完成年度目标的1个百分点得0.1分)."""
    return "完成" in a.clause.text and any(w in a.clause.text for w in marks("goal_named"))


def _deed(scene: Scene, a: Ask) -> ClauseState:
    found = deed(scene, a)
    evidence = tuple(scene.evidence(line, run, (), found.told == "no", found.forecast) for line, run in found.runs)
    if found.told == "yes":
        if found.forecast:
            return ClauseState(a.clause, "open", forecast=True, lack="forecast", near=evidence)
        return ClauseState(a.clause, "met", evidence)
    if found.told == "no":
        return ClauseState(a.clause, "unmet", evidence)
    if found.told in ("part", "plan"):
        return ClauseState(a.clause, "open", lack="part" if found.told == "part" else "claims", near=evidence)
    return _open(scene, a)


def _absence(scene: Scene, a: Ask) -> ClauseState:
    admitted, denied = look(scene, a)
    sure = [f for f in admitted if f.sure]
    if denied and not (sure and sure[0].fit > denied[0].fit):
        d = denied[0]
        return ClauseState(a.clause, "met", (scene.evidence(d.line, d.statements, d.figures),), sure=True)
    if sure:
        return ClauseState(a.clause, "unmet", (scene.evidence(sure[0].line, sure[0].statements, sure[0].figures, True),), sure=True)
    return _open(scene, a)


def _fault(scene: Scene, a: Ask) -> ClauseState:
    unit = a.clause.per_unit or ""
    admitted, denied = look(scene, a, unit)
    sure = [f for f in admitted if f.sure]
    sure = [f for f in sure if not f.derived] or sure
    if a.demand.flat and a.demand.negated:
        sure = [f for f in sure if f.literal]
    if any(f.figures and f.figures[0].unit == unit for f in sure):
        sure = [f for f in sure if not f.figures or f.figures[0].unit == unit]  # 2家企业, not 86处 of another count
    sure = [f for f in sure if f.fit >= sure[0].fit - NEAR and not any(f.way in d.ways and d.line is f.line and d.plain and not d.rest for d in denied)]
    at_home = [d for d in denied if scene.around(d.line).row is not None]  # the row's own cell: 逾期0个
    if at_home and all(scene.around(f.line).row is None for f in sure):
        sure, admitted = [], []
    if sure and not any(
        sure[0].way in d.ways and d.plain and not d.rest and (d.fit > sure[0].fit + 0.15 or (not sure[0].literal and not a.demand.negated)) for d in denied
    ):
        total = sum((f.count for f in sure), ZERO) if a.clause.per is not None else Decimal(1)
        evidence = tuple(scene.evidence(f.line, f.statements, f.figures, True) for f in sure)
        others = _beside(sure) if a.clause.per is not None else ()
        return ClauseState(a.clause, "unmet", evidence, total, total, all(f.literal or f.fit >= 0.95 for f in sure), others=others)
    if not at_home and (own := owned(scene, a)) is not None:
        return ClauseState(a.clause, "unmet", (scene.evidence(own.line, own.statements, own.figures, True),), own.count, own.count, True)
    denied = [d for d in denied if not (d.rest and any(f.line is d.line for f in admitted))]  # 除此之外没有: what stands before it is open
    ways = frozenset(range(max(1, len(a.demand.faults))))
    shut = frozenset().union(*(d.ways for d in denied)) if denied else frozenset()
    if denied and (shut >= ways or len(denied[0].ways) * 2 > len(ways)):
        d = denied[0]
        return ClauseState(a.clause, "met", (scene.evidence(d.line, d.statements, d.figures),), ZERO, ZERO, True)
    if a.demand.flat and a.demand.negated and not sure:
        duties = tuple(w.thing + w.deed for w in a.demand.faults)
        asked = "，".join(duties)
        found = deed(
            scene,
            replace(
                a,
                terms=scene.weights.terms(asked),
                rare=scene.weights.terms(asked),
                demand=replace(a.demand, subject=asked, ways=(), parts=duties, negated=False),
            ),
        )
        if found.told == "yes":
            return ClauseState(a.clause, "met", tuple(scene.evidence(x, r) for x, r in found.runs), ZERO, ZERO)
    if admitted:
        near = [f for f in admitted[:2] if f.fit >= admitted[0].fit - NEAR]
        evidence = tuple(scene.evidence(f.line, f.statements, f.figures, True) for f in near)
        return ClauseState(a.clause, "open", lack="judge", doubt=admitted[0].count, doubt_evidence=evidence, near=evidence)
    return _open(scene, a)


def _beside(found: Sequence[Fault]) -> tuple[Decimal, ...]:
    """The other numbers of the unit of a fault in its sentence: 发现破损12处，其中主干道3处."""
    units = {f.figures[0].unit for f in found if f.figures}
    last = {x.line.index: max(f.start for f in x.figures) for x in found if x.figures}
    figures = [
        f
        for x in found
        for s in x.line.statements
        if s in x.statements or s.text.startswith(("其中", "包括"))
        for f in s.figures
        if f.unit in units and f.number is not None and f.role == "actual" and f.start > last.get(x.line.index, 0)
    ]
    return tuple(sorted({f.number for f in figures if f.number is not None} - {f.count for f in found}))


def _complement(scene: Scene, a: Ask, state: ClauseState, done: dict[int, ClauseState], ours: Sequence[Ask]) -> ClauseState:
    """A duty not done whose doing is an award of its own: where the report says that all was done, none is missing."""
    base = next((x for x in ours if x.index == a.demand.base), None)
    if state.state == "open" and a.demand.part_of:
        before = [x for x in ours if x.index < a.index and x.demand.kind == "fault"]
        if before and done[before[-1].index].state == "met":
            return replace(done[before[-1].index], clause=a.clause)
    graver = [
        x for x in ours
        if x.demand.kind == "absence" and done[x.index].state == "met" and len(x.terms) > 1 and x.clause.kind != "zero"
        and cover({w: v for w, v in x.terms.items() if not light(w)} or x.terms, (a.demand.subject, 1.0)) >= 0.9
    ]
    if state.state == "open" and graver and a.clause.kind == "zero":
        return replace(done[graver[0].index], clause=a.clause, lowest=ZERO, highest=ZERO)  # no case at all, so none of this kind
    if state.state == "unmet" and base is not None and a.demand.negated and base.clause.lower == HUNDRED and done[base.index].sure:
        deeds_done = scene.weights.terms("，".join(w.deed for w in a.demand.faults))
        if done[base.index].state == "met" and deeds_done and cover(deeds_done, (base.demand.subject, 1.0)) >= 0.5:
            return ClauseState(a.clause, "met", done[base.index].evidence, ZERO, ZERO, True)  # 按期办结率100%: nothing was late
    if state.state != "open" or not a.demand.negated or base is None or (a.demand.flat and a.clause.kind == "deduct"):
        return state
    whole = base.clause.kind == "full" or base.demand.every or (base.clause.lower == HUNDRED)
    if done[base.index].state != "met" or not whole:
        return state
    own = scene.weights.terms("，".join(w.deed for w in a.demand.faults))
    if own and not all(light(w) for w in own) and cover(own, (base.demand.subject, 1.0)) < 0.5:
        return state
    return ClauseState(a.clause, "met", done[base.index].evidence, ZERO, ZERO, done[base.index].sure)


def _goal(scene: Scene, a: Ask) -> ClauseState:
    if a.clause.kind == "prorata" and "÷" in a.clause.text and any(w in a.clause.text for w in marks("last_year")):
        return _to_last_year(scene, a)
    found = goals(scene, a)
    best = best_of(found)
    if a.demand.every and best is not None and best.met:
        best = next((g for g in found if not g.met and g.fit >= best.fit - 0.2), best)  # one that lags behind is not all
    if best is None or best.fit < 0.45:
        return _reached(scene, a) if a.clause.kind != "prorata" else _open(scene, a)
    evidence = (scene.evidence(best.line, best.statements, best.figures, not best.met, best.forecast),)
    if best.forecast:
        return ClauseState(a.clause, "open", forecast=True, lack="forecast", near=evidence)
    if a.clause.kind == "prorata" and best.low is None:
        best = next((g for g in found if g.low is not None and g.fit >= CLEAR), best)  # 未完成6个, 完成率95%
        evidence = (scene.evidence(best.line, best.statements, best.figures, not best.met, best.forecast),)
    share = best.low / HUNDRED if best.low is not None else None
    strange = cover(a.foreign, ("".join(s.text for s in best.statements), 1.0)) if a.foreign else 0.0
    rival = any(g.met != best.met and g.fit >= best.fit - WIDER for g in found)
    clear = best.fit >= CLEAR and strange < 0.3 and not rival  # words of a neighbouring clause make it doubtful which is meant
    if a.clause.kind == "prorata":
        if share is None and not best.met:
            return ClauseState(a.clause, "open", lack="no-goal", near=evidence)
        value = share if share is not None else Decimal(1)
        parts = tuple(sorted({g.low / HUNDRED for g in found if g.low is not None and g.fit >= best.fit - WIDER}))
        return ClauseState(a.clause, "met", evidence, value, value, clear, others=parts)
    if a.demand.inverse:  # 超过控制指标的，不得分: met where it was not exceeded
        return ClauseState(
            a.clause,
            "met" if best.met else "unmet",
            evidence,
            ZERO if best.met else Decimal(1),
            ZERO if best.met else Decimal(1),
            clear,
        )
    return ClauseState(a.clause, "met" if best.met else "unmet", evidence, sure=clear)


def _to_last_year(scene: Scene, a: Ask) -> ClauseState:
    """A proportion to last year's value (得分＝当年人次÷上年人次×4)."""
    best = next((m for m in moves(scene, a) if m.size is not None and not m.points and not m.forecast and m.fit >= 0.6), None)
    if best is None or best.size is None:
        return _open(scene, a)
    share = 1 + best.size / HUNDRED * (-1 if best.way == "down" else 1)
    return ClauseState(a.clause, "met", (scene.evidence(best.line, best.statements, best.figures),), share, share, best.fit >= CLEAR)


def _reached(scene: Scene, a: Ask) -> ClauseState:
    """A goal that no figure and no word of a goal tells of, as a deed: what was done is no goal reached unless the words say so."""
    state = _deed(scene, a)
    if state.state == "met" and not any(reached(plain(e.quote.text)) for e in state.evidence):
        return ClauseState(a.clause, "open", lack="no-goal", near=state.evidence)
    return state


def _growth(scene: Scene, a: Ask) -> ClauseState:
    found = moves(scene, a)
    if not found or found[0].fit < 0.4:
        return _deed(scene, a) if a.demand.others else _open(scene, a)
    best = found[0]
    evidence = (scene.evidence(best.line, best.statements, best.figures, False, best.forecast),)
    if best.forecast:
        return ClauseState(a.clause, "open", forecast=True, lack="forecast", near=evidence)
    holds = best.way == a.demand.way or (a.demand.equal and best.way == "flat")
    sure = best.fit >= CLEAR and not any(m.way != best.way and m.fit >= best.fit - WIDER for m in found)
    if a.clause.kind == "zero":
        return ClauseState(a.clause, "unmet" if holds else "met", evidence, sure=sure)
    if a.clause.kind == "deduct":
        due = Decimal(holds)
        return ClauseState(a.clause, "unmet" if holds else "met", evidence, due, due, sure)
    return ClauseState(a.clause, "met" if holds else "unmet", evidence, sure=sure)


# ------------------------------------------------------------------------------------------------------------------- shortfalls


def _shortfall(scene: Scene, a: Ask, done: dict[int, ClauseState], ours: Sequence[Ask]) -> ClauseState:
    """How far a level was missed: from the clause that states it, or from the deduction's own words."""
    base = next((x for x in ours if x.index == a.demand.base), None)
    lacking = missing(scene, a) if base is None or done[base.index].state != "met" else None
    if lacking is not None:
        return ClauseState(a.clause, "unmet", _evidence(scene, lacking, True), lacking.low, lacking.low, True)
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
            gap = abs(level - value)
            return ClauseState(a.clause, "unmet", evidence, gap, gap, state.sure)
        if state.state == "unmet" and base.demand.kind == "goal":
            best = best_of(goals(scene, base))
            if best is not None and best.short is not None and best.figures and best.figures[0].unit == a.clause.per_unit:
                return ClauseState(a.clause, "unmet", state.evidence, best.short, best.short, state.sure)
            if best is not None and best.low is not None and a.clause.per_unit in POINTS:
                gap = HUNDRED - best.low
                if best.figures and best.figures[0].unit == "%" and best.short is not None:
                    gap = best.short
                return ClauseState(a.clause, "unmet", state.evidence, gap, gap, state.sure)
        return replace(_open(scene, a), near=state.near, forecast=state.forecast, lack=state.lack if state.lack else "silent")
    level = a.demand.level
    if level is None:
        best = best_of(goals(scene, a))
        if best is None or best.fit < 0.45:
            return _open(scene, a)
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
    if first is not None and a.demand.often:
        first = next((r for r in found if r.line is first.line and r.whole and r.low > first.low), first)  # 各召开1次，全年4次
        rivals = []
    if first is None:
        return _open(scene, a)
    if first.forecast:
        return ClauseState(a.clause, "open", forecast=True, lack="forecast", near=_evidence(scene, first))
    values = [r.low for r in (first, *rivals)]
    gaps = [max(ZERO, (v - level) if a.demand.below else (level - v)) for v in values]
    if max(gaps) == 0:
        return ClauseState(a.clause, "met", _evidence(scene, first), ZERO, ZERO, first.fit >= CLEAR)
    if min(gaps) == max(gaps):
        others = {max(ZERO, (v - level) if a.demand.below else (level - v)) for v in reachable(scene, a, first, found)}
        return ClauseState(a.clause, "unmet", _evidence(scene, first, True), gaps[0], gaps[0], _sure(scene, a, first), others=tuple(sorted(others)))
    return replace(_open(scene, a, "part"), lowest=min(gaps), highest=max(gaps))
