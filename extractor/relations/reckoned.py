"""What only the arithmetic tells: 占74.0% where one figure of the paragraph is 74.0% of one other, three parts that add up to a figure before.

Where the words do not name a whole, a reader tries the figures at hand. What fits exactly, as the only one, and is no more than chance
would fit, is what was meant. Such a relation is not said: it backs a claim and convicts nobody. A figure that the words have tied is left alone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from extractor.relations.forms import forms
from extractor.relations.model import Relation
from extractor.relations.names import Names
from extractor.relations.tagged import ACTUAL, ASIDE, ASKED, AVERAGE, CHANGE, MOVED, PAST, PAST_SHARE, POINTS, SHARE, TARGET
from extractor.report import Figure
from patterns import expressions as re

_SHARE = re.compile(r"(?:占|率|比例|比重|完成|相当于|折合|达到|[为是]).{0,16}$")
_NO_SHARE = re.compile(r"满意[度率]|利率|增[长幅速]|降幅|得率|[升降]|(?:合格|达标|优良|普及|满意)率(?:[为达]|达到)?$")
_OF = re.compile(r"占(?!比[例重率])([\u4e00-\u9fff]{2,}?)(?:的|的?比[例重]|总[数量额])*[为达约由从]?$")
_TO = re.compile("^(?:上升|提高|提升|下降|降低|降|升|增|增加|扩大)[到至为]$")
_TIMES = ("小时", "分钟", "秒", "天", "月", "年")
_SUM = re.compile("共|合计|总|合起来|累计")
_REST = re.compile("其余|其他|余下|剩余|剩下|另外?|尚|还有?|没有|没|未|欠|不|缺|因|差")
_LEFT = re.compile("其余|余下|剩余|剩下|另外|空编|空缺|缺编|缺员")
_LEAST = 10  # what is not larger adds up by chance
_PARTS = 9  # nobody reckons more parts together without a word for it
_REACH = 300  # figures of other paragraphs among which a whole is looked for
_FAR = 12  # sentences that a list may stand behind its total
_WORDS = re.compile(r"[\u4e00-\u9fff]{2,}")
_EMPTY = re.compile("其中|全[区县市省年]|[我本][区县市]|共有|累计|实际|完成|达到|已|占|率|的|为|个|家|人|名")


@dataclass(frozen=True, slots=True)
class _Told:
    """A figure with its value in base units (a percentage as printed), the kind that its tag gives it, and of how many it is told (各3个)."""

    figure: Figure
    value: Decimal
    kind: str
    times: int = 1

    @property
    def index(self) -> int:
        return self.figure.index


def reckoned(names: Names, kinds: Mapping[int, str], paragraphs: Iterable[Sequence[Figure]], found: Sequence[Relation],
             series: Collection[int], sentences: Mapping[int, str]) -> list[Relation]:
    """The relations found, and those that the arithmetic alone tells; where a loose wording was read in a way that does not come out and
    the arithmetic knows one that does, that one instead. kinds: of each figure (extractor.relations.tagged); paragraphs: their figures,
    in order; series: the figures told in a list; sentences: their words by index."""
    loose = {f.name for f in forms() if "loose" in f.options}
    open_ = [r for r in found if r.form in loose and not _comes_out(names, r)]
    sure = [r for r in found if r not in open_]
    computed = {r.percent for r in sure if r.type in ("ratio", "growth") and r.percent is not None and (r.type == "growth" or r.whole is not None)}
    divided = {r.total for r in sure if r.type == "parts"}
    siblings = {k: r.total for r in sure if r.type == "parts" for k in r.parts}
    paragraphs = [*paragraphs]
    report = _Report(names, sentences, {r.before: r.now for r in sure if r.type == "growth" and r.before is not None and r.now is not None})
    failed = {r.total for r in open_ if r.type == "parts" and r.closed}
    good = [r for r in sure if r.type in ("parts", "ratio") and _comes_out(names, r)]
    out: list[Relation] = []
    lines: list[list[_Told]] = []
    for figures in paragraphs:
        told = [t for f in figures if (t := _told(f, kinds.get(f.index, ""), names.times.get(f.index, 1))) is not None]
        sums = [*_sums(report, told, divided, siblings, series, failed), *_divisions(report, told, siblings), *_stock(names, told)]
        out += sums
        totals = siblings | {k: r.total for r in sums for k in r.parts}
        for t in told:
            if t.kind in (SHARE, PAST_SHARE, ASKED) and t.index not in computed:
                out += _share(report, told, t, totals)
            elif t.kind in (MOVED, CHANGE):
                out += _change(names, told, t, sure)
            elif t.kind == POINTS:
                out += _points(told, t, sure)
        out += _left(names, told, {(r.total, *r.parts) for r in (*sure, *out) if r.type == "parts"})
        report.add(told)
        lines.append(told)
    out += _columns(names, lines)
    out += _rests(report, [*found, *out])
    out += _amounts(report, sure)
    return [*sure, *(r for r in open_ if not any(_instead(r, new) for new in (*good, *out))), *dict.fromkeys(out)]


def _comes_out(names: Names, r: Relation) -> bool:
    """Whether a relation's figures are as it says, or cannot be computed."""
    if r.type == "growth":
        return r.before is None or r.percent is None or _moved(names, r)
    first, rest = (r.total, r.parts) if r.type == "parts" else (r.part, (r.whole,)) if r.type == "ratio" else (r.actual, (r.target,))
    every = [k for k in (first, *rest) if k is not None]
    values = [v for k in every if (v := names.value(k)) is not None and not names.figures[k].bound]
    if len(values) < 1 + len(rest):
        return True
    if r.type == "parts":
        return values[0] == sum(values[1:], Decimal(0))
    return r.percent is None or _fits(values[0], values[1], names.figures[r.percent])


