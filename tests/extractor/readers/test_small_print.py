"""Small print set high in a picture of a line: told by what is read without it."""

from __future__ import annotations

import pytest

numpy = pytest.importorskip("numpy")

from extractor.readers.small_print import tell_marks  # noqa: E402

EM, FOOT = 20, 24


def drawn(sizes: list[tuple[int, int]]) -> tuple[object, object, list[tuple[float, float, float, float]]]:
    """A line of blocks, each so high and standing so far above the foot; every block is a character of its own."""
    ink = numpy.zeros((34, len(sizes) * EM + EM), numpy.uint8)
    boxes = []
    for k, (high, lift) in enumerate(sizes):
        x = k * EM + EM // 2
        ink[FOOT - lift - high:FOOT - lift, x + 4:x + 14] = 255
        boxes.append((float(x), 2.0, float(x + EM), 30.0))
    return 255 - ink, ink, boxes


@pytest.mark.parametrize(("text", "raised", "rest", "marked"), [
    ("共863人到会", 3, "共86人到会", [3]),
    ("共86¹人到会", 3, "共86 人到会", [3]),
    ("共863人到会", 3, "共863人到会", []),  # passed over by both readings: nothing to take away
])
def test_what_is_not_read_without_the_mark_is_the_mark(text: str, raised: int, rest: str, marked: list[int]) -> None:
    grey, dark, boxes = drawn([(10, 9) if k == raised else (20, 0) for k in range(len(text))])
    said, sure, after, doubts = tell_marks(grey, dark, text, [0.99] * len(text), boxes, lambda _: rest)
    assert said == text and not doubts and min(sure) == 0.99
    assert [k for k, (a, b) in enumerate(zip(boxes, after, strict=True)) if a != b] == marked


def test_a_small_digit_on_the_line_puts_its_number_in_doubt() -> None:
    grey, dark, boxes = drawn([(20, 0), (20, 0), (20, 0), (9, 0), (20, 0), (20, 0)])
    _, sure, after, doubts = tell_marks(grey, dark, "共863人到", [0.99] * 6, boxes, lambda _: "共86人到")
    assert after == boxes and doubts == ["863人到"]
    assert sure == [0.99, 0.5, 0.5, 0.5, 0.99, 0.99]


def test_a_line_of_even_print_is_read_once() -> None:
    grey, dark, boxes = drawn([(20, 0)] * 6)

    def read(_: object) -> str:
        raise AssertionError("nothing to look at again")

    assert tell_marks(grey, dark, "共863人到", [0.99] * 6, boxes, read)[0] == "共863人到"


def test_an_exponent_that_was_passed_over_is_read_by_itself() -> None:
    grey, dark, boxes = drawn([(20, 0), (20, 0), (20, 0), (10, 9), (20, 0), (20, 0)])
    boxes = boxes[:3] + boxes[4:]
    text, _, after, _ = tell_marks(grey, dark, "共6m和到", [0.99] * 5, boxes, lambda picture: "3" if picture.shape[0] < 20 else "共6m和到")
    assert text == "共6m3和到" and after[3][3] - after[3][1] < 12
