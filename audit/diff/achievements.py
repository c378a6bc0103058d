"""Achievements of two years: a deed done once for a named thing, told as new in both."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from audit.diff.model import YearFinding
from audit.messages import message
from audit.model import Quote
from extractor.achievements import Achievement, achievements, of_class, tidings, words
from extractor.report import Report
from patterns.content import SAME, Weights, content_words, cover, deeds, light, says
from patterns.speech import fitting_level, levels

LONG = 5  # a name of so many characters settles it with fewer of the other words
SHORTEST = 3  # characters of a winner's name
WHOLE, HALF = 7, 0.4  # a work called by so long a name, or a deed of one and the same, is one, if half of what is told of it is
SAID_NAMED = 0.6
SAID = 0.7  # share of this year's words that last year's achievement says
SURELY = 0.85  # where their kinds are two
SAID_BACK = 0.55  # and the other way round: last year's may tell more
WINNER = 0.34  # share of the pairs of characters of a winner's name that the other report's has too
NAMED = 4  # characters in a row that both tell, and few other statements do
COMMON = 3  # achievements of a report in which a name may stand and still name one thing
PERSON = 4  # characters of a name that stands where another did
PARTICLES = "的得了为被在由把将系是"
NUMERALS = frozenset("一二两三四五六七八九十几多")
LATER = frozenset("二三四五六")  # phases of a work; the first may go without its number
WON = 3  # characters of a winner's name
TELLING = frozenset("春夏秋冬东西南北中上下左右前后内外一二三四五六七八九十甲乙丙丁0123456789ABCDE")  # characters by one of which a name is another
COUNTING = frozenset("个家处座所项条名人户套栋幢间台辆")  # words by which things are counted
BEGINNING = frozenset("与和同在的被省市区县镇乡村校")  # characters before which a name may begin
GRADES = frozenset("优秀 典型 先进 模范 标杆 十佳 最佳 最美 创新 示范".split())  # words of praise that one honour is told with
HONOURS = ("验收", "牌子", "牌匾", "招牌", "称号", "认定", "认证", "评审", "荣誉", "荣誉称号")
STAGES = frozenset(("works", "moved", "closed", "sealed", "topped", "begun", "listed", "first"))  # deeds that are done to a thing, whatever it is called
KNOWN = 12  # tellings of last year that have four characters in common; those of more name nothing
WINNING, BEGUN = frozenset(("title", "passed")), frozenset(("works", "first"))  # kinds that are told in each other's words
MEMBER = 3  # characters of the name of one that is listed
BESIDE = 0.9  # credit of what the line told beside it


def recycled_findings(old: Report, new: Report) -> Iterator[YearFinding]:
    """recycled-achievement: a named, one-off achievement of last year stands in the new report as this year's, in whatever words.

    Not where the new report tells it as last year's, as continued or kept up, or where it is another of a series.
    """
    known = tidings if old.table.rows and new.table.rows else achievements  # other reports tell what they want in the words of what they did
    past, now = known(old), known(new)
    weights = Weights([a.bare + a.before for a in (*past, *now) if a.kinds])
    ours = tuple(d for d in {old.district or "", new.district or ""} if d)
    spread = Counter(p for a in past if a.kinds for p in pieces(strip(a.bare, ours)))
    telling: dict[str, list[Achievement]] = {}
    for b in past:
        for p in pieces(strip(b.bare + b.before + "|".join(b.members), ours)):
            telling.setdefault(p, []).append(b)
    told: dict[int, list[Achievement]] = {}
    for a in now:
        if not a.fresh:
            continue
        near = {b.start: b for p in pieces(strip(a.bare + a.before + "|".join(a.members), ours)) if len(telling.get(p, ())) <= KNOWN for b in telling.get(p, ())}
        found = [(alike(weights, a, b, n), -b.start, b) for b in near.values()
                 if may_be(a, b) and (n := named(a, b, spread, ours)) and (a.thing or (n >= LONG and (a.kinds & STAGES or won_by_one(a, b))))]
        found += [(score, -b.start, b) for b in near.values() if (score := listed(weights, a, b, ours))]
        score, _, best = max(found, key=lambda x: x[:2], default=(0.0, 0, None))
        if best is not None and score:
            told.setdefault(first(past, best), []).append(a)
    for index, again in told.items():
        best, a = past[index], min(again, key=lambda x: (x.row is not None, x.start))
        yield YearFinding(
            "recycled-achievement", "warning",
            message("diff.recycled", now=new.text[a.start:a.end].strip(), before=old.text[best.start:best.end].strip()),
            (*within(new, a), *(Quote.of(new, x.start, x.end) for x in again if x is not a)), within(old, best))


def first(past: Sequence[Achievement], one: Achievement) -> int:
    """The index of the first achievement that is told with the same words: the annex repeats the narrative."""
    return next(k for k, b in enumerate(past) if b is one or (b.kinds & one.kinds and pieces(words(b.bare)) and (
        pieces(words(b.bare)) <= pieces(words(one.bare)) or pieces(words(one.bare)) <= pieces(words(b.bare)))))


def within(report: Report, a: Achievement) -> tuple[Quote, ...]:
    """The words of a deed, and the sentence that they stand in."""
    own = Quote.of(report, a.start, a.end)
    sentence = next((s for s in report.sentences if s.start <= a.start < s.end), None)
    return (own,) if sentence is None else (own, Quote.of(report, sentence.start, sentence.end))


def pieces(text: str) -> set[str]:
    """The runs of NAMED characters of a text."""
    return {text[i:i + NAMED] for i in range(len(text) - NAMED + 1)}


def named(a: Achievement, b: Achievement, spread: Counter[str], ours: tuple[str, ...]) -> int:
    """The length of the longest run of characters that both tell and few other achievements of last year do, the name of the thing; 0 where
    there is none of NAMED characters. ours: the names of the district, which name nothing."""
    one, other = (strip(own_words(x), ours) for x in (a, b))
    best = 0
    for k in range(len(one) - NAMED + 1):
        if spread[one[k:k + NAMED]] > COMMON:
            continue
        n = NAMED
        while one[k:k + n] in other and k + n <= len(one):
            best = max(best, n)
            n += 1
    return best


def own_words(a: Achievement) -> str:
    """The words of a deed's own clause; where that names little, those of the line before it too."""
    telling = [w for w in content_words(a.bare) if not light(w)]
    return a.bare if len(telling) > 1 else a.before + a.bare


