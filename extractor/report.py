"""Report: what a submitted self-check report says, as figures, citations, outline and score table. Nothing judged."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

from extractor.document import Document
from extractor.relations.model import Relation
from extractor.scope import WHOLE, Scope

if TYPE_CHECKING:
    import pandas as pd

Role = Literal["actual", "target", "change", "limit"]
Bound = Literal["", ">=", ">", "<=", "<", "~"]
Modality = Literal["fact", "forecast", "plan", "cumulative"]
Told = Literal["basis", "actual", "reason"]
CELLS_READ: tuple[Told, ...] = ("basis", "actual", "reason")  # the annex cells that tell what was done


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
    """A sentence: text[start:end], and the innermost section (index) that it stands in.

    Those of the narrative come first, then those of the annex cells that tell what was done: indicator is the row's number,
    key the cell's column; both are empty for the narrative.
    """

    start: int
    end: int
    section: int | None
    indicator: int | None = None
    key: Told | Literal[""] = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A cited figure (contract). Extra to the contract's fields:

    base/base_unit: the value in the base unit of its dimension (75.87万吨标准煤 -> 758700 吨标准煤; 亩 and 公顷 -> 平方米), for
        comparing; None for ratios. number is the Decimal of value (None for a ratio).
    modality: forecast (预计), plan (拟, 计划), cumulative (累计), else fact.
    compare: for a change, what it is compared with: "last year" (同比, 较上年), a stated year, or "".
    down: a change that is a decrease.
    indicator: the number of the annex row that the figure stands in, None in the narrative.
    scope: the part of the report that it stands in: its year, and whether it tells results or plans.
    doubtful: digits stand directly before it that belong to it or not (12 35家), or it was recognised with little confidence: it convicts nobody.
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
    compare: str = ""
    down: bool = False
    indicator: int | None = None
    doubtful: bool = False
    scope: Scope = WHOLE


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


_NOTHING = Field("", 0, 0)


@dataclass(frozen=True, slots=True)
class Row:
    """One indicator of the annexed score table. no counts from 1 through the document, also where it holds several forms.

    weight and claimed are None where no number is printed; weight_field is where the weight stands: its own cell, or the number
    in the name or heading that prints it. Cells that the annex lacks are empty. target is put together from sign, value and unit
    where these have columns of their own, rule from its pieces where the indicator runs over several rows; only then text is not
    document.text[start:end]. sign is the cell that says which way the goal is meant (≥, 反向), where there is one. form counts from 1, None where the
    document holds one form. extra: points that a column of its own adds on top of the weight (起评分, 加分, 得分).
    """

    no: int
    domain: Field
    weight: Decimal | None
    weight_field: Field
    name: Field
    rule: Field
    lead: Field
    claimed: Decimal | None
    claimed_field: Field
    subdomain: Field = _NOTHING
    basis: Field = _NOTHING
    target: Field = _NOTHING
    actual: Field = _NOTHING
    reason: Field = _NOTHING
    checked: Field = _NOTHING
    evidence: Field = _NOTHING
    sign: Field = _NOTHING
    form: int | None = None
    extra: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Sum:
    """A number that the annex prints for several rows: a subtotal, a total, the weight in a heading or in the name of a domain.

    rows: the numbers (no) of the first and the last row that it speaks of. weight and claimed are None where not printed.
    """

    label: Field
    rows: tuple[int, int]
    weight: Decimal | None = None
    weight_field: Field = _NOTHING
    claimed: Decimal | None = None
    claimed_field: Field = _NOTHING


@dataclass(frozen=True, slots=True)
class Money:
    """A row of a form's funds block: what was budgeted, what was spent. Numbers are None where the cell holds none; unit as printed."""

    label: Field
    budget: Decimal | None
    adjusted: Decimal | None
    executed: Decimal | None
    rate: Decimal | None
    budget_field: Field = _NOTHING
    adjusted_field: Field = _NOTHING
    executed_field: Field = _NOTHING
    rate_field: Field = _NOTHING


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount of money told in words (项目支出：1394.52), with its place."""

    label: str
    value: Decimal
    field: Field


@dataclass(frozen=True, slots=True)
class Form:
    """One score table of the annex, where it is a form of its own: its project, its total, and its funds where it is a 绩效自评表.

    rows: the numbers (no) of its first and last row. funds: the total row, parts the rows of which it is the sum; funds_row the
    number of the indicator 预算执行率 that the funds block gives, None where it gives no score. lists: amounts that the block tells in words
    (按支出性质分：基本支出：…, 项目支出：…), each list a division of one of the totals.
    """

    form: int
    rows: tuple[int, int]
    project: Field = _NOTHING
    stated_total: Decimal | None = None
    total_field: Field | None = None
    funds: Money | None = None
    parts: tuple[Money, ...] = ()
    lists: tuple[tuple[Amount, ...], ...] = ()
    funds_row: int | None = None


@dataclass(frozen=True, slots=True)
class StatedScore:
    """A score that the narrative states for the whole table: words are the piece that says it, field the number."""

    kind: Literal["total", "bonus", "base", "full", "full_bonus"]
    value: Decimal
    words: Field
    field: Field


@dataclass(frozen=True, slots=True)
class ScoreTable:
    """The annex. stated_total is the number of the 合计 row (or of the text where the table has none), with its place.

    start..end: from its first table to its last; parts: the stretches of text that are its tables (narrative may stand between).
    other: the stretches of tables that are no score table. notes: what stands under a table or in its last rows to explain it
    (备注1：…). method: "goals" where the rows are scored by goal and result and not by rules of their own (绩效自评表).
    scaled: a claim is its weight times a score out of a hundred, which is what the rules give: they are not held against the claims.
    stated: the scores that the narrative states for the whole. sums: subtotals, totals and group weights, forms: one or more where the annex is of forms, missing: what seems to be
    absent from a table that was only partly read, for a finding; while it is not empty, sums prove nothing.
    """

    rows: tuple[Row, ...]
    stated_total: Decimal | None = None
    total_field: Field | None = None
    start: int = 0
    end: int = 0
    parts: tuple[tuple[int, int], ...] = ()
    other: tuple[tuple[int, int], ...] = ()
    notes: tuple[Field, ...] = ()
    sums: tuple[Sum, ...] = ()
    forms: tuple[Form, ...] = ()
    stated: tuple[StatedScore, ...] = ()
    missing: tuple[str, ...] = ()
    method: Literal["rules", "goals"] = "rules"
    scaled: bool = False

    def holds(self, position: int) -> bool:
        """Whether a place of the document's text stands in one of the annex's tables."""
        return any(start <= position < max(end, start + 1) for start, end in self.parts)


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
    relations: tuple[Relation, ...] = ()

    @property
    def text(self) -> str:
        """The document's extracted text."""
        return self.document.text

    @property
    def shown(self) -> str:
        """The same text in the characters that are printed: what people are shown of it."""
        return self.document.printed or self.document.text

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

    @cached_property
    def total_of(self) -> dict[int, int]:
        """The figures that are told as parts of a total (relations of type parts), by index, with that total's."""
        return {part: r.total for r in self.relations if r.type == "parts" and r.total is not None for part in r.parts}

    def document_json(self) -> dict[str, Any]:
        """The contract's `document`: where the report comes from, and what of it could not be read."""
        document = self.document
        return {"path": document.path, "format": document.format, "pages": document.pages, "district": self.district, "year": self.year,
                "title": self.title, "problems": [{"what": p.what, "page": p.page} for p in document.problems]}

    def to_json(self) -> dict[str, Any]:
        """The contract's JSON of `fuhe extract`."""
        document = self.document
        out: dict[str, Any] = {
            "document": self.document_json(),
            "figures": [self._figure_json(f) for f in self.figures],
            "relations": [self._relation_json(r) for r in self.relations],
            "citations": [{"number": c.number, "title": c.title, "year": c.year, "text": c.text, "page": document.page(c.start),
                           "start": c.start, "end": c.end} for c in self.citations],
            "indicators": [
                {"no": r.no, "domain": r.domain.text, "subdomain": r.subdomain.text, "weight": _number(r.weight), "name": r.name.text,
                 "rule": r.rule.text, "lead": r.lead.text, "claimed": _number(r.claimed), "basis": r.basis.text, "target": r.target.text,
                 "actual": r.actual.text, "reason": r.reason.text, "checked": r.checked.text, "evidence": r.evidence.text,
                 "form": r.form, "page": document.page(r.name.start)} for r in self.table.rows
            ],
            "forms": [{"form": f.form, "project": f.project.text, "stated_total": _number(f.stated_total)} for f in self.table.forms],
            "stated_total": _number(self.table.stated_total),
        }
        return out if not document.printed else {k: document.as_printed(v) for k, v in out.items()}

    def _figure_json(self, f: Figure) -> dict[str, Any]:
        bbox = self.document.bbox(f.start, f.end)
        return {
            "value": f.value, "high": f.high, "unit": f.unit, "bound": f.bound, "role": f.role, "subject": f.subject, "period": f.period,
            "text": f.text, "sentence": self.sentence_text(f.sentence), "section": self.section_name(f.section),
            "page": self.document.page(f.start), "bbox": None if bbox is None else [round(x, 2) for x in bbox],
            "start": f.start, "end": f.end,
            "base": _number(f.base), "base_unit": f.base_unit, "modality": f.modality,
            "compare": f.compare, "down": f.down, "indicator": f.indicator,
            "confidence": self.document.confidence(f.start, f.end), "doubtful": f.doubtful,
        }

    def _relation_json(self, r: Relation) -> dict[str, Any]:
        out: dict[str, Any] = {"type": r.type, "figures": r.slots, "closed": r.closed, "said": r.said, "text": self.text[r.start:r.end]}
        if r.type == "growth":
            out["down"] = r.down
        if r.type == "count":
            out["listed"] = [n.text for n in r.listed]
        return out

    def section_name(self, index: int | None) -> str:
        """The path of a section's numbers and titles, outermost first, joined by " / "; "" outside all sections."""
        return " / ".join(f"{s.number}{s.title}" for s in self.section_path(index))

    def figures_frame(self) -> pd.DataFrame:
        """The figures as a pandas frame (columns: extractor.frames.FIGURE_COLUMNS)."""
        from extractor.frames import figures_frame

        return figures_frame(self)

    def citations_frame(self) -> pd.DataFrame:
        """The citations as a pandas frame (columns: extractor.frames.CITATION_COLUMNS)."""
        from extractor.frames import citations_frame

        return citations_frame(self)

    def indicators_frame(self) -> pd.DataFrame:
        """The score table as a pandas frame (columns: extractor.frames.INDICATOR_COLUMNS)."""
        from extractor.frames import indicators_frame

        return indicators_frame(self)


