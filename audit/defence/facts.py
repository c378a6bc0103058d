"""Pleas to any accusation: what was not said, not read for certain, no result, or follows from other figures that the report ties to it."""

from __future__ import annotations

from dataclasses import replace

from audit.defence.pleading import SLOTS, Reading, chance, mistyped, texts
from audit.messages import message
from audit.rounding import family, value
from audit.said import Accusation
from audit.slips import CHANCE

FAR = 2


def unsaid(a: Accusation) -> Reading | None:
    """The figures only stand near each other."""
    return None if a.relation.said else Reading(message("defence.unsaid"), silent=True)


def doubtful(a: Accusation) -> Reading | None:
    """A number of which only the tail may have been read (1 280) proves nothing."""
    torn = [f for i in a.outcome.figures if (f := a.said.figure(i)).doubtful]
    return Reading(message("defence.doubtful", figure=torn[0].text), silent=True) if torn else None


def no_fact(a: Accusation) -> Reading | None:
    """A plan, a forecast or a threshold is no result that could be wrong."""
    figures = [a.said.figure(i) for i in a.outcome.figures]
    asked = {a.relation.whole, a.relation.target}  # 计划改造45个，完工36个，完工率80%: of what was planned
    planned = [f for f in figures if f.modality in ("plan", "forecast") and f.index not in asked]
    if planned and len(planned) < len(figures) and a.relation.type != "parts":  # 其余3家计划明年完成 is still a number of today
        return Reading(message("defence.planned", figure=planned[0].text))
    disputed = a.said.figure(a.outcome.disputed)
    aimed = a.relation.type in ("ratio", "growth") and disputed.role == "target" and any(f.role != "target" for f in figures)
    if disputed.role == "limit" or aimed:
        return Reading(message("defence.planned", figure=disputed.text), silent=True)
    return None


def settled(a: Accusation) -> Reading | None:
    """The percentage follows from other figures that the report ties it to."""
    if a.relation.type not in ("ratio", "growth", "goal"):
        return None
    for r in a.said.relations(a.outcome.disputed):
        if r != a.relation and r.type in ("ratio", "growth", "goal") and r.percent == a.outcome.disputed:
            outcome = a.judge(a.said, r)
            if outcome is not None and outcome.verdict == "consistent":
                return Reading(message("defence.settled", figures=texts(a, outcome.premises)), silent=True)
    return None


def another_figure(a: Accusation) -> Reading | None:
    """Another figure of the paragraph as base, whole, result or total makes it right."""
    taken = set(a.relation.figures())
    tried, fitting = 0, []
    for slot in SLOTS.get(a.relation.type, ()):
        meant = getattr(a.relation, slot)
        if meant is None:
            continue
        for i in a.said.paragraph(a.relation):
            other = a.said.figure(i)
            if i in taken or family(other) != family(a.said.figure(meant)) or value(other) is None or value(other) == value(a.said.figure(meant)):
                continue
            tried += 1
            outcome = a.judge(a.said, replace(a.relation, **{slot: i}))  # type: ignore[arg-type]
            if outcome is not None and outcome.verdict == "consistent":
                fitting.append((slot, other))
    if not fitting:
        return None
    slot, other = fitting[0]
    likely = a.relation.type == "growth" or a.relation.form.startswith("rest")
    near = likely and abs(other.sentence - a.said.figure(a.outcome.disputed).sentence) <= 1  # what stands beside it is the likelier meant
    return Reading(message(f"defence.other_{slot}", figure=other.text), silent=chance(a, tried) < CHANCE * (3 if near else 1))


def too_far(a: Accusation) -> Reading | None:
    """Parts of twice their total, a share of twice the stated one are of other things, unless one slip of the pen made the difference."""
    if a.relation.type not in ("parts", "ratio", "goal", "same") or a.relation.form == "cell":
        return None  # the number that a cell tells again is meant whatever it is
    stated, follows = a.outcome.stated, a.outcome.follows
    if follows.distance(stated) <= (stated.high - stated.low) * FAR:
        return None  # 0.6% printed 0%
    far = follows.low > stated.high * FAR or (stated.low > follows.high * FAR and (a.relation.closed or a.relation.type != "parts"))
    return Reading(message("defence.far"), silent=True) if far and not mistyped(a) else None
