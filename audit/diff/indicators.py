"""Which indicator of last year is which of this year, and how their rules changed, clause by clause."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from decimal import Decimal
from difflib import SequenceMatcher

from audit.diff.model import ClauseChange, IndicatorChange, RuleChange, Tendency, Way
from audit.model import IndicatorResult
from patterns.clause import Clause
from patterns.content import content_words, light
from patterns.rules.sense import Sense, further, implied, rhythm, same_words, scaled, senses, whole
from patterns.speech import said

ALIKE = 0.8  # below this, two names are two indicators unless their rules are one; 全部 and 全市 in a long name still make one
RENAMED = 0.5  # names this alike are of one indicator where the rules are alike too
ONE_RULE = 0.75
ONE_MATTER, MANY = 0.6, 2  # rules this alike, of so many clauses that are the same, are of one indicator whatever its name
PUNCTUATION = frozenset(" \t\n\r\u3000，、；。：（）()“”\"「」《》,;:.·")


def squash(text: str) -> str:
    """Text without white space and punctuation, in which print differs from year to year."""
    return "".join(c for c in text if c not in PUNCTUATION)


def match(old: Sequence[IndicatorResult], new: Sequence[IndicatorResult]) -> list[tuple[IndicatorResult | None, IndicatorResult | None]]:
    """Pairs in the new report's order, removed ones last: equal names within their domain first, then equal names, then the most alike
    first. Names of one kind are one indicator; looser ones only where the rules are alike as well."""
    left = {id(o): o for o in old}
    partner: dict[int, IndicatorResult] = {}

    def pair(options: list[tuple[float, int, int]]) -> None:
        for _, i, j in sorted(options, key=lambda o: (-o[0], o[1], o[2])):
            if new[i].no not in partner and id(old[j]) in left:
                partner[new[i].no] = left.pop(id(old[j]))

    names = {id(x): squash(x.row.name.text) for x in (*old, *new)}
    by_name: dict[str, list[int]] = {}
    for j, o in enumerate(old):
        by_name.setdefault(names[id(o)], []).append(j)
    pair([(2.0 if squash(old[j].row.domain.text) == squash(item.row.domain.text) else 1.0, i, j)
          for i, item in enumerate(new) for j in by_name.get(names[id(item)], ())])
    rest = [(i, item) for i, item in enumerate(new) if item.no not in partner]
    pair([(s, i, j) for i, item in rest for j, o in enumerate(old) if id(o) in left
          and (s := likeness(names[id(o)], names[id(item)], squash(o.row.rule.text), squash(item.row.rule.text))) >= ALIKE])
    rest = [(i, item) for i, item in enumerate(new) if item.no not in partner]
    pair([(s, i, j) for i, item in rest for j, o in enumerate(old) if id(o) in left and o.row.weight == item.row.weight and (s := one_rule(o, item))])
    return [*((partner.get(i.no), i) for i in new), *((o, None) for o in old if id(o) in left)]


def likeness(old: str, new: str, old_rule: str, new_rule: str) -> float:
    """How alike two indicators are: by their names, and by their rules where the names leave it open."""
    names = ratio(old, new, RENAMED)
    if old and new and (old in new or new in old) and min(len(old), len(new)) >= 4:
        names = max(names, ALIKE)
    if names >= ALIKE or names < RENAMED:
        return names if names >= ALIKE else 0.0
    rules = ratio(old_rule, new_rule, ONE_RULE)
    return ALIKE + (names - RENAMED) / 10 if rules >= ONE_RULE else 0.0


def one_rule(old: IndicatorResult, new: IndicatorResult) -> float:
    """How alike the rules of two indicators of quite other names are, 0 where they are not the same clauses in nearly the same words: 责任落实,
    this year 河湖长履职."""
    change = compare_rules(old, new)
    telling = [w for w in content_words(new.row.rule.text) if not light(w)]
    if len(told(new)) < MANY or len(telling) <= MANY or (change is not None and change.tendency != "reworded"):
        return 0.0
    return ratio(squash(old.row.rule.text), squash(new.row.rule.text), ONE_MATTER)


def ratio(a: str, b: str, least: float) -> float:
    """How alike two texts are by their characters in order, 0 where below least."""
    matcher = SequenceMatcher(None, a, b, autojunk=False)
    if matcher.real_quick_ratio() < least or matcher.quick_ratio() < least:
        return 0.0
    return matcher.ratio()


def compare_indicators(old: Sequence[IndicatorResult], new: Sequence[IndicatorResult]) -> tuple[IndicatorChange, ...]:
    """All indicators of the two reports with what changed in name, number, weight or rule."""
    pairs = match(old, new)
    moved = renumbered([(a, b) for a, b in pairs if a is not None and b is not None])
    out = []
    for a, b in pairs:
        if a is None or b is None:
            item = b or a
            assert item is not None
            out.append(IndicatorChange(item.row.name.text, "added" if a is None else "removed", a, b))
            continue
        rule = compare_rules(a, b)
        reweighted = a.row.weight != b.row.weight
        changed = reweighted or (rule is not None and rule.tendency != "reworded")
        ways: list[tuple[bool, Way]] = [(squash(a.row.name.text) != squash(b.row.name.text), "renamed"), (b.no in moved, "renumbered"),
                                        (reweighted, "reweighted")]
        out.append(IndicatorChange(b.row.name.text, "changed" if changed else "same", a, b, rule, tuple(w for yes, w in ways if yes)))
    return tuple(out)


def renumbered(pairs: Sequence[tuple[IndicatorResult, IndicatorResult]]) -> set[int]:
    """The new numbers of indicators that stand elsewhere in the order: those outside the longest run that keeps it. What moves up because
    another was taken out is not renumbered."""
    order = [a.no for a, _ in pairs]
    kept = {b.no for k, (_, b) in enumerate(pairs) if k in increasing(order)}
    return {b.no for _, b in pairs} - kept


def increasing(numbers: Sequence[int]) -> set[int]:
    """The places of a longest increasing run of numbers."""
    tails: list[int] = []
    places: list[int] = []
    before: list[int | None] = []
    for k, n in enumerate(numbers):
        at = bisect_left(tails, n)
        before.append(places[at - 1] if at else None)
        if at == len(tails):
            tails.append(n)
            places.append(k)
        else:
            tails[at], places[at] = n, k
    out: set[int] = set()
    k2 = places[-1] if places else None
    while k2 is not None:
        out.add(k2)
        k2 = before[k2]
    return out


def compare_rules(old: IndicatorResult, new: IndicatorResult) -> RuleChange | None:
    """The change of a rule, None where it reads the same (white space and punctuation apart). Points that follow the weight are reweighted."""
    if squash(old.row.rule.text) == squash(new.row.rule.text):
        return None
    details = clause_changes(old, new)
    directions = {d.direction for d in details}
    tendency: Tendency
    if not details:
        tendency = "reworded"
    elif old.row.weight != new.row.weight and scaled([s for _, s in told(old)], [s for _, s in told(new)]):
        tendency = "reweighted"
    elif directions == {1}:
        tendency = "tightened"
    elif directions == {-1}:
        tendency = "loosened"
    else:
        tendency = "mixed"
    return RuleChange(new.row.name.text, old.row.rule.text, new.row.rule.text, tendency, tuple(details))


def told(item: IndicatorResult) -> list[tuple[Clause, Sense]]:
    """The clauses of an indicator's rule with their senses."""
    return senses(item.rule.clauses, item.row.weight)


