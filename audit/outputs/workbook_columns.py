"""The columns of the workbook's sheets."""

from __future__ import annotations

from dataclasses import dataclass

from xlsxwriter.utility import xl_col_to_name


@dataclass(frozen=True, slots=True)
class Column:
    """A column: the catalogue key of its heading, its width in characters, its kind (text, wrap, number, input, hidden)."""

    key: str
    width: float
    kind: str = "text"


INDICATORS = (
    Column("labels.number", 6, "number"), Column("labels.domain", 16, "wrap"), Column("labels.indicator", 36, "wrap"),
    Column("labels.lead", 16, "wrap"), Column("labels.weight", 7, "number"), Column("labels.claimed", 8, "number"),
    Column("labels.low", 7, "number"), Column("labels.high", 7, "number"), Column("labels.verdict", 12),
    Column("labels.reason", 48, "wrap"), Column("labels.quote", 60, "wrap"), Column("labels.page", 6, "number"),
    Column("workbook.decision", 12, "input"), Column("workbook.decided_score", 10, "input"), Column("workbook.remark", 30, "input"),
    Column("workbook.reviewer", 10, "input"), Column("workbook.final_low", 11, "number"), Column("workbook.final_high", 11, "number"),
    Column("workbook.fingerprint_rule", 14, "hidden"), Column("workbook.fingerprint_evidence", 14, "hidden"),
)
FINDINGS = (
    Column("labels.severity", 8), Column("labels.code", 20), Column("labels.number", 6, "number"), Column("labels.indicator", 28, "wrap"),
    Column("labels.lead", 16, "wrap"), Column("labels.message", 60, "wrap"), Column("labels.points", 8, "number"),
    Column("labels.quote", 60, "wrap"), Column("labels.page", 6, "number"), Column("workbook.decision", 14, "input"),
    Column("workbook.remark", 30, "input"), Column("workbook.reviewer", 10, "input"), Column("workbook.fingerprint", 14),
)
FIGURES = (
    Column("workbook.value", 12), Column("workbook.upper", 8), Column("workbook.unit", 12), Column("workbook.bound", 7),
    Column("workbook.role", 8), Column("workbook.subject", 32, "wrap"), Column("workbook.period", 12), Column("labels.quote", 20, "wrap"),
    Column("workbook.sentence", 70, "wrap"), Column("workbook.section", 24, "wrap"), Column("labels.page", 6, "number"),
)
CITATIONS = (
    Column("workbook.document_number", 24), Column("workbook.document_title", 50, "wrap"), Column("workbook.document_year", 8, "number"),
    Column("labels.quote", 60, "wrap"), Column("labels.page", 6, "number"),
)
RULES = (
    Column("labels.number", 6, "number"), Column("labels.indicator", 30, "wrap"), Column("labels.rule", 50, "wrap"),
    Column("workbook.clause", 40, "wrap"), Column("workbook.kind", 12), Column("workbook.state", 10),
    Column("workbook.clause_points", 10), Column("workbook.explanation", 40, "wrap"),
)


def letters(columns: tuple[Column, ...]) -> dict[str, str]:
    """The letter of each column by the last word of its key, for formulas."""
    return {c.key.split(".")[1]: xl_col_to_name(k) for k, c in enumerate(columns)}
