"""Clauses of which one at most holds: the levels of one measure, graded awards, a goal and the proportion below it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import groupby, product, takewhile

from patterns import expressions as re
from patterns.rules.conditions import GENERIC, QUALITY
from patterns.rules.draft import Draft
from patterns.rules.grammar import Builder
from patterns.rules.words import either

_GRADE = re.compile("(?:优秀|良好|较好|较差|一般|不合格|合格|优|良|中|差|好)(?![率数])")  # 合格率 is a measure


def measure_of(rule: Builder, d: Draft) -> str:
    """What a tier's level is of: its own words without the level and without generic ones."""
    return _named(rule, d, _GRADE)


def _named(rule: Builder, d: Draft, without: re.Pattern[str] | None = None) -> str:
    def bare(spans: list[tuple[int, int]]) -> str:
        said = rule.content(spans)
        return GENERIC.sub("", without.sub("", said) if without is not None else said)

    if not d.level:
        return bare(d.own)
    spans = [(a, min(b, d.level.start)) for a, b in d.own if a < d.level.start] + [(max(a, d.level.end), b) for a, b in d.own
                                                                                   if b > d.level.end]
    return bare(spans)


def _same_measure(a: str, b: str) -> bool:
    return not a or not b or a == b or a in b or b in a or len(set(a) & set(b)) >= 0.75 * max(len(set(a)), len(set(b)))


def _one_scale(chain: Sequence[Draft], d: Draft, weight: Decimal | None) -> bool:
    """Whether a level can be one more of a scale: it overlaps no other, or lies further up and earns more (90以上得3分，80以上得2分).

    Two bounds of one direction that earn the same are of two subjects (用水不超过3个工作日得1分，用气不超过5个工作日得1分).
    """
    def points(x: Draft) -> Decimal:
        return x.points if x.points is not None else weight if x.full and weight is not None else Decimal(0)

    for x in chain:
        a, b = x.level, d.level
        if a is None or b is None or (x.applies is not None and d.applies is not None and x.applies != d.applies):
            continue
        if (a.upper is not None and b.lower is not None and a.upper <= b.lower) or (b.upper is not None and a.lower is not None
                                                                                   and b.upper <= a.lower):
            continue
        if a.lower is not None and b.lower is not None and a.lower != b.lower and a.upper is None and b.upper is None:
            nested = (a.lower > b.lower) == (points(x) > points(d))
        elif a.upper is not None and b.upper is not None and a.upper != b.upper and a.lower is None and b.lower is None:
            nested = (a.upper < b.upper) == (points(x) > points(d))
        else:
            return False
        if not nested or points(x) == points(d):
            return False
    return True


