"""Expressions compiled when first used and kept: they match as `re` and `regex` do, and a spoilt cache changes nothing."""

from __future__ import annotations

import ast
import copy
import pickle
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from patterns import cache, expressions

ROOT = Path(__file__).parents[2]
SAMPLES = [(r"(?P<n>\d+(?:\.\d+)?)\s*(?P<u>[万亿]?[吨元])", 0), ("(?:第|共)[一二三四五六七八九十]+", 0), ("^kwh$", re.I), ("a.c", re.S), (r"\w+", re.ASCII),
           ("(?i:MW)(?=时)|(?<!不)合格", 0), ("(一)(二)?\\1", 0)]
TEXTS = ["用煤75.87万吨，支出3元", "共十二家，第三", "KWH", "a\nc", "abc中文", "5mw时，不合格、合格", "一一", "一二一", ""]


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A cache of the test's own, and no memory of others."""
    monkeypatch.setenv("FUHE_CACHE", str(tmp_path))
    _forget()
    yield tmp_path
    _forget()


def _forget() -> None:
    for f in (expressions.compile, expressions.long, expressions._known):
        f.cache_clear()  # type: ignore[attr-defined]
    expressions._fresh.clear()


def _told(pattern: str, flags: int) -> list[object]:
    made = expressions.compile(pattern, flags)
    return [made.flags, made.groups, dict(made.groupindex), *([(m.span(), m.groups(), m.groupdict(), m.lastgroup) for m in made.finditer(t)] for t in TEXTS)]


@pytest.mark.parametrize(("pattern", "flags"), SAMPLES)
def test_an_expression_matches_as_re_does_before_and_after_it_was_kept(kept: Path, pattern: str, flags: int) -> None:
    made = re.compile(pattern, flags)
    wanted = [made.flags, made.groups, dict(made.groupindex),
              *([(m.span(), m.groups(), m.groupdict(), m.lastgroup) for m in made.finditer(t)] for t in TEXTS)]
    assert _told(pattern, flags) == wanted
    expressions.keep()
    _forget()
    assert _told(pattern, flags) == wanted
    assert not expressions._fresh  # it was not compiled again


@given(st.from_regex(re.compile(r"(?:[ab中]|\[[a-c]+\]|\((?:\?:)?[ab]\)|[ab][*+?]){1,6}"), fullmatch=True), st.text("abc中", max_size=8))
def test_the_kept_form_of_any_expression_is_its_compiled_form(pattern: str, text: str) -> None:
    expressions._known().pop(f"re0 {pattern}", None)
    first = expressions._compiled(pattern, 0)
    expressions._known()[f"re0 {pattern}"] = expressions._fresh.pop(f"re0 {pattern}")
    again = expressions._compiled(pattern, 0)
    del expressions._known()[f"re0 {pattern}"]
    for made in (first, again):
        assert [m.span() for m in made.finditer(text)] == [m.span() for m in re.finditer(pattern, text)]


def test_long_expressions_are_those_of_regex(kept: Path) -> None:
    pattern = r"(?P<in>（(?:[^（）]|(?R))*）)"
    wanted = [m.span() for m in regex.finditer(pattern, "甲（乙（丙））丁（戊）")]
    for _ in range(2):
        assert [m.span() for m in expressions.long(pattern).finditer("甲（乙（丙））丁（戊）")] == wanted
        expressions.keep()
        _forget()


@pytest.mark.parametrize("spoil", [lambda b: b[:-1], lambda b: b[:40] + bytes([b[40] ^ 1]) + b[41:], lambda b: b"", lambda b: b"PK\x03\x04" + b, lambda b: b[:10]])
def test_a_spoilt_or_foreign_entry_is_ignored(kept: Path, spoil: object) -> None:
    assert expressions.compile("甲+乙").search("甲甲乙")
    expressions.keep()
    (entry,) = kept.iterdir()
    entry.write_bytes(spoil(entry.read_bytes()))  # type: ignore[operator]
    _forget()
    assert expressions.compile("甲+乙").search("甲甲乙")
    assert expressions._fresh


def test_an_entry_of_other_contents_is_ignored(kept: Path) -> None:
    import marshal

    for body in (b"x", marshal.dumps([1]), marshal.dumps({"re0 甲": marshal.dumps((1, 2))})):
        _forget()
        cache.save(expressions._name(), body)
        assert expressions.compile("甲").search("甲")


def test_what_is_kept_is_bounded(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(expressions, "MOST", 3)
    for k in range(5):
        assert expressions.compile(f"甲{k}").search(f"甲{k}")
        expressions.keep()
        _forget()
        assert len(expressions._known()) <= 3


def test_no_cache_no_entry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _forget()
    monkeypatch.setenv("FUHE_CACHE", "off")
    assert expressions.compile("没有缓存").search("没有缓存")
    expressions.keep()
    monkeypatch.setenv("FUHE_CACHE", str(tmp_path / "a file"))
    (tmp_path / "a file").write_text("in the way")
    cache.save("x/y", b"")
    assert cache.load("x/y") is None
    _forget()


def test_nothing_is_compiled_before_it_is_used(kept: Path) -> None:
    made = expressions.compile("(甲")
    assert made.pattern == "(甲"
    with pytest.raises(re.error):
        made.search("甲")
    assert expressions.compile("乙") is expressions.compile("乙")
    assert copy.deepcopy(pickle.loads(pickle.dumps(expressions.compile("乙+")))).findall("乙乙丙乙") == ["乙乙", "乙"]


def test_every_module_takes_its_expressions_from_here() -> None:
    own = {"expressions.py"}
    for package in ("audit", "extractor", "patterns"):
        for file in sorted((ROOT / package).rglob("*.py")):
            if file.name in own:
                continue
            tree = ast.parse(file.read_text("utf8"))
            plain = {a.name for node in tree.body if isinstance(node, ast.Import) for a in node.names}
            assert not plain & {"re", "regex"}, f"{file.relative_to(ROOT)}: from patterns import expressions as re"
