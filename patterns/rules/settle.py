"""What only the whole rule can tell: levels beside levels, alternatives, headings, a slash, and what a weight settles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from patterns import expressions as re
from patterns.clause import CENTRAL, OTHER
from patterns.rules.alternatives import boundaries, groups, measure_of
from patterns.rules.conditions import GENERIC, GOAL
from patterns.rules.draft import Draft
from patterns.rules.grammar import Builder
from patterns.rules.headings import headings
from patterns.rules.levels import Level, levels

_COMPLETION = re.compile(r"完成|达到|实现|目标|任务|指标|比例|进度")


def settle(rule: Builder, drafts: list[Draft], district_class: str | None) -> list[Draft]:
    """The drafts of one rule, settled; group numbers are given."""
    drafts = headings(rule, _without_sum(rule, drafts))
    drafts = _weak(rule, drafts)
    _counted_levels(rule, drafts)
    _flat_steps(rule, drafts)
    _fixed(rule, drafts)
    _goal_met(rule, drafts)
    _slashes(rule.weight, drafts, district_class)
    _none_at_all(rule, drafts)
    groups(rule, drafts)
    drafts = [d for d in drafts if d.kind != "zero" or d.group is not None or not rule.text[d.start:d.end].rstrip("，。；").endswith("加分")]
    drafts = _without_other_things(rule, drafts)
    _lead_of_ladder(drafts)
    boundaries(drafts)
    _parts(rule.weight, drafts)
    for k, d in enumerate(drafts):
        if d.full and d.kind == "tier" and d.points is None:
            d.points = rule.weight
        if d.kind == "prorata" and d.points is None:
            d.points = _rest(rule, drafts, k)
    return drafts


_HAPPENS = re.compile("未|没有|不(?!计分|予计分)|发生|出现|已|低于|超|逾|迟|漏|瞒|假|违|因|被|如|若|凡|再|每|的$|\\d")


def _without_other_things(rule: Builder, drafts: list[Draft]) -> list[Draft]:
    """个人表彰不计分 behind 集体表彰每项加1分: what does not count is named, which takes nothing away."""
    def only_named(k: int, d: Draft) -> bool:
        text = rule.text[d.start:d.end].rstrip("，。；")
        said = rule.text[d.own[0][0]:d.own[-1][1]].strip("，。；的") if d.own else ""
        return d.kind == "zero" and d.group is None and k > 0 and drafts[k - 1].kind in ("each", "award") and text.endswith("计分") \
            and 2 <= len(said) <= 16 and _HAPPENS.search(said) is None

    kept = [d for k, d in enumerate(drafts) if not only_named(k, d)]
    rule.absorbed += [(d.start, d.end) for d in drafts if d not in kept]
    return kept


def _without_sum(rule: Builder, drafts: list[Draft]) -> list[Draft]:
    """（4分）明确科室的2分；配备人员的2分: points that stand alone before a rule are what its row is worth."""
    first = drafts[0] if len(drafts) > 1 else None
    if first is None or not first.bare or first.points != rule.weight or rule.content(first.own) or first.start > 2:
        return drafts
    rule.absorbed.append((first.start, first.end))
    return drafts[1:]


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


_SCORED = re.compile("[\u4e00-\u9fff]{0,2}(?:率|完成|进度|比例|满意度|百分数)")


def _weak(rule: Builder, drafts: list[Draft]) -> list[Draft]:
    """以完成率计分 says only what the levels and deductions beside it are about, unless these are all of another matter."""
    strong = [d for d in drafts if "weak" not in d.notes and not (d.kind == "zero" and rule.text[d.start:d.end].rstrip("，。；").endswith("加分"))]
    weak = [d for d in drafts if "weak" in d.notes]
    if not weak or not any(d.kind in ("tier", "deduct", "each", "award", "full", "zero") for d in strong):
        return drafts
    apart = False
    for d in strong[:60] if len(weak) == 1 else ():
        if d.piece > weak[0].piece and not (apart and len(measure_of(rule, d)) < 4):  # a further level is of the matter of the one before
            apart = _of_another_matter(rule, weak[0], d)
        if d.piece <= weak[0].piece or not apart:
            apart = False
            break
    if apart:
        return drafts
    for d in weak:
        for other in strong[:60]:
            if other.start >= d.end:
                other.shared = other.shared or d.own
    return strong


def _of_another_matter(rule: Builder, weak: Draft, other: Draft) -> bool:
    """Whether a clause beside 按改造任务完成率计分 scores a matter of its own (改造后未达标的，每家减1分) and not that rate."""
    if other.inherited or (other.kind == "deduct" and other.per_unit in ("个百分点", "百分点", "%")):
        return False
    own = measure_of(rule, other)
    rate = _SCORED.findall(rule.content(weak.own))
    return len(own) >= (4 if other.level else 2) and not any(word[-3:] in rule.content(other.own) for word in rate) and not re.match("未|没有|不足|低于|否则|其余|其他", own)


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
                d.thin = len(GENERIC.sub("", rule.content(d.own))) < 2
    tiers = [d for d in drafts if d.kind == "tier" and d.level]
    _spaced(tiers)
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
            elif _taken_above(rule, drafts, d):
                d.level = replace(level, lower=None, upper=level.lower, exact=False)
            elif len(after.strip("的，、")) <= 6 and not re.search("全|都|均|齐|达标|完成|落实|到位",
                                                                   after) and level.lower is not None and level.lower > 1 and level.unit:
                d.level = replace(level, upper=None, exact=False)
            else:
                d.kind, d.level = ("full" if d.full else "award"), None


_ABOVE = re.compile("每(?:超|高|多|增加|上升|延长|突破|晚|推迟)")


def _taken_above(rule: Builder, drafts: Sequence[Draft], d: Draft) -> bool:
    """Whether the deduction right behind a level counts what lies above it: 办理时间2个工作日得5分，每超过1个工作日扣1分."""
    after = drafts[drafts.index(d) + 1:][:1]
    return any(x.kind == "deduct" and d.level is not None and x.per_unit == d.level.unit and x.sentence == d.sentence
               and _ABOVE.search(rule.text[x.start:x.end]) is not None for x in after)


def _spaced(tiers: Sequence[Draft]) -> None:
    """净增100人得2分，净增50人得1分: exact numbers with room between them are what must be reached; 3家, 2家, 1家 are themselves.

    Where less earns more (3天得5分，5天得3分) they are what must not be exceeded.
    """
    for sentence in dict.fromkeys(d.sentence for d in tiers):
        steps = [d for d in tiers if d.sentence == sentence and d.level and d.level.exact and d.level.lower == d.level.upper and d.points]
        steps.sort(key=lambda d: d.level.lower or Decimal(0) if d.level else Decimal(0), reverse=True)
        numbers = [d.level.lower for d in steps if d.level and d.level.lower is not None]
        points = [d.points for d in steps if d.points is not None]
        if len(steps) < 2 or len({d.level.unit for d in steps if d.level}) > 1 or len(steps) < sum(d.sentence == sentence for d in tiers):
            continue
        if all(a - b > 1 for a, b in pairwise(numbers)) and all(a > b for a, b in pairwise(points)):
            for k, d in enumerate(steps):
                if d.level is not None:
                    d.level = replace(d.level, upper=numbers[k - 1] if k else None, upper_open=k > 0, exact=False)
        elif all(a - b > 1 for a, b in pairwise(numbers)) and all(a < b for a, b in pairwise(points)):
            for k, d in enumerate(steps):
                last = k + 1 == len(steps)
                if d.level is not None:
                    d.level = replace(d.level, lower=None if last else numbers[k + 1], lower_open=not last, upper=d.level.lower, exact=False)


def _lead_of_ladder(drafts: Sequence[Draft]) -> None:
    """培训120人次得4分，100—120人次得2分: the number that a range below it ends with, and that earns more, is what must be reached."""
    for d in drafts:
        level = d.level
        if d.kind == "tier" and level is not None and level.exact and level.upper is not None and level.lower == level.upper and d.group is not None:
            beside = [x for x in drafts if x is not d and x.group == d.group and x.level is not None and x.points]
            if beside and all(x.level and x.level.ranged and x.level.upper is not None and x.level.upper <= level.upper for x in beside) \
                    and any(x.level and x.level.upper == level.upper for x in beside) and all((d.points or Decimal("Inf")) > (x.points or 0) for x in beside):
                d.level = replace(level, upper=None, exact=False)


def _parts(weight: Decimal | None, drafts: Sequence[Draft]) -> None:
    """得95%以上的3分，90%—95%（含90%）60%的分值: a part of what the best level of its scale gives, which need not be the row's points."""
    for d in drafts:
        if d.part is None or d.group is None or d.kind not in ("tier", "award"):
            continue
        best = [weight if x.full else x.points for x in drafts if x.group == d.group and x.part is None]
        most = max((x for x in best if x), default=None)
        if most:
            d.points = (most * d.part).normalize()


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


def _goal_met(rule: Builder, drafts: list[Draft]) -> None:
    """A goal met beside percentage tiers is the tier from 100%."""
    for k, d in enumerate(drafts):
        if d.kind not in ("full", "award") or d.per is not None or d.level:
            continue
        words = rule.text[d.own[0][0]:d.own[-1][1]] if d.own else ""
        if not GOAL.search(words):
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
        measure = measure_of(rule, first)
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


