"""The opinion (复核意见书) that goes back to the district: numbered points with rule, quote, arithmetic and what to supply.

Layout after GB/T 9704-2012: A4, margins 37/35/28/26 mm, title 小标宋 22 pt, body 仿宋 16 pt on 28 pt lines with two
characters' indent, headings 黑体 (一、) and 楷体 (（一）). Fonts are named with their usual substitutes by the word processor.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from os import PathLike
from typing import Any

from docx import Document as new_document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from audit import files
from audit.messages import say
from audit.model import Audit
from audit.outputs.view import FindingView, IndicatorView, View, interval, number, view

TITLE, HEADING, SUBHEADING, BODY, LATIN = "方正小标宋简体", "黑体", "楷体_GB2312", "仿宋_GB2312", "Times New Roman"
OUTLINE = {HEADING: "0", SUBHEADING: "1"}
SIZE, TITLE_SIZE, TABLE_SIZE, LINE = Pt(16), Pt(22), Pt(12), Pt(28)
EPOCH = datetime(2000, 1, 1)
LONGEST = 300  # characters of a quote, a rule or a message
NUMERALS = "零一二三四五六七八九十"
DIFFERS = ("labels.number", "labels.indicator", "labels.weight", "labels.claimed", "labels.rescored", "labels.verdict")


def write(audit: Audit, path: str | PathLike[str], lang: str = "zh", unreviewed: bool = False, template: str | None = None,
          office: Mapping[str, str] | None = None) -> None:
    """Write the opinion to a file. Raises UnusableInput where it cannot be written, or is the submitted report."""
    files.protect(path, audit.report.document.path)
    files.write(path, render(audit, lang))


def render(audit: Audit, lang: str = "zh") -> bytes:
    """The opinion's bytes; the same audit gives the same bytes."""
    writer = _Opinion(view(audit, lang), lang)
    writer.fill()
    return writer.bytes()


def chinese(n: int) -> str:
    """1..99 as an enumerator: 一, 十, 十二, 二十三."""
    tens, ones = divmod(n, 10)
    if tens == 0:
        return NUMERALS[ones]
    return ("" if tens == 1 else NUMERALS[tens]) + "十" + (NUMERALS[ones] if ones else "")


