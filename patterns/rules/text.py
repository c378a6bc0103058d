"""The rule as the grammar reads it: one spelling of digits and punctuation, no white space, every character with its place."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from patterns import expressions as re

_ONE_TO_ONE = str.maketrans({
    **{chr(0xFF10 + d): str(d) for d in range(10)},
    **{chr(0xFF21 + k): chr(0x41 + k) for k in range(26)},
    **{chr(0xFF41 + k): chr(0x61 + k) for k in range(26)},
    "％": "%", "﹪": "%", "．": ".", "·": ".", "•": ".", "（": "(", "）": ")", "﹙": "(", "﹚": ")", "［": "[", "］": "]", "【": "[",
    "】": "]",
    "〔": "[", "〕": "]", ",": "，", "﹐": "，", ";": "；", "﹔": "；", ":": "：", "∶": "：", "｡": "。", "!": "。", "！": "。",
    "～": "-", "~": "-", "〜": "-", "－": "-", "–": "-", "—": "-", "―": "-", "‐": "-", "﹣": "-", "−": "-", "＝": "=", "／": "/", "＋": "+",
    "＞": ">", "＜": "<", "≧": "≥", "≦": "≤", "⩾": "≥", "⩽": "≤", "﹤": "<", "﹥": ">", "×": "×", "✕": "×", "＊": "×", "*": "×",
    "\"": "“", "＂": "“", "個": "个", "項": "项", "處": "处", "減": "减", "計": "计", "滿": "满", "達": "达", "區": "区", "過": "过",
})
_LIST_MARK = re.compile(
    r"[①-⑳⑴-⒇❶-❿]|\((?:\d{1,2}|[一二三四五六七八九十]{1,3})\)|(?:\d{1,2}|[A-Za-z])[.、)](?![\d])|[一二三四五六七八九十]{1,3}[、.]|"
    r"第[一二三四五六七八九十]{1,2}[，、：]|[一二三四五六七八九十]是(?!否)|其[一二三四五六七八][，是：]")
_ALWAYS_MARK = re.compile(r"[①-⑳⑴-⒇❶-❿]|\((?:\d{1,2}|[一二三四五六七八九十]{1,3})\)")
_BEFORE_MARK = "。；：\n，、"
_POINTED_AT = re.compile(r"(?:备注|附件|附表|附录|注|表|第|条|款|说明|标准|按|见|[A-Za-z\d])$")


@dataclass(frozen=True, slots=True)
class View:
    """text: the rule in one spelling; at[i]: the place of text[i] in the source (at[len(text)] is its end)."""

    source: str
    text: str
    at: tuple[int, ...]

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the source that text[start:end] came from."""
        if end <= start:
            return self.at[start], self.at[start]
        return self.at[start], self.at[end - 1] + 1


def view(source: str) -> View:
    """The rule in one spelling. White space goes (numbers are often printed with spaces); a break stays where a line ends a sentence."""
    chars: list[str] = []
    places: list[int] = []
    folded = source.translate(_ONE_TO_ONE)
    for k, c in enumerate(folded):
        if c.isspace() or c in "\u200b\ufeff\xad":
            if c in "\n\r\u2028\v\f" and chars and (chars[-1] in "。；：分止" or (chars[-1] == ")" and chars[-2:-1] == ["分"])):
                chars.append("\n")
                places.append(k)
            continue
        if c == "\t":
            continue
        chars.append(c)
        places.append(k)
    for k, c in enumerate(chars):
        before, after = chars[k - 1] if k else "", chars[k + 1] if k + 1 < len(chars) else ""
        if c == "，" and before.isdigit() and "".join(chars[k + 1:k + 4]).isdigit() and len(chars[k + 1:k + 4]) == 3 \
                and not (k + 4 < len(chars) and chars[k + 4].isdigit()):
            chars[k] = "\0"
        elif c == "." and not (before.isdigit() or (before.isascii() and before.isalpha())) and not after.isdigit():
            chars[k] = "。"
    kept = [k for k, c in enumerate(chars) if c != "\0"]
    return View(source, "".join(chars[k] for k in kept), (*(places[k] for k in kept), len(source)))


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch between ；。 or list marks: text[start:end] of a View, without mark and separator. sentence: counts from 0."""

    start: int
    end: int
    sentence: int
    marked: bool


def depths(text: str) -> list[int]:
    """How deep each character stands in brackets and quotation marks; a bracket that never closes does not count."""
    pairs = {"(": ")", "[": "]", "“": "”", "《": "》", "「": "」", "‘": "’"}
    closers = {v: k for k, v in pairs.items()}
    stack: list[tuple[str, int]] = []
    spans: list[tuple[int, int]] = []
    for k, c in enumerate(text):
        if c == "“" and stack and stack[-1][0] == "“":
            spans.append((stack.pop()[1], k))
        elif c in pairs:
            stack.append((c, k))
        elif c in closers:
            while stack and stack[-1][0] != closers[c]:
                stack.pop()
            if stack:
                spans.append((stack.pop()[1], k))
    change = [0] * (len(text) + 1)
    for a, b in spans:
        change[a] += 1
        change[b + 1 if b + 1 <= len(text) else len(text)] -= 1
    out, level = [], 0
    for k in range(len(text)):
        level += change[k]
        out.append(level)
    return out


def pieces(text: str) -> list[Piece]:
    """Split at 。；, line breaks and list marks (outside brackets)."""
    depth = depths(text)
    out: list[Piece] = []
    sentence, start, marked = 0, 0, False
    k = 0

    def close(end: int) -> None:
        nonlocal start
        if text[start:end].strip("。；，、\n："):
            out.append(Piece(start, end, sentence, marked))

    while k < len(text):
        c = text[k]
        if depth[k] == 0 and c in "。；\n":
            close(k)
            sentence += c != "；"
            k += 1
            start, marked = k, False
            continue
        fresh = k == start or text[k - 1] in _BEFORE_MARK
        mark = _LIST_MARK.match(text, k) if fresh and depth[k] <= 1 else _ALWAYS_MARK.match(text, k) if c in "(①②③④⑤⑥⑦⑧⑨⑩⑴⑵⑶⑷⑸⑹⑺⑻" else None
        if mark and not _POINTED_AT.search(text, max(0, k - 4), k) and (depth[k] == 0 or (c == "(" and depth[k] == 1)):
            close(k)
            start, marked = mark.end(), True
            k = mark.end()
            continue
        k += 1
    close(len(text))
    return out


_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}


def number(text: str) -> Decimal:
    """An Arabic or a small Chinese numeral (半 is 0.5, 零点五, 十二, 三百); Decimal(0) for what is none."""
    if text and (text[0].isdigit() or text[0] == "."):
        return Decimal(text)
    if text == "半":
        return Decimal("0.5")
    whole, _, part = text.partition("点")
    total = unit = 0
    for c in whole:
        if c in _DIGITS:
            unit = _DIGITS[c]
        else:
            total += (unit or 1) * {"十": 10, "百": 100, "千": 1000}.get(c, 0)
            unit = 0
    value = Decimal(total + unit)
    if part:
        value += Decimal("0." + "".join(str(_DIGITS.get(c, 0)) for c in part))
    return value
