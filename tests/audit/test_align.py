"""Which passage speaks for which indicator: by words, not by order, and each passage by itself."""

from __future__ import annotations

from pathlib import Path

from audit.align import Alignment, align
from audit.evidence import passages
from audit.evidence.passages import Passage
from audit.evidence.words import Weights
from extractor import read
from tests.small import write

ROWS = (
    ("河道水质", "40", "河道断面水质达标率100%的得40分。", "40", "水环境"),
    ("秸秆利用", "30", "秸秆综合利用率95%以上的得30分。", "30", "农业"),
    ("校车安全", "30", "校车安全检查不合格的每辆扣5分。", "30", "教育"),
)
RIVER = "1.河道治理。河道断面水质达标率100%，新建护岸12公里。"
STRAW = "2.秸秆禁烧。秸秆综合利用率96%。"
BUS = "3.校车管理。检查校车86辆，全部合格。"
OTHER = "4.文化惠民。举办戏曲演出24场。"


def aligned(tmp_path: Path, *texts: str) -> tuple[Alignment, dict[str, Passage]]:
    report = read(write(tmp_path, "\n\n".join(texts), *ROWS))
    rows = report.table.rows
    found = passages.read(report)
    by_text = {t: p for t in texts for p in found if report.text[p.start:p.end].startswith(t[:6])}
    return align(rows, found, Weights(f"{r.name.text}，{r.rule.text}" for r in rows), {}), by_text


def best(a: Alignment) -> dict[int, int | None]:
    return {no: found[0][0].start if found else None for no, found in a.of.items()}


def test_each_passage_goes_to_the_indicator_whose_words_it_says_in_any_order(tmp_path: Path) -> None:
    for texts in ((RIVER, STRAW, BUS, OTHER), (OTHER, BUS, STRAW, RIVER)):
        a, by_text = aligned(tmp_path, *texts)
        assert best(a) == {1: by_text[RIVER].start, 2: by_text[STRAW].start, 3: by_text[BUS].start}


def test_a_passage_of_no_indicator_is_given_to_none(tmp_path: Path) -> None:
    a, by_text = aligned(tmp_path, RIVER, STRAW, BUS, OTHER)
    assert all(p is not by_text[OTHER] for found in a.of.values() for p, _ in found)
    assert [a.strength(by_text[OTHER], no) for no in (1, 2, 3)] == [0, 0, 0]


def test_deleting_a_passage_moves_no_other(tmp_path: Path) -> None:
    full, of_full = aligned(tmp_path, RIVER, STRAW, BUS, OTHER)
    less, of_less = aligned(tmp_path, RIVER, BUS, OTHER)
    assert less.of[2] == ()
    for text in (RIVER, BUS):
        assert [full.strength(of_full[text], no) for no in (1, 2, 3)] == [less.strength(of_less[text], no) for no in (1, 2, 3)]


def test_a_passage_under_another_domain_s_heading_weighs_less(tmp_path: Path) -> None:
    text = "检查校车86辆，全部合格。"
    raw = []
    for heading in ("1.教育领域", "1.综合情况", "1.农业领域"):
        report = read(write(tmp_path, f"{heading}\n\n{text}", *ROWS))
        found = passages.read(report)
        a = align(report.table.rows, found, Weights(r.rule.text for r in report.table.rows), {})
        raw.append(a.raw[next(p.index for p in found if "校车" in p.text), 3])
    assert raw[0] > raw[1] > raw[2]


def test_a_preamble_counts_for_little(tmp_path: Path) -> None:
    words = "河道断面水质达标率100%。"
    head = f"清源县2023年度工作自评报告\n\n{words}\n\n一、工作情况\n\n"
    report = read(write(tmp_path, f"1.治理。{words}", *ROWS, head=head))
    found = passages.read(report)
    a = align(report.table.rows, found, Weights(r.rule.text for r in report.table.rows), {})
    first, body = (p for p in found if "断面" in p.text)
    assert first.preamble and not body.preamble
    assert a.strength(first, 1) < a.strength(body, 1)
