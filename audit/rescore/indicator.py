"""One indicator: its clauses judged and summed up to [low, high], with a verdict and a reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from audit.messages import Message, message
from audit.model import ClauseResult, Evidence, IndicatorResult, Verdict
from audit.rescore.awards import award, each
from audit.rescore.deductions import deduct
from audit.rescore.faults import fault_fits
from audit.rescore.levels import levels
from audit.rescore.needs import Need, needs
from audit.rescore.outcome import ZERO, Outcome
from audit.rescore.scene import Scene, number
from audit.rescore.shares import prorata
from extractor.report import Row
from patterns.clause import Clause, CompiledRule
from patterns.rules.meaning import Shape, applicable, attainable, shape

NOT_FOR = "not-applicable"


@dataclass(frozen=True)
class Judged:
    """An indicator's result with what findings need: the outcomes by clause and the set of scores that the rule can give."""

    result: IndicatorResult
    outcomes: tuple[tuple[Clause, Outcome], ...]
    attainable: frozenset[Decimal] | None
    sure: bool
    doubt: Decimal
    doubt_evidence: tuple[Evidence, ...]
    aligned: bool = True

    @property
    def charged(self) -> frozenset[int]:
        """The figures (by start) of faults that surely cost this indicator points."""
        return frozenset(
            f.start for c, o in self.outcomes if c.kind == "deduct" and o.sure and o.high < ZERO for e in o.evidence for f in e.decisive
        )


def judge(scene: Scene, row: Row, rule: CompiledRule, district: str, district_class: str) -> Judged:
    """Rescore one indicator. A row without a weight is left open."""
    weight = row.weight or ZERO
    mine = applicable(rule.clauses, district, district_class)
    if row.weight is None:
        return _plain(row, rule, (), ZERO, row.claimed or ZERO, "unsupported", message("rescore.no_weight"))
    if weight == ZERO:
        return _plain(row, rule, _others(rule, mine), ZERO, ZERO, "supported", message("rescore.no_points"))
    if not mine:
        if rule.clauses:
            return _plain(row, rule, _others(rule, mine), ZERO, weight, "external", message("rescore.names_others"))
        return _plain(row, rule, (), ZERO, weight, "external", message("rescore.not_understood"))
    if any(c.kind == "reference" for c in mine):
        to = next(c.to or c.text for c in mine if c.kind == "reference")
        results = tuple(ClauseResult(c, ZERO, weight, "external") for c in mine)
        return _plain(row, rule, results, ZERO, weight, "external", message("rescore.external", to=to))
    if any(c.kind == "fixed" for c in mine):
        results = tuple(ClauseResult(c, weight, weight, "met") for c in mine)
        return _plain(row, rule, results, weight, weight, "supported", message("rescore.fixed", points=number(weight)))
    form = shape(mine, weight, rule.text)
    wants = dict(zip(mine, needs(CompiledRule(rule.text, mine, rule.unparsed), row.name.text, scene.weights), strict=True))
    outcomes = _outcomes(scene, form, wants, weight)
    return _sum_up(scene, row, rule, mine, form, outcomes, attainable(rule, weight, district, district_class))


def _plain(
    row: Row, rule: CompiledRule, clauses: tuple[ClauseResult, ...], low: Decimal, high: Decimal, verdict: Verdict, reason: Message
) -> Judged:
    if row.claimed is not None and verdict != "external" and not low <= row.claimed <= high:
        verdict = "contradicted"
    return Judged(IndicatorResult(row, rule, low, high, verdict, reason, clauses), (), None, False, ZERO, ())


def _others(rule: CompiledRule, mine: Sequence[Clause]) -> tuple[ClauseResult, ...]:
    return tuple(ClauseResult(c, ZERO, ZERO, NOT_FOR) for c in rule.clauses if c not in mine)  # type: ignore[arg-type]


def _outcomes(scene: Scene, form: Shape, wants: dict[Clause, Need], weight: Decimal) -> dict[Clause, Outcome]:
    """Every clause judged by itself; the levels of one measure together, told in the one that holds."""
    out: dict[Clause, Outcome] = {}
    for group in form.groups:
        tiers = [c for c in group if c.kind == "tier"]
        if tiers:
            told = levels(scene, tiers, wants[tiers[0]])
            out |= _spread(tiers, told)
        for c in group:
            if c.kind in ("award", "full"):
                out[c] = award(scene, c, wants[c], weight if c.kind == "full" else c.points or ZERO)
            elif c.kind == "each":
                out[c] = each(scene, c, wants[c])
            elif c.kind == "prorata":
                out[c] = prorata(scene, c, wants[c], c.points or weight)
    most = form.start or weight
    for k, taken in form.linked.items():
        worth = max((c.points or ZERO) for c in form.groups[k] if c.kind != "zero")
        for c in taken:
            out[c] = deduct(scene, c, wants[c], worth)
    barred = _shared_faults(scene, form.deductions, wants)
    for c in form.deductions:
        out[c] = deduct(replace(scene, barred=barred.get(c, frozenset()) | scene.barred), c, wants[c], most)
    for c in form.zeros:
        if c.group is not None and any(c in _same(c, wants) for c in out):
            out[c] = Outcome(ZERO, ZERO, "excluded")
        else:
            probe = replace(c, kind="deduct", points=weight, per=None)
            got = deduct(scene, probe, replace(wants[c], kind="fault"), weight)
            out[c] = got if got.found else Outcome(ZERO, ZERO, "open")
    return out


