"""The text is the one that Python's own writer makes."""

from __future__ import annotations

import json
from enum import IntEnum
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.outputs.plain_json import text

VALUES = st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
                      lambda inner: st.lists(inner) | st.lists(inner).map(tuple) | st.dictionaries(st.text(), inner), max_leaves=30)


@given(VALUES)
def test_it_is_what_python_writes(value: Any) -> None:
    assert text(value) == json.dumps(value, ensure_ascii=False, indent=1)


class Level(IntEnum):
    ONE = 1


@pytest.mark.parametrize("value", [{1: "a", None: [True]}, [Level.ONE], {"a": type("Name", (str,), {})("b")}])
def test_other_kinds_are_left_to_python(value: Any) -> None:
    assert text(value) == json.dumps(value, ensure_ascii=False, indent=1)
