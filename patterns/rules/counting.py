"""Points by the item: 每1家, 每低5个百分点, 1例扣, 有1家漏报, 每领域."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from patterns import expressions as re
from patterns.portions import portion
from patterns.rules.points import Token
from patterns.rules.text import number
from patterns.rules.words import ARABIC, COUNTER, UNIT

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Per:
    """number items of unit. loose: no 每 was written (1家计1分), so that neighbours may show it to be a level."""

    number: Decimal
    unit: str
    start: int
    end: int
    loose: bool = False


_SMALL = r"[一二两三四五六七八九十][一二两三四五六七八九十百千]{0,3}"
_EVERY_N = re.compile(rf"(?:每|逐)(?P<verb>(?:[^每，。；：()\d]|\d{{2,4}}强){{0,16}}?)(?P<n>{ARABIC}|{_SMALL})(?P<unit>{UNIT})")
_EVERY = re.compile(rf"(?:每|各)(?P<unit>{COUNTER}|%)")
_EVERY_NOUN = re.compile(
    r"每(?:有|缺|少|漏|增|新增|覆盖|涉及)?(?P<unit>[\u4e00-\u9fff]{1,4}?)(?=得|计|加|扣|奖|减|给|记|可|最多|最高|$|\d)")
_EVERY_SHARE = re.compile(r"每[^每，。；：()\d]{0,5}?(?P<share>[一二两三五]成|[百千万](?:分之)[一二两三五]|十万分之[一二两三五])(?:的)?$")
_EVERY_BARE = re.compile(r"每(?:降低|降|低|升高|升|高|超过|超|增加|减少)(?:于[^，。；]{0,6})?(?P<n>\d+\.\d+)(?:的)?$")
_CLOSER = re.compile(rf"(?:的)?(?P<n>{ARABIC}|{_SMALL})(?P<unit>个百分点|百分点|%)")
_EVERY_WORD = re.compile(rf"每(?![百千万亿十])[^每，。；：()\d]{{0,12}}?(?P<n>{ARABIC})(?!{UNIT}?以[上下内])(?P<unit>[\u4e00-\u9fff/]{{1,8}}?)(?=的?$|的?(?:扣|"
                         rf"得|计|加|减|，))")
_TIMES = re.compile(r"(?:年|月|季度|季|周|半年|日|天|学期|两年|三年|晚|早)")
_ONE = re.compile(rf"(?<![\d.第每前后之又唯统万专同])(?P<n>1|一)(?P<unit>{COUNTER}|%|个百分点|处|万元|亿元|公里|万平方米|平方米|吨|"
                  rf"亩)(?!以上|及以上|\(含\)以上|级|以下|以内|次性|体化|般|定|流)")
_PERCENT_POINTS = re.compile(rf"(?P<n>{ARABIC}|{_SMALL})(?P<unit>个百分点|百分点|%)")
_LACKING = re.compile(rf"(?<![不减至缩最])(?:少|低|缺|欠|差|超|迟|晚)(?P<n>\d\d+(?:\.\d+)?|[2-9])(?P<unit>{UNIT})(?:的|者)?，?$")  # 少1000亩扣0.5分
_BOUND_BEFORE = re.compile(r"(?:至少|不少于|不低于|达到|达|大于|高于|多于|小于|不高于|不多于|不大于|不小于|≥|≤|>|<|超过|不足|未达|满|不到|"
                           r"少于|低于|未达到|第|只要有?|前)(?:有)?$")
_GAINS = re.compile(r"新增|增加|引进|创建|建成|获得|获评|获|评为|培育|发表|举办|承办|创成|落地|入选|命名|认定|通过|推广|完成|报送|刊发|"
                    r"采用|录用|化解|推出|形成|组织|开展|涉及|覆盖|新建")
_FAULT_VERB = re.compile(r"漏|欠|缺|少|低|差|发现|出现|发生|有|存在|查出|逾期|超期|迟|晚|未|不|超|多|高|误|违|延|瞒|因|被|查实|"
                         r"下降|降低|退")


_EACH_ONE_OF = re.compile(rf"{COUNTER}[\u4e00-\u9fff]+(?:满|达到|达|超过|不少于)$")  # 每名社工服务满200小时 counts 社工
_AGAIN = re.compile(r"[\u4e00-\u9fff]{1,4}(?P<n>1|一)(?P<unit>次|处|项|人次|例|起)")  # 每发现1个支部1次未落实
_LEAST = r"(?:不少于|不低于|不得少于|至少|达到|不得低于|不超过|大于等于|≥|≤|>=|<=|>|<)(?:有)?"
_EACH_HAS = re.compile(rf"(?:均|都|应)?(?:配备|设置|设有|配有)?{_LEAST}\d")
_AT_LEAST = re.compile(_LEAST + "$")
_OF_ALL = re.compile(r"每(?:个|家|所|名|座|户|人|村|乡镇|街道|社区|镇|县)")
_A_HEAD = re.compile(r"(?:每[年月天日季]|年均?|月均?)?\d[\d.]*(?:元|万元|公斤|千克|吨|平方米|小时|学时)")
_MUST = re.compile(r"≥|>|至少|不少于|不低于|以上|均|全部|都|达到|齐全|\d%")
_ONE_NOT = re.compile(rf"^[^。]{{0,12}}?(?:每有|有|每|发现)[1一]{COUNTER}[^，。；]{{0,8}}?(?:未|没有|不)")
_CAPPED = re.compile(r"^，?[^，。；]{0,4}(?:最多|最高|累计|不超过|封顶|满分|上限|以(?![上下内]))")


def of_all(text: str, start: int, end: int, token: Token) -> bool:
    """Whether the 每 at text[start:end] says what each one must have, not what each one earns: 每个县至少有1所…的得3分, 向每家卫生院派驻…，每有1家未派驻扣0.2分."""
    if not _OF_ALL.match(text, start) or text[start:end][-1:].isdigit():
        return False
    words, behind = text[end:token.start], text[token.end:token.end + 40]
    if _A_HEAD.match(words):
        return True  # 每人每年6000元的
    if len(words.strip("的，")) < 5 or _CAPPED.match(behind):
        return False
    return bool(_MUST.search(words) or _ONE_NOT.match(behind) or text[max(0, start - 1):start] in ("向", "对", "为", "在", "给"))


def per_item(text: str, spans: list[Span], token: Token) -> Per | None:
    """How many of what the points are given for, from the words before a point phrase; None for a flat sum."""
    if not spans:
        return _every_in_token(text, token)
    inside = _every_in_token(text, token)
    if inside:
        return inside
    for a, b in reversed(spans):
        got = _every(text, a, b, b == spans[-1][1] and spans[-1][1] == token.start, token)
        if got:
            return got
    if token.kind == "zero" or token.kind == "full":
        return None
    for k, (a, b) in enumerate(reversed(spans)):
        got = _one(text, a, b, token, k == 0 and b == token.start)
        if got:
            return got
    return None


def _every_in_token(text: str, token: Token) -> Per | None:
    m = re.match(r"(?:可|再|各|均)?每(次|项|家|个|例)", text[token.start:token.end])
    return Per(Decimal(1), m[1], token.start, token.start + m.end()) if m else None


def _every(text: str, a: int, b: int, last: bool, token: Token) -> Per | None:
    if last and (n := _EVERY_SHARE.search(text, a, b)) and (share := portion(n["share"].removeprefix("十"))) is not None:
        return Per((share / 10 if n["share"].startswith("十") else share).normalize(), "个百分点", n.start(), n.end())
    found: Per | None = None
    for m in _EVERY_N.finditer(text, a, b):
        verb = m["verb"]
        if re.match("百|千|万|十万|亿|人均|平方公里|平方米|立方米|亩|公顷|公里", verb) or _EACH_ONE_OF.match(verb):
            continue
        closer = _CLOSER.match(text, m.end("unit"), b)
        if closer:
            found = Per(number(closer["n"]), _unit(closer["unit"]), m.start(), closer.end())
            continue
        time = _TIMES.match(verb)
        if _AT_LEAST.search(verb):
            continue
        if time and not re.match("逾期|迟|延|超期|晚|缺|少|漏|低|未|发现|发生", verb[time.end():]):
            rest = _EVERY.search(text, m.start() + 1, m.end())
            if not rest:
                continue
        if re.match(r"以上|及以上|\(含\)以上|以下", text[m.end():m.end() + 5]) and not re.match("增|超|高|提", verb):
            continue
        found = Per(number(m["n"]), _unit(m["unit"]), m.start(), m.end())
        if again := _AGAIN.match(text, m.end(), b):
            found = Per(number(again["n"]), _unit(again["unit"]), m.start(), again.end())
    for m in _EVERY.finditer(text, a, b):
        if _EACH_HAS.match(text, m.end(), b):
            continue  # 每站不少于2名
        if (found and m.start() < found.end) or of_all(text, m.start(), m.end(), token):
            continue
        after = text[m.end():b]
        if m["unit"] in ("年", "月", "日", "天", "周", "季度", "期", "级", "分", "点", "类",
                         "种") and text[m.start()] == "每" and after.strip("的，可再") and m["unit"] not in ("类", "种", "期"):
            continue
        if text[m.start()] == "各" and not (last and not after.strip("的")):
            continue
        found = Per(Decimal(1), _unit(m["unit"]), m.start(), m.end())
    if not found and (n := _EVERY_WORD.search(text, a, b)) and not _AT_LEAST.search(text, n.start(), n.start("n")) \
            and not _TIMES.match(text, n.start() + 1) and (last or text[n.end():b] == "的"):
        found = Per(number(n["n"]), n["unit"], n.start(), n.end())
    if not found and last and (n := _EVERY_NOUN.search(text, a, b)) and n.end() == b and not _TIMES.match(n["unit"]):
        found = Per(Decimal(1), n["unit"], n.start(), n.end())
    if not found and last and (n := _EVERY_BARE.search(text, a, b)):
        found = Per(number(n["n"]), "", n.start(), n.end())
    if not found:
        for n in re.finditer(r"每(?:增加|提高|超过|超|降低|低于|低|高于|高|少于|少|多于|多|下降|提升|上升)(?P<unit>%|个百分点|百分点|万元|"
                             r"亿元|元)", text[a:b]):
            found = Per(Decimal(1), n["unit"], a + n.start(), a + n.end())
    return found


def _one(text: str, a: int, b: int, token: Token, last: bool) -> Per | None:
    take = token.take
    if take:
        if last and (n := _LACKING.search(text, a, b)):
            return Per(number(n["n"]), _unit(n["unit"]), n.start(), n.end(), True)
        for m in _PERCENT_POINTS.finditer(text, a, b):
            if m["unit"] != "%" and not re.match("以上|以下|以内|及以", text[m.end():m.end() + 2]) and not _BOUND_BEFORE.search(text, a,
                m.start()):
                return Per(number(m["n"]), _unit(m["unit"]), m.start(), m.end(), True)
    for m in _ONE.finditer(text, a, b):
        before, after = text[a:m.start()], text[m.end():b]
        if text.count("“", 0, m.start()) > text.count("”", 0, m.start()):
            continue  # “一枚印章管审批” is a name
        if m["n"] == "一" and re.match("死亡|性", after):
            continue  # 一次死亡3人以上的事故
        if _BOUND_BEFORE.search(before) or re.match("以上|及以上|以下|以内|内|前|后", after):
            continue
        if m["unit"] in ("级", "类", "种", "年", "日", "天", "月", "周", "期", "批", "点", "段", "部", "本", "面", "道", "步", "口", "只",
                         "根", "头", "门", "款", "单", "轮", "届", "班", "组", "间") and not (take
                             and (m["unit"] in ("天", "日", "类", "种", "期") or re.search("[少缺差低]$", before))):
            continue
        if take:
            if last or len(before) <= 8 or _FAULT_VERB.search(before[-8:]):
                return Per(Decimal(1), _unit(m["unit"]), m.start(), m.end(), True)
            continue
        if m["unit"] == "%":
            continue
        if re.search("缺|少|漏|任意|任何|任|其中|仅|只|有?一方$", before[-6:]):
            continue
        if last and (not after.strip("的，、") or (_GAINS.search(before[-10:]) and len(after) <= 14)):
            return Per(Decimal(1), _unit(m["unit"]), m.start(), m.end(), True)
        if not before.strip() and not last and not after.strip("的"):
            return Per(Decimal(1), _unit(m["unit"]), m.start(), m.end(), True)
    return None


def single_item(text: str, spans: list[Span]) -> Per | None:
    """The one thing that a condition names (有一次会议纪要的), for points that a cap shows to be counted."""
    for a, b in spans:
        for m in _ONE.finditer(text, a, b):
            if not _BOUND_BEFORE.search(text, a, m.start()) and m["unit"] != "%":
                return Per(Decimal(1), _unit(m["unit"]), m.start(), m.end(), True)
    return None


def _unit(word: str) -> str:
    return "个百分点" if word == "百分点" else word
