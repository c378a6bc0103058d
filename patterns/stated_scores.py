"""Scores that running text states for a whole table: 自评得分99.3分, 基础分95.4分, 满分100分.

The words are stated_scores.tsv: kind (total, bonus, base, full, full_bonus), pattern ({score} stands for a number with 分), examples
with what must match, and not. What is a level (90分以上), a rate (得分率) or last year's is no total of this table.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any, Literal, NamedTuple, get_args

from patterns import expressions as re
from patterns.places import files

Kind = Literal["total", "bonus", "base", "full", "full_bonus"]
_SCORE = r"(?P<score>\d{1,4}(?:\.\d{1,3})?)\s*分(?![钟之项类布解成别为])"
_LEVEL = re.compile(r"\s*(?:（含）|\(含\)|含)?(?:以上|及以上|以下|及以下|以内|至|到|[-—～~])")
_EARLIER = re.compile(r"(?:上年|去年|上一年|往年|前年|上年度|上一年度|同期|全市平均|平均|市级|省级|复核|考核组|核定)[^，。；]{0,12}$")
_OWN = re.compile(r"自[评查我]|对照|评分表|附表|逐项|本表")  # whose score it is, where the words themselves do not say 自评
_REACH = 24  # characters before a score in which another year or another judge is named


@dataclass(frozen=True, slots=True)
class Line:
    """A line of stated_scores.tsv."""

    kind: Kind
    pattern: re.Pattern[str]
    examples: tuple[str, ...]
    never: tuple[str, ...]


class Stated(NamedTuple):
    """A score that a text states: text[start:end] are the words, number_start..number_end the number."""

    kind: Kind
    value: Decimal
    start: int
    end: int
    number_start: int
    number_end: int


@cache
def lines() -> tuple[Line, ...]:
    """The lines of stated_scores.tsv."""
    out = []
    with files("patterns").joinpath("stated_scores.tsv").open(encoding="utf8") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            if row["kind"] not in get_args(Kind):
                raise ValueError(f"stated_scores.tsv: no kind {row['kind']}")
            kind: Any = row["kind"]
            listed = [tuple(w.strip() for w in (row[key] or "").split(";") if w.strip()) for key in ("examples", "not")]
            out.append(Line(kind, re.compile(row["pattern"].replace("{score}", _SCORE)), *listed))
    return tuple(out)


def find(text: str, start: int = 0, end: int | None = None) -> Iterator[Stated]:
    """The scores stated in text[start:end], in the order of their kinds; of several readings of one number the first line's."""
    end = len(text) if end is None else end
    seen: set[tuple[Kind, int]] = set()
    for line in lines():
        for m in line.pattern.finditer(text, start, end):
            place = (line.kind, m.start("score"))
            if place in seen or _LEVEL.match(text, m.end()) or _EARLIER.search(text[max(start, m.start() - _REACH):m.start()]):
                continue
            if line.kind == "total" and "自" not in m[0] and not _OWN.search(text[max(start, text.rfind("。", start, m.start())):m.start()]):
                continue
            seen.add(place)
            yield Stated(line.kind, Decimal(m["score"]), m.start(), m.end(), m.start("score"), m.end("score"))
