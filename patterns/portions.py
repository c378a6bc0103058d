"""Shares told in words: 九成, 八成五, 百分之九十五, 千分之一, 三分之二, 半数, 过半."""

from __future__ import annotations

from decimal import Decimal

from patterns import expressions as re
from patterns.numerals import number

_TENTHS = "(?P<tens>[一二两三四五六七八九])成(?P<half>[一二三四五六七八九半](?![成般些定]))?(?![员效果立分绩套本因份长品色员型熟功为])"
_OVER = "(?P<below>[二三四五六七八九十])分之(?P<above>[一二两三四五六七八九])"
_PER = r"(?P<of>[百千万])分之(?P<many>百|[零一二两三四五六七八九十点]{1,7}|\d{1,3}(?:\.\d{1,3})?)"
PORTION = re.sub(r"\?P<\w+>", "", f"(?:{_PER}|{_TENTHS}|{_OVER}|半数|一半)")
_PORTION = re.compile(f"{_PER}|{_TENTHS}|{_OVER}|半数|一半")
_HALF = re.compile("(?:超过|超|过)半(?:数|(?![小个天年月径价分里]))")
_DIGITS = {c: k for k, c in enumerate("零一二三四五六七八九十")} | {"两": 2}


def portion(words: str) -> Decimal | None:
    """A share told in words, in percent; None for what is none.

    >>> portion("八成五"), portion("三分之二"), portion("半数"), portion("成员")
    (Decimal('85'), Decimal('66.67'), Decimal('50'), None)
    """
    m = _PORTION.fullmatch(words)
    if m is None:
        return None
    if m["of"]:
        many = Decimal(100) if m["many"] == "百" else number(m["many"])
        return None if many is None else (many * 100 / {"百": 100, "千": 1000, "万": 10_000}[m["of"]]).normalize()
    if m["tens"]:
        return Decimal(10 * _DIGITS[m["tens"]] + (5 if m["half"] == "半" else _DIGITS[m["half"]] if m["half"] else 0))
    if m["below"]:
        return (Decimal(100 * _DIGITS[m["above"]]) / _DIGITS[m["below"]]).quantize(Decimal("0.01")).normalize()
    return Decimal(50)


def in_percent(text: str) -> str:
    """A text with the shares that it tells in words told in percent.

    >>> in_percent("覆盖九成及以上的村"), in_percent("过半的村")
    ('覆盖90%及以上的村', '超过50%的村')
    """
    text = _HALF.sub("超过50%", text)
    return str(_PORTION.sub(lambda m: m[0] if (share := portion(m[0])) is None else f"{share:f}%", text))
