"""One achievement used for two indicators: the same named thing in two places that earn points."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from audit.checks.totals import is_bonus
from audit.messages import message
from audit.model import Finding, IndicatorResult, Quote
from extractor.report import Report, Row
from extractor.statements import Line, Narrative, Statement, statements
from patterns.content import content_words, cover, light
from patterns.speech import marks

NAME, LONG = 6, 9  # characters of a name that two places share: where both earn points, and anywhere
MOST = 3  # passages that may tell of a thing; what stands everywhere is no achievement of one place
SAME_HONOUR = 6  # characters that two statements share beside the name where they tell one honour
GIVING = ("award", "each", "tier", "full")


def check_claims(report: Report, results: Sequence[IndicatorResult] = ()) -> list[Finding]:
    """double-claimed: an achievement told among what earns extra points that another indicator rests on, or two that rest on one document."""
    if not report.sections or not report.table.rows:
        return []
    narrative = statements(report)
    found = [*bonus_items(report, narrative, results), *shared_documents(report, results)]
    held = [q for f in found for q in f.quotes]
    return [*found, *(f for f in honoured_twice(report, narrative) if not any(a.start < b.end and b.start < a.end for a in f.quotes for b in held))]


def honoured_twice(report: Report, narrative: Narrative) -> Iterator[Finding]:
    """A work or a brand, named in marks, of which two statements tell an honour each: it may count once only."""
    told: dict[str, list[Statement]] = {}
    for line in narrative.lines:
        around = narrative.around(line)
        if around.row is not None or around.outlook or around.shortcomings or around.preamble:
            continue
        for s in line.statements:
            if s.said.polarity == "done" and any(w in s.text for w in marks("honour")):
                for name in dict.fromkeys(quoted(report.text[s.start : s.end])):
                    told.setdefault(name, []).append(s)
    for name, places in told.items():
        if len(places) != 2 or any(name in r.name.text or name in r.rule.text for r in report.table.rows):
            continue
        a, b = places
        if len(common(a.text.replace(name, "｜"), b.text.replace(name, "｜"))) < SAME_HONOUR:  # one honour told again is no second claim
            row = max(report.table.rows, key=lambda r: (round(_fit(r, b.text), 4), r.no))
            quotes = tuple(Quote.of(report, s.start, s.end) for s in places)
            yield Finding("double-claimed", "warning", row.no, message("checks.double_honour", words=name), quotes)


def quoted(text: str) -> Iterator[str]:
    """The names that stand in a text between marks of a title or a quotation."""
    for left, right in (("《", "》"), ("“", "”")):
        for piece in text.split(left)[1:]:
            name, end, _ = piece.partition(right)
            if end and 3 <= len(name) <= 16 and not name.endswith(marks("decree")):
                yield name


def _fit(row: Row, text: str) -> float:
    """How much of an indicator's name and rule a text says."""
    return cover(dict.fromkeys(content_words(row.name.text + "，" + row.rule.text), 1.0), (text, 1.0))


def bonus_items(report: Report, narrative: Narrative, results: Sequence[IndicatorResult]) -> Iterator[Finding]:
    """A thing that a bonus item claims and that is the ground of another indicator (without results: that any main section tells)."""
    bonus = [line for line in narrative.lines if _bonus(narrative, line)]
    main = [
        line
        for line in narrative.lines
        if not _bonus(narrative, line)
        and not narrative.around(line).outlook
        and not narrative.around(line).shortcomings
        and narrative.around(line).row is None
    ]
    held = _held(results)
    told: set[int] = set()
    runs: dict[str, set[int]] = {}
    for k, other in enumerate(main):
        for run in _runs(other.text):
            runs.setdefault(run, set()).add(k)
    for line in bonus:
        best: tuple[int, Line, str] | None = None
        alike = sorted(set().union(*(runs.get(run, ()) for run in _runs(line.text))))  # a name that both tell is a run of both
        for other in (main[k] for k in alike):
            ground = not results or any(other.start <= start < other.end for start in held)
            shared = common(line.text, other.text)
            if (
                len(shared) >= (NAME if ground else LONG)
                and (ground or _same_figure(line, other))
                and _names(report, narrative, shared)
                and (best is None or len(shared) > best[0])
            ):
                best = (len(shared), other, shared)
        if best is None or best[1].start in told or (not results and best[0] < LONG):
            continue
        told.add(best[1].start)
        row = _row(report, line)
        yield Finding(
            "double-claimed", "warning", row, message("checks.double_claimed", words=best[2]), _both(report, line, best[1], best[2])
        )


