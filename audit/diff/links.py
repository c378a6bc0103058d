"""Two reports' quantities held against each other: which is which, and how it is known.

A pair is one quantity because its words say so (named), because a growth or a value of last year that the new report states comes out of
the old report's figure (agrees), or because both stand in sentences that tell the same quantities otherwise, or nothing else could be
meant (placed).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from typing import Literal

from audit.checks import growth
from audit.checks.ratios import WORTH
from audit.diff.match import PLAUSIBLE, Candidate, Matcher
from audit.diff.model import FigurePair
from audit.model import Quote
from audit.rounding import ONE_SIDED, Interval, lower, printed, step
from audit.said import Outcome
from extractor.changes import Change
from extractor.quantities import Telling
from extractor.report import Figure, Report
from patterns.content import content_words

How = Literal["named", "agrees", "placed"]
HALFWAY, CLOSE = 0.5, Decimal("0.12")  # less alike, where a stated change supposes a base so near
ALONE = 0.7  # names this alike are of one quantity where no other comes near
CLEAR = 0.12  # how much likelier it must be
BOUNDED = 0.1  # 突破40%，达40.6%: the exact value is the one
AGREES = 0.2  # what arithmetic adds to the likeness of two names
NEAR = 0.6  # names this alike are of one quantity where the place says so too
FAR = Decimal("2.5")  # a base so many times the one that the growth supposes is of another scope
OFF = Decimal("0.2")  # a slip in a growth leaves the base it supposes so near
POINTS = Decimal(15)  # of a rate: what a fifth is of a value (3 points), and what it is in proportion beyond


@dataclass(frozen=True, slots=True)
class Link:
    """One quantity: the new report's telling, the old one's, and how it is known."""

    new: Telling
    old: Candidate
    how: How


class Years:
    """Two reports' quantities held against each other. adjacent: the old report is on the year before the new one."""

    def __init__(self, old: Report, new: Report) -> None:
        self.old, self.new = old, new
        self.matcher = Matcher(old, new)
        self.adjacent = old.year is None or new.year is None or old.year == new.year - 1

    @property
    def self_checks(self) -> bool:
        """Whether both reports are self-checks with score tables: their figures are counted for this purpose, and not revised as statistics are."""
        return bool(self.old.table.rows and self.new.table.rows)

    def speaks_of_old(self, year: int | None) -> bool:
        """Whether a year that the new report names is the old report's."""
        return year == self.old.year if self.old.year is not None and year is not None else self.adjacent

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """The new report's stated changes on the old report's year."""
        return tuple(c for c in self.matcher.told_new.changes if self.speaks_of_old(c.on) and c.now in self.matcher.told_new.tellings)

    @cached_property
    def told_again(self) -> tuple[Telling, ...]:
        """The values that the new report tells of the old report's year."""
        return tuple(t for t in self.matcher.told_new.tellings.values()
                     if t.dated and self.speaks_of_old(t.year) and t.figure.role == "actual" and t.figure.modality in ("fact", "cumulative"))

    def holds(self, change: Change, old: Figure) -> Outcome | None:
        """A stated change against an old figure."""
        base, exact = printed(old), lower(old)
        now, amount = self.new.figures[change.now], self.new.figures[change.amount]
        if change.times:
            return times(now, amount, base, exact)
        if base is None or exact is None:
            return None
        return self._beyond(growth.held(now, amount, change.down, base, exact, (now.index, old.index)), amount)

    def _beyond(self, outcome: Outcome | None, amount: Figure) -> Outcome | None:
        """An outcome, inconsistent where the words say that a change is more than so much (超过两成, 两成多) and it is less, however rounded."""
        more = amount.bound in (">", ">=") or (amount.bound == "~" and self.new.text[amount.end:amount.end + 1] in ONE_SIDED)
        by = amount.number if amount.unit in WORTH else lower(amount)
        if outcome is None or not more or by is None or outcome.verdict != "consistent":
            return outcome
        least = abs(by) * WORTH.get(amount.unit, Decimal(1))
        if max(abs(outcome.follows.low), abs(outcome.follows.high)) >= least:
            return outcome
        return replace(outcome, verdict="inconsistent", stated=Interval(least, max(least, outcome.stated.high)))

    @cached_property
    def agreeing(self) -> dict[int, Candidate]:
        """By the new report's figures: the old one that a stated change, or a value told again, agrees with."""
        out: dict[int, Candidate] = {}
        for change in self.changes:
            for c in self.matcher.candidates(change.now):
                known = out.get(change.now)
                better = known is None or (c.contrast, -c.likeness) < (known.contrast, -known.likeness)
                if better and c.likeness >= PLAUSIBLE and (held := self.holds(change, c.telling.figure)) is not None and held.verdict == "consistent":
                    out[change.now] = c
        for t in self.told_again:
            found = next((c for c in self.matcher.candidates(t.figure.index) if c.likeness >= PLAUSIBLE and touching(t.figure, c.telling.figure)), None)
            if found is not None:
                out.setdefault(t.figure.index, found)
                if t.beside is not None:
                    out.setdefault(t.beside, found)
        return out

    @cached_property
    def links(self) -> dict[int, Link]:
        """The pairs, by the new report's figures of its own year, each old figure used once where it is not told twice."""
        tellings = self.matcher.told_new.tellings
        own = {i: t for i, t in tellings.items() if not t.dated and not t.ahead}
        options: list[tuple[float, int, Candidate, How]] = [
            (c.likeness + AGREES, i, c, "agrees") for i, c in self.agreeing.items() if i in own]
        options += [(c.likeness - (BOUNDED if own[i].figure.bound else 0), i, c, "named") for i in own for c in self.matcher.candidates(i)[:3] if c.sure]
        options.sort(key=lambda o: (-o[0], o[1], o[2].telling.figure.index))
        out: dict[int, Link] = {}
        taken: dict[int, set[tuple[str, str]]] = defaultdict(set)  # by the old figures: the values that are paired with them
        for _, i, c, how in options:
            new = own[i].figure
            if i not in out and taken[c.telling.figure.index] <= {(new.value, new.unit)} and (how == "agrees" or self._only(i, c)):
                out[i] = Link(own[i], c, how)  # a cell of the annex tells the narrative's value again
                taken[c.telling.figure.index].add((new.value, new.unit))
        beside: dict[int, Counter[int]] = defaultdict(Counter)
        for link in out.values():
            beside[link.new.figure.sentence][link.old.telling.figure.sentence] += 1
        for i, t in own.items():
            here = beside.get(t.figure.sentence)
            if i in out or not here:
                continue
            near = [c for c in self.matcher.candidates(i) if c.telling.figure.sentence in here and not taken[c.telling.figure.index]
                    and c.likeness >= PLAUSIBLE and self._may_stand(i, c)]
            if not near and (only := self._only_measure(i, here)) is not None and not taken[only.telling.figure.index]:
                near = [only]
            if len(near) == 1 or (near and near[0].likeness - near[1].likeness > CLEAR):
                out[i] = Link(t, near[0], "placed")
                taken[near[0].telling.figure.index].add((t.figure.value, t.figure.unit))
        for i, t in own.items():
            alone = self._lonely(i) if i not in out and t.figure.role == "actual" else None
            if alone is not None and not taken[alone.telling.figure.index]:
                out[i] = Link(t, alone, "placed")
                taken[alone.telling.figure.index].add((t.figure.value, t.figure.unit))
        return out

    def _only_measure(self, index: int, sentences: Mapping[int, int]) -> Candidate | None:
        """The old figure that alone has its unit among the results of the sentences that tell the same otherwise, as the new one has in its
        own, where a stated change supposes nearly its value: 群众损失3,460万元, 群众被骗金额2,846万元 beside the same cases."""
        t = self.matcher.told_new.tellings[index]
        changes = [c for c in self.changes if c.now == index]
        if not changes or t.figure.role != "actual":
            return None
        mine = [o for o in self.matcher.told_new.tellings.values() if o.figure.sentence == t.figure.sentence and of_one_kind(o, t)]
        theirs = [o for o in self.matcher.told_old.tellings.values() if o.figure.sentence in sentences and of_one_kind(o, t)]
        if len(mine) != 1 or len(theirs) != 1 or any(far_from(self, c, theirs[0].figure) for c in changes):
            return None
        found = self.matcher.compare(t, theirs[0])
        return found if not found.opposed else None

    def _may_stand(self, index: int, c: Candidate) -> bool:
        """Whether an old figure that stands in the right place may be the one: of one size, near the base that a stated change supposes, and
        where the names stand against each other only with such a change."""
        told = any(x.now == index for x in self.changes)
        if c.opposed or (c.contrast and c.likeness < NEAR and not told):
            return False
        return of_one_size(self.new.figures[index], c.telling.figure) and not self._contradicted(index, c.telling.figure)

    def _lonely(self, index: int) -> Candidate | None:
        """The one old figure that a figure can be, wherever it stands: the only one with its name, or, with a stated change that supposes it
        nearly, the only one of its unit."""
        may = [c for c in self.matcher.candidates(index) if self._may_stand(index, c)]
        named = next((c for c in may if self.matcher.only_head(index, c) and self._near(index, c.telling.figure)), None)
        if named is not None:
            return named  # 漏损率, 供水管网漏损率
        found = sorted((c for c in may if not c.bare), key=lambda c: -c.likeness)
        if not found:
            return self._running(index)
        best = found[0]
        if len(found) == 1 or best.likeness - found[1].likeness > CLEAR:
            changes = [x for x in self.changes if x.now == index]
            supposed = bool(changes) and not any(far_from(self, x, best.telling.figure, CLOSE) for x in changes)
            if best.likeness >= ((NEAR if best.contrast else HALFWAY) if supposed else ALONE) and (supposed or not best.contrast):
                return best
        unit = self.new.figures[index].unit
        only = all(len(v.get(unit, ())) == 1 for v in self._units)
        if only and best.telling.figure.unit == unit and any(x.now == index for x in self.changes):
            return best
        return self._running(index)

    def _running(self, index: int) -> Candidate | None:
        """The old figure whose name has a run of characters in common that either report tells of one value alone, where a stated change
        supposes nearly its value: 收缴易地建设费, 易地建设费征收入库."""
        changes = [x for x in self.changes if x.now == index]
        if not changes:
            return None
        found = [c for c in (self.matcher.running(index) or self._sole(index))
                 if not c.opposed and not any(far_from(self, x, c.telling.figure, CLOSE) for x in changes)]
        return found[0] if len(found) == 1 else None

    def _sole(self, index: int) -> tuple[Candidate, ...]:
        """The old figure that alone has its printed unit, as the new one does, where their names have a word in common."""
        t = self.matcher.told_new.tellings[index]
        unit = t.figure.unit
        if any(len(v.get(unit, ())) != 1 for v in self._units):
            return ()
        alike = [o for o in self.matcher.told_old.tellings.values() if o.figure.unit == unit and of_one_kind(o, t)]
        return tuple(self.matcher.compare(t, o) for o in alike if set(content_words(t.own)) & set(content_words(o.own)) - {unit})[:1]

    @cached_property
    def _units(self) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
        """The values of each printed unit among the results of the own year, of both reports."""
        out: tuple[dict[str, set[str]], dict[str, set[str]]] = ({}, {})
        for told, units in zip((self.matcher.told_old, self.matcher.told_new), out, strict=True):
            for t in told.tellings.values():
                if not t.dated and not t.ahead and t.figure.role == "actual":
                    units.setdefault(t.figure.unit, set()).add(t.figure.value)
        return out

    def _near(self, index: int, old: Figure) -> bool:
        """Whether an old figure is near the base that the stated changes of a figure suppose; where none is stated, whether a year may lie between."""
        changes = [x for x in self.changes if x.now == index]
        if changes:
            return not any(far_from(self, x, old, CLOSE) for x in changes)
        new = self.new.figures[index]
        x, y = lower(new), lower(old)
        return x is not None and y is not None and (new.unit not in ("%", "‰") or abs(x - y) < POINTS)

    def only_of_unit(self, old: Figure) -> bool:
        """Whether an old figure's value is the only one of its printed unit among the old report's results."""
        return len(self._units[0].get(old.unit, ())) == 1

    def _contradicted(self, index: int, old: Figure) -> bool:
        """Whether a stated change of the new figure supposes a base that is far from an old figure."""
        return any(c.now == index and far_from(self, c, old) for c in self.changes)

    def _only(self, index: int, c: Candidate) -> bool:
        """Whether no other old figure is as likely, and has another value."""
        rivals = [o for o in self.matcher.candidates(index) if o is not c and o.likeness > c.likeness - 0.06 and not o.contrast]
        return all(touching(o.telling.figure, c.telling.figure) for o in rivals)

    def quoted(self, *figures: int) -> tuple[Quote, ...]:
        """Figures of the new report, and the sentence of the first where it is short enough to be read."""
        first = self.new.figures[figures[0]]
        sentence = self.new.sentences[first.sentence]
        spans = [(f.start, f.end) for f in (self.new.figures[i] for i in figures)]
        return (*(Quote.of(self.new, s, e) for s, e in spans), Quote.of(self.new, sentence.start, sentence.end))


