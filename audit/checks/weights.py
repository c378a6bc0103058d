"""Weights of the score table: against a scheme, against what their rules can give, and against the sums that the annex and the report state."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from audit.checks.totals import is_bonus, quote, rows_of, stands_above, weights
from audit.messages import message
from audit.model import Finding, Quote
from audit.rounding import plain
from extractor.report import Form, Report, Row, Sum
from patterns.clause import CompiledRule
from patterns.rules.anomalies import anomalies
from patterns.rules.meaning import maximum

if TYPE_CHECKING:
    from patterns.scheme import Scheme

ZERO = Decimal(0)
_SHOWN = 8  # of the pieces that a table lacks


def check_scheme(report: Report, rules: Sequence[CompiledRule], scheme: Scheme | None, district_class: str) -> list[Finding]:
    """no-score-table, unread rows of the annex, and scheme-mismatch: weights against the scheme, their rules and the sums that are stated."""
    rows = report.table.rows
    out: list[Finding] = []
    if report.table.missing:
        what = "、".join(report.table.missing[:_SHOWN]) + ("…" if len(report.table.missing) > _SHOWN else "")
        out.append(Finding("unread", "warning", None, message("checks.table_partly", what=what, rows=len(rows)), ()))
    if not rows:
        return [Finding("no-score-table", "info", None, message("checks.no_table"), ()), *out]
    blank = [r for r in rows if r.weight is None or r.claimed is None]
    for r in blank if report.table.method == "rules" else ():
        out.append(Finding("scheme-mismatch", "warning", r.no, message("checks.no_number", name=r.name.text), tuple(
            quote(report, f) for f in (r.name,) if f.text.strip()), form=r.form))
    if scheme is not None and scheme.method is None:
        out.extend(against_scheme(report, rules, scheme, district_class))
    named = {f.indicator for f in out}
    sums = [] if report.table.missing else check_sums(report)
    contradicted = [(r, most) for r, most in out_of_reach(report, rules, district_class) if r.no not in named]
    base = [r for r in rows if not is_bonus(r)]
    amount, full = weights(base), stated_full(report)
    printed = {s.weight for s in report.table.sums}  # 满分100分 over one of two tables
    off = full is not None and full not in (amount, weights(rows), *printed) and not any(r.weight is None for r in base) and not report.table.missing
    exact = [(r, most) for r, most in contradicted if off and full is not None and not is_bonus(r) and (r.weight or ZERO) - most == amount - full]
    # A rule that gives more than its row holds has its own card (rule-anomaly).
    odd = {r.no for r, rule in zip(rows, rules, strict=True) if anomalies(rule, r.weight, report.district or "", district_class)}
    for r, most in exact[:1] if exact else [(r, most) for r, most in contradicted if r.no not in odd][:3]:
        out.append(Finding("scheme-mismatch", "warning", r.no,
                           message("checks.weight_reach", name=r.name.text, weight=plain(r.weight or ZERO), most=plain(most),
                                   difference=plain(abs((r.weight or ZERO) - most))), weight_quotes(report, r), form=r.form))
    if off and full is not None and not exact and not sums and len(report.table.forms) < 2 and not named - {r.no for r in blank} - {None}:
        stated = [quote(report, s.words) for s in report.table.stated if s.kind == "full" and s.value == full]
        out.append(Finding("scheme-mismatch", "warning", None,
                           message("checks.weights_stated", sum=plain(amount), full=plain(full), difference=plain(abs(amount - full))),
                           tuple(sorted({*stated, *(q for r, _ in contradicted for q in weight_quotes(report, r))}))))
    return [*out, *sums]


def check_sums(report: Report) -> list[Finding]:
    """Weights that the annex prints for groups and for the whole, against the sum of their rows. One finding per form."""
    out = []
    for form in report.table.forms or (None,):
        own = rows_of(report, form)
        wrong = [(s, amount) for s in report.table.sums if own and own[0].no <= s.rows[0] and s.rows[1] <= own[-1].no
                 for amount in [_off(report, form, s)] if amount is not None]
        if not wrong:
            continue
        what = "；".join(message("checks.weights_of", label=s.label.text, stated=plain(s.weight or ZERO), sum=plain(amount)).text() for s, amount in wrong)
        quotes = tuple(dict.fromkeys(q for s, _ in wrong for q in (quote(report, s.label), quote(report, s.weight_field)) if q.text))
        steps = tuple(message("checks.weights_of", label=s.label.text, stated=plain(s.weight or ZERO), sum=plain(amount)) for s, amount in wrong)
        number = form.form if form is not None and len(report.table.forms) > 1 else None
        out.append(Finding("scheme-mismatch", "error", None, message("checks.weights_sums", what=what), quotes, None, steps, number))
    return out


def _off(report: Report, form: Form | None, s: Sum) -> Decimal | None:
    """The sum of a group's weights where it is not what is printed, whether bonus points or the funds are counted in or not."""
    rows = [r for r in report.table.rows if s.rows[0] <= r.no <= s.rows[1]]
    if s.weight is None or not rows or any(r.weight is None for r in rows):
        return None
    funds = [r.weight for r in rows if r.weight is not None and ((form is not None and r.no == form.funds_row) or "预算执行率" in r.name.text)]
    amount, base = weights(rows), weights([r for r in rows if not is_bonus(r)])
    on_top = [r.weight for r in rows if r.weight is not None and _on_top(r)]
    fits = {amount, base, *(amount - f for f in (*funds, *on_top)), amount - sum(on_top, Decimal(0))}  # 每篇加0.3分，最多加3分: points on top
    return None if s.weight in fits or (base == 0 and amount == 0) or (s.claimed is not None and stands_above(report, s)) else amount


