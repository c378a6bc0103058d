"""Where a run keeps what it made of each report: one file on disk, so that a thousand reports take no more memory than ten."""

from __future__ import annotations

import json
import tempfile
import zlib
from typing import Any


def pack(facts: dict[str, Any], whole: dict[str, Any]) -> bytes:
    """A result for keeping: the overview's facts, which are read often, apart from all the rest."""
    head = json.dumps(facts, ensure_ascii=False, separators=(",", ":")).encode("utf8", "surrogatepass")
    rest = zlib.compress(json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode("utf8", "surrogatepass"), 1)
    return len(head).to_bytes(8, "big") + head + rest


def facts_of(packed: bytes) -> dict[str, Any]:
    """The overview's facts of a packed result."""
    out: dict[str, Any] = json.loads(packed[8:8 + int.from_bytes(packed[:8], "big")].decode("utf8", "surrogatepass"))
    return out


def whole_of(packed: bytes) -> dict[str, Any]:
    """All of a packed result."""
    out: dict[str, Any] = json.loads(zlib.decompress(packed[8 + int.from_bytes(packed[:8], "big"):]).decode("utf8", "surrogatepass"))
    return out


class Store:
    """Packed results of one run, by the place at which each was put."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile(prefix="fuhe-")  # noqa: SIM115 (it lives as long as the run's result)

    def put(self, packed: bytes) -> tuple[int, int]:
        """Keep a result; its place."""
        at = self._file.seek(0, 2)
        self._file.write(packed)
        return at, len(packed)

    def get(self, place: tuple[int, int]) -> bytes:
        """The result at a place."""
        self._file.seek(place[0])
        return self._file.read(place[1])
