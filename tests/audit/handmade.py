"""A small audit made by hand, so that the outputs are tested apart from reading and rescoring."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from audit.messages import Message
from audit.model import Audit, ClauseResult, Coverage, Evidence, Finding, IndicatorResult, Quote
from extractor.document import Block, Document
from extractor.report import Field, Report, Row, ScoreTable, Section, Sentence
from patterns.clause import Clause, CompiledRule

NARRATIVE = """云溪区2023年度节水工作自查报告

一、用水总量
全区用水总量为5200万立方米，其中工业2100万立方米、农业1900万立方米、生活1210万立方米。
二、节水载体
全年建成节水型企业3家、节水型小区12个，其中云溪化工1家尚在公示期。
三、宣传
开展“世界水日”等宣传活动4次，“节水进校园”活动覆盖学校20所。
附件：自评分表
"""
ANNEX = """领域\t分值\t指标\t评分标准\t牵头部门\t自评分
总量控制\t5\t用水总量控制\t用水总量不超过下达指标的，得5分。\t区水务局\t5
载体建设\t3\t节水型企业创建\t每建成1家得1分，最多3分。\t区经委\t3
载体建设\t2\t节水型小区创建\t建成10个及以上的，得2分。\t区房管局\t2
宣传\t2\t节水宣传\t开展宣传活动3次以上的，得1分；覆盖学校的，得1分。\t区教育局\t2
"""

def make_report(narrative: str = NARRATIVE, annex: str = ANNEX, path: str = "云溪区.txt") -> Report:
    """A Report of plain text: sentences at 。, one section per heading, rows from the tab-separated annex."""
    text = narrative + annex
    lines = [(m.start(), m.end(), m.group()) for m in re.finditer(r"[^\n]+", text)]
    blocks = tuple(Block("row" if "\t" in t else "paragraph", a, b) for a, b, t in lines)
    sentences = tuple(Sentence(a + m.start(), a + m.end(), None) for a, _, t in lines if "\t" not in t
                      for m in re.finditer(r"[^。]+。?", t))
    rows = []
    for a, _, t in lines:
        if "\t" in t and not t.startswith("领域"):
            fields, at = [], a
            for cell in t.split("\t"):
                fields.append(Field(cell, at, at + len(cell)))
                at += len(cell) + 1
            domain, weight, name, rule, lead, claimed = fields
            rows.append(Row(len(rows) + 1, domain, Decimal(weight.text), weight, name, rule, lead, Decimal(claimed.text), claimed))
    start = len(narrative)
    table = ScoreTable(tuple(rows), Decimal("12"), None, start, len(text))
    document = Document(path, "text", None, text, blocks)
    return Report(document, (Section(0, 1, "", "正文", 0, 0, start),), sentences, (), (), table, "云溪区", 2023, narrative.splitlines()[0])


def quote(report: Report, words: str) -> Quote:
    """The first place of some words."""
    at = report.text.index(words)
    return Quote(at, at + len(words), words)


def say(text: str) -> Message:
    """Words as a message; the key serves any text."""
    return Message("test.words", {"words": text})


def make_audit(report: Report | None = None, path: str | Path = "云溪区.txt") -> Audit:
    """Four indicators: verified, contradicted, supported, open; one finding of each severity."""
    r = report or make_report(path=str(path))
    rows = r.table.rows
    q = {
        "total": quote(r, "用水总量为5200万立方米"), "parts": quote(r, "工业2100万立方米、农业1900万立方米、生活1210万立方米"),
        "firms": quote(r, "节水型企业3家"), "pending": quote(r, "云溪化工1家尚在公示期"),
        "estates": quote(r, "节水型小区12个"), "events": quote(r, "宣传活动4次"),
    }

    def result(k: int, low: str, high: str, verdict: str, reason: str, *evidence: str, state: str = "met") -> IndicatorResult:
        row = rows[k]
        text = row.rule.text
        found = tuple(Evidence(q[e]) for e in evidence)
        clause = Clause("award", text, 0, len(text), text, row.weight)
        return IndicatorResult(row, CompiledRule(text, (clause,)), Decimal(low), Decimal(high), verdict, say(reason),  # type: ignore[arg-type]
                               (ClauseResult(clause, Decimal(low), Decimal(high), state, found, say(reason)),), found)  # type: ignore[arg-type]

    indicators = (
        result(0, "0", "5", "unsupported", "报告没有写明下达的用水总量指标", state="open"),
        result(1, "2", "2", "contradicted", "3家中1家尚在公示期，建成2家，得2分", "firms", "pending", state="unmet"),
        result(2, "2", "2", "verified", "建成12个，达到10个", "estates"),
        result(3, "2", "2", "supported", "活动4次，覆盖学校", "events"),
    )
    findings = (
        Finding("score-mismatch", "error", 2, say("自评3分，按规则和报告所述为2分，多1分"), (q["firms"], q["pending"]), Decimal(1)),
        Finding("parts-mismatch", "warning", None, say("分项合计5210，总数5200，差10"), (q["total"], q["parts"])),
        Finding("missing-reference", "info", 1, say("规则所引指标未附"), ()),
    )
    points = {"unsupported": Decimal(5), "contradicted": Decimal(3), "verified": Decimal(2), "supported": Decimal(2)}
    return Audit(r, None, "annex", "annex", "other", indicators, findings, Coverage(9, 4, 3, 1, 0, 4, 4, points))


HOSTILE = "=HYPERLINK(\"http://x\")<script>document.title='owned'</script>\u202e反转\u202c{{7*7}}"


def make_hostile() -> Audit:
    """The same audit of a document that would like to run in its reader's browser or spreadsheet."""
    image = "</td></tr><img src=x onerror=\"document.title='owned'\">"
    narrative = NARRATIVE.replace("三、宣传", f"三、宣传\n{HOSTILE}节水型企业3家{'长' * 10_000}。{image}")
    annex = ANNEX.replace("区经委", HOSTILE).replace("节水宣传\t", "@SUM(1+1)*cmd|' /C calc'!A0" + "宽" * 10_000 + "\t", 1).replace(
        "宣传\t2", "<svg onload=\"document.title='owned'\">\t2", 1)
    r = make_report(narrative.replace("云溪区2023", HOSTILE + "云溪区2023"), annex, "云溪区.txt")
    a = make_audit(r)
    bad = Finding("conflicting-figures", "error", 4, say(HOSTILE + "+1-1" + "字" * 10_000), (quote(r, HOSTILE),), Decimal(1))
    return replace(a, findings=(bad, *a.findings))


def ledger_text(audit: Audit, text: str) -> str:
    """A ledger's text that says which report it is about, unless it does already."""
    from audit.review import binding_of

    bound = binding_of(audit)
    return text if "报告:" in text else f"报告: {{区: {bound.district}, 年度: {bound.year}, 文件: {bound.file}}}\n{text}"
