"""Numerals where they stand in folded text: Arabic and Chinese ones, their signs, shares (百分之五), halves and counts of about so many.

What a numeral is worth says patterns.numerals; this module says where one begins and ends, and which characters that look like
numerals belong to words (队伍, 收拾, 大陆, 一半).
"""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from patterns import expressions as re
from patterns import units
from patterns.bounds import Bound
from patterns.numerals import approximate, number

_ARABIC = (r"\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?"  # 10,949
           r"|(?<![\d.] )\d{1,3}(?: \d{3})+(?:\.\d+)?(?! ?[\d.])"  # 10 949
           r"|\d+(?:\.\d+)?")
_PLAIN = "零〇一二两三四五六七八九十百千万亿"
_FORMAL = "壹贰叁肆伍陆柒捌玖拾佰仟"
_SHARES = {"百分之": "%", "千分之": "‰", "万分之": "‱"}
NUMERAL = re.compile(
    rf"(?=[\d{_PLAIN}{_FORMAL}几数半])(?:(?P<arabic>{_ARABIC})|(?P<share>{'|'.join(_SHARES)})|"
    rf"(?P<chinese>(?:几|(?<![总户人件次指参倍系函单双少多位层天字量])数)(?![百千]分)[十百千万亿]{{1,3}}|[{_PLAIN}]+(?:点[零〇一二三四五六七八九]+|几[十百千万亿]?)?)|"
    rf"(?P<formal>[{_FORMAL}](?:[{_FORMAL}零万亿]*)(?:点[壹贰叁肆伍陆柒捌玖零]+)?)|(?P<half>半))", re.ASCII)
_DECIMAL = re.compile(r"\d+(?:\.\d+)?|[零〇一二两三四五六七八九十百]+(?:点[零〇一二三四五六七八九]+)?")
_LONGEST = 24  # characters of a numeral; a longer run of digits is a code
_MINUS_AFTER = re.compile(r"[^\w%‰℃)）\]〕]$|^$|[\u4e00-\u9fff]$")
_DASHES = ("-", "–")
# 负 is a sign after these words, and at the start of a clause; 减负, 担负, 肩负 are words
_NEGATIVE_AFTER = "为是达至到长率值幅比额润速增计（(，。；：:、"
# before 百, 千, 万 without a digit: what makes them numbers, and the bound that it gives; 附近百户, 岸上千亩, 通过百家 make none
_CLOSE: tuple[tuple[Bound, str], ...] = (
    (">=", "(?<![以岸村山船网线海身会之路])上"), (">", "突破|超过|(?<![通经不])过|逾|(?<![赶高])超|(?<!突)破"), ("<", "不足|不到|未满"),
    ("~", "(?<![附最临邻靠就亲远])近|(?<![签制节合条公特契])约|将近"), ("", "达|达到"))
_CLOSE_RE = re.compile("|".join(f"({words})" for _, words in _CLOSE))


class Numeral(NamedTuple):
    """A numeral in folded text[start:end].

    high: the upper end of a count of about so many (十几, 两三), else None. share: the unit that 百分之 gives. bound: what the
    numeral itself says (上百: ">="). bare: a 百, 千, 万 without a digit, a number only where approximate or with 余 behind it.
    doubtful: a digit before it could not be joined. about: 几 or 数 makes it approximate.
    """

    start: int
    end: int
    number: Decimal
    chinese: bool
    share: str = ""
    high: Decimal | None = None
    bound: Bound = ""
    bare: bool = False
    approximate: bool = False
    doubtful: bool = False
    about: bool = False


def read(text: str, m: re.Match[str], signed: bool = True) -> Numeral | None:
    """The numeral of a match of NUMERAL, with its sign. A 万 or 亿 at the end of a Chinese numeral is left to the unit."""
    if m["share"]:
        return _read_share(text, m)
    if len(m[0]) > _LONGEST:
        return None
    if m["arabic"]:
        return _read_arabic(text, m, signed)
    if m["half"]:
        return _read_half(text, m)
    return _read_chinese(text, m)


