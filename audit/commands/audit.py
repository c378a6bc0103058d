"""`fuhe audit REPORT…`: extract, rescore, flag; a readable summary on the terminal, and whatever files are asked for."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from audit import files
from audit import run as run_audit
from audit.commands import REPORT, reads, scheme_arguments, told, waiting, write_json, write_text, writes
from audit.model import Audit
from patterns.errors import UnusableInput, half

FAILS = {"error": {"error"}, "warning": {"error", "warning"}, "never": set[str]()}
OF_ONE = ("html", "xlsx", "docx", "brief", "annotate")  # outputs that speak of one report


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of this command."""
    reads(parser, "reports", metavar="报告 / REPORT", nargs="+", help=f"{half(REPORT, 'zh')}；可写几份，可用 *.pdf / {half(REPORT, 'en')}; several, or *.pdf")
    writes(parser, "--json", help="写出 JSON（- 为标准输出） / write JSON, - for standard output")
    writes(parser, "--html", help="写出网页 / write the page")
    writes(parser, "--xlsx", help="写出工作簿，复核人在其中填决定 / write the workbook for the reviewer's decisions")
    writes(parser, "--brief", help="写出一页的复核要点（DOCX） / write the one-page brief (DOCX)")
    letter_arguments(parser)
    writes(parser, "--annotate", help="在送审 DOCX 或 PDF 的副本上加批注 / write a copy of the submitted DOCX or PDF with comments")
    writes(parser, "--junit", help="写出 JUnit XML / write JUnit XML")
    writes(parser, "--sarif", help="写出 SARIF 2.1.0 / write SARIF 2.1.0")
    reads(parser, "--review", metavar="复核记录 / LEDGER", help="复核人的决定（YAML） / a reviewer's decisions (YAML)")
    finding_arguments(parser)
    parser.add_argument("--full", action="store_true", help="终端上列出全部 / everything on the terminal")
    scheme_arguments(parser)


def letter_arguments(parser: argparse.ArgumentParser) -> None:
    """--docx with --unreviewed and --template."""
    writes(parser, "--docx", help="写出复核意见（只写经人确认的） / write the opinion (what a person confirmed)")
    unreviewed_arguments(parser)


def unreviewed_arguments(parser: argparse.ArgumentParser) -> None:
    """What the opinion holds and what it looks like."""
    parser.add_argument("--unreviewed", action="store_true", help="未复核也写错误，标明待审 / the opinion's errors without a review, marked as a draft")
    reads(parser, "--template", metavar="模板 / TEMPLATE.docx", help="复核意见的 Word 模板（fuhe review template 写出） / Word template of the opinion")


def finding_arguments(parser: argparse.ArgumentParser, baseline_out: bool = True) -> None:
    """Which findings count, and how they are printed."""
    parser.add_argument("--format", choices=("terminal", "github"), default="terminal",
                        help="标准输出的样式：摘要，或 GitHub 注解 / what standard output shows: the summary, or GitHub annotations")
    parser.add_argument("--select", metavar="代码 / CODES", help="只看这些问题（代码或中文名，用逗号隔开） / these findings alone, by code")
    parser.add_argument("--ignore", metavar="代码 / CODES", help="不看这些问题 / not these findings")
    reads(parser, "--baseline", metavar="基线 / BASELINE", help="基线里已有的问题不再提示 / findings that a baseline holds are not told again")
    if baseline_out:
        writes(parser, "--write-baseline", dest="write_baseline", help="把现有问题写成基线 / write the present findings as a baseline")
    parser.add_argument("--fail-on", choices=tuple(FAILS), default="error", dest="fail_on",
                        help="何种问题使退出码为 1 / which findings give exit status 1")


