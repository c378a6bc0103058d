"""What clauses are judged in: the narrative with its lines, the annex's words, and how well a line fits each indicator."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cached_property

from audit.grounds.index import Texts, Words
from audit.model import Evidence, Quote
from extractor.relations.model import Relation
from extractor.report import Figure, Report, Row, Section
from extractor.statements import Cited, Line, Narrative, Passage, Statement
from patterns.clause import Clause, CompiledRule
from patterns.content import Weights, content_words, cover, credits, key, light, manner, plain, without_titles
from patterns.demand import Demand
from patterns.records import dataclass, field, replace
from patterns.speech import marks, part_year
from patterns.told import place_pointed_at

NAME, DOMAIN, HINT = 2.0, 0.4, 0.3
IN_PASSAGE, IN_TITLE, IN_PATH = 0.5, 0.8, 0.3  # credit of a word that stands around a line
TOPIC = 0.5  # weight of an indicator's name beside a clause's own words
SHARED = 0.45  # of a word that a neighbouring clause asks for as well
KEPT = 512  # indicators whose fits are kept at a time
LONGEST_PLACE = 1500  # characters of a section that a cell may point at
FULL = 0.9  # from here on a line fits an indicator by itself


def _bare(number: str) -> str:
    """The number of a heading without its brackets and stops."""
    return number.strip("（）()第部分章节条、.． ")


def _under(section: Section, sections: Sequence[Section], path: Sequence[str]) -> bool:
    """Whether the headings above a section bear some numbers, outermost first."""
    above: list[str] = []
    at = section.parent
    while at is not None:
        above.append(_bare(sections[at].number))
        at = sections[at].parent
    return all(n in above for n in path)


def _bare_name(subject: str) -> str:
    """A subject without what stands in brackets."""
    return subject.split("（")[0].split("(")[0].strip("，。； ")


@dataclass(frozen=True)
class Ask:
    """A clause with its demand: terms are its own words with weights, topic those of its indicator's name that it does not repeat.

    foreign: words that only its neighbours ask for, neighbours: the same for each of them, but for those that many rules share.
    apart: the duty that a lesser alternative says is left undone (仅归集、未惩戒: 惩戒); fine: the
    words of manner that a lesser alternative lacks (扎实 beside 一般). itemised: the rule takes points for each thing that falls short of it.
    rare: the terms that tell it from its neighbours. place: which of how many
    measures of its rule it asks for, in order.
    """

    row: Row
    rule: CompiledRule
    index: int
    clause: Clause
    demand: Demand
    terms: Mapping[str, float]
    topic: Mapping[str, float]
    rare: Mapping[str, float]
    place: tuple[int, int] = (0, 1)
    foreign: Mapping[str, float] = field(default_factory=dict)
    neighbours: tuple[Mapping[str, float], ...] = ()
    apart: Mapping[str, float] = field(default_factory=dict)
    fine: tuple[str, ...] = ()
    itemised: bool = False

    @property
    def all(self) -> Mapping[str, float]:
        """Own words and topic together."""
        return {**self.topic, **self.terms}


class Scene:
    """The report as clauses see it. Nothing in it depends on the order of the narrative, so that a sentence moves no other."""

    def __init__(self, report: Report, narrative: Narrative, rules: Sequence[CompiledRule], hints: Mapping[int, Sequence[str]]) -> None:
        self.report, self.narrative = report, narrative
        rows = report.table.rows
        self.rows = rows
        self.weights = Weights(f"{r.name.text}，{r.rule.text}" for r in rows)
        self._about = {r.no: self._topics(r, hints.get(r.no, ())) for r in rows}
        self._size = {no: math.sqrt(sum(sorted(t.values(), reverse=True)[:14])) or 1.0 for no, t in self._about.items()}
        self._names = {r.no: self.weights.terms(r.name.text) for r in rows}
        self._whole = {no: sum(terms.values()) for no, terms in self._names.items()}
        self._named: dict[str, list[int]] = {}
        for no, terms in self._names.items():
            for word in terms:
                self._named.setdefault(word, []).append(no)
        self._naming = Words(self._named)
        self._titled: dict[tuple[int, str], float] = {}
        self._pulls: dict[str, dict[int, float]] = {}
        self._before: dict[int, str] = {}
        self._untitled: dict[int, str] = {}
        self._fitting: dict[int, dict[int, float]] = {}
        self._relevance: dict[int, dict[int, float]] = {}
        self._credit: dict[str, dict[int, float]] = {}
        self._said = Texts([line.text for line in narrative.lines])
        passages = narrative.passages
        self._places = ((Texts([p.title for p in passages]), IN_TITLE), (Texts([p.text for p in passages]), IN_PASSAGE),
                        (Texts([p.path for p in passages]), IN_PATH))
        self.relations = report.relations
        self.former = frozenset(r.before for r in report.relations if r.type == "growth" and r.said and r.before is not None and r.now is not None)
        self._goals: dict[int, list[tuple[int, Relation]]] = {}
        self._shares: dict[int, list[Relation]] = {}
        for k, r in enumerate(report.relations):
            if r.type == "ratio" and r.part is not None and r.whole is not None and r.percent is not None:
                self._shares.setdefault(r.part, []).append(r)
            if r.type == "goal" and r.target is not None:
                self._goals.setdefault(r.target, []).append((k, r))
        figures = report.figures
        spoken = {f.index for x in narrative.lines for s in x.statements if s.said.forecast for f in s.figures}
        self.expected = frozenset(  # growths of a value that is expected only
            r.percent for r in report.relations
            if r.type == "growth" and r.percent is not None and r.now is not None and (figures[r.now].modality == "forecast" or r.now in spoken)
        )

    def _topics(self, row: Row, hints: Sequence[str]) -> dict[str, float]:
        out: dict[str, float] = {}
        for text, factor in ((row.domain.text, DOMAIN), (row.rule.text, 1.0), (row.name.text, NAME), *((h, HINT) for h in hints)):
            for word in content_words(text):
                out[word] = max(out.get(word, 0.0), factor * self.weights.of(word) ** 1.5)
        return out

    def around(self, line: Line) -> Passage:
        """The passage of a line."""
        return self.narrative.passages[line.passage]

    def goals_of(self, figures: Iterable[int]) -> list[Relation]:
        """The relations that say that some of the figures were asked for, in the order of the text."""
        return [r for _, r in sorted((found for f in figures for found in self._goals.get(f, ())), key=lambda found: found[0])]

    def shares_of(self, part: int) -> list[Relation]:
        """The relations that say what share of a whole a figure makes."""
        return self._shares.get(part, [])

    def before(self, line: Line) -> str:
        """What a line's passage says up to it, plans left out: the topic goes on from there."""
        found = self._before.get(line.index)
        if found is None:
            told = [x for x in self.around(line).lines if x.start <= line.start]
            found = "".join(s.text for x in told for s in x.statements if s.said.polarity != "plan" or x is line)
            self._before[line.index] = found
        return found

    def untitled(self, line: Line) -> str:
        """A line without the titles of documents: that 《信用监管细则》 is named does not say that 信用监管 is done."""
        found = self._untitled.get(line.index)
        if found is None:
            found = self._untitled[line.index] = plain(without_titles(self.report.text[line.start : line.end]))
        return found

    def raw(self, line: Line, no: int) -> float:
        """How well a line fits an indicator: about 1 where it plainly does."""
        row = self.around(line).row
        if row is not None:
            return 1.5 if no == row else 0.0
        return self._fits(no).get(line.index, 0.0)

    def _fits(self, no: int) -> dict[int, float]:
        """How well the narrative's lines fit an indicator, by their index; those that do not fit it at all are left out."""
        found = self._fitting.get(no)
        if found is None:
            total: dict[int, float] = {}
            for word, weight in self._about[no].items():
                for k, credit in self._credits(word).items():
                    total[k] = total.get(k, 0.0) + weight * credit
            found = {k: value / self._size[no] for k, value in total.items()}
            if len(self._fitting) >= KEPT:
                self._fitting.clear()
            self._fitting[no] = found
        return found

    def _credits(self, word: str) -> dict[int, float]:
        """The credit of a word for each line of the narrative that says it, or around which it stands."""
        found = self._credit.get(word)
        if found is None:
            lines = self.narrative.lines
            found = {k: credit for k, credit in self._said.saying(word).items() if self.around(lines[k]).row is None}
            around: dict[int, float] = {}
            for texts, credit in self._places:  # the highest credit comes first
                for p in texts.holding(word):
                    around.setdefault(p, credit)
            for p, credit in around.items():
                passage = self.narrative.passages[p]
                for line in passage.lines if passage.row is None else ():
                    own = found.get(line.index, 0.0)
                    if own < IN_TITLE:
                        found[line.index] = max(own, credit)
            self._credit[word] = found
        return found

    @cached_property
    def _best(self) -> dict[int, float]:
        """How well each line of the narrative fits the indicator that it fits best."""
        out: dict[int, float] = {}
        for no in self._about:
            for k, value in self._fits(no).items():
                if value > out.get(k, 0.0):
                    out[k] = value
        return out

    def relevance(self, line: Line, no: int) -> float:
        """How well a line fits an indicator against the one that it fits best, 0 to 1."""
        row = self.around(line).row
        if row is not None:
            return 1.0 if no == row else 0.0
        return self._relevant(no).get(line.index, 0.0)

    def _relevant(self, no: int) -> dict[int, float]:
        """The relevance for an indicator of each line of the narrative that has any, by its index."""
        found = self._relevance.get(no)
        if found is None:
            best = self._best
            found = {k: value / best[k] * min(1.0, value / FULL) ** 0.5 for k, value in self._fits(no).items() if value > 0}
            for k in self._pointed_at(no):
                found[k] = 1.0
            if len(self._relevance) >= KEPT:
                self._relevance.clear()
            self._relevance[no] = found
        return found

    def _pointed_at(self, no: int) -> list[int]:
        """The lines of the section that an indicator's own cells send the reader to (见正文二（四）), where there is just one of that number."""
        path = next((p for line in self.cells(no) if (p := place_pointed_at(self.report.text[line.start : line.end]))), ())
        sections = self.report.sections
        found = [s for s in sections if path and _bare(s.number) == path[-1] and _under(s, sections, path[:-1])]
        if len(found) != 1 or found[0].end - found[0].start > LONGEST_PLACE:
            return []
        return [x.index for x in self.narrative.lines if found[0].start <= x.start < found[0].end and self.around(x).row is None]

    def ask(self, row: Row, rule: CompiledRule, found: Sequence[Demand], k: int) -> Ask:
        """A clause as a question to the narrative."""
        demand = found[k]
        own = self.weights.terms(demand.subject)
        if len(own) <= 1 and 3 <= len(name := _bare_name(demand.subject)) <= 8 and name == _bare_name(row.name.text):
            own[name] = self.weights.of(name)  # 到馆人次 is a word of its own where its pieces say nothing
        others = " ".join(dict.fromkeys(d.subject for d in found if d.subject != demand.subject))
        shared = set(content_words(others)) if others else set()
        rare = {w: v for w, v in own.items() if w not in shared}
        if all(light(w) or manner(w) for w in rare):
            rare = {}  # 完成, 实施 tell no clause from another
        if "，其中" in demand.subject:  # 推动清洁生产，其中重点用能单位10家以上: these are counted
            rare = self.weights.terms(demand.subject.split("，其中")[-1]) or rare
        terms = {w: v * (SHARED if w in shared and rare else 1.0) for w, v in own.items()}
        topic = {w: TOPIC * v for w, v in self.weights.terms(row.name.text).items() if w not in terms}
        kinds: dict[object, None] = {}
        at: dict[int, object] = {}
        for j, (d, c) in enumerate(zip(found, rule.clauses, strict=True)):
            base = d.base if d.base is not None and d.kind in ("shortfall", "surplus", "otherwise") else j
            group = rule.clauses[base].group
            at[j] = ("g", group) if group is not None else ("c", base)
            if c.kind != "zero" or c.group is not None:
                kinds.setdefault(at[j])
        order = list(kinds)
        place = (order.index(at[k]) if at[k] in kinds else 0, len(order))
        return Ask(
            row,
            rule,
            k,
            rule.clauses[k],
            demand,
            terms,
            topic,
            rare or own,
            place,
            {w: v for w, v in self.weights.terms(others).items() if w not in own},
            tuple(n for d in found if d.subject != demand.subject and (n := self._telling(d.subject, own))),
            *self._beside(rule, found, k),
        )

    def _telling(self, subject: str, own: Mapping[str, float]) -> dict[str, float]:
        """The words of a neighbouring clause that a clause does not share, without those that many rules share."""
        return {w: v for w, v in self.weights.terms(subject).items() if w not in own and not light(w) and not any(x in w for x in marks("completion"))}

    def _beside(self, rule: CompiledRule, found: Sequence[Demand], k: int) -> tuple[dict[str, float], tuple[str, ...], bool]:
        """What tells a clause from its lesser alternatives, and whether points are taken for each thing that falls short of it."""
        clause, mates = rule.clauses[k], [d for j, d in enumerate(found) if j != k and self._lesser(rule, k, j)]
        lesser = [rule.clauses[j] for j in range(len(found)) if j != k and self._lesser(rule, k, j)]
        left = [(d.deed, c) for d, c in zip(mates, lesser, strict=True) if d.negated and not found[k].negated]
        undone = "，".join(deed if c.points else "，".join(w for w in content_words(deed) if key(w)) for deed, c in left)
        words = [w for w in content_words(found[k].subject) if manner(w)]
        fine = tuple(w for w in words if any(w not in d.subject for d in mates if d.poor)) if any(d.poor for d in mates) else ()
        after = rule.clauses[k + 1] if k + 1 < len(rule.clauses) else None
        itemised = clause.kind in ("award", "full") and after is not None and after.kind == "deduct" and after.per is not None
        return self.weights.terms(undone), () if found[k].poor else fine, itemised

    def _lesser(self, rule: CompiledRule, k: int, j: int) -> bool:
        mine, other = rule.clauses[k], rule.clauses[j]
        return mine.group is not None and mine.group == other.group and (other.points or ZERO) < (mine.points or ZERO)

    def narrowed(self, ask: Ask, subject: str, subjects: Sequence[str]) -> Ask:
        """The question for one of several subjects: its own words weigh, the others' do not."""
        mine = set(content_words(subject))
        others = {w for s in subjects if s != subject for w in content_words(s)} - mine
        terms = {w: v for w, v in ask.terms.items() if w not in others} | self.weights.terms(subject)
        return replace(ask, terms=terms, rare={w: v for w, v in terms.items() if w in mine} or terms)

    def _place(self, ask: Ask, passage: Passage) -> dict[str, float]:
        """How much of a clause's words and of its indicator's name the passage around a line says."""
        row = ask.row.name.text if passage.row is not None else ""
        return credits(ask.all, (passage.title, 0.75), (passage.text, 0.6), (passage.path, 0.35), (row, 0.9))

    def sought(self, ask: Ask, line: Line, k: int, near: str = "", scope: str = "") -> float:
        """How well a statement of a line, the words before it and its place name what a clause asks for; near: the words beside a figure.

        What names another indicator's matter better pulls it away.
        """
        s = line.statements[k]
        here = scope or s.text
        units = [c.figure.unit for c in s.cited]
        close = 0.95 if len(units) == len(set(units)) or here != s.text or not near else 0.8  # of several numbers each has its own words
        passage = self.around(line)
        lead = "".join(x.text for x in line.statements[max(0, k - 3) : k])
        rest = "".join(x.text for x in line.statements[: max(0, k - 3)])
        row = ask.row.name.text if passage.row is not None else ""
        said = cover(
            ask.all,
            (near, 1.0),
            (here, close),
            (lead, 0.85),
            (rest, 0.75),
            (passage.title, 0.75),
            (passage.text, 0.5),
            (passage.path, 0.35),
            (row, 0.95),
        )
        rare = cover(ask.rare, (near, 1.0), (here, close), (lead, 0.75), (rest, 0.6), (row, 0.6))
        strange = cover(ask.foreign, (near or s.text, 1.0)) if ask.foreign and passage.row is None else 0.0
        return said - 0.25 * strange + 0.15 * rare - (0.3 * self.pull(ask.row.no, lead + s.text) if passage.row is None else 0.0)

    def titled(self, no: int, passage: Passage) -> float:
        """How much of an indicator's name the heading of a passage says."""
        found = self._titled.get((no, passage.title))
        if found is None:
            found = self._titled[no, passage.title] = cover(self._names[no], (passage.title, 1.0)) if passage.title else 0.0
        return found

    def pull(self, no: int, text: str) -> float:
        """By how much a text names another indicator's matter better than this one's, 0 where it does not."""
        found = self._pulls.get(text)
        if found is None:
            said = self._naming.said(text)
            near = {n for word in said for n in self._named[word]}
            found = {n: sum([w * said[word] for word, w in self._names[n].items() if word in said]) / self._whole[n] for n in near}
            self._pulls[text] = found
        return max(0.0, max(found.values(), default=0.0) - found.get(no, 0.0))

    def own(self, ask: Ask, text: str) -> float:
        """How much of a clause's own words a text says."""
        return cover(ask.terms, (text, 1.0))

    def lines(self, ask: Ask, least: float = 0.5, far: float = 0.5) -> list[tuple[Line, float]]:
        """The lines that may speak of a clause, best first, with their fit; the rest of the report must say nearly all its words."""
        out = []
        places: dict[int, dict[str, float]] = {}
        own = self._own({w: v for w, v in ask.terms.items() if not light(w)})  # 建成, 任务 tell of no matter
        for line, near in self._near(ask, min(least, 0.25)):
            said = own.get(line.index, 0.0)
            if self.around(line).preamble and said < far:
                continue
            if near >= least or (said >= far and near >= 0.25):
                place = places.get(line.passage)
                if place is None:
                    place = places[line.passage] = self._place(ask, self.around(line))
                out.append((line, cover(ask.all, (line.text, 1.0), known=place) * (0.5 + 0.5 * near)))
        return sorted(out, key=lambda p: (-round(p[1], 6), p[0].start))

    def _near(self, ask: Ask, least: float) -> Iterator[tuple[Line, float]]:
        """The lines of some relevance for a clause's indicator, in no order, with it; of a cell that answers the measures of the rule in their order its own."""
        lines = self.narrative.lines
        for k, near in self._relevant(ask.row.no).items():
            if near >= least and k in self._open:
                yield lines[k], near
        for k in self._cells.get(ask.row.no, ()):
            passage = self.around(lines[k])
            in_order = len(passage.lines) == ask.place[1] > 1 and len(passage.text) < 40  # 77.4%；97.6%
            if k in self._open and not (in_order and passage.lines[ask.place[0]] is not lines[k]):
                yield lines[k], 1.0

    @cached_property
    def _open(self) -> set[int]:
        """The lines that may be grounds: no plans, and nothing that speaks of a part of the year alone."""
        return {
            line.index
            for line in self.narrative.lines
            if not self.around(line).outlook
            and (not any(s.cited and part_year(s.text) for s in line.statements) or any(w in line.text for w in marks("whole_year")))
        }

    @cached_property
    def _cells(self) -> dict[int, list[int]]:
        """The lines of each indicator's cells."""
        out: dict[int, list[int]] = {}
        for line in self.narrative.lines:
            row = self.around(line).row
            if row is not None:
                out.setdefault(row, []).append(line.index)
        return out

    def _own(self, terms: Mapping[str, float]) -> dict[int, float]:
        """How much of some words each line says, by its index."""
        total = sum(terms.values())
        out: dict[int, float] = {}
        for word, weight in terms.items():
            for k, credit in self._said.saying(word).items():
                out[k] = out.get(k, 0.0) + weight * credit
        return {k: value / total for k, value in out.items()} if total else {}

    def evidence(
        self, line: Line, statements: Sequence[Statement], figures: Sequence[Figure] = (), against: bool = False, forecast: bool = False
    ) -> Evidence:
        """The quote of a run of statements of a line, without its closing stop."""
        start, end = statements[0].start, statements[-1].end
        text = self.report.text
        while end > start and text[end - 1] in "，；;。！？!?：、, \n\t\u3000":
            end -= 1
        return Evidence(Quote.of(self.report, start, end), against, tuple(f for f in figures if start <= f.start < end), forecast)

    @cached_property
    def _cited(self) -> dict[tuple[str, Decimal], list[tuple[Line, int, Cited]]]:
        """Where the narrative cites a number in a unit, of those that are no small counts."""
        out: dict[tuple[str, Decimal], list[tuple[Line, int, Cited]]] = {}
        for line in self.narrative.lines:
            for k, s in enumerate(line.statements):
                for c in s.cited:
                    if c.figure.number is not None and _telling(c.figure.number):
                        out.setdefault((c.figure.unit, c.figure.number), []).append((line, k, c))
        return out

    def cells(self, no: int) -> list[Line]:
        """The lines of an indicator's own cells."""
        return [self.narrative.lines[k] for k in self._cells.get(no, ())]

    def told_in_cells(self, no: int) -> frozenset[tuple[str, Decimal | None]]:
        """The figures of an indicator's own cells, by unit and number."""
        return frozenset((f.unit, f.number) for k in self._cells.get(no, ()) for f in self.narrative.lines[k].figures)

    def repeated(self, no: int) -> list[tuple[Line, int, Cited]]:
        """The places of the narrative that cite a number of an indicator's own cells, as line, statement and figure: those that are cited there once."""
        out = []
        for k in self._cells.get(no, ()):
            for s in self.narrative.lines[k].statements:
                for c in s.cited:
                    if c.figure.number is not None and _telling(c.figure.number):
                        places = [p for p in self._cited.get((c.figure.unit, c.figure.number), ()) if self.around(p[0]).row is None]
                        out += places if len(places) == 1 else []
        return out

    def other_year(self, statement: Statement) -> bool:
        """Whether a statement tells of another year than the one under report."""
        year = statement.said.year
        if any(w in statement.text for w in marks("carried")):
            return False  # 2021年结转的2个项目完成验收
        return statement.said.last or (year is not None and self.report.year is not None and year < self.report.year)

    def next_year(self, statement: Statement) -> bool:
        """Whether a statement dates what was done after the year under report."""
        year = statement.said.year
        return year is not None and self.report.year is not None and year > self.report.year and statement.said.polarity == "done"

    def later_year(self, statement: Statement) -> bool:
        """Whether a statement tells of a year to come."""
        year = statement.said.year
        return year is not None and self.report.year is not None and year > self.report.year and statement.said.polarity == "plan"


def _telling(number: Decimal) -> bool:
    """Whether a number is so particular that two places that tell it tell of the same thing: three digits, no round hundred."""
    return len(number.normalize().as_tuple().digits) >= 3


ZERO, HUNDRED = Decimal(0), Decimal(100)
