"""The subcommands of `fuhe`: each module has add_arguments(parser) and run(args) -> exit status.

Help texts are written `中文 / English`; the command line shows one half. A parsed call carries `inputs` and `targets`: what it
reads and what it asks to be written, so that a clash is refused before the work begins.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from glob import glob
from pathlib import Path
from typing import Any

from audit import files
from audit.messages import say


class Reads(argparse.Action):
    """An argument that names files which the call reads; a pattern (*.pdf) that the shell left alone is filled in."""

    def __call__(self, parser: argparse.ArgumentParser, namespace: argparse.Namespace, values: Any, option_string: str | None = None) -> None:
        """Keep the value and note its files among namespace.inputs."""
        if isinstance(values, list):
            values = [path for value in values for path in spread(value)]
        setattr(namespace, self.dest, values)
        namespace.inputs = [*getattr(namespace, "inputs", ()), *(values if isinstance(values, list) else [values])]


class Writes(argparse.Action):
    """An option that names a file which the call writes."""

    def __call__(self, parser: argparse.ArgumentParser, namespace: argparse.Namespace, values: Any, option_string: str | None = None) -> None:
        """Keep the value and note it among namespace.targets."""
        setattr(namespace, self.dest, values)
        namespace.targets = [*getattr(namespace, "targets", ()), files.Target(option_string or self.dest, values)]


def spread(value: str) -> list[str]:
    """The files that a pattern stands for, in order; the value itself where it is a file's name or fits nothing."""
    if not any(c in value for c in "*?[") or Path(value).exists():
        return [value]
    return sorted(glob(value, recursive=True)) or [value]


def reads(parser: argparse.ArgumentParser, *names: str, metavar: str = "FILE", nargs: str | None = None, help: str = "") -> None:
    """Add an argument that names files to read."""
    parser.add_argument(*names, action=Reads, metavar=metavar, nargs=nargs, help=help)


def writes(parser: argparse.ArgumentParser, *names: str, help: str, metavar: str = "文件 / FILE", dest: str | None = None) -> None:
    """Add an option that names a file to write."""
    dest = dest or names[-1].lstrip("-").replace("-", "_")
    parser.add_argument(*names, action=Writes, metavar=metavar, help=help, dest=dest)


REPORT = "PDF、扫描件、DOCX、OFD、网页或文本 / PDF, scan, DOCX, OFD, HTML or text"


def report_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments that every command on one report takes."""
    reads(parser, "report", metavar="报告 / REPORT", help=REPORT)
    common_arguments(parser)


def common_arguments(parser: argparse.ArgumentParser, district: bool = True) -> None:
    """--json, --scheme, --district (where one district is spoken of), --lang."""
    writes(parser, "--json", help="写出 JSON（- 为标准输出） / write JSON, - for standard output")
    scheme_arguments(parser, district)


def scheme_arguments(parser: argparse.ArgumentParser, district: bool = True) -> None:
    """--scheme, --district, --lang."""
    reads(parser, "--scheme", metavar="名称或文件 / NAME_OR_FILE", help="评分方案；annex 为只用附表的规则 / scheme; annex for the annex's own rules")
    if district:
        parser.add_argument("--district", metavar="区名 / NAME", help="区名 / the district's name")
    parser.add_argument("--lang", choices=("zh", "en"), default="zh", help="语言 / language")
    parser.add_argument("--no-cache", action="store_true", help="全部重新读取和核对 / read and audit everything again")


def write_json(target: str, data: Any, lang: str = "zh") -> None:
    """JSON as UTF-8 to a file, or to standard output for "-"."""
    text = json.dumps(data, ensure_ascii=False, indent=1) + "\n"
    if target == "-":
        sys.stdout.write(text)
    else:
        write_text(target, text, lang)


def write_text(target: str, text: str | bytes, lang: str = "zh") -> None:
    """Text as UTF-8, or bytes, to a file; what was written is told on standard error."""
    files.write(target, text)
    told([target], lang)


@contextmanager
def waiting(path: object, lang: str) -> Iterator[None]:
    """While a report is read: on a terminal, a line with its name, and a bar over the pages of a scan. Nothing where there is no terminal."""
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    from extractor.readers.seeing import PROGRESS

    with Progress(SpinnerColumn(), TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(),
                  console=Console(file=sys.stderr), transient=True) as bar:
        task = bar.add_task(say("files.reading", lang, path=path), total=None)
        token = PROGRESS.set(lambda done, total: bar.update(task, completed=done, total=total, description=say("files.pages", lang, path=path)))
        try:
            yield
        finally:
            PROGRESS.reset(token)


def told(paths: Sequence[object], lang: str) -> None:
    """Say which files were written."""
    for path in paths:
        sys.stderr.write(say("files.written", lang, path=path) + "\n")
