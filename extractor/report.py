"""Report: what a submitted self-check report says, as figures, citations, outline and score table. Nothing judged."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from extractor.document import Document

if TYPE_CHECKING:
    pass

Role = Literal["actual", "target", "change", "limit"]
Bound = Literal["", ">=", ">", "<=", "<", "~"]
Modality = Literal["fact", "forecast", "plan", "cumulative"]


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of the narrative under one heading.

    level 1 for 一、, 2 for （一）, 3 for 1., 4 for （1） or 一是 … (relative depth as the report uses them); number is the
    enumerator as written, title the heading's words (for a run-in heading its first sentence). start..end covers heading
    and body, without what a section of the same or a higher level begins; body is where the text after the heading starts.
    """

    index: int
    level: int
    number: str
    title: str
    start: int
    body: int
    end: int
    parent: int | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the narrative: text[start:end], and the innermost section (index) that it stands in."""

    start: int
    end: int
    section: int | None


@dataclass(frozen=True, slots=True)
class Figure:
    """A cited figure (contract). Extra to the contract's fields:

    base/base_unit: the value in the base unit of its dimension (75.87万吨标准煤 -> 758700 吨标准煤; 亩 and 公顷 -> 平方米), for
        comparing; None for ratios. number is the Decimal of value (None for a ratio).
    modality: forecast (预计), plan (拟, 计划), cumulative (累计), else fact.
    parent: index of the figure that this one is declared a part of (其中 …), complete says whether the parts are declared
        to be all of it (分别为, 由…构成, 包括 … 合计), None where there is no parent.
    beside: index of the figure whose parenthesis this one stands in, None otherwise.
    compare: for a change, what it is compared with: "last year" (同比, 较上年), a stated year, or "".
    down: a change that is a decrease.
    """

    index: int
    value: str
    high: str | None
    unit: str
    bound: Bound
    role: Role
    subject: str
    period: str
    text: str
    start: int
    end: int
    sentence: int
    section: int | None
    number: Decimal | None = None
    high_number: Decimal | None = None
    base: Decimal | None = None
    base_unit: str = ""
    modality: Modality = "fact"
    parent: int | None = None
    complete: bool | None = None
    beside: int | None = None
    compare: str = ""
    down: bool = False


@dataclass(frozen=True, slots=True)
class Citation:
    """A cited document: number as written (沪环气〔2022〕28号), title without 《》, year of the number or of the title."""

    number: str | None
    title: str | None
    year: int | None
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Field:
    """A cell of the score table as used: text == document.text[start:end]."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Row:
    """One indicator of the annexed score table. no counts from 1. weight and claimed are None where the cell holds no number."""

    no: int
    domain: Field
    weight: Decimal | None
    weight_field: Field
    name: Field
    rule: Field
    lead: Field
    claimed: Decimal | None
    claimed_field: Field


@dataclass(frozen=True, slots=True)
class ScoreTable:
    """The annex. stated_total is the number of the 合计 row (or of the text where the table has none), with its place."""

    rows: tuple[Row, ...]
    stated_total: Decimal | None = None
    total_field: Field | None = None
    start: int = 0
    end: int = 0


@dataclass(frozen=True)
class Report:
    """All that stages after extraction read. section/sentence/figure references are indices into these tuples."""

    document: Document
    sections: tuple[Section, ...]
    sentences: tuple[Sentence, ...]
    figures: tuple[Figure, ...]
    citations: tuple[Citation, ...]
    table: ScoreTable
    district: str | None = None
    year: int | None = None
    title: str | None = None

    @property
    def text(self) -> str:
        """The document's extracted text."""
        return self.document.text

    def sentence_text(self, index: int) -> str:
        """The words of a sentence."""
        s = self.sentences[index]
        return self.text[s.start:s.end]

    def section_path(self, index: int | None) -> tuple[Section, ...]:
        """A section and what it stands under, outermost first."""
        out: list[Section] = []
        while index is not None:
            out.append(self.sections[index])
            index = self.sections[index].parent
        return tuple(reversed(out))

    @cached_property
    def figures_of(self) -> dict[int, tuple[Figure, ...]]:
        """The figures by the index of their sentence."""
        out: dict[int, list[Figure]] = {}
        for f in self.figures:
            out.setdefault(f.sentence, []).append(f)
        return {k: tuple(v) for k, v in out.items()}
