"""Counts beside listings: 4个（甲、乙、丙）, 甲、乙、丙三个; a name too few is an error, an open or a loose list none."""

from __future__ import annotations

from pathlib import Path

import pytest

from audit.checks.counts import check_counts, split
from extractor import read
from tests.small import write

CASES = [
    ("新建公园3个（滨江公园、望湖公园、栖霞公园）。", None),
    ("新建公园4个（滨江公园、望湖公园、栖霞公园）。", "error"),
    ("新建公园4个（滨江公园、望湖公园、栖霞公园等）。", None),
    ("新建公园2个（滨江公园、望湖公园、栖霞公园等）。", "error"),  # 等 leaves room for more, not for fewer
    ("滨江、望湖、栖霞三个公园建成开放。", None),
    ("滨江公园、望湖公园、栖霞公园两个公园建成开放。", "error"),
    ("荣获“平安县”“卫生县”“文明县”3个称号。", None),
    ("荣获“平安县”“卫生县”“文明县”4个称号。", "error"),
    ("新建公园3个（滨江公园、望湖公园和栖霞公园）。", None),
    ("聚焦交通、消防、燃气、建筑、校园六大领域开展整治。", "warning"),
    ("聚焦交通、消防、燃气、建筑、校园五大领域开展整治。", None),
]


@pytest.mark.parametrize(("text", "severity"), CASES)
def test_a_count_against_its_listing(text: str, severity: str | None, tmp_path: Path) -> None:
    found = [(f.code, f.severity) for f in check_counts(read(write(tmp_path, text)))]
    assert found == ([("count-mismatch", severity)] if severity else [])


@pytest.mark.parametrize(("text", "least", "most"), [
    ("甲园、乙园、丙园", 3, 3), ("甲园、乙园和丙园", 2, 3), ("“平安县”“卫生县”", 2, 2), ("甲园，乙园", 2, 2),
])
def test_the_last_and_may_join_two_items(text: str, least: int, most: int) -> None:
    assert split(text)[1:] == (least, most)
