"""Chinese and Arabic numerals of official text -> Decimal.

>>> number("三百二十")
Decimal('320')
>>> number("15.46"), number("10,949"), number("十五点四六")
(Decimal('15.46'), Decimal('10949'), Decimal('15.46'))
>>> approximate("十几"), approximate("五六十")
((Decimal('11'), Decimal('19')), (Decimal('50'), Decimal('60')))
"""

from __future__ import annotations

from decimal import Decimal

from patterns import expressions as re

DIGITS = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
FORMAL = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟", "一二三四五六七八九十百千")
SMALL = {"十": 10, "百": 100, "千": 1000}
LARGE = {"万": 10 ** 4, "亿": 10 ** 8}

_LONGEST = 40  # no printed quantity is longer; a longer run of digits is none
_PAIR = re.compile("一[二两]|[二两]三|三四|三五|四五|五六|六七|七八|八九")
_ARABIC = re.compile(r"[-+]?\d{1,3}(?:[, ]\d{3})+(?:\.\d+)?|[-+]?\d+(?:\.\d+)?")


def number(text: str) -> Decimal | None:
    """The value of a numeral in any supported style, None where the text is not one numeral.

    Styles: 15.46, 10,949 and 10 949, -3.2; 三十二, 一百二十, 一百零五, 两千, 一万两千, 三亿, 十五点四六, 二〇二一 (digit by digit).
    """
    if not text or len(text) > _LONGEST:
        return None
    if _ARABIC.fullmatch(text):
        return Decimal(text.replace(",", "").replace(" ", ""))
    whole, point, fraction = text.translate(FORMAL).partition("点")
    value = integer(whole)
    if value is None or not point:
        return None if value is None else Decimal(value)
    if not fraction or any(c not in DIGITS for c in fraction):
        return None
    return Decimal(f"{value}." + "".join(str(DIGITS[c]) for c in fraction))


def approximate(text: str) -> tuple[Decimal, Decimal] | None:
    """The ends of a Chinese numeral that is a count of about so many, None for any other text.

    十几 is 11 to 19, 三十几 31 to 39, 数十 and 几十 20 to 90, 几百 200 to 900; 两三 is 2 to 3, 五六十 50 to 60, 三五 3 to 5.
    """
    if not 1 < len(text) <= _LONGEST:
        return None
    plain = text.translate(FORMAL)
    if plain[0] in "几数" and plain[1] in "十百千":
        ends = (plain.replace(plain[0], "二", 1), plain.replace(plain[0], "九", 1))
    elif plain[-1] == "几" and plain[-2] == "十":
        ends = (plain[:-1] + "一", plain[:-1] + "九")
    else:
        pair = _PAIR.search(plain)
        if pair is None or (pair.end() < len(plain) and plain[pair.end()] in DIGITS) or (pair.start() and plain[pair.start() - 1] in DIGITS):
            return None
        ends = (plain[:pair.start() + 1] + plain[pair.end():], plain[:pair.start()] + plain[pair.end() - 1:])
    low, high = integer(ends[0]), integer(ends[1])
    return None if low is None or high is None or low >= high else (Decimal(low), Decimal(high))


def integer(text: str) -> int | None:
    """The value of a Chinese numeral without a fraction, None where it is malformed (三五, 十百)."""
    text = text.translate(FORMAL)
    if not text or len(text) > _LONGEST:
        return None
    if len(text) > 1 and all(c in DIGITS for c in text):  # 二〇二一
        return int("".join(str(DIGITS[c]) for c in text)) if "两" not in text and ("〇" in text or "零" in text or len(text) > 2) else None
    total = group = 0
    digit: int | None = None
    unit_below, large_below = 10 ** 9, 10 ** 9  # units must fall: 百 after 千, never before
    last_unit = 0
    zero = False
    for c in text:
        if c in DIGITS:
            if digit is not None and digit != 0:
                return None
            if DIGITS[c] == 0:
                zero = True
            digit = DIGITS[c]
        elif c in SMALL:
            unit = SMALL[c]
            if unit >= unit_below or (digit == 0 and unit != 10):
                return None
            if digit is None and unit != 10:
                return None
            group += (digit or 1) * unit
            digit, unit_below, last_unit, zero = None, unit, unit, False
        elif c in LARGE:
            unit = LARGE[c]
            part = group + (digit or 0)
            if unit == 10 ** 8 and large_below == 10 ** 4:  # 一万亿, 一万两千亿
                total = (total + part) * unit
            elif part == 0 or unit >= large_below:
                return None
            else:
                total += part * unit
            group, digit, unit_below, large_below, last_unit, zero = 0, None, 10 ** 9, unit, unit, False
        else:
            return None
    if digit and last_unit > 10 and not zero:  # 一百二 is 120, 两千五 is 2500, 三万二 is 32000
        digit *= last_unit // 10
    return total + group + (digit or 0)
