"""What a report dates: grounds, documents, achievements and events, each with the day that the words give it. Nothing is compared."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from extractor.narrative import lines
from extractor.report import Citation, Report
from patterns import document_number
from patterns import expressions as re
from patterns.places import files

Kind = Literal["no day", "ground", "issued", "approval", "achieved", "held", "awarded", "certificate"]
Span = tuple[int, int]

_DATE = re.compile(r"(?:(?P<year>(?:19|20)\d\d)\s?年\s?(?:(?P<month>\d{1,2})\s?月(?:\s?(?P<day>\d{1,2})\s?日)?|(?P<term>[春秋]季学期|[上下]半年))"
                   r"|(?<![年\d])(?P<only>\d{1,2})月(?P<at>\d{1,2})日)")
_SENTENCE = re.compile(r"[^。！？\n]+[。！？]?")
_TITLE = re.compile(r"《[^》]{0,120}》")
_ALONE = re.compile(r"\s*(?P<year>(?:19|20)\d\d)\s?年\s?(?P<month>\d{1,2})\s?月(?:\s?(?P<day>\d{1,2})\s?日)?\s*")
_TERMS = {"春季学期": 2, "秋季学期": 9, "上半年": 1, "下半年": 7}  # the month in which it begins
_REACH = 40  # characters between a date and its deed


@dataclass(frozen=True, slots=True)
class Day:
    """A day as told: 0 for a month or a day that is not given. text: as written; start..end: where."""

    year: int
    month: int
    day: int
    text: str
    start: int
    end: int

    def before(self, other: Day | tuple[int, int, int]) -> bool:
        """Whether it surely lies before another day: in the first part in which both are given and differ."""
        b = other if isinstance(other, tuple) else (other.year, other.month, other.day)
        for x, y in zip((self.year, self.month, self.day), b, strict=True):
            if not x or not y:
                return False
            if x != y:
                return x < y
        return False


@dataclass(frozen=True, slots=True)
class Dated:
    """A thing and its day.

    kind: no day (the calendar has none such); ground (the document is the ground of what was done on the day); issued (the document is
    said to be of that day); approval (the document is the ground of an approval; no day); achieved, held, awarded (something built or
    reached, an event, a title); certificate (its day). document: the cited number and its year; issue: the day on which the ground was
    issued, where it is told; history: the sentence speaks of how things came about; quotes: the stretches that say it.
    """

    kind: Kind
    quotes: tuple[Span, ...]
    day: Day | None = None
    document: str = ""
    year: int | None = None
    issue: Day | None = None
    history: bool = False


@cache
def words() -> dict[str, re.Pattern[str]]:
    """The patterns of patterns/words/dates.tsv by kind."""
    rows = (files("patterns") / "words" / "dates.tsv").read_text(encoding="utf8").splitlines()[2:]
    return {kind: re.compile(pattern) for kind, pattern, *_ in (r.split("\t") for r in rows)}


def dated(report: Report) -> Iterator[Dated]:
    """Everything that the narrative dates, in reading order."""
    for start, end in lines(report):
        for m in _SENTENCE.finditer(report.text, start, end):
            yield from _sentence(report, m.start(), m.end())


def dateline(report: Report) -> Day | None:
    """The report's own date: the last line of the narrative that is nothing else."""
    found = [m for start, end in lines(report) if (m := _ALONE.fullmatch(report.text, start, end))]
    if not found:
        return None
    m = found[-1]
    return Day(int(m["year"]), int(m["month"]), int(m["day"] or 0), m[0].strip(), m.start(), m.end())


def days(text: str, at: int, year: int | None) -> list[Day]:
    """The days of a sentence outside titles; one without a year is of the last year named before it, or of the report's. at: its offset."""
    titles = [t.span() for t in _TITLE.finditer(text)]
    out: list[Day] = []
    for m in _DATE.finditer(text):
        if any(a <= m.start() < b for a, b in titles):
            continue
        if m["only"]:
            before = out[-1].year if out else year
            if before:
                out.append(Day(before, int(m["only"]), int(m["at"]), m[0], at + m.start(), at + m.end()))
            continue
        month = int(m["month"]) if m["month"] else _TERMS[m["term"]]
        out.append(Day(int(m["year"]), month, int(m["day"] or 0), m[0], at + m.start(), at + m.end()))
    return out


