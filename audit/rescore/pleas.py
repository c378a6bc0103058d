"""The other side's word before a score is called wrong: clauses at odds with one another, another figure of the same sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import combinations

from audit.grounds.model import ClauseState
from audit.model import State
from extractor.report import Report
from patterns.clause import Clause
from patterns.rules.meaning import Shape, earns_nothing, within
from patterns.speech import marks

HUNDRED = Decimal(100)
_SHARES = ("%", "％")


def consistent(form: Shape, states: Mapping[Clause, ClauseState]) -> dict[Clause, ClauseState]:
    """The states of a rule with those made doubtful that cannot both hold.

    A share of all leaves nothing short of it, whatever else was read as a shortfall. A level that is proven and a bottom of its own scale that
    is, or an award and the deduction that belongs to it, cannot both be sure; nor can two measures that rest on one number. A number that is
    the very one that a level must exceed is rather the requirement than the result.
    """
    out = dict(states)
    for a, b in combinations([s for s in out.values() if s.clause.kind in ("tier", "prorata") and s.state in ("met", "unmet")], 2):
        other = a.clause.kind == b.clause.kind and (a.clause.group is None or a.clause.group != b.clause.group)
        shared = {f.start for e in a.evidence for f in e.decisive} & {f.start for e in b.evidence for f in e.decisive}
        if other and shared and a.lowest == b.lowest:  # one number for two measures: it is one of them at most
            out[a.clause], out[b.clause] = replace(out[a.clause], sure=False), replace(out[b.clause], sure=False)
    for group in form.groups:
        values = {out[c].lowest for c in group if c.kind == "tier" and out[c].lowest is not None and out[c].lowest == out[c].highest}
        edges = {c.lower for c in group if c.lower_open} | {c.upper for c in group if c.upper_open and not earns_nothing(c)}
        if values & edges:  # 市1%用地规划 against 超过1%: the requirement quoted is no measure that misses it
            out |= {c: replace(out[c], sure=False) for c in group if c.kind == "tier"}
    _all_or_short(form, out)
    for k, group in enumerate(form.groups):
        proven = [out[c] for c in group if not earns_nothing(c) and out[c].state == "met"]
        if not proven:
            continue
        for c in (c for c in group if earns_nothing(c) and out[c].state == "unmet"):
            out[c] = replace(out[c], sure=False)
        linked = form.linked.get(k, ()) or (form.deductions if form.all_or_part and any(c.kind == "full" for c in group) else ())
        for d in (d for d in linked if out[d].state == "unmet"):
            whole = next((s for s in proven if s.clause.kind == "tier" and s.clause.unit in _SHARES and s.clause.lower == HUNDRED), None)
            if whole is not None:
                out[d] = replace(out[d], state="met", lowest=Decimal(0), highest=Decimal(0), evidence=whole.evidence)
            else:
                out[d] = replace(out[d], sure=False)
    return out


def _all_or_short(form: Shape, out: dict[Clause, ClauseState]) -> None:
    """A share of all and the deduction for each that falls short of it (核查率100%得2分，每超期1件扣0.2分) settle one another, whichever of them is told."""
    for k, group in enumerate(form.groups):
        level = next((out[c] for c in group if c.kind == "tier" and c.unit in _SHARES and c.lower == HUNDRED), None)
        if level is None or len(group) > 1:
            continue
        for d in form.linked.get(k, ()):
            taking = out[d]
            if d.per is None or d.per_unit in ("%", "个百分点", "百分点") or not any(w in d.text for w in marks("short_of_all")):
                continue
            if level.state == "met" and taking.state == "open" and not taking.doubt:
                out[d] = replace(taking, state="met", evidence=level.evidence, lowest=Decimal(0), highest=Decimal(0), lack="", near=())
            elif level.state in ("unmet", "excluded") and taking.state == "met":
                out[d] = replace(taking, state="open", evidence=(), lowest=Decimal(1), highest=None, near=taking.evidence)  # at least one there is
            elif level.state == "open" and taking.state == "unmet" and taking.lowest:
                out[level.clause] = replace(level, state="excluded", lack="", near=(), sure=taking.sure)


def read_otherwise(report: Report, form: Shape, states: Sequence[ClauseState]) -> Iterator[dict[Clause, ClauseState]]:
    """The same clauses with a number taken otherwise, one reading at a time: the levels of a scale and what is taken below it go together."""
    by_clause = {s.clause: s for s in states}
    for k, group in enumerate(form.groups):
        scale = [by_clause[c] for c in group]
        levels = [s for s in scale if s.clause.kind == "tier"]
        for v in sorted({v for s in levels for v in s.others}):
            yield _at(v, scale) | _short(v, levels, [by_clause[c] for c in form.linked.get(k, ())])
    for s in states:
        if s.state in ("met", "unmet") and s.clause.kind in ("each", "deduct", "prorata") and s.lowest is not None:
            for v in sorted({*s.others, *_figures(report, s, states)} - {s.lowest}):
                yield {s.clause: replace(s, lowest=v, highest=v, state="met" if not v and s.clause.kind == "deduct" else s.state)}


def _figures(report: Report, state: ClauseState, states: Sequence[ClauseState]) -> set[Decimal]:
    """The other actual figures of the sentences that a count rests on, but for those that decide another count of the rule."""
    if state.clause.kind not in ("each", "deduct") or state.clause.per is None or state.reckoned:
        return set()
    theirs = {f.start for s in states if s is not state and s.clause.kind == state.clause.kind and s.sure for e in s.evidence for f in e.decisive}
    return {f.number for e in state.evidence for f in report.figures
            if e.quote.start <= f.start < e.quote.end and f.number is not None and f.role == "actual" and f.start not in theirs}


def _at(value: Decimal, scale: Sequence[ClauseState]) -> dict[Clause, ClauseState]:
    """The states of a scale at another value: the best level that it reaches holds."""
    inside = [s for s in scale if s.clause.kind == "tier" and within(s.clause, value)]
    best = max(inside, key=lambda s: s.clause.points or Decimal(0), default=None)
    out: dict[Clause, ClauseState] = {}
    for s in scale:
        holds = s is best or (best is None and s.clause.kind in ("zero", "prorata"))
        state: State = "excluded" if not holds else "unmet" if earns_nothing(s.clause) else "met"
        amount = value / HUNDRED if s.clause.kind == "prorata" else value
        out[s.clause] = replace(s, state=state, lowest=amount, highest=amount)
    return out


def _short(value: Decimal, levels: Sequence[ClauseState], taking: Sequence[ClauseState]) -> dict[Clause, ClauseState]:
    """What the deductions of a scale take at another value."""
    top = max(levels, key=lambda s: s.clause.points or Decimal(0), default=None)
    if top is None:
        return {}
    c = top.clause
    gap = max(Decimal(0), c.lower - value) if c.lower is not None else max(Decimal(0), value - c.upper) if c.upper is not None else Decimal(0)
    return {s.clause: replace(s, state="unmet" if gap else "met", lowest=gap, highest=gap) for s in taking}
