"""Rules at odds with themselves or with their own indicator: copied ones, values without a class, levels that overlap or leave gaps, points
that do not fit the weight, deductions of nothing said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import chain, islice

from patterns import expressions as re
from patterns.clause import Clause, CompiledRule
from patterns.rules.meaning import applicable, earns_nothing, most_of, shape
from patterns.rules.wording import plain

_SLASH = re.compile(r"(?:得|计|加|扣)\s?\d+(?:\.\d+)?\s?分\s?[/／]\s?(?:得|计|加|扣)?\s?\d+(?:\.\d+)?\s?分")
_CLASS_WORDS = re.compile(r"中心城区|其[他余](?:各)?区|郊区|远郊|城区|[一-龥]区[、和/／]")
_BARE_EACH = re.compile(r"^(?:，|,)?(?:每|凡|有)?(?:发现|出现|发生|查出|存在|有|查实)?\s?[1一]?\s?(?:例|起|项|处|个|次|件|家|条)(?:问题|"
                        r"情况|情形)?(?:的)?[，,]?\s?扣")
_FLAT = re.compile(r"(?<!每)[^。；]{4,}的?[，,]?\s?扣\s?\d+(?:\.\d+)?\s?分")
_ROW = "(?:本|此|该|这一?)(?:项|条|款|要点|指标|内容|小项|子项|考核点|评价点)"
_WHOLE = re.compile(rf"(?:{_ROW}(?:考核|工作|指标|内容)?(?:的)?(?:满分|总分|分值|标准分|权重)(?:为|是|计|：|:)?|^{_ROW}(?:共)?)\s?(\d+(?:\.\d+)?)\s?分(?=[。；，、）)]|$)")
_CAP = re.compile(r"[^，。；]{0,16}[，,]?(?:最高|最多|累计|合计|封顶|至多)(?:得分?|计|加)?(?:不超过|不高于|为|至|到)?\s?(\d+(?:\.\d+)?)\s?分(?!/)")
_BOUNDED = re.compile(r"最多|最高|封顶|不超过|上限|就高|取高|累计|择优|不重复|任选|其中之一|之一")


@dataclass(frozen=True, slots=True)
class Anomaly:
    """What is odd about a rule. kind: slash, unclear_each, tier_overlap, tier_gap, whole_not_weight, cap_over_weight, points_over_weight; spans: places in the
    rule's text; values: what a sentence about it needs."""

    kind: str
    spans: tuple[tuple[int, int], ...]
    values: dict[str, object] = field(default_factory=dict)


def anomalies(rule: CompiledRule, weight: Decimal | None, district: str = "", district_class: str = "other") -> list[Anomaly]:
    """What is odd about one rule, the plainest first; of what follows from the same slip only the first is told."""
    own = applicable(rule.clauses, district, district_class)
    found = chain(_slashes(rule.text), _unclear(rule.text), _whole(rule.text, weight), _cap(rule.text, weight), _levels(own), _too_many(rule, own, weight))
    return list(islice(found, 1))


def _slashes(text: str) -> Iterator[Anomaly]:
    """Two values with a slash, where the rule does not say which district gets which."""
    found = list(_SLASH.finditer(text))
    if found and not _CLASS_WORDS.search(text):
        yield Anomaly("slash", tuple((m.start(), m.end()) for m in found), {"words": found[0][0]})


def _unclear(text: str) -> Iterator[Anomaly]:
    """每发现1例扣0.1分 as a sentence of its own behind flat deductions: what an 例 is cannot be told."""
    for m in re.finditer(r"(?:^|[。；])([^。；]+)", text):
        piece = m[1]
        if not _BARE_EACH.match(piece.strip()):
            continue
        before = text[:m.start(1)]
        flat = [x for x in re.split("[。；]", before) if _FLAT.search(x) and "每" not in x]
        if len(flat) >= 2 or not before.strip("。； "):
            yield Anomaly("unclear_each", ((m.start(1), m.end(1)),), {"words": piece.strip()})


def _whole(text: str, weight: Decimal | None) -> Iterator[Anomaly]:
    """本项满分3分 in a row of 2 points."""
    for m in _WHOLE.finditer(text):
        if weight and Decimal(m[1]) != weight:
            yield Anomaly("whole_not_weight", ((m.start(), m.end()),), {"stated": plain(Decimal(m[1])), "weight": plain(weight)})


def _cap(text: str, weight: Decimal | None) -> Iterator[Anomaly]:
    """每个得0.5分，最高4分 in a row of 3 points: the bound can never be reached. One of a deduction is another matter."""
    for m in _CAP.finditer(text):
        if weight and Decimal(m[1]) > weight and "扣" not in m[0]:
            yield Anomaly("cap_over_weight", ((m.start(), m.end()),), {"stated": plain(Decimal(m[1])), "weight": plain(weight)})
            return


