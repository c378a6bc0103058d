"""What sentences say of their figures, as tests/cases/relations.txt has it."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from extractor.document import Document
from extractor.relations import Relation
from extractor.report import Report, build

FILE = Path(__file__).parents[2] / "cases" / "relations.txt"
LINES = [line for line in FILE.read_text(encoding="utf8").splitlines() if "=>" in line and not line.startswith("#")]


def _names(report: Report) -> dict[int, str]:
    """Each figure as printed; the second one printed alike has #2."""
    seen: Counter[str] = Counter()
    out = {}
    for f in report.figures:
        seen[f.text] += 1
        out[f.index] = f.text if seen[f.text] == 1 else f"{f.text}#{seen[f.text]}"
    return out


def _sum(total: str, parts: list[str]) -> str:
    return f"{total}={'+'.join(sorted(p.partition('#')[0] for p in parts))}"


def written(r: Relation, n: dict[int, str]) -> str:
    """A relation in the notation of the file."""
    def at(k: int | None) -> str:
        return "" if k is None else n[k]

    if r.type == "parts":
        return "parts " + _sum(at(r.total), [n[k] for k in r.parts])
    if r.type == "ratio":
        return f"ratio {at(r.part)}/{at(r.whole)}={at(r.percent)}"
    if r.type == "growth":
        return f"growth {at(r.now)}<{at(r.before)}{' ' + at(r.percent) if r.percent is not None else ''}"
    if r.type == "goal":
        return f"goal {at(r.target)}>{at(r.actual)}"
    if r.type == "count":
        return f"count {at(r.figure)}[{'、'.join(x.text.strip('《》“”') for x in r.listed)}]"
    return "same " + "~".join(sorted(n[k] for k in r.members))


def _normal(piece: str) -> str:
    kind, _, rest = piece.strip().partition(" ")
    if kind == "parts":
        total, _, parts = rest.partition("=")
        return "parts " + _sum(total, parts.split("+"))
    if kind == "same":
        return "same " + "~".join(sorted(rest.split("~")))
    return f"{kind} {rest}"


@pytest.mark.parametrize("line", LINES, ids=lambda x: x[:24])
def test_case(line: str) -> None:
    text, _, wanted = line.partition("=>")
    report = build(Document("x.txt", "text", None, text.strip()))
    names = _names(report)
    read = {written(r, names) for r in report.relations}
    for piece in filter(None, (p.strip() for p in wanted.split(";"))):
        if piece.startswith("!"):
            assert not [r for r in read if r.startswith(piece[1:] + " ")]
        elif piece.startswith("count") and "[" in piece:
            figure, _, listed = piece.partition("[")
            found = [r for r in read if r.startswith(figure + "[")]
            assert found and found[0].count("、") == listed.count("、")
        else:
            assert _normal(piece) in read
