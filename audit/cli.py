"""The command `fuhe`: arguments in, exit status out. Each subcommand is a module of audit.commands."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import NoReturn

from patterns.errors import UnusableInput

COMMANDS = {
    "audit": "核对一份自查报告 / extract, rescore, flag",
    "extract": "列出引用的数据、文件和自评分表 / cited figures, documents and the score table",
    "rules": "编译评分标准 / the annex's scoring rules, compiled",
    "diff": "两份报告逐年比对 / two reports, year against year",
    "batch": "核对一个文件夹 / every report in a folder",
    "scheme": "评分方案 / check and list schemes",
    "explain": "解释一种问题代码 / explain a finding code",
    "review": "复核记录 / import a reviewer's workbook",
}


class Parser(argparse.ArgumentParser):
    """A parser whose complaint about a call is one line."""

    def error(self, message: str) -> NoReturn:
        """One line on standard error and exit status 2."""
        self.exit(2, f"fuhe: {' '.join(message.split())}; {self.prog} --help\n")


def build_parser(wanted: str | None = None) -> argparse.ArgumentParser:
    """The parser; only the wanted subcommand's module is imported, so that start-up stays short."""
    parser = Parser(prog="fuhe", description="复核：对自查报告再核一遍。")
    from audit import __version__

    parser.add_argument("--version", action="version", version=f"fuhe {__version__}")
    subparsers = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, summary in COMMANDS.items():
        sub = subparsers.add_parser(name, help=summary, description=summary)
        if wanted == name:
            module = import_module(f"audit.commands.{name}")
            module.add_arguments(sub)
            sub.set_defaults(run=module.run)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit status (0 done, 1 errors found, 2 unusable input or call)."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    args = list(sys.argv[1:] if argv is None else argv)
    wanted = next((a for a in args if not a.startswith("-")), None)
    parsed = build_parser(wanted).parse_args(args)
    try:
        return int(parsed.run(parsed))
    except UnusableInput as e:
        print(f"fuhe: {e}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        print("fuhe: 已中断 / interrupted", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
