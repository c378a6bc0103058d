"""Cited figures in folded text (patterns.fold): value, range or ratio, unit, bound. What counts nothing is left out.

A figure is a numeral and a unit of units.tsv. Every match is then judged (patterns.judgement): ordinal, lot number, name with a
number in it, set phrase? Each step looks at a bounded stretch of text, so that the whole is linear in its length.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from patterns import bounds, units
from patterns.judgement import Candidate, counts_nothing
from patterns.numerals import number
from patterns.set_phrases import spans

_ARABIC = (r"\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?"  # 10,949
           r"|(?<![\d.] )\d{1,3}(?: \d{3})+(?:\.\d+)?(?! ?[\d.])"  # 10 949
           r"|\d+(?:\.\d+)?")
_CHINESE = "零〇一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟"
_SHARE = "百分之|千分之"
_NUMBER = re.compile(
    rf"(?=[\d{_CHINESE}])(?:(?P<arabic>{_ARABIC})|(?P<share>{_SHARE})|"
    rf"(?P<chinese>[{_CHINESE}]+(?:点[零〇一二三四五六七八九]+)?))", re.ASCII)
_DECIMAL = re.compile(r"\d+(?:\.\d+)?|[零〇一二两三四五六七八九十百]+(?:点[零〇一二三四五六七八九]+)?")
_TO = re.compile(r"(?:-|——|—|–|~|至|到)约?")
_RATIO = re.compile(r"(\d{1,6}(?:\.\d{1,6})?) ?: ?(\d{1,6}(?:\.\d{1,6})?)(?![\d:.])")
_ABOUT = "余多来"
_LONGEST = 24  # characters of a numeral; a longer run of digits is a code
_MINUS_AFTER = re.compile(r"[^\w%‰℃)）\]〕]$|^$|[\u4e00-\u9fff]$")
_OWN_SCALE = ("万亿", "千万", "百万", "亿", "万")  # may stand without a unit: 投入2000万


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure in folded text[start:end].

    value, high: as written, without separators and without the 万 or 亿 of the unit; high is None unless it is a range.
    A ratio has the value "1:0.5", the unit "比" and no number. base: number in base_unit ("" for a bare ratio, and for
    a 万 that stands without a unit). dimension: see patterns.units. chinese: written in Chinese numerals.
    """

    start: int
    end: int
    value: str
    high: str | None
    unit: str
    bound: bounds.Bound
    number: Decimal | None
    high_number: Decimal | None
    base: Decimal | None
    base_unit: str
    dimension: str
    chinese: bool


class _Numeral(NamedTuple):
    start: int
    end: int
    number: Decimal
    chinese: bool
    share: str = ""  # the unit that 百分之 gives


class _Measure(NamedTuple):
    """The unit after a numeral; about: 余 or 多 stands inside; bare: the 万 or 亿 that stands without a unit."""

    found: units.Found
    about: bool = False
    bare: bool = False


def find(text: str) -> list[Quantity]:
    """The figures of a folded text, in order. A newline ends whatever stands before it."""
    out: list[Quantity] = []
    closed = spans(text)
    k = 0
    for q in _candidates(text):
        while k < len(closed) and closed[k][1] <= q.start:
            k += 1
        if k < len(closed) and closed[k][0] <= q.start:
            continue
        if not counts_nothing(text, Candidate(q.start, q.end, q.number, q.high is not None, q.unit, q.dimension, q.chinese)):
            out.append(q)
    return out


def _candidates(text: str) -> Iterator[Quantity]:
    """Every numeral with a unit, and every ratio, before they are judged."""
    at = 0
    while True:
        m = _NUMBER.search(text, at)
        if m is None:
            return
        q = _ratio(text, m) or _quantity(text, m)
        if q is None:
            at = m.end()
        else:
            yield q
            at = q.end


_RATIO_WORDS = re.compile("比例|配比|之比|比率|配套|补贴|补助|配置|杠杆|资金比")
_CLOCK = re.compile(r"(?:[01]?\d|2[0-4]):[0-5]\d")


def _ratio(text: str, m: re.Match[str]) -> Quantity | None:
    """1:0.5, unless it is a clock time: a time of day needs a word of ratio beside it to be one."""
    ratio = _RATIO.match(text, m.start()) if m["arabic"] else None
    if ratio is None or text[m.start() - 1:m.start()] in (":", ".", "-") or (len(ratio[1]) > 1 and ratio[1][0] == "0" != ratio[1][1]):
        return None
    before, after = text[max(0, m.start() - 12):m.start()], text[ratio.end():ratio.end() + 8]
    if _CLOCK.fullmatch(ratio[0].replace(" ", "")) and not _RATIO_WORDS.search(before + "|" + after):
        return None
    if text[ratio.end():ratio.end() + 1] in ("-", "~") or (before[-1:].isalnum() and before[-1:].isascii()):
        return None
    return Quantity(ratio.start(), ratio.end(), f"{ratio[1]}:{ratio[2]}", None, "比", "", None, None, None, "", "ratio", False)


