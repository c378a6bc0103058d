"""Set phrases in which a number counts nothing: 一次性, 双控, 十四五, 五五购物节 … The list is set_phrases.tsv: phrase, example."""

from __future__ import annotations

from functools import cache

from patterns import expressions as re
from patterns.places import files


@cache
def phrases() -> tuple[tuple[str, str], ...]:
    """Every phrase with its example."""
    lines = (files("patterns") / "set_phrases.tsv").read_text(encoding="utf8").splitlines()[1:]
    return tuple((a, b) for a, b in (line.split("\t") for line in lines))


@cache
def _pattern() -> re.Pattern[str]:
    words = sorted({p for p, _ in phrases()}, key=lambda w: (-len(w), w))
    return re.compile("|".join(map(re.escape, words)))


_TITLE = re.compile(r"《[^《》\n]{0,200}(?:《[^《》\n]{0,100}》[^《》\n]{0,100}){0,3}》")
_NAME = re.compile(r"“[^“”%％\n]{1,10}”|\"[^\"%％\n]{1,10}\"|‘[^‘’\n]{1,10}’|「[^「」\n]{1,10}」")


def spans(text: str) -> list[tuple[int, int]]:
    """The stretches whose numbers count nothing: set phrases, document titles, short names in quotes. In order, merged."""
    found = [m.span() for p in (_pattern(), _TITLE, _NAME) for m in p.finditer(text)]
    out: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if out and start < out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out
