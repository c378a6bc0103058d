"""Figures of two years: which is which, growth held against last year's own figure, last year's value restated."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal

from audit.diff.model import FigurePair, YearFinding
from audit.messages import message
from audit.model import Quote
from extractor.report import Figure, Report
from patterns import expressions as re

SURE = 0.72  # two contexts this alike speak of the same quantity
PLAUSIBLE = 0.45  # contexts this alike may; if one of them agrees, nothing is said
BREAK = re.compile(r"[，。；：、（）()！？\n“”]")
NOISE = re.compile(r"[\s\d０-９.,，、；：（）()%％“”]|上年|去年|上一年|今年|本年|全年|年内|当年|同比|比上年|较上年|截至|年底|年末|"
                   r"其中|在|共计|合计|达到|分别|为|共|的")
LAST_YEAR = re.compile(r"(?:上年|去年|上一年|上年度)(?:同期)?(?:的|为|是|达|共|有|完成|执行|实际|支出|投入|数){0,3}$")


def context(report: Report, figure: Figure) -> str:
    """The words that say what a figure counts: those before it in its clause, and the noun right after a count."""
    sentence = report.sentences[figure.sentence]
    before = report.text[max(sentence.start, figure.start - 24):figure.start]
    earlier = [f for f in report.figures_of.get(figure.sentence, ()) if f.end <= figure.start]
    if earlier:
        before = report.text[max(earlier[-1].end, figure.start - 24):figure.start]
    cut = [m.end() for m in BREAK.finditer(before)]
    if cut and len(NOISE.sub("", before[cut[-1]:])) >= 2:
        before = before[cut[-1]:]
    after = report.text[figure.end:min(sentence.end, figure.end + 8)]
    stop = BREAK.search(after)
    after = after[:stop.start()] if stop else after
    return NOISE.sub("", before) + NOISE.sub("", after)


def bigrams(text: str) -> Counter[str]:
    """Pairs of neighbouring characters (single characters of a one-character text)."""
    return Counter([text[i:i + 2] for i in range(len(text) - 1)] or [text])


def dice(a: str, b: str) -> float:
    """How alike two short texts are, by their pairs of characters: 0..1."""
    if not a or not b:
        return 0.0
    x, y = bigrams(a), bigrams(b)
    return 2 * sum((x & y).values()) / (sum(x.values()) + sum(y.values()))


def alike(a: str, b: str) -> float:
    """How alike two contexts are: 0..1. The counted noun stands last, so that words before a common end weigh little."""
    end = 0
    while end < min(len(a), len(b)) and a[-1 - end] == b[-1 - end]:
        end += 1
    return max(dice(a, b), min(0.9, 0.6 + 0.06 * end) if end >= 4 else 0.0)


class Matcher:
    """The figures of an old report, to be found again by what they count."""

    def __init__(self, old: Report, new: Report) -> None:
        self.old, self.new = old, new
        self.old_context = {f.index: context(old, f) for f in old.figures}
        self.headings = {id(r): {f.section: heading(r, f.section) for f in r.figures} for r in (old, new)}

    def likeness(self, words: str, figure: Figure, other: Figure) -> float:
        """How surely an old figure is the same quantity: 0..1, from its words, its headings and its unit."""
        near = alike(words, self.old_context[other.index])
        if near < 0.25:
            return 0.0
        mine, theirs = self.headings[id(self.new)][figure.section], self.headings[id(self.old)][other.section]
        there = sum(dice(a, b) for a, b in zip(mine, theirs, strict=True)) / 2
        score = 0.75 * near + 0.25 * there
        if there < (0.5 if len(words) < 4 else 0.15 if len(words) < 8 else 0):
            score = min(score, PLAUSIBLE)  # 占, 建成投用: too little to tell by under another heading
        return score - (0.3 if same_scale(figure.unit) != same_scale(other.unit) else 0)

    def candidates(self, figure: Figure, words: str | None = None) -> list[tuple[float, Figure]]:
        """Old figures of the same unit with how alike they are, the most alike first. words replaces the figure's context."""
        words = context(self.new, figure) if words is None else words
        out = [(self.likeness(words, figure, f), f) for f in self.old.figures if f.role != "change" and comparable(f, figure)]
        out = [(s, f) for s, f in out if s]
        return sorted(out, key=lambda p: (-p[0], p[1].index))


def heading(report: Report, section: int | None) -> tuple[str, str]:
    """The two innermost headings, the outer one first."""
    titles = ["", "", *(s.title[:20] for s in report.section_path(section))]
    return titles[-2], titles[-1]


def same_scale(unit: str) -> str:
    """A unit without its 万 or 亿, which a district may use one year and not the next."""
    return unit.lstrip("万亿")


