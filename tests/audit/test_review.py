"""The review ledger: what a reviewer writes is replayed, checked strictly, and expires when what it rests on has changed."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from handmade import NARRATIVE, ledger_text, make_report, say

from audit import review
from audit.cli import main
from audit.model import Audit, Evidence, Quote
from audit.outputs import workbook
from audit.outputs.html import render
from audit.outputs.json import to_json
from audit.outputs.view import view
from audit.review.workbook import read_workbook
from patterns.errors import UnusableInput


def applied(audit: Audit, text: str) -> Audit:
    """The audit with a ledger written for it."""
    return review.apply(audit, review.parse(ledger_text(audit, text), "复核.yaml"))


def test_a_ledger_for_another_district_year_or_file_is_not_applied(sample: Audit) -> None:
    own = review.binding_of(sample)
    text = "决定: [{指标: 2, 处理: 改分, 分值: 1, 理由: x, 复核人: y}]"
    for about, told in ((replace(own, district="青浦区"), "青浦区"), (replace(own, year="2022"), "2022"), (replace(own, programme="另一项目"), "另一项目"),
                        (replace(own, file="0" * 16), "文件已变"), (replace(own, file=""), own.file), (review.Binding(), own.file)):
        fields = ", ".join(f"{k}: {v}" for k, v in (("区", about.district), ("年度", about.year), ("项目", about.programme), ("文件", about.file)) if v)
        after = review.apply(sample, review.parse(f"报告: {{{fields}}}\n{text}", "复核.yaml"))
        assert after.review is not None and [d.standing for d in after.review.decisions] == ["expired"]
        assert told in view(after).expired[0].why and after.indicators == sample.indicators


def test_evidence_that_was_reversed_asks_again_where_nothing_was_counted(sample: Audit) -> None:
    first = sample.indicators[0]
    turned = replace(first, clauses=tuple(replace(c, state="unmet", high=Decimal(0)) for c in first.clauses), high=Decimal(0))
    assert review.evidence_fingerprint(first) != review.evidence_fingerprint(turned)
    prints = [review.evidence_fingerprint(r) for r in sample.indicators] + [review.rule_fingerprint(r) for r in sample.indicators]
    assert len(set(prints)) == len(prints)


def test_no_two_findings_share_a_fingerprint(sample: Audit) -> None:
    f = sample.findings[0]
    others = (f, replace(f, indicator=3), replace(f, form=2), replace(f, quotes=(replace(f.quotes[0], start=1),)), replace(f, message=say("别的话")))
    assert len({o.fingerprint for o in others}) == len(others)


def test_states_and_signatures(sample: Audit) -> None:
    accept = f"决定: [{{问题: {sample.findings[0].fingerprint}, 处理: 认可, 理由: 属实, 复核人: 王敏, 日期: 2024-03-01, 复审人: 李强}}]\n"
    signed = "签署: [{状态: 复审, 姓名: 李强, 日期: 2024-03-02}, {状态: 签发, 姓名: 陈静, 日期: 2024-03-05}]\n"
    assert applied(sample, "决定: []").review.state == "待核"  # type: ignore[union-attr]
    assert applied(sample, accept).review.state == "已核"  # type: ignore[union-attr]
    assert applied(sample, accept + signed).review.state == "签发"  # type: ignore[union-attr]
    assert applied(sample, "决定: [{指标: 9, 处理: 认可, 理由: x, 复核人: y}]\n" + signed).review.state == "待核"  # type: ignore[union-attr]


ACCEPT = """
复核人: 王敏
决定:
  - 指标: 1
    处理: 认可
    理由: 市水务局已下达5300万立方米
  - 指标: 节水型企业创建
    处理: 改分
    分值: 2.5
    理由: 公示期已满
  - 指标: 4
    处理: 驳回
    理由: 活动与节水无关
    复核人: 李强
"""


def test_decisions_on_indicators_change_the_rescored_totals(sample: Audit) -> None:
    before, after = sample, applied(sample, ACCEPT)
    assert (before.low, before.high) == (Decimal("6"), Decimal("11"))
    assert [(r.low, r.high) for r in after.indicators] == [(Decimal(5),) * 2, (Decimal("2.5"),) * 2, (Decimal(2),) * 2, (Decimal(0),) * 2]
    assert after.low == after.high == Decimal("9.5")
    assert after.claimed_total == before.claimed_total


def test_a_decision_is_shown_with_reason_and_reviewer(sample: Audit) -> None:
    shown = view(applied(sample, ACCEPT))
    assert "李强" in shown.indicators[3].decision and "活动与节水无关" in shown.indicators[3].decision
    assert shown.indicators[0].machine == "0–5"
    assert {g: p for g, _, p in shown.points}["reviewed"] == Decimal(10)
    page = render(applied(sample, ACCEPT))
    assert "市水务局已下达5300万立方米" in page and "王敏" in page


def test_findings_are_dismissed_regraded_or_accepted(sample: Audit) -> None:
    first, second = sample.findings[0], sample.findings[1]
    text = f"""
