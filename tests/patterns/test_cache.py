"""The cache: entries are whole or absent, bounded, and of fuhe's own making."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from patterns import cache


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache of the test's own."""
    monkeypatch.setenv("FUHE_CACHE", str(tmp_path))
    return tmp_path


def test_an_entry_comes_back_whole_or_not_at_all(place: Path) -> None:
    cache.save("a/b.bin", b"body")
    assert cache.load("a/b.bin") == b"body"
    whole = (place / "a" / "b.bin").read_bytes()
    for spoilt in (whole[:-1], whole + b"x", b"", whole[:5], bytes([whole[0] ^ 1]) + whole[1:], whole[:-1] + b"z"):
        (place / "a" / "b.bin").write_bytes(spoilt)
        assert cache.load("a/b.bin") is None
    assert cache.load("none.bin") is None
    assert not list(place.rglob("*.part"))


def test_what_cannot_be_written_leaves_nothing_behind(place: Path) -> None:
    (place / "x.bin").mkdir()
    cache.save("x.bin", b"body")
    assert cache.load("x.bin") is None and [p.name for p in place.iterdir()] == ["x.bin"]


def test_the_longest_unused_go_first(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for k in range(5):
        cache.save(f"{k}.bin", bytes(400 << 10))
        os.utime(place / f"{k}.bin", (k, k))
    assert cache.load("0.bin")  # used now
    monkeypatch.setenv("FUHE_CACHE_MIB", "1")
    cache.trim(str(place))
    assert {p.name for p in place.iterdir()} == {"0.bin", "4.bin"}


def test_the_size_is_looked_at_as_entries_are_written(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FUHE_CACHE_MIB", "1")
    monkeypatch.setattr(cache, "_written", 0)
    for k in range(cache._OFTEN):
        cache.save(f"{k}.bin", bytes(100 << 10))
    assert sum(p.stat().st_size for p in place.iterdir()) <= 1 << 20


def test_a_digest_tells_where_its_parts_end() -> None:
    assert len({cache.digest("ab", "c"), cache.digest("a", "bc"), cache.digest("abc"), cache.digest(b"ab", b"c", b"")}) == 4
    assert cache.digest("ab", "c") == cache.digest(b"ab", b"c")


def test_a_stamp_is_of_the_files_of_a_package() -> None:
    assert cache.stamp("patterns") == cache.stamp("patterns") != cache.stamp("extractor") != cache.stamp("patterns", "extractor")


def test_a_process_looks_unless_another_did_lately(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    looks = []
    monkeypatch.setattr(cache, "trim", looks.append)
    for _ in range(2):
        monkeypatch.setattr(cache, "_written", 0)
        cache.save("a.bin", b"x")
        cache.save("b.bin", b"x")
    assert looks == [str(place)]
    os.utime(place / "looked", (0, 0))
    monkeypatch.setattr(cache, "_written", 0)
    cache.save("a.bin", b"x")
    assert looks == [str(place)] * 2


def test_plain_values_are_kept_and_made_anew_where_they_are_damaged(place: Path) -> None:
    made = []
    def make() -> dict[str, list[int]]:
        made.append(1)
        return {"a": [1, 2]}

    assert cache.values("v", make) == cache.values("v", make) == {"a": [1, 2]} and len(made) == 1
    entry = next(p for p in place.iterdir() if p.name.startswith("v-"))
    entry.write_bytes(entry.read_bytes()[:-1])
    assert cache.values("v", make) == {"a": [1, 2]} and len(made) == 2
