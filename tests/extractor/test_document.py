"""Addresses of characters."""

from __future__ import annotations

from array import array

from extractor.document import Block, Document, Places

TEXT = "甲乙丙丁\n戊"
PLACES = Places(array("i", [1, 1, 1, 2, 0, 2]),
                array("f", [10, 10, 20, 20, 20, 10, 30, 20, 10, 30, 20, 40, 10, 5, 20, 15, 0, 0, 0, 0, 10, 25, 20, 35]), bytes([99, 80, 99, 99, 100, 99]))
DOCUMENT = Document("x", "scan", 2, TEXT, (Block("paragraph", 0, 4), Block("paragraph", 5, 6)), places=PLACES, page_sizes=((100, 100), (100, 100)))


def test_one_piece_per_line_and_page() -> None:
    pieces = DOCUMENT.pieces(0, 6)
    assert [(p.page, p.bbox, p.start, p.end) for p in pieces] == [
        (1, (10, 10, 30, 20), 0, 2), (1, (10, 30, 20, 40), 2, 3), (2, (10, 5, 20, 15), 3, 5), (2, (10, 25, 20, 35), 5, 6)]
    assert [p.block for p in pieces] == [0, 0, 0, 1]


def test_box_is_that_of_the_first_page() -> None:
    assert DOCUMENT.bbox(0, 4) == (10, 10, 30, 40)
    assert DOCUMENT.page(3) == 2 and DOCUMENT.page(4) is None and DOCUMENT.page(99) is None


def test_confidence_is_the_least() -> None:
    assert DOCUMENT.confidence(0, 3) == 80 and DOCUMENT.confidence(2, 3) == 99
    assert Document("x", "text", None, "甲").confidence(0, 1) == 100


def test_without_places() -> None:
    plain = Document("x", "text", None, TEXT, (Block("paragraph", 0, 4), Block("paragraph", 5, 6)))
    assert plain.pieces(5, 6) == ((None, None, 1, 5, 6),) and plain.bbox(0, 2) is None
    assert plain.block_at(4) is None
