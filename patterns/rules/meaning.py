"""What a rule means as a whole: which clauses speak of a district, the points it starts from, every score it can give."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal

from patterns import expressions as re
from patterns.clause import Clause, CompiledRule
from patterns.fold import fold
from patterns.speech import marks

ZERO = Decimal(0)
MOST_SCORES = 20_000  # a rule of finer steps than this is taken as continuous


def applicable(clauses: Iterable[Clause], district: str, district_class: str) -> tuple[Clause, ...]:
    """The clauses that speak of a district. Where it is named (中心城区和崇明区), its class's clause of the same condition is not meant."""
    chosen = [c for c in clauses if c.applies(district, district_class)]
    named = {(c.kind, c.condition) for c in chosen if c.applies_to and district in c.applies_to}
    return tuple(c for c in chosen if not (c.applies_to and district not in c.applies_to and (c.kind, c.condition) in named))


@dataclass(frozen=True, slots=True)
class Shape:
    """A rule for one district, sorted by what the clauses do.

    groups: clauses of which one at most holds (a single clause is a group of one); linked: by index of the group, deductions that
    are taken from its points (达到100%得6分，每低5个百分点扣1分 gives 5 at 95%); deductions: the others; start: points that the rule gives before any
    deduction without saying so (3 of 5 where the awards come to 2); all_or_part: one clause gives all points, deductions take from it.
    """

    groups: tuple[tuple[Clause, ...], ...]
    linked: Mapping[int, tuple[Clause, ...]]
    deductions: tuple[Clause, ...]
    zeros: tuple[Clause, ...]
    start: Decimal
    all_or_part: bool
    fixed: bool
    open: bool


def earns_nothing(clause: Clause) -> bool:
    """Whether a clause is the bottom of a scale or a veto: no points, however it is written."""
    return clause.kind == "zero" or (clause.kind == "tier" and clause.points is not None and not clause.points)


def shape(clauses: Sequence[Clause], weight: Decimal, text: str) -> Shape:
    """Sort the applicable clauses (see applicable) of a rule's text, for its indicator's weight."""
    groups: dict[object, list[Clause]] = {}
    for k, c in enumerate(clauses):
        if c.kind in ("award", "each", "tier", "full", "prorata", "reference") or (c.kind == "zero" and c.group is not None):
            groups.setdefault(("g", c.group) if c.group is not None else ("c", k), []).append(c)
    deductions = tuple(c for c in clauses if c.kind == "deduct")
    giving = _same_top(_alternatives([tuple(g) for g in groups.values() if not all(map(earns_nothing, g))], weight), weight)
    zeros = tuple(c for c in clauses if earns_nothing(c) and not any(c in g for g in giving))
    full = any(c.kind == "full" for c in clauses)
    given = sum((max(most_of(c, weight) for c in g) for g in giving), ZERO)
    headed = sum({c.heading: c.worth or ZERO for c in deductions if c.heading >= 0}.values(), ZERO)
    # What is missing to the weight is the deductions' own, but for those that say by how much a level is missed.
    linked = {} if full else _linked(text, giving, deductions, weight, by_unit_only=given + headed < weight)
    free = tuple(d for d in deductions if not any(d in ds for ds in linked.values()))
    start = ZERO
    if deductions and full:
        start = weight
    elif free and given < weight:
        start = weight - given
    elif not giving and not free and zeros:
        start = weight
    return Shape(tuple(giving), linked, free, zeros, start, full and bool(deductions), any(c.kind == "fixed" for c in clauses),
                 any(c.kind == "reference" for c in clauses) or any(c.kind == "prorata" for c in clauses))


def _linked(
    text: str, giving: Sequence[tuple[Clause, ...]], deductions: Sequence[Clause], weight: Decimal, by_unit_only: bool
) -> dict[int, tuple[Clause, ...]]:
    """Deductions that belong to one award or level: said in the same breath, or of the very same condition.

    by_unit_only: only those that count by the level's own unit (达到100%得6分，每低5个百分点扣1分; 4次以上得2分，每少1次扣0.5分).
    """
    out: dict[int, list[Clause]] = {}
    for d in deductions:
        if d.per is None or d.heading >= 0:
            continue
        before = [(k, c) for k, g in enumerate(giving) if len([c for c in g if not earns_nothing(c)]) == 1 for c in g
                  if c.kind in ("award", "tier") and not earns_nothing(c) and c.start <= d.start and c.applies_to == d.applies_to]
        if not before:
            continue
        named = of_its_measure(d, [c for _, c in before])
        k, c = max(before, key=lambda p: p[1].start) if named is None else next(p for p in before if p[1] is named)
        measured = c.kind == "tier" and _of_unit(c.unit, d.per_unit)
        of_all = c.unit in _ONE_UNIT[0] and c.lower == 100 and any(w in d.text[:10] for w in marks("short_of_all"))  # 每漏治1人
        if not by_unit_only and len(giving) == 1 and c.points == weight and (_SHORT.match(d.text) or of_all):
            out.setdefault(k, []).append(d)  # 达到目标值得15分；每少20个扣2分: what is short is taken from all
            continue
        if named is not None and (measured or of_all):
            out.setdefault(k, []).append(d)  # 查病完成率95%以上得3分，治疗率100%得3分；查病完成率每低1个百分点扣0.5分
            continue
        if by_unit_only and not measured:
            continue
        if measured and c.end <= d.start <= c.end + 2 and _STEP.match(d.text):
            out.setdefault(k, []).append(d)  # 达到50%及以上得满分；每低1个百分点扣0.2分
            continue
        own = re.sub(r"[的者，、。；\s]+$", "", c.condition)
        if (own and d.condition.startswith(own)) or (d.start >= c.end and not re.search("[；;。]", text[c.end:d.start])
                                                     and d.start - c.end <= 2):
            out.setdefault(k, []).append(d)
    return {k: tuple(ds) for k, ds in out.items()}


