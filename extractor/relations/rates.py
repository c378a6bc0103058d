"""Rates whose operands are told in other words than a share's: per head (人均, 每千人口), and by what did not pass (抽检640批次，不合格16批次，合格率97.5%)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from extractor.relations.forms import words
from extractor.relations.model import Relation
from extractor.relations.names import Names
from extractor.relations.tagged import ACTUAL, AVERAGE, PERSONS, SHARE, TARGET
from extractor.report import Figure
from patterns import expressions as re
from patterns.units import by_spelling

_PER = re.compile(
    r"(?:(?P<head>[人户亩])均|每(?P<many>百|千|万|十万)?(?P<whose>常住|户籍|服务|参保|城镇|农村)?(?P<of>人口?|名?老人|户|亩)(?:拥有|平均|的|有)?)"
    r"(?P<name>[^，。；：]{2,20}?)?(?:为|达到?|是|有|约|已达)*$")
_WEIGHED = re.compile(r"每(?P<unit>公斤|千克|斤|吨|公里|米|平方米|立方米|公顷|千瓦时|度)(?:为|约)?$")
_MANY = {None: 1, "百": 100, "千": 1000, "万": 10000, "十万": 100000}
_BRACKETS = re.compile(r"[（(][^（）()]*[）)]")
_TOWN = re.compile("建成区|城区|城镇|主城|中心城|城市")  # a scope that the one must share with the other
_YEARLY = re.compile("GDP|生产总值|收入|支出|消费|增加值|产值|费|资金|投入")  # divided by a year's average of people, not by those of one day
_PEOPLE = re.compile("人口(?:数|总数|为|是|达到?|约|共|有)*$")
_RATE = re.compile("(?<![不未])([\u4e00-\u9fff]{2})率(?:为|达到?|是|约|保持在)?$")
_SAVED = re.compile(f"{words()['saved']}率(?:为|达到?|是|约)?$")
_ALLOWED, _SPENT = re.compile("预算|控制价|概算|送审|报审|计划|估算"), re.compile("实际|中标|成交|采购|支出|审定|决算|执行|支付|使用")
_TOLD = re.compile("(?:为|是|有|达到?|共计?|合计|约|已|现有|拥有)+$")
_FAR = 2  # sentences


def rates(names: Names, kinds: Mapping[int, str], text: str, figures: Sequence[Figure], found: Sequence[Relation]) -> Iterator[Relation]:
    """The rates of a paragraph's figures that are per head, and those of what is left when the failed ones are taken away."""
    known = {r.percent for r in found if r.type == "ratio"}
    for k, f in enumerate(figures):
        before = [g for g in figures[:k] if f.sentence - g.sentence <= _FAR and g.number is not None and g.high is None]
        if f.index in known or f.number is None or f.high is not None or f.bound:
            continue
        told = _BRACKETS.sub("", re.split("[，；。：\n]", text[max(0, f.start - 60):f.start])[-1])
        if kinds.get(f.index) in (ACTUAL, AVERAGE) and (m := _PER.search(told)):
            yield from _per_head(names, kinds, text, before, f, m)
        elif kinds.get(f.index) in (ACTUAL, AVERAGE) and (m := _WEIGHED.search(told)):
            yield from _per_unit(kinds, names, before, f, m["unit"])
        elif kinds.get(f.index) == SHARE and (m := _SAVED.search(told)):
            yield from _of_the_saved(names, kinds, before, f)
        elif kinds.get(f.index) == SHARE and (m := _RATE.search(told)):
            yield from _of_the_rest(names, kinds, before, f, m[1])


