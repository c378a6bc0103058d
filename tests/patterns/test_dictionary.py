"""Words cut by the index are the words that jieba cuts, without its being loaded."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import jieba
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from patterns import dictionary

FIXTURES = Path(__file__).parents[2] / "fixtures"
jieba.setLogLevel(60)


def theirs(text: str) -> list[str]:
    """The words as jieba cuts them."""
    return list(jieba.cut(text, HMM=False))


@pytest.mark.parametrize("report", sorted(FIXTURES.glob("*/report.txt")), ids=lambda p: p.parent.name)
def test_a_whole_report_is_cut_as_jieba_cuts_it(report: Path) -> None:
    text = report.read_text("utf8")
    assert dictionary.cut(text) == theirs(text)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.one_of(st.sampled_from(["绿色", "消费", "的", "一体化", "T恤", "卡拉OK", "中华人民共和国", "PM2.5", "\r\n", " ", "，", "３", "𠀀", "A座", "率"]),
                          st.text(max_size=3))).map("".join))
def test_any_text_is_cut_as_jieba_cuts_it(text: str) -> None:
    assert dictionary.cut(text) == theirs(text)


def test_what_the_dictionary_says_of_a_word() -> None:
    assert dictionary.known("检查") and dictionary.known("的")
    assert not dictionary.known("检查了") and not dictionary.known("") and not dictionary.known("人民共")
    assert (dictionary.tag("上海"), dictionary.tag("检查"), dictionary.tag("无此词语")) == ("ns", "vn", "x")


def test_a_spoilt_index_is_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FUHE_CACHE", str(tmp_path))
    try:
        def changed(b: bytes, at: int) -> bytes:
            return b[:at] + bytes([b[at] ^ 1]) + b[at + 1:]

        for spoil in (lambda b: b, lambda b: b[:-100], lambda b: b"", lambda b: changed(b, 2000), lambda b: changed(b, b.index("垃圾".encode()) + 8),
                      lambda b: changed(b, 3)):
            dictionary._index.cache_clear()
            dictionary._bucket.cache_clear()
            dictionary._anew.cache_clear()
            assert dictionary.cut("垃圾分类达标") == ["垃圾", "分类", "达标"]
            (entry,) = tmp_path.glob("wordlist-*")
            whole = entry.read_bytes()
            entry.unlink()  # in place it would change under the one that reads it
            entry.write_bytes(spoil(whole))
    finally:
        dictionary._index.cache_clear()
        dictionary._bucket.cache_clear()


def test_jieba_is_not_loaded() -> None:
    code = "import sys; from patterns.content import content_words; content_words('垃圾分类'); sys.exit('jieba' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=FIXTURES.parent, check=False).returncode == 0