def _read_share(text: str, m: re.Match[str]) -> Numeral | None:
    digits = _DECIMAL.match(text, m.end("share"))
    if digits is None or len(digits[0]) > _LONGEST or (m["share"] == "万分之" and digits[0] == "一"):
        return None
    value = Decimal(100) if digits[0] == "百" else number(digits[0])
    if value is None:
        return None
    start, sign = (m.start() - 1, -1) if _negative(text, m.start()) else (m.start(), 1)
    return Numeral(start, digits.end(), sign * value, True, _SHARES[m["share"]])


def _read_arabic(text: str, m: re.Match[str], signed: bool) -> Numeral | None:
    word, start, end = m[0], m.start(), m.end()
    before = text[start - 1:start]
    negative = False
    doubtful = (before == " " and text[start - 2:start - 1].isdigit()) or (before == "·" and text[start - 2:start - 1].isdigit())
    if signed and before in (*_DASHES, "+") and _MINUS_AFTER.search(text[max(0, start - 2):start - 1]):
        negative, start = before != "+", start - 1
        start += before == "+"
    elif (signed and before == "—" and text[start - 2:start - 1] in tuple("为是长率幅比速")) or (signed and _negative(text, start)):
        negative, start = True, start - 1
    elif signed and before == "下" and text[start - 2:start] == "零下":
        negative, start = True, start - 2
    value = number(word)
    return None if value is None else Numeral(start, end, -value if negative else value, False, doubtful=doubtful)


def _negative(text: str, start: int) -> bool:
    return text[start - 1:start] == "负" and (start < 2 or text[start - 2] in _NEGATIVE_AFTER)


_HALF_NOT_AFTER = frozenset("一上下大小过多折对参减各两年月倍成个每")
_HALF_UNITS = ("time", "mass", "area", "length", "volume")


def _read_half(text: str, m: re.Match[str]) -> Numeral | None:
    """半 as a number of its own: 半天, 半个工作日, 半吨. 一半, 过半, 上半年, 半年 and 半个月 in 一个半月 are none."""
    if text[m.start() - 1:m.start()] in _HALF_NOT_AFTER:
        return None
    found = units.find(text, m.end())
    if found is None or not found.dimension.startswith(_HALF_UNITS) or "year" in found.dimension:
        return None
    return Numeral(m.start(), m.end(), Decimal("0.5"), True)


def _read_chinese(text: str, m: re.Match[str]) -> Numeral | None:
    word, start, end = m[0], m.start(), m.end()
    if text.startswith("分之", end) or text.startswith("分之", end - 1):
        return None
    if m["formal"]:
        while len(word) > 1 and word[-1] in "万亿" and not (word[-1] == "万" and "亿" in word[:-1]):
            word, end = word[:-1], end - 1
        value = number(word)
        if value is None or not _formal(text, word, m):
            return None
        return Numeral(start, end, value, True)
    if len(word) > 1 and word[-1] in "千百" and units.begins(text, end - 1):  # 五千瓦: five kilowatts
        word, end = word[:-1], end - 1
    while len(word) > 1 and word[-1] in "万亿" and not (word[-1] == "万" and "亿" in word[:-1]):  # 三亿五千万 is one numeral
        word, end = word[:-1], end - 1
    ends = (Decimal(2), Decimal(9)) if word in ("几", "数") and end < m.end() else approximate(word)
    if ends:
        return Numeral(start, end, ends[0], True, high=ends[1], about="几" in word or "数" in word)
    value = number(word)
    if value is not None:
        return Numeral(start, end, value, True)
    return _read_bare(text, word, start, end)


