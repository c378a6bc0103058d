"""Weights that headings print for their indicators."""

from __future__ import annotations

import pytest

from patterns.group_weights import read


@pytest.mark.parametrize(("heading", "total", "of"), [
    ("一、组织与投入（每个观测点4分，共20分）", "20", "4 4 4 4 4"),
    ("五、创新与评价（前三个观测点每个3分，末一个1分，共10分）", "10", "3 3 3 1"),
    ("一、组织领导（20分，每项4分）", "20", "4 4 4 4 4"),
    ("三、队伍建设（10分）：每条2分", "10", "2 2 2 2 2"),
    ("四、保障（16分，第1项4分，其余各3分）", "16", "4 3 3 3 3"),
    ("甲 基础工作（30分；前两项各6分，后三项各6分）", "30", "6 6 6 6 6"),
    ("加分项（每项最高3分）", None, "3 3"),
    ("日常工作（满分12分）", "12", None),
    ("一、组织领导", None, None),
])
def test_headings(heading: str, total: str | None, of: str | None) -> None:
    found = read(heading)
    assert (found.total and str(found.total.value)) == total
    n = len(of.split()) if of else 3
    weights = found.of(n)
    assert (weights and " ".join(str(w.value) for w in weights)) == of
    for w in weights or ():
        assert heading[w.start:w.end] == str(w.value)


def test_weights_that_do_not_make_up_the_group_are_not_taken() -> None:
    assert read("一、组织领导（20分，每项4分）").of(4) is None
    assert read("二、宣传（前三项各2分）").of(2) is None and read("二、宣传（前三项各2分）").of(4) is None
