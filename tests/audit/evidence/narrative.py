"""The passages of a few sentences, with what measures need to know of their report."""

from __future__ import annotations

from pathlib import Path

from audit.evidence import passages
from audit.evidence.measures import Context
from audit.evidence.passages import Passage
from extractor import read
from tests.small import write


def told(folder: Path, text: str) -> tuple[Context, list[Passage]]:
    """The context and the passages of a narrative."""
    report = read(write(folder, text))
    return Context(report), list(passages.read(report))
