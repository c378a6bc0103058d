"""The pytest plugin: expected.yaml beside a report, under pytest's own pytester."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

pytest_plugins = "pytester"

EXPECTED = """\
# 云溪区：人工核过
report: 报告.txt
total: {claimed: "12", stated: "12.0", low: "6", high: "11"}
scores:
  2: {claimed: "3", high: "2", verdict: contradicted}
findings:
  - {code: score-mismatch, indicator: 2, quotes: [公示期]}
no_findings:
  - {code: double-claimed}
"""


@pytest.fixture(autouse=True)
def real_run() -> Iterator[None]:
    """The project's conftest replaces audit.run and the catalogue in this very process: put them back."""
    import audit
    from audit import messages

    kept = audit.run, messages.catalogue
    yield
    audit.run, messages.catalogue = kept


@pytest.fixture
def project(pytester: pytest.Pytester) -> pytest.Pytester:
    """A project with one report; audit.run gives the hand-made audit, so that this tests the plugin alone."""
    pytester.makeconftest(f"""
        import sys
        sys.path.insert(0, {str(Path(__file__).parent)!r})
        import audit, audit.messages as messages, handmade
        real = messages.catalogue
        messages.catalogue = lambda lang: {{**real(lang), "test.words": "{{words}}"}}
        audit.run = lambda path, scheme=None, district=None: handmade.make_audit(path=path)
    """)
    pytester.path.joinpath("报告.txt").write_text("…", encoding="utf8")
    return pytester


def expect(project: pytest.Pytester, text: str, *arguments: str) -> pytest.RunResult:
    project.path.joinpath("expected.yaml").write_text(text, encoding="utf8")
    return project.runpytest("-p", "no:hypothesispytest", *arguments)


def test_each_expectation_is_a_test(project: pytest.Pytester) -> None:
    result = expect(project, EXPECTED, "-v")
    result.assert_outcomes(passed=4)
    result.stdout.fnmatch_lines(["*total*PASSED*", "*score-2*PASSED*", "*finding-score-mismatch*PASSED*"])


@pytest.mark.parametrize(("before", "after", "told"), [
    ('stated: "12.0"', 'stated: "13"', "stated should be 13, is 12"),
    ("verdict: contradicted", "verdict: verified", "indicator 2: verdict should be verified, is contradicted"),
    ("quotes: [公示期]", "quotes: [没有的话]", "no finding score-mismatch 2"),
    ("{code: double-claimed}", "{code: parts-mismatch, severity: warning}", "there must be no finding parts-mismatch warning"),
    ("  2: {", "  7: {", "there is no indicator 7"),
])
def test_what_differs_is_told(project: pytest.Pytester, before: str, after: str, told: str) -> None:
    assert before in EXPECTED
    result = expect(project, EXPECTED.replace(before, after))
    result.assert_outcomes(passed=3, failed=1)
    result.stdout.fnmatch_lines([f"*{told}*"])
    result.stdout.no_fnmatch_line("*Traceback*")


def test_figures_that_must_and_must_not_be_there(project: pytest.Pytester) -> None:
    result = expect(project, 'report: 报告.txt\nfigures: [{value: "5200", unit: 万立方米}]\nno_figures: [{value: "4", unit: 月}]\n')
    result.assert_outcomes(passed=1, failed=1)  # the hand-made audit has no figures
    result.stdout.fnmatch_lines(["*no figure 5200 万立方米*"])


def test_update_writes_what_the_audit_gives_and_then_passes(project: pytest.Pytester) -> None:
    expect(project, EXPECTED.replace('"11"', '"12"').replace("contradicted", "verified"), "--update-expected").assert_outcomes(passed=1)
    text = project.path.joinpath("expected.yaml").read_text("utf8")
    data = yaml.safe_load(text)
    assert text.startswith("# 云溪区：人工核过\n")
    assert data["total"]["high"] == "11" and list(data["scores"]) == [2] and data["scores"][2]["verdict"] == "contradicted"
    assert [f["code"] for f in data["findings"]] == ["score-mismatch", "parts-mismatch"]
    assert data["no_findings"] == [{"code": "double-claimed"}]
    project.runpytest("-p", "no:hypothesispytest").assert_outcomes(passed=5)


@pytest.mark.parametrize(("text", "told"), [
    ("report: 报告.txt\nscores: {2: {lo: '1'}}\n", "unknown key 'lo'"),
    ("report: 报告.txt\nfindings: []\nreprot: x\n", "unknown key 'reprot'"),
    ("scores: {二: {low: '1'}}\n", "is not an indicator's number"),
])
def test_a_mistake_in_the_file_is_named(project: pytest.Pytester, text: str, told: str) -> None:
    result = expect(project, text)
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines([f"*{told}*"])


def test_the_only_report_beside_it_is_taken_and_two_are_an_error(project: pytest.Pytester) -> None:
    expect(project, "total: {claimed: 12}\n").assert_outcomes(passed=1)
    project.path.joinpath("另一份.pdf").write_bytes(b"%PDF-")
    result = expect(project, "total: {claimed: 12}\n")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*2 reports beside it*"])


def test_another_tools_expected_yaml_is_left_alone(project: pytest.Pytester) -> None:
    assert expect(project, "- name: something else\n").ret == pytest.ExitCode.NO_TESTS_COLLECTED
    assert expect(project, "name: something else\n").ret == pytest.ExitCode.NO_TESTS_COLLECTED
