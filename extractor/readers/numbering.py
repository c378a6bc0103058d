"""Automatic numbers of a DOCX, which its text does not hold: counted as a word processor counts them (ECMA-376, 17.9)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from extractor.readers.package import attribute, kid, kids
from patterns import expressions as re

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_DIGITS = "〇一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"


@dataclass(slots=True)
class _Level:
    start: int = 1
    style: str = "decimal"
    text: str = ""
    legal: bool = False
    restart: int | None = None
    linked: str | None = None


@dataclass(slots=True)
class Numbering:
    """The lists of a document and how far each has counted."""

    levels: dict[str, dict[int, _Level]] = field(default_factory=dict)  # by numId
    family: dict[str, str] = field(default_factory=dict)  # numId to what it counts with
    counts: dict[str, dict[int, int]] = field(default_factory=dict)
    started: set[str] = field(default_factory=set)
    fresh: set[str] = field(default_factory=set)  # numIds that begin anew

    @classmethod
    def of(cls, root: Element | None) -> Numbering:
        """From the root of numbering.xml."""
        out = cls()
        abstract: dict[str, tuple[dict[int, _Level], str | None, str | None]] = {}
        for e in kids(root, "abstractNum"):
            abstract[attribute(e, "abstractNumId") or ""] = (
                _levels(e), attribute(kid(e, "numStyleLink"), "val"), attribute(kid(e, "styleLink"), "val"))
        styles = {link: key for key, (_, _, link) in abstract.items() if link}
        for e in kids(root, "num"):
            number, key = attribute(e, "numId") or "", attribute(kid(e, "abstractNumId"), "val") or ""
            levels, pointer, _ = abstract.get(key, ({}, None, None))
            if not levels and pointer in styles:
                key = styles[pointer]
                levels = abstract[key][0]
            levels = dict(levels)
            for o in kids(e, "lvlOverride"):
                at = _int(attribute(o, "ilvl"))
                levels |= _levels(o)
                start = attribute(kid(o, "startOverride"), "val")
                if start is not None:
                    old = levels.get(at, _Level())
                    levels[at] = _Level(_int(start, 1), old.style, old.text, old.legal, old.restart, old.linked)
                    out.fresh.add(number)
            out.levels[number], out.family[number] = levels, key
        return out

    def level_of_style(self, number: str, style: str) -> int:
        """The level that a list links to a paragraph style, 0 where none."""
        return next((k for k, level in self.levels.get(number, {}).items() if level.linked == style), 0)

    def next(self, number: str, at: int) -> str:
        """Count one on in a list at a level, and give the number as printed; "" for bullets."""
        levels = self.levels.get(number)
        if levels is None or at not in levels:
            return ""
        counts = self.counts.setdefault(self.family[number], {})
        if number in self.fresh and number not in self.started:
            counts.pop(at, None)
        self.started.add(number)
        level = levels[at]
        counts[at] = counts[at] + 1 if at in counts else level.start
        for k in [k for k in counts if k > at]:
            after = levels[k].restart if k in levels else None
            if after is None or (after > 0 and at < after):
                del counts[k]
        if level.style in ("bullet", "none"):
            return ""

        def shown(m: re.Match[str]) -> str:
            k = int(m[1]) - 1
            own = levels.get(k, _Level())
            return spell(counts.get(k, own.start), "decimal" if level.legal else own.style)

        return re.sub(r"%([1-9])", shown, level.text)


def _levels(e: Element) -> dict[int, _Level]:
    out = {}
    for lvl in kids(e, "lvl"):
        legal = kid(lvl, "isLgl")
        restart = attribute(kid(lvl, "lvlRestart"), "val")
        out[_int(attribute(lvl, "ilvl"))] = _Level(
            _int(attribute(kid(lvl, "start"), "val"), 0), attribute(kid(lvl, "numFmt"), "val") or "decimal", attribute(kid(lvl, "lvlText"), "val") or "",
            legal is not None and attribute(legal, "val") not in ("0", "false", "off"), None if restart is None else _int(restart),
            attribute(kid(lvl, "pStyle"), "val"))
    return out


def _int(text: str | None, default: int = 0) -> int:
    return int(text) if text is not None and re.fullmatch(r"-?\d{1,6}", text) else default


def spell(n: int, style: str) -> str:
    """A counter in a number format of ECMA-376, 17.18.59."""
    if style == "none" or n < 0:
        return ""
    if style in ("chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting", "taiwaneseCountingThousand",
                 "koreanDigital2", "cjkIdeographic"):
        return chinese(n)
    if style in ("ideographDigital", "taiwaneseDigital", "japaneseDigitalTenThousand"):
        return "".join(_DIGITS[int(d)] for d in str(n))
    if style in ("chineseLegalSimplified", "ideographLegalTraditional", "japaneseLegal"):
        return "".join(_LEGAL[_DIGITS.index(c)] if c in _DIGITS else {"十": "拾", "百": "佰", "千": "仟"}.get(c, c) for c in _tens(n))
    if style == "ideographTraditional":
        return "甲乙丙丁戊己庚辛壬癸"[(n - 1) % 10]
    if style == "ideographZodiac":
        return "子丑寅卯辰巳午未申酉戌亥"[(n - 1) % 12]
    if style in ("decimalEnclosedCircle", "decimalEnclosedCircleChinese") and 1 <= n <= 20:
        return chr(0x2460 + n - 1)
    if style == "decimalEnclosedParen" and 1 <= n <= 20:
        return chr(0x2474 + n - 1)
    if style == "decimalEnclosedFullstop" and 1 <= n <= 20:
        return chr(0x2488 + n - 1)
    if style in ("decimalFullWidth", "decimalFullWidth2"):
        return "".join(chr(0xFF10 + int(d)) for d in str(n))
    if style == "decimalZero":
        return f"{n:02d}"
    if style in ("upperLetter", "lowerLetter") and n:
        letter = chr(ord("A") + (n - 1) % 26) * min((n - 1) // 26 + 1, 20)
        return letter if style == "upperLetter" else letter.lower()
    if style in ("upperRoman", "lowerRoman") and 0 < n < 4000:
        out = ""
        for value, sign in zip((1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1), ["M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"], strict=True):
            out += sign * (n // value)
            n %= value
        return out if style == "upperRoman" else out.lower()
    return str(n)


def _tens(n: int) -> str:
    if n == 0:
        return "〇"
    out, gap = "", False
    for power, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = n // power % 10
        if digit:
            out += ("〇" if gap and out else "") + _DIGITS[digit] + unit
        gap = not digit
    return out


def chinese(n: int) -> str:
    """一, 十, 十一, 二十, 一百〇五: as lists are counted; digits from 10,000 on."""
    if n > 9999:
        return str(n)
    out = _tens(n)
    return out[1:] if out.startswith("一十") else out
