"""Markdown as people and converters write it: marks, notes, formulas and HTML inside a text, taken off so that the words are left.

What a formula says is written out (`$3.5\\%$`, `$\\mathrm{m}^{2}$`): converters of PDF set numbers and units so.
"""

from __future__ import annotations

import html
from collections.abc import Iterator

from extractor.readers.raised import lowered, raised
from patterns import expressions as re

BREAK = "\x0b"  # a break inside a line of the source
_BLOCK = r"div|p|center|section|article|table|thead|tbody|tr|td|th|ul|ol|li|details|summary|figure|figcaption|h[1-6]|hr"
_INLINE = r"span|u|b|i|em|strong|font|a|small|mark|ins|code|big|kbd|label|page|nobr"
_TAG = re.compile(rf"</?(?:(?P<block>{_BLOCK})|(?P<inline>{_INLINE}))\b[^<>]{{0,400}}>", re.I)
_BREAK = re.compile(r"<br\s*/?>", re.I)
_IMAGE = re.compile(r"<img\b[^<>]{0,100000}>|!\[[^\]\n]{0,300}\]\((?:[^()\n]|\([^()\n]*\)){0,2000}\)|<!--\s*image\s*-->", re.I)
_COMMENT = re.compile(r"<!--.{0,5000}?-->", re.S)
_STRUCK = re.compile(r"~~(?=\S)([^~\n]{1,300}?)(?<=\S)~~|<(del|s|strike)>.{0,500}?</\2>", re.I | re.S)
_RAISED = re.compile(r"<(sup|sub)>(.{0,60}?)</\1>|(?<=[^\s^\[])\^([0-9]{1,2}|[*①-⑳])\^", re.I | re.S)
_NOTE = re.compile(r"\[\^[^\]\s]{1,20}\](?!:)")
_DEFINITION = re.compile(r"[ ]{0,3}\[\^[^\]\s]{1,20}\]:[ \t]*(.*)")
_LINK = re.compile(r"(?<!!)\[([^\[\]\n]{1,300})\]\((?:https?:|mailto:|#|\.{0,2}/|[\w./-]+\.(?:html?|pdf|docx?|md))[^()\s]{0,500}\)")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{}~])")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,8}\d?);", re.I)
_FORMULA = re.compile(r"(?<![\\$])\$(?!\$)([^$\u4e00-\u9fff\n]{1,200}?)(?<!\\)\$(?!\$)|\\\(([^\u4e00-\u9fff\n]{1,200}?)\\\)")
_SHOWN = re.compile(r"\\(?:mathrm|text|textrm|mathbf|mathsf|mathit|operatorname|textbf|rm|bf|displaystyle|left|right|boldsymbol|mathtt|mathcal|tag)\b\s*\*?")
_SIGNS = {"geq": "≥", "geqslant": "≥", "ge": "≥", "leq": "≤", "leqslant": "≤", "le": "≤", "times": "×", "cdot": "·", "pm": "±", "sim": "~", "approx": "≈", "mu": "μ",
          "upmu": "μ", "circ": "°", "degree": "°", "to": "→", "rightarrow": "→", "lt": "<", "gt": ">", "neq": "≠", "div": "÷", "celsius": "℃", "quad": "", "qquad": "",
          "permil": "‰", "textpertenthousand": "‱"}
_LETTERS = re.compile(r"(?<![A-Za-z\\])(?!(?:kg|km|cm|mm|dm|hm|mg|ug|kW|MW|GW|kWh|tce|kgce|ppm|dB|pH|GDP|CO|SO|NO|PM|COD|BOD|TSP|Nm|mol|min|ha|lg|ln)(?![a-z]))[A-Za-z]{3,}")


def pieces(text: str) -> Iterator[tuple[bool, str]]:
    """A text's stretches in order: (True, an HTML table) or (False, words)."""
    low = text.lower() if "<" in text else ""
    at = 0
    while (start := low.find("<table", at)) >= 0 and (stop := low.find("</table", start)) >= 0 and (end := low.find(">", stop)) >= 0:
        yield False, text[at:start]
        yield True, text[start:end + 1]
        at = end + 1
    yield False, text[at:]


def plain(text: str) -> tuple[str, int]:
    """A stretch without its marks, and how many pictures it shows. A <br> becomes BREAK: it breaks no row of a table."""
    pictures = 0
    if "<" in text or "![" in text:
        text, pictures = _IMAGE.subn("", text)
        text = _BREAK.sub(BREAK, _COMMENT.sub("", text))
    if "~~" in text or "<" in text:
        text = _STRUCK.sub("", text)
    if "^" in text or "<" in text:
        text = _RAISED.sub(lambda m: _set_off(text, m), text)
    if "<" in text:
        text = _TAG.sub(lambda m: "\n" if m["block"] else "", text)
    if "[" in text:
        text = _LINK.sub(r"\1", _NOTE.sub("", text))
    if "$" in text or "\\(" in text:
        text = _FORMULA.sub(lambda m: _formula(text[max(0, m.start() - 8):m.start()], m), text)
    if "\\" in text:
        text = _ESCAPE.sub(r"\1", text)
    if "&" in text:
        text = _ENTITY.sub(lambda m: html.unescape(str(m[0])), text)
    return text, pictures


def formulas(text: str) -> str:
    """A text with its formulas written out."""
    if "$" in text or "\\(" in text:
        return str(_FORMULA.sub(lambda m: _formula(text[max(0, m.start() - 8):m.start()], m), text))
    return text


def definition(line: str) -> str | None:
    """What a note says (`[^1]: …`), None for other lines."""
    m = _DEFINITION.fullmatch(line)
    return m[1] if m else None


def _set_off(text: str, m: re.Match[str]) -> str:
    inner = m[2] if m[1] else m[3]
    return lowered(inner) if (m[1] or "").lower() == "sub" else raised(text[max(0, m.start() - 8):m.start()], inner)


def _formula(before: str, m: re.Match[str]) -> str:
    """What a formula in a line says; one that is no number and no unit stays as it is."""
    inner = m[1] or m[2] or ""
    if not re.search(r"[\d\\^_]", inner):
        return m[0]
    said = _SHOWN.sub("", inner)
    said = re.sub(r"\\textcircled\s*\{?\s*([0-9]{1,2})\s*\}?", lambda c: chr(0x245F + int(c[1])) if 1 <= int(c[1]) <= 20 else c[1], said)
    said = re.sub(r"\\d?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}", r"\1/\2", said)
    said = re.sub(r"\\([A-Za-z]+)", lambda c: _SIGNS.get(c[1], c[0]), said)
    if "\\" in re.sub(r"\\[%#&_{}$,;:! ]", "", said) or _LETTERS.search(said):
        return m[0]
    said = re.sub(r"\\[,;:! ]|[\s~](?!\d)|(?<![0-9])~", "", said) if "~" in inner else re.sub(r"\\[,;:! ]|\s", "", said)
    said = re.sub(r"\s+", "", said).replace("\\", "")
    out, at = "", 0
    for part in re.finditer(r"([\^_])(?:\{([^{}]*)\}|(.))", said):
        out += re.sub(r"[{}]", "", said[at:part.start()])
        inside = re.sub(r"[{}]", "", part[2] if part[2] is not None else part[3])
        out += "°" if inside == "°" else raised((before + out)[-8:], inside) if part[1] == "^" else lowered(inside)
        at = part.end()
    return (out + re.sub(r"[{}]", "", said[at:])).replace("°C", "℃")
