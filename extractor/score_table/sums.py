"""Rows of a score table that stand for others: totals, subtotals, rows of groups."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal

from extractor.report import Field, Row, Sum
from extractor.score_table.cells import NOTHING, last_number, weight_in
from extractor.score_table.columns import Columns
from extractor.score_table.places import Line, distinct
from patterns.scores import is_subtotal, is_total, number

_LEAST_OF_TOTAL = 4  # rows of which the last may be the total of the others


@dataclass(slots=True)
class Found:
    """What a table gives, before it is known whether it stands alone."""

    rows: list[Row] = field(default_factory=list)
    sums: list[Sum] = field(default_factory=list)
    total: Sum | None = None
    notes: list[Field] = field(default_factory=list)
    serials: list[str] = field(default_factory=list)  # as printed, a row each
    unread: list[Field] = field(default_factory=list)  # the first cells of rows that print scores and could not be read
    trailing: bool = False  # whether the last row read was the total


def sum_of(line: Line, columns: Columns, rows: tuple[int, int]) -> Sum:
    """The weight and the claim of a total's row: under their columns, else behind their labels, else its last number."""
    own = list(distinct(line))
    label = next((p for p in own if is_total(p.words) or is_subtotal(p.words)), own[0])
    weight = claimed = None
    weight_field = claimed_field = NOTHING
    place = line[columns.roles["claimed"]]
    if number(place.words) is not None and place.key != label.key:
        claimed, claimed_field = number(place.words), place.field
    column = columns.roles.get("weight")
    if column is not None and number(line[column].words) is not None and line[column].key != label.key and line[column].key != place.key:
        weight, weight_field = number(line[column].words), line[column].field
    labelled = [(a, b) for a, b in zip(own, own[1:], strict=False) if number(a.words) is None and number(b.words) is not None]
    for a, b in labelled:
        if "得分" in a.words and a is not label:
            claimed, claimed_field = number(b.words), b.field
    if claimed is None:
        for p in own[1:]:
            if number(p.words) is not None and not (column is not None and p.key == line[column].key):
                claimed, claimed_field = number(p.words), p.field
    if claimed is None and not any(number(p.words) is not None for p in own):
        for p in reversed(own):
            said = last_number(p.field)
            if said is not None and ("得" in p.words or "评" in p.words or not is_total(p.words)):
                (claimed, claimed_field) = said
                break
    if weight is None:
        printed = weight_in(label.field) or next((w for p in own[1:] if p.field != claimed_field and number(p.words) is None
                                                  and (w := weight_in(p.field)) is not None), None)
        if printed is not None and printed[1] != claimed_field:
            weight, weight_field = printed
    return Sum(label.field, rows, weight, weight_field, claimed, claimed_field)


def without_total(rows: list[Row], found: Found) -> list[Row]:
    """The last row, or the first one, is the total under a label of its own (总评, 汇总) where the others add up to its weight and its claim and it has no rule."""
    if found.total is not None or len(rows) < _LEAST_OF_TOTAL:
        return rows
    for k in (len(rows) - 1, 0):
        others = [r for i, r in enumerate(rows) if i != k]
        weights, claims = [r.weight for r in others if r.weight is not None], [r.claimed for r in others if r.claimed is not None]
        if rows[k].rule.text in ("", rows[k].name.text) and rows[k].target.text in ("", rows[k].name.text) and len(weights) == len(claims) == len(others) and (
                (rows[k].weight, rows[k].claimed) == (sum(weights, Decimal(0)), sum(claims, Decimal(0)))):
            total = rows[k]
            found.total = Sum(total.name, (1, len(others)), total.weight, total.weight_field, total.claimed, total.claimed_field)
            found.trailing = k > 0
            del found.serials[len(found.serials) - len(rows) + k]
            return [replace(r, no=rows[0].no + i) for i, r in enumerate(others)]
    return rows


def without_groups(rows: list[Row], serials: list[str], found: Found) -> list[Row]:
    """Rows that stand for those below them are no indicators: without a rule where the others have one, or numbered 1 over 1.1, and with
    the weight that those add up to. They become the heading and the sum of their group."""
    ruled = sum(bool(r.rule.text) for r in rows) * 2 >= len(rows)
    heads = [k for k, r in enumerate(rows) if r.weight is not None and ((ruled and not r.rule.text) or (
        serials[k] and k + 1 < len(rows) and serials[k + 1].startswith((serials[k].rstrip(".．") + ".", serials[k].rstrip("-") + "-"))))]
    out: list[Row] = []
    head: Row | None = None
    for k, r in enumerate(rows):
        if k in heads:
            stop = next((h for h in heads if h > k), len(rows))
            below = rows[k + 1:stop]
            nested = bool(serials[k]) and bool(below) and all(s.startswith(serials[k].rstrip(".．")) and s != serials[k] for s in serials[k + 1:stop])
            if below and (nested or sum((b.weight for b in below if b.weight is not None), Decimal(0)) == r.weight):
                head = r
                first = rows[0].no + len(out)
                found.sums.append(Sum(r.name, (first, first + len(below) - 1), r.weight, r.weight_field, r.claimed, r.claimed_field))
                continue
            head = None
        domain = head.name if head is not None and not r.domain.text else r.domain
        out.append(replace(r, no=rows[0].no + len(out), domain=domain))
    return out
