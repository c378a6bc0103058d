"""Paper of an office: A4 pages, paragraphs and tables after GB/T 9704-2012, for the documents that fuhe writes.

Margins 37/35/28/26 mm, 22 lines of 28 characters: body 仿宋 16 pt on 28 pt lines with two characters' indent, headings 黑体 and 楷体,
title 小标宋 22 pt. Page numbers stand outside: right on odd pages, left on even ones. Fonts are named, not embedded.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from docx import Document as new_document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from audit.words import inner

TITLE, HEADING, SUBHEADING, BODY, LATIN = "方正小标宋简体", "黑体", "楷体_GB2312", "仿宋_GB2312", "Times New Roman"
SIZE, TITLE_SIZE, SMALL, TABLE_SIZE, LINE = Pt(16), Pt(22), Pt(14), Pt(12), Pt(28)
RED = RGBColor(0xC8, 0x10, 0x10)
EPOCH = datetime(2000, 1, 1)
NUMERALS = "零一二三四五六七八九十"
PER_LINE, PER_PAGE = 28, 22


def chinese(n: int) -> str:
    """1..99 as an enumerator: 一, 十, 十二, 二十三."""
    tens, ones = divmod(n, 10)
    if tens == 0:
        return NUMERALS[ones]
    return ("" if tens == 1 else NUMERALS[tens]) + "十" + (NUMERALS[ones] if ones else "")


def quoted(text: str) -> str:
    """A quote; marks within it become single ones."""
    return "“" + inner(text) + "”"


def book(title: str) -> str:
    """A title in 《》; marks within it become 〈〉."""
    return "《" + title.translate({0x300A: "〈", 0x300B: "〉"}) + "》"


def clip(text: str, longest: int) -> str:
    """A text cut to so many characters, with the ellipsis of Chinese print."""
    return text if len(text) <= longest else text[:longest].rstrip("，、；： ") + "……"


def lines_of(text: str, indent: int = 2) -> int:
    """How many lines of the body a paragraph takes; a Latin letter or digit is half a character wide."""
    width = indent + sum(1.0 if ord(c) > 0x2000 else 0.5 for c in text)
    return max(1, -int(-width // (PER_LINE - 0.5)))


def save(docx: Any, title: str, made_from: str = "") -> bytes:
    """The document's bytes; the same content gives the same bytes. What it was made from stands among its properties."""
    properties = docx.core_properties
    properties.created = properties.modified = EPOCH
    properties.author = properties.last_modified_by = "fuhe"
    properties.title = title[:200]
    properties.comments = made_from[:250]
    raw, out = io.BytesIO(), io.BytesIO()
    docx.save(raw)
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for item in source.infolist():
            target.writestr(zipfile.ZipInfo(item.filename, (2000, 1, 1, 0, 0, 0)), source.read(item), zipfile.ZIP_DEFLATED)
    return out.getvalue()