def _levels(clauses: Sequence[Clause]) -> Iterator[Anomaly]:
    """Levels of one measure that overlap with different points, or leave a gap between them that no step and no proportion fills."""
    groups: dict[tuple[int | None, str | None], list[Clause]] = {}
    for c in clauses:
        if c.kind == "tier" and c.group is not None:
            groups.setdefault((c.group, c.unit), []).append(c)
    for tiers in groups.values():
        bounded = sorted((t for t in tiers if t.lower is not None or t.upper is not None), key=lambda t: Decimal(-1) if t.lower is None else t.lower)
        if len(bounded) < 2 or sum(t.upper is None for t in bounded) > 1 or sum(t.lower is None for t in bounded) > 1:
            continue
        filled = any(c.kind == "prorata" or (c.kind == "deduct" and c.per_unit in ("%", "％", "个百分点", "百分点", bounded[0].unit)) for c in clauses)
        for a, b in zip(bounded, bounded[1:], strict=False):
            if a.upper is None or b.lower is None or a.points == b.points:
                continue
            wide = b.lower - a.upper
            step = Decimal(1) if b.unit != "%" and a.upper == a.upper.to_integral_value() else Decimal(0)
            # 以上 and 以下 of one number: the law's reading settles it
            kind = "tier_overlap" if wide < 0 else "tier_gap" if wide > step and not filled else ""
            if kind:
                yield Anomaly(kind, tuple((c.start, c.end) for c in (a, b)), {"low": plain(a.upper), "high": plain(b.lower), "unit": b.unit or ""})
                break


def _too_many(rule: CompiledRule, clauses: Sequence[Clause], weight: Decimal | None) -> Iterator[Anomaly]:
    """A level that gives more than the row holds, or parts that together do, where no word bounds them."""
    if not weight or rule.unparsed or _BOUNDED.search(rule.text):
        return
    over = [c for c in clauses if c.kind in ("award", "tier", "prorata") and (c.points or 0) > weight]
    if over:
        yield Anomaly("points_over_weight", ((over[0].start, over[0].end),), {"sum": plain(over[0].points or Decimal(0)), "weight": plain(weight)})
        return
    form = shape(clauses, weight, rule.text)
    if form.fixed or any(c.kind not in ("award", "tier") for g in form.groups for c in g if not earns_nothing(c)):
        return
    tops = [max(g, key=lambda c: most_of(c, weight)) for g in form.groups]
    total = sum((most_of(c, weight) for c in tops), Decimal(0))
    if total > weight and len(tops) > 1 and all(most_of(c, weight) < weight for c in tops):
        yield Anomaly("points_over_weight", tuple((c.start, c.end) for c in tops), {"sum": plain(total), "weight": plain(weight)})


@dataclass(frozen=True, slots=True)
class Copied:
    """Row `of` holds a rule that speaks of row `other`'s matter: the shared words and their place in the rule."""

    of: int
    other: int
    words: str
    at: int


def copied(rows: Sequence[tuple[str, str]]) -> Iterator[Copied]:
    """Rules that share another row's condition and none of their own name's own words. rows: name and rule of each."""
    common: dict[str, int] = {}
    for name, _ in rows:
        for g in _bigrams(name):
            common[g] = common.get(g, 0) + 1
    names = [_bigrams(name) for name, _ in rows]
    rules = [_bigrams(rule) for _, rule in rows]
    grams: list[Callable[[], dict[str, int]]] = [_lazily(rule) for _, rule in rows]
    rare: dict[str, list[int]] = {}  # the rows whose names have a pair of characters that hardly another's has
    for j, name_pairs in enumerate(names):
        for g in name_pairs:
            if common[g] <= 2:
                rare.setdefault(g, []).append(j)
    for i, (_, a) in enumerate(rows):
        told = Counter(j for g in rules[i] for j in rare.get(g, ()))
        for j in sorted(j for j, n in told.items() if n >= 2):
            own = {g for g in names[i] - names[j] if common[g] <= 2}
            other = {g for g in names[j] - names[i] if common[g] <= 2}
            if i == j or not own or own & rules[i] or len(other & rules[i]) < 2 or not other & rules[j]:
                continue
            shared = longest(a, rows[j][1], grams[j]())
            first = _bigrams(re.split("[。；]", a)[0])
            if len(shared) >= 10 and "备注" not in shared and len(other & first & _bigrams(shared)) >= 2:
                yield Copied(i, j, shared, a.find(shared))
                break


def _bigrams(text: str) -> set[str]:
    """The pairs of neighbouring Chinese characters of a text."""
    text = re.sub(r"[^一-龥]", " ", text)
    return {text[k:k + 2] for k in range(len(text) - 1) if " " not in text[k:k + 2]}


def _lazily(text: str) -> Callable[[], dict[str, int]]:
    made: dict[str, int] = {}

    def grams() -> dict[str, int]:
        if not made:
            made.update({text[k:k + 8]: k for k in range(len(text) - 7)})
        return made

    return grams


def longest(a: str, b: str, grams: dict[str, int] | None = None) -> str:
    """The longest run of characters that two rules share within a sentence, grown from shared runs of eight (grams: b's, where known)."""
    places = grams if grams is not None else {b[k:k + 8]: k for k in range(len(b) - 7)}
    best, k = "", 0
    while k < len(a) - 7:
        at = places.get(a[k:k + 8])
        if at is None:
            k += 1
            continue
        n = 8
        while k + n < len(a) and at + n < len(b) and a[k + n] == b[at + n] and a[k + n] not in "。；":
            n += 1
        if n > len(best):
            best = a[k:k + n]
        k += n
    return best
