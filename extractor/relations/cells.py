"""A cell of the annex tells again what the narrative says of its row; where a number differs, the two are still one quantity.

A careful reader goes through the cell number by number and looks for the place that it was taken from, whatever number stands there: the
one whose words are the cell's, the row's name's and its rule's. Where the number there is another one, and no place that tells the cell's own
number fits nearly as well, the two contradict each other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from extractor.relations.evidence import Weights, pairs
from extractor.relations.mentions import EMPTY, kind_of
from extractor.relations.model import Relation
from extractor.relations.names import Names
from extractor.relations.tagged import Label
from extractor.report import Figure
from patterns import expressions as re

_SPREAD = 2  # a number twice another is no slip of it,
_SMALL, _STEP = 6, 2  # but for small ones
# What agreement weighs, a pair of letters by its rarity in the report: fitted on 807 cells of 54 annotated reports, their numbers unseen.
_OWN, _AROUND = 0.7, 0.12  # the cell's words in the name of the figure, in its sentence or headings
_TITLE, _TOPIC = 0.47, 0.42  # the row's name there
_RULE = 0.15  # the row's rule there
_LOST, _APART = 0.8, 3.4  # a word of the cell found nowhere there; another time or role
_ENOUGH = {1: 3.0, 2: 2.0}  # what a place needs, by the digits of the cell's number: small ones are many
_AHEAD = 0.3  # how much better it fits than the next one of another value,
_EQUAL = {1: 2.5, 2: 4.0}  # than one of the cell's own value; from three digits on no number is told twice by chance
_THRESHOLD = re.compile("(?:未达到?|达不到|低于|高于|不足|不到|少于|标准|目标|任务|应)$")  # the number is of the rule, not of what was done
_LEVELS = re.compile("[国省市县区乡镇村]级|[一二三四五]级|[省市县区]里")


@dataclass(frozen=True, slots=True)
class _Told:
    """A figure with the pairs of letters of its clause (near), of its sentence and headings (wide), and the levels that its clause names."""

    figure: Figure
    value: Decimal
    kind: str
    near: frozenset[str]
    wide: frozenset[str]
    levels: frozenset[str]
    past: bool

    @property
    def digits(self) -> int:
        return max(len(self.figure.value.replace(".", "").replace(",", "").strip("0-")), 1)


def cells(names: Names, sentences: Mapping[int, str], rows: Mapping[int, str], rules: Mapping[int, str], headings: Mapping[int, str]) -> Iterator[Relation]:
    """The pairs of a cell's figure and a figure of the narrative that it tells otherwise. sentences: words by index; rows, rules: the names and
    the rules of the annex's indicators (a row without one, of a form of goals, holds a goal beside its result and is left alone); headings: those that sentences stand under."""
    weights = Weights(sentences, rows, headings)
    wide = {k: pairs(EMPTY.sub("，", text)) | pairs(headings.get(k, "")) for k, text in sentences.items()}
    told = [t for f in names.figures if f.index in names.labels and (t := _told(f, names, wide)) is not None]
    by_kind: dict[str, list[_Told]] = {}
    for t in told:
        if t.figure.indicator is None and not t.figure.scope.plan:
            by_kind.setdefault(t.kind, []).append(t)
    scored: list[tuple[_Told, list[tuple[float, _Told]]]] = []
    for t in told:
        row = t.figure.indicator
        if row is not None and rules.get(row) and t.value and not (t.figure.unit == "分" and t.digits < 3):
            name, rule = (pairs(EMPTY.sub("，", x.get(row, ""))) for x in (rows, rules))
            fits = [(_fit(t, n, name, rule, weights), n) for n in by_kind.get(t.kind, ()) if not (t.levels and n.levels and not t.levels & n.levels)]
            scored.append((t, sorted(fits, key=lambda s: -s[0])))
    taken = {n.figure.index for t, fits in scored for n in _repeated(t, fits)}
    for cell, fits in scored:
        found = _meant(cell, fits, taken)
        if found is not None and not _reckoned(cell, by_kind[cell.kind], found):
            first = found.figure
            yield Relation("same", first.start, first.end, "cell", members=(first.index, cell.figure.index))


