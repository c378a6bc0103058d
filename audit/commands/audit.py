"""`fuhe audit REPORT`: extract, rescore, flag; a readable summary on the terminal, and whatever files are asked for."""

from __future__ import annotations

import argparse
import sys

from audit import run as run_audit
from audit.commands import report_arguments, write_json, write_text
from audit.model import Audit
from extractor import require_report

FAILS = {"error": {"error"}, "warning": {"error", "warning"}, "never": set[str]()}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of this command."""
    report_arguments(parser)
    parser.add_argument("--html", metavar="FILE", help="写出网页报告 / write the HTML report")
    parser.add_argument("--xlsx", metavar="FILE", help="写出工作簿 / write the workbook")
    parser.add_argument("--docx", metavar="FILE", help="写出复核意见书 / write the opinion")
    parser.add_argument("--junit", metavar="FILE", help="写出 JUnit XML / write JUnit XML")
    parser.add_argument("--sarif", metavar="FILE", help="写出 SARIF 2.1.0 / write SARIF 2.1.0")
    parser.add_argument("--review", metavar="LEDGER", help="复核记录 (YAML) / a reviewer's decisions")
    parser.add_argument("--format", choices=("terminal", "github"), default="terminal",
                        help="标准输出的样式：摘要，或 GitHub 注解 / what standard output shows: the summary, or GitHub annotations")
    parser.add_argument("--fail-on", choices=tuple(FAILS), default="error", dest="fail_on",
                        help="何种问题使退出码为 1 / which findings give exit status 1")


def run(args: argparse.Namespace) -> int:
    """Exit status 1 where a finding of the severity that --fail-on names was made (by default error), else 0."""
    result = run_audit(args.report, scheme=args.scheme, district=args.district)
    require_report(result.report)
    if args.review:
        from audit import review

        result = review.apply(result, review.load(args.review))
    write_files(result, args)
    if args.json != "-":
        if args.format == "github":
            from audit.outputs.github import render as annotations

            sys.stdout.write(annotations(result, args.lang))
        else:
            from audit.outputs.terminal import show

            show(result, args.lang)
    _warn_of_expired(result, args.lang)
    return int(any(f.severity in FAILS[args.fail_on] for f in result.findings))


def write_files(result: Audit, args: argparse.Namespace) -> None:
    """Write every file that the arguments ask for. Raises UnusableInput for one that cannot be written."""
    if args.json:
        from audit.outputs.json import to_json

        write_json(args.json, to_json(result, args.lang))
    if args.html:
        result.to_html(args.html, args.lang)
    if args.xlsx:
        result.to_xlsx(args.xlsx, args.lang)
    if args.docx:
        result.to_docx(args.docx, args.lang)
    if args.junit:
        from audit.outputs.junit import render as junit

        write_text(args.junit, junit(result, args.lang))
    if args.sarif:
        from audit.outputs.sarif import to_sarif

        write_json(args.sarif, to_sarif(result, args.lang))


def _warn_of_expired(result: Audit, lang: str) -> None:
    """Decisions that were not applied are told on standard error too, so that no pipe hides them."""
    if result.review is None or not result.review.expired:
        return
    from audit.messages import say

    sys.stderr.write(f"fuhe: {result.review.path}: {say('review.expired_headline', lang, count=len(result.review.expired))}\n")
    for d in result.review.expired:
        reason = d.why.text(lang) if d.why else ""
        sys.stderr.write(f"fuhe: {result.review.path}:{d.entry.line}: {reason}\n")
