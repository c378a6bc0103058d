"""Roles: every wording of role_forms.tsv has its role in its example, not in the other one, and is needed; plans are told apart."""

from __future__ import annotations

import pytest

from extractor import roles
from extractor.document import Document
from extractor.report import Figure, build
from patterns.role_forms import Form, forms


def marked(sentence: str) -> Figure:
    """The figure that stands between ⟦ and ⟧ of a sentence."""
    at = sentence.index("⟦")
    report = build(Document("x.txt", "txt", None, sentence.replace("⟦", "").replace("⟧", "")))
    return next(f for f in report.figures if f.start <= at < f.end)


@pytest.mark.parametrize("form", forms(), ids=lambda f: f"{f.role} {f.example}")
def test_example_has_the_role_and_the_other_has_not(form: Form) -> None:
    assert marked(form.example).role == form.role
    assert marked(form.unlike).role != form.role or form.role == "actual"


@pytest.mark.parametrize("form", [f for f in forms() if f.role != "actual"], ids=lambda f: f"{f.role} {f.example}")
def test_no_other_form_reads_its_example(form: Form, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(roles, "forms", lambda: tuple(f for f in forms() if f is not form))
    assert marked(form.example).role != form.role


def test_every_condition_is_one_that_a_figure_can_meet() -> None:
    known = {"count", "-count", "measure", "size", "ratio", "-ratio", "-ratio2", "points", "time", "length", "area", "age", "money", "range", "edge",
             "anybound", "bound<=", "bound>=", "bound<", "unit:位", "-unit:项"}
    assert {c for f in forms() for c in f.plain} <= known


def read(text: str) -> list[tuple[str, str]]:
    return [(f.text, f.role) for f in build(Document("x.txt", "txt", None, "示例区2022年度工作自查报告\n" + text)).figures]


def test_a_chapter_of_plans_holds_targets_and_stocks() -> None:
    assert read("一、工作情况\n新建公厕12座。\n二、下一步打算\n一是新建公厕8座。二是把满意率提高到95%以上，再降投诉10%。三是办结剩余3件，2所未移交的幼儿园年内移交。") == [
        ("12座", "actual"), ("8座", "target"), ("95%", "target"), ("10%", "target"), ("3件", "actual"), ("2所", "actual")]


def test_a_paragraph_that_opens_with_next_year_tells_of_plans_to_its_end() -> None:
    text = "一、情况和打算\n全年培训20场。2023年，我区将持续发力：一是培训30场；二是改造管网6公里。三是走访企业500家次。\n全年接待群众40人次。"
    assert [r for _, r in read(text)] == ["actual", "target", "target", "target", "actual"]


def test_the_report_year_opens_no_plans() -> None:
    assert [r for _, r in read("一、情况\n2022年，全区持续发力，改造管网6公里。走访企业500家次。")] == ["actual", "actual"]


def test_a_heading_of_faults_and_plans_is_no_chapter_of_plans() -> None:
    assert [r for _, r in read("一、存在问题和下步打算\n问题隐患136处未整改。明年将整改120处。")] == ["actual", "target"]


def test_the_plans_of_one_item_of_a_list_do_not_run_into_the_next() -> None:
    text = "（一）队伍\n——老人。听课412人。明年想做到600人。\n——干部。应训1250人，训到1100人。\n——学生。夺得奖牌2枚。"
    assert [r for _, r in read(text)] == ["actual", "target", "target", "actual", "actual"]


def test_a_list_numbered_under_a_paragraph_of_plans_tells_of_plans() -> None:
    assert [r for _, r in read("下一步，重点抓好以下工作：\n一是新建站点8座。\n二是培训600人。")] == ["target", "target"]


def test_what_the_level_above_sends_down_is_a_target_and_its_money_is_none() -> None:
    assert [r for _, r in read("市里下达节水改造4处，完成5处。上级下达补助资金30万元，已支付28万元。")] == ["target", "actual", "actual", "actual"]
