"""Cited documents: 《title》 and document numbers, paired where one stands beside the other."""

from __future__ import annotations

from collections.abc import Iterable

from extractor.document import Document
from extractor.report import Citation
from patterns import document_number
from patterns import expressions as re

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?=\s?年|[-—~－至版）)])")
_BETWEEN = re.compile(r"[\s（(，,]{0,3}(?:文号|发文字号)?[：:]?\s?")
_LONGEST_TITLE = 200


def titles(text: str) -> list[tuple[int, int]]:
    """Outermost 《…》 of a text, nested ones inside; one that does not close within a paragraph and 200 characters is none."""
    out: list[tuple[int, int]] = []
    depth, start = 0, 0
    for k, c in enumerate(text):
        if c == "《":
            if depth == 0:
                start = k
            depth += 1
        elif c == "》" and depth:
            depth -= 1
            if depth == 0 and k - start <= _LONGEST_TITLE:
                out.append((start, k + 1))
        elif c == "\n" or (depth and k - start > _LONGEST_TITLE):
            depth = 0
    return out


def citations(document: Document, stretches: Iterable[tuple[int, int]]) -> tuple[Citation, ...]:
    """The citations in stretches of a document's text, in reading order."""
    out: list[Citation] = []
    for begin, stop in stretches:
        text = document.text[begin:stop]
        named = titles(text)
        numbers = [n for n in document_number.find(text) if not any(a < n.start and n.end < b for a, b in named)]
        used: set[int] = set()
        for a, b in named:
            mate = next((k for k, n in enumerate(numbers) if k not in used and 0 <= n.start - b <= 8
                         and _BETWEEN.fullmatch(text, b, n.start)), None)
            if mate is None:  # 青府发〔2022〕5号《…》
                mate = next((k for k, n in enumerate(numbers) if k not in used and 0 <= a - n.end <= 2
                             and not text[n.end:a].strip("文 （(")), None)
            title = re.sub(r"\s+", "", text[a + 1:b - 1])
            if mate is None:
                year = _YEAR.search(title)
                out.append(Citation(None, title, int(year[1]) if year else None, text[a:b], begin + a, begin + b))
                continue
            used.add(mate)
            n = numbers[mate]
            first, last = min(a, n.start), max(b, n.end)
            if text[last:last + 1] in ("）", ")") and _opened(text[first:last]):
                last += 1
            out.append(Citation(n.text, title, n.year, text[first:last], begin + first, begin + last))
        out += [Citation(n.text, None, n.year, text[n.start:n.end], begin + n.start, begin + n.end)
                for k, n in enumerate(numbers) if k not in used]
    return tuple(sorted(out, key=lambda c: c.start))


def _opened(text: str) -> bool:
    outside = re.sub(r"《.*》", "", text, flags=re.S)
    return outside.count("（") + outside.count("(") > outside.count("）") + outside.count(")")
