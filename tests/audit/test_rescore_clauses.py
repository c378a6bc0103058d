"""Each kind of clause against a sentence or two: exact figures decide, doubts only widen, faults take off, caps hold."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.audit.test_rescore import score

MISMATCH, UNSUPPORTED, ESTIMATE = ("error", "score-mismatch"), ("warning", "unsupported-claim"), ("warning", "estimate-only")
SEWAGE = ("污水处理", "4", "生活污水集中处理率达到95%及以上的得4分；90%及以上、不足95%的得2分；低于90%的不得分。")
LIFTS = ("电梯物联", "3", "电梯物联网接入率80%以上的得3分；60%以上不足80%的得1分；不足60%的不得分。")
BRANDS = ("品牌培育", "3", "新增省级品牌企业10家及以上的得3分，5家及以上不足10家的得2分，不足5家的不得分。")
FUNDS = ("科技投入", "3", "财政科技专项资金投入1000万元以上的得3分，500万元以上不足1000万元的得1分，500万元以下的不得分。")
STREETS = ("示范街区", "3", "每建成1条示范街区得1分，最多得3分。")
BEDS = ("养老床位", "4", "每新增100张养老床位得1分，最多4分。")
FOOD = ("食品抽检", "3", "食品抽检不合格的，每批次扣0.5分，扣完为止。")
SUMMARY = ("信息报送", "2", "未按时报送年度总结的，扣1分。")
ACCIDENT = ("较大事故", "4", "发生较大及以上生产安全事故的，不得分。")
RIVERS = ("河道达标", "6", "河道达标率达到100%得6分，每低5个百分点扣1分。")
HOUSES = ("危房改造", "5", "按农村危房改造任务完成比例得分。")
FORESTS = ("林长制方案", "2", "编制林长制工作方案的得满分，未编制的不得分。")
SIGHTS = ("景区建设", "3", "新建3A级以上景区，中心城区每建成1家得1分，其他区每建成1家得0.5分，最多3分。")
ENERGY = ("产值能耗", "4", "单位产值能耗完成下达目标的得4分，未完成的不得分。")
GRID = ("基层治理", "5", "网格化覆盖率达到90%的得3分；印发网格管理办法的得2分。")

CASES = [
    # levels by percent, stated and derived; the bounds as the law reads 以上 and 不足
    (*SEWAGE, "4", "全县生活污水集中处理率96.2%。", "4", "4", []),
    (*SEWAGE, "4", "全县生活污水集中处理率95%。", "4", "4", []),
    (*SEWAGE, "2", "全县生活污水集中处理率90%。", "2", "2", []),
    (*SEWAGE, "4", "全县生活污水集中处理率89.6%。", "0", "0", [MISMATCH]),
    (*SEWAGE, "4", "全县生活污水集中处理率目标96%。", "0", "4", [UNSUPPORTED]),
    (*LIFTS, "3", "全县在用电梯共500台，已接入物联网平台350台。", "1", "1", [MISMATCH]),
    # levels by count and by amount, the amount in whatever unit
    (*BRANDS, "3", "全年新增省级品牌企业10家。", "3", "3", []),
    (*BRANDS, "3", "全年新增省级品牌企业7家。", "2", "2", [MISMATCH]),
    (*FUNDS, "3", "全年财政科技专项资金投入0.12亿元。", "3", "3", []),
    (*FUNDS, "3", "全年财政科技专项资金投入820万元。", "1", "1", [MISMATCH]),
    # for each, with a cap, by whole steps
    (*STREETS, "3", "全年建成示范街区5条。", "3", "3", []),
    (*STREETS, "3", "全年建成示范街区2条。", "2", "2", [MISMATCH]),
    (*BEDS, "3", "新增养老床位340张。", "3", "3", []),
    # deductions: per fault, down to zero, denied, flat
    (*FOOD, "3", "全年食品抽检1200批次，不合格4批次。", "1", "1", [MISMATCH]),
    (*FOOD, "0", "全年食品抽检1200批次，不合格9批次。", "0", "0", []),
    (*FOOD, "3", "全年食品抽检1200批次，全部合格。", "3", "3", []),
    (*FOOD, "3", "食品抽检工作有序推进。", "0", "3", []),  # of a fault silence says nothing,
    (*FOOD, "3", "校车管理有序推进。", "0", "3", [UNSUPPORTED]),  # unless all is silent
    (*SUMMARY, "2", "年度总结按时报送。", "2", "2", []),
    (*ACCIDENT, "4", "全年未发生较大及以上生产安全事故。", "4", "4", []),
    (*ACCIDENT, "4", "全年发生较大生产安全事故1起。", "0", "0", [MISMATCH]),
    (*ACCIDENT, "4", "全年发生一般生产安全事故3起，未发生较大及以上生产安全事故。", "4", "4", []),  # a lesser fault is another one
    # a level with its own deduction
    (*RIVERS, "6", "河道达标率100%。", "6", "6", []),
    (*RIVERS, "5", "河道达标率95%。", "5", "5", []),
    (*RIVERS, "6", "河道达标率90%。", "4", "4", [MISMATCH]),
    (*RIVERS, "6", "预计河道达标率100%。", "0", "6", [ESTIMATE]),
    # in proportion
    (*HOUSES, "4", "年度农村危房改造任务200户，实际完成160户。", "4", "4", []),
    (*HOUSES, "5", "年度农村危房改造任务200户，实际完成160户。", "4", "4", [MISMATCH]),
    (*HOUSES, "5", "年度农村危房改造任务200户，实际完成230户。", "5", "5", []),  # no more than all
    # all or nothing, told in words: a denial is no proof, a plan neither
    (*FORESTS, "2", "印发了林长制工作方案。", "2", "2", []),
    (*FORESTS, "2", "林长制工作方案尚未编制。", "0", "0", [("warning", "score-mismatch")]),
    (*FORESTS, "2", "明年将编制林长制工作方案。", "0", "2", [UNSUPPORTED]),
    # a class of districts has its own points
    (*SIGHTS, "1", "新建成3A级以上景区2家。", "1", "1", []),
    (*SIGHTS, "2", "新建成3A级以上景区2家。", "1", "1", [MISMATCH]),
    # a goal where less is better
    (*ENERGY, "4", "单位产值能耗下达目标0.35吨标准煤/万元，实际0.33吨标准煤/万元。", "4", "4", []),
    (*ENERGY, "4", "单位产值能耗下达目标0.35吨标准煤/万元，实际0.38吨标准煤/万元。", "0", "0", [MISMATCH]),
    # several clauses: what is silent stays open
    (*GRID, "5", "网格化覆盖率94%，印发网格管理办法。", "5", "5", []),
    (*GRID, "5", "网格化覆盖率94%。区里印发了网格管理的办法。", "5", "5", []),  # the clause's own words, though not the indicator's name
    (*GRID, "5", "网格化覆盖率94%。", "3", "5", [UNSUPPORTED]),
    (*GRID, "4", "网格化覆盖率94%。", "3", "5", [("error", "unattainable-score")]),
]


@pytest.mark.parametrize(("name", "weight", "rule", "claim", "text", "low", "high", "findings"), CASES)
def test_clause(name: str, weight: str, rule: str, claim: str, text: str, low: str, high: str, findings: list[tuple[str, str]],
                tmp_path: Path) -> None:
    result, found = score(tmp_path, name, weight, rule, claim, text)
    assert (f"{result.low.normalize():f}", f"{result.high.normalize():f}") == (low, high), result.reason.text()
    assert found == findings


def test_what_looks_like_a_colophon_at_the_twelfth_character_is_read(tmp_path: Path) -> None:
    """A paragraph whose first words end in 印发 or hold 公开发布 is no signature."""
    result, _ = score(tmp_path, "食安公示", "2", "公开发布食品安全信息的得2分。", "2", "按月公开发布食品安全信息12期。\n\n清源县政府办公室 2024年1月5日印发")
    assert result.low == 2
