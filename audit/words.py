"""How numbers and a document's words are written for people."""

from __future__ import annotations

import unicodedata
from decimal import Decimal

from patterns import expressions as re

CELL_LIMIT = 32_000  # a spreadsheet's cell holds 32,767 characters


def number(value: Decimal | None) -> str:
    """A number as a person writes it: no exponent, no idle zeros; nothing for None."""
    if value is None:
        return ""
    text = format(value, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


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


def cell_text(text: str) -> str:
    """Text for a cell: on one line or more, no control characters, cut to what a cell holds."""
    lines = [plain(line) for line in text.split("\n")]
    text = "\n".join(lines)
    return text if len(text) <= CELL_LIMIT else text[:CELL_LIMIT] + "…"


CLOSING = "，。、；：！？）》〉」』】〕”’％%…—,.;:!?)]}"  # never begins a line
OPENING = "（《〈「『【〔“‘([{"  # never ends one
PIECES = re.compile(r"[!-~]+|\s+|.", re.S)
QUOTED = re.compile(r"(“[^“”]*”)")


def cells(text: str) -> int:
    """The columns that a text takes on a terminal: two for wide characters, none for combining ones."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def wrap(text: str, width: int) -> list[str]:
    """Lines of a text of mixed scripts, broken as Chinese is: between characters, but not inside a word or between a
    number and its unit, and with no closing mark at a line's start nor an opening one at its end. width is in columns."""
    units: list[str] = []
    glue = False
    for piece in PIECES.findall(text):
        unit_of_number = bool(units) and units[-1][-1:].isdigit() and piece.isalpha()
        if units and not piece.isspace() and (glue or unit_of_number or (piece[0] in CLOSING and not units[-1].isspace())):
            units[-1] += piece
        else:
            units.append(piece)
        glue = piece[-1] in OPENING
    lines, line, used = [], "", 0
    for unit in units:
        need = cells(unit)
        if used + need > width and line:
            lines.append(line.rstrip())
            line, used = "", 0
            if unit.isspace():
                continue
        if need > width:
            for c in unit:
                if used + cells(c) > width:
                    lines.append(line)
                    line, used = "", 0
                line, used = line + c, used + cells(c)
            continue
        line, used = line + unit, used + need
    return [*lines, line.rstrip()] if line.strip() or not lines else lines


def gist(text: str, width: int) -> str:
    """A sentence in so many columns as far as its quotations can be shortened: their ends go first, for what is said of them counts more."""
    pieces = QUOTED.split(text)
    while (over := cells("".join(pieces)) - width) > 0:
        k = max((k for k in range(1, len(pieces), 2)), key=lambda k: len(pieces[k]), default=0)
        inside = pieces[k].strip("“”").rstrip("…") if k else ""
        if len(inside) <= 8:
            break
        pieces[k] = f"“{inside[:max(8, len(inside) - max(1, (over + 2) // 2))]}…”"
    return "".join(pieces)


def cut(text: str, width: int) -> str:
    """A text in one line of so many columns."""
    lines = wrap(text, width)
    return lines[0] if len(lines) == 1 else wrap(text, max(2, width - 1))[0] + "…"


def inner(text: str) -> str:
    """Words as they stand within “ ”: their own marks become single ones."""
    return text.translate({0x201C: "‘", 0x201D: "’"})
