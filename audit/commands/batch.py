"""`fuhe batch FOLDER`: every report in a folder, and one table over all of them."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from audit import files
from audit.commands import common_arguments, write_json, write_text, writes


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of this command."""
    parser.add_argument("folder", metavar="FOLDER", help="放报告的文件夹 / the folder that holds the reports")
    common_arguments(parser, district=False)
    writes(parser, "--html", help="网页热力图 / heat map as a page")
    writes(parser, "--xlsx", help="工作簿 / workbook")
    parser.add_argument("--workers", type=int, metavar="N", help="进程数 / processes (default: one per processor)")
    parser.add_argument("--no-cache", action="store_true", help="全部重新核对 / audit everything again")


def run(args: argparse.Namespace) -> int:
    """Exit status 1 where a report holds an error or could not be read, else 0."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    from audit import batch

    files.refuse(batch.reports_in(Path(args.folder)), getattr(args, "targets", []))
    with Progress(TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), console=Console(file=sys.stderr),
                  transient=True) as bar:
        task = bar.add_task("复核" if args.lang == "zh" else "auditing", total=None)
        result = batch.run(args.folder, scheme=args.scheme, lang=args.lang, workers=args.workers, use_cache=not args.no_cache,
                           progress=lambda done, total, name: bar.update(task, completed=done, total=total, description=name))
    if args.json:
        write_json(args.json, result.to_json())
    if args.html:
        from audit.outputs.batch import to_html

        write_text(args.html, to_html(result, args.lang))
    if args.xlsx:
        from audit.outputs.batch import write_workbook

        write_workbook(result, args.xlsx, args.lang)
    if args.json != "-":
        from audit.outputs.batch import print_summary

        print_summary(result, args.lang)
    bad = any(e.audit is None or any(f["severity"] == "error" for f in e.audit["findings"]) for e in result.entries)
    return int(bad)
