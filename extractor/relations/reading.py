"""Reads the relations of a paragraph: the forms are tried in order, what was understood is cut out, and the rest is read again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from extractor.relations.forms import Form, forms, words
from extractor.relations.model import Name, Relation
from extractor.relations.names import Names
from extractor.relations.stops import without_stops
from extractor.relations.tagged import BRACKET, INDEX, PERSONS, Label, Tagged, columns
from patterns import expressions as re

if TYPE_CHECKING:
    import regex

_INNER = re.compile("（[^（）]*）")
_LATER = re.compile(
    "[\ue000-\ue00d]([\ue100-\uf8ff])[\U00100000-\U0010fffd][^，；。：！？、（）\ue000-\U0010fffd]{0,20}(?:、|和|及|与|以及|，和)"
    "[^，；。：！？、（）\ue000-\U0010fffd]{0,36}(?=[\ue000-\ue00d]\\1([\U00100000-\U0010fffd]))")
_MOVES = re.long(f"(?P<up>{words()['up']})|(?P<down>{words()['down']}|降)")
_ALSO = re.long(f"(?:{words()['also']})*")
_BESIDE = re.long(f"(?:{words()['past']}|市?[下达定]{{2}}|任务|目标|计划)")
_ATTRIBUTE = re.long(f"(?:其中|占|同比|环比|(?:比|较|与){words()['past']}|{words()['change']}|{words()['past']}|市?[下达定]{{2}}|任务|目标|计划)")
_CHANGE = re.long(f"(?:{words()['also']})*(?:{words()['change']})")
_ROUNDS = 4
_FAR = 6  # sentences between a division and a total that it adds up to
_LEAST = 9  # what is not larger adds up by chance
_Key = tuple[object, ...]


@dataclass
class Paragraph:
    """The state of reading one paragraph.

    later: figures that stand in a list after another of their family, series: these and the first ones; inside: figures that were read as parts of a total; shares: as the
    part of a share.
    """

    names: Names
    document: str
    found: list[Relation] = field(default_factory=list)
    seen: set[_Key] = field(default_factory=set)
    later: frozenset[int] = frozenset()
    series: frozenset[int] = frozenset()
    inside: dict[int, int] = field(default_factory=dict)
    shares: set[int] = field(default_factory=set)
    waiting: list[tuple[Tagged, Form, regex.Match[str]]] = field(default_factory=list)

    def topic(self, k: int, reach: int, wanted: Decimal | None) -> int | None:
        """What a division that names no total divides: the figure some sentences before that it adds up to, else the last one of its family
        that is itself no part, not more than `reach` sentences before. wanted: the value that adds up, in base units."""
        figures, family = self.names.figures, self.names.family
        if wanted is not None and wanted > _LEAST:
            for j in range(k - 1, max(-1, k - 40), -1):
                if figures[k].sentence - figures[j].sentence > _FAR:
                    break
                if family[j] == family[k] and figures[j].role == "actual" and self.names.value(j) == wanted:
                    return j
        for j in range(k - 1, max(-1, k - 40), -1):
            if figures[k].sentence - figures[j].sentence > reach:
                return None
            if family[j] == family[k] and figures[j].role == "actual" and not (
                    self.inside.get(j, 0) > (reach > 1) or (reach == 1 and j in self.shares) or j in self.later or j in self.names.past or j in self.names.averages):
                return j
        return None

    def label(self, k: int) -> Label:
        """The words around a figure."""
        return self.names.labels.get(k, Label("", ""))

    def add(self, relation: Relation) -> bool:
        """Note a relation; whether it is a new one."""
        key: _Key = (relation.type, tuple(sorted((k, v if isinstance(v, int) else tuple(sorted(v))) for k, v in relation.slots.items())))
        if key in self.seen or any(_within(relation, r) for r in self.found if r.type == relation.type):
            return False
        self.seen.add(key)
        self.found = [r for r in self.found if r.type != "parts" or relation.type != "parts" or not _within(r, relation)]  # a list read from its start
        self.found.append(relation)
        if relation.type == "parts":
            self.inside.update(dict.fromkeys(relation.parts, len(relation.parts)))
        if relation.type == "ratio" and relation.part is not None and relation.whole is not None and self.names.figures[relation.whole].role == "actual":
            self.shares.add(relation.part)
        return True


def _within(new: Relation, old: Relation) -> bool:
    """Whether a relation says no more than another: some of a total's parts, a change without its percent."""
    if new.type == "parts":
        return new.total == old.total and set(new.parts) < set(old.parts)
    if new.type == "ratio":
        return (new.part, new.whole) == (old.part, old.whole)  # a share is said once; a second percent is of something that was left out
    if new.type == "goal":
        return (new.target, new.actual) == (old.target, old.actual) and new.percent is None
    if new.type == "growth":
        return new.now == old.now and new.percent in (None, old.percent) and new.before in (None, old.before)
    return False


