"""What a score table that was only partly read seems to lack: gaps in its serial numbers, rows with scores that made no indicator."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from extractor.document import Document
from extractor.report import Row, Sum
from extractor.score_table.sums import Found
from patterns.scores import last_piece_is_score, points_given

_SHOWN = 12  # characters of a row that could not be read
_MOST = 20  # serial numbers listed
_RULES = 8  # words that give points which a report without a score table may hold


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


def outside(document: Document, start: int | None) -> tuple[str, ...]:
    """Paragraphs that look like rows of a score table which lost their grid: a rule that gives points, and a score at the end.

    start: where the annex begins; None where there is none, and then the words that give points are counted.
    """
    texts = [document.text[b.start:b.end].strip() for b in document.blocks if b.kind != "row" and (start is None or b.start >= start)]
    if start is None:
        many = sum(map(points_given, texts))
        return (f"{many}处计分文字",) if many >= _RULES else ()
    return tuple(t[:_SHOWN] + "…" for t in texts if points_given(t) and last_piece_is_score(t))[:_MOST]


def short_of(rows: Sequence[Row], total: Sum | None, full: Decimal | None) -> str | None:
    """The scores that a total holds beyond its rows, where they look like those of a row that was not read: weight and claim fall short
    together, the claim by no more than the weight.

    full: the full marks, where the total does not print its weight.
    """
    if total is None or total.claimed is None or any(r.weight is None or r.claimed is None for r in rows):
        return None
    most = total.weight if total.weight is not None else full
    if most is None:
        return None
    weight = most - sum((r.weight for r in rows if r.weight is not None), Decimal(0))
    claimed = total.claimed - sum((r.claimed for r in rows if r.claimed is not None), Decimal(0))
    if weight > 0 and 0 < claimed <= weight:
        return f"分值合计{format(weight.normalize(), 'f')}分、自评合计{format(claimed.normalize(), 'f')}分的行"
    return None
