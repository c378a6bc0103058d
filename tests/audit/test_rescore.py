"""Rescoring, kind of clause by kind of clause, on reports of a few lines from other programmes."""

from __future__ import annotations

from pathlib import Path

import pytest

import audit
from audit.model import IndicatorResult

HEAD = "清源县2023年度工作自评报告\n\n省政府：\n\n现将自评情况报告如下：\n\n一、工作情况\n\n"
TABLE = "类别\t分值\t考核内容\t评分标准\t责任单位\t自评分\n合计\t\t\t\t\t{claim}\n工作\t{weight}\t{name}\t{rule}\t县府办\t{claim}\n"


def score(tmp_path: Path, name: str, weight: str, rule: str, claim: str, text: str) -> tuple[IndicatorResult, list[tuple[str, str]]]:
    file = tmp_path / "report.txt"
    file.write_text(HEAD + text + "\n\n" + TABLE.format(name=name, weight=weight, rule=rule, claim=claim), encoding="utf8")
    result = audit.run(file, scheme="annex")
    codes = ("score-mismatch", "unattainable-score", "unsupported-claim", "estimate-only")
    return result.indicators[0], [(f.severity, f.code) for f in result.findings if f.code in codes]


CHARGE = ("公共充电桩建设", "4", "完成年度公共充电桩建设任务的得4分；完成率80%以上不足100%的得2分；不足80%的不得分。")
MALL = ("绿色商场创建", "3", "每创建1家绿色商场得0.5分，最多得2分；组织绿色商场创建培训的得1分。")
HOTEL = ("旅游饭店检查", "2", "旅游饭店检查不合格的，每家扣0.5分，扣完为止。")
SCHOOL = ("绿色学校创建", "5", "绿色学校创建率达到60%的得5分，每低5个百分点扣1分。")
PLAN = ("河长制方案", "2", "制定河长制工作方案的得1分；公开考核结果的得1分。")
FEW = ("应急演练", "2", "全年组织应急演练不少于4次，每少1次扣0.5分。")
RATE = ("隐患整改", "10", "重大隐患整改率100%的得10分；低于100%的按整改率×10分计分。")

CASES = [
    (*CHARGE, "4", "公共充电桩方面，市下达任务400个，实际建成480个。", "4", "4", "verified", []),
    (*CHARGE, "4", "公共充电桩方面，市下达任务400个，实际建成350个。", "2", "2", "contradicted", [("error", "score-mismatch")]),
    (*CHARGE, "3", "公共充电桩方面，市下达任务400个，实际建成350个。", "2", "2", "contradicted", [("error", "unattainable-score")]),
    (*CHARGE, "4", "公共充电桩方面，市下达任务400个，预计建成480个。", "0", "4", "partial", [("warning", "estimate-only")]),
    (*CHARGE, "4", "公共充电桩建设有序推进。", "0", "4", "unsupported", [("warning", "unsupported-claim")]),
    (*MALL, "3", "组织绿色商场创建培训，20家商业综合体派员参加；万达、吾悦、银泰3家商场获评绿色商场。", "2.5", "2.5", "contradicted",
     [("error", "score-mismatch")]),
    (*HOTEL, "2", "检查旅游饭店30家，其中不合格2家，已责令整改。", "1", "1", "contradicted", [("error", "score-mismatch")]),
    (*HOTEL, "2", "检查旅游饭店30家，未发现不合格情况。", "2", "2", "supported", []),
    (*SCHOOL, "4", "绿色学校创建方面，全县学校80所，已建成绿色学校44所，创建率55%。", "4", "4", "verified", []),
    (*PLAN, "2", "印发《清源县河长制工作方案》，考核结果在县政府网站公示。", "2", "2", "supported", []),
    (*PLAN, "2", "印发《清源县河长制工作方案》，考核结果尚未公开。", "1", "1", "contradicted", None),
    (*PLAN, "2", "印发《清源县河长制工作方案》，拟于明年公开考核结果。", "1", "2", "partial", None),
    (*FEW, "2", "全年组织应急演练3次。", "1.5", "1.5", "contradicted", [("error", "score-mismatch")]),
    (*RATE, "8.8", "排查重大隐患17项，完成整改15项，整改率88.2%。", "8.8", "8.8", "verified", []),
    ("其他工作", "5", "此项各县统一计满分。", "5", "按要求完成。", "5", "5", "supported", []),
    ("年度重点工作", "5", "参照备注1评分。", "5", "按要求完成。", "0", "5", "external", []),
]


@pytest.mark.parametrize(("name", "weight", "rule", "claim", "text", "low", "high", "verdict", "findings"), CASES)
def test_score(name: str, weight: str, rule: str, claim: str, text: str, low: str, high: str, verdict: str,
               findings: list[tuple[str, str]] | None, tmp_path: Path) -> None:
    result, found = score(tmp_path, name, weight, rule, claim, text)
    assert (f"{result.low.normalize():f}", f"{result.high.normalize():f}", result.verdict) == (low, high, verdict), result.reason.text()
    if findings is not None:
        assert found == findings
