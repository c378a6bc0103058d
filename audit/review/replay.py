"""A ledger held against an audit: what still holds is done, what does not is told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from audit.messages import Message, message
from audit.model import Audit, Finding, IndicatorResult
from audit.review.model import Binding, Decision, Entry, Ledger, Review, binding_of, evidence_fingerprint, rule_fingerprint
from audit.words import number

# Findings that only say what an accepted claim answers: whether the report carries the score.
SETTLED_BY_CLAIM = {"score-mismatch", "unsupported-claim", "unattainable-score", "estimate-only"}


def apply(audit: Audit, ledger: Ledger) -> Audit:
    """The audit with a ledger's decisions: scores, findings and severities as decided, and the review that says why."""
    indicators = {r.no: r for r in audit.indicators}
    findings = list(audit.findings)
    dismissed: list[Finding] = []
    decisions: list[Decision] = []
    decided: dict[tuple[str | None, int | None], int] = {}
    flat = "".join(audit.report.text.split())
    foreign = _foreign(ledger.binding, binding_of(audit))
    for entry in ledger.entries:
        if foreign is not None:
            decisions.append(Decision(entry, "expired", why=foreign))
            continue
        stale = None
        if entry.quote and "".join(entry.quote.split()) not in flat:
            stale = message("review.quote_gone", quote=entry.quote)
        twice = _decided_before(entry, audit, decided)
        if twice is not None:
            decisions.append(Decision(entry, "unmatched", why=message("review.twice", line=twice)))
            continue
        if entry.about_finding:
            decision, findings = _on_finding(entry, findings, dismissed, stale)
        else:
            decision = _on_indicator(entry, indicators, stale)
            if decision.standing == "applied" and entry.action == "accept":
                gone = [f for f in findings if f.indicator == decision.no and f.code in SETTLED_BY_CLAIM]
                dismissed += gone
                findings = [f for f in findings if f not in gone]
        decisions.append(decision)
        if decision.standing == "applied":
            decided[_about(decision)] = entry.line
    return replace(audit, indicators=tuple(indicators.values()), findings=tuple(findings),
                   review=Review(ledger.path, tuple(decisions), tuple(dismissed), _state(ledger, decisions, findings), ledger.signatures))


def _foreign(said: Binding, found: Binding) -> Message | None:
    """Why a ledger's decisions were not made on this report; None where they were.

    A decision rests on what the reviewer saw, so the file must be named; a ledger for one district never speaks of another's.
    """
    for key in ("district", "year", "programme"):
        here, there = getattr(found, key), getattr(said, key)
        if there and "".join(there.split()) != "".join(here.split()):
            return message(f"review.other_{key}", said=there, found=here or "?")
    if not said.file:
        return message("review.no_file", district=found.district, year=found.year, file=found.file)
    if not (said.file.startswith(found.file) or found.file.startswith(said.file)):
        return message("review.other_file", said=said.file[:16], found=found.file)
    return None


def _state(ledger: Ledger, decisions: Sequence[Decision], findings: Sequence[Finding]) -> str:
    """待核 while an error is undecided or a decision no longer holds, whatever was signed before; else what was signed last, or 已核."""
    decided = {(d.fingerprint, d.no) for d in decisions if d.standing == "applied"}
    scores = {d.no for d in decisions if d.standing == "applied" and not d.entry.about_finding}
    left = [f for f in findings if f.severity == "error" and (f.fingerprint, f.indicator) not in decided and f.indicator not in scores]
    if left or not decisions or any(d.standing != "applied" for d in decisions):
        return "待核"
    return ledger.signatures[-1][0] if ledger.signatures else "已核"


def _about(decision: Decision) -> tuple[str | None, int | None]:
    """What a decision is about: a finding's fingerprint and indicator, or an indicator alone."""
    return decision.fingerprint, decision.no


def _decided_before(entry: Entry, audit: Audit, decided: Mapping[tuple[str | None, int | None], int]) -> int | None:
    """The line of an earlier decision on the same indicator or finding; one matter is decided once."""
    if entry.about_finding:
        named = [(f.fingerprint, f.indicator) for f in audit.findings if _matches(entry, f)]
        return decided.get(named[0]) if len(named) == 1 else None
    return next((decided[None, r.no] for r in audit.indicators
                 if entry.indicator in (r.no, r.row.name.text.strip()) and (None, r.no) in decided), None)


def _on_indicator(entry: Entry, indicators: dict[int, IndicatorResult], stale: Message | None) -> Decision:
    found = [r for r in indicators.values() if entry.indicator in (r.no, r.row.name.text.strip())]
    if len(found) != 1:
        return Decision(entry, "unmatched", why=message("review.no_indicator", indicator=entry.indicator))
    result = found[0]
    if entry.rule and entry.rule != rule_fingerprint(result):
        stale = message("review.rule_changed")
    elif entry.evidence and entry.evidence != evidence_fingerprint(result):
        stale = message("review.evidence_changed")
    score = {"accept": result.row.claimed, "override": entry.score, "dismiss": Decimal(0)}[entry.action]
    if score is None:
        stale = message("review.no_claim")
    elif result.row.weight is not None and score > result.row.weight:
        stale = message("review.over_weight", score=number(score), weight=number(result.row.weight))
    if stale or score is None:
        return Decision(entry, "expired", result.no, why=stale)
    indicators[result.no] = replace(result, low=score, high=score)
    return Decision(entry, "applied", result.no, low=result.low, high=result.high)


def _matches(entry: Entry, finding: Finding) -> bool:
    if entry.finding is not None and entry.finding != finding.fingerprint:
        return False
    if entry.code is not None and entry.code != finding.code:
        return False
    return not isinstance(entry.indicator, int) or entry.indicator == finding.indicator


def _on_finding(entry: Entry, findings: list[Finding], dismissed: list[Finding],
                stale: Message | None) -> tuple[Decision, list[Finding]]:
    found = [f for f in findings if _matches(entry, f)]
    if stale:
        return Decision(entry, "expired", why=stale), findings
    if not found:
        # A fingerprint holds the quoted words, so one that fits nothing means that the quotes changed.
        key = "review.finding_gone" if entry.finding else "review.no_finding"
        return Decision(entry, "expired" if entry.finding else "unmatched", why=message(key, finding=entry.finding or entry.code)), findings
    if len(found) > 1 and not entry.finding:
        return Decision(entry, "unmatched", why=message("review.several_findings", code=entry.code, count=len(found))), findings
    one = found[0]
    decision = Decision(entry, "applied", one.indicator, one.fingerprint)
    if entry.action == "dismiss":
        dismissed.append(one)
        return decision, [f for f in findings if f is not one]
    if entry.action == "override":
        assert entry.severity is not None
        changed = replace(one, severity=entry.severity)
        return decision, [changed if f is one else f for f in findings]
    return decision, findings