_HEAD = re.compile("([^每]{2,16}?(?:率|比例|比重|占比|满意度))(?:低于[^，。；每]{0,8}的?，?)?每")
_LEFT_OUT = re.compile("每(?:有)?[漏缺少欠]([\u4e00-\u9fff]{1,4}?)\\d")


def of_its_measure(deduction: Clause, levels: Sequence[Clause]) -> Clause | None:
    """The level of the very measure that a deduction names before its 每 (查病完成率每低1个百分点), or of which it says that things were left out
    (每漏治1人 of 治疗率100%), where levels of other measures stand beside it."""
    text = fold(deduction.text).text.lstrip("，。；、 ")
    if deduction.per is None or not (m := _HEAD.match(text) or _LEFT_OUT.match(text)):
        return None
    naming = [c for c in levels if c.kind == "tier" and m[1] in fold(c.condition).text and (text[0] != "每" or c.lower == 100)]
    return max(naming, key=lambda c: c.points or ZERO) if naming and len(naming) < len(levels) else None


_SHORT = re.compile(r"(?:未达到?的?|不足的?|低于目标的?)?[，,]?每(?:再)?(?:[少低缺差降]|下[降滑]|减少)")
_STEP = re.compile(r"[，,；;。、]?(?:未达到?的?|不足的?|低于[^，。；]{0,8}|达不到的?|未完成的?|否则)?[，,]?(?:每|少|缺|低|差|超|欠)")
_ONE_UNIT = ({"%", "％", "个百分点", "百分点"}, {"名", "位", "名次", "位次"})


def _of_unit(level: str | None, step: str | None) -> bool:
    return level is not None and step is not None and (level == step or any({level, step} <= same for same in _ONE_UNIT))


def _alternatives(giving: list[tuple[Clause, ...]], weight: Decimal) -> list[tuple[Clause, ...]]:
    """Awards that come to more than the weight while the best one is the weight exclude one another: 增加的得5分，持平的得3分."""
    awards = [g for g in giving if all(c.kind == "award" for c in g)]
    tops = [max(most_of(c, weight) for c in g) for g in awards]
    if len(awards) < 2 or len(awards) < len(giving) or sum(tops, ZERO) <= weight or max(tops) != weight or min(tops) == weight:
        return giving
    return [tuple(c for g in awards for c in g)]


def _same_top(giving: list[tuple[Clause, ...]], weight: Decimal) -> list[tuple[Clause, ...]]:
    """A level that gives all points and a proportion of all points exclude one another: 100%得10分，低于100%的按整改率×10分."""
    whole = [g for g in giving if max(most_of(c, weight) for c in g) == weight]
    if len(whole) < 2 or len(whole) < len(giving) or not any(c.kind == "prorata" for g in whole for c in g):
        return giving
    return [tuple(c for g in whole for c in g)]


def most_of(clause: Clause, weight: Decimal) -> Decimal:
    """The most points that a clause can give."""
    if clause.kind in ("full", "fixed"):
        return weight
    if clause.kind == "each":
        return min(clause.cap, weight) if clause.cap is not None else weight
    if clause.kind == "reference":
        return clause.points if clause.points is not None else weight
    return clause.points or ZERO if clause.kind in ("award", "tier", "prorata") else ZERO


