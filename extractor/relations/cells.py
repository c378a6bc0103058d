"""A cell of the annex tells again what the narrative says of its row; where a number differs, the two are still one quantity.

A careful reader goes through the cell number by number: most of them stand in the narrative, in one or two sentences. For one that does not,
the number meant is the one there that has its words, its kind and its place among the others. Only a single fitting one is taken.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from extractor.relations.model import Relation
from extractor.relations.names import Names
from extractor.relations.tagged import PERSONS, Label
from extractor.report import Figure
from patterns import expressions as re
from patterns.records import dataclass

_EMPTY = re.compile("(?:19|20)\\d\\d年度?|全年|年内|当年|本年|截至?|[年月]底|年末|全[区县市镇]|[我本][区县市镇]|共有?|总计|合计|累计|已|现有|分别|"
                    "均|为|是|有|达到?|约|的|了|其中|完成|实际|率|数|[，。；：、（）“”\\d.]|[^\\u4e00-\\u9fff]")
_SPREAD = 2  # a number twice another is no slip of it
_WORDS, _PLACE, _NEIGHBOURS = 3, 1, 4  # what a shared letter of the name, a shared pair of letters, a sentence of the row's other numbers weigh
_LEAST = {1: 12, 2: 9}  # by the digits of a number: small ones are many
_ENOUGH = 8


@dataclass(frozen=True, slots=True)
class _Told:
    """A figure with the words that name it (before and behind it, empty words aside) and the pairs of letters of its surroundings."""

    figure: Figure
    value: Decimal
    kind: str
    head: str
    told: str
    around: frozenset[str]
    past: bool


def cells(names: Names, sentences: Mapping[int, str], rows: Mapping[int, str], taken: frozenset[int]) -> Iterator[Relation]:
    """The pairs of a cell's figure and a figure of the narrative that it tells otherwise. sentences: words by index; rows: the names of the
    annex's indicators; taken: figures that are known to be told again with the same value."""
    all_told = [t for f in names.figures if f.index in names.labels and (t := _told(f, names, sentences, rows)) is not None]
    narrative = [t for t in all_told if t.figure.indicator is None and not t.figure.scope.plan]
    by_row: dict[int, list[_Told]] = {}
    for t in all_told:
        if t.figure.indicator is not None:
            by_row.setdefault(t.figure.indicator, []).append(t)
    by_value: dict[tuple[str, Decimal], list[_Told]] = {}
    for t in narrative:
        by_value.setdefault((t.kind, t.value), []).append(t)
    for row, inside in by_row.items():
        equal = {(t.kind, t.value) for t in inside}
        title = _EMPTY.sub("", rows.get(row, ""))
        own = frozenset(_pairs(_EMPTY.sub("", rows.get(row, "") + "".join(t.told for t in inside))))
        anchors = Counter(n.figure.sentence for n in narrative if (n.kind, n.value) in equal and len(own & n.around) >= 2)
        for cell in inside:
            if cell.figure.index in taken or cell.figure.bound or any(_akin(cell, n, own) for n in by_value.get((cell.kind, cell.value), ())):
                continue
            found = _meant(cell, [n for n in narrative if (n.kind, n.value) not in equal], own, anchors, title)
            if found is not None:
                first = found.figure
                yield Relation("same", first.start, first.end, "cell", members=(first.index, cell.figure.index))


def _akin(cell: _Told, n: _Told, own: frozenset[str]) -> bool:
    """Whether a figure of the narrative that has the cell's value speaks of the row's matter."""
    return len(own & n.around) >= 2 or len(_longest(cell.told, n.told)) >= 2


def _told(f: Figure, names: Names, sentences: Mapping[int, str], rows: Mapping[int, str]) -> _Told | None:
    if f.number is None or f.high is not None or f.role not in ("actual", "change", "target"):
        return None
    value = f.base if f.base is not None and f.unit not in ("%", "‰") else f.number
    label = names.labels.get(f.index, Label("", ""))
    head, tail = _EMPTY.sub("", label.head), _EMPTY.sub("", label.tail)
    words = sentences.get(f.sentence, "") + (rows.get(f.indicator, "") if f.indicator is not None else "")
    kind = "人" if f.unit.lstrip("万亿") in PERSONS else names.family[f.index]
    return _Told(f, value, kind, head, head + "|" + tail, frozenset(_pairs(_EMPTY.sub("", words))), f.index in names.past)


def _pairs(text: str) -> set[str]:
    return {text[k:k + 2] for k in range(len(text) - 1)}


def _meant(cell: _Told, narrative: Sequence[_Told], own: frozenset[str], anchors: Mapping[int, int], title: str) -> _Told | None:
    """The one figure of the narrative that a cell's figure tells again; None where none fits or two do. title: the row's name, which says
    what a number without words of its own is of."""
    scored: list[tuple[int, _Told]] = []
    for n in narrative:
        if n.kind != cell.kind or n.past != cell.past or (n.figure.role == "change") != (cell.figure.role == "change"):
            continue
        low, high = sorted((abs(n.value), abs(cell.value)))
        if not low or high > low * _SPREAD:
            continue
        bare = len(cell.told) <= 2
        name = _longest(title if bare else cell.told, n.told)
        if len(name) < 2 and not (bare and len(own & n.around) >= 4):
            continue
        score = _WORDS * min(len(name), 8 if bare else 4) + _PLACE * min(len(own & n.around), 6) + _NEIGHBOURS * min(anchors.get(n.figure.sentence, 0), 2)
        scored.append((score, n))
    scored.sort(key=lambda s: -s[0])
    digits = max(len(cell.figure.value.strip("0-").replace(".", "").replace(",", "")), 1)
    if not scored or scored[0][0] < _LEAST.get(digits, _ENOUGH):
        return None
    rivals = [n for score, n in scored[1:] if score >= scored[0][0] - 1 and n.value != scored[0][1].value]
    return None if rivals else scored[0][1]


def _longest(a: str, b: str) -> str:
    """The longest stretch that two labels share."""
    best = ""
    for i in range(len(a)):
        while i + len(best) < len(a) and "|" not in a[i:i + len(best) + 1] and a[i:i + len(best) + 1] in b:
            best = a[i:i + len(best) + 1]
    return best
