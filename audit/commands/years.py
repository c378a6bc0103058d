"""`fuhe years REPORT… | FOLDER`: several years of one district, side by side."""

from __future__ import annotations

import argparse
from pathlib import Path

import audit
from audit import files
from audit.commands import common_arguments, reads, told, write_json, write_text, writes


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of this command."""
    reads(parser, "reports", metavar="报告或文件夹 / REPORT_OR_FOLDER", nargs="+",
          help="同一区各年度的报告，或放这些报告的文件夹 / one district's reports of several years, or the folder that holds them")
    common_arguments(parser)
    parser.add_argument("--force", action="store_true", help="不是一个区、一个项目也比对 / compare whatever the districts and programmes")
    writes(parser, "--html", help="网页，带走势图 / a page with small charts")
    writes(parser, "--xlsx", help="工作簿 / workbook")


def run(args: argparse.Namespace) -> int:
    """Exit status 1 where a year contradicts the one before (fuhe diff) with severity error, else 0; a break in a series is a question."""
    from audit.years import compare_years

    found = reports_of(args.reports)
    files.refuse(found, getattr(args, "targets", []))
    table = compare_years([audit.run(p, scheme=args.scheme, district=args.district, cache=not args.no_cache) for p in found], force=args.force)
    if args.json:
        write_json(args.json, table.to_json(args.lang), args.lang)
    if args.html:
        from audit.outputs.years import to_html

        write_text(args.html, to_html(table, args.lang), args.lang)
    if args.xlsx:
        from audit.outputs.years import write_workbook

        write_workbook(table, args.xlsx, args.lang)
        told([args.xlsx], args.lang)
    if args.json != "-":
        from audit.outputs.years import print_summary

        print_summary(table, args.lang)
    return int(any(f.severity == "error" for _, f in table.findings))


def reports_of(given: list[str]) -> list[str]:
    """The reports themselves; of a folder, all that it holds. Raises UnusableInput for a folder without any."""
    from audit import batch

    return [report for path in given for report in ([str(p) for p in batch.reports_in(Path(path))] if Path(path).is_dir() else [path])]
