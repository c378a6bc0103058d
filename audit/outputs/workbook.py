"""The workbook: summary, indicators with room for the reviewer's decisions, findings, figures, citations, rules.

Totals are live formulas that follow the decisions. The document's text is always written as text, never as a formula.
The header row of a sheet holds the catalogue's words; `read_decisions` knows both languages.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from os import PathLike
from typing import Any

import xlsxwriter

from audit import files
from audit.messages import say
from audit.model import Audit
from audit.outputs.quotes import Context
from audit.outputs.sheets import EPOCH
from audit.outputs.view import View, interval, plain, view
from audit.outputs.workbook_columns import CITATIONS, FIGURES, FINDINGS, INDICATORS, LAST_PRINTED, RULES, Column, letters
from audit.outputs.workbook_summary import fill_summary
from audit.review import evidence_fingerprint, rule_fingerprint
from audit.words import CELL_LIMIT, cell_text


def write(audit: Audit, path: str | PathLike[str], lang: str = "zh") -> None:
    """Write the workbook to a file. Raises UnusableInput where it cannot be written, or is the submitted report."""
    files.protect(path, audit.report.document.path)
    files.write(path, render(audit, lang))


def render(audit: Audit, lang: str = "zh") -> bytes:
    """The workbook's bytes; the same audit gives the same bytes."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
                                        "strings_to_numbers": False})
    book.set_properties({"created": EPOCH, "title": plain(audit.report.title or "")[:200]})
    Book(book, audit, lang).fill()
    book.close()
    return buffer.getvalue()


