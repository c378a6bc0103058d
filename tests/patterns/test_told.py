"""What a cell of an annex tells by its words alone."""

from __future__ import annotations

import pytest

from patterns.told import is_aim, is_reference, is_value, place_pointed_at, tells


@pytest.mark.parametrize("words", ["≥95%", "46平方千米", "7次", "3.62%", "≤1800元/份", "30公里以上", "69.2%。", "12.5万亩"])
def test_values(words: str) -> None:
    assert is_value(words)


@pytest.mark.parametrize("words", ["", "1.常务会议学法", "（二）设施建设", "8", "检测2次", "A1-2", "5分钟内到场处置率"])
def test_no_values(words: str) -> None:
    assert not is_value(words)


def test_aims() -> None:
    assert all(map(is_aim, ["≥95%", "不低于30家", "每季度至少1次", "覆盖率100%以上"]))
    assert not any(map(is_aim, ["96.2%", "已完成42件", "领导机制"]))


def test_deeds() -> None:
    assert all(map(tells, ["已验收", "检查128家", "平林办〔2023〕4号", "培训率98.2%", "未发生"]))
    assert not any(map(tells, ["组织领导", "码头管理", "市统计局"]))


def test_references() -> None:
    assert all(map(is_reference, ["附件1-2", "P12—15", "卷7", "台账", "会议纪要", "市统计局", "A-01"]))
    assert not any(map(is_reference, ["档案治理", "材料费控制", "已建立台账12本，逐户核对", "96.2%"]))


@pytest.mark.parametrize(("words", "path"), [
    ("已达标，见正文（一）", ("一",)), ("见正文二（四）4", ("二", "四", "4")), ("详见报告第六部分", ("六",)), ("见2.5", ("2.5",)),
    ("见附件1", ()), ("见档案盒3-4", ()), ("会见2人", ()), ("见第3页", ()), ("见习120人", ()), ("见2023年决算", ()),
])
def test_a_pointer_at_a_section_names_its_numbers(words: str, path: tuple[str, ...]) -> None:
    assert place_pointed_at(words) == path
