"""One quantity told more than once: figures of one subject, scope, period and measure.

The words tie figures together where two of them are told with the very same, sufficiently telling words; that says it, and can convict where
the values differ. An equal value ties them where the words are about the same thing: a mention that is definite (全部17条河流, 42家单位中),
words that share the thing's name, a cell of the annex that repeats its row's part of the narrative; that can only back a claim.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cached_property

from extractor.relations.evidence import Place, Weights, pairs, repeats, suffices
from extractor.relations.forms import words
from extractor.relations.model import Relation
from extractor.relations.names import Names
from extractor.relations.tagged import PERSONS, Label
from extractor.report import Figure
from patterns import expressions as re
from patterns.records import dataclass
from patterns.units import by_spelling

EMPTY = re.compile(
    "(?:19|20)\\d\\d年度?|全年|年内|当年|本年|截至?止?|目前|[年月]底|年末|全[区县市镇乡省国部]|[我本][区县市镇乡省局办]|区内|县内|辖区|"
    "共有?|总计|合计|累计|已有?|现有|分别|均|都|为|是|有(?![效限机关害色])|达到?|约|近|的|了|其中|对|于|在|将|把|向|由|从|和|与|及|等|完成|实际|〓|□|[“”\\d.]")
_DEFINITE = re.compile("(?:这|上述|以上|前述|年末|年底|全年|当年|年内|随后|全部|对|把|将|向|给|全[区县市镇省]|[我本该][区县市镇省]|辖区|内|上年|[^\\u4e00-\\u9fff])*$")
_ALL = re.compile("(?:已?全部|均|都|已?逐[一个条项]|悉数|无一)")
_BACK = re.compile("(?:中|里|之[中内]|的|已?全部|均|都|没有一|无一|已?逐[一个条项])")
_BACK_AT = re.compile(r"(?:上述|前述|这|今年的?|含在|计入|占)[^|]*\||\|(?:没有一|全部|均|都|之[内中外]|[以]外|的|中)")  # a mention that can only look back
_OCCASIONS = frozenset(("次", "场", "期", "天", "场次", "轮"))  # told again by their number alone as seldom as not
_THAT = re.compile("(?:上述|这|该|前述)[^，。；]{0,4}$")
_TELLING = 8  # characters of a subject that names one thing in a report
_PEOPLE = PERSONS | {"户", "人次"}
_TIMES = ("小时", "分钟", "天", "月", "年")
_OPPOSED = re.compile("|".join(
    f"{a}[^/]*/[^/]*{b}|{b}[^/]*/[^/]*{a}" for a, b in (
        ("收入", "支出"), ("进口", "出口"), ("城镇", "农村"), ("货物", "服务"), ("小学", "初中"), ("新增", "累计"), ("计划", "实际"), ("预算", "决算"))))
_GENERIC = re.compile("[个家项所件条处次]?(?:项目|企业|单位|部门|问题|人员|机构|重点|工作|方面|资金|经费|指标|任务|设施|服务|系统|活动|会议|领域|行业|地区)?")
_COMPLETE = 12
_NAME = 4
_DID = re.long(f"(?:{words()['done']})?")
_RARE = 6.0  # what the words of two mentions of exchanged digits share
_ABOUT, _BESIDE = 1, 5.0  # sentences about another number of the row, and what standing there weighs
_MEASURE = re.compile("年?(?:年初|当年)?(?:预算|决算)(?:执行|安排|支出|收入)?[数额]?")  # says which measure, not of what
_RATE = re.compile("^[^占比]{4,}率$")


@dataclass(frozen=True)
class Mention:
    """A figure with the words around it: head and tail without empty words, and those of its whole sentence."""

    figure: Figure
    head: str
    tail: str
    raw: Label
    place: Place

    @cached_property
    def told(self) -> str:
        return f"{self.head}|{self.figure.unit.lstrip('万亿')}{self.tail}"

    @cached_property
    def digits(self) -> int:
        return _digits(self.figure)

    @cached_property
    def definite(self) -> bool:
        return _DEFINITE.fullmatch(self.raw.head) is not None

    @cached_property
    def words(self) -> str:
        """Its head and tail without the unit."""
        return f"{self.head}|{self.tail[:8]}"

    @cached_property
    def left(self) -> bool:
        """Whether it tells what is left or missing."""
        return "left" in self.place.near

    @cached_property
    def pieces(self) -> dict[int, frozenset[str]]:
        """The stretches of two to four characters of what is told, by their length."""
        return {n: frozenset(p for k in range(len(self.told) - n + 1) if "|" not in (p := self.told[k:k + n])) for n in (2, 3, 4)}


def same(names: Names, sentences: Mapping[int, str], rows: Mapping[int, str], inside: frozenset[int], series: frozenset[int],
         headings: Mapping[int, str]) -> Iterator[Relation]:
    """The groups of figures that tell one quantity. sentences: their words by index; rows: the names of the annex's indicators;
    inside: figures read as parts of a total; series: those told in a list; headings: those that sentences stand under."""
    weights = Weights(sentences, rows, headings)
    every = [_mention(f, names.labels[f.index], weights) for f in names.figures
             if f.number and f.high is None and f.role != "limit" and f.index in names.labels]
    mentions = [m for m in every if m.figure.role != "target"]
    by_value: dict[tuple[str, Decimal, str], list[Mention]] = defaultdict(list)
    for m in every:
        f = m.figure
        value = f.base if f.base is not None and f.unit not in ("%", "‰") else f.number
        if value is not None:
            by_value[kind_of(f, names), value, f.role].append(m)
    yield from _grouped([g for g in by_value.values() if len(g) > 1], weights)
    yield from _named([m for m in mentions if not m.figure.bound and not m.figure.scope.plan], names, inside, series, weights)


def kind_of(f: Figure, names: Names) -> str:
    """What a figure counts or measures, so that two of one kind may be one quantity."""
    return "人" if f.unit.lstrip("万亿") in PERSONS else names.family[f.index]


def _mention(f: Figure, label: Label, weights: Weights) -> Mention:
    return Mention(f, EMPTY.sub("", label.head), EMPTY.sub("", label.tail), label, weights.place(label, f.unit, f.sentence, f.indicator))


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
                yield _relation("value", s, said=False)


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
        return not b.head and a.figure.index + 1 != b.figure.index and len(_stretch(a.told, b.tail)) > (1 if a.digits > 1 else 2)
    return suffices(a.digits, f.unit, often, *weights.told(a.place, b.place))


def _relation(form: str, mentions: Sequence[Mention], said: bool) -> Relation:
    first = mentions[0].figure
    return Relation("same", first.start, first.end, form, said=said, members=tuple(sorted(m.figure.index for m in mentions)))


def _digits(f: Figure) -> int:
    return len(str(f.number).replace(".", "").strip("0-"))


def _one_thing(a: Mention, b: Mention) -> bool:
    """Whether two mentions of one value in the narrative tell one thing."""
    digits = a.digits
    if a.figure.role == "change":
        subject = a.figure.subject
        return digits > 2 and a.figure.unit == "%" and len(subject) >= 6 and subject == b.figure.subject and _MEASURE.search(subject) is None
    if a.figure.unit in ("%", "‰"):
        return digits > 2 and _share(a, b, 3) and "占" not in a.told + b.told and not _opposed(a, b)
    apart = abs(a.figure.sentence - b.figure.sentence)
    if a.figure.unit == b.figure.unit and not _opposed(a, b):
        alike = len(a.place.wide & b.place.wide) >= 2
        if apart == 0 and digits > 2 and _THAT.search(b.raw.head):
            return True  # 不计入上述2,986具
        if apart and digits > 2 and a.figure.base_unit not in _TIMES and _shared(a.words, b.words) > (digits < 4) and alike \
                and (digits > 3 or _GENERIC.fullmatch(_stretch(a.words, b.words)) is None):
            return True  # so uncommon a number, of words that are alike
        if apart and a.left and b.left and (digits > 1 or alike):
            return True  # 未完成的62座 … 还剩62座
        if apart == 1 and len(b.raw.head) <= 1 and _shared(a.head[-8:] + "|" + a.tail[:4], b.tail) > 1 and a.figure.unit not in _OCCASIONS:
            return True  # 镇级共同配送站7个。7个镇级站全部通过验收
    if apart <= 1 and _ALL.match(b.raw.tail) and len(b.head) <= 2:
        return not _opposed(a, b)  # 查出无证取水5宗，…5宗全部整治到位
    if b.definite:
        noun = _stretch(a.told, b.tail)
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
    return _share(a, b, need) and _GENERIC.fullmatch(_stretch(a.told, b.told)) is None and not _opposed(a, b)


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
    noun = _alike(a.tail, b.tail)
    if len(noun) >= 2 and _GENERIC.fullmatch(noun) is None and (n >= 10 or len(noun) >= 4 or (n >= 4 and len(noun) >= 3)):
        return True
    lead = _alike(a.head[::-1], b.head[::-1])[::-1]
    if len(lead) >= 2 and _GENERIC.fullmatch(lead) is None and not a.tail and not b.tail and (n >= 10 or len(lead) >= 4):
        return True
    if not b.head and _BACK.match(b.raw.tail) and apart > 0:
        return apart <= (40 if n >= 100 else 12 if n >= 10 else 3)
    return n >= 100 and _digits(a.figure) > 2 and 0 < apart <= 8 and len(_stretch(a.told, b.told)) > 0


def _alike(a: str, b: str) -> str:
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


def _stretch(a: str, b: str) -> str:
    """The longest stretch that two labels share."""
    best = ""
    for i in range(len(a)):
        while i + len(best) < len(a) and "|" not in a[i:i + len(best) + 1] and a[i:i + len(best) + 1] in b:
            best = a[i:i + len(best) + 1]
    return best


def _shared(a: str, b: str) -> int:
    """The length of the longest stretch that two labels share."""
    return len(_stretch(a, b))


def _named(mentions: Sequence[Mention], names: Names, inside: frozenset[int], series: frozenset[int], weights: Weights) -> Iterator[Relation]:
    """Mentions whose words are the very same and telling, whatever their values."""
    by_name: dict[tuple[object, ...], list[Mention]] = defaultdict(list)
    opening: dict[int, int] = {}
    whole_of: set[int] = set()
    for f in names.figures:
        opening.setdefault(f.sentence, f.index)
    fit = [m for m in mentions if _comparable(m, names, inside, series)]
    repeated = {m.head for m in fit if not m.tail and len(m.head) >= 4 and m.figure.indicator is not None}
    heads = repeated | {m.head for m in fit if not m.tail and len(m.head) >= _TELLING - 2}
    for before, m in zip([None, *fit], fit, strict=False):
        f, kind = m.figure, kind_of(m.figure, names)
        whole = next((m.head + m.tail[:n] for n in range(2, 7) if m.tail and m.head + m.tail[:n] in heads), m.head)
        complete = opening[f.sentence] == f.index or len(whole) >= _COMPLETE  # later in a sentence, a short name may lack its subject
        if complete:
            whole_of.add(f.index)
        ends = not m.tail or _ALL.match(m.raw.tail) is not None  # the name ends before the figure
        if (complete or len(whole) >= _TELLING - 2 or whole in repeated) and whole in heads and (m.figure.indicator is not None or whole != m.head or ends):
            by_name[f.scope.part, whole, kind].append(m)  # 排查出问题户厕163座 … 排查出的136座问题户厕
        elif complete and len(m.head) >= 4 and len(m.head) + len(m.tail) >= _TELLING:
            by_name[f.scope.part, m.head, m.tail[:4], kind].append(m)
        elif before and len(m.head) >= 2 and before.figure.end + 8 > f.start and not m.tail and names.counts(before.figure.index):
            by_name[before.figure.number, before.figure.unit, before.head[-4:], m.head, kind].append(m)  # 立案163起、罚款386.5万元
    told: set[tuple[int, ...]] = set()
    by_name |= _summed_up(fit) | _one_affair(fit) | _transposed(mentions, names, weights)
    for name, group in by_name.items():
        values = {m.figure.base if m.figure.base is not None else m.figure.number for m in group}
        known = len(group) > 2 or group[0].figure.index in whole_of or group[-1].figure.index in whole_of or "affair" in name or (
            len(group) == 2 and _digits(group[0].figure) > 2 and len({"".join(sorted(m.figure.value)) for m in group}) == 1)  # digits transposed
        members = tuple(sorted(m.figure.index for m in group))
        if 1 < len(group) <= 3 and len(values) > 1 and known and members not in told and len({_year(m) for m in group} - {""}) <= 1:
            told.add(members)
            yield _relation("named", group, said=True)


def _one_affair(fit: Sequence[Mention]) -> dict[tuple[object, ...], list[Mention]]:
    """Short names told beside one and the same uncommon figure are of one affair: 立案163起，罚款386.5万元 … 立案163起，…；罚款368.5万元."""
    beside: dict[int, list[Mention]] = defaultdict(list)
    for m in fit:
        beside[m.figure.sentence].append(m)
    by_head: dict[tuple[str, str], list[Mention]] = defaultdict(list)
    for m in fit:
        if 2 <= len(m.head) < _TELLING and not m.tail:
            by_head[m.head, m.figure.unit].append(m)
    out: dict[tuple[object, ...], list[Mention]] = {}
    for (head, unit), group in by_head.items():
        if len(group) != 2 or group[0].figure.sentence == group[1].figure.sentence or group[0].figure.scope.part != group[1].figure.scope.part:
            continue
        near = [{(x.figure.number, x.figure.unit, x.head[:2]) for x in beside[m.figure.sentence] if x is not m and _digits(x.figure) > 1} for m in group]
        digits = [sorted(str(m.figure.number)) for m in group]
        alike = len(head) >= 4 and digits[0] == digits[1] and all(beside[m.figure.sentence][0] is m for m in group)  # 1286 and 1268
        if near[0] & near[1] or alike:
            out["affair", head, unit] = group
    return out | _told_in_short(fit, beside)


def _told_in_short(fit: Sequence[Mention], beside: Mapping[int, Sequence[Mention]]) -> dict[tuple[object, ...], list[Mention]]:
    """A summary tells a name short that the chapter tells long, beside the same other figures: 出动人员1268人次，检查机构684家次 …
    日常检查出动人员1286人次，检查机构684家次."""
    by_end: dict[tuple[str, str, int], list[Mention]] = defaultdict(list)
    for m in fit:
        if len(m.head) >= 4 and not m.tail:
            by_end[m.head[-4:], m.figure.unit, m.figure.scope.part].append(m)
    out: dict[tuple[object, ...], list[Mention]] = {}
    for key, group in by_end.items():
        if len(group) != 2 or group[0].figure.sentence == group[1].figure.sentence or group[0].figure.number == group[1].figure.number:
            continue
        short, long = sorted((m.head for m in group), key=len)
        near = [{(x.figure.number, x.figure.unit, x.head[-2:]) for x in beside[m.figure.sentence] if x is not m and _digits(x.figure) > 2} for m in group]
        if long.endswith(short) and len(long) - len(short) <= 6 and near[0] & near[1]:
            out["affair", *key] = group
    return out


def _transposed(mentions: Sequence[Mention], names: Names, weights: Weights) -> dict[tuple[object, ...], list[Mention]]:
    """Numbers of the same three digits or more, two of them exchanged, told in one unit and by one name, however short (居民小区521个 … 512个居民小区),
    or far apart in the words of one thing."""
    alike: dict[tuple[object, ...], list[Mention]] = defaultdict(list)
    for m in mentions:
        if m.digits > 2 and m.figure.unit not in ("%", "‰"):
            alike[kind_of(m.figure, names), m.figure.scope, "".join(sorted(_row(m)))].append(m)
    out: dict[tuple[object, ...], list[Mention]] = {}
    for key, group in alike.items():
        for a, b in zip(group, group[1:], strict=False):
            if a.figure.number != b.figure.number and a.figure.sentence != b.figure.sentence and (_by_one_name(a, b) or _of_one_thing(a, b, weights)):
                out["affair", *key, a.figure.index] = [a, b]
    return out


def _row(m: Mention) -> str:
    """The digits of a mention's number in base units without the zeros at its ends: 753 of 75.3万 and of 753000."""
    f = m.figure
    return format(f.base if f.base is not None else f.number or Decimal(0), "f").replace(".", "").strip("0-")


