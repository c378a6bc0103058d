"""Where fuhe keeps what it would otherwise work out anew: entries that are whole, its own and of this version, or none.

An entry is a file of the folder that the system has for caches (FUHE_CACHE names another, FUHE_CACHE=off none). It is written whole or
not at all, carries a checksum, and is ignored where that fails: a cache can cost time, never a result.
"""

from __future__ import annotations

import os
import zlib

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
