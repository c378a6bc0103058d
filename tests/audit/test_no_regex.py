"""A sentence is read once, in extractor: the parts of audit that judge import no regular expressions."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

AUDIT = Path(__file__).parents[2] / "audit"
BARE = ("grounds", "rescore", "checks", "forms", "diff", "defence", "said.py", "rounding.py", "slips.py")
STILL_READING: set[str] = set()
REGEX = {"re", "regex", "expressions"}


def modules() -> list[Path]:
    """Every module of the list."""
    found = [f for name in BARE for f in ([AUDIT / name] if name.endswith(".py") else sorted((AUDIT / name).rglob("*.py")))]
    return [f for f in found if f.relative_to(AUDIT).as_posix() not in STILL_READING]


def imported(file: Path) -> set[str]:
    """The top packages that a module imports, anywhere in it."""
    out = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf8"))):
        if isinstance(node, ast.Import):
            out |= {a.name.split(".")[0] for a in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            out.add((node.module or "").split(".")[0])
            out |= {a.name for a in node.names if node.module == "patterns"}  # patterns.expressions is `re`
    return out


@pytest.mark.parametrize("file", modules(), ids=lambda f: f.relative_to(AUDIT).as_posix())
def test_no_module_imports_regular_expressions(file: Path) -> None:
    assert not imported(file) & REGEX


def test_the_exceptions_are_still_needed() -> None:
    assert all(imported(AUDIT / name) & REGEX for name in STILL_READING)