def _number(value: Decimal | None) -> str | None:
    return None if value is None else format(value, "f")


_OPENING = 12  # blocks before the first heading in which the letterhead and the title stand


def build(document: Document, district: str | None = None) -> Report:
    """Document -> Report: outline, sentences, figures, citations and the annexed score table.

    district overrides the name that the letterhead or the title gives. The narrative is everything outside the document's tables, and
    the cells of other tables that hold sentences. Of the annex, the cells that tell what was done are read after it.
    """
    from extractor.citations import citations
    from extractor.figures import figures
    from extractor.heading import district_of, title_of, year_of
    from extractor.outline import blocks_of, sections, sentences
    from extractor.relations.paragraphs import relations
    from extractor.score_table import find_score_table, with_stated

    table = find_score_table(document)
    narrative = blocks_of(document, table)
    table = with_stated(document, table, [(s, e) for s, e, _ in narrative])
    found = sections(document, narrative)
    split = (*sentences(document, narrative, found), *_cell_sentences(document, table))
    first = next((s.start for s in found if s.number or (narrative and s.start > narrative[0][0])), len(document.text))
    opening = [(s, e) for s, e, _ in narrative if e <= first][:_OPENING]
    title = title_of(document, opening)
    year = year_of(title, document.text[:table.start or None])
    cited = figures(document, found, split, year)
    rows, rules = ({r.no: getattr(r, x).text for r in table.rows} for x in ("name", "rule"))
    return Report(
        document=document, sections=found, sentences=split, figures=cited, relations=relations(document, split, cited, rows, rules, found),
        citations=citations(document, [(s, e) for s, e, _ in narrative]), table=table,
        district=district or district_of(title, [document.text[s:e] for s, e in opening], document), year=year, title=title,
    )


def _cell_sentences(document: Document, table: ScoreTable) -> Iterator[Sentence]:
    """The sentences of the annex cells that tell what was done, row by row; a cell merged over several rows belongs to the first."""
    from extractor.outline import sentences

    seen = set()
    for row in table.rows:
        for key in CELLS_READ:
            field: Field = getattr(row, key)
            if field.text.strip() and field.start not in seen:
                seen.add(field.start)
                for s in sentences(document, [(field.start, field.end, 0)], ()):
                    yield replace(s, indicator=row.no, key=key)
