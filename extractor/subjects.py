"""Subjects: the noun phrase that a figure counts."""

from __future__ import annotations

import re

from extractor.meaning import Clause, Link, clause_of
from patterns.quantity import Quantity


def subjects(text: str, parts: list[Clause], found: list[Quantity], links: list[Link], heading: str) -> list[str]:
    """The subject of each figure of a folded sentence; the heading's words where the sentence names none."""
    out = []
    for k, q in enumerate(found):
        c = parts[clause_of(parts, q.start)]
        start = max(c.start, found[k - 1].end if k else 0)
        head = re.sub(r"^[、和及与其中：:,，]+|[为共达有约]+$", "", text[start:q.start])
        tail = re.match(r"[\u4e00-\u9fff]{0,12}", text[q.end:c.end])
        out.append(head or (tail[0] if tail else "") or heading)
    return out
