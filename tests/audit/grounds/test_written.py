"""States on invented reports of ten trades, written before the code had seen them: how many of the clauses come out as a careful reader has them."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from writing import misses


@pytest.mark.parametrize(("name", "least"), [("first", 0.9), ("second", 0.9), ("third", 0.95), ("fourth", 0.9), ("fifth", 0.95), ("sixth", 0.8),
                                             ("seventh", 0.9), ("eighth", 0.85), ("ninth", 0.92), ("tenth", 0.88), ("scales", 0.95), ("scales_second", 0.95)])
def test_written_reports_get_the_states_that_a_reader_gives_them(name: str, least: float) -> None:
    """Every file keeps at least the share it had; the misses are listed."""
    total, wrong = misses(name)
    assert total >= 45
    assert 1 - len(wrong) / total >= least, "\n".join(wrong)