def _told(f: Figure, names: Names, wide: Mapping[int, frozenset[str]]) -> _Told | None:
    if f.number is None or f.high is not None or f.role == "limit":
        return None
    value = f.base if f.base is not None and f.unit not in ("%", "‰") else f.number
    label = names.labels.get(f.index, Label("", ""))
    if f.indicator is not None and (_THRESHOLD.search(label.head) or f.unit.endswith("百分点")):
        return None  # of the rule, or so far from something that the cell seldom names
    near = pairs(EMPTY.sub("，", label.head) + "，" + EMPTY.sub("，", label.tail)) or pairs(EMPTY.sub("，", f.subject if f.indicator is None else ""))
    levels = frozenset(x[:1] for x in _LEVELS.findall(label.head + "|" + label.tail))
    return _Told(f, value, kind_of(f, names), near, wide.get(f.sentence, frozenset()), levels, f.index in names.past)


def _fit(cell: _Told, n: _Told, name: frozenset[str], rule: frozenset[str], weights: Weights) -> float:
    """How well a place of the narrative fits a cell's figure, whatever numbers are told. name, rule: of its row."""
    own = cell.near & n.near
    around = cell.near & n.wide - own
    title = name & n.near - own
    topic = name & n.wide - title - own - around
    asked = (rule & (n.near | n.wide)) - own - around - title - topic
    lost = cell.near - n.near - n.wide
    apart = (cell.past != n.past) + (cell.figure.role != n.figure.role)
    return (_OWN * weights.weigh(own) + _AROUND * weights.weigh(around) + _TITLE * weights.weigh(title) + _TOPIC * weights.weigh(topic)
            + _RULE * weights.weigh(asked) - _LOST * weights.weigh(lost) - _APART * apart)


def _repeated(cell: _Told, fits: Sequence[tuple[float, _Told]]) -> Iterator[_Told]:
    """The places that tell the cell's own number, the best ones."""
    equal = [(s, n) for s, n in fits if n.value == cell.value]
    yield from (n for s, n in equal if s >= equal[0][0] - 1.5)


def _meant(cell: _Told, fits: Sequence[tuple[float, _Told]], taken: set[int]) -> _Told | None:
    """The one figure of the narrative that a cell's figure tells again with another number; None where none fits or two do. fits: the places of
    its kind with how well they fit, the best first; taken: those that another cell tells again as they are."""
    if cell.figure.bound:
        return None
    equal = next((s for s, n in fits if n.value == cell.value), None)
    if equal is not None and cell.digits > 2:
        return None
    others = [(s, n) for s, n in fits if n.value != cell.value and n.figure.index not in taken and not n.figure.bound and _may_be(cell, n)]
    size = min(cell.digits, 2)
    if not others or others[0][0] < _ENOUGH[size] or (equal is not None and others[0][0] < equal + _EQUAL[size]):
        return None
    best, found = others[0]
    return None if any(s > best - _AHEAD and n.value != found.value for s, n in others) else found


def _may_be(cell: _Told, n: _Told) -> bool:
    """Whether a slip may make the one number of the other."""
    if (n.figure.role == "change") != (cell.figure.role == "change"):
        return False
    low, high = sorted((abs(n.value), abs(cell.value)))
    return low > 0 and (high <= low * _SPREAD or (high <= _SMALL and high - low <= _STEP))


def _reckoned(cell: _Told, narrative: Sequence[_Told], found: _Told) -> bool:
    """Whether the cell adds up what the narrative tells one by one there (一次 … 两次: 3次), or subtracts it."""
    near = [n.value for n in narrative if abs(n.figure.sentence - found.figure.sentence) <= 1 and n.figure.role == found.figure.role]
    return any(cell.value in (a + b, abs(a - b)) for a, b in combinations(near[:12], 2)) or (len(near) > 2 and cell.value == sum(near))