def _moved(names: Names, r: Relation) -> bool:
    """Whether a change is that between its two figures, as printed."""
    now, before, by = (names.value(k) if k is not None else None for k in (r.now, r.before, r.percent))
    if now is None or before is None or by is None or any(names.figures[k].bound for k in r.figures()):
        return True
    percent = names.figures[r.percent or 0]
    if percent.unit in ("%", "‰") and names.figures[r.now or 0].unit not in ("%", "‰"):
        return _fits(abs(now - before), before, percent)
    return percent.unit == "倍" or abs(now - before) == abs(by)


def _instead(old: Relation, new: Relation) -> bool:
    """Whether a reading that comes out takes the place of a loose one that does not."""
    if old.type in ("ratio", "goal"):
        return new.type == "ratio" and new.percent == old.percent
    if old.type == "growth":
        return new.type == "growth" and new.percent == old.percent
    if new.type != "parts":
        return False
    shared = set(old.parts) & set(new.parts)
    if new.total == old.total and old.closed and old.enumerated and not shared:
        return False  # 326个，分为甲类41个、乙类285个；整改313个，剩余13个: one total is divided in two ways
    if old.closed and shared == set(new.parts) and len(new.parts) < len(old.parts) and old.form not in ("rest", "rest-far", "rest-told", "rest-after"):
        return False  # who lists three parts means three, also where two of them would do
    return new.total == old.total or len(shared) * 2 > len(old.parts)


class _Report:
    """The figures of the paragraphs read so far, by what they measure."""

    def __init__(self, names: Names, sentences: Mapping[int, str], later: Mapping[int, int]) -> None:
        self.names = names
        self.sentences = sentences
        self.later = later  # the figure of this year that a figure of the year before is told beside
        self.levels: list[_Told] = []
        self.by_value: dict[tuple[str, Decimal], list[_Told]] = {}

    def add(self, told: Sequence[_Told]) -> None:
        for t in told:
            if t.kind in (ACTUAL, TARGET, PAST):
                self.levels.append(t)
            if t.kind in (ACTUAL, TARGET, PAST, CHANGE):
                self.by_value.setdefault((self.names.family[t.index], t.value), []).append(t)

    def words(self, t: _Told) -> str:
        """The words that name a figure, or the one of this year beside it."""
        return _words(self.names, t) + (" " + _label(self.names, self.later[t.index]) if t.index in self.later else "")

    def first(self, t: _Told) -> _Told:
        """The first mention of a quantity so uncommon that its number names it."""
        known = self.by_value.get((self.names.family[t.index], t.value), ()) if _significant(t.figure.value) > 2 else ()
        return next((k for k in known if k.kind == t.kind), t)


