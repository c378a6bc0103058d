"""Text in one form for matching, with the way back: full width to half width, traditional to simplified, radicals to characters,
spaces and note marks dropped.

A figure is found in the folded text and reported by its place in the original, so that `２２ 項` and `22项` are one thing.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from patterns import cache as kept
from patterns import expressions as re
from patterns.places import files

_KEEP_WIDE = "，；：！？（）"  # punctuation of Chinese text stays apart from the ASCII signs inside numbers
_SPACES = " \t\u00a0\u2002\u2003\u2009\u202f\u3000\n\r\x0b\x0c\u200b\ufeff"
# the radicals of U+2E80..2EF3 that are characters of their own; those of U+2F00 and the compatibility ideographs are in Unicode's tables
_SUPPLEMENT = dict(zip(
    "⺁⺇⺈⺊⺌⺎⺒⺓⺗⺛⺜⺝⺟⺠⺢⺧⺩⺪⺫⺬⺮⺯⺶⺷⺻⺼⺽⻁⻄⻅⻆⻇⻉⻊⻋⻑⻓⻔⻗⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰⻱⻳",
    "厂几刀卜小兀巳幺心旡日月母民水牛王疋目示竹糸羊羊聿月臼虎西见角角贝足车长长门雨青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿龙龟龟", strict=True))

_SPACE_RUN = re.compile(f"[{_SPACES}]+")
# 1，280: a separator of thousands printed wide; 附件1，280人 is none
_WIDE_COMMA = re.compile(r"(?<![0-9.,，])(?<![件表图注第])([0-9]{1,3}(?:[,，][0-9]{3})+)(?![0-9])")
_WIDE_COLON = re.compile(r"(?<=[0-9])：(?=[0-9])")
# a note's mark between a number and its unit: 45①家, 18[1]个
_NOTE_MARK = re.compile(rf"(?<=[0-9%‰])[{_SPACES}]?(?:(?:[①-⑳⑴-⒇❶-❿*※†‡△▲★☆§]|(?<!×10)[¹²³⁴-⁹]){{1,2}}|\[注?[0-9]{{1,2}}\]|〔注?[0-9]{{1,2}}〕)(?=[{_SPACES}]?[\u4e00-\u9fff%‰])")
_WEIGHTED = re.compile("(dB|分贝)（A）")
# digits that a printer has set apart: 1 2 8 0, 1 2. 5, 3. 5 (at the start of a line that is an enumerator)
_SET_APART = re.compile(r"(?<![0-9A-Za-z.,%/-])(?<![0-9A-Za-z.,%] )(?:"
                        r"[0-9](?:(?:\.| |\. )[0-9]){2,}(?![0-9]| [0-9]|[.,][0-9])|"
                        r"(?<=[\u4e00-\u9fff])(?<![件表图注第项])[0-9] [0-9](?=[\u4e00-\u9fff%‰])|(?<=[\u4e00-\u9fff])[0-9]+\. [0-9]+(?=[\u4e00-\u9fff%‰]))")


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

    def before(self, place: int) -> int:
        """How many characters of the folded text stand before a place of the original."""
        return bisect_left(self.at, place, 0, len(self.text))


@cache
def _radicals() -> dict[int, str]:
    """Radicals and compatibility ideographs, as fonts without a proper table write them -> the character."""
    table = {ord(radical): character for radical, character in _SUPPLEMENT.items()}
    for code in (*range(0x2F00, 0x2FD6), *range(0xF900, 0xFADA)):
        plain = unicodedata.normalize("NFKC", chr(code))
        if len(plain) == 1 and plain != chr(code):
            table[code] = plain
    return table


def characters(text: str) -> str:
    """The text with characters for radicals (⽤ → 用), of the same length. Readers apply it to all that they read."""
    return text.translate(_radicals())


def _characters() -> Path:
    """OpenCC's table of characters; its package is not imported, which takes as long as to read the table."""
    return files("opencc") / "dictionary" / "TSCharacters.txt"


