"""A rule read piece by piece, and what later pieces may lean on: whom it is for, what was said before, which units make a ladder."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

from patterns import expressions as re
from patterns.rules import proportions
from patterns.rules.classes import Whom, whom
from patterns.rules.conditions import RANKED, content
from patterns.rules.draft import Draft, Span
from patterns.rules.levels import is_time, levels
from patterns.rules.points import Token, tokens
from patterns.rules.reading import Reading
from patterns.rules.text import View, depths, pieces


class Builder:
    """Reads one rule, piece by piece, and keeps what later pieces may lean on."""

    def __init__(self, view: View, weight: Decimal | None) -> None:
        self.text, self.view, self.weight = view.text, view, weight
        self.depth = depths(view.text)
        self.formulas = proportions.formulas(view.text)
        self.tokens = [t for t in tokens(view.text) if not any(f.start <= t.start < f.end for f in self.formulas)]
        self.drafts: list[Draft] = []
        self.scope: tuple[str, ...] | None = None
        self.scope_sentence: int | None = None
        self.context: list[Span] = []
        self.absorbed: list[Span] = []
        self.free: list[Span] = []
        found = levels(view.text, 0, len(view.text))
        self.timed = Counter(x.unit for x in found if is_time(x.unit) and not x.exact)
        self.laddered = Counter(x.unit for x in found if re.search(r"\d", view.text[x.start:x.end]))
        named = whom(view.text)
        self.rest_only = all(view.text[w.start] == "其" for w in named) and bool(RANKED.search(view.text))
        self.classes = {w.applies for w in named}

    def build(self) -> list[Draft]:
        """The drafts in the order of the text."""
        at = 0
        for index, piece in enumerate(pieces(self.text)):
            inside: list[Token] = []
            while at < len(self.tokens) and self.tokens[at].start < piece.end:
                if self.tokens[at].start >= piece.start:
                    inside.append(self.tokens[at])
                at += 1
            if self.scope_sentence is not None and piece.sentence != self.scope_sentence:
                self.scope, self.scope_sentence = None, None
            Reading(self, piece, index, inside).read()
        return self.drafts

    def whom(self, start: int, end: int) -> list[Whom]:
        """The class phrases of a stretch; 其余各区 in a rule that names nobody else is the rest of a ranking, no class."""
        return [] if self.rest_only else whom(self.text, start, end)

    def content(self, spans: list[Span]) -> str:
        """The words of some spans that say something, class phrases and fillers taken out."""
        return content(self.text, spans, self.whom)
