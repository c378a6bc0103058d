"""What clauses are judged in: the narrative with its lines, the annex's words, and how well a line fits each indicator."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cached_property

from audit.grounds.asks import Ask
from audit.grounds.index import Texts, Words
from audit.grounds.relevance import Relevance
from audit.model import Evidence, Quote
from extractor.relations.model import Relation
from extractor.report import Figure, Report, Row
from extractor.statements import Cited, Line, Narrative, Passage, Statement
from patterns.clause import CompiledRule
from patterns.content import Weights, content_words, cover, credits, light, plain, without_titles
from patterns.speech import marks, part_year

NAME, DOMAIN, HINT = 2.0, 0.4, 0.3


class Scene:
    """The report as clauses see it. Nothing in it depends on the order of the narrative, so that a sentence moves no other."""

    def __init__(self, report: Report, narrative: Narrative, rules: Sequence[CompiledRule], hints: Mapping[int, Sequence[str]]) -> None:
        self.report, self.narrative = report, narrative
        rows = report.table.rows
        self.rows = rows
        self.weights = Weights(f"{r.name.text}，{r.rule.text}" for r in rows)
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
        self._said = Texts([line.text for line in narrative.lines])
        self._relevance = Relevance(report, narrative, self._said, {r.no: self._topics(r, hints.get(r.no, ())) for r in rows})
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
        return self._relevance.raw(line, no)

    def relevance(self, line: Line, no: int) -> float:
        """How well a line fits an indicator against the one that it fits best, 0 to 1."""
        return self._relevance.fit(line, no)

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
        for k, near in self._relevance.of(ask.row.no).items():
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
