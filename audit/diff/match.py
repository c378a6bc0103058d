"""Which quantity of last year's report is which of this year's: by subject, measure, scope, unit family and place in the outline."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from functools import cache, cached_property, lru_cache

from audit.rounding import family
from extractor.quantities import Telling, quantities
from extractor.report import Figure, Report
from patterns.content import Weights, content_words, deeds, light, says, table
from patterns.speech import kin, levels

SURE = 0.8  # names this alike are of one quantity, where no word of one stands against a word of the other
PLAUSIBLE = 0.45  # names this alike may be; if such a one agrees, nothing is said
# Words that call a figure a figure, and say nothing of what it counts.
TOTALS = frozenset((
    "首次", "突破", "用量", "使用", "安排", "全县", "设有", "发生", "辖区", "累计", "共有", "现有", "拥有", "总量",
    "总数", "总额", "数量", "人数", "合计", "总计", "共计", "规模", "总体", "数额", "总人数", "总面积"))
LEVELS = frozenset("省市区县旗镇乡")
KIN, OTHER = 0.1, 0.15  # what another counting word takes off
SUFFIXES = "率量数额费"
COLLECTIVES = frozenset("车辆 船只 船舶 案件 人员 人口 房屋 房间 枪支 药品 粮食 书籍 款项 资金 牲畜 树木 站点 网点 店铺 床位".split())  # say no more than their first character
LETTERS = 4  # characters of a word that may be short for several, or one of those
SAME_LETTERS = 0.92  # 安置就业率, 就业安置率
SHORT = 0.8  # credit of a word that stands for several (安防, 安全生命防护)
LEAST = 0.3  # below this nobody would think of it
ENOUGH = 3  # words that are common one by one and together name a thing (重点 管理 企业)
RUN = 4  # characters in a row that may name a thing
ACTORS = ("局", "委", "办", "厅", "办公室", "部门", "政府", "委员会", "管委会")
POSTINGS = 120  # tellings that share two characters; those of more tell nothing
DEED, ACTOR = 0.4, 0.15  # of the weight of a word that only says what was done (新建, 检查), or who did it (区文旅局)
TOGETHER = 0.5  # share of the words around that places of one quantity have in common
AROUND, PLACE = 0.85, 0.7  # credit of a word that the sentence, or the heading, says


@dataclass(frozen=True, slots=True)
class Candidate:
    """A telling of the old report that may be of the same quantity. likeness: 0..1; contrast: each has a word that the other lacks
    (重点管理, 登记管理), or they are opposed (城镇, 农村); bare: the words of one or the other name nothing by themselves."""

    telling: Telling
    likeness: float
    contrast: bool
    bare: bool
    opposed: bool = False

    @property
    def sure(self) -> bool:
        """Whether it is surely the same quantity."""
        return self.likeness >= SURE and not self.contrast and not self.bare


class Matcher:
    """The tellings of an old report, to be found again by what they tell."""

    def __init__(self, old: Report, new: Report) -> None:
        self.old, self.new = old, new
        self.told_old, self.told_new = quantities(old), quantities(new)
        self.weights = Weights([t.own + t.place for q in (self.told_old, self.told_new) for t in q.tellings.values()])
        self.names = tuple(Counter((fam, own) for fam, own, _ in {
            (family(t.figure), t.own, t.figure.base if t.figure.base is not None else t.figure.number) for t in q.tellings.values()
            if not t.dated and not t.ahead and t.figure.role == "actual"})
            for q in (self.told_old, self.told_new))  # how many values of one name each report tells
        self.places = frozenset(w for r in (old, new) for w in own_place(r.district))
        self._quotes = sorted({w for q in (self.told_old, self.told_new) for t in q.tellings.values() for w in quoted(t.own)})
        self._weighed: dict[tuple[str, str], tuple[dict[str, float], bool]] = {}
        self._found: dict[int, tuple[Candidate, ...]] = {}

    @cached_property
    def _index(self) -> dict[tuple[str, str], list[Telling]]:
        """The old report's own tellings by unit family and pair of characters."""
        out: dict[tuple[str, str], list[Telling]] = defaultdict(list)
        for t in self.told_old.tellings.values():
            if not t.dated and not t.ahead:
                for pair in self._pairs(t):
                    out[family(t.figure), pair].append(t)
        return out

    def _pairs(self, t: Telling) -> set[str]:
        """The pairs of neighbouring characters in the words of a telling, and the characters of short ones: of its own clause, and of the
        others where that names nothing."""
        own = [w for w in (*content_words(t.own), *self._quoted(t.own)) if w != t.figure.unit and w not in self.places]
        words = own if any(not light(w) for w in own) else [*own, *content_words(t.around[-40:]), *content_words(t.place)]
        return {w[i:i + 2] for w in words for i in range(len(w) - 1)} | {c for w in words if len(w) <= LETTERS for c in w}

    def candidates(self, index: int) -> tuple[Candidate, ...]:
        """The old report's tellings of its own year that may be of one quantity with a telling of the new one, the most alike first."""
        if index not in self._found:
            t = self.told_new.tellings[index]
            near: dict[int, Telling] = {}
            for pair in self._pairs(t):
                found = self._index.get((family(t.figure), pair), ())
                if len(found) <= POSTINGS:
                    near |= {o.figure.index: o for o in found}
            out = [c for o in near.values() if comparable(t.figure, o.figure) and (c := self.compare(t, o)).likeness >= LEAST]
            self._found[index] = tuple(sorted(out, key=lambda c: (c.contrast, -c.likeness, c.telling.figure.index)))
        return self._found[index]

    def compare(self, a: Telling, b: Telling) -> Candidate:
        """How surely two tellings are of one quantity, by either name."""
        found = [self._compare(replace(x, own=x.also) if also else x, b) for x, also in ((a, False), (a, True)) if x.also or not also]
        return max(found, key=lambda c: (c.sure, not c.opposed, not c.contrast, not c.bare, c.likeness))

    def _compare(self, a: Telling, b: Telling) -> Candidate:
        one, lacks_a = self._said(a, b)
        two, lacks_b = self._said(b, a)
        bare = one is None or two is None
        if one is not None and two is not None and anagrams(a.own, b.own):
            one = two = max(one, two, SAME_LETTERS)
            lacks_a = lacks_b = []
        near = 0.5 if one is None or two is None else (2 * one * two / (one + two) if one and two else 0.0)
        there = (self._share(a.place + a.around, b.place + b.around) + self._share(b.place + b.around, a.place + a.around)) / 2
        if bare and a.own == b.own and a.own and self.names[0][family(b.figure), b.own] == self.names[1][family(a.figure), a.own] == 1:
            near, bare = SAME_LETTERS, False  # common words, but the very same ones, and told of one thing in either report
            there = max(there, TOGETHER)
        score = 0.85 * near + 0.15 * there
        if there < TOGETHER and (self.names[0][family(b.figure), b.own] > 1 or self.names[1][family(a.figure), a.own] > 1):
            bare = True  # 其中国家级…: told of several things, it is known by its place alone
        score -= apart(a.figure, b.figure)
        if a.stock != b.stock and a.figure.unit not in ("%", "‰"):
            score -= 0.08
        if a.part != b.part:
            score -= 0.3
        if a.flow != b.flow:
            score -= 0.1
        if a.inside != b.inside:
            score -= 0.05
        ranks = levels(a.own), levels(b.own)
        other_level = bool(ranks[0] and ranks[1] and not ranks[0] & ranks[1])
        letters = tuple({w for w in content_words(x.own) if w[0].isascii() and w != x.figure.unit} for x in (a, b))
        other_kind = bool(letters[0] and letters[1] and not letters[0] & letters[1]) or (a.flow and b.stock) or (a.stock and b.flow) or opposed(a.own, b.own)
        return Candidate(b, score, bool(lacks_a and lacks_b) or other_level or other_kind, bare, other_level or other_kind)

    def only_head(self, index: int, c: Candidate) -> bool:
        """Whether two names end alike in a word that names something, one of them in nothing else or both in as much, and either report tells one
        value alone of which that can be said: 漏损率, 供水管网漏损率; 到岗见习, 青年上岗见习."""
        a, b = self.told_new.tellings[index], c.telling
        heads = [x.own.partition("|")[0] for x in (a, b)]
        end = tail(*heads)
        if len(end) < ENOUGH:
            return False
        if end not in heads and not any(not light(w) and not aside(w) and w not in TOTALS for w in content_words(end)):
            return False
        return all(len({t.figure.value for t in q.tellings.values() if not t.dated and not t.ahead and t.figure.unit.lstrip("万亿") == a.figure.unit.lstrip("万亿")
                        and t.own.partition("|")[0].endswith(end)}) == 1 for q in (self.told_old, self.told_new))

    @cached_property
    def _runs(self) -> tuple[dict[tuple[str, str], list[Telling]], dict[tuple[str, str], list[Telling]]]:
        """The results of either report's own year by unit family and run of RUN characters in their names."""
        out: tuple[dict[tuple[str, str], list[Telling]], dict[tuple[str, str], list[Telling]]] = (defaultdict(list), defaultdict(list))
        for told, runs in zip((self.told_old, self.told_new), out, strict=True):
            for t in told.tellings.values():
                if not t.dated and not t.ahead and t.figure.role == "actual":
                    for run in pieces(t.own.partition("|")[0]):
                        runs[family(t.figure), run].append(t)
        return out

    def running(self, index: int) -> tuple[Candidate, ...]:
        """The old report's tellings that share a run of characters with a telling of the new one which, in either report, stands in the names of
        one value alone."""
        t = self.told_new.tellings[index]
        near: dict[int, Telling] = {}
        for run in pieces(t.own.partition("|")[0]):
            both = [{(x.figure.value, x.figure.unit): x for x in runs.get((family(t.figure), run), ())} for runs in self._runs]
            if all(len(values) == 1 for values in both):
                near |= {x.figure.index: x for x in both[0].values()}
        return tuple(self.compare(t, o) for o in near.values() if comparable(t.figure, o.figure))

    def _said(self, a: Telling, b: Telling) -> tuple[float | None, list[str]]:
        """How much of a's own words b says (None: a has none), and the telling ones that it does not."""
        terms, bare = self._terms(a)
        if bare and len(terms) < ENOUGH:
            return None, []
        got, total, lacks = 0.0, sum(terms.values()), []
        for word, weight in terms.items():
            credit = max(says(word, b.own), AROUND * says(word, b.around), PLACE * says(word, b.place))
            if word[-2:] in COLLECTIVES:
                credit = max(credit, SAME_LETTERS * says(word[:-1], b.own))  # 巡逻车辆, 巡逻车
            credit = max(credit, SHORT * shortened(word, b.own), SHORT * any(word[0] in x and shortened(x, a.own) for x in content_words(b.own)))
            got += weight * credit
            if credit < 0.5 and (bare or not light(word)) and not aside(word):
                lacks.append(word)
        return got / total, lacks

    def _terms(self, t: Telling) -> tuple[dict[str, float], bool]:
        """What the words of a telling weigh, and whether none of them names anything by itself."""
        known = self._weighed.get((t.own, t.figure.unit))
        if known is None:
            terms = {w: weight * (ACTOR if w.endswith(ACTORS) else DEED if aside(w) else 1)
                     for w, weight in self.weights.terms(t.own).items() if w != t.figure.unit and w not in self.places and w not in TOTALS}
            terms |= dict.fromkeys(self._quoted(t.own), 1.0)
            known = self._weighed[t.own, t.figure.unit] = terms, not any(not light(w) for w in terms)
        return known

    def _quoted(self, own: str) -> tuple[str, ...]:
        """The names in a telling's words that are quoted there, or in the words of another."""
        return tuple(w for w in self._quotes if w in own)

    def _share(self, a: str, b: str) -> float:
        return share(a, b)


