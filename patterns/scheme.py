"""Schemes: what a programme's annex cannot say, as YAML with Chinese keys that a reviewer writes and reads.

A scheme gives, per indicator, its weight (by district class where that differs), its rule in its own words (compiled like an
annex's), where evidence is likely to stand, and examples that `fuhe scheme check` computes. A report's own annex comes first;
`compare` tells where the two differ.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cache
from pathlib import Path

from patterns import cache as kept
from patterns.clause import CENTRAL, OTHER, Clause, CompiledRule
from patterns.errors import UnusableInput
from patterns.places import files
from patterns.rules.meaning import applicable, maximum, points_for


@dataclass(frozen=True, slots=True)
class Example:
    """A line of 示例: what is found (3家, 95%, 是) for the clause-th clause (from 1), and the points that come of it."""

    clause: int
    found: str
    points: Decimal
    line: int


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator of a scheme. weights: by class (both the same where the programme does not tell classes apart).

    rule: its words; clauses: compiled from them with the weight for other districts. evidence: words that its evidence is likely
    to hold. bonus: it stands outside the total.
    """

    no: int
    name: str
    domain: str
    weights: Mapping[str, Decimal]
    lead: str
    rule: str
    compiled: CompiledRule
    evidence: tuple[str, ...] = ()
    note: str = ""
    bonus: bool = False
    examples: tuple[Example, ...] = ()
    line: int = 0

    def weight(self, district_class: str = OTHER) -> Decimal:
        """The maximum for a class."""
        return self.weights[district_class]


@dataclass(frozen=True, slots=True)
class Method:
    """How a form is scored whose indicators each office sets itself: by goal and result instead of by a rule of their own.

    grades: the shares of the weight (percent, lowest and highest) that a result in words may earn, by grade. far: from how much of a goal
    (percent) on more needs a reason. lower: words of a name or level that say that less is better where the goal has no sign.
    """

    grades: Mapping[str, tuple[Decimal, Decimal]]
    far: Decimal
    lower: tuple[str, ...]




@dataclass(frozen=True, slots=True)
class Scheme:
    """A programme of one year. districts: the class of each district that the scheme lists."""

    id: str
    title: str
    year: int | None
    indicators: tuple[Indicator, ...]
    districts: Mapping[str, str] = field(default_factory=dict)
    source: str = ""
    note: str = ""
    total: Decimal | None = None
    bonus: Decimal | None = None
    path: str = ""
    method: Method | None = None

    def class_of(self, district: str) -> str | None:
        """The class of a district that the scheme lists, else None."""
        return self.districts.get(district)

    def find(self, name: str) -> Indicator | None:
        """The indicator of a name (white space and punctuation aside), None where there is none or several."""
        found = [i for i in self.indicators if key(i.name) == key(name)]
        return found[0] if len(found) == 1 else None

    def match(self, indicators: Sequence[tuple[str, Decimal | None]]) -> list[Indicator | None]:
        """The scheme's indicator for each row of an annex (name, weight); names that occur twice are told apart by their order."""
        waiting: dict[str, list[Indicator]] = {}
        for i in reversed(self.indicators):
            waiting.setdefault(key(i.name), []).append(i)
        return [rest.pop() if (rest := waiting.get(key(name))) else None for name, _ in indicators]


@dataclass(frozen=True, slots=True)
class Difference:
    """A clause of a scheme against the annex's. what: points, threshold, cap, count, class, missing or extra; either side may be None."""

    what: str
    scheme: Clause | None
    annex: Clause | None


def key(name: str) -> str:
    """A name for comparing: letters, digits and Chinese characters only."""
    return "".join(c for c in name if c.isalnum())


# loading

def load(name_or_path: str) -> Scheme:
    """A scheme that ships with fuhe (shanghai/2021) or a YAML file. Raises UnusableInput naming file, line and key."""
    if name_or_path in names():
        return _shipped(name_or_path)
    path = Path(name_or_path)
    if not path.is_file():
        raise UnusableInput(name_or_path, "没有这个方案或文件 / no such scheme or file",
                            f"可用：{'、'.join(names())}、annex / known: {', '.join(names())}, annex")
    try:
        text = path.read_text("utf8")
    except (OSError, UnicodeDecodeError) as e:
        raise UnusableInput(path, f"读不了 / cannot be read ({e})", "另存为 UTF-8 / save it as UTF-8") from e
    from patterns.scheme_file import parse

    return parse(text, str(path))


def source(name_or_path: str | None) -> bytes:
    """What an asked-for scheme says, for telling whether it has changed: a file's bytes and name, of a shipped one and of none the name alone."""
    asked = (name_or_path or "").encode("utf8", "surrogateescape")
    path = Path(name_or_path or "")
    return asked + b"\n" + path.read_bytes() if name_or_path not in (None, "annex", *names()) and path.is_file() else asked


