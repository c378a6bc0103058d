"""Cited figures in folded text (patterns.fold): value, range or ratio, unit, bound. What counts nothing is left out.

A figure is a numeral (patterns.counting) and a unit of units.tsv. Every match is then judged (patterns.judgement): ordinal, lot
number, name with a number in it, set phrase? Each step looks at a bounded stretch of text, so that the whole is linear in its length.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from patterns import bounds, units
from patterns import expressions as re
from patterns.counting import NUMERAL, Numeral, half_after, mixed, read, split_unit
from patterns.judgement import Candidate, counts_nothing
from patterns.numerals import FORMAL
from patterns.set_phrases import spans

_TO = re.compile(r"(?:-|——|—|–|~|至|到)约?")
_ABOUT = "余多来"
_OWN_SCALE = ("万亿", "千万", "百万", "亿", "万")  # may stand without a unit: 投入2000万
_PENCE = "[0-9一二两三四五六七八九壹贰叁肆伍陆柒捌玖零]"
_PARTS_OF_MONEY = re.compile(f"(?P<jiao>{_PENCE})角(?:(?P<fen>{_PENCE})分)?|零?(?P<cents>{_PENCE})分(?!之)")
_PARTS_OF_TIME = re.compile(r"(\d{1,2})(分钟?|秒钟?)(?:(\d{1,2})秒)?")
_SECONDS = re.compile(r"\d{1,2}秒")
_TENTH, _PLACES = frozenset("一二三四五六七八九"), frozenset("十百千万个")
_POINT = re.compile("点(?=[，。；、）)]|$)")
_SHARED = re.compile(r"(?:[、和与及]\d+(?:\.\d+)?个)+百分点")  # 分别提高0.7个、0.9个百分点
_STEPS = re.compile("(?:[升降涨跌提高低]|提升|提高|上升|下降|增长|回落|降低|上涨|抬升)[了出近约超]?$")
_DIGIT = {c: str(n) for n, c in enumerate("零一二三四五六七八九")} | {"两": "2"}


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure in folded text[start:end].

    value, high: as written, without separators and without the 万 or 亿 of the unit; high is None unless it is a range.
    A ratio has the value "1:0.5", the unit "比" and no number. base: number in base_unit ("" for a bare ratio, and for
    a 万 that stands without a unit). dimension: see patterns.units. chinese: written in Chinese numerals.
    doubtful: a digit stands directly before it that could not be joined (12 35家), so that it may be a tail.
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
    doubtful: bool = False


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
        m = NUMERAL.search(text, at)
        if m is None:
            return
        q = _ratio(text, m) or _quantity(text, m)
        if q is None:
            at = m.end()
        else:
            yield q
            at = q.end


_TERM = r"\d{1,6}(?:\.\d{1,6})?"
_RATIO = re.compile(rf"({_TERM}) ?: ?({_TERM})((?: ?: ?{_TERM}){{0,4}})(?![\d:.])")
_RATIO_IN_WORDS = re.compile(rf"({_TERM})比({_TERM})(?![\d.年月])")
_RATIO_WORDS = re.compile("不低于|不高于|不少于|标准[为是]|[生护患师]比|比例|配比|之比|比率|配套|补贴|补助|配置|杠杆|资金比|结构|构成|比[为是约]")
_MAP = re.compile("万?(?:的)?(?:地形图|比例尺|地图|图件|测图|地质图|数字线划图|影像图)")  # 1:500地形图: a scale
_CLOCK = re.compile(r"(?:[01]?\d|2[0-4]):[0-5]\d(?::[0-5]\d)?")


def _ratio(text: str, m: re.Match[str]) -> Quantity | None:
    """1:0.5 or 2.5:36.7:60.7, unless it is a clock time: a time of day needs a word of ratio beside it to be one. 1比0.5 after 比例."""
    if not m["arabic"]:
        return None
    ratio = _RATIO.match(text, m.start())
    before = text[max(0, m.start() - 12):m.start()]
    if ratio is None:
        ratio = _RATIO_IN_WORDS.match(text, m.start())
        if ratio is None or not _RATIO_WORDS.search(before):
            return None
        value = f"{ratio[1]}:{ratio[2]}"
    else:
        value = ratio[0].replace(" ", "")
    if _MAP.match(text, ratio.end()) or text[m.start() - 1:m.start()] in (":", ".", "-") or (len(ratio[1]) > 1 and ratio[1][0] == "0" != ratio[1][1]):
        return None
    if _CLOCK.fullmatch(value) and not _RATIO_WORDS.search(before + "|" + text[ratio.end():ratio.end() + 8]):
        return None
    if text[ratio.end():ratio.end() + 1] in ("-", "~") or (before[-1:].isalnum() and before[-1:].isascii()):
        return None
    return Quantity(ratio.start(), ratio.end(), value, None, "比", bounds.bound(text, ratio.start(), ratio.end(), False), None, None, None, "",
                    "ratio", False)


def _quantity(text: str, m: re.Match[str]) -> Quantity | None:
    if m["arabic"] and text[m.end():m.end() + 1] not in _goes_on():
        return None
    low = mixed(text, m) or read(text, m)
    if low is None:
        return None
    measure = _measure(text, low)
    high: Numeral | None = None
    to = _TO.match(text, measure.found.end if measure else low.end)
    if to and low.high is None and not (to[0][0] in "至到" and _moves(text, low.start, to.end())):
        high, measure = _upper(text, low, measure, to.end())
    if measure is None:
        return None
    if measure.bare and measure.found.text == "亿":
        low, measure = _with_lower(text, low, measure)
    if low.bare and not (low.approximate or measure.about):
        return None
    found = measure.found
    if not _counts_after(text, low, found):
        return None
    top = high.number if high else low.high
    end, number, found, about = (found.end, low.number, found, measure.about) if top is not None else _with_parts(text, low, found, measure.about)
    return Quantity(
        low.start, end, format(number, "f"), format(top, "f") if top is not None else None, found.text,
        low.bound or bounds.bound(text, low.start, end, about or low.about), number, top,
        number * found.factor, found.base, found.dimension, low.chinese, low.doubtful)


@cache
def _goes_on() -> frozenset[str]:
    """The characters that can follow a figure's numeral: a unit's first one, 万, 余, a space, what joins a range."""
    return frozenset({s[0] for s in units.by_spelling()} | set("万亿千百十余多来 -—–~至到/"))


_FROM = re.compile("(?:从|由|自)[^，。；、：]{0,10}$")
_ON = re.compile("(?:不等|之间|区间)?(?:的[^，。；、]{0,4})?(?:提高|提升|上调|下调|调整|增加|增|降低|降|减少|减|扩大|缩短|压缩)[至到为]")


def _moves(text: str, start: int, upper: int) -> bool:
    """Whether 至 or 到 tells of a movement from one value to another (从35%至60%), not of a range (由每晚180元至260元提高到…)."""
    if not _FROM.search(text[max(0, start - 12):start]):
        return False
    m = NUMERAL.match(text, upper)
    return not (m and _ON.search(text[m.end():m.end() + 14]))


def _upper(text: str, low: Numeral, measure: _Measure | None, at: int) -> tuple[Numeral | None, _Measure | None]:
    """The upper end of a range that begins at a place, with its unit; none and the lower end's unit where there is no range."""
    sign = text[at:at + 1] in ("-", "–") and low.number < 0
    m = NUMERAL.match(text, at + sign)
    upper = read(text, m, signed=sign) if m else None
    if upper and low.share and not upper.share:  # 百分之三到五
        return (upper, _Measure(_share(upper.end, low.share))) if upper.chinese and upper.number > low.number else (None, measure)
    over = _measure(text, upper) if upper else None
    if upper and over and upper.high is None and upper.number > low.number and _one_range(measure, over):
        return upper, over._replace(about=over.about or bool(measure and measure.about))
    return None, measure


