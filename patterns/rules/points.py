"""Point phrases: 得2分, 扣0.5分, 最多扣1分, 不得分, 计满分, 0.5分/次 … with what they give or take."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from patterns import expressions as re
from patterns.rules.text import number
from patterns.rules.words import ADVERB, ARABIC, CHINESE, COUNTER, END, GIVE, MOST, NUMBER, POINT, TAKE

TokenKind = Literal["give", "take", "bare", "full", "zero", "cap", "floor", "whole", "slash", "list", "free"]


@dataclass(frozen=True, slots=True)
class Token:
    """A point phrase: text[start:end] of a View.

    values: the points in order (two for a slash, several for 分别得…). high: the upper end of 扣1-2分.
    per/unit: what stands behind the number (0.5分/次). take: it takes points off. free: the judge is left a choice (酌情).
    whole_rule: it speaks of the whole rule (本项不得分). severally: the same points for each of the things named before (各得1分).
    part: the share of the row's points that it gives (得80%的分值); values are empty then.
    """

    kind: TokenKind
    start: int
    end: int
    values: tuple[Decimal, ...] = ()
    high: Decimal | None = None
    unit: str | None = None
    take: bool = False
    free: bool = False
    whole_rule: bool = False
    severally: bool = False
    part: Decimal | None = None


_WHOSE = r"(?:本项目?|此项|该项|本条|该条|本要点|该要点|本内容|本子项|该子项|本栏|本指标|该指标|本小项|该小项|整项|单项|全项|相应|对应|所在项|当项|本考核项|该考核项|本款)"
_SCORE = r"(?:指标|内容|考核|工作|任务|评价)?(?:的)?(?:分值|分数|得分|评分|分)?"
_CAP = (
    rf"(?:累计|合计|总计|共计|总共|总分|总得分|总扣分|{_WHOSE}|全年|全部|两项|三项|各项|每项|每类|扣分|加分|得分|奖分|分值|且|但|并|"
    rf"按){{0,3}}"
    rf"{MOST}(?:可以|可|只|能|各|累计|合计|共|总|不|得超过|超过|为|是|以|限|值|分值|得分|扣分|加分|计分|得|计|加|扣减|扣|减|奖|满|到|至|：|记|"
    rf"给){{0,4}}"
    rf"(?P<cap>{NUMBER}){POINT}(?:{END})?")
_CAP3 = (rf"(?:超过|超出|高于|大于){ARABIC}{POINT}(?:的|部分|者)?，?(?:均|一律|只)?"
         rf"(?:按|以|计)(?P<cap3>{ARABIC}){POINT}(?:计算|计分|计入|计|算)?")
_CAP2 = rf"(?:以|至|到|满|完|加|扣|得|计|累计|合计|加满|扣满|扣完|加至|加到|扣至|扣到){{0,3}}(?P<cap2>{NUMBER}){POINT}(?:的)?{END}"
_CAP4 = rf"(?<=，)满(?P<cap4>{ARABIC}){POINT}(?=[，。；]|$)"
_FLOOR = (rf"扣(?:除|减)?(?:相应|对应|该小项|所在项)(?:项)?(?:的)?(?:分值|分数|得分|分)(?!\d)|"
          rf"扣(?:完|光|尽)(?:{_WHOSE}|全部|所有)?(?:的)?(?:分值|分数|得分|分)?(?:为止|止)|减完为止|"
          r"(?:最高|最多|直至)(?:加|得|计)?(?:至|到)满分(?:为止)?|"
          rf"(?:直至|直到)(?:扣|减)?(?:完|光)?(?:{_WHOSE})?(?:的)?(?:分值|分数|得分|分)?(?:为止)?|"
          r"(?:扣|减)(?:至|到)为?(?:零|0)分?(?:为止|止)?|(?:扣|减)(?:完|光)(?:为止|止)|不计负分|不得负分|不倒扣|不出现负分|最低(?:为|得|"
          r"计)?(?:0|零)分")
_ZERO = (
    rf"(?:{_WHOSE}{_SCORE})?(?:即|均|一律|直接|都|也)?(?:不予得分|不予加分|不加分|不能得分|不可得分|不得分|不予计分|不再计分|不计分|不计得分|不予记分|"
    rf"不记分|不予给分|不给分|不予评分|不予赋分|不赋分|"
    rf"无分(?![类别])|不得{_WHOSE}(?:分|分数|分值)|(?:得|计|记|为|按|给|打|评|以|判|作|算|扣为|扣至){{1,2}}(?:0|零){POINT}|(?:得|计|记)(?:0|零)(?![\d.点]))(?:处理|计算|计)?(?![\d.])"
    rf"|{_WHOSE}{_SCORE}(?:为|是|计|得|记|：)?(?:0|零)(?:分|(?![\d.%]))|(?:实行|实施)?一票否决|取消{_WHOSE}?(?:得分|评分)"
    rf"|(?:全部扣|全扣|扣光|扣除全部|扣完全部|扣除本项全部|扣除该项全部|扣全)(?:分值|分数|分)?|(?:扣完|扣除|扣){_WHOSE}(?:全部|所有|"
    rf"的全部)?(?:分值|分数|得分|分)(?!为止)"
    rf"|扣(?:本项|该项|此项)?全部(?:分值|分数|分)|一分(?:不|未)(?:给|得|计|加)|(?:分值|得分|分数|该项|本项|此项)(?:清|归)零|(?<![\d.])0{POINT}|零{POINT}")
_FULL = (
    rf"(?<!乘以)(?<!乘)(?<!×)(?:{GIVE}|按|以|为|视为|视同|作|打){{0,2}}(?:{_WHOSE}){{0,1}}(?:的)?(?:满分|全分|全部分值|全部分数|全部得分|标准分值?|"
    rf"满分值)(?!(?:为|是|：)?\d)(?:计算|计分|计|记|评定|处理)?"
    rf"|(?:得|计|给|赋){_WHOSE}(?:的)?(?:分值|分数|分)(?!\d)")
_SEP = r"(?:、|，|/|和|-)"
_LIST = (rf"(?:分别|依次|各自)(?:对应|按)?(?:(?P<ltake>{TAKE})|{GIVE})?(?P<values>{ARABIC}(?:{POINT})?(?:{_SEP}(?:和|加|扣|得|"
         rf"计)?{ARABIC}(?:{POINT})?){{1,8}})(?<=分)")
_SLASH = rf"(?:(?P<stake>{TAKE})|{GIVE})?(?P<first>{ARABIC})(?:{POINT})?/(?P<second>{ARABIC}){POINT}"
_TAIL = rf"(?:(?:/|每|一)(?:每)?1?(?P<tail>{COUNTER}))?"
_PLAIN = (rf"(?P<adv>{ADVERB}{{0,4}})(?:(?P<take>{TAKE})(?:总分|总得分|考核总分)?|(?P<give>{GIVE}))(?:：|为|了|至|到)?(?P<n>{NUMBER})(?:{POINT})?(?:(?:-|至|"
          rf"到)(?P<high>{ARABIC}))?{POINT}{_TAIL}"
          rf"(?:计算|计分|扣分|扣减|加分)?")
_BARE = (rf"(?P<badv>酌情|共计?|计为)?(?P<b>{ARABIC}|(?:(?<=乘以)|(?<=乘上)|(?<=×)){CHINESE})(?:(?:-|至|到)(?P<bhigh>{ARABIC}))?{POINT}(?:(?:/|"
         rf"每)(?:每)?1?(?P<btail>{COUNTER}))?(?:的?标准)?(?P<after>扣分|扣减|扣除|计分|加分|得分|给分|计算|计得|计)?")
_WHOLE = (rf"以(?P<whole2>{ARABIC}){POINT}为满分|(?<!乘以)(?<!乘)(?<!×)(?<!得)(?:满分|总分值?|总计|分值|标准分|权重|基准分|基础分|起评分|起始分|基本分|本项|此项|该项|"
          rf"本指标|该指标)(?:为|是|计|：|共)?(?P<whole>{ARABIC}){POINT}")

# a part of the row's points (得80%的分值), and half of what would be given otherwise
_PART = (rf"(?P<off>{TAKE})(?:{_WHOSE}|该)?(?:的)?(?:(?:标准分值?|分值|分数|得分|权重分|满分)的?(?P<part4>{ARABIC})%|"
         rf"(?P<part5>{ARABIC})%(?:的)?(?:{_WHOSE}|该)?(?:的)?(?:分值|分数|得分|分(?!钟)))|"
         rf"(?:{GIVE}|按|以)(?:{_WHOSE})?(?:的)?(?P<part>{ARABIC})%(?:的)?(?:{_WHOSE}|该)?"
         r"(?:分值|分数|权重分|标准分|得分|计分|给分|赋分|满分|分(?!钟))"
         rf"|(?:{GIVE}|按|以){{1,2}}(?:{_WHOSE}|该)?(?:的)?(?:标准分值?|分值|分数|权重分|满分|全部分值)的(?P<part2>{ARABIC})%(?:计分|得分|给分|赋分|计算|计|得)?"
         rf"|(?<![\d.扣除减罚该项≥≤<>])(?P<part3>{ARABIC})%(?:的(?:分值|分数|标准分|权重分|满分|分(?![\u4e00-\u9fff]))|分值|分数)")
_HALF = (r"(?:减半|折半)(?:后)?(?:加分|扣分|计算|扣)|"
         r"(?P<half>(?:减半|折半)(?:后)?(?:得分|计分|给分|赋分|记分|计|得)|(?:得|计|给)(?:一半分|(?:满分|分值|权重|标准分)的?(?:一半|二分之一)))|"
         r"(?:得|计|扣|给|按)(?:该项|本项|此项)?(?:分值|分数)?的?(?:一半|二分之一)(?:的)?(?:分值|分数|得分|计分|计|分)?")

_TOKEN = re.compile("|".join(f"(?P<{name}>{body})" for name, body in (
    ("T_floor", _FLOOR), ("T_list", _LIST), ("T_cap", _CAP), ("T_cap3", _CAP3), ("T_cap2", _CAP2), ("T_cap4", _CAP4), ("T_half", _HALF), ("T_part", _PART),
    ("T_zero", _ZERO), ("T_whole", _WHOLE), ("T_full", _FULL),
    ("T_slash", _SLASH), ("T_plain", _PLAIN), ("T_bare", _BARE))))
_DISCRETION = re.compile("酌情|视情|适当")
_REAL_PLAIN = re.compile(CHINESE)
# 一分 without a verb is no point phrase, and 获得十分 … needs an Arabic digit or a scoring verb before it
_CHINESE_WITH = re.compile("^(?:" + ADVERB + "){0,4}(?:得|计|加|奖|给|记|赋|倒扣|扣减|扣除|扣|减)")


def tokens(text: str) -> list[Token]:
    """All point phrases of a rule (one spelling), in order, none overlapping."""
    out: list[Token] = []
    position = 0
    while m := _TOKEN.search(text, position):
        token = _token(m)
        position = max(m.end(), m.start() + 1)
        if token and token.kind in ("bare", "give") and (not token.free or token.high is not None) and _is_level(text, token):
            continue
        if token and token.kind == "zero" and _NO_MORE.search(text, max(0, token.start - 12), token.end):
            continue
        if token:
            out.append(token)
    return out


_NO_MORE = re.compile("(?:超额|超出|超过|多出|超|多)(?:完成|任务|目标|计划|部分|比例|的|，)*(?:不另行?|不再|不)加分$")  # no level of the rule: its points end here


_LEVEL_BEHIND = re.compile(r"(?:\((?:不)?含\))?(?:及以上|以上|及以下|以下|以内|至|到|-\d|及其以上|或以上)|为(?:优|良|合格|不合格|中|差|较|"
                           r"一般|及格|不及格)|\((?:不)?含[^)]{0,6}\)|(?:的)?，?(?:得|计|扣|不得|赋|加)(?!分[^值])")
_LEVEL_BEFORE = re.compile(r"(?:不低于|不少于|不高于|低于|高于|少于|不足|不到|未达到|未达|达到|达|超过|大于|小于|不满|满|含|≥|≤|>|<|至|到|-|"
                           r"每低|每少|每高|每差|每降低|每提高|每增加|每超过)$")


_EACH_BEFORE = re.compile(rf"每(?:1|一)?{COUNTER}$")


def _is_level(text: str, token: Token) -> bool:
    """Whether N分 is a mark that somebody reached (满意度90分以上, 低于85分, 每低1分), not points of the rule."""
    number_at = re.search(r"\d", text[token.start:token.end])
    if not number_at:
        return False
    if _EACH_BEFORE.search(text, max(0, token.start - 6), token.start):
        return False
    behind = _LEVEL_BEHIND.match(text, token.end)
    before = _LEVEL_BEFORE.search(text, max(0, token.start - 4), token.start)
    if token.kind == "give":
        return bool(behind and behind[0][0] not in "的，得计扣不赋加为")
    return bool(behind or before) and text[token.start - 1:token.start] != "("


def _token(m: re.Match[str]) -> Token | None:
    start, end, said = m.start(), m.end(), m[0]
    free = bool(_DISCRETION.search(said))
    if m["T_floor"]:
        return Token("floor", start, end)
    if m["T_list"]:
        values = tuple(Decimal(v) for v in re.findall(ARABIC, m["values"]))
        return Token("list", start, end, values, take=bool(m["ltake"]))
    if m["T_cap"]:
        return Token("cap", start, end, (number(m["cap"]),), take="扣" in said or "减" in said,
                     whole_rule=bool(re.match("累计|合计|总|共|本项|此项|该项|两项", said)))
    if m["T_cap3"]:
        return Token("cap", start, end, (number(m["cap3"]),))
    if m["half"]:
        return Token("give", start, end, part=Decimal("0.5"))
    if m["T_half"]:
        return Token("free", start, end, free=True)
    if m["T_part"]:
        part = Decimal(m["part"] or m["part2"] or m["part3"] or m["part4"] or m["part5"]) / 100
        return Token("take" if m["off"] else "give", start, end, take=bool(m["off"]), part=part)
    if m["T_cap2"]:
        return Token("cap", start, end, (number(m["cap2"]),), take="扣" in said)
    if m["T_cap4"]:
        return Token("cap", start, end, (number(m["cap4"]),))
    if m["T_whole"]:
        return Token("whole", start, end, (number(m["whole"] or m["whole2"]),), whole_rule=said.startswith(("基准", "基础", "起", "基本")))
    if m["T_zero"]:
        return Token("zero", start, end, whole_rule=bool(re.search(_WHOSE + "|一票否决|全部|全扣|扣光", said)))
    if m["T_full"]:
        return Token("full", start, end)
    if m["T_slash"]:
        return Token("slash", start, end, (Decimal(m["first"]), Decimal(m["second"])), take=bool(m["stake"]))
    if m["T_plain"]:
        if _REAL_PLAIN.fullmatch(m["n"]) and not _CHINESE_WITH.match(said):
            return None
        value = number(m["n"])
        if value == 0:
            return Token("zero", start, end) if not m["take"] else Token("free", start, end)
        high = Decimal(m["high"]) if m["high"] else None
        return Token("take" if m["take"] else "give", start, end, (value,), high, m["tail"], bool(m["take"]), free or high is not None,
                     severally=bool(re.search("各|分别|均", m["adv"])))
    value = number(m["b"])
    after = m["after"] or ""
    take = after.startswith("扣")
    high = Decimal(m["bhigh"]) if m["bhigh"] else None
    if value == 0:
        return Token("zero", start, end)
    return Token("take" if take else "give" if after else "bare", start, end, (value,), high, m["btail"], take, free or high is not None)
