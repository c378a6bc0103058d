"""One quantity told more than once: figures of one subject, scope, period and measure.

Two readings tie figures together. The words do: both say the same name of the same thing, whatever the values are; that can convict.
Or the value does: an uncommon number that comes back with words of the same thing is the same quantity; that can only back a claim.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from extractor.relations.model import Relation
from extractor.relations.tagged import Label
from extractor.report import Figure

_EMPTY = re.compile(
    "(?:19|20)\\d\\d年度?|全年|年内|当年|本年|截至?止?|目前|[年月]底|年末|全[区县市镇乡省国部]|[我本][区县市镇乡省局办]|区内|县内|辖区|"
    "共有?|总计|合计|累计|已有?|现有|分别|均|都|为|是|有|达到?|约|近|的|了|其中|对|于|在|将|把|向|由|从|和|与|及|等|完成|实际|〓|[“”\\d.]")
_PAST = re.compile("上年|去年|同期|前年|上一年")


def same(figures: Sequence[Figure], labels: dict[int, Label], family: dict[int, str]) -> Iterator[Relation]:
    """The groups of figures that tell one quantity."""
    words = {k: _EMPTY.sub("", label.head) + "|" + _EMPTY.sub("", label.tail) for k, label in labels.items()}
    by_value: dict[tuple[str, Decimal], list[int]] = defaultdict(list)
    for f in figures:
        if f.number is not None and f.high is None and f.role in ("actual", "change") and f.index in labels:
            value = f.base if f.base is not None and f.unit not in ("%", "‰") else f.number
            by_value[family[f.index], value].append(f.index)
    for (_, value), group in by_value.items():
        if len(group) > 1:
            yield from _groups(figures, words, value, group)


def _groups(figures: Sequence[Figure], words: dict[int, str], value: Decimal, group: list[int]) -> Iterator[Relation]:
    """Of figures of one value, those that share words enough for a number so common."""
    need = _need(figures[group[0]])
    if need is None:
        return
    sets: list[list[int]] = []
    for k in group:
        home = next((s for s in sets if any(_shared(words[j], words[k]) >= need and figures[j].role == figures[k].role for j in s)), None)
        if home is None:
            sets.append([k])
        else:
            home.append(k)
    for s in sets:
        if len(s) > 1:
            yield Relation("same", figures[s[0]].start, figures[s[0]].end, "value", said=False, members=tuple(s))


def _need(f: Figure) -> int | None:
    """How many characters in a row two figures of this value must share."""
    digits = len(str(f.number).replace(".", "").strip("0-"))
    if f.unit in ("%", "‰") and f.number in (0, 100, 50):
        return None
    return 4 if digits <= 1 else 3 if digits == 2 else 2


def _shared(a: str, b: str) -> int:
    """The length of the longest stretch that two labels share."""
    best = 0
    for i in range(len(a)):
        while i + best < len(a) and "|" not in a[i:i + best + 1] and a[i:i + best + 1] in b:
            best += 1
    return best
