"""Parts and totals (勾稽): the parts that are listed against the total that they are said to make up."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

from audit.messages import Message, message
from audit.rounding import Verdict, family, in_unit_of, lower, places, plain, printed, scale, step, total, value
from audit.said import Outcome, Said
from extractor.relations.model import Relation

CODE = "parts-mismatch"


def judge(said: Said, relation: Relation) -> Outcome | None:
    """The sum of the parts against their total; None where a figure is a ratio or of another unit."""
    if relation.total is None or not relation.parts:
        return None
    whole, parts = said.figure(relation.total), [said.figure(i) for i in relation.parts]
    if any(p.subject.endswith(("扣分", "减分", "扣减")) for p in parts):
        return None  # 基础分74.2分，加分2.6分，扣分1.4分: these are taken off
    stated, intervals = printed(whole), [printed(p) for p in parts]
    amount, numbers = lower(whole), [n for p in parts if (n := lower(p)) is not None]
    known = [i for i in intervals if i is not None]
    if stated is None or amount is None or len(known) < len(parts) or len({family(f) for f in (whole, *parts)}) > 1 or "/" in family(whole):
        return None  # rates (14.3/10万, 元/吨) are averaged, not added up
    exact, follows = sum(numbers, Decimal(0)), total(known)
    sizes = [step(f) for f in (whole, *parts)]
    verdict: Verdict = "inconsistent"
    if all(value(f) is not None and not f.bound for f in (whole, *parts)):
        # of figures of different precision the coarsest speaks for no more than its own last place
        if exact == amount or (min(sizes) < max(sizes) and abs(exact - amount) <= max(sizes) / 2):
            verdict = "consistent"
        elif follows.meets(stated):
            verdict = "rounded"
    elif follows.meets(stated):
        verdict = "consistent"
    elif (wide := printed(whole, stretched=True)) and total(w for p in parts if (w := printed(p, stretched=True))).meets(wide):
        verdict = "stretched"
    return Outcome(verdict, relation.total, tuple(dict.fromkeys(relation.parts)), stated, follows, exact)


def terms(said: Said, relation: Relation) -> str:
    """The parts as a sum, one told for several as a product: 3×4 + 11."""
    whole = said.figure(relation.total if relation.total is not None else relation.parts[0])
    out = []
    for i, n in Counter(relation.parts).items():
        f = said.figure(i)
        number = plain((lower(f) or Decimal(0)) / scale(whole), max(places(whole), places(f)) + 4)
        out.append(f"{number}×{n}" if n > 1 else number)
    return " + ".join(out)


def explain(said: Said, relation: Relation, outcome: Outcome) -> Message:
    """The finding's sentence."""
    whole = said.figure(outcome.disputed)
    difference = outcome.exact - (lower(whole) or Decimal(0))
    key = "parts_over" if difference > 0 else "parts_short"
    if len(relation.parts) == 1:
        return message("checks.part_exceeds", part=said.figure(relation.parts[0]).text, total=whole.text, difference=in_unit_of(difference, whole))
    return message(f"checks.{key}", sum=in_unit_of(outcome.exact, whole), total=whole.text, difference=in_unit_of(abs(difference), whole),
                   parts=terms(said, relation))


def derive(said: Said, relation: Relation, outcome: Outcome) -> Message:
    """What follows from the parts."""
    whole = said.figure(outcome.disputed)
    low, high = in_unit_of(outcome.follows.low, whole), in_unit_of(outcome.follows.high, whole)
    return message("proof.sum" if low == high else "proof.sum_rounded", parts=terms(said, relation), sum=in_unit_of(outcome.exact, whole), low=low, high=high)
