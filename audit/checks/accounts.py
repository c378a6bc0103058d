"""The other tables of a document against its text, against each other, and against their own totals."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations

from audit.messages import message
from audit.model import Finding, Quote
from audit.rounding import Interval, plain, printed, step
from audit.said import Said
from extractor.accounts import Entry, Line, Sheet, items, sheets
from extractor.report import Report

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
    """One row in two tables, all of whose columns agree but one."""
    rows: dict[str, list[Line]] = {}
    for sheet in found:
        for line in sheet.lines:
            rows.setdefault(line.label.removesuffix("合计"), []).append(line)
    for label, lines in rows.items():
        for a, b in combinations(lines[:12], 2):
            x, y = ([e for _, e in line.entries if not e.percent] for line in (a, b))
            if len(x) != len(y) or len(x) < 3:
                continue
            off = [(p, q) for p, q in zip(x, y, strict=True) if p.amount != q.amount]
            distinct = {p.amount for p, q in zip(x, y, strict=True) if p.amount == q.amount and p.amount}
            if len(off) == 1 and len(distinct) >= 2 and len(x) - 1 == sum(p.amount == q.amount for p, q in zip(x, y, strict=True)):
                (p, q), = off
                yield Finding("conflicting-figures", "error", None, message("checks.two_rows", label=label, first=p.text, second=q.text),
                              tuple(sorted(Quote.of(report, e.start, e.end) for e in (p, q))),
                              proof=(message("proof.rows_agree", label=label, columns="、".join(e.text for e in x if e is not p)),
                                     message("proof.told_in_table", first=p.text), message("proof.instead", stated=q.text)))
                break


def shares(report: Report, found: tuple[Sheet, ...]) -> Iterator[Finding]:
    """A column of shares beside a column of amounts, under a total of 100%: the share that is not its amount's, where all others are."""
    for sheet in found:
        totals = [line for line in sheet.lines if sum(e.percent and e.amount == 100 for _, e in line.entries)]
        for total in totals[:1]:
            whole = dict(total.entries)
            judged = [(line, p, q, whole[k]) for line in sheet.lines if line is not total for (k, p), (j, q) in zip(line.entries, line.entries[1:], strict=False)
                      if j == k + 1 and q.percent and not p.percent and k in whole and j in whole and whole[j].percent and whole[j].amount == 100]
            off = [(line, p, q, w) for line, p, q, w in judged if not fits(p, q, w)]
            if not off or len(off) * 4 > len(judged):
                continue
            for line, p, q, w in off:
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
