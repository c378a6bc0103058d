"""`fuhe scheme list` and `fuhe scheme check FILE`: the schemes that ship, and what is wrong with one."""

from __future__ import annotations

import argparse
import sys

from patterns.errors import half


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of this command."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="动作 / ACTION")
    listed = actions.add_parser("list", help="列出自带的方案 / the schemes that ship with fuhe")
    check = actions.add_parser("check", help="检查方案：键、示例、分值合计、未理解的文字 / keys, examples, weights, words not understood")
    for sub in (listed, check):
        sub.add_argument("--lang", choices=("zh", "en"), default="zh", help="语言 / language")
    check.add_argument("scheme", metavar="名称或文件 / NAME_OR_FILE", help="shanghai/2021, 或 YAML 文件 / or a YAML file")


def run(args: argparse.Namespace) -> int:
    """Exit status 1 where a check found something, 0 otherwise. Raises UnusableInput for a scheme that cannot be read."""
    from patterns import scheme as schemes

    if args.action == "list":
        for name in schemes.names():
            s = schemes.load(name)
            sys.stdout.write(f"{name:16} {s.year or ''}  {len(s.indicators):>3}  {s.title}\n")
        return 0
    scheme = schemes.load(args.scheme)
    problems = schemes.examine(scheme)
    for problem in problems:
        sys.stdout.write(half(problem, args.lang) + "\n")
    clauses = sum(len(i.compiled.clauses) for i in scheme.indicators)
    examples = sum(len(i.examples) for i in scheme.indicators)
    counted = ((half("指标 / indicators", args.lang), len(scheme.indicators)), (half("条款 / clauses", args.lang), clauses),
               (half("示例 / examples", args.lang), examples), (half("问题 / problems", args.lang), len(problems)))
    sys.stdout.write(f"{scheme.id}: " + ", ".join(f"{name} {n}" for name, n in counted) + "\n")
    return int(bool(problems))