def _per_head(names: Names, kinds: Mapping[int, str], text: str, before: Sequence[Figure], f: Figure, m: re.Match[str]) -> Iterator[Relation]:
    if m["name"] and _YEARLY.search(m["name"]) and m["head"] != "亩":
        return
    label = {g.index: _TOLD.sub("", _BRACKETS.sub("", re.split("[，；。：\n]", text[max(0, g.start - 60):g.start])[-1])) for g in before}
    unit = next((u for u in "户亩" if u in (m["head"], m["of"])), "")
    among = [g for g in before if kinds.get(g.index) == ACTUAL and (m["whose"] or "") in label[g.index]]
    wholes = [g for g in among if (g.unit.lstrip("万亿") == unit if unit else _PEOPLE.search(label[g.index]))]
    if not m["name"] and m["head"] == "人":  # 向1,260名环卫工人发放75.6万元，人均600元
        wholes = [g for g in among if g.unit.lstrip("万亿") in PERSONS and g.sentence == f.sentence]
    kin = [g for g in before if kinds.get(g.index) == ACTUAL and names.family[g.index] == names.family[f.index] and g not in wholes]
    parts = [g for g in kin if label[g.index].endswith(m["name"]) or names.core(label[g.index]).endswith(names.core(m["name"]))] if m["name"] else kin
    if len({w.base for w in wholes}) != 1 or len({p.base for p in parts}) != 1:
        return
    part, whole = parts[-1], wholes[-1]
    scopes = [_TOWN.search(label[g.index]) for g in (part, whole)]
    own = scopes[1] is not None and scopes[0] is None and scopes[1][0] in m.string[:m.start()]  # 建成区人口, 建成区人均公园绿地
    if (scopes[0] is None) == (scopes[1] is None) or own:
        yield Relation("ratio", min(part.start, whole.start), f.end, "per-head", part=part.index, whole=whole.index, percent=f.index, per=_MANY[m["many"]] * _one(whole))


def _one(f: Figure) -> Decimal:
    """One of a figure's unit, its 万 and 亿 aside, in base units: 1 for people, 666.7 (平方米) for 亩."""
    if f.base is None or not f.number:
        return Decimal(1)
    return f.base / f.number / (10000 if f.unit.startswith("万") else 100000000 if f.unit.startswith("亿") else 1)


def _of_the_rest(names: Names, kinds: Mapping[int, str], before: Sequence[Figure], f: Figure, stem: str) -> Iterator[Relation]:
    near = [g for g in before if g.sentence == f.sentence and kinds.get(g.index) == ACTUAL]
    told = {g.index: "".join(names.labels[g.index]) for g in near if g.index in names.labels}
    failed = [g for g in near if any(no + stem in told.get(g.index, "") for no in "不未")]
    if len(failed) != 1 or any(stem in told.get(g.index, "") for g in near if g is not failed[0]):
        return
    wholes = [g for g in near if g.index < failed[0].index and names.family[g.index] == names.family[failed[0].index]]
    if len(wholes) == 1 and wholes[0].number and (wholes[0].base or wholes[0].number) > (failed[0].base or failed[0].number or 0):
        yield Relation("ratio", wholes[0].start, f.end, "rest", part=failed[0].index, whole=wholes[0].index, percent=f.index, rest=True)


def _of_the_saved(names: Names, kinds: Mapping[int, str], before: Sequence[Figure], f: Figure) -> Iterator[Relation]:
    """What was not spent of what was allowed: 预算9,500万元，实际采购9,120万元，节约率4%."""
    near = [g for g in before if g.sentence == f.sentence and kinds.get(g.index) in (ACTUAL, TARGET) and g.index in names.labels]
    for allowed, spent in zip(near[-2:], near[-1:], strict=False):
        heads = names.labels[allowed.index].head, names.labels[spent.index].head
        if names.family[allowed.index] == names.family[spent.index] and _ALLOWED.search(heads[0]) and _SPENT.search(heads[1]):
            yield Relation("ratio", allowed.start, f.end, "saved", part=spent.index, whole=allowed.index, percent=f.index, rest=True)


def _per_unit(kinds: Mapping[int, str], names: Names, before: Sequence[Figure], f: Figure, name: str) -> Iterator[Relation]:
    """What one of a measure costs or yields: 收购1,450吨，支付406万元，折合每公斤2.80元; the two told in its sentence, and no other of their kinds."""
    unit = by_spelling().get(name)
    near = [g for g in before if g.sentence == f.sentence and kinds.get(g.index) == ACTUAL]
    wholes = [g for g in near if unit is not None and g.base_unit == unit.base]
    parts = [g for g in near if names.family[g.index] == names.family[f.index]]
    if unit is not None and len(wholes) == len(parts) == 1:
        yield Relation("ratio", min(wholes[0].start, parts[0].start), f.end, "per-head", part=parts[0].index, whole=wholes[0].index, percent=f.index, per=unit.factor)
