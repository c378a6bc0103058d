"""A row of a self-score form rescored, and what its score does not follow from."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from audit.forms.attain import ONE, ZERO, Share, share
from audit.messages import Message, message
from audit.model import ClauseResult, Evidence, Finding, IndicatorResult, Quote, State, Verdict
from audit.words import number
from extractor.report import Field, Figure, Report, Row
from patterns.attainment import done, goal, grades_of, inverse_counts
from patterns.clause import Clause, CompiledRule
from patterns.rules import compile_rule

if TYPE_CHECKING:
    from patterns.scheme import Scheme

CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Judged:
    """A row with what it earns. least..most: points that rounding of the printed numbers leaves room for."""

    result: IndicatorResult
    share: Share
    least: Decimal
    most: Decimal
    places: int


def plain(value: Decimal) -> str:
    """Points for a message, two decimals at most."""
    return number(value.quantize(CENT, ROUND_HALF_UP))


def decimals(value: Decimal) -> int:
    """Printed decimals."""
    return max(0, -int(value.as_tuple().exponent))


def follows(claimed: Decimal, least: Decimal, most: Decimal, places: int) -> bool:
    """Whether a printed score may stand for something in least..most: rounded or cut to its own decimals, or where it has none to those
    that the form uses (places)."""
    step = Decimal(1).scaleb(-(decimals(claimed) or places))
    return least < claimed + step and most >= claimed - step / 2


def row_result(report: Report, row: Row, rule: CompiledRule, scheme: Scheme, places: int) -> Judged:
    """One row scored by its goal and its result. places: the decimals that the form's scores are printed with."""
    assert scheme.method is not None
    weight = row.weight or ZERO
    asked = goal(row.target.text, row.sign.text)
    reached = done(row.actual.text)
    own = rule.text + "".join(n.text for n in report.table.notes)
    names = f"{row.domain.text}{row.subdomain.text}{row.name.text}"
    got = share(asked, reached, scheme.method, any(w in names for w in scheme.method.lower), inverse_counts(own))
    told = grades_of(own).get("".join(row.actual.text.split()))
    if told is not None and asked.sense == "words":
        got = Share.of("grade", told, told)
    if not row.actual.text.strip() or not row.target.text.strip():
        got = Share.of("unknown", ZERO, ONE)
    low, high = (got.low * weight).quantize(CENT, ROUND_HALF_UP), (got.high * weight).quantize(CENT, ROUND_HALF_UP)
    least, most = got.least * weight, got.most * weight
    consistent = row.claimed is not None and follows(row.claimed, least, most, places)
    if consistent and row.claimed is not None:
        low, high = min(low, row.claimed), max(high, min(row.claimed, weight))
    words = rule if rule.clauses else compile_rule(_words(row, scheme), row.weight, row.name.text)
    grounds = _grounds(report, row)
    clauses = tuple(_clause(c, got, low, high, grounds, weight) for c in words.clauses)
    decided = got.how not in ("unknown", "apart", "forecast")
    verdict: Verdict
    if row.claimed is None:
        verdict = "partial"
    elif not low <= row.claimed <= high:
        verdict = "contradicted"
    else:
        verdict = ("verified" if got.how in ("reached", "far", "short", "kept") and got.low == got.high else "supported" if decided else
                   "partial" if row.actual.text.strip() else "unsupported")
    reason = _reason(row, got, low, high)
    result = IndicatorResult(row, words, low, high, verdict, reason, clauses, grounds)
    return Judged(result, got, least, most, places)


def _words(row: Row, scheme: Scheme) -> str:
    """The scheme's words for a row: those of its kind of indicator, else those of results in numbers."""
    kinds = [i for i in scheme.indicators if i.domain and i.domain in row.domain.text]
    return (kinds or list(scheme.indicators[1:]))[0].rule


def _reason(row: Row, got: Share, low: Decimal, high: Decimal) -> Message:
    return message(f"forms.{got.how}", target=row.target.text or "—", actual=row.actual.text or "—", low=plain(low), high=plain(high),
                   percent=plain(got.high * 100), weight=plain(row.weight or ZERO))