def strip(text: str, ours: tuple[str, ...]) -> str:
    """A text's characters without the district's names."""
    bare = words(text)
    for name in ours:
        bare = bare.replace(name, "")
    return bare


def may_be(a: Achievement, b: Achievement) -> bool:
    """Whether two deeds may be one: of one kind, or the one in words that are of no kind; not of two levels or two of a series, not of two
    places, not of two names, and not of two numbers."""
    known = a.kinds & b.kinds
    if (a.kinds and b.kinds and not known and not related(a, b)) or (a.marks and b.marks and not a.marks & b.marks) or a.marks & LATER != b.marks & LATER:
        return False
    if not (a.kinds or b.kinds) and (a.yearly or not (a.thing and b.thing and a.eventful) or words(a.text) == words(b.text)):
        return False
    if levels(a.text) and levels(b.text) and not (fitting_level(a.text, b.text) or fitting_level(b.text, a.text)):
        return False
    if not a.kinds and a.counts and not a.eventful:
        return False  # 志愿服务队22支
    if known <= {"works"} and a.rebuilt != b.rebuilt:
        return False  # built, and built anew
    if a.yearly and "title" in known and not any(q in b.quoted for q in a.quoted):
        return False
    called = any(q in x for q in map(words, a.quoted & b.quoted) for x in (a.subject, b.subject))  # “一码通办”做法, “一码通办”经验
    if "title" in known and not called and (others(a.subject, b.subject) or exchanged(a.subject, b.subject)):
        return False  # the same title, won by another
    if any(a.names[kind].isdisjoint(b.names[kind]) for kind in a.names.keys() & b.names.keys()):
        return False  # another road, another company
    if any(q not in words(b.before + b.text) for q in map(words, a.quoted)) and any(q not in words(a.before + a.text) for q in map(words, b.quoted)):
        return False
    if known == {"works"} and a.things and b.things and not any(t in b.bare for t in a.things) and not any(t in a.bare for t in b.things):
        return False  # a bureau, a centre
    one, other = ({"个" if u in COUNTING else u: v for u, v in x.counts} for x in (a, b))
    return all(one[u] == other[u] for u in one.keys() & other.keys()) and not exchanged(honourless(own_words(a)), honourless(own_words(b)))


def honourless(text: str) -> str:
    """A text's characters without the words for what is won or passed, of which one is put for another (验收, 牌子)."""
    bare = words(text)
    for word in HONOURS:
        bare = bare.removesuffix(word)
    return bare


def related(a: Achievement, b: Achievement) -> bool:
    """Whether two kinds of deed may be one in other words: 改造完成 and 通车, 挂牌省级机构 and 获批省级机构."""
    both = a.kinds | b.kinds
    if both <= WINNING or both <= BEGUN:
        return True
    return "works" in both and bool(both & {"title", "rebuilt"}) and not both & {"begun", "topped", "sealed"}


def exchanged(one: str, other: str) -> bool:
    """Whether one text has in the place of a name another one: 北站广场服务站, 南站广场服务站; 水利局张卫国, 水利局陈立新."""
    at = SequenceMatcher(None, one, other, autojunk=False).get_opcodes()
    for k, (what, i, j, m, n) in enumerate(at):
        if what != "replace" or max(j - i, n - m) > PERSON:
            continue
        firm = [at[x][2] - at[x][1] for x in (k - 1, k + 1) if 0 <= x < len(at) and at[x][0] == "equal"]
        if max(firm, default=0) < 2 or (j - i != n - m and (len(firm) < 2 or min(firm) < 2)):
            continue
        x, y = one[i:j].strip(PARTICLES), other[m:n].strip(PARTICLES)
        if len(x) == len(y) == 1 and not (x in TELLING and y in TELLING) and i and one[i - 1] not in BEGINNING:
            continue  # 管养, 管理; but 省农科院, 省林科院
        if x and y and x not in other and y not in one and not {x, y} <= GRADES and says(x, y) < SAME and says(y, x) < SAME:
            return True
    return False