def of_one_kind(a: Telling, b: Telling) -> bool:
    """Whether two results of a report's own year are measured alike."""
    return not a.dated and not a.ahead and a.figure.role == "actual" and (a.figure.base_unit or a.figure.unit) == (b.figure.base_unit or b.figure.unit)


def times(now: Figure, amount: Figure, base: Interval | None, exact: Decimal | None) -> Outcome | None:
    """是上年的1.2倍: the value now over the value before."""
    after, x, stated = printed(now), lower(now), printed(amount)
    follows = after.over(base) if after is not None and base is not None else None
    if x is None or not exact or stated is None or follows is None:
        return None
    return Outcome("consistent" if follows.meets(stated) else "inconsistent", amount.index, (now.index,), stated, follows, x / exact)


def pair_figures(years: Years) -> tuple[FigurePair, ...]:
    """Figures of both reports that count the same thing, in the new report's order."""
    out = []
    for _, link in sorted(years.links.items()):
        new, old = link.new.figure, link.old.telling.figure
        x, y = lower(new), lower(old)
        if x is not None and y is not None:
            delta = x - y
            out.append(FigurePair(old, new, round(link.old.likeness, 3), link.how, delta, (delta / y * 100).quantize(Decimal("0.1")) if y else None))
    return tuple(out)


