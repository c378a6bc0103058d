"""What a row's own cell tells points at the sentence of the narrative that tells the same value."""

from __future__ import annotations

from decimal import Decimal

import pytest

from audit.grounds import grounds
from audit.grounds.model import ClauseState
from audit.grounds.scene import Scene
from extractor.readers import read_bytes
from extractor.report import build
from extractor.statements import statements
from patterns.rules import compile_rule

BODY = """某县人民政府关于2023年度粮油产业工作情况的自查报告

市人民政府：

现将有关情况报告如下。

（一）生产经营。全年加工企业销售收入6.85亿元；其中在外省卖出去的2.47亿元，比上年1.96亿元增长26.0%。

（二）托管服务。耕地托管面积9.6万亩，全程托管3.2万亩、半托管6.4万亩。全县供应良种1.42万吨。

（三）储备管理。良种储备任务3,600吨，实际落实3,850吨。全县良种覆盖率96.4%；山区三个乡镇良种覆盖率88.2%。

特此报告。

附件：某县2023年度粮油产业工作自评分表

主要领域\t分值\t评价指标\t评分标准\t完成情况\t自评分
"""


def states(*rows: tuple[str, str, str]) -> list[tuple[ClauseState, ...]]:
    table = "\n".join(f"粮油\t4\t{name}\t{rule}\t{cell}\t4" for name, rule, cell in rows)
    report = build(read_bytes("report.txt", f"{BODY}{table}\n".encode()))
    rules = tuple(compile_rule(r.rule.text, r.weight, r.name.text) for r in report.table.rows)
    return grounds(report, rules, None, "other")


@pytest.mark.parametrize(("name", "rule", "cell", "value", "quote"), [
    ("外销拓展", "外销销售额同比增长20%以上，4分；10%以上不足20%，2分；10%以下，0分", "2.47亿元", "26.0", "增长26.0%"),
    ("全程托管", "只计全程托管面积，3万亩以上，4分；2万亩以上不足3万亩，2分；2万亩以下，0分", "3.2万亩", "3.2", "全程托管3.2万亩"),
    ("良种推广", "良种覆盖率95%以上得4分，90%以上不足95%得2分，90%以下不得分", "96.4%", "96.4", "良种覆盖率96.4%"),
])
def test_the_value_of_the_rows_own_cell_decides(name: str, rule: str, cell: str, value: str, quote: str) -> None:
    (first, *rest), *_ = states((name, rule, cell), ("机构队伍", "有专人负责的得4分", "有专人"), ("综合协调", "定期会商的得4分", "定期会商"))
    assert first.state == "met"
    assert first.lowest == first.highest == Decimal(value)
    assert any(quote in e.quote.text for e in first.evidence)
    assert {s.state for s in rest} == {"excluded"}


def test_a_cell_that_points_at_a_section_makes_its_lines_the_rows_own() -> None:
    def near(cell: str) -> float:
        rows = [("外销拓展", "群众认可的得4分", cell), ("机构队伍", "有专人负责的得4分", "有专人"), ("综合协调", "定期会商的得4分", "定期会商")]
        table = "\n".join(f"粮油\t4\t{name}\t{rule}\t{told}\t4" for name, rule, told in rows)
        report = build(read_bytes("report.txt", f"{BODY}{table}\n".encode()))
        scene = Scene(report, statements(report), tuple(compile_rule(r.rule.text, r.weight, r.name.text) for r in report.table.rows), {})
        return scene.relevance(next(x for x in scene.narrative.lines if "良种储备任务" in x.text), 1)

    assert near("已完成，见正文（三）") == 1
    assert near("已完成，见正文（一）") < 1
    assert near("已完成，见附件3") < 1
