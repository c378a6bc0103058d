"""The opinion: only what a person confirmed, in official form, at most two pages before its annex."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from handmade import ledger_text

from audit import provenance, review
from audit.messages import catalogue
from audit.model import Audit
from audit.outputs import brief, opinion, paper
from patterns.errors import UnusableInput


def opened(audit: Audit, lang: str = "zh", **options: object) -> Document:
    return Document(io.BytesIO(opinion.render(audit, lang, **options)))  # type: ignore[arg-type]


def text_of(docx: Document) -> str:
    cells = [c.text for t in docx.tables for r in t.rows for c in r.cells]
    return "\n".join([p.text for p in docx.paragraphs] + cells + [p.text for p in docx.sections[0].header.paragraphs])


def decided(audit: Audit, entries: str, more: str = "") -> Audit:
    return review.apply(audit, review.parse(ledger_text(audit, f"复核人: 王敏\n决定: [{entries}]\n{more}"), "x"))


ACCEPTED = "{{问题: {}, 处理: 认可, 理由: 属实}}"


def test_only_what_a_person_confirmed_is_written(sample: Audit) -> None:
    error, warning, _ = sample.findings
    text = text_of(opened(decided(sample, ACCEPTED.format(warning.fingerprint))))
    assert "分项合计5210" in text and "多1分" not in text and "待审" not in text
    text = text_of(opened(decided(sample, "{指标: 2, 处理: 改分, 分值: 2.5, 理由: 公示期已满}, " + ACCEPTED.format(error.fingerprint))))
    assert "经复核定为2.5分，由王敏核定，理由是：公示期已满" in text and "“全年建成节水型企业3家" in text and "分项合计5210" not in text
    assert "王敏：公示期已满" in text  # beside the score in the annex


def test_without_a_review_it_is_a_draft(sample: Audit) -> None:
    text = text_of(opened(sample, unreviewed=True))
    assert "待审稿" in text and "多1分" in text and "分项合计5210" not in text
    nothing = text_of(opened(sample))
    assert "待审稿" in nothing and "多1分" not in nothing and "没有需要更正" not in nothing


def test_official_form(sample: Audit) -> None:
    done = decided(sample, ACCEPTED.format(sample.findings[0].fingerprint), "签署: [{状态: 签发, 姓名: 陈静, 日期: 2024-03-05}]")
    docx = opened(done, office={"office": "市节水办公室", "number": "节水函〔2024〕7号", "deadline": "3月20日", "contact": "赵刚，6312", "copy-to": "市水务局"})
    texts = [p.text for p in docx.paragraphs if p.text.strip()]
    assert texts[:4] == ["市节水办公室", "节水函〔2024〕7号\t签发人：陈静", "市节水办公室关于《云溪区2023年度节水工作自查报告》的复核意见", "云溪区人民政府："]
    assert texts[4].startswith("你区报送的《") and "2024年3月5日" in texts and any(t.startswith("附件：") for t in texts)
    assert any(t.startswith("抄送：市水务局") for t in texts) and any("3月20日" in t and "赵刚" in t for t in texts)
    assert all(t.endswith(("。", "：")) for t in texts[4:texts.index("2024年3月5日") - 1] if not t.startswith(("附件", "　")))
    assert not any("{{" in t for t in texts) and not any(w in "".join(texts) for w in ("不予计入", "写作", "视为"))
    signature = next(k for k, p in enumerate(docx.paragraphs) if p.text == "2024年3月5日")
    kept = [p.paragraph_format.keep_with_next for p in docx.paragraphs[signature - 4:signature]]
    assert sum(bool(k) for k in kept) >= 3 and kept[-1]  # words of the letter stand on the page of its signature
    section = docx.sections[0]
    assert [round(x / Mm(1)) for x in (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)] == [37, 35, 28, 26]
    assert docx.settings.odd_and_even_pages_header_footer
    assert [f.paragraphs[0].alignment for f in (section.footer, section.even_page_footer)] == [2, 0]  # outside: right, left

    def look(p: object) -> tuple[str, object]:
        run = next(r for r in p.runs if r.text)  # type: ignore[attr-defined]
        assert run._r.rPr.rFonts.get(qn("w:hint")) == "eastAsia"
        return run._r.rPr.rFonts.get(qn("w:eastAsia")), run.font.size

    by_text = {p.text: p for p in docx.paragraphs if p.text}
    assert look(by_text[texts[2]]) == ("方正小标宋简体", Pt(22)) and look(by_text[texts[4]]) == ("仿宋_GB2312", Pt(16))
    assert by_text[texts[4]].paragraph_format.first_line_indent == Pt(32) and docx.styles["Normal"].paragraph_format.line_spacing == Pt(28)
    assert docx.styles["Normal"].element.rPr.find(qn("w:lang")).get(qn("w:eastAsia")) == "zh-CN"


@pytest.mark.parametrize(("title", "district", "wanted"), [
    ("清源县人民政府关于报送2023年度绿化工作情况的报告", "清源县", "清源县2023年度绿化工作情况"),
    ("关于云溪区2023年度节水工作的报告", "云溪区", "云溪区2023年度节水工作"),
    ("云溪区节水工作自查报告", "云溪区", "《云溪区节水工作自查报告》"),
    ("关于贯彻《节水条例》情况的报告", "云溪区", "《关于贯彻〈节水条例〉情况的报告》")])
def test_the_matter_comes_from_the_reports_own_title(sample: Audit, title: str, district: str, wanted: str) -> None:
    from audit.outputs.view import view

    assert opinion.matter(replace(view(sample), title=title, district=district)) == wanted


def test_marks_inside_a_quote_are_single() -> None:
    assert paper.quoted("举办“世界水日”活动") == "“举办‘世界水日’活动”"
    assert [paper.chinese(n) for n in (1, 10, 11, 20, 23)] == ["一", "十", "十一", "二十", "二十三"]


def test_a_deduction_asks_for_records_and_a_cap_for_nothing(sample: Audit) -> None:
    first = sample.indicators[0]
    clause = first.clauses[0]
    fault = replace(clause, clause=replace(clause.clause, kind="deduct", condition="被通报批评"))
    claim = replace(sample.findings[1], code="unsupported-claim", indicator=1)
    audit = replace(sample, indicators=(replace(first, clauses=(fault,)), *sample.indicators[1:]), findings=(claim,))
    text = text_of(opened(decided(audit, ACCEPTED.format(claim.fingerprint))))
    assert "请说明年内有无“被通报批评”的情况，并附记录。" in text


def test_an_office_edits_its_template(sample: Audit, tmp_path: Path) -> None:
    file = tmp_path / "模板.docx"
    file.write_bytes(opinion.template({"office": "市节水办公室"}))
    own = Document(str(file))
    assert "{{正文}}" in text_of(own) and "市节水办公室" in text_of(own)
    own.paragraphs[0].insert_paragraph_before("本函以传真发出")
    own.save(str(file))
    text = text_of(opened(sample, unreviewed=True, template=str(file)))
    assert "本函以传真发出" in text and "多1分" in text and "{{" not in text
    Document().save(str(file))
    with pytest.raises(UnusableInput):
        opened(sample, template=str(file))


def test_the_letters_own_wordings_belong_to_messages_and_use_their_fields() -> None:
    fields = re.compile(r"{(\w+)}")
    for lang in ("zh", "en"):
        words = catalogue(lang)
        for key in words:
            if key.startswith("opinion.say_"):
                file, _, name = key.removeprefix("opinion.say_").partition("_")
                assert f"{file}.{name}" in words, key
                assert set(fields.findall(words[key])) <= set(fields.findall(words[f"{file}.{name}"])), key


def test_a_hostile_document_gives_a_file_that_opens(hostile: Audit) -> None:
    for lang in ("zh", "en"):
        text = text_of(opened(hostile, lang, unreviewed=True))
        assert max(map(len, text.split("\n"))) < 3_000 and "\u202e" not in text


def test_the_same_audit_gives_the_same_bytes(sample: Audit) -> None:
    assert opinion.render(sample, unreviewed=True) == opinion.render(sample, unreviewed=True)
    assert brief.render(sample) == brief.render(sample)


def test_the_brief_says_the_verdict_the_errors_and_what_to_challenge(sample: Audit) -> None:
    text = text_of(Document(io.BytesIO(brief.render(sample))))
    for part in ("建议复核分11分", "自评分与评分标准不符", "5 → 5（待补材料5）", "“正文”第", "存疑1个"):
        assert part in text


def pages(data: bytes, folder: Path) -> list[str]:
    """The text of each page as LibreOffice prints it."""
    source = folder / "a.docx"
    source.write_bytes(data)
    subprocess.run(["soffice", f"-env:UserInstallation=file://{folder}/lo", "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(source)],
                   check=True, capture_output=True, timeout=180)
    import pypdfium2

    pdf = pypdfium2.PdfDocument(str(folder / "a.pdf"))
    return [page.get_textpage().get_text_range() for page in pdf]


@pytest.mark.skipif(not shutil.which("soffice"), reason="needs LibreOffice")
def test_the_letter_has_two_pages_before_its_annex_and_the_brief_one(sample: Audit, tmp_path: Path) -> None:
    many = replace(sample, findings=tuple(replace(sample.findings[0], form=k) for k in range(1, 30)))
    done = decided(many, ", ".join(ACCEPTED.format(f.fingerprint) for f in many.findings))
    printed = pages(opinion.render(done), tmp_path)
    first = next(k for k, text in enumerate(printed) if text.lstrip().startswith("附件"))
    assert 1 <= first <= 2 and "抄送" in printed[-1]
    assert len(pages(brief.render(many), tmp_path)) == 1


def test_the_letter_says_in_its_properties_what_it_was_made_from(sample: Audit) -> None:
    said = opened(sample).core_properties.comments
    assert said.startswith("fuhe ") and provenance.short(sample) in said


def test_a_signature_holds_only_while_every_decision_does(sample: Audit) -> None:
    """Signed, then a decision expired: the letter is no signed letter any more."""
    signature = "签署: [{状态: 签发, 姓名: 陈静, 日期: 2024年3月5日}]"
    error = ACCEPTED.format(sample.findings[0].fingerprint)
    assert "2024年3月5日" in text_of(opened(decided(sample, error, signature)))
    text = text_of(opened(decided(sample, error + ", {指标: 2, 处理: 改分, 分值: 99, 理由: 误填}", signature)))
    assert "2024年3月5日" not in text and "陈静" not in text and "　　年　　月　　日" in text


def test_a_score_that_the_rule_cannot_give_is_proposed_to_nobody(sample: Audit) -> None:
    odd = replace(sample.findings[0], code="unattainable-score")
    done = decided(replace(sample, findings=(odd, *sample.findings[1:])), ACCEPTED.format(odd.fingerprint))
    [row] = [[c.text for c in r.cells] for t in opened(done).tables for r in t.rows if r.cells[0].text == str(odd.indicator)]
    assert row[4] == "待定" and "得不出" in row[5]


def test_where_nothing_is_to_be_mended_nothing_is_asked(sample: Audit) -> None:
    accepted = text_of(opened(decided(sample, "{指标: 1, 处理: 认可, 理由: 属实}")))
    assert "没有需要更正或者说明的事项" in accepted and "上述事项" not in accepted
    assert "上述事项" in text_of(opened(decided(sample, ACCEPTED.format(sample.findings[0].fingerprint))))
