"""What a text is about: its content words, what they weigh among the rules of an annex, and whether another text says them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache

from patterns import expressions as re
from patterns.dictionary import cut
from patterns.fold import fold
from patterns.places import files

_QUOTES = re.compile("[“”\"‘’'「」『』《》〈〉*]")
_TITLE = re.compile("《[^《》]{2,60}》|〈[^〈〉]{2,60}〉|(?:双随机[”’」]?、?[“‘「]?)?一公开")
_CJK = re.compile("[\u4e00-\u9fff]")
_LETTERS = re.compile("[A-Za-z][A-Za-z0-9.]+|[A-Za-zⅠ-Ⅻ][级类型]")
_LEFT_OVER = re.compile(
    "[的得分计扣加每有且与和或及等并被对为在由把将就以所其各该本全均已了一二三四五六七八九十两个家起例次项达到至从向而不未无是于都没给比高低超少缺满]"
)
_ALL_DONE = re.compile(r"应([^，。；、])尽\1")
LIGHT = 0.35  # the weight of a word that many rules share
SAME, NEAR, PARTLY = 0.9, 0.5, 0.7  # credit of a synonym, of a word of the same kind, of a word that is said in two pieces


def table(name: str) -> list[dict[str, str]]:
    """The rows of patterns/words/NAME.tsv by column name; lines that begin with # are remarks."""
    text = (files("patterns") / "words" / f"{name}.tsv").read_text(encoding="utf8")
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    head = lines[0].split("\t")
    return [dict(zip(head, line.split("\t"), strict=True)) for line in lines[1:]]


@cache
def _listed(name: str) -> frozenset[str]:
    return frozenset(w for row in table(name) for w in row["words"].split())


@cache
def _ties() -> dict[str, dict[str, float]]:
    """Every listed word with the words that may stand for it and their credit."""
    out: dict[str, dict[str, float]] = {}
    for row in table("synonyms"):
        credit = SAME if row["tie"] == "same" else NEAR
        words = row["words"].split()
        for word in words:
            mine = out.setdefault(word, {})
            for other in words:
                if other != word:
                    mine[other] = max(mine.get(other, 0.0), credit)
    return out


@lru_cache(maxsize=10_000)
def plain(text: str) -> str:
    """The folded text without quotation marks; for comparing words, not for places."""
    return _QUOTES.sub("", fold(text).text)


def without_titles(text: str) -> str:
    """A text without the titles of documents (《…》) and the name of a way of checking that is no 公开 (双随机、一公开)."""
    return _TITLE.sub("　", text)


@lru_cache(maxsize=10_000)
def content_words(text: str) -> tuple[str, ...]:
    """The words of a text that say what it is about, in order, each once."""
    seen: dict[str, None] = {}
    words = cut(plain(text).replace("下达到", "下达至"))  # 下|达到
    for word in words:
        if len(word) >= 2 and _CJK.search(word) and word not in _listed("empty") and not word[0].isdigit():
            seen[word] = None
    # Single characters that the dictionary leaves over are often one word of two (维|保): join neighbours.
    singles = "".join(w if len(w) == 1 and _CJK.match(w) else "|" for w in words)
    for piece in _LEFT_OVER.sub("|", singles).split("|"):
        if len(piece) >= 2 and piece not in _listed("empty"):
            seen[piece] = None
    for m in _LETTERS.finditer(plain(text)):
        seen[m[0]] = None
    return tuple(seen)


@lru_cache(maxsize=20_000)
def says(word: str, text: str) -> float:
    """How surely a plain text says a word, 0 to 1: as written, by a word that may stand for it, in two pieces, or in part."""
    if word in text:
        return 1.0
    if "尽" in text and len(word) == 2 and any(c in word for m in _ALL_DONE.finditer(text) for c in m[1]):
        return SAME  # 应审尽审 says 审查
    best = 0.0
    for other, credit in _strongest(word):
        if other in text:
            best = credit
            break
    if best >= SAME or len(word) < 2:
        return best
    if len(word) == 2:
        return max(best, PARTLY if _apart(word, text) else 0.0)
    if len(word) == 3:
        return max(best, PARTLY if word[:2] in text or word[1:] in text else 0.0)
    told, total = 0.0, 0.0
    for half in _halves(word):
        weigh = LIGHT if light(half) else 1.0  # 专职 says most of 专职人员
        total += weigh
        if half in text or any(other in text for other, credit in _strongest(half) if credit >= SAME):
            told += weigh
    return max(best, SAME * told / total)


