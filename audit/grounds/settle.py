"""Which of several values is the clause's: sums and parts, the row's own cell, rivals; and which others a careful reader might take."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from audit.grounds.asks import Ask
from audit.grounds.scene import Scene
from audit.grounds.values import PERCENT, Reading, alike, named, share, usable
from extractor.statements import Cited, Line, Statement
from patterns.content import cover
from patterns.speech import marks, other_grade

WIDER = 0.4  # one whose fit lies this close may be meant: it proves nothing, but it acquits
OWN = 0.3  # what the row's own cell repeats may fit so much less than the best
RIVAL = 0.1  # two values whose fits lie this close are both possible


def _total(found: Sequence[Reading], best: Reading) -> Reading | None:
    """Of several values of a line the one that is the sum of the others."""
    here = [r for r in found if r.line is best.line and r.how in ("stated", "named")]
    total = sum((r.low for r in here), Decimal(0))
    if len(here) < 3:
        return None
    return next((r for r in here if r.low * 2 == total), None)


def _same_unit(a: Reading, b: Reading) -> bool:
    return {f.unit for f in a.figures[:1]} == {f.unit for f in b.figures[:1]}


def settle(
    found: Sequence[Reading], scene: Scene | None = None, items: int = 0, row: int | None = None
) -> tuple[Reading | None, list[Reading]]:
    """The best reading and its rivals: other values that fit about as well. items: how many things the clause lists, whose sum it asks for.

    row: the indicator, whose own cells may repeat one of the values.
    """
    if not found:
        return None, []
    best = found[0]
    rivals = [r for r in found[1:] if r.fit >= best.fit - RIVAL and r.low != best.low]
    if scene is not None and row is not None and (own := _own(scene, found, row)) is not None:
        return own, []
    total = _total(found, best)
    if scene is not None and best.figures and items != 1:
        for r in scene.relations:
            if r.type == "parts" and r.said and best.figures[0].index in r.parts:
                whole = next(
                    (x for x in found if x.figures and x.figures[0].index == r.total and (items > 1 or x.rare >= best.rare - 0.2)), None
                )
                if whole is not None:
                    return whole, []
    if items > 1 and total is None:  # 常委会6次；常务会7次；合计13次
        total = next((r for r in found if r.whole and r.line.passage == best.line.passage and r.low > best.low and _same_unit(r, best)), None)
    if total is not None and (items > 1 or total.rare >= best.rare - 0.1):  # 常委会6次，常务会9次，合计15次
        return total, []
    if rivals and rivals[0].rare > best.rare + 0.3 and rivals[0].line is best.line and rivals[0].fit >= best.fit - 0.04:
        best, rivals = rivals[0], [best, *rivals[1:]]
    if scene is not None:  # the parts of a total that was found as well are none of its rivals
        read = {r.figures[0].index for r in found if r.figures}
        parts = {i for x in scene.relations if x.type == "parts" and x.said and x.total in read for i in x.parts}
        rivals = [r for r in rivals if not r.figures or r.figures[0].index not in parts or r.rare > best.rare + 0.3]
    if best.figures and best.figures[0].bound and any(r.figures and not r.figures[0].bound for r in rivals):
        exact = next(r for r in rivals if r.figures and not r.figures[0].bound)  # 达到100%, 常年保持在92%以上
        best, rivals = exact, [r for r in rivals if r is not exact and r.figures and not r.figures[0].bound]
    rivals = [r for r in rivals if r.rare > best.rare - (0.3 if r.line is best.line else 0.6)]  # 小学42.5人，初中46.6人
    if any(r.line is best.line for r in rivals) and all(r.line is best.line for r in rivals):
        summed = [r for r in (best, *rivals) if r.whole]
        if len(summed) == 1:
            return summed[0], []
    same = [r for r in found[1:] if r.low == best.low and r.line is not best.line]
    if same and rivals and rivals[0].fit < best.fit - RIVAL / 2:
        rivals = []
    return best, rivals


def _own(scene: Scene, found: Sequence[Reading], row: int) -> Reading | None:
    """The value of the narrative that the row's own cells repeat: what the row means, though another matter's value may fit a little better."""
    near = [r for r in found if r.fit >= found[0].fit - OWN and scene.around(r.line).row is None and r.figures]
    again = [r for r in near if (r.figures[0].unit, r.figures[0].number) in scene.told_in_cells(row)]
    if len({r.low for r in near}) < 2 or len({r.low for r in again}) != 1:
        return None
    return again[0]


def told_again(found: Sequence[Reading], best: Reading) -> list[Reading]:
    """The same value in another passage, told of the same matter."""
    return [
        r for r in found if r.low == best.low and r.line.passage != best.line.passage and r.fit >= best.fit - 0.15 and r.rare >= best.rare - 0.2
    ][:1]


def reachable(scene: Scene, ask: Ask, best: Reading, found: Sequence[Reading]) -> tuple[Decimal, ...]:
    """The values that a careful reader might take instead of a reading: others that fit nearly as well, those of the same unit in its
    sentence and in the cells of its row, and a number that holds for each of several times over."""
    named_by = best.how == "named" or (best.how == "stated" and len(best.figures) > 1)  # then 全部……of another matter is no such rate
    out = {r.low for r in found if r.fit >= best.fit - WIDER and not (named_by and r.how in ("every", "pair"))}
    out |= {best.low * n for n in _every_time(best)}
    in_percent = ask.clause.unit in PERCENT or ask.demand.kind in ("rate", "goal")
    unit = "%" if in_percent else best.figures[0].unit if best.figures else ""
    for line in (best.line, *(x for x in scene.narrative.lines if scene.around(x).row == ask.row.no)):
        for s in line.statements:
            for c in (*s.cited, *s.bare):
                f = c.figure
                same = f.unit == unit or (f.unit in PERCENT and unit in PERCENT) or (unit and alike(f.unit, unit) >= 0.9)
                if f.number is not None and same and not c.crowd and usable(scene, s, c) and not _of_another(ask, line, s, c):
                    out.add(share(f, ask.demand.unit) or f.number if f.unit in PERCENT else f.number)
    if best.high is None:
        out.add(best.low * 100)  # at least so much: more is not ruled out
    return tuple(sorted(v for v in out if v != best.low and _of_that_size(ask, v)))


FAR_OFF = 500  # times a level: no value of its measure


def _of_that_size(ask: Ask, value: Decimal) -> bool:
    """Whether a value may be of a level's measure at all: 158.5万平方米 is no 2.6平方米 a head."""
    bounds = [b for b in (ask.clause.lower, ask.clause.upper) if b]
    return ask.clause.kind != "tier" or not bounds or not value or any(b / FAR_OFF <= abs(value) <= b * FAR_OFF for b in bounds)


def _of_another(ask: Ask, line: Line, s: Statement, c: Cited) -> bool:
    """Whether the words beside a figure give it to another measure, or to what a neighbouring clause asks for."""
    if c in s.cited and c.figure.unit in PERCENT and named(ask, line, line.statements.index(s), c) < 0:
        return True
    if other_grade(ask.demand.subject, c.before):
        return True
    near = c.before.split("、")[-1] + c.after.split("、")[0]
    return bool(ask.foreign) and cover(ask.foreign, (near, 1.0)) >= 0.4 > cover(ask.rare, (near, 1.0))


def _every_time(best: Reading) -> tuple[int, ...]:
    """How many times a year a number counts that is told of a season or month (每季度开展1次)."""
    text = best.statements[-1].text if best.statements else ""
    if any(w in text for w in marks("total")):
        return ()
    return tuple(n for words, n in (("每季", 4), ("按季", 4), ("每月", 12), ("按月", 12), ("每半年", 2), ("每周", 52)) if words in text)
