"""The funds block of a self-score form: the rate, the score that it earns, and the parts of the sums."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from itertools import combinations
from typing import TYPE_CHECKING

from audit.forms.attain import ZERO
from audit.forms.rows import CENT, decimals, follows, plain, quotes
from audit.messages import message
from audit.model import ClauseResult, Evidence, Finding, IndicatorResult, Quote
from extractor.report import Field, Form, Money, Report, Row
from patterns.clause import Clause
from patterns.rules import compile_rule

if TYPE_CHECKING:
    from patterns.scheme import Scheme

ONE, HUNDRED = Decimal(1), Decimal(100)
_MANY = 12  # parts whose subsets are tried


def rate_result(report: Report, row: Row, form: Form, scheme: Scheme, places: int) -> tuple[IndicatorResult, list[Finding]]:
    """预算执行率 rescored from the amounts, and what the printed rate or its score does not follow from."""
    words = _own_rule(report, row) or compile_rule(scheme.indicators[0].rule, row.weight, row.name.text)
    money = form.funds
    weight = row.weight or ZERO
    span = _rate(money) if money is not None else None
    printed = money.rate if money is not None else None
    if printed is not None and money is not None and span is not None and "%" not in money.rate_field.text and printed <= ONE < span[2] / 2:
        printed *= HUNDRED  # 0.9626 is 96.26%
    findings: list[Finding] = []
    cells = quotes(report, *((money.rate_field, money.adjusted_field, money.executed_field) if money else ()), row.claimed_field)
    grounds = tuple(Evidence(q) for q in cells[:3])
    if span is None or money is None:
        return IndicatorResult(row, words, ZERO, weight, "partial", message("forms.no_rate"), (), grounds), []
    rate = span[2]
    if printed is not None and not _stands_for(printed, span[0], span[1]):
        adjusted, executed = money.adjusted if money.adjusted is not None else money.budget, money.executed
        assert adjusted is not None and executed is not None
        capped = printed == HUNDRED < span[0]
        by_budget = not capped and money.budget is not None and money.budget > 0 and _stands_for(printed, *_span(executed, money.budget)[:2])
        values = {"stated": plain(printed), "rate": plain(rate), "executed": format(executed, "f"), "adjusted": format(adjusted, "f")}
        proof = (message("forms.proof_money", executed=values["executed"], adjusted=values["adjusted"]), message("forms.proof_rate", **values))
        findings.append(Finding("percentage-mismatch", "warning" if by_budget or capped else "error", row.no,
                                message("forms.finding_rate_budget" if by_budget else "forms.finding_rate", **values), cells, None,
                                () if by_budget or capped else proof, row.form))
    low, high = sorted((_earned(words.clauses, span[0], weight), _earned(words.clauses, span[1], weight)), key=lambda x: (x is None, x))
    if low is None or high is None:
        return IndicatorResult(row, words, ZERO, weight, "partial", message("forms.own_rule"), (), grounds), findings
    point = _earned(words.clauses, rate, weight)
    assert point is not None
    exact = point.quantize(CENT, ROUND_HALF_UP)
    claimed = row.claimed
    fits = claimed is not None and follows(claimed, low, high, places)
    from_printed = printed is not None and claimed is not None and _follows_printed(words.clauses, printed, weight, claimed, places)
    if claimed is not None and not fits and ZERO <= claimed <= weight and not (from_printed and findings):
        values = {"rate": plain(rate), "expected": plain(exact), "claimed": plain(claimed), "weight": plain(weight)}
        proof = (message("forms.proof_rate_earns", **values), message("forms.proof_claimed", claimed=values["claimed"]))
        findings.append(Finding("score-mismatch", "error", row.no, message("forms.finding_rate_score", **values), cells, abs(claimed - exact), proof,
                                row.form))
    bottom, top = (min(exact, claimed), max(exact, claimed)) if fits and claimed is not None else (exact, exact)
    reason = message("forms.rate", executed=money.executed_field.text, adjusted=(money.adjusted_field or money.budget_field).text, rate=plain(rate),
                     expected=plain(exact))
    clauses = tuple(ClauseResult(c, bottom, top, "met", grounds) for c in words.clauses[:1])
    verdict = "partial" if claimed is None else "verified" if fits else "contradicted"
    return IndicatorResult(row, words, bottom, top, verdict, reason, clauses, grounds), findings  # type: ignore[arg-type]


def _own_rule(report: Report, row: Row):  # type: ignore[no-untyped-def]
    """What the form itself says of how the rate is scored, in a note under the table or in the row's own rule."""
    for text in (row.rule.text, *(n.text for n in report.table.notes)):
        for piece in _pieces(text):
            if "执行率" in piece:
                rule = compile_rule(piece, row.weight, row.name.text)
                if any(c.kind in ("tier", "prorata", "full") for c in rule.clauses):
                    return rule
    return None


