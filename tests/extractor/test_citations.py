"""Cited documents: titles and numbers, paired where they stand together."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.citations import citations, titles
from extractor.document import Document


def cited(text: str) -> list[tuple[str | None, str | None, int | None, str]]:
    found = citations(Document("x.txt", "txt", None, text), [(0, len(text))])
    assert all(text[c.start:c.end] == c.text for c in found)
    return [(c.number, c.title, c.year, c.text) for c in found]


@pytest.mark.parametrize(("text", "expected"), [
    ("印发《重点工作安排》（青发改〔2021〕135号），明确任务。",
     [("青发改〔2021〕135号", "重点工作安排", 2021, "《重点工作安排》（青发改〔2021〕135号）")]),
    ("按《湿地保护规划（2021-2035年）》执行。", [(None, "湿地保护规划（2021-2035年）", 2021, "《湿地保护规划（2021-2035年）》")]),
    ("批复文件为沪环气〔2021〕63号。", [("沪环气〔2021〕63号", None, 2021, "沪环气〔2021〕63号")]),
    ("《关于印发〈名单（2021版）〉及〈方案〉的通知》（沪环气〔2022〕28号）",
     [("沪环气〔2022〕28号", "关于印发〈名单（2021版）〉及〈方案〉的通知", 2022,
      "《关于印发〈名单（2021版）〉及〈方案〉的通知》（沪环气〔2022〕28号）")]),
    ("出台《甲办法》《乙方案》（青府发〔2019〕10号）。",
     [(None, "甲办法", None, "《甲办法》"), ("青府发〔2019〕10号", "乙方案", 2019, "《乙方案》（青府发〔2019〕10号）")]),
    ("《2021 年度 工作方案》", [(None, "2021年度工作方案", 2021, "《2021 年度 工作方案》")]),
    ("《没有结尾的标题\n下一段》", []),
    ("没有文件，只有32-01号地块。", []),
])
def test_citations(text: str, expected: list[tuple[str | None, str | None, int | None, str]]) -> None:
    assert cited(text) == expected


@given(st.text(alphabet="《》〈〉（）〔2021〕沪环8号\n的", max_size=80))
def test_places_are_exact_and_in_order(text: str) -> None:
    found = citations(Document("x.txt", "txt", None, text), [(0, len(text))])
    assert [c.start for c in found] == sorted(c.start for c in found)
    assert all(text[c.start:c.end] == c.text for c in found)
    assert all(text[a] == "《" and text[b - 1] == "》" for a, b in titles(text))
