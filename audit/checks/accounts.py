"""The other tables of a document against its text, against each other, and against their own totals."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations

from audit.messages import message
from audit.model import Finding, Quote
from audit.rounding import Interval, plain, printed, step
from audit.said import Said
from audit.slips import slipped
from extractor.accounts import Entry, Line, Sheet, items, sheets
from extractor.report import Report

MOST_SURE = 4  # numbers besides zeros that two tables must share before one that they do not share is a slip
AGREEING = 3  # so many other items of the text must be found in the tables as told, before one that is not is asked about


def check_accounts(report: Report) -> list[Finding]:
    """conflicting-figures and percentage-mismatch in budgets, accounts and statements."""
    found = sheets(report)
    return [*told_otherwise(report, found), *two_rows(report, found), *shares(report, found)]


def interval(entry: Entry) -> Interval:
    """The values that print as an entry, in base units."""
    factor = entry.base / entry.amount if entry.amount else Decimal(1)
    half = Decimal(1).scaleb(-entry.places) / 2 * abs(factor)
    return Interval(entry.base - half, entry.base + half)


def told_otherwise(report: Report, found: tuple[Sheet, ...]) -> Iterator[Finding]:
    """An item of the text whose figure stands in none of the rows of its name, where the other items do."""
    everywhere = [interval(e) for s in found if s.unit for line in s.lines for _, e in line.entries if not e.percent]
    wrong, agreeing = [], 0
    for item in items(report, found):
        stated = printed(item.figure)
        if stated is None or not item.rows:
            continue
        stated = Interval(stated.low, stated.high + step(item.figure) / 2)  # many offices cut off
        if any(interval(e).meets(stated) for e in item.rows):
            agreeing += 1
        elif item.total or not any(i.meets(stated) for i in everywhere):
            wrong.append(item)
    if agreeing < max(AGREEING, len(wrong)):
        return
    told: dict[tuple[str, Decimal | None], list[Quote]] = {}
    for item in wrong:
        f = item.figure
        quotes = told.setdefault((item.label, f.base), [])
        quotes.append(Quote.of(report, f.start, f.end))
        if len(quotes) > 1:
            continue
        row = max(item.rows, key=lambda e: sum(e.amount == o.amount for o in item.rows))
        quotes.append(Quote.of(report, row.start, row.end))
        quotes.append(Said(report).told(f.index))
        yield Finding("conflicting-figures", "warning", None, message("checks.item", label=item.label, stated=f.text, row=row.text), tuple(sorted(set(quotes))))


def two_rows(report: Report, found: tuple[Sheet, ...]) -> Iterator[Finding]:
    """One row that is told twice, all of whose columns agree but one, where one thing is told.

    So it is where the two numbers are a slip of the pen apart, or where other rows are common to both tables and agree. Two tables of which several
    rows differ are of two things (a group and its parent company, before and after), and no row of theirs is wrong.
    """
    rows: dict[str, list[tuple[Sheet, Line]]] = {}
    for sheet in found:
        for line in sheet.lines:
            rows.setdefault(line.label.removesuffix("合计"), []).append((sheet, line))
    for label, lines in rows.items():
        for (s, a), (t, b) in combinations(lines[:12], 2):
            x, y = amounts(a), amounts(b)
            off = [(p, q) for p, q in zip(x, y, strict=False) if p.amount != q.amount]
            beside = {p.amount for p, q in zip(x, y, strict=False) if p.amount == q.amount and p.amount}
            if len(x) != len(y) or len(x) < 3 or len(off) != 1 or len(beside) < 2:
                continue
            (p, q), = off
            agreeing, differing = common(s, t)
            if differing > 1 or abs(p.amount - q.amount) <= Decimal(1).scaleb(-p.places) or (agreeing < MOST_SURE and not slipped(digits(p), digits(q))):
                continue
            yield Finding("conflicting-figures", "error", None, message("checks.two_rows", label=label, first=p.text, second=q.text),
                          tuple(sorted(Quote.of(report, e.start, e.end) for e in (p, q))),
                          proof=(message("proof.rows_agree", label=label, columns="、".join(e.text for e in x if e is not p)),
                                 message("proof.told_in_table", first=p.text), message("proof.instead", stated=q.text)))
            break


def common(a: Sheet, b: Sheet) -> tuple[int, int]:
    """Of the rows that two tables have in common: the numbers besides zeros of those that agree, and how many do not."""
    rows = {line.label.removesuffix("合计"): amounts(line) for line in a.lines}
    agreeing = differing = 0
    for line in b.lines if a is not b else ():
        x, y = rows.get(line.label.removesuffix("合计"), []), amounts(line)
        if x and len(x) == len(y):
            same = all(p.amount == q.amount for p, q in zip(x, y, strict=True))
            agreeing += sum(p.amount != 0 for p in x) if same else 0
            differing += not same
    return agreeing, differing


def digits(entry: Entry) -> str:
    """The digits of a number without the zeros at its ends."""
    return "".join(c for c in entry.text if c.isdigit()).strip("0")


def amounts(line: Line) -> list[Entry]:
    """The numbers of a row that are no percentages."""
    return [e for _, e in line.entries if not e.percent]


def shares(report: Report, found: tuple[Sheet, ...]) -> Iterator[Finding]:
    """A column of shares beside a column of amounts, under a total of 100%: the share that is not its amount's, where all others are."""
    for sheet in found:
        totals = [line for line in sheet.lines if sum(e.percent and e.amount == 100 for _, e in line.entries)]
        for total in totals[:1]:
            whole = dict(total.entries)
            at = sheet.lines.index(total)
            rows = sheet.lines[:at] if at > 1 else sheet.lines[1:]  # what stands below the total is of another table
            judged = [(line, p, q, whole[k]) for line in rows for (k, p), (j, q) in zip(line.entries, line.entries[1:], strict=False)
                      if j == k + 1 and q.percent and not p.percent and k in whole and j in whole and whole[j].percent and whole[j].amount == 100]
            off = [(line, p, q, w) for line, p, q, w in judged if not fits(p, q, w)]
            if not off or len(off) * 4 > len(judged):
                continue
            for line, p, q, w in off:
                column = [x for _, _, x, v in judged if v is w]
                closed = line.label.startswith("其他") or sum(x.amount for x in column) == 100
                if closed and abs(p.amount / w.amount * 100 - q.amount) <= Decimal(len(column)).scaleb(-q.places) / 2:
                    continue  # the shares were made to add up to 100%
                follows = plain(p.amount / w.amount * 100, q.places + 1) if w.amount else "–"
                text = message("checks.share", part=f"{line.label}{p.text}", whole=w.text, follows=f"{follows}%", stated=q.text)
                yield Finding("percentage-mismatch", "error", None, text, tuple(sorted(Quote.of(report, e.start, e.end) for e in (p, q, w))),
                              proof=(message("proof.column", label=line.label, part=p.text, whole=w.text),
                                     message("proof.quotient", part=p.text, whole=w.text, follows=f"{follows}%", low=f"{follows}%", high=f"{follows}%"),
                                     message("proof.instead", stated=q.text), message("proof.others_fit", count=len(judged) - len(off))))


def fits(part: Entry, share: Entry, whole: Entry) -> bool:
    """Whether a share is its amount's, give or take the last place of each (the last share of a column often gives way to reach 100%)."""
    of = interval(part).over(interval(whole))
    step = Decimal(1).scaleb(-share.places)
    return of is None or of.times(Decimal(100)).meets(Interval(share.amount - step, share.amount + step))
