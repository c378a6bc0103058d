"""A submitted file -> Report: text with addresses, figures, citations, outline, score table. Judges nothing."""

from __future__ import annotations

from os import PathLike
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from extractor.report import Report

__all__ = ["read", "require_report"]


LEAST_FIGURES = 5  # of a report without a score table


def read(path: str | PathLike[str], district: str | None = None, cache: bool = False) -> Report:
    """Read a submitted report of any supported format.

    district overrides the district's name that the document gives. cache: take it from fuhe's cache where the same bytes were read
    before, and keep it there. Raises patterns.errors.UnusableInput.
    """
    from extractor.readers import read_document
    from extractor.report import build

    if not cache:
        return build(read_document(path), district=district)
    from dataclasses import replace
    from os import fspath

    from patterns import cache as kept

    name = f"reports/{key(path)}-{kept.digest(district or '')}.bin"
    report: Report = kept.objects(name, lambda: build(read_document(path), district=district))
    return report if report.document.path == fspath(path) else replace(report, document=replace(report.document, path=fspath(path)))


def key(path: str | PathLike[str]) -> str:
    """What the reading of a file depends on: its bytes, fuhe's code, and what is installed to read pictures and old formats with."""
    from shutil import which

    from extractor.readers import content
    from extractor.readers.seeing import available
    from patterns import cache as kept

    able = f"{available()} {which('soffice') or which('libreoffice')}"
    return kept.digest(content(path), kept.stamp("extractor", "patterns"), able)


def require_report(report: Report) -> None:
    """Refuse a document that is no report, one with neither a score table nor five cited figures (UnusableInput).

    One of which something could not be read is kept: what is missing may be what makes it a report.
    """
    from patterns.errors import UnusableInput

    if not report.table.rows and len(report.figures) < LEAST_FIGURES and not report.document.problems:
        raise UnusableInput(report.document.path, f"不像自查报告：没有自评分表，只有{len(report.figures)}个数据 / no report: no score table and "
                            f"only {len(report.figures)} figures", "提交报告正文和自评分表 / submit the report with its score table")
