"""`fuhe diff OLD NEW`: two reports of one district, year against year, or a report against its corrected version."""

from __future__ import annotations

import argparse

import audit
from audit.commands import common_arguments, reads, told, write_json, write_text, writes


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of this command."""
    reads(parser, "old", metavar="上年报告 / OLD", help="上年（或原）报告 / last year's (or the original) report")
    reads(parser, "new", metavar="本年报告 / NEW", help="本年（或改后）报告 / this year's (or the corrected) report")
    common_arguments(parser)
    parser.add_argument("--force", action="store_true", help="不是一个区、一个项目，或年度倒置，也比对 / compare whatever the districts, programmes and years")
    writes(parser, "--html", help="网页，左右对照 / a page, side by side")
    writes(parser, "--xlsx", help="工作簿 / workbook")


def run(args: argparse.Namespace) -> int:
    """Exit status 1 where the comparison made a finding of severity error, else 0."""
    from audit.diff import compare
    from audit.diff.kin import refuse

    old, new = (audit.run(p, scheme=args.scheme, district=args.district, cache=not args.no_cache) for p in (args.old, args.new))
    if not args.force:
        refuse(old, new)
    difference = compare(old, new)
    if args.json:
        write_json(args.json, difference.to_json(args.lang), args.lang)
    if args.html:
        from audit.outputs.diff import to_html

        write_text(args.html, to_html(difference, args.lang), args.lang)
    if args.xlsx:
        from audit.outputs.diff import write_workbook

        write_workbook(difference, args.xlsx, args.lang)
        told([args.xlsx], args.lang)
    if args.json != "-":
        from audit.outputs.diff import print_summary

        print_summary(difference, args.lang)
    return int(any(f.severity == "error" for f in difference.findings))