def far_from(years: Years, change: Change, base: Figure, off: Decimal = OFF) -> bool:
    """Whether an old figure is not near the base that a stated change supposes: off by more than so much of itself, or it by so much more."""
    now, amount = years.new.figures[change.now], years.new.figures[change.amount]
    x, y, by = lower(now), lower(base), amount.number if amount.unit in WORTH else lower(amount)
    if x is None or y is None or by is None:
        return True
    if change.down is not None and not change.times and (turned := years.holds(replace(change, down=not change.down), base)) is not None and turned.verdict == "consistent":
        return False  # told the wrong way round
    by = -by if change.down else by
    if amount.unit == "番":
        by, off = Decimal(2) ** by - 1, off * 2  # told of what is many times as much, a slip is larger
    if change.times:
        return by <= 0 or abs(x / by - y) > abs(y) * off * (2 if by >= 2 else 1)
    share = by * WORTH.get(amount.unit, Decimal(0))
    supposed = x - by if amount.unit not in WORTH else x / (1 + share) if share > -1 else x
    if base.unit in ("%", "‰"):
        return abs(supposed - y) > POINTS * off
    return abs(supposed - y) > abs(y) * off or (supposed > 0 and y > 0 and max(supposed / y, y / supposed) > 1 + off)


def of_one_size(a: Figure, b: Figure) -> bool:
    """Whether two values are near enough for a year to lie between them."""
    x, y = lower(a), lower(b)
    return x is not None and y is not None and bool(x) and bool(y) and 1 / FAR <= x / y <= FAR


def touching(a: Figure, b: Figure) -> bool:
    """Whether two printed figures may stand for one value; a measure may have been cut off in its last place."""
    one, other = printed(a), printed(b)
    if one is None or other is None:
        return False
    if one.meets(other):
        return True
    coarse = max(step(a), step(b))
    return one.high > one.low and other.high > other.low and one.distance(other) < coarse / 2 and step(a) != step(b)


def sentence(report: Report, figure: Figure) -> Quote:
    """The sentence of a figure."""
    s = report.sentences[figure.sentence]
    return Quote.of(report, s.start, s.end)
