"""Points and levels dealt out: 分别得3分、2分、1分; 甲、乙分别达到A、B的，各得1分; a level for each class of districts."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from patterns.clause import Kind
from patterns.rules.classes import Whom
from patterns.rules.counting import Per, per_item
from patterns.rules.draft import Draft, Span, complement
from patterns.rules.levels import Level, dealt, joined, levels
from patterns.rules.points import Token

if TYPE_CHECKING:
    from patterns.rules.grammar import Builder
    from patterns.rules.reading import Reading


def branches(rule: Builder, spans: Sequence[Span]) -> list[tuple[Whom, list[Level], Span]]:
    """中心城区达到2000万元、其他区达到5000万元的，得1分: a level (or several, dealt out) for each class, one point phrase."""
    if not spans:
        return []
    found = rule.whom(spans[0][0], spans[-1][1])
    if len(found) < 2:
        return []
    out: list[tuple[Whom, list[Level], Span]] = []
    for k, w in enumerate(found):
        stop = found[k + 1].start if k + 1 < len(found) else spans[-1][1]
        several = dealt(rule.text, w.end, stop)[1]
        inside = [x if not x.exact else replace(x, exact=False, upper=None) for x in joined(rule.text, levels(rule.text, w.end, stop))
                  if not x.exact or x.unit == "%"]
        if not inside:
            return []
        out.append((w, several or inside[-1:], (w.start, stop)))
    return out if len({w.applies for w, _, _ in out}) > 1 else []


def branch(reading: Reading, draft: Draft, divided: Sequence[tuple[Whom, list[Level], Span]]) -> None:
    """A clause for each class and level of branches()."""
    first = divided[0][2][0]
    prefix = [(a, min(b, first)) for a, b in draft.own if a < first]
    for k, (who, own, span) in enumerate(divided):
        for level in own:
            one = copy(draft)
            one.applies, one.level, one.dealt = who.applies, level, len(own) > 1
            one.own = [(who.end, span[1])]
            one.shared = prefix
            one.start = draft.start if k == 0 else span[0]
            one.end = draft.end if k == len(divided) - 1 else max(span[0] + 1, span[1])
            reading.add(one)
            one.shared = prefix


def dealt_out(reading: Reading, token: Token, spans: list[Span], applies: tuple[str, ...] | None) -> None:
    """分别得3分、2分、1分 dealt out to the subjects named before; each clause keeps the whole text."""
    text = reading.text
    if not reading.rule.content(spans) and applies and _redealt(reading, token, spans, applies):
        return
    per = per_item(text, spans, token)
    placed = levels(text, spans[0][0], spans[-1][1]) if spans else []
    kind: Kind = "deduct" if token.take else "award"
    rank = placed[-1] if placed else None
    if rank and rank.unit == "名" and rank.upper is not None and rank.upper - (rank.lower or 1) + 1 == len(token.values):
        for k, value in enumerate(token.values):
            at = (rank.lower or Decimal(1)) + k
            reading.add(Draft(kind, spans[0][0], token.end, own=list(spans), points=value, applies=applies,
                              level=Level(rank.start, rank.end, at, False, at, False, "名", ranged=True)))
        return
    names = _subjects(text, spans, len(token.values))
    for k, value in enumerate(token.values):
        draft = Draft(kind, spans[0][0] if spans else token.start, token.end, own=[names[k]] if names
                      else list(spans), shared=list(spans) if names else [], points=value, applies=applies)
        if per:
            draft.per, draft.per_unit = per.number, per.unit
        if names:
            inside = levels(text, *names[k])
            draft.level = inside[-1] if inside and draft.per is None else None
        reading.add(draft)
        draft.shared = list(spans) if names else []


def _redealt(reading: Reading, token: Token, spans: list[Span], applies: tuple[str, ...]) -> bool:
    """中心城区分别得0.6分、1分: other points for another class on the clauses just before."""
    before = [*reading.rule.drafts[-len(token.values):], *reading.mine[-len(token.values):]][-len(token.values):]
    if len(before) < len(token.values) or any(d.applies not in (None, reading.rule.scope)
                                              or d.kind not in ("award", "tier", "each", "deduct") for d in before):
        return False
    start = spans[0][0] if spans else token.start
    for d, value in zip(before, token.values, strict=True):
        d.applies = complement(applies)
        one = copy(d)
        one.applies, one.points, one.start, one.end, one.notes = applies, value, start, token.end, list(d.notes)
        one.inherited = True
        reading.mine.append(one)
    reading.pending = []
    return True


def severally(reading: Reading, draft: Draft) -> bool:
    """甲、乙完成的各得1分: a clause for each thing named, where the weight has room for them; of levels dealt out, a level each."""
    if not draft.own:
        return False
    text, depth, weight = reading.text, reading.rule.depth, reading.rule.weight
    at, several = dealt(text, draft.own[0][0], draft.own[-1][1])
    if several:
        names = _subjects(text, [(a, min(b, at)) for a, b in draft.own if a < at], len(several))
        for k, level in enumerate(several):
            one = copy(draft)
            one.level, one.notes, one.own = level, list(draft.notes), [names[k]] if names else list(draft.own)
            one.dealt = True
            reading.add(one)
            one.shared = list(draft.own) if names else []
        return True
    own = draft.own[:-1] if len(draft.own) > 1 and text[slice(*draft.own[-1])] == "各" else draft.own  # 预案、演练、物资：各1分
    a, b = own[-1]
    b -= text[b - 1] == "各"
    cuts = [k for k in range(a, b) if text[k] in "、和及" and depth[k] == depth[a]]
    cuts = [k for n, k in enumerate(cuts) if n == 0 or k - cuts[n - 1] > 1]
    if not any(text[k] == "、" for k in cuts) and not (len(cuts) == 1 and text[cuts[0]] in "和及"):
        return False
    parts = [(x + (x != a), y) for x, y in zip([a, *cuts], [*cuts, b], strict=True)]
    if len(parts) > 12 or any(y - x < 2 for x, y in parts):
        return False
    if weight is not None and draft.kind == "award" and (draft.points or Decimal(0)) * len(parts) > weight:
        return False
    for part in parts:
        one = copy(draft)
        one.own, one.notes = [part], list(draft.notes)
        inside = levels(text, *part)
        one.level = inside[-1] if inside and (not inside[-1].exact or inside[-1].unit in ("%", "‰")) and one.kind == "award" else None
        reading.add(one)
        one.shared = own[:-1]
    return True


def rates_apart(reading: Reading, draft: Draft, per: Per) -> bool:
    """管理率≥70%、建档率≥65%，每项1分: levels of several names, as many as the row has room for, are a clause each."""
    rule = reading.rule
    spans = [(a, min(b, per.start)) for a, b in draft.own if a < per.start]
    parts: list[Span] = []
    for a, b in spans:
        cuts = [k for k in range(a, b) if rule.text[k] in "、，" and rule.depth[k] == rule.depth[a]]
        parts += [(x + (x != a), y) for x, y in zip([a, *cuts], [*cuts, b], strict=True) if y - x > 2]
    found = [levels(rule.text, a, b) for a, b in parts]
    if len(parts) < 2 or any(len(f) != 1 or (f[0].exact and f[0].unit not in ("%", "‰")) for f in found) \
            or any(f[0].start - a < 2 for (a, _), f in zip(parts, found, strict=True)) or rule.weight is None or (draft.points or Decimal(0)) * len(parts) > rule.weight:
        return False
    for (a, b), f in zip(parts, found, strict=True):
        one = copy(draft)
        one.own, one.notes, one.level, one.dealt, one.per, one.per_unit = [(a, b)], list(draft.notes), f[0], True, None, None
        reading.add(one)
    return True


def _subjects(text: str, spans: Sequence[Span], count: int) -> list[Span] | None:
    """The `count` parallel members named before a 分别, as spans; None where they cannot be told."""
    for a, b in reversed(spans):
        cuts = [a, *(k + 1 for k in range(a, b) if text[k] in "、，和及与" and not (text[k] in "和及与" and text[k - 1] in "、，")), b + 1]
        for offset in range(len(cuts) - count - 1, -1, -1):
            chosen = [(cuts[offset + k], cuts[offset + k + 1] - 1) for k in range(count)]
            if all(y > x for x, y in chosen):
                return chosen
    return None
