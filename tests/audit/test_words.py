"""How numbers and a document's words are written."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from audit.words import cells, gist, interval, number, plain, wrap

MIXED = st.text(alphabet="重点用能单位12.5%（）“”，。、abc \u3000《》", max_size=120)


def test_numbers_are_written_plainly() -> None:
    assert [number(Decimal(x)) for x in ("2.0", "100", "0.10", "1E+2", "-0.5")] == ["2", "100", "0.1", "100", "-0.5"]
    assert number(None) == "" and interval(Decimal("1.50"), Decimal("1.5")) == "1.5" and interval(Decimal(0), Decimal(2)) == "0–2"


def test_characters_that_steer_are_made_visible() -> None:
    assert plain("甲\u202e乙\x1b[2J丙\u200b丁\t戊\n己") == "甲\ufffd乙\ufffd[2J丙丁 戊 己"


def test_lines_break_as_chinese_does() -> None:
    assert wrap("随机抽出5家（12%）重点用能单位", 10) == ["随机抽出", "5家（12%）", "重点用能单", "位"]
    assert wrap("完成8974.21吨标准煤", 10) == ["完成", "8974.21吨", "标准煤"]
    assert wrap("甲乙丙丁戊，己", 10) == ["甲乙丙丁", "戊，己"]
    assert wrap("", 10) == [""]


@given(MIXED, st.integers(8, 40))
def test_no_line_is_too_wide_and_no_word_is_lost(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert all(cells(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


@given(st.text(max_size=60))
def test_what_is_shown_has_no_control_and_is_measured_as_the_terminal_does(text: str) -> None:
    shown = plain(text)
    assert all(c.isprintable() or c.isspace() for c in shown)
    assert cells("重点abc，") == cell_len("重点abc，")


def test_quotations_give_way_to_what_is_said_of_them() -> None:
    text = "按“查阅各单位台账和系统归档情况，按未完成数占计划总数的比例扣分”，报告没有提到。可证明0分"
    short = gist(text, 60)
    assert cells(short) <= 60 and short.startswith("按“查阅各单位") and short.endswith("…”，报告没有提到。可证明0分")
    assert gist(text, 200) == text
    assert gist("没有引文的一句话，长得放不下", 10) == "没有引文的一句话，长得放不下"  # nothing to shorten