def _quantity(text: str, m: re.Match[str]) -> Quantity | None:
    if not m["share"] and text[m.end():m.end() + 1] not in _goes_on() and m[0][-1] not in "万亿千百":
        return None
    low = _numeral(text, m)
    if low is None:
        return None
    measure = _measure(text, low)
    high: _Numeral | None = None
    to = _TO.match(text, measure.found.end if measure else low.end)
    if to and not (to[0][0] in "至到" and text[low.start - 1:low.start] in ("从", "由", "自")):
        upper_match = _NUMBER.match(text, to.end())
        upper = _numeral(text, upper_match, signed=False) if upper_match else None
        upper_measure = _measure(text, upper) if upper else None
        if upper and upper_measure and upper.number > low.number and _one_range(measure, upper_measure):
            high, measure = upper, upper_measure
    if measure is None:
        return None
    if measure.bare and measure.found.text == "亿":
        low, measure = _with_lower(text, low, measure)
    found = measure.found
    if found.only == "arabic" and low.chinese and found.text[0] not in "万亿":
        return None
    return Quantity(
        low.start, found.end, format(low.number, "f"), format(high.number, "f") if high else None, found.text,
        bounds.bound(text, low.start, found.end, measure.about), low.number, high.number if high else None,
        low.number * found.factor, found.base, found.dimension, low.chinese)


@cache
def _goes_on() -> frozenset[str]:
    """The characters that can follow a figure's numeral: a unit's first one, 万, 余, a space, what joins a range."""
    return frozenset({s[0] for s in units.by_spelling()} | set("万亿千百十余多来 -—–~至到"))


def _with_lower(text: str, low: _Numeral, measure: _Measure) -> tuple[_Numeral, _Measure]:
    """1亿2000万元 is 12000 万元."""
    m = _NUMBER.match(text, measure.found.end)
    rest = _numeral(text, m) if m else None
    below = _measure(text, rest) if rest else None
    if rest is None or below is None or not below.found.text.startswith("万") or rest.number >= 10000:
        return low, measure
    return _Numeral(low.start, rest.end, low.number * 10000 + rest.number, low.chinese), below


def _one_range(low: _Measure | None, high: _Measure) -> bool:
    """Whether the unit of a lower end fits the upper one: none, the same, or a beginning of it (2000吨至5000吨标准煤)."""
    return low is None or low.found.text == high.found.text or (high.found.text.startswith(low.found.text) and not low.bare)


def _numeral(text: str, m: re.Match[str], signed: bool = True) -> _Numeral | None:
    """The numeral of a match of _NUMBER, with its sign. A 万 or 亿 at the end of a Chinese numeral is left to the unit."""
    if m["share"]:
        digits = _DECIMAL.match(text, m.end("share"))
        value = (Decimal(100) if digits[0] == "百" else number(digits[0])) if digits and len(digits[0]) <= _LONGEST else None
        if digits is None or value is None:
            return None
        return _Numeral(m.start(), digits.end(), value, True, "%" if m["share"] == "百分之" else "‰")
    word, start, end = m[0], m.start(), m.end()
    if len(word) > _LONGEST:
        return None
    if m["arabic"]:
        if signed and text[start - 1:start] in ("-", "+") and _MINUS_AFTER.search(text[max(0, start - 2):start - 1]):
            sign = "-" if text[start - 1] == "-" else ""
            word, start = sign + word, start - 1
        value = number(word)
        return None if value is None else _Numeral(start, end, value, False)
    if text.startswith("分之", end) or text.startswith("分之", end - 1):
        return None
    if len(word) > 1 and word[-1] in "千百" and units.begins(text, end - 1):  # 五千瓦: five kilowatts
        word, end = word[:-1], end - 1
    while len(word) > 1 and word[-1] in "万亿" and not (word[-1] == "万" and "亿" in word[:-1]):  # 三亿五千万 is one numeral
        word, end = word[:-1], end - 1
    value = number(word)
    return None if value is None else _Numeral(start, end, value, True)


def _measure(text: str, numeral: _Numeral) -> _Measure | None:
    """The unit after a numeral, with 余 or 多 before it or after its 万."""
    if numeral.share:
        return _Measure(units.Found(numeral.end, numeral.share, Decimal("0.01" if numeral.share == "%" else "0.001"), "", "ratio"))
    at = numeral.end + (text[numeral.end:numeral.end + 1] == " ")
    about = _about(text, at)
    at += about
    found = units.find(text, at)
    if found is not None:
        return _Measure(found, about)
    prefix = units.scale(text, at)
    if not prefix:
        return None
    stop = at + len(prefix)
    if _about(text, stop):
        rest = units.find(text, stop + 1)
        if rest is not None:
            return _Measure(units.Found(rest.end, prefix + rest.text, rest.factor * units.SCALES[prefix], rest.base, rest.dimension), True)
        stop, about = stop + 1, True
    return _Measure(units.Found(stop, prefix, units.SCALES[prefix], "", "bare"), about, True) if prefix in _OWN_SCALE else None


def _about(text: str, at: int) -> bool:
    """Whether a 余, 多 or 来 that makes the number approximate stands at a place."""
    return text[at:at + 1] != "" and text[at] in _ABOUT
