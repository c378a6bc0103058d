"""Rates whose operands are told in other words than a share's: per head (人均, 每千人口), and by what did not pass (抽检640批次，不合格16批次，合格率97.5%)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from extractor.relations.model import Relation
from extractor.relations.names import Names
from extractor.relations.tagged import ACTUAL, AVERAGE, SHARE
from extractor.report import Figure
from patterns import expressions as re

_PER = re.compile(
    r"(?:(?P<head>[人户])均|每(?P<many>百|千|万|十万)?(?P<whose>常住|户籍|服务|参保|城镇|农村)?(?P<of>人口?|名?老人|户)(?:拥有|平均|的|有)?)"
    r"(?P<name>[^，。；：]{2,20}?)(?:为|达到?|是|有|约|已达)*$")
_MANY = {None: 1, "百": 100, "千": 1000, "万": 10000, "十万": 100000}
_BRACKETS = re.compile(r"[（(][^（）()]*[）)]")
_TOWN = re.compile("建成区|城区|城镇|主城|中心城|城市")  # a scope that the one must share with the other
_YEARLY = re.compile("GDP|生产总值|收入|支出|消费|增加值|产值|费|资金|投入")  # divided by a year's average of people, not by those of one day
_PEOPLE = re.compile("人口(?:数|总数|为|是|达到?|约|共|有)*$")
_RATE = re.compile("([\u4e00-\u9fff]{2})率(?:为|达到?|是|约|保持在)?$")
_FAR = 2  # sentences


def rates(names: Names, kinds: Mapping[int, str], text: str, figures: Sequence[Figure], found: Sequence[Relation]) -> Iterator[Relation]:
    """The rates of a paragraph's figures that are per head, and those of what is left when the failed ones are taken away."""
    known = {r.percent for r in found if r.type == "ratio"}
    for k, f in enumerate(figures):
        before = [g for g in figures[:k] if f.sentence - g.sentence <= _FAR and g.number is not None and g.high is None]
        if f.index in known or f.number is None or f.high is not None or f.bound:
            continue
        words = _BRACKETS.sub("", re.split("[，；。：\n]", text[max(0, f.start - 60):f.start])[-1])
        if kinds.get(f.index) in (ACTUAL, AVERAGE) and (m := _PER.search(words)):
            yield from _per_head(names, kinds, text, before, f, m)
        elif kinds.get(f.index) == SHARE and (m := _RATE.search(words)):
            yield from _of_the_rest(names, kinds, before, f, m[1])


def _per_head(names: Names, kinds: Mapping[int, str], text: str, before: Sequence[Figure], f: Figure, m: re.Match[str]) -> Iterator[Relation]:
    if _YEARLY.search(m["name"]):
        return
    label = {g.index: _BRACKETS.sub("", re.split("[，；。：\n]", text[max(0, g.start - 60):g.start])[-1]) for g in before}
    homes = m["head"] == "户" or m["of"] == "户"
    wholes = [g for g in before if kinds.get(g.index) == ACTUAL and (names.family[g.index] == "户" or g.unit.lstrip("万亿") == "户" if homes else _PEOPLE.search(label[g.index]))
              and (m["whose"] or "") in label[g.index]]
    parts = [g for g in before if kinds.get(g.index) == ACTUAL and names.family[g.index] == names.family[f.index] and g not in wholes
             and label[g.index].endswith(names.core(m["name"]))]
    if len({w.base for w in wholes}) != 1 or len({p.base for p in parts}) != 1:
        return
    part, whole = parts[-1], wholes[-1]
    scopes = {bool(_TOWN.search(label[g.index])) for g in (part, whole)}
    if len(scopes) == 1:
        yield Relation("ratio", min(part.start, whole.start), f.end, "per-head", part=part.index, whole=whole.index, percent=f.index, per=Decimal(_MANY[m["many"]]))


def _of_the_rest(names: Names, kinds: Mapping[int, str], before: Sequence[Figure], f: Figure, stem: str) -> Iterator[Relation]:
    near = [g for g in before if g.sentence == f.sentence and kinds.get(g.index) == ACTUAL]
    told = {g.index: "".join(names.labels[g.index]) for g in near if g.index in names.labels}
    failed = [g for g in near if any(no + stem in told.get(g.index, "") for no in "不未")]
    if len(failed) != 1 or any(stem in told.get(g.index, "") for g in near if g is not failed[0]):
        return
    wholes = [g for g in near if g.index < failed[0].index and names.family[g.index] == names.family[failed[0].index]]
    if len(wholes) == 1 and wholes[0].number and (wholes[0].base or wholes[0].number) > (failed[0].base or failed[0].number or 0):
        yield Relation("ratio", wholes[0].start, f.end, "rest", part=failed[0].index, whole=wholes[0].index, percent=f.index, rest=True)
