"""Forms in layouts of different places: every cell, and no error that is not due."""

from __future__ import annotations

from pathlib import Path

import pytest

from audit.pipeline import audit_report
from extractor.readers import read_bytes
from extractor.report import build
from tests.layouts import FILES, Layout, load

LAYOUTS = load(Path(__file__).parents[2] / "cases" / "form_layouts.txt")
OPENING = "某县某局2023年度项目支出绩效自评情况\n\n现将自评情况公开如下。\n\n"


def squash(words: object) -> str:
    return "".join(str(words or "").split())


@pytest.mark.parametrize("kind", FILES)
@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda x: x.name)
def test_cells_and_errors(layout: Layout, kind: str) -> None:
    data = FILES[kind](layout.grid, OPENING)  # type: ignore[call-arg]
    audit = audit_report(build(read_bytes("x", data)))
    rows = {squash(r["name"]): r for r in audit.report.to_json()["indicators"]}
    for wanted in layout.rows:
        assert {k: squash(rows[squash(wanted["name"])][k]) for k in wanted} == {k: squash(v) for k, v in wanted.items()}
    assert set(rows) - {"预算执行率"} == {squash(r["name"]) for r in layout.rows} - {"预算执行率"}
    assert audit.report.to_json()["stated_total"] == layout.total
    table = audit.report.table.rows
    assert [f"{f.code} {table[f.indicator - 1].name.text if f.indicator else ''}".strip() for f in audit.findings if f.severity == "error"] == layout.errors
