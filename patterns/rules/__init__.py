"""The language of scoring: the words of a rule in, clauses out; and back to words."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from decimal import Decimal

from patterns import expressions as re
from patterns.clause import Clause, CompiledRule
from patterns.rules.draft import Draft, Span
from patterns.rules.finish import finish
from patterns.rules.grammar import Builder
from patterns.rules.settle import settle
from patterns.rules.text import View, pieces, view

__all__ = ["compile_rule"]

_EDGE = "，、；：。)(\n 　（）,;:"
_POINTS = re.compile(r"\d分(?!钟)")


def compile_rule(text: str, weight: Decimal | None = None, name: str = "", district_class: str | None = None) -> CompiledRule:
    """A rule's clauses and the pieces with points that were not understood.

    weight: the row's maximum; it settles 满分 beside levels, a slash and alternatives, and nothing else.
    name: the indicator's name, for a rule that only says 得2分. district_class: the reporting district's, for a slash.
    """
    seen = view(text)
    rule = Builder(seen, weight)
    drafts = settle(rule, rule.build(), district_class)
    unparsed = _unparsed(seen, rule, drafts)
    clauses = finish([_clause(seen, rule, d, name) for d in drafts], text)
    return CompiledRule(text, tuple(clauses), tuple(unparsed))


def _clause(seen: View, rule: Builder, d: Draft, name: str) -> Clause:
    end = d.end
    if end < len(seen.text) and seen.text[end] in ")]" and seen.text.count("(", d.start, end) > seen.text.count(")", d.start, end):
        end += 1
    a, b = seen.origin(d.start, end)
    own = _words(seen, rule, d.own)
    condition = own
    if d.shared and (d.thin or d.kind == "tier" or d.inherited):
        lead = _words(seen, rule, d.shared)
        condition = f"{lead}，{own}" if own and own not in lead else lead or own
    level = d.level
    return Clause(
        d.kind, seen.source[a:b], a, b, condition or name,
        points=d.points if d.kind in ("award", "each", "deduct", "tier", "prorata", "reference") else None,
        per=d.per if d.kind in ("each", "deduct") else None, per_unit=d.per_unit if d.kind in ("each", "deduct") else None,
        cap=d.cap if d.kind in ("each", "deduct") else None,
        lower=level.lower if level else None, lower_open=level.lower_open if level else False,
        upper=level.upper if level else None, upper_open=level.upper_open if level else False, unit=(level.unit or None) if level else None,
        round=d.round, to=d.to, applies_to=d.applies, group=d.group, worth=d.worth if d.kind == "deduct" else None,
        heading=seen.at[d.heading] if d.heading >= 0 else -1, note=" ".join(dict.fromkeys(n for n in d.notes if n != "weak")))


def _words(seen: View, rule: Builder, spans: list[Span]) -> str:
    """The source words of some spans, class phrases taken out, the parts joined by a comma."""
    parts: list[str] = []
    for start, end in spans:
        k = start
        for w in rule.whom(start, end):
            parts.append(_cut(seen, k, w.start))
            k = w.end
        parts.append(_cut(seen, k, end))
    kept = [p for p in parts if p and p not in ("对", "的", "均", "各")]
    return "，".join(kept)


def _cut(seen: View, start: int, end: int) -> str:
    if end <= start:
        return ""
    a, b = seen.origin(start, end)
    words = " ".join(seen.source[a:b].split()).strip(_EDGE)
    for opening, closing in ("()", "（）"):
        if words.count(opening) > words.count(closing) and seen.source[a:b].rstrip(_EDGE + "的").find(closing) < 0:
            words += closing
    return words


def _unparsed(seen: View, rule: Builder, drafts: list[Draft]) -> list[str]:
    """The pieces with a number of points outside every clause. Totals and headings that were understood go with the clause beside them."""
    places = sorted(range(len(drafts)), key=lambda k: drafts[k].start)
    starts = [drafts[k].start for k in places]
    for a, b in rule.absorbed:
        if drafts:
            at = bisect_left(starts, a)
            target = drafts[places[min(at, len(places) - 1)]]
            target.start, target.end = min(target.start, a), max(target.end, b)
    spans: list[Span] = []
    for a, b in sorted((d.start, d.end) for d in drafts):
        if spans and a <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(b, spans[-1][1]))
        else:
            spans.append((a, b))
    starts = [a for a, _ in spans]
    out: list[str] = [_cut(seen, a, b) for a, b in rule.free]
    for piece in pieces(seen.text):
        for m in _POINTS.finditer(seen.text, piece.start, piece.end):
            at = bisect_right(starts, m.start()) - 1
            if at < 0 or m.end() > spans[at][1]:
                out.append(_cut(seen, piece.start, piece.end))
                break
    return out
