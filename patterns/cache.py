"""Where fuhe keeps what it would otherwise work out anew: entries that are whole, its own and of this version, or none.

An entry is a file of the folder that the system has for caches (FUHE_CACHE names another, FUHE_CACHE=off none). It is written whole or
not at all, carries a checksum, and is ignored where that fails: a cache can cost time, never a result.
"""

from __future__ import annotations

import io
import os
import pickle
import zlib
from collections.abc import Callable, Iterator
from functools import cache
from importlib.util import find_spec
from typing import Any

_HEAD = b"fuhe1\n"
_SUM = 4


def folder() -> str | None:
    """The folder of the cache, None where there is to be none."""
    given = os.environ.get("FUHE_CACHE")
    if given:
        return None if given == "off" else given
    import platformdirs

    return platformdirs.user_cache_dir("fuhe", appauthor=False)


def load(name: str) -> bytes | None:
    """What an entry holds, None where there is none, or one that is cut short, changed or not fuhe's."""
    root = folder()
    if root is None:
        return None
    try:
        with open(os.path.join(root, name), "rb") as stream:
            data = stream.read()
    except (OSError, ValueError):
        return None
    body = data[len(_HEAD) + _SUM:]
    return body if data.startswith(_HEAD) and data[len(_HEAD):len(_HEAD) + _SUM] == zlib.crc32(body).to_bytes(_SUM, "big") else None


def save(name: str, body: bytes) -> None:
    """Keep an entry. A folder that cannot be written to costs the time of working it out again, nothing else."""
    root = folder()
    if root is None:
        return
    path = os.path.join(root, name)
    part = f"{path}.{os.getpid()}.part"
    try:
        os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
        with open(part, "wb") as stream:
            stream.write(_HEAD + zlib.crc32(body).to_bytes(_SUM, "big") + body)
        os.replace(part, path)
    except (OSError, ValueError):
        return


def objects(name: str, make: Callable[[], Any]) -> Any:
    """What `make` makes, taken from an entry where there is one. It is made of fuhe's own classes and Python's plain ones.

    The name says what it depends on: a stamp of the code that makes it, a digest of what it is made from.
    """
    body = load(name)
    if body is not None:
        try:
            return _Unpickler(io.BytesIO(body)).load()
        except Exception:  # made by other classes than today's
            pass
    made = make()
    save(name, pickle.dumps(made, protocol=5))
    return made


class _Unpickler(pickle.Unpickler):
    """Takes fuhe's own classes and decimals, nothing else that a foreign entry might name."""

    def find_class(self, module: str, name: str) -> Any:
        if module.partition(".")[0] in ("audit", "extractor", "patterns") or (module, name) == ("decimal", "Decimal"):
            found = super().find_class(module, name)
            if isinstance(found, type):
                return found
        raise pickle.UnpicklingError(f"{module}.{name}")


@cache
def stamp(*packages: str) -> str:
    """What changes when the files of a package of fuhe's change: of their names, sizes and times."""
    told = "\n".join(f"{path} {size} {time}" for package in packages for path, size, time in sorted(_files(package)))
    return f"{zlib.crc32(told.encode('utf8', 'surrogateescape')):08x}"


def _files(package: str) -> Iterator[tuple[str, int, int]]:
    found = find_spec(package)
    waiting = list(found.submodule_search_locations or ()) if found else []
    while waiting:
        with os.scandir(waiting.pop()) as entries:
            for entry in entries:
                if entry.is_dir():
                    waiting.append(entry.path)
                elif entry.name.endswith((".py", ".tsv", ".yaml")):
                    told = entry.stat()
                    yield entry.path, told.st_size, told.st_mtime_ns
