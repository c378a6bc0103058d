"""The terminal summary: what it says, how wide it is, and what it keeps off the terminal."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from decimal import Decimal

import pytest
from handmade import NARRATIVE, make_audit, make_report
from rich.cells import cell_len
from rich.console import Console

from audit.model import Audit, Quote
from audit.outputs.quotes import contexts
from audit.outputs.terminal import _quote, _shares, show
from audit.outputs.view import view


def shown(audit: Audit, lang: str = "zh", width: int = 80, full: bool = True) -> str:
    out = io.StringIO()
    show(audit, lang, stream=out, width=width, full=full)
    return out.getvalue()


def test_the_summary_says_what_matters_worst_first(sample: Audit) -> None:
    text = shown(sample)
    for part in ("自评12分，建议复核分11分，其中待补材料5分", "6–11", "score-mismatch", "其中云溪化工1家尚在公示期。”", "1分", "不相符 3", "覆盖：数据9个"):
        assert part in text
    assert text.index("score-mismatch") < text.index("parts-mismatch") < text.index("missing-reference")
    english = shown(sample, "en")
    assert "rescored" in english and "contradicted 3" in english and "自评" not in english.split("Claimed")[1].splitlines()[0]


def test_the_summary_fits_forty_lines_and_opens_with_the_verdict(sample: Audit, hostile: Audit) -> None:
    many = replace(sample, findings=tuple(replace(sample.findings[0], points=Decimal(k)) for k in range(30)))
    for audit in (sample, hostile, many):
        for lang in ("zh", "en"):
            for width in (60, 80, 140):
                lines = shown(audit, lang, width, full=False).splitlines()
                assert len(lines) <= 40 and max(map(cell_len, lines)) <= width
    text = shown(sample, full=False)
    for part in ("错误（1个）", "自评分与评分标准不符", "应重点核对的指标", "3 → 2", "5 → 5（待补材料 5）", "“正文”第", "存疑（1个）：分项与合计不符 1", "--full"):
        assert part in text, part
    assert text.index("建议复核分") < text.index("错误（1个）") < text.index("应重点核对的指标")
    assert "另有" in shown(many, full=False)


@pytest.mark.parametrize("width", [60, 80, 120])
def test_no_line_is_wider_than_the_terminal(sample: Audit, hostile: Audit, width: int) -> None:
    for audit in (sample, hostile):
        for lang in ("zh", "en"):
            assert max(cell_len(line) for line in shown(audit, lang, width).splitlines()) <= width


def test_lines_break_where_chinese_may(sample: Audit) -> None:
    narrow = shown(sample, width=40).splitlines()
    assert not [line for line in narrow if line.strip()[:1] in set("，。、；：”）")]
    quote = [line.strip() for line in narrow[narrow.index("     分项合计5210，总数5200，差10") + 1:][:4]]
    assert "".join(quote).startswith("“全区用水总量为5200万立方米，其中工业2100万立方米、农业1900万立方米、生活1210万立方米。”")


def test_findings_come_worst_first_then_by_points(sample: Audit) -> None:
    many = tuple(replace(f, points=Decimal(k)) for k, f in enumerate([*sample.findings, sample.findings[0]]))
    assert [(f.severity, f.points) for f in view(replace(sample, findings=many)).findings] == [
        ("error", 3), ("error", 0), ("warning", 1), ("info", 2)]
    assert [f.severity for f in view(replace(sample, findings=sample.findings[::-1])).findings] == ["error", "warning", "info"]


def test_the_quoted_words_stand_out_on_a_terminal(sample: Audit) -> None:
    out = io.StringIO()
    screen = Console(file=out, width=80, force_terminal=True, color_system="truecolor")
    _quote(screen, view(sample).findings[0].contexts[0])
    shown_bold = re.findall(r"\x1b\[1m([^\x1b]*)", out.getvalue())
    assert "".join(shown_bold) == "节水型企业3家云溪化工1家尚在公示期"


def test_a_sentence_is_quoted_for_the_figures_in_it(sample: Audit) -> None:
    inner = sample.findings[0].quotes[0]
    start = sample.report.text.index("全年建成")
    sentence = Quote.of(sample.report, start, sample.report.text.index("。", start) + 1)
    [context] = contexts(sample.report, [sentence, inner])
    assert [text for text, quoted in context.pieces if quoted] == ["节水型企业3家"]
    assert "".join(text for text, _ in context.pieces) == sentence.text


def test_columns_line_up_in_cells_not_characters(sample: Audit) -> None:
    text = shown(sample).splitlines()
    head = next(line for line in text if line.lstrip().startswith("序号"))
    row = next(line for line in text if line.lstrip().startswith("2  节水型企业创建"))
    assert cell_len(head[:head.index("结论")]) == cell_len(row[:row.index("不相符")])


def test_nothing_is_coloured_where_there_is_no_terminal(sample: Audit) -> None:
    assert "\x1b" not in shown(sample)


def test_a_document_cannot_steer_the_terminal(words: None) -> None:
    narrative = NARRATIVE.replace("云溪区2023年度", "\x1b]0;假标题\x07\x1b[2J\u202e[bold red]云溪区2023年度[/]")
    text = shown(make_audit(make_report(narrative)))
    assert "\x1b" not in text and "\x07" not in text and "\u202e" not in text and "[bold red]" in text


def test_every_group_with_points_is_seen_in_the_bar() -> None:
    cells = _shares([Decimal("100"), Decimal("0.1"), Decimal(0), Decimal("2.9")], 40)
    assert sum(cells) == 40 and cells[1] == 1 and cells[2] == 0


@pytest.mark.parametrize("width", [40, 60, 80, 140])
def test_a_pipe_is_told_what_a_terminal_is_told(sample: Audit, hostile: Audit, width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    from audit.outputs import styled

    for audit in (sample, hostile):
        for lang in ("zh", "en"):
            monkeypatch.setattr(styled, "bare", lambda stream: True)
            piped = shown(audit, lang, width, full=False)
            monkeypatch.setattr(styled, "bare", lambda stream: False)
            assert piped == shown(audit, lang, width, full=False)


def test_colours_that_are_asked_for_are_given(sample: Audit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b[" in shown(sample, full=False)
    monkeypatch.setenv("FORCE_COLOR", "")
    assert "\x1b[" not in shown(sample, full=False)
