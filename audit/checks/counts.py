"""Stated counts against the names beside them: 4家（甲、乙、丙、丁）, 甲、乙、丙三家."""

from __future__ import annotations

from decimal import Decimal

from audit.messages import Message, message
from audit.rounding import Interval, is_count, lower, printed
from audit.said import Outcome, Said
from extractor.relations.model import Name, Relation

CODE = "count-mismatch"
PLACES = frozenset("镇乡村县区市道")  # 街道, 社区
JOINING = ("以及", "和", "及", "与", "暨")  # inside a name: it may be two


def least(listed: tuple[Name, ...]) -> int:
    """How few items the names may be, each 和 between two of them taken for a part of one name."""
    return len(listed) - (0 if of_one_make(listed) else sum(name.joined for name in listed))


def of_one_make(listed: tuple[Name, ...]) -> bool:
    """Whether every name ends alike: 城东加油站、宏达加油站和顺发加油站 are three, not two."""
    names = [n.text.strip("“”‘’「」《》 ") for n in listed]
    return len(names) > 1 and (all(len(n) > 2 and n[-1] == names[0][-1] for n in names) or all(len(n) > 2 and n[-1] in PLACES for n in names))


def most(listed: tuple[Name, ...]) -> int:
    """How many items the names may be, each word that can join two of them taken for one that does."""
    return len(listed) + sum(any(may_join(name.text, word) for word in JOINING) for name in listed)


def may_join(name: str, word: str) -> bool:
    """Whether two characters at least stand on either side of a joining word: 业务和人员, but not 昭和电工."""
    at = name.find(word)
    return at >= 2 and len(name) - at - len(word) >= 2


def judge(said: Said, relation: Relation) -> Outcome | None:
    """The number of names against the stated count. An open list may leave some out; only a closed one is all of them.

    None where the figure counts no whole things, and where fewer than half of them are named: those are examples.
    """
    if relation.figure is None or not relation.listed:
        return None
    figure = said.figure(relation.figure)
    stated, number = printed(figure), lower(figure)
    if stated is None or number is None or not is_count(figure) or number > 2 * most(relation.listed):
        return None
    follows = Interval(Decimal(least(relation.listed)), Decimal(most(relation.listed)))
    fits = follows.meets(stated) or (not relation.closed and follows.low <= stated.high)
    return Outcome("consistent" if fits else "inconsistent", relation.figure, (), stated, follows, Decimal(len(relation.listed)))


def explain(said: Said, relation: Relation, outcome: Outcome) -> Message:
    """The finding's sentence."""
    figure, named = said.figure(outcome.disputed), len(relation.listed)
    number = lower(figure) or Decimal(0)
    return message("checks.count" if relation.closed else "checks.count_open", stated=figure.text, named=named, difference=abs(int(number) - named))


def derive(said: Said, relation: Relation, outcome: Outcome) -> Message:
    """The names, counted."""
    return message("proof.names", named=len(relation.listed), names="、".join(n.text for n in relation.listed))
