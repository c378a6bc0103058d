"""One achievement used for two indicators: the same named thing in two places that earn points."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from audit.checks.totals import is_bonus
from audit.messages import message
from audit.model import Finding, Quote
from audit.rounding import base_unit, value
from extractor.report import Figure, Report, Sentence

DISTRICT_WIDE = re.compile(r"单位GDP能耗|单位地区生产总值能耗|单位生产总值能耗|地区生产总值|国内生产总值|能源消费总量|能耗总量|常住人口|"
                           r"户籍人口|区域总?面积|行政区域面积|森林覆盖率|"
                           r"人均预期寿命|财政收入|城镇化率|河湖水面率|规模以上工业总产值")
BONUS = re.compile(r"附加分|加分项|特色|创新")
AHEAD = re.compile(r"下一步|打算|努力方向|存在的?(?:问题|不足)|不足|今后|展望|计划安排")
BODIES = re.compile(r"(?:区|市|县|镇)?[一-龥]{1,8}(?:局|委员会|委|办公室|办|政府|领导小组)")
GRAM = 7


@dataclass(frozen=True)
class Passage:
    """A sentence of the narrative that may earn points."""

    sentence: Sentence
    text: str
    section: int
    top: int
    bonus: bool
    figures: tuple[Figure, ...]


def check_claims(report: Report) -> list[Finding]:
    """double-claimed: bonus items against the main sections, and main sections that rest on one document for one thing."""
    if not report.sections or not report.table.rows:
        return []
    found = passages(report)
    return [*bonus_items(report, found), *one_document(report, found)]


def passages(report: Report) -> list[Passage]:
    """The sentences under headings, without those that look ahead."""
    out = []
    for k, s in enumerate(report.sentences):
        if s.section is None:
            continue
        path = report.section_path(s.section)
        titles = [p.title for p in path]
        if any(AHEAD.search(t) for t in titles):
            continue
        figures = report.figures_of.get(k, ())
        out.append(Passage(s, report.text[s.start:s.end], s.section, path[0].index, any(BONUS.search(t) for t in titles[:-1] or titles[:1])
                           or bool(re.search("附加分|加分", titles[-1])), tuple(figures)))
    return out


def grams(text: str) -> dict[str, int]:
    """The runs of GRAM characters without punctuation, with their place."""
    return {g: k for k in range(len(text) - GRAM + 1) if (g := text[k:k + GRAM]).isalnum()}


def bonus_items(report: Report, found: Sequence[Passage]) -> Iterator[Finding]:
    """A thing that a bonus item and a main section both claim."""
    table = "\n".join(r.name.text + "\n" + r.rule.text for r in report.table.rows)
    main: dict[str, list[Passage]] = {}
    for p in found:
        if not p.bonus:
            for g in grams(p.text):
                main.setdefault(g, []).append(p)
    bonus = [p for p in found if p.bonus]
    told: set[int] = set()
    for p in bonus:
        best: tuple[int, Passage, str] | None = None
        for g, at in grams(p.text).items():
            others = main.get(g, [])
            if not others or len({o.section for o in others}) > 2 or g in table:
                continue
            for o in others:
                shared = grow(p.text, at, o.text, g)
                if len(BODIES.sub("", shared)) < GRAM or DISTRICT_WIDE.search(shared):
                    continue
                score = len(shared)
                if best is None or score > best[0]:
                    best = (score, o, shared)
        if best is None or best[1].sentence.start in told:
            continue
        score, other, shared = best
        same = shared_figures(p, other)
        if score >= 9 or (score >= GRAM and same):
            told.add(other.sentence.start)
            yield Finding("double-claimed", "warning", bonus_row(report), message("checks.double_claimed", words=shared),
                          both(report, other, p, shared))


def grow(a: str, at: int, b: str, gram: str) -> str:
    """The longest run around a shared gram that two texts have in common."""
    i, j = at, b.find(gram)
    n = len(gram)
    while i > 0 and j > 0 and a[i - 1] == b[j - 1] and a[i - 1].isalnum():
        i, j, n = i - 1, j - 1, n + 1
    while i + n < len(a) and j + n < len(b) and a[i + n] == b[j + n] and a[i + n].isalnum():
        n += 1
    return a[i:i + n]


def shared_figures(a: Passage, b: Passage) -> list[tuple[Figure, Figure]]:
    """Figures of one value that both passages give."""
    return [(f, g) for f in a.figures for g in b.figures if value(f) is not None and value(f) == value(g) and base_unit(f) == base_unit(g)
            and (value(f) or 0) >= 10]


def both(report: Report, a: Passage, b: Passage, shared: str) -> tuple[Quote, ...]:
    """The two sentences, and the shared words and figures in them."""
    out = [Quote.of(report, p.sentence.start, p.sentence.end) for p in (a, b)]
    for p in (a, b):
        at = report.text.find(shared, p.sentence.start, p.sentence.end)
        if at >= 0:
            out.append(Quote.of(report, at, at + len(shared)))
    return tuple(sorted(set(out)))


def bonus_row(report: Report) -> int | None:
    """The number of the bonus indicator for things done (特色, 创新), or of the only one."""
    rows = [r for r in report.table.rows if is_bonus(r)]
    named = [r for r in rows if re.search("特色|创新|试点|示范|亮点", r.name.text)] or rows
    return named[-1].no if named else None


def one_document(report: Report, found: Sequence[Passage]) -> Iterator[Finding]:
    """Two sections that cite one document for one named thing."""
    cited: dict[str, list[Passage]] = {}
    for c in report.citations:
        if not c.number:
            continue
        for p in found:
            if p.sentence.start <= c.start < p.sentence.end and p not in cited.get(c.number, []):
                cited.setdefault(c.number, []).append(p)
    for number, places in cited.items():
        for i, a in enumerate(places):
            for b in places[i + 1:]:
                if a.section == b.section:
                    continue
                shared = common_name(stripped(a.text), stripped(b.text))
                if len(BODIES.sub("", shared)) >= 5 and sum(shared in r.name.text or shared in r.rule.text for r in report.table.rows) == 0:
                    yield Finding("double-claimed", "warning", None, message("checks.double_document", number=number, words=shared), both(report, a, b, shared))
                    break


def stripped(text: str) -> str:
    """A sentence without titles and document numbers."""
    return re.sub(r"《[^》]{0,120}》|[（(][^（()）]{0,40}号[)）]|[一-龥]{1,10}〔\d{4}〕\d+号", "｜", text)


def common_name(a: str, b: str) -> str:
    """The longest run that two texts share, of letters and characters alone."""
    best = ""
    for n in range(min(len(a), len(b), 40), 4, -1):
        seen = {a[k:k + n] for k in range(len(a) - n + 1)}
        for k in range(len(b) - n + 1):
            if b[k:k + n] in seen and b[k:k + n].isalnum():
                return b[k:k + n]
    return best
