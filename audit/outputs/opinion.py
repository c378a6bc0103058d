"""The opinion (复核意见) that goes back to the district: a letter after GB/T 9704-2012, at most two pages, the rest in its annex.

It holds what a person confirmed in the review ledger: findings that were accepted or regraded, scores that were decided. With
`unreviewed` it holds the errors instead and is marked 待审稿 on every page's head and in the title. It asks for what a rule wants to
see, orders no consequence, and names who decided a score and why.

A template is a DOCX with {{…}} where fuhe writes (PLACES); the office writes everything else in it as it likes.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import Any

from docx import Document as new_document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.shared import Mm, Pt

from audit import files
from audit.messages import catalogue, say
from audit.model import Audit, Finding
from audit.outputs.paper import (
    HEADING,
    LINE,
    PER_PAGE,
    RED,
    SIZE,
    SMALL,
    SUBHEADING,
    TITLE,
    Paper,
    book,
    chinese,
    clip,
    lines_of,
    quoted,
    save,
)
from audit.outputs.view import FindingView, IndicatorView, View, number, plain, source_line, view
from patterns.errors import UnusableInput

# What stands between {{ }} in a template: the office's particulars (from its settings) and what fuhe writes.
OFFICE = {"发文机关": "office", "发文字号": "number", "签发人": "signer", "期限": "deadline", "联系人": "contact", "抄送": "copy-to", "印发": "issued-by"}
WRITTEN = ("标题", "主送", "正文", "附件说明", "成文日期", "附件")
HEAD_LINES, TAIL_LINES = 9, 12  # lines that the head, and what stands between the last point and the annex, take
GOVERNED = ("区", "县", "市", "旗", "镇", "乡")


@dataclass(frozen=True, slots=True)
class Point:
    """One numbered point: what it is about, and its sentences."""

    about: str
    text: str

    @property
    def lines(self) -> int:
        """The lines it takes."""
        return lines_of(self.about + self.text + "（一）")


def write(audit: Audit, path: str | PathLike[str], lang: str = "zh", unreviewed: bool = False, template: str | None = None,
          office: Mapping[str, str] | None = None) -> None:
    """Write the opinion to a file. Raises UnusableInput where it cannot be written, or is the submitted report."""
    files.protect(path, audit.report.document.path)
    files.write(path, render(audit, lang, unreviewed, template, office))


def render(audit: Audit, lang: str = "zh", unreviewed: bool = False, template: str | None = None, office: Mapping[str, str] | None = None) -> bytes:
    """The opinion's bytes; the same audit gives the same bytes. Raises UnusableInput for a template that cannot be read."""
    letter = _Letter(audit, lang, unreviewed, dict(office or {}))
    docx = _opened(template) if template else _blank(lang)
    return letter.fill(docx)


def template(office: Mapping[str, str] | None = None, lang: str = "zh") -> bytes:
    """The template as shipped, with the office's particulars filled in where they are known, for an office to edit in Word or WPS."""
    docx = _blank(lang)
    for name, key in OFFICE.items():
        _put(docx, name, (office or {}).get(key) or "{{" + name + "}}")
    return save(docx, say("opinion.template", lang))


def _opened(path: str) -> Any:
    try:
        docx = new_document(io.BytesIO(Path(path).read_bytes()))
    except (OSError, ValueError, KeyError, zipfile.BadZipFile) as e:
        raise UnusableInput(path, "模板读不了 / the template cannot be read", "用 fuhe review template 写一份再改 / write one with fuhe review template") from e
    text = "\n".join(p.text for p in docx.paragraphs)
    missing = [name for name in ("标题", "正文") if "{{" + name + "}}" not in text]
    if missing:
        raise UnusableInput(path, f"模板缺少 {{{{{missing[0]}}}}} / the template lacks {{{{{missing[0]}}}}}", "保留模板里的 {{…}} / keep the {{…}} of the template")
    return docx


