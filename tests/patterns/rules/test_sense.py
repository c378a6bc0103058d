"""Two clauses are one where they give and ask the same, whatever their words."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from patterns.rules import compile_rule
from patterns.rules.sense import further, senses


def forms(rule: str, weight: int = 10) -> list[Any]:
    """The senses of a rule's clauses."""
    return [s for _, s in senses(compile_rule(rule, Decimal(weight), "安全管理").clauses, Decimal(weight))]


def test_a_scale_s_last_line_and_the_weight_told_again_say_nothing() -> None:
    assert forms("整改率95%以上的得10分；不足95%的不得分。") == forms("整改率达到95%的，得10分。")
    assert forms("每项加1分，最高10分。") == forms("每项加1分。")


@pytest.mark.parametrize(("one", "other"), [("每项加1分，最高3分。", "每项加1分，最高5分。"), ("3个工作日内办结的得10分。", "5个工作日内办结的得10分。"),
                                           ("获省级表彰的得10分。", "获国家级表彰的得10分。"), ("排名前3的得10分。", "排名前5的得10分。")])
def test_another_number_level_or_limit_is_another_sense(one: str, other: str) -> None:
    assert forms(one) != forms(other)


def test_what_且_adds_is_something_further() -> None:
    assert further("结案率95%以上且无败诉案件的", "结案率95%以上的得5分") and not further("全年开展演练不少于4次的", "开展演练4次以上的，得8分")
