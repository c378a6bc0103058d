"""Raised and lowered characters: an exponent belongs to its unit or number, a note's number belongs to nobody and goes.

Formats tell that a character is raised in their own ways (w:vertAlign, <sup>, size and baseline on a page); what it then means is
decided here, for all of them.
"""

from __future__ import annotations

from patterns import expressions as re

_EXPONENT = str.maketrans("0123456789-+−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺⁻")
_INDEX = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_UNIT = re.compile(r"(?:(?<![A-Za-z])(?:[kcdmµ]?m|hm|dam)|(?<![0-9])米)$")
_POWER = re.compile(r"(?:[×xX*·]\s*10|(?<![0-9.])10)$")
_MARK = re.compile(r"[\s\[［【〔(（]*(?:注\s*)?[0-9０-９]{1,3}(?:\s*[,，、\-–]\s*[0-9]{1,3})*[\s\]］】〕)）]*|[*＊†‡§#①-⑳⑴-⒇❶-❿a-f]{1,3}|\[?注\]?")


def raised(before: str, text: str) -> str:
    """What raised characters say after the text before them: an exponent (m², m³, 10⁴) as raised digits, words as they are
    (1ˢᵗ), a note's mark ("1", "[2]", "①", "*") as nothing."""
    squashed = text.strip()
    if not squashed:
        return text
    if re.fullmatch("[23]", squashed) and _UNIT.search(before[-4:]):
        return squashed.translate(_EXPONENT)
    if re.fullmatch(r"[-+−]?\d{1,2}", squashed) and (_POWER.search(before[-4:]) or (squashed[0] in "-−" and re.search(r"[A-Za-z]$", before))):
        return squashed.translate(_EXPONENT)
    return "" if _MARK.fullmatch(squashed) else text


def lowered(text: str) -> str:
    """What lowered characters say: the index of a formula (CO₂), kept apart from a number that follows."""
    return text.translate(_INDEX)