class _Opinion:
    """One opinion being written."""

    def __init__(self, v: View, lang: str) -> None:
        self.v, self.lang = v, lang
        self.docx: Any = new_document()
        self.parts = 0
        self._layout()

    def say(self, key: str, **values: object) -> str:
        return say(f"opinion.{key}", self.lang, **values)

    def bytes(self) -> bytes:
        raw, out = io.BytesIO(), io.BytesIO()
        self.docx.save(raw)
        # The same audit gives the same bytes: the entries' times in the archive are fixed.
        with zipfile.ZipFile(raw) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
            for item in source.infolist():
                target.writestr(zipfile.ZipInfo(item.filename, (2000, 1, 1, 0, 0, 0)), source.read(item), zipfile.ZIP_DEFLATED)
        return out.getvalue()

    def _layout(self) -> None:
        section = self.docx.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = Mm(37), Mm(35), Mm(28), Mm(26)
        section.footer_distance = Mm(25)
        normal = self.docx.styles["Normal"]
        normal.font.name, normal.font.size = LATIN, SIZE
        normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), BODY)
        form = normal.paragraph_format
        form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, LINE
        form.space_before = form.space_after = Pt(0)
        properties = self.docx.core_properties
        properties.created = properties.modified = EPOCH
        properties.author = properties.last_modified_by = "fuhe"
        properties.title = self.say("title", title=self.v.title)[:200]
        self._page_number(section.footer.paragraphs[0])

    def _page_number(self, paragraph: Any) -> None:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        self._run(paragraph, "— ", "宋体", Pt(14))
        run = self._run(paragraph, "", "宋体", Pt(14))
        for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
            if kind:
                mark = OxmlElement("w:fldChar")
                mark.set(qn("w:fldCharType"), kind)
            else:
                mark = OxmlElement("w:instrText")
                mark.text = text
            run._r.append(mark)
        self._run(paragraph, " —", "宋体", Pt(14))

    def _run(self, paragraph: Any, text: str, font: str = BODY, size: Any = SIZE, bold: bool = False) -> Any:
        run = paragraph.add_run(text)
        run.font.name, run.font.size, run.bold = LATIN, size, bold
        run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
        return run

    def paragraph(self, text: str = "", font: str = BODY, label: str = "", keep: bool = False) -> Any:
        """A paragraph of the body, indented by two characters; label stands before the text in 黑体."""
        p = self.docx.add_paragraph()
        p.paragraph_format.first_line_indent = SIZE * 2
        p.paragraph_format.keep_with_next = keep
        if label:
            self._run(p, label + ("：" if self.lang == "zh" else ": "), HEADING)
        self._run(p, text, font)
        if font in OUTLINE:  # headings show in the word processor's outline
            level = OxmlElement("w:outlineLvl")
            level.set(qn("w:val"), OUTLINE[font])
            p._p.get_or_add_pPr().append(level)
        return p

    def heading(self, text: str) -> None:
        self.parts += 1
        lead = f"{chinese(self.parts)}、" if self.lang == "zh" else f"{self.parts}. "
        self.paragraph(lead + text, HEADING, keep=True)

    def fill(self) -> None:
        v = self.v
        title = self.docx.add_paragraph()
        title.alignment = WD_ALIGN_PARAGRAPH.CENTER
        title.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
        title.paragraph_format.space_after = Pt(28)
        self._run(title, self.say("title_plain"), TITLE, TITLE_SIZE)
        if v.district:
            p = self.docx.add_paragraph()
            self._run(p, self.say("to", district=v.district))
        self.paragraph(self.say("opening", title=_clip(v.title, 80), claimed=number(v.claimed), interval=interval(v.low, v.high),
                                errors=v.count("error"), warnings=v.count("warning")))
        if v.stated is not None and v.stated != v.claimed:
            self.paragraph(self.say("opening_stated", stated=number(v.stated), claimed=number(v.claimed)))
        if v.expired:
            self.paragraph(self.say("expired", count=len(v.expired)))
        self.heading(self.say("part_errors"))
        errors = [f for f in v.findings if f.severity == "error"]
        if not errors:
            self.paragraph(self.say("no_errors"))
        self._points(errors)
        # What lacks evidence is asked for clause by clause below, not told twice.
        warnings = [f for f in v.findings if f.severity == "warning" and f.code != "unsupported-claim"]
        if warnings:
            self.heading(self.say("part_warnings"))
            self._points(warnings)
        self._supply()
        self._scores()
        self.paragraph(self.say("closing"), keep=True)
        for key in ("signature", "date"):
            p = self.docx.add_paragraph()
            p.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            p.paragraph_format.right_indent = SIZE * 4
            if key == "signature":
                p.paragraph_format.space_before = LINE
                p.paragraph_format.keep_with_next = True
            self._run(p, self.say(key))

    def _points(self, findings: Sequence[FindingView]) -> None:
        indicators = {i.no: i for i in self.v.indicators}
        for n, f in enumerate(findings, 1):
            i = indicators.get(f.no) if f.no is not None else None
            lead = f"（{chinese(n)}）" if self.lang == "zh" else f"({n}) "
            self.paragraph(lead + self._about(i), SUBHEADING, keep=True)
            self.paragraph(_clip(f.message), label=self.say("problem"))
            quotes = self._quotes(f)
            if quotes:
                self.paragraph(quotes, label=self.say("quote"))
            if i:
                self.paragraph(_clip(i.rule), label=self.say("rule"))
                if f.severity == "error" and i.reason not in f.message:
                    self.paragraph(_clip(i.reason), label=self.say("arithmetic"))
                self.paragraph(self.say("result_value", interval=interval(i.low, i.high), claimed=number(i.claimed) or "–"),
                               label=self.say("result"))
            if f.decision:
                self.paragraph(_clip(f.decision), label=self.say("decision"))
            self.paragraph(f.remedy, label=self.say("supply"))

    def _quotes(self, f: FindingView) -> str:
        """The sentences that the finding rests on, each once."""
        joint = "；" if self.lang == "zh" else "; "
        told = []
        for c in [c for c in f.contexts if c.field not in ("claimed", "weight", "indicator", "rule")][:6]:
            words = c.text.strip("。；; ")
            told.append(_quoted(_clip(words)) + (f"（{self.say('quote_page', page=c.page)}）" if c.page else ""))
        return joint.join(told)

    def _about(self, i: IndicatorView | None) -> str:
        if i is None:
            return self.say("point_title_report")
        return self.say("point_title", name=_quoted(_clip(i.name, 80)), no=i.no, weight=number(i.weight), claimed=number(i.claimed) or "–")

    def _supply(self) -> None:
        """What the open clauses of the indicators whose claim is not proved call for."""
        told = {f.no for f in self.v.findings if f.severity == "error"}
        wanted = []
        for i in self.v.indicators:
            open_clauses = [c.text for c in i.clauses if c.state in ("open", "partly", "external")]
            if open_clauses and not i.decision and i.no not in told and i.claimed is not None and i.low < i.claimed:
                joint = "；" if self.lang == "zh" else "; "
                clauses = joint.join(_clip(t.strip("。；;"), 120) for t in dict.fromkeys(open_clauses))
                what = self.say("supply_open", clauses=clauses)
                wanted.append(self.say("supply_item", no=i.no, name=_quoted(_clip(i.name, 80)), what=what, claimed=number(i.claimed),
                                       low=number(i.low)))
        if wanted:
            self.heading(self.say("part_supply"))
            for n, text in enumerate(wanted, 1):
                self.paragraph(f"{n}. {text}")

    def _scores(self) -> None:
        rows = [i for i in self.v.indicators if i.claimed is None or not i.low == i.high == i.claimed]
        if not rows:
            return
        self.heading(self.say("part_scores"))
        self.paragraph(self.say("table_note"), keep=True)
        table = self.docx.add_table(rows=1, cols=len(DIFFERS))
        table.style, table.alignment, table.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
        widths = [Mm(13), Mm(68), Mm(14), Mm(17), Mm(22), Mm(22)]
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width
        self._row(table.rows[0], [say(k, self.lang) for k in DIFFERS], widths, HEADING)
        repeat = OxmlElement("w:tblHeader")
        repeat.set(qn("w:val"), "true")
        table.rows[0]._tr.get_or_add_trPr().append(repeat)
        for i in rows:
            self._row(table.add_row(), [str(i.no), _clip(i.name, 120), number(i.weight), number(i.claimed) or "–", interval(i.low, i.high),
                                        i.verdict_label], widths, BODY)

    def _row(self, row: Any, texts: Sequence[str], widths: Sequence[Any], font: str) -> None:
        whole = OxmlElement("w:cantSplit")
        row._tr.get_or_add_trPr().append(whole)
        for k, (cell, text, width) in enumerate(zip(row.cells, texts, widths, strict=True)):
            cell.width = width
            p = cell.paragraphs[0]
            p.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
            p.alignment = WD_ALIGN_PARAGRAPH.LEFT if k == 1 else WD_ALIGN_PARAGRAPH.CENTER
            self._run(p, text, font, TABLE_SIZE)


def _quoted(text: str) -> str:
    """A quote; marks within it become single ones."""
    return "“" + text.translate({0x201C: "‘", 0x201D: "’"}) + "”"


def _clip(text: str, longest: int = LONGEST) -> str:
    return text if len(text) <= longest else text[:longest] + "……"
