"""Which indicator of last year is which of this year, and how their rules changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from difflib import SequenceMatcher

from audit.diff.model import IndicatorChange, RuleChange, Tendency
from audit.messages import Message, message
from audit.model import IndicatorResult
from patterns import expressions as re
from patterns.clause import Clause

ALIKE = 0.8  # below this, two names are two indicators; 全部 and 全市 in a long name still make one


def squash(text: str) -> str:
    """Text without white space and punctuation, in which print differs from year to year."""
    return re.sub(r"[\s，、；。：（）()“”\"「」《》]", "", text)


def match(old: Sequence[IndicatorResult], new: Sequence[IndicatorResult]) -> list[tuple[IndicatorResult | None, IndicatorResult | None]]:
    """Pairs in the new report's order, removed ones last. Equal names are paired within their domain, then in order."""
    left = list(old)
    partner: dict[int, IndicatorResult] = {}

    def pair(test: object) -> None:
        for item in new:
            if item.no in partner:
                continue
            best = max(left, key=lambda o: score(o, item), default=None)
            if best is not None and test(score(best, item)):  # type: ignore[operator]
                partner[item.no] = best
                left.remove(best)

    pair(lambda s: s >= 2)
    pair(lambda s: s >= 1)
    pair(lambda s: s >= ALIKE)
    out: list[tuple[IndicatorResult | None, IndicatorResult | None]] = [(partner.get(i.no), i) for i in new]
    return out + [(o, None) for o in left]


def score(old: IndicatorResult, new: IndicatorResult) -> float:
    """2 for the same name in the same domain, 1 for the same name, else how alike the names are (0..1)."""
    a, b = squash(old.row.name.text), squash(new.row.name.text)
    if a == b:
        return 2.0 if squash(old.row.domain.text) == squash(new.row.domain.text) else 1.0
    matcher = SequenceMatcher(None, a, b, autojunk=False)
    if matcher.real_quick_ratio() < ALIKE or matcher.quick_ratio() < ALIKE:
        return 0.0
    return min(matcher.ratio(), 0.99)


def compare_indicators(old: Sequence[IndicatorResult], new: Sequence[IndicatorResult]) -> tuple[IndicatorChange, ...]:
    """All indicators of the two reports with what changed in weight or rule."""
    out = []
    for a, b in match(old, new):
        if a is None or b is None:
            item = b or a
            assert item is not None
            out.append(IndicatorChange(item.row.name.text, "added" if a is None else "removed", a, b))
            continue
        rule = compare_rules(a, b)
        changed = rule is not None or a.row.weight != b.row.weight
        out.append(IndicatorChange(b.row.name.text, "changed" if changed else "same", a, b, rule))
    return tuple(out)


def compare_rules(old: IndicatorResult, new: IndicatorResult) -> RuleChange | None:
    """The change of a rule, None where it reads the same (white space and punctuation apart)."""
    if squash(old.row.rule.text) == squash(new.row.rule.text):
        return None
    details = list(clause_changes(old.rule.clauses, new.rule.clauses))
    directions = {d for d, _ in details}
    tendency: Tendency
    if directions == {1}:
        tendency = "tightened"
    elif directions == {-1}:
        tendency = "loosened"
    elif details:
        tendency = "mixed"
    else:
        tendency = "reworded"
    return RuleChange(new.row.name.text, old.row.rule.text, new.row.rule.text, tendency, tuple(m for _, m in details))


def value(clause: Clause) -> Clause:
    """A clause without its words: what is left decides the points."""
    return replace(clause, text="", condition="", start=0, end=0, group=None, note="")


def clause_changes(old: Sequence[Clause], new: Sequence[Clause]) -> list[tuple[int, Message]]:
    """(1 for stricter, -1 for laxer, 0 for neither, what changed) for each clause that differs."""
    rest_old, rest_new = list(old), []
    for c in new:
        twin = next((o for o in rest_old if value(o) == value(c)), None)
        if twin is not None:
            rest_old.remove(twin)
        else:
            rest_new.append(c)
    out: list[tuple[int, Message]] = []
    for c in rest_new:
        twin = max((o for o in rest_old if o.kind == c.kind and o.applies_to == c.applies_to),
                   key=lambda o: (o.points == c.points, SequenceMatcher(None, o.text, c.text).ratio()), default=None)
        if twin is None:
            out.append((0, message("diff.clause_added", text=c.text)))
            continue
        rest_old.remove(twin)
        out.append((direction(twin, c), message("diff.clause_changed", old=twin.text, new=c.text)))
    return out + [(0, message("diff.clause_removed", text=o.text)) for o in rest_old]


def direction(old: Clause, new: Clause) -> int:
    """1 where the new clause is stricter for the district, -1 where it is laxer, 0 where that cannot be said."""
    def step(a: Decimal | None, b: Decimal | None) -> int:
        return 0 if a is None or b is None or a == b else (1 if b > a else -1)

    signs = {
        step(old.lower, new.lower),
        step(old.per, new.per) if new.kind == "each" else -step(old.per, new.per),
        step(old.points, new.points) if new.kind == "deduct" else -step(old.points, new.points),
        step(old.cap, new.cap) if new.kind == "deduct" else -step(old.cap, new.cap),
    } - {0}
    return signs.pop() if len(signs) == 1 else 0
