"""One indicator: the states of its clauses summed up to [low, high], with a verdict."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from audit.grounds.model import ClauseState
from audit.messages import Message, message
from audit.model import ClauseResult, Evidence, IndicatorResult, Verdict
from audit.rescore.pleas import consistent
from audit.rescore.points import NOTHING, ZERO, Points, given, taken, worth
from audit.rescore.reasons import number, reason
from audit.rescore.scales import bottom_holds, less, scale
from extractor.report import Row
from patterns.clause import Clause, CompiledRule
from patterns.rules.meaning import Shape, applicable, attainable, earns_nothing, shape

HALF = Decimal("0.5")


@dataclass(frozen=True)
class Judged:
    """An indicator's result with what its findings need.

    states: of the clauses that speak of this district. scores: every score that the rule can give, None where they are not countable.
    sure: every bound that rules the claim out rests on what is said in so many words. doubt: points that a fault takes if a person finds
    that it fits, with its evidence.
    """

    result: IndicatorResult
    states: tuple[ClauseState, ...] = ()
    scores: frozenset[Decimal] | None = None
    sure: bool = True
    doubt: Decimal = ZERO
    doubt_evidence: tuple[Evidence, ...] = ()

    @property
    def charged(self) -> frozenset[int]:
        """The figures (by start) of faults that surely cost this indicator points."""
        return frozenset(f.start for s in self.states if s.clause.kind == "deduct" and s.state == "unmet" and s.sure
                         for e in s.evidence for f in e.decisive)


@dataclass(frozen=True, slots=True)
class Ask:
    """What only the report itself can answer while an indicator is judged.

    otherwise: other readings of a clause's state (audit/rescore/pleas.py); where one makes the claim right, nothing is proven against it.
    figures: whether a quote holds a cited figure.
    """

    otherwise: Callable[[Shape, Sequence[ClauseState]], Iterable[Mapping[Clause, ClauseState]]] = lambda *_: ()
    figures: Callable[[Evidence], bool] = lambda e: bool(e.decisive)


def judge(row: Row, rule: CompiledRule, states: Sequence[ClauseState], district: str, district_class: str, ask: Ask | None = None) -> Judged:
    """Rescore one indicator from the states of its rule's clauses, in their order. A row without a weight is left open."""
    ask = ask or Ask()
    if row.weight is None:
        return _plain(row, rule, states, NOTHING if row.claimed is None else Points(ZERO, row.claimed), "unsupported", message("rescore.no_weight"))
    weight = row.weight
    clauses = applicable(rule.clauses, district, district_class)
    mine = [s for s in states if any(s.clause is c for c in clauses)]
    if not mine:
        why = "rescore.names_others" if rule.clauses else "rescore.not_understood"
        return _plain(row, rule, states, Points(ZERO, weight), "external", message(why))
    if all(s.state == "external" or (s.clause.kind == "reference" and s.state == "open") for s in mine):
        to = mine[0].clause.to or mine[0].clause.text
        return _plain(row, rule, states, Points(ZERO, weight), "external", message("rescore.external", to=to))
    if any(s.clause.kind == "fixed" for s in mine):
        return _plain(row, rule, states, Points(weight, weight), "supported", message("rescore.fixed", points=number(weight)))
    if weight == ZERO and not any(s.clause.kind == "deduct" for s in mine):
        return _plain(row, rule, states, NOTHING, "supported", message("rescore.no_points"))
    form = shape(clauses, weight, rule.text)
    by_clause = consistent(form, {s.clause: s for s in mine})
    at_odds = any(s.sure and not by_clause[s.clause].sure for s in mine)
    mine = [by_clause[s.clause] for s in mine]
    states = [by_clause.get(s.clause, s) for s in states]
    told = total(form, by_clause, weight)
    cautious = total(form, {c: _as_open(s) for c, s in by_clause.items()}, weight)
    if row.claimed is not None and not told.holds(row.claimed):
        pleaded = (total(form, {**by_clause, **other}, weight) for other in ask.otherwise(form, mine))
        plea = next((p for p in pleaded if p.holds(row.claimed)), None)
        cautious = Points(min(cautious.low, plea.low), max(cautious.high, plea.high)) if plea is not None else cautious
    if rule.unparsed:  # what was not understood may give what is missing, or take what is there
        told, cautious = (Points(p.low if not _takes(rule.unparsed) else min(ZERO, p.low), max(weight, p.high)) for p in (told, cautious))
    scores = attainable(rule, weight, district, district_class)
    return _concluded(row, rule, states, mine, form, told, cautious, scores, ask, at_odds)


def _plain(row: Row, rule: CompiledRule, states: Sequence[ClauseState], points: Points, verdict: Verdict, why: Message) -> Judged:
    """An indicator that is not summed up clause by clause."""
    if row.claimed is not None and verdict != "external" and not points.holds(row.claimed):
        verdict = "contradicted"
    clauses = tuple(ClauseResult(s.clause, ZERO, points.high, s.state, s.evidence) for s in states)
    return Judged(IndicatorResult(row, rule, points.low, points.high, verdict, why, clauses))


