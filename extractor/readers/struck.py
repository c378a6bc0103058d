"""Words that are struck out on a page: a short level rule drawn through the middle of the letters, from the first of them to the last.

A table's rule runs past the letters, an underline below them.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise

from extractor.readers.ink import Glyph, PageInk, Rule

_BAND = 0.3, 0.68  # of a letter's box, from its top: where a line through it lies
_LOOSE = 0.6  # letters: how far a line's ends may stand off those of its words
_STEP = 8.0  # points


def without_struck(page: PageInk) -> None:
    """Take the letters that are struck out, and the lines through them, off a page of text."""
    flat = [r for r in page.rules if r.y0 == r.y1 and 2 < r.x1 - r.x0 < 0.9 * page.width]
    if not flat:
        return
    rows: dict[int, list[int]] = defaultdict(list)
    near_lines = {int(r.y0 // _STEP) + off for r in flat for off in (-1, 0, 1)}
    for k, g in enumerate(page.glyphs):
        level = int((g.top + g.bottom) / 2 // _STEP)
        if level in near_lines and g.place.sure >= 100 and not g.char.isspace():
            rows[level].append(k)
    gone: set[int] = set()
    lines: set[Rule] = set()
    for rule in flat:
        level = int(rule.y0 // _STEP)
        under = [k for near in (level - 1, level, level + 1) for k in rows.get(near, ()) if _runs_through(rule, page.glyphs[k])]
        if not under or not _fits(rule, sorted((page.glyphs[k] for k in under), key=lambda g: g.x0)):
            continue
        gone.update(under)
        lines.add(rule)
    if gone:
        page.glyphs = [g for k, g in enumerate(page.glyphs) if k not in gone]
        page.rules = [r for r in page.rules if r not in lines]


def _runs_through(rule: Rule, g: Glyph) -> bool:
    high = g.bottom - g.top
    return g.top + _BAND[0] * high <= rule.y0 <= g.top + _BAND[1] * high and rule.x0 <= g.x <= rule.x1


def _fits(rule: Rule, letters: list[Glyph]) -> bool:
    """Whether a line begins and ends with the letters that it runs through, and leaves none out."""
    wide = max(g.x1 - g.x0 for g in letters)
    if abs(letters[0].x0 - rule.x0) > _LOOSE * wide or abs(letters[-1].x1 - rule.x1) > _LOOSE * wide:
        return False
    return all(b.x0 - a.x1 < 1.5 * wide for a, b in pairwise(letters))
