"""A submitted file -> Report: text with addresses, figures, citations, outline, score table. Judges nothing."""

from __future__ import annotations

from os import PathLike
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from extractor.report import Report

__all__ = ["read"]


def read(path: str | PathLike[str], district: str | None = None) -> Report:
    """Read a submitted report of any supported format.

    district overrides the district's name that the document gives. Raises patterns.errors.UnusableInput.
    """
    from extractor.readers import read_document
    from extractor.report import build

    return build(read_document(path), district=district)