def _takes(pieces: Iterable[str]) -> bool:
    """Whether a piece of a rule speaks of points taken off, in whatever words."""
    return any(word in piece for piece in pieces for word in ("扣", "减", "不得分", "否决"))


def _as_open(state: ClauseState) -> ClauseState:
    """A state that a person would have to confirm, taken as open."""
    if state.sure or state.state in ("open", "external", "not-applicable"):
        return state
    return replace(state, state="open", lowest=None, highest=None)


def _not_counted(state: ClauseState) -> ClauseState:
    """A deed told without a number of its own counting word, which one sentence names once: another sentence may name another."""
    counted = any(f.unit == state.clause.per_unit for e in state.evidence for f in e.decisive)
    return replace(state, highest=None) if state.clause.kind == "each" and state.state == "met" and not counted else state


def total(form: Shape, states: Mapping[Clause, ClauseState], weight: Decimal) -> Points:
    """The points of a rule for one district, before they are cut to what a claim and a weight allow beyond its own bounds."""
    out = NOTHING
    shared: dict[tuple[str, Decimal], Points] = {}
    full = next((k for k, g in enumerate(form.groups) if any(c.kind == "full" for c in g)), None)
    for k, group in enumerate(form.groups):
        own = [states[c] for c in group]
        points = scale(own, weight)
        linked = [*form.linked.get(k, ()), *(form.deductions if form.all_or_part and k == full else ())]
        if linked:
            top = max((worth(s, weight) for s in own), default=ZERO)
            points = less(points, top, [(states[c], taken(states[c], top)) for c in linked])
        if len(group) == 1 and "shared-cap" in group[0].note and group[0].cap is not None:
            key = (group[0].kind, group[0].cap)
            shared[key] = shared.get(key, NOTHING) + points
            continue
        out += points
    out = sum((p.within(ZERO, cap) for (_, cap), p in shared.items()), out)
    out = out.within(ZERO, weight)  # 每家得0.5分 without a cap ends at the weight, before anything is taken off
    if not form.all_or_part:
        out += _headed(form, states, weight)
    return _vetoed(form, states, out, weight)


def _headed(form: Shape, states: Mapping[Clause, ClauseState], weight: Decimal) -> Points:
    """What a rule starts from less its free deductions: those of one heading take at most its points, the others what is left.

    Whether faults beyond the starting points eat into awards is seldom said: the most leaves the awards alone, the least does not.
    """
    out, start = NOTHING, form.start
    headings: dict[int, list[Clause]] = {}
    rest = []
    for c in form.deductions:
        if c.heading >= 0 and c.worth is not None and c.worth <= start:
            headings.setdefault(c.heading, []).append(c)
        else:
            rest.append(c)
    for group in headings.values():
        base = group[0].worth or ZERO
        start -= base
        out += (Points(base, base) + sum((taken(states[c], base) for c in group), NOTHING)).within(ZERO, base)
    most = start if start > ZERO else weight
    off = NOTHING
    shared: dict[Decimal, Points] = {}
    for c in rest:
        points = taken(states[c], most)
        if "shared-cap" in c.note and c.cap is not None:
            shared[c.cap] = shared.get(c.cap, NOTHING) + points
        else:
            off += points
    off = sum((p.within(-cap, ZERO) for cap, p in shared.items()), off)
    kept = off if start <= ZERO else Points(off.low, max(off.high, -start))
    return out + Points(start, start) + kept


def _vetoed(form: Shape, states: Mapping[Clause, ClauseState], points: Points, weight: Decimal) -> Points:
    """一票否决: a condition of no points outside every scale takes all; where the report does not speak of it, it may."""
    for c in form.zeros:
        if bottom_holds(states[c]):
            return NOTHING
        if states[c].state == "open":
            points = Points(min(ZERO, points.low), points.high)
    return points if weight == ZERO else points.within(ZERO, weight)


_PLACES = (("一位小数", 1), ("1位小数", 1), ("两位小数", 2), ("二位小数", 2), ("2位小数", 2), ("三位小数", 3), ("3位小数", 3))


def _rounded(points: Points, rule: str) -> Points:
    """Points to as many decimals as the rule keeps (保留两位小数)."""
    places = next((n for words, n in _PLACES if words in rule), None)
    if places is None:
        return points
    unit = Decimal(1).scaleb(-places)
    return Points(points.low.quantize(unit, ROUND_HALF_UP), points.high.quantize(unit, ROUND_HALF_UP))


