"""The word lists of audit/lexicon: synonyms, negation, plans and faults, loaded once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


def rows(name: str) -> list[dict[str, str]]:
    """The rows of audit/lexicon/NAME.tsv by column name; lines that begin with # are remarks."""
    text = files("audit").joinpath("lexicon", f"{name}.tsv").read_text("utf8")
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    head = lines[0].split("\t")
    return [dict(zip(head, line.split("\t"), strict=True)) for line in lines[1:]]


@cache
def synonyms() -> dict[str, tuple[str, ...]]:
    """Every listed word with the words that may stand for it, itself first."""
    out: dict[str, dict[str, None]] = {}
    for row in rows("synonyms"):
        words = row["words"].split(" ")
        for word in words:
            out.setdefault(word, {word: None}).update(dict.fromkeys(words))
    return {word: tuple(others) for word, others in out.items()}


@dataclass(frozen=True, slots=True)
class Patterns:
    """The patterns of one list, joined by kind."""

    by_kind: dict[str, re.Pattern[str]]

    def find(self, kind: str, text: str, start: int = 0) -> re.Match[str] | None:
        """The first place where a pattern of the kind matches."""
        return self.by_kind[kind].search(text, start)


def _patterns(name: str) -> Patterns:
    kinds: dict[str, list[str]] = {}
    for row in rows(name):
        kinds.setdefault(row["kind"], []).append(row["pattern"])
    return Patterns({kind: re.compile("|".join(f"(?:{p})" for p in patterns)) for kind, patterns in kinds.items()})


@cache
def negation() -> Patterns:
    """not (a deed was not done), none (a fault is denied), all (every one)."""
    return _patterns("negation")


@cache
def plans() -> Patterns:
    """plan and forecast."""
    return _patterns("plans")


@cache
def faults() -> dict[str, re.Pattern[str]]:
    """Words of a fault by kind, longest first."""
    return {
        row["kind"]: re.compile("|".join(map(re.escape, sorted(row["words"].split(" "), key=len, reverse=True)))) for row in rows("faults")
    }
