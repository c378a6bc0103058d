"""The language of scoring: the words of a rule in, clauses out; and back to words."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import replace
from decimal import Decimal

from patterns.clause import Clause, CompiledRule
from patterns.rules.draft import Draft, Span
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
    clauses = _alternating(_worth(_levels(_shares(_framed([_clause(seen, rule, d, name) for d in drafts]))), text), text)
    return CompiledRule(text, tuple(clauses), tuple(unparsed))


_BY_POINT = ("个百分点", "百分点", "%")
_ONE_OF = re.compile(r"(?<![\d.])([一1])(家|户|个|所|座|项|次|场|名|件|处)(?!以上|及以上|以下)")


def _framed(clauses: list[Clause]) -> list[Clause]:
    """按完成比例打分，每低1个百分点扣0.1分: the deduction says how the proportion is taken, so it is the only clause."""
    out: list[Clause] = []
    for k, c in enumerate(clauses):
        later = clauses[k + 1] if k + 1 < len(clauses) else None
        if c.kind == "prorata" and not _POINTS.search(c.text) \
                and later is not None and later.kind == "deduct" and later.per_unit in _BY_POINT:
            out_condition = c.condition if later.condition.startswith(c.condition) else f"{c.condition}，{later.condition}"
            clauses[k + 1] = replace(later, condition=out_condition if c.condition not in later.condition else later.condition)
            continue
        out.append(clauses[k])
    return out


_SHARE_LEVEL = re.compile(r"(不低于|达到|达|不少于|高于|超过|大于)?\s*(\d+(?:\.\d+)?)\s*[%％]\s*(?:（含）|及以上|以上|的|及|，|,)")
_BY_SHARE = re.compile(r"按|乘|×|折算|同比例|比例得|比例计|比例扣")


def _shares(clauses: list[Clause]) -> list[Clause]:
    """建成比例80%以上的得2分 names a share and a level: it is a level, not points in proportion."""
    out: list[Clause] = []
    for k, c in enumerate(clauses):
        m = _SHARE_LEVEL.search(c.text) if c.kind == "prorata" and _POINTS.search(c.text) and not _BY_SHARE.search(c.text) else None
        if m is None:
            out.append(c)
            continue
        near = clauses[k + 1] if k + 1 < len(clauses) and clauses[k + 1].kind == "tier" and clauses[k + 1].unit == "%" else None
        group = near.group if near is not None else c.group
        out.append(replace(c, kind="tier", round=None, lower=Decimal(m[2]), lower_open=m[1] in ("高于", "超过", "大于"), unit="%", group=group))
    return out


def _levels(clauses: list[Clause]) -> list[Clause]:
    """实现1家…的得0.6分，2-3家…的得0.8分: beside levels of the same counting word, 1家 is a level too."""
    for k, c in enumerate(clauses):
        m = _ONE_OF.search(c.condition) if c.kind == "award" else None
        near = clauses[k + 1] if k + 1 < len(clauses) else None
        if m and near is not None and near.kind == "tier" and near.unit == m[2] and near.lower is not None and near.lower > 1 \
                and (near.points or 0) > (c.points or 0):
            clauses[k] = replace(c, kind="tier", lower=Decimal(1), upper=Decimal(1), unit=m[2], group=near.group)
    return clauses


_BARE_POINTS = re.compile(r"[(（]?\s*(?:共|计|满分)?\s*\d+(?:\.\d+)?\s*分\s*[)）]?")


def _worth(clauses: list[Clause], text: str) -> list[Clause]:
    """每少1次扣1分（4分）: points alone in brackets after a deduction are what the item is worth, so the most that it can take."""
    out: list[Clause] = []
    for c in clauses:
        last = out[-1] if out else None
        if last is not None and c.kind == last.kind == "deduct" and c.condition == last.condition and c.applies_to == last.applies_to \
                and last.cap is None and _BARE_POINTS.fullmatch(c.text) and text[max(0, c.start - 1):c.start + 1].strip("0123456789") and (c.points or 0) > (last.points or 0):
            out[-1] = replace(last, cap=c.points, end=max(last.end, c.end))
            continue
        out.append(c)
    return out


_BETWEEN = re.compile(r"[，,、\s]*")


def _alternating(clauses: list[Clause], text: str) -> list[Clause]:
    """检查不合格的，中心城区每次扣0.5分，其他区每次扣0.25分: what both classes stand behind is the condition of both."""
    for k in range(1, len(clauses)):
        before, c = clauses[k - 1], clauses[k]
        if c.kind != before.kind or not c.applies_to or not before.applies_to or set(c.applies_to) & set(before.applies_to):
            continue
        own = [p for p in c.condition.split("，") if len(p) > 2 and p in c.text]
        if not own and _BETWEEN.fullmatch(text[before.end:c.start]):
            clauses[k] = replace(c, condition=before.condition)
    return clauses


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