def read_paragraph(tagged: Tagged, names: Names, document: str) -> list[Relation]:
    """The relations of a paragraph."""
    later = frozenset(ord(m[2]) - INDEX for m in _LATER.finditer(tagged.text))
    p = Paragraph(names, document, later=later, series=series(tagged.text))
    flat = _brackets(p, tagged)
    rest = _exhaust(p, flat)
    for one in columns(flat):  # with one measure left out, a change may have lost its figure; divisions have not
        _exhaust(p, one, only="parts")
    waiting, p.waiting = p.waiting, []
    for tagged, form, m in waiting:
        _take(p, tagged, form, m)
    if (joined := without_stops(rest)) is not None:
        _exhaust(p, joined)
    return p.found


def series(text: str) -> frozenset[int]:
    """The figures of a tagged text that stand in a list with others of their family."""
    return frozenset(ord(c) - INDEX for m in _LATER.finditer(text) for c in (m[0][2], m[2]))


def _brackets(p: Paragraph, tagged: Tagged) -> Tagged:
    """Reads what stands in brackets, innermost first, ties it to what stands before them, and leaves a mark for each."""
    for _ in range(4):
        if _INNER.search(tagged.text) is None:
            break
        tagged = _exhaust(p, tagged, bracketed=True)
        for m in reversed(list(_INNER.finditer(tagged.text))):
            if max(m[0]) < INDEX_FIRST:
                tagged = tagged.put(m.start(), m.end(), Tagged(BRACKET, (tagged.at[m.start()],)))
                continue
            inner = tagged.inside(m.start() + 1, m.end() - 1)
            if _BESIDE.match(inner.text) and tagged.text[m.end():m.end() + 1] in ("，", "；", "。", ""):  # 214起（上年236起），下降9.3%
                tagged = tagged.put(m.start(), m.end(), Tagged("，", (tagged.at[m.start()],)).then(inner))
                continue
            _exhaust(p, inner)
            if _ATTRIBUTE.match(inner.text):
                host = max((tagged.text.rfind(c, 0, m.start()) for c in "，；。：、（"), default=-1) + 1
                if _CHANGE.match(tagged.text, host) and tagged.text[host - 1:host] == "，":  # 收入1060亿元，增长6.0%（2022年：1000亿元）
                    host = max((tagged.text.rfind(c, 0, host - 1) for c in "，；。：、（"), default=-1) + 1
                _exhaust(p, tagged.inside(host, m.start()).then(Tagged("，", (tagged.at[m.start()],))).then(inner))
            tagged = tagged.put(m.start(), m.end(), Tagged(BRACKET, (tagged.at[m.start()],)))
    return tagged


INDEX_FIRST = chr(INDEX)


def _exhaust(p: Paragraph, tagged: Tagged, bracketed: bool = False, only: str = "") -> Tagged:
    """Tries every form (of one type), again and again, until none says anything new."""
    for _ in range(_ROUNDS):
        before = len(p.found), len(tagged.text)
        for form in forms():
            if bracketed <= ("bracket" in form.options) and only in ("", form.type):
                tagged = _apply(p, tagged, form)
        if (len(p.found), len(tagged.text)) == before:
            break
    return tagged


