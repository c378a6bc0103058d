"""A cell of the annex that tells its row's number otherwise than the narrative."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor import read
from tests.small import write

TEXT = "1.信访。全年受理群众来信312件，办结来信298件，移送线索4条。\n\n2.培训。举办调解员培训班9期，培训调解员640人次。"
ROWS = (("来信办理", "50", "来信办结率95%以上的得50分。", "50"), ("调解员培训", "50", "培训8期以上的得50分。", "50"))


@pytest.mark.parametrize(("cell", "pairs"), [
    ("受理来信312件，办结298件，移送4条", []),
    ("受理来信312件，办结289件，移送4条", [("298件", "289件")]),
    ("受理来信331件，办结298件，移送4条", [("312件", "331件")]),
    ("来信满意率达标，另办电话咨询75件", []),  # of something else
    ("办结3件", []),  # no slip makes 298 of it
    ("办结未达300件", []),  # the rule's number
    ("移送6条", [("4条", "6条")]),
    ("两项合计610件", []),  # the cell adds up
    ("培训调解员480人次", [("640人次", "480人次")]),  # however far off, the words and the row name the place
])
def test_the_number_meant(cell: str, pairs: list[tuple[str, str]], tmp_path: Path) -> None:
    file = write(tmp_path, TEXT, *ROWS)
    text = file.read_text(encoding="utf8").replace("责任单位\t自评分", "自评依据\t自评分").replace("县府办\t50\n", f"{cell}\t50\n", 1).replace("县府办", "见材料")
    file.write_text(text, encoding="utf8")
    report = read(file)
    found = [tuple(report.figures[i].text for i in r.members) for r in report.relations if r.type == "same" and r.said]
    assert found == pairs
