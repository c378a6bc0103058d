"""The state of reading one paragraph: what was found in it, and which of its figures are spoken for."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from extractor.relations.forms import Form
from extractor.relations.model import Relation
from extractor.relations.names import Names
from extractor.relations.tagged import Label, Tagged

if TYPE_CHECKING:
    import regex

_FAR = 6  # sentences between a division and a total that it adds up to
_LEAST = 9  # what is not larger adds up by chance
_Key = tuple[object, ...]


@dataclass
class Paragraph:
    """The state of reading one paragraph.

    later: figures that stand in a list after another of their family, series: these and the first ones; inside: figures that were read as parts of a total; shares: as the
    part of a share.
    """

    names: Names
    document: str
    found: list[Relation] = field(default_factory=list)
    seen: set[_Key] = field(default_factory=set)
    later: frozenset[int] = frozenset()
    series: frozenset[int] = frozenset()
    inside: dict[int, int] = field(default_factory=dict)
    shares: set[int] = field(default_factory=set)
    waiting: list[tuple[Tagged, Form, regex.Match[str]]] = field(default_factory=list)

    def topic(self, k: int, reach: int, wanted: Decimal | None) -> int | None:
        """What a division that names no total divides: the figure some sentences before that it adds up to, else the last one of its family
        that is itself no part, not more than `reach` sentences before. wanted: the value that adds up, in base units."""
        figures, family = self.names.figures, self.names.family
        if wanted is not None and wanted > _LEAST:
            for j in range(k - 1, max(-1, k - 40), -1):
                if figures[k].sentence - figures[j].sentence > _FAR:
                    break
                if family[j] == family[k] and figures[j].role == "actual" and self.names.value(j) == wanted:
                    return j
        for j in range(k - 1, max(-1, k - 40), -1):
            if figures[k].sentence - figures[j].sentence > reach:
                return None
            if family[j] == family[k] and figures[j].role == "actual" and not (
                    self.inside.get(j, 0) > (reach > 1) or (reach == 1 and j in self.shares) or j in self.later or j in self.names.past or j in self.names.averages):
                return j
        return None

    def label(self, k: int) -> Label:
        """The words around a figure."""
        return self.names.labels.get(k, Label("", ""))

    def add(self, relation: Relation) -> bool:
        """Note a relation; whether it is a new one."""
        key: _Key = (relation.type, tuple(sorted((k, v if isinstance(v, int) else tuple(sorted(v))) for k, v in relation.slots.items())))
        if key in self.seen or any(_within(relation, r) for r in self.found if r.type == relation.type):
            return False
        self.seen.add(key)
        self.found = [r for r in self.found if r.type != "parts" or relation.type != "parts" or not _within(r, relation)]  # a list read from its start
        self.found.append(relation)
        if relation.type == "parts":
            self.inside.update(dict.fromkeys(relation.parts, len(relation.parts)))
        if relation.type == "ratio" and relation.part is not None and relation.whole is not None and self.names.figures[relation.whole].role == "actual":
            self.shares.add(relation.part)
        return True


def _within(new: Relation, old: Relation) -> bool:
    """Whether a relation says no more than another: some of a total's parts, a change without its percent."""
    if new.type == "parts":
        return new.total == old.total and set(new.parts) < set(old.parts)
    if new.type == "ratio":
        return (new.part, new.whole) == (old.part, old.whole)  # a share is said once; a second percent is of something that was left out
    if new.type == "goal":
        return (new.target, new.actual) == (old.target, old.actual) and new.percent is None
    if new.type == "growth":
        return new.now == old.now and new.percent in (None, old.percent) and new.before in (None, old.before)
    return False
