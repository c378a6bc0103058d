"""`fuhe explain [CODE]`: what a finding code means, when it is an error, an example, what to do; without a code, all of them.
`fuhe explain --relations REPORT`: what was understood of a report's figures, on its text."""

from __future__ import annotations

import argparse
import sys

from audit.commands import reads
from audit.findings import CATALOGUE, Code, page
from audit.messages import say
from audit.outputs import relations
from audit.selection import code_of
from audit.words import cells
from extractor import read
from patterns.errors import UnusableInput


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of this command."""
    parser.add_argument("code", metavar="代码 / CODE", nargs="?", help="问题代码或中文名，如 parts-mismatch、总分不符 / a finding code or its title")
    reads(parser, "--relations", metavar="报告 / REPORT", help="显示读出的数据关系 / show what was understood of a report's figures")
    parser.add_argument("--markdown", action="store_true", help="输出整页说明 / the whole catalogue as Markdown")
    parser.add_argument("--lang", choices=("zh", "en"), default="zh", help="语言 / language")


def run(args: argparse.Namespace) -> int:
    """Print one entry, the list, the page, or a report's relations. Raises UnusableInput for a code that is not in the catalogue."""
    if args.relations is not None:
        told = list(relations.lines(read(args.relations), args.lang)) or [say("relation.none", args.lang)]
        sys.stdout.write("\n".join(told).lstrip("\n") + "\n")
    elif args.markdown:
        sys.stdout.write(page(args.lang))
    elif args.code is None:
        for code in CATALOGUE.values():
            title = code.title(args.lang)
            sys.stdout.write(f"{title}{' ' * max(2, 26 - cells(title))}{code.code}\n")
    elif known := code_of(args.code):
        sys.stdout.write(entry(CATALOGUE[known], args.lang))
    else:
        raise UnusableInput(args.code, "没有这个问题代码 / no such finding code", "用 fuhe explain 查看全部 / see all with fuhe explain")
    return 0


def entry(code: Code, lang: str) -> str:
    """One entry as plain text."""
    severities = ("、" if lang == "zh" else ", ").join(say(f"severity.{s}", lang) for s in code.severities)
    return f"{code.title(lang)}  {code.code}  [{severities}]\n{code.when(lang)}\n    {code.example(lang)}\n{code.remedy(lang)}\n"