def run(args: argparse.Namespace) -> int:
    """Exit status 2 where a report could not be used, 1 where a finding that --fail-on names was made (by default error), else 0."""
    from audit import selection

    wanted = selection.of(args.select, args.ignore, args.baseline)
    asked = [f"--{o}" for o in OF_ONE if getattr(args, o)]
    if len(args.reports) > 1 and (asked or args.review):
        raise UnusableInput((asked or ["--review"])[0], f"一次只给一份报告（现有 {len(args.reports)} 份） / takes one report, {len(args.reports)} are given",
                            "几份报告用 fuhe batch --out / for several use fuhe batch --out")
    if args.annotate and Path(args.annotate).suffix.lower() != Path(args.reports[0]).suffix.lower():
        raise UnusableInput(args.annotate, "批注副本应与送审文件同一格式 / the annotated copy has the format of the submitted file",
                            "DOCX 配 .docx，PDF 配 .pdf / .docx for a DOCX, .pdf for a PDF")
    ledger = None
    if args.review:
        from audit import review

        ledger = review.load(args.review)
    results: list[Audit] = []
    status = 0
    for path in args.reports:
        try:
            _submitted(path)
            with waiting(path, args.lang):
                result = run_audit(path, scheme=args.scheme, district=args.district, cache=not args.no_cache)
            if ledger is not None:
                result = review.apply(result, ledger)
        except UnusableInput as e:
            if len(args.reports) == 1:
                raise
            sys.stderr.write(f"fuhe: {e.text(args.lang)}\n")
            status = 2
            continue
        results.append(selection.narrowed(result, wanted))
    write_files(results, args)
    show(results, args)
    for result in results:
        _warn_of_expired(result, args.lang)
    return status or int(any(f.severity in FAILS[args.fail_on] for r in results for f in r.findings))


def _submitted(path: str) -> None:
    """Raise UnusableInput for what fuhe wrote itself, taken for a report by a pattern or by a slip."""
    try:
        with open(path, "rb") as stream:
            own = files.ours(stream, Path(path).suffix.lower())
    except OSError:
        return
    if own:
        raise UnusableInput(path, "是 fuhe 写出的，不是送审的报告 / was written by fuhe, it is no submitted report", "给出送审的文件 / name the submitted file")


def show(results: Sequence[Audit], args: argparse.Namespace) -> None:
    """What standard output shows."""
    if any(t.path == "-" for t in getattr(args, "targets", ())):
        return
    if args.format == "github":
        from audit.outputs.github import annotate

        sys.stdout.write(annotate(results, args.lang))
        return
    from audit.outputs.terminal import show as summary

    for result in results:
        summary(result, args.lang, full=args.full)


def write_files(results: Sequence[Audit], args: argparse.Namespace) -> None:
    """Write every file that the arguments ask for. Raises UnusableInput for one that cannot be written."""
    lang = args.lang
    if args.json:
        from audit.outputs.json import to_json

        data = [to_json(r, lang) for r in results]
        write_json(args.json, data[0] if len(args.reports) == 1 else {"audits": data}, lang)
    if args.junit:
        from audit.outputs.junit import render as junit

        write_text(args.junit, junit(results, lang), lang)
    if args.sarif:
        from audit.outputs.sarif import to_sarif

        write_json(args.sarif, to_sarif(results, lang), lang)
    if args.write_baseline:
        from audit import selection

        write_text(args.write_baseline, selection.baseline(results), lang)
    if not any(getattr(args, o) for o in OF_ONE):
        return
    result = results[0]
    if args.html:
        result.to_html(args.html, lang)
    if args.xlsx:
        result.to_xlsx(args.xlsx, lang)
    if args.docx:
        result.to_docx(args.docx, lang, unreviewed=args.unreviewed, template=args.template, office=args.settings.letter)
    if args.brief:
        result.to_brief(args.brief, lang)
    if args.annotate:
        from audit.outputs.annotate import write

        write(result, args.annotate, lang)
    told([getattr(args, o) for o in OF_ONE if getattr(args, o)], lang)


def _warn_of_expired(result: Audit, lang: str) -> None:
    """Decisions that were not applied are told on standard error too, so that no pipe hides them."""
    if result.review is None or not result.review.expired:
        return
    from audit.messages import say

    sys.stderr.write(f"fuhe: {result.review.path}: {say('review.expired_headline', lang, count=len(result.review.expired))}\n")
    for d in result.review.expired:
        reason = d.why.text(lang) if d.why else ""
        sys.stderr.write(f"fuhe: {result.review.path}:{d.entry.line}: {reason}\n")
