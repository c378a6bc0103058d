"""Figures of two years: which is which, growth held against last year's own figure, last year's value told otherwise.

A pair is one quantity because its words say so (named), because a growth or a value of last year that the new report states comes out of
the old report's figure (agrees), or because both stand in sentences that tell the same quantities otherwise (placed). Whatever could be
meant and agrees, acquits.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Literal

from audit.checks import growth
from audit.checks.ratios import WORTH
from audit.diff.match import PLAUSIBLE, SURE, Candidate, Matcher
from audit.diff.model import FigurePair, YearFinding
from audit.messages import Message, message
from audit.model import Quote
from audit.rounding import Interval, lower, plain, printed, step
from audit.said import Outcome
from audit.slips import slipped
from extractor.quantities import Change, Telling
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
TURNED = 0.35  # names this alike may be of one quantity where the digits are the same in another order
WIDE = Decimal("0.6")  # beyond this no slip of a growth is likely, however sure the name
POINTS = Decimal(15)  # of a rate: what a fifth is of a value (3 points), and what it is in proportion beyond
TELLING_DIGITS = 3  # digits by which a value is known again
COMMON = 6  # characters around a figure that are quoted with it


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
        return None if base is None or exact is None else growth.held(now, amount, change.down, base, exact, (now.index, old.index))

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
        taken: Counter[int] = Counter()
        for _, i, c, how in options:
            if i not in out and not taken[c.telling.figure.index] and (how == "agrees" or self._only(i, c)):
                out[i] = Link(own[i], c, how)
                taken[c.telling.figure.index] += 1
        beside: dict[int, Counter[int]] = defaultdict(Counter)
        for link in out.values():
            beside[link.new.figure.sentence][link.old.telling.figure.sentence] += 1
        for i, t in own.items():
            here = beside.get(t.figure.sentence)
            if i in out or not here:
                continue
            near = [c for c in self.matcher.candidates(i) if c.telling.figure.sentence in here and not taken[c.telling.figure.index]
                    and c.likeness >= PLAUSIBLE and self._may_stand(i, c)]
            if len(near) == 1 or (near and near[0].likeness - near[1].likeness > CLEAR):
                out[i] = Link(t, near[0], "placed")
                taken[near[0].telling.figure.index] += 1
        for i, t in own.items():
            alone = self._lonely(i) if i not in out and t.figure.role == "actual" else None
            if alone is not None and not taken[alone.telling.figure.index]:
                out[i] = Link(t, alone, "placed")
                taken[alone.telling.figure.index] += 1
        return out

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
        found = sorted((c for c in self.matcher.candidates(index) if not c.bare and self._may_stand(index, c)), key=lambda c: -c.likeness)
        if not found:
            return None
        best = found[0]
        if len(found) == 1 or best.likeness - found[1].likeness > CLEAR:
            changes = [x for x in self.changes if x.now == index]
            supposed = bool(changes) and not any(far_from(self, x, best.telling.figure, CLOSE) for x in changes)
            if best.likeness >= ((NEAR if best.contrast else HALFWAY) if supposed else ALONE) and (supposed or not best.contrast):
                return best
        unit = self.new.figures[index].unit
        only = all(len(v.get(unit, ())) == 1 for v in self._units)
        return best if only and best.telling.figure.unit == unit and any(x.now == index for x in self.changes) else None

    @cached_property
    def _units(self) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
        """The values of each printed unit among the results of the own year, of both reports."""
        out: tuple[dict[str, set[str]], dict[str, set[str]]] = ({}, {})
        for told, units in zip((self.matcher.told_old, self.matcher.told_new), out, strict=True):
            for t in told.tellings.values():
                if not t.dated and not t.ahead and t.figure.role == "actual":
                    units.setdefault(t.figure.unit, set()).add(t.figure.value)
        return out

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


def growth_findings(years: Years) -> Iterator[YearFinding]:
    """growth-mismatch: a stated growth that does not follow from last year's own figure.

    An error where the names prove the quantity, the figures were counted for this purpose (both reports are self-checks with score tables)
    and no reading acquits; else a question. Where the new report names its base, that is held against the old report (restated_findings).
    """
    accused: set[tuple[object, ...]] = set()
    for change in years.changes:
        link = years.links.get(change.now)
        if link is None or link.how == "agrees" or change.before is not None or change.now in years.agreeing:
            continue
        if any(t.beside == change.now for t in years.told_again):
            continue
        now, amount, base = years.new.figures[change.now], years.new.figures[change.amount], link.old.telling.figure
        outcome = years.holds(change, base)
        if outcome is None or outcome.verdict == "consistent" or acquitted(years, change, link, outcome):
            continue
        key = now.value, amount.value, base.value
        if key in accused:
            continue
        accused.add(key)
        certain = link.how == "named" and change.stated and not doubts(years, change, link, outcome)
        follows = told(change, amount, outcome)
        yield YearFinding(
            "growth-mismatch", "error" if certain else "warning",
            message("diff.growth_mismatch" if certain else "diff.growth_question", now=now.text, change=amount.text, before=base.text, follows=follows,
                    year=years.old.year or ""),
            years.quoted(now.index, amount.index), (Quote.of(years.old, base.start, base.end), sentence(years.old, base)),
            proof(years, now, amount, base, follows) if certain else ())


def told(change: Change, amount: Figure, outcome: Outcome) -> Message:
    """What follows from the two values, with its direction."""
    if change.times:
        return message("diff.follows_times", amount=plain(outcome.exact, 2))
    way = message("checks.fell" if outcome.exact < 0 else "checks.rose")
    return message("diff.follows", direction=way, amount=growth.told(amount, outcome.exact))


def proof(years: Years, now: Figure, amount: Figure, base: Figure, follows: Message) -> tuple[Message, ...]:
    """The steps of an error: what both reports say, what follows, what is said instead."""
    return (message("diff.proof_new", quote=years.new.sentence_text(now.sentence)), message("diff.proof_old", quote=years.old.sentence_text(base.sentence)),
            message("diff.proof_follows", now=now.text, before=base.text, follows=follows), message("proof.instead", stated=amount.text))


def sentence(report: Report, figure: Figure) -> Quote:
    """The sentence of a figure."""
    s = report.sentences[figure.sentence]
    return Quote.of(report, s.start, s.end)


def acquitted(years: Years, change: Change, link: Link, outcome: Outcome) -> bool:
    """Whether a reading makes the growth right, or makes it one that last year's report says nothing of."""
    return any(plea(years, change, link, outcome) for plea in PLEAS)


