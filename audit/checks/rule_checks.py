"""Findings about the rules themselves (rule-anomaly); what is odd is found where rules are read, in patterns/rules/anomalies.py."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from audit.messages import message
from audit.model import Finding, Quote
from extractor.report import Report
from patterns.clause import CompiledRule
from patterns.rules.anomalies import anomalies, copied


def check_rules(report: Report, rules: Sequence[CompiledRule], district_class: str) -> list[Finding]:
    """rule-anomaly over all rules, one an indicator."""
    out = list(_copied(report))
    told = {f.indicator for f in out}
    for row, rule in zip(report.table.rows, rules, strict=True):
        if row.no in told:
            continue
        for a in anomalies(rule, row.weight, report.district or "", district_class):
            quotes = tuple(Quote.of(report, row.rule.start + start, row.rule.start + end) for start, end in a.spans if end > start)
            out.append(Finding("rule-anomaly", "warning", row.no, message(f"checks.{a.kind}", name=row.name.text, **a.values), quotes))
    return out


def _copied(report: Report) -> Iterator[Finding]:
    rows = report.table.rows
    for c in copied([(r.name.text, r.rule.text) for r in rows]):
        row = rows[c.of]
        yield Finding("rule-anomaly", "warning", row.no, message("checks.copied_rule", name=row.name.text, other=rows[c.other].name.text, words=c.words),
                      (Quote.of(report, row.rule.start, row.rule.end),
                       Quote.of(report, row.rule.start + c.at, row.rule.start + c.at + len(c.words))))
