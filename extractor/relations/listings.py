"""Counts and the names beside them: 4家（甲、乙、丙、丁）, 甲、乙、丙三家, 2个，分别为甲和乙, “甲”“乙”主题活动2次.

A listing is names and nothing else. Where a word stands between the last name and the count that is no part of a name (a verb, 等, 各), the
names are of another matter, and where more may follow (等) the listing is open.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractor.relations.forms import words
from extractor.relations.model import Name, Relation
from extractor.report import Figure
from patterns import expressions as re
from patterns.dictionary import cut, known, tag
from patterns.units import by_spelling

Span = tuple[int, int]

_BRACKETED = re.compile(r"[（(〔][^（）()〔〕\n]*[）)〕]")
_BEHIND = re.compile(r"[^，。；：、（()）\n\d]{0,14}[（(]")
_CUE = re.compile(
    r"[^，。；：（()）\n\d]{0,18}(?:[，,](?:按[^，。；：（()）\n\d]{2,12}[，,])?\s*(?:分别|依次|即)(?:(?:设|建|位|布|落|坐落|布局|安排|分布)[在于]|在|为|是)?|：(?:分别|依次)?(?:为|是)?|"
    r"[，,](?:包括|有|为|是)(?=[^，。；]*(?:、|和|与|及))|[，,](?:就是|即是?)|[，,](?:具体)?(?:名单|名称|名录|清单)?(?:分别)?(?:如下|为|是)：|[，,](?:它们|他们|[^，。；、\n\d]{0,6}(?:名称|名单|名字))(?:分别|依次)?(?:为|是)|(?:分别|依次)?(?:为|是)(?=[^，。；]*(?:、|和|与)))")
_FIRST = re.compile(rf"[^，。；：（()）\n\d]{{0,10}}(?:[：，]|{words()['tasks']}。)(?=一是|其一|第一|一则|一、)")
_CLAUSES = re.compile(r"[^，。；：（()）\n\d]{0,14}：")
_ORDINAL = re.compile(r"(?:[一二三四五六七八九十]{1,2}(?:是|则)|其[一二三四五六七八九十]|第[一二三四五六七八九十]{1,2}[，,件个条项轮批期场次]?)")
_AFTER_LIST = re.compile(r"[。；;\n]|，(?!(?:和|以及|及))")
_OPEN = re.compile(r"(?<![一二三四特甲乙丙高中初上下优同相平])等[^、，]{0,10}$")
_OPEN_START = re.compile(r"^(?:其中|含|包括|如|例如|比如|主要(?:有|为|是)|以)")
_NO_LIST = re.compile(r"均|已|占|约|不含|截至|详见|见|按|根据|同比|较|其中|以下|以上|暂|原|指|简称|下同|上年|去年|合计|共|增长|下降|预计|未|含|另|按照")
_JOINED = re.compile(r"以及|及|和|与|暨")
_STOP = "，；。：！？\n"
_BETWEEN = re.compile(r"(?:共|共计|合计|计|这|的|上述|以上|一共|项目共)?$")  # between the last name and the count
_QUOTED = re.compile(r"((?:[“「『《][^”」』》]{1,30}[”」』》][、和及与]?){2,})(等)?[^，；。、]{0,8}$")
_QUOTES = re.compile(r"[“「『《]([^”」』》]{1,30})[”」』》]")
_DATES = re.compile(r"((?:\d{1,2}月(?:\d{1,2}日)?[、和及与]){1,11}\d{1,2}月(?:\d{1,2}日)?)(?:先后|分别|各|两次|共)?[^，；。、\d]{0,8}$")
_DATE = re.compile(r"\d{1,2}月(?:\d{1,2}日)?")
_EVENT = re.compile("次$|^(?:场|期|起|件|例|批|批次|宗|届|轮|回|趟|遍|单|课|课时|节课|堂|篇|天|份)$")
_NAMELESS = frozenset("颗粒滴匹头只张页字栋幢平")  # nobody names these one by one; with a number before 栋 it is an address
_VERB = re.compile(r"(?:新增|更新|建设|建成|完成|开展|组织|举办|推广|改造|涉及|覆盖|达到|培训|检查|办了|参与|召开|召集|修订|制定|反馈|剩余|各|有|为|"
                   r"是|至|分别|累计|办理|处理|出台|印发)$")
_ACTOR = re.compile(r"(?:公司|集团|总厂|工厂|厂|研究院|医院|学院|学校|合作社|街道|大队|社区|村|镇)(?:均|也|则|又|还|已|分别|成功|新|首次|再次|率先)*"
                    r"(?:获评|获得|获|入选|入围|通过|列入|被评为|荣获|成为|认定|跻身|拿下|取得|创成|建成)")
_SUMMED = re.compile(r"(?:计|共|合计|共计|总计|累计|当年|年内|全年|新增|新创建|新获评|创成|新增加)[^，。；、]{0,14}$")
_TOTALS = re.compile(r"^(?:全年|年内|共|一共|累计|合计|总共|先后|建成|创成|达到|[^，。；、\d]{0,16}(?:共|达到|建成|创成|累计|合计))[^，。；、\d]{0,24}$")
_OPENING_DATES = re.compile(r"(?:分别)?[于在]?\d{1,2}月(?:\d{1,2}日)?(?:[、和及与]\d{1,2}月(?:\d{1,2}日)?){1,11}")
_OPENING_NAMES = re.compile(
    r"(?:依托|在|对|以)?((?:[^、，。；\d]{2,20}、)*[^、，。；\d]{2,20}(?:、|和|与)[^、，。；\d]{2,16}?)(?:先后|分别|各|被|成功|通过|获|入选|建成|创成|均|也|$)")
_NEXT = re.compile(r"[^，。；、（\d]{0,16}，((?:[^、，。；\d]{2,20}、){2,}[^、，。；\d]{2,20}?)(?:竞相|先后|分别|均|各|率先|陆续|主动|积极|都|已|列)")
_TAIL = re.compile(r"[^，。；：、（）()“”《》\n\d]*")
_VALUE = re.compile(r"^(?:占|(?:为|达|增|下降|约)\d)|^[\d.]+[%％]")
_TOPIC = re.compile(r"(?:\S{0,6})?(?:围绕|针对|聚焦|结合|就|按照?)([^，。；]*、[^，。；]*)，[^，。；、\d]*$")
_WAYS = re.compile(f"等(?:多种|各种|不同)?{words()['ways']}[^，、]")
_THESE = re.compile("这|该|上述|以上$")
_PHASE = re.compile("等|工程|项目|建设")  # 甲大学三期等项目: the third, not three
_LONGEST = 28  # characters of a name
_AGAIN = 1500  # characters behind a numbered run in which it may go on
_FEW = 60  # nobody lists more


def listings(text: str, start: int, end: int, figures: Sequence[Figure]) -> Iterator[Relation]:
    """The counts of a paragraph text[start:end] with the names beside them, one relation a count. figures: those of the paragraph, in order."""
    for k, f in enumerate(figures):
        if not _countable(f) or (f.unit == "期" and _PHASE.match(text, f.end)):
            continue
        before = figures[k - 1] if k else None
        inside = [g for g in figures if f.end <= g.start < f.end + 400]
        for found in (_behind(text, end, f, inside), _ordinals(text, end, f), _ones(text, end, f), _after(text, end, f, inside), _ahead(text, start, f, before),
                      _deeds(text, start, f, before), _heads(text, start, f), _follows(text, end, f)):
            if found is not None:
                yield found
                break


def _countable(f: Figure) -> bool:
    """Whether a figure is a small whole count of things that could be listed."""
    known = by_spelling().get(f.unit)
    return (f.number is not None and f.high is None and f.bound == "" and f.role != "limit" and (
        (known is not None and known.dimension == "count") or f.unit in ("大", "")) and f.number == f.number.to_integral_value() and 1 <= f.number <= _FEW)


def _names(text: str, start: int, end: int) -> tuple[Name, ...]:
    """The names between two places: at 、, the last two also at 和, brackets and spaces aside."""
    quoted = list(_QUOTES.finditer(text, start, end))
    if len(quoted) > 1 and not _QUOTES.sub("", text[start:end]).strip("、和及与 ，。"):
        return tuple(Name(m[0], m.start(), m.end()) for m in quoted)
    inner = _masked(text[start:end])
    cuts = [m.span() for m in re.finditer("、", inner)]
    if cuts or inner.count("和") == 1:
        tail = cuts[-1][1] if cuts else 0
        joint = next((m for m in _JOINED.finditer(inner, tail) if m.start() - tail >= 2 and len(inner) - m.end() >= 2), None)
        if joint is not None:
            cuts.append(joint.span())
    out, at = [], 0
    for a, b in [*cuts, (len(inner), len(inner))]:
        words = inner[at:a].strip(" ，、；：＃\n　")
        if words:
            place = start + inner.index(words, at)
            out.append(Name(text[place:place + len(words)], place, place + len(words), at > 0 and inner[at - 1] != "、"))
        at = b
    return tuple(out)


def _pieces(text: str) -> list[str]:
    """A text cut into brackets and what stands between them."""
    return re.split(r"([（(〔][^（）()〔〕\n]*[）)〕])", text)


def _masked(text: str) -> str:
    """A text of the same length with its brackets blacked out."""
    return "".join("＃" * len(p) if p.startswith(("（", "(", "〔")) else p for p in _pieces(text))


_COUNTED = re.compile(r"\d[个所家名户座处]$")
_EACH = re.compile("各(?![类项种级地界方色行])")


def _make(text: str, f: Figure, names: tuple[Name, ...], start: int, end: int, form: str, closed: bool, least: int = 2) -> Relation | None:
    """A relation of these names; None where they are too few or read like sentences."""
    if len(names) < least or any(len(n.text) > _LONGEST for n in names) or _VALUE.search(names[0].text):
        return None
    if form == "ahead" and _EACH.search(text, max(0, f.start - 6), f.start):
        return None  # 云岭、沙田两站各缺1名: each of them has so many
    if form == "ahead" and _COUNTED.search(text, max(0, names[0].start - 8), names[0].start):
        return None  # 92所中小学、幼儿园封闭化管理、专职保安: the first names are of whom it is told
    if closed and (f.number or 0) > 2 * len(names):
        return None  # so few of so many are what the things are of, or examples
    if len(names[0].text) == 1 and any(len(n.text) > 1 for n in names):
        return None  # 市、区9个
    if end == f.end:  # with what they are: 6项|专项行动
        end += len(noun[0]) if (noun := _TAIL.match(text, end, end + 10)) else 0
    said = closed and (form in ("behind", "after", "ordinals") or len(names) >= 3 or len(names) == f.number or proper(names))
    return Relation("count", start, end, form, said or not closed, closed, figure=f.index, listed=names)


def _behind(text: str, end: int, f: Figure, later: Sequence[Figure]) -> Relation | None:
    """The listing in the bracket right behind a count: 4家（甲、乙、丙、丁）, 5家示范单位（…）."""
    m = _BEHIND.match(text, f.end, min(f.end + 18, end))
    if m is None:
        return None
    depth, close = 1, m.end()
    while close < end and depth:
        depth += {"（": 1, "(": 1, "）": -1, ")": -1}.get(text[close], 0)
        close += 1
    valued = [g for g in later if m.end() <= g.start < close]
    if depth or any(g.unit == f.unit for g in valued):
        return None
    words = text[m.end():close - 1]
    opened = _OPEN.search(_BRACKETED.sub("", words)) or _OPEN_START.match(words)
    begin = m.end() + (o.end() if (o := _OPEN_START.match(words)) else 0)
    stop = m.end() + (o.start() if (o := _OPEN.search(words)) else len(words))
    names = _names(text, begin, stop)
    if not names or _NO_LIST.search(names[0].text[:6]) or "：" in words or re.search("[，。；]", _BRACKETED.sub("", words)):
        return None
    if valued and not len(valued) == len(names) == f.number:
        return None  # 2座（中心库2600吨、产地库600吨）
    return _make(text, f, names, f.start, close, "behind", not opened, least=1 if f.number == 1 else 2)


def _after(text: str, end: int, f: Figure, later: Sequence[Figure]) -> Relation | None:
    """The listing that a count announces: 2个，分别为甲和乙; 三大领域：甲、乙、丙; 1家，即甲."""
    m = _CUE.match(text, f.end, min(f.end + 40, end))
    if m is None:
        return None
    bare = _masked(text[m.end():end])
    stop = _AFTER_LIST.search(bare)
    close = m.end() + (stop.start() if stop else len(bare))
    inside = [g for g in later if m.end() <= g.start < close]
    if any(g.unit == f.unit for g in inside) or close - m.end() > 240:
        return None
    opened = _OPEN.search(text[m.end():close])
    if text[m.end():close].rstrip().endswith("、"):
        return None  # the list goes on in the next line
    listed = m.end() + opened.start() if opened else close
    names = _quoted(text, m.end(), listed) or _names(text, m.end(), listed)
    if inside and (len(inside) != len(names) or not (re.search("分别|依次|即", m[0]) or (m[0].endswith("：") and len(names) == f.number))):
        return None
    if inside and all(any(g.start == n.start and g.end + 1 >= n.end for g in inside) for n in names):
        return None  # values of something else: 三家签订协议，为社员授信1亿元、用信0.8亿元
    if names and re.search(words()["served"], names[-1].text):
        return None  # 材料4份，为救灾、理赔和重建提供了依据
    if names and _ORDINAL.match(names[0].text):
        return None  # 3轮：第一轮督导甲镇、乙镇；第二轮…: each has a clause of its own
    if not re.search("分别|依次|即|它们|他们|名[称单字]", m[0]) and (len(names) < 2 or any(_VERB.search(n.text[:2]) for n in names)):
        return None
    if not re.search("[，：,]", m[0]) and len(names) != f.number and not _THESE.search(text, max(0, f.start - 3), f.start):
        return None  # 留存的3家为甲、乙、丙: without a stop, what is said of them may be another thing
    return _make(text, f, names, f.start, close, "after", not opened, least=1 if re.search("即|就是", m[0]) and f.number == 1 else 2)


def _quoted(text: str, start: int, end: int) -> tuple[Name, ...]:
    """The names of a listing that is nothing but quotes side by side: “甲”“乙”“丙”; none where it is not."""
    if re.fullmatch(r"(?:[“「『][^”」』]{1,30}[”」』]){2,}", text[start:end].strip()) is None:
        return ()
    return tuple(Name(m[0], start + m.start(), start + m.end()) for m in _QUOTES.finditer(text[start:end]))


def _ordinals(text: str, end: int, f: Figure) -> Relation | None:
    """两条建议：一是…；二是…: as many as are numbered, as far as the numbers run on."""
    m = _FIRST.match(text, f.end, min(f.end + 16, end))
    if m is None or f.number is None:
        return _clauses(text, end, f)
    names, at = [], m.end()
    for piece in re.split("(?<=[；。])|(?<=，)(?=[二三四五六七八九]是|第[二三四五六七八九])", text[m.end():end]):
        o = _ORDINAL.match(piece)
        if o is None:
            break
        names.append(Name(text[at:at + o.end()], at, at + o.end()))
        at += len(piece)
    told = len(names) == f.number or (abs(len(names) - f.number) == 1 and len(names) > 1 and _runs_out(text, names, at))
    return _make(text, f, tuple(names), f.start, at, "ordinals", True) if told else None


def _runs_out(text: str, names: Sequence[Name], at: int) -> bool:
    """Whether a numbered run that is one off begins with one, goes on by one and is not taken up again behind its end."""
    digits = "一二三四五六七八九"
    run = [next((c for c in n.text if c in digits), "") for n in names]
    again = digits[len(run):len(run) + 1]
    return "".join(run) == digits[:len(run)] and not (again and re.search(f"{again}(?:是|则|、|要)|第{again}", text[at:at + _AGAIN]))


def _clauses(text: str, end: int, f: Figure) -> Relation | None:
    """2起：3月…；6月…: as many clauses behind a colon, where they are just as many."""
    m = _CLAUSES.match(text, f.end, min(f.end + 18, end))
    if m is None or (not _EVENT.search(f.unit) and (f.number or 0) < 2):
        return None
    stop = text.find("。", m.end(), end)
    close = stop if stop >= 0 else end
    names, at = [], m.end()
    for piece in text[m.end():close].split("；"):
        head = re.split("[，、]", piece)[0]
        names.append(Name(head, at, at + len(head)))
        at += len(piece) + 1
    return _make(text, f, tuple(names), f.start, close, "clauses", True) if len(names) == f.number else None


_ONE = re.compile(r"[，；]\s*(?:另)?一[个项家条座处起名所]是?(?=[^，。；]{2})")


def _ones(text: str, end: int, f: Figure) -> Relation | None:
    """2个，一个是甲公园，一个是乙公园: as many as are told one by one."""
    stop = text.find("。", f.end, end)
    close = stop if stop >= 0 else end
    found = list(_ONE.finditer(text, f.end, close))
    if len(found) != f.number or len(found) < 2 or "，" in text[f.end:found[0].start()]:
        return None
    names = []
    for m in found:
        name = re.split("[，；。]", text[m.end():close])[0]
        names.append(Name(name, m.end(), m.end() + len(name)))
    return _make(text, f, tuple(names), f.start, names[-1].end, "ones", True)


def _ahead(text: str, start: int, f: Figure, before: Figure | None) -> Relation | None:
    """The listing that a count sums up: 甲、乙、丙三家; “甲”“乙”“丙”主题活动3次; 6月、9月先后2次."""
    if f.unit in _NAMELESS:
        return None
    masked = _masked(text[start:f.start])  # what a bracket says of a name ends no listing: 冷藏（三天以内）、火化
    if before is not None and masked[before.start - start:before.start - start + 1] == "＃":
        before = None
    floor = max(start, before.end if before else start)
    opening = max(text.rfind("（", floor, f.start), text.rfind("(", floor, f.start))
    if opening > max(text.rfind("）", floor, f.start), text.rfind(")", floor, f.start)):
        floor = opening + 1
    floor = max(floor, start + max(masked.rfind(c, floor - start) for c in _STOP) + 1)
    words = text[floor:f.start]
    event = _EVENT.search(f.unit) is not None
    if event and "、" not in words and (t := _TOPIC.search(text[max(start, floor - 120, (before.end if before else start)):f.start])):
        at = f.start - len(t[0]) + t.start(1) - t.start()
        names = _names(text, at, at + len(t[1].rstrip("等专题方面内容")))
        return _make(text, f, names, at, f.end, "topics", t[1] == t[1].rstrip("等")) if abs(len(names) - int(f.number or 0)) <= 2 and len(names) >= 4 else None
    if event and (d := _DATES.search(words)):
        dates = tuple(Name(m[0], floor + d.start() + m.start(), floor + d.start() + m.end()) for m in _DATE.finditer(d[1]))
        return _make(text, f, dates, floor + d.start(), f.end, "dates", True)
    if q := _QUOTED.search(words):
        at = floor + q.start(1)
        names = tuple(Name(m[0], at + m.start(), at + m.end()) for m in _QUOTES.finditer(q[1]))
        return _make(text, f, names, at, f.end, "quoted", not q[2])
    bare = _masked(words)
    if "、" not in bare and not (not event and bare.count("和") == 1):
        return None
    opened = re.search(r"(?<![一二三四特甲乙丙高中初上下优同相平])等[^、，]{0,12}$", bare)
    last = bare if not opened else bare[:opened.start()]
    filler = _BETWEEN.search(last)
    stop = filler.start() if filler and not opened else len(last)
    if not opened and (_VERB.search(last[:stop].rstrip(" \u3000")) or bare.endswith("＃")) and not bare.endswith("＃"):
        return None
    if opened and _WAYS.match(opened[0]):
        return None  # 通过文字、图片等形式解读21个: these are the ways
    names = _names(text, floor, floor + stop)
    if names and before is not None and floor == before.end and (own := re.split("的|和|及|与", names[0].text)[-1]):
        names = (replace(names[0], text=own, start=names[0].end - len(own)), *names[1:])  # 五大领域排放的二氧化碳、甲烷两种
    if len(names) < 2 or ("、" not in bare and not proper(names)) or any(_VERB.search(n.text[:2]) and len(n.text) > 6 for n in names[1:]):
        return None
    if event and len(names) != f.number and (len(names) < 4 or abs(len(names) - int(f.number or 0)) > 2):
        return None  # three checks of two kinds of firms
    return _make(text, f, names, names[0].start, f.end, "ahead", not opened)


def _deeds(text: str, start: int, f: Figure, before: Figure | None) -> Relation | None:
    """Several clauses with a named actor each, and their number at the end: A公司获评…，B公司获评…，年内共2家."""
    floor = max(start, text.rfind("。", start, f.start) + 1, before.end if before else start)
    words = text[floor:f.start]
    if not _SUMMED.search(re.split("[，；]", words)[-1]) or "等" in words or f.unit in ("人", "名", "位") or (_EVENT.search(f.unit) and f.unit != "项"):
        return None
    names = tuple(Name(m[0], floor + m.start(), floor + m.end()) for m in _ACTOR.finditer(words))
    return _make(text, f, names, floor, f.end, "deeds", True) if len(names) == f.number else None


def _heads(text: str, start: int, f: Figure) -> Relation | None:
    """Names or dates that open a clause, and their number in a clause behind it: 甲社区、乙社区通过评审，建成示范社区2个; 3月、9月各演练一次，全年2次.
    Only as many as are counted: a clause between may tell of something else."""
    floor = max(start, text.rfind("。", start, f.start) + 1, text.rfind("；", start, f.start) + 1)
    clauses = text[floor:f.start].split("，")
    if len(clauses) < 2 or (f.number or 0) < 2 or not _TOTALS.search(clauses[-1]):
        return None
    at = floor
    for clause in clauses[:-1]:
        if d := _OPENING_DATES.match(clause):
            names = tuple(Name(m[0], at + m.start(), at + m.end()) for m in _DATE.finditer(d[0]))
        elif (o := _OPENING_NAMES.match(clause)) and not _EVENT.search(f.unit):
            names = _names(text, at + o.start(1), at + o.end(1))
            names = names if proper(names) else ()
        else:
            names = ()
        if len(names) == f.number:
            return _make(text, f, names, at, f.end, "heads", True)
        at += len(clause) + 1
    return None


def _follows(text: str, end: int, f: Figure) -> Relation | None:
    """Names that open the clause behind a count, as many as are counted: 6家银行参与，甲行、乙行、…、己行竞相推出."""
    m = _NEXT.match(text, f.end, min(f.end + 200, end))
    if m is None or (f.number or 0) < 3 or _EVENT.search(f.unit):
        return None
    names = _names(text, m.start(1), m.end(1))
    return _make(text, f, names, f.start, m.end(1), "follows", True) if len(names) == f.number and proper(names) else None


def proper(names: Sequence[Name]) -> bool:
    """Whether most names are names of single things rather than words for kinds of things."""
    return sum(_unknown(n.text.strip("“”‘’「」《》 ")) for n in names) * 2 > len(names)


def _unknown(name: str) -> bool:
    """Whether a word is a name: letters or digits of a model or a lot, a name by the dictionary's tags, or in no dictionary."""
    if re.search(r"[A-Za-z0-9]", name) and len(name) >= 3:
        return True
    words = cut(name)
    for k, word in enumerate(words):
        if tag(word) in ("nr", "ns", "nt", "nz", "nrt", "nrfg") or (len(word) >= 2 and not known(word)):
            return True
        after = words[k + 1] if k + 1 < len(words) else ""
        if len(word) == len(after) == 1 and tag(word)[0] in "ngaxvjmz" and tag(after)[0] in "ngaxvjz":
            return True  # two characters that make no word
    return False
