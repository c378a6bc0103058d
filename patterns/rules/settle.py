"""What only the whole rule can tell: levels beside levels, alternatives, headings, a slash, and what a weight settles."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from patterns.clause import CENTRAL, OTHER
from patterns.rules.conditions import GENERIC as _GENERIC
from patterns.rules.conditions import GOAL as _GOAL
from patterns.rules.conditions import QUALITY as _QUALITY
from patterns.rules.draft import Draft
from patterns.rules.grammar import Builder
from patterns.rules.levels import Level, levels

_COMPLETION = re.compile(r"完成|达到|实现|目标|任务|指标|比例|进度")


def settle(rule: Builder, drafts: list[Draft], district_class: str | None) -> list[Draft]:
    """The drafts of one rule, settled; group numbers are given."""
    drafts = _headings(rule, drafts)
    drafts = _weak(drafts)
    _counted_levels(rule, drafts)
    _flat_steps(rule, drafts)
    _fixed(rule, drafts)
    _goal_met(rule, drafts)
    _slashes(rule.weight, drafts, district_class)
    _none_at_all(rule, drafts)
    _groups(rule, drafts)
    _boundaries(drafts)
    for k, d in enumerate(drafts):
        if d.full and d.kind == "tier" and d.points is None:
            d.points = rule.weight
        if d.kind == "prorata" and d.points is None:
            d.points = _rest(rule, drafts, k)
    return drafts


_MISSED = re.compile("未|不足|没有|否则|部分|低于|不到|以下|不满|达不到|其余")


def _rest(rule: Builder, drafts: Sequence[Draft], k: int) -> Decimal | None:
    """The points that a proportion without any goes by: those of the clause that it stands in for (未完成的按完成比例得分), else what the weight leaves."""
    weight, me = rule.weight, drafts[k]
    words = "".join(rule.text[a:b] for a, b in me.own)
    if _MISSED.search(words):
        before = next((d for d in reversed(drafts[:k]) if d.kind in ("award", "full", "tier") and d.sentence == me.sentence and d.piece >= me.piece - 1), None)
        chain = [d for d in drafts[:k] if before is not None and d is not before and d.group is not None and d.group == before.group]
        tops = [d.points for d in [*chain, before] if d is not None and d.points is not None]
        if before is not None and (tops or before.full):
            return max(tops, default=weight) if tops else weight
    if weight is None:
        return None
    if any(d.kind == "full" for d in drafts) or sum(d.kind == "prorata" and d.points is None for d in drafts) > 1:
        return weight
    given = sum((d.points or Decimal(0) for d in drafts if d.kind in ("award", "prorata") and d is not me), Decimal(0))
    return weight - given if given < weight else weight


def _weak(drafts: list[Draft]) -> list[Draft]:
    """以完成率计分 says only what the levels and deductions beside it are about."""
    strong = [d for d in drafts if "weak" not in d.notes]
    if any(d.kind in ("tier", "deduct", "each", "award", "full", "zero") for d in strong):
        for d in drafts:
            if "weak" in d.notes:
                for other in strong[:60]:
                    if other.start >= d.end:
                        other.shared = other.shared or d.own
        return strong
    return drafts


def _headings(rule: Builder, drafts: list[Draft]) -> list[Draft]:
    """组织领导（2分）：成立小组得1分，制定方案得1分: the heading's points are the sum of what follows, not points of their own."""
    out: list[Draft] = []
    for k, d in enumerate(drafts):
        following = drafts[k + 1:k + 41]
        listed = k > 0 and drafts[k - 1].kind == "award" and drafts[k - 1].bare and drafts[k - 1].sentence == d.sentence and d.piece > drafts[k - 1].piece
        heading = d.kind == "award" and d.bare and d.level is None and d.per is None and bool(following)
        if not (heading and (_heads_steps(rule, d, following) or (not listed and _heads_parts(rule, d, following)))):
            out.append(d)
    return out


