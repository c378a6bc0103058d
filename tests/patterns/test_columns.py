"""Every example of columns.tsv is read as what it is the example of, and headers of no column as nothing."""

from __future__ import annotations

import pytest

from patterns.columns import Line, endings, lines, plain, senses


@pytest.mark.parametrize("line", lines(), ids=lambda line: f"{line.role}{line.weight} {line.examples[0]}")
def test_examples(line: Line) -> None:
    assert line.examples
    for header in line.examples:
        found = senses(header) if line.weight else endings(header)
        assert line.role in found and found[line.role].weight >= line.weight, header
        # content may have to decide between what was done and how far a goal was reached, never between scores and texts
        assert max(found.values()).weight <= found[line.role].weight or {line.role, *found} <= {"basis", "actual", "level", "target", "reason"}, (header, found)
    for header in line.never:
        assert line.pattern.search(plain(header)) is None, header


@pytest.mark.parametrize(("header", "role"), [("自 评\n得 分", "claimed"), ("分值(100分)", "weight"), ("得分（自评）", "claimed"), ("评分标准及办法", "rule")])
def test_width_space_and_brackets(header: str, role: str) -> None:
    assert max(senses(header), key=lambda r: senses(header)[r].weight) == role


@pytest.mark.parametrize("header", ["", "张三", "2023年", "安全生产责任制建立健全并且落实到位、没有发生事故的情况"])
def test_words_of_no_column(header: str) -> None:
    assert not senses(header)


def test_ranks() -> None:
    assert [senses(h)["level"].rank for h in ("一级指标", "二级指标及分值", "考核内容")] == [1, 2, 0]
