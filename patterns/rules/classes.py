"""Whom a clause is for: 中心城区, 其他区, named districts, 除…外."""

from __future__ import annotations

import re
from dataclasses import dataclass

from patterns.clause import CENTRAL, OTHER

_CENTRAL = r"(?:中心城区|中心区(?!域))"
_KIND = r"(?:主城区|中心市区|核心城区|非?涉农区县?|远郊区县?|近郊区县?|郊区县?|[新老]城区|生态涵养区|城市发展新区)"  # kept as written
_EACH = r"(?:的)?(?:其他|其它|其余)?(?:的)?(?:各|所有)?(?:区县|县区|区|县|地区)?"
_OTHER = (rf"(?:除{_CENTRAL}(?:以外|之外|外){_EACH}|{_CENTRAL}(?:以外|之外){_EACH}|除{_KIND}(?:以外|之外|外){_EACH}|非{_CENTRAL}|"
          r"(?:其他|其它|其余)(?:的)?(?:各)?(?:区县|县区|地区|区|县市区|县市|县)(?!域|级|内|直))")
# 青浦区, 昆山市, 浦东新区: a name has up to three characters before its kind
_NAME = r"[\u4e00-\u9fff]{1,3}(?:新区|自治县|自治州|区|县|市)"
_NO_NAME = re.compile(
    r"(?:[辖社园本全各城地校小片该市景厂街库山林牧灾郊矿港湖湾老新学病县跨分两三属所出涉四五六七八九十几多某]区|"
    r".*(?:试点|示范|实践|保护|开发|管理|居住|商务|功能|餐饮|所在|工业|经济|技术|高新|合作|自贸|保税|生活|办公|作业|施工|营业|服务|展示|"
    r"禁止|控制|污染|建成|规划|社|园|辖|校|片|街|景|厂|小)区|"
    r"(?:[全本各城省县该都超门上股夜早集菜楼区我]|地级|直辖|所在)市|[全本各该区市我]县|.*(?:其他|其它|其余|街道|企业|部门|单位|完成|达到|"
    r"承接|建立|设有|年度|建有|列入).*|[向由在对以按据从为与有设经报被将把受给至到和及]..?)")
_JOIN = r"(?:、|，(?=[\u4e00-\u9fff]{1,3}(?:新区|区|县|市)(?:、|和|与|及|等))|和|与|及|以及)"
_MEMBER = rf"(?:{_CENTRAL}|{_KIND}|{_NAME})"
_LIST = re.compile(rf"{_MEMBER}(?:{_JOIN}{_MEMBER}){{0,40}}(?:等(?:\d{{1,2}}个|[一二三四五六七八九十]{{1,2}}个)?(?:各)?(?:区县|县区|地区|"
                   rf"区|县|市)?)?")
_OTHER_RE = re.compile(_OTHER)
_EXCEPT = re.compile(rf"除(?P<who>{_MEMBER}(?:{_JOIN}{_MEMBER}){{0,40}})(?:以外|之外|外)(?:的)?(?:其他|其它|其余)?(?:的)?(?:各)?(?:区县|"
                     rf"县区|地区|区|县)?")
_AFTER_ONE = re.compile(r"(?:各)?(?:得|计|加|扣|应|须|需|每|按|完成|超过|达到|不低于|，|参评|不参|为|最多|最高|至多|：|在|大于|高于|不少于|"
                        r"\d|要)")
_NO_AFTER = re.compile("级|属|内|域|委|政府|直|里|外|间|位|划|块|志|长|容|民|场|情|值|面")
_BEFORE = re.compile(r"(?:^|[，；。：(、\n和与及]|对|对于|其中|的|在|但|%|由)$")


@dataclass(frozen=True, slots=True)
class Whom:
    """A class phrase: text[start:end]; applies: classes and names as in Clause.applies_to."""

    start: int
    end: int
    applies: tuple[str, ...]


def _members(text: str) -> tuple[str, ...] | None:
    out: list[str] = []
    for word in re.split(_JOIN, re.sub(r"等.{0,4}$", "", text)):
        if re.fullmatch(_CENTRAL, word):
            out.append(CENTRAL)
        elif re.fullmatch(_KIND, word):
            out.append(word)
        elif _NO_NAME.fullmatch(word):
            return None
        else:
            out.append(word)
    return tuple(dict.fromkeys(out))


def whom(text: str, start: int = 0, end: int | None = None) -> list[Whom]:
    """The class phrases in text[start:end], in order."""
    end = len(text) if end is None else end
    out: list[Whom] = []
    k = start
    while k < end:
        c = text[k]
        if c == "除" and (m := _EXCEPT.match(text, k, end)):
            out.append(Whom(k, m.end(), (OTHER,)))
            k = m.end()
            continue
        if c in "除中非其" and (m := _OTHER_RE.match(text, k, end)):
            out.append(Whom(k, m.end(), (OTHER,)))
            k = m.end()
            continue
        if ("\u4e00" <= c <= "\u9fff" and _BEFORE.search(text, max(0, k - 2), k)) or (k == start) or c in "中主核涉远近郊新老生城非":
            m = _LIST.match(text, k, end)
            if m and m.end() > k:
                applies = _members(m[0])
                several = bool(re.search(_JOIN, m[0])) or "等" in m[0][-5:]
                central = applies is not None and (CENTRAL in applies or bool(re.match(_KIND, m[0])))
                if applies and not _NO_AFTER.match(text, m.end(), end) and (several or central
                                                                            or _AFTER_ONE.match(text, m.end(), end)) and (central
                                                                                or several or (k == start or text[k - 1] in "，；。：(、")):
                    out.append(Whom(k, m.end(), applies))
                    k = m.end()
                    continue
        k += 1
    return out
