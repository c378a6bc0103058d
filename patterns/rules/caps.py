"""What bounds the points before it: 最多扣1分, 共1.5分, 以上累计不超过5分, 满分2分, 扣完为止."""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING

from patterns import expressions as re
from patterns.rules.classes import Whom
from patterns.rules.counting import single_item
from patterns.rules.draft import Draft
from patterns.rules.points import Token
from patterns.rules.segments import Segment

if TYPE_CHECKING:
    from patterns.rules.reading import Reading

_WORDS = re.compile(
    r"(?:累计|合计|加分|扣分|得分|同一|项|类|单项|两者|三者|总|共|总分|封顶|年|单|最终|个|家|单位|奖励|计分|人次|次|企业|部门|依次类推|"
    r"依此类推|"
    r"以此类推|类推|超额|超额完成|不加分|不另加分|不另加|不再加分|完成|超过|不重复|项目|事项|成果|奖项|就高|最高|计算|累加|叠加|只计|获奖|荣誉|以上|上述|上|前述|前|两|三|四|几|多|部分|同类|本){0,8}")
_ALL = re.compile("以上|上述|前述|两项|三项|四项|几项|各项|累计|合计|总计|两者|三者")


def extend(reading: Reading, end: int) -> None:
    """扣完为止 and its like add nothing; they belong to the text of the clause before them."""
    last = reading.mine[-1] if reading.mine else reading.rule.drafts[-1] if reading.rule.drafts else None
    if last and reading.pending and not reading.rule.content([(s.start, s.end) for s in reading.pending]):
        reading.pending = []
    if last and last.end <= end:
        last.end = end


def whole(reading: Reading, segment: Segment, token: Token) -> None:
    """满分2分, 分值3分: what the clauses before it, or those behind it, come to."""
    rule = reading.rule
    spans = [(s.start, s.end) for s in reading.pending] + [(segment.start, token.start)]
    if reading.bundle and not rule.content(spans):
        for d in [*(d for d in reading.mine[-24:] if d not in reading.bundle and d.kind == "each" == reading.bundle[-1].kind), *reading.bundle[-24:]]:
            if d.kind == "prorata" and d.points is None:
                d.points = token.values[0]
                d.notes = [n for n in d.notes if n != "weak"]
            elif d.kind in ("each", "deduct") and d.cap is None:
                d.cap = token.values[0]
            d.end = max(d.end, token.end)
        reading.pending = []
        return
    if token.whole_rule and rule.weight is not None and token.values[0] < rule.weight:
        draft = Draft("award", segment.start, token.end, own=[(segment.start, token.end)], points=token.values[0],
                      applies=rule.scope, notes=["base"])
        reading.add(draft)
        reading.bundle = []
        return
    reading.whole = token
    rule.absorbed.append((segment.start, token.end))
    if segment.start < token.start:
        reading.pending.append(Segment(segment.start, token.start, None, segment.bracket))


def cap(reading: Reading, segment: Segment, token: Token, found: list[Whom]) -> bool:
    """A cap on what stands before it; False where the phrase gives points of its own. found: the class phrases beside it."""
    rule = reading.rule
    spans = [(s.start, s.end) for s in reading.pending] + [(segment.start, token.start)]
    says = rule.content(spans)
    if not reading.bundle and rule.drafts and not _WORDS.sub("", says) and rule.drafts[-1].sentence >= reading.piece.sentence - 1:
        reading.bundle = [rule.drafts[-1]]
        before = rule.drafts
    else:
        before = reading.mine
    if not reading.bundle or (says and not _WORDS.fullmatch(says)):
        return False
    value = token.values[0]
    last = reading.bundle[-1]
    together = "各" not in rule.text[token.start:token.end]
    for d in _targets(reading, before, last, found, together):
        if d.kind == "prorata":
            d.points = value if d.points is None else d.points
        elif d.kind in ("each", "deduct"):
            d.cap = value
        elif d.kind == "reference":
            d.points = value
        elif (d.kind == "award" or (d.level and d.level.exact)) and not d.full and d.points and value > d.points \
                and (item := single_item(rule.text, d.own)):
            d.kind, d.cap, d.level = "each", value, None
            d.per, d.per_unit, d.loose_per = item.number, item.unit, True
        elif d.kind in ("award", "tier"):
            d.notes.append("cap")
    said = rule.text[spans[0][0]:token.end]
    apart = before is rule.drafts  # a piece of its own speaks of all that stands before it
    if (token.whole_rule or apart or _ALL.search(said)) and not found and last.per is not None:
        for d in (before if apart else [*rule.drafts, *reading.mine])[-24:]:
            near = d.sentence == last.sentence or (apart and _ALL.search(said))
            if d is not last and near and d.kind == last.kind and d.per is not None and d.cap is None:
                d.cap = value
                d.notes.append("shared-cap")
        last.notes.append("shared-cap")
    before[-1].end = max(before[-1].end, token.end)
    reading.pending = []
    return True


def _targets(reading: Reading, before: list[Draft], last: Draft, found: list[Whom], together: bool) -> list[Draft]:
    """The drafts that a cap bounds; together: as one (not 最多各扣2分)."""
    if found:
        applies = found[-1].applies
        same = [d for d in reading.bundle[-24:] if d.applies == applies]
        if same:
            return [same[-1]]
        if last.applies is None or (last.applies == reading.rule.scope and last.cap is None):
            last.applies = applies
            return [last]
        clone = copy(last)
        clone.applies, clone.cap, clone.notes = applies, None, list(last.notes)
        reading.bundle.append(clone)
        before.append(clone)
        return [clone]
    if last.per is None or last.kind == "prorata":
        return [last]
    out = [d for d in before[-24:] if d.piece == last.piece and d.per is not None and d.cap is None and d.kind == last.kind]
    if len(out) > 1 and together:
        for d in out:
            d.notes.append("shared-cap")
    return out or [last]
