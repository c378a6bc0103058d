"""What holds the house together: imports one way, no file of the project reaches outside it."""

from __future__ import annotations

import ast
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LAYERS = ("patterns", "extractor", "audit")  # each may import those before it
TOP = frozenset((*LAYERS, "tests", "fixtures", "benchmarks", "docs", "scripts", ".ci", ".gitignore", ".pre-commit-hooks.yaml", "pyproject.toml", "fuhe.py",
                 "README.md", "README.zh-CN.md", "CHANGELOG.md", "LICENSE"))


def imported(file: Path) -> set[str]:
    """The top packages that a module imports, at any depth of its code."""
    out = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf8"))):
        if isinstance(node, ast.Import):
            out |= {a.name.split(".")[0] for a in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            out.add((node.module or "").split(".")[0])
    return out


@pytest.mark.parametrize("package", LAYERS)
def test_imports_go_one_way(package: str) -> None:
    later = set(LAYERS[LAYERS.index(package) + 1:])
    for file in (ROOT / package).rglob("*.py"):
        assert not imported(file) & later, f"{file.relative_to(ROOT)} imports {imported(file) & later}"


def test_nothing_needs_a_folder_outside_the_project() -> None:
    for folder in ("patterns", "extractor", "audit", "tests", "benchmarks", "scripts", ".ci"):
        for file in (ROOT / folder).rglob("*"):
            if file.suffix in (".py", ".yaml", ".txt", "") and file.is_file() and file != Path(__file__):
                assert "../shared" not in file.read_text(encoding="utf8", errors="replace"), file


def test_nothing_else_is_kept_at_the_top() -> None:
    try:
        kept = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, encoding="utf8", check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("no git clone: what is kept cannot be told")
    assert {name.strip('"').partition("/")[0] for name in kept.splitlines()} <= TOP
