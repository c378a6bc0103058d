"""A piece of a rule cut into segments: words up to a point phrase, or up to a comma."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from patterns.rules.draft import Span
from patterns.rules.points import Token
from patterns.rules.text import Piece

_LEAD = "，、；：。)(\n”且并但另和及"
_WHOLE_WORDS = ("及时", "及格", "和谐", "和解", "和美", "并网", "并购", "并联", "并轨")  # whose first character joins nothing


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a piece that ends with a point phrase or at a comma. cond: the end of its words (the start of the point phrase)."""

    start: int
    end: int
    token: Token | None
    bracket: bool
    colon: bool = False

    @property
    def cond(self) -> int:
        return self.token.start if self.token else self.end


def segments(text: str, depth: Sequence[int], piece: Piece, inside: Sequence[Token]) -> list[Segment]:
    """The segments of a piece, in order. depth: how deep each character of the text stands in brackets; inside: the piece's point phrases.

    A bracket that holds a point phrase is cut like the text around it; any other bracket stays with its words.
    """
    out: list[Segment] = []
    brackets = _with_points(text, piece, inside)
    edges = {a for a, _ in brackets} | {b for _, b in brackets}
    starts = {t.start: t for t in inside}

    def in_bracket(k: int) -> bool:
        return any(a < k < b for a, b in brackets)

    start = k = piece.start

    def close(end: int, token: Token | None, colon: bool = False) -> None:
        s = start
        while s < (token.start if token else end) and text[s] in _LEAD and text[s:s + 2] not in _WHOLE_WORDS:
            s += 1
        if token or text[s:end].strip(_LEAD):
            out.append(Segment(s, end, token, in_bracket(s), colon))

    while k < piece.end:
        token = starts.get(k)
        if token:
            close(token.end, token)
            start = k = token.end
            continue
        if k in edges or (text[k] in "，：；。" and (depth[k] == 0 or in_bracket(k))):
            close(k, None, text[k] == "：")
            start = k + 1
        k += 1
    close(piece.end, None)
    return out


def _with_points(text: str, piece: Piece, inside: Sequence[Token]) -> list[Span]:
    out: list[Span] = []
    opened: list[int] = []
    for k in range(piece.start, piece.end):
        if text[k] in "([":
            opened.append(k)
        elif text[k] in ")]" and opened:
            a = opened.pop()
            if any(a < t.start < k for t in inside):
                out.append((a, k))
    return out
