"""Mentions whose words are the very same and telling, whatever their values: they tell one quantity, and can convict where the values differ.

Short names need more: another figure beside both that agrees, digits exchanged, or that the summary and the chapter alone use them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from extractor.relations.evidence import Weights, pairs
from extractor.relations.forms import words
from extractor.relations.mentions import ALL, MEASURE, TELLING, Mention, digits_of, kind_of, retelling
from extractor.relations.model import Relation
from extractor.relations.names import Names
from patterns import expressions as re

_COMPLETE = 12
_NAME = 4
_DID = re.long(f"(?:{words()['done']})?")
_RARE = 6.0  # what the words of two mentions of exchanged digits share
_RATE = re.compile("^[^占比]{4,}率$")


def named(mentions: Sequence[Mention], names: Names, inside: frozenset[int], series: frozenset[int], weights: Weights) -> Iterator[Relation]:
    """Mentions whose words are the very same and telling, whatever their values."""
    by_name: dict[tuple[object, ...], list[Mention]] = defaultdict(list)
    opening: dict[int, int] = {}
    whole_of: set[int] = set()
    for f in names.figures:
        opening.setdefault(f.sentence, f.index)
    fit = [m for m in mentions if _comparable(m, names, inside, series)]
    repeated = {m.head for m in fit if not m.tail and len(m.head) >= 4 and m.figure.indicator is not None}
    heads = repeated | {m.head for m in fit if not m.tail and len(m.head) >= TELLING - 2}
    for before, m in zip([None, *fit], fit, strict=False):
        f, kind = m.figure, kind_of(m.figure, names)
        whole = next((m.head + m.tail[:n] for n in range(2, 7) if m.tail and m.head + m.tail[:n] in heads), m.head)
        complete = opening[f.sentence] == f.index or len(whole) >= _COMPLETE  # later in a sentence, a short name may lack its subject
        if complete:
            whole_of.add(f.index)
        ends = not m.tail or ALL.match(m.raw.tail) is not None  # the name ends before the figure
        if (complete or len(whole) >= TELLING - 2 or whole in repeated) and whole in heads and (m.figure.indicator is not None or whole != m.head or ends):
            by_name[f.scope.part, whole, kind].append(m)  # 排查出问题户厕163座 … 排查出的136座问题户厕
        elif complete and len(m.head) >= 4 and len(m.head) + len(m.tail) >= TELLING:
            by_name[f.scope.part, m.head, m.tail[:4], kind].append(m)
        elif before and len(m.head) >= 2 and before.figure.end + 8 > f.start and not m.tail and names.counts(before.figure.index):
            by_name[before.figure.number, before.figure.unit, before.head[-4:], m.head, kind].append(m)  # 立案163起、罚款386.5万元
    told: set[tuple[int, ...]] = set()
    by_name |= _summed_up(fit) | _one_affair(fit) | _transposed(mentions, names, weights)
    for name, group in by_name.items():
        values = {m.figure.base if m.figure.base is not None else m.figure.number for m in group}
        known = len(group) > 2 or group[0].figure.index in whole_of or group[-1].figure.index in whole_of or "affair" in name or (
            len(group) == 2 and digits_of(group[0].figure) > 2 and len({"".join(sorted(m.figure.value)) for m in group}) == 1)  # digits transposed
        members = tuple(sorted(m.figure.index for m in group))
        if 1 < len(group) <= 3 and len(values) > 1 and known and members not in told and len({_year(m) for m in group} - {""}) <= 1:
            told.add(members)
            yield retelling("named", group, said=True)


def _one_affair(fit: Sequence[Mention]) -> dict[tuple[object, ...], list[Mention]]:
    """Short names told beside one and the same uncommon figure are of one affair: 立案163起，罚款386.5万元 … 立案163起，…；罚款368.5万元."""
    beside: dict[int, list[Mention]] = defaultdict(list)
    for m in fit:
        beside[m.figure.sentence].append(m)
    by_head: dict[tuple[str, str], list[Mention]] = defaultdict(list)
    for m in fit:
        if 2 <= len(m.head) < TELLING and not m.tail:
            by_head[m.head, m.figure.unit].append(m)
    out: dict[tuple[object, ...], list[Mention]] = {}
    for (head, unit), group in by_head.items():
        if len(group) != 2 or group[0].figure.sentence == group[1].figure.sentence or group[0].figure.scope.part != group[1].figure.scope.part:
            continue
        near = [{(x.figure.number, x.figure.unit, x.head[:2]) for x in beside[m.figure.sentence] if x is not m and digits_of(x.figure) > 1} for m in group]
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
        near = [{(x.figure.number, x.figure.unit, x.head[-2:]) for x in beside[m.figure.sentence] if x is not m and digits_of(x.figure) > 2} for m in group]
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
    """The digits of a mention's number in base units: 753000 of 75.3万 and of 753000."""
    f = m.figure
    return format((f.base if f.base is not None else f.number or Decimal(0)).normalize(), "f").replace(".", "").lstrip("0-")


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
    if MEASURE.fullmatch(m.head) or re.search("占|分别|依次", m.raw.head[-8:]) or (f.unit in ("%", "‰", "倍") and _RATE.search(m.head) is None):
        return False
    return (f.role == "actual" and not f.bound and not f.scope.plan and f.modality in ("fact", "cumulative")
            and not any(f.index in x for x in (names.past, names.averages, inside, series)))


def _year(m: Mention) -> str:
    found = re.search("(?:19|20)\\d\\d", m.figure.period)
    return found[0] if found else ""
