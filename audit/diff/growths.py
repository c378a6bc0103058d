"""Growth held against last year's own figure: what does not follow is accused, defended, and told as an error or as a question."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from audit.checks import growth
from audit.checks.ratios import WORTH
from audit.diff.links import OFF, Link, Years, far_from, of_one_size, sentence
from audit.diff.match import PLAUSIBLE, SURE
from audit.diff.model import YearFinding
from audit.messages import Message, message
from audit.model import Quote
from audit.rounding import lower, plain, printed
from audit.said import Outcome
from extractor.changes import Change
from extractor.report import Figure

WIDE = Decimal("0.6")  # beyond this no slip of a growth is likely, however sure the name


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


def acquitted(years: Years, change: Change, link: Link, outcome: Outcome) -> bool:
    """Whether a reading makes the growth right, or makes it one that last year's report says nothing of."""
    return any(plea(years, change, link, outcome) for plea in PLEAS)


def another_telling(years: Years, change: Change, link: Link, outcome: Outcome) -> bool:
    """Last year's report gives another figure that may be meant and fits: a final value, another scope, a sum over years."""
    return any(c.likeness >= PLAUSIBLE - 0.05 and (held := years.holds(change, c.telling.figure)) is not None and held.verdict == "consistent"
               for c in years.matcher.candidates(change.now))


def another_subject(years: Years, change: Change, link: Link, outcome: Outcome) -> bool:
    """Another figure of the sentence has just this growth: it may be meant. One that is counted otherwise, and told before the figure that
    the growth stands right behind, only leaves a doubt."""
    amount, now = years.new.figures[change.amount], years.new.figures[change.now]
    apart = not link.new.inside and amount.index == now.index + 1
    for other in years.new.figures_of[amount.sentence]:
        found = years.links.get(other.index)
        if other.index == change.now or found is None or other.role != "actual" or other.start > amount.start or (apart and other.unit != now.unit):
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


CONSTANT_PRICES = ("生产总值", "增加值", "GDP")
PRICED = ("产值", "收入", "产出")  # may be told at either
PLEAS = (another_telling, another_subject, own_base, last_place, not_compared, other_measure, far_off)


def doubts(years: Years, change: Change, link: Link, outcome: Outcome) -> bool:
    """Whether a person must judge: statistics that are revised from year to year, names that leave something open, a difference too large for a slip."""
    if not years.self_checks or link.new.stock != link.old.telling.stock:
        return True
    if any(w in link.new.own for w in PRICED) or other_end(years, change, link, outcome):
        return True
    if far_from(years, change, link.old.telling.figure):
        return True
    return link.old.likeness < SURE + 0.03 or not of_one_size(link.new.figure, link.old.telling.figure)