决定:
  - {{问题: {first.fingerprint}, 处理: 驳回, 理由: 公示期已满, 复核人: 王敏}}
  - {{代码: parts-mismatch, 处理: 改判, 程度: 提示, 理由: 四舍五入, 复核人: 王敏}}
"""
    after = applied(sample, text)
    assert [f.severity for f in after.findings] == ["info", "info"]
    assert after.findings[0].code == second.code
    assert after.review is not None and after.review.dismissed == (first,)
    assert view(after).dismissed[0].decision
    assert to_json(after)["review"]["dismissed"][0]["code"] == "score-mismatch" if hasattr(after.report, "document_json") else True


def test_an_accepted_claim_settles_the_finding_that_it_answers(sample: Audit) -> None:
    after = applied(sample, "决定: [{指标: 2, 处理: 认可, 理由: 已核实, 复核人: 王敏}]")
    assert "score-mismatch" not in {f.code for f in after.findings}
    assert after.indicators[1].low == Decimal(3)


def test_one_matter_is_decided_once(sample: Audit) -> None:
    after = applied(sample, """
复核人: 王敏
决定:
  - {指标: 2, 处理: 改分, 分值: 1, 理由: 甲}
  - {指标: 节水型企业创建, 处理: 认可, 理由: 乙}
  - {代码: parts-mismatch, 处理: 认可, 理由: 甲}
  - {代码: parts-mismatch, 处理: 驳回, 理由: 乙}
