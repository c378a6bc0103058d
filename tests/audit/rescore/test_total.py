"""Points from states: what a rule's clauses come to, given what the report is found to say of each."""

from __future__ import annotations

from dataclasses import fields, replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.grounds.model import ClauseState
from audit.model import Evidence, Quote
from audit.rescore.charges import once
from audit.rescore.indicator import Ask, Judged, judge
from extractor.report import Field, Figure, Row
from patterns.clause import Clause
from patterns.rules import compile_rule

FIGURE = Figure(0, "1", None, "个", "", "actual", "", "", "1个", 0, 2, 0, None, Decimal(1))


def state(clause: Clause, told: str, at: int = 0) -> ClauseState:
    """A state in short: its word, `lowest..highest` (or one number), `#` where figures decide it, `?` where it is not sure, `~` a forecast."""
    word, *rest = told.split()
    numbers = [x for x in rest if x[0].isdigit() or x.startswith("..")]
    low, _, high = numbers[0].partition("..") if numbers else ("", "", "")
    high = high or (low if numbers and ".." not in numbers[0] else "")
    evidence = (Evidence(Quote(at, at + 2, "证据"), against=word == "unmet", decisive=(FIGURE,) if "#" in rest else ()),) if word in ("met", "unmet") else ()
    return ClauseState(clause, word, evidence, Decimal(low) if low else None, Decimal(high) if high else None,  # type: ignore[arg-type]
                       sure="?" not in rest, forecast="~" in rest)


def score(rule: str, weight: str, claim: str, told: str, district: str = "", district_class: str = "other") -> Judged:
    """An indicator judged; told: a state a clause, separated by |."""
    compiled = compile_rule(rule, Decimal(weight))
    said = [x.strip() for x in told.split("|")]
    assert len(said) == len(compiled.clauses), [c.text for c in compiled.clauses]
    states = [state(c, s, 10 * k) for k, (c, s) in enumerate(zip(compiled.clauses, said, strict=True))]
    cells = {f.name: Field("", 0, 0) for f in fields(Row)}
    row = Row(**(cells | {"no": 1, "weight": Decimal(weight), "claimed": Decimal(claim), "name": Field("名称", 0, 2), "rule": Field(rule, 0, len(rule)),  # type: ignore[arg-type]
                          "form": None}))
    return judge(row, compiled, once(states), district, district_class)


LADDER = "达标率95%以上的得3分，90%以上不足95%的得2分，不足90%的不得分。"
STEPS = "达标率100%的得6分，每低5个百分点扣1分。"
PARTS = "制度健全的得1分；经费落实的得2分。"
FAULTS = "被投诉的每起扣0.5分，最多扣1分；被通报的扣1分。"
HEADED = "露天禁烧2分，每发现1处火点扣0.5分；台账完整的得1分。"
GOAL = "完成任务的得满分，每少1个扣0.5分。"
ITEMS = "每建成1家得0.5分，最多得2分；开展培训的得1分。"
VETO = "宣传到位的得1分；设施完好的得1分；发生较大事故的，本项不得分。"
RANK = "排名前3位的得3分，每降一位扣0.5分，扣完为止。"
GRADED = "完成任务的得2分；未完成的，按完成比例得分。"
SHARED = "发现不合格的每家扣0.5分，发现造假的每家扣1分，累计扣分不超过2分。"

