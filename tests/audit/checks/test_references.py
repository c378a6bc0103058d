"""What a rule points at, and whom it names."""

from __future__ import annotations

from pathlib import Path

import pytest
from annex import compiled

from audit.checks.references import check_references
from patterns.rules.pointers import named_districts

NOTE = "\n备注1：按年度考核办法评分。\n"
CASES = [
    ("参照备注1评分。", "50", "", [("missing-reference", "warning")]),
    ("参照备注1评分。", "50", NOTE, []),
    ("参照备注2评分。", "50", NOTE, [("missing-reference", "warning")]),
    ("东海县、南湾县、北岭县等建成渔港的得50分。", "50", "", [("not-applicable", "warning")]),
    ("东海县、南湾县、北岭县等建成渔港的得50分。", "0", "", []),  # nothing is claimed
    ("东海县、清源县、北岭县等建成渔港的得50分。", "50", "", []),
    ("东海县、南湾县、北岭县等建成渔港的得50分，其他区建成码头的得50分。", "50", "", []),
    ("各社区、各园区建成的得50分。", "50", "", []),
]


@pytest.mark.parametrize(("rule", "claim", "after", "wanted"), CASES)
def test_pointers_and_named_districts(rule: str, claim: str, after: str, wanted: list[tuple[str, str]], tmp_path: Path) -> None:
    report, rules = compiled(tmp_path, "1.渔港。建成渔港。", ("渔港建设", "50", rule, claim), after=after)
    assert [(f.code, f.severity) for f in check_references(report, rules, "other")] == wanted


def test_a_list_of_districts_is_three_at_least() -> None:
    assert named_districts("东海县、南湾县、北岭县等建成的") == ("东海县", "南湾县", "北岭县")
    assert named_districts("东海县、南湾县建成的") == ()
    assert named_districts("社区、园区、城区建成的") == ()
