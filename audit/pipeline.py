"""The way from a Report to an Audit: rules, district class, rescoring, checks, coverage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from audit.checks import run_checks
from audit.district import class_of
from audit.findings import in_order
from audit.forms import SCHEME, rescore_forms
from audit.messages import message
from audit.model import Audit, Coverage, Finding, IndicatorResult
from audit.rescore import rescore
from extractor.report import Report
from patterns import scheme as schemes
from patterns.clause import CompiledRule
from patterns.rules import compile_rule
from patterns.scheme import Scheme


def audit_report(report: Report, scheme: str | None = None) -> Audit:
    """Audit a report.

    scheme: a scheme's name or file; "annex" for the annex's own rules alone; None to recognise the scheme from the
    indicators. Raises patterns.errors.UnusableInput for a scheme that cannot be loaded.
    """
    chosen = choose_scheme(report, scheme)
    rules = tuple(compile_rule(r.rule.text, r.weight, r.name.text) for r in report.table.rows)
    district_class = class_of(report, rules, chosen)
    if chosen is not None and chosen.method is not None and report.table.method == "goals":
        results, score_findings = rescore_forms(report, rules, chosen)
    else:
        kept = tuple(CompiledRule(r.text, (), ()) for r in rules) if report.table.scaled else rules
        results, score_findings = rescore(report, kept, chosen, district_class)
    checked = run_checks(report, rules, results, chosen, district_class)
    # A rule that belongs to another indicator, or a weight that is not the scheme's, convicts nobody by itself.
    shaky = {f.indicator for f in checked if f.indicator is not None and (f.message.key == "checks.copied_rule" or f.code == "scheme-mismatch")}
    # A figure that the report's own arithmetic contradicts is one slip; the score that follows from it is not a second one.
    disputed = {(q.start, q.end) for f in checked if f.severity == "error" and f.code in ARITHMETIC for q in f.quotes}
    findings = [*(replace(f, severity="warning") if f.severity == "error" and (
        f.indicator in shaky or any((q.start, q.end) in disputed for q in f.quotes)) else f for f in score_findings), *checked]
    return Audit(
        report=report,
        scheme=chosen,
        scheme_id=chosen.id if chosen else "annex",
        scheme_source="scheme" if chosen else "annex",
        district_class=district_class,
        indicators=tuple(results),
        findings=in_order([doubted(report, f) for f in findings]),
        coverage=coverage(report, rules, results),
    )


ARITHMETIC = ("percentage-mismatch", "conflicting-figures")
SURE = 95  # percent; recognised digits below this were misread often enough to matter


def doubted(report: Report, finding: Finding) -> Finding:
    """A finding of severity error that rests on a number recognised with little confidence, or on one that may be the tail of a longer
    one (12 35家), is a warning that says so."""
    if finding.severity != "error":
        return finding
    unsure = [q for q in finding.quotes if len(q.text) <= 30 and any(c.isdigit() for c in q.text) and report.document.confidence(q.start, q.end) < SURE]
    if not unsure:
        tail = next((f for f in report.figures if f.doubtful and any(q.start <= f.start and f.end <= q.end and len(q.text) <= 30 for q in finding.quotes)), None)
        return finding if tail is None else replace(finding, severity="warning", message=message("checks.tail", finding=finding.message, quote=tail.text))
    words = message("checks.unsure", finding=finding.message, quote=unsure[0].text, percent=report.document.confidence(unsure[0].start, unsure[0].end))
    return replace(finding, severity="warning", message=words)


def choose_scheme(report: Report, wanted: str | None) -> Scheme | None:
    """The scheme asked for, the one that the indicators fit, or None for the annex's own rules."""
    if wanted == "annex":
        return None
    if wanted:
        return schemes.load(wanted)
    if report.table.method == "goals":
        return schemes.load(SCHEME)
    return schemes.recognise([(r.name.text, r.weight) for r in report.table.rows])


DECIDED = {"met", "unmet", "excluded", "not-applicable"}


def coverage(report: Report, rules: Sequence[CompiledRule], results: Sequence[IndicatorResult]) -> Coverage:
    """The counts behind the headline; points are the claimed ones by verdict."""
    states = [c.state for r in results for c in r.clauses]
    points: dict[str, Decimal] = {}
    for r in results:
        points[r.verdict] = points.get(r.verdict, Decimal(0)) + (r.row.claimed or Decimal(0))
    return Coverage(
        figures=len(report.figures),
        clauses=len(states),
        decided=sum(s in DECIDED for s in states),
        open=sum(s not in DECIDED for s in states),
        unparsed=sum(len(r.unparsed) for r in rules),
        rescored=sum(bool(r.clauses) for r in results),
        indicators=len(report.table.rows),
        points=points,
        problems=len(report.document.problems),
    )
