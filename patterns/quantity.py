"""Cited figures in folded text: value, range or ratio, unit, bound. What counts nothing is left out.

A figure is a numeral and a unit from units.tsv. A match is then judged: date, clock, ordinal, document number, lot number,
name with a number in it, set phrase? Every step looks at a bounded stretch, so the whole is linear.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from patterns import units
from patterns.numerals import DIGITS, number
from patterns.set_phrases import phrases, spans

_ARABIC = r"\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d{1,3}(?: \d{3})+(?![\d.]* ?[\dA-Za-z])(?:\.\d+)?|\d+(?:\.\d+)?"
_CN = "零〇一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟"
_NUMBER = re.compile(rf"(?P<ar>{_ARABIC})|(?P<share>百分之|千分之|万分之)?(?P<cn>[{_CN}]+(?:点[零〇一二三四五六七八九]+)?)|(?P<share2>百分之|千分之)(?=\d)")
_RANGE = re.compile(r"(?:-|—{1,2}|–|~|～|至|到|－)(?:约)?")
_ABOUT = "余多来"
_MAX_DIGITS = 24

_BEFORE = (
    (">=", r"(?:不|不得|不应|应不|须不|不可)(?:低于|少于|小于|短于|亚于)|至少(?:为|达|有|达到)?|最低(?:为)?|≥|>=|大于等于|大于或等于|不下|下限为"),
    ("<=", r"(?:不|不得|不应|未|没有)(?:超过|高于|大于|多于|突破|超出|超)|至多(?:为)?|最多(?:为)?|最高(?:为)?|≤|<=|小于等于|小于或等于|上限为|控制在"),
    (">", r"超过|超出|高于|大于|多于|突破|逾|超|高出|好于|优于|>|多达0"),
    ("<", r"不足|小于|低于|少于|不到|不满|未满|未达|未达到|短于|<"),
    ("~", r"大约|约为|约|将近|接近|近|大概|大致|左右为|约有|约占"),
)
_BEFORE_RE = [(bound, re.compile(rf"(?:{pattern})(?:了|到|为|达|的)?$")) for bound, pattern in _BEFORE]
_AFTER = (
    (">=", r"(?:及|或|含|和)?(?:其)?以上|起步|及其以上|或更多"),
    ("<=", r"(?:及|或|含|和)?以[内下]|之内|封顶|为限"),
    ("~", r"左右|上下|许(?!可|多)|不等|出头"),
)
_AFTER_RE = [(bound, re.compile(pattern)) for bound, pattern in _AFTER]


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure in folded text[start:end]; numeral_end is where the numeral stops and the unit (or 余) begins.

    value, high: as written without separators and without the 万/亿 of the unit; high None unless a range. A ratio has
    value "1:0.5", unit "比" and no number. base: the value in base_unit, None for ratios; base_high likewise.
    """

    start: int
    end: int
    value: str
    high: str | None
    unit: str
    bound: str
    number: Decimal | None
    high_number: Decimal | None
    base: Decimal | None
    base_unit: str
    dimension: str
    chinese: bool


@dataclass(frozen=True, slots=True)
class _Numeral:
    start: int
    end: int
    number: Decimal
    value: str
    chinese: bool
    percent: str = ""  # the unit that 百分之 gives


def _plain(value: Decimal) -> str:
    return format(value, "f")


def _numeral(text: str, m: re.Match[str]) -> _Numeral | None:
    """The numeral of a match of _NUMBER; trailing 万 and 亿 are left to the unit."""
    if m["ar"]:
        if len(m["ar"]) > _MAX_DIGITS:
            return None
        start = m.start()
        if start and text[start - 1] in "-+" and not (start > 1 and (text[start - 2].isalnum() or text[start - 2] in "%℃)）")):
            start -= 1
        value = number(text[start:m.end()].lstrip("+"))
        return None if value is None else _Numeral(start, m.end(), value, _plain(value), False)
    if m["share2"]:
        n = _NUMBER.match(text, m.end())
        inner = _numeral(text, n) if n else None
        return inner and _Numeral(m.start(), inner.end, inner.number, inner.value, inner.chinese, "%" if m["share2"] == "百分之" else "‰")
    word = m["cn"]
    if len(word) > _MAX_DIGITS:
        return None
    end = m.end("cn")
    start = m.start("cn")
    percent = {"百分之": "%", "千分之": "‰"}.get(m["share"] or "", "")
    if not percent:
        if text.startswith("分之", end - 1) or text.startswith("分之", end):
            return None
        if word[-1] == "千" and units.find(text, end - 1) and len(word) > 1 and text[end:end + 1] in "瓦克米焦伏卡帕乏":
            word, end = word[:-1], end - 1
        while len(word) > 1 and word[-1] in "万亿":
            word, end = word[:-1], end - 1
    value = number(word)
    if value is None:
        return None
    return _Numeral(m.start() if percent else start, end, value, _plain(value), True, percent)