def _heads_steps(rule: Builder, d: Draft, following: Sequence[Draft]) -> bool:
    """露天禁烧2分，每发现1处扣0.2分; 隐患治理20分，按完成比例计分: points that a deduction is taken from, or that a proportion goes by."""
    f = following[0]
    if f.piece != d.piece or d.inherited or (d.end <= f.start and rule.text[d.end - 1:d.end] == "分" and _GIVEN.search(rule.text[d.start:d.end])):
        return False
    if f.kind == "prorata" and f.points is None:
        f.points = d.points
    elif f.kind != "deduct":
        return False
    rule.absorbed.append((d.start, d.end))
    for x in following:
        if x.piece != d.piece or x.kind != f.kind:
            break
        x.shared = x.shared if x.shared and not x.thin else list(d.own)
        x.worth, x.heading = d.points, d.start
    return True


_GIVEN = re.compile("(?:得|计|加|奖|给|赋|记)[\\d.]+分$")


def _heads_parts(rule: Builder, d: Draft, following: Sequence[Draft]) -> bool:
    colon = rule.text[d.end:d.end + 2].lstrip(")")[:1]
    stop = next((j for j, f in enumerate(following) if f.kind == "award" and f.bare and f.points is not None and d.points is not None
                 and f.piece != d.piece and rule.text[f.end:f.end + 2].lstrip(")")[:1] in ("：", "。", "", "\n")
                 and len(rule.content(f.own)) <= 16 and f.points >= d.points), len(following))
    part = following[:stop]
    gives = [f for f in part if f.kind in ("award", "each", "tier", "prorata") and f.points and f.applies in (None, d.applies)]
    total = sum((f.cap or f.points or Decimal(0) for f in gives), Decimal(0))
    takes = [f for f in part if f.kind == "deduct"]
    if not (part and part[0].start >= d.end and (colon == "：" or (colon in ("。", "", "\n") and len(rule.content(d.own)) <= 16))):
        return False
    if not (total == d.points or (colon == "：" and (takes or gives)) or (takes and not gives and part[0].piece == d.piece + 1)
            or (gives and len(gives) > 1 and any(_running(gives, n, d.points) for n in range(2, len(gives) + 1)))):
        return False
    rule.absorbed.append((d.start, d.end))
    for f in part:
        if not f.shared:
            f.shared = list(d.own)
    return True


def _running(gives: Sequence[Draft], n: int, total: Decimal | None) -> bool:
    return sum((f.points or Decimal(0) for f in gives[:n]), Decimal(0)) == total


def _counted_levels(rule: Builder, drafts: list[Draft]) -> None:
    """1家计0.6分 beside 2-3家计0.8分 is a level, not an item; a lone exact number is what must be reached."""
    for k, d in enumerate(drafts):
        if d.kind == "each" and d.loose_per and d.per_unit:
            near = [x for x in drafts[max(0, k - 2):k + 4] if x is not d and x.kind == "tier" and x.level and x.level.unit == d.per_unit
                    and x.sentence == d.sentence]
            if near:
                d.kind, d.cap = "tier", None
                spot = [x for a, b in d.own for x in levels(rule.text, a, b) if x.unit == d.per_unit]
                d.level = spot[-1] if spot else Level(d.start, d.end, d.per, False, d.per, False, d.per_unit or "", exact=True)
                d.per = d.per_unit = None
                d.thin = len(_GENERIC.sub("", rule.content(d.own))) < 2
    tiers = [d for d in drafts if d.kind == "tier" and d.level]
    for k, d in enumerate(tiers):
        level = d.level
        if level is None or not level.exact:
            continue
        beside = [t for t in tiers[max(0, k - 3):k + 4] if t is not d and t.level and t.level.unit == level.unit
                  and t.sentence == d.sentence]
        if not beside:
            after = rule.text[level.end:d.own[-1][1]] if d.own else ""
            if d.points == 0:
                d.kind, d.level = "zero", None
            elif len(after.strip("的，、")) <= 6 and not re.search("全|都|均|齐|达标|完成|落实|到位",
                                                                   after) and level.lower is not None and level.lower > 1 and level.unit:
                d.level = replace(level, upper=None, exact=False)
            else:
                d.kind, d.level = ("full" if d.full else "award"), None


