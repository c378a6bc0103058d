"""The pre-commit hook: audits each file named and prints a line per finding that fails it.

    python -m audit.hook [--fail-on error|warning] [--scheme NAME_OR_FILE] FILE…
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from audit.commands.audit import FAILS
from patterns.errors import UnusableInput


def main(argv: Sequence[str] | None = None) -> int:
    """Exit status as for `fuhe audit`, the worst over all files."""
    import audit

    parser = argparse.ArgumentParser(prog="audit.hook")
    parser.add_argument("files", nargs="*", metavar="FILE")
    parser.add_argument("--fail-on", choices=tuple(FAILS), default="error", dest="fail_on")
    parser.add_argument("--scheme", metavar="NAME_OR_FILE")
    parser.add_argument("--lang", choices=("zh", "en"), default="zh")
    args = parser.parse_args(argv)
    status = 0
    for file in args.files:
        try:
            result = audit.run(file, scheme=args.scheme)
        except UnusableInput as e:
            sys.stderr.write(f"fuhe: {e}\n")
            status = 2
            continue
        for f in result.findings:
            if f.severity in FAILS[args.fail_on]:
                where = f" #{f.indicator}" if f.indicator is not None else ""
                sys.stdout.write(f"{file}: {f.severity} {f.code}{where} {f.message.text(args.lang)}\n")
                status = max(status, 1)
    return status


if __name__ == "__main__":
    sys.exit(main())
