"""Whether a numeral with a unit counts anything: ordinals, codes, names, idioms and the indefinite 一 count nothing.

judgement.tsv holds the rules, one a line; the first that fits decides. What no rule tells apart is in set_phrases.tsv.

reason    why it counts nothing (ordinal, code …), or `counts`
unit      of which units the line speaks, between |: a unit, a dimension, `time` for every one of time, -… for all but a dimension, * for all
numeral   what the number must be, all of: arabic, chinese, range, one (an 一 that stands for no range), zero, 二 (written so), no-两, digits
          (一零六), short (three characters with its unit at most), fraction, unscaled (no 万), 19xx (a year's digits), >N, <=N, N N N (one of them),
          echo (一 stands twice, one beside the other)
before, not_before   what stands before it, and what must not;  after, not_after: likewise behind it
example   a phrase in which it counts nothing (of `counts`: something); unlike: one in which it does. Tests run both.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from patterns import expressions as re
from patterns.places import files


class Candidate(NamedTuple):
    """A numeral and its unit in folded text[start:end], as patterns.quantity found it."""

    start: int
    end: int
    number: Decimal | None
    ranged: bool
    unit: str
    dimension: str
    chinese: bool


class Line(NamedTuple):
    """A line of judgement.tsv, its patterns compiled (None where it leaves them open)."""

    reason: str
    units: frozenset[str]
    but: frozenset[str]
    numeral: tuple[Callable[[str, Candidate], bool], ...]
    before: re.Pattern[str] | None
    not_before: re.Pattern[str] | None
    after: re.Pattern[str] | None
    not_after: re.Pattern[str] | None
    example: str
    unlike: str


_WINDOW = 24
_DIGITS = frozenset("零〇一二三四五六七八九")
_PAIR = re.compile(r"一[\u4e00-\u9fff]{1,3}?[、，]?一[\u4e00-\u9fff]")
_PAIRED_BEFORE = re.compile(r"(?<![十百千零唯统前上])一(?![等级类期])[\u4e00-\u9fff]{1,3}[、，]?$")


@cache
def lines() -> tuple[Line, ...]:
    """Every rule, in the order in which they are tried."""
    out = []
    for line in (files("patterns") / "judgement.tsv").read_text(encoding="utf8").splitlines()[1:]:
        reason, unit, numeral, *words, example, unlike = line.split("\t")
        names = unit.split(" ") if unit.startswith("-") else unit.split("|")
        before, not_before, after, not_after = (re.compile(w) if w else None for w in words)
        out.append(Line(reason, frozenset(n for n in names if n[0] != "-"), frozenset(n[1:] for n in names if n[0] == "-"), _conditions(numeral),
                        before, not_before, after, not_after, example, unlike))
    return tuple(out)


def _conditions(numeral: str) -> tuple[Callable[[str, Candidate], bool], ...]:
    """The conditions of a line's numeral as functions; several plain numbers are one."""
    words = numeral.split()
    if words and all(w.isdigit() for w in words):
        numbers = {Decimal(w) for w in words}
        return (lambda text, c: c.number in numbers,)
    return tuple(map(_condition, words))


def _condition(word: str) -> Callable[[str, Candidate], bool]:
    if word[0] == ">":
        return lambda text, c: c.number is not None and c.number > int(word[1:])
    if word.startswith("<="):
        return lambda text, c: c.number is not None and c.number <= int(word[2:])
    return _NUMERALS[word]


@cache
def _of(unit: str, dimension: str) -> tuple[Line, ...]:
    """The rules that speak of a unit."""
    names = {"*", unit, dimension} | ({"time"} if dimension.startswith("time") else set())
    return tuple(line for line in lines() if (line.units & names if line.units else not line.but & names))


def counts_nothing(text: str, c: Candidate) -> str:
    """Why a candidate counts nothing ("ordinal", "code" …), "" where it counts."""
    before, after = text[max(0, c.start - _WINDOW):c.start], text[c.end:c.end + _WINDOW]
    for line in _of(c.unit, c.dimension):
        if (all(holds(text, c) for holds in line.numeral)
                and (line.before is None or line.before.search(before)) and not (line.not_before and line.not_before.search(before))
                and (line.after is None or line.after.match(after)) and not (line.not_after and line.not_after.match(after))):
            return "" if line.reason == "counts" else line.reason
    return ""


def _echoed(text: str, c: Candidate) -> bool:
    """一企一档 and 复工一处、验收一处: 一 with a word twice, side by side, or with the same counting word in two clauses side by side."""
    before, after = text[max(0, c.start - _WINDOW):c.start], text[c.end:c.end + _WINDOW]
    if _PAIR.match(text, c.start) or _PAIRED_BEFORE.search(before):
        return True
    word = f"一{c.unit}"
    at = after.find(word)
    if 1 < at < 6 and after[0] in "、，" and all("\u4e00" <= x <= "\u9fff" for x in after[1:at]):
        return True
    at = before.rfind(word)
    gap = before[at + len(word):]
    return at >= 0 and 1 < len(gap) < 6 and gap[0] in "、，" and all("\u4e00" <= x <= "\u9fff" for x in gap[1:])


_NUMERALS: dict[str, Callable[[str, Candidate], bool]] = {
    "arabic": lambda text, c: not c.chinese,
    "chinese": lambda text, c: c.chinese,
    "range": lambda text, c: c.ranged,
    "one": lambda text, c: c.chinese and c.number == 1,
    "zero": lambda text, c: c.number == 0,
    "二": lambda text, c: c.chinese and c.number == 2 and text[c.start] == "二",
    "no-两": lambda text, c: text[c.start] != "两",
    "digits": lambda text, c: c.end - c.start > 3 and _DIGITS.issuperset(text[c.start:c.start + 3]),
    "short": lambda text, c: c.end - c.start < 4,
    "fraction": lambda text, c: c.number is not None and c.number != c.number.to_integral_value(),
    "unscaled": lambda text, c: c.unit[0] not in "万亿",
    "19xx": lambda text, c: re.fullmatch(r"(?:19|20)\d\d", text[c.start:c.end - 1]) is not None,
    "echo": _echoed,
}
