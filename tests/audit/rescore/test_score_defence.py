"""No score is called wrong where another reading of the same words makes it right: small reports of trades that no example knows."""

from __future__ import annotations

import pytest

from audit.rescore import rescore
from extractor.readers import read_bytes
from extractor.report import build
from patterns.rules import compile_rule


def severities(sentence: str, rule: str, weight: str, claimed: str, name: str = "专项工作") -> set[str]:
    """The severities of the score findings on one row."""
    text = (
        "某县人民政府关于2023年度专项工作情况的自查报告\n\n市人民政府：\n\n现将有关情况报告如下。\n\n一、工作情况\n\n"
        f"{sentence}\n\n特此报告。\n\n附件：某县2023年度专项工作自评分表\n\n主要领域\t分值\t评价指标\t评分标准\t牵头部门\t自评分\n"
        f"专项\t{weight}\t{name}\t{rule}\t办公室\t{claimed}\n专项\t1\t档案管理\t档案齐全的得1分。\t办公室\t1\n"
    )
    report = build(read_bytes("small.txt", text.encode()))
    rules = tuple(compile_rule(r.rule.text, r.weight, r.name.text) for r in report.table.rows)
    _, found = rescore(report, rules, None, "other")
    return {f.severity for f in found if f.code == "score-mismatch" and f.indicator == 1}


@pytest.mark.parametrize(
    ("sentence", "rule", "weight", "claimed", "name"),
    [
        ("4月、10月各组织1次渔港消防演练，参加渔民300余人。", "全年组织渔港消防演练2次以上的得2分，1次的得1分。", "2", "2", "渔港消防演练"),
        ("春季、秋季分别开展1轮古桥巡检。", "开展古桥巡检，每轮得1分，最高2分。", "2", "2", "古桥巡检"),
        ("每季度开展1次冷库安全检查。", "全年开展冷库安全检查4次以上的得2分，不足4次的不得分。", "2", "2", "冷库检查"),
        ("疫苗冷链应配温控箱82台，应配率达到100%，全部冷链设备完好率常年保持在90%以上。", "温控箱应配率达到100%的得2分，每低1个百分点扣0.2分。", "2", "2", "温控箱应配率"),
        ("窨井盖巡查发现破损12处，其中主干道3处。", "主干道窨井盖破损的，每处扣0.5分。", "3", "1.5", "窨井盖破损"),
    ],
)
def test_words_that_can_be_read_so_that_the_claim_is_right_accuse_nobody(sentence: str, rule: str, weight: str, claimed: str, name: str) -> None:
    assert "error" not in severities(sentence, rule, weight, claimed, name)


@pytest.mark.parametrize(
    ("sentence", "rule", "weight", "claimed", "name"),
    [
        ("全年组织渔港消防演练1次，参加渔民300余人。", "全年组织渔港消防演练2次以上的得2分，1次的得1分。", "2", "2", "渔港消防演练"),
        ("温控箱应配率91.0%。", "温控箱应配率达到100%的得2分，每低1个百分点扣0.2分。", "2", "2", "温控箱应配率"),
        ("主干道窨井盖破损3处。", "主干道窨井盖破损的，每处扣0.5分。", "3", "3", "窨井盖破损"),
    ],
)
def test_one_value_that_is_plainly_the_clauses_accuses(sentence: str, rule: str, weight: str, claimed: str, name: str) -> None:
    assert severities(sentence, rule, weight, claimed, name) == {"error"}


def test_rounding_that_a_rule_keeps_is_kept() -> None:
    """3 × 96.1% is 2.883, kept as 2.88: a claim of 2.88 is right, one of 2.94 is not."""
    rule = "得分＝3分×整治完成率，保留两位小数。"
    told = "窨井盖整治完成率96.1%。"
    assert severities(told, rule, "3", "2.88", "窨井盖整治") == set()
    assert severities(told, rule, "3", "2.94", "窨井盖整治") != set()
