"""Where words are said: which of many texts say a word, found by the pairs of characters that they hold instead of text by text."""

from __future__ import annotations

from collections.abc import Sequence

from patterns.content import says, traces


class Texts:
    """A list of plain texts that is asked for words. What it answers is what `says` and `in` answer for each text."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.texts = texts
        self._at: dict[str, list[int]] = {}
        self._said: dict[str, dict[int, float]] = {}
        for k, text in enumerate(texts):
            for piece in {*text, *map("".join, zip(text, text[1:], strict=False))}:
                self._at.setdefault(piece, []).append(k)

    def holding(self, piece: str) -> Sequence[int]:
        """The numbers of the texts that hold a piece, ascending."""
        found = self._at.get(piece[:2], ())
        return found if len(piece) <= 2 else [k for k in found if piece in self.texts[k]]

    def saying(self, word: str) -> dict[int, float]:
        """How surely each text says a word, by its number; texts that do not are left out."""
        found = self._said.get(word)
        if found is None:
            near: set[int] = set()
            for pieces in traces(word):
                near |= set.intersection(*(set(self.holding(p)) for p in pieces))
            found = {k: credit for k in sorted(near) if (credit := says(word, self.texts[k]))}
            self._said[word] = found
        return found
