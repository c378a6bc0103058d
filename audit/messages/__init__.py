"""The catalogue of messages: Chinese and English sentences by key, in zh/*.yaml and en/*.yaml.

A key is `file.name`; a sentence is a str.format pattern whose fields are the same in both languages.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from patterns import cache as kept
from patterns.places import files

LANGUAGES = ("zh", "en")


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence of the catalogue and what is filled in; rendered late, so that the language is the reader's choice."""

    key: str
    values: Mapping[str, object] = field(default_factory=dict)

    def text(self, lang: str = "zh") -> str:
        """The sentence in a language ("zh" or "en")."""
        return say(self.key, lang, **self.values)

    def __str__(self) -> str:
        return self.text()


def message(key: str, **values: object) -> Message:
    """Message(key, values), as a call that reads well; a value may be a Message itself."""
    return Message(key, values)


@cache
def catalogue(lang: str) -> dict[str, str]:
    """All sentences of a language by key, read once and kept in the cache."""
    found: dict[str, str] = kept.values(f"messages-{lang}-{kept.stamp(__name__)}", lambda: _read(lang))
    return found


def _read(lang: str) -> dict[str, str]:
    import yaml

    out: dict[str, str] = {}
    for file in sorted(files(__name__).joinpath(lang).iterdir(), key=lambda f: f.name):
        if file.name.endswith(".yaml"):
            for name, sentence in (yaml.load(file.read_text("utf8"), yaml.CSafeLoader) or {}).items():
                out[f"{file.name[:-5]}.{name}"] = str(sentence)
    return out


def say(key: str, lang: str = "zh", **values: object) -> str:
    """The sentence of a key, filled in. A missing key is a fault of ours and raises KeyError."""
    filled = {k: v.text(lang) if isinstance(v, Message) else v for k, v in values.items()}
    return nested(catalogue(lang)[key].format(**filled))


def nested(text: str) -> str:
    """Chinese quotation marks by their depth: double outside, single within, double again within those (GB/T 15834-2011, 4.8.3.5).

    A text whose marks do not pair (a quote that was cut) stays as it is.
    """
    out, depth = [], 0
    for c in text:
        if c in "“‘":
            out.append("“‘"[depth % 2])
            depth += 1
        elif c in "”’":
            depth -= 1
            out.append("”’"[depth % 2])
        else:
            out.append(c)
        if depth < 0:
            return text
    return "".join(out) if depth == 0 else text