def _sentence(report: Report, start: int, end: int) -> Iterator[Dated]:
    text, w = report.text[start:end], words()
    found = days(text, start, report.year)
    cited = [c for c in report.citations if start <= c.start < end and c.year is not None and c.number]
    for d in found:
        if not 1 <= d.month <= 12 or d.day > monthrange(d.year, d.month)[1]:
            yield Dated("no day", ((d.start, d.end),), d)
    used = set()
    for c in cited:
        ground = _is_ground(text, c.start - start)
        done = [d for d in found if ((ground or _behind(text, c, start, d)) and _deed(text, d.end - start) and not w["signed"].search(text[:d.start - start]))
                or (ground and d.start > c.end and not w["issued"].search(text[d.end - start:]))]  # （〔2025〕3号，2025年1月22日印发）
        for d in done:
            used.add(c.start)
            yield Dated("ground", (_number(report, c), _with_deed(report, d)), d, c.number or c.text, c.year)
        told = _made(text, c.start - start) or (ground and re.search(f"全年|年内|当年|{report.year}年", text[c.end - start:]) is not None)
        if c.start not in used and report.year is not None and (c.year or 0) > report.year and told and not w["planned"].search(text) \
                and not any(str(y) in (c.title or "") for y in range(report.year + 1, report.year + 3)):
            used.add(c.start)  # a document of next year, told as made in this one or as the ground of what was done in it
            yield Dated("approval", (_number(report, c), (start, end)), None, c.number or c.text, c.year)
            continue
        issues = [d for d in found if (w["issued"].search(text[d.end - start:]) or w["signed"].search(text[:d.start - start]))
                  and abs(c.start - d.end) < 90]
        if len(cited) == 1 and issues and not any(d.year < (c.year or 0) for d in done):
            used.add(c.start)
            yield Dated("issued", (_number(report, c), _with_deed(report, issues[0])), issues[0], c.number or c.text, c.year)
        planned = w["planned"].search(text[c.end - start:])
        if c.start not in used and ground and w["approved"].search(text[c.end - start:]) and not planned and str(report.year) not in (c.title or ""):
            yield Dated("approval", (_number(report, c), (start, end)), max(found, key=lambda d: d.year, default=None), c.number or c.text, c.year)
    yield from _issued_grounds(report, text, start, found)
    yield from _deeds(report, text, start, found)


def _issued_grounds(report: Report, text: str, start: int, found: list[Day]) -> Iterator[Dated]:
    """按照2025年2月印发的方案，2024年秋季学期完成组建; 4月18日印发措施，对2024年9月出台的方案逐条细化."""
    w = words()
    for g in found:
        if not re.match(r"[^，。；《（]{0,4}(?:印发|出台|发布|下发|颁布|施行|实施|生效|执行)的", text[g.end - start:]):
            continue
        clause = max(text.rfind(x, 0, g.start - start) for x in "，；。（") + 1
        after = re.split("[；。]", text[g.end - start:])[0]
        led = text[clause:g.start - start]
        if not (w["ground"].search(led) or (led.startswith("对") and w["ground-after"].search(after))):
            continue
        for d in found:
            if d is not g and (_deed(text, d.end - start) or (d.end <= g.start and w["ground"].search(led))):
                yield Dated("ground", (_with_deed(report, g), _with_deed(report, d)), d, g.text, g.year, issue=g)