def quoted(text: str) -> tuple[str, ...]:
    """What stands in quotation marks, as far as it names something by itself (“两癌”)."""
    return tuple(w for piece in text.split("“")[1:] if 2 <= len(w := piece.partition("”")[0]) <= LETTERS + 2)


def pieces(text: str) -> set[str]:
    """The runs of RUN characters of a text."""
    return {text[i:i + RUN] for i in range(len(text) - RUN + 1)}


def tail(one: str, other: str) -> str:
    """The characters in which two texts end alike."""
    n = 0
    while n < min(len(one), len(other)) and one[-1 - n] == other[-1 - n]:
        n += 1
    return one[len(one) - n:]


@lru_cache(maxsize=100_000)
def anagrams(a: str, b: str) -> bool:
    """Whether two names are made of the same characters in another order."""
    one, other = (sorted(c for c in x if "\u4e00" <= c <= "\u9fff") for x in (a, b))
    return len(one) >= ENOUGH and one == other


@lru_cache(maxsize=200_000)
def shortened(word: str, text: str) -> float:
    """1 where a word is short for what a text writes out, each of its characters the first of a word or the last of that thing; else 0."""
    if not 2 <= len(word) <= LETTERS or word in text:
        return 0.0
    if len(word) > 2 and word[-1] in SUFFIXES and word[-1] in text:
        word = word[:-1]  # 定检率, 定期检验率
    words = content_words(text)
    firsts = [w for w in words if w[0] in word]
    at = 0
    for w in firsts:
        if at < len(word) and w[0] == word[at]:
            at += 1
    return 1.0 if at == len(word) else 0.0