def _counts_after(text: str, low: Numeral, found: units.Found) -> bool:
    """Whether the counting word counts after such a numeral (patterns.units, column only) or stands beside a word of its own."""
    if not found.only or found.only == "scaled" or (found.only != "named" and found.text[0] in "万亿"):
        return True
    counts = {"arabic": not low.chinese, "tens": not low.chinese or low.number > 10,
              "much": (low.number >= 100 or low.number != low.number.to_integral_value())}.get(found.only, found.only == "span")
    return counts or (bool(found.beside) and any(
        text.startswith(w, found.end) or text.startswith(w, found.end + 1) or text.find(w, max(0, low.start - 12), found.end + 10) >= 0
        for w in found.beside))


def _with_parts(text: str, low: Numeral, found: units.Found, about: bool) -> tuple[int, Decimal, units.Found, bool]:
    """The end, value, unit and 余 or 多 of a figure with what stands behind its unit: 123元1角1分 is 123.11 元, 9分48秒 is 9.8 分钟,
    三成二 is 3.2 成, 一吨半 is 1.5 吨, 两个半小时 is 2.5 小时; a rate that rose by 1.7个点 did by percentage points."""
    end, number = found.end, low.number
    if found.text == "个" and _POINT.match(text, end) and _STEPS.search(text, max(0, low.start - 6), low.start):
        return end + 1, number, units.Found(end + 1, "个点", Decimal(1), "个百分点", "percentage points"), about
    if found.text == "个" and _SHARED.match(text, end):
        return end, number, units.Found(end, "个百分点", Decimal(1), "个百分点", "percentage points"), about
    if about or number != number.to_integral_value():
        return end, number, found, about
    if found.text == "元" and (m := _PARTS_OF_MONEY.match(text, end)):
        cents = ((m["jiao"] or "0") + (m["fen"] or m["cents"] or "")).translate(FORMAL)
        return m.end(), number + Decimal("0." + "".join(_DIGIT.get(c, c) for c in cents)), found, about
    if found.text == "成" and low.chinese and text[end:end + 1] in _TENTH and text[end + 1:end + 2] not in _PLACES \
            and not units.begins(text, end + 1):
        return end + 1, number + Decimal("0." + _DIGIT[text[end]]), found, about
    if found.text in ("分钟", "小时", "个小时") and (m := _PARTS_OF_TIME.match(text, end)):
        parts = Decimal(m[1]) / 60 + Decimal(m[3] or 0) / 3600
        if (m[2][0] == "分") == ("时" in found.text) and parts < 1 and parts * 10000 == (parts * 10000).to_integral_value():
            return m.end(), number + parts.normalize(), found, about
    if found.text == "个" and (split := split_unit(text, end)):
        end, name, half = split
        unit = units.by_spelling()[name]
        return end, number + Decimal("0.5") * half, units.Found(end, name, unit.factor, unit.base, unit.dimension), not half
    half_end = half_after(text, end)
    return (half_end, number + Decimal("0.5"), found, about) if half_end else (end, number, found, about)


