"""A clause by itself: a share, a count, a deed, an absence, a fault, a goal, a growth."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from audit.grounds.asks import HUNDRED, ZERO, Ask
from audit.grounds.counts import counts, enumerated, listed
from audit.grounds.deeds import Deed, deed
from audit.grounds.faults import look
from audit.grounds.goals import best_of, goals
from audit.grounds.model import ClauseState
from audit.grounds.moves import moves
from audit.grounds.owned import owned
from audit.grounds.scene import Scene
from audit.grounds.settle import WIDER, reachable, settle, told_again
from audit.grounds.shares import rates
from audit.grounds.states import CLEAR, evidence_of, plainly, still_open, summed
from audit.grounds.told import Denial, Fault
from audit.grounds.values import alike
from audit.model import Evidence
from patterns.content import content_words, cover, key, light, plain, says
from patterns.demand import POINTS
from patterns.speech import faults, fitting_grade, levels, marks, reached

LITTLE = 0.3  # of a clause's words: a passage that says no more of them speaks of another matter
ALL_SAID = 0.75  # of the words that tell a clause from its neighbours, from which a denial is of the very thing
LEFT_OUT = 0.4  # of the words of an exception, from which a sentence speaks of it
STRANGE = 0.34  # of the words that tell a clause from its neighbours: a number beside fewer, in another counting word, counts something else
NEAR = 0.12  # how much less than the best a fault may fit and still be told beside it


def alone(scene: Scene, a: Ask) -> ClauseState:
    match a.demand.kind:
        case "fixed":
            return ClauseState(a.clause, "met", sure=True)
        case "external":
            return ClauseState(a.clause, "external")
        case "shortfall" | "surplus" | "otherwise":
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


def _share(scene: Scene, a: Ask) -> ClauseState:
    """A proportion: prorata over a rate."""
    best, rivals = settle(rates(scene, a), scene, row=a.row.no)
    if best is None:
        return still_open(scene, a)
    if best.forecast:
        return ClauseState(a.clause, "open", forecast=True, lack="forecast", near=evidence_of(scene, best))
    low, high = min(r.low for r in (best, *rivals)) / HUNDRED, max(r.low for r in (best, *rivals)) / HUNDRED
    if rivals:
        return replace(still_open(scene, a, "part"), lowest=low, highest=high)
    others = tuple(v / HUNDRED for v in reachable(scene, a, best, rates(scene, a)))
    return ClauseState(a.clause, "met", evidence_of(scene, best), low, high, plainly(scene, a, best), others=others)


def unit_of(a: Ask) -> str:
    """The counting word of a clause with the noun of a category behind it (每覆盖1个领域 -> 领域)."""
    subject = a.demand.subject
    return next((w for w in ("领域", "方面", "类") if subject.endswith(w) or (w != "类" and w in subject)), a.clause.per_unit or "")


def _count(scene: Scene, a: Ask) -> ClauseState:
    """Points for each: how many."""
    if a.clause.kind == "each" and a.clause.per_unit in POINTS and _by_points(a):
        goal = best_of(goals(scene, a))
        if goal is not None and goal.low is not None and goal.fit >= 0.45 and not goal.forecast:
            return ClauseState(a.clause, "met", (scene.evidence(goal.line, goal.statements, goal.figures),), goal.low, goal.low, goal.fit >= CLEAR)
    if a.clause.kind == "each" and unit_of(a) in ("领域", "类", "方面", "个领域", "个方面") and len(a.demand.items) < 3:
        named = enumerated(scene, a)
        if named is not None:
            return ClauseState(a.clause, "met", evidence_of(scene, named), named.low, None)
    if len(a.demand.items) >= 3 and a.clause.kind == "each" and a.clause.per_unit not in ("家", "人", "名", "次", "场"):
        some = listed(scene, a, a.demand.items)
        stated = counts(scene, a, a.clause.per_unit or "")[:1] if some is not None else ()
        if some is not None and not any(r.fit >= CLEAR and r.low > some.low and any("共" in s.text for s in r.statements) for r in stated):
            return ClauseState(
                a.clause,
                "met",
                evidence_of(scene, some),
                some.low,
                Decimal(len(a.demand.items)) if some.low < len(a.demand.items) and not some.whole else some.low,
                True,
            )
    unit = a.clause.per_unit or a.clause.unit or ""
    found = counts(scene, a, unit)
    best, rivals = settle(found, scene, summed(a), a.row.no)
    if (best is None or best.rare < STRANGE) and (nothing := _none_of_them(scene, a)) is not None:
        return ClauseState(a.clause, "unmet", (nothing,), ZERO, ZERO)
    foreign = best is not None and best.rare < STRANGE and bool(best.figures) and alike(best.figures[0].unit, unit) < 0.9  # 串起6处驿站
    told = deed(scene, a) if best is None or foreign else Deed("none", 0.0)
    if best is None or told.told == "yes":
        if told.told == "yes" and not a.demand.dealt:
            return ClauseState(a.clause, "met", tuple(scene.evidence(x, s) for x, s in told.runs), Decimal(1), _named_at_most(told))
        return still_open(scene, a, "part" if told.told == "part" else "silent")
    if best.forecast:
        return ClauseState(a.clause, "open", forecast=True, lack="forecast", near=evidence_of(scene, best))
    values = [r.low for r in (best, *rivals)]
    evidence = (*evidence_of(scene, best), *(e for r in told_again(found, best) for e in evidence_of(scene, r)))
    return ClauseState(
        a.clause, "met", evidence, min(values), max(values), plainly(scene, a, best) and not rivals, others=reachable(scene, a, best, found)
    )


def _none_of_them(scene: Scene, a: Ask) -> Evidence | None:
    """Where a report says that there is nothing of what is counted: 2023年没有企业获省长质量奖."""
    telling = {w: v for w, v in a.rare.items() if not light(w)}
    head = (content_words(a.demand.subject) or ("",))[-1]
    for line, _ in scene.lines(a):
        for s in line.statements:
            tail = s.text[max(0, s.said.at) :]
            none = s.said.polarity in ("none", "not") and not s.said.last and not scene.other_year(s) and not any(w in s.text for w in marks("yet"))
            of_level = bool(levels(tail)) and levels(tail) == levels(a.demand.subject) and bool(head) and says(head, tail) > 0.5  # 没有国家级表彰
            of_level = of_level or (bool(levels(s.text)) and levels(s.text) == levels(a.demand.subject) and any(w in tail for w in marks("first_of_all")))
            if telling and none and (of_level or cover(telling, (tail, 1.0)) >= ALL_SAID) and fitting_grade(a.demand.subject, tail) \
                    and not any(w in tail for w in ("其他", "其它", "另外")):
                return scene.evidence(line, (s,), (), True)
    return None


def _named_at_most(told: Deed) -> Decimal | None:
    """How many things a deed that is told without a number can be: one where one sentence names one, None where it may name several."""
    text = _unquoted("".join(s.text for _, run in told.runs for s in run))
    one = len({line.index for line, _ in told.runs}) == 1 and text.count("“") <= 1 and text.count("《") <= 1 and not any(w in text for w in marks("several"))
    return Decimal(1) if one else None


def _unquoted(text: str) -> str:
    """A text with the words between quotation marks left out, the marks kept."""
    first, *rest = text.split("“")
    return first + "".join("“" + x.partition("”")[2] for x in rest)


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
        return ClauseState(a.clause, "open", lack="claims" if found.told == "plan" else "part" if _says_a_part(a, evidence) else "silent", near=evidence)
    return still_open(scene, a)


def _says_a_part(a: Ask, evidence: Sequence[Evidence]) -> bool:
    """Whether passages say a part of what a clause asks to be done, and not only its topic (网格化覆盖率94% says nothing of 印发网格管理办法)."""
    text = "".join(plain(e.quote.text) for e in evidence)
    keys = [w for w in a.terms if key(w)] + [w for w in marks("kinds_of_papers") if w in a.demand.subject]
    return cover(a.terms, (text, 1.0)) >= LITTLE and (not keys or any(says(w, text) for w in keys))


def _absence(scene: Scene, a: Ask) -> ClauseState:
    admitted, denied = look(scene, a)
    sure = [f for f in admitted if f.sure]
    told_of_some = sure and denied and sure[0].literal and sure[0].line is denied[0].line  # 赴省上访1批次，未发生进京上访
    if denied and not told_of_some and not (sure and sure[0].fit > denied[0].fit):
        d = denied[0]
        return ClauseState(a.clause, "met", (scene.evidence(d.line, d.statements, d.figures),), sure=True)
    if sure:
        return ClauseState(a.clause, "unmet", (scene.evidence(sure[0].line, sure[0].statements, sure[0].figures, True),), sure=True)
    return still_open(scene, a)


def _fault(scene: Scene, a: Ask) -> ClauseState:
    unit = a.clause.per_unit or ""
    admitted, denied = look(scene, a, unit)
    spared = [f for f in admitted if _excepted(a, f)]  # what the rule itself leaves out
    admitted = [f for f in admitted if f not in spared]
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
    if a.clause.kind == "zero" and not any(w.negated or faults(w.text) for w in a.demand.faults):
        sure = []  # a condition that names no fault takes all points only where a person finds that it holds
    if sure and not any(
        sure[0].way in d.ways and d.plain and not d.rest and (d.fit > sure[0].fit + 0.15 or (not sure[0].literal and not a.demand.negated)) for d in denied
    ):
        total = sum((f.count for f in sure), ZERO) if a.clause.per is not None else Decimal(1)
        evidence = tuple(scene.evidence(f.line, f.statements, f.figures, True) for f in sure)
        others = _beside(sure) if a.clause.per is not None else ()
        return ClauseState(a.clause, "unmet", evidence, total, total, all(f.literal or f.fit >= 0.95 for f in sure), others=others)
    if not at_home and (own := owned(scene, a)) is not None:
        return ClauseState(a.clause, "unmet", (scene.evidence(own.line, own.statements, own.figures, True),), own.count, own.count, True)
    rest = [d for d in denied if d.rest and not spared]  # 除此之外没有: what stands before it is open
    denied = [d for d in denied if d not in rest]
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
    if rest and not admitted:
        near_it = tuple(scene.evidence(d.line, d.statements, d.figures) for d in rest[:1])
        most = _told_before(rest[0], unit)
        return ClauseState(a.clause, "open", lowest=ZERO, highest=most, lack="judge", doubt=most, doubt_evidence=near_it, near=near_it)
    if admitted:
        near = [f for f in admitted[:2] if f.fit >= admitted[0].fit - NEAR]
        evidence = tuple(scene.evidence(f.line, f.statements, f.figures, True) for f in near)
        return ClauseState(a.clause, "open", lack="judge", doubt=admitted[0].count, doubt_evidence=evidence, near=evidence)
    return still_open(scene, a)


def _told_before(denial: Denial, unit: str) -> Decimal:
    """How many faults a denial of all others leaves: as many as its sentences count before it, or one."""
    before = denial.line.statements[: denial.line.statements.index(denial.statements[0])]
    numbers = [f.number for s in before for f in s.figures if f.number is not None and alike(f.unit, unit) and f.role == "actual"]
    return max(numbers, default=Decimal(1)) or Decimal(1)


def _excepted(a: Ask, fault: Fault) -> bool:
    """Whether the sentence of a fault, or what follows it, says what the rule leaves out of the deduction (外地生产、本地经销的除外)."""
    words = dict.fromkeys(content_words(a.demand.excepts), 1.0)
    return len(words) > 1 and cover(words, (fault.line.text, 1.0)) >= LEFT_OUT


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


def _goal(scene: Scene, a: Ask) -> ClauseState:
    if a.clause.kind == "prorata" and "÷" in a.clause.text and any(w in a.clause.text for w in marks("last_year")):
        return _to_last_year(scene, a)
    found = goals(scene, a)
    best = best_of(found)
    if a.demand.every and best is not None and best.met:
        best = next((g for g in found if not g.met and g.fit >= best.fit - 0.2), best)  # one that lags behind is not all
    if best is None or best.fit < 0.45:
        return _reached(scene, a) if a.clause.kind != "prorata" else still_open(scene, a)
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
        return still_open(scene, a)
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
        return _deed(scene, a) if a.demand.others else still_open(scene, a)
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
