"""The command `fuhe`: arguments in, exit status out. Each subcommand is a module of audit.commands.

What the command says comes in one language, argparse's own words included (audit/messages/argparse.tsv).
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from typing import Any, NoReturn

from audit.start import streams
from patterns.errors import UnusableInput, half
from patterns.places import files as resources

COMMANDS = {
    "audit": "核对自查报告：提取、复核、提示问题 / extract, rescore, flag",
    "extract": "列出引用的数据、文件和自评分表 / cited figures, documents and the score table",
    "rules": "编译评分标准 / the annex's scoring rules, compiled",
    "diff": "两份报告逐年比对 / two reports, year against year",
    "years": "多年报告并排：指标、数据和断点 / several years side by side: indicators, quantities, breaks",
    "batch": "核对一个文件夹的报告 / every report in a folder",
    "review": "复核记录：待填、核对、读入 / the review ledger: blank, checked, imported",
    "reply": "改后的报告逐点对照复核意见 / a corrected report against the opinion, point by point",
    "scheme": "列出和检查评分方案 / check and list schemes",
    "explain": "解释一种问题代码 / explain a finding code",
}
DESCRIPTION = "复核：对自查报告再核一遍。直接写 fuhe 报告.pdf 就是 fuhe audit 报告.pdf。 / 复核: re-checks self-check reports. fuhe REPORT means fuhe audit REPORT."
LOOKS_LIKE_A_FILE = (".pdf", ".docx", ".doc", ".wps", ".ofd", ".html", ".htm", ".mht", ".mhtml", ".rtf", ".odt",
                     ".txt", ".md", ".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp")


class Parser(argparse.ArgumentParser):
    """A parser whose complaint about a call is one line, and whose every word is in one language."""

    lang = "zh"

    def error(self, message: str) -> NoReturn:
        """One line on standard error and exit status 2."""
        ask = "用法见" if self.lang == "zh" else "see"
        stop = "；" if self.lang == "zh" else "; "
        self.exit(2, f"fuhe: {' '.join(message.split())}{stop}{ask} {self.prog} --help\n")

    def add_argument(self, *names: Any, **options: Any) -> argparse.Action:
        """As argparse's, with help and metavar in the language of the call."""
        for key in ("help", "metavar"):
            if isinstance(options.get(key), str):
                options[key] = half(options[key], self.lang)
        return super().add_argument(*names, **options)

    def add_subparsers(self, **options: Any) -> Any:
        """As argparse's; what it makes are parsers of this class."""
        if isinstance(options.get("metavar"), str):
            options["metavar"] = half(options["metavar"], self.lang)
        made: Any = super().add_subparsers(**options)
        plain = made.add_parser

        def add_parser(name: str, **given: Any) -> Any:
            return plain(name, **{k: half(v, self.lang) if k in ("help", "description") else v for k, v in given.items()})

        made.add_parser = add_parser
        return made


@cache
def _words() -> dict[str, str]:
    """argparse's own sentences in Chinese."""
    lines = resources("audit.messages").joinpath("argparse.tsv").read_text("utf8").splitlines()
    return {en.replace("\\n", "\n"): zh.replace("\\n", "\n")
            for en, zh in (line.split("\t") for line in lines if line and not line.startswith("#"))}


@contextmanager
def _speaking(lang: str) -> Iterator[None]:
    """argparse takes its sentences from gettext by the names _ and ngettext; for the time of a call they are ours."""
    kept = argparse._, argparse.ngettext  # type: ignore[attr-defined]
    if lang == "zh":
        argparse._ = lambda text: _words().get(text, text)  # type: ignore[attr-defined]
        argparse.ngettext = lambda one, many, n: _words().get(one, one if n == 1 else many)  # type: ignore[attr-defined]
    try:
        yield
    finally:
        argparse._, argparse.ngettext = kept  # type: ignore[attr-defined]


def build_parser(wanted: str | None = None, lang: str = "zh") -> argparse.ArgumentParser:
    """The parser; of a call that names its subcommand only that one is set up, so that start-up stays short."""
    # The class of this language: argparse makes the subcommands' parsers from the class alone.
    kind: type[Parser] = type("Parser", (Parser,), {"lang": lang})
    parser = kind(prog="fuhe", description=half(DESCRIPTION, lang))
    parser.add_argument("--version", action="store_true", help="版本；与 --json 同用时给出机器可读的版本 / the version; with --json for machines")
    parser.add_argument("--json", action="store_true", help=argparse.SUPPRESS)
    subparsers = parser.add_subparsers(dest="command", required=False, metavar="命令 / COMMAND")
    for name, summary in COMMANDS.items():
        if wanted not in (None, name):
            continue
        sub = subparsers.add_parser(name, help=summary, description=summary)
        if wanted == name:
            module = import_module(f"audit.commands.{name}")
            module.add_arguments(sub)
            sub.set_defaults(run=module.run)
    return parser


def language(args: Sequence[str], fallback: str = "zh") -> str:
    """The language that a call asks for, known before it is parsed, so that its help can be in it."""
    for k, a in enumerate(args):
        value = a.removeprefix("--lang=") if a.startswith("--lang=") else args[k + 1] if a == "--lang" and k + 1 < len(args) else ""
        if value in ("zh", "en"):
            return value
    return fallback


def with_command(args: Sequence[str]) -> list[str]:
    """The call with its command: `fuhe 报告.pdf` means `fuhe audit 报告.pdf`."""
    out = list(args)
    first = next((a for a in out if not a.startswith("-")), None)
    if first in COMMANDS or any(a in COMMANDS for a in out):
        return out
    if first is not None and not os.path.exists(first) and "." not in first:  # a slip of the pen is no report
        from difflib import get_close_matches

        for meant in get_close_matches(first, COMMANDS, 1, 0.7):
            raise UnusableInput(first, "不认识的命令 / unknown command", f"要写的是不是 {meant}？ / did you mean {meant}?")
    if any(not a.startswith("-") and (os.path.exists(a) or a.lower().endswith(LOOKS_LIKE_A_FILE)) for a in out):
        return ["audit", *out]
    return out


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit status (0 done, 1 errors found, 2 unusable input or call)."""
    streams()
    args: Sequence[str] = sys.argv[1:] if argv is None else argv
    lang = language(args)
    try:
        args = with_command(args)
        from audit import settings

        found = settings.find()
        lang = language(args, str(found.values.get("lang", "zh")))
        wanted = next((a for a in args if a in COMMANDS), None)
        with _speaking(lang):
            parser = build_parser(wanted, lang)
            parsed = parser.parse_args(settings.as_arguments(found, wanted, args))
        if parsed.version:
            return _version(parsed.json)
        if parsed.command is None:
            with _speaking(lang):
                parser.error("没有写命令或报告" if lang == "zh" else "neither a command nor a report is given")
        from audit import files

        parsed.settings = found
        files.refuse([p for p in (*getattr(parsed, "inputs", ()), found.path) if p], getattr(parsed, "targets", []))
        return int(parsed.run(parsed))
    except UnusableInput as e:
        print(f"fuhe: {e.text(lang)}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        print(f"fuhe: {half('已中断 / interrupted', lang)}", file=sys.stderr)
        return 2


def _version(as_json: bool) -> int:
    import json
    import platform

    from audit import __version__

    if not as_json:
        print(f"fuhe {__version__}")
        return 0
    from patterns import scheme

    print(json.dumps({"name": "fuhe", "version": __version__, "python": platform.python_version(), "platform": platform.platform(),
                      "schemes": list(scheme.names())}, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())
