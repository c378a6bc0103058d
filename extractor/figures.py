"""Cited figures of a narrative: patterns.quantity finds them; here they get role, period, subject, section and their relations."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from extractor.document import Document
from extractor.meaning import clauses, modality, period
from extractor.plans import planned
from extractor.report import Bound, Figure, Section, Sentence
from extractor.roles import Meaning, roles
from extractor.scope import Scope, scopes
from extractor.subjects import subjects
from patterns.fold import Folded, fold
from patterns.quantity import Quantity, find

_STRETCH = 2000  # characters of a sentence looked at together; a longer one is read in pieces, so that time stays linear


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a stretch stands: its folded text, its offset in the document, the sentence's index, its section and heading."""

    folded: Folded
    offset: int
    sentence: int
    section: int | None
    heading: str
    indicator: int | None
    scope: Scope


def figures(document: Document, sections: tuple[Section, ...], sentences: tuple[Sentence, ...],
            year: int | None = None) -> tuple[Figure, ...]:
    """The figures of the sentences, in reading order. year: the one that the report is about."""
    out: list[Figure] = []
    plans = planned(document.text, sections, sentences, year)
    parts = scopes(document, sentences, plans, year)
    for index, sentence in enumerate(sentences):
        heading = sections[sentence.section].title if sentence.section is not None else ""
        for start, end in _stretches(document.text, sentence.start, sentence.end):
            place = _Place(fold(document.text[start:end]), start, index, sentence.section, heading, sentence.indicator, parts[index])
            plan = plans[index]
            out += _figures(document, place, len(out), year, None if plan is None else place.folded.before(plan - start))
    return tuple(out)


def _stretches(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A sentence whole, or cut at a comma where it is longer than any that a person writes."""
    while end - start > _STRETCH:
        cut = max(text.rfind(mark, start + _STRETCH // 2, start + _STRETCH) for mark in "；，、。 ")
        cut = cut + 1 if cut > 0 else start + _STRETCH
        yield start, cut
        start = cut
    yield start, end


_UNREAD = "\ufffd"  # a character that no reader could tell
_SURE = 60  # percent of confidence below which a recognised figure is doubtful


def _figures(document: Document, place: _Place, first: int, year: int | None, plan: int | None) -> list[Figure]:
    text = place.folded.text
    found = find(text)
    if not found:
        return []
    parts = clauses(text)
    meanings = roles(text, parts, found, year, plan)
    names = subjects(text, parts, found, meanings, place.heading)
    out: list[Figure] = []
    for k, q in enumerate(found):
        start, end = place.folded.span(q.start, q.end)
        start, end = start + place.offset, end + place.offset
        if text[q.start - 1:q.start] == _UNREAD:
            continue  # the tail of a number: what stands before it could not be read
        what = meanings[k]
        out.append(Figure(
            index=first + len(out), value=q.value, high=q.high, unit=q.unit, bound=_bound(q, what), role=what.role, subject=names[k],
            period=period(text, parts, q), text=document.text[start:end], start=start, end=end, sentence=place.sentence,
            section=place.section, number=q.number, high_number=q.high_number, base=q.base, base_unit=q.base_unit,
            modality=modality(text, parts, q), indicator=place.indicator, scope=place.scope, compare=what.compare, down=what.down,
            doubtful=q.doubtful or document.confidence(start, end) < _SURE,
        ))
    return out


def _bound(q: Quantity, what: Meaning) -> Bound:
    """The bound as the role has it: 高于 only compares with a goal, 限高 implies one."""
    if what.exact:
        return ""
    return what.bound or q.bound
