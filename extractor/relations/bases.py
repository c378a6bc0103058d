"""What a change is measured against, where its own words only name the year: 上年度为665件，本年度达812件，比上年增加147件;
2021年产量15,000吨，2022年略有回落，2023年增至18,300吨，比2021年增长22%."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from extractor.relations.forms import words
from extractor.relations.model import Relation
from extractor.relations.names import Names
from extractor.relations.tagged import ACTUAL, PAST, PAST_SHARE, SHARE
from extractor.report import Figure
from patterns import expressions as re

_AGAINST = re.long(rf"(?:比|较|与|同)(?:(?P<year>(?:19|20)\d\d)年|(?P<past>{words()['past']}))|(?P<bare>同比)")
_FAR = 3  # sentences before a change in which its base may be told
_NAMED = 4  # characters of a subject that names one thing in a paragraph
_YEAR = re.compile(r"(?:19|20)\d\d(?=年)")
_TIME = re.long(
    rf"(?:(?:19|20)\d\d年(?:度|末|底|初|全年)?|{words()['past']}|[本今当]年度?|[年月]末|年底|截至|到|全年|的|则|又|已|再|约|进一步|"
    r"[增升提降减回上下扩缩压达][高升加长到至降少展大小短]{0,2}[到至为了]?|为|是|有|达)")


def bases(names: Names, kinds: Mapping[int, str], text: str, figures: Sequence[Figure], found: Sequence[Relation]) -> Iterator[tuple[Relation, Relation]]:
    """Changes without a base, each with the same one bound to the figure of its sentence that is told of the year it names.

    figures: those of a paragraph, in order; kinds: of each; found: what was read of them.
    """
    here = {f.index: f for f in figures}
    for r in found:
        if r.type != "growth" or r.before is not None or r.now is None or r.percent is None or r.now not in here or r.percent not in here:
            continue
        now, percent = here[r.now], here[r.percent]
        against = _AGAINST.search(text, now.end, percent.start)
        if against is None:
            continue
        told = [f for f in figures if f.index < percent.index and f.index != now.index and f.sentence == now.sentence and names.family[f.index] == names.family[now.index]
                and _of_that_time(f, against["year"], kinds.get(f.index, ""), _clause(text, f)) and (f.unit == "%") == (now.unit == "%")]
        year = against["year"] or (str(now.scope.year - 1) if now.scope.year is not None else None)
        if not told and year is not None:
            told = _told_before(names, figures, now, year, text)
        if len(told) == 1 and _one_subject(_clause(text, now), _clause(text, told[0])):
            yield r, replace(r, before=told[0].index, start=min(r.start, told[0].start), form=f"{r.form}-base")


def _clause(text: str, f: Figure) -> str:
    """The words of a figure's clause before it."""
    return re.split("[，；。：（）\n]", text[max(0, f.start - 60):f.start])[-1]


def _of_that_time(f: Figure, year: str | None, kind: str, clause: str) -> bool:
    """Whether a figure is told of a year, or of the year before where none is named."""
    if year is None:
        return kind in (PAST, PAST_SHARE)
    found = _YEAR.findall(clause)
    return kind in (ACTUAL, SHARE, PAST, PAST_SHARE) and found[-1:] == [year]


def _one_subject(now: str, before: str) -> bool:
    """Whether the later clause has no subject of its own, or that of the earlier one."""
    own, other = _TIME.sub("", now), _TIME.sub("", before)
    return len(own) < 2 or own in other or other in own


def _told_before(names: Names, figures: Sequence[Figure], now: Figure, year: str, text: str) -> list[Figure]:
    """The figures of the sentences before that are told of the year, by the very words of this one: 2023年，图书销售3,150万元，…。全年图书销售达3,420万元，同比增长8.6%."""
    own = _TIME.sub("", _clause(text, now))
    near = [f for f in figures if 0 < now.sentence - f.sentence <= _FAR and names.family[f.index] == names.family[now.index] and f.role == "actual"]
    return [f for f in near if len(own) >= _NAMED and own in _clause(text, f) and f"{year}年" in text[text.rfind("。", 0, f.start) + 1:f.start]]