def another_telling(years: Years, change: Change, link: Link, outcome: Outcome) -> bool:
    """Last year's report gives another figure that may be meant and fits: a final value, another scope, a sum over years."""
    return any(c.likeness >= PLAUSIBLE - 0.05 and (held := years.holds(change, c.telling.figure)) is not None and held.verdict == "consistent"
               for c in years.matcher.candidates(change.now))


def another_subject(years: Years, change: Change, link: Link, outcome: Outcome) -> bool:
    """Another figure of the sentence has just this growth: it may be meant."""
    amount = years.new.figures[change.amount]
    for other in years.new.figures_of[amount.sentence]:
        found = years.links.get(other.index)
        if other.index == change.now or found is None or other.role != "actual" or other.start > amount.start:
            continue
        base, exact = printed(found.old.telling.figure), lower(found.old.telling.figure)
        if base is not None and exact is not None:
            held = growth.held(other, amount, change.down, base, exact, (other.index, change.amount))
            if held is not None and held.verdict == "consistent":
                return not any(c.now == other.index and c.amount != change.amount for c in years.changes)  # unless it has a growth of its own
    return False


def last_place(years: Years, change: Change, link: Link, outcome: Outcome) -> bool:
    """The last place was cut off and not rounded, or rounded from one that had been rounded before."""
    half = (outcome.stated.high - outcome.stated.low) / 2
    if not half:
        return False
    stated = outcome.stated.low + half
    exact = {True: (-outcome.exact,), False: (outcome.exact,), None: (outcome.exact, -outcome.exact)}[change.down]
    return any(stated - half * Decimal("1.1") <= x < stated + 2 * half for x in exact)