CASES = [
    # awards and levels: what is open widens, the sum is never capped by the claim
    (PARTS, "3", "3", "met|met", "3", "3", "supported"),
    (PARTS, "3", "2.5", "met|met", "3", "3", "contradicted"),
    (PARTS, "3", "3", "met|open", "1", "3", "partial"),
    (PARTS, "3", "3", "open|open", "0", "3", "unsupported"),
    (PARTS, "3", "3", "met|unmet", "1", "1", "contradicted"),
    (PARTS, "3", "3", "met|unmet ?", "1", "1", "contradicted"),  # told, though a person must judge (no error: see below)
    (LADDER, "3", "2", "excluded|met 92 #|excluded", "2", "2", "verified"),
    (LADDER, "3", "3", "excluded|met 92 #|excluded", "2", "2", "contradicted"),
    (LADDER, "3", "0", "excluded|excluded|unmet 80 #", "0", "0", "supported"),
    (LADDER, "3", "3", "open|open|excluded", "2", "3", "partial"),  # the bottom is denied: at least the lower level
    (LADDER, "3", "3", "open ~|open ~|open ~", "0", "3", "partial"),
    # a level with its own deductions
    (STEPS, "6", "6", "met 100 #|met 0", "6", "6", "verified"),
    (STEPS, "6", "5", "unmet 95 #|unmet 5 #", "5", "5", "verified"),
    (STEPS, "6", "5", "unmet 93 #|unmet 7 #", "4", "5", "partial"),  # a part of a step may count or not
    (STEPS, "6", "6", "unmet 93 #|unmet 7 #", "4", "5", "contradicted"),
    (STEPS, "6", "0", "unmet 50 #|unmet 50 #", "0", "0", "verified"),
    (RANK, "3", "2", "unmet 5 #|unmet 2 #", "2", "2", "verified"),
    # deductions from what a rule starts with: caps, floors, silence
    (FAULTS, "2", "2", "met|met", "2", "2", "supported"),
    (FAULTS, "2", "2", "unmet 3 #|met", "1", "1", "contradicted"),
    (FAULTS, "2", "1.5", "unmet 1 #|open", "0.5", "1.5", "partial"),
    (FAULTS, "2", "2", "open|met", "1", "2", "partial"),
    (HEADED, "3", "1", "unmet 9 #|met", "1", "1", "supported"),  # the heading's points and no more
    (HEADED, "3", "2", "unmet 2 #|met", "2", "2", "supported"),
    (SHARED, "3", "1", "unmet 3 #|unmet 2 #", "1", "1", "verified"),
    (GOAL, "4", "4", "met #|met 0", "4", "4", "verified"),
    (GOAL, "4", "3", "unmet #|unmet 2 #", "3", "3", "verified"),
    (GOAL, "4", "4", "unmet #|open", "0", "4", "partial"),
    # items
    (ITEMS, "3", "2.5", "met 3 #|met", "2.5", "2.5", "supported"),
    (ITEMS, "3", "3", "met 9 #|met #", "3", "3", "verified"),
    (ITEMS, "3", "3", "met 3.. #|met", "2.5", "3", "partial"),  # three at least
    # proportion, printed rounded
    (GRADED, "2", "1.9", "unmet #|met 0.948 #", "1.9", "1.9", "verified"),
    (GRADED, "2", "2", "unmet #|met 0.948 #", "1.896", "1.896", "contradicted"),
    (GRADED, "2", "2", "met #|excluded", "2", "2", "verified"),
    # a veto takes all, an untold one may
    (VETO, "2", "2", "met|met|unmet", "0", "0", "contradicted"),
    (VETO, "2", "2", "met|met|open", "0", "2", "partial"),
    (VETO, "2", "2", "met|met|met", "2", "2", "supported"),
    ("因工作不力被通报的，每次减0.5分。", "0", "-0.5", "unmet 1 #", "-0.5", "-0.5", "verified"),
    ("因工作不力被通报的，每次减0.5分。", "0", "0", "met", "0", "0", "supported"),
    ("参照备注1评分。", "5", "5", "external", "0", "5", "external"),
    ("方案印发的得1分；试点情况按备注2的办法计分，最高1分。", "2", "2", "met|external", "1", "2", "partial"),
]


@pytest.mark.parametrize(("rule", "weight", "claim", "told", "low", "high", "verdict"), CASES)
def test_what_states_come_to(rule: str, weight: str, claim: str, told: str, low: str, high: str, verdict: str) -> None:
    got = score(rule, weight, claim, told).result
    assert (got.low, got.high, got.verdict) == (Decimal(low), Decimal(high), verdict), got.reason.text()


def test_other_districts_have_no_say() -> None:
    rule = "江北区、江南区覆盖率90%以上的得3分，其他县（市、区）覆盖率75%以上的得3分。"
    assert score(rule, "3", "3", "not-applicable|met 80 #", "云溪县").result.low == 3
    assert score("江北区、江南区覆盖率90%以上的得3分。", "3", "3", "not-applicable", "云溪县").result.verdict == "external"


def test_one_fault_is_charged_once() -> None:
    rule = compile_rule("抽查不合格的每批次扣0.5分；不合格产品未处理的每批次扣1分。", Decimal(3))
    states = once([state(c, "unmet 2 #") for c in rule.clauses])  # both rest on the same words
    assert [s.state for s in states] == ["open", "unmet"]