@cache
def names() -> tuple[str, ...]:
    """The schemes that ship with fuhe."""
    root = files("patterns").joinpath("schemes")
    return tuple(sorted(f"{folder.name}/{f.name[:-5]}" for folder in root.iterdir() if folder.is_dir()
                        for f in folder.iterdir() if f.name.endswith(".yaml")))


@cache
def _shipped(name: str) -> Scheme:
    """A shipped scheme, compiled once: kept in the cache by its own content and by that of the code that compiles it."""
    def made() -> Scheme:
        from patterns.scheme_file import parse

        return parse(files("patterns").joinpath("schemes", *f"{name}.yaml".split("/")).read_text("utf8"), f"{name}.yaml")

    found: Scheme = kept.objects(f"scheme-{name.replace('/', '-')}-{kept.stamp('patterns')}.bin", made)
    return found


@cache
def _index() -> dict[str, list[tuple[str, dict[str, Decimal]]]]:
    """By scheme its indicators, as far as recognising needs them: (name for comparing, weights)."""
    found: dict[str, list[tuple[str, dict[str, Decimal]]]] = kept.objects(
        f"schemes-{kept.stamp('patterns')}.bin", lambda: {n: [(key(i.name), dict(i.weights)) for i in _shipped(n).indicators] for n in names()})
    return found


def recognise(indicators: Sequence[tuple[str, Decimal | None]]) -> Scheme | None:
    """The shipped scheme that the indicators (name, weight) fit: nearly all names, and nearly all weights of one class."""
    best: tuple[float, str] | None = None
    rows = [(key(n), w) for n, w in indicators]
    for scheme, known in _index().items() if len(rows) >= 5 else ():
        waiting: dict[str, list[dict[str, Decimal]]] = {}
        for name, weights in reversed(known):
            waiting.setdefault(name, []).append(weights)
        found = [(waiting[name].pop(), w) for name, w in rows if waiting.get(name)]  # a name that occurs twice: in its order
        if len(found) < 0.9 * max(len(rows), len(known)):
            continue
        for kind in (CENTRAL, OTHER):
            same = sum(w == weights[kind] for weights, w in found)
            fit = (len(found) + same) / (2 * max(len(rows), len(known)))
            if same >= 0.9 * len(found) and (best is None or fit > best[0]):
                best = (fit, scheme)
    return _shipped(best[1]) if best else None


# examples

def examples_of(rule: CompiledRule, weights: Mapping[str, Decimal]) -> tuple[Example, ...]:
    """An example for every clause of a rule, computed: a start for a person to check against the programme's own reading."""
    out = []
    for k, c in enumerate(rule.clauses, 1):
        if c.kind == "reference":
            continue
        found = "是"
        if c.per is not None:
            twice = c.cap is None or (c.points or Decimal(0)) * 2 <= c.cap
            found = f"{format(c.per * 2 if twice else c.per, 'f')}{c.per_unit}"
        elif c.kind == "tier":
            step = Decimal("0.01")
            mark = c.lower + step if c.lower is not None and c.lower_open else c.lower
            if mark is None and c.upper is not None:
                mark = c.upper - step if c.upper_open else c.upper
            found = f"{format(mark or Decimal(0), 'f')}{c.unit or ''}"
        elif c.kind == "prorata":
            found = "75%"
        out.append(Example(k, found, points_for(c, found, weights[_kind(c)] or max(weights.values())), 0))
    return tuple(out)


def _kind(clause: Clause) -> str:
    """The class whose weight an example of a clause is computed with."""
    return CENTRAL if clause.applies_to and CENTRAL in clause.applies_to and OTHER not in clause.applies_to else OTHER


# checking

