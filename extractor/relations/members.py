"""Divisions that name their members first and tell each of them after: 318家，分为生猪、家禽、牛羊三类。生猪类196家；家禽类74家；牛羊类48家."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from extractor.relations.model import Relation
from extractor.relations.names import Names
from extractor.relations.tagged import ACTUAL
from extractor.report import Figure
from patterns import expressions as re

_LISTED = re.compile(
    r"[^。；：\n]{0,24}?(?:分为|分成|构成为|包括|包含|涉及|涵盖|[由含即分])(?P<names>[^，。；：（）、\d]{2,16}(?:、[^，。；：（）、\d]{2,16})*?(?:、|和|与|及|以及)[^，。；：（）、\d]{2,16}?)"
    r"(?:[一二两三四五六七八九十\d]{1,3}个?大?(?:类别|类型|部分|类|种|块|级|档|层次|方面|板块|领域|片区|环节|口径))?(?:构成|组成)?(?=[，。；])")
_FAR = 3  # sentences behind the names in which each is told


def members(names: Names, kinds: Mapping[int, str], text: str, figures: Sequence[Figure], found: Sequence[Relation]) -> Iterator[Relation]:
    """The total that is divided among names, with the one figure that is told of each of them behind it.

    figures: those of a paragraph, in order; kinds: of each (extractor.relations.tagged); found: what was read of them so far.
    """
    divided = {r.total for r in found if r.type == "parts" and r.closed}
    for total in figures:
        if total.index in divided or kinds.get(total.index) != ACTUAL:
            continue
        listing = _LISTED.match(text, total.end)
        if listing is None or "等" in listing["names"]:
            continue
        told = [f for f in figures if f.start >= listing.end("names") and f.sentence - total.sentence <= _FAR and names.family[f.index] == names.family[total.index]
                and kinds.get(f.index) == ACTUAL]
        parts = _each_told(re.split("、|和|与|及|以及", listing["names"]), told, text)
        if parts is not None:
            yield Relation("parts", total.start, max(f.end for f in parts), "members", closed=True, total=total.index, parts=tuple(f.index for f in parts))


def _each_told(words: Sequence[str], told: Sequence[Figure], text: str) -> list[Figure] | None:
    """The figure of each name, which stands between it and the figure before; None where one has none or two share one."""
    if len(words) < 2 or any(len(w) < 2 for w in words) or len(told) < len(words):
        return None
    led = {f.index: text[(told[k - 1].end if k else text.rfind("。", 0, f.start) + 1):f.start] for k, f in enumerate(told)}
    out = []
    for w in words:
        mine = [f for f in told if w in led[f.index]]
        if not mine or any(other in led[mine[0].index] for other in words if other != w and other not in w and w not in other):
            return None
        out.append(mine[0])
    return out if len({f.index for f in out}) == len(out) and [f.index for f in out] == sorted(f.index for f in out) else None
