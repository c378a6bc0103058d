"""What a clause is judged in, and how numbers and figures are put into words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from audit.evidence.measures import Context
from audit.evidence.passages import Line, Passage
from audit.evidence.words import Weights, cover, plain
from audit.rescore.needs import Need
from extractor.report import Figure, Report

HUNDRED = Decimal(100)


@dataclass(frozen=True)
class Scene:
    """What a clause is judged in: the report, the passages of its indicator (with strength) and the rest of the narrative.

    raw: how well each near passage fits in itself; all: every passage; taken: those that plainly speak for another indicator;
    barred: figures (by start) that another clause of the rule counts.
    """

    report: Report
    ctx: Context
    weights: Weights
    near: Sequence[tuple[Passage, float]]
    far: Sequence[Passage]
    name: str
    weight: Decimal
    raw: Mapping[int, float]
    all: Sequence[Passage] = ()
    taken: frozenset[int] = frozenset()
    barred: frozenset[int] = frozenset()

    @property
    def passages(self) -> list[Passage]:
        """The indicator's passages without their strength; shortcomings and next steps decide nothing."""
        return [p for p, _ in self.near if not p.outlook]

    @property
    def best(self) -> list[Passage]:
        """The passages that fit nearly as well as the best one."""
        good = [(p, s) for p, s in self.near if not p.outlook]
        return [p for p, _ in good if self.raw.get(p.index, 0.0) >= 0.8 * max(self.raw.get(q.index, 0.0) for q, _ in good)]

    def strength(self) -> dict[int, float]:
        """Strength by passage."""
        return {p.index: s for p, s in self.near}


def number(value: Decimal) -> str:
    """A number for a sentence: at most two decimals, no trailing zeros."""
    rounded = value.quantize(Decimal("0.01")) if value != value.to_integral_value() else value.quantize(Decimal(1))
    text = format(rounded, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def short(text: str, most: int = 36) -> str:
    """A condition for a sentence."""
    words = "".join(text.split()).strip("，。；、的")
    return words if len(words) <= most else words[: most - 1] + "…"


def figure_text(report: Report, f: Figure) -> str:
    """A figure as the report prints it."""
    return "".join(f.text.split())


def own_words(scene: Scene, need: Need, f: Figure, lines: Sequence[Line]) -> bool:
    """Whether the words before a figure say what tells a clause from its neighbours."""
    terms = {w: need.terms[w] for w in need.own}
    for line in lines:
        for k, piece in enumerate(line.pieces):
            if f in piece.figures:
                start = max([piece.start, *(x.end for x in piece.figures if x.end <= f.start and x.role != "limit")])
                words = plain(scene.report.text[start : min(line.end, f.end + 8)])
                if cover(terms, (words, 1.0)) >= 0.5:
                    return True
                before = line.pieces[k - 1] if k else None
                return before is not None and not before.figures and cover(terms, (before.text + words, 1.0)) >= 0.6
    return False


def nearest(scene: Scene, need: Need) -> tuple[Line, ...]:
    """The sentence of the indicator's passages that comes nearest to a condition, to be quoted where nothing supports it."""
    best: tuple[float, Line] | None = None
    for passage in scene.passages[:3]:
        for line in passage.lines:
            value = cover(need.terms, (line.text, 1.0)) + 0.05 * bool(line.figures)
            if best is None or value > best[0] + 1e-9:
                best = (value, line)
    return (best[1],) if best and best[0] > 0.1 else ()
