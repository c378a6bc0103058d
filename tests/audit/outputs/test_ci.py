"""JUnit, SARIF and GitHub annotations against their schemas and grammar."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest
from handmade import NARRATIVE, make_audit, make_report, quote, say
from lxml import etree

from audit.model import Audit
from audit.outputs import github, junit, sarif

pytestmark = pytest.mark.usefixtures("words")

SCHEMAS = Path(__file__).parent / "schemas"


def junit_of(audit: Audit, lang: str = "zh") -> etree._Element:
    root = etree.fromstring(junit.render(audit, lang).encode())
    etree.XMLSchema(etree.parse(SCHEMAS / "junit-4.xsd")).assertValid(root)
    return root


def sarif_of(audit: Audit, lang: str = "zh") -> dict:
    log = json.loads(json.dumps(sarif.to_sarif(audit, lang)))
    schema = json.loads((SCHEMAS / "sarif-2.1.0-rtm.5.json").read_text("utf8"))
    jsonschema.Draft4Validator(schema).validate(log)
    return log


def test_junit_fits_the_schema_and_counts_indicators_with_errors(sample: Audit, hostile: Audit) -> None:
    root = junit_of(sample)
    assert (root.get("tests"), root.get("failures")) == ("5", "1")
    [failed] = root.xpath("//testcase[failure]")
    assert "节水型企业创建" in failed.get("name") and "云溪化工1家尚在公示期" in failed.findtext("failure")
    assert "parts-mismatch" in root.xpath("//testcase")[0].findtext("system-out")
    assert junit_of(hostile, "en").get("failures") == "2"


def test_junit_has_no_character_that_xml_forbids() -> None:
    report = make_report(NARRATIVE.replace("全年建成", "全\x00年\x1b建成"))
    junit_of(make_audit(report))


def test_sarif_fits_the_schema(sample: Audit, hostile: Audit) -> None:
    run = sarif_of(sample)["runs"][0]
    assert [r["level"] for r in run["results"]] == ["error", "warning", "note"]
    assert [r["ruleId"] for r in run["results"]] == [run["tool"]["driver"]["rules"][r["ruleIndex"]]["id"] for r in run["results"]]
    assert run["results"][0]["locations"][0]["logicalLocations"][0]["fullyQualifiedName"] == "indicator 2"
    sarif_of(hostile, "en")


def test_sarif_and_github_point_at_the_line_of_the_file(tmp_path: Path) -> None:
    report = make_report()
    file = tmp_path / "云溪区.txt"
    file.write_text("\ufeff# 页眉\r\n\r\n" + report.text.replace("\n", "\r\n"), encoding="utf8", newline="")
    audit = make_audit(make_report(path=str(file)))
    lines = file.read_text("utf-8-sig").splitlines()
    result = sarif_of(audit)["runs"][0]["results"][0]
    region = result["locations"][0]["physicalLocation"]["region"]
    assert region["snippet"]["text"] in lines[region["startLine"] - 1]
    first = github.render(audit).splitlines()[0]
    assert first.startswith("::error file=") and f",line={region['startLine']}," in first


def test_a_file_without_lines_gets_no_region(sample: Audit) -> None:
    document = replace(sample.report.document, path="云溪区.pdf", format="pdf")
    audit = replace(sample, report=replace(sample.report, document=document))
    for result in sarif_of(audit)["runs"][0]["results"]:
        assert all("region" not in place["physicalLocation"] for place in result["locations"])
    assert ",line=" not in github.render(audit)


def test_no_text_of_the_document_becomes_a_workflow_command() -> None:
    narrative = NARRATIVE.replace("云溪化工1家尚在公示期", "云溪化工1家尚在公示期\n::add-mask::x\r\n%0A::stop-commands::y")
    audit = make_audit(make_report(narrative))
    told = replace(audit.findings[0], message=say("首行\n::error::假\r%0A"), quotes=(quote(audit.report, "公示期\n::add-mask::x"),))
    shown = github.render(replace(audit, findings=(told,)))
    assert shown.count("\n") == 1 and shown.count("::") == 2 + shown.split("::", 2)[2].count("::")
    assert "%250A" in shown and "\r" not in shown