def _told(f: Figure, kind: str, times: int) -> _Told | None:
    if f.number is None or f.high is not None or not kind or not times:
        return None
    value = f.base if f.base is not None and f.unit not in ("%", "‰") else f.number
    return _Told(f, value, kind, times)


def _significant(text: str) -> int:
    """How many digits of a number as printed say something."""
    return len(text.replace(".", "").replace(",", "").lstrip("-0"))


def _fits(part: Decimal, whole: Decimal, percent: Figure) -> bool:
    """Whether a part is so many percent of a whole, as printed."""
    if percent.number is None or whole <= 0 or part < 0:
        return False
    scale = 1000 if percent.unit == "‰" else 10 if percent.unit == "成" else 100
    places = Decimal(1).scaleb(-len(percent.value.partition(".")[2]))
    return abs(part * scale / whole - percent.number) * 2 <= places


def _share(report: _Report, told: Sequence[_Told], percent: _Told, inside: Mapping[int, int | None]) -> Iterator[Relation]:
    """The one pair of figures of which a share is the share; the whole may stand in a paragraph before, where its words are those of the
    part. inside: the totals of figures that are parts of another."""
    f, names = percent.figure, report.names
    head = names.labels[f.index].head if f.index in names.labels else ""
    if _TO.match(head) and f.index - 1 in names.labels:  # 占比由31.9%上升到33.6%
        head = names.labels[f.index - 1].head
    if not f.number or (not _SHARE.search(head) and not (head in ("", "的") or head.endswith(("、", "和")))):
        return
    mine = (ACTUAL, PAST, TARGET) if percent.kind == PAST_SHARE else (ACTUAL, TARGET)
    here = [t for t in told if t.figure.sentence == f.sentence and t.index < f.index and t.kind in mine and not _time(t)]
    wholes = [t for t in told if t.kind in (*mine, ASIDE) and t.figure.sentence <= f.sentence and not _time(t)]
    exact = _significant(f.value) >= 3
    outer = [t for t in here if t.index not in inside]
    for part in dict.fromkeys([*here[-1:], *outer[-1:], *here[:-4:-1], *outer[:-4:-1]]):
        fits = [w for w in wholes if w is not part and _kin(report, part, w, head) and _fits(part.value, w.value, f)]
        if not exact:
            fits = [w for w in fits if w.figure.sentence == f.sentence and w.index < part.index and _significant(f.value) > 1
                    and ("占" in head or _shared(head, _words(names, part) + " " + _words(names, w)) > 1)] or [
                w for w in fits if part.value * 100 == w.value * f.number or _shared(head, _words(names, part)) > 1
                or ("." in f.value and _named(report, part, w))]
        if not fits and (total := inside.get(part.index)) is not None:
            fits = [w for w in report.levels if w.index == total and _fits(part.value, w.value, f)]
        if f.number == 100:
            fits = [w for w in fits if w.index < part.index and _named(report, part, w, head) and _significant(w.figure.value) > 1]
        if not fits and part is here[-1]:
            fits = [w for w in report.levels[-_REACH:] if w.kind in mine and _kin(report, part, w, head) and _fits(part.value, w.value, f)
                    and _bears(report, w, _of(head), _words(names, part) + " " + head, exact)]
        if len({w.value for w in fits}) == 1:
            whole = next((w for w in fits if w.index < part.index), None) or report.first(fits[-1])
            yield Relation("ratio", min(part.figure.start, f.start), f.end, "reckoned", said=False, part=part.index, whole=whole.index, percent=f.index)
            return
        if fits:
            return


def _bears(report: _Report, whole: _Told, name: str, words: str, exact: bool) -> bool:
    """Whether a figure of another paragraph is the whole that is named, or shares its words with the part."""
    told = report.words(whole)
    if not name:
        return _shared(words, told) >= (2 if exact else 4)
    return _shared(name, told) >= (3 if exact else 4) or (exact and _significant(whole.figure.value) > 2 and name[:2] in told)


