"""Divisions of a total that no one wording ties together: members named first and told one by one (分为生猪、家禽、牛羊三类。生猪类196家；…),
members that a number counts (以上三类用户累计; 四级资金规模…), and names that divide everything between them (出口 and 进口)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache
from itertools import groupby

from extractor.relations.model import Relation
from extractor.relations.names import Names
from extractor.relations.tagged import ACTUAL, PERSONS
from extractor.report import Figure
from patterns import expressions as re
from patterns.numerals import integer
from patterns.places import files

_LISTED = re.compile(
    r"[^。；：\n]{0,24}?(?:分为|分成|构成为|包括|包含|涉及|涵盖|[由含即分])(?P<names>[^，。；：（）、\d]{2,16}(?:、[^，。；：（）、\d]{2,16})*?(?:、|和|与|及|以及)[^，。；：（）、\d]{2,16}?)"
    r"(?:[一二两三四五六七八九十\d]{1,3}个?大?(?:类别|类型|部分|类|种|块|级|档|层次|方面|板块|领域|片区|环节|口径))?(?:构成|组成)?(?=[，。；])")
_SORTS = "类|项|种|个|级(?=资金|财政|配套|投入|补助)|笔|块|部分|大|家|所|处|座|批|档|方面|渠道|来源|途径|镇|乡|村|区|县|站|点|库|路"
_NUMBER = r"(?P<n>[二两三四五六七八九]|[2-9])"
_BACK = re.compile(rf"(?:以上|上述|前述|这){_NUMBER}(?:个|大)?(?:{_SORTS})(?P<of>[^，。；]{{0,14}}?)(?:共|合计|累计|总计|总)[^，。；、]{{0,10}}$")
_COUNTED = re.compile(rf"(?:按|分|仅|只有|共|有|为|含|由|全部)?[^，。；、]{{0,4}}?(?<![一二三四五六七八九十百千\d第]){_NUMBER}(?:个|大)?(?:{_SORTS})")
_BEINGS = PERSONS | {"户", "人次"}
_NEAR = Decimal("0.15")  # a slip leaves a sum no further from its total; further off the number counts other things
_JOINS = ("、", "和", "及", "与")
_FAR = 3  # sentences behind the names in which each is told


def members(names: Names, kinds: Mapping[int, str], text: str, figures: Sequence[Figure], earlier: Sequence[Figure], found: Sequence[Relation]) -> Iterator[Relation]:
    """The total that is divided among names, with the one figure that is told of each of them behind it.

    figures: those of a paragraph, in order; earlier: some of the paragraphs before it; kinds: of each (extractor.relations.tagged); found: what was read of them so far.
    """
    divided = {r.total for r in found if r.type == "parts" and (r.closed or r.said)}
    inside = {k for r in found if r.type == "parts" for k in r.parts}
    for r in (*_named(names, kinds, text, figures, divided), *_counted(names, kinds, text, figures, earlier, divided, inside),
              *_partitions(names, kinds, text, figures, divided, inside)):
        if r.total not in divided:
            divided.add(r.total)
            yield r


def _named(names: Names, kinds: Mapping[int, str], text: str, figures: Sequence[Figure], divided: Collection[int | None]) -> Iterator[Relation]:
    for total in figures:
        if total.index in divided or kinds.get(total.index) != ACTUAL:
            continue
        listing = _LISTED.match(text, total.end)
        if listing is None or "等" in listing["names"]:
            continue
        told = [f for f in figures if f.start >= listing.end("names") and f.sentence - total.sentence <= _FAR and names.family[f.index] == names.family[total.index]
                and kinds.get(f.index) == ACTUAL]
        parts = _each_told(re.split("、|和|与|及|以及", listing["names"]), told, text)
        if parts is not None:
            yield _parts(total, parts, "members")


def _parts(total: Figure, parts: Sequence[Figure], form: str) -> Relation:
    every = (total, *parts)
    return Relation("parts", min(f.start for f in every), max(f.end for f in every), form, closed=True, total=total.index, parts=tuple(f.index for f in parts))


def _counted(names: Names, kinds: Mapping[int, str], text: str, figures: Sequence[Figure], earlier: Sequence[Figure], divided: Collection[int | None],
             inside: Collection[int]) -> Iterator[Relation]:
    """Totals told as of so many, with just so many figures of their family before them (以上三类用户累计) or behind (四级资金规模12,650万元。…)."""
    level = [f for f in figures if kinds.get(f.index) == ACTUAL and not f.bound]
    for total in level:
        if total.index in divided or total.index in inside or text[total.end:total.end + 1] in _JOINS:
            continue  # one of a list is no total
        kin = [f for f in level if names.family[f.index] == names.family[total.index] and f.index not in inside]
        start = text.rfind("。", 0, total.start) + 1
        if m := _BACK.search(text, max(start, total.start - 60), total.start):
            n = integer(m["n"]) or 0
            before = [f for f in kin if f.index < total.index and total.sentence - f.sentence <= _FAR][-n:]
            if len(before) < n:
                before = _by_name(names, re.split("[，。；：]", text[start:m.start()])[-1], [f for f in earlier if names.family[f.index] == names.family[total.index]])
            apart = total.unit.lstrip("万亿") not in _BEINGS or re.search("[人户员者]|对象|群体", m["of"])  # two benefits may go to one person, 两类人员 are two
            if len(before) == n and apart and _close(names, total, before) and _told_alike(names, before):
                yield _parts(total, before, "members-back")
            continue
        behind = [f for f in kin if f.index > total.index and f.sentence - total.sentence <= _FAR]
        if len(behind) < 2:
            continue
        between = re.split("[，；。]", text[total.end:behind[0].start])
        opening = between[-1] if "：" in between[-1] else ""  # 全年用水由四个方面构成：农业…
        clause = re.split("[，；。：]", text[start:total.start])[-1] + between[0].partition("：")[0] + "，" + opening
        for m in _COUNTED.finditer(clause):
            n = integer(m["n"]) or 0
            if len(behind) == n and _close(names, total, behind) and _told_alike(names, behind):
                yield _parts(total, behind, "members-counted")
                break


def _by_name(names: Names, listed: str, earlier: Sequence[Figure]) -> list[Figure]:
    """The figures of the paragraphs before whose words hold the names listed, letter by letter in order: 特困供养, 特困人员救助供养金1260万元."""
    out: list[Figure] = []
    for name in re.split("、|和|与|及|以及", listed):
        fit = [f for f in earlier if f.index in names.labels and f not in out and len(name) > 1 and _holds(names.labels[f.index].head, name)]
        if len(fit) != 1:
            return []
        out += fit
    return sorted(out, key=lambda f: f.index)


def _holds(told: str, name: str) -> bool:
    rest = iter(told)
    return all(c in rest for c in name)


def _close(names: Names, total: Figure, parts: Sequence[Figure]) -> bool:
    """Whether parts come near enough to their total to have been meant as all of it."""
    whole, values = names.value(total.index), [names.value(f.index) for f in parts]
    told = sum((v for v in values if v is not None), Decimal(0))
    return bool(whole) and None not in values and whole is not None and abs(told - whole) <= _NEAR * whole and all(v is not None and v < whole for v in values)


def _told_alike(names: Names, parts: Sequence[Figure]) -> bool:
    """Whether each part has words of its own, and none is what is left or told of another time."""
    heads = [names.labels[f.index].head + "|" + names.labels[f.index].tail if f.index in names.labels else "" for f in parts]
    return len(set(heads)) == len(heads) and all(len(h) > 2 for h in heads) and not any(re.search("其中|上年|去年|同期|新增|增加|减少|以上|以下", h) for h in heads)


@cache
def partitions() -> tuple[tuple[tuple[str, ...], ...], ...]:
    """The names that divide a whole between them (patterns/words/partitions.tsv): of each division its names, of each name its forms."""
    lines = (files("patterns") / "words" / "partitions.tsv").read_text(encoding="utf8").splitlines()
    return tuple(tuple(tuple(name.split("|")) for name in line.split("\t")[0].split()) for line in lines[2:] if line.strip())


def _partitions(names: Names, kinds: Mapping[int, str], text: str, figures: Sequence[Figure], divided: Collection[int | None],
                inside: Collection[int]) -> Iterator[Relation]:
    """A total with the run of figures right behind it, in its sentence, that bear the names of a division, all of them and no other."""
    level = [f for f in figures if kinds.get(f.index) == ACTUAL and not f.bound]
    for _, run in groupby(level, key=lambda f: (f.sentence, names.family[f.index])):
        told = [*run]
        for k, total in enumerate(told):
            if total.index in divided or total.index in inside or total.index not in names.labels or text[total.end:total.end + 1] in _JOINS:
                continue
            for division in partitions():
                parts = told[k + 1:k + 1 + len(division)]
                if len(parts) == len(division) and not _bears(names, total, division) and all(
                        _begins(names, f, forms) for f, forms in zip(parts, division, strict=True)) and _close(names, total, parts):
                    yield _parts(total, parts, "members-all")
                    break


def _begins(names: Names, f: Figure, forms: Sequence[str]) -> bool:
    head = names.labels[f.index].head.removeprefix("其中") if f.index in names.labels else ""
    return any(head.startswith(form) for form in forms)


def _bears(names: Names, total: Figure, division: Sequence[Sequence[str]]) -> bool:
    """Whether a total's own words are one of the names."""
    return any(names.labels[total.index].head.endswith(form) and "进出口" not in names.labels[total.index].head for forms in division for form in forms)


def _each_told(words: Sequence[str], told: Sequence[Figure], text: str) -> list[Figure] | None:
    """The figure of each name, which stands between it and the figure before; None where one has none or two share one."""
    if len(words) < 2 or any(len(w) < 2 for w in words) or len(told) < len(words):
        return None
    led = {f.index: text[(told[k - 1].end if k else text.rfind("。", 0, f.start) + 1):f.start] for k, f in enumerate(told)}
    out = []
    for w in words:
        mine = [f for f in told if w in led[f.index]]
        if not mine or any(other in led[mine[0].index] for other in words if other != w and other not in w and w not in other):
            return None
        out.append(mine[0])
    return out if len({f.index for f in out}) == len(out) and [f.index for f in out] == sorted(f.index for f in out) else None
