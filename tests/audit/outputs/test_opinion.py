"""The opinion: its points and its official layout."""

from __future__ import annotations

import io

from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from audit.model import Audit
from audit.outputs import opinion


def opened(audit: Audit, lang: str = "zh") -> Document:
    return Document(io.BytesIO(opinion.render(audit, lang)))


def test_points_are_numbered_and_give_rule_quote_arithmetic_and_what_to_supply(sample: Audit) -> None:
    texts = [p.text for p in opened(sample).paragraphs]
    at = next(k for k, t in enumerate(texts) if t.startswith("（一）") and "节水型企业创建" in t)
    point = "\n".join(texts[at:at + 7])
    for part in ("每建成1家得1分", "“全年建成节水型企业3家", "建成2家，得2分", "自评3分", "请处理"):
        assert part in point
    assert "一、应予更正的事项" in texts and "二、请予说明的事项" in texts and "三、需补充的材料" in texts
    assert any("用水总量不超过下达指标的" in t for t in texts)  # the open clause is asked for


def test_a_warning_is_not_called_an_error(sample: Audit) -> None:
    texts = [p.text for p in opened(sample).paragraphs]
    error, warning = texts.index("一、应予更正的事项"), texts.index("二、请予说明的事项")
    assert sum("多1分" in t for t in texts) == 1
    assert error < warning < next(k for k, t in enumerate(texts) if "分项合计5210" in t)


def test_layout_follows_gbt_9704(sample: Audit) -> None:
    docx = opened(sample)
    section = docx.sections[0]
    assert abs(section.page_width - Mm(210)) < Mm(0.1) and abs(section.page_height - Mm(297)) < Mm(0.1)
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(x / Mm(1)) for x in margins] == [37, 35, 28, 26]

    def look(paragraph: object) -> tuple[str, Pt]:
        run = next(r for r in paragraph.runs if r.text)  # type: ignore[attr-defined]
        return run._r.rPr.rFonts.get(qn("w:eastAsia")), run.font.size

    by_text = {p.text: p for p in docx.paragraphs if p.text}
    assert look(docx.paragraphs[0]) == ("方正小标宋简体", Pt(22))
    assert look(by_text["一、应予更正的事项"]) == ("黑体", Pt(16))
    assert look(next(p for t, p in by_text.items() if t.startswith("（一）"))) == ("楷体_GB2312", Pt(16))
    body = next(p for t, p in by_text.items() if t.startswith("依据你单位报送"))
    assert look(body) == ("仿宋_GB2312", Pt(16)) and body.paragraph_format.first_line_indent == Pt(32)
    assert docx.styles["Normal"].paragraph_format.line_spacing == Pt(28)


def test_a_hostile_document_gives_a_file_that_opens(hostile: Audit) -> None:
    for lang in ("zh", "en"):
        texts = [p.text for p in opened(hostile, lang).paragraphs]
        assert max(map(len, texts)) < 3_000 and not any("\u202e" in t for t in texts)


def test_enumerators() -> None:
    assert [opinion.chinese(n) for n in (1, 10, 11, 20, 23)] == ["一", "十", "十一", "二十", "二十三"]


def test_the_same_audit_gives_the_same_bytes(sample: Audit) -> None:
    assert opinion.render(sample) == opinion.render(sample)
