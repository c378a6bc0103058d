"""A paragraph as a string of tokens: its words, and three characters for each figure (kind, family, index).

A form (extractor.relations.forms) is a pattern over this string. The kind says what sort of figure it is, the family which figures are
measured alike, the index which one it is. Text that was understood is cut out of the string, so that what is left stands as one token
and can be read again.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from extractor.report import Figure
from patterns.fold import fold

ACTUAL, TARGET, AVERAGE, CHANGE, SHARE, POINTS, TIMES, RATIO, OTHER, MOVED = map(chr, range(0xE000, 0xE00A))
FAMILY, INDEX = 0xE100, 0x100000
BRACKET = "〓"  # stands for a bracket whose inside was read
TITLE = "〇"  # stands for each character inside 《》

_PERSONS = frozenset({"名", "人", "位", "员"})
_AVERAGE = re.compile(r"(?:平均|人均|户均|均|每[\u4e00-\u9fff百千万亿]{1,8}?|单位[\u4e00-\u9fff]{2,8})[^，；。、]{0,12}$")
_TITLE = re.compile("《[^《》]*》")


@dataclass(frozen=True, slots=True)
class Tagged:
    """text: the tokens; at[i]: the place of text[i] in the document; figures by the index that they carry in the text."""

    text: str
    at: tuple[int, ...]

    def without(self, cuts: Sequence[tuple[int, int]]) -> Tagged:
        """The text without some stretches (disjoint, in order)."""
        text, at, last = [], [], 0
        for start, end in cuts:
            text.append(self.text[last:start])
            at.append(self.at[last:start])
            last = end
        text.append(self.text[last:])
        at.append(self.at[last:])
        return Tagged("".join(text), tuple(x for piece in at for x in piece))

    def inside(self, start: int, end: int) -> Tagged:
        """A stretch of it."""
        return Tagged(self.text[start:end], self.at[start:end])

    def put(self, start: int, end: int, other: Tagged) -> Tagged:
        """The text with a stretch replaced."""
        return Tagged(self.text[:start] + other.text + self.text[end:], self.at[:start] + other.at + self.at[end:])


class Label(NamedTuple):
    """The words around a figure: head from the stop or figure before it, tail up to the next stop or figure."""

    head: str
    tail: str


class Families:
    """Numbers the families of a report's figures, so that two figures of one family carry one character."""

    def __init__(self) -> None:
        self._known: dict[str, int] = {}

    def __call__(self, f: Figure) -> str:
        unit = f.base_unit or f.unit
        if f.base is None or (f.unit and not f.base_unit):
            unit = {"%": "%", "‰": "%", "成": "%"}.get(f.unit, f.unit)
        if unit in _PERSONS:
            unit = "人"
        return chr(FAMILY + self._known.setdefault(unit, len(self._known)))


def kind(f: Figure, head: str) -> str:
    """The kind of a figure; head: the words of its clause before it."""
    if f.unit == "比":
        return RATIO
    if f.number is None or f.high is not None or f.role == "limit":
        return OTHER
    if f.unit in ("%", "‰", "成"):
        return MOVED if f.role == "change" else SHARE
    if f.unit.endswith("百分点"):
        return POINTS
    if f.unit == "倍":
        return TIMES
    if f.role == "target":
        return TARGET
    if f.role == "change":
        return CHANGE
    if "/" in f.base_unit or _AVERAGE.search(head):
        return AVERAGE
    return ACTUAL


def tag(text: str, start: int, end: int, figures: Sequence[Figure], families: Families) -> Tagged:
    """document text[start:end] as tokens. figures: those inside the stretch, in order."""
    folded = fold(text[start:end])
    out: list[str] = []
    at: list[int] = []
    places = [folded.at[k] + start for k in range(len(folded.text))]
    k = 0
    for f in figures:
        while k < len(places) and places[k] < f.start:
            out.append(folded.text[k])
            at.append(places[k])
            k += 1
        head = re.split("[，；。：]", folded.text[max(0, k - 24):k])[-1]
        out.append(kind(f, head) + families(f) + chr(INDEX + f.index))
        at += [f.start, f.start, f.start]
        while k < len(places) and places[k] < f.end:
            k += 1
    out.append(folded.text[k:])
    at += places[k:]
    tagged = Tagged("".join(out), tuple(at))
    for m in _TITLE.finditer(tagged.text):
        if not any("\ue000" <= c <= "\uf8ff" for c in m[0]):
            tagged = replace(tagged, text=tagged.text[:m.start() + 1] + TITLE * (len(m[0]) - 2) + tagged.text[m.end() - 1:])
    return tagged


_WORDS_BEFORE = re.compile(r"[^，；。：！？、（）,;:!?\ue000-\uf8ff\U00100000-\U0010fffd]*$")
_WORDS_AFTER = re.compile(r"[^，；。：！？、（）,;:!?\ue000-\uf8ff\U00100000-\U0010fffd]*")


def labels(tagged: Tagged) -> dict[int, Label]:
    """The label of each figure in a tagged text."""
    out: dict[int, Label] = {}
    for m in re.finditer("[\U00100000-\U0010fffd]", tagged.text):
        begin = m.start() - 2
        head = _WORDS_BEFORE.search(tagged.text, max(0, begin - 40), begin)
        tail = _WORDS_AFTER.match(tagged.text, m.end(), m.end() + 24)
        out[ord(m[0]) - INDEX] = Label(head[0] if head else "", tail[0] if tail else "")
    return out
