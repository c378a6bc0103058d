"""Fields of the annex: what is found inside a cell, with its place in the document."""

from __future__ import annotations

from decimal import Decimal

from extractor.report import Field
from patterns import scores
from patterns.group_weights import read

NOTHING = Field("", 0, 0)


def weight_in(field: Field, bare: bool = False) -> tuple[Decimal, Field] | None:
    """The maximum score that a name prints, with its place (patterns.scores.weight_in)."""
    return _placed(field, scores.weight_in(field.text, bare))


def group_weight(heading: Field) -> tuple[Decimal, Field] | None:
    """The weight of a whole group that its heading prints, with its place (patterns.group_weights)."""
    return _placed(heading, read(heading.text).total)


def weight_in_rule(field: Field) -> tuple[Decimal, Field] | None:
    """The maximum score that a rule opens with, with its place."""
    return _placed(field, scores.weight_in_rule(field.text))


def last_number(field: Field) -> tuple[Decimal, Field] | None:
    """The last number inside a cell of words, with its place."""
    return _placed(field, scores.last_number(field.text))


def told_claim(field: Field) -> tuple[Decimal | None, Field]:
    """The score that a cell of words tells, with its place."""
    value = scores.told_claim(field.text)
    at = field.text.rfind(format(value, "f")) if value is not None else -1
    return value, Field(format(value, "f"), field.start + at, field.start + at + len(format(value, "f"))) if value is not None and at >= 0 else field


def told_total(field: Field) -> tuple[Decimal, Field] | None:
    """The total that a row of one cell tells in words, with its place."""
    return _placed(field, scores.told_total(field.text))


def _placed(field: Field, found: scores.Printed | None) -> tuple[Decimal, Field] | None:
    if found is None:
        return None
    return found.value, Field(field.text[found.start:found.end], field.start + found.start, field.start + found.end)
