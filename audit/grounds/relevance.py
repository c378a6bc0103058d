"""How well each line of the narrative fits each indicator, by the words of its rule and name; the line's headings and passage count too."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import cached_property

from audit.grounds.index import Texts
from extractor.report import Report, Section
from extractor.statements import Line, Narrative
from patterns.told import place_pointed_at

IN_PASSAGE, IN_TITLE, IN_PATH = 0.5, 0.8, 0.3  # credit of a word that stands around a line
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


class Relevance:
    """The lines of a narrative against the indicators. about: what each indicator is about, as words with weights; said: which lines say a word."""

    def __init__(self, report: Report, narrative: Narrative, said: Texts, about: Mapping[int, Mapping[str, float]]) -> None:
        self.report, self.narrative, self._said, self._about = report, narrative, said, about
        self._size = {no: math.sqrt(sum(sorted(t.values(), reverse=True)[:14])) or 1.0 for no, t in about.items()}
        self._fitting: dict[int, dict[int, float]] = {}
        self._relevance: dict[int, dict[int, float]] = {}
        self._credit: dict[str, dict[int, float]] = {}
        passages = narrative.passages
        self._places = ((Texts([p.title for p in passages]), IN_TITLE), (Texts([p.text for p in passages]), IN_PASSAGE),
                        (Texts([p.path for p in passages]), IN_PATH))

    def raw(self, line: Line, no: int) -> float:
        """How well a line fits an indicator: about 1 where it plainly does."""
        row = self._row(line)
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
            found = {k: credit for k, credit in self._said.saying(word).items() if self._row(lines[k]) is None}
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

    def fit(self, line: Line, no: int) -> float:
        """How well a line fits an indicator against the one that it fits best, 0 to 1."""
        row = self._row(line)
        if row is not None:
            return 1.0 if no == row else 0.0
        return self.of(no).get(line.index, 0.0)

    def of(self, no: int) -> dict[int, float]:
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
        path = next((p for line in self._cells(no) if (p := place_pointed_at(self.report.text[line.start : line.end]))), ())
        sections = self.report.sections
        found = [s for s in sections if path and _bare(s.number) == path[-1] and _under(s, sections, path[:-1])]
        if len(found) != 1 or found[0].end - found[0].start > LONGEST_PLACE:
            return []
        return [x.index for x in self.narrative.lines if found[0].start <= x.start < found[0].end and self._row(x) is None]

    def _row(self, line: Line) -> int | None:
        """The indicator whose cell a line stands in, None in the narrative."""
        return self.narrative.passages[line.passage].row

    def _cells(self, no: int) -> list[Line]:
        """The lines of an indicator's own cells."""
        return [line for line in self.narrative.lines if self._row(line) == no]
