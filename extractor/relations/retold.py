"""A mention that points back tells a quantity again: 全年受理的1,248件来信, 14个乡镇中, 12个站点均已挂牌 are of something that was told before.

A careful reader who meets one looks for what it points at: the figure of the same thing, told with its words. Where some mention tells the same
number of it, that is it. Where none does, and one of another number has all its words, the two contradict each other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from extractor.relations.evidence import Weights, pairs
from extractor.relations.forms import words
from extractor.relations.mentions import kind_of
from extractor.relations.model import Relation
from extractor.relations.names import Names
from extractor.relations.tagged import Label
from extractor.report import Figure
from patterns import expressions as re

_POINTS = re.long(f"(?:{words()['pointing']})$")
_NOT = re.long(words()["apart"])
_ALL = re.long(f"(?P<noun>[\u4e00-\u9fff（）]{{2,16}}?)(?:{words()['all-of']})")
_ALL_AT = re.long(words()["all-of"])
_TOWARDS = re.compile(".*?(?:用于|针对|对于|关于|面向|认为|表明|显示|[一二三四五六七八九]是)[对将把]?|^[对将把按以]?(?:上述|前述)")
_DONE = re.compile("已|实际")
_NOUN = re.compile("[\u4e00-\u9fff（）]{2,6}?(?=[均都已全无未的以为是由被在按逐参，。；：、]|$|(?<=.{6}))")
_ENDS = re.compile("[\u4e00-\u9fff]{2,8}$")
_BARE = re.compile("(?:[^\u4e00-\u9fff]|全[县区市镇乡省]|[我本][县区市镇乡省]|下?[辖设]|合?计|对|将|与|给)*$")
_SHORT = 8  # characters of what may stand before all of a thing: 局机关121名行政编制均
_FILLER = re.compile(
    "(?:19|20)\\d\\d年度?|\\d{1,2}[年月日]|全年|年内|当年|本年|截至?|目前|[年月]底|年末|全[区县市镇乡省国校院局]|[我本][区县市镇乡省校院局]|共|总计|合计|累计|"
    "已|均|的|了|其中|[“”\\d.]")
_SPREAD, _SMALL, _STEP = 2, 6, 2  # a number twice another is no slip of it, but for small ones
_NOUNS, _LEAD = 0.45, 0.6  # so much of the words behind the figure, and of those before it, what it points at must have
_ENOUGH, _SURE = 4.0, 10.0  # and so much weight; with so much, and no word of it missing, no other thing is meant
_CHANCE = 3  # digits from which on a number is told twice by no chance


@dataclass(frozen=True, slots=True)
class _Told:
    """A figure with the pairs of letters of the words before it, of the thing behind it (noun; first: its
    first three; bare: its words where no others lead to the figure), of its whole clause and of its sentence."""

    figure: Figure
    value: Decimal
    kind: str
    head: frozenset[str]
    noun: frozenset[str]
    bare: str
    first: frozenset[str]
    near: frozenset[str]
    wide: frozenset[str]
    back: bool

    @property
    def digits(self) -> int:
        return len(self.figure.value.replace(".", "").replace(",", "").strip("0-"))


def retold(names: Names, sentences: Mapping[int, str], rows: Mapping[int, str], headings: Mapping[int, str], listed: frozenset[int]) -> Iterator[Relation]:
    """The pairs of a figure that points back and the one that it must point at though its number is another. sentences: words by index; rows: the
    names of the annex's indicators; headings: those that sentences stand under; listed: figures told in a list of their family."""
    weights = Weights(sentences, rows, headings)
    wide = {k: pairs(_FILLER.sub("，", text)) | pairs(headings.get(k, "")) for k, text in sentences.items()}
    by_kind: dict[str, list[_Told]] = {}
    for f in names.figures:
        if f.number and f.high is None and f.role != "limit" and f.index in names.labels:
            told = _told(f, names, wide)
            by_kind.setdefault(told.kind, []).append(told)
    for same_kind in by_kind.values():
        for b in same_kind:
            if b.back and b.figure.index not in listed and not any(_repeats(b, n) for n in same_kind):
                found = _meant(b, [n for n in same_kind if _comparable(n, b, names)], weights)
                if found is not None:
                    whole = found[1] >= _SURE and not b.noun - found[0].near and not b.head - found[0].near - found[0].wide
                    pair = sorted((found[0].figure, b.figure), key=lambda f: f.index)
                    yield Relation("same", pair[0].start, pair[0].end, "back" if whole else "back-partly", members=(pair[0].index, pair[1].index))