class Book:
    """One workbook being filled."""

    def __init__(self, book: Any, audit: Audit, lang: str) -> None:
        self.book, self.audit, self.lang = book, audit, lang
        self.v: View = view(audit, lang)
        base = {"font_name": "微软雅黑", "font_size": 10, "valign": "top"}
        self.formats = {
            "text": book.add_format(base), "wrap": book.add_format(base | {"text_wrap": True}),
            "number": book.add_format(base | {"num_format": "0.####", "align": "center"}),
            "amount": book.add_format(base | {"num_format": "General", "align": "right"}),
            "hidden": book.add_format(base | {"font_color": "#808080"}),
            "input": book.add_format(base | {"text_wrap": True, "bg_color": "#FFF8E1", "border": 1, "border_color": "#E0D4A8"}),
            "head": book.add_format(base | {"bold": True, "text_wrap": True, "bg_color": "#E8EEF4", "bottom": 1, "valign": "vcenter"}),
            "head-number": book.add_format(base | {"bold": True, "text_wrap": True, "bg_color": "#E8EEF4", "bottom": 1, "valign": "vcenter",
                                                   "align": "center"}),
            "plain": book.add_format({"font_name": "微软雅黑", "font_size": 10}),
            "strong": book.add_format(base | {"bold": True, "num_format": "0.####", "align": "center"}),
            "quoted": book.add_format({"font_name": "微软雅黑", "font_size": 10, "bold": True, "font_color": "#8A3B00"}),
            "title": book.add_format(base | {"bold": True, "font_size": 14}), "bold": book.add_format(base | {"bold": True}),
            "total": book.add_format(base | {"bold": True, "num_format": "0.####", "top": 1, "align": "center"}),
            "error": book.add_format({"font_color": "#B42318", "bold": True}), "warning": book.add_format({"font_color": "#8A5A00"}),
            "verified": book.add_format({"font_color": "#18794E"}),
        }

    def say(self, key: str, **values: object) -> str:
        return say(key, self.lang, **values)

    def sheet_name(self, name: str) -> str:
        return self.say(f"workbook.sheet_{name}")

    def fill(self) -> None:
        sheets = {n: self.book.add_worksheet(self.sheet_name(n)) for n in
                  ("summary", "indicators", "findings", "figures", "citations", "rules")}
        self.indicators(sheets["indicators"])
        self.findings(sheets["findings"])
        self.figures(sheets["figures"])
        self.citations(sheets["citations"])
        self.rules(sheets["rules"])
        fill_summary(self, sheets["summary"])
        sheets["summary"].activate()

    def head(self, sheet: Any, columns: Sequence[Column], rows: int, freeze: int) -> None:
        """Headings, widths, filter, frozen panes and the layout for printing."""
        for k, c in enumerate(columns):
            sheet.set_column(k, k, c.width, None, {"hidden": True} if c.kind == "hidden" else {})
            sheet.write_string(0, k, self.say(c.key), self.formats["head-number" if c.kind == "number" else "head"])
        sheet.set_row(0, 30)
        sheet.freeze_panes(1, freeze)
        sheet.autofilter(0, 0, max(rows, 1), len(columns) - 1)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4, as every office printer has it
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        last = next((k for k, c in enumerate(columns) if c.key == LAST_PRINTED), len(columns) - 1)
        sheet.print_area(0, 0, max(rows, 1) + 1, last)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.set_footer("&C&P / &N")

    def put(self, sheet: Any, row: int, columns: Sequence[Column], values: Iterable[object]) -> None:
        """A row; text as text, numbers as numbers, the height by the longest wrapped text."""
        lines = 1
        for k, (c, value) in enumerate(zip(columns, values, strict=True)):
            style = self.formats[c.kind]
            if value is None or value == "":
                sheet.write_blank(row, k, None, style)
            elif isinstance(value, Decimal | int):
                sheet.write_number(row, k, value, style)
            elif isinstance(value, tuple):
                lines = max(lines, self.put_contexts(sheet, row, k, value, c.width))
            else:
                text = cell_text(str(value))
                sheet.write_string(row, k, text, style)
                if c.kind in ("wrap", "input"):
                    lines = max(lines, lines_in(text, c.width))
        sheet.set_row(row, min(lines * 15 + 3, 400))

    def put_contexts(self, sheet: Any, row: int, column: int, contexts: tuple[Context, ...], width: float) -> int:
        """Sentences with the quoted words in bold; returns how many lines they take."""
        fragments: list[Any] = []
        text = ""
        for n, context in enumerate(contexts):
            for k, (words, quoted) in enumerate(context.pieces):
                words = ("\n" if n and not k else "") + words[:4000]
                if len(text) + len(words) > CELL_LIMIT:
                    break
                text += words
                fragments += [self.formats["quoted" if quoted else "plain"], words]
        if len(fragments) < 4:
            sheet.write_string(row, column, text, self.formats["wrap"])
        else:
            sheet.write_rich_string(row, column, *fragments, self.formats["wrap"])
        return lines_in(text, width)

    def indicators(self, sheet: Any) -> None:
        v, rows = self.v, len(self.v.indicators)
        self.head(sheet, INDICATORS, rows, 2)
        at = letters(INDICATORS)
        col = {c.key.split(".")[1]: k for k, c in enumerate(INDICATORS)}
        accept, override, dismiss = (self.say(f"workbook.{x}") for x in ("accept", "override", "dismiss"))
        results = {r.no: r for r in self.audit.indicators}
        for n, i in enumerate(v.indicators, 1):
            result, decision = results[i.no], self.audit.review.of_indicator(i.no) if self.audit.review else None
            low, high, done = i.low, i.high, ("", None, "", "", "", "")
            if decision and decision.low is not None and decision.high is not None:
                low, high = decision.low, decision.high
                entry = decision.entry
                done = (self.say(f"workbook.{entry.action}"), entry.score, entry.reason, entry.reviewer, entry.date,  # type: ignore[assignment]
                        entry.second)
            seen = replace(result, low=low, high=high)  # what the reviewer decides on is what the program made of it
            self.put(sheet, n, INDICATORS, (
                i.no, i.name, i.weight, i.claimed, seen.proposed, i.reason, *done, low, high, None, None, None, i.verdict_label,
                i.contexts, i.place, i.domain, i.lead, rule_fingerprint(seen), evidence_fingerprint(seen)))
            r = n + 1
            for end, value in (("low", i.low), ("high", i.high), ("proposed", i.proposed)):
                d = f"${at['decision']}{r}"
                formula = (f'=IF({d}="{accept}",${at["claimed"]}{r},IF({d}="{override}",IF(ISNUMBER(${at["decided_score"]}{r}),'
                           f'${at["decided_score"]}{r},${at[end]}{r}),IF({d}="{dismiss}",0,${at[end]}{r})))')
                sheet.write_formula(n, col[f"final_{end}"], formula, self.formats["number"], value)
        total = rows + 1
        sheet.write_string(total, col["indicator"], self.say("labels.total"), self.formats["total"])
        totals = {"weight": v.weight, "claimed": v.claimed, "low": self.machine("low"), "high": self.machine("high"),
                  "proposed": self.machine("proposed"), "final_low": v.low, "final_high": v.high, "final_proposed": v.proposed}
        for key, value in totals.items():
            sheet.write_formula(total, col[key], f"=SUM({at[key]}2:{at[key]}{rows + 1})" if rows else "=0", self.formats["total"], value)
        if rows:
            sheet.data_validation(1, col["decision"], rows, col["decision"], {
                "validate": "list", "source": [accept, override, dismiss], "input_message": self.say("workbook.decision_help"),
                "error_message": self.say("workbook.bad_decision")})
            sheet.data_validation(1, col["decided_score"], rows, col["decided_score"], {
                "validate": "custom", "value": "=AND(ISNUMBER({0}2),{0}2>=0,{0}2<={1}2)".format(at["decided_score"], at["weight"]),
                "error_message": self.say("workbook.bad_score")})
            whole = (1, 0, rows, col["verdict"])
            outside = f"=AND(ISNUMBER(${at['claimed']}2),OR(${at['claimed']}2>${at['high']}2,${at['claimed']}2<${at['low']}2))"
            sheet.conditional_format(1, col["claimed"], rows, col["claimed"], {
                "type": "formula", "criteria": outside, "format": self.formats["error"]})
            for verdict, style in (("contradicted", "error"), ("verified", "verified")):
                label = self.say(f"labels.verdict_{verdict}")
                sheet.conditional_format(whole[0], col["verdict"], whole[2], col["verdict"], {
                    "type": "cell", "criteria": "==", "value": f'"{label}"', "format": self.formats[style]})

    def machine(self, end: str) -> Decimal:
        """The total as computed, before decisions."""
        out = Decimal(0)
        for r in self.audit.indicators:
            decision = self.audit.review.of_indicator(r.no) if self.audit.review else None
            if decision and decision.low is not None and decision.high is not None:
                r = replace(r, low=decision.low, high=decision.high)
            out += getattr(r, end)
        return out

    def findings(self, sheet: Any) -> None:
        everything = (*self.v.findings, *self.v.dismissed)
        self.head(sheet, FINDINGS, len(everything), 2)
        review = self.audit.review
        # The decision stands right of the message, in view with it on a screen of 1440.
        entries = {d.fingerprint: d.entry for d in review.decisions if d.standing == "applied" and d.fingerprint} if review else {}
        for n, f in enumerate(everything, 1):
            entry = entries.get(f.fingerprint)
            done = ("", "", "", "", "")
            if entry:
                word = f"to_{entry.severity}" if entry.action == "override" else entry.action
                done = (self.say(f"workbook.{word}"), entry.reason, entry.reviewer, entry.date, entry.second)
            self.put(sheet, n, FINDINGS, (
                f.severity_label, f.title, f.no, f.indicator, f.message, *done, f.contexts, f.place, f.points, f.lead, f.code, f.fingerprint))
        if everything:
            col = next(k for k, c in enumerate(FINDINGS) if c.key == "workbook.decision")
            words = [self.say(f"workbook.{x}") for x in ("accept", "to_error", "to_warning", "to_info", "dismiss")]
            sheet.data_validation(1, col, len(everything), col, {
                "validate": "list", "source": words, "input_message": self.say("workbook.decision_help_finding"),
                "error_message": self.say("workbook.bad_decision")})
            for severity in ("error", "warning"):
                sheet.conditional_format(1, 0, len(everything), 0, {
                    "type": "cell", "criteria": "==", "value": f'"{self.say("severity." + severity)}"', "format": self.formats[severity]})

    def printed(self, words: str, key: str = "text") -> str:
        """Words of the report as it prints them; key: what they are, as in the JSON."""
        return str(self.audit.report.document.as_printed(words, key))

    def figures(self, sheet: Any) -> None:
        report = self.audit.report
        self.head(sheet, FIGURES, len(report.figures), 1)
        for n, f in enumerate(report.figures, 1):
            path = report.section_path(f.section)
            said = report.sentences[f.sentence]
            self.put(sheet, n, FIGURES, (
                amount(f.value), amount(f.high), f.unit, f.bound, self.say(f"workbook.role_{f.role}"), self.printed(f.subject), f.period, report.shown[f.start:f.end],
                report.shown[said.start:said.end], " / ".join(self.printed(s.title) for s in path), report.document.page(f.start)))

    def citations(self, sheet: Any) -> None:
        report = self.audit.report
        self.head(sheet, CITATIONS, len(report.citations), 1)
        for n, c in enumerate(report.citations, 1):
            self.put(sheet, n, CITATIONS, (c.number, self.printed(c.title or ""), c.year, self.printed(c.text), report.document.page(c.start)))

    def rules(self, sheet: Any) -> None:
        n = 0
        for r in self.audit.indicators:
            lines: list[tuple[object, ...]] = [
                (self.printed(c.clause.text), self.say(f"workbook.kind_{c.clause.kind}"), self.say("labels.state_" + c.state.replace("-", "_")),
                 interval(c.low, c.high), self.printed(c.explanation.text(self.lang), "explanation") if c.explanation else "") for c in r.clauses]
            lines += [(self.printed(u), self.say("workbook.kind_unparsed"), "", "", "") for u in r.rule.unparsed]
            for k, line in enumerate(lines or [("", "", "", "", "")]):
                n += 1
                # The rule is written once; a repeat on each clause would make the sheet hard to read.
                self.put(sheet, n, RULES, (r.no, self.printed(r.row.name.text), self.printed(r.row.rule.text) if k == 0 else "", *line))
        self.head(sheet, RULES, n, 2)


def amount(value: str | None) -> Decimal | str | None:
    """A figure as a number where a spreadsheet's number holds it exactly; a ratio or a longer number stays text."""
    try:
        number = Decimal(value or "")
    except InvalidOperation:
        return value
    return number if len(number.as_tuple().digits) <= 15 else value


def lines_in(text: str, width: float) -> int:
    """How many lines a text takes in a column; a wide character is two columns wide."""
    out = 0
    for line in text.split("\n"):
        columns = sum(1 if ord(c) < 0x1100 else 2 for c in line[:4000])
        out += max(1, -(-columns // max(1, int(width * 1.05))))
    return out