def _of(head: str) -> str:
    """The name of the whole that a share is said of: 占|销售总额|的."""
    named = _OF.search(head)
    return named[1] if named else ""


def _change(names: Names, told: Sequence[_Told], percent: _Told, sure: Sequence[Relation]) -> Iterator[Relation]:
    """The one pair of figures of a sentence between which the change is the change."""
    f = percent.figure
    known = [r for r in sure if r.type == "growth" and r.percent == f.index]
    if not f.number or any(r.before is not None for r in known):
        return
    near = [t for t in told if f.sentence - t.figure.sentence in (0, 1, 2) and t.kind in (ACTUAL, PAST, AVERAGE) and t.index < f.index]
    here = [t for t in near if t.figure.sentence == f.sentence]
    for now in (here, near):  # this year's figure may stand a sentence or two before
        pairs = [(n, b) for n in now for b in here if n is not b and names.family[n.index] == names.family[b.index] and n.kind != PAST and b.value > 0
                 and _by(names, n, b, percent) and (n.value < b.value) == (f.down or f.number < 0)]
        pairs = [(n, b) for n, b in pairs if b.kind == PAST or (now is here and percent.kind == MOVED and "." in f.value)]
        if len(pairs) == 1:
            n, b = pairs[0]
            yield Relation("growth", min(n.figure.start, b.figure.start), f.end, "reckoned", said=False, down=f.down, now=n.index,
                           before=b.index, percent=f.index)
        if pairs:
            return


def _by(names: Names, now: _Told, before: _Told, change: _Told) -> bool:
    """Whether two figures lie so far apart, in percent or in their own unit."""
    if change.kind == MOVED:
        return _fits(abs(now.value - before.value), before.value, change.figure)
    return names.family[change.index] == names.family[now.index] and abs(now.value - before.value) == abs(change.value)


def _points(told: Sequence[_Told], points: _Told, sure: Sequence[Relation]) -> Iterator[Relation]:
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


def _amounts(report: _Report, sure: Sequence[Relation]) -> Iterator[Relation]:
    """The amount by which a figure changed, told near the two: 完成8,216户 …累计由68,420户增加到76,636户."""
    level = {t.index: t for t in report.levels}
    known = {(r.now, r.before, r.percent) for r in sure if r.type == "growth"}
    for now, before in dict.fromkeys((r.now, r.before) for r in sure if r.type == "growth" and r.now in level and r.before in level):
        n, b = level[now], level[before]
        for t in report.by_value.get((report.names.family[n.index], abs(n.value - b.value)), ()):
            new = t.kind == ACTUAL and t.figure.sentence == n.figure.sentence and (_significant(t.figure.value) > 1 or "新" in _words(report.names, t))
            moved = t.kind == CHANGE and t.figure.down == (n.value < b.value) and (
                0 <= t.figure.sentence - n.figure.sentence <= 2 or _shared(_words(report.names, t), report.words(n)) > 1)
            if (new or moved) and (now, before, t.index) not in known:
                every = (n, b, t)
                yield Relation("growth", min(x.figure.start for x in every), max(x.figure.end for x in every), "reckoned", said=False,
                               down=n.value < b.value, now=now, before=before, percent=t.index)
                break


def _time(t: _Told) -> bool:
    return t.figure.base_unit in _TIMES


def _kin(report: _Report, part: _Told, whole: _Told, head: str = "") -> bool:
    """Whether one of two figures may be part of the other: measured alike, or both counted; persons among things only where the rate
    bears the name of the things (床位使用率). head: the words before the percentage."""
    names = report.names
    if names.family[part.index] == names.family[whole.index] or names.mix([part.index, whole.index]):
        return True
    return names.counts(part.index) and names.counts(whole.index) and head.endswith("率") and _shared(head, _words(names, whole)) > 1


def _label(names: Names, k: int) -> str:
    label = names.labels.get(k)
    return "" if label is None else _EMPTY.sub(" ", label.head + names.figures[k].unit.lstrip("万亿") + label.tail)


def _words(names: Names, t: _Told) -> str:
    return _label(names, t.index)


