"""Sentences of the narrative, and what the checks say of them: (code, severity) or nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from audit.checks import run_checks
from audit.model import Finding
from extractor import read

HEAD = "云溪区人民政府\n\n云溪区2022年度安全生产目标责任自查报告\n\n一、工作情况\n\n1.有关情况。"

WRONG = [
    ("新供地块26块（商办8块、工业5块、科研3块、住宅9块、保障房2块）。", "parts-mismatch", "error", "26块"),
    ("其中甲类12家、乙类9家，合计22家。", "parts-mismatch", "error", "22家"),
    ("联网建筑80幢，分别为办公40幢、商场20幢、医院15幢。", "parts-mismatch", "error", "80幢"),
    ("建成绿地60.5公顷，其中公园绿地20.3公顷、附属绿地17.4公顷、生态廊道12.8公顷。", "parts-mismatch", "warning", "60.5公顷"),
    ("建成绿地61.02公顷，其中公园绿地24.51公顷、附属绿地24.08公顷、生态廊道12.42公顷。", "parts-mismatch", "warning", "61.02公顷"),
    ("抽查商户48家，合格40家，不合格1家。", "parts-mismatch", "error", "40家"),
    ("全区118家居委会中，96家完成创建，其余30家计划明年完成。", "parts-mismatch", "error", "30家"),
    ("全区118家居委会中，96家完成绿色社区创建，创建比例84%。", "percentage-mismatch", "error", "84%"),
    ("年度任务500个，建成460个，完成率95.0%。", "percentage-mismatch", "error", "95.0%"),
    ("专项资金执行4386.50万元，上年为4102.30万元，增长9.6%。", "percentage-mismatch", "error", "9.6%"),
    ("人均水耗由28.60立方米降为27.95立方米，下降3.27%。", "percentage-mismatch", "error", "3.27%"),
    ("头盔佩戴率由82.6%提高到91.3%，提高7.8个百分点。", "percentage-mismatch", "error", "7.8个百分点"),
    ("完成评估7家（禾润新材料、川岳化工、瑞屿电子、丰汀食品、港砺铸造、衡泽生物）。", "count-mismatch", "error", "7家"),
    ("任务分解到工业、商业、文旅、公共机构、循环发展六大领域。", "count-mismatch", "warning", "六大领域"),
    ("依据《关于同意试点的批复》（云建〔2023〕48号），软件园于2022年7月26日取得试点证书。", "anachronism", "warning", "云建〔2023〕48号"),
    ("湿地面积58.6公顷，与下达的任务62.6公顷一致。", "conflicting-figures", "error", "62.6公顷"),
]
RIGHT = [
    "新供地块27块（商办8块、工业5块、科研3块、住宅9块、保障房2块）。",
    "清洁生产名单14家，完成评估6家，完成验收4家。",
    "全区共有高层建筑1264栋，发现隐患3582处，督促整改3419处，整改率95.4%。",
    "走访企业320家，解决问题486个，其中用工问题132个、融资问题97个、用地问题41个。",
    "国控断面2个、市控断面9个、区控断面30个，优Ⅲ类断面38个，占92.7%。",
    "抽检食品6140批次，合格6039批次，合格率98.4%，其中食用农产品2015批次，合格率98.9%。",
    "优良率61.5%，比2020年的57.2%提高4.3个百分点，比上年提高1.8个百分点。",
    "新建口袋公园、街心花园4处。",
    "绿色消费、塑料污染治理培训办了3场。",
    "美家超市、乐购商行等5家企业参加。",
    "清单于2023年3月通过评审。",
    "与2021年相比，投诉由3260件降至2980件，下降8.6%。",
    "2022年计划建设充电桩450个，实际建成520个。",
    "全区重点用能单位共38家。区市场监管局对8家重点用能单位开展审查。",
]


def findings_of(tmp_path: Path, text: str) -> list[Finding]:
    file = tmp_path / "report.txt"
    file.write_text(HEAD + text + "\n", encoding="utf8")
    return [f for f in run_checks(read(file), [], [], None, "other") if f.code != "scheme-mismatch" and f.severity != "info"]


@pytest.mark.parametrize(("text", "code", "severity", "figure"), WRONG)
def test_a_slip_is_found_once_with_its_figure_quoted(tmp_path: Path, text: str, code: str, severity: str, figure: str) -> None:
    found = findings_of(tmp_path, text)
    assert [(f.code, f.severity) for f in found] == [(code, severity)]
    assert any(figure in q.text for q in found[0].quotes)


@pytest.mark.parametrize("text", RIGHT)
def test_a_sound_sentence_is_left_alone(tmp_path: Path, text: str) -> None:
    assert [(f.code, f.message.text()) for f in findings_of(tmp_path, text)] == []


def test_the_same_words_with_two_values_conflict(tmp_path: Path) -> None:
    found = findings_of(tmp_path, "全区纳入统计的公共机构246家。\n\n2.示范创建。全区纳入统计的公共机构264家。")
    assert [(f.code, f.severity) for f in found] == [("conflicting-figures", "error")]


def test_quotes_are_exact_substrings(tmp_path: Path) -> None:
    file = tmp_path / "report.txt"
    file.write_text(HEAD + "".join(w[0] for w in WRONG), encoding="utf8")
    report = read(file)
    for f in run_checks(report, [], [], None, "other"):
        assert all(report.text[q.start:q.end] == q.text for q in f.quotes)


def test_a_report_without_a_score_table_says_so(tmp_path: Path) -> None:
    file = tmp_path / "report.txt"
    file.write_text(HEAD + "全年检查42家次。", encoding="utf8")
    assert any(f.code == "scheme-mismatch" for f in run_checks(read(file), [], [], None, "other"))
