"""Findings about scores: outside what rule and report allow, not attainable, more than the clauses give, unsupported, resting on a forecast."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from audit.grounds.model import ClauseState
from audit.messages import message
from audit.model import Evidence, Finding, Quote, Severity
from audit.rescore.indicator import Judged
from audit.rescore.points import ZERO, worth
from audit.rescore.reasons import number, proof, short
from extractor.report import Field, Report
from patterns.demand import POINTS
from patterns.rules.meaning import earns_nothing


def quote(report: Report, field: Field) -> Quote:
    """A cell of the score table as a quote."""
    return Quote.of(report, field.start, field.end)


def quoted(evidence: Iterable[Evidence], report: Report) -> list[Quote]:
    """The deciding figures first, then the sentences."""
    told = list(evidence)
    figures = [Quote.of(report, f.start, f.end) for e in told for f in e.decisive]
    return list(dict.fromkeys([*figures, *(e.quote for e in told)]))


def findings(report: Report, judged: Judged) -> Iterator[Finding]:
    """All score findings of one indicator."""
    row, claimed = judged.result.row, judged.result.row.claimed
    if claimed is None or row.weight is None or claimed > row.weight or (claimed < ZERO < row.weight):
        return  # over-maximum of the table says it
    if judged.scores is not None and claimed not in judged.scores and judged.result.verdict != "external":
        yield _unattainable(report, judged)
        if judged.result.low == ZERO and claimed <= judged.result.high:
            yield from _lacking(report, judged)  # nothing of it is proven either
        return
    if judged.sure and not judged.result.low <= claimed <= judged.result.high:
        yield _mismatch(report, judged)
        return
    yield from _estimates(report, judged)
    if judged.doubt and claimed > judged.result.high - judged.doubt and claimed > ZERO:
        yield Finding("score-mismatch", "warning", row.no,
                      message("rescore.doubt", name=row.name.text, claimed=number(claimed), points=number(min(judged.doubt, claimed))),
                      tuple(quoted(judged.doubt_evidence, report)), min(judged.doubt, claimed))
    yield from _lacking(report, judged)


def _unattainable(report: Report, judged: Judged) -> Finding:
    row, claimed = judged.result.row, judged.result.row.claimed or ZERO
    scores = sorted(judged.scores or ())
    few = len(scores) <= 12  # all of them, else the two that lie nearest
    near = sorted(sorted(scores, key=lambda s: abs(s - claimed))[:2])
    text = message("rescore.unattainable" if few else "rescore.unattainable_many", name=row.name.text, claimed=number(claimed),
                   scores="、".join(map(number, scores if few else near)))
    # A rule that does not reach its own weight may be misprinted: a claim above all that it gives is then a question.
    odd = claimed > max(scores, default=ZERO) and max(scores, default=ZERO) < (row.weight or ZERO) and not any(c.applies_to for c in judged.result.rule.clauses)
    # 开展考核（3分） says what a requirement is worth at most; whether a part of it earns a part it does not say.
    giving = [c for c in judged.result.rule.clauses if c.kind in ("award", "tier", "full") and not earns_nothing(c)]
    odd = odd or (bool(giving) and all(_worth_in_brackets(c.text) for c in giving))
    quotes = tuple(q for q in (quote(report, row.rule), quote(report, row.name), quote(report, row.claimed_field)) if q.text)
    return Finding("unattainable-score", "warning" if odd else "error", row.no, text, quotes, min((abs(claimed - s) for s in near), default=ZERO),
                   (message("rescore.possible", scores="、".join(map(number, scores[:12])) + ("" if few else "…")), message("rescore.instead", claimed=number(claimed))))


def _worth_in_brackets(text: str) -> bool:
    """A piece of a rule whose points stand in brackets at its end."""
    words = text.rstrip("。；;，, ")
    inner = words[max(words.rfind("（"), words.rfind("(")) + 1:-1].strip()
    return words.endswith(("）", ")")) and inner.endswith("分") and inner[:-1].strip().replace(".", "", 1).isdigit()


def _mismatch(report: Report, judged: Judged) -> Finding:
    result = judged.result
    row, claimed = result.row, result.row.claimed or ZERO
    apart = abs(claimed - (result.high if claimed > result.high else result.low))
    decided = [s for s in judged.states if s.state in ("met", "unmet") and s.evidence]
    against = [s for s in decided if s.state == "unmet" or any(e.against for e in s.evidence)]
    evidence = [e for s in [*against, *decided] for e in s.evidence] or list(result.evidence)
    text = message("rescore.mismatch", name=row.name.text, claimed=number(claimed), reason=result.reason, difference=number(apart))
    # Asking for less than the report proves harms nobody: it is only told. Where no quote decides, nothing is proven.
    severity: Severity = "info" if claimed < result.low else "error" if evidence else "warning"
    return Finding("score-mismatch", severity, row.no, text, (*quoted(evidence, report), quote(report, row.claimed_field)), apart,
                   proof(judged.states, result.low, result.high, claimed, row.weight or ZERO))


def _estimates(report: Report, judged: Judged) -> Iterator[Finding]:
    """One card for the forecasts that a claim rests on."""
    row, claimed = judged.result.row, judged.result.row.claimed or ZERO
    if claimed <= judged.result.low:
        return
    forecasts = [s for s in judged.states if s.forecast and s.state not in ("excluded", "not-applicable")]
    if forecasts:
        evidence = dict.fromkeys(e for s in forecasts for e in (*s.evidence, *s.near))
        yield Finding("estimate-only", "warning", row.no,
                      message("rescore.estimate", name=row.name.text, condition=short(forecasts[0].clause.text), claimed=number(claimed)),
                      tuple(quoted(evidence, report)), claimed - judged.result.low)


_LACKS = ("no-goal", "claims", "part", "silent")


def _lacking(report: Report, judged: Judged) -> Iterator[Finding]:
    """What a claim needs and the report does not show, in one of three words: it is silent, it only claims, it gives figures but no goal."""
    result = judged.result
    row, claimed = result.row, result.row.claimed or ZERO
    if claimed <= result.low or result.verdict == "external":
        return
    wanted = _needed(judged.states)
    if not wanted and result.verdict == "unsupported":  # of a fault silence says nothing, unless all is silent
        giving = [s for s in judged.states if s.state == "open" and s.clause.kind not in ("deduct", "zero") and not earns_nothing(s.clause)]
        wanted = giving or [s for s in judged.states if s.state == "open" and not s.near]
    if not wanted:
        return
    lack = next((x for x in _LACKS if any((s.lack or "silent") == x for s in wanted)), "silent")
    if all((s.lack or "silent") == "silent" for s in wanted):
        lack = "silent"
    near = dict.fromkeys(e for s in wanted for e in (*s.near, *s.evidence))
    conditions = "；".join(dict.fromkeys(short(s.clause.text) for s in wanted))
    yield Finding("unsupported-claim", "warning", row.no,
                  message("rescore.lacking_" + lack.replace("-", "_"), name=row.name.text, claimed=number(claimed), low=number(result.low),
                          conditions=conditions),
                  tuple(quoted(near, report)) or (quote(report, row.name), quote(report, row.rule)), claimed - result.low)


def _needed(states: Sequence[ClauseState]) -> list[ClauseState]:
    """The open clauses that give points, the best of each scale; silence on a fault is no lack, and a forecast has a card of its own."""
    out: dict[object, ClauseState] = {}
    scales: set[int] = {s.clause.group for s in states if s.clause.group is not None and (s.forecast or s.state == "met")}
    for k, s in enumerate(states):
        c = s.clause
        fault = c.kind in ("deduct", "zero") and c.per_unit not in POINTS  # 每低1个百分点 asks for a number, as a level does
        if s.state != "open" or fault or c.kind == "reference" or earns_nothing(c) or s.forecast or s.lack in ("judge", "forecast", "part"):
            continue
        if c.group is not None and c.group in scales:
            continue
        key: object = ("group", c.group) if c.group is not None else k
        best = out.get(key)
        if best is None or worth(s, ZERO) > worth(best, ZERO):
            out[key] = s
    return list(out.values())
