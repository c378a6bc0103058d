"""Shares dealt out in a sentence of their own: 乱堆412件、火情305件、其他93件。占比依次是50.9%、37.7%、11.5%; 街道占54.3%，镇占24.1%."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import groupby

from extractor.relations.model import Relation
from extractor.relations.tagged import ACTUAL, SHARE
from extractor.relations.values import SoFar, Told, comes_to

_FAR = 2  # sentences between the list and its shares


def dealt_shares(report: SoFar, told: Sequence[Told], known: Collection[int | None], totals: Mapping[int, int | None]) -> Iterator[Relation]:
    """The shares of a run, each of the figure at its place in the list before. Where all of them but one come out, that one is said to be a
    share of the same whole too. told: the figures of a paragraph; known: shares that were read; totals: of figures that are parts of another."""
    runs = [[*run] for _, run in groupby(told, key=lambda t: (t.kind, report.names.family[t.index], t.figure.sentence if t.kind == SHARE else 0))]
    for before, run in zip(runs, runs[1:], strict=False):
        n = len(run)
        if n < 2 or run[0].kind != SHARE or before[0].kind != ACTUAL or len(before) < n or all(t.index in known for t in run):
            continue
        for parts in dict.fromkeys((tuple(before[-n:]), tuple(before[:n]))):
            if run[0].figure.sentence - parts[-1].figure.sentence > _FAR:
                continue
            whole = _whole(report, told, parts, run, totals)
            if whole is not None:
                said = n > 2
                for part, share in zip(parts, run, strict=True):
                    yield Relation("ratio", part.figure.start, share.figure.end, "dealt-apart", said=said, part=part.index, whole=whole.index, percent=share.index)
                break


def _whole(report: SoFar, told: Sequence[Told], parts: Sequence[Told], shares: Sequence[Told], totals: Mapping[int, int | None]) -> Told | None:
    """The figure of which the parts are these shares: their total, or another before them."""
    names, mine, total = report.names, {t.index for t in parts}, sum((p.value for p in parts), Decimal(0))
    family = names.family[parts[0].index]

    def before(of: str, value: Decimal | None) -> list[Told]:
        return report.by_value.get((of, value), [])[::-1] if value is not None else []

    wanted = {k for t in parts if (k := totals.get(t.index)) is not None}
    named = [t for k in sorted(wanted) for t in (*told, *before(names.family[k], names.value(k))) if t.index == k]
    summed = [t for t in (*told, *before(family, total)) if t.kind == ACTUAL and t.value == total and names.family[t.index] == family]
    near = [t for t in told if t.kind == ACTUAL and t.index < parts[0].index and names.family[t.index] == family]
    best: tuple[int, Told] | None = None
    for whole in (*named, *summed, *near[::-1]):
        if whole.index in mine:
            continue
        fit = sum(comes_to(p.value, whole.value, s.figure) for p, s in zip(parts, shares, strict=True))
        if best is None or fit > best[0]:
            best = fit, whole
    return best[1] if best is not None and best[0] >= max(2, len(parts) - 1) else None