def _shared(a: str, b: str) -> int:
    """The length of the longest word that two texts share."""
    best = 0
    for w in _WORDS.findall(a):
        for i in range(len(w)):
            while i + best < len(w) and w[i:i + best + 1] in b:
                best += 1
    return best


def _named(report: _Report, part: _Told, whole: _Told, more: str = "") -> bool:
    """Whether a part, or other words told of it, share a word with its whole."""
    return _shared(_words(report.names, part) + " " + more, _words(report.names, whole)) > 1


def _sums(report: _Report, told: Sequence[_Told], divided: Collection[int | None], siblings: Mapping[int, int | None],
          series: Collection[int], failed: Collection[int | None]) -> Iterator[Relation]:
    """Totals with the run of figures right behind or before them that adds up to them. siblings: the total of each part that the words
    named; failed: totals whose parts the words did not tell well."""
    names = report.names
    rows: dict[str, list[_Told]] = {}
    for t in told:
        if t.kind in (ACTUAL, TARGET) and not t.figure.bound:
            rows.setdefault(names.family[t.index], []).append(t)
            if names.counts(t.index) and failed:
                rows.setdefault("", []).append(t)
    seen: set[tuple[int, ...]] = set()
    for kind, row in rows.items():
        for some in (row, [t for t in row if t.index not in siblings], [t for t in row if t.kind == ACTUAL]):
            for k, total in enumerate(some):
                if total.index in divided or not total.value or (kind == "" and total.index not in failed):
                    continue
                for after, run in ((False, some[k + 1:k + 1 + _PARTS]), (True, some[max(0, k - _PARTS):k][::-1])):
                    parts = _adds_up(total, run)
                    if not parts or not _credible(names, total, parts, after) or _gap(row, total, parts, siblings) or (total.index in siblings and any(
                            siblings.get(p.index) == siblings[total.index] for p in parts)):
                        continue
                    if total.index in series and parts[0].index in series and parts[0].figure.sentence == total.figure.sentence:
                        continue  # 10天、7天、3天
                    key = (total.index, *sorted(p.index for p in parts))
                    if key not in seen:
                        seen.add(key)
                        yield _parts(total, parts)


def _stock(names: Names, told: Sequence[_Told]) -> Iterator[Relation]:
    """What there was and what came make what there is: 新装340台，累计达到1,260台，上年末920台."""
    for b in (t for t in told if t.kind == PAST):
        near = [t for t in told if t.kind == ACTUAL and names.family[t.index] == names.family[b.index] and abs(t.figure.sentence - b.figure.sentence) <= 1]
        pairs = [(n, t) for n in near for t in near if n is not t and n.value + b.value == t.value and "新" in _words(names, n)]
        if len(pairs) == 1:
            yield _parts(pairs[0][1], (pairs[0][0], b))


def _left(names: Names, told: Sequence[_Told], known: Collection[tuple[int | None, ...]]) -> Iterator[Relation]:
    """A total, what was done of it, and the rest that is called so: 涉及58名，承接41名，为其余17名退费; 编制8名，在岗7名，空编1名."""
    for k, rest in enumerate(told):
        label = names.labels.get(rest.index)
        if label is None or rest.kind not in (ACTUAL, CHANGE) or not _LEFT.search(label.head):
            continue
        before = [t for t in told[:k] if t.figure.sentence == rest.figure.sentence and names.family[t.index] == names.family[rest.index]
                  and t.kind in (ACTUAL, TARGET)]
        for j in range(len(before) - 1, max(0, len(before) - 4), -1):
            total = next((t for t in before[:j][::-1] if t.value == before[j].value + rest.value), None)
            if total is not None:
                if (total.index, before[j].index, rest.index) not in known:
                    yield _parts(total, (before[j], rest))
                break


def _columns(names: Names, lines: Sequence[Sequence[_Told]]) -> Iterator[Relation]:
    """Lines of a name and its figures, one below another, and one of them that adds the others up; the shares beside them."""
    block: list[list[_Told]] = []
    for line in [*lines, []]:
        row = [t for t in line if t.kind == ACTUAL]
        follows = bool(block) and bool(row) and row[0].figure.sentence - block[-1][-1].figure.sentence <= 2
        if 0 < len(row) <= 3 and len(line) <= 5 and (not block or (follows and names.family[row[0].index] == names.family[block[0][0].index])):
            block.append(row)
            continue
        if len(block) > 2:
            yield from _added_up(names, block, {t.index: t for x in lines for t in x})
        block = [row] if 0 < len(row) <= 3 and len(line) <= 5 else []


