"""Breaks in a series: a jump that nothing in the text explains, a unit that changed, a definition that changed. Each is a question."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal

from audit.diff.links import Link, Years, of_one_size
from audit.diff.match import SURE, Candidate
from audit.messages import Message, message
from audit.model import Quote
from audit.rounding import base_unit, family, is_count, lower, scale
from audit.years.model import Cell, Question
from extractor.quantities import Telling
from extractor.report import Figure, Report
from patterns.content import content_words, light

TIMES = Decimal(2)  # from one year to the next
POINTS = Decimal(15)  # of a percentage
BOUNDS = ("及以上", "及以下", "以上", "以下", "以内")
LEAST = 10  # a count below this doubles without a reason
FEW = 30  # of so few, one more or less is no change of habit
HABIT = 4  # times the changes of the other years
RISE = Decimal("1.4")  # and at least so much
ODD = Decimal(6)  # points beside the growth of the other years
DEFINED = 0.4  # names this alike, of which each lacks one word of the other, may be one quantity otherwise bounded


def questions(years: Years, link: Link, cells: Mapping[int, Cell]) -> Iterator[Question]:
    """What is to be asked of a step of a line: of its unit, else of its definition, else of its size. cells: the line so far, the new year's
    among them."""
    old, new = link.old.telling, link.new
    odd = out_of_habit(cells)
    if other_unit(old.figure, new.figure):
        yield ask(years, "unit", link, old=old.figure.text, new=new.figure.text)
    elif new.terms - old.terms or (old.terms - new.terms and odd):
        yield ask(years, "definition", link, old=bounds(old), new=bounds(new))
    elif link.how == "placed" and link.old.contrast and odd:
        yield ask(years, "definition", link, old=called(old), new=called(new))
    elif jumps(old.figure, new.figure, cells) and not explained(years, new):
        yield ask(years, "jump", link, old=old.figure.text, new=new.figure.text)


def out_of_habit(cells: Mapping[int, Cell]) -> bool:
    """Whether the last step of a line moved otherwise than the steps before it, or, of the first step, more than a year usually does."""
    ordered = [c for _, c in sorted(cells.items())]
    steps = [c.percent for c in ordered if c.percent is not None]
    if not steps or ordered[-1].percent is None or all(is_count(c.figure) and c.value < FEW for c in ordered[-2:]):
        return False
    usual = sorted(steps[:-1])[len(steps[:-1]) // 2] if len(steps) > 1 else Decimal(0)
    return abs(steps[-1] - usual) > ODD


def ask(years: Years, kind: str, link: Link, **words: object) -> Question:
    """A question on a step."""
    name = subject(link.new.figure) or subject(link.old.telling.figure)
    a, b = years.old.year or 0, years.new.year or 0
    return Question(kind, (a, b), message(f"years.{kind}", subject=name, first=a, second=b, **words),  # type: ignore[arg-type]
                    quote(years.old, link.old.telling.figure), quote(years.new, link.new.figure))


def subject(figure: Figure) -> str:
    """What a figure counts, without the end of a bound that stood before it: (70周岁)以上独居老人家庭."""
    return next((figure.subject[len(bound):].removeprefix("的") for bound in BOUNDS if figure.subject.startswith(bound)), figure.subject)


def quote(report: Report, figure: Figure) -> Quote:
    """A figure in its sentence."""
    s = report.sentences[figure.sentence]
    return Quote.of(report, s.start, s.end)


def called(t: Telling) -> str:
    """How a report calls a quantity."""
    return t.figure.subject or t.own.partition("|")[0]


def bounds(t: Telling) -> Message:
    """What a report says of what a quantity counts."""
    return message("years.bounds", words="、".join(sorted(t.terms))) if t.terms else message("years.unbounded")


def other_unit(a: Figure, b: Figure) -> bool:
    """Whether two figures of one quantity are printed in units that count otherwise: another family, another measure (亩, 公顷), occasions
    beside things (家, 家次); 万 and 亿 alone only where the printed numbers went on as if the unit were the same."""
    if family(a) != family(b):
        return True
    if a.unit == b.unit:
        return False
    one, other = (f.unit.lstrip("万亿") for f in (a, b))
    if one == other:
        x, y = a.number, b.number
        return x is not None and y is not None and bool(x) and Decimal("0.5") < y / x < 2 and scale(a) != scale(b)
    if (one.removesuffix("次") == other.removesuffix("次")) and one != other:
        return True
    return scale(a) != scale(b)


def jumps(a: Figure, b: Figure, cells: Mapping[int, Cell]) -> bool:
    """Whether a value doubled or halved, or moved far more than in all the other years of its line."""
    x, y = lower(a), lower(b)
    if x is None or y is None or x <= 0 or y <= 0:
        return False
    if base_unit(b) in ("%", "‰"):
        return abs(y - x) >= POINTS
    if is_count(a) and is_count(b) and max(x, y) < LEAST:
        return False
    ratio = max(x / y, y / x)
    if ratio >= TIMES:
        return True
    others = [abs(c.percent) for c in list(cells.values())[:-1] if c.percent is not None]
    return len(others) >= 2 and ratio >= RISE and (ratio - 1) * 100 > HABIT * max(max(others), Decimal(5))


def explained(years: Years, new: Telling) -> bool:
    """Whether the report tells the change itself, or says why."""
    index = new.figure.index
    return new.reason or index in years.agreeing or any(c.now == index for c in years.changes)


def strangers(years: Years) -> Iterator[Link]:
    """Quantities that no year's words or arithmetic pair, and that yet seem to be one: the same name in another unit, or all but one word of
    the name."""
    taken = Counter(link.old.telling.figure.index for link in years.links.values())
    left = [t for t in years.matcher.told_old.tellings.values() if not t.dated and not taken[t.figure.index] and t.figure.role == "actual" and t.own]
    by_word: dict[str, list[Telling]] = {}
    for t in left:
        for word in content_words(t.own):
            if not light(word):
                by_word.setdefault(word, []).append(t)
    used: set[int] = set()
    for index, t in sorted(years.matcher.told_new.tellings.items()):
        if t.dated or index in years.links or t.figure.role != "actual" or not t.own or t.figure.high is not None:
            continue
        near = {o.figure.index: o for w in content_words(t.own) for o in by_word.get(w, ())[:20] if o.figure.index not in used and o.figure.high is None}
        found = sorted(((c.likeness, -c.telling.figure.index, c) for o in near.values() if (c := years.matcher.compare(t, o)) and may_be(t, c)), reverse=True)
        if found and (len(found) == 1 or found[0][0] > found[1][0] + 0.1):
            used.add(found[0][2].telling.figure.index)
            yield Link(t, found[0][2], "placed")


def may_be(t: Telling, c: Candidate) -> bool:
    """Whether two names in other units are one, or two names of one unit differ in one word."""
    o = c.telling
    if lower(t.figure) is None or lower(o.figure) is None or c.bare:
        return False
    if family(t.figure) != family(o.figure):
        return c.likeness + 0.15 >= SURE and not c.contrast
    mine, theirs = ({w for w in content_words(x.own) if not light(w)} for x in (t, o))
    return c.likeness >= DEFINED and len(mine - theirs) <= 1 and len(theirs - mine) <= 1 and bool(mine & theirs) and of_one_size(t.figure, o.figure)
