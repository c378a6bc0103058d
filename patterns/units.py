"""Units of measurement, currencies and counting words: which there are, and what they are worth in their base unit.

The list is units.tsv: unit, dimension, factor (one unit in base units, a decimal or a fraction), base (empty: a bare ratio),
spellings (other ways to write it, between |), example (which a test runs). Factors of the legal units follow GB 3100/3101.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, localcontext
from functools import cache
from importlib.resources import files

SCALES = {"万亿": Decimal(10) ** 12, "百亿": Decimal(10) ** 10, "千亿": Decimal(10) ** 11, "亿": Decimal(10) ** 8, "千万": Decimal(10) ** 7,
          "百万": Decimal(10) ** 6, "十万": Decimal(10) ** 5, "万": Decimal(10) ** 4, "千": Decimal(10) ** 3, "百": Decimal(100)}
_DIVIDER = re.compile(r"\s?[/／]\s?|·|•|⋅|每")
# what a compound unit may be divided by without being a unit itself (吨/日, 元/月, 千克/人)
_DENOMINATORS = {"日": "天", "年": "年", "月": "月", "时": "小时", "分": "分钟", "人": "人", "户": "户", "天": "天", "人年": "人年", "a": "年", "d": "天",
                 "s": "秒", "h": "小时", "min": "分钟"}


@dataclass(frozen=True, slots=True)
class Unit:
    """A row of units.tsv. One unit is `factor` of `base`; counting words are their own base."""

    name: str
    dimension: str
    factor: Decimal
    base: str
    spellings: tuple[str, ...]
    example: str


@dataclass(frozen=True, slots=True)
class Found:
    """A unit found in text: its end, the unit as written (万吨标准煤), and what it is worth. base "" with factor: a bare ratio."""

    end: int
    text: str
    factor: Decimal
    base: str
    dimension: str


def _factor(text: str) -> Decimal:
    over, _, under = text.partition("/")
    return Decimal(over) / Decimal(under or 1)


@cache
def units() -> tuple[Unit, ...]:
    """Every unit of the list."""
    out = []
    for line in (files("patterns") / "units.tsv").read_text(encoding="utf8").splitlines()[1:]:
        name, dimension, factor, base, spellings, example = line.split("\t")
        out.append(Unit(name, dimension, _factor(factor), base, tuple(filter(None, spellings.split("|"))), example))
    return tuple(out)


@cache
def spellings() -> dict[str, Unit]:
    """Every way to write a unit -> the unit."""
    return {s: u for u in units() for s in (u.name, *u.spellings)}


@cache
def _longest() -> dict[str, int]:
    """The length of the longest spelling by first character."""
    out: dict[str, int] = {}
    for s in spellings():
        out[s[0]] = max(out.get(s[0], 0), len(s))
    return out


def _simple(text: str, at: int) -> tuple[int, Unit] | None:
    """The longest spelling at a place; an ASCII one may not run on into a letter or digit."""
    known = spellings()
    for length in range(_longest().get(text[at:at + 1], 0), 0, -1):
        piece = text[at:at + length]
        if len(piece) < length:
            continue
        unit = known.get(piece)
        if unit and not (piece[-1].isascii() and piece[-1].isalnum() and text[at + length:at + length + 1].isascii() and text[at + length:at + length + 1].isalnum()):
            return at + length, unit
    return None


def scale(text: str, at: int) -> str:
    """The 万, 亿 … that stands at a place and belongs to the unit, "" for none; 千瓦 and 百分点 are units of their own."""
    for word in SCALES:
        if text.startswith(word, at):
            if word in ("千", "百") and _simple(text, at):
                return ""
            return word
    return ""


def find(text: str, at: int) -> Found | None:
    """The longest unit that begins exactly at a place of folded text (spaces dropped), compound ones included."""
    prefix = scale(text, at)
    first = _simple(text, at + len(prefix))
    if first is None:
        return None
    end, unit = first
    factor, base, dimension = unit.factor * SCALES.get(prefix, Decimal(1)), unit.base, unit.dimension
    if unit.dimension in ("ratio", "percentage points"):
        return Found(end, text[at:end], factor, base, dimension)
    for _ in range(2):
        m = _DIVIDER.match(text, end)
        if m is None:
            break
        under_scale = scale(text, m.end())
        under = _simple(text, m.end() + len(under_scale))
        if under is not None and (m[0] != "每" or text[under[0] - 1:under[0]] not in "个次"):
            stop, name, worth = under[0], under[1].base, under[1].factor
        else:
            word = next((w for w in sorted(_DENOMINATORS, key=len, reverse=True) if text.startswith(w, m.end())), None)
            if word is None or (word.isascii() and text[m.end() + len(word):m.end() + len(word) + 1].isascii() and text[m.end() + len(word):m.end() + len(word) + 1].isalpha()):
                break
            stop, name, worth = m.end() + len(word), _DENOMINATORS[word], Decimal(1)
        if m[0] == "每" and not name:
            break
        with localcontext() as context:
            context.prec = 40
            factor = factor / (worth * SCALES.get(under_scale, Decimal(1)))
        base, dimension, end = f"{base}/{name}", f"{dimension} per {name}", stop
    return Found(end, text[at:end].replace(" ", ""), factor, base, dimension)
