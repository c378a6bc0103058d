"""Marks of Markdown, style sheets and lookalikes: what a line says without them."""

from __future__ import annotations

import csv
from importlib.resources import files

import pytest
from lxml import etree

from extractor.readers.css import Sheet
from extractor.readers.markup import pieces, plain
from extractor.readers.mending import mend_words


@pytest.mark.parametrize(("written", "said"), [
    ("下降$3.5\\%$", "下降3.5%"), ("绿地$6 . 0 5 \\times 10 ^ { 4 } \\mathrm { m } ^ { 2 }$", "绿地6.05×10⁴m²"), ("$\\mathrm{CO_2}$", "CO₂"),
    ("温度$25^{\\circ}\\mathrm{C}$", "温度25℃"),
    ("节水126$^{1}$万吨", "节水126万吨"), ("费用$123元和$5元", "费用$123元和$5元"), ("$x+\\alpha y$", "$x+\\alpha y$"), ("开展17[^3]场", "开展17场"), ("开展17^3^场", "开展17场"),
    ("清退~~99家~~45家", "清退45家"), ("3万m<sup>2</sup>，12<sup>1</sup>次", "3万m²，12次"), ("见[附表](#a)", "见附表"), ("&lt;5&nbsp;家", "<5\xa0家"), ("17\\.5%", "17.5%"),
    ("不足<5家的", "不足<5家的"), ("【a】<示例>", "【a】<示例>")])
def test_marks_are_taken_off(written: str, said: str) -> None:
    assert plain(written)[0] == said


def test_pictures_are_counted() -> None:
    assert plain('![](a.jpg)<img src="b.png" width="39%">文字<!-- image -->') == ("文字", 3)


def test_a_table_of_html_is_a_piece_of_its_own() -> None:
    assert list(pieces("甲<div><table><tr><td>1</td></tr></table></div>乙")) == [
        (False, "甲<div>"), (True, "<table><tr><td>1</td></tr></table>"), (False, "</div>乙")]
    assert list(pieces("甲<table><tr>")) == [(False, "甲<table><tr>")]


def page(body: str, style: str) -> tuple[etree._Element, Sheet]:
    root = etree.HTML(f"<html><head><style>{style}</style></head><body>{body}</body></html>")
    return root, Sheet.of_page(root)


@pytest.mark.parametrize(("inline", "style", "hidden"), [
    ("display: none", "", True), ("color:#fff", "", True), ("color:white;background:#1f4e79", "", False), ("color:white", "body{background:#000}", False), ("opacity:0", "", True),
    ("opacity:.6", "", False), ("font-size:0", "", True), ("font-size:0.8em", "", False), ("position:absolute;left:-9999px", "", True), ("", ".x{display:none}", True),
    ("", "@media print{.x{display:none}}", False), ("", "div .x{visibility:hidden}", True), ("", "p .x{visibility:hidden}", False), ("display:inline", ".x{display:none}", False)])
def test_what_style_hides(inline: str, style: str, hidden: bool) -> None:
    root, sheet = page(f'<div><span class="x" style="{inline}">99家</span></div>', style)
    assert sheet.hides(next(root.iter("span"))) is hidden


def test_what_style_raises_and_strikes() -> None:
    root, sheet = page('<span class="a">1</span><b>2</b>', ".a{vertical-align: super; text-decoration: line-through red}")
    span, bold = next(root.iter("span")), next(root.iter("b"))
    assert sheet.baseline(span) == "sup" and sheet.struck(span)
    assert sheet.baseline(bold) == "" and not sheet.struck(bold)


def test_lookalikes() -> None:
    with files("patterns").joinpath("lookalikes.tsv").open(encoding="utf8") as lines:
        for row in csv.DictReader((x for x in lines if not x.startswith("#")), delimiter="\t"):
            assert mend_words(row["wrong"]) == row["right"]
            assert not row["stays"] or mend_words(row["stays"]) == row["stays"]
