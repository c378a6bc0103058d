"""An error is a proof: every error of the annotated reports tells its steps, in both languages."""

from __future__ import annotations

import pytest

import audit
from tests.gold import CASES, FIXTURES


@pytest.mark.parametrize("name", CASES)
def test_every_error_has_its_proof(name: str) -> None:
    errors = [f for f in audit.run(FIXTURES / name / "report.txt").findings if f.severity == "error"]
    bare = [(f.code, f.message.text()) for f in errors if len(f.proof) < 2]
    assert not bare
    for f in errors:
        assert all(step.text("zh") and step.text("en") for step in f.proof)
