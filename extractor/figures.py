"""Cited figures of a narrative: patterns.quantity finds them; here they get role, period, subject, section and their relations."""

from __future__ import annotations

from extractor.document import Document
from extractor.meaning import Clause, clauses, modality, nest, period, role
from extractor.report import Figure, Section, Sentence
from extractor.subjects import subjects
from patterns.fold import fold
from patterns.quantity import find


def figures(document: Document, sections: tuple[Section, ...], sentences: tuple[Sentence, ...]) -> tuple[Figure, ...]:
    """The figures of the sentences, in reading order."""
    out: list[Figure] = []
    for index, sentence in enumerate(sentences):
        original = document.text[sentence.start:sentence.end]
        folded = fold(original)
        found = find(folded.text)
        if not found:
            continue
        parts: list[Clause] = clauses(folded.text)
        roles = role(folded.text, parts, found)
        links = nest(folded.text, parts, found, roles)
        heading = sections[sentence.section].title if sentence.section is not None else ""
        names = subjects(folded.text, parts, found, links, heading)
        first = len(out)
        for k, q in enumerate(found):
            start, end = folded.span(q.start, q.end)
            start, end = start + sentence.start, end + sentence.start
            what = roles[k]
            link = links[k]
            out.append(Figure(
                index=first + k, value=q.value, high=q.high, unit=q.unit, bound="" if what.exact else q.bound, role=what.role,
                subject=names[k], period=period(folded.text, parts, q), text=document.text[start:end], start=start, end=end,
                sentence=index, section=sentence.section, number=q.number, high_number=q.high_number, base=q.base, base_unit=q.base_unit,
                modality=modality(folded.text, parts, q), parent=None if link.parent is None else first + link.parent,
                complete=link.complete, beside=None if link.beside is None else first + link.beside,
                compare=what.compare, down=what.down,
            ))
    return tuple(out)
