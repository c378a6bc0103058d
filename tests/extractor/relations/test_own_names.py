"""A listing counts its own names, not those of the listing before it."""

from __future__ import annotations

from extractor.readers import read_bytes
from extractor.report import build


def listed(text: str) -> list[list[str]]:
    report = build(read_bytes("report.txt", f"示例区2021年自查报告\n一、情况\n{text}\n".encode()))
    return [[n.text for n in r.listed] for r in report.relations if r.type == "count"]


def test_a_list_that_ends_with_a_number_is_another_ones() -> None:
    assert listed("清单包括能源、工业、农业、林业、废弃物等五大领域排放的二氧化碳、甲烷、氧化亚氮等三种气体。") == [
        ["清单包括能源", "工业", "农业", "林业", "废弃物"], ["二氧化碳", "甲烷", "氧化亚氮"]]


def test_a_list_without_one_before_it_keeps_its_names() -> None:
    assert listed("全年获评3家（甲厂、乙厂、丙厂）。") == [["甲厂", "乙厂", "丙厂"]]
