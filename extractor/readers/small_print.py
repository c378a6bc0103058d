"""Small print set high in a picture's lines: exponents and the numbers of notes. A recogniser reads them as digits of their line
(1860³公里 as 18603公里); what is left of a line without them says which of its characters they are."""

from __future__ import annotations

from collections.abc import Callable
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np

from extractor.readers.parts import is_han, median
from patterns import expressions as re

Box = tuple[float, float, float, float]
_LOW, _HIGH = 0.34, 0.92  # of the height of a line's characters: marks are no lower (quotes are) and no higher
_LIFT = 0.22  # the same: how far above its foot a mark stands at least
_DIGIT = 0.62  # the same: a digit that is no higher than this is small print wherever it stands
_UNSURE = 0.5  # the confidence of a number of which it stays open whether a mark is part of it
_SMALL = re.compile(r"[0-9²³¹\[\]〔〕()（）【】,，*'’°\-]+")
_UNIT = re.compile(r"(?<![A-Za-z])[kcd]?m$")


class _Mark(NamedTuple):
    """A small piece of print set high, in pixels of its line's picture."""

    x0: int
    top: int
    x1: int
    bottom: int
    high: bool = False  # whether it stands above the foot of its line


def tell_marks(grey: Any, dark: Any, text: str, sure: list[float], boxes: list[Box],
               read: Callable[[Any], str]) -> tuple[str, list[float], list[Box], list[str]]:
    """A recognised line with the boxes of its raised characters as high as their ink, and the words beside which a mark stays unclear.

    grey, dark: the page and its ink (rules taken off) in pixels; read recognises the picture of one line.
    """
    digits = [k for k, c in enumerate(text) if c.isascii() and c.isalnum()]
    if not digits:
        return text, sure, boxes, []
    high = boxes[0][3] - boxes[0][1]
    left, top = max(0, round(boxes[0][0] - 0.6 * high)), max(0, round(min(b[1] for b in boxes) - 0.15 * high))
    right, bottom = round(boxes[-1][2] + 0.6 * high), round(max(b[3] for b in boxes) + 0.15 * high)
    ink = dark[top:bottom, left:right] > 0
    words = [(b[0] + b[2]) / 2 - left for c, b in zip(text, boxes, strict=True) if is_han(c)]
    em = median(b - a for a, b in pairwise(words)) if len(words) > 3 else 0.8 * high
    marks = [m for m in _raised(ink) if not any(abs((m.x0 + m.x1) / 2 - x) < 0.3 * em for x in words)]
    doubts: list[str] = []
    for mark in marks:
        middle = (mark.x0 + mark.x1) / 2 + left
        near = [k for k, b in enumerate(boxes) if b[0] - 0.9 * em < middle < b[2] + 0.9 * em]
        if not any(k in digits for k in near):
            continue
        picture = grey[top:bottom, left:right].copy()
        picture[max(0, mark.top - 1):mark.bottom + 2, max(0, mark.x0 - 1):mark.x1 + 2] = 255
        rest = read(picture)
        gone, other = _gone(text, rest, near)
        box = (float(mark.x0 + left), float(mark.top + top), float(mark.x1 + left), float(mark.bottom + top))
        small = bool(gone) and _SMALL.fullmatch("".join(text[k] for k in gone)) is not None
        if small and not other and mark.high:
            each = (box[2] - box[0]) / len(gone)
            boxes = [(box[0] + gone.index(k) * each, box[1], box[0] + (gone.index(k) + 1) * each, box[3]) if k in gone else b for k, b in enumerate(boxes)]
        elif not gone and not other and mark.high:
            at = max((k for k, b in enumerate(boxes) if (b[0] + b[2]) / 2 < middle), default=-1) + 1
            if not _UNIT.search(text[:at]):
                continue  # a note's mark that was passed over
            power = _alone(grey[max(0, mark.top + top - 2):mark.bottom + top + 3, max(0, mark.x0 + left - 4):mark.x1 + left + 5], read)
            if power:
                text, sure, boxes = text[:at] + power + text[at:], [*sure[:at], _UNSURE + 0.3, *sure[at:]], [*boxes[:at], box, *boxes[at:]]
                digits = [k for k, c in enumerate(text) if c.isascii() and c.isalnum()]
            else:
                sure = _doubted(text, sure, at, doubts)
        elif small and (text[min(gone) - 1:min(gone)].isdigit() or (mark.high and _UNIT.search(text[:min(gone)]))):
            sure = _doubted(text, sure, max(gone) + 1, doubts)
    return text, sure, boxes, doubts