def _of_one_thing(a: Mention, b: Mention, weights: Weights) -> bool:
    """Whether the words of two mentions that stand apart are mostly the same, and rare."""
    one, other = _row(a), _row(b)
    swapped = len(one) == len(other) and sum(x != y for x, y in zip(one, other, strict=True)) == 2
    x, y = (pairs(m.head) | pairs(m.tail) for m in (a, b))
    shared, lost = weights.weigh(x & y), min(weights.weigh(x - y), weights.weigh(y - x))
    return swapped and b.figure.sentence - a.figure.sentence > 1 and shared >= _RARE and lost <= shared


def _summed_up(fit: Sequence[Mention]) -> dict[tuple[object, ...], list[Mention]]:
    """A name of four characters or more that is the words before two figures of the report and ends those of no others, in two sections:
    the summary and the chapter."""
    by_end: dict[tuple[str, str], list[Mention]] = defaultdict(list)
    for m in fit:
        if len(m.head) >= _NAME:
            by_end[m.head[-_NAME:], m.figure.unit].append(m)
    out: dict[tuple[object, ...], list[Mention]] = {}
    for key, group in by_end.items():
        if len(group) != 2 or group[0].figure.section == group[1].figure.section or group[0].figure.scope != group[1].figure.scope or "分" in key[1]:
            continue
        short, long = sorted((m.head for m in group), key=len)
        tails = [m.tail[:2] for m in group if m.tail]
        if long.endswith(short) and _DID.fullmatch(long.removesuffix(short)) and key[1] not in ("%", "‰") and len(set(tails)) <= 1:
            out["affair", *key] = group
    return out


