"""What a row's own cell owns up to: a deduction that the district took from itself, by the points that it does without."""

from __future__ import annotations

from decimal import Decimal

from audit.grounds.asks import Ask
from audit.grounds.scene import Scene
from audit.grounds.told import Fault
from audit.grounds.values import alike
from extractor.report import Figure
from extractor.statements import Statement
from patterns.clause import Clause
from patterns.content import content_words, cover
from patterns.speech import faults as fault_words
from patterns.speech import marks

_ABOUT = 0.5  # of a deduction's words, said beside a number of its unit


def owned(scene: Scene, ask: Ask) -> Fault | None:
    """The faults that a row's own cell tells and for which the row claims exactly so many points less: 一般火灾1起，扣0.5分 beside 5.5 of 6.

    None where the row claims all its points, where the number and the points do not agree, or where another deduction of the rule agrees
    with them as well. What the narrative tells otherwise is not looked at.
    """
    row, clause = ask.row, ask.clause
    if row.weight is None or row.claimed is None or row.claimed >= row.weight:
        return None
    lost = row.weight - row.claimed
    count = _counted(clause, lost)
    if count is None:
        return None
    others = [c for c in ask.rule.clauses if c is not clause and c.kind == "deduct" and _counted(c, lost) is not None]
    for line in scene.cells(row.no):
        for k, s in enumerate(line.statements):
            if s.said.polarity in ("none", "plan"):
                continue
            told = _tells(ask, clause, s, count, row.reason.start <= s.start < row.reason.end)
            rivals = [c for c in others if c.per_unit == clause.per_unit and cover(_words(c), (s.text, 1.0)) >= cover(_words(clause), (s.text, 1.0))]
            if told is not None and not rivals:
                after = line.statements[k + 1 : k + 2]
                run = (s, *(x for x in after if any(w in x.text for w in marks("docked"))))
                return Fault(count, told, line, run, 1.0, True, literal=True)
    return None


def _counted(clause: Clause, lost: Decimal) -> Decimal | None:
    """How many faults of a deduction cost so many points."""
    if not clause.points or clause.per is None:
        return None
    steps = lost / clause.points
    return steps * clause.per if steps == steps.to_integral_value() and (clause.cap is None or lost <= clause.cap) else None


def _tells(ask: Ask, clause: Clause, s: Statement, count: Decimal, reason: bool) -> tuple[Figure, ...] | None:
    """The figure of a statement that counts so many faults of a deduction; none of it where one fault is told without a number."""
    counted = [f for f in s.figures if f.number == count and alike(f.unit, clause.per_unit or "") >= 0.9]
    fault = reason or s.said.polarity == "not" or bool(fault_words(s.text)) or s.text.startswith(marks("left"))
    about = cover(_words(clause), (s.text, 1.0))
    if counted and (fault or about >= _ABOUT):
        return tuple(counted[:1])
    if count == clause.per and not any(f.unit != "分" for f in s.figures) and fault and about >= _ABOUT and not any(w in s.text for w in marks("some")):
        return ()
    return None


def _words(clause: Clause) -> dict[str, float]:
    return dict.fromkeys(content_words(clause.text), 1.0)
