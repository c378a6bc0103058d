"""Text in one form for matching, with the way back: full width to half width, traditional to simplified, spaces dropped.

A figure is found in the folded text and reported by its place in the original, so that `２２ 項` and `22项` are one thing.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

_KEEP_WIDE = "，；：！？（）"  # punctuation of Chinese text stays apart from the ASCII signs inside numbers
_SPACES = " \t\u00a0\u2002\u2003\u2009\u202f\u3000\n\r\x0b\x0c\u200b\ufeff"


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
    out: list[str] = []
    at: list[int] = []
    k, n = 0, len(wide)
    while k < n:
        c = wide[k]
        if c in _SPACES:
            stop = k
            while stop < n and wide[stop] in _SPACES:
                stop += 1
            if out and stop < n and _joins(out[-1], wide[stop]):
                out.append(" ")
                at.append(k)
            k = stop
            continue
        if c == "，" and 0 < k < n - 1 and "０" <= text[k - 1] <= "９" and "０" <= text[k + 1] <= "９":
            c = ","
        elif c == "：" and 0 < k < n - 1 and wide[k - 1].isdigit() and wide[k + 1].isdigit():
            c = ":"
        out.append(c)
        at.append(k)
        k += 1
    at.append(n)
    return Folded("".join(out), tuple(at))