def _with_lower(text: str, low: Numeral, measure: _Measure) -> tuple[Numeral, _Measure]:
    """1亿2000万元 is 12000 万元."""
    m = NUMERAL.match(text, measure.found.end)
    rest = read(text, m) if m else None
    below = _measure(text, rest) if rest else None
    if rest is None or below is None or not below.found.text.startswith("万") or rest.number >= 10000:
        return low, measure
    return low._replace(end=rest.end, number=low.number * 10000 + rest.number), below


def _one_range(low: _Measure | None, high: _Measure) -> bool:
    """Whether the unit of a lower end fits the upper one: none, the same, or a beginning of it (2000吨至5000吨标准煤, 2万-3万元)."""
    return low is None or high.found.text.startswith(low.found.text)


def _share(end: int, unit: str) -> units.Found:
    """The unit that 百分之 gives."""
    return units.Found(end, unit, {"%": Decimal("0.01"), "‰": Decimal("0.001"), "‱": Decimal("0.0001")}[unit], "", "ratio")


def _measure(text: str, numeral: Numeral) -> _Measure | None:
    """The unit after a numeral, with 余 or 多 before it or after its 万."""
    if numeral.share:
        return _Measure(_share(numeral.end, numeral.share))
    at = numeral.end + (text[numeral.end:numeral.end + 1] == " ")
    about = _about(text, at)
    at += about
    found = units.find(text, at)
    if found is not None and found.text == "分" and _SECONDS.match(text, at + 1):
        found = units.Found(at + 1, "分钟", Decimal(60), "秒", "time")
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
