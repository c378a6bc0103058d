"""Faults admitted and denied: what a deduction asks for, what is another matter, and when the question is closed."""

from __future__ import annotations

from pathlib import Path

import pytest
from narrative import told

from audit.evidence import faults
from audit.evidence.words import Weights

WEIGHTS = Weights(["消防检查不合格的每家扣1分", "未报送年报的每家扣1分", "被投诉的每起扣1分"])
FAIL, OMIT, COMPLAINT = "检查不合格的", "未报送年报的", "被投诉的"
CASES: list[tuple[str, str, list[tuple[str, bool]], bool]] = [
    (FAIL, "消防检查120家，不合格3家。", [("3", True)], True),  # the check's result is all that it found
    (FAIL, "消防检查120家，未发现不合格情况。", [], True),
    (FAIL, "消防检查120家，全部合格。", [], True),
    (FAIL, "消防检查120家，合格117家。", [], False),
    (FAIL, "消防检查合格117家、不合格3家。", [("3", True)], True),  # what passed is no fault
    (FAIL, "消防检查120家。", [], False),  # silence settles nothing
    (FAIL, "上年消防检查不合格5家。", [], False),
    (FAIL, "拟于明年复查消防检查不合格的3家。", [], False),
    (OMIT, "2家企业未报送年报。", [("2", True)], False),
    (OMIT, "年报全部按时报送。", [], True),
    (COMPLAINT, "受理投诉32件，按期办结32件。", [], False),  # complaints dealt with are the work itself
    (COMPLAINT, "全年消防未收到投诉。", [], True),
]


@pytest.mark.parametrize(("condition", "text", "wanted", "closed"), CASES)
def test_faults_of_a_passage(condition: str, text: str, wanted: list[tuple[str, bool]], closed: bool, tmp_path: Path) -> None:
    ctx, passages = told(tmp_path, text)
    found = faults.look(ctx, WEIGHTS, condition, "消防", "家", [(p, 1.0) for p in passages], [])
    assert [(f"{f.count:f}", f.sure) for f in found.faults] == wanted
    assert found.closed == closed


def test_an_excused_fault_and_one_among_the_shortcomings_are_for_a_person_to_judge(tmp_path: Path) -> None:
    for text in ("消防检查120家，不合格3家，均因停业装修。", "一、存在问题\n\n消防检查120家，不合格3家。"):
        ctx, passages = told(tmp_path, text)
        found = faults.look(ctx, WEIGHTS, FAIL, "消防", "家", [(p, 1.0) for p in passages], [])
        assert [f.sure for f in found.faults] == [False]


def test_the_denying_sentence_is_kept_as_evidence(tmp_path: Path) -> None:
    ctx, passages = told(tmp_path, "开展培训。消防检查120家，未发现不合格情况。")
    found = faults.look(ctx, WEIGHTS, FAIL, "消防", "家", [(p, 1.0) for p in passages], [])
    assert [line.text for _, line in found.denials] == ["消防检查120家，未发现不合格情况。"]


@pytest.mark.parametrize(("text", "kind"), [
    ("检查不合格的", "fail"), ("未报送年报的", "omit"), ("被投诉的", "complaint"), ("发生事故的", "accident"), ("排放超标的", "exceed"),
    ("被通报批评的", "blame"), ("不合格产品没有开展后处理的", "omit"), ("投诉办结率低的", "other"),
])
def test_the_kind_of_a_fault(text: str, kind: str) -> None:
    assert faults.kind_of(text) == kind


def test_the_ways_of_a_condition() -> None:
    assert faults.segments("检查不合格或被投诉的") == ["检查不合格", "被投诉的"]
    assert faults.segments("月报、年报，漏报的") == ["月报、年报、漏报的"]