def _apply(p: Paragraph, tagged: Tagged, form: Form) -> Tagged:
    if not form.may_match(tagged.text):
        return tagged
    at = 0
    while (m := form.pattern.search(tagged.text, at)) is not None:
        at = m.start() + 1
        if not _take(p, tagged, form, m):
            continue
        cuts = sorted(span for k in (1, 2) if f"cut{k}" in form.pattern.groupindex for span in m.spans(f"cut{k}") if span[0] < span[1])
        if cuts:
            tagged = tagged.without(cuts)
            at = m.start()
    return tagged


def _take(p: Paragraph, tagged: Tagged, form: Form, m: regex.Match[str]) -> bool:
    """Notes what a match says; whether it holds and is new (a form that gives nothing always is)."""
    slots: dict[str, list[int]] = {s: [ord(c) - INDEX for c in m.captures(s)] for s in form.slots if s != "listed"}
    if form.type is None:
        return True
    if not _holds(p, form, m, slots):
        return False
    if "topic" in form.options:
        topic = p.topic(slots["parts"][0], 3 if "total" in slots else 1, _wanted(p, slots))
        if topic is None:
            return False
        slots.setdefault("parts" if "total" in slots else "total", []).append(topic)
    if form.type == "ratio" and "whole" not in slots and "whole" not in form.names:
        whole = next((r.total for r in p.found if r.type == "parts" and set(slots["part"]) == set(r.parts)), None)
        if whole is None:
            p.waiting.append((tagged, form, m))
            return False
        slots["whole"] = [whole]
    far = False
    for name in sorted(form.names - {"stem", "who"}):
        like = next((slots[s][0] for s in ("part", "parts", "before", "whole") if s in slots), None)
        near = min(k for v in slots.values() for k in v)
        bound = _begun_by(p, m[name], near, like) if name == "total" else None
        bound = bound if bound is not None else p.names.find(m[name], near, like, p.later | p.inside.keys() if form.type == "growth" else frozenset())
        if bound is None or (form.name == "share-named" and p.names.another(m[name], slots["part"][0], bound)):
            return False
        slots[name] = [bound]
        if p.names.figures[bound].sentence != p.names.figures[near].sentence and p.names.wider(m[name], bound):
            far = True
    flat = [k for v in slots.values() for k in v]
    if len(set(flat)) != len(flat):
        return False
    new = False
    if form.type == "ratio" and "item" in form.options and all(p.names.figures[k].role == "target" for k in slots["part"]) \
            and all(p.names.figures[k].role == "actual" for k in slots["whole"]):
        slots["part"], slots["whole"] = slots["whole"], slots["part"]  # what was asked for is told first
    for relation in _relations(p, tagged, form, m, slots):
        relation = replace(relation, said=False) if far else relation
        added = p.add(relation)
        new = added or new
        if added and relation.type == "ratio" and relation.whole is not None and p.names.figures[relation.whole].role == "target":
            p.add(replace(relation, type="goal", target=relation.whole, actual=relation.part, whole=None, part=None))
    return new


def _begun_by(p: Paragraph, name: str, near: int, like: int | None) -> int | None:
    """The figure shortly before whose whole words begin a name: 二产10.85亿千瓦时，…。二产用电量由…."""
    if name.startswith(("这些", "上述", "以上", "这批")):
        return p.topic(near, 2, None)  # 完成审计项目42个。这些项目由…构成
    for k in range(near - 1, max(-1, near - 12), -1):
        head = p.label(k).head.removeprefix("其中")
        if len(head) > 1 and name.startswith(head) and like is not None and p.names.family[k] == p.names.family[like] and p.names.figures[k].role == "actual":
            return k
    return None


def _wanted(p: Paragraph, slots: dict[str, list[int]]) -> Decimal | None:
    """What adds up with parts: their sum, or where the total is told, what it lacks."""
    values = [p.names.value(k) for k in slots["parts"]]
    total = p.names.value(slots["total"][0]) if "total" in slots else None
    if any(v is None for v in values):
        return None
    told = sum((v for v in values if v is not None), Decimal(0))
    return told if "total" not in slots else None if total is None else total - told


