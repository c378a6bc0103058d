"""Whom a clause is for: 中心城区, 其他区, 主城三区（…）, A类县, named districts, 除…外."""

from __future__ import annotations

from dataclasses import dataclass

from patterns import expressions as re
from patterns.clause import CENTRAL, OTHER
from patterns.rules.words import either

_CENTRAL = r"(?:中心城区|中心区(?!域))"
# classes that a programme makes for itself, kept as written
_KIND = (rf"(?:{either('district')}|"
         r"(?:山区|平原|丘陵|平川|沿海|内陆|牧区|半牧区|农业|工业|边境|库区|重点生态功能|革命老区)(?:区县|县区|区|县|市)|"
         r"[A-E甲乙丙丁一二三四][类级档](?:区县|县区|区|县|市|地区))")
_KINDS_OF = r"(?:县\(市、区\)|县\(区\)|县\(市\)|区\(县\)|区\(县、市\)|区县|县区|地区|县市区|市县|县市|区市县|区|县|市(?![场级民直政值]))"
_REST = rf"(?:其他|其它|其余)(?:的)?(?:各)?{_KINDS_OF}(?!域|级|内|直|划|属|位)"
_CITY_AND_REST = re.compile(rf"[；。]{_REST}")  # 城区达到4件的得5分；其他县（市）达到1.5件的…: beside the others 城区 is a class
_EACH = rf"(?:的)?(?:其他|其它|其余)?(?:的)?(?:各|所有)?{_KINDS_OF}?"
_NAME = r"[\u4e00-\u9fff]{1,3}(?:新区|自治县|自治州|区|县|市)"  # 青浦区, 昆山市, 浦东新区: up to three characters before the kind
_MEMBER = rf"(?:{_CENTRAL}|(?:其他|其它|其余)?{_KIND}|{_NAME})"
_JOIN = r"(?:、|，(?=[\u4e00-\u9fff]{1,3}(?:新区|区|县|市)(?:、|和|与|及|等))|和|与|及|以及)"
_MEMBERS = rf"{_MEMBER}(?:{_JOIN}{_MEMBER}){{0,40}}"
_ET_CETERA = rf"等(?:\d{{1,2}}个|[一二三四五六七八九十]{{1,2}}个)?(?:各)?{_KINDS_OF}?"

_HELD = re.compile(f"[区县市州]|{either('district')}")  # what every class phrase holds
_LIST = re.compile(rf"{_MEMBERS}(?:{_ET_CETERA})?")
# 主城三区(汇江区、栖河区), 平原县(其余县区): the bracket says who is meant
_LABEL = re.compile(rf"[\u4e00-\u9fff]{{1,8}}[区县市]\((?:(?P<list>{_MEMBERS})(?:{_ET_CETERA})?|(?P<rest>{_REST}))\)")
_EXCEPT = re.compile(rf"除{_MEMBERS}(?:以外|之外|外){_EACH}")
_OTHER_RE = re.compile(rf"{_CENTRAL}(?:以外|之外){_EACH}|非{_CENTRAL}|{_REST}")

_PARTNER = re.compile(rf"{_REST}(?![，：；])")
# words before 区, 县, 市 that make no district of it
_COMMON = re.compile(rf"{either('common')}|.*{either('common-end')}|[四五六七八九十几多某两三分涉所]区|[我]市|"
                     r".*(?:其他|其它|其余|街道|企业|部门|单位|毗邻|相邻|周边|邻近|邻|兄弟|所在|结对|对口|受援|帮扶).*")
# a zone with tasks of its own is a district where districts are listed (石炉区、临江区、高新区), a zone alone is a thing
_ZONE = re.compile(r".*(?:试点|示范|实践|保护|开发|管理|工业|经济|经开|技术|高新|合作|自贸|保税|度假|风景)区")
_VERBAL = re.compile(r"(?:[向由在对以按据从为与有设经报被将把受给至到和及出].{0,2}|.*(?:完成|达到|承接|建立|设有|年度|建有|列入|建设|划定|创建).*)[区县市]")
_AFTER_ONE = re.compile(r"(?:各)?(?:得|计|加|扣|应|须|需|每|按|完成|超过|达到|不低于|，|参评|不参|为|最多|最高|至多|：|在|大于|高于|不少于|"
                        r"\d|要|≥|>)")
