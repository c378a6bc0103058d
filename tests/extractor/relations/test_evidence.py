"""How much a repeated number and the words about it say (extractor/relations/evidence.py)."""

from __future__ import annotations

from extractor.relations.evidence import Weights, repeats, suffices
from extractor.relations.tagged import Label

SENTENCES = {0: "全县建成文化驿站14家", 1: "驿站开放日14家", 2: "发放图书三百册", 3: "发放门票", 4: "发放手册", 5: "还剩6座水闸没有加固"}


def test_rare_words_weigh_more_than_common_ones() -> None:
    w = Weights(SENTENCES, {}, {})
    assert w.weigh({"驿站"}) > w.weigh({"发放"}) > 0


def test_what_is_left_is_known_in_other_words() -> None:
    w = Weights(SENTENCES, {}, {})
    a, b = w.place(Label("还剩", ""), "座", 5, None), w.place(Label("", "未加固"), "座", 4, None)
    assert w.told(a, b)[0] >= 3


def test_the_row_names_a_bare_number() -> None:
    w = Weights(SENTENCES, {7: "文化驿站建设"}, {})
    assert w.told(w.place(Label("文化驿站", ""), "家", 0, None), w.place(Label("", ""), "家", 99, 7))[0] > 0


def test_an_uncommon_number_names_itself_and_a_small_one_needs_a_name() -> None:
    assert suffices(5, "人", 2, 0, 0) and suffices(4, "人", 2, 0, 1) and not suffices(4, "个", 2, 0, 0)
    assert not suffices(2, "家", 2, 0, 0) and suffices(2, "家", 2, 3, 0)
    assert not suffices(1, "家", 2, 3, 0) and suffices(1, "家", 2, 7, 0)
    assert not suffices(1, "次", 2, 9, 0) and not suffices(2, "%", 2, 3, 0)


def test_a_cell_repeats_the_only_place_that_tells_its_number() -> None:
    assert repeats(2, "家", 2, 0, 0, False)
    assert not repeats(1, "家", 2, 0, 0, False) and repeats(1, "家", 2, 0, 0, True)
    assert not repeats(1, "分", 2, 9, 0, False) and not repeats(2, "家", 4, 0, 0, False)
