"""How the figures of a sentence belong together: parts and their total, a parenthesis and its host."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from extractor.meaning import Clause, clause_of
from extractor.roles import Meaning
from patterns.quantity import Quantity


@dataclass(frozen=True, slots=True)
class Link:
    """parent: the total that a part belongs to; complete: whether the parts are said to be all of it; beside: the host of the
    parenthesis that the figure stands in. All are indices into the sentence's figures."""

    parent: int | None = None
    complete: bool | None = None
    beside: int | None = None


@dataclass(frozen=True, slots=True)
class _Scene:
    """A folded sentence: its clauses, figures and their meanings; at[k] is the clause of figure k."""

    text: str
    parts: list[Clause]
    found: list[Quantity]
    meanings: list[Meaning]
    at: list[int]

    def between(self, j: int, k: int) -> str:
        """The words between two figures."""
        return self.text[self.found[j].end:self.found[k].start]

    def before(self, k: int) -> str:
        """The words of figure k's clause before it."""
        return self.text[self.parts[self.at[k]].start:self.found[k].start]

    def depth(self, k: int) -> int:
        """How many parentheses figure k stands in."""
        return self.parts[self.at[k]].depth

    def fact(self, k: int) -> bool:
        """Whether figure k states how much there is, not a goal, a change or a threshold."""
        return self.meanings[k].role == "actual"


_OF_WHICH = re.compile("其中")
_DIVIDES = re.compile(
    r"(?:细分为|分为|分别是|分别为|划分为|划分|类型为|构成为|按[^，；。]{0,10}分(?!解|配|别))(?=[^，；。]{0,30}$)|"
    r"由(?=[^，；。]*$)")
_INCLUDES = re.compile(r"(?:包括|包含|涵盖|含(?![水量税]))(?=[^，；。]{0,30}$)")
_MADE_OF = re.compile(r"(?:构成|组成)")
_SUM = re.compile(r"(?:合计|共计|总计|累计|一共|总数|总共|小计)[^，；。、\d]{0,14}$")
_NEW_TOPIC = re.compile(r"另|此外|同时|还|合计|共计|总计|累计|以上|比|较|完成率|截至")
_REST = re.compile(r"其余|余下|剩余|另有|其他")
_JOIN = re.compile(r"、|和|及|与|以及|，")
_LIST_REACH = 120
_ITEM_WORDS = 20  # a clause of a list is short: a noun and its figure


def nest(text: str, parts: list[Clause], found: list[Quantity], meanings: list[Meaning]) -> list[Link]:
    """The links of each figure of a folded sentence, in order."""
    scene = _Scene(text, parts, found, meanings, [clause_of(parts, q.start) for q in found])
    links = [Link(beside=_host(scene, k)) for k in range(len(found))]
    _bracketed(scene, links)
    for k in range(len(found)):
        if scene.fact(k) and links[k].parent is None:
            _opened(scene, links, k)
    for k in range(len(found)):
        if scene.fact(k) and _SUM.search(scene.before(k)):
            _summed(scene, links, k)
    return links


def kin(a: Quantity, b: Quantity) -> bool:
    """Whether one figure can be a part of the other: the same base unit, or both counts; shares and rates never."""
    if a.number is None or b.number is None or a.high is not None or b.high is not None or "ratio" in (a.dimension, b.dimension):
        return False
    if a.dimension == b.dimension == "count":
        return True
    return a.dimension == b.dimension and a.base_unit == b.base_unit and a.dimension not in ("percentage points", "multiple")


def _host(scene: _Scene, k: int) -> int | None:
    """The last figure of the clause that the parenthesis around figure k interrupts."""
    clause = scene.parts[scene.at[k]]
    if clause.depth == 0 or clause.outer is None or clause.outer >= len(scene.parts):
        return None
    outer = scene.parts[clause.outer]
    return next((j for j in range(k - 1, -1, -1) if outer.start <= scene.found[j].start < outer.end), None)


