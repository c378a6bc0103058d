"""Statements: which passages tell of what is still to be done."""

from __future__ import annotations

import pytest

from extractor.document import Document
from extractor.report import build
from extractor.statements import statements


@pytest.mark.parametrize(("body", "ahead"), [
    ("五、差距与打算\n（一）履职不够均衡，巡查只开展了3次。\n（二）下步打算。新建站点8座。", [False, True]),
    ("五、差距与打算\n一是巡查只开展了3次。二是站点只建成8座。", [False, False]),
    ("五、下一步打算\n（一）巡查。开展巡查12次。\n（二）站点。新建站点8座。", [True, True]),
    ("五、工作成效\n（一）巡查。开展巡查12次。\n（二）站点。新建站点8座。", [False, False]),
])
def test_a_chapter_of_shortcomings_and_plans_is_no_chapter_of_plans(body: str, ahead: list[bool]) -> None:
    told = statements(build(Document("x.txt", "txt", None, f"示例区2022年度工作自查报告\n一、概况\n全区辖9个镇。\n{body}")))
    assert [told.around(line).outlook for line in told.lines if line.figures and "辖" not in line.text] == ahead
