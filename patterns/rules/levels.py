"""Levels: 90%及以上, 不足80%, 60%以上、不到100%, 2-3家, 达到10家, 前三名 … as an interval with a unit."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from patterns import expressions as re
from patterns.portions import PORTION, portion
from patterns.rules.text import number
from patterns.rules.words import ARABIC, CHINESE, UNIT


@dataclass(frozen=True, slots=True)
class Level:
    """An interval: text[start:end]. sure: the boundary is stated in so many words (及以上, 含), not only by 以上 or a dash.

    exact: a single number without a bound (有1家的). within: 以内, which holds its own number where no neighbour claims it in so many words.
    """

    start: int
    end: int
    lower: Decimal | None = None
    lower_open: bool = False
    upper: Decimal | None = None
    upper_open: bool = False
    unit: str = ""
    exact: bool = False
    sure: bool = False
    within: bool = False
    ranged: bool = False


_N = rf"(?:{ARABIC}|{PORTION}|{CHINESE})"
_NU = rf"(?P<n>{_N})(?P<u>{UNIT})?"
_INCL = r"(?:\(含\)|\(含{0}?{1}?\)|含)?"
_RANGE = re.compile(
    rf"(?:在|介于|为|达到|处于)?(?P<a>{_N})(?P<ua>{UNIT}|[万亿](?=[-至到]))?(?P<ia>\((?:不含|含)[^)]{{0,8}}\))?(?:以上|及以上)?(?P<to>-|至|到|和|与|或者|或|"
    rf"、)(?P<b>{_N})(?P<ub>{UNIT})?(?P<ib>\((?:不含|含)[^)]{{0,8}}\))?(?P<below>以下|以内|之间|区间)?(?P<within>之间)?")
_SIGNS = re.compile(
    rf"(?P<a>{ARABIC})(?P<ua>{UNIT})?(?P<sa>≤|<)(?P<name>[^\d≤<>≥，。；]{{1,20}}?)(?P<sb>≤|<)(?P<b>{ARABIC})(?P<ub>{UNIT})?")
_PRE_LOW = (r"大于或等于|大于等于|高于或等于|高于等于|超过或等于|不低于|不少于|不小于|不得低于|不得少于|至少[\u4e00-\u9fff]{0,4}?|"
            r"达到或超过|达到或者超过|达到|满(?!分|意|足)|≥|>=|达(?![标成到])|不下于|保持在")
_PRE_LOW_OPEN = r"超过|大于|高于|多于|超出|>|优于|突破"
_PRE_UP = (r"小于或等于|小于等于|低于或等于|低于等于|不超过|不高于|不大于|不多于|未超过|没有超过|未高于|控制在|≤|<=|至多|最多|不得超过|"
           r"不得高于")
_PRE_UP_OPEN = r"低于|少于|小于|不足|不到|不满|未达到|未达|没有达到|没达到|达不到|未满|<|没有到|低於"
# 30个村及以上, 3家龙头企业以上; in 1项省级以上表彰, 2名中级以上职称 the bound is the grade's
_COUNTED = r"[^，。；：、\d()的得计加扣奖不未在于和及以或达完后前内]{1,6}(?<![级等奖市省县区国专科士高档类])(?=(?:及|或|\(含\))?以[上下内](?:[的者，。；、得计加扣)不]|$))"
_ONE = re.compile(
    rf"(?P<pre>{_PRE_UP}|{_PRE_LOW}|{_PRE_LOW_OPEN}|{_PRE_UP_OPEN})?(?P<incl0>\(含\)|"
    rf"含)?(?:每[百千万亿]{{1,2}}[\u4e00-\u9fff]{{1,3}}?)?(?:了|有|为|在)?(?P<n>{_N})(?P<u>{UNIT})?(?P<incl1>\((?:不含|含)[^)]{{0,8}}\))?"
    rf"(?:(?<=[\u4e00-\u9fff]){_COUNTED})?(?P<post>\(含\)以上|\(含\)以下|\(含\)以内|及其以上|及以上|\(及\)以上|或以上|以上|及以下|\(及\)以下|或以下|以下|以内|之内|之上|之下|"
    rf"内(?![容部设外]))?(?P<incl2>\((?:不含|含)[^)]{{0,8}}\))?")
_RANK = re.compile(
    rf"(?:排名|排在|排序|位列|位居|居|列|名列|得分排名)?(?:全市|全省|全区|全县)?"
    rf"(?:(?:第|(?<=列)|(?<=居)|(?<=排名))(?P<a>{_N})(?:名|位)?(?:(?:-|至|到|、|和|或)(?:第)?(?P<b>{_N})(?:名|位)?)?|前(?P<top>{_N})(?:名|位))(?:名|位)?"
    r"(?P<post>及以后|及以下|以后|之后|以下|及以前|以内)?")
_TOP = re.compile(rf"(?:排名|排在|排列|位列|位居|名列|居)(?:于|在)?(?:全市|全省|全区|全县)?前(?P<top>{_N})(?=[的得计记加，。；]|$)")
_BEFORE_BRACKET = re.compile(rf"({_PRE_UP}|{_PRE_LOW}|{_PRE_LOW_OPEN}|{_PRE_UP_OPEN})[^，。；()\d%‰]{{2,20}}$")
_NOT_A_LEVEL = re.compile(r"^(?:年|月|日|号|月份|年度)")
_TIME = ("个工作日", "工作日", "个自然日", "自然日", "天", "日", "小时", "个小时", "分钟", "个月", "周", "年", "季度", "个季度")


def ranks(text: str, start: int, end: int) -> list[Level]:
    """Places in a ranking: 第1名, 第4至6名, 前三名."""
    out = []
    for m in _TOP.finditer(text, start, end):
        out.append(Level(m.start(), m.end(), None, False, number(m["top"]), False, "名", ranged=True))
    for m in _RANK.finditer(text, start, end):
        if m["top"]:
            out.append(Level(m.start(), m.end(), None, False, number(m["top"]), False, "名", ranged=True))
        elif (re.match(r"(?:季度|批|三方|一时间|一责任|一书记|次|届|条|款|项|期|类|种|家|个|轮|章|页|期)", text[m.end():m.end() + 4])
              and "排" not in m[0]) or not re.search("名|位|排|列|居", m[0] + text[max(0, m.start() - 60):m.start()]):
            continue
        else:
            a = number(m["a"])
            b = number(m["b"]) if m["b"] else a
            upper: Decimal | None = b
            if m["post"] in ("及以后", "以后", "之后", "以下", "及以下"):
                upper = None
            out.append(Level(m.start(), m.end(), a, m["post"] in ("以后", "之后"), upper, False, "名", ranged=True))
    return out


def levels(text: str, start: int, end: int) -> list[Level]:
    """Every level stated in text[start:end], in order; bare numbers with a unit come as exact ones."""
    found: list[Level] = ranks(text, start, end)
    found += [_signs(m) for m in _SIGNS.finditer(text, start, end)]
    found += _free(found, [_range(m) for m in _scan(_RANGE, text, start, end) if _good_range(m)])
    found += _free(found, [x for m in _ONE.finditer(text, start, end) if (x := _one(m, text))])
    return sorted(found, key=lambda x: x.start)


def _scan(pattern: re.Pattern[str], text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """Matches, the next one looked for behind a good range, else behind the first character of a bad one."""
    while m := pattern.search(text, start, end):
        yield m
        start = m.end() if _good_range(m) else max(m.start() + 1, m.end("a"))


def _free(taken: list[Level], more: list[Level]) -> list[Level]:
    """Those of `more` that overlap nothing that was taken before them."""
    spans = sorted((x.start, x.end) for x in taken)
    starts = [a for a, _ in spans]
    out = []
    for x in more:
        k = bisect_left(starts, x.end)
        if not any(a < x.end and x.start < b for a, b in spans[max(0, k - 2):k]):
            out.append(x)
    return out


def _signs(m: re.Match[str]) -> Level:
    return Level(m.start(), m.end(), number(m["a"]), m["sa"] == "<", number(m["b"]), m["sb"] == "<", m["ub"] or m["ua"] or "",
                 sure=True, ranged=True)


def _good_range(m: re.Match[str]) -> bool:
    low, high = portion(m["a"]), portion(m["b"])
    if low is not None or high is not None:
        return low is not None and high is not None and low < high and m["to"] in ("-", "至", "到")
    if m["a"][0].isdigit() != m["b"][0].isdigit():
        return False
    if not (m["ua"] or m["ub"]) and not ("." in m["a"] and "." in m["b"]):
        return False  # a rate may come without a unit (0.02—0.03), whole numbers are dates and numerals
    if not m["a"][0].isdigit() and not (m["ub"]):
        return False
    if m["ua"] and m["ub"] and m["ua"] != m["ub"] and not m["ub"].endswith(m["ua"]) and not m["ub"].startswith(m["ua"]):
        return False
    if m["to"] in ("或者", "或", "、", "和", "与"):
        return number(m["b"]) - number(m["a"]) == 1
    return number(m["a"]) <= number(m["b"]) or (m["ua"] == m["ub"] and m["ua"] in ("%", "‰"))


_NAMED = re.compile(rf"含({ARABIC})")


def _range(m: re.Match[str]) -> Level:
    ia, ib = m["ia"] or "", m["ib"] or ""
    low, high = portion(m["a"]), portion(m["b"])
    unit = "%" if low is not None and high is not None else m["ub"] or m["ua"] or ""
    low, high = number(m["a"]) if low is None else low, number(m["b"]) if high is None else high
    named = _NAMED.search(ib) if not ia else None
    if named and low != high and number(named[1]) in (low, high):  # 90%—100%（含90%）: the bracket names the end that belongs, the other one does not
        belongs = (number(named[1]) == low) == ("不含" not in ib)
        return Level(m.start(), m.end(), min(low, high), belongs != (low < high), max(low, high), belongs == (low < high), unit, sure=True, ranged=True)
    if low > high:  # 98%—95%
        return Level(m.start(), m.end(), high, "不含" in ib, low, "不含" in ia or ("含" in ib and not ia), unit, sure=bool(ia), ranged=True)
    return Level(m.start(), m.end(), low, "不含" in ia, high, "不含" in ib or m["below"] == "以下" or ("含" in ia and not ib), unit, sure=bool(ib), ranged=True)


def _one(m: re.Match[str], text: str) -> Level | None:
    share = portion(m["n"])
    value, unit = (number(m["n"]), m["u"] or "") if share is None else (share, "%")
    pre, post = m["pre"] or "", m["post"] or ""
    incl = (m["incl1"] or "") + (m["incl2"] or "") + post
    if not unit and not (pre or post):
        return None
    if _NOT_A_LEVEL.match(text[m.end("n"):m.end("n") + 2]) and not (post or pre):
        return None
    before = text[m.start("n") - 1] if m.start("n") else ""
    if (before and before in "第〔[") or (before.isascii() and before.isalnum() and not (before.isalpha() and post and unit not in ("", "级", "类"))) or before == ".":
        return None
    if not m["n"][0].isdigit() and not unit:
        return None
    if m["n"] in "百千万" and not (pre or post):
        return None  # 百公里油耗, 百人会议
    if not m["n"][0].isdigit() and not (pre or post) and re.match("一(?:次性|体化|定|般|律|级|是|些|站|网|把|票|票|岗|套表|年一|事)",
                                                                  text[m.start("n"):m.start("n") + 3]):
        return None
    out = Level(m.start(), m.end(), unit=unit)
    if before == "(" and not pre and (bound := _BEFORE_BRACKET.search(text, max(0, m.start("n") - 30), m.start("n") - 1)):
        pre = bound[1]  # 不高于市下达控制指标（7.5‰）
    if before == "的" and not pre and not post and (bound := _BEFORE_BRACKET.search(text, max(0, m.start("n") - 24), m.start("n") - 1)):
        pre = bound[1]  # 不低于上年总收入的70%
    if before == "前" and unit == "%" and not (pre or post):
        return replace(out, upper=value)  # 排名进入前50%
    excluded, included = "不含" in incl, ("含" in incl and "不含" not in incl) or "及" in post or "或" in post
    if re.fullmatch(_PRE_UP, pre):
        return replace(out, upper=value, upper_open=False, sure=True)
    if re.fullmatch(_PRE_UP_OPEN, pre):
        return replace(out, upper=value, upper_open=not m["incl0"] and "(含)" not in (m["incl1"] or ""), sure=True)
    if re.fullmatch(_PRE_LOW_OPEN, pre) and "以上" not in post:
        return replace(out, lower=value, lower_open=True, sure=True)
    if "以上" in post or "之上" in post:
        return replace(out, lower=value, lower_open=excluded or (bool(re.fullmatch(_PRE_LOW_OPEN, pre)) and not included), sure=included
                       or excluded)
    if post:
        return replace(out, upper=value, upper_open=excluded, sure=included or excluded, within="内" in post)
    if re.fullmatch(_PRE_LOW, pre):
        return replace(out, lower=value, sure=True)
    if unit in ("%", "‰") and value > 0:
        return replace(out, lower=value, exact=True)
    return replace(out, lower=value, upper=value, exact=True)


def joined(text: str, found: list[Level]) -> list[Level]:
    """Levels of one measure joined: 60%以上、不到100% and 达到90%但不足100% become one interval."""
    out: list[Level] = []
    for level in found:
        last = out[-1] if out else None
        alike = last is not None and (_same_unit(last.unit, level.unit) or _bare_zero(last) or _bare_zero(level))
        if last and alike and re.fullmatch(r"(?:的)?[、，]?(?:且|但|并|而|又|同时)?(?:完成率|比例)?(?:为|在)?",
                                                             text[last.end:level.start]):
            if last.lower is not None and last.upper is None and level.upper is not None and level.lower is None \
                    and not level.exact and level.upper >= last.lower:
                out[-1] = replace(last, end=level.end, upper=level.upper, upper_open=level.upper_open or not (level.sure or level.within),
                                  unit=max(last.unit, level.unit, key=len), ranged=True)
                continue
            if last.upper is not None and last.lower is None and level.lower is not None and level.upper is None \
                    and last.upper >= level.lower:
                out[-1] = replace(last, end=level.end, lower=level.lower, lower_open=level.lower_open,
                                  upper_open=last.upper_open or not (last.sure or last.within), unit=max(last.unit, level.unit, key=len), ranged=True)
                continue
        out.append(level)
    return out


def _same_unit(a: str, b: str) -> bool:
    """超过0.5个、不超过1个工作日: the first number leaves out what the second one spells in full."""
    return a == b or bool(a and b and (a.startswith(b) or b.startswith(a)))


def _bare_zero(level: Level) -> bool:
    return level.lower == 0 and not level.unit


_DEALT = re.compile(
    rf"分别(?:要求|应|须|需)?(?P<pre>{_PRE_UP}|{_PRE_LOW}|{_PRE_LOW_OPEN}|{_PRE_UP_OPEN})?(?:为|在|到)?"
    rf"(?P<values>{ARABIC}(?:{UNIT})?(?:(?:、|和|及|与|，)(?:{_PRE_UP}|{_PRE_LOW}|{_PRE_LOW_OPEN}|{_PRE_UP_OPEN})?{ARABIC}(?:{UNIT})?){{1,7}})"
    rf"(?P<post>及以上|（含）以上|或以上|以上|及以下|或以下|以下|以内|之内)?")
_DEALT_ONE = re.compile(rf"(?P<pre>[^\d、和及与，]*)(?P<n>{ARABIC})(?P<u>{UNIT})?")


def dealt(text: str, start: int, end: int) -> tuple[int, list[Level]]:
    """Levels dealt out to subjects named before (小学、初中分别达到4.5平方米、5.8平方米以上): where 分别 stands, and a level each."""
    m = _DEALT.search(text, start, end)
    if m is None:
        return end, []
    parts = list(_DEALT_ONE.finditer(m["values"]))
    unit = next((p["u"] for p in reversed(parts) if p["u"]), "")
    out = []
    for p in parts:
        said = f"{p['pre'] or m['pre'] or ''}{p['n']}{p['u'] or unit}{m['post'] or ''}"
        found = levels(said, 0, len(said))
        if len(found) != 1:
            return end, []
        out.append(replace(found[0], start=m.start(), end=m.end(), exact=False, upper=found[0].upper if not found[0].exact else None))
    return m.start(), out


def is_time(unit: str) -> bool:
    """Whether a unit counts time (a deadline rather than a level)."""
    return unit in _TIME