def _deeds(report: Report, text: str, start: int, found: list[Day]) -> Iterator[Dated]:
    w = words()
    for d in found:
        begin = max(text.rfind(x, 0, d.start - start) for x in "，；。（(") + 1
        behind = text[d.end - start:]
        gap = len(behind) - len(behind.lstrip("，, "))  # 2023年2月17日，某区被命名为…: the deed stands behind the stop
        after = behind[:gap] + re.split("[，；。]", behind[gap:])[0]
        clause = text[begin:d.end - start] + after
        span = (d.start, d.end + len(after))
        if w["certificate"].search(text[:d.start - start]):
            yield Dated("certificate", ((start + begin, d.end),), d)
        elif w["planned"].search(text[begin:]):
            continue
        elif w["awarded"].search(after):
            yield Dated("awarded", (span,), d, history=bool(w["history"].search(text)) or str(report.year) in text.replace(d.text, "", 1))
        elif w["achieved"].search(after) and not w["reported"].search(clause):
            yield Dated("achieved", (span,), d)
        elif w["held"].search(after):
            yield Dated("held", ((start + begin, span[1]),), d)


def _deed(text: str, at: int) -> bool:
    """Whether something is obtained or done right behind a place."""
    return words()["act"].search(re.split("[；。]", text[at:])[0][:_REACH]) is not None


def _is_ground(text: str, at: int) -> bool:
    """Whether a document is cited as the ground of what follows: 根据 … 的批复（文号）, within its clause."""
    head = _TITLE.sub("", text[:at])
    return words()["ground"].search(re.split("[；。]", head)[-1][-60:]) is not None


def _made(text: str, at: int) -> bool:
    """Whether a document is told as made: 出台《…办法》（文号）."""
    return re.search(r"(?:出台|印发|制定|修订|发布|制发)了?[^，；。《》]{0,6}$", _TITLE.sub("", text[:at])) is not None


def _behind(text: str, c: Citation, start: int, d: Day) -> bool:
    """Whether the number stands in a bracket right behind the dated act: 于2021年9月取得证书（…〔2022〕117号）."""
    between = text[d.end - start:max(c.start, d.end) - start]
    return 0 < len(between) < _REACH and not re.search("[。；]", between) and re.search(r"[（(][^（()）]{0,8}$", between) is not None


def _number(report: Report, c: Citation) -> Span:
    """The document number where it stands."""
    number = c.number or c.text
    at = report.text.find(number, c.start, c.end)
    return (at, at + len(number)) if at >= 0 else (c.start, c.end)


def _with_deed(report: Report, d: Day) -> Span:
    """A date and the words behind it up to the next stop."""
    m = re.match(r"[^，。；\n]*", report.text[d.end:d.end + 60])
    return d.start, d.end + (m.end() if m else 0)


@dataclass(frozen=True, slots=True)
class Damaged:
    """A document number that cannot be looked up as written, and how it should read."""

    text: str
    canonical: str
    start: int
    end: int


def damaged_numbers(report: Report) -> Iterator[Damaged]:
    """Document numbers with brackets that are missing or do not match."""
    for start, end in lines(report):
        for n in document_number.find(report.text[start:end]):
            if n.malformed in ("unpaired brackets", "no brackets"):
                yield Damaged(n.text, n.canonical, start + n.start, start + n.end)


def two_titles(report: Report) -> Iterator[tuple[Citation, Citation]]:
    """Citations of one number under titles that share hardly a word."""
    first: dict[str, Citation] = {}
    for c in report.citations:
        if c.number and c.title:
            key = re.sub(r"[\[\]()（）【】〔〕［］]", "|", re.sub(r"\s", "", c.number))
            other = first.setdefault(key, c)
            if other is not c and not _same_title(other.title or "", c.title):
                yield other, c


def _same_title(a: str, b: str) -> bool:
    """Whether two titles may be of one document: one holds the other, or most of their two-character words agree."""
    a, b = (re.sub(r"[^一-龥A-Za-z0-9]", "", x) for x in (a, b))
    if a in b or b in a:
        return True
    x, y = ({t[k:k + 2] for k in range(len(t) - 1)} for t in (a, b))
    return bool(x and y) and len(x & y) / min(len(x), len(y)) >= 0.6
