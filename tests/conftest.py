"""Options of the test run, and a cache of its own."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

CACHE = Path(__file__).parents[1] / ".fuhe-cache" / os.environ.get("PYTEST_XDIST_WORKER", "one")
os.environ["FUHE_CACHE"] = str(CACHE)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write golden.json anew from what the audit gives now")


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    """What other tests read and audited is forgotten: no test sees a result that it did not make."""
    for name in ("reports", "audits", "batch"):
        shutil.rmtree(CACHE / name, ignore_errors=True)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """With FUHE_NO_SKIPS (.ci/run sets it where all is installed that tests look at pages and papers with) a skipped test is a failure."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is not None and os.environ.get("FUHE_NO_SKIPS") and reporter.stats.get("skipped") and session.exitstatus == 0:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
