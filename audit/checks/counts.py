"""Stated counts against the listings beside them: 4家（甲、乙、丙、丁）, 甲、乙、丙三家, 2个，分别为甲和乙."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from audit.checks.around import Paragraph, paragraphs, without_brackets
from audit.checks.rounding import counting_words
from audit.messages import message
from audit.model import Finding, Quote, Severity
from extractor.report import Figure, Report
from patterns import numerals

CATEGORY = re.compile(r"^(?:个|大|项|类|种|方面)?(?:重点|主要|排放|技术|核心|关键)?(?:领域|方面|类别|大类|类|种类|行业|环节|板块|维度|"
                      r"要素|步骤|阶段|层面|渠道|系统|机制|体系|专项)")
OPEN_START = re.compile(r"^(?:其中|含|包括|如|例如|比如|主要(?:有|为|是)|有)")
NOT_A_LIST = re.compile(r"均|已|占|约|不含|截至|详见|见|按|根据|同比|较|其中|以下|以上|不含|暂|原|指|简称|下同|以及其他")
SUFFIX = re.compile(r"(?:公司|集团|厂|厂区|院|学校|小学|中学|大学|幼儿园|医院|社区|小区|村|镇|街道|乡|园|园区|广场|商场|大厦|中心|酒店|"
                    r"饭店|宾馆|站|"
                    r"店|馆|所|局|行|路|桥|港|城|湖|河|山|岛|苑|庭|府|区|县|市|电子|化工|食品|制药|铸造|纸业|纺机|热力|光电|生物|数据|"
                    r"科技|材料|包装|印染|"
                    r"玻璃|实业|股份|机械|电梯|重工|环保|能源|项目)$")
JOINED = re.compile(r"以及|及|和|与|暨")
ENTITY = re.compile(r"(?:公司|集团|总厂|工厂|厂|研究院|医院|学院|学校|合作社)(?:、[^，。；、]{2,20}(?:公司|集团|厂))*(?:均|也|则|又|还|"
                    r"已|分别|成功|新|首次|再次|率先)*"
                    r"(?:获评|获得|获|入选|入围|通过|列入|被评为|荣获|成为|认定|跻身|拿下|取得|创成|建成)")
SUMMED = re.compile(r"(?:计|共|合计|共计|总计|累计|当年|年内|全年|新增|新创建|新获评|创成|新增加)[^，。；、]{0,14}$")
CLASS_NUMBER = re.compile(r"(?P<n>[二两三四五六七八九十]{1,2}|\d{1,2})\s?(?P<unit>大|个|类|项|种)?(?=(?:重点|主要|排放|技术|核心|"
                          r"关键)?(?:领域|方面|环节|板块|维度|层面|渠道|行业))")
EVENT_UNITS = re.compile(r"次$|^(?:场|期|起|届|轮|回|批)$")


@dataclass(frozen=True)
class Count:
    """A stated count: a figure, or a set number before a class word (六大领域) that is not read as one."""

    number: int
    unit: str
    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Listing:
    """The items beside a count. least/most: how many they may be taken for. open: an 等 that leaves room for more."""

    items: tuple[str, ...]
    least: int
    most: int
    start: int
    end: int
    open: bool = False
    closed: bool = False


def check_counts(report: Report) -> list[Finding]:
    """count-mismatch over the whole narrative; one finding per count."""
    out = []
    for p in paragraphs(report, bare=True):
        for f in counts(p):
            for listing in (behind(p, f), after_cue(p, f), before(p, f), deeds(p, f)):
                if listing is None:
                    continue
                finding = judge(p, f, listing)
                if finding is not None:
                    out.append(finding)
                break
    return out


def countable(f: Figure) -> bool:
    """Whether a figure is a small whole count of things that could be listed."""
    return (f.number is not None and f.high is None and (f.unit in counting_words() or f.unit == "大") and f.number == f.number.to_integral_value()
            and 1 <= f.number <= 60 and f.bound == "" and f.role in ("actual", "target"))


def counts(p: Paragraph) -> Iterator[Count]:
    """The counts of a paragraph in reading order."""
    taken = [(f.start, f.end) for f in p.figures]
    for m in CLASS_NUMBER.finditer(p.report.text, p.start, p.end):
        number = integer(m["n"])
        if number is not None and 2 <= number <= 20 and not any(a < m.end() and m.start() < b for a, b in taken):
            yield Count(number, m["unit"] or "", m["n"] + (m["unit"] or ""), m.start(), m.end("unit") if m["unit"] else m.end("n"))
    for f in p.figures:
        if countable(f):
            assert f.number is not None
            yield Count(int(f.number), f.unit, f.text, f.start, f.end)


def integer(text: str) -> int | None:
    """A whole number in Chinese or Arabic digits."""
    number = numerals.number(text)
    return int(number) if number is not None and number == int(number) else None


def split(text: str) -> tuple[tuple[str, ...], int, int]:
    """The items of a listing, and how few and how many they may be: the last 和 may join two items or stand inside one name."""
    text = text.strip(" ，、。；：")
    quoted = re.findall(r"[“「『《][^”」』》]{1,40}[”」』》]", text)
    if len(quoted) >= 2 and re.fullmatch(r"(?:[“「『《][^”」』》]{1,40}[”」』》][、和及与]?)+", text):
        return tuple(quoted), len(quoted), len(quoted)
    items = [x for x in text.split("、") if x.strip()]
    if len(items) < 2 and re.search("[，；]", text) and all(len(x) <= 14 for x in re.split("[，；]", text)):
        items = [x for x in re.split("[，；]", text) if x.strip()]
    extra = len(joints(items[-1])) if items else 0
    return tuple(items), len(items), len(items) + extra


def joints(item: str) -> list[int]:
    """Where an item may be two joined by 和, 及 or 与: with two characters at least on either side."""
    return [m.start() for m in JOINED.finditer(item) if m.start() >= 2 and len(item) - m.end() >= 2]


def behind(p: Paragraph, f: Count) -> Listing | None:
    """The listing in the bracket right behind a count: 4家（甲、乙、丙、丁）, 5家示范单位（…）."""
    text = p.report.text
    m = re.match(r"[^，。；：、（()）\n]{0,14}[（(]", text[f.end:min(f.end + 16, p.end)])
    if not m or any(f.end <= g.start < f.end + m.end() for g in p.figures):
        return None
    opening = f.end + m.end() - 1
    span = next((b for b in p.brackets if b[0] == opening), None)
    if span is None or any(span[0] < g.start < span[1] for g in p.figures):
        return None
    inside = text[span[0] + 1:span[1] - 1]
    bare = without_brackets(inside)
    ends_open = re.search(r"等[^、，]{0,6}$", bare) is not None
    bare = re.sub(r"等[^、，]{0,6}$", "", bare)
    starts_open = OPEN_START.match(bare) is not None
    bare = OPEN_START.sub("", bare)
    items, least, most = split(bare)
    if most < 2 or any(len(x) > 28 for x in items) or NOT_A_LIST.search(items[0][:6]) or "：" in bare:
        return None
    return Listing(items, least, most, f.start, span[1], ends_open or starts_open, True)


def after_cue(p: Paragraph, f: Count) -> Listing | None:
    """The listing that a count announces: 2个，分别为甲和乙; 三大领域：甲、乙、丙; 四类，即 …."""
    text = p.report.text
    m = re.match(r"[^，。；：（()）\n]{0,12}(?:[，,]?(?:分别|依次)(?:为|是)|[，,]即|：)", text[f.end:min(f.end + 24, p.end)])
    if not m:
        return None
    at = f.end + m.end()
    stop = re.search(r"[。；;\n]|，(?:合计|共|总|均|其中|建筑|面积|方案|已|并|占|较|比|上述)", text[at:p.end])
    end = at + stop.start() if stop else p.end
    bare = without_brackets(text[at:end])
    level = [g for g in p.figures if at <= g.start < end and p.bracket(g) == p.bracket(f)]
    if any(g.unit == f.unit for g in level) or len(bare) > 160:
        return None
    for g in level:
        bare = bare.replace(g.text, "")
    ends_open = re.search(r"等[^、，]{0,8}$", bare) is not None
    items, least, most = split(re.sub(r"等[^、，]{0,8}$", "", bare))
    if "，" in bare and "、" in bare and len(items) >= 2 and "，" in "".join(items):
        return None
    if most < 2 or any(len(x) > 40 for x in items):
        return None
    if len(items) == 1:
        least = 2 if most == 2 else 1
    return Listing(items, least, most, f.start, end, ends_open, "分别" in m[0] or "依次" in m[0] or "即" in m[0])


def before(p: Paragraph, f: Count) -> Listing | None:
    """The listing that a count sums up: 甲、乙、丙三家; “甲”“乙”“丙”主题活动3次; 围绕甲、乙、丙、丁，组织检查4次."""
    text = p.report.text
    floor = max((g.end for g in p.figures if g.end <= f.start), default=p.start)
    bracket = p.bracket(f)
    if bracket is not None:
        floor = max(floor, bracket[0] + 1)
    start = max(floor, max((text.rfind(c, floor, f.start) + 1 for c in "，；。：！？"), default=floor))
    bare = without_brackets(text[start:f.start])
    event = EVENT_UNITS.search(f.unit) is not None
    if event and "、" not in bare and not re.search("[”》]", bare):
        comma = text.rfind("，", floor, start - 1)
        earlier = max(floor, max((text.rfind(c, floor, start - 1) + 1 for c in "，；。："), default=floor))
        clause = without_brackets(text[earlier:start - 1])
        if comma < start and re.match(r"^(?:\S{0,6})?(?:围绕|针对|聚焦|结合|就|按照?)", clause):
            start, bare = earlier, clause
    restart = re.search(r"^.*等[^、]{0,14}的(?=[^、]*、)", bare)
    if restart:
        bare = bare[restart.end():]  # a second list behind the first: …等五大领域排放的二氧化碳、甲烷 …
    quoted = re.search(r"((?:[“「『《][^”」』》]{1,30}[”」』》][、和及与]?){3,})([^，。；、]{0,8})$", bare)
    if quoted:
        n = len(re.findall("[“「『《]", quoted[1]))
        if "等" in quoted[2]:
            return Listing((quoted[1],), n, n, start, f.end, True)
        return Listing((quoted[1],), n, n, start, f.end)
    if "、" not in bare:
        return None
    ends_open = re.search(r"等[^、，]{0,14}$", bare) is not None
    last = bare.rsplit("、", 1)[1]
    cut = re.sub(r"(?:等[^、，]{0,14}|(?:一?共|总计|合计|共计|计|这|的|为|上述))$", "", bare)
    if not event and not ends_open and any(len(x) > 16 for x in JOINED.split(last)):
        return None
    items, least, most = split(cut)
    items = tuple(re.sub(r"^[“‘「]|[”’」]$", "", x.strip()) for x in items)
    if len(items) < 2 or any(len(x) > 24 for x in items[1:]):
        return None
    return Listing(items, least, most, start, f.end, ends_open)


def deeds(p: Paragraph, f: Count) -> Listing | None:
    """Several clauses with a named actor each, and their number at the end: A公司获评…，B公司获评…，年内共2家."""
    if EVENT_UNITS.search(f.unit) or f.unit in ("人", "名", "位") or not SUMMED.search(p.lead(f)):
        return None
    start = p.sentence(f)[0]
    text = p.report.text[start:f.start]
    if "等" in text or any(start <= g.start < f.start for g in p.figures):
        return None
    found = ENTITY.findall(text)
    n = sum(x.count("、") + 1 for x in found)
    return Listing(tuple(found), n, n, start, f.end) if n >= 2 and len(found) >= 2 else None


def judge(p: Paragraph, f: Count, listing: Listing) -> Finding | None:
    """The finding on a count and its listing; None where they agree or the words may be read otherwise."""
    n = f.number
    if listing.least <= n <= listing.most:
        return None
    named = listing.least if n < listing.least else listing.most
    off = abs(n - named)
    tail = p.tail(f)
    category = CATEGORY.match(tail) is not None or f.unit in ("类", "种", "大")
    event = EVENT_UNITS.search(f.unit) is not None
    severity: Severity = "warning"
    if listing.open and n > named:
        if not (category and not listing.closed and named >= 4 and off <= 3):
            return None
    elif event and not listing.closed:
        if off > 3 or (named < 4 and not (named == 3 and all(re.search("[日周节月]$|[日周节月][”」]", x[-12:]) for x in listing.items[:-1]))):
            return None
    elif category or (listing.items and "获" in "".join(listing.items) and len(listing.items) < n and listing.items[0].startswith(("公司", "集团"))):
        if off > 3:
            return None
    else:
        names = proper(listing.items, tail)
        if not names and (off > 2 or not listing.closed):
            return None
        if not listing.closed and (off > 3 or event or bool(VERBAL.search(listing.items[-1]))):
            return None
        severity = "error" if names else "warning"
    key = "count_open" if listing.open else "count"
    text = message(f"checks.{key}", stated=f.text, named=named if listing.least == listing.most else f"{listing.least}–{listing.most}", difference=off)
    return Finding("count-mismatch", severity, None, text, quotes_of(p.report, f, listing))


VERBAL = re.compile(r"(?:新增|更新|建设|建成|完成|开展|组织|举办|推广|改造|涉及|覆盖|达到|培训|检查)")


def quotes_of(report: Report, f: Count, listing: Listing) -> tuple[Quote, ...]:
    """The stretch from listing to count, and the words to the next stop after it."""
    end = listing.end
    m = re.match(r"[^，。；：、（）()\n]{0,10}", report.text[end:end + 10]) if listing.end == f.end else None
    return (Quote.of(report, listing.start, end + (m.end() if m else 0)),)


def proper(items: Sequence[str], tail: str) -> bool:
    """Whether most items of a listing are names of single things rather than kinds of things."""
    if not items:
        return False
    found = sum(is_name(x, tail) for x in items)
    return found * 2 > len(items)


def is_name(item: str, tail: str) -> bool:
    """Whether an item reads as a name: a name's ending behind a word that no dictionary has, or letters and digits of a model or a lot."""
    item = item.strip("“”‘’「」《》 ")
    if re.search(r"[A-Za-z0-9]", item) and len(item) >= 3:
        return True
    return unknown(item)


@cache
def dictionary() -> object:
    """jieba's tokenizer, loaded only when a count and a listing disagree."""
    import logging

    import jieba.posseg

    logging.getLogger("jieba").setLevel(logging.ERROR)
    return jieba.posseg.dt


def unknown(item: str) -> bool:
    """Whether a word of an item is a name by jieba's tags, or is in no dictionary."""
    known = dictionary().tokenizer.FREQ  # type: ignore[attr-defined]
    tokens = list(dictionary().cut(item))  # type: ignore[attr-defined]
    for k, t in enumerate(tokens):
        if t.flag in ("nr", "ns", "nt", "nz", "nrt", "nrfg"):
            return True
        if len(t.word) >= 2 and not known.get(t.word):
            return True
        if k + 1 < len(tokens) and len(t.word) == 1 and len(tokens[k + 1].word) == 1 and t.flag[0] in "ngaxvjm" and tokens[k + 1].flag[0] in "ngaxvj":
            return True
    return False
