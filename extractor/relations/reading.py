"""Reads the relations of a paragraph: the forms are tried in order, what was understood is cut out, and the rest is read again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from extractor.relations.forms import Form, forms, words
from extractor.relations.holds import INDEX_FIRST, holds
from extractor.relations.model import Name, Relation
from extractor.relations.names import Names
from extractor.relations.part_lists import CHANGE, beyond_total, more_told, parallel, priced, several_each, sourced, wanted, without_changes
from extractor.relations.state import Paragraph
from extractor.relations.stops import without_stops
from extractor.relations.tagged import BRACKET, INDEX, Tagged, columns
from patterns import expressions as re

if TYPE_CHECKING:
    import regex

_INNER = re.compile("（[^（）]*）")
_LATER = re.compile(
    "[\ue000-\ue00d]([\ue100-\uf8ff])[\U00100000-\U0010fffd][^，；。：！？、（）\ue000-\U0010fffd]{0,20}(?:、|和|及|与|以及|，和)"
    "[^，；。：！？、（）\ue000-\U0010fffd]{0,36}(?=[\ue000-\ue00d]\\1([\U00100000-\U0010fffd]))")
_MOVES = re.long(f"(?P<up>{words()['up']})|(?P<down>{words()['down']}|降)")
_BESIDE = re.long(f"(?:{words()['past']}|市?[下达定]{{2}}|任务|目标|计划)")
_ATTRIBUTE = re.long(f"(?:其中|占|同比|环比|(?:比|较|与){words()['past']}|{words()['change']}|{words()['past']}|市?[下达定]{{2}}|任务|目标|计划)")
_ROUNDS = 4


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
                if CHANGE.match(tagged.text, host) and tagged.text[host - 1:host] == "，":  # 收入1060亿元，增长6.0%（2022年：1000亿元）
                    host = max((tagged.text.rfind(c, 0, host - 1) for c in "，；。：、（"), default=-1) + 1
                _exhaust(p, tagged.inside(host, m.start()).then(Tagged("，", (tagged.at[m.start()],))).then(inner))
            tagged = tagged.put(m.start(), m.end(), Tagged(BRACKET, (tagged.at[m.start()],)))
    return tagged


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
    if not holds(p, form, m, slots):
        return False
    if "topic" in form.options:
        topic = p.topic(slots["parts"][0], 3 if "total" in slots else 1, wanted(p, slots))
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


def _relations(p: Paragraph, tagged: Tagged, form: Form, m: regex.Match[str], slots: dict[str, list[int]]) -> Iterator[Relation]:
    """The relations of a match: one, or one for each place of its lists."""
    assert form.type is not None
    start, end = _span(p, tagged, m)
    base = Relation(form.type, start, end, form.name, said="unsaid" not in form.options, closed="closed" in form.options)
    if form.name == "which-far" and not parallel([p.label(k).head for k in slots["parts"]]):
        base = replace(base, said=False)  # 其中即办件1214项，占64%；可网办事项1826项: the second may be a property of its own
    if form.type == "growth":
        yield from _each(replace(base, down=_down(m)), slots)
    elif form.type == "count":
        listed = tuple(Name(p.document[tagged.at[a]:tagged.at[b - 1] + 1], tagged.at[a], tagged.at[b - 1] + 1) for a, b in m.spans("listed"))
        yield replace(base, figure=slots["figure"][0], listed=listed, closed=not listed[-1].text.endswith("等"))
    elif form.type == "parts":
        told = m[0][m.starts("parts")[0] - m.start():m.ends("parts")[-1] - m.start()]
        slots["parts"] = without_changes(p, slots["parts"])
        if form.name.startswith("sum") and several_each(p, slots):
            return
        if priced(p, m, slots) or beyond_total(p, form, slots, told):
            return
        last = max(slots["parts"])
        all_told = base.closed or (re.match("其[他它余]", p.label(last).head) is not None and not more_told(p, last))  # 其他377例 leaves nothing out
        parts = tuple(k for k in sorted(slots["parts"]) for _ in range(p.names.times.get(k, 1)))
        yield replace(base, total=slots["total"][0], parts=parts, closed=all_told, enumerated=re.search("[，；。]", told) is None or sourced(p, slots))
    elif form.type == "same":
        yield replace(base, members=tuple(sorted(k for v in slots.values() for k in v)))
    else:
        yield from _each(base, slots)


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
