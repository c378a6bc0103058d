"""Weights of indicators that print none of their own: what the heading of their group says of each (每项4分), or what their rule gives at most."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import groupby

from extractor.report import Field, Row
from extractor.score_table.cells import NOTHING
from patterns.group_weights import read
from patterns.rules import compile_rule
from patterns.rules.meaning import maximum
from patterns.scores import stated_maximum

_FULL = (Decimal(100), Decimal(1000))
_ABOVE_ALL = Decimal(10_000)  # a maximum that no rule reaches: what comes back as it was is bounded by the weight alone


def with_weights(rows: Sequence[Row], full: Decimal | None) -> list[Row]:
    """Rows with the weights that their headings print for each, or that their rules give at most where these add up to what is printed for
    the group or for the whole.

    full: the weight that the total prints, None where it prints none.
    """
    out = list(rows)
    for heading, members in _groups(out):
        said = read(heading.text)
        wanting = [k for k in members if out[k].weight is None]
        weights = said.of(len(members)) if wanting else None
        if weights is None and wanting and len(members) == 1 and said.total is not None:
            weights = [said.total]
        for k, weight in zip(members, weights or (), strict=False):
            if k in wanting:
                place = Field(heading.text[weight.start:weight.end], heading.start + weight.start, heading.start + weight.end)
                out[k] = replace(out[k], weight=weight.value, weight_field=place)
    out = [replace(r, weight=Decimal(0)) if r.weight is None and _takes_off(r) else r for r in out]
    if not any(r.weight is None for r in out):
        return out
    most = [r.weight if r.weight is not None else _most(r) for r in out]
    for heading, members in _groups(out):
        total = read(heading.text).total
        _fill(out, members, most, [total.value] if total is not None else [])
    _fill(out, range(len(out)), most, [full] if full is not None else _FULL)
    return out


def _takes_off(row: Row) -> bool:
    """Whether nothing can be earned with a row: it or its group says that it takes points off, and so do its rule and its claim."""
    if not any(w in row.domain.text + row.subdomain.text + row.name.text for w in ("扣分", "减分", "倒扣", "负面")) or (row.claimed or Decimal(0)) > 0:
        return False
    clauses = compile_rule(row.rule.text, None, row.name.text).clauses
    return all(c.kind in ("deduct", "zero") for c in clauses)


def _groups(rows: Sequence[Row]) -> Iterator[tuple[Field, list[int]]]:
    """The indices of the rows under each heading, the narrowest headings first."""
    for level in ("subdomain", "domain"):
        for label, group in groupby(range(len(rows)), key=lambda k: getattr(rows[k], level)):
            if label.text:
                yield label, list(group)


def _most(row: Row) -> Decimal | None:
    """What a rule gives at most, None where it does not say or was not understood whole."""
    whole = stated_maximum(row.rule.text)
    if whole is not None:
        return whole
    rule = compile_rule(row.rule.text, None, row.name.text)
    if rule.unparsed or not rule.clauses:
        return None
    if all(c.kind in ("deduct", "zero") for c in rule.clauses):
        return None
    most = maximum(rule, _ABOVE_ALL)
    caps = {c.cap for c in rule.clauses if c.kind == "each"}
    if len(caps) == 1 and len(rule.clauses) > 1 and None not in caps and all(c.kind == "each" for c in rule.clauses):
        most = caps.pop()  # one limit that all of them share, or the same for each: what adds up will tell
    return most if most is not None and most < _ABOVE_ALL else None


def _fill(rows: list[Row], members: Sequence[int], most: Sequence[Decimal | None], sums: Sequence[Decimal]) -> None:
    """Take the rules' maxima as weights where, with the weights that are printed, they make up one of the sums and no claim exceeds its own."""
    values = [most[k] for k in members]
    known = [v for v in values if v is not None]
    if not any(rows[k].weight is None for k in members) or len(known) < len(values) or sum(known, Decimal(0)) not in sums:
        return
    if any(rows[k].claimed is not None and rows[k].claimed > v for k, v in zip(members, known, strict=True)):  # type: ignore[operator]
        return
    for k, v in zip(members, known, strict=True):
        if rows[k].weight is None:
            rows[k] = replace(rows[k], weight=v, weight_field=NOTHING)