def _same_figure(a: Line, b: Line) -> bool:
    """Whether two lines give one value of one unit, no small one."""
    return any(
        f.unit == g.unit and f.number is not None and f.number == g.number >= 10
        for f in a.figures
        for g in b.figures
        if g.number is not None
    )


def _held(results: Sequence[IndicatorResult]) -> set[int]:
    """Where the grounds of what earns points begin, of all indicators but those for extra points."""
    return {
        e.quote.start
        for r in results
        if not is_bonus(r.row)
        for c in r.clauses
        if c.clause.kind in GIVING and c.state == "met"
        for e in c.evidence
    }


def _bonus(narrative: Narrative, line: Line) -> bool:
    passage = narrative.around(line)
    return passage.row is None and not passage.outlook and any(w in passage.title + passage.path for w in marks("bonus"))


def _row(report: Report, line: Line) -> int | None:
    """The indicator for extra points that a line speaks of: whose rule it says most of, else the last one."""
    rows = [r for r in report.table.rows if is_bonus(r)]
    if not rows:
        return None
    return max(rows, key=lambda r: (round(_fit(r, line.text), 4), r.no)).no


def _names(report: Report, narrative: Narrative, shared: str) -> bool:
    """Whether a run of words names a thing of its own: no words of two rules, no body, no measure of the whole district, not everywhere."""
    rules = sum(shared in r.rule.text or shared in r.name.text for r in report.table.rows)
    words = [w for w in content_words(shared) if not light(w)]
    if rules > 1 or not words or shared.endswith(marks("body")) or any(w in shared for w in marks("everywhere")):
        return False
    told = {w: len({line.passage for line in narrative.lines if w in line.text}) for w in words}
    rare = sum(len(w) for w, n in told.items() if n <= MOST)
    if rare < 4 or any(s.said.polarity == "none" for line in narrative.lines for s in line.statements if shared in s.text):
        return False  # that something did not happen is no achievement
    return len({line.passage for line in narrative.lines if shared in line.text}) <= MOST


def _runs(text: str) -> set[str]:
    """The shortest runs of letters and characters in a text that may be a name."""
    return {run for k in range(len(text) - NAME + 1) if (run := text[k : k + NAME]).isalnum()}


def common(a: str, b: str) -> str:
    """The longest run of letters and characters that two texts share."""
    best, ends = "", [0] * (len(b) + 1)
    for i, x in enumerate(a):
        row = [0] * (len(b) + 1)
        if x.isalnum():
            for j, y in enumerate(b):
                if x == y:
                    row[j + 1] = ends[j] + 1
                    if row[j + 1] > len(best):
                        best = a[i + 1 - row[j + 1] : i + 1]
        ends = row
    return best


def _both(report: Report, a: Line, b: Line, shared: str) -> tuple[Quote, ...]:
    """The two sentences, and the shared words in them."""
    out = [Quote.of(report, line.start, line.end) for line in (a, b)]
    for line in (a, b):
        at = report.text.find(shared, line.start, line.end)
        if at >= 0:
            out.append(Quote.of(report, at, at + len(shared)))
    return tuple(sorted(set(out)))


def shared_documents(report: Report, results: Sequence[IndicatorResult]) -> Iterator[Finding]:
    """Two indicators whose grounds cite one document for one named thing."""
    cited: dict[str, list[tuple[int, Quote]]] = {}
    for r in results:
        for quote in dict.fromkeys(e.quote for c in r.clauses if c.clause.kind in GIVING and c.state == "met" for e in c.evidence):
            for c in report.citations:
                if c.number and quote.start <= c.start < quote.end:
                    cited.setdefault(c.number, []).append((r.no, quote))
    for number, places in cited.items():
        for (one, a), (two, b) in combinations(places, 2):
            blank = [_blank(report, q) for q in (a, b)]
            shared = common(*blank)
            if (
                one != two
                and not (a.start < b.end and b.start < a.end)
                and len(shared) >= 5
                and not any(shared in r.name.text or shared in r.rule.text for r in report.table.rows)
            ):
                yield Finding("double-claimed", "warning", two, message("checks.double_document", number=number, words=shared), (a, b))
                break


def _blank(report: Report, quote: Quote) -> str:
    """A quote without the documents that it cites."""
    text = quote.text
    for c in report.citations:
        if quote.start <= c.start < quote.end:
            text = text.replace(c.text, "｜")
    return text
