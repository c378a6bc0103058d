"""Whether a numeral with a unit counts anything: ordinals, codes, names, idioms and the indefinite 一 count nothing.

Rules come first; what no rule tells apart is in set_phrases.tsv.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple


class Candidate(NamedTuple):
    """A numeral and its unit in folded text[start:end], as patterns.quantity found it."""

    start: int
    end: int
    number: Decimal | None
    ranged: bool
    unit: str
    dimension: str
    chinese: bool


_WINDOW = 24
_ORDINAL = re.compile(r"第[\d零〇一二两三四五六七八九十百千]{0,8}(?:[条款位名批期次届]?[、，和及至到~-]{1,2}[\d零〇一二两三四五六七八九十百千]{0,6}){0,4}$")
_RANK = re.compile(r"(?<![目年日月之此以先事提当节会眼期])前$|排名$|位列$|位居$|列全[国市省区县]$|居全[国市省区县]$|"
                   r"(?:排名|排序|考核|通报|成绩|评分|位次)[^，。；]{0,6}后$|倒数$|末尾$|垫底的?$")
_CODE = re.compile(r"(?:[A-Za-z_#№×√^=]|[A-Za-z]-|\d[-.:/+]|[A-Za-z]\.|〔|No\.)$")
_INDEX = re.compile("(?<![A-Za-z])(?:GDP|GNP|COD|VOCs?|NOx|FDI|TSP|BOD|EVA|ROE|ARPU|GMV)$")  # 人均GDP136063元 is no code
_TERM = re.compile(r"(?:期限?|周期|为期|满|历时|连续|长达|持续|不少于|不超过|任期|期设|期定|工期|跨度|时间)[为是约达到]{0,2}$")
_NUMERAL = "零〇一二两三四五六七八九十百千"

# 一 with these words is no count but an indefinite article, an adverb or an aspect: 一批企业, 一次都不跑, 一条主线
_INDEFINITE = frozenset("批种样门面层把片段道条口头期次类番双对轮群班回节套根串股丝份张本笔句字支点遍趟席排束包课届款幅".strip())
_DETERMINER = re.compile(r"(?:[每逐同统唯任某另这那哪无进之专万划归合单不整首非如独随再其第]|其中|任何|唯一)$")
_PAIR = re.compile(r"一[\u4e00-\u9fff]{1,3}?[、，]?一[\u4e00-\u9fff]")
_PAIRED_BEFORE = re.compile(r"(?<![十百千零唯统])一(?![等级类期])[\u4e00-\u9fff]{1,3}[、，]?$")
_NEGATED = re.compile(r"[\u4e00-\u9fff]{0,2}(?:(?:都|也)(?:不|没|未|无)|不(?=[落漏少缺留差放误错丢掉剩多等松停断减]))")
_NOT_ONE = re.compile("[不未没无][落漏少缺留差放误错丢掉剩多][了过掉]?$")  # 不落一户, 不漏一人
_BATTLE = re.compile("[“\"]|[^，。；]{0,2}(?:硬仗|攻坚战|革命|大考|接力|及时雨|持久战|歼灭战|人民战争|暴雨|大雨|大雪|春雨|变革|运动|战役|考验)")  # 一场硬仗
_PLACE = re.compile("[塘店铺桥庄屯湾坝沟岭坪坡峪洼井树松亭寨堡渡山河洞畈冲垭坳埠圩潭滩](?:村|镇|乡|街道|社区|组|路|水库|站|大桥|小学|中学|卫生院|片区|居委|派出所)")
_NEXT_OF_LIST = re.compile(r"[、，；][\u4e00-\u9fff]{1,6}[两三四五六七八九十\d]+个")  # 一等奖一个、二等奖两个
_CASE = re.compile(r"[\u4e00-\u9fff]{0,8}?(?:事故|案|火灾|火情|事件|纠纷|警情|舆情)")
_NONE = re.compile("(?:没有?|未|从未|不曾)(?:发生|发现|出现|有|接到|收到)?过?$")  # 没有一个项目违规, 未发现一例
_DIGITS = frozenset("零〇一二三四五六七八九")
_PLENARY = re.compile("(?:[、和及][一二三四五六七八九十]次)*全(?:会|体会)")
_STAGE = re.compile("标准厂房|标准化|安置|公租房|泵站|水厂|管网|园区|前期|工程|项目|建设|改造|地块|厂|扩建|用地|规划|开发|实施方案")
_CIRCLE = re.compile(r"[\u4e00-\u9fff]{0,8}圈")
_ROUND_THE_CLOCK = re.compile("不打烊|不停|接听|受理|开放|无休|供应|可办|自助|热线|值班|值守|不间断|在线|待命|服务|轮班|全天候|运行|专人|驻守|监测|监控")
_NAMED_RATE = re.compile(r"(?:[\u4e00-\u9fff]{2,4}率|[\u4e00-\u9fff]{0,2}(?:到达|响应|平均|送达)[率圈])")
_ADDRESS = re.compile(r"\d|单元|号楼")
_CLASS = re.compile("(?:及?以上)?(?:水(?!平)|断面|功能区|标准|区域|声环境)")
_AFTER_YEAR = ("起", "对", "本", "份", "届", "期", "批", "款", "条")  # 2021起全面实施
_SHARE_BEFORE = re.compile("[占达约近超过至到为足逾有降升少增减了的幅率跌涨比，。；：、（]$|^$")
_SHARE_AFTER = re.compile("以上|左右|以下|多|有余|[，。；、的]|$")
_SUCCEED = re.compile("[为立功员果效绩本人长熟就交品型片线都份千百群了套组倍对行因见文语色]|分(?!之)")  # 成为, 成立 …


def counts_nothing(text: str, c: Candidate) -> str:
    """Why a candidate counts nothing ("ordinal", "code" …), "" where it counts."""
    before, after = text[max(0, c.start - _WINDOW):c.start], text[c.end:c.end + _WINDOW]
    last = before[-1:]
    if "第" in before and _ORDINAL.search(before):
        return "ordinal"
    if c.unit == "比":
        return ""
    if c.dimension == "count" and last in "前后名列居国市省区县数尾的底" and _RANK.search(before):
        return "rank"
    if last == "×" and c.dimension in ("power", "apparent power", "steam"):
        return ""  # 2×66万千瓦
    if last.isascii() and last.isalpha() and c.dimension != "count" and _INDEX.search(before):
        return ""
    if (last in _NUMERAL and last) or last.isdecimal() or ((last.isascii() or last in "№×√〔") and _CODE.search(before)):
        return "code"
    if last and last in "每逐隔":
        return "rate"
    if c.unit == "对" and after[:1].isdigit():
        return "word"  # 3对3篮球赛
    if c.dimension == "time (years)" and (c.number is None or (c.chinese and c.number == 2 and text[c.start] == "二") or c.number > 200 or not _TERM.search(before)
                                          or re.match("来|前|后|行动|的?规划|计划", after)):
        return "year"
    if c.dimension == "time (terms)" and c.number is not None and c.number > 1000:
        return "year"  # 2023-2024学年
    if c.dimension.startswith("time"):
        return _duration(before, after, c)
    if c.unit == "分" and re.search(r"[时点]$", before):
        return "clock"
    if c.unit in _AFTER_YEAR and not c.chinese and re.fullmatch(r"(?:19|20)\d\d", text[c.start:c.end - 1]):
        return "year"
    if c.unit in ("幢", "栋", "层", "座") and _ADDRESS.match(after):
        return "address"
    if c.unit == "成":
        return "" if _tenths(before, after, c) else "verb"
    if c.dimension == "bare":
        return _bare(after, c)
    if c.unit == "倍" and re.match("增|速|数|频|率|体|感", after):
        return "word"
    return _chinese(text, c, before, after) if c.chinese and not c.ranged else ""


def _duration(before: str, after: str, c: Candidate) -> str:
    if _CIRCLE.match(after) or "×" in before[-2:] or before.endswith("7x"):
        return "name"
    if c.unit in ("小时", "天") and after.startswith(("降雨", "降水", "雨强", "雨量", "滑动", "累计雨", "平均浓度")):
        return "name"  # 6小时降雨187.5毫米
    if c.unit in ("小时", "天", "分钟") and _NAMED_RATE.match(after):
        return "name"  # 24小时扑灭率
    if c.unit in ("小时", "天") and c.number in (24, 7, 365) and _ROUND_THE_CLOCK.match(after):
        return "name"
    return "indefinite" if c.chinese and c.number == 1 and c.unit in ("天", "周", "秒", "小时", "分钟") else ""


def _tenths(before: str, after: str, c: Candidate) -> bool:
    """三成, 近六成: a share in Chinese numerals, one that 成 as a verb (建成, 成为) cannot be."""
    if not c.chinese or c.number is None or c.number >= 10:
        return False
    if c.number != c.number.to_integral_value():
        return True  # 六成一, 三成半
    if _SUCCEED.match(after):
        return False
    return bool(_SHARE_BEFORE.search(before) or _SHARE_AFTER.match(after))


def _bare(after: str, c: Candidate) -> str:
    """A 万 or 亿 without a unit is a sum of money or a count, unless it begins or belongs to a word (万达, 一万个)."""
    if (c.chinese and c.number is not None and c.number <= 1) or re.match("[达众能象物全事里般岁科佛达向]|分之", after):
        return "word"
    return ""


def _chinese(text: str, c: Candidate, before: str, after: str) -> str:
    """Chinese numerals with counting words: ordinals without 第, names and the many uses of 一."""
    word, last = text[c.start:c.end], before[-1:]
    if c.number == 0:
        return "word"  # 零部件, 零次
    if c.dimension == "count" and len(word) < 4 and _PLACE.match(after):
        return "name"  # 三口塘村, 五座桥社区
    if c.dimension != "count":
        if c.number == 1 and (_PAIR.match(text, c.start) or _PAIRED_BEFORE.search(before)):
            return "paired"
        return "ordinal" if word[0] == "二" and c.number == 2 and c.dimension != "ratio" and c.unit[0] not in "万亿" else ""
    if word[0] == "二" and c.number == 2 and c.unit[0] not in "万亿":
        return "ordinal"  # 二期, 二类, 二次: a count says 两
    if c.unit == "次" and after.startswith(("产业", "能源", "供水", "污染")):
        return "word"  # 三次产业
    if len(word) > 3 and all(x in _DIGITS for x in word[:3]):
        return "code"  # 一零六组合
    if c.unit == "次" and _PLENARY.match(after):
        return "ordinal"  # 五次、六次全会
    if c.unit == "期" and ("一期" in before + after or "二期" in before + after):
        return "ordinal"  # 一期投产、二期封顶、三期完成桩基
    if c.unit == "期" and last and last in "厂港站场桥园库区线渠”道城楼馆心地目程院坝矿网路":
        return "ordinal"  # 机场四期
    if (c.unit == "届" and word[0] != "两") or (c.unit == "次" and before.endswith("届")):
        return "ordinal"  # 三届七次全会
    if (c.unit == "期" and _STAGE.match(after)) or (c.unit == "类" and (_CLASS.match(after) or re.search("[劣优达]于?$", before))):
        return "ordinal"
    if c.unit == "个" and re.match("一(?:批|[”，。、]|$)", after):
        return "name"  # 三个一批, 五个一
    if c.number == 1:
        if _NONE.search(before):
            return "negated"
        if c.unit == "起" and not (last and last in "有生现处获理件共仅为报各诉案了") and not (last and last in "的成发办破查过" and _CASE.match(after)):
            return "word"  # 一起参加: together
        if c.unit == "场" and _BATTLE.match(after):
            return "word"
        if last == "是" and c.unit in ("家", "名", "座", "所", "个"):
            return "indefinite"  # 公司是一家…的企业
        if c.unit in _INDEFINITE:
            return "indefinite"
        if _DETERMINER.search(before):
            return "determiner"
        if _PAIR.match(text, c.start) or _PAIRED_BEFORE.search(before) or _echoed(c.unit, before, after):
            return "paired"
        if _NOT_ONE.search(before) or _NEGATED.match(text, c.end):
            return "negated"
        if c.unit == "个" and not _NEXT_OF_LIST.match(after) and not re.match(r"[\u4e00-\u9fff]{0,12}(?:项目|企业|单位|案例|社区|街道|村|镇|园区|站|点位|平台|基地)", after):
            return "indefinite"
    return ""


def _echoed(unit: str, before: str, after: str) -> bool:
    """复工一处、验收一处: the same 一 and counting word in two clauses side by side."""
    word = f"一{unit}"
    at = after.find(word)
    if 1 < at < 6 and after[0] in "、，" and all("\u4e00" <= x <= "\u9fff" for x in after[1:at]):
        return True
    at = before.rfind(word)
    gap = before[at + len(word):]
    return at >= 0 and 1 < len(gap) < 6 and gap[0] in "、，" and all("\u4e00" <= x <= "\u9fff" for x in gap[1:])