@cache
def _simplified() -> dict[int, str]:
    """Traditional characters -> the simplified one (OpenCC's table)."""
    table: dict[int, str] = {}
    for line in _characters().read_text(encoding="utf8").splitlines():
        if "\t" in line:
            traditional, simple = line.split("\t")
            table[ord(traditional)] = simple.split(" ")[0]
    return table


_TRADITIONAL = 0.04  # of the Chinese characters of a text in traditional ones; a firm's name in another report is less


def simplified(text: str) -> str:
    """A text that is set in traditional characters in simplified ones, of the same length; any other text as it is.

    >>> simplified("開展專項檢查"), simplified("鑫鑫公司（乾县）开展检查")
    ('开展专项检查', '鑫鑫公司（乾县）开展检查')
    """
    counted = Counter(text)
    han = sum(n for c, n in counted.items() if "\u4e00" <= c <= "\u9fff")
    rare = {c: n for c, n in counted.items() if c > "\u3fff" and not _common(c)}
    if not han or sum(rare.values()) < _TRADITIONAL * han:
        return text
    table = _simplified()
    if sum(n for c, n in rare.items() if ord(c) in table) < _TRADITIONAL * han:
        return text
    return "".join(simple if len(simple := table.get(ord(c), c)) == 1 else c for c in text)


def _common(char: str) -> bool:
    """Whether a text in simplified characters may hold a character."""
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


@cache
def _table() -> dict[int, str]:
    """Characters that fold to another one: radicals, traditional ones (OpenCC's table) and full-width forms."""
    found: dict[int, str] = kept.table("fold", _folds, __file__, str(_characters()))
    return found


def _folds() -> dict[int, str]:
    table = dict(_simplified())
    for code, character in _radicals().items():
        table[code] = table.get(ord(character), character)
    for code in range(0xFF01, 0xFF5F):
        if chr(code) not in _KEEP_WIDE:
            table[code] = chr(code - 0xFEE0)
    return table | {ord("∶"): ":", ord("︰"): ":", ord("﹪"): "%", ord("−"): "-", ord("‐"): "-", ord("‑"): "-", ord("﹣"): "-", ord("／"): "/",
                    ord("∕"): "/", ord("〜"): "~", ord("∼"): "~", ord("･"): "·", ord("•"): "·", ord("˙"): "·", ord("⋅"): "·",
                    ord("〇"): "〇", ord("○"): "〇", ord("Ｏ"): "O"}


def _joins(left: str, right: str) -> bool:
    """Whether a space between two characters keeps them apart: both are ASCII letters or digits."""
    return left.isascii() and right.isascii() and (left.isalnum() or left in ".%") and right.isalnum()


def fold(text: str) -> Folded:
    """The folded form of a text. Linear in its length; never longer than the text."""
    wide = _WIDE_COLON.sub(":", text.translate(_table()))
    if "，" in wide:
        wide = _WIDE_COMMA.sub(lambda m: m[0].replace("，", ","), wide)
    wide = _WEIGHTED.sub(r"\1(A)", wide)
    wide = _NOTE_MARK.sub(lambda m: " " * len(m[0]), wide)
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
    folded = "".join(out)
    if " " in folded:
        folded, at = _set_together(folded, at, text)
    return Folded(folded, tuple(at))


def _set_together(text: str, at: list[int], original: str) -> tuple[str, list[int]]:
    """A folded text without the spaces inside numbers whose digits are set apart, and the places of what is left. A tab or a new line
    sets cells and lines apart, not digits."""
    gone = {m.start() + k for m in _SET_APART.finditer(text) for k, c in enumerate(m[0]) if c == " "}
    gone = {k for k in gone if original[at[k]] not in "\t\n\r\x0b\x0c"}
    if not gone:
        return text, at
    return "".join(c for k, c in enumerate(text) if k not in gone), [place for k, place in enumerate(at) if k not in gone]
