"""JUnit XML: a test case per indicator and one for the report as a whole; a finding of severity error is a failure.

Format: the schema that Jenkins' xUnit plug-in publishes as junit-10.xsd; warnings and notes go to system-out.
"""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree import ElementTree as ET

from audit import provenance
from audit.messages import say
from audit.model import Audit
from audit.outputs.view import FindingView, IndicatorView, interval, number, plain, view


def render(audits: Audit | Sequence[Audit], lang: str = "zh") -> str:
    """Audits as JUnit XML: a suite each."""
    all_of_them = [audits] if isinstance(audits, Audit) else list(audits)
    top = ET.Element("testsuites")
    for audit in all_of_them:
        _suite(top, audit, lang)
    return _whole(top)


def join(parts: Sequence[str]) -> str:
    """Files of one report each as one file."""
    top = ET.Element("testsuites")
    for part in parts:
        top.extend(ET.fromstring(part))
    return _whole(top)


def _whole(top: ET.Element) -> str:
    for key in ("tests", "failures", "errors"):
        top.set(key, str(sum(int(suite.get(key, "0")) for suite in top)))
    ET.indent(top)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(top, encoding="unicode") + "\n"


def _suite(top: ET.Element, audit: Audit, lang: str) -> None:
    v = view(audit, lang)
    cases: list[tuple[IndicatorView | None, list[FindingView]]] = [(None, [f for f in v.findings if f.no is None])]
    known = {i.no for i in v.indicators}
    cases[0][1].extend(f for f in v.findings if f.no is not None and f.no not in known)
    cases += [(i, [f for f in v.findings if f.no == i.no]) for i in v.indicators]
    failed = sum(any(f.severity == "error" for f in found) for _, found in cases)
    counts = {"tests": str(len(cases)), "failures": str(failed), "errors": "0"}
    suite = ET.SubElement(top, "testsuite", {"name": say("ci.suite", lang, file=v.file), **counts, "skipped": "0", "time": "0"})
    properties = ET.SubElement(suite, "properties")
    for key, value in provenance.to_json(audit).items():
        if isinstance(value, str):
            ET.SubElement(properties, "property", {"name": f"fuhe.{key}", "value": plain(value)})
    for indicator, found in cases:
        name = say("ci.document", lang)
        if indicator:
            name = say("ci.case", lang, no=indicator.no, name=indicator.name)
        case = ET.SubElement(suite, "testcase", {"name": name[:300], "classname": f"fuhe.{v.file}", "time": "0"})
        errors = [f for f in found if f.severity == "error"]
        if errors:
            failure = ET.SubElement(case, "failure", {"message": errors[0].message[:1000], "type": errors[0].code})
            failure.text = "\n".join(_lines(errors, lang))
        told = []
        if indicator:
            told.append(say("ci.claim", lang, claimed=number(indicator.claimed) or "–", interval=interval(indicator.low, indicator.high),
                            proposed=number(indicator.proposed), verdict=indicator.verdict_label, reason=indicator.reason))
        told += _lines([f for f in found if f.severity != "error"], lang)
        if told:
            ET.SubElement(case, "system-out").text = "\n".join(told)


def _lines(findings: list[FindingView], lang: str) -> list[str]:
    out = []
    for f in findings:
        out.append(f"{f.severity} {f.code}: {f.message}")
        out += [f"  “{p.quote}”" + (f" ({say('labels.page_of', lang, page=p.page)})" if p.page else "") for p in f.passages]
    return out