def groups(rule: Builder, drafts: list[Draft]) -> None:
    """Numbers those that exclude one another."""
    count = 0
    chain: list[Draft] = []
    closed: list[Draft] = []
    measure = ""

    def close() -> None:
        nonlocal count, chain, closed
        closed = chain or closed
        if len(chain) > 1 or (chain and chain[0].kind == "tier"):
            for d in chain:
                d.group = count
            count += 1
        chain = []

    weight = rule.weight
    before: Draft | None = None
    for d in drafts:
        last_draft, before = before, d
        if d.kind == "zero" and not chain and not d.whole_rule and last_draft is not None and last_draft.kind == "prorata" \
                and last_draft.group is not None and d.sentence == last_draft.sentence and d.piece - last_draft.piece <= 1:
            d.group = last_draft.group  # 增长30%以上的得2分，不足30%的按比例计分，负增长的不得分
        elif d.kind == "tier" and d.level and not chain and last_draft is not None and last_draft.kind == "prorata" and closed \
                and last_draft.group is not None and d.sentence == last_draft.sentence and not measure_of(rule, d) \
                and closed[0].level is not None and closed[0].level.unit == d.level.unit:
            d.group, d.shared = last_draft.group, _chain_lead(closed)  # 20%以上得5分；10%以上不足20%按比例计分；不足10%的不得分
        elif d.kind == "tier" and d.level:
            mine = measure_of(rule, d)
            last = next((x for x in reversed(chain) if x.level), None)
            joins = False
            if last and last.level and last.level.unit == d.level.unit and last.level is not d.level:
                joins = not d.dealt and not last.dealt and d.sentence - last.sentence <= 1 and (
                    not mine or (_one_scale(chain[-12:], d, weight) and _same_measure(mine, measure)))
            if chain and ((d.inherited and chain[-1].level is d.level) or (d.premised and d.sentence == chain[-1].sentence)):
                joins = True
            if last and _classes_apart(d, last) and not d.inherited and last.level and last.level.unit == d.level.unit \
                    and d.sentence == last.sentence:
                joins = True
            if not joins:
                close()
                measure = mine
            measure = measure or mine
            if not mine and chain and not d.inherited:
                d.shared = _chain_lead(chain)
            chain.append(d)
        elif d.kind == "zero" and d.thin and chain and chain[0].kind == "tier":
            d.shared = _chain_lead(chain)
            chain.append(d)
            close()
        elif d.kind == "zero" and _of_a_fault(_said(rule, d)):
            close()  # 发生安全事故的，不得分 is no bottom of the scale before it
        elif d.kind == "zero" and not d.whole_rule and chain and d.sentence - chain[-1].sentence <= 1 and (d.piece - chain[-1].piece <= 1):
            chain.append(d)
            close()
        elif d.kind in ("award", "full"):
            words = rule.text[d.own[0][0]:d.own[-1][1]] if d.own else ""
            last_one = chain[-1] if chain else None
            ladder = last_one is not None and d.sentence == last_one.sentence and (
                (last_one.kind in ("award", "full") and ((d.inherited and _classes_apart(d, last_one)) or _alternative(rule, chain, d, words, weight)))
                or (_lesser(last_one, d) and _SURELY_LESS.match(words) is not None))
            if not ladder:
                close()
            chain.append(d)
        elif d.kind == "prorata" and chain and chain[-1].kind in ("full", "award", "tier") and d.sentence == chain[-1].sentence \
                and re.search("未|不足|没有|否则|部分|低于|不到|以下", _since(rule, chain[-1], d)) and not _of_its_own(rule, chain[-1], d):
            chain.append(d)
            close()
        elif not (d.kind == "deduct" and d.per_unit in ("个百分点", "%") and chain and chain[-1].level and chain[-1].level.unit == "%"):
            close()
    close()
    _best_of(rule, drafts)
    if weight is not None:
        _fit_to_weight(rule, drafts, weight)


_EVENT = re.compile(r"(?:如|若|凡|因|一旦|年内|当年|本年度|，|：)*(?:发生|引发|造成|酿成|瞒报|弄虚作假|出现(?![^，。；]{0,6}(?:下降|负增长|上升|减少|增长)))")


def _of_a_fault(said: str) -> bool:
    """Whether a condition without points names an event and no level: 发生文物安全责任事故的，不得分."""
    return _EVENT.match(said) is not None and not re.search(r"\d", said)


def _of_its_own(rule: Builder, last: Draft, d: Draft) -> bool:
    """Whether a proportion behind a semicolon names a matter of its own: 完成排查的得1分；年度整治任务未完成的，按未完成比例扣减."""
    between = _since(rule, last, d)
    if "；" not in rule.text[last.end:d.start + 1] or re.match("(?:但|如)?(?:未|不足|没有|否则|部分|低于|不到)", between.lstrip("，；。的")):
        return False
    if re.search("[=÷×]", rule.text[d.start:d.end]):
        return False
    mine = re.sub("按|扣减|折算|计分|得分|比例", "", GENERIC.sub("", rule.content(d.own)))
    return len(mine) >= 2 and not set(mine) <= set(_named(rule, last))


def _since(rule: Builder, last: Draft, d: Draft) -> str:
    """A draft's own words with those that lead to it: 不足60%的，按实际比例折算计分."""
    own = rule.text[d.own[0][0]:d.own[-1][1]] if d.own else ""
    return rule.text[last.end:d.start] + own


def _chain_lead(chain: Sequence[Draft]) -> list[tuple[int, int]]:
    head = chain[0]
    return [*head.shared, *_head_span(head)]


