"""Totals and what adds up to them, where the words do not say so: runs of figures, divisions, columns of lines, what is left."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal

from extractor.relations.model import Relation
from extractor.relations.names import Names
from extractor.relations.tagged import ACTUAL, CHANGE, MOVED, PAST, POINTS, SHARE, TARGET
from extractor.relations.values import SoFar, Told, comes_to, longest_shared, share_a_word, words_of
from patterns import expressions as re

_SUM = re.compile("共|合计|总|合起来|加起来|累计|达到?$")
_ADDED = re.compile("加上|连同|原有|合着|算上")
_REST = re.compile("其余|其他|余下|剩余|剩下|另外?|尚|还有?|没有|没|未|欠|不|缺|因|差|逾期|延期|超[期时]|缺口")
_LEFT = re.compile("其余|余下|剩余|剩下|另(?![有行])|空编|空缺|缺编|缺员|缺|差的?$")
_LEFT_BEHIND = re.compile("(?:没有|尚?未|逾期|推迟|延期|空缺|缺口)")
_FRESH = re.compile("新|这一年|当年|年内|今年|全年|又|再|增")
_NET = re.compile("净[增减][\u4e00-\u9fff]{0,4}$")
_REST_ALONE = re.compile(r"\W*(?:\d\W*)?(?:缺口|缺额|差额|欠账|其余|余下|剩余|剩下|尚余|还差|差)(?:为|是|的)?")
_BEHIND_REST = 4  # sentences behind a part in which what is left may be told by that word alone
_LEAST = 10  # what is not larger adds up by chance
_PARTS = 9  # nobody reckons more parts together without a word for it
_FAR = 12  # sentences that a list may stand behind its total
_WORDS = re.compile(r"[\u4e00-\u9fff]{2,}")


def run_sums(report: SoFar, told: Sequence[Told], divided: Collection[int | None], siblings: Mapping[int, int | None],
          series: Collection[int], failed: Collection[int | None]) -> Iterator[Relation]:
    """Totals with the run of figures right behind or before them that adds up to them. siblings: the total of each part that the words
    named; failed: totals whose parts the words did not tell well."""
    names = report.names
    rows: dict[str, list[Told]] = {}
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
                    alone = bool(parts) and not after and _alone(row, total, parts)
                    if not parts or not (_credible(names, total, parts, after) or (alone and _told_of(names, total, parts))):
                        continue
                    if _gap(row, total, parts, siblings) or (total.index in siblings and any(siblings.get(p.index) == siblings[total.index] for p in parts)):
                        continue
                    if _digits(total, parts) < 3 and total.index in series and parts[0].index in series and parts[0].figure.sentence == total.figure.sentence:
                        continue  # 10天、7天、3天
                    key = (total.index, *sorted(p.index for p in parts))
                    if key not in seen:
                        seen.add(key)
                        yield _parts(total, parts)


def _parts(total: Told, parts: Sequence[Told]) -> Relation:
    every = [total, *parts]
    return Relation("parts", min(t.figure.start for t in every), max(t.figure.end for t in every), "reckoned", said=False, total=total.index,
                    parts=tuple(k for p in sorted(parts, key=lambda p: p.index) for k in [p.index] * p.times))


def division_sums(report: SoFar, told: Sequence[Told], siblings: Mapping[int, int | None]) -> Iterator[Relation]:
    """A list of names and figures that no words tie to a total, with the figure some sentences before that it adds up to."""
    names = report.names
    run: list[Told] = []
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


def _next(names: Names, told: Sequence[Told], total: Told, first: Told) -> bool:
    """Whether between a total and the first of a list no other thing is counted (a second mention of the total aside)."""
    return not any(total.index < t.index < first.index and names.counts(t.index) and t.value != total.value for t in told if t.kind == ACTUAL)


def _plain(names: Names, t: Told) -> bool:
    """Whether a figure is told by a name alone: 公办20所、民办14所."""
    label = names.labels.get(t.index)
    return label is not None and len(label.head) <= 16 and (len(label.tail) <= 4 or label.tail.startswith("的"))


def _short(names: Names, run: Sequence[Told]) -> bool:
    """Whether a list's names are short and nothing stands behind its figures: 男331人、女66人."""
    return all(len(names.labels[t.index].head) <= 4 and not names.labels[t.index].tail for t in run)


