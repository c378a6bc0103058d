"""Recognised text mended: letters in columns of numbers that a recogniser takes a lone digit for, and characters taken for one that looks alike
(patterns/lookalikes.tsv)."""

from __future__ import annotations

from functools import cache

from extractor.readers.parts import RawTable, Run
from patterns import expressions as re
from patterns.dictionary import frequency
from patterns.places import files

_TAKEN_FOR = str.maketrans({"I": "1", "l": "1", "丨": "1", "|": "1", "｜": "1", "!": "1", "Ⅰ": "1", "i": "1", "]": "1", "[": "1", "亅": "1",
                            "O": "0", "o": "0", "〇": "0", "Q": "0", "D": "0", "S": "5", "Z": "2", "z": "2", "乙": "2", "B": "8", "，": ".", ",": ".",
                            "。": ".", "·": "."})
_NUMBER = re.compile(r"[-+]?\d{1,4}(?:\.\d{1,4})?分?")
MENDED = 60  # percent: the confidence of a mended character


def mend_numbers(table: RawTable) -> None:
    """Mend cells of columns that hold numbers, in text that was recognised from an image."""
    width = max((len(r) for r in table.rows), default=0)
    for c in range(width):
        cells = [r[c] for r in table.rows if c < len(r) and not r[c].merged and r[c].run.text.strip()]
        words = ["".join(cell.run.text.split()) for cell in cells]
        if not cells or sum(bool(_NUMBER.fullmatch(w)) for w in words) * 2 < len(words):
            continue
        for cell, word in zip(cells, words, strict=True):
            if len(word) > 5 or _NUMBER.fullmatch(word) or not cell.run.places or all(p.sure >= 100 for p in cell.run.places):
                continue
            text = cell.run.text.translate(_TAKEN_FOR)
            if _NUMBER.fullmatch("".join(text.split())):
                places = [p._replace(sure=min(p.sure, MENDED)) if a != b else p for p, a, b in zip(cell.run.places, cell.run.text, text, strict=True)]
                cell.run = Run(text, places)


_KNOWN = 40  # how often jieba's dictionary has seen a word that is to decide
_LONGEST = 4


@cache
def _meant() -> dict[str, list[str]]:
    out: dict[str, list[str]] = {}
    with files("patterns").joinpath("lookalikes.tsv").open(encoding="utf8") as lines:
        import csv

        for row in csv.DictReader((x for x in lines if not x.startswith("#")), delimiter="\t"):
            out.setdefault(row["seen"], []).append(row["meant"])
    return out


def mend_words(text: str) -> str:
    """A recognised line with lookalikes mended: 节水管埋 is 节水管理. The text keeps its length."""
    meant = _meant()
    if not any(c in meant for c in text):
        return text
    out = list(text)
    for k, c in enumerate(text):
        if c in meant and not _weight(out, k):
            best = max(meant[c], key=lambda m: _weight([*out[:k], m, *out[k + 1:]], k))
            if _weight([*out[:k], best, *out[k + 1:]], k) >= _KNOWN:
                out[k] = best
    return "".join(out)


def _weight(text: list[str], at: int) -> int:
    """How common the commonest word of two characters or more is that holds a place of a text; 0 where none does."""
    words = ("".join(text[start:stop]) for start in range(max(0, at - _LONGEST + 1), at + 1) for stop in range(max(start + 2, at + 1), min(len(text), start + _LONGEST) + 1))
    return max((frequency(w) for w in words), default=0)