def comparable(a: Figure, b: Figure) -> bool:
    """Both plain numbers of one unit or dimension, and of one role."""
    if a.base is None or b.base is None or a.high or b.high:
        return False
    return (a.base_unit or a.unit) == (b.base_unit or b.unit) and (a.role == "target") == (b.role == "target")


def pair_figures(matcher: Matcher) -> tuple[FigurePair, ...]:
    """Figures of both reports that surely count the same thing, each used once, in the new report's order."""
    options = [(s, f, g) for f in matcher.new.figures if f.role != "change" and f.base is not None
               for s, g in matcher.candidates(f)[:3] if s >= SURE]
    used_old: set[int] = set()
    used_new: set[int] = set()
    out = []
    for likeness, new, old in sorted(options, key=lambda o: (-o[0], o[1].index, o[2].index)):
        if new.index in used_new or old.index in used_old:
            continue
        used_new.add(new.index)
        used_old.add(old.index)
        assert new.base is not None and old.base is not None
        delta = new.base - old.base
        percent = (delta / old.base * 100).quantize(Decimal("0.1")) if old.base else None
        out.append(FigurePair(old, new, round(likeness, 3), delta, percent))
    return tuple(sorted(out, key=lambda p: p.new.index))


def spread(figure: Figure) -> tuple[Decimal, Decimal]:
    """The interval of base values that a printed figure may have been rounded from."""
    assert figure.base is not None and figure.number is not None
    exponent = figure.number.as_tuple().exponent
    assert isinstance(exponent, int)
    half = Decimal(5).scaleb(exponent - 1) if exponent < 0 else Decimal(0)
    scale = figure.base / figure.number if figure.number else Decimal(1)
    return (figure.number - half) * scale, (figure.number + half) * scale


def changes(report: Report) -> Iterator[tuple[Figure, Figure]]:
    """(figure, its stated change on last year), pairing 分别 lists in order."""
    for group in report.figures_of.values():
        for k, change in enumerate(group):
            if change.role != "change" or change.bound or change.number is None or not on_last_year(report, change, group[:k]):
                continue
            run = k
            while run and group[run - 1].role == "change":
                run -= 1
            length = next((n for n in range(run, len(group)) if group[n].role != "change"), len(group)) - run
            before = [f for f in group[:run] if f.role == "actual" and f.base is not None and not f.high and not last_year_value(report, f)]
            if length > 1:
                before = before[-length:]
                now = before[k - run] if len(before) == length else None
            else:
                now = meant(report, change, before)
            if now is not None:
                yield now, change


def meant(report: Report, change: Figure, before: Sequence[Figure]) -> Figure | None:
    """The figure that a change speaks of: the one that the change's own subject names (总场次, 建成数量), else the nearest.

    None where the change has a subject of its own that fits none of several figures.
    """
    fitting = [f for f in before if (f.unit == "%") == (change.unit == "个百分点")] if change.unit in ("%", "个百分点") else [
        f for f in before if f.unit == change.unit]
    if not fitting:
        return None
    start = max(fitting[-1].end, report.sentences[change.sentence].start)
    subject = report.text[start:change.start]
    cut = [m.end() for m in BREAK.finditer(subject)]
    subject = re.split(r"比|较|同比|增长|增加|下降|减少|提高|降低|上升", subject[cut[-1]:] if cut else subject, maxsplit=1)[0]
    subject = NOISE.sub("", subject)
    if len(subject) < 2 or len(fitting) == 1:
        return fitting[-1]
    named = max(fitting, key=lambda f: (dice(subject, context(report, f)), f.index))
    if dice(subject, context(report, named)) >= 0.3:
        return named
    wholes = [f for f in fitting if f.unit[:1] in subject and f.index not in report.total_of]
    return wholes[0] if len(wholes) == 1 or (wholes and "总" in subject) else None


def on_last_year(report: Report, change: Figure, before: Sequence[Figure]) -> bool:
    """Whether a change is one on last year (同比, 较上年), stated before it or for the change before it in the sentence."""
    if change.compare:
        return "last" in change.compare or change.compare in ("上年", "同比", str((report.year or 0) - 1))
    words = report.text[report.sentences[change.sentence].start:change.start]
    if re.search(r"上年|去年|同比|上一年", words):
        return True
    return bool(re.search(r"(?:增长|下降|减少|增加|提高)\s*$", words)) and any(f.role == "change" for f in before)


