"""Reads the relations of a paragraph: the forms are tried in order, what was understood is cut out, and the rest is read again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import regex

from extractor.relations.forms import Form, forms, words
from extractor.relations.model import Name, Relation
from extractor.relations.names import Names
from extractor.relations.tagged import BRACKET, INDEX, Label, Tagged, labels

_INNER = re.compile("（[^（）]*）")
_LATER = re.compile(
    "[\ue000-\ue009]([\ue100-\uf8ff])[\U00100000-\U0010fffd][^，；。：！？、（）\ue000-\U0010fffd]{0,20}(?:、|和|及|与|以及|，和)"
    "[^，；。：！？、（）\ue000-\U0010fffd]{0,36}(?=[\ue000-\ue009]\\1([\U00100000-\U0010fffd]))")
_PAST = re.compile(
    "(?:上年|去年|前年|上一年|同期|上季度|上月)[^，]{0,12}$|(?:比|较|与|同|由|从)(?:[12][09]\\d\\d年[^，]{0,16}|上[^，]{0,12})$")
_MOVES = re.compile(f"(?P<up>{words()['up']})|(?P<down>{words()['down']}|降)")
_ROUNDS = 4
_LISTS = ("parts", "now", "before", "part", "percent")


@dataclass
class Paragraph:
    """The state of reading one paragraph."""

    tagged: Tagged
    labels: dict[int, Label]
    names: Names
    document: str
    ends: dict[int, tuple[int, int]]  # figure -> its place in the document
    found: list[Relation] = field(default_factory=list)
    seen: set[tuple[object, ...]] = field(default_factory=set)
    later: frozenset[int] = frozenset()
    past: frozenset[int] = frozenset()

    def add(self, relation: Relation) -> bool:
        """Note a relation; whether it is a new one."""
        key = (relation.type, tuple(sorted((k, v if isinstance(v, int) else tuple(sorted(v))) for k, v in relation.slots.items())))
        if key in self.seen:
            return False
        self.seen.add(key)
        self.found.append(relation)
        return True


def read_paragraph(tagged: Tagged, names: Names, document: str, ends: dict[int, tuple[int, int]]) -> list[Relation]:
    """The relations of a paragraph."""
    later = frozenset(ord(m[2]) - INDEX for m in _LATER.finditer(tagged.text))
    around = labels(tagged)
    p = Paragraph(tagged, around, names, document, ends, later=later, past=frozenset(k for k, label in around.items() if _PAST.search(label.head)))
    p.tagged = _brackets(p, tagged)
    _exhaust(p, p.tagged, bracketed=False)
    return p.found


def _brackets(p: Paragraph, tagged: Tagged) -> Tagged:
    """Reads what stands in brackets, innermost first, ties it to what stands before them, and leaves a mark for each."""
    for _ in range(4):
        spans = [m.span() for m in _INNER.finditer(tagged.text)]
        if not spans:
            break
        for start, end in reversed(spans):
            if max(tagged.text[start:end]) >= "\ue000":
                tagged = tagged.put(start + 1, end - 1, _exhaust(p, tagged.inside(start + 1, end - 1), bracketed=False))
        tagged = _exhaust(p, tagged, bracketed=True)
        for m in reversed(list(_INNER.finditer(tagged.text))):
            tagged = tagged.put(m.start(), m.end(), Tagged(BRACKET, (tagged.at[m.start()],)))
    return tagged


def _exhaust(p: Paragraph, tagged: Tagged, bracketed: bool) -> Tagged:
    """Tries every form, again and again, until none says anything new."""
    for _ in range(_ROUNDS):
        before = len(p.found), len(tagged.text)
        for form in forms():
            if ("bracket" in form.options) == bracketed:
                tagged = _apply(p, tagged, form)
        if (len(p.found), len(tagged.text)) == before:
            break
    return tagged


def _apply(p: Paragraph, tagged: Tagged, form: Form) -> Tagged:
    if form.needs and not any(w in tagged.text for w in form.needs):
        return tagged
    at = 0
    for _ in range(200):
        m = form.pattern.search(tagged.text, at)
        if m is None:
            break
        taken = _take(p, tagged, form, m)
        if taken is None:
            at = m.start() + 1
            continue
        cuts = sorted(span for k in (1, 2) if f"cut{k}" in form.pattern.groupindex for span in m.spans(f"cut{k}") if span[0] < span[1])
        if cuts:
            tagged = tagged.without(cuts)
            at = m.start()
        else:
            at = m.start() + 1
    return tagged


def _figure(c: str) -> int:
    return ord(c) - INDEX


def _take(p: Paragraph, tagged: Tagged, form: Form, m: regex.Match[str]) -> bool | None:
    """Notes what a match says; None where it does not hold or says nothing new (and nothing is to be cut)."""
    slots: dict[str, list[int]] = {s: [_figure(c) for c in m.captures(s)] for s in form.slots if s != "listed"}
    if form.type is None:
        return True
    flat = [k for v in slots.values() for k in v]
    if len(set(flat)) != len(flat):
        return None
    if not _holds(p, form, m, slots):
        return None
    lead = min((k for k in flat), default=None)
    for name in form.names:
        if name == "stem":
            continue
        of = slots.get("part") or slots.get("before") or slots.get("percent") or []
        bound = p.names.find(m[name], of[0], like=None if form.type == "growth" and not slots.get("before") else of[0])
        if bound is None or bound in flat:
            return None
        slots[name] = [bound]
    if form.type == "count":
        slots.setdefault("figure", [])
    del lead
    new = False
    for relation in _relations(p, tagged, form, m, slots):
        new = p.add(relation) or new
    return True if new else None


def _relations(p: Paragraph, tagged: Tagged, form: Form, m: regex.Match[str], slots: dict[str, list[int]]) -> Iterator[Relation]:
    """The relations of a match: one, or one for each place of its lists."""
    assert form.type is not None
    start, end = _span(p, tagged, m, slots)
    base = Relation(form.type, start, end, form.name, said="unsaid" not in form.options, closed="closed" in form.options)
    if form.type == "growth":
        base = replace(base, down=_down(m))
    if form.type == "count":
        listed = tuple(Name(p.document[tagged.at[a]:tagged.at[b - 1] + 1], tagged.at[a], tagged.at[b - 1] + 1) for a, b in m.spans("listed"))
        yield replace(base, figure=slots["figure"][0], listed=listed)
        return
    if form.type == "parts":
        yield replace(base, total=slots["total"][0], parts=tuple(sorted(slots["parts"])))
        return
    if form.type == "same":
        yield replace(base, members=tuple(sorted(k for v in slots.values() for k in v)))
        return
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


def _span(p: Paragraph, tagged: Tagged, m: regex.Match[str], slots: dict[str, list[int]]) -> tuple[int, int]:
    """The words in the document from the first to the last figure or word of a match (never a figure bound by its name)."""
    places = [p.ends[_figure(c)] for c in m[0] if ord(c) >= INDEX]
    edge = [tagged.at[k] for k in (m.start(), m.end() - 1)]
    return min([edge[0], *(a for a, _ in places)]), max([edge[1] + 1, *(b for _, b in places)])


def _holds(p: Paragraph, form: Form, m: regex.Match[str], slots: dict[str, list[int]]) -> bool:
    """Whether a match says what its form says."""
    for slot in ("now", "part", "total", "whole"):
        if slot in form.lists or "item" in form.options:
            continue
        if any(k in p.later for k in slots.get(slot, ())):
            return False
    for slot in ("now", "part", "parts", "actual"):
        if any(k in p.past for k in slots.get(slot, ())):
            return False
    sizes = {len(v) for s, v in slots.items() if s in form.lists and s != "parts"}
    if len(sizes) > 1:
        return False
    return not ("stem" in form.names and m["stem"]) or _of_stem(p, m["stem"], slots)


_DONE = re.compile("已|完成|实际|实有|其中|合格|达标|满意|通过|实现")
_OUGHT = re.compile("应|需|任务|计划|目标|指标|到期|下达|要求|列入|纳入|抽查|抽检")
_EMPTY = str.maketrans("", "", "率的总全了各率比度数量")


def _of_stem(p: Paragraph, stem: str, slots: dict[str, list[int]]) -> bool:
    """Whether a rate (办结|率) is that of its part: the words of the part do what the rate's name says."""
    part, whole = p.labels.get(slots["part"][0], Label("", "")), p.labels.get((slots.get("whole") or [-1])[0], Label("", ""))
    noun = re.sub(r"^.*[的中有]", "", part.head)
    if len(noun) >= 2 and stem.startswith(noun) and not _DONE.search(part.head):
        return False
    meaning = set(stem.translate(_EMPTY))
    return bool(meaning & set(part.head + part.tail)) or bool(_DONE.search(part.head + part.tail)) or bool(_OUGHT.search(whole.head))
