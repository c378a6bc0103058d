"""Goals and what was reached of them, as the cells of a self-score form print them: ≥95%, 不超过3500元, 2023年6月底前, 健全; 57场, 达成年度指标.

Source of the grades: 财预〔2020〕10号, 项目支出绩效自评表, 填表说明 (达成年度指标, 部分达成年度指标并具有一定效果, 未达成年度指标且效果较差).
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from patterns import expressions as re
from patterns import units

Sense = Literal["least", "most", "exact", "range", "date", "words"]
Grade = Literal["reached", "partly", "missed"]

_SPACE = re.compile(r"\s+")
_LEAST = re.compile(r"^(?:≥|≧|>=|>|＞|大于(?:等于)?|不低于|不少于|不小于|不短于|超过|高于|达到|至少|完成)")
_MOST = re.compile(r"^(?:≤|≦|<=|<|＜|小于(?:等于)?|不高于|不超过|不多于|不大于|不超|低于|少于|控制在|最多|至多|限)")
_EXACT = re.compile(r"^(?:=|＝|﹦|等于|为)")
_ABOVE = re.compile(r"(?:及以上|以上|（含）以上)$")
_WITHIN = re.compile(r"(?:以内|之内|及以下|以下|内)$")
_STRICT = re.compile(r"(?:大于(?!等于)|高于|超过|[>＞](?!=)|小于(?!等于)|低于|少于|[<＜](?!=)|不足)")
_PERIOD = re.compile(r"/(?P<period>季度?|月|半年|周|星期)$")
_A_YEAR = {"季": 4, "季度": 4, "月": 12, "半年": 2, "周": 52, "星期": 52}
_NUMBER = re.compile(r"[-−]?\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?|[-−]?\d+(?:\.\d+)?")
_RANGE = re.compile(r"(?P<low>\d+(?:\.\d+)?)(?P<unit>%?)[-~～—–至到](?P<high>\d+(?:\.\d+)?)")
_DATE = re.compile(r"(?:(?P<year>(?:19|20)\d\d)年)?(?P<month>1[0-2]|0?[1-9])月(?:(?P<day>3[01]|[12]\d|0?[1-9])[日号]|(?P<part>上旬|中旬|下旬|底|末|初))?"
                   r"|(?P<y2>(?:19|20)\d\d)[-./](?P<m2>1[0-2]|0?[1-9])(?:[-./](?P<d2>3[01]|[12]\d|0?[1-9]))?|(?P<y3>(?:19|20)\d\d)年(?:年?底|年?末|内)")
_EVERY = re.compile(r"每[年季月周日天]|各季|逐[月季年]")
_FORECAST = re.compile(r"预计|预期可|预估|拟|计划|力争|将")
_MISSED = re.compile(r"未达成|未达到|未完成|没有完成|未实现|未达标|未建立|未开展|效果较差|较差|^否$|^无效")
_PARTLY = re.compile(r"部分达成|部分完成|基本达成|部分达到|部分实现|大部分|基本完成|有一定效果|一般")
_NOT_REACHED = re.compile(r"[^。；]{0,6}(?:未落实|尚未|滞后)")
_REACHED = re.compile(r"达成|达到|完成|实现|达标|按[期时]|及时|准时|健全|建立|良好|优|明显|有效|稳定|提[升高]|改善|增强|落实|到位|满意|合格|正常|^是$|^有$|持续|符合")
_LESS, _MORE = re.compile(r"反向|逆向|负向|越[小低少]|降低|减少|↓|[≤<＜]|最小"), re.compile(r"正向|越[大高多]|提高|增加|↑|[≥>＞]|最大")
_INVERSE = re.compile(r"A\s*[/÷]\s*B|(?:目标|指标|计划|控制)(?:值|数)?\s*[/÷除]\s*(?:以)?(?:实际|完成|全年)")
_GRADES = re.compile(r"(?P<words>[优良好中差较一般]{1,2}(?:[、，/][优良好中差较一般]{1,2}){2,4})[^。；]{0,24}?(?P<shares>\d{1,3}%?(?:[、，/]\d{1,3}%?){2,4})")
_PARTS = {"上旬": 10, "中旬": 20, "初": 10}


@dataclass(frozen=True, slots=True)
class Goal:
    """What was asked for. number in base units (万元 and 元 alike), high the upper end of a range; base: what the number counts, "" where
    no unit is printed. latest: the last day that keeps a date, as year, month, day (year 0 where none is printed)."""

    sense: Sense
    text: str
    number: Decimal | None = None
    high: Decimal | None = None
    base: str = ""
    factor: Decimal = Decimal(1)
    signed: bool = False
    latest: tuple[int, int, int] | None = None
    strict: bool = False  # 大于98%: 98% itself is not enough
    times: int = 1  # how often in a year it is asked for (4场/季度: 4)


@dataclass(frozen=True, slots=True)
class Done:
    """What was reached. low..high: all that the printed number may stand for (it may be rounded or cut), in base units."""

    text: str
    number: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    base: str = ""
    bare: bool = False  # no unit printed
    places: int = 0
    forecast: bool = False
    grade: Grade | None = None
    times: int = 1
    day: tuple[int, int, int] | None = None


def _plain(text: str) -> str:
    return _SPACE.sub("", unicodedata.normalize("NFKC", text)).replace("(", "（").replace(")", "）")


def _unit(text: str, at: int) -> tuple[Decimal, str, int]:
    """The factor and base of the unit at a place, and where it ends."""
    if text.startswith(("%", "％"), at):
        return Decimal(1), "%", at + 1
    if text.startswith("‰", at):
        return Decimal("0.1"), "%", at + 1
    found = units.find(text, at)
    if found is None:
        word = re.match(r"[\u4e00-\u9fff]{1,4}", text[at:])
        scale = units.scale(text, at)
        if scale:
            return units.SCALES[scale], text[at + len(scale):at + len(scale) + 4].strip("）（。，"), at + len(scale)
        return Decimal(1), word[0] if word else "", at + (len(word[0]) if word else 0)
    return found.factor or Decimal(1), found.base or text[at:found.end], found.end


def goal(text: str, direction: str = "") -> Goal:
    """What a target cell asks for. direction: what a column of its own says of a goal without a sign (正向, 反向, 越小越好)."""
    found = _goal(text)
    way = _plain(direction)
    if found.sense == "exact" and not found.signed and (_LESS.search(way) or _MORE.search(way)):
        return replace(found, sense="most" if _LESS.search(way) else "least", signed=True)
    return found


def _goal(text: str) -> Goal:
    plain = _plain(text)
    sense: Sense = "exact"
    signed = False
    body = plain
    signs: tuple[tuple[re.Pattern[str], Sense], ...] = ((_LEAST, "least"), (_MOST, "most"), (_EXACT, "exact"))
    for pattern, meaning in signs:
        m = pattern.match(body)
        if m:
            sense, signed, body = meaning, True, body[m.end():]
            break
    day = _date(body)
    if day is not None and not _EVERY.search(body):
        return Goal("date", plain, latest=day)
    if _EVERY.match(body) or (sense == "exact" and signed is False and not re.match(r"[-−]?\d", body)):
        return Goal("words", plain)
    m = _RANGE.match(body)
    if m and not signed:
        factor, base, _ = _unit(body, m.end())
        if m["unit"] == "%":
            factor, base = Decimal(1), "%"
        return Goal("range", plain, Decimal(m["low"]) * factor, Decimal(m["high"]) * factor, base, factor, True)
    number = _NUMBER.match(body)
    if number is None:
        return Goal("words", plain)
    factor, base, end = _unit(body, number.end())
    tail = body[end:]
    if not signed and (_ABOVE.search(tail) or _WITHIN.search(tail)):
        sense, signed = ("least", True) if _ABOVE.search(tail) else ("most", True)
    elif sense == "most" or not tail:
        pass
    elif re.search(r"\d", tail):
        return Goal("words", plain)  # two goals in one cell
    value = Decimal(re.sub("[,，]", "", number[0]).replace("−", "-")) * factor
    return Goal(sense, plain, value, None, base, factor, signed, strict=_STRICT.match(plain) is not None, times=_times(plain))


def done(text: str) -> Done:
    """What a result cell tells. Words that grade stand beside a number or alone; a number is taken only where it opens the cell or follows
    a word of doing."""
    plain = _plain(text)
    forecast = _FORECAST.search(plain) is not None
    grade: Grade | None = None
    if _PARTLY.search(plain):
        grade = "partly"
    elif _MISSED.search(plain):
        grade = "missed"
    elif _REACHED.search(plain):
        grade = "partly" if _NOT_REACHED.search(plain) else "reached"
    day = _date(plain)
    if day is not None:
        return Done(plain, forecast=forecast, grade=grade, day=day)
    m = re.match(rf"(?:{_LEAST.pattern[1:]}|{_MOST.pattern[1:]}|约|实际|已|预计|可达?|为|共|全年|[=＝﹦])*(?P<n>{_NUMBER.pattern})", plain)
    if m is None:
        return Done(plain, forecast=forecast, grade=grade)
    digits = re.sub("[,，]", "", m["n"]).replace("−", "-")
    factor, base, end = _unit(plain, m.end())
    if re.search(r"\d", plain[end:]) or (grade is not None and len(plain) - end > 3):
        return Done(plain, forecast=forecast, grade=grade)  # a tale, not a number
    bare = end == m.end()
    value = Decimal(digits)
    places = max(0, -int(value.as_tuple().exponent))
    step = Decimal(1).scaleb(-places)
    exact = places == 0 and base != "%" and not units.scale(plain, m.end())
    low, high = (value, value) if exact else (value - step / 2, value + step)
    return Done(plain, value * factor, low * factor, high * factor, base, bare, places, forecast, None, _times(plain))


def _times(text: str) -> int:
    """How many of the periods that a value counts by make a year (4场/季度: 4)."""
    m = _PERIOD.search(text)
    return _A_YEAR[m["period"]] if m else 1


def _date(text: str) -> tuple[int, int, int] | None:
    """The day that a text names; the last one that it leaves open (6月底: 30)."""
    m = _DATE.search(text)
    if m is None:
        return None
    if m["y3"]:
        return int(m["y3"]), 12, 31
    if m["y2"]:
        return int(m["y2"]), int(m["m2"]), int(m["d2"] or 31)
    day = int(m["day"]) if m["day"] else _PARTS.get(m["part"] or "", 31)
    return int(m["year"] or 0), int(m["month"]), day


def years_filled(day: tuple[int, int, int], other: tuple[int, int, int]) -> tuple[int, int, int]:
    """A day without a year, in the year of another."""
    return (day[0] or other[0], day[1], day[2])


def inverse_counts(text: str) -> bool:
    """Whether a form says that a limit exceeded earns goal ÷ result (按A/B折算, 目标值/完成值×权重)."""
    return _INVERSE.search(text) is not None


def grades_of(text: str) -> dict[str, Decimal]:
    """What a form gives for its own grades, as shares: 优、良、中、差分别按权重的100%、85%、70%、50%计分.

    >>> {word: str(share) for word, share in grades_of("优、良、差分别按权重的100%、80%、0计分").items()}
    {'优': '1', '良': '0.8', '差': '0'}
    """
    m = _GRADES.search(text)
    if m is None:
        return {}
    words, shares = re.split("[、，/]", m["words"]), [s.rstrip("%") for s in re.split("[、，/]", m["shares"])]
    return {w: Decimal(s) / 100 for w, s in zip(words, shares, strict=True)} if len(words) == len(shares) else {}
