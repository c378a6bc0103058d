"""Units of measurement, currencies and counting words: which there are, and what they are worth in their base unit.

The list is units.tsv, one unit a line:

unit        the unit as a report usually writes it
dimension   count for counting words, money, area …; only figures of one dimension can be compared
factor      one unit in base units, a decimal or a fraction (亩 2000/3); legal units follow GB 3100 and GB 3101
base        the base unit; empty for a bare ratio
spellings   other ways to write it, between |
only        after which numerals it counts. arabic: no Chinese one (三村 is a name); tens: of the Chinese ones those above ten (三头 is a word);
            scaled: after 万 or 亿 (3万度); much: after 万 or 亿, a fraction, or a hundred and more (三方, 5000方); named: none;
            span: as the length of a term (创建期为五年)
not_before  what must not follow, between |: 12部门 is no count of 部
with        words beside which it counts after any numeral, between |: 两部电梯, 探头612路
example     a phrase with a figure in this unit, which a test reads
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, localcontext
from functools import cache
from typing import NamedTuple

from patterns import expressions as re
from patterns.places import files

SCALES = {"万亿": Decimal(10) ** 12, "千亿": Decimal(10) ** 11, "百亿": Decimal(10) ** 10, "亿": Decimal(10) ** 8, "千万": Decimal(10) ** 7,
          "百万": Decimal(10) ** 6, "十万": Decimal(10) ** 5, "万": Decimal(10) ** 4, "千": Decimal(10) ** 3, "百": Decimal(100)}
_DIVIDER = re.compile(r" ?/ ?|·|⋅|每(?=立方米|平方米|平方公里|人|千克|公斤|升|亩|公顷|吨|日|天|年|户|小时|秒|分钟|万元|万人|千人|百人)")
# what a unit may be divided by without a line of its own (吨/日, 元/月, 千克/人)
_DENOMINATORS = {"日": "天", "年": "年", "月": "月", "时": "小时", "分": "分钟", "人": "人", "户": "户", "天": "天", "人年": "人年",
                 "a": "年", "d": "天", "s": "秒", "h": "小时", "min": "分钟", "次": "次", "床": "床", "标准箱": "标准箱", "周": "周", "季": "季",
                 "百公里": "百公里", "课时": "课时", "晚": "天", "夜": "天", "间": "间", "村": "村", "班": "班", "车": "车", "单": "单", "床日": "床日", "班次": "班次", "台": "台"}
_DENOMINATORS_BY_LENGTH = sorted(_DENOMINATORS, key=lambda w: (-len(w), w))
_PRINTED = str.maketrans("（）", "()", " ")
_NUMERATORS = frozenset({"ratio", "percentage points", "multiple"})  # never the upper half of a compound unit


@dataclass(frozen=True, slots=True)
class Unit:
    """A line of units.tsv. One unit is `factor` of `base`; counting words are their own base."""

    name: str
    dimension: str
    factor: Decimal
    base: str
    spellings: tuple[str, ...]
    only: str
    not_before: tuple[str, ...]
    beside: tuple[str, ...]
    example: str


class Found(NamedTuple):
    """A unit found in text[…:end]: as written without spaces (万吨标准煤), and its worth. base is "" for a bare ratio."""

    end: int
    text: str
    factor: Decimal
    base: str
    dimension: str
    only: str = ""
    beside: tuple[str, ...] = ()


def _fraction(text: str) -> Decimal:
    over, _, under = text.partition("/")
    return Decimal(over) / Decimal(under or 1)


@cache
def units() -> tuple[Unit, ...]:
    """Every unit of the list."""
    out = []
    for line in (files("patterns") / "units.tsv").read_text(encoding="utf8").splitlines()[1:]:
        name, dimension, factor, base, spellings, only, not_before, beside, example = line.split("\t")
        lists = [tuple(filter(None, words.split("|"))) for words in (spellings, not_before, beside)]
        out.append(Unit(name, dimension, _fraction(factor), base, lists[0], only, lists[1], lists[2], example))
    return tuple(out)


@cache
def by_spelling() -> dict[str, Unit]:
    """Every way to write a unit -> the unit."""
    return {s: u for u in units() for s in (u.name, *u.spellings)}


@cache
def _lengths() -> dict[str, tuple[int, ...]]:
    """The lengths of the spellings that begin with a character, longest first."""
    out: dict[str, set[int]] = {}
    for s in by_spelling():
        out.setdefault(s[0], set()).add(len(s))
    return {c: tuple(sorted(lengths, reverse=True)) for c, lengths in out.items()}


def _runs_on(text: str, end: int) -> bool:
    """Whether an ASCII word that ends here goes on in letters or digits, so that it was cut short."""
    return text[end - 1].isascii() and text[end - 1].isalnum() and end < len(text) and text[end].isascii() and text[end].isalnum()


def begins(text: str, at: int) -> bool:
    """Whether a unit of the list, without a 万 or 亿 before it, begins at a place."""
    return _simple(text, at) is not None


def _simple(text: str, at: int, below: bool = False) -> tuple[int, Unit] | None:
    """The longest spelling at a place that is not ruled out by what follows; below a fraction bar nothing is."""
    known = by_spelling()
    for length in _lengths().get(text[at:at + 1], ()):
        unit = known.get(text[at:at + length])
        if unit is None or at + length > len(text):
            continue
        end = at + length
        if not _runs_on(text, end) and (below or not (unit.not_before and text.startswith(unit.not_before, end))):
            return end, unit
    return None


def scale(text: str, at: int) -> str:
    """The 万, 亿 … that stands at a place and belongs to the unit, "" for none; 千瓦 and 百分点 are units of their own."""
    if text[at:at + 1] not in ("万", "亿", "千", "百", "十"):
        return ""
    for word in SCALES:
        if text.startswith(word, at) and not (word in ("千", "百", "十万") and _simple(text, at)):
            return word
    return ""


def find(text: str, at: int) -> Found | None:
    """The longest unit that begins exactly at a place of folded text: its 万 or 亿, its second word in brackets (件（批）次) and
    what it is divided by included."""
    prefix = scale(text, at)
    first = _simple(text, at + len(prefix))
    if first is None:
        return _per_so_many(text, at) if text[at:at + 1] == "/" else None
    end, unit = first
    if unit.only == "scaled" and not prefix:
        return None
    factor, base, dimension = unit.factor * SCALES.get(prefix, Decimal(1)), unit.base, unit.dimension
    if unit.dimension in _NUMERATORS:
        return Found(end, text[at:end], factor, base, dimension, unit.only)
    if unit.dimension == "count" and text[end:end + 1] in ("（", "("):
        end = _other_word(text, end)
    only = unit.only
    for _ in range(2):
        if unit.dimension.startswith("time") and text[end:end + 1] == "每":  # 连续4年每年新增
            break
        under = _denominator(text, end)
        if under is None:
            break
        end, name, worth = under
        with localcontext() as context:
            context.prec = 40
            factor = factor / worth
        base, dimension, only = f"{base}/{name}", f"{dimension} per {name}", ""
    return Found(end, text[at:end].translate(_PRINTED), factor, base, dimension, only, unit.beside)


def _other_word(text: str, at: int) -> int:
    """The end of a bracket that holds another counting word and of the 次 behind it: 件（批）次; `at` where there is none: 台（套） counts 台."""
    inside = _simple(text, at + 1)
    if inside is None or inside[1].dimension != "count" or text[inside[0]:inside[0] + 1] not in ("）", ")") or text[inside[0] + 1:inside[0] + 2] != "次":
        return at
    return inside[0] + 2


_PER = re.compile(r"/(?:(?P<digits>10{2,5})|10?)(?P<scale>万|亿|)(?![\d/])")


def _per_so_many(text: str, at: int) -> Found | None:
    """A rate of so many in a hundred thousand, which has no upper unit: 239.2/10万."""
    m = _PER.match(text, at)
    if m is None or not (m["scale"] or m["digits"]):
        return None
    end = m.end() + (text[m.end():m.end() + 1] in ("人", "户"))
    worth = Decimal(m[0][1:].rstrip("万亿") or 1) * SCALES.get(m["scale"], Decimal(1))
    return Found(end, text[at:end], 1 / worth, "", "ratio")


def _denominator(text: str, at: int) -> tuple[int, str, Decimal] | None:
    """The lower half of a compound unit at a place: its end, base unit and worth. A bracket holds a product: （平方千米×30天）."""
    m = _DIVIDER.match(text, at)
    if m is None:
        return None
    if text[m.end():m.end() + 1] in ("(", "（"):
        return _product(text, m.end())
    return _below(text, m.end())


def _product(text: str, at: int) -> tuple[int, str, Decimal] | None:
    """The product of units in the bracket that opens at a place."""
    names, worth, place = [], Decimal(1), at + 1
    for _ in range(3):
        digits = _DIGITS.match(text, place)
        under = _below(text, digits.end() if digits else place)
        if under is None:
            return None
        place, name, value = under
        names.append((digits[0] if digits else "") + name)
        worth *= value * Decimal(digits[0] if digits else 1)
        if text[place:place + 1] in (")", "）"):
            return place + 1, "·".join(names), worth
        if text[place:place + 1] not in ("×", "·", "*", "x"):
            return None
        place += 1
    return None


_DIGITS = re.compile(r"\d{1,4}")
_ROUND = re.compile(r"10{2,4}")


def _below(text: str, at: int) -> tuple[int, str, Decimal] | None:
    """One unit below the fraction bar, with its scale or round number (千人, 100mL): its end, base unit and worth."""
    many = _ROUND.match(text, at)
    start = many.end() if many else at
    prefix = scale(text, start)
    under = _simple(text, start + len(prefix), below=True)
    worth = SCALES.get(prefix, Decimal(1)) * Decimal(many[0] if many else 1)
    if under is not None and under[1].base and (under[1].only in ("", "tens") or under[1].dimension != "count"):
        return under[0], under[1].base, under[1].factor * worth
    for word in _DENOMINATORS_BY_LENGTH:
        end = start + len(prefix) + len(word)
        if text.startswith(word, start + len(prefix)) and not _runs_on(text, end):
            return end, _DENOMINATORS[word], worth
    return None