def _grounds(report: Report, row: Row) -> tuple[Evidence, ...]:
    """The result's cell, with the figures that stand in it."""
    if not row.actual.text.strip():
        return ()
    inside: tuple[Figure, ...] = tuple(f for f in report.figures if f.indicator == row.no and row.actual.start <= f.start < row.actual.end)
    return (Evidence(Quote.of(report, row.actual.start, row.actual.end), decisive=inside),)


def _clause(clause: Clause, got: Share, low: Decimal, high: Decimal, grounds: tuple[Evidence, ...], weight: Decimal) -> ClauseResult:
    kind = clause.kind
    state: State = "open"
    least, most = ZERO, weight
    if got.how in ("reached", "kept") and got.low == ONE:
        state, least, most = ("met", weight, weight) if kind == "full" else ("excluded", ZERO, ZERO)
    elif got.how in ("short", "over"):
        state, least, most = ("unmet", ZERO, ZERO) if kind == "full" else ("met", low, high)
    elif got.how == "late":
        state, least, most = ("unmet", ZERO, ZERO) if kind == "full" else ("open", low, high)
    return ClauseResult(clause, least, most, state, grounds if state in ("met", "unmet") else ())


def quotes(report: Report, *fields: Field) -> tuple[Quote, ...]:
    """Cells as quotes, those that say something, in the order given. A target put together from several cells is quoted whole."""
    out = [Quote.of(report, f.start, f.end) for f in fields if f.text.strip()]
    return tuple(dict.fromkeys(q for q in out if q.text))


def row_findings(report: Report, judged: Judged) -> list[Finding]:
    """What a row's score does not follow from."""
    row, got = judged.result.row, judged.share
    claimed, weight = row.claimed, row.weight
    if claimed is None or weight is None or claimed > weight or claimed < ZERO:
        return []
    cells = quotes(report, row.claimed_field, row.name, row.target, row.actual)
    values = {"name": row.name.text, "target": row.target.text, "actual": row.actual.text, "claimed": plain(claimed), "weight": plain(weight),
              "low": plain(judged.result.low), "high": plain(judged.result.high)}
    reasoned = bool(row.reason.text.strip())
    if got.how == "forecast":
        return [Finding("estimate-only", "warning", row.no, message("forms.finding_forecast", **values), cells, claimed, form=row.form)]
    if got.how == "apart":
        return [Finding("unsupported-claim", "warning", row.no, message("forms.finding_apart", **values), cells, claimed, form=row.form)]
    fits = follows(claimed, judged.least, judged.most, judged.places)
    above, below = claimed > judged.most and not fits, claimed < judged.least and not fits
    gap = claimed - judged.result.high if above else judged.result.low - claimed
    if got.how in ("short", "over", "late") and (above or (below and got.how == "short")):
        proof = (message("forms.proof_target", target=row.target.text, actual=row.actual.text),
                 message(f"forms.{got.how}", target=row.target.text, actual=row.actual.text, low=values["low"], high=values["high"],
                         percent=plain(got.high * 100), weight=values["weight"]),
                 message("forms.proof_claimed", claimed=values["claimed"]))
        return [Finding("score-mismatch", "error", row.no, message(f"forms.finding_{got.how}", **values), cells, abs(gap), proof, row.form)]
    out: list[Finding] = []
    if got.how == "short" and claimed == weight and judged.most < weight:
        out.append(Finding("score-mismatch", "warning", row.no, message("forms.finding_rounded", **values), cells, gap, form=row.form))
    elif got.how == "grade" and above:
        out.append(Finding("score-mismatch", "warning", row.no, message("forms.finding_grade", **values), cells, gap, form=row.form))
    elif got.how == "far" and not reasoned and has_reasons(row):
        out.append(Finding("unsupported-claim", "warning", row.no, message("forms.finding_far", **values), cells, None, form=row.form))
    elif got.how in ("reached", "kept") and got.low == ONE and below and reasoned:
        out.append(Finding("score-mismatch", "warning", row.no, message("forms.finding_below", **values), cells, gap, form=row.form))
    if claimed < weight and not reasoned and has_reasons(row) and not out and "执行率" not in row.name.text:  # its score is a sum, and tells no shortfall
        out.append(Finding("unsupported-claim", "warning", row.no, message("forms.finding_no_reason", **values), cells, weight - claimed, form=row.form))
    return out


def has_reasons(row: Row) -> bool:
    """Whether the form has a column for reasons: the row's own cell has a place, even if it is blank."""
    return row.reason.end > 0