def _raised(ink: Any) -> list[_Mark]:
    """The pieces of print of a line's picture that stand apart, are smaller than its characters and stand higher, or are small as no digit
    of it is; neighbours as one."""
    pieces = _pieces(ink)
    tall = [p for p in pieces if p.bottom - p.top >= 0.55 * max(q.bottom - q.top for q in pieces)]
    if len(tall) < 2:
        return []
    height = median(p.bottom - p.top + 1 for p in tall)
    foot, head = median(p.bottom for p in tall), median(p.top for p in tall)
    out: list[_Mark] = []
    before = None
    for p in pieces:
        size = p.bottom - p.top + 1
        high = size <= _HIGH * height and foot - p.bottom >= _LIFT * height and p.top <= head + 0.2 * height
        if _LOW * height <= size and (high or size <= _DIGIT * height) and p.x1 - p.x0 < 0.75 * height:
            if before is not None and before.high == high and p.x0 - before.x1 < 0.3 * height:
                out[-1] = _Mark(before.x0, min(before.top, p.top), p.x1, max(before.bottom, p.bottom), high)
            else:
                out.append(p._replace(high=high))
            before = out[-1]
        else:
            before = None
    return out


def _pieces(ink: Any) -> list[_Mark]:
    """The stretches of inked columns, each as high as its ink."""
    full = np.flatnonzero(np.diff(np.concatenate(([False], ink.any(axis=0), [False])).astype(np.int8)))
    out = []
    for x0, x1 in zip(full[::2], full[1::2], strict=True):
        rows = np.flatnonzero(ink[:, x0:x1].any(axis=1))
        if ink[:, x0:x1].sum() >= 8:
            out.append(_Mark(int(x0), int(rows[0]), int(x1) - 1, int(rows[-1])))
    return out


def _gone(text: str, rest: str, near: list[int]) -> tuple[list[int], bool]:
    """The characters near a mark that are not read without it, and whether others are read in their stead."""
    gone, other = [], False
    for what, a0, a1, b0, b1 in SequenceMatcher(None, text, rest, autojunk=False).get_opcodes():
        if what != "equal" and (any(k in near for k in range(a0, a1)) or (a0 == a1 and a0 in near)):
            gone += [k for k in range(a0, a1) if k in near]
            other = other or bool(rest[b0:b1].strip(" ，,。.、"))
    while gone and text[gone[-1]] in "，,。.、":  # a stop beside the gap is easily lost
        gone.pop()
    while gone and text[gone[0]] in "，,。.、":
        gone.pop(0)
    return gone, other


def _alone(picture: Any, read: Callable[[Any], str]) -> str:
    """The power of ten or of a length that a mark by itself is."""
    found = read(picture).strip().translate(str.maketrans("²³", "23")) if picture.size else ""
    return found if found in ("2", "3") else ""


def _doubted(text: str, sure: list[float], at: int, doubts: list[str]) -> list[float]:
    """Confidence with the number that ends before a place in doubt; its words are put down."""
    start = at
    while start and (text[start - 1].isascii() or text[start - 1] in "²³万亿"):
        start -= 1
    doubts.append(text[start:at + 2].strip())
    return [min(s, _UNSURE) if start <= k < at else s for k, s in enumerate(sure)]
