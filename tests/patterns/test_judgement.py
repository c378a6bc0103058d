"""What counts nothing: every line of judgement.tsv decides its example, and is needed for it; the other phrase counts."""

from __future__ import annotations

import pytest

from patterns import judgement
from patterns.fold import fold
from patterns.judgement import Line, lines
from patterns.quantity import find


def counted(phrase: str) -> int:
    return len(find(fold(phrase).text))


def name(line: Line) -> str:
    return f"{line.reason} {line.example}"


@pytest.mark.parametrize("line", lines(), ids=name)
def test_example(line: Line) -> None:
    assert bool(counted(line.example)) == (line.reason == "counts")
    assert not line.unlike or counted(line.unlike)


@pytest.mark.parametrize("line", [line for line in lines() if line.reason != "counts"], ids=name)
def test_no_other_line_rules_the_example_out(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    rest = tuple(x for x in lines() if x is not line)
    monkeypatch.setattr(judgement, "_of", lambda unit, dimension: tuple(x for x in judgement_of(unit, dimension) if x in rest))
    assert counted(line.example)


judgement_of = judgement._of
