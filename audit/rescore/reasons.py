"""Why a clause gives what it gives, in words: the steps of a proof and the reason of an indicator."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from audit.grounds.model import ClauseState
from audit.messages import Message, message
from audit.rescore.points import ZERO, given, taken
from audit.rounding import plain

_LONGEST = 36


def number(value: Decimal) -> str:
    """A number for a sentence: at most three decimals, no trailing zeros."""
    return plain(value, 3)


def short(text: str, most: int = _LONGEST) -> str:
    """Words for a sentence, cut where they are long."""
    words = "".join(text.split()).strip("，。；、的")
    return words if len(words) <= most else words[: most - 1] + "…"


def said(state: ClauseState) -> str:
    """The words of the report that decide a clause."""
    return short(state.evidence[0].quote.text) if state.evidence else ""


def step(state: ClauseState, weight: Decimal) -> Message | None:
    """What one clause comes to, with the report's own words; None where another level or alternative holds."""
    c = state.clause
    condition = short(c.text)
    if state.state in ("excluded", "not-applicable"):
        return None
    if state.state in ("open", "external"):
        return message("rescore.open_deduct" if c.kind in ("deduct", "zero") else f"rescore.open_{(state.lack or 'silent').replace('-', '_')}",
                       condition=condition)
    words = said(state)
    if c.kind == "deduct":
        off = -taken(state, weight).high
        return message("rescore.none_due" if state.state == "met" else "rescore.deducted", condition=condition, said=words, points=number(off))
    if c.kind == "zero":
        return message("rescore.veto" if state.state == "unmet" else "rescore.no_veto", condition=condition, said=words)
    points = given(state, weight)
    key = "rescore.given" if points.high > ZERO else "rescore.not_given"
    return message(key, condition=condition, said=words, points=number(points.high))


def reason(states: Sequence[ClauseState], low: Decimal, high: Decimal, weight: Decimal) -> Message:
    """Every clause that counts, then the sum."""
    whole: Message | None = None
    for part in _distinct([step(s, weight) for s in states]):
        whole = part if whole is None else message("rescore.and", first=whole, then=part)
    sums = message("rescore.exact" if low == high else "rescore.between", low=number(low), high=number(high))
    return sums if whole is None else message("rescore.so", reasons=whole, sums=sums)


def proof(states: Sequence[ClauseState], low: Decimal, high: Decimal, claimed: Decimal, weight: Decimal) -> tuple[Message, ...]:
    """The steps of an accusation: what the report says of each clause, what that comes to, what is claimed instead."""
    sums = message("rescore.exact" if low == high else "rescore.between", low=number(low), high=number(high))
    return (*_distinct([step(s, weight) for s in states]), sums, message("rescore.instead", claimed=number(claimed)))


def _distinct(steps: Sequence[Message | None]) -> list[Message]:
    out: dict[tuple[object, ...], Message] = {}
    for s in steps:
        if s is not None:
            out.setdefault((s.key, *map(str, s.values.values())), s)
    return list(out.values())
