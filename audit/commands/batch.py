"""`fuhe batch FOLDER`: every report in a folder; with --out a page, a workbook, a brief and an opinion for each, and one overview."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from audit import files
from audit.commands import common_arguments, told, write_json, write_text, writes
from audit.commands.audit import FAILS, finding_arguments, unreviewed_arguments
from audit.messages import say
from patterns.errors import UnusableInput, half

if TYPE_CHECKING:
    from audit.batch import Batch, Job
    from audit.review import Ledger


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of this command."""
    parser.add_argument("folder", metavar="文件夹 / FOLDER", help="放报告的文件夹，含下级文件夹；也可是 s3:// 等地址 / the folder that holds the reports, and the "
                        "folders below it; also an address (s3://…)")
    common_arguments(parser, district=False)
    parser.add_argument("--out", metavar="输出文件夹 / FOLDER", help="为每份报告写网页、工作簿、要点和意见，并写总览 / page, workbook, brief, opinion for each, and an overview")
    parser.add_argument("--review", metavar="记录文件夹 / FOLDER", help="放复核记录的文件夹，各归各的报告 / the folder of ledgers, each for its own report")
    unreviewed_arguments(parser)
    writes(parser, "--html", help="总览网页 / the overview as a page")
    writes(parser, "--xlsx", help="总览工作簿 / the overview as a workbook")
    writes(parser, "--junit", help="全部报告的 JUnit XML / JUnit XML of all reports")
    writes(parser, "--sarif", help="全部报告的 SARIF / SARIF of all reports")
    finding_arguments(parser, baseline_out=False)
    parser.add_argument("--parquet", metavar="文件夹 / FOLDER", help="全部报告、指标、问题三张表，Parquet，按项目、年度、区分开 / reports, indicators and findings as Parquet "
                        "by programme, year and district")
    parser.add_argument("--scheduler", metavar="地址 / ADDRESS", help="交给 Dask 集群（tcp://…） / hand the work to a Dask cluster (tcp://…)")
    parser.add_argument("--workers", type=int, metavar="个数 / N", help="进程数 / processes (default: one per processor)")


def run(args: argparse.Namespace) -> int:
    """Exit status 1 where a report holds what --fail-on names or could not be read, else 0."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from audit import batch

    out = Path(args.out) if args.out else None
    place = batch.opened(args.folder)
    files.refuse([place.shown(n) for n in batch.look(place, out)[0]], getattr(args, "targets", []))
    if out is not None and ((out.exists() and not out.is_dir()) or files.same(out, Path(args.folder))):
        raise UnusableInput(args.out, "输出应放在另一个文件夹 / the outputs go to a folder of their own", "换一个文件夹 / choose another folder")
    job = _job(args)
    with Progress(BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), TextColumn("{task.description}", markup=False),
                  console=Console(file=sys.stderr), transient=True) as bar:
        task = bar.add_task("", total=None)
        result = batch.run(args.folder, job, workers=args.workers, use_cache=not args.no_cache, scheduler=args.scheduler, parquet=args.parquet,
                           progress=lambda done, total, name: bar.update(
                               task, completed=done, total=total, description=say("batch.left", args.lang, left=total - done, name=name)))
    _write(result, args, out)
    if args.json != "-":
        from audit.outputs.batch import print_summary

        if args.format == "github":
            sys.stdout.write(_annotations(result, args.lang))
        else:
            print_summary(result, args.lang)
    wanted = FAILS[args.fail_on]
    return int(any(e.audit is None or any(f["severity"] in wanted for f in e.audit["findings"]) for e in result.entries))


def _job(args: argparse.Namespace) -> Job:
    from audit import selection
    from audit.batch import Job

    return Job(args.scheme, args.lang, selection.of(args.select, args.ignore, args.baseline), _ledgers(args.review), args.out,
               bool(args.junit or args.sarif or args.format == "github"), args.unreviewed, args.template, tuple(sorted(args.settings.letter.items())))


def _ledgers(folder: str | None) -> tuple[Ledger, ...]:
    """The ledgers of a folder, all of them read before any report is."""
    from audit import review

    if folder is None:
        return ()
    if not Path(folder).is_dir():
        raise UnusableInput(folder, "不是文件夹 / is not a folder", "给出放复核记录的文件夹 / name the folder that holds the ledgers")
    return tuple(review.load(p) for p in sorted(Path(folder).rglob("*.y*ml")))


def _write(result: Batch, args: argparse.Namespace, out: Path | None) -> None:
    """The overview and the lists over all reports."""
    from audit.outputs.batch import to_html, write_workbook

    if args.json:
        if args.json == "-":
            sys.stdout.writelines(result.json_text())
        else:
            files.write_parts(args.json, (text.encode("utf8") for text in result.json_text()))
            told([args.json], args.lang)
    for target, linked in ((args.html, out is None), (str(out / "总览.html") if out else None, True)):
        if target:
            write_text(target, to_html(result, args.lang, links=linked and out is not None), args.lang)
    for target in (args.xlsx, str(out / "总览.xlsx") if out else None):
        if target:
            write_workbook(result, target, args.lang)
            told([target], args.lang)
    made = [e.made for e in result.entries if e.made]
    if args.sarif:
        from audit.outputs.sarif import join

        write_json(args.sarif, join([m["sarif"] for m in made]), args.lang)
    if args.junit:
        from audit.outputs.junit import join as join_suites

        write_text(args.junit, join_suites([m["junit"] for m in made]), args.lang)
    if out is not None:
        for path in result.edited:
            sys.stderr.write(say("batch.edited", args.lang, path=out / path) + "\n")
        sys.stderr.write(say("batch.written", args.lang, count=sum(bool(e.written) for e in result.entries), folder=out) + "\n")


def _annotations(result: Batch, lang: str) -> str:
    """The worst ten annotations over all reports; the step's summary where GitHub wants it."""
    from audit.outputs import github

    made = [e.made for e in result.entries if e.made]
    github.to_summary("".join(m["summary"] for m in made))
    failed = "".join(f"::error::{github.data(half(e.reason, lang))}\n" for e in result.entries if e.audit is None)
    return failed + github.worst([line for m in made for line in m["github"].splitlines(keepends=True)], lang)