def _whole(report: SoFar, told: Sequence[Told], run: Sequence[Told]) -> Told | None:
    """The one figure before a list that is its sum, where the list is long or its figures large enough to be no chance."""
    names, value = report.names, sum((t.value * t.times for t in run), Decimal(0))
    digits = len(str(int(value))) if value == int(value) else len(value.normalize().as_tuple().digits)
    family = names.family[run[0].index]
    lead = report.sentences.get(run[0].figure.sentence, "").partition(run[0].figure.text)[0]
    near = [t for t in told if t.kind == ACTUAL and t.value == value and t.index < run[0].index and names.family[t.index] == family]
    near = near or [t for t in report.by_value.get((family, value), ()) if t.kind == ACTUAL]
    close = [t for t in near if run[0].figure.sentence - t.figure.sentence <= _FAR and (
        digits > 3 or (digits > 2 and (len(run) > 2 or _short(names, run)))
        or (digits > 1 and (t.figure.sentence != run[0].figure.sentence or _next(names, told, t, run[0]))
            and (longest_shared(words_of(names, t), lead) > 1 or (len(run) > 2 and _next(names, told, t, run[0])))))]
    named = [t for t in near if digits > 1 and longest_shared(words_of(names, t), lead) > 2 and (digits > 2 or _next(names, told, t, run[0]))]
    found = close or named
    return found[0] if len({t.figure.sentence for t in found}) == 1 or close else None


def stock_sums(names: Names, told: Sequence[Told]) -> Iterator[Relation]:
    """What there was and what came make what there is: 新装340台，累计达到1,260台，上年末920台."""
    for b in (t for t in told if t.kind == PAST):
        near = [t for t in told if t.kind == ACTUAL and names.family[t.index] == names.family[b.index] and abs(t.figure.sentence - b.figure.sentence) <= 1]
        pairs = [(n, t) for n in near for t in near if n is not t and n.value + b.value == t.value and _FRESH.search(words_of(names, n))]
        if len(pairs) == 1:
            n, t = pairs[0]
            every = (n.figure, t.figure, b.figure)
            yield Relation("growth", min(f.start for f in every), max(f.end for f in every), "reckoned", said=False, down=False, now=t.index,
                           before=b.index, percent=n.index)


def net_sums(names: Names, told: Sequence[Told]) -> Iterator[Relation]:
    """What came, what went and what is left of it: 净增15家，新认定28家，退出13家."""
    for net in (t for t in told if t.kind in (ACTUAL, CHANGE) and t.index in names.labels and _NET.search(names.labels[t.index].head)):
        near = [t for t in told if t is not net and t.kind in (ACTUAL, CHANGE) and names.family[t.index] == names.family[net.index]
                and abs(t.figure.sentence - net.figure.sentence) <= 3]
        pairs = [(a, b) for a in near for b in near if a.value == b.value + net.value and a.index < b.index and b.index - a.index <= _PARTS]
        if len(pairs) == 1:
            yield _parts(pairs[0][0], (pairs[0][1], net))


def left_over(names: Names, told: Sequence[Told], known: Collection[tuple[int | None, ...]]) -> Iterator[Relation]:
    """A total, what was done of it, and the rest that is called so: 涉及58名，承接41名，为其余17名退费; 编制8名，在岗7名，空编1名."""
    for k, rest in enumerate(told):
        label = names.labels.get(rest.index)
        if label is None or rest.kind not in (ACTUAL, CHANGE) or not (_LEFT.search(label.head) or _LEFT_BEHIND.match(label.tail)):
            continue
        before = [t for t in told[:k] if t.figure.sentence == rest.figure.sentence and names.family[t.index] == names.family[rest.index]
                  and t.kind in (ACTUAL, TARGET)]
        for j in range(len(before) - 1, max(0, len(before) - 4), -1):
            total = next((t for t in before[:j][::-1] if t.value == before[j].value + rest.value), None)
            if total is not None:
                if (total.index, before[j].index, rest.index) not in known:
                    yield _parts(total, (before[j], rest))
                break