def _concluded(
    row: Row, rule: CompiledRule, states: Sequence[ClauseState], mine: Sequence[ClauseState], form: Shape, told: Points, cautious: Points,
    scores: frozenset[Decimal] | None, ask: Ask, at_odds: bool
) -> Judged:
    """at_odds: clauses contradict one another, so that what is read of them rules nothing out."""
    claimed = row.claimed
    told, cautious = _rounded(told, rule.text), _rounded(cautious, rule.text)
    told = _as_printed(told, claimed, mine)
    points, sure, doubt = told, True, _doubted(mine, row.weight or ZERO)
    doubt_evidence = tuple(dict.fromkeys(e for s in mine for e in s.doubt_evidence))
    if claimed is not None and not told.holds(claimed) and cautious.holds(claimed):
        # What rules the claim out is not said in so many words: a person judges, and no error is raised. Asking for less needs no proof.
        named = claimed if at_odds else total(form, {s.clause: _not_counted(s) for s in mine}, row.weight or ZERO).high
        points = Points(min(told.low, claimed), max(told.high, min(claimed, named)))
        doubt = max(doubt, claimed - told.high)
        doubt_evidence += tuple(e for s in mine if not s.sure or s.clause.kind in ("each", "deduct") for e in s.evidence)
        sure = False
    verdict = _verdict(claimed, points, form, mine, scores, ask)
    results = {id(s): ClauseResult(s.clause, *_own(s, row.weight or ZERO), s.state, s.evidence) for s in states}
    evidence = tuple(dict.fromkeys(e for s in mine for e in s.evidence))
    result = IndicatorResult(row, rule, points.low, points.high, verdict, reason(mine, points.low, points.high, row.weight or ZERO),
                             tuple(results[id(s)] for s in states), evidence)
    return Judged(result, tuple(mine), scores, sure, doubt, doubt_evidence)


def _as_printed(points: Points, claimed: Decimal | None, mine: Iterable[ClauseState]) -> Points:
    """A score in proportion is claimed rounded: 1.896 printed as 1.9 is the same score."""
    if claimed is None or not any(s.clause.kind == "prorata" and s.state in ("met", "unmet") for s in mine):
        return points
    places = -int(claimed.as_tuple().exponent)
    if places < 1:
        return points
    half = HALF.scaleb(-places)
    return Points(claimed if abs(points.low - claimed) <= half else points.low, claimed if abs(points.high - claimed) <= half else points.high)


def _own(state: ClauseState, weight: Decimal) -> tuple[Decimal, Decimal]:
    """A clause's own points, least and most."""
    if state.state == "not-applicable" or earns_nothing(state.clause):
        return ZERO, ZERO
    points = taken(state, weight) if state.clause.kind == "deduct" else given(state, weight)
    return points.low, points.high


def _doubted(mine: Iterable[ClauseState], weight: Decimal) -> Decimal:
    """The points that faults take if a person finds that they fit."""
    out = ZERO
    for s in mine:
        if s.doubt:
            out -= taken(replace(s, state="unmet", lowest=s.doubt, highest=s.doubt), weight).low if s.clause.kind == "deduct" else -weight
    return min(out, weight) if weight else out


def _verdict(
    claimed: Decimal | None, points: Points, form: Shape, mine: Sequence[ClauseState], scores: frozenset[Decimal] | None, ask: Ask
) -> Verdict:
    if claimed is not None and (not points.holds(claimed) or (scores is not None and claimed not in scores)):
        return "contradicted"
    if claimed is not None and points.low >= claimed:
        return "verified" if _by_figures(form, mine, ask) else "supported"
    told = any(s.state in ("met", "unmet", "excluded") or s.forecast or s.evidence for s in mine)
    return "partial" if told else "unsupported"


def _by_figures(form: Shape, mine: Sequence[ClauseState], ask: Ask) -> bool:
    """Whether everything that brings points rests on figures. Points that a rule starts from rest on its deductions: denied in words, or counted."""
    brings = [s for s in mine if s.clause.kind not in ("deduct", "zero") and not earns_nothing(s.clause)
              and (s.state == "met" or (s.clause.kind == "prorata" and s.state == "unmet"))]
    pots: dict[int, list[ClauseState]] = {}
    for s in mine:
        kept = s.clause in form.deductions and form.start > ZERO and not (form.all_or_part and brings)
        missed = s.clause.kind == "deduct" and s.state == "unmet" and not brings
        if kept or missed:
            pots.setdefault(s.clause.heading, []).append(s)
    if not brings and not pots:
        return any(s.by_figures for s in mine if s.clause.kind == "deduct")
    # A denial beside figures that bring points is as good as the number that it speaks of; alone it stays a statement.
    return all(_counted(s) for s in brings) and all(
        any(_counted(s) or (bool(brings) and any(map(ask.figures, s.evidence))) for s in pot) for pot in pots.values())


def _counted(state: ClauseState) -> bool:
    """Whether a number decides a clause: a figure of the report, or how many it names."""
    return state.by_figures or (state.lowest is not None and (state.clause.kind in ("tier", "each", "prorata") or state.state == "unmet"))