def _flat_steps(rule: Builder, drafts: list[Draft]) -> None:
    """造成1人死亡的扣2分，2人死亡的扣4分: beside a deduction for two, the one for one is flat."""
    for a, b in pairwise(drafts):
        more = [x for s, e in b.own for x in levels(rule.text, s, e) if x.unit == a.per_unit and x.lower is not None and x.lower > 1]
        if a.kind == b.kind == "deduct" and a.loose_per and a.per == 1 and b.sentence == a.sentence and more and b.per is None \
                and not b.inherited and b.points != a.points:
            a.per = a.per_unit = None


_NONE = re.compile(r"(?:为|是|达到)(?:0|零)(?:的)?$")


def _none_at_all(rule: Builder, drafts: list[Draft]) -> None:
    """死亡人数为0的得5分 beside 1—2人的得3分: a level of the same measure."""
    for a, b in pairwise(drafts):
        words = rule.text[a.own[0][0]:a.own[-1][1]] if a.own else ""
        if a.kind == "award" and b.kind == "tier" and b.level is not None and a.sentence == b.sentence and _NONE.search(words.rstrip("，")):
            a.kind = "tier"
            a.level = Level(a.own[-1][1], a.own[-1][1], Decimal(0), False, Decimal(0), False, b.level.unit)


def _fixed(rule: Builder, drafts: list[Draft]) -> None:
    for d in drafts:
        if d.kind == "full" and not d.inherited and (len(drafts) == 1 or d.applies is not None):
            words = re.sub(r"本年度|当年|今年|年度|不再|暂不|暂|不作?|评分|考核|市|直接|按|由|所有|区|县|单位|部门|各", "",
                           rule.content(d.own))
            if len(words) <= 1:
                d.kind = "fixed"


_GRADE = re.compile("优秀|良好|较好|较差|一般|不合格|合格|优|良|中|差|好")


def _measure(rule: Builder, d: Draft) -> str:
    """What a tier's level is of: its own words without the level and without generic ones."""
    return _GRADE.sub("", _named(rule, d))


def _named(rule: Builder, d: Draft) -> str:
    if not d.level:
        return _GENERIC.sub("", rule.content(d.own))
    spans = [(a, min(b, d.level.start)) for a, b in d.own if a < d.level.start] + [(max(a, d.level.end), b) for a, b in d.own
                                                                                   if b > d.level.end]
    return _GENERIC.sub("", rule.content(spans))


def _goal_met(rule: Builder, drafts: list[Draft]) -> None:
    """A goal met beside percentage tiers is the tier from 100%."""
    for k, d in enumerate(drafts):
        if d.kind not in ("full", "award") or d.per is not None or d.level:
            continue
        words = rule.text[d.own[0][0]:d.own[-1][1]] if d.own else ""
        if not _GOAL.search(words):
            continue
        beside = [t for t in (*drafts[k + 1:k + 7], *drafts[max(0, k - 4):k]) if t.kind == "tier" and t.level and t.level.unit == "%"
                  and abs(t.piece - d.piece) <= 4]
        beside = [t for t in beside if t.points is not None and d.sentence == t.sentence]
        if not beside:
            continue
        first = next((t for t in drafts[k + 1:k + 7] if t in beside), beside[0])
        near = [x for x in drafts[min(k, drafts.index(first)) + 1:max(k, drafts.index(first))] if x.kind not in ("tier", "zero", "prorata")
                and not (x.inherited and x.own == d.own)]
        if near or any(t.level and (t.level.lower or Decimal(0)) >= 100 and t.own != d.own for t in beside):
            continue
        own = first.level
        span = [(a, min(b, own.start)) for a, b in first.own if own and a < own.start]
        residue = "".join(rule.text[a:b] for a, b in span)
        measure = _measure(rule, first)
        if len(measure) >= 2 and not _COMPLETION.search(residue):
            continue
        place = d.own[-1][1] if d.own else d.end
        d.kind = "tier"
        d.level = Level(place, place, Decimal(100), False, None, False, "%", sure=True)