def _shared_faults(scene: Scene, deductions: Sequence[Clause], wants: dict[Clause, Need]) -> dict[Clause, frozenset[int]]:
    """Of the deductions that one fault fits, the one that fits best takes it; for the others its figure is barred."""
    fits = {c: fault_fits(scene, c, wants[c]) for c in deductions if wants[c].kind == "fault"}
    out: dict[Clause, set[int]] = {c: set() for c in fits}
    for start in {s for f in fits.values() for s in f}:
        holders = [c for c in fits if start in fits[c]]
        best = max(holders, key=lambda c: fits[c][start])
        for c in holders:
            if c is not best:
                out[c].add(start)
    return {c: frozenset(s) for c, s in out.items()}


def _same(clause: Clause, wants: dict[Clause, Need]) -> list[Clause]:
    return [c for c in wants if c.group == clause.group and c.kind != "zero"]


def _spread(tiers: Sequence[Clause], told: Outcome) -> dict[Clause, Outcome]:
    """The outcome of a group of levels in the best level that may hold; the others are excluded."""
    holder = next((c for c in tiers if (c.points or ZERO) == told.high), tiers[0])
    return {c: told if c is holder else Outcome(ZERO, ZERO, "excluded") for c in tiers}


def _group(outcomes: dict[Clause, Outcome], group: Sequence[Clause]) -> tuple[Decimal, Decimal, bool]:
    """low, high and whether a high below the most is sure, of alternatives of which one holds."""
    got = [outcomes[c] for c in group if c.kind != "zero" and outcomes[c].state != "excluded"]
    if not got:
        return ZERO, ZERO, False
    if len(got) == 1:
        return got[0].low, got[0].high, got[0].sure
    proven = [o for o in got if o.low > ZERO]
    # Of alternatives (上报的得1分, 质量不佳的得0.5分) a lower one that is told keeps the higher one from being proven.
    low = min((o.low for o in proven), default=ZERO)
    told = [c for c in group if c.kind != "zero" and outcomes[c].found and outcomes[c].high > ZERO]
    if len(told) > 1:
        low = min([low, *[c.points for c in told if c.points is not None]]) if low else ZERO
    poorer = [o.high for o in got if o.sure and o.found and ZERO < o.high < max(x.high for x in got) and o.low == o.high]
    if poorer and len(told) > 1:
        return poorer[0], poorer[0], True  # the report itself says that only the lower alternative holds
    return low, max(o.high for o in got), all(o.sure for o in got)


def _graded(
    outcomes: dict[Clause, Outcome], group: Sequence[Clause], taken: Sequence[Clause], got: tuple[Decimal, Decimal, bool]
) -> tuple[Decimal, Decimal, bool]:
    """A level or an award with deductions of its own: its points less what falls short, whether or not the level itself is reached."""
    worth = max((c.points or ZERO) for c in group if c.kind != "zero")
    told = [outcomes[c] for c in taken if outcomes[c].found]
    if told:
        off_low, off_high = sum((o.low for o in told), ZERO), sum((o.high for o in told), ZERO)
        if got[0] >= worth and not any(o.sure and o.high < ZERO for o in told):
            return got
        return max(ZERO, worth + off_low), max(ZERO, worth + off_high), all(o.sure for o in told)
    for c in taken:
        outcomes[c] = outcomes[c].but(state="excluded") if got[0] >= worth else outcomes[c]
    return got[0], worth if got[1] < worth else got[1], got[2] and got[1] >= worth