""")
    assert after.review is not None
    assert [d.standing for d in after.review.decisions] == ["applied", "unmatched", "applied", "unmatched"]
    assert after.indicators[1].low == Decimal(1) and len(after.findings) == 3
    assert "第5行" in view(after).expired[0].why


def test_a_claim_above_the_weight_cannot_be_accepted(sample: Audit) -> None:
    result = sample.indicators[2]
    high = replace(result, row=replace(result.row, claimed=Decimal("2.5")))
    other = replace(sample, indicators=(*sample.indicators[:2], high, sample.indicators[3]))
    after = applied(other, "决定: [{指标: 3, 处理: 认可, 理由: x, 复核人: y}]")
    assert after.review is not None and after.review.decisions[0].standing == "expired"
    assert after.indicators[2].high == Decimal(2)


def test_a_decision_expires_when_the_quoted_evidence_changes(sample: Audit) -> None:
    result = sample.indicators[1]
    pinned = f"指标: 2, 处理: 改分, 分值: 3, 理由: 核过证书, 复核人: 王敏, 依据: {review.evidence_fingerprint(result)}"
    assert applied(sample, f"决定: [{{{pinned}}}]").indicators[1].low == Decimal(3)
    narrative = NARRATIVE.replace("节水型企业3家", "节水型企业4家")
    report = make_report(narrative)
    at = report.text.index("节水型企业4家")
    moved = replace(result, evidence=(Evidence(Quote(at, at + 7, "节水型企业4家")), result.evidence[1]))
    other = replace(sample, report=report, indicators=(sample.indicators[0], moved, *sample.indicators[2:]))
    after = applied(other, f"决定: [{{{pinned}}}]")
    assert after.review is not None and after.review.decisions[0].standing == "expired"
    assert after.indicators[1].low == Decimal(2)
    assert "依据" in view(after).expired[0].why


def test_a_decision_expires_when_the_rule_changes(sample: Audit) -> None:
    result = sample.indicators[2]
    text = f"决定: [{{指标: 3, 处理: 认可, 理由: 核过, 复核人: 王敏, 规则: {review.rule_fingerprint(result)}}}]"
    row = result.row
    stricter = replace(row, rule=replace(row.rule, text="建成20个及以上的，得2分。"))
    other = replace(sample, indicators=(*sample.indicators[:2], replace(result, row=stricter), sample.indicators[3]))
    after = applied(other, text)
    assert after.review is not None and [d.standing for d in after.review.decisions] == ["expired"]
    assert "评分标准" in view(after).expired[0].why


@pytest.mark.parametrize(("entry", "standing"), [
    ("{指标: 9, 处理: 认可, 理由: x, 复核人: y}", "unmatched"),
    ("{问题: abcdefabcdef, 处理: 驳回, 理由: x, 复核人: y}", "expired"),
    ("{代码: double-claimed, 处理: 驳回, 理由: x, 复核人: y}", "unmatched"),
    ("{指标: 1, 处理: 改分, 分值: 6, 理由: x, 复核人: y}", "expired"),
    ("{指标: 1, 处理: 认可, 理由: x, 复核人: y, 引文: 报告里没有的话}", "expired"),
])
def test_what_does_not_fit_is_told_and_changes_nothing(sample: Audit, entry: str, standing: str) -> None:
    after = applied(sample, f"决定: [{entry}]")
    assert after.review is not None and [d.standing for d in after.review.decisions] == [standing]
    assert (after.indicators, after.findings) == (sample.indicators, sample.findings)
    assert view(after).expired[0].why


@pytest.mark.parametrize(("text", "line", "word"), [
    ("决定:\n  - 指标: 1\n    处理: 认可\n    理由: x\n    复合人: y\n", 5, "复合人"),
    ("决定:\n  - 指标: 1\n    处理: 同意\n    理由: x\n    复核人: y\n", 3, "同意"),
    ("决定:\n  - 指标: 1\n    处理: 认可\n    复核人: y\n", 2, "理由"),
    ("决定:\n  - 指标: 1\n    处理: 认可\n    理由: x\n", 2, "复核人"),
    ("决定:\n  - 指标: 1\n    处理: 改分\n    分值: 两分\n    理由: x\n    复核人: y\n", 4, "分值"),
    ("决定:\n  - 指标: 1\n    指标: 2\n    处理: 认可\n", 3, "指标"),
    ("决定:\n  - 指标: 1\n    indicator: 2\n    处理: 认可\n", 3, "indicator"),
    ("决定:\n  - 处理: 认可\n    理由: x\n    复核人: y\n", 2, "指标"),
    ("复核者: y\n", 1, "复核者"),
    ("决定:\n  - 问题: aa\n    处理: 改判\n    理由: x\n    复核人: y\n", 2, "程度"),
    ("决定:\n  - [\n", 3, "YAML"),
])
def test_a_mistake_in_the_ledger_is_named_with_its_line(text: str, line: int, word: str) -> None:
    with pytest.raises(UnusableInput) as caught:
        review.parse(text, "复核.yaml")
    assert f"复核.yaml:{line}:" in str(caught.value) and word in str(caught.value)


def test_the_template_lists_what_is_to_be_decided_and_is_a_valid_ledger(sample: Audit) -> None:
    text = review.template(sample)
    assert review.parse(text, "x").entries == ()  # nothing decided yet
    filled = text.replace("处理:\n", "处理: 认可\n").replace("理由:\n", "理由: 核过\n").replace("决定:", "复核人: 王敏\n决定:")
    after = applied(sample, filled)
    assert after.review is not None and after.review.decisions and not after.review.expired
    assert sample.findings[0].fingerprint in text and "指标: 1" in text


def test_a_workbook_that_was_filled_in_becomes_the_ledger(sample: Audit, tmp_path: Path) -> None:
    file = tmp_path / "复核.xlsx"
    workbook.write(sample, file)
    book = openpyxl.load_workbook(file)
    sheet = book["指标"]
    heads = {c.value: c.column for c in sheet[1]}
    for row, (decision, score, why) in {2: ("认可", None, "已下达"), 3: ("改分", 2.5, "公示期: 已满 # 见附件")}.items():
        sheet.cell(row, heads["复核决定"], decision)
        sheet.cell(row, heads["决定分值"], score)
        sheet.cell(row, heads["复核理由"], why)
        sheet.cell(row, heads["复核人"], "王敏")
    findings = book["问题"]
    at = {c.value: c.column for c in findings[1]}
    findings.cell(2, at["复核决定"], "驳回")
    findings.cell(2, at["复核理由"], "公示期已满")
    findings.cell(2, at["复核人"], "李强")
    book.save(file)
    text, count = read_workbook(file)
    assert count == 3
    after = applied(sample, text)
    assert after.review is not None and not after.review.expired
    assert [(r.low, r.high) for r in after.indicators][:2] == [(Decimal(5),) * 2, (Decimal("2.5"),) * 2]
    assert [f.code for f in after.findings] == ["parts-mismatch", "missing-reference"]
    assert "公示期: 已满 # 见附件" in view(after).indicators[1].decision
    following = tmp_path / "复核2.xlsx"
    workbook.write(after, following)  # a replayed review is in the next workbook and can be read back
    again, count = read_workbook(following)
    assert count == 3 and applied(sample, again).low == after.low


def test_all_mistakes_of_a_workbook_are_told_at_once_and_scores_are_read_as_typed(sample: Audit, tmp_path: Path) -> None:
    file = tmp_path / "复核.xlsx"
    workbook.write(sample, file)
    book = openpyxl.load_workbook(file)
    sheet = book["指标"]
    heads = {c.value: c.column for c in sheet[1]}
    rows = {2: ("改分", "", "x"), 3: ("改分", "1.5分", "x"), 4: ("认可", "1.5", "x"), 5: ("认可", "2分", "")}
    for row, (decision, score, why) in rows.items():
        for name, text in {"复核决定": decision, "决定分值": score, "复核理由": why, "复核人": "y"}.items():
            sheet.cell(row, heads[name], text)
    book.save(file)
    with pytest.raises(UnusableInput) as caught:
        read_workbook(file)
    told = caught.value.text()
    assert told.startswith(f"{file}：3处有误") and all(c in told for c in ("H2", "H4", "I5")) and "H3" not in told
    for row, cell, text in ((2, "决定分值", 99), (4, "决定分值", None), (5, "复核理由", "x")):
        sheet.cell(row, heads[cell]).value = text
    book.save(file)
    with pytest.raises(UnusableInput, match=r"H2.*99不在0至"):  # more than the indicator's weight
        read_workbook(file)
    for row, cell, text in ((2, "决定分值", 4), (4, "决定分值", None), (5, "复核理由", "x")):
        sheet.cell(row, heads[cell]).value = text
    book.save(file)
    assert "分值: 1.5" in read_workbook(file)[0]


@pytest.mark.parametrize(("column", "value", "word"), [("复核决定", "随便", "随便"), ("复核理由", "", "理由"), ("复核人", "", "复核人")])
def test_a_workbook_filled_in_badly_is_told_with_its_cell(sample: Audit, tmp_path: Path, column: str, value: str, word: str) -> None:
    file = tmp_path / "复核.xlsx"
    workbook.write(sample, file)
    book = openpyxl.load_workbook(file)
    sheet = book["指标"]
    heads = {c.value: c.column for c in sheet[1]}
    for name, text in {"复核决定": "认可", "复核理由": "x", "复核人": "y", column: value}.items():
        sheet.cell(3, heads[name], text)
    book.save(file)
    with pytest.raises(UnusableInput) as caught:
        read_workbook(file)
    assert "指标!" in str(caught.value) and "3:" in str(caught.value) and word in str(caught.value)


def test_what_is_no_workbook_is_unusable(tmp_path: Path) -> None:
    file = tmp_path / "x.xlsx"
    file.write_bytes(b"PK\x03\x04 not really")
    with pytest.raises(UnusableInput):
        read_workbook(file)
    openpyxl.Workbook().save(file)
    with pytest.raises(UnusableInput):
        read_workbook(file)


def test_what_a_ledger_said_before_is_kept_as_history(sample: Audit) -> None:
    old = review.parse(ledger_text(sample, "复核人: 王敏\n决定: [{指标: 2, 处理: 改分, 分值: 2, 理由: 甲}, {指标: 3, 处理: 认可, 理由: 乙}]\n"
                                           "签署: [{状态: 签发, 姓名: 陈静, 日期: 2024-03-05}]\n"), "x")
    new = review.parse(ledger_text(sample, "复核人: 王敏\n决定: [{指标: 2, 处理: 认可, 理由: 丙}, {指标: 3, 处理: 认可, 理由: 乙}]\n"), "x")
    assert review.replaced(old, new) == ["指标2 改分2（王敏：甲）", "签发 陈静 2024-03-05"]
    assert review.replaced(new, new) == []


def test_a_signature_is_added_and_nothing_else_is_touched(sample: Audit) -> None:
    text = ledger_text(sample, "# 说明\n决定: []\n历史:\n  - 旧\n")
    once = review.sign(text, "已核", "王敏", "2024-03-01")
    twice = review.sign(once, "签发", "陈静", "2024-03-05")
    assert [s for s, _, _ in review.parse(twice, "x").signatures] == ["已核", "签发"]
    assert twice.startswith(text.rstrip("\n"))


@pytest.mark.parametrize(("typed", "day"), [("2024-3-5", "2024-03-05"), ("2024年3月5日", "2024-03-05"), ("2024/03/05", "2024-03-05"), ("2024.3.5", "2024-03-05"),
                                            ("昨天", None), ("2024-02-30", None), ("3月5日", None), ("24-3-5", None), ("", None)])
def test_a_signature_bears_a_date(typed: str, day: str | None, tmp_path: Path) -> None:
    ledger = tmp_path / "记录.yaml"
    ledger.write_text("决定: []\n", encoding="utf8")
    status = main(["review", "sign", str(ledger), "--state", "签发", "--name", "陈静", "--date", typed])
    assert status == (0 if day else 2)
    assert review.load(ledger).signatures == ((("签发", "陈静", day),) if day else ())
    if not day:
        with pytest.raises(UnusableInput):
            review.parse(f"决定: []\n签署: [{{状态: 签发, 姓名: 陈静, 日期: '{typed}'}}]\n", "x")
