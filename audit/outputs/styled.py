"""Words with styles for the terminal. A pipe or a file, which has no colours, gets them without the package that draws (rich): its import
takes as long as to read a report from the cache."""

from __future__ import annotations

import builtins
import os
import sys
from collections.abc import Iterable
from typing import IO, TYPE_CHECKING

from audit.words import cells

if TYPE_CHECKING:
    from rich import text

_SHUN = str.maketrans(dict.fromkeys((7, 8, 11, 12, 13)))  # what rich takes out as well: it moves the cursor, or rings


class Text:
    """A line of pieces, each with a style of rich's."""

    __slots__ = ("pieces",)

    def __init__(self, words: str = "", style: str = "") -> None:
        self.pieces: list[tuple[str, str]] = [(words, style)] if words else []

    @classmethod
    def assemble(cls, *parts: str | Text | tuple[str, str]) -> Text:
        """A line of several parts; a tuple is words and their style."""
        out = cls()
        for part in parts:
            out.append(*part) if isinstance(part, tuple) else out.append(part)
        return out

    def append(self, more: str | Text, style: str = "") -> Text:
        """The line itself, with more words behind it."""
        self.pieces += more.pieces if isinstance(more, Text) else [(more, style)] if more else []
        return self

    @property
    def plain(self) -> str:
        """Its words."""
        return "".join([words for words, _ in self.pieces])

    def shorter(self) -> Text:
        """Another line without the last character."""
        out = Text()
        out.pieces = [*self.pieces[:-1], (self.pieces[-1][0][:-1], self.pieces[-1][1])]
        out.pieces = [p for p in out.pieces if p[0]]
        return out

    def rich(self) -> text.Text:
        """The line as rich has it."""
        from rich.text import Text as Rich

        return Rich.assemble(*self.pieces)


def bare(stream: IO[str]) -> bool:
    """Whether a stream is no terminal, and no notebook, as rich tells it (TTY_COMPATIBLE and FORCE_COLOR ask for colours)."""
    if hasattr(builtins, "get_ipython") or os.environ.get("TTY_COMPATIBLE", "") == "1" or os.environ.get("FORCE_COLOR"):
        return False
    try:
        return not stream.isatty()
    except (AttributeError, ValueError):
        return True


def columns() -> int:
    """How wide what is written may be: COLUMNS, else the terminal's width, else 80."""
    given = os.environ.get("COLUMNS", "")
    if given.isdigit() and int(given):
        return int(given)
    for stream in (sys.__stdin__, sys.__stdout__, sys.__stderr__):
        try:
            return os.get_terminal_size(stream.fileno()).columns or 80  # type: ignore[union-attr]
        except (AttributeError, ValueError, OSError):
            continue
    return 80


def written(lines: Iterable[Text], width: int) -> str | None:
    """Lines without their styles; None where one is wider than that, and has to be broken by rich."""
    out = []
    for line in lines:
        words = line.plain.translate(_SHUN)
        if "\t" in words or "\n" in words or cells(words) > width:
            return None
        out.append(words + "\n")
    return "".join(out)
