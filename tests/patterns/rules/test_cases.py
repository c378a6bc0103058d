"""tests/cases/rules.txt: rules and the clauses they compile to."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from patterns.rules import compile_rule
from tests.patterns.rules.notation import rule

LINES = (Path(__file__).parents[2] / "cases" / "rules.txt").read_text("utf8").splitlines()
CASES = [line for line in LINES if line.strip() and not line.startswith("#")]


@pytest.mark.parametrize("line", CASES)
def test_a_rule_compiles_to_its_clauses(line: str) -> None:
    said, _, wanted = line.partition(" => ")
    text, _, weight = said.partition(" ##")
    assert rule(compile_rule(text.replace("\\n", "\n"), Decimal(weight) if weight else None)) == wanted.strip()


def test_the_cases_are_many_and_none_stands_twice() -> None:
    said = [line.split(" => ")[0] for line in CASES]
    assert len(said) == len(set(said)) >= 250
