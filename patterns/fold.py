"""Text in one form for matching, with the way back: full width to half width, traditional to simplified, spaces dropped.

A figure is found in the folded text and reported by its place in the original, so that `２２ 項` and `22项` are one thing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_KEEP_WIDE = "，；：！？（）"  # punctuation of Chinese text stays apart from the ASCII signs inside numbers
_SPACES = " \t\u00a0\u2002\u2003\u2009\u202f\u3000\n\r\x0b\x0c\u200b\ufeff"


_SPACE_RUN = re.compile(f"[{_SPACES}]+")
_WIDE_COMMA = re.compile(r"(?<=[0-9])，(?=[0-9])")
_WIDE_COLON = re.compile(r"(?<=[0-9])：(?=[0-9])")


@dataclass(frozen=True, slots=True)
class Folded:
    """text in the folded form; at[i] is the place of text[i] in the original, at[len(text)] the original's end."""

    text: str
    at: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The original stretch of text[start:end]."""
        if start >= end:
            return self.at[start], self.at[start]
        return self.at[start], self.at[end - 1] + 1


@cache
def _table() -> dict[int, str]:
    """Characters that fold to another one: traditional ones (OpenCC's table) and full-width forms."""
    import opencc

    table: dict[int, str] = {}
    path = Path(opencc.__file__).parent / "dictionary" / "TSCharacters.txt"
    for line in path.read_text(encoding="utf8").splitlines():
        if "\t" in line:
            traditional, simplified = line.split("\t")
            table[ord(traditional)] = simplified.split(" ")[0]
    for code in range(0xFF01, 0xFF5F):
        if chr(code) not in _KEEP_WIDE:
            table[code] = chr(code - 0xFEE0)
    table |= {ord("∶"): ":", ord("︰"): ":", ord("﹪"): "%", ord("−"): "-", ord("‐"): "-", ord("‑"): "-", ord("／"): "/",
              ord("∕"): "/", ord("〜"): "~", ord("∼"): "~", ord("･"): "·", ord("•"): "·", ord("˙"): "·", ord("㎎"): "毫",
              ord("〇"): "〇", ord("○"): "〇", ord("Ｏ"): "O"}
    del table[ord("㎎")]
    return table


def _joins(left: str, right: str) -> bool:
    """Whether a space between two characters keeps them apart: both are ASCII letters or digits."""
    return left.isascii() and right.isascii() and (left.isalnum() or left in ".%") and right.isalnum()


def fold(text: str) -> Folded:
    """The folded form of a text. Linear in its length; never longer than the text."""
    wide = text.translate(_table())
    wide = _WIDE_COMMA.sub(lambda m: "," if _digits(text, m.start()) else "，", wide)
    wide = _WIDE_COLON.sub(":", wide)
    out: list[str] = []
    at: list[int] = []
    first = 0
    for m in _SPACE_RUN.finditer(wide):
        start, end = m.span()
        out.append(wide[first:start])
        at += range(first, start)
        left = out[-1][-1:] if start > first else ""
        if left and end < len(wide) and _joins(left, wide[end]):
            out.append(" ")
            at.append(start)
        first = end
    out.append(wide[first:])
    at += range(first, len(wide) + 1)
    return Folded("".join(out), tuple(at))


def _digits(text: str, at: int) -> bool:
    """Whether a full-width comma stands between full-width digits, as a separator of thousands."""
    return 0 < at < len(text) - 1 and "０" <= text[at - 1] <= "９" and "０" <= text[at + 1] <= "９"
