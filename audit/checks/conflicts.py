"""One quantity told more than once, and given two values."""

from __future__ import annotations

from decimal import Decimal

from audit.messages import Message, message
from audit.rounding import Verdict, family, in_unit_of, lower, printed
from audit.said import Outcome, Said
from extractor.relations.model import Relation

CODE = "conflicting-figures"


def judge(said: Said, relation: Relation) -> Outcome | None:
    """The telling that agrees with the fewest others (the later one of two) against the first that it contradicts.

    None where fewer than two can be compared.
    """
    known = [(f, i) for m in relation.members if (i := printed(f := said.figure(m))) is not None]
    known = [(f, i) for f, i in known if family(f) == family(known[0][0])]
    if len(known) < 2:
        return None
    agreeing = {f.index: sum(i.meets(j) for _, j in known) for f, i in known}
    odd, b = min(known, key=lambda k: (agreeing[k[0].index], -k[0].index))
    others = [(f, i) for f, i in known if f is not odd]
    first, a = next(((f, i) for f, i in others if not i.meets(b)), others[0])
    verdict: Verdict = "consistent" if a.meets(b) else "inconsistent"
    if verdict == "inconsistent" and (wide := printed(odd, stretched=True)) and (other := printed(first, stretched=True)) and wide.meets(other):
        verdict = "stretched"
    rest = tuple(f.index for f, _ in others if f is not first)
    exact = lower(first)
    assert exact is not None
    return Outcome(verdict, odd.index, (first.index, *rest), b, a, exact)


def explain(said: Said, relation: Relation, outcome: Outcome) -> Message:
    """The finding's sentence, the figures in reading order."""
    first, later = (said.figure(i) for i in sorted((outcome.premises[0], outcome.disputed)))
    difference = abs((lower(later) or Decimal(0)) - (lower(first) or Decimal(0)))
    return message("checks.conflict", first=first.text, second=later.text, difference=in_unit_of(difference, first))


def derive(said: Said, relation: Relation, outcome: Outcome) -> Message:
    """The first telling, and what it may have been before it was rounded."""
    first = said.figure(outcome.premises[0])
    low, high = in_unit_of(outcome.follows.low, first), in_unit_of(outcome.follows.high, first)
    return message("proof.told" if low == high else "proof.told_rounded", first=first.text, low=low, high=high)