def _relations(p: Paragraph, tagged: Tagged, form: Form, m: regex.Match[str], slots: dict[str, list[int]]) -> Iterator[Relation]:
    """The relations of a match: one, or one for each place of its lists."""
    assert form.type is not None
    start, end = _span(p, tagged, m)
    base = Relation(form.type, start, end, form.name, said="unsaid" not in form.options, closed="closed" in form.options)
    if form.name == "which-far" and not _parallel([p.label(k).head for k in slots["parts"]]):
        base = replace(base, said=False)  # 其中即办件1214项，占64%；可网办事项1826项: the second may be a property of its own
    if form.type == "growth":
        yield from _each(replace(base, down=_down(m)), slots)
    elif form.type == "count":
        listed = tuple(Name(p.document[tagged.at[a]:tagged.at[b - 1] + 1], tagged.at[a], tagged.at[b - 1] + 1) for a, b in m.spans("listed"))
        yield replace(base, figure=slots["figure"][0], listed=listed, closed=not listed[-1].text.endswith("等"))
    elif form.type == "parts":
        told = m[0][m.starts("parts")[0] - m.start():m.ends("parts")[-1] - m.start()]
        slots["parts"] = _without_changes(p, slots["parts"])
        if form.name.startswith("sum") and _several_each(p, slots):
            return
        if _priced(p, m, slots) or _beyond_total(p, form, slots, told):
            return
        last = max(slots["parts"])
        all_told = base.closed or (re.match("其[他它余]", p.label(last).head) is not None and not _more(p, last))  # 其他377例 leaves nothing out
        parts = tuple(k for k in sorted(slots["parts"]) for _ in range(p.names.times.get(k, 1)))
        yield replace(base, total=slots["total"][0], parts=parts, closed=all_told, enumerated=re.search("[，；。]", told) is None or _sourced(p, slots))
    elif form.type == "same":
        yield replace(base, members=tuple(sorted(k for v in slots.values() for k in v)))
    else:
        yield from _each(base, slots)


def _priced(p: Paragraph, m: regex.Match[str], slots: dict[str, list[int]]) -> bool:
    """Whether what looks like parts are none: paid for something (其中，甲以500万元认购), or dealt out to no names, so over years (产能9台，产量分别为4台、3台)."""
    heads = [p.label(k).head for k in slots["parts"]]
    if any(re.search("(?:以|按|(?<!费)用)$", h) for h in heads):
        return True
    if any("收入" in h and "支出" not in h for h in heads) and any("支出" in h and "收入" not in h for h in heads):
        return True  # what comes in and what goes out make no sum
    first = m.starts("parts")[0]
    if "total" not in m.re.groupindex or m.starts("total")[0] > first:
        return False
    between = m[0][max(m.ends("total")[0], first - 30) - m.start():first - m.start()]
    at = list(zip(m.ends("parts"), m.starts("parts")[1:], strict=False))
    bare = all(re.fullmatch("[^，；。]{0,2}(?:、|和|及|与)[\ue000-\uf8ff]{2}", m[0][a - m.start():b - m.start()]) for a, b in at)
    return bare and re.search("[^，：。；]{2}分别", between) is not None and re.search("[、和及]", between) is None


_BENEFITS = re.compile("[两二三四五六七八九]项[^，。；]{0,8}?(?:共|合计|累计|总)")


def _several_each(p: Paragraph, slots: dict[str, list[int]]) -> bool:
    """Whether a sum is of persons who may have several of the things counted: 两项补贴共惠及5,127人 (of 2,146 and 3,872)."""
    figures = p.names.figures
    between = p.document[figures[slots["parts"][-1]].end:figures[slots["total"][0]].start]
    return figures[slots["total"][0]].unit.lstrip("万亿") in PERSONS | {"户"} and _BENEFITS.search(between) is not None


def _sourced(p: Paragraph, slots: dict[str, list[int]]) -> bool:
    """Whether money is told by where it came from, more of it than there is: of one yuan there is one source (中央1,900万元，省级配套960万元，自筹2,300万元)."""
    total, values = p.names.value(slots["total"][0]), [p.names.value(k) for k in slots["parts"]]
    if total is None or p.names.figures[slots["total"][0]].base_unit != "元" or sum(v or Decimal(0) for v in values) <= total:
        return False
    return all(_SOURCE.search(p.label(k).head) is not None for k in slots["parts"])


