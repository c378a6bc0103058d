"""Words of two years: passages repeated word for word."""

from __future__ import annotations

from audit.diff.model import Repetition
from audit.model import Quote
from extractor.report import Report

LONG = 20  # a repeated sentence shorter than this is a formula (现将有关情况报告如下)


def repeated(old: Report, new: Report) -> tuple[Repetition, ...]:
    """Sentences of some length that stand in both reports, in the new one's order."""
    def key(report: Report, start: int, end: int) -> str:
        return "".join(report.text[start:end].split())

    seen = {key(old, s.start, s.end): s for s in reversed(old.sentences)}
    out, done = [], set()
    for s in new.sentences:
        words = key(new, s.start, s.end)
        if len(words) >= LONG and words in seen and words not in done:
            done.add(words)
            out.append(Repetition(Quote.of(old, seen[words].start, seen[words].end), Quote.of(new, s.start, s.end)))
    return tuple(out)
