"""One quantity told more than once: figures of one subject, scope, period and measure.

The words tie figures together where two of them are told with the very same, sufficiently telling words; that says it, and can convict where
the values differ. An equal value ties them where the words are about the same thing: a mention that is definite (全部17条河流, 42家单位中),
words that share the thing's name, a cell of the annex that repeats its row's part of the narrative; that can only back a claim.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from extractor.relations.evidence import Weights, repeats, suffices
from extractor.relations.mentions import ALL, MEASURE, Mention, digits_of, kind_of, mention_of, retelling
from extractor.relations.model import Relation
from extractor.relations.named import named
from extractor.relations.names import Names
from extractor.relations.tagged import PERSONS
from patterns import expressions as re
from patterns.units import by_spelling

_BACK = re.compile("(?:中|里|之[中内]|的|已?全部|均|都|没有一|无一|已?逐[一个条项])")
_BACK_AT = re.compile(r"(?:上述|前述|这|今年的?|含在|计入|占)[^|]*\||\|(?:没有一|全部|均|都|之[内中外]|[以]外|的|中)")  # a mention that can only look back
_OCCASIONS = frozenset(("次", "场", "期", "天", "场次", "轮"))  # told again by their number alone as seldom as not
_THAT = re.compile("(?:上述|这|该|前述)[^，。；]{0,4}$")
_PEOPLE = PERSONS | {"户", "人次"}
_TIMES = ("小时", "分钟", "天", "月", "年")
_OPPOSED = re.compile("|".join(
    f"{a}[^/]*/[^/]*{b}|{b}[^/]*/[^/]*{a}" for a, b in (
        ("收入", "支出"), ("进口", "出口"), ("城镇", "农村"), ("货物", "服务"), ("小学", "初中"), ("新增", "累计"), ("计划", "实际"), ("预算", "决算"))))
_GENERIC = re.compile("[个家项所件条处次]?(?:项目|企业|单位|部门|问题|人员|机构|重点|工作|方面|资金|经费|指标|任务|设施|服务|系统|活动|会议|领域|行业|地区)?")
_ABOUT, _BESIDE = 1, 5.0  # sentences about another number of the row, and what standing there weighs


def same(names: Names, sentences: Mapping[int, str], rows: Mapping[int, str], inside: frozenset[int], series: frozenset[int],
         headings: Mapping[int, str]) -> Iterator[Relation]:
    """The groups of figures that tell one quantity. sentences: their words by index; rows: the names of the annex's indicators;
    inside: figures read as parts of a total; series: those told in a list; headings: those that sentences stand under."""
    weights = Weights(sentences, rows, headings)
    every = [mention_of(f, names.labels[f.index], weights) for f in names.figures
             if f.number and f.high is None and f.role != "limit" and f.index in names.labels]
    mentions = [m for m in every if m.figure.role != "target"]
    by_value: dict[tuple[str, Decimal, str], list[Mention]] = defaultdict(list)
    for m in every:
        f = m.figure
        value = f.base if f.base is not None and f.unit not in ("%", "‰") else f.number
        if value is not None:
            by_value[kind_of(f, names), value, f.role].append(m)
    yield from _grouped([g for g in by_value.values() if len(g) > 1], weights)
    yield from named([m for m in mentions if not m.figure.bound and not m.figure.scope.plan], names, inside, series, weights)


def _grouped(groups: Sequence[list[Mention]], weights: Weights) -> Iterator[Relation]:
    """Of mentions of one value each, those of one thing. The cells of a row are read twice: where one of them found its place in the
    narrative, the others are looked for about there."""
    told = [_sets([m for m in g if m.figure.indicator is None], len(g), weights) for g in groups]
    places: dict[int, set[int]] = defaultdict(set)
    homes: dict[int, list[Mention]] = {}
    for _ in range(2):
        for group, sets in zip(groups, told, strict=True):
            for m in group:
                row = m.figure.indicator
                if row is None or m.figure.index in homes:
                    continue
                home = _home(m, sets, len(group), weights, places.get(row, set()))
                if home is not None:
                    homes[m.figure.index] = home
        for group in groups:
            for m in group:
                home = homes.get(m.figure.index)
                if home is not None and m not in home:
                    home.append(m)
                    if m.figure.indicator is not None:
                        places[m.figure.indicator].update(x.figure.sentence for x in home if x.figure.indicator is None)
    for sets in told:
        for s in sets:
            if len(s) > 1 and (s[0].figure.role != "target" or s[-1].figure.indicator is not None):
                yield retelling("value", s, said=False)


def _sets(told: Sequence[Mention], often: int, weights: Weights) -> list[list[Mention]]:
    """The mentions of one value in the narrative, by the thing that they are of."""
    sets: list[list[Mention]] = []
    for m in told:
        home = next((s for s in sets if any(_one_thing(a, m) or _agree(a, m, often, weights) for a in s)), None)
        if home is None:
            sets.append([m])
        else:
            home.append(m)
    return sets


def _agree(a: Mention, b: Mention, often: int, weights: Weights) -> bool:
    """Whether the words about two mentions of one value are enough for a number so common."""
    f = a.figure
    if f.role != "actual" or f.base_unit in _TIMES or f.unit == "倍" or (f.number == 1 and f.text.startswith("一")) or f.scope.plan != b.figure.scope.plan or _opposed(a, b):
        return False
    if not b.head and a.digits > 1 and _BACK_AT.search(b.raw.head + "|" + b.raw.tail) and f.unit == b.figure.unit:
        return a.digits > 2 or f.sentence == b.figure.sentence
    if f.sentence == b.figure.sentence:  # 开展联合会商13次，…，13次联合会商中有6次
        return not b.head and a.figure.index + 1 != b.figure.index and len(stretch(a.told, b.tail)) > (1 if a.digits > 1 else 2)
    return suffices(a.digits, f.unit, often, *weights.told(a.place, b.place))


def _one_thing(a: Mention, b: Mention) -> bool:
    """Whether two mentions of one value in the narrative tell one thing."""
    digits = a.digits
    if a.figure.role == "change":
        subject = a.figure.subject
        return digits > 2 and a.figure.unit == "%" and len(subject) >= 6 and subject == b.figure.subject and MEASURE.search(subject) is None
    if a.figure.unit in ("%", "‰"):
        return digits > 2 and _share(a, b, 3) and "占" not in a.told + b.told and not _opposed(a, b)
    apart = abs(a.figure.sentence - b.figure.sentence)
    if a.figure.unit == b.figure.unit and not _opposed(a, b):
        alike = len(a.place.wide & b.place.wide) >= 2
        if apart == 0 and digits > 2 and _THAT.search(b.raw.head):
            return True  # 不计入上述2,986具
        if apart and digits > 2 and a.figure.base_unit not in _TIMES and _shared(a.words, b.words) > (digits < 4) and alike \
                and (digits > 3 or _GENERIC.fullmatch(stretch(a.words, b.words)) is None):
            return True  # so uncommon a number, of words that are alike
        if apart and a.left and b.left and (digits > 1 or alike):
            return True  # 未完成的62座 … 还剩62座
        if apart == 1 and len(b.raw.head) <= 1 and _shared(a.head[-8:] + "|" + a.tail[:4], b.tail) > 1 and a.figure.unit not in _OCCASIONS:
            return True  # 镇级共同配送站7个。7个镇级站全部通过验收
    if apart <= 1 and ALL.match(b.raw.tail) and len(b.head) <= 2:
        return not _opposed(a, b)  # 查出无证取水5宗，…5宗全部整治到位
    if b.definite:
        noun = stretch(a.told, b.tail)
        if len(noun) >= (2 if digits > 1 or noun == a.head else 3) and b.tail.startswith(noun):
            return apart != 0 and not _opposed(a, b)  # 17条河流 … 对17条河流
    if apart and _counted_again(a, b):
        return not _opposed(a, b)
    if digits <= 1 or apart == 0 or a.figure.base_unit in _TIMES:
        return False
    if digits > 3 and a.figure.base_unit in _PEOPLE and b.figure.base_unit in _PEOPLE:
        return not _opposed(a, b)  # so uncommon a count is told of one thing
    half = min(len(a.told), len(b.told)) // 2
    need = max({2: 3}.get(digits, 2), min(half, 4) if digits > 3 else 0)
    return _share(a, b, need) and _GENERIC.fullmatch(stretch(a.told, b.told)) is None and not _opposed(a, b)


def _share(a: Mention, b: Mention, length: int) -> bool:
    """Whether two labels share a stretch of some length."""
    return not a.pieces[length].isdisjoint(b.pieces[length])


def _opposed(a: Mention, b: Mention) -> bool:
    return _OPPOSED.search(a.told + "/" + b.told) is not None


def _counted_again(a: Mention, b: Mention) -> bool:
    """Whether a count of things is told again: by the thing's name (10个镇街 … 10个镇街), by the words that lead to it (阅读品牌六个), by a
    mention that can only look back (356人全部宣告, 9人中6人), or by a number so uncommon close by."""
    n, apart = a.figure.number, b.figure.sentence - a.figure.sentence
    known = by_spelling().get(a.figure.unit)
    if n is None or n < 2 or n != n.to_integral_value() or known is None or known.dimension != "count" or a.figure.scope.plan != b.figure.scope.plan:
        return False
    if a.figure.unit in _OCCASIONS:
        return False
    noun = common_start(a.tail, b.tail)
    if len(noun) >= 2 and _GENERIC.fullmatch(noun) is None and (n >= 10 or len(noun) >= 4 or (n >= 4 and len(noun) >= 3)):
        return True
    lead = common_start(a.head[::-1], b.head[::-1])[::-1]
    if len(lead) >= 2 and _GENERIC.fullmatch(lead) is None and not a.tail and not b.tail and (n >= 10 or len(lead) >= 4):
        return True
    if not b.head and _BACK.match(b.raw.tail) and apart > 0:
        return apart <= (40 if n >= 100 else 12 if n >= 10 else 3)
    return n >= 100 and digits_of(a.figure) > 2 and 0 < apart <= 8 and len(stretch(a.told, b.told)) > 0


def common_start(a: str, b: str) -> str:
    """What two texts begin with in common."""
    return a[:next((k for k, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))]


def _home(cell: Mention, sets: Sequence[list[Mention]], often: int, weights: Weights, beside: set[int]) -> list[Mention] | None:
    """The quantity that a cell of the annex repeats: the one whose words agree most with the cell's, where they suffice for a number so
    common. beside: the sentences of the narrative that other numbers of the row were found in."""
    scored: list[tuple[float, bool, list[Mention]]] = []
    for s in sets:
        told = max((weights.told(cell.place, m.place) for m in s), key=lambda t: t[0] + t[1] / 2)
        near = any(abs(m.figure.sentence - x) <= _ABOUT for m in s for x in beside if m.figure.indicator is None)
        scored.append((told[0] + told[1] / 2 + (_BESIDE if near else 0), repeats(cell.digits, cell.figure.unit, often, *told, near), s))
    scored.sort(key=lambda x: -x[0])
    if not scored or not scored[0][1] or (len(scored) > 1 and scored[1][0] >= scored[0][0]):
        return None
    return scored[0][2]


def stretch(a: str, b: str) -> str:
    """The longest stretch that two labels share."""
    best = ""
    for i in range(len(a)):
        while i + len(best) < len(a) and "|" not in a[i:i + len(best) + 1] and a[i:i + len(best) + 1] in b:
            best = a[i:i + len(best) + 1]
    return best


def _shared(a: str, b: str) -> int:
    """The length of the longest stretch that two labels share."""
    return len(stretch(a, b))
