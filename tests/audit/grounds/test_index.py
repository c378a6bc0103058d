"""The index of texts answers what `says` and `in` answer text by text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from audit.grounds.index import Texts, Words
from patterns.content import _ties, says

WORDS = [*list(_ties())[:60], "垃圾分类", "整改", "率", "完成情况", "示范区", "PM2.5"]
TEXTS = st.lists(st.lists(st.one_of(st.sampled_from(WORDS), st.text("整改垃圾、分类示范了完成，情况率", max_size=4)), max_size=6).map("".join), max_size=8)


@given(TEXTS, st.sampled_from(WORDS))
def test_a_word_is_found_where_it_is_said(texts: list[str], word: str) -> None:
    found = Texts(texts).saying(word)
    assert found == {k: says(word, t) for k, t in enumerate(texts) if says(word, t)}


@given(TEXTS, st.text("整改垃圾、分类示范", min_size=1, max_size=4))
def test_a_piece_is_found_where_it_stands(texts: list[str], piece: str) -> None:
    assert list(Texts(texts).holding(piece)) == [k for k, t in enumerate(texts) if piece in t]


@given(st.lists(st.sampled_from(WORDS), max_size=8), TEXTS.map("".join))
def test_the_words_of_a_text_are_those_that_it_says(words: list[str], text: str) -> None:
    assert Words(words).said(text) == {w: says(w, text) for w in words if says(w, text)}
