"""Enumerators of official text: 一、（一）1. （1）① 一是 第一章 ——, the numbering styles of GB/T 9704 and their relatives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from patterns import expressions as re
from patterns.numerals import integer

Style = Literal["part", "comma", "bracket", "decimal", "digit", "digit-bracket", "circle", "item", "letter", "dash"]

_CN = "[一二三四五六七八九十百]{1,4}"
_OPEN, _CLOSE = r"[（(﹙〔\[]", r"[）)﹚〕\]]"
_STYLES: tuple[tuple[Style, str], ...] = (
    ("part", rf"第(?P<part>{_CN}|\d{{1,2}})(?:章|部分|编|篇|节)(?=[\s\u3000：:、]|\S)"),
    ("item", rf"(?P<item>{_CN})(?:是|要|则)(?!否|不是)"),
    ("comma", rf"(?P<comma>{_CN})\s*[、．.](?!\d)"),
    ("bracket", rf"{_OPEN}\s*(?P<bracket>{_CN})\s*{_CLOSE}[、.．]?"),
    ("digit-bracket", rf"(?:{_OPEN}\s*)?(?P<digitbracket>\d{{1,2}})\s*{_CLOSE}[、.．]?"),
    ("decimal", r"(?P<decimal>\d{1,2}(?:[.．]\d{1,2}){2,3}[.．]?(?=[\s\u3000]*[\u4e00-\u9fff“《])"
                r"|\d{1,2}[.．]\d{1,2}(?:[.．、](?!\d)|(?=[\s\u3000]+(?![万亿千百个家项吨元人次])[\u4e00-\u9fff“《])))"),
    ("digit", r"(?P<digit>\d{1,2})\s*(?:[.．](?!\d)|、)"),
    ("circle", r"(?P<circle>[①-⑳⑴-⒇])[、.．]?"),
    ("letter", r"(?P<letter>[A-Za-z])(?:[.．](?![A-Za-z0-9])|[)）])"),
    ("dash", r"(?P<dash>——|[—–●■◆▪•○◇※·]|[-*](?=\s))"),
)
_START = re.compile("|".join(pattern for _, pattern in _STYLES))
_BY_GROUP = {style.replace("-", ""): style for style, _ in _STYLES}

# 一是 … 二是 … inside a paragraph: after a stop, a colon or a comma, never inside a word (之一是, 唯一是)
_ITEM = re.compile(rf"(?:^|(?<=[。；;：:，,、！？”）)\n\u3000 ]))(?P<item>{_CN})(?:是|要)(?!否)")


@dataclass(frozen=True, slots=True)
class Enumerator:
    """An enumerator as found: its style, its ordinal (None for a dash), the text as written and its end."""

    style: str
    ordinal: int | None
    text: str
    start: int
    end: int


def enumerator(text: str) -> Enumerator | None:
    """The enumerator that a paragraph begins with, None where it begins with none. White space before it is skipped."""
    lead = len(text) - len(text.lstrip())
    m = _START.match(text, lead)
    if m is None or m.lastgroup is None:
        return None
    style = _BY_GROUP[m.lastgroup]
    word = m[m.lastgroup]
    number: int | None = None
    if style in ("part", "comma", "bracket", "item"):
        number = int(word) if word.isdigit() else integer(word)
        if number is None:
            return None
    elif style in ("digit", "digit-bracket"):
        number = int(word)
    elif style == "decimal":  # 2.6.2: the depth is in the number
        levels = [x for x in re.split("[.．、]", word) if x]
        number = int(levels[-1])
        return Enumerator(f"decimal{len(levels)}", number, m[0].strip(), lead, m.end())
    elif style == "circle":
        number = ord(word) - (0x2460 if word < "⑴" else 0x2474) + 1
    elif style == "letter":
        number = ord(word.lower()) - 96
    return Enumerator(style, number, m[0].strip(), lead, m.end())


def items(text: str) -> list[Enumerator]:
    """The run of 一是 … 二是 … inside a paragraph, in order: it begins with 一 and counts up by one; else none."""
    out: list[Enumerator] = []
    for m in _ITEM.finditer(text):
        number = integer(m["item"])
        if number == 1 or (out and number == (out[-1].ordinal or 0) + 1):
            out.append(Enumerator("item", number, m[0], m.start(), m.end()))
    starts = [e for e in out if e.ordinal == 1]
    return out if len(out) > 1 or (starts and text[starts[0].start:starts[0].end] == text.strip()[:2]) else []