def _blank(lang: str) -> Any:
    """The letter's frame with its places still open."""
    paper = Paper()
    head = paper.place()
    head.alignment = WD_ALIGN_PARAGRAPH.CENTER
    head.paragraph_format.space_after = Pt(14)
    head.paragraph_format.line_spacing = Pt(40)
    paper.run(head, "{{发文机关}}", TITLE, Pt(30), RED)
    line = paper.place()
    line.paragraph_format.tab_stops.add_tab_stop(Mm(156), WD_TAB_ALIGNMENT.RIGHT)
    line.paragraph_format.left_indent = line.paragraph_format.right_indent = SIZE
    paper.run(line, "{{发文字号}}")
    paper.run(line, "\t" + say("opinion.signer", lang))
    paper.run(line, "{{签发人}}", SUBHEADING)
    paper.rule(line)
    paper.title("{{标题}}", before=Pt(28), after=Pt(28))
    paper.paragraph("{{主送}}", indent=False)
    paper.paragraph("{{正文}}")
    paper.paragraph(say("opinion.ask", lang, deadline="{{期限}}", contact="{{联系人}}"), keep=True)  # a signature never stands alone on its page
    paper.paragraph("{{附件说明}}")
    for k, text in enumerate(("{{发文机关}}", "{{成文日期}}")):
        p = paper.place()
        p.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        p.paragraph_format.right_indent = SIZE * 4
        p.paragraph_format.space_before = LINE * 2 if k == 0 else Pt(0)  # the seal comes over both
        p.paragraph_format.keep_with_next = k == 0
        paper.run(p, text)
    paper.paragraph("{{附件}}", indent=False)
    copies = paper.paragraph(say("opinion.copies", lang, copies="{{抄送}}"), indent=False, size=SMALL)
    copies.paragraph_format.left_indent = SMALL
    paper.rule(copies, "top", "000000", 8)
    issued = paper.paragraph("{{印发}}", indent=False, size=SMALL)
    issued.paragraph_format.left_indent = SMALL
    paper.rule(issued, "bottom", "000000", 8)
    return paper.docx


def _everywhere(docx: Any) -> list[Any]:
    """The paragraphs of the body, its tables, heads and feet."""
    out = list(docx.paragraphs)
    for table in docx.tables:
        out += [p for row in table.rows for cell in row.cells for p in cell.paragraphs]
    for section in docx.sections:
        for part in (section.header, section.footer, section.even_page_header, section.even_page_footer):
            out += part.paragraphs
    return out


def _put(docx: Any, name: str, text: str) -> None:
    """Fill a place in, keeping the font that it is set in."""
    mark = "{{" + name + "}}"
    for p in _everywhere(docx):
        if mark not in p.text:
            continue
        if not any(mark in r.text for r in p.runs):  # a word processor split it: the first run takes it all
            whole = p.text
            for r in p.runs[1:]:
                r.text = ""
            p.runs[0].text = whole
        for r in p.runs:
            if mark in r.text:
                r.text = r.text.replace(mark, text)