def _head_span(head: Draft) -> list[tuple[int, int]]:
    """The words of a chain's first tier before its level: what all of them measure."""
    level = head.level
    if level is None:
        return list(head.own)
    return [(a, min(b, level.start)) for a, b in head.own if a < level.start]


def _classes_apart(d: Draft, last: Draft) -> bool:
    return d.applies != last.applies and d.applies is not None and last.applies is not None


def _alternative(rule: Builder, chain: Sequence[Draft], d: Draft, words: str, weight: Decimal | None) -> bool:
    """质量不佳的得0.5分 after 按时报送的得1分; 优秀得3分、良好得2分."""
    last = chain[-1]
    if last.applies is not None and d.applies is not None and last.applies != d.applies:
        return False
    before = rule.text[last.own[0][0]:last.own[-1][1]] if last.own else ""
    less = d.points is not None and (last.points is None or d.points < last.points)
    more = d.points is not None and last.points is not None and d.points > last.points
    if less and QUALITY.search(words) and (weight is None or last.points is None or last.points + (d.points or 0) > weight
                                            or not QUALITY.fullmatch(before)):
        total = sum((x.points or Decimal(0) for x in rule_awards(chain, d)), Decimal(0))
        return weight is None or last.points is None or total > weight or bool(QUALITY.search(before)) \
            or len(GENERIC.sub("", rule.content(d.own))) <= 10
    graded = re.compile(r"(?:优秀|良好|合格|一般|较好|较差|好|中|差|优|良|国家级|省级|市级|区级|县级|[ABCDＡＢＣ]级|[ABCD]类|"
                        r"[一二三四五]等|特等|金奖|银奖|铜奖|[一二三]等奖|全部|部分|基本)")
    return (less or more) and bool(graded.search(words) and graded.search(before)) and len(words) <= 16


def rule_awards(chain: Sequence[Draft], d: Draft) -> list[Draft]:
    """The awards of a chain together with one more."""
    return [*(x for x in chain if x.kind in ("award", "tier")), d]


_SURELY_LESS = re.compile(rf"(?:但|如|若)?{either('lesser')}")  # 持平的得0.5分 after 增长的得1分
_PERHAPS_LESS = re.compile(r"(?:但|如|若)?(?:未|没有|低于|高于|不|下降|减少|有[一1两2]|略|基本|虽|一般|个别|少于|其他|其余)")


def _lesser(last: Draft, d: Draft, breath: bool = True) -> bool:
    """Whether points stand right behind others of the same breath (or only of the same sentence) and are fewer."""
    near = d.piece == last.piece if breath else d.sentence == last.sentence
    return last.kind in ("award", "tier", "full") and near and d.applies == last.applies and d.points is not None and not d.inherited \
        and (last.points is None or d.points < last.points) and d.end != last.end


_BEST = re.compile(
    r"(?:取|按|就|以)[^，。；]{0,6}(?:最高|高)(?:一?级|层级|级别|等[级次]|奖[项次]|荣誉|档次|标准|分|者|项|值|档|一项)?(?:计|得|给|不就低|一级|$|[，。；)])|"
    r"只计最高|不重复(?:计|加|得)|不累[计加]|不叠加"
)
_SAME_THING = re.compile(r"同一|同类|同时|同项")


def _best_of(rule: Builder, drafts: list[Draft]) -> None:
    """省级推广的加2分，市级推广的加1分，取最高一级: awards of one sentence of which the best one counts. Of 同一事项 it is said thing by thing."""
    for m in _BEST.finditer(rule.text):
        start = max(rule.text.rfind("。", 0, m.start()), rule.text.rfind("\n", 0, m.start())) + 1
        if _SAME_THING.search(rule.text, max(start, m.start() - 12), m.end()):
            continue
        chosen = [d for d in drafts if d.kind in ("award", "tier") and d.per is None and start <= d.start < m.start() and d.points]
        free = [d for d in chosen if d.group is None]
        if len(chosen) > 1 and free and len({d.points for d in chosen}) == len(chosen):
            number = max((d.group for d in drafts if d.group is not None), default=-1) + 1
            for d in chosen:
                d.group = number


