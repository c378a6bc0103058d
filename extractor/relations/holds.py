"""Whether a match says what its form says: that its figures are what its slots are for, and that they are of one matter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractor.relations.forms import Form, words
from extractor.relations.part_lists import BEYOND, wanted
from extractor.relations.state import Paragraph
from extractor.relations.tagged import INDEX
from patterns import expressions as re

if TYPE_CHECKING:
    import regex

_ALSO = re.long(f"(?:{words()['also']})*")
INDEX_FIRST = chr(INDEX)


def holds(p: Paragraph, form: Form, m: regex.Match[str], slots: dict[str, list[int]]) -> bool:
    """Whether a match says what its form says."""
    if "item" not in form.options:
        for slot in ("now", "part", "total", "whole"):
            if slot not in form.lists and any(k in p.later for k in slots.get(slot, ())):
                return False
    if form.type == "ratio" and not form.options & {"which", "item"} and any(k in p.inside or k in p.shares for k in slots.get("whole", ())):
        return False
    if "mixed" in form.options and not p.names.mix([k for s, v in slots.items() if s != "percent" for k in v]):
        return False
    if form.type == "count" and not _lists(p, slots["figure"][0], m.captures("listed")):
        return False
    if form.name == "which-far" and _far_beyond(p, slots):
        return False
    if form.type == "parts" and any(p.label(k).head.endswith(("均", "每年")) or p.names.times.get(k) == 0 for k in slots["parts"]):
        return False  # 各3个: one figure stands for nobody knows how many
    if "remainder" in form.options and not re.match("其余|余下|剩余|剩下", p.label(max(slots["parts"])).head):
        return False
    if "each" in form.options and p.names.times.get(slots["parts"][0], 1) < 2:
        return False
    if form.name.startswith("rest") and any("其他" in p.label(k).head or "其余" in p.label(k).head for k in sorted(slots["parts"])[:-1]):
        return False  # 甲82件、其他68件。另有15件: the list was whole before
    if form.name.startswith("rest") and any(k in p.inside for k in slots["parts"]):
        return False
    if form.type == "parts" and "sum" in form.name and (slots["total"][0] in p.series or re.search("分别|依次", m[0][m.ends("parts")[-1] - m.start():])):
        return False
    if form.type == "parts" and (form.name == "which-far" or form.name.startswith("rest")) and any(_sibling(p, slots["total"][0], k) for k in slots["parts"]):
        return False
    if "short" in form.options and not all(len(p.label(k).head) <= (2 if len(slots["parts"]) == 2 else 6) and not p.label(k).tail for k in slots["parts"]) \
            and wanted(p, {"parts": slots["parts"]}) != p.names.value(slots["total"][0]):
        return False
    if "of" in form.options and not _of_total(p, m, slots["parts"][0]):
        return False
    if form.type == "growth" and re.search("[多少][增减]", m[0]):
        return False  # 同比多增: an increase that grew, not the figure
    if form.type == "ratio" and not form.options & {"item", "which", "siblings"} and "whole" in m.re.groupindex and not _of_whole(p, m, slots):
        return False
    if form.type == "ratio" and "率" in m[0] and re.match("[^，。；]{0,4}(?:全部|均|都)", p.label((slots.get("part") or [-1])[0]).tail):
        return False  # 其中应完成的14项已全部完成，完成率100%: the rate is of these
    if form.type == "ratio" and _denied(p, slots):
        return False
    if "siblings" in form.options and not _beside(p, m, slots):
        return False
    if form.type == "growth" and _OUGHT.search("".join(p.label(k).head for k in slots.get("now", ()) if p.names.figures[k].role == "target")) is not None:
        return False  # 为目标4.5亿元的119.6%，比上年的3.64亿元增长47.8%: what grew is what was done
    if form.type == "growth" and (_points(p, slots) or any(_COMPARED.match(p.label(k).head) for k in slots.get("now", ()))):
        return False
    if "amount" in form.options and (any(p.names.figures[k].unit in ("%", "‰") for k in slots["now"]) or _another(p, m, slots["now"][0])):
        return False
    if form.type == "growth" and _YEARLY.search(m[0]):
        return False  # over several years
    if len({len(v) for s, v in slots.items() if s in form.lists and s != "parts"}) > 1:
        return False
    if "who" in form.names and not _about(p, m["who"] or "", slots):
        return False
    return not ("stem" in form.names and m["stem"]) or _of_stem(p, m["stem"], slots, form.options)


_COMPARED = re.compile("(?:[跟与离距]|[比较](?!例|为))(?=.*[\u4e00-\u9fff]{2})")  # 跟全市平均101.3元比，还低2.7元: no result of this year


def _far_beyond(p: Paragraph, slots: dict[str, list[int]]) -> bool:
    """Whether one of several parts is so much more than their total that it is of another matter: 91家，其中国家级31家；工程中心549家."""
    total = p.names.value(slots["total"][0])
    return len(slots["parts"]) > 1 and total is not None and any(v is not None and v > total * BEYOND for v in map(p.names.value, slots["parts"]))


_YEARLY = re.compile("(?:年均|平均每年|每年平均)(?:复合|递)?(?:[增减下上升降提]|负增)")
_ENDS_IN_VERB = re.compile("(?:[好成为是有达到约过了办建发举展评获得]|开展|进行|至少|每[个家所])$|分别|依次|各")
_HELD = re.compile("召开|主持|组织|开展|下发|发文|印发|到|赴|对|来|作出")
_DAY = re.compile(r"\d[月日]|季度|上旬|中旬|下旬")


def _another(p: Paragraph, m: regex.Match[str], now: int) -> bool:
    """Whether the change after an amount is of something else: of what the things it counts have, or of the share between."""
    between = m[0][m.end("now") - m.start():m.start("percent") - m.start()]
    if between.startswith("，占"):
        return re.search("(?:提升|提高|上升)[^，]{0,3}$", between) is not None
    by = ord(m["percent"]) - INDEX
    thing = p.label(by).tail
    if len(thing) > 1 and p.names.counts(by) and not any(thing[k:k + 2] in (w := "".join(p.label(now))) or w == "" for k in range(len(thing) - 1)):
        return True  # 建成102个街区。新增5.5万个充电桩
    own = re.split("[，、（]", between)[0]
    return own == between and p.names.counts(now) and len(_ALSO.sub("", own)) > 6


def _points(p: Paragraph, slots: dict[str, list[int]]) -> bool:
    """Whether points are said of an amount: they change rates alone."""
    units = {s: [p.names.figures[k].unit for k in v] for s, v in slots.items()}
    return any(u.endswith("百分点") for u in units.get("percent", ())) and any(u not in ("%", "‰", "倍") for s in ("now", "before") for u in units.get(s, ()))


def _alike(a: str, b: str) -> int:
    """How many characters two names begin with in common."""
    return next((k for k, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))


def _sibling(p: Paragraph, total: int, part: int) -> bool:
    """Whether a figure is told in the words of a total but for few: 第二产业投资8亿元，其中…；第三产业投资39亿元."""
    a, b = p.label(total).head, p.label(part).head
    before = _alike(a, b)
    after = min(_alike(a[::-1], b[::-1]), len(a) - before, len(b) - before)
    return before + after >= 4 and 0 < len(a) - before - after <= 3 and 0 < len(b) - before - after <= 3


def _denied(p: Paragraph, slots: dict[str, list[int]]) -> bool:
    """Whether the part is what the whole is denied of, so that both make up what a rate is of: 批准逮捕216人，不批准逮捕74人，不捕率25.5%."""
    part, whole = (p.label((slots.get(s) or [-1])[0]).head for s in ("part", "whole"))
    done = re.sub("^.*[不未]", "", part) if re.search("[不未]", part) else ""
    rest = iter(whole)
    return len(done) > 1 and all(c in rest for c in done) and not re.search("[不未]", whole)


def _beside(p: Paragraph, m: regex.Match[str], slots: dict[str, list[int]]) -> bool:
    """Whether what stands between a whole and a part are other parts of the same whole."""
    if "其中" in p.label(slots["part"][0]).head:
        return False
    between = m[0][m.end("whole") - m.start():m.start("part") - m.start() - 2]
    family = p.names.family[slots["whole"][0]]
    siblings = [k for k in (ord(c) - INDEX for c in between if c >= INDEX_FIRST) if p.names.family[k] == family]
    return bool(siblings) and all(any(r.type == "ratio" and r.part == k and r.whole == slots["whole"][0] for r in p.found) for k in siblings)


def _of_total(p: Paragraph, m: regex.Match[str], part: int) -> bool:
    """Whether a part is told as one of the total before it: in its own sentence part, or by what was done with it, not as a thing of its own."""
    between = m[0][:m.starts("parts")[0] - m.start()]
    return not re.search("[；。]", between) or _DONE.search(p.label(part).head) is not None


def _of_whole(p: Paragraph, m: regex.Match[str], slots: dict[str, list[int]]) -> bool:
    """Whether a part is one of the whole before it: across a stop only where it is told by nothing but what was done."""
    if not m["whole"] or not m["part"] or m.start("whole") > m.start("part"):
        return True
    if not re.search("[；。]", m[0][m.end("whole") - m.start():m.start("part") - m.start()]):
        return True
    part, whole = p.label(slots["part"][0]), p.label(slots["whole"][0])
    if part.head.endswith("的") or (m.re.groupindex.get("stem") and m["stem"] and len(m["stem"]) > 2 and m["stem"] in part.head):
        return True  # 数据正常的214幢; 可全程网办事项1826项，全程网办率
    if _DONE_ONLY.fullmatch(part.head):
        return True
    return "stem" not in m.re.groupindex and not part.tail and part.head[-1:] in set(whole.head[-4:] + whole.tail[:4])  # 车辆78辆；新能源车65辆，占


def _lists(p: Paragraph, figure: int, listed: list[str]) -> bool:
    """Whether names are the listing of a count: of things, and about as many. 省、市建议40件 and A、B和C线路共220条 list nothing."""
    number = p.names.figures[figure].number
    if p.label(figure).tail.startswith(("等", "工程", "项目")) and p.names.figures[figure].unit == "期":
        return False
    if number is None or number < len(listed) == 2 or not p.names.counts(figure) or _ENDS_IN_VERB.search(listed[-1]):
        return False
    if p.names.figures[figure].unit == "次" and _HELD.match(p.label(figure).tail) and not _DAY.search(listed[0]):
        return False  # 党中央、国务院两次召开会议: the names are who held them
    return abs(number - len(listed)) <= max(2, len(listed) // 2)


def _about(p: Paragraph, who: str, slots: dict[str, list[int]]) -> bool:
    """Whether the subject that a change names is that of the figure it is bound to; no subject of its own is all right."""
    if re.search("(?<![同环])[比较]", who) and "before" in slots and not ((y := re.search(r"(?:19|20)\d\d(?=年)", who)) and y[0] in p.label(slots["before"][0]).head):
        return False  # 比2020年的57.2%提高4.3个百分点，比上年提高1.8个百分点: the second has a base of its own
    rest = _ALSO.sub("", who)
    return len(rest) < 2 or any(p.names.called(rest, k) for s in ("now", "before") for k in slots.get(s, ()))


_DONE = re.compile("已|办结|整改|销号|完成|实际|实有|合格|达标|满意|通过|实现|支付|支出|拨付")
_DONE_ONLY = re.compile(
    r"(?:(?:截至|截止|到|至)?(?:\d{4}年|\d{1,2}月|\d{1,2}日|年|末|底|当年|年内|全年|目前|预计|任务|其中|经\S{2,8}[，]?)*(?:已|实际|按期|全部|累计|当场|按时)*"
    r"(?:完成|办结|审结|执结|结案|查结|调结|答复|处置|支付|支出|拨付|兑现|发放|接种|检测|整改|销号|合格|达标|满意|通过|实现|综合|利用|处理|摘牌|完工|支付|整治|表示|到位|参加|参训|检验|的|了|为|有|化解){1,4})")
_SAVED = re.compile(f"{words()['saved']}$")
_OUGHT = re.compile("应|需|任务|计划|目标|指标|到期|下达|要求|列入|纳入|抽查|抽检")
_NOUNS = frozenset("业生人学")  # that two names share one of these says nothing: 毕业生, 就业率
_EMPTY = str.maketrans("", "", "率的总全了各率比度数量")


def _of_stem(p: Paragraph, stem: str, slots: dict[str, list[int]], options: frozenset[str]) -> bool:
    """Whether a rate (办结|率) is that of its part: the words of the part do what the rate's name says."""
    part, whole = p.label(slots["part"][0]), p.label((slots.get("whole") or [-1])[0])
    if stem.startswith(("平均", "人均", "户均")) or _SAVED.search(stem):
        return False  # 利润总额468亿元；平均毛利率7.2%: an average of many rates
    told = part.head + part.tail
    noun = re.sub(r"[数量额人]$", "", re.sub(r"^.*[的中有]", "", part.head))
    if any(noun.endswith(stem[:n]) for n in range(2, len(stem))) and not _DONE.search(part.head):
        return False  # 毕业生121万人，毕业生就业率: the rate's own whole
    if any(no + stem[-2:] in told for no in "不未") and not any(no in stem for no in "不未"):
        return False
    if "in" in options and "which" not in options:
        return True
    if "mixed" in options:
        return stem[-2:] in told
    shared = set(stem.translate(_EMPTY)[-2:]) & set(told) - _NOUNS
    return stem[:2] in told or bool(shared) or bool(_DONE.search(told)) or ("which" not in options and bool(_OUGHT.search(whole.head) or "预算" in whole.head))
