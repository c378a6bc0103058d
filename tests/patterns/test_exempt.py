"""What a deduction leaves out, in the wordings of rules."""

from __future__ import annotations

from decimal import Decimal

import pytest

from patterns.demand import demands
from patterns.rules import compile_rule


@pytest.mark.parametrize(("rule", "exempt"), [
    ("商品因质量问题被省级以上部门通报的，每次扣1分，外地生产、本地经销的除外；", "外地生产、本地经销"),
    ("窗口办件超期的每件扣0.5分（因申请人补正材料的除外）。", "因申请人补正材料"),
    ("除不可抗力外，未按期完工的，每个扣1分。", "不可抗力"),
    ("发生责任事故的，每起扣2分，不可抗力造成的不扣分。", "不可抗力造成"),
    ("发生责任事故的，每起扣2分；台账不全的扣1分。", ""),
])
def test_what_a_deduction_leaves_out(rule: str, exempt: str) -> None:
    compiled = compile_rule(rule, Decimal(5), "质量")
    assert demands(compiled, "质量")[0].excepts == exempt


def test_what_is_left_out_in_front_is_no_fault() -> None:
    compiled = compile_rule("除不可抗力外，未按期完工的，每个扣1分。", Decimal(5), "工程")
    assert [w.deed for w in demands(compiled, "工程")[0].faults] == ["按期完工"]