def clause_changes(old: IndicatorResult, new: IndicatorResult) -> list[ClauseChange]:
    """The clauses that differ, each beside the one that it replaces; none where only one of the two tells what follows from the others."""
    out = changes_of(told(old), told(new), old, new)
    if out and not changes_of(implied(told(old), old.row.weight), implied(told(new), new.row.weight), old, new):
        asks = [further(c.condition, b.row.rule.text + b.row.name.text) for a, b in ((old, new), (new, old)) for c, _ in told(a)]
        return out if any(asks) else []
    return out


def changes_of(before: Sequence[tuple[Clause, Sense]], after: Sequence[tuple[Clause, Sense]], old: IndicatorResult, new: IndicatorResult) -> list[ClauseChange]:
    """The clauses of two rules, with their senses, that differ."""
    rest_old, rest_new = list(before), []
    falling = any(c.kind == "tier" and c.upper is not None and c.lower is None and c.points == new.row.weight for c, _ in after)  # 漏损率: the less, the better
    same: list[tuple[Clause, Clause]] = []
    for c, s in after:
        all_of = whole(c, s)
        twins = [k for k, (oc, o) in enumerate(rest_old) if o == s or (all_of is not None and whole(oc, o) == all_of)]
        if twins:
            best = max(twins, key=lambda k: ratio(rest_old[k][0].condition, c.condition, 0))
            same.append((rest_old.pop(best)[0], c))
        else:
            rest_new.append((c, s))
    out = [ClauseChange(a, b, d) for a, b in same if (d := added_condition(a, b, old, new) or quickened(a, b))]
    for c, s in rest_new:
        twins = [k for k, (o, _) in enumerate(rest_old) if o.kind == c.kind and o.applies_to == c.applies_to]
        best_old = max(twins, key=lambda k: (ratio(rest_old[k][0].text, c.text, 0), rest_old[k][1].form.points == s.form.points), default=None)
        if best_old is None and len(rest_old) == len(rest_new) == 1 and not same_words(rest_old[0][0], c):
            best_old = 0
        if best_old is None:
            read_otherwise = next((k for k, (o, _) in enumerate(rest_old) if same_words(o, c)), None)
            if read_otherwise is not None:
                rest_old.pop(read_otherwise)
                continue
            out.append(ClauseChange(None, c, 0))
            continue
        o, so = rest_old.pop(best_old)
        way, beat = direction(o, c, so, s, falling), quickened(o, c)
        out.append(ClauseChange(o, c, 0 if way * beat < 0 else way or beat or added_condition(o, c, old, new)))
    return out + [ClauseChange(o, None, 0) for o, _ in rest_old]