def _bracketed(scene: _Scene, links: list[Link]) -> None:
    """30块（商办10块、工业5块…）: two or more kindred figures in the parenthesis are the host's parts."""
    for host in sorted({x.beside for x in links if x.beside is not None}):
        inside = [k for k, x in enumerate(links) if x.beside == host and scene.fact(k) and kin(scene.found[k], scene.found[host])]
        if not inside:
            continue
        words = scene.text[scene.found[host].end:scene.found[inside[-1]].end]
        opens = "其中" in words
        if len(inside) > 1 or opens:
            for k in inside:
                links[k] = replace(links[k], parent=host, complete=not opens and "等" not in words)


def _opened(scene: _Scene, links: list[Link], k: int) -> None:
    """其中, 分为, 包括 … before a figure: it and the items that follow in the list are parts of the total before it."""
    if k and scene.at[k - 1] == scene.at[k]:
        return  # only the first figure of a clause can open a list
    head = scene.before(k)
    which, divides, includes = _OF_WHICH.search(head), _DIVIDES.search(head), _INCLUDES.search(head)
    if not (which or divides or includes):
        return
    if divides and divides[0] == "由" and not _MADE_OF.search(scene.text[scene.found[k].end:][:_LIST_REACH]):
        return
    total = _total(scene, k, near=not which)
    if total is not None:
        for j in _list(scene, k, total):
            links[j] = replace(links[j], parent=total, complete=bool(divides and not which))


def _total(scene: _Scene, k: int, near: bool) -> int | None:
    """The nearest kindred fact before figure k at its depth and since the last ；; near: in the clause just before."""
    for j in range(k - 1, -1, -1):
        if scene.depth(j) != scene.depth(k):
            continue
        if "；" in scene.between(j, k):
            return None
        distant = scene.at[k] - scene.at[j] > 1 and scene.parts[scene.at[k]].start - scene.found[j].end > 12
        if scene.fact(j) and kin(scene.found[j], scene.found[k]):
            return None if near and distant else j
        if near and distant:
            return None
    return None


def _list(scene: _Scene, first: int, total: int) -> list[int]:
    """The kindred figures of the list that figure `first` opens."""
    out = [first]
    found = scene.found
    for j in range(first + 1, len(found)):
        if scene.depth(j) > scene.depth(first):
            continue
        between = scene.between(out[-1], j)
        if "；" in between or scene.depth(j) < scene.depth(first):
            break
        fits = kin(found[j], found[total]) and scene.fact(j)
        words = scene.before(j)
        if scene.at[j] == scene.at[first] or words.startswith(("和", "及")):
            if fits and _JOIN.search(between):
                out.append(j)
            continue
        clause = scene.parts[scene.at[j]]
        short = clause.end - clause.start <= _ITEM_WORDS + len(found[j].unit) and clause.end - found[j].end <= 4
        item = short and not _NEW_TOPIC.search(words)
        if not fits or found[j].unit != found[first].unit or not (item or _REST.match(words)):
            break
        out.append(j)
    return out


def _summed(scene: _Scene, links: list[Link], k: int) -> None:
    """甲1家，乙11家，合计12家 and 甲8家、乙21家、丙8家，合计37家: the items before a sum are all of it."""
    group: list[int] = []
    found, at = scene.found, scene.at
    for j in range(k - 1, -1, -1):
        if scene.depth(j) != scene.depth(k):
            continue
        if links[j].parent is not None or not scene.fact(j) or not kin(found[j], found[k]) or "；" in scene.between(j, k):
            break
        if group:
            last = group[-1]
            if at[j] == at[last]:
                if not _JOIN.search(scene.between(j, last)):
                    break
            elif found[j].unit != found[last].unit or at.count(at[j]) > 1 or at.count(at[last]) > 1:
                break
        group.append(j)
    if len(group) > 1:
        for j in group:
            links[j] = replace(links[j], parent=k, complete=True)