def maximum(rule: CompiledRule, weight: Decimal, district: str = "", district_class: str = "other") -> Decimal | None:
    """The most that the awarding clauses can give a district; the weight where the rule starts from it; None for a reference or no clause."""
    clauses = applicable(rule.clauses, district, district_class)
    if not clauses or any(c.kind == "reference" for c in clauses):
        return None
    form = shape(clauses, weight, rule.text)
    if form.fixed or form.start or any(c.kind in ("full", "each") and c.cap is None for g in form.groups for c in g):
        return weight
    most = sum((max(most_of(c, weight) for c in g) for g in form.groups), ZERO)
    shared = any(w in rule.text for w in ("累计不超过", "合计不超过", "累计最多", "合计最多", "总计不超过", "累计最高", "合计最高"))
    return min(most, weight) if shared or any(c.kind == "each" for g in form.groups for c in g) else most


def attainable(rule: CompiledRule, weight: Decimal, district: str = "", district_class: str = "other") -> frozenset[Decimal] | None:
    """Every score that a rule can give, exactly; None where it is continuous (pro rata), unbounded (减分项) or not all of it is understood."""
    clauses = applicable(rule.clauses, district, district_class)
    if rule.unparsed or not clauses or not weight or any("discretion" in c.note for c in clauses):
        return None
    form = shape(clauses, weight, rule.text)
    if form.open or any(_continuous(c) for c in clauses):
        return None
    if form.fixed:
        return frozenset({weight})
    sums = {form.start}
    if not form.all_or_part:
        for k, group in enumerate(form.groups):
            options = {ZERO} | {p for c in group for p in _given(c, weight)}
            for d in form.linked.get(k, ()):
                options |= {max(ZERO, a - b) for a in options for b in _taken(d, max(options))}
            sums = {a + b for a in sums for b in options}
            if len(sums) > MOST_SCORES:
                return None
    taken = {ZERO}
    for c in form.deductions:
        steps = _taken(c, max(sums, default=weight))
        taken = {a + b for a in taken for b in steps}
        if len(taken) > MOST_SCORES:
            return None
    scores = {min(max(a - b, ZERO), weight) for a in sums for b in taken}
    if form.zeros or form.all_or_part:
        scores.add(ZERO)
    return frozenset(scores)


def _continuous(clause: Clause) -> bool:
    """每低5个百分点扣1分 of a share that is 3 points short: a whole step, none, or 0.6 of it; a rule seldom says which."""
    return "in-part" in clause.note or (clause.kind == "deduct" and clause.round is None and clause.per_unit in ("%", "％", "‰", "个百分点", "百分点"))


def _given(clause: Clause, weight: Decimal) -> set[Decimal]:
    if clause.kind == "full":
        return {weight}
    if clause.kind in ("award", "tier"):
        return {clause.points or ZERO}
    if clause.kind == "each" and clause.points:
        most = most_of(clause, weight)
        return {clause.points * k for k in range(int((most / clause.points).to_integral_value(ROUND_FLOOR)) + 1)} | {most}
    return set()


def _taken(clause: Clause, most: Decimal) -> set[Decimal]:
    points = clause.points or ZERO
    cap = min(clause.cap, most) if clause.cap is not None else most
    if points <= 0:
        return {ZERO}
    if clause.per is None:
        return {ZERO, min(points, cap)}
    return {points * k for k in range(int((cap / points).to_integral_value(ROUND_FLOOR)) + 1)} | {cap}


def points_for(clause: Clause, found: str, weight: Decimal) -> Decimal:
    """The points that a clause gives (negative: takes off) for what is found.

    found: 是 or 否 for a condition, 3家 for items or a shortfall, 95% for a level or a share done. Zero points for a clause of
    no points; a zero clause that holds takes the weight away.
    """
    word = found.strip()
    digits = ""
    for k, c in enumerate(word):
        if not (c.isdigit() or c == "." or (c == "-" and k == 0)):
            break
        digits += c
    holds = word == "是"
    amount = Decimal(digits) if digits.strip("-.") else Decimal(int(holds))
    points = clause.points or ZERO
    if clause.kind in ("full", "fixed"):
        return weight if holds else ZERO
    if clause.kind == "award":
        return points if holds else ZERO
    if clause.kind == "zero":
        return -weight if holds else ZERO
    if clause.kind == "tier":
        return points if digits and within(clause, amount) else ZERO
    if clause.kind in ("each", "deduct"):
        steps = (amount / (clause.per or Decimal(1))).to_integral_value(ROUND_FLOOR) if clause.per is not None else amount
        got = points * steps
        got = min(got, clause.cap) if clause.cap is not None else min(got, weight) if weight else got
        return -got if clause.kind == "deduct" else got
    if clause.kind == "prorata":
        return points * min(amount, Decimal(100)) / Decimal(100)
    return ZERO


def within(clause: Clause, amount: Decimal) -> bool:
    """Whether an amount lies in a tier's interval."""
    if clause.lower is not None and (amount < clause.lower or (clause.lower_open and amount == clause.lower)):
        return False
    return not (clause.upper is not None and (amount > clause.upper or (clause.upper_open and amount == clause.upper)))
