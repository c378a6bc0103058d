"""Where a package's data files are. As importlib.resources.files, which takes longer to import than the files take to read."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path


def files(package: str) -> Path:
    """The folder of a package."""
    found = find_spec(package)
    if found is None or found.origin is None:
        raise ModuleNotFoundError(package)
    return Path(found.origin).parent
