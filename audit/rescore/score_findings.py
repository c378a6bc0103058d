"""What rescoring finds: scores that the facts or the rule contradict, claims that nothing supports, deciding forecasts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from audit.messages import message
from audit.model import Evidence, Finding, Quote
from audit.rescore.indicator import Judged
from audit.rescore.needs import bare
from audit.rescore.outcome import ZERO
from audit.rescore.scene import number, short
from extractor.report import Field, Report


def quote(report: Report, field: Field) -> Quote:
    """A cell of the score table as a quote."""
    return Quote.of(report, field.start, field.end)


def quoted(evidence: Sequence[Evidence], report: Report) -> list[Quote]:
    """The deciding figures first, then the sentences."""
    figures = [Quote.of(report, f.start, f.end) for e in evidence for f in e.decisive]
    return list(dict.fromkeys([*figures, *(e.quote for e in evidence)]))


def findings(report: Report, judged: Judged) -> Iterator[Finding]:
    """All score findings of one indicator."""
    result = judged.result
    row, claimed = result.row, result.row.claimed
    if claimed is None or row.weight is None:
        return
    if claimed > row.weight or claimed < ZERO:
        return  # over-maximum says it
    outside = not result.low <= claimed <= result.high
    if judged.attainable is not None and claimed not in judged.attainable and result.verdict != "external":
        scores = sorted(judged.attainable)
        shown = "、".join(map(number, scores[:12])) + ("…" if len(scores) > 12 else "")
        near = sorted(sorted(judged.attainable, key=lambda s: abs(s - claimed))[:2])
        yield Finding(
            "unattainable-score",
            "error",
            row.no,
            message("rescore.unattainable", name=row.name.text, claimed=number(claimed), scores=shown, near="、".join(map(number, near))),
            tuple(q for q in (quote(report, row.rule), quote(report, row.name), quote(report, row.claimed_field)) if q.text),
            min((abs(claimed - s) for s in near), default=ZERO),
        )
        return
    if outside:
        evidence = [e for _, o in judged.outcomes if o.high < _most(o.low, o.high) or o.sure for e in o.evidence] or list(result.evidence)
        yield Finding(
            "score-mismatch",
            "error",
            row.no,
            message(
                "rescore.mismatch",
                name=row.name.text,
                claimed=number(claimed),
                reason=result.reason,
                difference=number(claimed - (result.high if claimed > result.high else result.low)),
            ),
            (*quoted(evidence, report), quote(report, row.claimed_field)),
            abs(claimed - (result.high if claimed > result.high else result.low)),
        )
        return
    forecasts = [(c, o) for c, o in judged.outcomes if o.forecast and claimed > result.low]
    for c, o in forecasts:
        yield Finding(
            "estimate-only",
            "warning",
            row.no,
            message("rescore.estimate", name=row.name.text, condition=short(bare(c.condition)), claimed=number(claimed)),
            tuple(quoted(o.evidence, report)),
            claimed - result.low,
        )
    if judged.doubt and claimed > result.high - judged.doubt and claimed > result.low - judged.doubt:
        yield Finding(
            "score-mismatch",
            "warning",
            row.no,
            message("rescore.doubt", name=row.name.text, claimed=number(claimed), points=number(min(judged.doubt, claimed))),
            tuple(quoted(judged.doubt_evidence, report)),
            min(judged.doubt, claimed),
        )
    if claimed <= result.low or result.verdict == "external":
        return
    lacking = [
        (c, o)
        for c, o in judged.outcomes
        if o.state in ("open", "partly") and not o.forecast and not (o.doubt and c.kind == "deduct") and o.low < o.high
    ]
    if not lacking:
        return
    giving = [(c, o) for c, o in lacking if c.kind not in ("deduct", "zero")]
    needed = [
        (c, o)
        for c, o in lacking
        if (c.kind == "deduct" and c.per_unit in ("个百分点", "百分点", "%")) or (c.per is not None and c.lower is not None)
    ]
    wanted = giving or needed or ([] if judged.aligned else lacking)  # of a fault silence says nothing, unless all is silent
    if not wanted:
        return
    nearest = [Quote.of(report, line.start, line.end) for _, o in wanted for line in o.near]
    nearest += [q for _, o in wanted for q in quoted(o.evidence, report)]
    if not nearest:
        nearest = quoted(result.evidence, report)
    figures = [Quote.of(report, f.start, f.end) for _, o in wanted for line in o.near for f in line.figures]
    yield Finding(
        "unsupported-claim",
        "warning",
        row.no,
        message(
            "rescore.unsupported",
            name=row.name.text,
            claimed=number(claimed),
            low=number(result.low),
            conditions="；".join(dict.fromkeys(short(bare(c.condition)) for c, _ in wanted)),
        ),
        tuple(dict.fromkeys([*nearest, *figures])) or (quote(report, row.name), quote(report, row.rule)),
        claimed - result.low,
    )


def _most(low: Decimal, high: Decimal) -> Decimal:
    return max(low, high, ZERO)