def won_by_one(a: Achievement, b: Achievement) -> bool:
    """Whether two titles name one winner: a run of his name stands in both subjects."""
    return "title" in a.kinds | b.kinds and bool(a.kinds & WINNING and b.kinds & WINNING) and any(a.subject[k:k + WON] in b.subject for k in range(len(a.subject) - WON + 1))


def others(one: str, other: str) -> bool:
    """Whether two winners are two: too few of the shorter name's pairs of characters stand in the other."""
    short, long = sorted((one, other), key=len)
    pairs = [short[k:k + 2] for k in range(len(short) - 1)]
    if pairs and sum(p in long for p in pairs) < WINNER * len(pairs):
        return True
    n = next((k for k, (x, y) in enumerate(zip(short, long, strict=False)) if x != y), len(short))
    rest = short[n:]  # 退役军人孟晓岚, 退役军人邱立峰同志扎根山村
    return n > 1 and len(rest) > 1 and not any(rest[k:k + 2] in long[n:] for k in range(len(rest) - 1))


def alike(weights: Weights, a: Achievement, b: Achievement, name: int) -> float:
    """How surely two deeds are one, 0 where it is not sure enough. name: the length of the name that they share."""
    forth = cover(terms(weights, a), (b.bare, 1.0), (b.before + b.after, BESIDE))
    own = [w for w in content_words(b.bare) if not light(w)]
    back = cover(weights.terms(b.bare), (a.bare, 1.0), (a.before + a.after, BESIDE)) if len(own) > 1 else 1.0  # 于10月建成开放 names nothing
    if any(len(q) >= MEMBER for q in a.quoted & b.quoted) and a.kinds and b.kinds and not a.kinds & b.kinds and a.kinds | b.kinds <= BEGUN:
        return forth + back if min(forth, back) >= HALF else 0.0
    if a.kinds and b.kinds and not a.kinds & b.kinds:
        return forth + back if name >= WHOLE and min(forth, back) >= (SAID if won_by_one(a, b) else SURELY) else 0.0
    if not (a.kinds and b.kinds):
        return forth + back if name >= LONG and min(forth, back) >= SAID and dict(a.counts).keys() <= dict(b.counts).keys() else 0.0
    short, long = sorted((a.subject, b.subject), key=len)
    if any(len(q) >= NAMED for q in a.quoted & b.quoted):
        return forth + back if min(forth, back) >= HALF else 0.0
    if (name >= WHOLE and "works" in a.kinds & b.kinds and not a.counts) or (name >= LONG and len(short) >= SHORTEST and short in long):
        return forth + back if min(forth, back) >= HALF else 0.0
    return forth + back if forth >= (SAID_NAMED if name >= LONG else SAID) and back >= SAID_BACK else 0.0


def listed(weights: Weights, a: Achievement, b: Achievement, ours: tuple[str, ...]) -> float:
    """How surely one of those that the one report lists (新认定2个：甲、乙) has by the other's words become the same before, 0 where none has."""
    one, other = (a, b) if a.members else (b, a)
    if not one.members or not all(x.kinds or x.newly for x in (a, b)) or not of_one_kind(a, b):
        return 0.0
    told = other.before + other.text + other.after
    asked = {w: v for w, v in weights.terms(of_class(one)).items() if not (light(w) or deeds((w,)) or w[0] in NUMERALS)
             and not any(w in name or w[-1] == name[-1] for name in one.members)}  # 新园
    best = 0.0
    for name in one.members:
        if len(strip(name, ours)) < MEMBER or (name not in words(other.text) and name not in words(own_words(other))):
            continue
        rest = plain_without(told, name)
        if not asked and (len(name) < LONG or not a.kinds & b.kinds):
            continue
        share = cover(asked, (rest, 1.0)) if asked else 1.0
        best = max(best, share if share >= SAID else 0.0)
    return best


def of_one_kind(a: Achievement, b: Achievement) -> bool:
    """Whether two deeds of which one tells several at once may be of one kind, one level and one of a series."""
    if a.kinds and b.kinds and not a.kinds & b.kinds and not related(a, b):
        return False
    if (a.marks and b.marks and not a.marks & b.marks) or a.marks & LATER != b.marks & LATER or a.yearly or b.yearly or a.rebuilt != b.rebuilt:
        return False
    return not levels(a.text) or not levels(b.text) or bool(fitting_level(a.text, b.text) or fitting_level(b.text, a.text))


def plain_without(text: str, name: str) -> str:
    """The characters of a text without a name."""
    return words(text).replace(name, "|")


def terms(weights: Weights, a: Achievement) -> dict[str, float]:
    """The words that say what a deed was done to; where its own clause names little, those of the line before it too."""
    own = weights.terms(a.bare)
    telling = [w for w in content_words(a.bare) if not light(w)]
    return own if len(telling) > 1 else weights.terms(a.before) | own
