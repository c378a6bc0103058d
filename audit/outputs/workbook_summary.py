"""The workbook's first sheet: totals that follow the reviewer's decisions, counts and coverage."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from audit.outputs.workbook_columns import FINDINGS, INDICATORS, letters
from audit.review import binding_of
from audit.words import cell_text

if TYPE_CHECKING:
    from audit.outputs.workbook import Book


def fill_summary(book: Book, sheet: Any) -> None:
    """Write the summary: totals as formulas over the other sheets, with the values that they have now."""
    v, cover, rows = book.v, book.audit.coverage, len(book.v.indicators)
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, 16)
    sheet.set_column(2, 2, 60)
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 1)
    sheet.write_string(0, 0, cell_text(book.say("workbook.summary_title", title=v.title))[:250], book.formats["title"])
    at = letters(INDICATORS)
    ind, fin = f"'{book.sheet_name('indicators')}'", f"'{book.sheet_name('findings')}'"
    row = 2

    def line(key: str, value: object, formula: str = "", style: str = "number") -> int:
        nonlocal row
        sheet.write_string(row, 0, key, book.formats["text"])
        if formula:
            sheet.write_formula(row, 1, formula, book.formats[style], value)
        elif isinstance(value, Decimal | int):
            sheet.write_number(row, 1, value, book.formats[style])
        elif value is not None:
            sheet.write_string(row, 1, cell_text(str(value)), book.formats["text"])
        row += 1
        return row

    def total(column: str) -> str:
        return f"=SUM({ind}!{at[column]}2:{at[column]}{rows + 1})" if rows else "=0"

    line(book.say("workbook.report"), v.file)
    line(book.say("workbook.district"), v.district)
    line(book.say("workbook.year"), v.year)
    bound = binding_of(book.audit)
    line(book.say("workbook.report_title"), bound.programme)
    line(book.say("workbook.file_digest"), bound.file)
    line(book.say("workbook.scheme"), book.say("terminal.scheme_annex") if v.scheme == "annex" else v.scheme)
    row += 1
    claimed = line(book.say("workbook.claimed_total"), v.claimed, total("claimed"), "strong")
    stated = line(book.say("workbook.stated_total"), v.stated)
    if v.stated is not None:
        line(book.say("workbook.stated_difference"), v.stated - v.claimed, f"=ROUND(B{stated}-B{claimed},6)")
    line(book.say("workbook.proposed_total"), v.proposed, total("final_proposed"), "strong")
    line(book.say("workbook.pending_total"), v.pending, f"=ROUND({total('final_proposed')[1:]}-{total('final_low')[1:]},6)")
    line(book.say("workbook.rescored_low"), v.low, total("final_low"), "strong")
    line(book.say("workbook.rescored_high"), v.high, total("final_high"), "strong")
    line(book.say("workbook.machine_low"), book.machine("low"), total("low"))
    line(book.say("workbook.machine_high"), book.machine("high"), total("high"))
    row += 1
    last = max(len(v.findings) + len(v.dismissed), 1) + 1
    for severity, key in (("error", "errors"), ("warning", "warnings"), ("info", "infos")):
        count = sum(f.severity == severity for f in v.findings)
        decision = letters(FINDINGS)["decision"]
        shown, decided = f"{fin}!A2:A{last}", f"{fin}!{decision}2:{decision}{last}"
        others = [book.say("workbook.dismiss")] + [book.say(f"workbook.to_{s}") for s in ("error", "warning", "info") if s != severity]
        label, becomes = book.say(f"severity.{severity}"), book.say(f"workbook.to_{severity}")
        unless = "".join(f',{decided},"<>{o}"' for o in others)
        formula = f'=COUNTIFS({shown},"{label}"{unless})+COUNTIFS({shown},"<>{label}",{decided},"{becomes}")'
        line(book.say(f"workbook.{key}"), count, formula)
    row += 1
    sheet.write_string(row, 0, book.say("workbook.points_by"), book.formats["bold"])
    row += 1
    verdicts = {"verified": ("verified",), "supported": ("supported",), "open": ("partial", "unsupported", "external"),
                "contradicted": ("contradicted",)}
    for group, names in verdicts.items():
        value = sum((i.claimed or Decimal(0) for i in v.indicators if i.verdict in names), Decimal(0))
        parts = [f'SUMIFS({ind}!{at["claimed"]}2:{at["claimed"]}{rows + 1},{ind}!{at["verdict"]}2:{at["verdict"]}{rows + 1},'
                 f'"{book.say("labels.verdict_" + n)}")' for n in names]
        line(book.say(f"labels.group_{group}"), value, "=" + "+".join(parts) if rows else "=0")
    row += 1
    sheet.write_string(row, 0, book.say("workbook.coverage"), book.formats["bold"])
    row += 1
    for key, count in (("figures", cover.figures), ("clauses", cover.clauses), ("decided", cover.decided), ("open", cover.open),
                       ("unparsed", cover.unparsed), ("rescored_indicators", cover.rescored)):
        line(book.say(f"workbook.{key}"), count)
    for name, said in v.source:
        line(name, said)
    for problem in v.problems:
        line(book.say("workbook.problems"), problem)
    review = book.audit.review
    if review is not None:
        line(book.say("review.state"), review.state)
        for state, who, when in review.signatures:
            line(book.say("workbook.signature", state=state, who=who, when=when), None)
    if v.decisions:
        row += 1
        sheet.write_string(row, 0, book.say("review.title"), book.formats["bold"])
        row += 1
        for d in v.decisions:
            sheet.write_string(row, 0, cell_text(f"{d.subject} {d.decision}"), book.formats["text"])
            sheet.write_string(row, 1, d.standing_label, book.formats["text" if d.standing == "applied" else "error"])
            sheet.write_string(row, 2, cell_text(f"{d.reviewer}: {d.reason} {d.why}"), book.formats["wrap"])
            row += 1
    row += 1
    sheet.merge_range(row, 0, row, 2, "", book.formats["wrap"])
    sheet.write_string(row, 0, book.say("workbook.how"), book.formats["wrap"])
    sheet.set_row(row, 45)
