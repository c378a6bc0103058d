"""The subcommands of `fuhe`: each module has add_arguments(parser) and run(args) -> exit status."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from patterns.errors import UnusableInput


def report_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments that every command on one report takes."""
    parser.add_argument("report", metavar="REPORT", help="PDF, DOCX, OFD, HTML, TXT/MD, 扫描件")
    common_arguments(parser)


def common_arguments(parser: argparse.ArgumentParser, district: bool = True) -> None:
    """--json, --scheme, --district (where one district is spoken of), --lang."""
    parser.add_argument("--json", metavar="FILE", help="写出 JSON（- 为标准输出） / write JSON, - for standard output")
    parser.add_argument("--scheme", metavar="NAME_OR_FILE", help="评分方案，annex 为只用附表规则 / scheme; annex for the annex's own rules")
    if district:
        parser.add_argument("--district", metavar="NAME", help="区名 / the district's name")
    parser.add_argument("--lang", choices=("zh", "en"), default="zh", help="语言 / language")


def write_json(target: str, data: Any) -> None:
    """JSON as UTF-8 to a file, or to standard output for "-"."""
    text = json.dumps(data, ensure_ascii=False, indent=1) + "\n"
    if target == "-":
        sys.stdout.write(text)
    else:
        write_text(target, text)


def write_text(target: str, text: str) -> None:
    """Text as UTF-8 to a file; a file that cannot be written is a fault of the call."""
    try:
        Path(target).write_text(text, encoding="utf8", newline="\n")
    except OSError as e:
        raise UnusableInput(target, f"写不了 / cannot be written ({e.strerror})", "换一个位置 / choose another place") from e
