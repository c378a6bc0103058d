"""Faults that the report owns up to, or denies, and whether they are the ones that a clause asks for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from audit.grounds.scene import HUNDRED, Ask, Scene
from audit.grounds.values import alike, context, percent
from extractor.report import Figure
from extractor.statements import Line, Statement
from patterns.content import content_words, cover, plain
from patterns.speech import faults as fault_words

COUNTED = frozenset("家 户 个 所 座 名 处 起 例 件 宗 次 项 条 人 批次 批 辆 台 幢 栋 份 户次 家次 人次 件次 块 篇 场 位 艘 类 品种".split())
OWN, SURE = 0.4, 0.55


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault with its number (None where none stands), where it is told and whether it plainly is the one asked for."""

    count: Decimal
    figures: tuple[Figure, ...]
    line: Line
    statements: tuple[Statement, ...]
    fit: float
    sure: bool


@dataclass(frozen=True, slots=True)
class Denial:
    """A sentence that says that there was no such fault."""

    line: Line
    statements: tuple[Statement, ...]
    figures: tuple[Figure, ...]
    fit: float


def look(scene: Scene, ask: Ask, unit: str = "") -> tuple[list[Fault], list[Denial]]:
    """The faults admitted and the denials, best first."""
    admitted: list[Fault] = []
    denied: list[Denial] = []
    subject = plain(ask.demand.subject)
    kinds = {k for k, _ in fault_words(subject)}
    for line, _ in scene.lines(ask, least=0.45):
        passage = scene.around(line)
        near = scene.relevance(line, ask.row.no)
        row = ask.row.name.text if passage.row is not None else ""
        for k, s in enumerate(line.statements):
            if s.said.polarity == "plan" or scene.other_year(s) or scene.later_year(s):
                continue
            lead = "".join(x.text for x in line.statements[max(0, k - 2) : k])
            own = cover(ask.terms, (s.text, 1.0), (lead, 0.8))
            here = cover(ask.terms, (s.text, 1.0))
            fit = cover(ask.all, (s.text, 1.0), (lead, 0.85), (line.text, 0.7), (passage.title, 0.75), (passage.text, 0.5), (row, 0.95))
            rare = cover(ask.rare, (s.text, 1.0), (lead, 0.85), (passage.title, 0.7), (passage.text, 0.4), (row, 0.7))
            mine = {x for x, _ in fault_words(s.text)}
            echo = bool({w for k, w in fault_words(subject) if k != "omit"} & {w for _, w in fault_words(s.text)})
            if _denies(ask, line, k, own, here, fit, rare, near, echo):
                denied.append(Denial(line, context(scene, ask, line, k), s.figures, fit + 0.3 * here))
                continue
            admitted += _admits(scene, ask, line, k, s, unit, own, here, fit, rare, near, bool(kinds & mine), echo)
    admitted.sort(key=lambda f: (not f.sure, -round(f.fit, 4), f.line.start))
    denied.sort(key=lambda d: (-round(d.fit, 4), d.line.start))
    return _once(admitted), denied


def _denies(ask: Ask, line: Line, k: int, own: float, here: float, fit: float, rare: float, near: float, echo: bool) -> bool:
    s = line.statements[k]
    said = s.said
    if said.but and said.polarity != "none":
        return False
    if said.polarity == "none":
        return (here >= OWN - 0.05 and rare >= 0.45) or (own >= 0.5 and rare >= 0.6 and here >= 0.2) or (echo and near >= 0.75 and fit >= 0.4 and here >= 0.2)
    if said.polarity == "not" or not ask.demand.negated or any(kind != "omit" for kind, _ in fault_words(s.text)):
        return False
    lead = line.statements[k - 1].text if k else ""
    done = cover({w: 1.0 for w in content_words(ask.demand.deed)}, (s.text, 1.0), (lead, 0.3))
    if not content_words(ask.demand.deed):
        done = here
    whole = said.all or any(percent(f) == HUNDRED for f in s.figures) or _as_many(line.statements[max(0, k - 1) : k + 1])
    return whole and done >= 0.5 and own >= 0.4 and rare >= 0.4


def _as_many(run: Sequence[Statement]) -> bool:
    """Whether two numbers of one unit say that as many were done as there are: 应备案企业74家，已备案74家."""
    found = [f for s in run for f in s.figures if f.unit in COUNTED and f.number]
    return len(found) == 2 and found[0].unit == found[1].unit and found[0].number == found[1].number


def _admits(
    scene: Scene, ask: Ask, line: Line, k: int, s: Statement, unit: str, own: float, here: float, fit: float, rare: float, near: float, same: bool, echo: bool
) -> list[Fault]:
    out: list[Fault] = []
    said = s.said
    if said.polarity == "none":
        return out
    omission = ask.demand.negated
    told = (said.polarity == "not" or said.but or echo) if omission else same
    if not told:
        return out
    if own < OWN or rare < 0.4:
        return out
    passage = scene.around(line)
    cited = [c for c in s.cited if _counts(scene, c.figure, unit)]
    if not cited and k:
        cited = [c for c in line.statements[k - 1].cited[-1:] if _counts(scene, c.figure, unit) and not line.statements[k - 1].said.all]
    sure = own >= SURE and near >= 0.6 and (echo or here >= 0.6) and not passage.shortcomings
    for c in cited[:1]:
        out.append(Fault(c.figure.number or Decimal(1), (c.figure,), line, context(scene, ask, line, k), fit + 0.3 * here, sure))
    return out


def _counts(scene: Scene, f: Figure, unit: str) -> bool:
    return (
        f.unit in COUNTED and f.number is not None and f.number > 0 and f.number == int(f.number) and f.role == "actual"
        and (not unit or alike(f.unit, unit) > 0) and f.modality != "plan"
    )


def _once(found: Sequence[Fault]) -> list[Fault]:
    """One fault a figure, and one a matter: the same number told again in another place is the same fault."""
    kept: dict[int, Fault] = {}
    for f in found:
        kept.setdefault(f.figures[0].start if f.figures else f.line.start, f)
    out: list[Fault] = []
    for f in kept.values():
        if any(g.count == f.count and g.line.passage != f.line.passage for g in out):
            continue
        out.append(f)
    return out
