"""Values held against goals that are not to be exceeded."""

from __future__ import annotations

import pytest

from audit.grounds import grounds
from extractor.readers import read_bytes
from extractor.report import build
from patterns.rules import compile_rule

TABLE = (
    "附件：某县2023年度工作自评分表\n\n序号\t指标\t分值\t评分标准\t自评分\n"
    "1\t{name}\t6\t{name}控制在市下达目标以内的得满分，超过的不得分\t6\n2\t队伍建设\t4\t有专人负责的得4分\t4\n3\t会商\t4\t定期会商的得4分\t4\n"
)


def state(name: str, told: str) -> str:
    text = f"某县2023年度工作自查报告\n\n（一）主要指标。{told}\n\n（二）其他。队伍有专人负责，每季会商一次。\n\n特此报告。\n\n" + TABLE.format(name=name)
    report = build(read_bytes("report.txt", text.encode()))
    rules = tuple(compile_rule(r.rule.text, r.weight, r.name.text) for r in report.table.rows)
    return grounds(report, rules, None, "other")[0][0].state


@pytest.mark.parametrize(("name", "told"), [
    ("城镇登记失业率", "年末城镇登记失业率3.62%，比控制目标4.5%低0.88个百分点。"),
    ("火灾受害率", "全年火灾受害率0.3‰，比控制目标0.8‰低0.5个千分点。"),
    ("畜禽死亡率", "生猪畜禽死亡率2.1%，较市下达目标3%少0.9个百分点。"),
    ("城镇登记失业率", "年末城镇登记失业率3.62%，低于4.5%的控制目标。"),
])
def test_to_stay_below_such_a_goal_is_no_miss(name: str, told: str) -> None:
    assert state(name, told) == "met"


def test_to_exceed_it_is_one() -> None:
    assert state("城镇登记失业率", "年末城镇登记失业率4.82%，比控制目标4.5%高0.32个百分点。") != "met"


def states(name: str, rule: str, told: str) -> list[str]:
    text = f"某县2023年度工作自查报告\n\n（一）{name}。{told}\n\n（二）其他。队伍有专人负责，每季会商一次。\n\n特此报告。\n\n" + TABLE.replace(
        "{name}控制在市下达目标以内的得满分，超过的不得分", rule).format(name=name)
    report = build(read_bytes("report.txt", text.encode()))
    rules = tuple(compile_rule(r.rule.text, r.weight, r.name.text) for r in report.table.rows)
    return [s.state for s in grounds(report, rules, None, "other")[0]]


def test_the_goal_of_a_neighbouring_clause_is_none_of_this_one() -> None:
    rule = "完成年度人工造林任务的得4分，未完成的按完成比例得分；森林抚育任务完成率100%以上得2分，90%以上不足100%得1分，不足90%不得分"
    told = (
        "造林绿化方面，州里下达人工造林1.2万亩，抢在雨季栽植，经核验合格的有1.14万亩，为应完成数的95%，所余600亩明年补植。"
        "森林抚育完成2.35万亩，超出下达的2.2万亩，完成率106.8%。"
    )
    text = (
        f"某县2023年度工作自查报告\n\n（一）国土绿化。{told}\n\n（二）其他。队伍有专人负责，每季会商一次。\n\n特此报告。\n\n附件：某县2023年度工作自评分表\n\n"
        f"序号\t指标\t分值\t完成情况\t评分标准\t自评分\n1\t造林绿化\t6\t1.14万亩\t{rule}\t5.8\n2\t队伍建设\t4\t有专人\t有专人负责的得4分\t4\n"
        "3\t会商\t4\t每季一次\t定期会商的得4分\t4\n"
    )
    report = build(read_bytes("report.txt", text.encode()))
    rules = tuple(compile_rule(r.rule.text, r.weight, r.name.text) for r in report.table.rows)
    assert [s.state for s in grounds(report, rules, None, "other")[0]] == ["unmet", "met", "met", "excluded", "excluded"]


def test_a_sum_is_of_the_level_that_the_words_before_it_name() -> None:
    rule = "做法被国家部委发文推广的，每项得3分；被市级部门发文推广的，每项得1分"
    assert states("经验推广", rule, "“代办员”“集中日”两项做法被市医保局发文推广，以上共2项。")[0] != "met"
