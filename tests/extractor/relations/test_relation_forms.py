"""Every form reads its example and leaves its counter-example alone."""

from __future__ import annotations

import pytest

from extractor.document import Document
from extractor.relations.forms import Form, forms
from extractor.report import Report, build


def read(text: str) -> Report:
    return build(Document("x.txt", "text", None, text))


def _read_by(text: str, form: Form) -> bool:
    return any(r.form == form.name and r.type == form.type for r in read(text).relations)


SPEAKING = [f for f in forms() if f.type is not None]


@pytest.mark.parametrize("form", SPEAKING, ids=lambda f: f"{f.type}:{f.name}")
def test_example(form: Form) -> None:
    assert form.example, "a form shows what it reads"
    assert _read_by(form.example, form)


@pytest.mark.parametrize("form", [f for f in SPEAKING if f.counter], ids=lambda f: f"{f.type}:{f.name}")
def test_counter(form: Form) -> None:
    assert not _read_by(form.counter, form)


def test_names_are_unique() -> None:
    names = [(f.type, f.name) for f in forms()]
    assert len(set(names)) == len(names)
