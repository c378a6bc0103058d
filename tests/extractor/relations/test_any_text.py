"""Whatever the text, reading ends and says nothing of figures that are not there."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.document import Document
from extractor.report import build

PIECES = ("全县共有", "其中", "分别", "，", "、", "；", "。", "（", "）", "比上年", "增长", "下降", "占", "总额的", "完成率", "任务", "计划", "由", "增至", "合计", "分为", "和",
          "等", "学校", "医院", "税收收入", "12家", "3家", "15家", "4.2亿元", "1.3亿元", "25%", "0.8个百分点", "2023年", "\n", "(", "：", "一是", "%", "\ue000", "\U00100000")


@given(st.lists(st.sampled_from(PIECES), max_size=40))
@settings(max_examples=60, deadline=None)
def test_relations_hold_figures_of_the_report_once_each(pieces: list[str]) -> None:
    report = build(Document("a.txt", "text", None, "".join(pieces)))
    seen = set()
    for r in report.relations:
        at = list(r.figures())
        assert at and all(0 <= k < len(report.figures) for k in at)
        assert len({report.figures[k].start for k in at}) == len(set(at))
        key = (r.type, r.form, tuple(at), tuple(x.text for x in r.listed))
        assert key not in seen
        seen.add(key)


def test_a_paragraph_of_a_thousand_figures_is_read() -> None:
    text = "".join(f"全县共有学校{k + 3}所，其中小学{k}所、中学3所，比上年增长2%；" for k in range(10, 260))
    report = build(Document("a.txt", "text", None, text))
    assert sum(r.type == "parts" for r in report.relations) >= 250
