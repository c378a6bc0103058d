"""The catalogue of findings: complete in both languages, explained on the command line, and the page in docs is generated from it."""

from __future__ import annotations

from pathlib import Path

import pytest

from audit.cli import main
from audit.findings import CATALOGUE, in_order, page
from audit.messages import message
from audit.model import Finding, Quote


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_code_is_explained_in_both_languages(lang: str) -> None:
    assert all(x.title(lang) and x.when(lang) and x.example(lang) and x.remedy(lang) for x in CATALOGUE.values())


def test_the_page_is_generated() -> None:
    assert (Path(__file__).parents[2] / "docs/findings.md").read_text(encoding="utf8") == page("en")


def test_explain_prints_an_entry_and_refuses_an_unknown_code(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "parts-mismatch"]) == 0
    assert "合计" in capsys.readouterr().out
    assert main(["explain", "no-such-code"]) == 2


def test_findings_stand_worst_first_then_by_place_and_each_once() -> None:
    def one(severity: str, at: int) -> Finding:
        return Finding("parts-mismatch", severity, None, message("checks.no_table"), (Quote(at, at + 1, "x"),))  # type: ignore[arg-type]

    late, early, warning = one("error", 9), one("error", 2), one("warning", 1)
    assert in_order([warning, late, early, late]) == (early, late, warning)