def _slashes(weight: Decimal | None, drafts: Sequence[Draft], district_class: str | None) -> None:
    """0.5分/0.25分: the value for the reporting district's class is the one with which the row reaches its weight."""
    slashed = [d for d in drafts if "slash" in d.notes]
    if not slashed or weight is None:
        return
    rest = sum((d.points or Decimal(0) for d in drafts if "slash" not in d.notes and d.kind in ("award", "tier") and d.applies is None),
               Decimal(0))
    first = rest + sum((d.points or Decimal(0) for d in slashed if d.applies == (OTHER,)), Decimal(0))
    second = rest + sum((d.points or Decimal(0) for d in slashed if d.applies == (CENTRAL,)), Decimal(0))
    mine = district_class or OTHER
    swap = (mine == OTHER and second == weight != first) or (mine == CENTRAL and first == weight != second)
    if swap:
        for d in slashed:
            d.applies = (CENTRAL,) if d.applies == (OTHER,) else (OTHER,)


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


def _groups(rule: Builder, drafts: list[Draft]) -> None:
    """Numbers those that exclude one another."""
    count = 0
    chain: list[Draft] = []
    measure = ""

    def close() -> None:
        nonlocal count, chain
        if len(chain) > 1 or (chain and chain[0].kind == "tier"):
            for d in chain:
                d.group = count
            count += 1
        chain = []

    weight = rule.weight
    for d in drafts:
        if d.kind == "tier" and d.level:
            mine = _measure(rule, d)
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
        elif d.kind == "zero" and not d.whole_rule and chain and d.sentence - chain[-1].sentence <= 1 and (d.piece - chain[-1].piece <= 1):
            chain.append(d)
            close()
        elif d.kind in ("award", "full"):
            words = rule.text[d.own[0][0]:d.own[-1][1]] if d.own else ""
            ladder = chain and chain[-1].kind in ("award", "full") and d.sentence == chain[-1].sentence and ((d.inherited
                and _classes_apart(d, chain[-1])) or _alternative(rule, chain, d, words, weight))
            if not ladder:
                close()
            chain.append(d)
        elif d.kind == "prorata" and chain and chain[-1].kind in ("full", "award",
                                                                  "tier") and d.sentence == chain[-1].sentence and re.search(
                "未|不足|没有|否则|部分|低于|不到|以下", rule.text[d.own[0][0]:d.own[-1][1]] if d.own else ""):
            chain.append(d)
            close()
        elif not (d.kind == "deduct" and d.per_unit in ("个百分点", "%") and chain and chain[-1].level and chain[-1].level.unit == "%"):
            close()
    close()
    if weight is not None:
        _too_much(drafts, weight)


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
    if less and _QUALITY.search(words) and (weight is None or last.points is None or last.points + (d.points or 0) > weight
                                            or not _QUALITY.fullmatch(before)):
        total = sum((x.points or Decimal(0) for x in rule_awards(chain, d)), Decimal(0))
        return weight is None or last.points is None or total > weight or bool(_QUALITY.search(before)) \
            or len(_GENERIC.sub("", rule.content(d.own))) <= 10
    graded = re.compile(r"(?:优秀|良好|合格|一般|较好|较差|好|中|差|优|良|国家级|省级|市级|区级|县级|[ABCDＡＢＣ]级|[ABCD]类|"
                        r"[一二三四五]等|特等|金奖|银奖|铜奖|[一二三]等奖|全部|部分|基本)")
    return (less or more) and bool(graded.search(words) and graded.search(before)) and len(words) <= 16


def rule_awards(chain: Sequence[Draft], d: Draft) -> list[Draft]:
    """The awards of a chain together with one more."""
    return [*(x for x in chain if x.kind in ("award", "tier")), d]


def _too_much(drafts: list[Draft], weight: Decimal) -> None:
    """Two flat awards that together exceed the weight, with nothing between them, exclude one another where a zero follows."""
    if sum(d.kind == "award" for d in drafts) != 2:
        return
    for a, b in pairwise(drafts):
        if a.kind == b.kind == "award" and a.group is None and b.group is None and a.applies == b.applies and a.points and b.points \
                and a.points + b.points > weight and max(a.points, b.points) <= weight:
            numbers = [d.group for d in drafts if d.group is not None]
            a.group = b.group = max(numbers, default=-1) + 1


def _boundaries(drafts: list[Draft]) -> None:
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
