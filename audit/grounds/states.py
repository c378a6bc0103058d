"""What the states of several kinds of clauses share: open with what comes nearest, the evidence of a number, whether it plainly is the clause's."""

from __future__ import annotations

from dataclasses import replace

from audit.grounds.asks import Ask, narrowed
from audit.grounds.model import ClauseState
from audit.grounds.scene import Scene
from audit.grounds.values import Reading
from audit.model import Evidence
from patterns.content import cover
from patterns.speech import measure

CLEAR = 0.65  # fit from which a number plainly is the clause's


def evidence_of(scene: Scene, r: Reading, against: bool = False) -> tuple[Evidence, ...]:
    return (scene.evidence(r.line, r.statements, r.figures, against, r.forecast),)


def still_open(scene: Scene, a: Ask, lack: str = "silent") -> ClauseState:
    near = scene.lines(a)
    best = next(((line, f) for line, f in near if f >= 0.3), None)
    evidence = (scene.evidence(best[0], best[0].statements),) if best else ()
    if lack == "silent" and best and best[1] >= 0.6:
        lack = "claims" if not best[0].figures else "no-goal"
    return ClauseState(a.clause, "open", lack=lack, near=evidence)  # type: ignore[arg-type]


def summed(a: Ask) -> int:
    """How many things a clause wants the sum of; 1 where it asks for one class of them."""
    return 1 if a.demand.marks else max(len(a.demand.items), 2 * a.demand.summed)


def plainly(scene: Scene, a: Ask, r: Reading) -> bool:
    """Whether a number plainly is the clause's: it fits, and where neighbours ask for the like its own words stand beside it."""
    passage = scene.around(r.line)
    told = "".join(s.text for s in r.line.statements[: r.line.statements.index(r.statements[-1]) + 1])
    said = cover(a.rare, (told, 1.0), (passage.title, 0.8), (a.row.name.text * (passage.row is not None), 0.9)) if a.rare else 1.0
    return said >= 0.4 and r.fit >= CLEAR and r.how in ("stated", "named", "every", "pair", "listed") and (not a.foreign or r.rare >= 0.3 or r.fit >= 1.3)


def apart(scene: Scene, a: Ask) -> list[Ask]:
    """A clause that asks for several rates at once, as one question for each."""
    names = a.demand.rates
    return [replace(one, demand=replace(a.demand, subject=n, measure=measure(n) or a.demand.measure, rates=())) for n in names for one in (narrowed(scene.weights, a, n, names),)]
