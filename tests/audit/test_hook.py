"""The pre-commit hook: one line per finding that fails a file, the worst status over all files."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

import audit
from audit import hook
from audit.model import Audit
from patterns.errors import UnusableInput

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def files(sample: Audit, monkeypatch: pytest.MonkeyPatch) -> None:
    """坏.txt is unusable, every other file is the hand-made report."""
    def run(path: str, scheme: str | None = None) -> Audit:
        if path == "坏.txt":
            raise UnusableInput(path, "读不了", "换一份")
        return sample

    monkeypatch.setattr(audit, "run", run)


def test_status_and_lines(files: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert hook.main(["甲.txt", "乙.txt"]) == 1
    assert [line.split()[:3] for line in capsys.readouterr().out.splitlines()] == [
        ["甲.txt:", "error", "score-mismatch"], ["乙.txt:", "error", "score-mismatch"]]
    assert hook.main(["--fail-on", "warning", "甲.txt"]) == 1 and capsys.readouterr().out.count("\n") == 2
    assert hook.main(["--fail-on", "never", "甲.txt"]) == 0
    assert hook.main(["坏.txt", "甲.txt"]) == 2 and "坏.txt" in capsys.readouterr().err
    assert hook.main([]) == 0


def test_what_is_selected_ignored_and_settled_in_the_project_holds_here_too(files: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
                                                                            capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(tmp_path)
    assert hook.main(["--ignore", "score-mismatch", "甲.txt"]) == 0
    assert hook.main(["--select", "total-mismatch", "甲.txt"]) == 0
    assert hook.main(["--select", "没有这种", "甲.txt"]) == 2 and "没有这种" in capsys.readouterr().err
    (tmp_path / "fuhe.toml").write_text('ignore = ["score-mismatch"]\n', "utf8")
    assert hook.main(["甲.txt"]) == 0
    assert hook.main(["--ignore", "anachronism", "甲.txt"]) == 1  # the call goes before the settings


def test_the_hook_that_is_published_is_this_one() -> None:
    [published] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf8"))
    assert published["entry"] == f"python -m {hook.__name__}" and published["language"] == "python"