def _without_changes(p: Paragraph, parts: list[int]) -> list[int]:
    """The parts without the changes that are told of them: 其中私人汽车248万辆，增加15万辆."""
    figures = p.names.figures
    return [k for k in parts if not (figures[k].role == "change" and k - 1 in parts and figures[k - 1].role != "change" and _CHANGE.fullmatch(p.label(k).head))]


def _beyond_total(p: Paragraph, form: Form, slots: dict[str, list[int]], told: str) -> bool:
    """Whether parts are so much more than their total that they are of another matter: 省级34个，地级333个、县级2843个. A slip makes one part too
    large, not several, nor many times the total in a clause of its own, and a sum is never less than half of what was added."""
    if form.name == "sum":
        return False  # 甲186、乙244，合计52: in one breath even that is a slip of the pen
    total = p.names.value(slots["total"][0])
    over = [v for k in slots["parts"] if (v := p.names.value(k)) is not None and total is not None and v > total]
    apart = re.search("[，；。]", told) is not None and len(slots["parts"]) > 1
    summed = form.name.startswith(("sum", "plus"))
    return len(over) > 1 or (total is not None and any((apart and v > _BEYOND * total) or (summed and v > 2 * total) for v in over))


def _parallel(heads: list[str]) -> bool:
    """Whether the names of parts are built alike: 出口/进口, 邮政业务总量/电信业务总量."""
    names = [re.sub("^.*其中[:：，]?", "", h) for h in heads]
    if any(n.endswith("的") for n in names):
        return False  # 持有证书的1038人；具有大专以上学历的214人: properties overlap
    return all(n[-1:] == names[0][-1:] for n in names) or all(len(n) <= 4 for n in names)


def _each(base: Relation, slots: dict[str, list[int]]) -> Iterator[Relation]:
    n = max(len(v) for v in slots.values())
    for k in range(n):
        one = {s: (v[k] if len(v) == n else v[0]) for s, v in slots.items() if v}
        yield replace(base, **one)  # type: ignore[arg-type]


def _down(m: regex.Match[str]) -> bool | None:
    """Whether the last word of change before the percent says that it fell; None where there is none."""
    text = m[0]
    if "percent" in m.re.groupindex and m["percent"]:
        text = text[:m.start("percent") - m.start()]
    moves = list(_MOVES.finditer(text))
    return None if not moves else bool(moves[-1]["down"])


def _span(p: Paragraph, tagged: Tagged, m: regex.Match[str]) -> tuple[int, int]:
    """The words in the document from the first to the last figure or word of a match (never a figure bound by its name)."""
    places = [p.names.figures[ord(c) - INDEX] for c in m[0] if c >= INDEX_FIRST]
    edge = [tagged.at[k] for k in (m.start(), m.end() - 1)]
    return min([edge[0], *(f.start for f in places)]), max([edge[1] + 1, *(f.end for f in places)])


def _holds(p: Paragraph, form: Form, m: regex.Match[str], slots: dict[str, list[int]]) -> bool:
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
            and _wanted(p, {"parts": slots["parts"]}) != p.names.value(slots["total"][0]):
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
_BEYOND = 3  # no slip makes a part so many times its total


def _far_beyond(p: Paragraph, slots: dict[str, list[int]]) -> bool:
    """Whether one of several parts is so much more than their total that it is of another matter: 91家，其中国家级31家；工程中心549家."""
    total = p.names.value(slots["total"][0])
    return len(slots["parts"]) > 1 and total is not None and any(v is not None and v > total * _BEYOND for v in map(p.names.value, slots["parts"]))


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


def _more(p: Paragraph, last: int) -> bool:
    """Whether after the last part one more is told that is yet open: 其他178件，尚未审结37件."""
    return p.names.family.get(last + 1) == p.names.family[last] and re.match("尚|未|另|还|暂", p.label(last + 1).head) is not None


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
_SOURCE = re.compile(words()["sources"])
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
