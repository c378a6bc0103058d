"""The words of a condition: what is filler, what only says that a goal is met, what grades."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from patterns import expressions as re
from patterns.rules.classes import Whom
from patterns.rules.draft import Span
from patterns.rules.words import words

FILLER = re.compile(
    r"(?:本项目?|此项|该项|本条|本指标|该指标|各区县|各区|各地|对于|对|的|均|都|各|则|即|分别|为|可|应|与|和|及|在|按|并|且|但|其中|只|仅|"
    r"评分|考核|参评|适用于?|区县?|县|者|门店所在|统一|全部|一律|"
    r"另|再|也|还|或者|或|以(?![上下内外])|每年|当年|年度|全年|情况|标准|\d{4}年|[，。；：、()\s“”])")
GENERIC = re.compile(
    r"(?:完成率|完成比例|完成情况|达标率|完成|达到|目标|任务|指标|要求|年度|低于|高于|未达到|没有达到|不达标|达不到|未完成|没有完成|未达标|"
    r"比例|实际|及|的|在|每|低|高|少|多|超|超过|差|缺|欠|有|发现|出现|"
    r"漏|新增|增加|上升|升高|减少|降低|下降|上年|去年|持平|或者|接入|建成|创建|实现|标准|考核|规定|上述|以上|其|为|，|、|率|得分|扣分|第|排名|名次|位次|不足|不到|满|得|计|加|"
    r"扣|未|不|\d|%|个百分点|一|次|项|家|例|起)")
GOAL = re.compile(r"(?:完成|达到|达成|实现|达标|落实|超额).{0,40}|.{0,40}(?:完成|达到|达成|实现|达标)(?:的)?$")
RANKED = re.compile(r"第[\d一二三四五六七八九十]|前[\d一二三四五六七八九十]|排名|名次|位次|位列")
FREE = re.compile("(?:酌情|视情况?|适当|相应)(?:予以|给予|进行)?(?:扣|加|得|计|给|减)(?:减)?分")
_TAILS = ("优", "良", "中", "差")  # grades only where they end a condition
QUALITY = re.compile("|".join(re.escape(w) + ("$" if w in _TAILS else "") for w in words("quality")))


def content(text: str, spans: Sequence[Span], named: Callable[[int, int], list[Whom]]) -> str:
    """The words of some spans that say something, class phrases and fillers taken out. named: the class phrases of a stretch."""
    out = []
    for a, b in spans:
        k = a
        for w in named(a, b):
            out.append(text[k:w.start])
            k = w.end
        out.append(text[k:b])
    return FILLER.sub("", "".join(out))


def short(said: str) -> bool:
    """二等奖, 省级: a condition that only grades the one before it."""
    return len(said) <= 8 and bool(re.search("级|奖|类|等|次|名|优|良|差|A|B|C|牌", said))


def parallel(said: str, before: str) -> bool:
    """较大事故 after 一般事故: a short condition that ends as the one before it."""
    return len(said) <= 10 and len(before) > 2 and said[-2:] == before[-2:]
