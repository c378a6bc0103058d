"""Stops where another drafter writes commas: 应巡1,896次。实巡1,824次。完成率96.2%。

A sentence of one short clause with one figure goes on with the matter of the sentence before it, and so does one that begins with the word
that ties its figures to it.
"""

from __future__ import annotations

from dataclasses import replace

from extractor.relations.tagged import Tagged
from patterns import expressions as re

_SENTENCE = re.compile("([。；])(?=([^。；]*))")
_FIGURE = re.compile("[\ue000-\ue00d][\ue100-\uf8ff][\U00100000-\U0010fffd]")
_NUMBER = re.compile(r"\s*(?:[（(]?\d{1,2}[）)．.、]|[（(]?[一二三四五六七八九十]{1,3}[）)、])?\s*")
_HANGS = re.compile("(?:[比较](?!例|为)|同比|环比|占|其中|分别|依次|合计|共计|其余|余下|剩余|剩下|尚余|[按以][^，。；]{2,20}[计算]，)")  # no sentence of its own begins so
_LONGEST = 24  # characters of a sentence that goes on


def without_stops(tagged: Tagged) -> Tagged | None:
    """The text with commas for the stops before sentences that go on, whose numbers (2.) are left out; None where there is none."""
    text, numbers = list(tagged.text), []
    for m in _SENTENCE.finditer(tagged.text):
        number = _NUMBER.match(m[2])
        own = m[2][number.end():] if number else m[2]
        if _goes_on(own):
            text[m.start()] = "，"
            if number and number[0]:
                numbers.append((m.end(), m.end() + number.end()))
    joined = "".join(text)
    return None if joined == tagged.text else replace(tagged, text=joined).without(numbers)


def _goes_on(sentence: str) -> bool:
    """Whether a sentence is one short clause with one figure, or hangs on the one before by its first word."""
    if _HANGS.match(sentence):
        return True
    return len(_FIGURE.findall(sentence)) == 1 and len(sentence) <= _LONGEST and re.search("[，：、]", sentence) is None
