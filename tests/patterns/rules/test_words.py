"""patterns/words/scoring.tsv: every row's rule uses one of its words and compiles to its clauses."""

from __future__ import annotations

import pytest

from patterns.rules import compile_rule
from patterns.rules.words import rows, words
from tests.patterns.rules.notation import rule


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["rule"])
def test_a_row_of_words_has_a_rule_that_uses_them(row: dict[str, str]) -> None:
    assert any(w in row["rule"] for w in row["words"].split())
    assert rule(compile_rule(row["rule"])) == row["clauses"]


def test_longer_words_come_first() -> None:
    found = words("counter", "measure")
    assert [len(w) for w in found] == sorted((len(w) for w in found), reverse=True)
    assert found.index("个百分点") < found.index("个")
