"""Recognised numbers in columns of numbers: letters that a recogniser takes a lone digit for."""

from __future__ import annotations

from extractor.readers.parts import RawTable, Run
from patterns import expressions as re

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
