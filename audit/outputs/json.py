"""Audit -> the contract's JSON (`fuhe audit --json`). Numbers from the document are strings holding plain decimals."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from audit import provenance
from audit.model import Audit, ClauseResult, Evidence, Finding, IndicatorResult, Quote
from extractor.report import Report


def number(value: Decimal | None) -> str | None:
    """A plain decimal without exponent, None for None."""
    return None if value is None else format(value, "f")


def place(report: Report, quote: Quote) -> dict[str, Any]:
    """A quote with its page, characters and box."""
    box = report.document.bbox(quote.start, quote.end)
    return {"quote": quote.text, "page": report.document.page(quote.start), "start": quote.start, "end": quote.end,
            "bbox": [round(x, 1) for x in box] if box else None}


def evidence(report: Report, item: Evidence) -> dict[str, Any]:
    """A quote with what it speaks for."""
    return place(report, item.quote) | {"against": item.against, "forecast": item.forecast,
                                        "figures": [f.text for f in item.decisive]}


def clause(report: Report, item: ClauseResult, lang: str) -> dict[str, Any]:
    """A clause as the contract writes it, with what the report makes of it."""
    return item.clause.to_json() | {
        "points": number(item.clause.points), "low": number(item.low), "high": number(item.high), "state": item.state,
        "explanation": item.explanation.text(lang) if item.explanation else None,
        "evidence": [evidence(report, e) for e in item.evidence],
    }


def indicator(report: Report, item: IndicatorResult, lang: str) -> dict[str, Any]:
    """One indicator rescored."""
    row = item.row
    return {
        "no": row.no, "domain": row.domain.text, "name": row.name.text, "weight": number(row.weight), "lead": row.lead.text,
        "claimed": number(row.claimed), "low": number(item.low), "high": number(item.high), "proposed": number(item.proposed), "verdict": item.verdict,
        "reason": item.reason.text(lang), "page": report.document.page(row.name.start),
        "clauses": [clause(report, c, lang) for c in item.clauses],
        "unparsed": list(item.rule.unparsed),
        "evidence": [evidence(report, e) for e in item.evidence], **({} if row.form is None else {"form": row.form}),
    }


def finding(report: Report, item: Finding, lang: str) -> dict[str, Any]:
    """One finding with the quotes it rests on."""
    return {
        "code": item.code, "severity": item.severity, "indicator": item.indicator, "message": item.message.text(lang),
        "quotes": [q.text for q in item.quotes], "page": report.document.page(item.quotes[0].start) if item.quotes else None,
        "places": [place(report, q) for q in item.quotes], "points": number(item.points), "fingerprint": item.fingerprint, "likeness": item.likeness,
        "proof": [step.text(lang) for step in item.proof], **({} if item.form is None else {"form": item.form}),
    }


def to_json(audit: Audit, lang: str = "zh") -> dict[str, Any]:
    """The whole audit. lang is the language of messages and reasons ("zh" or "en")."""
    report, cover = audit.report, audit.coverage
    return {
        "provenance": provenance.to_json(audit),
        "document": report.document.as_printed(report.document_json()),
        "scheme": {"id": audit.scheme_id, "source": audit.scheme_source, "district_class": audit.district_class},
        "forms": [{"form": f.form, "project": f.project.text, "stated_total": number(f.stated_total)} for f in report.table.forms],
        "stated_total": number(report.table.stated_total),
        "claimed_total": number(audit.claimed_total),
        "rescored": {"low": number(audit.low), "high": number(audit.high), "proposed": number(audit.proposed)},
        "coverage": {
            "figures": cover.figures, "clauses": cover.clauses, "decided": cover.decided, "open": cover.open,
            "unparsed": cover.unparsed, "rescored": cover.rescored, "indicators": cover.indicators, "problems": cover.problems,
            "points": {k: number(v) for k, v in sorted(cover.points.items())},
        },
        "indicators": [report.document.as_printed(indicator(report, i, lang)) for i in audit.indicators],
        "findings": [report.document.as_printed(finding(report, f, lang)) for f in audit.findings],
    } | ({} if audit.review is None else {"review": review(audit, lang)})


def review(audit: Audit, lang: str) -> dict[str, Any]:
    """The replayed ledger: every decision with its standing, and the findings that were dismissed."""
    assert audit.review is not None
    return {
        "file": audit.review.path, "state": audit.review.state,
        "signatures": [{"state": state, "name": who, "date": when} for state, who, when in audit.review.signatures],
        "decisions": [{
            "line": d.entry.line, "action": d.entry.action, "indicator": d.no if d.no is not None else d.entry.indicator,
            "finding": d.fingerprint or d.entry.finding, "code": d.entry.code, "score": number(d.entry.score), "severity": d.entry.severity,
            "reason": d.entry.reason, "reviewer": d.entry.reviewer, "date": d.entry.date, "second": d.entry.second, "standing": d.standing,
            "why": d.why.text(lang) if d.why else None, "before": None if d.low is None else {"low": number(d.low), "high": number(d.high)},
        } for d in audit.review.decisions],
        "dismissed": [finding(audit.report, f, lang) for f in audit.review.dismissed],
    }