def _fit_to_weight(rule: Builder, drafts: list[Draft], weight: Decimal) -> None:
    """Awards that together exceed the weight: those that a lesser one may stand in for are alternatives, if the weight comes out right so.

    年内组织实战演练的得1分，只组织桌面推演的得0.5分 beside another point in a row of 2. Of two awards alone that exceed it, one holds.
    """
    units = [list(run) for _, run in groupby(drafts, key=lambda d: ("g", d.group) if d.group is not None else ("d", id(d)))]
    gives = [any(d.kind in ("award", "tier", "full", "each", "prorata") and d.points != 0 for d in u) for u in units]
    giving = [u for u, g in zip(units, gives, strict=True) if g]
    if any(d.kind in ("each", "prorata") for u in giving for d in u):
        return

    def top(unit: Sequence[Draft]) -> Decimal:
        return max((weight if d.full else d.points or Decimal(0)) for d in unit)

    total = sum(map(top, giving), Decimal(0))
    if total <= weight:
        return
    pairs = [k for k in range(len(units) - 1) if gives[k] and gives[k + 1] and _lesser(units[k][-1], units[k + 1][0], breath=False)
             and (_PERHAPS_LESS.match(_said(rule, units[k + 1][0])) or _begin_alike(_said(rule, units[k + 1][0]), _said(rule, units[k][0])))][:8]
    found = [[k for k, use in zip(pairs, chosen, strict=True) if use] for chosen in product((True, False), repeat=len(pairs))]
    right = [c for c in found if c and total - sum((top(units[k + 1]) for k in c), Decimal(0)) == weight]
    if not right and len(giving) == 2 and all(len(u) == 1 and u[0].kind == "award" for u in giving) and top(giving[0]) != top(giving[1]) \
            and max(map(top, giving)) <= weight and giving[0][0].applies == giving[1][0].applies:
        right = [[units.index(giving[0])]] if units.index(giving[1]) == units.index(giving[0]) + 1 else []
    number = max((d.group for d in drafts if d.group is not None), default=-1)
    for k in min(right, key=len, default=[]):
        number += 1
        joined = units[k][0].group if units[k][0].group is not None else number
        for d in [*units[k], *units[k + 1]]:
            d.group = joined


def _begin_alike(a: str, b: str) -> bool:
    """Whether two conditions share half of the shorter one from the start: 组织演练并评估的, 组织演练的; 湿地保护率, 湿地保护小区 do not."""
    shared = len(list(takewhile(lambda pair: pair[0] == pair[1], zip(a, b, strict=False))))
    return shared * 2 >= min(len(a), len(b)) > 0


def _said(rule: Builder, d: Draft) -> str:
    return rule.text[d.own[0][0]:d.own[-1][1]] if d.own else ""


def boundaries(drafts: list[Draft]) -> None:
    """A number that two levels of one measure share belongs to the one that says so, else to the one from it upwards.

    3‰以内的得3分，3‰-5‰的得2分，5‰-10‰的得1分: 以内 holds its number, and the ranges above it follow suit.
    """
    above: dict[tuple[int | None, Decimal], list[Draft]] = {}
    downwards = {d.group for d in drafts if d.level and d.level.lower is None and (d.level.within or (d.level.sure and not d.level.upper_open))}
    for d in drafts:
        if d.kind == "tier" and d.level and d.level.lower is not None and not d.level.lower_open:
            above.setdefault((d.group, d.level.lower), []).append(d)
    for d in drafts:
        level = d.level
        if d.kind != "tier" or level is None or level.upper is None or level.upper_open or level.lower == level.upper:
            continue
        for o in above.get((d.group, level.upper), [])[:8]:
            if o is d or o.level is None or o.level.lower_open or o.level.lower == o.level.upper or (
                    o.applies is not None and d.applies is not None and o.applies != d.applies):
                continue
            if not o.level.sure and (level.sure or (d.group in downwards and o.level.ranged)):
                o.level = replace(o.level, lower_open=True)
            else:
                d.level = replace(level, upper_open=True)
                break
