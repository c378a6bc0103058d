"""Totals and maxima of the score table: claims against their sum and their weights, weights against what they must add up to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from audit.messages import message
from audit.model import Finding, Quote
from audit.rounding import plain
from extractor.narrative import lines as narrative
from extractor.report import Field, Report, Row
from patterns.clause import CompiledRule

if TYPE_CHECKING:
    from patterns.scheme import Scheme

BONUS = re.compile(r"附加|加分|奖励分|额外")
SCORE = r"(?P<score>\d{1,4}(?:\.\d{1,3})?)\s*分(?![钟之项类布解成别为])"
SAID = re.compile(
    r"(?:自评总得分|自评总分|自评得分|自评分数|自评分|自评结果|自查得分|自查评分|自评|总得分|总自评分|综合得分|合计得分|总分|得分|总计|"
    r"共计)"
    r"(?:[^，。；\d（(]{0,8}?)(?:为|是|达到|共计|合计|计|得)?\s*[：:]?\s*" + SCORE)
SAID_BONUS = re.compile(r"(?:附加分|加分项|加分|奖励分)[^，。；\d（(]{0,8}?(?:为|是|得|共|计)?\s*" + SCORE)
SAID_BASE = re.compile(r"(?:基础分|基本分)[^，。；\d（(]{0,8}?(?:为|是|得|共|计)?\s*" + SCORE)
SAID_FULL = re.compile(r"(?:满分|总分值|分值(?:合计|共计|总计)?|基础分值?|基准分)(?:为|是|共|合计)?\s*" + SCORE)
SAID_FULL_BONUS = re.compile(r"(?:附加分|加分项?)(?:最多|最高|上限|不超过|满分)+(?:为|是|得|加)?\s*" + SCORE)
ROUND_FULL = {Decimal(n) for n in (10, 20, 50, 60, 80, 100, 110, 120, 150, 200, 300, 400, 500, 600, 800, 1000)}


def is_bonus(row: Row) -> bool:
    """Whether a row stands outside the base points: its domain or its name says 附加分 or 加分项."""
    return bool(BONUS.search(row.domain.text) or re.search(r"附加分|加分项", row.name.text))


def claimed(rows: Sequence[Row]) -> Decimal:
    """The sum of the claimed scores."""
    return sum((r.claimed for r in rows if r.claimed is not None), Decimal(0))


def weights(rows: Sequence[Row]) -> Decimal:
    """The sum of the weights."""
    return sum((r.weight for r in rows if r.weight is not None), Decimal(0))


def quote(report: Report, field: Field) -> Quote:
    """A cell as a quote."""
    return Quote.of(report, field.start, field.end)


def check_totals(report: Report) -> list[Finding]:
    """total-mismatch and over-maximum."""
    return [*totals(report), *maxima(report)]


def totals(report: Report) -> list[Finding]:
    """The totals that the table and the narrative state, against the sum of the claims. One finding per wrong number."""
    rows = report.table.rows
    if not rows or any(r.claimed is None for r in rows):
        return []
    everything = claimed(rows)
    base = claimed([r for r in rows if not is_bonus(r)])
    out: list[Finding] = []
    wrong: dict[Decimal, list[Quote]] = {}
    stated = report.table.stated_total
    if stated is not None and stated != everything:
        field = report.table.total_field
        wrong.setdefault(stated, []).extend([quote(report, field)] if field and field.text.strip() else [])
    for number, where in said(report, SAID):
        has_bonus = any(is_bonus(r) for r in rows)
        if number != everything and not (has_bonus and number == base):
            if number != stated and abs(number - everything) > max(everything / 2, Decimal(5)):
                continue  # a score of something smaller than the whole table
            wrong.setdefault(number, []).append(where)
    for number, places in wrong.items():
        difference = number - everything
        text = message("checks.total", stated=plain(number), sum=plain(everything), difference=plain(abs(difference)))
        out.append(Finding("total-mismatch", "error", None, text, tuple(sorted(set(places))), abs(difference)))
    bonus = [r for r in rows if is_bonus(r)]
    if bonus:
        plain_rows = [r for r in rows if not is_bonus(r)]
        for pattern, kind, amount, full in ((SAID_BONUS, "bonus", claimed(bonus), weights(bonus)), (SAID_BASE, "base", base, weights(plain_rows))):
            for number, where in said(report, pattern):
                if number not in (amount, full) and number not in ROUND_FULL:
                    text = message(f"checks.total_{kind}", stated=plain(number), sum=plain(amount), difference=plain(abs(number - amount)))
                    out.append(Finding("total-mismatch", "warning", None, text, (where,), abs(number - amount)))
    return out


def said(report: Report, pattern: re.Pattern[str]) -> list[tuple[Decimal, Quote]]:
    """The scores that the narrative states under a pattern."""
    out = []
    for start, end in narrative(report):
        for m in pattern.finditer(report.text, start, end):
            out.append((Decimal(m["score"]), Quote.of(report, m.start(), m.end())))
    return out


def maxima(report: Report) -> list[Finding]:
    """Claims above their weight or below zero."""
    out = []
    for r in report.table.rows:
        if r.claimed is None or r.weight is None or Decimal(0) <= r.claimed <= r.weight:
            continue
        key, amount = ("over", r.claimed - r.weight) if r.claimed > r.weight else ("negative", -r.claimed)
        text = message(f"checks.{key}", claimed=plain(r.claimed), weight=plain(r.weight), difference=plain(amount), name=r.name.text)
        quotes = tuple(quote(report, f) for f in (r.weight_field, r.name, r.claimed_field) if f.text.strip())
        out.append(Finding("over-maximum", "error", r.no, text, tuple(sorted(quotes)), amount))
    return out


def check_scheme(report: Report, rules: Sequence[CompiledRule], scheme: Scheme | None, district_class: str) -> list[Finding]:
    """scheme-mismatch: weights against the scheme, against what their rules can give, and against a round base total."""
    rows = report.table.rows
    if not rows:
        return [Finding("no-score-table", "info", None, message("checks.no_table"), ())]
    out: list[Finding] = []
    blank = [r for r in rows if r.weight is None or r.claimed is None]
    for r in blank:
        quotes = tuple(quote(report, f) for f in (r.name,) if f.text.strip())
        out.append(Finding("scheme-mismatch", "warning", r.no, message("checks.no_number", name=r.name.text), quotes))
    if scheme is not None:
        out.extend(against_scheme(report, rules, scheme, district_class))
    named = {f.indicator for f in out}
    contradicted = [(r, most) for r, most in out_of_reach(report, rules, district_class) if r.no not in named]
    base = [r for r in rows if not is_bonus(r)]
    amount = weights(base)
    full = stated_full(report)
    excess = amount - full if full is not None else amount - nearest_round(amount)
    off = excess != 0 and not any(r.weight is None for r in base)
    exact = [(r, most) for r, most in contradicted if off and not is_bonus(r) and (r.weight or Decimal(0)) - most == excess]
    for r, most in exact[:1] if exact else [(r, m) for r, m in contradicted if is_bonus(r) or not off][:3]:
        out.append(Finding("scheme-mismatch", "warning", r.no,
                           message("checks.weight_reach", name=r.name.text, weight=plain(r.weight or Decimal(0)), most=plain(most),
                                   difference=plain(abs((r.weight or Decimal(0)) - most))), weight_quotes(report, r)))
    if off and not exact and not named - {r.no for r in blank}:
        key = "weights_stated" if full is not None else "weights_round"
        shown = full if full is not None else nearest_round(amount)
        stated = [q for n, q in said(report, SAID_FULL) if n == full]
        out.append(Finding("scheme-mismatch", "warning", None,
                           message(f"checks.{key}", sum=plain(amount), full=plain(shown), difference=plain(abs(amount - shown))),
                           tuple(sorted({*stated, *(q for r, _ in contradicted for q in weight_quotes(report, r))}))))
    return out


def weight_quotes(report: Report, row: Row) -> tuple[Quote, ...]:
    """A row's weight and name."""
    return tuple(quote(report, f) for f in (row.weight_field, row.name) if f.text.strip())


def nearest_round(amount: Decimal) -> Decimal:
    """The round number that base weights are likely meant to add up to."""
    return min(sorted(ROUND_FULL), key=lambda n: abs(n - amount))


def stated_full(report: Report) -> Decimal | None:
    """The full marks that the text states (满分100分), where it states one number only."""
    found = {n for n, _ in said(report, SAID_FULL) if n >= 20}
    return found.pop() if len(found) == 1 else None


def out_of_reach(report: Report, rules: Sequence[CompiledRule], district_class: str) -> list[tuple[Row, Decimal]]:
    """Rows whose weight is more than their rule, understood in full, can give; with that most."""
    from patterns.rules.meaning import maximum

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
