"""Bounds of a figure, before it (不低于, 超过, 约 …) and after it (以上, 以内, 左右 …), in folded text. The words are bounds.tsv.

以上 and 以下 include the number itself, as the Civil Code (art. 1259) has it; 不足, 低于, 超过 exclude it.

bound     >= > <= < or ~
side      before or after the figure
words     what gives the bound, a pattern; of those on one side the first that fits decides
example   a phrase whose figure ⟦…⟧ has it; unlike: one whose figure has not. Tests run both.
"""

from __future__ import annotations

from functools import cache
from typing import Literal, NamedTuple

from patterns import expressions as re
from patterns.places import files

Bound = Literal["", ">=", ">", "<=", "<", "~"]

_WINDOW = 8


class Line(NamedTuple):
    """A line of bounds.tsv."""

    bound: Bound
    side: str
    words: str
    example: str
    unlike: str


@cache
def lines() -> tuple[Line, ...]:
    """Every line of the list, in order."""
    read = (files("patterns") / "bounds.tsv").read_text(encoding="utf8").splitlines()[1:]
    return tuple(Line(*line.split("\t")) for line in read)  # type: ignore[arg-type]


@cache
def _side(side: str) -> tuple[re.Pattern[str], tuple[Bound, ...]]:
    """One pattern for a side, and the bound that each of its groups gives."""
    chosen = [line for line in lines() if line.side == side]
    words = "|".join(f"({line.words})" for line in chosen)
    verb = "(?:了|到|为|达到|达|有|在|占|需|是|合|计)?$" if side == "before" else ""
    return re.compile(f"(?:{words}){verb}"), tuple(line.bound for line in chosen)


def bound(text: str, start: int, end: int, about: bool) -> Bound:
    """The bound of the figure text[start:end]. about: 余 or 多 stands inside it."""
    pattern, gives = _side("after")
    m = pattern.match(text, end)
    if m is None:
        pattern, gives = _side("before")
        m = pattern.search(text[max(0, start - _WINDOW):start])
    if m is not None and m.lastindex is not None:
        return gives[m.lastindex - 1]
    return "~" if about else ""
