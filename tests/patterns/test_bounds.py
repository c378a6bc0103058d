"""Bounds: every line of bounds.tsv gives its bound in its example and not in the other one."""

from __future__ import annotations

import pytest

from patterns.bounds import Line, lines
from patterns.fold import fold
from patterns.quantity import find


def bound(phrase: str) -> str:
    """The bound of the figure between ⟦ and ⟧."""
    at = phrase.index("⟦")
    found = find(fold(phrase.replace("⟦", "").replace("⟧", "")).text)
    return next(q.bound for q in found if q.start <= at < q.end)


@pytest.mark.parametrize("line", lines(), ids=lambda line: line.example)
def test_line(line: Line) -> None:
    assert bound(line.example) == line.bound
    assert bound(line.unlike) != line.bound