def _told(f: Figure, names: Names, wide: Mapping[int, frozenset[str]]) -> _Told:
    value = f.base if f.base is not None and f.unit not in ("%", "‰") else f.number
    assert value is not None
    label = names.labels.get(f.index, Label("", ""))
    before, tail = _TOWARDS.sub("", label.head, 1), label.tail
    after = _ALL_AT.match(tail) and _ENDS.search(before)  # 护林员346名里
    if after:
        before, tail = before[:after.start()], after[0] + tail
    every = _ALL.match(tail)
    noun = every or _NOUN.match(tail)
    behind = every["noun"] if every else noun[0] if noun else ""
    points = _POINTS.search(label.head) is not None or (every is not None and len(before) <= _SHORT)
    result = _result(f, names) or (f.scope.plan and f.role == "actual" and not f.bound and _DONE.search(before) is not None)  # for the 138 that were made
    back = points and bool(behind) and result and f.unit not in ("%", "‰") and f.indicator is None and _NOT.search(label.head) is None
    head, thing = pairs(_FILLER.sub("，", before)), _FILLER.sub("，", behind)
    bare = thing if _BARE.fullmatch(_FILLER.sub("", before)) else ""
    near = pairs(_FILLER.sub("，", label.head)) | pairs(_FILLER.sub("，", label.tail))
    return _Told(f, value, kind_of(f, names), head, pairs(thing), bare, pairs(thing[:3]), near, wide.get(f.sentence, frozenset()), back)


def _result(f: Figure, names: Names) -> bool:
    """Whether a figure tells a result of the report's own time, exactly and for itself."""
    return f.role == "actual" and not f.bound and not f.scope.plan and not any(f.index in x for x in (names.past, names.averages, names.times))


def _repeats(b: _Told, n: _Told) -> bool:
    """Whether another mention tells the number that points back."""
    return n is not b and n.value == b.value and (b.digits >= _CHANCE or bool((b.noun | b.head) & (n.near | n.wide)))


def _comparable(n: _Told, b: _Told, names: Names) -> bool:
    """Whether a figure may be what another points at, had a slip not changed the number: a result of the same time, told before it for itself."""
    f = n.figure
    low, high = sorted((abs(n.value), abs(b.value)))
    alike = high <= low * _SPREAD or (high <= _SMALL and high - low <= _STEP)
    return (n.value != b.value and low > 0 and alike and f.index < b.figure.index and f.indicator is None and (f.scope == b.figure.scope or b.figure.scope.plan)
            and f.sentence != b.figure.sentence and _result(f, names))


def _meant(b: _Told, told: Sequence[_Told], weights: Weights) -> tuple[_Told, float] | None:
    """The figure that has the most of the words of one that points back, where it has enough of them."""
    noun, head = weights.weigh(b.noun), weights.weigh(b.head)
    best: tuple[_Told, float] | None = None
    for n in told:
        own, lead = weights.weigh(b.noun & n.near), weights.weigh(b.head & (n.near | n.wide))
        alike = bool(b.bare) and b.bare == n.bare[:len(b.bare)]  # 辖14个乡镇 … 13个乡镇中: the thing alone
        if b.first <= n.near and own >= noun * _NOUNS and lead >= head * _LEAD and (own + lead >= _ENOUGH or alike) and own > 0 and (best is None or own + lead >= best[1]):
            best = n, own + lead
    return best
