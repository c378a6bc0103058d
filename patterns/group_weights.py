"""Weights that a heading prints for the indicators below it: 一、组织领导（20分，每项4分）, 前三个观测点每个3分，末一个1分.

>>> found = read("五、创新与评价（前三个观测点每个3分，末一个1分，共10分）")
>>> str(found.total.value), [str(w.value) for w in found.of(4)]
('10', ['3', '3', '3', '1'])
>>> read("一、组织领导（20分，每项4分）").of(4) is None
True
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from patterns import expressions as re
from patterns.numerals import integer
from patterns.scores import Printed, weight_in

_N = r"(?P<{0}>\d{{1,3}}(?:\.\d{{1,2}})?)\s*分"
_ITEM = r"(?:个|项|条|点|款|题|小项|指标|内容|要点|观测点|考核点|事项|分项|子项|三级指标|二级指标|评价点|检查点|评分点|得分点)"
_COUNT = r"(?P<{0}>[一二两三四五六七八九十]|\d{{1,2}})"
_GIVES = r"\s*(?:各|均|各计|均计|各占|各为|均为|计|为|占|是|满分|分值|最高|最多|不超过)?[：:]?\s*"
_RUN = re.compile(
    rf"前{_COUNT.format('first')}{_ITEM}{{1,2}}[^，,；;）)\d]{{0,6}}?(?:每{_ITEM}{{1,2}})?{_GIVES}{_N.format('a')}"
    rf"|(?:末|后|最后){_COUNT.format('last')}{_ITEM}{{1,2}}[^，,；;）)\d]{{0,6}}?(?:每{_ITEM}{{1,2}})?{_GIVES}{_N.format('b')}"
    rf"|第{_COUNT.format('nth')}{_ITEM}{{1,2}}{_GIVES}{_N.format('c')}"
    rf"|(?:其余|其他|其它|余下)[^，,；;）)\d]{{0,8}}?{_GIVES}{_N.format('d')}"
    rf"|(?:每(?:一|1)?{_ITEM}{{1,3}}|(?<![\u4e00-\u9fff])(?:各|均)|各{_ITEM}{{1,2}}|每{{1}}(?:小项|指标)){_GIVES}{_N.format('e')}")
_TOTAL = re.compile(r"(?:共计?|合计|总计|小计|计|满分|总分)\s*[：:]?\s*(?P<n>\d{1,3}(?:\.\d{1,2})?)\s*分|[（(\[【]\s*(?P<m>\d{1,3}(?:\.\d{1,2})?)\s*分?\s*[，,；;、/）)\]】]")


@dataclass(frozen=True, slots=True)
class GroupWeights:
    """What a heading says: the weight of the whole group, and shares: which of its indicators have which weight."""

    total: Printed | None
    shares: tuple[tuple[Literal["first", "last", "nth", "rest", "each"], int, Printed], ...]

    def of(self, n: int) -> list[Printed] | None:
        """The weight of each of n indicators; None where the heading does not say them all, or they do not make up its total."""
        out: list[Printed | None] = [None] * n
        for kind, count, weight in self.shares:
            places = {"first": range(count), "last": range(n - count, n), "nth": range(count - 1, count), "rest": range(n), "each": range(n)}[kind]
            if any(not 0 <= k < n for k in places):
                return None
            for k in places:
                if out[k] is None:
                    out[k] = weight
        found = [w for w in out if w is not None]
        if len(found) != n or (self.total is not None and sum((w.value for w in found), Decimal(0)) != self.total.value):
            return None
        return found


def read(heading: str) -> GroupWeights:
    """The weights that a heading prints."""
    shares = []
    taken: list[tuple[int, int]] = []
    order: dict[str, tuple[Literal["first", "last", "nth", "rest", "each"], str]] = {
        "a": ("first", "first"), "b": ("last", "last"), "c": ("nth", "nth"), "d": ("rest", ""), "e": ("each", "")}
    for m in _RUN.finditer(heading):
        key = next(k for k in order if m[k] is not None)
        kind, group = order[key]
        shares.append((kind, _count(m[group]) if group else 0, Printed(Decimal(m[key]), m.start(key), m.end(key))))
        taken.append(m.span())
    shares.sort(key=lambda s: ["nth", "first", "last", "each", "rest"].index(s[0]))
    total = next((Printed(Decimal(m["n"] or m["m"]), m.start("n" if m["n"] else "m"), m.end("n" if m["n"] else "m")) for m in _TOTAL.finditer(heading)
                  if not any(a <= m.start("n" if m["n"] else "m") < b for a, b in taken)), None)
    return GroupWeights(total or (None if shares else weight_in(heading)), tuple(shares))


def _count(words: str) -> int:
    return int(words) if words.isdigit() else integer(words.replace("两", "二")) or 0
