"""The forms of fixtures/forms against their gold: rows, cells, funds, totals, bounds and findings."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from audit.model import Audit, Finding
from audit.pipeline import audit_report
from extractor import read

FOLDERS = sorted(f.parent for f in (Path(__file__).parents[3] / "fixtures" / "forms").glob("*/gold.yaml"))
KEYS = ("name", "target", "actual")


def squash(words: object) -> str:
    return "".join(str(words or "").split())


def load(folder: Path) -> tuple[dict[str, Any], Audit]:
    gold = yaml.safe_load((folder / "gold.yaml").read_text(encoding="utf8"))
    return gold, audit_report(read(folder / gold["document"]))


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda f: f.name)
def test_rows_and_bounds(folder: Path) -> None:
    gold, audit = load(folder)
    wanted = []
    for k, form in enumerate(gold["forms"], 1):
        funds = form["funds"] or {}
        if funds.get("weight"):
            wanted.append((k, {"name": "预算执行率", "target": funds["adjusted"], "actual": funds["executed"], "weight": funds["weight"], "claimed": funds["score"]}))
        wanted += [(k, r) for r in form["rows"]]
    rows = audit.report.table.rows
    assert len(rows) == len(wanted)
    for row, result, (form, want) in zip(rows, audit.indicators, wanted, strict=True):
        assert row.form == (form if len(gold["forms"]) > 1 else None)
        assert {k: squash(getattr(row, k).text) for k in KEYS} == {k: squash(want[k]) for k in KEYS}
        assert (row.weight, row.claimed) == (Decimal(want["weight"]), Decimal(want["claimed"]))
        for end in ("low", "high"):
            if want.get(end) is not None:
                assert abs(getattr(result, end) - Decimal(want[end])) <= Decimal("0.01"), (want["name"], end)
    assert [str(f.stated_total) for f in audit.report.table.forms] == [f["stated_total"] for f in gold["forms"]]
    assert audit.scheme_id == "national/2020"


def named(audit: Audit, finding: Finding) -> str:
    return squash(audit.report.table.rows[finding.indicator - 1].name.text) if finding.indicator else ""


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda f: f.name)
def test_findings(folder: Path) -> None:
    """Every finding of the gold is there with its severity, and no error beside them."""
    gold, audit = load(folder)
    wanted = gold["findings"] or []

    def fits(f: Finding, want: dict[str, Any]) -> bool:
        said = squash("".join(q.text for q in f.quotes))
        where = named(audit, f) == squash(want["row"]) if want["row"] else any(squash(w) in said for w in want["where"])
        return f.code in (want["code"], *(want.get("also") or [])) and where and (f.form or 1) == want["form"]

    for want in wanted:
        assert any(fits(f, want) and (f.severity == want["severity"] or want.get("error_ok")) for f in audit.findings), want
    for f in audit.findings:
        if f.severity == "error":
            assert f.proof and any(fits(f, want) for want in wanted if want["severity"] == "error" or want.get("error_ok")), (f.code, f.message.text())
