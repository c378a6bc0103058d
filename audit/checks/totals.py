"""Totals and maxima of the score table: claims against the sums that the annex and the narrative state, and against their weights."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from audit.messages import Message, message
from audit.model import Finding, Quote
from audit.rounding import plain
from extractor.report import Field, Form, Report, Row, Sum
from patterns.clause import CompiledRule

ZERO = Decimal(0)
_WHOLE = Decimal("0.6")  # of the sum: what the narrative states below it is the score of a part
_BONUS = ("附加", "加分", "奖励分", "额外")
_PENALTY = ("减分", "扣分项", "负面", "倒扣")


def is_bonus(row: Row) -> bool:
    """Whether a row stands outside the base points: its domain or its name says 附加分 or 加分项."""
    return any(w in row.domain.text for w in _BONUS) or "附加分" in row.name.text or "加分项" in row.name.text


def claimed(rows: Sequence[Row]) -> Decimal:
    """The sum of the claimed scores."""
    return sum((r.claimed for r in rows if r.claimed is not None), ZERO)


def weights(rows: Sequence[Row]) -> Decimal:
    """The sum of the weights."""
    return sum((r.weight for r in rows if r.weight is not None), ZERO)


def quote(report: Report, field: Field) -> Quote:
    """A cell as a quote."""
    return Quote.of(report, field.start, field.end)


def check_totals(report: Report, rules: Sequence[CompiledRule] = ()) -> list[Finding]:
    """total-mismatch and over-maximum. rules: the compiled rules of report.table.rows, for rows that only take points off."""
    table = report.table
    out: list[Finding] = []
    if not table.missing:  # of a table that was not read whole no sum is a proof
        for form in table.forms or (None,):
            out += totals(report, form)
        out += subtotals(report)
    return [*out, *maxima(report, rules)]


def rows_of(report: Report, form: Form | None) -> list[Row]:
    """The rows of a form, or of the whole annex."""
    return [r for r in report.table.rows if form is None or form.rows[0] <= r.no <= form.rows[1]]


def totals(report: Report, form: Form | None) -> list[Finding]:
    """The totals that the annex and the narrative state, against the sum of the claims. One finding per wrong number."""
    table, rows = report.table, rows_of(report, form)
    if not rows or any(r.claimed is None for r in rows):
        return []
    everything, base = claimed(rows), claimed([r for r in rows if not is_bonus(r)])
    alone = form is None or len(table.forms) == 1
    wrong: dict[Decimal, list[Quote]] = {}
    stated, field = (form.stated_total, form.total_field) if form is not None else (table.stated_total, table.total_field)
    if stated is not None and stated != everything:
        wrong.setdefault(stated, []).extend([quote(report, field)] if field and field.text.strip() else [])
    for s in table.stated if alone else ():
        partial = s.value < everything * _WHOLE or any(s.value in (t.claimed, t.weight) for t in table.sums)
        if s.kind == "total" and s.value != everything and s.value not in (base, weights(rows)) and (s.value == stated or not partial):
            wrong.setdefault(s.value, []).append(quote(report, s.words))
    number = form.form if form is not None and not alone else None
    out = []
    for value, places in wrong.items():
        difference = value - everything
        text = message("checks.total", stated=plain(value), sum=plain(everything), difference=plain(abs(difference)))
        capped = difference < 0 and value in (weights(rows), weights([r for r in rows if not is_bonus(r)]), *(s.value for s in table.stated if s.kind == "full"))
        if capped or (value == base and base != everything):
            text = message("checks.total_other", stated=plain(value), sum=plain(everything), base=plain(base))
        severity = "warning" if capped or value == base else "error"
        out.append(Finding("total-mismatch", severity, None, text, tuple(sorted(set(places))), abs(difference),  # type: ignore[arg-type]
                           _proof(rows, value, everything) if severity == "error" else (), number))
    return [*out, *(_of_kinds(report, rows) if alone else ())]


def _proof(rows: Sequence[Row], stated: Decimal, everything: Decimal) -> tuple[Message, ...]:
    return (message("checks.proof_rows", n=len(rows), first=rows[0].no, last=rows[-1].no, sum=plain(everything)),
            message("checks.proof_stated", stated=plain(stated)))


def _of_kinds(report: Report, rows: Sequence[Row]) -> list[Finding]:
    """Base and bonus points that the narrative states apart."""
    bonus, rest = [r for r in rows if is_bonus(r)], [r for r in rows if not is_bonus(r)]
    out: list[Finding] = []
    if not bonus:
        return out
    for kind, members in (("bonus", bonus), ("base", rest)):
        for s in report.table.stated:
            if s.kind == kind and s.value not in (claimed(members), weights(members)) and s.value % 10:
                amount = claimed(members)
                text = message(f"checks.total_{kind}", stated=plain(s.value), sum=plain(amount), difference=plain(abs(s.value - amount)))
                out.append(Finding("total-mismatch", "warning", None, text, (quote(report, s.words),), abs(s.value - amount)))
    return out


def stands_above(report: Report, s: Sum) -> bool:
    """Whether a printed sum is that of the first so many rows below it: it stands over its group."""
    weight = claim = ZERO
    for r in report.table.rows:
        if r.no <= s.rows[1] or r.weight is None or r.claimed is None:
            continue
        weight, claim = weight + r.weight, claim + r.claimed
        if s.weight in (None, weight) and s.claimed in (None, claim):
            return True
    return False


def subtotals(report: Report) -> list[Finding]:
    """Subtotals of claims that are not the sum of their rows; the totals of the whole are judged apart.

    Which rows a subtotal speaks of is sure where its weight is theirs, or where other subtotals of the table are the sums of the rows before
    them; else a person looks. One that is the sum of the rows below it stands above its group.
    """
    table = report.table
    whole = {f.rows for f in table.forms} | {(1, len(table.rows))}
    found: list[tuple[Sum, list[Row], Decimal]] = []
    agree = 0
    for s in (s for s in table.sums if s.claimed is not None and s.rows not in whole):
        rows = [r for r in table.rows if s.rows[0] <= r.no <= s.rows[1]]
        if not rows or any(r.claimed is None for r in rows):
            continue
        if s.claimed == claimed(rows):
            agree += 1
            continue
        if not stands_above(report, s):
            found.append((s, rows, claimed(rows)))
    out = []
    for s, rows, amount in found:
        if s.weight is not None and all(r.weight is not None for r in rows) and s.weight != weights(rows):
            continue  # of other rows
        sure = agree > 0 or (s.weight is not None and s.weight == weights(rows))
        assert s.claimed is not None
        text = message("checks.subtotal", label=s.label.text, stated=plain(s.claimed), sum=plain(amount), difference=plain(abs(s.claimed - amount)))
        quotes = tuple(dict.fromkeys(q for q in (quote(report, s.claimed_field), quote(report, s.label)) if q.text))
        out.append(Finding("total-mismatch", "error" if sure else "warning", None, text, quotes, abs(s.claimed - amount),
                           _proof(rows, s.claimed, amount) if sure else (), rows[0].form))
    return out


def maxima(report: Report, rules: Sequence[CompiledRule] = ()) -> list[Finding]:
    """Claims above their weight, and below zero where the row is none that takes points off."""
    out = []
    of = {r.no: rule for r, rule in zip(report.table.rows, rules, strict=False)}
    for r in report.table.rows:
        if r.claimed is None or (r.claimed >= 0 and (r.weight is None or r.claimed <= r.weight + max(ZERO, r.extra or ZERO))):
            continue
        if r.weight == ZERO and r.claimed > 0 and is_bonus(r):
            continue  # 加分项 of base 0: what its rule gives is its limit
        if r.claimed <= 0 and ((r.weight is not None and r.weight <= r.claimed) or takes_off(r, of.get(r.no))):
            continue
        weight = r.weight if r.weight is not None else ZERO
        over = r.claimed > 0
        key, amount = ("over", r.claimed - weight) if over else ("negative", -r.claimed)
        text = message(f"checks.{key}", claimed=plain(r.claimed), weight=plain(weight), difference=plain(amount), name=r.name.text)
        quotes = tuple(quote(report, f) for f in (r.weight_field, r.name, r.claimed_field) if f.text.strip())
        proof = (message("checks.proof_maximum", name=r.name.text, weight=plain(weight)), message("checks.proof_stated", stated=plain(r.claimed)))
        out.append(Finding("over-maximum", "error", r.no, text, tuple(sorted(quotes)), amount, proof, r.form))
    return out


def takes_off(row: Row, rule: CompiledRule | None) -> bool:
    """Whether a row only takes points off: no points to earn, and words or a rule that deduct."""
    if row.weight is not None and row.weight > 0:
        return False
    words = row.domain.text + row.subdomain.text + row.name.text
    return any(w in words for w in _PENALTY) or (rule is not None and bool(rule.clauses) and all(c.kind in ("deduct", "zero") for c in rule.clauses)) or (
        row.weight is not None and row.weight < 0)
