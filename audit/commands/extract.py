"""`fuhe extract REPORT`: cited figures, cited documents and the score table, nothing judged."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from audit.commands import report_arguments, write_json
from extractor import read, require_report
from patterns.errors import UnusableInput

if TYPE_CHECKING:
    import pandas as pd

    from extractor.report import Report


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of this command."""
    report_arguments(parser)
    parser.add_argument("--csv", metavar="FILE", help="引用数据表，CSV / the figures as CSV (UTF-8 with BOM)")
    parser.add_argument("--xlsx", metavar="FILE", help="数据、文件、指标三张表，Excel / figures, documents, indicators as a workbook")
    parser.add_argument("--parquet", metavar="FILE", help="引用数据表，Parquet / the figures as Parquet (needs pyarrow)")


def run(args: argparse.Namespace) -> int:
    """Always 0: nothing is judged."""
    report = read(args.report, district=args.district)
    require_report(report)
    if args.json:
        write_json(args.json, report.to_json())
    if args.csv:
        _write(args.csv, lambda path: report.figures_frame().map(_text).to_csv(path, index=False, encoding="utf-8-sig"))
    if args.xlsx:
        _write(args.xlsx, lambda path: _workbook(report, path))
    if args.parquet:
        _write(args.parquet, lambda path: _parquet(report.figures_frame(), path))
    if args.json != "-":
        _show(report)
    return 0


def _write(target: str, write: Callable[[Path], None]) -> None:
    try:
        write(Path(target))
    except OSError as e:
        raise UnusableInput(target, f"写不了 / cannot be written ({e.strerror or e})", "换一个位置 / choose another place") from e


def _text(value: object) -> object:
    """A cell of a text table: decimals in plain notation; nothing that a spreadsheet would run as a formula."""
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, str) and value[:1] in ("=", "+", "@", "\t"):
        return "'" + value
    return value


def _workbook(report: Report, path: Path) -> None:
    """Three sheets. A decimal that a spreadsheet's number holds exactly is a number, any other stays text."""
    import pandas as pd

    def cell(value: object) -> object:
        if isinstance(value, Decimal) and len(value.as_tuple().digits) <= 15:
            return float(value)
        return _text(value)

    frames = {"figures": report.figures_frame(), "documents": report.citations_frame(), "indicators": report.indicators_frame()}
    options = {"options": {"strings_to_formulas": False, "strings_to_urls": False}}
    with pd.ExcelWriter(path, engine="xlsxwriter", engine_kwargs=options) as book:
        for name, frame in frames.items():
            frame.map(cell).to_excel(book, sheet_name=name, index=False, freeze_panes=(1, 0))


def _parquet(frame: pd.DataFrame, path: Path) -> None:
    """Decimals as text: a report's numbers have no common scale."""
    try:
        import pyarrow  # noqa: F401
    except ImportError as e:
        raise UnusableInput(path, "缺少 pyarrow / pyarrow is not installed", "pip install 'fuhe[parquet]'") from e
    frame.map(_text).to_parquet(path, index=False, engine="pyarrow")


def _show(report: Report) -> None:
    """A readable listing: what was read, then section by section the figures with their meaning, then documents and indicators."""
    out = sys.stdout.write
    out(f"{report.title or report.document.path}\n")
    out(f"{report.district or '?'} {report.year or '?'}  数据 figures {len(report.figures)}  文件 documents {len(report.citations)}  "
        f"指标 indicators {len(report.table.rows)}\n")
    section: int | None = -1
    for f in report.figures:
        if f.section != section:
            section = f.section
            out(f"\n{report.section_name(section) or '—'}\n")
        page = report.document.page(f.start)
        marks = " ".join(filter(None, [f.role if f.role != "actual" else "", f.bound, f.modality if f.modality != "fact" else "", f.period,
                                       f"p.{page}" if page else ""]))
        high = f"–{f.high}" if f.high else ""
        out(f"  {f.value}{high} {f.unit}  {f.subject}{'  [' + marks + ']' if marks else ''}\n")
    out("\n文件 documents\n" if report.citations else "")
    for c in report.citations:
        out(f"  {c.number or '—'}  {'《' + c.title + '》' if c.title else ''}\n")
    out("\n指标 indicators\n" if report.table.rows else "")
    for r in report.table.rows:
        out(f"  {r.no:>3} {r.claimed_field.text:>6} / {r.weight_field.text:<6} {r.name.text}\n")
