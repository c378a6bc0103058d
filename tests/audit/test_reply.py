"""A corrected report against the opinion: what was mended is told from what stands and from what is new."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import audit
from audit import review
from audit.cli import main
from tests.gold import FIXTURES

TEXT = (FIXTURES / "linhu-2022" / "report.txt").read_text(encoding="utf8")


def test_point_by_point(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old, new, ledger = tmp_path / "原.txt", tmp_path / "改.txt", tmp_path / "记录.yaml"
    old.write_text(TEXT, encoding="utf8")
    result = audit.run(old)
    errors = [f for f in result.findings if f.severity == "error"]
    share = next(f for f in errors if f.code == "percentage-mismatch")
    bound = review.binding_of(result)
    decisions = "".join(f"  - {{问题: {f.fingerprint}, 处理: 认可, 理由: 属实, 复核人: 王敏}}\n" for f in errors)
    ledger.write_text(f"报告: {{区: {bound.district}, 年度: {bound.year}, 文件: {bound.file}}}\n决定:\n{decisions}", encoding="utf8")
    new.write_text(TEXT.replace("56.2%", "54.2%"), encoding="utf8")
    assert main(["reply", str(old), str(ledger), str(new), "--json", str(tmp_path / "答复.json")]) == 1
    states = {p["fingerprint"]: p["state"] for p in json.loads((tmp_path / "答复.json").read_text(encoding="utf8"))["points"]}
    assert states[share.fingerprint] == "gone" and set(states.values()) == {"gone", "stands"} and len(states) == len(errors)
    assert "已改正" in capsys.readouterr().out
    assert all(p == "stands" for p in {**_states(old, ledger, old, tmp_path)}.values())


def _states(old: Path, ledger: Path, new: Path, folder: Path) -> dict[str, str]:
    target = folder / "再答.json"
    main(["reply", str(old), str(ledger), str(new), "--json", str(target)])
    return {p["fingerprint"]: p["state"] for p in json.loads(target.read_text(encoding="utf8"))["points"]}
