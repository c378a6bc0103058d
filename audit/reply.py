"""The reply round: a corrected report held against what a person confirmed on the first one, point by point."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from audit.model import Audit, Finding, IndicatorResult
from patterns.scheme import key

# stands: the finding is made again. gone: it is not, and the words it rested on were changed. unchanged: it is not made again although
# the words are as they were, so a person should look. supplied: the report now proves more of the score than it did.
State = Literal["stands", "gone", "unchanged", "supplied"]


@dataclass(frozen=True, slots=True)
class Answer:
    """One confirmed point and what became of it. now: the finding of the new report that repeats it."""

    finding: Finding
    state: State
    now: Finding | None = None
    old_score: IndicatorResult | None = None
    new_score: IndicatorResult | None = None


def answers(old: Audit, new: Audit) -> tuple[Answer, ...]:
    """What became of each finding that was confirmed on the old report. old: with its review applied. New findings are none of this."""
    flat = "".join(new.report.text.split())
    names = {r.no: key(r.row.name.text) for r in new.indicators}
    out = []
    for f in old.findings:
        if old.review is None or old.review.of_finding(f) is None:
            continue
        before = next((r for r in old.indicators if r.no == f.indicator), None)
        own = key(before.row.name.text) if before else ""
        after = next((r for r in new.indicators if own and names[r.no] == own), None)
        again = next((g for g in new.findings if g.code == f.code and (
            (after is not None and g.indicator == after.no) or (before is None and (g.likeness == f.likeness or _share(f, g))))), None)
        state: State = "gone"
        if again is not None:
            state = "supplied" if before and after and after.low > before.low else "stands"
        elif f.quotes and all("".join(q.text.split()) in flat for q in f.quotes):
            state = "unchanged"
        out.append(Answer(f, state, again, before, after))
    return tuple(out)


def _share(one: Finding, other: Finding) -> bool:
    """Whether two findings rest on some of the same words."""
    words = {"".join(q.text.split()) for q in one.quotes if len(q.text) >= 4}
    return any("".join(q.text.split()) in words for q in other.quotes)


def fresh(old: Audit, new: Audit) -> tuple[Finding, ...]:
    """The errors of the new report that the old one did not have."""
    known = {f.likeness for f in old.findings} | {f.likeness for f in (old.review.dismissed if old.review else ())}
    return tuple(f for f in new.findings if f.severity == "error" and f.likeness not in known)


def to_json(old: Audit, new: Audit, lang: str) -> dict[str, Any]:
    """The answers and the new errors, machine-readable."""
    return {
        "points": [{"fingerprint": a.finding.fingerprint, "code": a.finding.code, "indicator": a.finding.indicator, "state": a.state,
                    "message": a.finding.message.text(lang), "now": a.now.message.text(lang) if a.now else None} for a in answers(old, new)],
        "new_errors": [{"code": f.code, "indicator": f.indicator, "message": f.message.text(lang), "quotes": [q.text for q in f.quotes]}
                       for f in fresh(old, new)],
        "proposed": {"old": format(old.proposed, "f"), "new": format(new.proposed, "f")},
    }
