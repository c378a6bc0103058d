"""Bounds of a figure, before it (不低于, 超过, 约 …) and after it (以上, 以内, 左右 …), in folded text.

以上 and 以下 include the number itself, as the Civil Code (art. 1259) has it; 不足, 低于, 超过 exclude it.
"""

from __future__ import annotations

import re
from typing import Literal

Bound = Literal["", ">=", ">", "<=", "<", "~"]

_WINDOW = 8
_BEFORE: tuple[tuple[Bound, str], ...] = (
    (">=", r"不得?(?:低于|少于|小于|短于|亚于)|"
           r"(?:不应|应不|须不|不能|不可)(?:低于|少于|小于)|"
           r"(?:至少|最少)(?!的)(?:[\u4e00-\u9fff]{2})?|最低|≥|>=|大于等于|大于或等于|不下于?"),
    ("<=", r"(?:不|不得|不应|不能|未|没有)(?:超过|高于|大于|多于|突破|超出|超)|"
           r"(?<![日次年月])(?:至多|最多)(?!的)(?:[\u4e00-\u9fff]{2})?|最高|≤|<=|小于等于|小于或等于"),
    (">", r"(?<!不)(?:超过|高于|大于|多于|突破|好于|优于)|刚过|(?<![不反赶])超|逾|(?<![<>])>"),
    ("<", r"不足|不到|不满|未满|未达|(?<!不)(?:小于|低于|少于|短于)|(?<![<>])<"),
    ("~", r"大约|(?<![节制签预违公特履合条契解续邀])约|将近|接近|(?<![附最临邻靠就亲远])近|大概|大致"),
)
_BEFORE_RE = re.compile("(?:" + "|".join(f"({words})" for _, words in _BEFORE) + r")(?:了|到|为|达到|达|有|在|占|需|是|合|计)?$")
_AFTER: tuple[tuple[Bound, str], ...] = (
    (">=", r"[(（]?(?:及|或|含|和)?其?以上(?![报述级])|起步|(?:(?![都在是有为于])[\u4e00-\u9fff]){1,4}以上(?=规模|的|[，。；、)）]|$)"),
    ("<=", r"[(（]?(?:及|或|含|和)?以[内下](?![各列方简])|之内|封顶|内(?![容部外设置陆涝江河蒙科地燃需生资湖环刊网务控退养涵参窥镜循衣页存贸向侧墙饰装业])"),
    ("~", r"左右|上下(?!班|级|游|行|车|联|贯|一)|出头|多(?=[，。；、）)的]|$|时间|地|路)"),
    (">", "还多|开外|有余"),
)
_AFTER_RE = re.compile("|".join(f"({words})" for _, words in _AFTER))


def bound(text: str, start: int, end: int, about: bool) -> Bound:
    """The bound of the figure text[start:end]. about: 余 or 多 stands inside it."""
    m = _AFTER_RE.match(text, end)
    if m is not None and m.lastindex is not None:
        return _AFTER[m.lastindex - 1][0]
    m = _BEFORE_RE.search(text[max(0, start - _WINDOW):start])
    if m is not None and m.lastindex is not None:
        return _BEFORE[m.lastindex - 1][0]
    return "~" if about else ""
