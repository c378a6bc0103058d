"""Where fuhe keeps what it would otherwise work out anew: entries that are whole, its own and of this version, or none.

An entry is a file of the folder that the system has for caches (FUHE_CACHE names another, FUHE_CACHE=off none). It is written whole or
not at all, carries a checksum, and is ignored where that fails: a cache can cost time, never a result. Its name says all that it depends
on, so that nothing in it is ever out of date. Together the entries take at most MOST bytes (FUHE_CACHE_MIB): the longest unused go.
"""

from __future__ import annotations

import os
import sys
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache
from importlib.util import find_spec
from typing import Any

_HEAD = b"fuhe1\n"
_SUM = 4
MOST = 512 << 20  # bytes
_OFTEN = 64  # entries written between two looks at the size
_LATELY = 600  # seconds: whoever looked this long ago at most has looked for all
_written = 0


def folder() -> str | None:
    """The folder of the cache, None where there is to be none."""
    given = os.environ.get("FUHE_CACHE")
    if given:
        return None if given == "off" else given
    if sys.platform == "linux" and "ANDROID_DATA" not in os.environ:  # as platformdirs says, which takes as long to import as ten entries to read
        home = os.environ.get("XDG_CACHE_HOME", "").strip() or os.path.expanduser("~/.cache")
        return os.path.join(home, "fuhe")
    import platformdirs

    return platformdirs.user_cache_dir("fuhe", appauthor=False)


def load(name: str) -> bytes | None:
    """What an entry holds, None where there is none, or one that is cut short, changed or not fuhe's."""
    root = folder()
    if root is None:
        return None
    path = os.path.join(root, name)
    try:
        with open(path, "rb") as stream:
            data = stream.read()
    except (OSError, ValueError):
        return None
    body = memoryview(data)[len(_HEAD) + _SUM:]
    if not data.startswith(_HEAD) or data[len(_HEAD):len(_HEAD) + _SUM] != zlib.crc32(body).to_bytes(_SUM, "big"):
        return None
    with suppress(OSError):
        os.utime(path)  # used now
    return bytes(body)


def mapped(name: str) -> memoryview | None:
    """What an entry holds, as pages that are read from the file when they are looked at. Nothing but its length is checked here: whoever takes
    a part of it checks that part."""
    import mmap

    root = folder()
    if root is None:
        return None
    path = os.path.join(root, name)
    try:
        with open(path, "rb") as stream:
            whole = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
    except (OSError, ValueError):
        return None
    with suppress(OSError):
        os.utime(path)
    return memoryview(whole)[len(_HEAD) + _SUM:] if whole[:len(_HEAD)] == _HEAD else None


def save(name: str, body: bytes) -> None:
    """Keep an entry. A folder that cannot be written to costs the time of working it out again, nothing else."""
    global _written
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
        with suppress(OSError, ValueError):
            os.unlink(part)
        return
    _written += 1
    if _written % _OFTEN == 0 or (_written == 1 and not _looked(root)):
        trim(root)


def _looked(root: str) -> bool:
    """Whether somebody looked at the size lately; else it is noted that somebody does now. A full cache takes long to look through."""
    path = os.path.join(root, "looked")
    with suppress(OSError):
        if 0 <= time.time() - os.stat(path).st_mtime < _LATELY:
            return True
    with suppress(OSError):
        with open(path, "wb"):
            pass
        os.utime(path)
    return False


def trim(root: str) -> None:
    """Remove the entries that were longest unused until the rest fits."""
    try:
        most = int(os.environ.get("FUHE_CACHE_MIB", "")) << 20
    except ValueError:
        most = MOST
    found = []
    for place, _, names in os.walk(root):
        for name in names:
            with suppress(OSError):
                told = os.stat(os.path.join(place, name))
                found.append((told.st_mtime_ns, told.st_size, os.path.join(place, name)))
    size = sum(f[1] for f in found)
    for _, own, path in sorted(found):
        if size <= most:
            return
        with suppress(OSError):
            os.unlink(path)
        size -= own


def objects(name: str, make: Callable[[], Any]) -> Any:
    """What `make` makes, taken from an entry where there is one. It is made of fuhe's own classes and Python's plain ones.

    The name says what it depends on: a stamp of the code that makes it, a digest of what it is made from.
    """
    from patterns import pickled

    body = load(name)
    if body is not None:
        try:
            return pickled.unpacked(body)
        except Exception:  # made by other classes than today's
            pass
    made = make()
    save(name, pickled.packed(made))
    return made


def values(name: str, make: Callable[[], Any]) -> Any:
    """The same of what is made of Python's plain values alone: read in a tenth of the time. A change of Python makes it anew."""
    import marshal

    name = f"{name}-{sys.implementation.cache_tag}.bin"
    body = load(name)
    if body is not None:
        try:
            return marshal.loads(body)
        except (EOFError, ValueError, TypeError):
            pass
    made = make()
    save(name, marshal.dumps(made))
    return made


def table(name: str, make: Callable[[], Any], *paths: str) -> Any:
    """The same of what is made of some files, the module that makes it among them: their names, sizes and times tell when to make it anew."""
    told = []
    for path in paths:
        with suppress(OSError):
            found = os.stat(path)
            told.append(f"{path} {found.st_size} {found.st_mtime_ns}")
    return values(f"{name}-{zlib.crc32('|'.join(told).encode('utf8', 'surrogateescape')):08x}", make) if len(told) == len(paths) else make()


def digest(*parts: str | bytes) -> str:
    """A name for some contents: the first half of the SHA-256 of their lengths and bytes."""
    from hashlib import sha256

    whole = sha256()
    for part in parts:
        data = part.encode("utf8", "surrogatepass") if isinstance(part, str) else part
        whole.update(b"%d " % len(data))
        whole.update(data)
    return whole.hexdigest()[:32]


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