def examine(scheme: Scheme) -> list[str]:
    """What is wrong with a scheme, one line each with its line number: weights that do not add up, words not understood, examples that
    compute to something else, clauses without an example, hints and names that are missing."""
    out: list[str] = []
    for kind, label in ((CENTRAL, "中心城区"), (OTHER, "其他区")):
        base = sum((i.weight(kind) for i in scheme.indicators if not i.bonus), Decimal(0))
        extra = sum((i.weight(kind) for i in scheme.indicators if i.bonus), Decimal(0))
        if scheme.total is not None and base != scheme.total:
            out.append(f"{scheme.path}: {label}分值合计 {base} 不等于总分 {scheme.total} / weights add up to {base}, not {scheme.total}")
        if scheme.bonus is not None and extra != scheme.bonus:
            out.append(f"{scheme.path}: {label}附加分合计 {extra} 不等于 {scheme.bonus} / bonus weights add up to {extra}, not "
                       f"{scheme.bonus}")
    for i in scheme.indicators:
        place = f"{scheme.path}:{i.line} {i.no} {i.name}"
        out += [f"{place}: 未能理解 / not understood: {piece}" for piece in i.compiled.unparsed]
        if not i.compiled.clauses:
            out.append(f"{place}: 没有编译出规则 / no clause compiled")
        shown = {e.clause for e in i.examples}
        out += [f"{place}: 第{k}条没有示例 / clause {k} has no example ({c.text})" for k, c in enumerate(i.compiled.clauses, 1)
                if k not in shown and c.kind != "reference"]
        for e in i.examples:
            if not 1 <= e.clause <= len(i.compiled.clauses):
                out.append(f"{scheme.path}:{e.line}: 没有第{e.clause}条 / there is no clause {e.clause}")
                continue
            clause = i.compiled.clauses[e.clause - 1]
            got = points_for(clause, e.found, i.weight(_kind(clause)) or max(i.weights.values()))
            if got != e.points:
                out.append(f"{scheme.path}:{e.line}: 示例 {e.clause}: {e.found} 算得 {got}，写的是 {e.points} / computes to {got}, not "
                           f"{e.points}")
        for kind in (CENTRAL, OTHER):
            most = maximum(i.compiled, i.weight(kind), "", kind)
            if i.weight(kind) and most is not None and most < i.weight(kind) and applicable(i.compiled.clauses, "", kind):
                out.append(f"{place}: 规则最多给 {most} 分，分值是 {i.weight(kind)} / the rule gives {most} at most, the weight is "
                           f"{i.weight(kind)}")
    return out


# comparing

def compare(indicator: Indicator, annex: CompiledRule, district: str = "", district_class: str = OTHER) -> list[Difference]:
    """Where a scheme's rule and the annex's differ for one district: points, thresholds, caps and counts, and clauses of one side alone.

    Conditions are not compared (each is in its own words); clauses are paired by kind in the order of the text. A rule that is a
    reference on either side, or not understood in full, is not compared.
    """
    mine, theirs = applicable(indicator.compiled.clauses, district, district_class), applicable(annex.clauses, district, district_class)
    if annex.unparsed or any(c.kind == "reference" for c in (*mine, *theirs)) or not theirs:
        return []
    out: list[Difference] = []
    sides = [_sorts(_bounded(x)) for x in (mine, theirs)]
    for sort in dict.fromkeys([*sides[0], *sides[1]]):
        left, right = sides[0].get(sort, []), sides[1].get(sort, [])
        left, right = _without(left, right), _without(right, left)
        for a, b in zip(left, right, strict=False):
            out.append(Difference(_what(a, b), a, b))
        out += [Difference("missing", a, None) for a in left[len(right):]]
        out += [Difference("extra", None, b) for b in right[len(left):]]
    return out


def _bounded(clauses: Sequence[Clause]) -> list[Clause]:
    """Levels with the upper end that the next one above them implies (90%以上 after 达到100%)."""
    out = []
    for c in clauses:
        if c.kind == "tier" and c.upper is None and c.lower is not None:
            above = [o.lower for o in clauses if o.kind == "tier" and o.group == c.group and o.lower is not None and o.lower > c.lower]
            out.append(replace(c, upper=min(above), upper_open=True) if above else c)
        else:
            out.append(c)
    return out


def _sorts(clauses: Iterable[Clause]) -> dict[str, list[Clause]]:
    """Clauses by what they do; levels of nothing and clauses of zero say what the others leave and are not compared."""
    out: dict[str, list[Clause]] = {}
    for c in clauses:
        if c.kind == "zero" or (c.kind == "tier" and not c.points):
            continue
        out.setdefault(c.kind, []).append(c)
    return out


def _value(c: Clause) -> tuple[object, ...]:
    return (c.points if c.kind != "full" else None, c.per if c.per != 1 else None, c.cap,
            *((c.lower, c.lower_open, c.upper) if c.kind == "tier" else ()))


def _without(some: Sequence[Clause], others: Sequence[Clause]) -> list[Clause]:
    rest = [_value(c) for c in others]
    out = []
    for c in some:
        if _value(c) in rest:
            rest.remove(_value(c))
        else:
            out.append(c)
    return out


def _what(a: Clause, b: Clause) -> str:
    if a.points != b.points:
        return "points"
    if a.kind == "tier" and (a.lower, a.lower_open, a.upper) != (b.lower, b.lower_open, b.upper):
        return "threshold"
    return "cap" if a.cap != b.cap else "count"
