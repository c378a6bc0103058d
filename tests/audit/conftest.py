"""The hand-made audits as fixtures."""

from __future__ import annotations

import handmade
import pytest

from audit.model import Audit


@pytest.fixture
def words(monkeypatch: pytest.MonkeyPatch) -> None:
    """A catalogue key that says what it is given, so that messages can be made up."""
    import audit.messages as messages

    real = messages.catalogue
    monkeypatch.setattr(messages, "catalogue", lambda lang: {**real(lang), "test.words": "{words}"})


@pytest.fixture
def sample(words: None) -> Audit:
    """The audit made by hand."""
    return handmade.make_audit()


@pytest.fixture
def hostile(words: None) -> Audit:
    """The audit of a document that would like to run."""
    return handmade.make_hostile()
