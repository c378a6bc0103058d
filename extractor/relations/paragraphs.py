"""A report's text, paragraph by paragraph → its relations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from extractor.document import Document
from extractor.relations.bases import bases
from extractor.relations.cells import cells
from extractor.relations.listings import listings
from extractor.relations.members import members
from extractor.relations.model import Relation
from extractor.relations.names import Names, each
from extractor.relations.rates import rates
from extractor.relations.reading import read_paragraph, series
from extractor.relations.reckoned import reckoned
from extractor.relations.retold import retold
from extractor.relations.same import same
from extractor.relations.tagged import AVERAGE, PAST, PAST_SHARE, Families, Tagged, kinds, labels, of_kind, tag
from extractor.report import Figure, Section, Sentence
from patterns import expressions as re

_LEAD = 60  # characters before a figure in which those stand of whom it is told (甲、乙、丙各3个)
_HEADING = 14  # characters of what is a heading rather than a sentence
_EARLIER = 24  # figures of the paragraphs before in which the members of a total are looked for
_LONGEST = 6000  # characters of a paragraph read together


def relations(document: Document, sentences: Sequence[Sentence], figures: Sequence[Figure],
              rows: Mapping[int, str] | None = None, rules: Mapping[int, str] | None = None, sections: Sequence[Section] = ()) -> tuple[Relation, ...]:
    """The relations that the text says of its figures, in reading order. rows, rules: the names and the rules of the annex's indicators by
    number; sections: the narrative's outline."""
    families = Families()
    tagged: list[Tagged] = []
    out: list[Relation] = []
    lines = paragraphs(document, figures)
    for start, end, inside in _listed(document.text, lines):
        tagged.append(tag(document.text, start, end, inside, families))
    for start, end, inside in lines:
        out += listings(document.text, start, end, inside)
    names = Names(figures, {k: label for t in tagged for k, label in labels(t).items()}, {f.index: families(f) for f in figures},
                  {k for t in tagged for k in of_kind(t, PAST + PAST_SHARE)}, {k for t in tagged for k in of_kind(t, AVERAGE)},
                  {f.index: n for f in figures if (n := each(document.text[max(0, f.start - _LEAD):f.start])) is not None})
    for t in tagged:
        out += read_paragraph(t, names, document.text)
    kind = {k: v for t in tagged for k, v in kinds(t).items()}
    out = _without_nested(out)
    out = _told_apart(names, kind, document.text, lines, out)
    words = {i: document.text[sentences[i].start:sentences[i].end] for i in {f.sentence for f in figures}}
    listed = frozenset(k for t in tagged for k in series(t.text))
    out = reckoned(names, kind, [inside for _, _, inside in lines], out, listed, words)
    parts = frozenset(k for r in out if r.type == "parts" for k in r.parts)
    over = _headings(figures, sections)
    out += same(names, words, rows or {}, parts, listed, over)
    told = {r.members for r in out}
    again = [*retold(names, words, rows or {}, over, listed), *cells(names, words, rows or {}, rules or {}, over)]
    out += [r for r in again if r.members not in told]
    out = [r if r.type != "count" else _own_names(r) for r in out]
    return tuple(sorted(out, key=lambda r: (r.start, r.end)))


def _without_nested(found: list[Relation]) -> list[Relation]:
    """What was found but for readings that hold a part beside the part that it is of, where another reading of their total does not: 实际使用外资50亿，第二产业
    13亿，其中制造业11亿；第三产业37亿."""
    inner = {(r.total, k) for r in found if r.type == "parts" for k in r.parts}
    nested = [r for r in found if r.type == "parts" and any((j, k) in inner for j in r.parts for k in r.parts if j != k)]
    totals = {r.total for r in found if r.type == "parts" and r not in nested}
    return [r for r in found if r not in nested or r.total not in totals] if nested else found


