"""SARIF 2.1.0 (OASIS): a result per finding, a rule per code, for code-scanning dashboards.

A text file's result points at a line; for formats with pages the page stands in the message and the properties.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote as percent

from audit import __version__, provenance
from audit.findings import CATALOGUE
from audit.messages import say
from audit.model import Audit
from audit.outputs.lines import Lines
from audit.outputs.view import FindingView, number, view

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
LEVEL = {"error": "error", "warning": "warning", "info": "note"}


def to_sarif(audits: Audit | Sequence[Audit], lang: str = "zh") -> dict[str, Any]:
    """Audits as one SARIF log with one run. Dismissed findings are results that a reviewer suppressed."""
    all_of_them = [audits] if isinstance(audits, Audit) else list(audits)
    views = [view(a, lang) for a in all_of_them]
    codes = list(dict.fromkeys(f.code for v in views for f in (*v.findings, *v.dismissed)))
    results, artifacts = [], []
    for index, (audit, v) in enumerate(zip(all_of_them, views, strict=True)):
        uri, lines = _uri(audit.report.document.path), Lines(audit.report.document)
        artifacts.append({"location": {"uri": uri}, "hashes": {"sha-256": provenance.digest(audit)}, "properties": {
            "claimed": number(v.claimed), "low": number(v.low), "high": number(v.high), "proposed": number(v.proposed),
            "provenance": provenance.to_json(audit)}})
        results += [_result(f, codes.index(f.code), uri, index, lines, lang) for f in (*v.findings, *v.dismissed)]
    run = {
        "tool": {"driver": {"name": "fuhe", "version": __version__, "rules": [_rule(c, lang) for c in codes]}},
        "artifacts": artifacts,
        "results": results,
        "columnKind": "unicodeCodePoints",
        "language": {"zh": "zh-CN", "en": "en"}[lang],
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def join(logs: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Logs of one report each as one log with one run."""
    rules: dict[str, dict[str, Any]] = {r["id"]: r for log in logs for r in log["runs"][0]["tool"]["driver"]["rules"]}
    order = list(rules)
    artifacts: list[Any] = []
    results: list[Any] = []
    for log in logs:
        run = json.loads(json.dumps(log["runs"][0]))
        for result in run["results"]:
            result["ruleIndex"] = order.index(result["ruleId"])
            for place in (*result["locations"], *result.get("relatedLocations", ())):
                place["physicalLocation"]["artifactLocation"]["index"] += len(artifacts)
        artifacts += run["artifacts"]
        results += run["results"]
    head = logs[0]["runs"][0] if logs else to_sarif([])["runs"][0]
    driver = head["tool"]["driver"] | {"rules": list(rules.values())}
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [head | {"tool": {"driver": driver}, "artifacts": artifacts, "results": results}]}


def _rule(code: str, lang: str) -> dict[str, Any]:
    known = CATALOGUE[code]
    return {"id": code, "shortDescription": {"text": known.title(lang)}, "fullDescription": {"text": known.when(lang)},
            "help": {"text": known.remedy(lang)}, "defaultConfiguration": {"level": LEVEL[known.severities[0]]}}


def _result(f: FindingView, index: int, uri: str, artifact: int, lines: Lines, lang: str) -> dict[str, Any]:
    message = f.message
    if f.page:
        message += f" ({say('labels.page_of', lang, page=f.page)})"
    whole: dict[str, Any] = {"physicalLocation": {"artifactLocation": {"uri": uri, "index": artifact}}}
    places = [_place(uri, artifact, p.quote, p.start, lines) for p in f.passages] or [whole]
    out: dict[str, Any] = {
        "ruleId": f.code, "ruleIndex": index, "level": LEVEL[f.severity], "message": {"text": message or f.code},
        "locations": places[:1], "partialFingerprints": {"fuhe/v2": f.likeness + (f"-{f.no}" if f.no is not None else "")},
        "properties": {"indicator": f.no, "pages": [p.page for p in f.passages], "points": number(f.points) or None},
    }
    if f.no is not None:
        places[0]["logicalLocations"] = [{"name": f.indicator or str(f.no), "fullyQualifiedName": f"indicator {f.no}", "kind": "member"}]
    if places[1:]:
        out["relatedLocations"] = [{"id": k, **p} for k, p in enumerate(places[1:], 1)]
    if f.dismissed:
        out["suppressions"] = [{"kind": "external", "status": "accepted", "justification": f.decision or f.code}]
    return out


def _place(uri: str, artifact: int, quote: str, start: int, lines: Lines) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": {"uri": uri, "index": artifact}}
    line = lines.line(quote, start)
    if line:
        physical["region"] = {"startLine": line, "snippet": {"text": quote}}
    return {"physicalLocation": physical}


def _uri(path: str) -> str:
    """A relative path with forward slashes, percent-encoded; an absolute one outside the working folder as file:."""
    at = Path(path)
    if at.is_absolute():
        try:
            at = at.relative_to(Path.cwd())
        except ValueError:
            return at.as_uri()
    return percent(at.as_posix())