@lru_cache(maxsize=200_000)
def share(a: str, b: str) -> float:
    """The share of a's words that b says."""
    words = [w for w in content_words(a) if not light(w)]
    return sum(says(w, b) for w in words) / len(words) if words else 0.0


def aside(word: str) -> bool:
    """Whether a word says who did it, or that it was done, and not to what."""
    return bool(deeds((word,))) or word.endswith(ACTORS)


@cache
def _opposites() -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(sorted(row["words"].split(), key=len, reverse=True)) for row in table("opposed"))


@lru_cache(maxsize=100_000)
def opposed(a: str, b: str) -> bool:
    """Whether two names have words of which a quantity has one or another (收入, 支出)."""
    for words in _opposites():
        one, other = ({w for w in words if w in text and not any(w in longer and longer in text for longer in words if longer != w)} for text in (a, b))
        if one and other and not one & other:
            return True
    return False


def own_place(district: str | None) -> tuple[str, ...]:
    """The words by which a report calls its own district: 全县, 我县, 本县, 县级 of a 县; they tell nothing."""
    last = (district or "")[-1:]
    if last not in LEVELS:
        return ("各级", "其中")
    return (*(f"{lead}{last}" for lead in ("全", "我", "本", "该", "各")), f"{last}级", f"{last}内", "各级", "其中", district or "")


def apart(a: Figure, b: Figure) -> float:
    """What the units of two figures of one family take off their likeness: nothing for one unit or measure, a little for counting words that may
    count the same things, more for others."""
    one, other = (f.unit.lstrip("万亿") for f in (a, b))
    if one == other or (a.base_unit and a.base_unit == b.base_unit and a.base_unit not in (one, other)):
        return 0.0
    if any(one in k and other in k for k in kin()) or (a.base_unit or one) == (b.base_unit or other):
        return KIN
    return OTHER


def comparable(a: Figure, b: Figure) -> bool:
    """Both plain numbers of one family, and both of one role."""
    return a.number is not None and b.number is not None and not a.high and not b.high and family(a) == family(b) and (
        (a.role == "target") == (b.role == "target"))


