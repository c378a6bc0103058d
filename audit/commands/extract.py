"""`fuhe extract REPORT`: cited figures, cited documents and the score table, nothing judged."""

from __future__ import annotations

import argparse
import io
import sys
from decimal import Decimal
from typing import TYPE_CHECKING

from audit import files
from audit.commands import report_arguments, told, write_json, writes
from audit.messages import say
from extractor import read, require_report
from patterns.errors import UnusableInput, half

if TYPE_CHECKING:
    from extractor.report import Report


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of this command."""
    report_arguments(parser)
    writes(parser, "--csv", help="引用数据表，CSV / the figures as CSV (UTF-8 with BOM)")
    writes(parser, "--xlsx", help="数据、文件、指标三张表，Excel / figures, documents, indicators as a workbook")
    writes(parser, "--parquet", help="引用数据表，Parquet / the figures as Parquet (needs pyarrow)")


def run(args: argparse.Namespace) -> int:
    """Always 0: nothing is judged."""
    report = read(args.report, district=args.district, cache=not args.no_cache)
    require_report(report)
    if args.json:
        write_json(args.json, report.to_json(), args.lang)
    for target, make in ((args.csv, _csv), (args.xlsx, _workbook), (args.parquet, _parquet)):
        if target:
            files.write(target, make(report))
            told([target], args.lang)
    if args.json != "-":
        _show(report, args.lang)
    return 0


def _csv(report: Report) -> bytes:
    """With a byte order mark, so that spreadsheets see UTF-8."""
    return report.figures_frame().map(_text).to_csv(index=False).encode("utf-8-sig")


def _text(value: object) -> object:
    """A cell of a text table: decimals in plain notation; nothing that a spreadsheet would run as a formula."""
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, str) and value[:1] in ("=", "+", "@", "\t"):
        return "'" + value
    return value


def _workbook(report: Report) -> bytes:
    """Three sheets. A decimal that a spreadsheet's number holds exactly is a number, any other stays text."""
    import pandas as pd

    def cell(value: object) -> object:
        if isinstance(value, Decimal) and len(value.as_tuple().digits) <= 15:
            return float(value)
        return _text(value)

    frames = {"figures": report.figures_frame(), "documents": report.citations_frame(), "indicators": report.indicators_frame()}
    options = {"options": {"strings_to_formulas": False, "strings_to_urls": False}}
    raw = io.BytesIO()
    with pd.ExcelWriter(raw, engine="xlsxwriter", engine_kwargs=options) as book:
        for name, frame in frames.items():
            frame.map(cell).to_excel(book, sheet_name=name, index=False, freeze_panes=(1, 0))
    return raw.getvalue()


def _parquet(report: Report) -> bytes:
    """Decimals as text: a report's numbers have no common scale."""
    try:
        import pyarrow  # noqa: F401
    except ImportError as e:
        raise UnusableInput("--parquet", "缺少 pyarrow / pyarrow is not installed", "pip install 'fuhe[parquet]'") from e
    return report.figures_frame().map(_text).to_parquet(index=False, engine="pyarrow")


def _show(report: Report, lang: str) -> None:
    """A readable listing: what was read, then section by section the figures with their meaning, then documents and indicators."""
    out = sys.stdout.write
    out(f"{report.title or report.document.path}\n")
    out(f"{report.district or '?'} {report.year or '?'}  {half('数据 / figures', lang)} {len(report.figures)}  "
        f"{half('文件 / documents', lang)} {len(report.citations)}  {half('指标 / indicators', lang)} {len(report.table.rows)}\n")
    section: int | None = -1
    for f in report.figures:
        if f.section != section:
            section = f.section
            out(f"\n{report.section_name(section) or '—'}\n")
        page = report.document.page(f.start)
        marks = " ".join(filter(None, [
            say(f"workbook.role_{f.role}", lang) if f.role != "actual" else "", f.bound,
            say(f"workbook.modality_{f.modality}", lang) if f.modality != "fact" else "", f.period,
            say("labels.page_of", lang, page=page) if page else ""]))
        high = f"–{f.high}" if f.high else ""
        out(f"  {f.value}{high} {f.unit}  {f.subject}{'  [' + marks + ']' if marks else ''}\n")
    out(f"\n{half('文件 / documents', lang)}\n" if report.citations else "")
    for c in report.citations:
        out(f"  {c.number or '—'}  {'《' + c.title + '》' if c.title else ''}\n")
    out(f"\n{half('指标 / indicators', lang)}\n" if report.table.rows else "")
    for r in report.table.rows:
        out(f"  {r.no:>3} {r.claimed_field.text:>6} / {r.weight_field.text:<6} {r.name.text}\n")