def _sum_up(
    scene: Scene,
    row: Row,
    rule: CompiledRule,
    mine: Sequence[Clause],
    form: Shape,
    outcomes: dict[Clause, Outcome],
    scores: frozenset[Decimal] | None,
) -> Judged:
    weight, claimed = scene.weight, row.claimed
    low = high = form.start
    sure_high = form.start
    full_met = False
    if form.all_or_part:
        full = [outcomes[c] for g in form.groups for c in g if c.kind == "full"]
        full_met = any(o.low >= weight for o in full)
    else:
        for k, group in enumerate(form.groups):
            a, b, sure = _group(outcomes, group)
            if k in form.linked:
                a, b, sure = _graded(outcomes, group, form.linked[k], (a, b, sure))
            low, high = low + a, high + b
            most = max(
                (c.cap if c.kind == "each" and c.cap is not None else weight if c.kind in ("full", "each") else c.points or ZERO)
                for c in group
                if c.kind != "zero"
            )
            sure_high += b if sure else max(b, most)
    doubt, doubt_evidence = ZERO, list[Evidence]()
    for c in form.deductions:
        o = outcomes[c]
        if full_met and not o.sure and o.state in ("open", "partly") and not o.doubt:
            o = o.but(low=ZERO, state="excluded", evidence=())
            outcomes[c] = o
        if form.all_or_part and full_met and o.state == "open" and o.doubt:
            o = o.but(low=-o.doubt)
            outcomes[c] = o
        low, high = low + o.low, high + o.high
        sure_high += o.high if o.sure else ZERO
        if o.doubt and not o.sure:
            doubt += o.doubt
            doubt_evidence += o.doubt_evidence
    for c in form.zeros:
        o = outcomes[c]
        if o.state == "excluded":
            continue
        if o.sure and o.high < ZERO:
            low = high = sure_high = ZERO
        elif not o.found and not form.groups and not form.deductions:
            low = ZERO
    if claimed == ZERO and not any(o.found for o in outcomes.values()):
        low = high = sure_high = ZERO  # neither claimed nor told: nothing is awarded
    low, high, sure_high = (min(max(v, ZERO), weight) for v in (low, high, sure_high))
    high = max(high, low)
    sure_high = max(sure_high, high)
    narrow = high
    if claimed is not None and high < claimed <= sure_high:
        high = sure_high  # what rules the claim out is not certain enough: a person judges
    sure_low = low == high and all(o.sure for o in outcomes.values() if o.found and o.state != "excluded")
    if claimed is not None and claimed < low and not sure_low:
        low = max(claimed, ZERO)  # a district that asks for less than the words would carry is not contradicted by them
    evidence = tuple(dict.fromkeys(e for c in mine for e in outcomes[c].evidence))
    if claimed is not None and narrow < claimed <= high:
        doubt += claimed - narrow
        doubt_evidence += [e for c in mine for e in outcomes[c].evidence if not outcomes[c].sure]
    verdict = _verdict(claimed, low, high, form, outcomes, scores)
    results = (
        *(
            ClauseResult(c, outcomes[c].low, outcomes[c].high, outcomes[c].state, outcomes[c].evidence, outcomes[c].explanation)
            for c in mine
        ),
        *_others(rule, mine),
    )
    result = IndicatorResult(row, rule, low, high, verdict, _reason(mine, outcomes, low, high, claimed), results, evidence)
    return Judged(
        result,
        tuple((c, outcomes[c]) for c in mine),
        scores,
        claimed is not None and (claimed > high or claimed < low),
        doubt,
        tuple(dict.fromkeys(doubt_evidence)),
        bool(scene.passages),
    )


def _verdict(
    claimed: Decimal | None, low: Decimal, high: Decimal, form: Shape, outcomes: dict[Clause, Outcome], scores: frozenset[Decimal] | None
) -> Verdict:
    counted = [o for o in outcomes.values() if o.state != "excluded"]
    if claimed is not None and (not low <= claimed <= high or (scores is not None and claimed not in scores)):
        return "contradicted"
    if claimed is not None and low >= claimed:
        giving = [
            outcomes[c] for g in form.groups for c in g if c.kind != "zero" and outcomes[c].state != "excluded" and outcomes[c].low > ZERO
        ]
        taking = [
            outcomes[c] for c in (*form.deductions, *(d for ds in form.linked.values() for d in ds)) if outcomes[c].state != "excluded"
        ]
        return "verified" if (giving or taking) and all(o.figures for o in [*giving, *taking]) else "supported"
    return "partial" if any(o.found for o in counted) else "unsupported"


def _reason(mine: Sequence[Clause], outcomes: dict[Clause, Outcome], low: Decimal, high: Decimal, claimed: Decimal | None) -> Message:
    said = list(
        dict.fromkeys(
            o.explanation.key + repr(sorted(o.explanation.values.items(), key=str))
            for c in mine
            if (o := outcomes[c]).explanation and o.state != "excluded"
        )
    )
    parts: list[Message] = []
    for c in mine:
        o = outcomes[c]
        if o.explanation is None or o.state == "excluded":
            continue
        key = o.explanation.key + repr(sorted(o.explanation.values.items(), key=str))
        if key in said:
            said.remove(key)
            parts.append(o.explanation)
    whole: Message | None = None
    for part in parts:
        whole = part if whole is None else message("rescore.and", first=whole, then=part)
    sums = message("rescore.exact" if low == high else "rescore.between", low=number(low), high=number(high))
    return sums if whole is None else message("rescore.so", reasons=whole, sums=sums)