class _Letter:
    """One opinion being written."""

    def __init__(self, audit: Audit, lang: str, unreviewed: bool, office: dict[str, str]) -> None:
        self.audit, self.lang, self.office = audit, lang, office
        self.v: View = view(audit, lang)
        self.findings = {f.fingerprint: f for f in audit.findings}
        self.told = [f for f in self.v.findings if (f.severity == "error" if unreviewed else f.confirmed)]
        self.decided = [] if unreviewed else [i for i in self.v.indicators if i.decision]
        self.draft = unreviewed or not (self.told or self.decided)
        self.place = say("opinion.your_" + _kind(self.v.district), lang)

    def say(self, key: str, **values: object) -> str:
        return say(f"opinion.{key}", self.lang, **values)

    def fill(self, docx: Any) -> bytes:
        review = self.audit.review
        signed = next((s for s in reversed(review.signatures) if s[0] == "签发"), None) if review and review.state == "签发" else None
        points = self.points()
        room = 2 * PER_PAGE - HEAD_LINES - TAIL_LINES - lines_of(self.title())
        kept: list[Point] = []
        opening = self.opening(len(points))
        used = sum(lines_of(t) for t in opening)
        rest: list[Point] = []
        for point in points:
            fits = used + point.lines <= room
            (kept if fits else rest).append(point)
            used += point.lines if fits else 0
        values = {name: self.office.get(key) or self.say(f"no_{key.replace('-', '_')}") for name, key in OFFICE.items()}
        if signed:
            values["签发人"] = self.office.get("signer") or signed[1]
        # The places are found before anything is filled in, and the report's own words go in last: what it writes in {{ }} stays its words.
        open_places = [(p, next((k for k in ("正文", "附件说明", "附件", "期限") if "{{" + k + "}}" in p.text), "")) for p in docx.paragraphs]
        for name, text in (*values.items(), ("成文日期", _date(signed[2]) if signed else self.say("no_date")), ("主送", self.addressee()), ("标题", self.title())):
            _put(docx, name, text)
        for paragraph, place in open_places:
            paper = Paper(docx)
            paper.at = paragraph
            if place == "正文":
                for text in opening:
                    paper.paragraph(text)
                for n, point in enumerate(kept, 1):
                    paper.paragraph(point.text, lead=self.numbered(n) + point.about, level=1)
                if rest:
                    paper.paragraph(self.say("others", count=len(rest)))
            elif place == "附件说明":
                for n, text in enumerate(self.annexes(rest)):
                    lead = self.say("annex_note") if n == 0 else "　　　"
                    p = paper.paragraph(lead + text, keep=True)
                    p.paragraph_format.space_before = LINE if n == 0 else Pt(0)
            elif place == "附件":
                self.annex(paper, rest)
            elif not (place == "期限" and not points):  # where nothing is to be mended nothing is asked
                continue
            paragraph._p.getparent().remove(paragraph._p)
        if self.draft:
            for part in (docx.sections[0].header, docx.sections[0].even_page_header):
                part.is_linked_to_previous = False
                Paper(docx).run(part.paragraphs[0], self.say("draft"), HEADING, SMALL, RED)
        return save(docx, self.title(), source_line(self.audit, self.lang))  # a signed letter shows none of it; its properties do

    def title(self) -> str:
        """标题: the office (where it is known), 关于…, the kind of document."""
        office = self.office.get("office", "")
        return office + self.say("title", matter=matter(self.v)) + (self.say("draft_title") if self.draft else "")

    def addressee(self) -> str:
        """主送: a district's government, or the unit itself."""
        return self.say("to", district=self.v.district or self.say("no_district"), government=self.say("government") if _governed(self.v.district) else "")

    def opening(self, count: int) -> list[str]:
        """What was received and what came of it."""
        v = self.v
        out = [self.say("received", you=self.place, title=book(clip(v.title, 80)))]
        if v.scored:
            key = "result_pending" if v.pending else "result"
            out.append(self.say(key, you=self.place, claimed=number(v.claimed), proposed=number(v.proposed), pending=number(v.pending)))
        out.append(self.say("points" if count else "nothing_draft" if self.draft else "nothing", count=count))
        return out

    def numbered(self, n: int) -> str:
        return f"（{chinese(n)}）" if self.lang == "zh" else f"({n}) "

    def points(self) -> list[Point]:
        """Confirmed findings, errors first, then scores that were decided without one."""
        out = [self.of_finding(f) for f in self.told]
        about = {f.no for f in self.told}
        return out + [self.of_score(i) for i in self.decided if i.no not in about and not (i.claimed is not None and i.low == i.high == i.claimed)]

    def of_finding(self, f: FindingView) -> Point:
        i = next((i for i in self.v.indicators if i.no == f.no), None)
        about = self.say("about_indicator", name=quoted(clip(i.name, 40)), no=i.no) if i else self.say("about_report", title=f.title)
        quotes = [c for c in f.contexts if c.field not in ("claimed", "weight", "indicator", "rule", "total")][:2]
        text = ""
        if quotes:
            joint = "、" if self.lang == "zh" else ", "
            words = joint.join(quoted(clip("".join(w for w, _ in c.short(56, 12)).strip("。；; "), 60)) for c in quotes)
            text = self.say("states", you=self.place, place=f.place or self.say("report"), words=words)
        text += self.say("found", sentence=clip(self.sentence(self.findings[f.fingerprint]).rstrip("。"), 110))
        if i and f.severity == "error" and i.decision:
            text += self.score(i)
        return Point(about, text + self.say("please", remedy=f.remedy))

    def of_score(self, i: IndicatorView) -> Point:
        return Point(self.say("about_indicator", name=quoted(clip(i.name, 40)), no=i.no), self.score(i))

    def score(self, i: IndicatorView) -> str:
        """The score that a person set, with who and why."""
        assert self.audit.review is not None
        decision = self.audit.review.of_indicator(i.no)
        assert decision is not None
        return self.say("decided", claimed=number(i.claimed) or "—", score=number(i.low), reviewer=i.decided_by, reason=plain(decision.entry.reason).rstrip("。"))

    def sentence(self, finding: Finding) -> str:
        """A finding in a full sentence: the letter's own wording where there is one, the message else."""
        key = "opinion.say_" + finding.message.key.replace(".", "_")
        return plain(say(key, self.lang, **finding.message.values) if key in catalogue(self.lang) else finding.message.text(self.lang))

    def supplies(self) -> list[tuple[IndicatorView, str]]:
        """What the open clauses of the indicators whose lack of support was confirmed call for."""
        out = []
        lacking = {f.no for f in self.told if f.code in ("unsupported-claim", "estimate-only", "missing-reference")}
        results = {r.no: r for r in self.audit.indicators}
        for i in self.v.indicators:
            if i.no not in lacking or i.decision:
                continue
            asks = []
            for c in results[i.no].clauses:
                if c.state not in ("open", "partly", "external"):
                    continue
                condition = clip(plain(c.clause.condition or c.clause.text).strip("，。；;、 "), 60)
                asks.append(self.say("ask_fault" if c.clause.kind in ("deduct", "zero") else "ask_proof", condition=condition))
            if asks:
                out.append((i, "".join(dict.fromkeys(asks))))
        return out

    def scores(self) -> list[IndicatorView]:
        """The indicators that the letter speaks of, or that a person decided."""
        about = {f.no for f in self.told}
        return [i for i in self.v.indicators if i.no in about or i in self.decided]

    def annexes(self, rest: list[Point]) -> list[str]:
        """The names of the annexes, numbered where there are several."""
        names = [self.say(key) for key, there in (("annex_scores", self.scores()), ("annex_rest", rest), ("annex_supply", self.supplies())) if there]
        return [f"{n}. {name}" if len(names) > 1 else name for n, name in enumerate(names, 1)]

    def annex(self, paper: Paper, rest: list[Point]) -> None:
        several, n = len(self.annexes(rest)) > 1, 0
        parts = (("annex_scores", bool(self.scores())), ("annex_rest", bool(rest)), ("annex_supply", bool(self.supplies())))
        for key, there in parts:
            if not there:
                continue
            n += 1
            paper.page_break()
            paper.paragraph(self.say("annex_head", no=str(n) if several else ""), HEADING, indent=False, level=0)
            paper.title(self.say(key))
            if key == "annex_scores":
                self._scores(paper)
            elif key == "annex_rest":
                for k, point in enumerate(rest, 1):
                    paper.paragraph(point.text, lead=f"{k}. {point.about}")
            else:
                rows = [(str(i.no), clip(i.name, 60), number(i.claimed) or "—", number(i.pending), ask) for i, ask in self.supplies()]
                paper.table(self._heads("number", "indicator", "claimed", "pending", "supply"), rows, (12, 42, 16, 18, 68), left=(1, 4))

    def _scores(self, paper: Paper) -> None:
        rows = []
        impossible = {f.no for f in self.told if f.code == "unattainable-score"}
        for i in self.scores():
            decision = self.audit.review.of_indicator(i.no) if self.audit.review else None
            odd = not decision and i.no in impossible  # a score that the rule cannot give is not proposed to anybody
            who = f"{i.decided_by}：{plain(decision.entry.reason)}" if decision else self.say("impossible" if odd else "not_decided")
            rows.append((str(i.no), clip(i.name, 60), number(i.weight), number(i.claimed) or "—", self.say("unsettled") if odd else number(i.proposed), who))
        paper.table(self._heads("number", "indicator", "weight", "claimed", "proposed", "who"), rows, (12, 54, 14, 16, 18, 42), left=(1, 5))

    def _heads(self, *keys: str) -> list[str]:
        return [self.say(f"head_{k}") for k in keys]


def _kind(district: str) -> str:
    return {"区": "district", "县": "county", "市": "city"}.get(district[-1:], "unit")


def _governed(district: str) -> bool:
    return district.endswith(GOVERNED)


def matter(v: View) -> str:
    """事由: what the report is about, from its own title: 关于报送…情况的报告 gives …情况; a title of another make is named whole."""
    _, middle, rest = v.title.partition("关于")
    if middle and v.title.endswith(("的报告", "的函")) and "《" not in rest:
        words = rest.removesuffix("的报告").removesuffix("的函")
        for lead in ("报送", "上报", "呈报", "提交"):
            words = words.removeprefix(lead)
        return (v.district if v.district and v.district not in words else "") + words
    return book(v.title)


def _date(text: str) -> str:
    """2024-03-05, as a ledger's signature has it, as 2024年3月5日."""
    year, month, day = map(int, text.split("-"))
    return f"{year}年{month}月{day}日"