def _on_top(row: Row) -> bool:
    """Whether a row's points come on top of the others: its rule adds so many (加0.3分), or its name or domain says so."""
    return "加分" in row.name.text + row.domain.text or any(f"加{d}" in row.rule.text for d in "0123456789")


def weight_quotes(report: Report, row: Row) -> tuple[Quote, ...]:
    """A row's weight and name."""
    return tuple(quote(report, f) for f in (row.weight_field, row.name) if f.text.strip())


def stated_full(report: Report) -> Decimal | None:
    """The full marks that the text states (满分100分), where it states one number only."""
    found = {s.value for s in report.table.stated if s.kind == "full" and s.value >= 20}
    return found.pop() if len(found) == 1 else None


def out_of_reach(report: Report, rules: Sequence[CompiledRule], district_class: str) -> list[tuple[Row, Decimal]]:
    """Rows whose weight is more than their rule, understood in full, can give; with that most."""
    out = []
    for row, rule in zip(report.table.rows, rules, strict=True):
        if not row.weight or rule.unparsed or not rule.clauses or any(c.kind == "reference" for c in rule.clauses):
            continue
        if not any(c.applies(report.district or "", district_class) for c in rule.clauses):
            continue
        most = maximum(rule, row.weight, report.district or "", district_class)
        if most is not None and most != row.weight:
            out.append((row, most))
    return out


def against_scheme(report: Report, rules: Sequence[CompiledRule], scheme: Scheme, district_class: str) -> list[Finding]:
    """Weights, points and thresholds of the annex that differ from the scheme's. Nothing where most differ: it is another scheme then."""
    from patterns.scheme import compare

    rows = report.table.rows
    weights_off: list[Finding] = []
    rules_off: list[Finding] = []
    for row, rule, own in zip(rows, rules, scheme.match([(r.name.text, r.weight) for r in rows]), strict=True):
        if own is None or row.weight is None:
            continue
        if own.weight(district_class) != row.weight:
            weights_off.append(Finding("scheme-mismatch", "warning", row.no,
                                       message("checks.scheme_weight", name=row.name.text, weight=plain(row.weight), scheme=scheme.id,
                                               expected=plain(own.weight(district_class))), weight_quotes(report, row)))
            continue
        for d in compare(own, rule, report.district or "", district_class):
            if d.scheme is None or d.annex is None or (d.scheme.per is None) != (d.annex.per is None):
                continue  # a clause of one side alone is often only told otherwise
            at = row.rule.start + d.annex.start
            rules_off.append(Finding("scheme-mismatch", "warning", row.no,
                                     message("checks.scheme_rule", name=row.name.text, annex=d.annex.text, scheme=scheme.id, expected=d.scheme.text),
                                     (Quote.of(report, at, row.rule.start + d.annex.end) if report.text[at:at + 2] == d.annex.text[:2]
                                      else quote(report, row.rule),)))
    return [] if len(weights_off) + len(rules_off) > len(rows) // 3 else [*weights_off, *rules_off]
