"""A report of figures alone, with relations made by hand, so that arithmetic and defence are tested apart from reading."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from audit.said import Said
from extractor.document import Block, Document
from extractor.relations.model import Name, Relation
from extractor.report import Figure, Report, ScoreTable, Sentence
from patterns.quantity import find


def figure(text: str, index: int = 0, start: int = 0, **meaning: Any) -> Figure:
    """The one figure of a short text (1.2万人, 约30家)."""
    q, = find(text)
    made = Figure(index, q.value, q.high, q.unit, q.bound, "actual", "", "", text[q.start:q.end], start + q.start, start + q.end, 0, None,
                  q.number, q.high_number, q.base, q.base_unit)
    return replace(made, **meaning)


def said(*texts: str, relations: tuple[Relation, ...] = (), **meaning: Any) -> Said:
    """A report whose only paragraph is the texts, one figure each, with these relations. meaning: fields of every figure."""
    text, figures = "", []
    for k, t in enumerate(texts):
        figures.append(figure(t, k, len(text), **meaning))
        text += t + "，"
    document = Document("x.txt", "text", None, text, (Block("paragraph", 0, len(text)),))
    return Said(Report(document, (), (Sentence(0, len(text), None),), tuple(figures), (), ScoreTable(()), relations=relations))


def names(*listed: str) -> tuple[Name, ...]:
    """Names that are counted."""
    return tuple(Name(n, 0, 0) for n in listed)