def _added_up(names: Names, block: Sequence[Sequence[_Told]], every: Mapping[int, _Told]) -> Iterator[Relation]:
    for c in range(min(len(row) for row in block)):
        column = [row[c] for row in block]
        if len({names.family[t.index] for t in column}) > 1:
            continue
        for total, parts in ((column[-1], column[:-1]), (column[0], column[1:])):
            if total.value >= _LEAST and total.value == sum((t.value for t in parts), Decimal(0)):
                yield _parts(total, parts)
                for part in parts:
                    share = every.get(part.index + 1)
                    if share is not None and share.kind == SHARE and _fits(part.value, total.value, share.figure):
                        yield Relation("ratio", part.figure.start, share.figure.end, "reckoned", said=False, part=part.index, whole=total.index,
                                       percent=share.index)
                break


def _gap(row: Sequence[_Told], total: _Told, parts: Sequence[_Told], siblings: Mapping[int, int | None]) -> bool:
    """Whether between a small total and its parts a figure stands that is neither."""
    if len(total.value.normalize().as_tuple().digits) > 2:
        return False
    mine = {total.index, *(p.index for p in parts)}
    return any(min(mine) < t.index < max(mine) and t.index not in mine and siblings.get(t.index) not in mine for t in row)


def _divisions(report: _Report, told: Sequence[_Told], siblings: Mapping[int, int | None]) -> Iterator[Relation]:
    """A list of names and figures that no words tie to a total, with the figure some sentences before that it adds up to."""
    names = report.names
    run: list[_Told] = []
    for t in [*(t for t in told if t.kind not in (SHARE, MOVED, POINTS)), None]:
        fit = t is not None and t.kind == ACTUAL and not t.figure.bound and t.index not in siblings and _plain(names, t)
        if t is not None and fit and run and names.family[run[-1].index] == names.family[t.index] and run[-1].figure.sentence == t.figure.sentence:
            run.append(t)
            continue
        if len(run) > 1:
            total = _whole(report, told, run)
            if total is not None:
                yield _parts(total, run)
        run = [t] if t is not None and fit else []


def _plain(names: Names, t: _Told) -> bool:
    """Whether a figure is told by a name alone: 公办20所、民办14所."""
    label = names.labels.get(t.index)
    return label is not None and len(label.head) <= 16 and (len(label.tail) <= 4 or label.tail.startswith("的"))


def _short(names: Names, run: Sequence[_Told]) -> bool:
    """Whether a list's names are short and nothing stands behind its figures: 男331人、女66人."""
    return all(len(names.labels[t.index].head) <= 4 and not names.labels[t.index].tail for t in run)


def _whole(report: _Report, told: Sequence[_Told], run: Sequence[_Told]) -> _Told | None:
    """The one figure before a list that is its sum, where the list is long or its figures large enough to be no chance."""
    names, value = report.names, sum((t.value * t.times for t in run), Decimal(0))
    digits = len(str(int(value))) if value == int(value) else len(value.normalize().as_tuple().digits)
    family = names.family[run[0].index]
    lead = report.sentences.get(run[0].figure.sentence, "").partition(run[0].figure.text)[0]
    near = [t for t in told if t.kind == ACTUAL and t.value == value and t.index < run[0].index and names.family[t.index] == family]
    near = near or [t for t in report.by_value.get((family, value), ()) if t.kind == ACTUAL]
    close = [t for t in near if run[0].figure.sentence - t.figure.sentence <= _FAR and (
        digits > 3 or (digits > 2 and _short(names, run)) or (digits > 1 and (len(run) > 2 or _shared(_words(names, t), lead) > 1)))]
    named = [t for t in near if digits > 1 and _shared(_words(names, t), lead) > 2]
    found = close or named
    return found[0] if len({t.figure.sentence for t in found}) == 1 or close else None


