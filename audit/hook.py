"""The pre-commit hook: audits each file named and prints a line per finding that fails it.

    python -m audit.hook [--fail-on error|warning|never] [--scheme NAME_OR_FILE] [--select CODES] [--ignore CODES] [--baseline FILE] FILE…

What the call does not say is taken from the project's settings (fuhe.toml), as by `fuhe audit`.
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
    from audit import selection, settings

    parser = argparse.ArgumentParser(prog="audit.hook")
    parser.add_argument("files", nargs="*", metavar="FILE")
    parser.add_argument("--fail-on", choices=tuple(FAILS), default="error", dest="fail_on")
    parser.add_argument("--scheme", metavar="NAME_OR_FILE")
    for option in ("--select", "--ignore"):
        parser.add_argument(option, metavar="CODES")
    parser.add_argument("--baseline", metavar="FILE")
    parser.add_argument("--lang", choices=("zh", "en"), default="zh")
    try:
        known = {k.replace("-", "_"): v for k, v in settings.find().values.items()}
        parser.set_defaults(**{k: v for k, v in known.items() if k in ("fail_on", "scheme", "select", "ignore", "baseline", "lang")})
        args = parser.parse_args(argv)
        wanted = selection.of(args.select, args.ignore, args.baseline)
    except UnusableInput as e:
        sys.stderr.write(f"fuhe: {e}\n")
        return 2
    status = 0
    for file in args.files:
        try:
            result = audit.run(file, scheme=args.scheme)
        except UnusableInput as e:
            sys.stderr.write(f"fuhe: {e}\n")
            status = 2
            continue
        for f in selection.keep(result.findings, wanted):
            if f.severity in FAILS[args.fail_on]:
                where = f" #{f.indicator}" if f.indicator is not None else ""
                sys.stdout.write(f"{file}: {f.severity} {f.code}{where} {f.message.text(args.lang)}\n")
                status = max(status, 1)
    return status


if __name__ == "__main__":
    sys.exit(main())
