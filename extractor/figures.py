"""Cited figures of a narrative: patterns.quantity finds them; here they get role, period, subject, section and their relations."""

from __future__ import annotations

from extractor.document import Document
from extractor.meaning import Clause, clauses, modality, period
from extractor.nesting import nest
from extractor.report import Bound, Figure, Section, Sentence
from extractor.roles import Meaning, roles
from extractor.subjects import subjects
from patterns.fold import fold
from patterns.quantity import Quantity, find


def figures(document: Document, sections: tuple[Section, ...], sentences: tuple[Sentence, ...],
            year: int | None = None) -> tuple[Figure, ...]:
    """The figures of the sentences, in reading order. year: the one that the report is about."""
    out: list[Figure] = []
    for index, sentence in enumerate(sentences):
        original = document.text[sentence.start:sentence.end]
        folded = fold(original)
        found = find(folded.text)
        if not found:
            continue
        parts: list[Clause] = clauses(folded.text)
        meanings = roles(folded.text, parts, found, year)
        links = nest(folded.text, parts, found, meanings)
        heading = sections[sentence.section].title if sentence.section is not None else ""
        names = subjects(folded.text, parts, found, meanings, links, heading)
        first = len(out)
        for k, q in enumerate(found):
            start, end = folded.span(q.start, q.end)
            start, end = start + sentence.start, end + sentence.start
            what = meanings[k]
            link = links[k]
            out.append(Figure(
                index=first + k, value=q.value, high=q.high, unit=q.unit, bound=_bound(q, what), role=what.role,
                subject=names[k], period=period(folded.text, parts, q), text=document.text[start:end], start=start, end=end,
                sentence=index, section=sentence.section, number=q.number, high_number=q.high_number, base=q.base, base_unit=q.base_unit,
                modality=modality(folded.text, parts, q), parent=None if link.parent is None else first + link.parent,
                complete=link.complete, beside=None if link.beside is None else first + link.beside,
                compare=what.compare, down=what.down,
            ))
    return tuple(out)


def _bound(q: Quantity, what: Meaning) -> Bound:
    """The bound as the role has it: 高于 only compares with a goal, 限高 implies one."""
    if what.exact:
        return ""
    return what.bound or q.bound
