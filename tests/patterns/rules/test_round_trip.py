"""compile(render(clauses)) gives the clauses back, in every style; and no text breaks the compiler or loses its points."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from patterns.clause import Clause
from patterns.rules import compile_rule
from patterns.rules.wording import STYLES, render

DEEDS = ["建立联席会议制度", "组织开展专项检查", "印发年度工作方案", "公开考核结果", "落实专项经费", "开展业务培训", "统计报表报送及时"]
FAULTS = ["未建立工作台账", "迟报工作总结", "存在违规排放行为", "被群众投诉举报", "检查结果不合格", "发生责任事故"]
MEASURES = [("月报上报率", "%"), ("设施覆盖率", "%"), ("参与企业数量", "家"), ("专项资金投入", "万元"), ("培训场次", "次")]
CLASSES = [None, ("central",), ("other",), ("central", "崇明区"), ("青浦区", "松江区")]
POINTS = [Decimal(p) for p in ("0.1", "0.2", "0.25", "0.5", "1", "1.5", "2", "3")]


def meaning(c: Clause) -> tuple[object, ...]:
    """What a clause says, without its place in a text. A level that earns nothing is a zero."""
    if c.kind == "tier":
        level = (c.lower, c.lower_open, c.upper, c.upper_open, c.unit)
        return ("zero", c.applies_to) if not c.points else ("tier", c.points, level, c.applies_to)
    return (c.kind, c.points, c.per, c.per_unit, c.cap, c.round, c.to, c.applies_to)


@st.composite
def clause_sets(draw: st.DrawFn) -> list[Clause]:
    """One to four conditions, none twice, each with a clause or a family of clauses."""
    out: list[Clause] = []
    deeds, faults, measures = (draw(st.permutations(x)) for x in (DEEDS, FAULTS, MEASURES))
    deeds, faults, measures = list(deeds), list(faults), list(measures)
    for kind in draw(st.lists(st.sampled_from(["award", "each", "deduct", "flat", "full", "tiers", "by class", "off by class"]), min_size=1,
                              max_size=4)):
        points, who = draw(st.sampled_from(POINTS)), draw(st.sampled_from(CLASSES))
        if kind == "award":
            out.append(Clause("award", "", condition=deeds.pop(), points=points, applies_to=who))
        elif kind == "each":
            cap = draw(st.sampled_from([None, Decimal(3), Decimal("4.5")]))
            out.append(Clause("each", "", condition=deeds.pop(), points=points, per=Decimal(1), per_unit=draw(st.sampled_from("次家项个")),
                              cap=cap, applies_to=who))
        elif kind == "deduct":
            per = Decimal(draw(st.sampled_from([1, 1, 5])))
            cap = draw(st.sampled_from([None, Decimal(3)]))
            unit = draw(st.sampled_from(["次", "家", "起", "个百分点"]))
            out.append(Clause("deduct", "", condition=faults.pop(), points=points, per=per, per_unit=unit, cap=cap, applies_to=who))
        elif kind == "flat":
            out.append(Clause("deduct", "", condition=faults.pop(), points=points, applies_to=who))
        elif kind == "full":
            out.append(Clause("full", "", condition=deeds.pop()))
        elif kind == "by class":
            deed = deeds.pop()
            out += [Clause("award", "", condition=deed, points=p, applies_to=(w,)) for p, w in ((points, "central"), (points * 2, "other"))]
        elif kind == "off by class":
            fault = faults.pop()
            out += [Clause("deduct", "", condition=fault, points=p, per=Decimal(1), per_unit="起", cap=c, applies_to=(w,))
                    for p, c, w in ((points, Decimal(4), "other"), (points * 2, Decimal(5), "central"))]
        elif measures:
            name, unit = measures.pop()
            cuts = sorted(draw(st.sets(st.integers(2, 9), min_size=1, max_size=3)), reverse=True)
            upper = None
            for k, cut in enumerate(cuts):
                out.append(Clause("tier", "", condition=name, points=Decimal(3) - k, lower=Decimal(cut * 10), upper=upper,
                                  upper_open=upper is not None, unit=unit))
                upper = Decimal(cut * 10)
            if draw(st.booleans()):
                out.append(Clause("tier", "", condition=name, points=Decimal(0), upper=upper, upper_open=True, unit=unit))
    return out


@pytest.mark.parametrize("style", sorted(STYLES))
@settings(max_examples=120, deadline=None)
@given(clauses=clause_sets())
def test_rendered_clauses_compile_to_themselves(style: str, clauses: list[Clause]) -> None:
    text = render(clauses, STYLES[style])
    compiled = compile_rule(text)
    assert [meaning(c) for c in compiled.clauses] == [meaning(c) for c in clauses], text
    assert not compiled.unparsed


WORDS = ["每", "1", "2", "0.5", "10%", "90%", "分", "得", "扣", "计", "加", "家", "个百分点", "，", "。", "；", "、", "（", "）", "：",
         "最多", "不得分", "满分", "及以上", "不足", "至",
         "-", "中心城区", "其他区", "青浦区", "除", "外", "完成", "未", "按比例", "备注1", "①", "(1)", "\n", " ", "“", "《", "》", "一",
         "半", "酌情", "分别", "各", "/", "的"]


@settings(max_examples=400, deadline=None)
@given(st.one_of(st.text(max_size=120), st.lists(st.sampled_from(WORDS), max_size=60).map("".join)),
       st.sampled_from([None, Decimal(0), Decimal(2)]))
def test_no_text_breaks_it_and_no_points_are_lost(text: str, weight: Decimal | None) -> None:
    compiled = compile_rule(text, weight)
    for c in compiled.clauses:
        assert c.text == text[c.start:c.end]
    kept = [c.text for c in compiled.clauses] + list(compiled.unparsed)
    squashed = ["".join(k.split()) for k in kept]
    for m in re.finditer(r"[0-9]+(?:\.[0-9]+)?分(?!钟)", text):
        assert any("".join(m[0].split()) in k for k in squashed), (m[0], text)


def test_the_start_and_end_of_a_clause_are_places_in_the_text() -> None:
    text = "制 度健全的，得 0 . 5 分；未公开的，扣1分。"
    assert [text[c.start:c.end] for c in compile_rule(text).clauses] == ["制 度健全的，得 0 . 5 分", "未公开的，扣1分"]
