"""The whole audit of two fixtures against golden.json, so that no score or finding changes unseen.

After a change that is meant: pytest tests/audit/test_golden.py --update-golden, and read the diff before committing it.
"""

from __future__ import annotations

import json
from typing import Any

import pytest

import audit
from audit.outputs.json import to_json
from tests.gold import FIXTURES


def essence(name: str) -> dict[str, Any]:
    data = to_json(audit.run(FIXTURES / name / "report.txt"))
    return {
        "stated_total": data["stated_total"], "claimed_total": data["claimed_total"], "rescored": {k: data["rescored"][k] for k in ("low", "high")},
        "coverage": data["coverage"],
        "indicators": [{k: i[k] for k in ("no", "name", "weight", "claimed", "low", "high", "verdict", "reason")} for i in data["indicators"]],
        "findings": [{k: f[k] for k in ("code", "severity", "indicator", "message", "quotes")} for f in data["findings"]],
    }


@pytest.mark.parametrize("name", ["qingpu-2021", "binjiang-2021"])
def test_the_audit_is_the_golden_one(name: str, pytestconfig: pytest.Config) -> None:
    file = FIXTURES / name / "golden.json"
    now = essence(name)
    if pytestconfig.getoption("--update-golden"):
        file.write_text(json.dumps(now, ensure_ascii=False, indent=1) + "\n", encoding="utf8")
    kept = json.loads(file.read_text(encoding="utf8"))
    kept["findings"] = [{k: v for k, v in f.items() if k != "fingerprint"} for f in kept["findings"]]
    assert now == kept
