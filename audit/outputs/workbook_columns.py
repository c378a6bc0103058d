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


# What stands left of the second reviewer, and that column, is what is printed: it fits A4 across at a size that can be read.
LAST_PRINTED = "workbook.second"
INDICATORS = (
    Column("labels.number", 6, "number"), Column("labels.indicator", 26, "wrap"), Column("labels.weight", 6, "number"),
    Column("labels.claimed", 7, "number"), Column("labels.proposed", 8, "number"), Column("labels.reason", 40, "wrap"),
    Column("workbook.decision", 9, "input"), Column("workbook.decided_score", 8, "input"), Column("workbook.remark", 18, "input"),
    Column("workbook.reviewer", 8, "input"), Column("workbook.date", 11, "input"), Column("workbook.second", 8, "input"),
    Column("labels.low", 6, "number"), Column("labels.high", 6, "number"), Column("workbook.final_proposed", 9, "number"),
    Column("workbook.final_low", 9, "number"), Column("workbook.final_high", 9, "number"), Column("labels.verdict", 9),
    Column("labels.quote", 56, "wrap"), Column("workbook.place", 18, "wrap"), Column("labels.domain", 14, "wrap"),
    Column("labels.lead", 14, "wrap"), Column("workbook.fingerprint_rule", 14, "hidden"), Column("workbook.fingerprint_evidence", 14, "hidden"),
)
FINDINGS = (
    Column("labels.severity", 7), Column("workbook.code_title", 14, "wrap"), Column("labels.number", 6, "number"),
    Column("labels.indicator", 22, "wrap"), Column("labels.message", 44, "wrap"), Column("workbook.decision", 11, "input"),
    Column("workbook.remark", 22, "input"), Column("workbook.reviewer", 9, "input"), Column("workbook.date", 11, "input"),
    Column("workbook.second", 9, "input"), Column("labels.quote", 56, "wrap"), Column("workbook.place", 18, "wrap"),
    Column("labels.points", 7, "number"), Column("labels.lead", 14, "wrap"), Column("labels.code", 20), Column("workbook.fingerprint", 14, "hidden"),
)
FIGURES = (
    Column("workbook.value", 12, "amount"), Column("workbook.upper", 8, "amount"), Column("workbook.unit", 12), Column("workbook.bound", 7),
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