def _pieces(text: str) -> list[str]:
    return [p for p in text.replace("\n", "。").split("。") if p.strip()]


def _span(executed: Decimal, base: Decimal) -> tuple[Decimal, Decimal, Decimal]:
    """The rate in percent that two printed amounts leave room for, lowest and highest, and that of the numbers as they stand."""
    half = [Decimal(1).scaleb(-decimals(x)) / 2 if decimals(x) else ZERO for x in (executed, base)]
    return ((executed - half[0]) / (base + half[1]) * HUNDRED, (executed + half[0]) / max(base - half[1], CENT / 1000) * HUNDRED,
            executed / base * HUNDRED)


def _rate(money: Money) -> tuple[Decimal, Decimal, Decimal] | None:
    base = money.adjusted if money.adjusted is not None else money.budget
    if base is None or money.executed is None or base <= 0:
        return None
    return _span(money.executed, base)


def _stands_for(printed: Decimal, low: Decimal, high: Decimal) -> bool:
    """Whether a printed percentage may be a rounding or a cut of something in low..high."""
    step = Decimal(1).scaleb(-decimals(printed))
    return low < printed + step and high >= printed - step / 2


def _earned(clauses: tuple[Clause, ...], rate: Decimal, weight: Decimal) -> Decimal | None:
    """The points of a rate: the level that it reaches, else its share of the points; None where the rule says neither."""
    levels = [c for c in clauses if c.kind == "tier" and c.points is not None and (c.lower is None or rate > c.lower or (
        rate == c.lower and not c.lower_open)) and (c.upper is None or rate < c.upper or (rate == c.upper and not c.upper_open))]
    if levels:
        return min(max(c.points for c in levels if c.points is not None), weight)
    if any(c.kind == "prorata" for c in clauses):
        return min(rate / HUNDRED, Decimal(1)) * weight
    return None


def _follows_printed(clauses: tuple[Clause, ...], printed: Decimal, weight: Decimal, claimed: Decimal, places: int) -> bool:
    earned = _earned(clauses, printed, weight)
    return earned is not None and follows(claimed, earned, earned, places)


def funds_findings(report: Report, form: Form) -> list[Finding]:
    """Parts of the funds that do not make up their total, whatever is counted in."""
    if form.funds is None:
        return []
    out: list[Finding] = []
    wrong: list[Quote] = []
    steps = []
    closed = any("其他" in p.label.text for p in form.parts)
    over = False
    for name in ("budget", "adjusted", "executed"):
        total: Decimal | None = getattr(form.funds, name)
        field: Field = getattr(form.funds, f"{name}_field")
        parts = [(getattr(p, name), getattr(p, f"{name}_field")) for p in form.parts]
        known = [(v, f) for v, f in parts if v is not None]
        if total is None or len(known) < 2 or _makes_up([v for v, _ in known], total):
            continue
        amount = sum((v for v, _ in known), ZERO)
        if amount < total and not closed:
            continue  # what is not listed may be the rest
        over = over or amount > total
        wrong += quotes(report, field, *(f for v, f in known if v))
        steps.append(message("forms.proof_parts", parts="、".join(f.text for v, f in known if v), sum=format(amount, "f"), total=field.text))
    if wrong:
        out.append(Finding("parts-mismatch", "error", form.funds_row, message("forms.finding_parts", what="；".join(str(s) for s in steps)),
                           tuple(dict.fromkeys(wrong)), None, tuple(steps), _number(report, form)))
    totals = [v for v in (form.funds.budget, form.funds.adjusted, form.funds.executed) if v is not None]
    for listed in form.lists:
        values = [a.value for a in listed]
        if totals and not any(_makes_up(values, t) for t in totals):
            amount = sum(values, ZERO)
            step = message("forms.proof_list", parts="、".join(f"{a.label}{a.field.text}" for a in listed), sum=format(amount, "f"),
                           totals="、".join(format(t, "f") for t in totals))
            severity = "error" if amount > max(totals) or any("其他" in a.label for a in listed) or len(listed) == 2 else "warning"
            out.append(Finding("parts-mismatch", severity, form.funds_row, message("forms.finding_parts", what=step),  # type: ignore[arg-type]
                               (*quotes(report, *(a.field for a in listed)),
                                *quotes(report, form.funds.adjusted_field, form.funds.executed_field)), None,
                               (step,) if severity == "error" else (), _number(report, form)))
    return out


def _number(report: Report, form: Form) -> int | None:
    """The form's number for a finding, None where the document holds one form."""
    return form.form if len(report.table.forms) > 1 else None


def _makes_up(values: list[Decimal], total: Decimal) -> bool:
    """Whether the values, or some of them (a part may hold another one), add up to the total."""
    if sum(values, ZERO) == total:
        return True
    real = [v for v in values if v][:_MANY]
    return any(sum(some, ZERO) == total for n in range(1, len(real)) for some in combinations(real, n))
