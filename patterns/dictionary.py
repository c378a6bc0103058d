"""Words: a text cut into the words of jieba's dictionary, as `jieba.cut(text, HMM=False)` cuts it, and what the dictionary says of each.

jieba loads its 350,000 words into memory, which takes longer than a report's whole reading, and its part-of-speech table as long again.
Here the dictionary is one sorted index, kept in fuhe's cache, of which a text takes the few thousand entries that it needs: the words by
their first two characters, each with its frequency and tag. Of the entry, 9 MB, only the pages with those words are read; each key's words have
a checksum of their own, and the keys have one together: what is spoilt is made anew. The way that is chosen through a text is the most probable one, as in jieba.
"""

from __future__ import annotations

import marshal
import os
import sys
from array import array
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.util import find_spec
from math import exp, log
from typing import NamedTuple
from zlib import crc32

from patterns import cache as kept
from patterns import expressions as re

_BLOCK = re.compile(r"([\u4E00-\u9FD5a-zA-Z0-9+#&\._%\-]+)")
_SPACE = re.compile(r"(\r\n|\s)")
_PLAIN = re.compile("[a-zA-Z0-9]")


class _Index(NamedTuple):
    """The dictionary. keys: the first two characters of its words, sorted; ends: where the words of each key end in `words`, a bucket each; sums:
    the checksum of the words of each."""

    keys: memoryview
    ends: memoryview
    sums: memoryview
    words: memoryview
    total: float  # the logarithm of the sum of all frequencies


class _Bucket(NamedTuple):
    """The words of two first characters: the logarithm of each one's frequency, tags, and their lengths, ascending."""

    worth: dict[str, float]
    tags: dict[str, str]
    lengths: tuple[int, ...]


def cut(text: str) -> list[str]:
    """The words of a text in order; joined they are the text."""
    out: list[str] = []
    for block in _BLOCK.split(text):
        if not block:
            continue
        if _BLOCK.match(block):
            out += _cut(block)
            continue
        for piece in _SPACE.split(block):
            out += [piece] if _SPACE.match(piece) else piece
    return out


def known(word: str) -> bool:
    """Whether the dictionary has a word."""
    bucket = _bucket(word[:2])
    return bucket is not None and word in bucket.worth


def frequency(word: str) -> int:
    """How often the dictionary has seen a word, 0 for one that it does not have."""
    bucket = _bucket(word[:2])
    return round(exp(bucket.worth[word])) if bucket is not None and word in bucket.worth else 0


def tag(word: str) -> str:
    """The part of speech that the dictionary gives a word (jieba's letters), "x" where it has none."""
    bucket = _bucket(word[:2])
    return bucket.tags.get(word, "x") if bucket else "x"


def _cut(block: str) -> Iterator[str]:
    total = _index().total
    size = len(block)
    best = [0.0] * (size + 1)
    ends = [0] * size
    for k in range(size - 1, -1, -1):
        top, end = 0.0, 0
        single = _bucket(block[k])
        if single is not None:
            top, end = single.worth[block[k]] - total + best[k + 1], k + 1
        pair = _bucket(block[k:k + 2]) if k + 1 < size else None
        if pair is not None:
            for length in pair.lengths:
                if k + length > size:
                    break
                worth = pair.worth.get(block[k:k + length])
                if worth is not None:
                    value = worth - total + best[k + length]
                    if not end or value >= top:  # of two equal ways the longer word
                        top, end = value, k + length
        if not end:
            top, end = 0.0 - total + best[k + 1], k + 1
        best[k], ends[k] = top, end
    at = 0
    plain = ""
    while at < size:
        word = block[at:ends[at]]
        at = ends[at]
        if len(word) == 1 and _PLAIN.match(word):
            plain += word
            continue
        if plain:
            yield plain
            plain = ""
        yield word
    if plain:
        yield plain


@lru_cache(maxsize=60_000)
def _bucket(start: str) -> _Bucket | None:
    """The words that begin with two characters, or a single character as a word; None where there are none."""
    index = _index()
    key = _key(start)
    at = bisect_left(index.keys, key)
    if at == len(index.keys) or index.keys[at] != key:
        return None
    body = bytes(index.words[index.ends[at - 1] if at else 0:index.ends[at]])
    if crc32(body) != index.sums[at]:
        index = _anew()
        body = bytes(index.words[index.ends[at - 1] if at else 0:index.ends[at]])
    return _Bucket(*marshal.loads(body))


def _key(start: str) -> int:
    """Two characters, or one, as a number."""
    return (ord(start[0]) << 32 if start else 0) | (ord(start[1]) if len(start) > 1 else 0)


@cache
def _index() -> _Index:
    """The index, from the cache or made from jieba's dictionary."""
    whole = kept.mapped(_source()[1])
    found = _taken_apart(whole) if whole is not None else None
    return found if found is not None else _anew()


@cache
def _anew() -> _Index:
    """The index made again: what was kept is spoilt."""
    path, name = _source()
    made = _made(path)
    kept.save(name, made)
    found = _taken_apart(memoryview(made))
    assert found is not None
    return found


def _source() -> tuple[str, str]:
    """jieba's dictionary, and the name of the entry that its index is kept under."""
    found = find_spec("jieba")
    if found is None or not found.submodule_search_locations:
        raise ImportError("jieba is not installed")
    path = os.path.join(found.submodule_search_locations[0], "dict.txt")
    told = os.stat(path)
    return path, f"wordlist-{told.st_size}-{told.st_mtime_ns}-{sys.byteorder}-{sys.implementation.cache_tag}.bin"


_HEAD = 32  # total, number of keys, length of the whole, checksum of the keys' part


def _taken_apart(whole: memoryview) -> _Index | None:
    """The index of what was kept; None where it is cut short or its keys are not what was written."""
    if len(whole) < _HEAD:
        return None
    total, count, length, told = whole[:_HEAD].cast("Q")
    if length != len(whole) or crc32(whole[_HEAD:_HEAD + 16 * count]) != told:
        return None
    ends, sums, words = (_HEAD + size * count for size in (8, 12, 16))
    return _Index(whole[_HEAD:ends].cast("Q"), whole[ends:sums].cast("I"), whole[sums:words].cast("I"), whole[words:], log(total))


def _made(path: str) -> bytes:
    """The index of a dictionary whose lines are `word frequency tag`. A word without a frequency is none."""
    buckets: dict[int, dict[str, tuple[int, str]]] = {}
    total = 0
    with open(path, encoding="utf8") as lines:
        for line in lines:
            word, frequency, *kind = line.strip().split(" ")
            total += int(frequency)
            if int(frequency):
                buckets.setdefault(_key(word[:2]), {})[word] = int(frequency), kind[0] if kind else "x"
    keys, ends, sums, words = array("Q"), array("I"), array("I"), bytearray()
    for key in sorted(buckets):
        found = buckets[key]
        body = marshal.dumps(({w: log(n) for w, (n, _) in found.items()}, {w: kind for w, (_, kind) in found.items()}, tuple(sorted({len(w) for w in found}))))
        words += body
        keys.append(key)
        ends.append(len(words))
        sums.append(crc32(body))
    parts = keys.tobytes() + ends.tobytes() + sums.tobytes()
    return array("Q", [total, len(keys), _HEAD + len(parts) + len(words), crc32(parts)]).tobytes() + parts + bytes(words)
