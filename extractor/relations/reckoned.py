"""What only the arithmetic tells: 占74.0% where one figure of the paragraph is 74.0% of one other, three parts that add up to a figure before.

Where the words do not name a whole, a reader tries the figures at hand. What fits exactly, as the only one, and is no more than chance
would fit, is what was meant. Such a relation is not said: it backs a claim and convicts nobody. A figure that the words have tied is left alone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from extractor.relations.dealt import dealt_shares
from extractor.relations.forms import forms
from extractor.relations.model import Relation
from extractor.relations.names import Names
from extractor.relations.sums import column_sums, division_sums, left_over, net_sums, rests_elsewhere, run_sums, stock_sums
from extractor.relations.tagged import ACTUAL, ASIDE, ASKED, AVERAGE, BRACKET, CHANGE, MOVED, PAST, PAST_SHARE, POINTS, SHARE, TARGET
from extractor.relations.values import (
    SoFar,
    Told,
    as_told,
    comes_out,
    comes_to,
    is_time,
    lie_apart,
    longest_shared,
    of_one_kind,
    share_a_word,
    significant,
    words_of,
)
from extractor.report import Figure
from patterns import expressions as re

_SHARE = re.compile(r"(?:占|率|比例|比重|完成|相当于|折合|达到|[为是]).{0,16}$")
_OF = re.compile(r"占(?!比[例重率])([\u4e00-\u9fff]{2,}?)(?:的|的?比[例重]|总[数量额])*[为达约由从]?$")
_TO = re.compile("^(?:上升|提高|提升|下降|降低|降|升|增|增加|扩大)[到至为]$")
_MORE = re.compile("(?:[还尚仍相]?(?:多|少|差)[\\u4e00-\\u9fff]{0,3}|超[出过]|[高低][出于]?)$")  # a clause that tells how far two figures lie apart
_AGAINST = re.compile("比|较|离|距|超|跟|与|同|[高低]于|[高低]出|从|由|平均$|^全[国省市县区]")
_WORTH = {"‰": 1000, "成": 10}
_FROM_IT = re.compile("(?:离|距|比|较)(?:它|此|这|该|之)")
_FAR = 6  # sentences before a change in which what it changed may be named
_REACH = 300  # figures of other paragraphs among which a whole is looked for


def reckoned(names: Names, kinds: Mapping[int, str], paragraphs: Iterable[Sequence[Figure]], found: Sequence[Relation],
             series: Collection[int], sentences: Mapping[int, str]) -> list[Relation]:
    """The relations found, and those that the arithmetic alone tells; where a loose wording was read in a way that does not come out and
    the arithmetic knows one that does, that one instead. kinds: of each figure (extractor.relations.tagged); paragraphs: their figures,
    in order; series: the figures told in a list; sentences: their words by index."""
    found = [r for r in found if not _of_a_survey(names, r)]
    loose = {f.name for f in forms() if "loose" in f.options}
    open_ = [r for r in found if (r.form in loose or r.type == "ratio") and not comes_out(names, r)]
    sure = [r for r in found if r not in open_]
    computed = {r.percent for r in sure if r.type in ("ratio", "growth") and r.percent is not None and (r.type == "growth" or r.whole is not None)}
    divided = {r.total for r in sure if r.type == "parts"}
    siblings = {k: r.total for r in sure if r.type == "parts" for k in r.parts}
    paragraphs = [*paragraphs]
    report = SoFar(names, sentences, {r.before: r.now for r in sure if r.type == "growth" and r.before is not None and r.now is not None})
    failed = {r.total for r in open_ if r.type == "parts" and r.closed}
    good = [r for r in sure if r.type in ("parts", "ratio") and comes_out(names, r)]
    out: list[Relation] = []
    lines: list[list[Told]] = []
    for figures in paragraphs:
        told = [t for f in figures if (t := as_told(f, kinds.get(f.index, ""), names.times.get(f.index, 1))) is not None]
        sums = [*run_sums(report, told, divided, siblings, series, failed), *division_sums(report, told, siblings), *stock_sums(names, told), *net_sums(names, told)]
        out += sums
        totals = siblings | {k: r.total for r in sums for k in r.parts}
        dealt = [*dealt_shares(report, told, computed, totals)]
        out += dealt
        computed |= {r.percent for r in dealt if r.percent is not None}
        for t in told:
            if t.kind in (SHARE, PAST_SHARE, ASKED) and t.index not in computed:
                out += _share(report, told, t, totals)
            elif t.kind in (MOVED, CHANGE):
                out += [*_change(report, told, t, sure)] or [*_beyond(report, told, t, sure)]
            elif t.kind == POINTS:
                out += [*_points(told, t, sure)] or [*_beyond(report, told, t, sure)]
            elif t.kind in (ACTUAL, ASIDE) and _MORE.search(_head(names, t)):
                out += _beyond(report, told, t, sure)
        out += left_over(names, told, {(r.total, *r.parts) for r in (*sure, *out) if r.type == "parts"})
        report.add(told)
        lines.append(told)
    out += column_sums(names, lines)
    out += _named_shares(names, lines, sentences, {r.percent for r in (*found, *out) if r.type in ("ratio", "growth")})
    out += _shares_beside(names, lines, [*found, *out])
    out += rests_elsewhere(report, [*found, *out])
    out += _amounts(report, sure)
    rated = {(r.part, r.whole) for r in (*found, *out) if r.type == "ratio" and r.percent is not None}
    open_ = [r for r in open_ if not (r.parts and (r.parts[0], r.total) in rated and _past_its_whole(names, r, sentences))]
    net = {k: r.total for r in out if r.type == "parts" for k in r.parts}
    sure = [r for r in sure if not (r.type == "growth" and r.before is None and r.percent in net and net[r.percent] != r.now)]  # 新开18家，关停5家，净增13家
    return [*sure, *(r for r in open_ if not any(_instead(r, new) for new in (*good, *out))), *dict.fromkeys(out)]


_SURVEY = re.compile("(?:满意|知晓|支持|好评|认可|信任|知识合格|获得感|安全感)[率度]?$")


def _of_a_survey(names: Names, r: Relation) -> bool:
    """Whether a ratio takes a rate that people were asked for to be that of two counts beside it: 派单15820件，办结15820件，满意率91.8%."""
    if r.type != "ratio" or r.percent is None or r.part is None or r.percent not in names.labels or r.part not in names.labels:
        return False
    asked = _SURVEY.search(names.labels[r.percent].head)
    part = names.labels[r.part]
    return asked is not None and asked[0][:2] not in part.head + part.tail and not comes_out(names, r)


def _past_its_whole(names: Names, r: Relation, sentences: Mapping[int, str]) -> bool:
    """Whether what is told after a rate of completion stands beyond its whole: 应答复1904件，答复1898件，答复率99.7%。另有26件."""
    last = names.figures[r.parts[-1]]
    return r.form == "rest-far" and not comes_out(names, r) and f"另有{last.text}" in sentences.get(last.sentence, "")


def _instead(old: Relation, new: Relation) -> bool:
    """Whether a reading that comes out takes the place of a loose one that does not."""
    if old.type in ("ratio", "goal"):
        return new.type == "ratio" and new.percent == old.percent
    if old.type == "growth":
        return new.type == "growth" and new.percent == old.percent
    if new.type != "parts":
        return False
    if old.form.startswith("rest") and set(new.parts) & set(old.parts):
        return True  # what is left is left of one total
    if new.total in old.parts and set(new.parts) & set(old.parts):
        return True  # 年末186家，净增15家：新认定28家，退出13家: of these two one is of the other
    shared = set(old.parts) & set(new.parts)
    if new.total == old.total and old.closed and not shared:
        return False  # 326个，分为甲类41个、乙类285个；整改313个，剩余13个: one total is divided in two ways
    if old.closed and shared == set(new.parts) and len(new.parts) < len(old.parts) and old.form not in ("rest", "rest-far", "rest-told", "rest-after"):
        return False  # who lists three parts means three, also where two of them would do
    return new.total == old.total or len(shared) * 2 > len(old.parts)


def _share(report: SoFar, told: Sequence[Told], percent: Told, inside: Mapping[int, int | None]) -> Iterator[Relation]:
    """The one pair of figures of which a share is the share; the whole may stand in a paragraph before, where its words are those of the
    part. inside: the totals of figures that are parts of another."""
    f, names = percent.figure, report.names
    head = names.labels[f.index].head if f.index in names.labels else ""
    if _TO.match(head) and f.index - 1 in names.labels:  # 占比由31.9%上升到33.6%
        head = names.labels[f.index - 1].head
    if not f.number or (not _SHARE.search(head) and not (head in ("", "的") or head.endswith(("、", "和")))):
        return
    mine = (ACTUAL, PAST, TARGET) if percent.kind == PAST_SHARE else (ACTUAL, TARGET)
    here = [t for t in told if t.figure.sentence == f.sentence and t.index < f.index and t.kind in mine and not is_time(t)]
    opens = not here
    if opens:  # a sentence that opens with its share speaks of the figures before it
        here = [t for t in told if 0 < f.sentence - t.figure.sentence <= 2 and t.index < f.index and t.kind in mine and not is_time(t)]
    wholes = [t for t in told if t.kind in (*mine, ASIDE) and t.figure.sentence <= f.sentence and not is_time(t)]
    exact = significant(f.value) >= 3
    outer = [t for t in here if t.index not in inside]
    for part in dict.fromkeys([*here[-1:], *outer[-1:], *here[:-4:-1], *outer[:-4:-1]]):
        fits = [w for w in wholes if w is not part and not (w is here[-1] and head.startswith("占")) and of_one_kind(report, part, w, head) and comes_to(part.value, w.value, f)]
        if not exact:
            fits = [w for w in fits if w.figure.sentence == f.sentence and w.index < part.index and significant(f.value) > 1
                    and ("占" in head or longest_shared(head, words_of(names, part) + " " + words_of(names, w)) > 1)] or [
                w for w in fits if part.value * _WORTH.get(f.unit, 100) == w.value * f.number or longest_shared(head, words_of(names, part)) > 1
                or ("." in f.value and share_a_word(report, part, w))]
        if not fits and (total := inside.get(part.index)) is not None:
            fits = [w for w in (*told, *report.levels) if w.index == total and comes_to(part.value, w.value, f)]
        if f.number == 100:
            fits = [w for w in fits if part.index - (1 if opens else part.index) <= w.index < part.index and part.figure.sentence - w.figure.sentence <= 1 and (
                (share_a_word(report, part, w, head) and significant(w.figure.value) > 1) or w.kind == TARGET
                or (longest_shared(head, words_of(names, part)) > 1 and (w.figure.sentence == part.figure.sentence or share_a_word(report, part, w, head))))]
        if not fits and part is here[-1]:
            fits = [w for w in report.levels[-_REACH:] if w.kind in mine and of_one_kind(report, part, w, head) and comes_to(part.value, w.value, f)
                    and _bears(report, w, _of(head), words_of(names, part) + " " + head, exact)]
        if len({w.value for w in fits}) == 1:
            whole = next((w for w in fits if w.index < part.index), None) or report.first(fits[-1])
            yield Relation("ratio", min(part.figure.start, f.start), f.end, "reckoned", said=False, part=part.index, whole=whole.index, percent=f.index)
            return
        if fits:
            return


def _bears(report: SoFar, whole: Told, name: str, words: str, exact: bool) -> bool:
    """Whether a figure of another paragraph is the whole that is named, or shares its words with the part."""
    told = report.words(whole)
    if not name:
        return longest_shared(words, told) >= (2 if exact else 4)
    return longest_shared(name, told) >= (3 if exact else 4) or (exact and significant(whole.figure.value) > 2 and name[:2] in told)


_OF_COUNT = re.compile(r"占(?!比)([\u4e00-\u9fff]{2,6}?)(?:[数量])的?(?:比例|比重)?[为达约]?$")


def _named_shares(names: Names, lines: Sequence[Sequence[Told]], sentences: Mapping[int, str], known: Collection[int | None]) -> Iterator[Relation]:
    """A share of a whole that the words name, where one figure of the sentence has that name: 受理2315起，…调解1042起，占受理数的45.0%."""
    for told in lines:
        for k, percent in enumerate(told):
            head = names.labels[percent.index].head if percent.index in names.labels else ""
            named = _OF_COUNT.search(head)
            if percent.kind not in (SHARE, ASKED) or percent.index in known or named is None or not k:
                continue
            part = told[k - 1]
            wholes = [t for t in told[: k - 1] if t.figure.sentence == percent.figure.sentence and t.kind in (ACTUAL, TARGET)
                      and names.family[t.index] == names.family[part.index] and names.fits(named[1], t.index) == 3]  # 对终端销售 is not the 销售总额
            if len(wholes) == 1 and part.kind == ACTUAL and part.figure.sentence == percent.figure.sentence and wholes[0].value >= part.value:
                yield Relation("ratio", wholes[0].figure.start, percent.figure.end, "share-named", part=part.index, whole=wholes[0].index, percent=percent.index)


def _shares_beside(names: Names, lines: Sequence[Sequence[Told]], found: Sequence[Relation]) -> Iterator[Relation]:
    """Shares told as another share of their sentence is, which has a whole that it comes out of: theirs is the same (党员412名；女党员118名，占28.6%；35岁
    以下151名，占36.7%)."""
    whole_of = {r.percent: r.whole for r in found if r.type == "ratio" and r.percent is not None and r.whole is not None}
    for told in lines:
        at = {t.index: t for t in told}
        bare = [t for t in told if t.kind == SHARE and _head(names, t) in ("占", "占比", "占总数的") and t.index - 1 in at and at[t.index - 1].kind == ACTUAL]
        for t in bare:
            part = at[t.index - 1]
            wholes = {whole_of[s.index] for s in bare if s.index in whole_of and s.figure.sentence == t.figure.sentence}
            if t.index in whole_of or len(wholes) != 1:
                continue
            whole = at.get(next(iter(wholes)))
            if whole is not None and whole.index < part.index and names.family[whole.index] == names.family[part.index] and part.value < whole.value:
                yield Relation("ratio", whole.figure.start, t.figure.end, "share-beside", part=part.index, whole=whole.index, percent=t.index)


def _of(head: str) -> str:
    """The name of the whole that a share is said of: 占|销售总额|的."""
    named = _OF.search(head)
    return named[1] if named else ""


def _change(report: SoFar, told: Sequence[Told], percent: Told, sure: Sequence[Relation]) -> Iterator[Relation]:
    """The one pair of figures of a sentence between which the change is the change."""
    f, names = percent.figure, report.names
    known = [r for r in sure if r.type == "growth" and r.percent == f.index]
    if not f.number or any(r.before is not None for r in known):
        return
    own = report.sentences.get(f.sentence, "")
    near = [t for t in told if 0 <= f.sentence - t.figure.sentence <= _FAR and t.kind in (ACTUAL, PAST, AVERAGE) and t.index < f.index and (
        f.sentence - t.figure.sentence <= 2 or longest_shared(words_of(names, t), own) > 1)]
    here = [t for t in near if t.figure.sentence == f.sentence]
    for now in (here, near):  # this year's figure may stand a sentence or two before
        pairs = [(n, b) for n in now for b in here if n is not b and names.family[n.index] == names.family[b.index] and n.kind != PAST and b.value > 0
                 and lie_apart(names, n, b, percent) and (n.value < b.value) == (f.down or f.number < 0)]
        pairs = [(n, b) for n, b in pairs if b.kind == PAST or (now is here and percent.kind == MOVED and "." in f.value)]
        if len(pairs) == 1:
            n, b = pairs[0]
            yield Relation("growth", min(n.figure.start, b.figure.start), f.end, "reckoned", said=False, down=f.down, now=n.index,
                           before=b.index, percent=f.index)
        if pairs:
            return


def _points(told: Sequence[Told], points: Told, sure: Sequence[Relation]) -> Iterator[Relation]:
    """The one pair of rates, of this year and of the year before, that lie so many points apart; in one sentence or two."""
    f = points.figure
    if not f.number or any(r.type == "growth" and r.percent == f.index and r.before is not None for r in sure):
        return
    here = [t for t in told if 0 <= f.sentence - t.figure.sentence <= 1 and t.index < f.index]
    rates = [t for t in here if t.kind in (SHARE, ASKED)]
    pairs = [(n, b) for n in rates for b in here if b.kind == PAST_SHARE and n.figure.unit == b.figure.unit and abs(n.value - b.value) == abs(f.number)
             and (n.value < b.value) == f.down]
    if len({b.index for _, b in pairs}) == 1 and pairs:
        now, before = pairs[-1]
        yield Relation("growth", min(now.figure.start, before.figure.start), f.end, "reckoned", said=False, down=f.down, now=now.index,
                       before=before.index, percent=f.index)


def _head(names: Names, t: Told) -> str:
    return names.labels[t.index].head if t.index in names.labels else ""


def _beyond(report: SoFar, told: Sequence[Told], by: Told, sure: Sequence[Relation]) -> Iterator[Relation]:
    """The two figures of which one lies so far beyond the other, that other told right beside: 超过目标65%4.2个百分点, 比满分线30所少3所,
    比上年多13架（上年28架）, 任务6000吨，落实6500吨，超出500吨. What falls short of a goal makes it up with what it lacks."""
    f, names = by.figure, report.names
    if not f.number or any(r.percent == f.index and r.type == "growth" and r.before is not None for r in sure):
        return
    rate = by.kind == POINTS

    def alike(t: Told) -> bool:
        return t.figure.unit in ("%", "‰") if rate else names.family[t.index] == names.family[f.index] and t.figure.unit not in ("%", "‰")

    last = [t for t in told if t.index < f.index and alike(t) and 0 <= f.sentence - t.figure.sentence <= 2]
    after = [t for t in told if t.index == f.index + 1 and alike(t) and t.kind in (PAST, PAST_SHARE) and t.figure.sentence == f.sentence]
    named = [t for t in last if _AGAINST.search(_head(names, by)) and longest_shared(_head(names, by), _head(names, t)) > 2]  # 全市平均61.2%，…比全市平均高
    inside = [t for t in last if t.index == f.index - 1 and BRACKET in _head(names, by)]  # 比上年平均市值（180亿元）低13亿元
    for base in inside or [*after, *last[:-3:-1], *named[:1]]:
        if base.figure.sentence != f.sentence and base not in after:
            continue
        told_first = _head(names, base).endswith(("由", "从"))  # 由68项精简至54项，减少14项
        against = base.index == f.index - 1 and (_AGAINST.search(_head(names, base)) or _FROM_IT.search(_head(names, by))) is not None
        if base.kind not in (PAST, PAST_SHARE, TARGET, ASKED) and not told_first and not against and base not in (*named, *inside):
            continue
        now = [t for t in last[::-1] if t is not base and t.kind not in (PAST, PAST_SHARE, CHANGE, POINTS) and abs(t.value - base.value) == abs(by.value)]
        if not now and against and base.kind not in (PAST, PAST_SHARE):
            now = [t for t in told if t.index == f.index + 1 and alike(t) and t.figure.sentence == f.sentence and abs(t.value - base.value) == abs(by.value)]
            now = now or _elsewhere(report, base, by)
        if now:
            n = now[0]
            every = (n.figure, base.figure, f)
            start, end = min(x.start for x in every), max(x.end for x in every)
            if told_first or base in inside or base.kind in (PAST, PAST_SHARE) or n.value > base.value:
                yield Relation("growth", start, end, "reckoned", said=False, down=n.value < base.value, now=n.index, before=base.index, percent=f.index)
            else:
                yield Relation("parts", start, end, "reckoned", said=False, total=base.index, parts=tuple(sorted((n.index, f.index))))
            return


def _elsewhere(report: SoFar, base: Told, by: Told) -> list[Told]:
    """What falls short of a goal or goes beyond it, told in a paragraph before in the words of this clause: 规范管理率距70%目标差2个百分点."""
    words = report.sentences.get(base.figure.sentence, "")
    found = [t for v in (base.value - abs(by.value), base.value + abs(by.value)) for t in report.by_value.get((report.names.family[base.index], v), ())
             if t.kind != PAST and longest_shared(words_of(report.names, t), words) > (1 if significant(t.figure.value) > 2 else 2)]
    return found[:1] if len({t.value for t in found}) == 1 else []


def _amounts(report: SoFar, sure: Sequence[Relation]) -> Iterator[Relation]:
    """The amount by which a figure changed, told near the two: 完成8,216户 …累计由68,420户增加到76,636户."""
    level = {t.index: t for t in report.levels}
    known = {(r.now, r.before, r.percent) for r in sure if r.type == "growth"}
    for now, before in dict.fromkeys((r.now, r.before) for r in sure if r.type == "growth" and r.now in level and r.before in level):
        n, b = level[now], level[before]
        for t in report.by_value.get((report.names.family[n.index], abs(n.value - b.value)), ()):
            new = t.kind == ACTUAL and t.figure.sentence == n.figure.sentence and (significant(t.figure.value) > 1 or "新" in words_of(report.names, t))
            moved = t.kind == CHANGE and t.figure.down == (n.value < b.value) and (
                0 <= t.figure.sentence - n.figure.sentence <= 2 or longest_shared(words_of(report.names, t), report.words(n)) > 1)
            if (new or moved) and (now, before, t.index) not in known:
                every = (n, b, t)
                yield Relation("growth", min(x.figure.start for x in every), max(x.figure.end for x in every), "reckoned", said=False,
                               down=n.value < b.value, now=now, before=before, percent=t.index)
                break
