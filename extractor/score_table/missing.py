"""What a score table that was only partly read seems to lack: gaps in its serial numbers, rows with scores that made no indicator."""

from __future__ import annotations

from itertools import pairwise

from extractor.score_table.rows import Found

_SHOWN = 12  # characters of a row that could not be read
_MOST = 20  # serial numbers listed


def missing(found: Found) -> tuple[str, ...]:
    """What is absent, a piece each: 序号7, 序号9至11, a row by its first words."""
    out: list[str] = []
    serials = [int(s) if s.isascii() and s.isdecimal() and len(s) <= 4 else None for s in found.serials]
    known = [s for s in serials if s is not None]
    if len(known) >= 3 and len(known) * 5 >= len(serials) * 4:
        steps = [(a, b) for a, b in pairwise([0, *known]) if b > a + 1]
        if len(steps) * 4 <= len(known):  # numbers that jump about are no serial numbers
            out += [f"序号{a + 1}" if b == a + 2 else f"序号{a + 1}至{b - 1}" for a, b in steps][:_MOST]
    out += [f.text[:_SHOWN] + ("…" if len(f.text) > _SHOWN else "") for f in found.unread]
    return tuple(out)