def _unit(text: str, numeral: _Numeral) -> tuple[units.Found, bool, str] | None:
    """The unit after a numeral, whether 余/多 stands inside, and a 万 or 亿 that stands alone as the unit."""
    if numeral.percent:
        return units.Found(numeral.end, numeral.percent, Decimal("0.01") if numeral.percent == "%" else Decimal("0.001"), "", "ratio"), False, ""
    at, about = numeral.end, False
    if text[at:at + 1] == " ":
        at += 1
    if text[at:at + 1] in tuple(_ABOUT) and text[at:at + 1]:
        at, about = at + 1, True
    found = units.find(text, at)
    if found is None:
        prefix = units.scale(text, at)
        if not prefix:
            return None
        stop = at + len(prefix)
        if text[stop:stop + 1] in tuple(_ABOUT) and text[stop:stop + 1]:
            rest = units.find(text, stop + 1)
            if rest is not None:
                return units.Found(rest.end, prefix + rest.text, rest.factor * units.SCALES[prefix], rest.base, rest.dimension), True, ""
            stop, about = stop + 1, True
        if prefix not in ("万", "亿", "万亿", "百万", "千万") or (about and False):
            return None
        return units.Found(stop, prefix, units.SCALES[prefix], "", "bare"), about, prefix
    return found, about, ""


def _bound(text: str, start: int, end: int, about: bool) -> str:
    for bound, pattern in _AFTER_RE:
        if pattern.match(text, end):
            return bound
    head = text[max(0, start - 8):start]
    for bound, pattern in _BEFORE_RE:
        if pattern.search(head):
            return bound
    return "~" if about else ""


def find(text: str) -> list[Quantity]:
    """The figures of a folded text (one paragraph), in order."""
    out: list[Quantity] = []
    closed = spans(text)
    at = 0
    k = 0
    for q in _candidates(text):
        if q.start < at:
            continue
        while k < len(closed) and closed[k][1] <= q.start:
            k += 1
        if k < len(closed) and closed[k][0] < q.end and closed[k][0] <= q.start:
            continue
        if counts_nothing(text, q):
            continue
        out.append(q)
        at = q.end
    return out


_RATIO = re.compile(r"(\d{1,6}(?:\.\d{1,6})?) ?(?::|比) ?(\d{1,6}(?:\.\d{1,6})?)(?![\d:])")
_RATIO_WORDS = re.compile(r"比例|配比|之比|比率|配套|补贴|补助|给予|配比|配置|杠杆|按|为|达到|达")


def _candidates(text: str) -> Iterator[Quantity]:
    """Every numeral with a unit, before it is judged."""
    n = len(text)
    at = 0
    while at < n:
        m = _NUMBER.search(text, at)
        if m is None:
            return
        ratio = _RATIO.match(text, m.start()) if m["ar"] else None
        if ratio and (at == 0 or text[m.start() - 1] not in ":.") and _is_ratio(text, ratio):
            yield Quantity(ratio.start(), ratio.end(), f"{ratio[1]}:{ratio[2]}", None, "比", "", None, None, None, "", "ratio", False)
            at = ratio.end()
            continue
        q = _quantity(text, m)
        if q is None:
            at = m.end()
        else:
            yield q
            at = q.end


def _is_ratio(text: str, m: re.Match[str]) -> bool:
    around = text[max(0, m.start() - 12):m.start()] + text[m.end():m.end() + 6]
    if "比" in m[0]:
        return False
    clock = re.fullmatch(r"([01]?\d|2[0-4])", m[1]) and re.fullmatch(r"[0-5]\d", m[2])
    if clock:
        return bool(re.search("比例|配比|之比|比率|配套|补贴|补助", around)) and not re.search(r"[时点日午晚晨]\s?$", text[max(0, m.start() - 3):m.start()])
    return bool(_RATIO_WORDS.search(around))


def _quantity(text: str, m: re.Match[str]) -> Quantity | None:
    low = _numeral(text, m)
    if low is None:
        return None
    got = _unit(text, low)
    high: _Numeral | None = None
    end_low = got[0].end if got else low.end
    r = _RANGE.match(text, end_low)
    if r and not re.search(r"[从自由]$", text[max(0, low.start - 1):low.start]):
        m2 = _NUMBER.match(text, r.end())
        upper = _numeral(text, m2) if m2 else None
        got2 = _unit(text, upper) if upper else None
        if upper and got2 and (upper.chinese == low.chinese or got2[0].text):
            same = got is None or got2[0].text.endswith(got[0].text) or got2[0].text.startswith(got[0].text)
            if same and upper.number > low.number and not (got is not None and got[2] and not got2[0].text.startswith(got[2])):
                high, got = upper, got2
    if got is None:
        return None
    found, about, _ = got
    start = low.start
    bound = _bound(text, start, found.end, about)
    base, base_high = low.number * found.factor, high.number * found.factor if high else None
    return Quantity(start, found.end, low.value, high.value if high else None, found.text, bound, low.number, high.number if high else None,
                    base, found.base, found.dimension, low.chinese)


