"""Parts and totals: what rounding explains is a warning, what an open list leaves out is one, what cannot be is an error."""

from __future__ import annotations

from pathlib import Path

import pytest

from audit.checks.parts import check_parts
from extractor import read
from tests.small import write

ROUNDING = "全年处置垃圾61.02万吨，分别为厨余24.51万吨、可回收24.08万吨、有害12.42万吨。"
CASES = [
    (ROUNDING, "warning"),  # 61.01 beside 61.02
    (ROUNDING.replace("12.42", "11.42"), "error"),
    (ROUNDING.replace("12.42", "12.43"), None),
    ("检查企业120家，其中化工企业55家、冶金企业45家。", "warning"),  # 其中 may leave some out
    ("检查企业120家，其中化工企业45家、冶金企业30家。", None),  # so much is left out that nobody meant the whole
    ("检查企业120家，其中化工企业75家、冶金企业60家。", "error"),
    ("检查企业120家，其中化工企业75家、冶金企业45家。", None),
    ("检查企业80家，其中化工企业95家。", "error"),
    ("办理信访事项230件，办结210件，其余20件正在办理。", None),
    ("办理信访事项230件，办结210件，其余30件正在办理。", "error"),
    ("河道整治36条段，其中镇级20条段、村级16条段，合计36条段。", None),
    ("培训网格员、河长、志愿者420人，分别为120人、80人、220人。", None),
    ("培训网格员、河长、志愿者420人，分别为120人、80人、240人。", "error"),
    ("投入资金约420万元，分别为市级120万元、县级80万元、镇级300万元。", "warning"),  # 约: no exact total
]


@pytest.mark.parametrize(("text", "severity"), CASES)
def test_parts_against_their_total(text: str, severity: str | None, tmp_path: Path) -> None:
    found = [(f.code, f.severity) for f in check_parts(read(write(tmp_path, text)))]
    assert found == ([("parts-mismatch", severity)] if severity else [])


def test_the_message_gives_the_difference_and_the_quotes_all_figures(tmp_path: Path) -> None:
    finding, = check_parts(read(write(tmp_path, ROUNDING.replace("12.42", "11.42"))))
    assert "1.01万吨" in finding.message.text()
    assert [q.text for q in finding.quotes] == ["61.02万吨", "24.51万吨", "24.08万吨", "11.42万吨"]