def other_end(years: Years, change: Change, link: Link, outcome: Outcome) -> bool:
    """The change was divided by this year's value."""
    now, amount, base = years.new.figures[change.now], years.new.figures[change.amount], link.old.telling.figure
    interval, exact = printed(now), lower(now)
    if interval is None or exact is None or not exact or amount.unit not in WORTH:
        return False
    turned = growth.held(base, amount, None if change.down is None else not change.down, interval, exact, (base.index, now.index))
    return turned is not None and turned.verdict == "consistent"


def not_compared(years: Years, change: Change, link: Link, outcome: Outcome) -> bool:
    """The words say that the two are not simply compared (可比口径, 调整后), or value added grows at constant prices."""
    words = link.new.own + link.new.around[-20:]
    return change.adjusted or any(w in words for w in CONSTANT_PRICES)


def own_base(years: Years, change: Change, link: Link, outcome: Outcome) -> bool:
    """The new report tells the base itself, in the same sentence (2022年核定为42.3亿元，2023年45.9亿元，增长8.5%); that is held against the old report."""
    now = years.new.figures[change.now]
    return any(t.figure.sentence == now.sentence and (held := years.holds(change, t.figure)) is not None and held.verdict == "consistent"
               for t in years.told_again)


def other_measure(years: Years, change: Change, link: Link, outcome: Outcome) -> bool:
    """A part of the year beside a whole one, a forecast, a preliminary value, a bound, a plan."""
    figures = years.new.figures[change.now], link.old.telling.figure
    return link.old.telling.early or link.new.part != link.old.telling.part or any(f.modality in ("forecast", "plan") or f.bound or f.doubtful for f in figures)


def far_off(years: Years, change: Change, link: Link, outcome: Outcome) -> bool:
    """Last year's figure is so far from the base that the growth supposes, as no slip puts it; of a quantity known by its place alone, nearer."""
    return far_from(years, change, link.old.telling.figure, WIDE if link.how == "named" else OFF)


def far_from(years: Years, change: Change, base: Figure, off: Decimal = OFF) -> bool:
    """Whether an old figure is not near the base that a stated change supposes: off by more than so much of itself, or it by so much more."""
    now, amount = years.new.figures[change.now], years.new.figures[change.amount]
    x, y, by = lower(now), lower(base), lower(amount)
    if x is None or y is None or by is None:
        return True
    by = -by if change.down else by
    if change.times:
        return by <= 0 or abs(x / by - y) > abs(y) * off
    share = by * WORTH.get(amount.unit, Decimal(0))
    supposed = x - by if amount.unit not in WORTH else x / (1 + share) if share > -1 else x
    if base.unit in ("%", "‰"):
        return abs(supposed - y) > POINTS * off
    return abs(supposed - y) > abs(y) * off or (supposed > 0 and y > 0 and max(supposed / y, y / supposed) > 1 + off)


CONSTANT_PRICES = ("生产总值", "增加值", "GDP")
PRICED = ("产值", "收入", "产出")  # may be told at either
PLEAS = (another_telling, another_subject, own_base, last_place, not_compared, other_measure, far_off)


def of_one_size(a: Figure, b: Figure) -> bool:
    """Whether two values are near enough for a year to lie between them."""
    x, y = lower(a), lower(b)
    return x is not None and y is not None and bool(x) and bool(y) and 1 / FAR <= x / y <= FAR


def doubts(years: Years, change: Change, link: Link, outcome: Outcome) -> bool:
    """Whether a person must judge: statistics that are revised from year to year, names that leave something open, a difference too large for a slip."""
    if not years.self_checks or link.new.stock != link.old.telling.stock:
        return True
    if any(w in link.new.own for w in PRICED) or other_end(years, change, link, outcome):
        return True
    if far_from(years, change, link.old.telling.figure):
        return True
    return link.old.likeness < SURE + 0.03 or not of_one_size(link.new.figure, link.old.telling.figure)