_NO_AFTER = re.compile("级|属|内|域|委|政府|直|里|外|间|位|划|块|志|长|容|民|场|情|值|面|人")
_LEAD = re.compile(r"(?:^|[，；。：(、\n]|对于?|其中|的|在|但|由|%|仅|只|和|与|及|考核|参评|参加|适用于?|包括|限于|指|涉及|分)$")


@dataclass(frozen=True, slots=True)
class Whom:
    """A class phrase: text[start:end]; applies: classes and names as in Clause.applies_to."""

    start: int
    end: int
    applies: tuple[str, ...]


def whom(text: str, start: int = 0, end: int | None = None) -> list[Whom]:
    """The class phrases in text[start:end], in order."""
    end = len(text) if end is None else end
    out: list[Whom] = []
    if _HELD.search(text, start, end) is None:
        return out
    k = start
    while k < end:
        found = _at(text, k, start, end)
        if found:
            out.append(found)
            k = found.end
        else:
            k += 1
    return out


def _at(text: str, k: int, start: int, end: int) -> Whom | None:
    c = text[k]
    if k > start and text[k - 1] in "与向同跟" and _PARTNER.match(text, k, end):
        return None  # 与其他县（区）馆签订协议的: whom with, not whom for
    if c == "除" and (m := _EXCEPT.match(text, k, end)):
        return Whom(k, m.end(), (OTHER,))
    if c == "城" and text.startswith("城区", k) and (k == start or text[k - 1] in "，；。：(、") and _CITY_AND_REST.search(text, k + 2):
        return Whom(k, k + 2, (CENTRAL,))
    if c in "中非其" and (m := _OTHER_RE.match(text, k, end)):
        return Whom(k, m.end(), (OTHER,))
    if not "\u4e00" <= c <= "\u9fff" and not ("A" <= c <= "E"):
        return None
    fresh = k == start or _LEAD.search(text, max(0, k - 3), k) is not None
    if fresh and (m := _LABEL.match(text, k, end)):
        applies = (OTHER,) if m["rest"] else _members(m["list"])
        if applies:
            return Whom(k, m.end(), applies)
    m = _LIST.match(text, k, end)
    if m is None or _NO_AFTER.match(text, m.end(), end):
        return None
    first = re.match(rf"{_CENTRAL}|{_KIND}", m[0])
    if not fresh and not first:
        return None
    applies = _members(m[0])
    if not applies:
        return None
    several = len(applies) > 1 or bool(re.search(_JOIN + "|等", m[0][1:]))
    if first or several or (fresh and (k == start or text[k - 1] in "，；。：(、核对") and _AFTER_ONE.match(text, m.end(), end)):
        return Whom(k, m.end(), applies)
    return None


def _members(text: str) -> tuple[str, ...] | None:
    """The names and classes of a list; None where a word of it is no district."""
    words = re.split(_JOIN, re.sub(r"等[^、]{0,6}$", "", text))
    out: list[str] = []
    named = sum(not (_COMMON.fullmatch(w) or _ZONE.fullmatch(w) or _VERBAL.fullmatch(w)) for w in words)
    for word in words:
        if re.fullmatch(_CENTRAL, word):
            out.append(CENTRAL)
        elif kind := re.fullmatch(rf"(?:其他|其它|其余)?(?P<own>{_KIND})", word):
            out.append(kind["own"].replace("(", "（").replace(")", "）"))
        elif _COMMON.fullmatch(word) or _VERBAL.fullmatch(word) or (_ZONE.fullmatch(word) and not named):
            return None
        else:
            out.append(word)
    return tuple(dict.fromkeys(out))
