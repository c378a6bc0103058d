"""tests/cases/rules.txt, rules_trades.txt and rules_more_trades.txt: rules and the clauses they compile to."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest

from patterns.rules import compile_rule
from tests.patterns.rules.notation import rule

LINES = (Path(__file__).parents[2] / "cases" / "rules.txt").read_text("utf8").splitlines()
CASES = [line for line in LINES if line.strip() and not line.startswith("#")]
TRADES = [line for name in ("rules_trades", "rules_more_trades")
          for line in (Path(__file__).parents[2] / "cases" / f"{name}.txt").read_text("utf8").splitlines()
          if line.strip() and not line.startswith("#")]


@pytest.mark.parametrize("line", CASES)
def test_a_rule_compiles_to_its_clauses(line: str) -> None:
    said, _, wanted = line.partition(" => ")
    text, _, weight = said.partition(" ##")
    assert rule(compile_rule(text.replace("\\n", "\n"), Decimal(weight) if weight else None)) == wanted.strip()


def test_the_cases_are_many_and_none_stands_twice() -> None:
    said = [line.split(" => ")[0] for line in CASES]
    assert len(said) == len(set(said)) >= 250


def alike(clauses: str) -> list[str]:
    """Clauses in any order, a level that earns nothing as a zero, the names of a list in order."""
    out = [re.sub(r"^tier \S+ 0(?= @|$)", "zero", c.strip()) for c in clauses.split(" | ")]
    return sorted(re.sub("@(.*)", lambda m: "@" + ",".join(sorted(m[1].split(","))), c) for c in out)


@pytest.mark.parametrize("line", TRADES)
def test_a_rule_of_another_trade_compiles_to_its_clauses(line: str) -> None:
    said, _, wanted = line.partition(" => ")
    text, _, weight = said.partition(" ##")
    assert alike(rule(compile_rule(text, Decimal(weight)))) == alike(wanted)
