"""Document numbers: every bracket variant, agency codes cut from the words before them, malformed ones told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patterns.document_number import find


@pytest.mark.parametrize(("text", "number", "canonical"), [
    ("（沪环气〔2022〕28号）", "沪环气〔2022〕28号", "沪环气〔2022〕28号"),
    ("根据沪环气[2022]28号文件", "沪环气[2022]28号", "沪环气〔2022〕28号"),
    ("依据沪府规（2021）6号", "沪府规（2021）6号", "沪府规〔2021〕6号"),
    ("按照青府发【2019】10号文", "青府发【2019】10号", "青府发〔2019〕10号"),
    ("印发青府办发(2019)10号", "青府办发(2019)10号", "青府办发〔2019〕10号"),
    ("随青发改〔2021〕135号文一并下达", "青发改〔2021〕135号", "青发改〔2021〕135号"),
    ("青发改 〔2021〕 135 号", "青发改〔2021〕135号", "青发改〔2021〕135号"),
])
def test_bracket_variants(text: str, number: str, canonical: str) -> None:
    (found,) = find(text)
    assert (found.text, found.canonical, found.malformed) == (number, canonical, "")
    assert "".join(text[found.start:found.end].split()) == number


@pytest.mark.parametrize(("text", "wrong"), [
    ("沪环气〔2022）28号", "unpaired brackets"), ("沪环气〔2022〕第28号", "第 before the serial"), ("沪环气〔2022〕028号", "leading zero"),
    ("沪环气2022-28号", "no brackets"),
])
def test_malformed_is_told(text: str, wrong: str) -> None:
    (found,) = find(text)
    assert found.malformed == wrong


@pytest.mark.parametrize("text", ["32-01号地块", "（2021）", "〔2021〕28号", "2号线", "2021年第47期", "GB 18613-2020"])
def test_no_document_number(text: str) -> None:
    assert list(find(text)) == []


@given(st.text(alphabet="沪环气〔〕（）2021号第文8 根据", max_size=200))
def test_places_are_exact(text: str) -> None:
    for n in find(text):
        assert "".join(text[n.start:n.end].split()) == n.text
        assert 1900 <= n.year <= 2099
