"""How much two mentions of one value say that they tell one quantity: the words that they share, weighed by how rare these are in the report,
against how often such a number comes about by chance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import log

from extractor.relations.forms import words
from extractor.relations.tagged import Label
from patterns import expressions as re

_WORDS = re.compile(r"[\u4e00-\u9fff]{2,}")
_KINDS = {name: re.long(words()[name]) for name in ("left", "fresh")}  # what a mention is of, in whatever words: 剩下7个, 7个未整改
_KIND = 3.0  # what a shared kind weighs: about as much as a word of every twentieth sentence
_REPORT = 80  # sentences of a report: in a shorter text a word is not the commoner for that
_OCCASIONS = frozenset(("次", "场", "期", "天", "场次", "轮", "分"))  # told again by their number alone as seldom as not


def pairs(text: str) -> frozenset[str]:
    """The pairs of neighbouring characters of a text's words."""
    return frozenset(w[k:k + 2] for w in _WORDS.findall(text) for k in range(len(w) - 1))


@dataclass(frozen=True, slots=True)
class Place:
    """The words about a figure: those of its clause, which name it, and those of its whole sentence. Of a cell, its row's name is among both;
    of a figure of the narrative, the headings that it stands under are among those of its sentence."""

    near: frozenset[str]
    wide: frozenset[str]


class Weights:
    """The rarity of word pairs in a report: the natural logarithm of one sentence in how many holds them."""

    def __init__(self, sentences: Mapping[int, str], rows: Mapping[int, str], headings: Mapping[int, str]) -> None:
        self._wide = {k: pairs(text) | pairs(headings.get(k, "")) for k, text in sentences.items()}
        self._rows = {k: pairs(text) for k, text in rows.items()}
        self._held = Counter(p for s in self._wide.values() for p in s)
        self._all = max(len(self._wide), _REPORT)

    def place(self, label: Label, unit: str, sentence: int, row: int | None) -> Place:
        """The words about a figure with its label and unit, in a sentence and, of a cell, a row of the annex."""
        title = self._rows.get(row, frozenset()) if row is not None else frozenset()
        told = f"{label.head}，{unit}{label.tail}"
        kinds = frozenset(name for name, word in _KINDS.items() if word.search(told))
        return Place(pairs(told) | title | kinds, self._wide.get(sentence, frozenset()) | title)

    def weigh(self, shared: Iterable[str]) -> float:
        return sum(_KIND if p in _KINDS else log(self._all / self._held.get(p, 0.5)) for p in shared)

    def told(self, a: Place, b: Place) -> tuple[float, float]:
        """How much the names of two figures share, and how much the name of one shares with the sentence of the other."""
        both = a.near & b.near
        return self.weigh(both), self.weigh((a.near & b.wide | b.near & a.wide) - both)


def suffices(digits: int, unit: str, often: int, name: float, around: float) -> bool:
    """Whether two mentions in the narrative are of one quantity. digits: how many the number has; often: how often it is told in the
    report; name, around: Weights.told. A number of five digits names itself, one of four with any word in common; one of two needs a rare word in common, one digit a name."""
    if unit in ("%", "‰", "个百分点"):
        return digits > 1 and often <= 3 and name >= 6
    if digits > 3:
        return digits > 4 or name + around > 0  # 1596个项目 and 1596个机构 share nothing
    known = name + around / 2
    if often > 5 and digits < 3:
        return False
    if digits == 3:
        return known >= 2
    if digits == 2:
        return name >= 2.6 or around >= 9 if often <= 3 else name >= 5.5
    return unit not in _OCCASIONS and (name >= 6 or known >= 7.4) and (often <= 3 or name >= 8)


def repeats(digits: int, unit: str, often: int, name: float, around: float, beside: bool) -> bool:
    """Whether a cell of the annex repeats a mention of the narrative: a number told just once there is meant, unless it is tiny and nothing
    about the two agrees. beside: what else the row tells stands about that mention too."""
    known = name + around / 2
    if often <= 2:
        return (unit != "分" or digits > 2) and (digits > 1 or known >= 2 or beside)
    if often <= 5:
        return known >= (0 if digits > 2 else 2.5) or beside
    return known >= 7 or (beside and name >= 2.5)
