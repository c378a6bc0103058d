"""Where a quote stands in the submitted file, for tools that point at lines: text files only."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from extractor.document import Document

TEXT = {".txt", ".md", ".markdown", ".html", ".htm"}


@dataclass
class Lines:
    """Finds the line of a quote in the file itself; None where the file is not text or writes the words otherwise."""

    document: Document
    _text: str | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        path = Path(self.document.path)
        if path.suffix.lower() not in TEXT:
            return
        try:
            raw = path.read_bytes()
        except OSError:
            return
        for encoding in ("utf-8-sig", "gb18030", "utf-16"):
            try:
                self._text = raw.decode(encoding)
                break
            except UnicodeDecodeError:
                continue

    def line(self, quote: str, start: int) -> int | None:
        """The line (from 1) of a quote; among several places, the one at the same share of the text as in the document."""
        if self._text is None or not quote.strip():
            return None
        first = max((part for part in quote.split() if part), key=len)
        at = self._text.find(first)
        places: list[int] = []
        while at >= 0 and len(places) < 1000:
            places.append(at)
            at = self._text.find(first, at + 1)
        if not places:
            return None
        share = start / max(1, len(self.document.text)) * len(self._text)
        best = min(places, key=lambda p: abs(p - share))
        return self._text.count("\n", 0, best) + 1
