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


_OF_WHICH = re.compile("其中")
_DIVIDES = re.compile(r"(?:细分为|分为|分别是|分别为|划分为|划分|类型为|构成为|按[^，；。]{0,10}分(?!解|配|别))(?=[^，；。]{0,30}$)|由(?=[^，；。]*$)")
_INCLUDES = re.compile(r"(?:包括|包含|涵盖|含(?![水量税]))(?=[^，；。]{0,30}$)")
_MADE_OF = re.compile(r"(?:构成|组成)")
_SUM = re.compile(r"(?:合计|共计|总计|累计|一共|总数|总共|小计)[^，；。、\d]{0,14}$")
_NEW_TOPIC = re.compile(r"另|此外|同时|还|合计|共计|总计|累计|以上|比|较|完成率|截至")
_REST = re.compile(r"其余|余下|剩余|另有|其他")
_JOIN = re.compile(r"、|和|及|与|以及|，")
_ITEM_WORDS = 20  # a clause of a list is short: a noun and its figure


def nest(text: str, parts: list[Clause], found: list[Quantity], meanings: list[Meaning]) -> list[Link]:
    """The links of each figure of a folded sentence, in order."""
    links = [Link() for _ in found]
    at = [clause_of(parts, q.start) for q in found]
    for k in range(len(found)):
        links[k] = replace(links[k], beside=_host(parts, found, at, k))
    _bracketed(text, parts, found, meanings, at, links)
    for k in range(len(found)):
        if meanings[k].role == "actual" and links[k].parent is None:
            _opened(text, parts, found, meanings, at, links, k)
    for k in range(len(found)):
        if meanings[k].role == "actual" and _SUM.search(text[parts[at[k]].start:found[k].start]):
            _summed(text, parts, found, meanings, at, links, k)
    return links


def kin(a: Quantity, b: Quantity) -> bool:
    """Whether one figure can be a part of the other: the same base unit, or both counts; shares and rates never."""
    if a.number is None or b.number is None or a.high is not None or b.high is not None or "ratio" in (a.dimension, b.dimension):
        return False
    if a.dimension == b.dimension == "count":
        return True
    return a.dimension == b.dimension and a.base_unit == b.base_unit and a.dimension not in ("percentage points", "multiple")


def _host(parts: list[Clause], found: list[Quantity], at: list[int], k: int) -> int | None:
    clause = parts[at[k]]
    if clause.depth == 0 or clause.outer is None:
        return None
    outer = parts[clause.outer] if clause.outer < len(parts) else None
    if outer is None:
        return None
    before = [j for j in range(k) if outer.start <= found[j].start < outer.end]
    return before[-1] if before else None


def _bracketed(text: str, parts: list[Clause], found: list[Quantity], meanings: list[Meaning], at: list[int], links: list[Link]) -> None:
    """30块（商办10块、工业5块…）: two or more kindred figures in the parenthesis are the host's parts."""
    for host in {x.beside for x in links if x.beside is not None}:
        inside = [k for k, x in enumerate(links) if x.beside == host and meanings[k].role == "actual" and kin(found[k], found[host])]
        if not inside:
            continue
        words = text[found[host].end:found[inside[-1]].end]
        opens = "其中" in words
        if len(inside) > 1 or opens:
            for k in inside:
                links[k] = replace(links[k], parent=host, complete=not opens and "等" not in words)


def _opened(text: str, parts: list[Clause], found: list[Quantity], meanings: list[Meaning], at: list[int], links: list[Link], k: int) -> None:
    """其中, 分为, 包括 … before a figure: it and the items that follow in the list are parts of the total before it."""
    clause = parts[at[k]]
    head = text[clause.start:found[k].start]
    if any(clause.start <= found[j].start for j in range(k)):
        return  # only the first figure of a clause can open a list
    which, divides, includes = _OF_WHICH.search(head), _DIVIDES.search(head), _INCLUDES.search(head)
    if not (which or divides or includes):
        return
    total = _total(text, parts, found, meanings, at, k, near=not which)
    if total is None:
        return
    if divides and divides[0] == "由" and not _MADE_OF.search(text[found[k].end:][:120]):
        return
    for j in _list(text, parts, found, meanings, at, k, total):
        links[j] = replace(links[j], parent=total, complete=bool(divides and not which))


def _total(text: str, parts: list[Clause], found: list[Quantity], meanings: list[Meaning], at: list[int], k: int, near: bool) -> int | None:
    """The nearest kindred fact before figure k at its depth; near: in the clause just before."""
    for j in range(k - 1, -1, -1):
        if parts[at[j]].depth != parts[at[k]].depth:
            continue
        if "；" in text[found[j].end:found[k].start]:
            return None
        if meanings[j].role == "actual" and kin(found[j], found[k]):
            return j if not near or at[k] - at[j] <= 1 or parts[at[k]].start - found[j].end <= 12 else None
        if near and at[k] - at[j] > 1:
            return None
    return None


def _list(text: str, parts: list[Clause], found: list[Quantity], meanings: list[Meaning], at: list[int], first: int, total: int) -> list[int]:
    """The kindred figures of the list that figure `first` opens."""
    out = [first]
    depth = parts[at[first]].depth
    for j in range(first + 1, len(found)):
        if parts[at[j]].depth > depth:
            continue
        between = text[found[out[-1]].end:found[j].start]
        if "；" in between or parts[at[j]].depth < depth:
            break
        clause = parts[at[j]]
        if at[j] == at[first] or text[clause.start:found[j].start].startswith(("和", "及")):
            if not kin(found[j], found[total]) or meanings[j].role != "actual" or not _JOIN.search(between):
                continue
            out.append(j)
            continue
        words = text[clause.start:found[j].start]
        item = clause.end - clause.start <= _ITEM_WORDS + len(found[j].unit) and not _NEW_TOPIC.search(words) and clause.end - found[j].end <= 4
        if not kin(found[j], found[total]) or meanings[j].role != "actual" or found[j].unit != found[first].unit \
                or not (item or _REST.match(words)):
            break
        out.append(j)
    return out


def _summed(text: str, parts: list[Clause], found: list[Quantity], meanings: list[Meaning], at: list[int], links: list[Link], k: int) -> None:
    """甲1家，乙11家，合计12家 and 甲8家、乙21家、丙8家，合计37家: the items before a sum are all of it."""
    group: list[int] = []
    clause: int | None = None
    for j in range(k - 1, -1, -1):
        if parts[at[j]].depth != parts[at[k]].depth:
            continue
        if links[j].parent is not None or meanings[j].role != "actual" or not kin(found[j], found[k]) or "；" in text[found[j].end:found[k].start]:
            break
        if group and at[j] != clause and (found[j].unit != found[group[-1]].unit or _several(at, at[j], found) != _several(at, at[group[-1]], found)
                                          or _several(at, at[j], found) > 1):
            break
        if group and at[j] == clause and not _JOIN.search(text[found[j].end:found[group[-1]].start]):
            break
        group.append(j)
        clause = at[j]
    if len(group) > 1:
        for j in group:
            links[j] = replace(links[j], parent=k, complete=True)


def _several(at: list[int], clause: int, found: list[Quantity]) -> int:
    return at.count(clause)
