"""What a fault is, a denial of it, a way in which a rule asks for it, and a statement in its place as a deduction sees it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from audit.grounds.asks import Ask
from audit.grounds.scene import Scene
from audit.grounds.values import alike
from extractor.report import Figure
from extractor.statements import Line, Statement
from patterns.content import content_words, cover, plain
from patterns.demand import FaultWay
from patterns.speech import faults as fault_words
from patterns.speech import marks

OWN = 0.4  # of the words of a fault, in the statement that tells or denies it


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault with its number, where it is told and whether it plainly is the one asked for."""

    count: Decimal
    figures: tuple[Figure, ...]
    line: Line
    statements: tuple[Statement, ...]
    fit: float
    sure: bool
    way: int = 0
    literal: bool = False
    derived: bool = False


@dataclass(frozen=True, slots=True)
class Denial:
    """A sentence that says that there was no such fault; ways: those that it denies; plain: it denies them, and does not only say that all was done.

    rest: it speaks of all others only (除此之外没有其他通报).
    """

    line: Line
    statements: tuple[Statement, ...]
    figures: tuple[Figure, ...]
    fit: float
    ways: frozenset[int]
    plain: bool = True
    rest: bool = False


@dataclass(frozen=True, slots=True)
class Way:
    """A way with its words: own (its text), thing (what it happens to), done (the duty), kinds and words of the fault."""

    way: FaultWay
    own: Mapping[str, float]
    thing: Mapping[str, float]
    done: Mapping[str, float]
    kinds: frozenset[str]
    words: frozenset[str]


def way_of(scene: Scene, ask: Ask, way: FaultWay) -> Way:
    told = fault_words(plain(way.text))
    own = {w: ask.terms.get(w, v) for w, v in scene.weights.terms(way.text).items()}
    return Way(
        way,
        own,
        scene.weights.terms(way.thing),
        dict.fromkeys(content_words(way.deed), 1.0) or ({way.deed: 1.0} if way.deed else {}),
        frozenset(k for k, _ in told),
        frozenset(w for k, w in told if len(w) > 1 and (k == "omit" or not way.negated or way.mark.startswith("不"))),
    )


def tail_of(s: Statement) -> str:
    """What a statement denies: all of it where the word of a denial follows its thing (两高项目零新增, 事故一起也没有), else what comes after the word."""
    at = s.said.at
    whole = at < 0 or s.text[at : at + 1] in "零已动保实全持年常域" or not s.text[at:].strip("没有无，。；！")
    return s.text if whole else s.text[at:]


def none_of_them(s: Statement) -> bool:
    """Whether a statement denies each of the things named before it: 没有一起涉及我县."""
    return s.text.startswith(_nones())


@cache
def _nones() -> tuple[str, ...]:
    return tuple(word + unit for word in marks("none_of") for unit in marks("counted"))


class Told:
    """A statement in its place, as a deduction sees it."""

    def __init__(self, scene: Scene, ask: Ask, line: Line, k: int) -> None:
        self.scene, self.ask, self.line, self.k, self.s = scene, ask, line, k, line.statements[k]
        self.passage = scene.around(line)
        self.lead = "".join(x.text for x in line.statements[max(0, k - 3) : k])
        self.near = scene.relevance(line, ask.row.no)
        self.row = ask.row.name.text if self.passage.row is not None else ""
        self.tail = tail_of(self.s)
        if none_of_them(self.s):
            self.tail = self.lead + self.tail  # 通报的案件，没有一起涉及我县
        self.kinds = {kind for kind, _ in fault_words(self.s.text)}
        self.words = {w for _, w in fault_words(self.s.text) if len(w) > 1}

    def says(self, terms: Mapping[str, float], lead: float = 0.85, around: float = 0.45) -> float:
        """How much of some words the statement says, in its place."""
        return cover(
            terms,
            (self.s.text, 1.0),
            (self.lead, lead),
            (self.line.text, min(lead, 0.6)),
            (self.passage.title, min(1.0, around + 0.25)),
            (self.passage.text, around),
            (self.row, 0.9),
        )

    def topic(self) -> float:
        """How much of the name of the indicator stands in the statement and just before it."""
        words = dict.fromkeys(content_words(self.ask.row.name.text), 1.0)
        return cover(words, (self.s.text, 1.0), (self.lead, 0.85), (self.passage.title, 0.7), (self.row, 0.9)) if words else 1.0

    def fit(self, way: Way) -> float:
        """How well the statement is about a way of the fault."""
        return (
            0.5 * self.says(way.own)
            + 0.3 * cover(way.own, (self.s.text, 1.0))
            + 0.3 * (self.says(way.thing) if way.thing else 0.6)
            + 0.2 * self.near
        )


def counts_as(f: Figure, unit: str) -> bool:
    return (
        (f.unit in marks("counted") or (f.unit == unit and f.base_unit == unit))
        and f.number is not None
        and f.number > 0
        and f.number == int(f.number)
        and f.role == "actual"
        and (not unit or alike(f.unit, unit) > 0)
        and f.modality != "plan"
    )