def last_year_value(report: Report, figure: Figure) -> bool:
    """Whether a figure is stated as last year's: 上年为…, 较上年的…, 2021年… in a report on 2022."""
    sentence = report.sentences[figure.sentence]
    before = report.text[max(sentence.start, figure.start - 16):figure.start]
    if LAST_YEAR.search(before.rstrip()):
        return True
    return bool(report.year) and bool(re.search(rf"(?<!\d){(report.year or 0) - 1}\s*年(?:底|末|度)?[^，。；、\d]{{0,8}}$", before))


def decrease(report: Report, change: Figure) -> bool:
    """Whether a change is a decrease."""
    before = report.text[max(0, change.start - 6):change.start]
    return change.down or bool(re.search(r"下降|减少|降低|降幅|压减|缩减", before))


def agrees(report: Report, now: Figure, change: Figure, before: Figure) -> bool:
    """Whether a stated change follows from the two values, as far as they may have been rounded."""
    assert change.number is not None
    sign = -1 if decrease(report, change) else 1
    (a, b), (c, d) = spread(now), spread(before)
    if change.unit == "%":
        if c <= 0:
            return True
        low, high = (a - d) / d * 100, (b - c) / c * 100
    elif change.unit == "个百分点":
        low, high = a - d, b - c
    else:
        if change.base is None:
            return True
        low, high = a - d, b - c
    stated = sign * (change.base if change.base is not None and change.unit not in ("%", "个百分点") else change.number)
    exponent = change.number.as_tuple().exponent
    assert isinstance(exponent, int)
    slack = Decimal(51).scaleb(exponent - 2)
    return low - slack <= stated <= high + slack


def growth_findings(matcher: Matcher) -> Iterator[YearFinding]:
    """growth-mismatch: a stated growth that does not follow from last year's own figure.

    Said only where the old figure is surely the same quantity and no other old figure that might be agrees.
    """
    new = matcher.new
    for now, change in changes(new):
        stated = [f for f in new.figures_of[now.sentence] if last_year_value(new, f) and comparable(f, now)]
        if stated:
            continue  # the text names its base: the arithmetic is the audit's, the base is held against the old report below
        options = matcher.candidates(now)
        if change.unit == "%" or change.unit == now.unit or (change.unit == "个百分点" and now.unit == "%"):
            sure = [f for s, f in options if s >= SURE]
            if not sure or any(agrees(new, now, change, f) for s, f in options if s >= PLAUSIBLE):
                continue
            others = [f for f in new.figures_of[now.sentence] if f.role == "actual" and f.base is not None and not f.high]
            if any(agrees(new, f, change, g) for f in others for s, g in matcher.candidates(f)[:3] if s >= SURE):
                continue  # another figure of the sentence has just this growth: it may be meant
            before = sure[0]
            assert now.base is not None and before.base is not None
            follows = now.base - before.base
            if change.unit == "%" and before.base:
                follows = (follows / before.base * 100).quantize(Decimal("0.1"))
            yield YearFinding(
                "growth-mismatch", "error",
                message("diff.growth_mismatch", now=now.text, change=change.text, before=before.text,
                        follows=f"{follows:+f}", unit=change.unit),
                (Quote.of(new, now.start, now.end), Quote.of(new, change.start, change.end),
                 Quote.of(new, new.sentences[now.sentence].start, new.sentences[now.sentence].end)),
                (Quote.of(matcher.old, before.start, before.end),))


def restated_findings(matcher: Matcher) -> Iterator[YearFinding]:
    """restated-figure: last year's value as the new report gives it is not what the old report gave."""
    new, old = matcher.new, matcher.old
    for group in new.figures_of.values():
        for k, figure in enumerate(group):
            if figure.base is None or figure.high or figure.role == "change" or not last_year_value(new, figure):
                continue
            words = context(new, figure)
            before = [f for f in group[:k] if comparable(f, figure) and not last_year_value(new, f)]
            if len(words) < 4 and before:
                words = context(new, before[-1])
            options = matcher.candidates(figure, words)
            sure = [f for s, f in options if s >= SURE]
            if not sure or any(touching(f, figure) for s, f in options if s >= PLAUSIBLE):
                continue
            was = sure[0]
            start = max(new.sentences[figure.sentence].start, figure.start - 6)
            cut = [m.end() for m in BREAK.finditer(new.text[start:figure.start])]
            yield YearFinding(
                "restated-figure", "warning",
                message("diff.restated", now=figure.text, before=was.text),
                (Quote.of(new, start + (cut[-1] if cut else 0), figure.end),),
                (Quote.of(old, was.start, was.end),))


def touching(a: Figure, b: Figure) -> bool:
    """Whether two printed figures may stand for one value."""
    (low, high), (low2, high2) = spread(a), spread(b)
    return low <= high2 and low2 <= high