def _told_apart(names: Names, kind: Mapping[int, str], text: str, lines: Sequence[tuple[int, int, list[Figure]]], found: list[Relation]) -> list[Relation]:
    """What was found, with what is told over several sentences: members of a division, bases by their year, rates by other operands."""
    of: dict[int, list[Relation]] = {}
    for r in found:
        of.setdefault(next(r.figures(), -1), []).append(r)
    out = list(found)
    earlier: list[Figure] = []
    for _, _, inside in lines:
        here = [r for f in inside for r in of.get(f.index, ())]
        out += members(names, kind, text, inside, earlier, here)
        earlier = [*earlier, *inside][-_EARLIER:]
        out += rates(names, kind, text, inside, here)
        bound = dict(bases(names, kind, text, inside, here))
        out = [bound.get(r, r) for r in out] if bound else out
    return out


def _headings(figures: Sequence[Figure], sections: Sequence[Section]) -> dict[int, str]:
    """The headings that each sentence with a figure stands under, but not the sentence that begins its own numbered paragraph."""
    over: dict[int, str] = {}
    open_: list[Section] = []
    for s in sections:
        while open_ and (open_[-1].end <= s.start or open_[-1].level >= s.level):
            open_.pop()
        open_.append(s)
        over[s.index] = "，".join(x.title for x in open_ if len(x.title) <= _HEADING)
    return {f.sentence: over[f.section] for f in figures if f.section is not None and f.section in over and f.indicator is None}


_NUMERALS = frozenset("一二三四五六七八九十两0123456789")


def _own_names(r: Relation) -> Relation:
    """A count without the names of another one: 甲、乙等五大领域排放的丙、丁等两种 counts 丙 and 丁, for 等 with a number ends a list; what
    stands behind its 的 is the first name of the next."""
    for k in range(len(r.listed) - 1, -1, -1):
        name = r.listed[k]
        at = name.text.find("等")
        if 0 <= at < len(name.text) - 1 and name.text[at + 1] in _NUMERALS:
            tail = name.text.rpartition("的")[2]
            first = () if tail == name.text or not tail else (replace(name, text=tail, start=name.end - len(tail)),)
            return replace(r, listed=(*first, *r.listed[k + 1:]))
    return r


def paragraphs(document: Document, figures: Sequence[Figure]) -> list[tuple[int, int, list[Figure]]]:
    """The stretches of text between line breaks that hold figures, each with its figures."""
    text = document.text
    out: list[tuple[int, int, list[Figure]]] = []
    for f in figures:
        if out and f.start < out[-1][1]:
            out[-1][2].append(f)
            continue
        start = max(text.rfind("\n", 0, f.start), text.rfind("\t", 0, f.start)) + 1
        stops = [k for k in (text.find("\n", f.end), text.find("\t", f.end)) if k >= 0]
        end = min(stops, default=len(text))
        if out:
            start = max(start, out[-1][1])
        if end - start > _LONGEST:
            start = max(start, text.rfind("。", start, f.start) + 1)
            stop = text.rfind("。", f.end, start + _LONGEST)
            end = stop + 1 if stop > 0 else min(end, max(f.end, start + _LONGEST))
        out.append((start, end, [f]))
    return out


_ITEM = re.compile(r"\s*(?:[（(]\d{1,2}[）)]|\d{1,2}[.．、)）])")
_SHORT = 80  # characters of a line that goes on a list


def _listed(text: str, stretches: list[tuple[int, int, list[Figure]]]) -> list[tuple[int, int, list[Figure]]]:
    """The stretches, with short numbered lines one below another as one: 1. 年度任务1.20万亩。 2. 实际完成1.14万亩。"""
    out: list[tuple[int, int, list[Figure]]] = []
    for start, end, inside in stretches:
        before = out[-1] if out else None
        if before is not None and end - start <= _SHORT and before[1] - before[0] <= _SHORT * 6 and not text[before[1]:start].strip() \
                and text.rfind("\n", before[0], before[1]) < before[1] - 1 and all(_ITEM.match(text, a) for a in (before[0], start)) \
                and len(text[before[0]:before[1]].rpartition("\n")[2]) <= _SHORT:
            out[-1] = before[0], end, [*before[2], *inside]
        else:
            out.append((start, end, inside))
    return out
