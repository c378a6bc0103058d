"""Where words are said: which of many texts say a word, and which of many words a text says, by the pairs of characters that both hold."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from patterns.content import says, traces


class Texts:
    """A list of plain texts that is asked for words. What it answers is what `says` and `in` answer for each text."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.texts = texts
        self._at: dict[str, list[int]] = {}
        self._said: dict[str, dict[int, float]] = {}
        for k, text in enumerate(texts):
            for piece in _pieces(text):
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


class Words:
    """Many words that a text is asked for. What it answers is what `says` answers for each word."""

    def __init__(self, words: Iterable[str]) -> None:
        self._by: dict[str, list[str]] = {}
        for word in dict.fromkeys(words):
            for key in {pieces[0][:2] for pieces in traces(word)}:
                self._by.setdefault(key, []).append(word)

    def said(self, text: str) -> dict[str, float]:
        """The words that a text says, and how surely; in no order."""
        near = {word for piece in _pieces(text) for word in self._by.get(piece, ())}
        return {word: credit for word in near if (credit := says(word, text))}


def _pieces(text: str) -> set[str]:
    """A text's characters and pairs of characters."""
    return {*text, *map("".join, zip(text, text[1:], strict=False))}
