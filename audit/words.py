"""How numbers and a document's words are written for people."""

from __future__ import annotations

import unicodedata
from decimal import Decimal


def number(value: Decimal | None) -> str:
    """A number as a person writes it: no exponent, no idle zeros; nothing for None."""
    if value is None:
        return ""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def interval(low: Decimal, high: Decimal) -> str:
    """1.5, or 0–1.5 where the ends differ."""
    return number(low) if low == high else f"{number(low)}–{number(high)}"


def plain(text: str) -> str:
    """Text of a document on one line, without characters that steer a terminal, a page's reading order or a spreadsheet.

    Control and bidirectional format characters become U+FFFD or a space, so that what is shown is what was written.
    """
    if text.isprintable():
        return text
    out = []
    for c in text:
        if c in "\t\n\r\x0b\x0c\u2028\u2029":
            out.append(" ")
        elif unicodedata.category(c) in ("Cc", "Cf", "Cs", "Co", "Cn"):
            out.append("" if c in "\u200b\ufeff\u00ad" else "\ufffd")
        else:
            out.append(c)
    return "".join(out)