STATES = st.sampled_from(["met", "unmet", "open", "excluded", "met 1 #", "unmet 2 #", "unmet 1.. #", "open 0..3", "met ?", "unmet ?"])


@given(st.sampled_from([PARTS, LADDER, STEPS, FAULTS, HEADED, GOAL, ITEMS, VETO, RANK, GRADED, SHARED]), st.data())
def test_bounds_lie_in_the_row_and_an_open_state_only_widens(rule: str, data: st.DataObject) -> None:
    clauses = compile_rule(rule, Decimal(3)).clauses
    told = [data.draw(STATES) for _ in clauses]
    got = score(rule, "3", "3", "|".join(told)).result
    assert 0 <= got.low <= got.high <= 3
    k = data.draw(st.integers(0, len(told) - 1))
    if told[k] in ("met", "unmet") and clauses[k].kind == "award":
        wider = score(rule, "3", "3", "|".join([*told[:k], "open", *told[k + 1:]])).result
        assert wider.low <= got.low and got.high <= wider.high


def test_clauses_at_odds_with_one_another_convict_nobody() -> None:
    """A level that is proven and a fault of the same measure: the share of all wins, any other pair is a doubt."""
    assert score(STEPS, "6", "6", "met 100 #|unmet 3 #").result.high == 6
    got = score("制度健全的得1分，每缺1项扣0.5分；经费落实的得2分。", "3", "3", "met|unmet 2 #|met")
    assert (got.result.verdict, got.sure) != ("contradicted", True)
    assert got.result.low <= 3 <= got.result.high and got.doubt > 0


def test_another_figure_that_makes_the_claim_right_makes_it_a_question() -> None:
    rule = compile_rule("被投诉的每起扣0.5分。", Decimal(3))
    told = state(rule.clauses[0], "unmet 4 #")
    cells = {f.name: Field("", 0, 0) for f in fields(Row)}
    row = Row(**(cells | {"no": 1, "weight": Decimal(3), "claimed": Decimal("2.5"), "form": None}))  # type: ignore[arg-type]
    one = replace(told, lowest=Decimal(1), highest=Decimal(1))
    assert judge(row, rule, [told], "", "other").result.verdict == "contradicted"
    pleaded = judge(row, rule, [told], "", "other", Ask(lambda *_: ({rule.clauses[0]: one},)))
    assert not pleaded.sure and pleaded.result.high == Decimal(1) and pleaded.doubt == Decimal("1.5")


def test_what_was_not_understood_widens_the_interval() -> None:
    rule = "制度健全的得1分；培训合格率低于80%的，减半得分。"
    assert (score(rule, "3", "3", "met").result.low, score(rule, "3", "3", "met").result.high) == (0, 3)


def test_two_measures_that_rest_on_one_number_are_both_in_doubt() -> None:
    rule = compile_rule("县级巡河完成率按比例得1分，村级巡河完成率按比例得2分。", Decimal(3))
    told = [state(c, "met 0.985 #") for c in rule.clauses]  # one figure for both
    cells = {f.name: Field("", 0, 0) for f in fields(Row)}
    row = Row(**(cells | {"no": 1, "weight": Decimal(3), "claimed": Decimal("2.97"), "form": None}))  # type: ignore[arg-type]
    got = judge(row, rule, told, "", "other")
    assert got.result.verdict != "contradicted" and not got.sure


def test_the_requirement_quoted_is_no_measure_that_misses_it() -> None:
    got = score("专项用地占比超过1%的得2分，未超过1%的不得分。", "2", "2", "excluded 1 #|unmet 1 #")
    assert got.result.verdict != "contradicted" and not got.sure
    assert score("专项用地占比超过1%的得2分，未超过1%的不得分。", "2", "2", "excluded 0.8 #|unmet 0.8 #").result.verdict == "contradicted"


def test_a_level_missed_by_a_part_of_a_step_keeps_its_points() -> None:
    """98%以上得满分，每低1个百分点扣1分 at 97.1%: a part of a point counts as one or as none, and never as all."""
    found = score("98%以上得满分，每低1个百分点扣1分", "20", "19", "unmet 97.1 # | unmet 0.9 #")
    assert (found.result.low, found.result.high) == (Decimal(19), Decimal(20))