def restated_findings(years: Years) -> Iterator[YearFinding]:
    """restated-figure: last year's value as the new report tells it is not what the old report gave."""
    accused: set[tuple[str, str]] = set()
    for t in years.told_again:
        f = t.figure
        if f.index in years.agreeing or f.high is not None or f.bound or not content_words(t.own):
            continue
        if t.revised or (t.inferred and not years.self_checks):
            continue  # 从26.6万亿元增加到51.9万亿元 may be told of any span
        was = meant(years, t)
        if was is None or known_again(years, f) or (f.value, was.value) in accused:
            continue
        accused.add((f.value, was.value))
        start = max(years.new.sentences[f.sentence].start, f.start - COMMON)
        lead = years.new.text[start:f.start]
        cut = max(lead.rfind(mark) for mark in "，；。、：（）\n") + 1
        yield YearFinding(
            "restated-figure", "warning", message("diff.restated", now=f.text, before=was.text),
            (Quote.of(years.new, start + cut, f.end), sentence(years.new, f)), (Quote.of(years.old, was.start, was.end), sentence(years.old, was)))


def meant(years: Years, t: Telling) -> Figure | None:
    """The old figure that a value told again should be: the same by name, or nearly and with a slip of its digits, or the one that the value
    beside it is paired with."""
    found = [c for c in years.matcher.candidates(t.figure.index) if c.likeness >= PLAUSIBLE]
    if any(touching(t.figure, c.telling.figure) for c in found):
        return None
    found = [c for c in found if not_far(t.figure, c.telling.figure)]
    best = found[0] if found else None
    if best is not None and best.sure and not any(c.sure and not touching(c.telling.figure, best.telling.figure) and c.likeness > best.likeness - 0.06 for c in found[1:]):
        return best.telling.figure
    found = [c for c in years.matcher.candidates(t.figure.index) if c.likeness >= TURNED and not c.opposed and not_far(t.figure, c.telling.figure)]
    slip = next((c for c in found if (c.likeness >= PLAUSIBLE or turned(t.figure, c.telling.figure)) and slip_of(t.figure, c.telling.figure)), None)
    if slip is not None:
        return slip.telling.figure
    link = years.links.get(t.beside) if t.beside is not None else None
    return link.old.telling.figure if link is not None and link.how != "placed" and not t.inferred and not_far(t.figure, link.old.telling.figure) else None


def not_far(told: Figure, was: Figure) -> bool:
    """Whether a value told again may be the old one told wrongly: so far from it as no slip and no revision puts it, it is of something else."""
    x, y = lower(told), lower(was)
    if x is None or y is None or slip_of(told, was):
        return x is not None and y is not None
    if told.unit in ("%", "‰"):
        return abs(x - y) <= POINTS * WIDE
    return bool(y) and abs(x - y) <= abs(y) * WIDE


def slip_of(a: Figure, b: Figure) -> bool:
    """Whether a slip of the pen turns one value into the other."""
    one, other = (f.value.replace(".", "") for f in (a, b))
    return len(one) >= TELLING_DIGITS and slipped(one, other)


def turned(a: Figure, b: Figure) -> bool:
    """Whether two values of one unit are made of the same digits in another order."""
    one, other = (f.value.replace(".", "") for f in (a, b))
    return a.unit == b.unit and one != other and sorted(one) == sorted(other)


def known_again(years: Years, f: Figure) -> bool:
    """Whether last year's report gives this very value, of digits enough to be known by, under another name."""
    return len(f.value.replace(".", "").strip("0")) >= TELLING_DIGITS and any(
        g.value == f.value and g.unit == f.unit for g in years.old.figures)


def touching(a: Figure, b: Figure) -> bool:
    """Whether two printed figures may stand for one value; a measure may have been cut off in its last place."""
    one, other = printed(a), printed(b)
    if one is None or other is None:
        return False
    if one.meets(other):
        return True
    coarse = max(step(a), step(b))
    return one.high > one.low and other.high > other.low and one.distance(other) < coarse / 2 and step(a) != step(b)