def column_sums(names: Names, lines: Sequence[Sequence[Told]]) -> Iterator[Relation]:
    """Lines of a name and its figures, one below another, and one of them that adds the others up; the shares beside them."""
    block: list[list[Told]] = []
    for line in [*lines, []]:
        row = [t for t in line if t.kind == ACTUAL]
        follows = bool(block) and bool(row) and row[0].figure.sentence - block[-1][-1].figure.sentence <= 2
        if 0 < len(row) <= 3 and len(line) <= 5 and (not block or (follows and names.family[row[0].index] == names.family[block[0][0].index])):
            block.append(row)
            continue
        if len(block) > 2:
            yield from _added_up(names, block, {t.index: t for x in lines for t in x})
        block = [row] if 0 < len(row) <= 3 and len(line) <= 5 else []


def _added_up(names: Names, block: Sequence[Sequence[Told]], every: Mapping[int, Told]) -> Iterator[Relation]:
    for c in range(min(len(row) for row in block)):
        column = [row[c] for row in block]
        if len({names.family[t.index] for t in column}) > 1:
            continue
        for total, parts in ((column[-1], column[:-1]), (column[0], column[1:])):
            if total.value >= _LEAST and total.value == sum((t.value for t in parts), Decimal(0)):
                yield _parts(total, parts)
                for part in parts:
                    share = every.get(part.index + 1)
                    if share is not None and share.kind == SHARE and comes_to(part.value, total.value, share.figure):
                        yield Relation("ratio", part.figure.start, share.figure.end, "reckoned", said=False, part=part.index, whole=total.index,
                                       percent=share.index)
                break


def _gap(row: Sequence[Told], total: Told, parts: Sequence[Told], siblings: Mapping[int, int | None]) -> bool:
    """Whether between a small total and its parts a figure stands that is neither."""
    if len(total.value.normalize().as_tuple().digits) > 2:
        return False
    mine = {total.index, *(p.index for p in parts)}
    return any(min(mine) < t.index < max(mine) and t.index not in mine and siblings.get(t.index) not in mine for t in row)


def _adds_up(total: Told, run: Sequence[Told]) -> list[Told]:
    """The shortest beginning of a run, of two figures or more, that adds up to the total."""
    rest = total.value
    for k, t in enumerate(run):
        rest -= t.value * t.times
        if rest < 0 or not t.value:
            return []
        if rest == 0:
            return list(run[:k + 1]) if k or t.times > 1 else []
    return []


def _credible(names: Names, total: Told, parts: Sequence[Told], after: bool) -> bool:
    """Whether a sum is more than chance: by its digits, or where these are few, by its words and its place. after: the total follows its parts."""
    digits, apart = _digits(total, parts), {p.figure.sentence for p in parts}
    if digits >= 4:
        return True
    if any(abs(s - total.figure.sentence) > 1 for s in apart):
        return False
    if digits == 3:
        return len(apart) == 1 or _akin(names, total, parts)
    summed = _SUM.search(names.labels[total.index].head) is not None if total.index in names.labels else False
    if len({p.figure.unit for p in (total, *parts)}) > 1 and not after:
        return False  # 27人 … 24人，社工3名
    if len(apart) == 1 and any(p.index in names.labels and _ADDED.search(names.labels[p.index].head) for p in parts):
        return True
    if digits == 2:
        return len(apart) == 1 and (summed if after else _parallel(names, parts) or _dealt(names, parts))
    if after or len(apart | {total.figure.sentence}) > 1:
        return False
    return (len(parts) > 2 and _parallel(names, parts)) or _dealt(names, parts)