class Paper:
    """A document being written. Paragraphs are added at the end, or before `at` where it is set."""

    def __init__(self, docx: Any = None, *, margins: tuple[int, int, int, int] = (37, 35, 28, 26), line: Any = LINE) -> None:
        self.at: Any = None
        self.docx: Any = docx
        if docx is None:
            self.docx = new_document()
            self._layout(margins, line)

    def _layout(self, margins: tuple[int, int, int, int], line: Any) -> None:
        section = self.docx.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = (Mm(m) for m in margins)
        section.footer_distance = Mm(max(10, margins[1] - 7 - 3))
        normal = self.docx.styles["Normal"]
        normal.font.name, normal.font.size = LATIN, SIZE
        properties = normal.element.get_or_add_rPr()
        properties.get_or_add_rFonts().set(qn("w:eastAsia"), BODY)
        language = OxmlElement("w:lang")
        for key, value in (("w:val", "en-US"), ("w:eastAsia", "zh-CN")):
            language.set(qn(key), value)
        properties.append(language)
        form = normal.paragraph_format
        form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, line
        form.space_before = form.space_after = Pt(0)
        self.docx.settings.odd_and_even_pages_header_footer = True
        self._page_number(section.footer.paragraphs[0], WD_ALIGN_PARAGRAPH.RIGHT)
        self._page_number(section.even_page_footer.paragraphs[0], WD_ALIGN_PARAGRAPH.LEFT)

    def _page_number(self, paragraph: Any, side: Any) -> None:
        paragraph.alignment = side
        paragraph.paragraph_format.right_indent = paragraph.paragraph_format.left_indent = SMALL
        self.run(paragraph, "— ", "宋体", SMALL)
        run = self.run(paragraph, "", "宋体", SMALL)
        for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
            mark = OxmlElement("w:fldChar" if kind else "w:instrText")
            if kind:
                mark.set(qn("w:fldCharType"), kind)
            else:
                mark.text = text
            run._r.append(mark)
        self.run(paragraph, " —", "宋体", SMALL)

    def run(self, paragraph: Any, text: str, font: str = BODY, size: Any = SIZE, colour: Any = None, bold: bool = False) -> Any:
        """Text with a font; the hint makes “ ” — and … as wide as Chinese characters."""
        run = paragraph.add_run(text)
        run.font.name, run.font.size = LATIN, size
        if bold:
            run.bold = True
        fonts = run._r.get_or_add_rPr().get_or_add_rFonts()
        fonts.set(qn("w:eastAsia"), font)
        fonts.set(qn("w:hint"), "eastAsia")
        if colour is not None:
            run.font.color.rgb = colour
        return run

    def place(self) -> Any:
        """A new empty paragraph where the document is being written."""
        return self.at.insert_paragraph_before() if self.at is not None else self.docx.add_paragraph()

    def paragraph(self, text: str = "", font: str = BODY, lead: str = "", indent: bool = True, keep: bool = False, level: int | None = None,
                  size: Any = SIZE) -> Any:
        """A paragraph of the body, indented by two characters; lead stands before the text in 楷体. level: of the outline, from 0."""
        p = self.place()
        if indent:
            p.paragraph_format.first_line_indent = size * 2
        p.paragraph_format.keep_with_next = keep
        if lead:
            self.run(p, lead, SUBHEADING, size)
        self.run(p, text, font, size)
        if level is not None:
            mark = OxmlElement("w:outlineLvl")
            mark.set(qn("w:val"), str(level))
            p._p.get_or_add_pPr().append(mark)
        return p

    def title(self, text: str, before: Any = LINE, after: Any = LINE, size: Any = TITLE_SIZE) -> Any:
        """The title, centred."""
        p = self.place()
        p.alignment = WD_ALIGN_PARAGRAPH.CENTER
        p.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
        p.paragraph_format.space_before, p.paragraph_format.space_after = before, after
        self.run(p, text, TITLE, size)
        return p

    def rule(self, paragraph: Any, side: str = "bottom", colour: str = "C81010", width: int = 12) -> None:
        """A line above or below a paragraph."""
        borders = OxmlElement("w:pBdr")
        line = OxmlElement(f"w:{side}")
        for key, value in (("val", "single"), ("sz", str(width)), ("space", "4"), ("color", colour)):
            line.set(qn(f"w:{key}"), value)
        borders.append(line)
        paragraph._p.get_or_add_pPr().append(borders)

    def table(self, head: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[float], left: Sequence[int] = (), size: Any = TABLE_SIZE) -> Any:
        """A table whose head repeats on each page and whose rows do not break; left: the columns that are not centred. Widths in mm."""
        table = self.docx.add_table(rows=0, cols=len(head))
        table.style, table.alignment, table.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Mm(width)
        for k, texts in enumerate((head, *rows)):
            row = table.add_row()
            properties = row._tr.get_or_add_trPr()
            properties.append(OxmlElement("w:cantSplit"))
            if k == 0:
                repeat = OxmlElement("w:tblHeader")
                repeat.set(qn("w:val"), "true")
                properties.append(repeat)
            for n, (cell, text, width) in enumerate(zip(row.cells, texts, widths, strict=True)):
                cell.width = Mm(width)
                p = cell.paragraphs[0]
                p.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
                p.alignment = WD_ALIGN_PARAGRAPH.LEFT if n in left and k else WD_ALIGN_PARAGRAPH.CENTER
                self.run(p, text, HEADING if k == 0 else BODY, size)
        if self.at is not None:
            self.at._p.addprevious(table._tbl)
        return table

    def page_break(self) -> None:
        """What follows begins a new page."""
        p = self.place()
        p.paragraph_format.page_break_before = True
        p.paragraph_format.line_spacing_rule, p.paragraph_format.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(1)
