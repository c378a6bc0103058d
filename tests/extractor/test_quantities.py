"""What figures tell of which year, and which changes on which year."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor import read
from extractor.quantities import Quantities, quantities
from extractor.report import Report
from tests.small import write


def told(folder: Path, text: str) -> tuple[Report, Quantities]:
    """A report on 2023 of a few sentences, and its quantities."""
    report = read(write(folder, text))
    return report, quantities(report)


LAST_YEAR = [
    ("义务植树71.2万株，上年为64.8万株。", "64.8万株", "植树"),
    ("林道新建41.2公里，比2022年的35.7公里多5.5公里。", "35.7公里", "林道"),
    ("总林长令由上年的2道增至3道。", "2道", "林长令"),
    ("示范村建成15个（2022年12个）。", "12个", "示范村"),
    ("演练开展104次，上年98次。", "98次", "演练"),
    ("责令停产由48家降至33家。", "48家", "停产"),
]


@pytest.mark.parametrize(("text", "figure", "word"), LAST_YEAR)
def test_last_years_value_has_the_name_of_the_value_beside_it(text: str, figure: str, word: str, tmp_path: Path) -> None:
    _report, found = told(tmp_path, text)
    t = next(t for t in found.tellings.values() if t.figure.text == figure)
    assert (t.year, t.dated) == (2022, True) and word in t.own + t.around
    assert all(not o.dated for o in found.tellings.values() if o is not t)


@pytest.mark.parametrize("text", ["2020年以来累计治理96处。", "比2020年的57.2%提高4.3个百分点，达到61.5%。", "计划2024年治理40处。"])
def test_another_year_is_not_the_last(text: str, tmp_path: Path) -> None:
    assert all(t.year != 2022 for t in told(tmp_path, text)[1].tellings.values())


CHANGES = [
    ("护林员1,012人，较上年减少12人。", ("1,012人", "12人", True, 2022)),
    ("人工造林、封山育林分别完成1.31万亩、2.35万亩，分别增长13.9%、6.8%。", ("2.35万亩", "6.8%", False, 2022)),
    ("护林员培训16期、2,105人次，期数比上年多2期，人次增长8.7%。", ("16期", "2期", False, 2022)),
    ("护林员培训16期、2,105人次，期数比上年多2期，人次增长8.7%。", ("2,105人次", "8.7%", False, 2022)),
    ("PM2.5浓度43微克/立方米，比2020年下降18.9%。", ("43微克/立方米", "18.9%", True, 2020)),
]


@pytest.mark.parametrize(("text", "change"), CHANGES)
def test_a_change_is_told_of_its_figure_and_its_year(text: str, change: tuple[str, str, bool, int], tmp_path: Path) -> None:
    report, found = told(tmp_path, text)
    assert change in [(report.figures[c.now].text, report.figures[c.amount].text, c.down, c.on) for c in found.changes]


def test_a_change_at_comparable_prices_says_so(tmp_path: Path) -> None:
    _report, found = told(tmp_path, "工业总产值41.2亿元，按可比价格比上年增长6.7%。农业总产值9.6亿元，比上年增长2.1%。")
    assert [c.adjusted for c in found.changes] == [True, False]
