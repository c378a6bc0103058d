"""`fuhe audit REPORT`: extract, rescore, flag; a readable summary on the terminal."""

from __future__ import annotations

import argparse
import sys

from audit import run as run_audit
from audit.commands import report_arguments, write_json


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of this command."""
    report_arguments(parser)


def run(args: argparse.Namespace) -> int:
    """Exit status 1 where a finding of severity error was made, else 0."""
    from audit.outputs.json import to_json

    result = run_audit(args.report, scheme=args.scheme, district=args.district)
    if args.json:
        write_json(args.json, to_json(result, args.lang))
    if args.json != "-":
        for f in result.findings:
            sys.stdout.write(f"{f.severity} {f.code} {f.indicator or ''} {f.message.text(args.lang)}\n")
    return int(any(f.severity == "error" for f in result.findings))
