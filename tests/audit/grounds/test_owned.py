"""What a row's own cell owns up to is a fault where it costs just the points that the row does without, and never else."""

from __future__ import annotations

from decimal import Decimal

import pytest
from test_own_cells import BODY

from audit.grounds import grounds
from audit.grounds.model import ClauseState
from extractor.readers import read_bytes
from extractor.report import build
from patterns.rules import compile_rule

SPILLS = "储粮霉变的，每起扣0.5分，最多扣2分"
SPOTS = "隐患点位未整改到位的，每个扣0.2分，最多扣3分"
CHECKS = "每少巡检1次扣0.5分，扣完为止"


def state(rule: str, cell: str, claimed: str) -> ClauseState:
    rows = [("仓房管理", rule, cell, claimed), ("机构队伍", "有专人负责的得4分", "有专人", "4"), ("综合协调", "定期会商的得4分", "定期会商", "4")]
    table = "\n".join(f"粮油\t4\t{name}\t{r}\t{c}\t{points}" for name, r, c, points in rows)
    report = build(read_bytes("report.txt", f"{BODY}{table}\n".encode()))
    rules = tuple(compile_rule(r.rule.text, r.weight, r.name.text) for r in report.table.rows)
    return grounds(report, rules, None, "other")[0][0]


@pytest.mark.parametrize(("rule", "cell", "claimed", "count"), [
    (SPILLS, "霉变1起，扣0.5分", "3.5", 1),
    (SPILLS, "因连阴雨霉变3起", "2.5", 3),
    (SPOTS, "尚余2个", "3.6", 2),
    (CHECKS, "一仓缺1次", "3.5", 1),
])
def test_a_fault_that_costs_just_the_points_not_claimed_is_owned(rule: str, cell: str, claimed: str, count: int) -> None:
    found = state(rule, cell, claimed)
    assert found.state == "unmet"
    assert found.lowest == found.highest == Decimal(count)
    assert found.evidence[0].quote.text in cell


@pytest.mark.parametrize(("rule", "cell", "claimed"), [
    (SPILLS, "储粮12起批次抽检合格", "4"),  # nothing is taken off
    (SPOTS, "尚余2个", "3"),  # five of them would cost a point
    (SPILLS, "霉变0起", "3.5"),
    (SPILLS, "全年抽检1批", "3.5"),
])
def test_else_nothing_is_owned(rule: str, cell: str, claimed: str) -> None:
    assert state(rule, cell, claimed).state != "unmet"