def _read_bare(text: str, word: str, start: int, end: int) -> Numeral | None:
    """百, 千, 万 and 亿 without a digit: a number after 上, 近, 超 …, or where 余 follows (the caller sees to that)."""
    value = number("一" + word) if word[0] in "百千" else Decimal(1) if word in ("万", "亿") else None
    if value is None:
        return None
    if word in ("万", "亿"):
        end -= 1  # the unit has it: 上万人 is one 万人
    close = [m for m in _CLOSE_RE.finditer(text, max(0, start - 3), start) if m.end() == start]
    bound = _CLOSE[(close[-1].lastindex or 1) - 1][0] if close else ""
    return Numeral(start, end, value, True, bound=bound, bare=True, approximate=bool(close))


def _formal(text: str, word: str, m: re.Match[str]) -> bool:
    """Whether formal characters are a numeral: money after them, or places among three of them; 陆家嘴, 队伍 and 收拾 are words."""
    after = text[m.end():m.end() + 1]
    if after in ("元", "圆"):
        return True
    return len(word) >= 3 and any(c in "拾佰仟" for c in word) and word[0] not in "拾佰仟"


_PIECE = re.compile(r"(\d+(?:\.\d+)?)([亿万千百十]?)")
_WORTH = {"亿": Decimal(10) ** 8, "万": Decimal(10) ** 4, "千": Decimal(1000), "百": Decimal(100), "十": Decimal(10), "": Decimal(1)}


def mixed(text: str, m: re.Match[str]) -> Numeral | None:
    """Arabic digits with Chinese places between them: 3万5千6百 is 35600, 1亿2000万 is 12000 (its last 万 belongs to the unit)."""
    if not m["arabic"] or text[m.end():m.end() + 1] not in ("亿", "万", "千", "百") or not text[m.end() + 1:m.end() + 3].lstrip("零")[:1].isdigit():
        return None
    total, last, at, pieces = Decimal(0), Decimal(10) ** 12, m.start(), 0
    while at < m.start() + _LONGEST:
        piece = _PIECE.match(text, at + (pieces > 0 and text[at:at + 1] == "零"))
        if piece is None:
            break
        place = "" if piece[2] in "千百十" and units.begins(text, piece.end(1)) else piece[2]
        worth = _WORTH[place]
        if worth >= last or Decimal(piece[1]) * worth >= last or (pieces and "." in piece[1]):
            return None
        total, last, at, pieces = total + Decimal(piece[1]) * worth, worth, piece.end(1) + len(place), pieces + 1
        if not place:
            break
    if pieces < 2 or last >= 10 ** 8:
        return None
    if last == 10 ** 4:
        total, at = total / last, at - 1
    return Numeral(m.start(), at, total.normalize() if total != total.to_integral_value() else total.quantize(Decimal(1)), False)


# words that begin with 半: 半 after a unit then belongs to them (10吨半成品), unless a unit that halves follows (两个半小时)
_HALF_WORDS = ("径", "数", "价", "成品", "自动", "导体", "挂", "封闭", "岛", "山", "程", "开放", "结构", "失能", "脱产", "湿润", "干旱", "决赛", "壁", "边",
               "截", "固", "硬", "永久", "地下", "年", "夜", "途", "公开", "军事", "官方", "熟练", "劳动力", "自理", "年度", "野生", "精装", "月谈", "机械")
_SPLIT = re.compile("(?P<what>[半多])(?P<unit>小时|钟头|月|学期|星期|工作日|百分点|年头)")


def half_after(text: str, end: int) -> int | None:
    """The end of a 半 that adds a half to the figure before it (一吨半), else None."""
    return end + 1 if text[end:end + 1] == "半" and not text.startswith(_HALF_WORDS, end + 1) else None


def split_unit(text: str, end: int) -> tuple[int, str, bool] | None:
    """Of 两个半小时 and 三个多月, for the 个 that ends at a place: the end of the whole, the unit (小时, 个月), whether 半 adds a half."""
    m = _SPLIT.match(text, end)
    if m is None:
        return None
    unit = m["unit"] if m["unit"] in ("小时", "钟头") else f"个{m['unit']}"
    return m.end(), unit, m["what"] == "半"
