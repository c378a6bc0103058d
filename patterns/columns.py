"""What the header of a score table's column says it holds: 自评得分 is the claimed score, 评分细则 the rule.

The words are columns.tsv, one way of saying it a line:

role      what the column holds (Role)
weight    how sure the words are: 4 and 3 say it, 2 most likely, 1 maybe; 0 is how titles of that kind end, read where nothing else is
          known of the words; a column's cells decide between what is left
pattern   a regular expression, looked for in the header with its white space and its last bracket taken off; the group
          `rank` of a level is its number (二级指标)
examples  headers that the role must be read from, and be the best reading of
not       headers that the line must not match

A test reads every example.
"""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal, NamedTuple, get_args

from patterns import expressions as re
from patterns.places import files

Role = Literal["serial", "level", "weight", "rule", "lead", "claimed", "checked", "basis", "target", "revised", "actual", "reason", "evidence",
               "sign", "unit", "budget", "adjusted", "executed", "rate"]
ROLES: tuple[Role, ...] = get_args(Role)
LONGEST = 24  # characters of a header; what is longer is no header
_SPACE = re.compile(r"\s+")
_YEAR = re.compile(r"^(?P<year>(?:19|20)\d\d)年?度?|^(?:本年度?|今年|当年|本期|本次|报告期)(?=[\u4e00-\u9fff]{2})")
_MARKS = re.compile(r"[*＊※#:：①-⑳△▲☆★]+$|(?<=[\u4e00-\u9fff]{2})栏$")
_QUALIFIER = re.compile(r"^(?:各项?|分项|具体|主要|相关|有关|本(?:区|县|市|镇|乡|街道?|单位)|我(?:区|县|市|镇|乡|局)|全(?:区|县|市|年)|年度|绩效|考核|工作|指标|任务|项目|"
                        r"被?考核(?:单位|对象))(?=[\u4e00-\u9fff]{2})")
_EARLIER = re.compile(r"上年|去年|上一年|往年|前年|同期|基期")
_BRACKET = re.compile(r"[（([{〔【<][^（()）]*[）)\]}〕】>]$")
_VALUES = re.compile(r"^[^及和与、]+[值数量]$")
_DONE = re.compile(r"(?:全年|年度|年末)?(?:实际|完成|达到|实现)")
_RANK = {"一": 1, "二": 2, "三": 3, "四": 4}


class Sense(NamedTuple):
    """One reading of a header. rank: of a level whose number is said (二级指标: 2), else 0."""

    weight: int
    rank: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """A line of columns.tsv."""

    role: Role
    weight: int
    pattern: re.Pattern[str]
    examples: tuple[str, ...]
    never: tuple[str, ...]


@cache
def lines() -> tuple[Line, ...]:
    """The lines of columns.tsv."""
    out = []
    with files("patterns").joinpath("columns.tsv").open(encoding="utf8") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            if row["role"] not in ROLES:
                raise ValueError(f"columns.tsv: no role {row['role']}")
            out.append(Line(row["role"], int(row["weight"]), re.compile(row["pattern"]), _listed(row["examples"]), _listed(row["not"] or "")))
    return tuple(out)


def _listed(text: str) -> tuple[str, ...]:
    return tuple(w.strip() for w in text.split(";") if w.strip())


def plain(header: str) -> str:
    """A header in compatibility characters, without white space; brackets stay full width."""
    words = _SPACE.sub("", unicodedata.normalize("NFKC", _MARKS.sub("", header.strip())))
    return _MARKS.sub("", words).replace("(", "（").replace(")", "）")


@lru_cache(maxsize=2000)
def senses(header: str) -> Mapping[Role, Sense]:
    """Every role that a header's words may name, with the best sense of each; empty for words of no column.

    >>> senses("二级指标及分值")["level"]
    Sense(weight=3, rank=2)
    """
    words = plain(header)
    if not words or len(words) > LONGEST:
        return {}
    found = _senses(words)
    while not found and (shorter := _QUALIFIER.sub("", words)) != words:
        words, found = shorter, _senses(shorter)  # 各项目标, 年度考核得分: what qualifies a title changes nothing
    return found


def _senses(words: str) -> dict[Role, Sense]:
    words = _YEAR.sub("", words) or words
    bare = _BRACKET.sub("", words) or words
    out: dict[Role, Sense] = {}
    for line in (x for x in lines() if x.weight):
        m = line.pattern.search(bare) or (line.pattern.search(words) if words != bare else None)
        if m is None:
            continue
        found = Sense(line.weight, _RANK.get(m.groupdict().get("rank") or "", 0))
        if line.role not in out or found > out[line.role]:
            out[line.role] = found
    if "checked" in out and "claimed" in out and "自" in words:
        del out["checked"]  # 县级自评分
    if out.keys() & {"target", "actual"} and _VALUES.search(bare):
        out.pop("level", None)  # 绩效目标值: of an indicator, and none
    if {"target", "actual"} <= out.keys() and _DONE.match(bare):
        del out["target"]  # 实际完成指标值
    if "evidence" in out and out.keys() & {"basis", "actual", "reason"}:
        del out["evidence"]  # 佐证材料及完成情况: what was done, with what shows it
    if words != bare and "weight" in out and "claimed" in out and not any(x.role == "weight" and x.pattern.search(bare) for x in lines()):
        del out["weight"]  # 得分（满分10分）: the bracket says what the score is of
    return out


@cache
def endings(header: str) -> Mapping[Role, Sense]:
    """The roles that a header of unknown words may have by how it ends (落实举措); empty where `senses` knows it.

    >>> senses("落实举措"), list(endings("落实举措"))
    ({}, ['basis'])
    """
    words = _BRACKET.sub("", plain(header))
    if not words or len(words) > LONGEST or senses(header):
        return {}
    return {line.role: Sense(0) for line in lines() if not line.weight and line.pattern.search(words)}


def earlier(headers: Sequence[str]) -> frozenset[str]:
    """Those of a table's headers that speak of a year before its own (2022年实绩 beside 2023年目标, 上年完成值): what was done then is no result."""
    years = {h: int(m["year"]) for h in headers if (m := _YEAR.match(plain(h))) and m["year"]}
    latest = max(years.values(), default=0)
    return frozenset(h for h in headers if _EARLIER.search(h) or years.get(h, latest) < latest)


def best(header: str) -> Role | None:
    """The role that a header's words name by themselves, None for words of no column."""
    found = senses(header)
    return max(found, key=lambda role: found[role].weight, default=None)