_BRACKETED = re.compile(r"[〔\[［【(（](?:19|20)\d\d[〕\]］】)）]$")
_CODE_BEFORE = re.compile(r"(?:[A-Za-z]|[A-Za-z0-9]-|[A-Za-z]\.|\d[.:]|#|№|×|x|\+|√)$")
_ORDINAL = re.compile(r"第[\d零〇一二三四五六七八九十百千、，,和至到-]{0,8}$")
_DETERMINER = re.compile(r"(?:每|逐|同|统|唯|任|某|另|这|那|哪|无|进|之|专|万|划|归|合|单|不|前|近|任意|其中|整|首|头|非|随|如|如出|独|天下|有)$")
_ONE_ONE = re.compile(r"[一](?!样|定|些|般|直|共|起)[\u4e00-\u9fff]{1,2}一[\u4e00-\u9fff]")
_ONE_NEG = re.compile(r"(?:都|也)(?:不|没|未|无)")


def counts_nothing(text: str, q: Quantity) -> str:
    """Why a numeral with a unit counts nothing, by rule ("" where it counts)."""
    before = text[max(0, q.start - 12):q.start]
    last = before[-1:]
    if _ORDINAL.search(before) or last == "第":
        return "ordinal"
    if q.unit == "比":
        return ""
    if last and last.isascii() and (last.isalpha() or _CODE_BEFORE.search(before)):
        return "code"
    if last in ("×", "〔", "√") or last.isdigit() or (last in tuple(DIGITS) and not q.chinese):
        return "code"
    if q.unit == "分" and re.search(r"[时点]$", before):
        return "clock"
    if q.unit in ("度",) and re.search(r"^(?:19|20)\d\d$", q.value):
        return "year"
    after = text[q.end:q.end + 6]
    if q.chinese and q.number is not None and q.high is None and q.dimension in ("count", "data", "score"):
        return _chinese_count(text, q, before, after)
    if q.dimension == "bare" and ((q.chinese and q.number is not None and q.number < 2) or re.match(r"[\u4e00-\u9fff]?[家户]千|众|达|能|象|物|一|全|事|里|般|岁|分之", after)):
        return "word"
    if q.unit in ("成",) and not ((q.chinese and re.search(r"[占达过约近超至到为的足]$|^.{0,0}$", before)) or re.match(r"以上|左右|[的，。、；]|多", after)):
        return "verb"
    if q.unit in ("倍", "番", "转") or q.dimension != "count":
        if q.chinese and q.number == 1 and re.match(r"[\u4e00-\u9fff]?一", after):
            return "paired"
        return ""
    if q.unit in ("部", "面", "道", "头", "口", "把", "根", "段", "班", "节", "首", "包", "排", "片", "回", "版", "票", "席", "车", "课", "集", "队", "团", "镇", "村",
                  "街道", "层", "门", "类") and False:
        return ""
    return ""


def _chinese_count(text: str, q: Quantity, before: str, after: str) -> str:
    if q.number == 2 and text[q.start] == "二":
        return "ordinal"  # 二 with a counting word is an ordinal; a count says 两
    if q.unit in ("分", "字", "级", "大", "面", "口", "道", "头", "方"):
        return "word"
    if _DETERMINER.search(before):
        return "determiner" if q.number == 1 or before.endswith(("每", "逐", "第", "万", "单", "前", "近")) else ""
    if q.number == 1:
        if q.unit in ("批", "种", "样", "门", "面", "层", "把", "片", "段", "道", "条", "口", "头", "点", "期", "次", "类", "番", "双", "对", "轮", "群", "手", "班", "回", "节"):
            return "indefinite"
        if _ONE_ONE.match(text, q.start) or re.match(r"[\u4e00-\u9fff]{0,2}一", after) or re.search(r"一[\u4e00-\u9fff]{1,3}$", before):
            return "paired"
        if _ONE_NEG.match(text, q.end):
            return "negated"
    if q.unit == "期" and re.match("工程|项目|建设|改造|地块|厂|扩建", after):
        return "ordinal"
    return ""


__all__ = ["Quantity", "counts_nothing", "find", "phrases"]