def quickened(a: Clause, b: Clause) -> int:
    """1 where the new clause asks for a thing more often (每月 for 每季度), -1 where it does less often."""
    one, other = rhythm(a.condition), rhythm(b.condition)
    return 0 if one is None or other is None or one == other else 1 if other < one else -1


def added_condition(a: Clause, b: Clause, old: IndicatorResult, new: IndicatorResult) -> int:
    """1 where the new clause asks for something more before it gives points, -1 where it asks for less; for what takes points the other way."""
    more = bool(further(b.condition, old.row.rule.text + old.row.name.text))
    less = bool(further(a.condition, new.row.rule.text + new.row.name.text))
    if more == less:
        return 0
    taking = b.kind in ("deduct", "zero")
    return (1 if more else -1) * (-1 if taking else 1)


def direction(old: Clause, new: Clause, a: Sense, b: Sense, falling: bool = False) -> int:
    """1 where the new clause is stricter for the district, -1 where it is laxer, 0 where that cannot be said. falling: the rule's best level is
    the lowest, so that a lower end that comes down asks for more."""
    def step(x: Decimal | None, y: Decimal | None) -> int:
        return 0 if x is None or y is None or x == y else (1 if y > x else -1)

    if old.kind != new.kind:
        asks = [c.kind == "tier" and c.lower is not None for c in (old, new)]  # 比上年增长 against 增长5%以上
        if said(old.condition).all != said(new.condition).all:
            return 0
        tier, others = (new, a) if asks[1] else (old, b)
        named = any(Decimal(n) == tier.lower for n, _ in others.numbers)  # 95%以上且…: the level is there, in a clause of another kind
        return 0 if {old.kind, new.kind} != {"award", "tier"} or old.points != new.points or named else asks[1] - asks[0]
    taking = new.kind == "deduct"
    signs = {
        step(a.form.lower, b.form.lower) * (-1 if falling else 1),
        -step(a.form.upper, b.form.upper) if a.form.lower is None and b.form.lower is None else 0,
        step(old.per, new.per) if new.kind == "each" else -step(old.per, new.per),
        step(old.points, new.points) if taking else -step(old.points, new.points),
        step(old.cap, new.cap) if taking else -step(old.cap, new.cap),
        *(-step(x, y) * (-1 if taking else 1) for (k, x), (other, y) in zip(a.limits, b.limits, strict=False) if k == other),
        (1 if max(b.levels) > max(a.levels) else -1) * (-1 if taking else 1) if a.levels and b.levels and max(a.levels) != max(b.levels) else 0,
    } - {0}
    return signs.pop() if len(signs) == 1 else 0
