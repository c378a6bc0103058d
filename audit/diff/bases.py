"""Last year's value as the new report tells it, held against the old report's own."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from audit.diff.links import POINTS, Years, sentence, touching
from audit.diff.match import PLAUSIBLE
from audit.diff.model import YearFinding
from audit.messages import message
from audit.model import Quote
from audit.rounding import lower
from audit.slips import slipped
from extractor.quantities import Telling
from extractor.report import Figure
from patterns.content import content_words

TURNED = 0.35  # names this alike may be of one quantity where the digits are the same in another order
WIDE = Decimal("0.6")  # beyond this no slip of a growth is likely, however sure the name
TELLING_DIGITS = 3  # digits by which a value is known again
COMMON = 6  # characters around a figure that are quoted with it


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
        if was is None or known_again(years, f) or (f.value, was.value) in accused or narrowed(years, t, was):
            continue
        if any((x.value, x.unit) == (was.value, was.unit) for x in years.new.figures_of[f.sentence]):
            continue  # 上年决算数2,918.6万元（上年自查所报2,946万元为快报数）: the new report itself tells both
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
    if best is not None and len(found) == 1 and years.self_checks and not t.inferred and not best.contrast and not best.bare and years.only_of_unit(best.telling.figure):
        return best.telling.figure
    if best is not None and not best.contrast and not t.inferred and years.matcher.only_head(t.figure.index, best):
        return best.telling.figure
    found = [c for c in years.matcher.candidates(t.figure.index) if c.likeness >= TURNED and not c.opposed and not_far(t.figure, c.telling.figure)]
    slip = next((c for c in found if (c.likeness >= PLAUSIBLE or turned(t.figure, c.telling.figure)) and slip_of(t.figure, c.telling.figure)), None)
    if slip is not None:
        return slip.telling.figure
    link = years.links.get(t.beside) if t.beside is not None else None
    return link.old.telling.figure if link is not None and link.how != "placed" and not t.inferred and not_far(t.figure, link.old.telling.figure) else None


def narrowed(years: Years, t: Telling, was: Figure) -> bool:
    """Whether the new report tells of some of what the old one counted, and no slip made the one value of the other: 政府购买服务的|家庭养老床位."""
    old = years.matcher.told_old.tellings.get(was.index)
    before, of, _ = t.around.partition("的" + t.own.partition("|")[0])
    some = before[max(before.rfind(mark) for mark in "，；。、：") + 1:] if of else ""
    return old is not None and len(some) > 2 and "的" not in old.own and not any(some[k:k + 2] in old.own for k in range(len(some) - 1)) and not slip_of(t.figure, was)


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