def _parts(total: _Told, parts: Sequence[_Told]) -> Relation:
    every = [total, *parts]
    return Relation("parts", min(t.figure.start for t in every), max(t.figure.end for t in every), "reckoned", said=False, total=total.index,
                    parts=tuple(k for p in sorted(parts, key=lambda p: p.index) for k in [p.index] * p.times))


def _adds_up(total: _Told, run: Sequence[_Told]) -> list[_Told]:
    """The shortest beginning of a run, of two figures or more, that adds up to the total."""
    rest = total.value
    for k, t in enumerate(run):
        rest -= t.value * t.times
        if rest < 0 or not t.value:
            return []
        if rest == 0:
            return list(run[:k + 1]) if k or t.times > 1 else []
    return []


def _credible(names: Names, total: _Told, parts: Sequence[_Told], after: bool) -> bool:
    """Whether a sum is more than chance: by its digits, or where these are few, by its words and its place. after: the total follows its parts."""
    digits, apart = len(total.value.normalize().as_tuple().digits), {p.figure.sentence for p in parts}
    if digits >= 4:
        return True
    if any(abs(s - total.figure.sentence) > 1 for s in apart):
        return False
    if digits == 3:
        return len(apart) == 1 or _akin(names, total, parts)
    summed = _SUM.search(names.labels[total.index].head) is not None if total.index in names.labels else False
    if len({p.figure.unit for p in (total, *parts)}) > 1 and not after:
        return False  # 27人 … 24人，社工3名
    if digits == 2:
        return len(apart) == 1 and (summed if after else _parallel(names, parts))
    if after or len(apart | {total.figure.sentence}) > 1:
        return False
    return (len(parts) > 2 and _parallel(names, parts)) or _dealt(names, parts)


def _dealt(names: Names, parts: Sequence[_Told]) -> bool:
    """Whether parts stand at the head of what is told of each: 未纳入的9家，5家为新设、4家为停业."""
    labels = [names.labels[p.index] for p in parts if p.index in names.labels]
    return len(labels) == len(parts) and all(x.head in ("", "其余", "另") and x.tail[:1] in ("为", "是", "在", "系", "因") for x in labels)


def _akin(names: Names, total: _Told, parts: Sequence[_Told]) -> bool:
    """Whether parts are told as things of their total's kind: by a word of it, or by the same noun or none behind each."""
    name = _words(names, total)
    own = [_words(names, p) for p in parts]
    return all(any(w[k:k + 2] in name for w in _WORDS.findall(o) for k in range(len(w) - 1)) for o in own) or _parallel(names, parts)


def _parallel(names: Names, parts: Sequence[_Told]) -> bool:
    """Whether parts are names and figures alike: 公办20所、民办14所."""
    labels = [names.labels[p.index] for p in parts if p.index in names.labels]
    if len(labels) < len(parts):
        return False
    return all(not x.head and not x.tail for x in labels) or all(0 < len(x.head) <= (16 if len(parts) > 2 else 8) and len(x.tail) <= 2 for x in labels)


def _rests(report: _Report, found: Collection[Relation]) -> Iterator[Relation]:
    """A part and its total read together, and elsewhere what is left: 118个村中建成104个 … 还有14个村没有."""
    names, level = report.names, {t.index: t for t in report.levels}
    told = {(r.total, *r.parts) for r in found if r.type == "parts"}
    for part, whole in dict.fromkeys((r.part, r.whole) for r in found if r.type == "ratio" and r.part in level and r.whole in level):
        p, w = level[part], level[whole]
        if w.value <= p.value or names.family[p.index] != names.family[w.index]:
            continue
        for rest in report.by_value.get((names.family[w.index], w.value - p.value), ()):
            label = names.labels.get(rest.index)
            if label is None or rest.index in (part, whole) or rest.kind != ACTUAL or not _REST.search(label.head + label.tail[:8]) or rest.index <= w.index:
                continue
            near = abs(rest.figure.sentence - p.figure.sentence) <= 1
            if (near or _named(report, rest, w)) and (whole, *sorted((part, rest.index))) not in told:
                yield _parts(w, (p, rest))
                break
