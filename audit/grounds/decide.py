"""From what was found to states: each clause by itself, levels of one measure and alternatives together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from audit.grounds.alone import alone
from audit.grounds.asks import HUNDRED, ZERO, Ask
from audit.grounds.goals import best_of, goals
from audit.grounds.levels import levels
from audit.grounds.margins import shortfall, surplus
from audit.grounds.model import ClauseState
from audit.grounds.scene import Scene
from audit.grounds.settle import settle
from audit.grounds.shares import rates
from audit.grounds.states import apart, evidence_of, plainly
from patterns.content import cover, light, plain
from patterns.rules.meaning import applicable

ONE_OF = ("项", "个", "类")  # of several things that a clause asks for
ANY_STANDARD = ("达标", "达到", "达到要求", "达到标准", "符合要求", "达到规定要求", "达到规定标准", "符合标准")  # duties that name none of their own
CLOSE = 120  # characters between a fault and the denial of all others
SPOKEN, CLEARLY = 0.6, 0.15  # how much of a clause a sentence must say that says more of a neighbour, and how much more that is


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
            out[a.index] = shortfall(scene, a, out, ours)
        elif a.demand.kind == "surplus":
            out[a.index] = surplus(scene, a, out, ours)
        elif a.demand.kind == "fault":
            out[a.index] = _complement(scene, a, out[a.index], out, ours)
    for a in ours:
        if a.demand.kind == "absence" and out[a.index].state == "open" and (event := _event_of(a, ours, out)) is not None:
            out[a.index] = ClauseState(a.clause, "unmet", event.evidence, sure=event.sure)
    _one_ground_each(ours, out)
    return tuple(out[a.index] for a in asks)


def _event_of(a: Ask, ours: Sequence[Ask], out: dict[int, ClauseState]) -> ClauseState | None:
    """A fault of the rule that the report owns up to and that an absence names among others: 无脱管漏管得8分，发生脱管的每人次扣2分."""
    return next(
        (out[b.index] for b in ours
         if b.demand.kind == "fault" and out[b.index].state == "unmet" and out[b.index].sure
         and (words := [w for w in b.terms if w not in ("发生", "出现")]) and all(w in a.demand.subject for w in words)),
        None,
    )


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
        return levels(scene, group, tiers)
    states = [alone(scene, a) for a in group]
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


def _just_before(fault: ClauseState, denial: ClauseState) -> bool:
    """Whether the grounds of a fault stand right before a denial of all others."""
    return any(0 <= d.quote.start - f.quote.end < CLOSE or f.quote.start <= d.quote.start < f.quote.end for f in fault.evidence for d in denial.near)


def _missed_of(scene: Scene, a: Ask, base: Ask, state: ClauseState) -> ClauseState:
    """How many of several rates miss the level that all must reach (三项均达到100%得8分，有一项未达到扣1分)."""
    found = [settle(rates(scene, one), scene, row=a.row.no)[0] for one in apart(scene, base)]
    told = [r for r in found if r is not None]
    if len(told) < len(found):
        return state
    missed = [r for r in told if r.low < (base.clause.lower or ZERO)]
    evidence = tuple(dict.fromkeys(e for r in missed or told[:1] for e in evidence_of(scene, r, bool(missed))))
    return ClauseState(a.clause, "unmet" if missed else "met", evidence, Decimal(len(missed)), Decimal(len(missed)), all(plainly(scene, base, r) for r in told), reckoned=True)


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
    if state.state == "open" and state.lack == "judge" and state.lowest == ZERO and any(
        done[x.index].state == "unmet" and x is not a and x.demand.kind == "fault" and _just_before(done[x.index], state) for x in ours
    ):  # 被通报1次；除此之外没有其他通报: what was left out is another clause's
        return ClauseState(a.clause, "met", state.near, ZERO, ZERO, True)
    if state.state == "open" and a.clause.per_unit in ONE_OF and base is not None and len(base.demand.rates) > 1 and base.clause.lower is not None:
        return _missed_of(scene, a, base, state)
    if state.state == "open" and a.demand.faults and all(f.deed in ANY_STANDARD for f in a.demand.faults) and base is not None and done[base.index].state == "met":
        return ClauseState(a.clause, "met", done[base.index].evidence, ZERO, ZERO, done[base.index].sure)  # 每有1个站点未达标 of a level that is met
    if state.state == "open" and base is not None and base.demand.kind == "absence" and done[base.index].state == "met" \
            and (named := [w for w in a.terms if not light(w)]) and all(w in base.demand.subject for w in named):
        return ClauseState(a.clause, "met", done[base.index].evidence, ZERO, ZERO, done[base.index].sure)  # 未发生溺水死亡事故, so nobody died
    if state.state == "open" and base is not None and base.demand.kind == "absence" and done[base.index].state == "met" and a.demand.negated:
        things = [w for w in a.terms if not light(w) and w not in "，".join(f.deed for f in a.demand.faults)]
        if sum(w in base.demand.subject for w in things) > 1:  # 零就业家庭动态清零, so none is left
            return ClauseState(a.clause, "met", done[base.index].evidence, ZERO, ZERO, done[base.index].sure)
    if state.state != "open" or not a.demand.negated or base is None or (a.demand.flat and a.clause.kind == "deduct"):
        return state
    whole = base.clause.kind == "full" or base.demand.every or (base.clause.lower == HUNDRED)
    if done[base.index].state != "met" or not whole:
        return state
    duties = scene.weights.terms("，".join(w.deed for w in a.demand.faults))
    if duties and not all(light(w) for w in duties) and cover(duties, (base.demand.subject, 1.0)) < 0.5:
        return state
    return ClauseState(a.clause, "met", done[base.index].evidence, ZERO, ZERO, done[base.index].sure)