def _by_one_name(a: Mention, b: Mention) -> bool:
    """Whether the name of one, behind it or before it, is all or all but a verb of the other's."""
    for one, other in ((a, b), (b, a)):
        name = one.head if len(one.head) > 1 else ""
        if len(name) < 4 or one.tail:
            continue
        if not other.head and one.digits > 3 and other.tail.startswith(name[-2:]):
            return True  # 培训学员1862人次 … 1682人次学员参训期间
        if (other.head.endswith(name) and len(other.head) - len(name) <= 2) or (len(other.head) <= 2 and other.tail.startswith(name)):
            return True
    return False


def _comparable(m: Mention, names: Names, inside: frozenset[int], series: frozenset[int]) -> bool:
    """Whether a figure may stand against another of the same name: a result of the report's own time, exact, and told for itself."""
    f = m.figure
    if any(int(y) != f.scope.year for y in re.findall("(?:19|20)\\d\\d(?=年)", m.raw.head)):
        return False
    if _MEASURE.fullmatch(m.head) or re.search("占|分别|依次", m.raw.head[-8:]) or (f.unit in ("%", "‰", "倍") and _RATE.search(m.head) is None):
        return False
    return (f.role == "actual" and not f.bound and not f.scope.plan and f.modality in ("fact", "cumulative")
            and not any(f.index in x for x in (names.past, names.averages, inside, series)))


def _year(m: Mention) -> str:
    found = re.search("(?:19|20)\\d\\d", m.figure.period)
    return found[0] if found else ""
