"""A clause as a question to the narrative: its own words with what they weigh, those of its neighbours, and what tells it from them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from extractor.report import Row
from patterns.clause import Clause, CompiledRule
from patterns.content import Weights, content_words, key, light, manner
from patterns.demand import Demand
from patterns.speech import marks

TOPIC = 0.5  # weight of an indicator's name beside a clause's own words
SHARED = 0.45  # of a word that a neighbouring clause asks for as well
ZERO, HUNDRED = Decimal(0), Decimal(100)


@dataclass(frozen=True)
class Ask:
    """A clause with its demand: terms are its own words with weights, topic those of its indicator's name that it does not repeat.

    foreign: words that only its neighbours ask for, neighbours: the same for each of them, but for those that many rules share.
    apart: the duty that a lesser alternative says is left undone (仅归集、未惩戒: 惩戒); fine: the
    words of manner that a lesser alternative lacks (扎实 beside 一般). itemised: the rule takes points for each thing that falls short of it.
    rare: the terms that tell it from its neighbours. place: which of how many
    measures of its rule it asks for, in order.
    """

    row: Row
    rule: CompiledRule
    index: int
    clause: Clause
    demand: Demand
    terms: Mapping[str, float]
    topic: Mapping[str, float]
    rare: Mapping[str, float]
    place: tuple[int, int] = (0, 1)
    foreign: Mapping[str, float] = field(default_factory=dict)
    neighbours: tuple[Mapping[str, float], ...] = ()
    apart: Mapping[str, float] = field(default_factory=dict)
    fine: tuple[str, ...] = ()
    itemised: bool = False

    @property
    def all(self) -> Mapping[str, float]:
        """Own words and topic together."""
        return {**self.topic, **self.terms}


def ask_of(weights: Weights, row: Row, rule: CompiledRule, found: Sequence[Demand], k: int) -> Ask:
    """A clause as a question to the narrative."""
    demand = found[k]
    own = weights.terms(demand.subject)
    if len(own) <= 1 and 3 <= len(name := _bare_name(demand.subject)) <= 8 and name == _bare_name(row.name.text):
        own[name] = weights.of(name)  # 到馆人次 is a word of its own where its pieces say nothing
    others = " ".join(dict.fromkeys(d.subject for d in found if d.subject != demand.subject))
    shared = set(content_words(others)) if others else set()
    rare = {w: v for w, v in own.items() if w not in shared}
    if all(light(w) or manner(w) for w in rare):
        rare = {}  # 完成, 实施 tell no clause from another
    if "，其中" in demand.subject:  # 推动清洁生产，其中重点用能单位10家以上: these are counted
        rare = weights.terms(demand.subject.split("，其中")[-1]) or rare
    terms = {w: v * (SHARED if w in shared and rare else 1.0) for w, v in own.items()}
    topic = {w: TOPIC * v for w, v in weights.terms(row.name.text).items() if w not in terms}
    kinds: dict[object, None] = {}
    at: dict[int, object] = {}
    for j, (d, c) in enumerate(zip(found, rule.clauses, strict=True)):
        base = d.base if d.base is not None and d.kind in ("shortfall", "surplus", "otherwise") else j
        group = rule.clauses[base].group
        at[j] = ("g", group) if group is not None else ("c", base)
        if c.kind != "zero" or c.group is not None:
            kinds.setdefault(at[j])
    order = list(kinds)
    place = (order.index(at[k]) if at[k] in kinds else 0, len(order))
    return Ask(
        row,
        rule,
        k,
        rule.clauses[k],
        demand,
        terms,
        topic,
        rare or own,
        place,
        {w: v for w, v in weights.terms(others).items() if w not in own},
        tuple(n for d in found if d.subject != demand.subject and (n := _telling(weights, d.subject, own))),
        *_beside(weights, rule, found, k),
    )


def _bare_name(subject: str) -> str:
    """A subject without what stands in brackets."""
    return subject.split("（")[0].split("(")[0].strip("，。； ")


def _telling(weights: Weights, subject: str, own: Mapping[str, float]) -> dict[str, float]:
    """The words of a neighbouring clause that a clause does not share, without those that many rules share."""
    return {w: v for w, v in weights.terms(subject).items() if w not in own and not light(w) and not any(x in w for x in marks("completion"))}


def _beside(weights: Weights, rule: CompiledRule, found: Sequence[Demand], k: int) -> tuple[dict[str, float], tuple[str, ...], bool]:
    """What tells a clause from its lesser alternatives, and whether points are taken for each thing that falls short of it."""
    clause, mates = rule.clauses[k], [d for j, d in enumerate(found) if j != k and _lesser(rule, k, j)]
    lesser = [rule.clauses[j] for j in range(len(found)) if j != k and _lesser(rule, k, j)]
    left = [(d.deed, c) for d, c in zip(mates, lesser, strict=True) if d.negated and not found[k].negated]
    undone = "，".join(deed if c.points else "，".join(w for w in content_words(deed) if key(w)) for deed, c in left)
    words = [w for w in content_words(found[k].subject) if manner(w)]
    fine = tuple(w for w in words if any(w not in d.subject for d in mates if d.poor)) if any(d.poor for d in mates) else ()
    after = rule.clauses[k + 1] if k + 1 < len(rule.clauses) else None
    itemised = clause.kind in ("award", "full") and after is not None and after.kind == "deduct" and after.per is not None
    return weights.terms(undone), () if found[k].poor else fine, itemised


def _lesser(rule: CompiledRule, k: int, j: int) -> bool:
    """Whether one clause of a rule is an alternative of another that gives less."""
    mine, other = rule.clauses[k], rule.clauses[j]
    return mine.group is not None and mine.group == other.group and (other.points or ZERO) < (mine.points or ZERO)


def narrowed(weights: Weights, ask: Ask, subject: str, subjects: Sequence[str]) -> Ask:
    """The question for one of several subjects: its own words weigh, the others' do not."""
    mine = set(content_words(subject))
    others = {w for s in subjects if s != subject for w in content_words(s)} - mine
    terms = {w: v for w, v in ask.terms.items() if w not in others} | weights.terms(subject)
    return replace(ask, terms=terms, rare={w: v for w, v in terms.items() if w in mine} or terms)
