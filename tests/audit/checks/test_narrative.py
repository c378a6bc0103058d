"""All checks that need no score, on a few sentences."""

from __future__ import annotations

from pathlib import Path

from audit.checks import run_checks
from audit.model import Finding
from extractor import read

HEAD = "云溪区人民政府\n\n云溪区2022年度安全生产目标责任自查报告\n\n一、工作情况\n\n1.有关情况。"
WRONG = (
    "新供地块26块（商办8块、工业5块、科研3块、住宅9块、保障房2块）。",
    "依据《关于同意试点的批复》（云建〔2023〕48号），软件园于2022年7月26日取得试点证书。",
    "完成评估7家（禾润新材料、川岳化工、瑞屿电子、丰汀食品、港砺铸造、衡泽生物）。",
)


def findings_of(folder: Path, text: str) -> list[Finding]:
    file = folder / "report.txt"
    file.write_text(HEAD + text + "\n", encoding="utf8")
    return run_checks(read(file), [], [], None, "other")


def test_every_family_is_asked(tmp_path: Path) -> None:
    assert {f.code for f in findings_of(tmp_path, "".join(WRONG))} == {"parts-mismatch", "anachronism", "count-mismatch", "no-score-table"}


def test_quotes_are_exact_substrings(tmp_path: Path) -> None:
    text = (HEAD + "".join(WRONG))
    for f in findings_of(tmp_path, "".join(WRONG)):
        assert all(q.text in text for q in f.quotes)


def test_every_error_has_its_proof(tmp_path: Path) -> None:
    errors = [f for f in findings_of(tmp_path, "".join(WRONG)) if f.severity == "error"]
    assert errors and all(len(f.proof) >= 3 for f in errors)