def _digits(total: Told, parts: Sequence[Told]) -> int:
    """How many digits a total has down to the last one that its parts tell: 4000 of 1870 and 2130 has three. Of things counted by several
    words, only those that it shows itself."""
    every = [t.figure.number for t in (total, *parts) if t.figure.number is not None]
    if len({t.figure.unit for t in (total, *parts)}) > 1:
        return len(total.value.normalize().as_tuple().digits)
    last = min(int(n.normalize().as_tuple().exponent) for n in every)
    return len(str(int(abs(every[0].scaleb(-last)))))


def _alone(row: Sequence[Told], total: Told, parts: Sequence[Told]) -> bool:
    """Whether parts stand right behind their total and are all that their last sentence tells of such things."""
    last = parts[-1]
    between = [t for t in row if total.index < t.index <= last.index]
    after = [t for t in row if t.index > last.index and t.figure.sentence == last.figure.sentence]
    return len(between) == len(parts) and not after and last.figure.sentence - total.figure.sentence <= 2


def _told_of(names: Names, total: Told, parts: Sequence[Told]) -> bool:
    """Whether small parts that stand alone behind their total are told as its parts: 85个村中，79个设了点，6个没有; 疫点2个，青石乡1个，
    柏坪镇1个; 三件 … 办结九件，两件续办，一件作罢."""
    if len({t.figure.unit for t in (total, *parts)}) > 1:
        return False
    opened = total.index in names.labels and re.search("(?:中|里|当中|之中)$", names.labels[total.index].tail) is not None
    if opened or (len(parts) > 2 and total.value >= _LEAST):
        return True
    return _parallel(names, parts) and all(len(names.labels[p.index].head) > 1 for p in parts)


def _dealt(names: Names, parts: Sequence[Told]) -> bool:
    """Whether parts stand at the head of what is told of each: 未纳入的9家，5家为新设、4家为停业."""
    labels = [names.labels[p.index] for p in parts if p.index in names.labels]
    return len(labels) == len(parts) and all(x.head in ("", "其余", "另") and x.tail[:1] in ("为", "是", "在", "系", "因", "由", "属") for x in labels)


def _akin(names: Names, total: Told, parts: Sequence[Told]) -> bool:
    """Whether parts are told as things of their total's kind: by a word of it, or by the same noun or none behind each."""
    name = words_of(names, total)
    own = [words_of(names, p) for p in parts]
    return all(any(w[k:k + 2] in name for w in _WORDS.findall(o) for k in range(len(w) - 1)) for o in own) or _parallel(names, parts)


def _parallel(names: Names, parts: Sequence[Told]) -> bool:
    """Whether parts are names and figures alike: 公办20所、民办14所."""
    labels = [names.labels[p.index] for p in parts if p.index in names.labels]
    if len(labels) < len(parts):
        return False
    return all(not x.head and not x.tail for x in labels) or all(0 < len(x.head) <= (16 if len(parts) > 2 else 8) and len(x.tail) <= 2 for x in labels)


def rests_elsewhere(report: SoFar, found: Collection[Relation]) -> Iterator[Relation]:
    """A part and its total read together, and elsewhere what is left: 118个村中建成104个 … 还有14个村没有."""
    names, level = report.names, {t.index: t for t in report.levels}
    told = {(r.total, *r.parts) for r in found if r.type == "parts"}
    for part, whole in dict.fromkeys((r.part, r.whole) for r in found if r.type == "ratio" and r.part in level and r.whole in level):
        p, w = level[part], level[whole]
        if w.value <= p.value or not (names.family[p.index] == names.family[w.index] or (names.counts(part or 0) and names.counts(whole or 0))):
            continue
        families = dict.fromkeys((names.family[w.index], names.family[p.index]))
        for rest in (t for f in families for t in report.by_value.get((f, w.value - p.value), ())):
            label = names.labels.get(rest.index)
            if label is None or rest.index in (part, whole) or rest.kind != ACTUAL or not _REST.search(label.head + label.tail[:8]) or rest.index <= w.index:
                continue
            near = abs(rest.figure.sentence - p.figure.sentence) <= (_BEHIND_REST if _REST_ALONE.fullmatch(label.head) else 1)
            if (near or share_a_word(report, rest, w)) and (whole, *sorted((part, rest.index))) not in told:
                yield _parts(w, (p, rest))
                break
