"""Frames: documented columns, a row per item, numbers that stay Decimal, and an empty report."""

from __future__ import annotations

from decimal import Decimal

from extractor.document import Document
from extractor.frames import CITATION_COLUMNS, FIGURE_COLUMNS, INDICATOR_COLUMNS
from extractor.report import Field, Report, Row, ScoreTable, build

TEXT = "一、情况\n依据《办法》（沪环气〔2022〕28号），按1:0.5补贴3,860.50万元。"


def report(text: str) -> Report:
    return build(Document("x.txt", "txt", None, text))


def test_figures() -> None:
    frame = report(TEXT).figures_frame()
    assert list(frame.columns) == list(FIGURE_COLUMNS)
    assert list(frame["value"]) == ["1:0.5", "3860.50"]
    assert frame["number"][1] == Decimal("3860.50") and isinstance(frame["base"][1], Decimal)
    assert list(frame["section"]) == ["一、情况", "一、情况"]


def test_citations() -> None:
    frame = report(TEXT).citations_frame()
    assert list(frame.columns) == list(CITATION_COLUMNS)
    assert frame.iloc[0]["number"] == "沪环气〔2022〕28号"
    assert frame["year"].dtype == "Int64"


def test_indicators() -> None:
    cell = Field("甲", 0, 1)
    row = Row(1, cell, Decimal("2"), cell, cell, cell, cell, Decimal("1.5"), cell)
    r = Report(Document("x.txt", "txt", None, "甲"), (), (), (), (), ScoreTable((row,)))
    frame = r.indicators_frame()
    assert list(frame.columns) == list(INDICATOR_COLUMNS)
    assert frame["claimed"][0] == Decimal("1.5")


def test_empty_report() -> None:
    r = report("没有数据。")
    assert [len(f) for f in (r.figures_frame(), r.citations_frame(), r.indicators_frame())] == [0, 0, 0]
