"""What a report says of its figures, looked up by figure and by place; and an accusation, which rests on nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from audit.messages import Message
from audit.model import Quote
from audit.rounding import Interval, Verdict
from extractor.relations.model import Relation
from extractor.report import Figure, Report

WORDS = 160  # characters of a relation that are still a quotation
LEAD = 24  # characters before a figure that are quoted with it
STOPS = "，、；。：,;:）) \n\t"


@dataclass(frozen=True)
class Said:
    """A report's relations and figures by each other. Figures are named by their index."""

    report: Report

    def figure(self, index: int) -> Figure:
        """The figure of an index."""
        return self.report.figures[index]

    @cached_property
    def _relations(self) -> dict[int, tuple[Relation, ...]]:
        out: dict[int, list[Relation]] = {}
        for r in self.report.relations:
            for i in dict.fromkeys(r.figures()):
                out.setdefault(i, []).append(r)
        return {k: tuple(v) for k, v in out.items()}

    def relations(self, index: int) -> tuple[Relation, ...]:
        """The relations that speak of a figure."""
        return self._relations.get(index, ())

    @cached_property
    def _paragraphs(self) -> dict[int | None, tuple[int, ...]]:
        out: dict[int | None, list[int]] = {}
        for f in self.report.figures:
            out.setdefault(self.report.document.block_at(f.start), []).append(f.index)
        return {k: tuple(v) for k, v in out.items()}

    def paragraph(self, relation: Relation) -> tuple[int, ...]:
        """The figures of the paragraphs in which a relation's figures stand, in reading order."""
        blocks = dict.fromkeys(self.report.document.block_at(self.figure(i).start) for i in relation.figures())
        return tuple(sorted(i for b in blocks for i in self._paragraphs.get(b, ())))

    def quotable(self, relation: Relation) -> bool:
        """Whether the words of a relation are few enough to be quoted whole."""
        return 0 < relation.end - relation.start <= WORDS

    def words(self, relation: Relation) -> Quote:
        """The words of a relation with what leads to them in their clause: of what the figure is that they begin with."""
        text, begin = self.report.text, relation.start
        sentence = self.report.sentences[self.figure(min(relation.figures())).sentence]
        first = max(sentence.start, begin - LEAD, relation.end - WORDS)
        lead = text[first:begin] if first < begin else ""
        cut = max((k + 1 for k, c in enumerate(lead) if c in STOPS and not (lead[k - 1:k].isdigit() and text[first + k + 1:first + k + 2].isdigit())), default=0)
        start = first + cut  # a comma between two digits ends no clause
        while start < begin and text[start] in STOPS:
            start += 1
        return Quote.of(self.report, min(start, begin), relation.end)

    def told(self, index: int) -> Quote:
        """A figure with the words that lead to it in its sentence, from the figure before it on."""
        f = self.figure(index)
        before = self.report.figures[index - 1] if index else None
        start = max(self.report.sentences[f.sentence].start, f.start - LEAD, before.end if before and before.sentence == f.sentence else 0)
        lead = self.report.text[start:f.start]
        return Quote.of(self.report, start + len(lead) - len(lead.lstrip(STOPS)), f.end)

    def quotes(self, relations: Iterable[Relation], figures: Iterable[int]) -> tuple[Quote, ...]:
        """The words of relations that can be quoted, and the figures; where the words stand too far apart, each figure with its own."""
        report, out = self.report, set()
        apart = False
        for r in relations:
            if self.quotable(r):
                out.add(self.words(r))
            else:
                apart = True
        for i in figures:
            f = self.figure(i)
            out.add(self.told(i) if apart else Quote.of(report, f.start, f.end))
        return tuple(sorted(out))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What becomes of a relation's arithmetic, in base units, per cent or items.

    disputed: the figure that is held against the others; premises: the others. stated: what the disputed figure stands for;
    follows: what follows from the premises as far as they may have been rounded; exact: what follows from them as printed.
    against: the words tell another direction than the figures; zero: a change from nothing, which no percentage tells.
    """

    verdict: Verdict
    disputed: int
    premises: tuple[int, ...]
    stated: Interval
    follows: Interval
    exact: Decimal
    against: bool = False
    zero: bool = False

    @property
    def figures(self) -> tuple[int, ...]:
        """The premises and the disputed figure."""
        return (*self.premises, self.disputed)


Judge = Callable[[Said, Relation], Outcome | None]  # None: nothing that can be computed


@dataclass(frozen=True, slots=True)
class Accusation:
    """A relation whose figures do not agree, before the defence has spoken. judge: decides the same relation with other figures."""

    code: str
    said: Said
    relation: Relation
    outcome: Outcome
    judge: Judge
    message: Message
    derivation: Message
