"""Figures as values, and the words that two of them share: what the arithmetic of extractor.relations.reckoned works with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from extractor.relations.model import Relation
from extractor.relations.names import Names
from extractor.relations.tagged import ACTUAL, CHANGE, MOVED, PAST, SHARE, TARGET
from extractor.report import Figure
from patterns import expressions as re

_TIMES = ("小时", "分钟", "秒", "天", "月", "年")
_WORDS = re.compile(r"[\u4e00-\u9fff]{2,}")
_EMPTY = re.compile("其中|全[区县市省年]|[我本][区县市]|共有|累计|实际|完成|达到|已|占|率|的|为|个|家|人|名")


@dataclass(frozen=True, slots=True)
class Told:
    """A figure with its value in base units (a percentage as printed), the kind that its tag gives it, and of how many it is told (各3个)."""

    figure: Figure
    value: Decimal
    kind: str
    times: int = 1

    @property
    def index(self) -> int:
        return self.figure.index


class SoFar:
    """The figures of the paragraphs read so far, by what they measure."""

    def __init__(self, names: Names, sentences: Mapping[int, str], later: Mapping[int, int]) -> None:
        self.names = names
        self.sentences = sentences
        self.later = later  # the figure of this year that a figure of the year before is told beside
        self.levels: list[Told] = []
        self.by_value: dict[tuple[str, Decimal], list[Told]] = {}

    def add(self, told: Sequence[Told]) -> None:
        for t in told:
            if t.kind in (ACTUAL, TARGET, PAST):
                self.levels.append(t)
            if t.kind in (ACTUAL, TARGET, PAST, CHANGE, SHARE):
                self.by_value.setdefault((self.names.family[t.index], t.value), []).append(t)

    def words(self, t: Told) -> str:
        """The words that name a figure, or the one of this year beside it."""
        return words_of(self.names, t) + (" " + label_words(self.names, self.later[t.index]) if t.index in self.later else "")

    def first(self, t: Told) -> Told:
        """The first mention of a quantity so uncommon that its number names it."""
        known = self.by_value.get((self.names.family[t.index], t.value), ()) if significant(t.figure.value) > 2 else ()
        return next((k for k in known if k.kind == t.kind), t)


def as_told(f: Figure, kind: str, times: int) -> Told | None:
    if f.number is None or f.high is not None or not kind or not times:
        return None
    value = f.base if f.base is not None and f.unit not in ("%", "‰") else f.number
    return Told(f, value, kind, times)


def significant(text: str) -> int:
    """How many digits of a number as printed say something."""
    return len(text.replace(".", "").replace(",", "").lstrip("-0"))


def comes_to(part: Decimal, whole: Decimal, percent: Figure) -> bool:
    """Whether a part is so many percent of a whole, as printed."""
    if percent.number is None or whole <= 0 or part < 0:
        return False
    scale = 1000 if percent.unit == "‰" else 10 if percent.unit == "成" else 100
    places = Decimal(1).scaleb(-len(percent.value.partition(".")[2]))
    return abs(part * scale / whole - percent.number) * 2 <= places


def is_time(t: Told) -> bool:
    return t.figure.base_unit in _TIMES


def of_one_kind(report: SoFar, part: Told, whole: Told, head: str = "") -> bool:
    """Whether one of two figures may be part of the other: measured alike, or both counted; persons among things only where the rate
    bears the name of either (床位使用率, 火化率). head: the words before the percentage."""
    names = report.names
    if names.family[part.index] == names.family[whole.index] or names.mix([part.index, whole.index]):
        return True
    beside = part.figure.sentence == whole.figure.sentence and abs(part.index - whole.index) == 1  # 网格412个，到岗网格员405名，配备率98.3%
    return names.counts(part.index) and names.counts(whole.index) and head.endswith("率") and (
        beside or longest_shared(head, words_of(names, whole)) > 1 or head[-3:-1] in words_of(names, part))  # 死亡3,105人、火化2,914具，火化率93.8%


def label_words(names: Names, k: int) -> str:
    label = names.labels.get(k)
    return "" if label is None else _EMPTY.sub(" ", label.head + names.figures[k].unit.lstrip("万亿") + label.tail)


def words_of(names: Names, t: Told) -> str:
    return label_words(names, t.index)


def longest_shared(a: str, b: str) -> int:
    """The length of the longest word that two texts share."""
    best = 0
    for w in _WORDS.findall(a):
        for i in range(len(w)):
            while i + best < len(w) and w[i:i + best + 1] in b:
                best += 1
    return best


def share_a_word(report: SoFar, part: Told, whole: Told, more: str = "") -> bool:
    """Whether a part, or other words told of it, share a word with its whole."""
    return longest_shared(words_of(report.names, part) + " " + more, words_of(report.names, whole)) > 1


def lie_apart(names: Names, now: Told, before: Told, change: Told) -> bool:
    """Whether two figures lie so far apart, in percent or in their own unit."""
    if change.kind == MOVED:
        return comes_to(abs(now.value - before.value), before.value, change.figure)
    return names.family[change.index] == names.family[now.index] and abs(now.value - before.value) == abs(change.value)


def comes_out(names: Names, r: Relation) -> bool:
    """Whether a relation's figures are as it says, or cannot be computed."""
    if r.type == "growth":
        return r.before is None or r.percent is None or _moved(names, r)
    first, rest = (r.total, r.parts) if r.type == "parts" else (r.part, (r.whole,)) if r.type == "ratio" else (r.actual, (r.target,))
    every = [k for k in (first, *rest) if k is not None]
    values = [v for k in every if (v := names.value(k)) is not None and not names.figures[k].bound]
    if len(values) < 1 + len(rest):
        return True
    if r.type == "parts":
        return values[0] == sum(values[1:], Decimal(0))
    return r.percent is None or comes_to(values[0], values[1], names.figures[r.percent])


def _moved(names: Names, r: Relation) -> bool:
    """Whether a change is that between its two figures, as printed."""
    now, before, by = (names.value(k) if k is not None else None for k in (r.now, r.before, r.percent))
    if now is None or before is None or by is None or any(names.figures[k].bound for k in r.figures()):
        return True
    percent = names.figures[r.percent or 0]
    if percent.unit in ("%", "‰") and names.figures[r.now or 0].unit not in ("%", "‰"):
        return comes_to(abs(now - before), before, percent)
    return percent.unit == "倍" or abs(now - before) == abs(by)