@lru_cache(maxsize=10_000)
def _strongest(word: str) -> tuple[tuple[str, float], ...]:
    """The words that may stand for one with their credit, those of most credit first."""
    return tuple(sorted(_ties().get(word, {}).items(), key=lambda tie: -tie[1]))


@lru_cache(maxsize=10_000)
def traces(word: str) -> tuple[tuple[str, ...], ...]:
    """What gives a word away: a text that says it holds every piece of one of these."""
    out: list[tuple[str, ...]] = [(word,), *((other,) for other in _ties().get(word, {}))]
    if len(word) == 2:
        out += [(word[0], word[1]), ("尽", word[0]), ("尽", word[1])]
    elif len(word) == 3:
        out += [(word[:2],), (word[1:],)]
    else:
        out += [(piece,) for half in _halves(word) if half for piece in (half, *_ties().get(half, {}))]
    return tuple(out)


def _halves(word: str) -> tuple[str, str]:
    return word[: len(word) // 2], word[len(word) // 2 :]


def _apart(word: str, text: str) -> bool:
    """Whether a word's two characters stand in a text with one or two others between them."""
    first, last = word[0], word[1]
    at = text.find(first)
    while at >= 0:
        if (text[at + 2:at + 3] == last and _between(text[at + 1])) or (text[at + 3:at + 4] == last and _between(text[at + 1]) and _between(text[at + 2])):
            return True
        at = text.find(first, at + 1)
    return False


def _between(char: str) -> bool:
    return "\u4e00" <= char <= "\u9fff" or char == "、"


class Weights:
    """What a word weighs: rare among the indicators of an annex weighs more. From the annex alone, so that no sentence moves another."""

    def __init__(self, rules: Iterable[str]) -> None:
        self.count = 0
        self.seen: dict[str, int] = {}
        for rule in rules:
            self.count += 1
            for word in content_words(rule):
                self.seen[word] = self.seen.get(word, 0) + 1

    def of(self, word: str) -> float:
        """The weight of a word, above 0 and at most about 1."""
        rare = math.log(1 + self.count / (1 + self.seen.get(word, 0))) / math.log(2 + self.count)
        return max(0.1, rare) * (LIGHT if word in _listed("light") else 1.0)

    def terms(self, text: str, factor: float = 1.0) -> dict[str, float]:
        """The content words of a text with their weights."""
        return {word: factor * self.of(word) for word in content_words(text)}


def cover(terms: Mapping[str, float], *texts: tuple[str, float], known: Mapping[str, float] | None = None) -> float:
    """The share of the terms' weight that the texts say; each text comes with its credit (1 the sentence itself). known: what other texts say
    of each term already (`credits`)."""
    total = sum(terms.values())
    if not total:
        return 0.0
    got = 0.0
    told = [pair for pair in texts if pair[0]]
    if known is None and len(told) == 1:
        text, credit = told[0]
        for word, weight in terms.items():
            got += weight * (credit if word in text else credit * says(word, text))
        return got / total
    for word, weight in terms.items():
        best = known.get(word, 0.0) if known is not None else 0.0
        for text, credit in told:
            if credit > best:
                value = credit if word in text else credit * says(word, text)
                if value > best:
                    best = value
        got += weight * best
    return got / total


def credits(terms: Iterable[str], *texts: tuple[str, float]) -> dict[str, float]:
    """How surely the texts say each term, 0 to 1; each text comes with its credit."""
    return {word: max((credit * says(word, text) for text, credit in texts if text), default=0.0) for word in terms}


@cache
def _aliases() -> tuple[re.Pattern[str], dict[str, str]]:
    names = {a: row["name"] for row in table("aliases") for a in row["also"].split(" ")}
    return re.compile("|".join(re.escape(a) for a in sorted(names, key=len, reverse=True))), names


def by_first_name(text: str) -> str:
    """A text with every name that has another in all offices by that one: 细颗粒物 as PM2.5."""
    pattern, names = _aliases()
    return pattern.sub(lambda m: names[m[0]], text)


def manner(word: str) -> bool:
    """Whether a word only tells how well a thing was done (有力, 到位)."""
    return word in _listed("manner")


def deeds(words: Iterable[str]) -> tuple[str, ...]:
    """Those of some words that name a deed which a clause counts (建成, 举办)."""
    return tuple(w for w in words if w in _listed("deeds"))


def key(word: str) -> bool:
    """Whether a word is the deed or the document that a clause asks for: a sentence must say it or its like."""
    return word in _listed("keys") or (len(word) > 2 and word[-2:] in _listed("keys"))


def light(word: str) -> bool:
    """Whether many rules share a word."""
    return word in _listed("light")
