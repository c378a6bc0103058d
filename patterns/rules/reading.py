"""One piece of a rule, read segment by segment: each point phrase becomes a draft with its condition, class, level and count."""

from __future__ import annotations

from copy import copy
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from patterns import expressions as re
from patterns.rules import proportions
from patterns.rules.caps import cap, extend, whole
from patterns.rules.classes import Whom
from patterns.rules.conditions import FREE, GENERIC, parallel, short
from patterns.rules.counting import per_item
from patterns.rules.dealing import branch, branches, dealt_out, rates_apart, severally
from patterns.rules.deciding import deciding
from patterns.rules.draft import Draft, complement
from patterns.rules.points import Token
from patterns.rules.references import reference
from patterns.rules.segments import Segment, segments
from patterns.rules.text import Piece, number
from patterns.rules.words import UNIT

if TYPE_CHECKING:
    from patterns.rules.grammar import Builder

IN_PART = "in-part"  # a part of a step counts as a part
_SHORT_OF = re.compile(rf"不[足满到](\d+(?:\.\d+)?)({UNIT})(?:的|部分|者)?")
_NOT_HELD = re.compile(r"不(?:参评|参加|参与|纳入|适用|考核|评)")
_ABOVE = re.compile(r"(?:超额|超过|超出)(?:完成)?(?:任务|目标|计划)?(?:的|部分|者|，|仍|也|只|均)*")
_LEANS = re.compile(r"[每\d%低少缺超未完达没不欠差]|否则|发现|一(?:次|项|家|个|处|例|起)")


class Reading:
    """One piece being read: the segments not used yet (pending), the drafts made (mine) and those that share a condition (bundle)."""

    def __init__(self, rule: Builder, piece: Piece, index: int, inside: list[Token]) -> None:
        self.rule, self.piece, self.index = rule, piece, index
        self.text = rule.text
        self.segments = segments(rule.text, rule.depth, piece, inside)
        self.has_points = any(s.token for s in self.segments)
        self.pending: list[Segment] = []
        self.bundle: list[Draft] = []
        self.mine: list[Draft] = []
        self.topic: tuple[str, ...] | None = None
        self.whole: Token | None = None
        found = [w for s in self.segments for w in rule.whom(s.start, s.cond)]
        alone = found and found[0].start - piece.start <= 1 and len({w.applies for w in found}) == 1
        self.piece_class = found[0].applies if alone else None

    def read(self) -> None:
        """Turns the segments into drafts, in order."""
        if not self.has_points:
            self._silent()
            return
        first = self.segments[0]
        if first.token is not None and first.token.kind in ("bare", "zero") and first.token.start == first.start and len(self.segments) > 1 \
                and self.text[first.end:first.end + 1] == "：" and not any(s.token for s in self.segments[1:]):
            # 10分：覆盖率≥20%；8分：…: the points stand before their condition
            self.pending = self.segments[1:]
            self._make(Segment(self.segments[-1].end, first.end, None, False), first.token, [])
            self.mine[-1].start, self.mine[-1].end = first.start, self.segments[-1].end
        else:
            for segment in self.segments:
                if segment.token is None:
                    self._words(segment)
                else:
                    self._points(segment, segment.token)
        self._leftover()
        if self.topic and len(self.rule.classes) == 1:
            self.rule.scope, self.rule.scope_sentence = self.topic, self.piece.sentence
        self.rule.drafts += self.mine
        if self.mine:
            self.rule.context = []

    # pieces without any points

    def _silent(self) -> None:
        text, rule = self.text, self.rule
        a, b = self.piece.start, self.piece.end
        made = False
        for segment in self.segments:
            made = self._ratio(segment, strong_only=False) or made
            made = self._reference(segment) or made
        if made:
            rule.drafts += self.mine
            return
        classes = rule.whom(a, b)
        if classes:
            positive = [w for w in classes if not _NOT_HELD.match(text, w.end) and not _NOT_HELD.search(text[w.end:w.end + 6])]
            first = (positive or classes)[0]
            opening = first.start - a <= 4 or re.match("只|仅|本项|该项|此项|适用|考核|由", text[a:a + 3]) is not None
            if opening:
                rule.scope = first.applies if positive else complement(first.applies)
                rule.scope_sentence = None
        if FREE.search(text, a, b):
            rule.free.append((a, b))
        if not self._rounding(a, b):
            rule.context.append((a, b))

    def _words(self, segment: Segment) -> None:
        text = self.text
        if self._rounding(segment.start, segment.end) and not proportions.strong(text, segment.start, segment.end):
            return
        if self._defines(segment):
            self.rule.context.append((segment.start, segment.end))
            return
        if self._ratio(segment, strong_only=True) or self._reference(segment):
            return
        found = self.rule.whom(segment.start, segment.end)
        if found and not self.rule.content([(segment.start, segment.end)]) and not self.pending and not self.mine:
            positive = [w for w in found if not _NOT_HELD.search(text[w.end:w.end + 6])]
            self.topic = (positive or found)[0].applies if positive else complement(found[0].applies)
            return
        self.pending.append(segment)

    def _defines(self, segment: Segment) -> bool:
        """Whether a segment only says how a rate is reckoned that other words give points for."""
        return bool(self.rule.tokens or self.rule.drafts) and not self.pending and proportions.defines(self.text, segment.start, segment.end)

    def _rounding(self, a: int, b: int) -> bool:
        step = proportions.part_of_step(self.text, a, b)
        counted = [d for d in (*self.rule.drafts[-3:], *self.mine[-3:]) if d.per is not None]
        if counted and proportions.part_in_proportion(self.text, a, b):
            counted[-1].end = max(counted[-1].end, b)
            counted[-1].notes.append(IN_PART)
            return True
        if step is not None and counted:
            counted[-1].round = "up" if step == "up" else "down"
            counted[-1].end = max(counted[-1].end, b)
            return True
        way = proportions.rounding(self.text, a, b)
        if way is None:
            return False
        known = [d for d in (*self.rule.drafts[-12:], *self.mine[-12:]) if d.kind == "prorata"]
        if known and not known[-1].round:
            known[-1].round = "up" if way == "up" else "down"
            known[-1].end = max(known[-1].end, b)
        return True

    def _ratio(self, segment: Segment, strong_only: bool) -> bool:
        """In proportion, without a number of points of its own, or by a formula."""
        text = self.text
        if proportions.part_in_proportion(text, segment.start, segment.end) and self._rounding(segment.start, segment.end):
            return True  # （不足1个百分点的按比例） says how a part of a step counts
        formula = next((f for f in self.rule.formulas if f.start < segment.end and segment.start < f.end), None)
        if formula is None and self._defines(segment):
            return False
        if formula is not None and any(d.start <= formula.start < d.end and d.kind == "prorata" for d in self.mine):
            return True
        if formula is None and any(segment.start <= f.start for f in self.rule.formulas) and "=" in text[segment.start:segment.end]:
            return False  # 销案率＝…: a rate is defined that the formula behind it uses
        sure = formula is not None or proportions.strong(text, segment.start, segment.end)
        if not sure and (not proportions.weak(text, segment.start, segment.end)):
            return False
        if not sure and strong_only and not self._alternative(segment) and self._scored_beside(segment):
            return False
        spans = [(s.start, s.end) for s in self.pending] + [(segment.start, segment.end)]
        end = max(segment.end, formula.end) if formula else segment.end
        before = self.mine[-1] if self.mine else None
        if formula is not None and before is not None and before.kind == "prorata" and not self.pending and formula.start - segment.start <= 2:
            before.points, before.end = before.points or next(iter(formula.points), None), end  # 按完成率计分，得分＝…: one clause told twice
            before.notes = [n for n in before.notes if n != "weak"]
            return True
        terms = formula.points if formula else ()
        points = self.whole.values[0] if self.whole else next(iter(terms), None)
        draft = Draft("prorata", spans[0][0], end, own=spans, points=points, piece=self.index, sentence=self.piece.sentence,
                      applies=self.applies(self.rule.whom(segment.start, segment.end), False))
        if self.whole:
            draft.start = min(draft.start, self.whole.start)
            self.whole = None
        if not sure and not self._alternative(segment):
            draft.notes.append("weak")
        each = [d for d in self.mine if d.kind == "award" and d.level is None and d.end == self.mine[-1].end]
        if len(each) > 1 and len(spans) == 1 and points is None:
            for d in each:  # 挂牌率、建档率各占1分，按实际比例得分
                d.kind, d.end = "prorata", end
            self.pending = []
            return True
        self.pending = []
        self.bundle = [draft, *(replace(draft, points=more) for more in terms[1:])]
        self.mine += self.bundle
        self._rounding(segment.start, segment.end)
        return True

    def _alternative(self, segment: Segment) -> bool:
        """未达到的，按实际直报率得分: what follows where the level before it is missed."""
        start = self.piece.start if not self.has_points else self.pending[0].start if self.pending else segment.start
        return re.match("未|没有|不足|低于|达不到|否则|不到|不满|其余|其他", self.text[start:segment.end]) is not None

    def _scored_beside(self, segment: Segment) -> bool:
        """Whether the piece goes on to say how a rate is scored, by levels or steps."""
        return any(s.token is not None and s.token.kind not in ("whole", "cap", "floor") for s in self.segments if s.start > segment.start)

    def _reference(self, segment: Segment) -> bool:
        rule = self.rule
        found = reference(self.text, segment.start, segment.end, bool(rule.tokens))
        if found is None:
            return False
        a, b = rule.view.origin(*found)
        spans = [(s.start, s.end) for s in self.pending] + [(segment.start, segment.end)]
        start, end = (spans[0][0], segment.end) if self.has_points else (self.piece.start, self.piece.end)
        draft = Draft("reference", start, end, own=spans, to="".join(rule.view.source[a:b].split()), piece=self.index,
                      sentence=self.piece.sentence, applies=rule.scope)
        self.mine.append(draft)
        self.pending, self.bundle = [], [draft]
        return True

    # point phrases

    def applies(self, found: list[Whom], inherited: bool) -> tuple[str, ...] | None:
        """Whom a clause is for, given the class phrases of its own segment."""
        if found:
            return found[-1].applies
        for segment in reversed(self.pending):
            said = self.rule.whom(segment.start, segment.end)
            if said:
                return said[-1].applies
        if self.topic:
            return self.topic
        if self.piece_class and not inherited:
            return self.piece_class
        return self.rule.scope

    def _points(self, segment: Segment, token: Token) -> None:
        if token.kind == "floor":
            extend(self, token.end)
            return
        found = self.rule.whom(segment.start, token.start)
        if token.kind == "whole":
            whole(self, segment, token)
            return
        if token.kind == "cap" and cap(self, segment, token, found):
            return
        halved = token.part is not None and self.text[token.start] in "减折" and not any(d.points for d in self.mine)  # of more than this piece
        if token.kind == "free" or halved or token.high is not None or (token.part is not None and self.rule.weight is None):
            if (token.part is not None and not halved) or not any(c.isdigit() for c in self.text[token.start:token.end]):
                self.rule.free.append((self.pending[0].start if self.pending else segment.start, token.end))
            self.pending = []
            return
        if token.kind == "zero" and self._part_of_step(segment, token):
            return
        if token.kind == "zero" and token.start == segment.start and not self.pending and not self.mine and self.rule.drafts \
                and self.rule.drafts[-1].kind == "zero":
            extend(self, token.end)
            return
        self._make(segment, token, found)

    def _part_of_step(self, segment: Segment, token: Token) -> bool:
        """每投入100万元得0.5分，不足100万元不计分: a part of a step that counts nothing is no level."""
        last = self.mine[-1] if self.mine else None
        m = _SHORT_OF.fullmatch(self.text[segment.start:token.start])
        if m is None or last is None or last.per is None or self.pending or number(m[1]) != last.per or not (last.per_unit or "").startswith(m[2]):
            return False
        last.round = "down"
        extend(self, token.end)
        return True

    def _make(self, segment: Segment, token: Token, found: list[Whom]) -> None:
        text, rule = self.text, self.rule
        spans = [(s.start, s.end) for s in self.pending] + ([(segment.start, token.start)] if token.start > segment.start else [])
        divided = branches(rule, spans)
        says = rule.content(spans)
        start = spans[0][0] if spans else token.start
        last = self.bundle[-1] if self.bundle else None
        if last is not None and last.kind == "reference":
            if not says:  # 按附表2计分，最高加2分
                extend(self, token.end)
                return
            last = None
        inherits = not says and last is not None
        applies = self.applies(found, inherits)
        values = token.values
        if token.part is not None and rule.weight is not None:
            whole_of = next((d.points for d in reversed(self.mine) if d.points and d.per is None and d.part is None and d.kind in ("award", "tier")), rule.weight)
            values = ((whole_of * token.part).normalize(),)
        if token.kind == "zero" and inherits and last is not None and (last.kind == "zero" or last.points == 0):
            extend(self, token.end)
            return
        if token.kind == "list":
            dealt_out(self, token, spans, applies)
            return
        if token.kind in ("give", "full") and last is not None and last.kind == "prorata" and _ABOVE.fullmatch(says) and len(self.bundle) == 1:
            if last.points is None and values:  # 按完成比例计分，超额完成的仍计6分
                last.points = values[0]
            extend(self, token.end)
            self.pending = []
            return
        by_rate = token.kind in ("bare", "give", "full", "take", "cap") and (
            (proportions.strong(text, start, token.start) and re.search("[×]|乘以|比例|占比", text[max(start, token.start - 12):token.start]))
            or (spans and proportions.direct(text, *spans[-1])))
        if by_rate and segment.bracket and last is not None and last.kind == "prorata" and values and last.points in (None, values[0]):
            last.points = values[0]  # 按完成比例得分（完成率×5分）
            extend(self, token.end)
            self.pending = []
            return
        if by_rate:
            self.add(Draft("prorata", start, token.end, own=spans, points=values[0] if values else None, applies=applies))
            self._rounding(start, token.end)
            return
        if token.kind == "bare" and inherits and last is not None and text[token.start] == "共" and last.per is not None:
            for d in self.bundle:  # 每项0.5分，共1.5分
                d.cap, d.end = values[0], token.end
            self.pending = []
            return
        if token.kind == "bare" and not found and rule.weight and values[0] > rule.weight:
            return  # more than the row can give: a mark on another scale
        per = per_item(text, spans, token)
        if segment.bracket and per and last is not None and last.kind == "award" and last.points and not found and not token.take and values \
                and values[0] < last.points:
            # 得1分（每季度0.25分）: the bracket deals out the points before it
            last.kind, last.cap, last.points, last.per, last.per_unit, last.end = "each", last.points, values[0], per.number, per.unit, token.end
            self.pending = []
            return
        take = token.take or (token.kind == "bare" and last is not None and last.kind == "deduct" and (inherits or short(says)))
        draft = Draft("deduct" if take else "award", start, token.end, own=spans, points=values[0] if values else None, applies=applies,
                      bare=token.kind == "bare", full=token.kind == "full", whole_rule=token.whole_rule, part=token.part)
        if token.free:
            draft.notes.append("discretion")
        if token.kind == "zero":
            draft.kind, draft.points = "zero", None
        if divided:
            branch(self, draft, divided)
            return
        if per and per.unit == "项" and per.number == 1 and last is None and token.kind in ("bare", "give") and rates_apart(self, draft, per):
            return
        each = token.severally or (token.kind == "bare" and token.start > 0 and text[token.start - 1] == "各")
        if each and not per and severally(self, draft):
            return
        if each and not per and token.severally and last is not None and not inherits and self._as_many(draft):
            return
        if per:
            draft.per, draft.per_unit, draft.loose_per = per.number, per.unit, per.loose
            if (step := proportions.part_of_step(text, start, token.start)) is not None:  # 每低1个百分点（不足1个百分点按1个百分点计）扣0.5分
                draft.round = "up" if step == "up" else "down"
        elif token.unit:
            draft.per, draft.per_unit = Decimal(1), token.unit
        if inherits and last is not None:
            self._inherit(draft, last, found)
        elif segment.bracket and found and last is not None and last.applies in (None, rule.scope) and found[-1].start - segment.start <= 2:
            last.applies = complement(found[-1].applies)
            draft.shared = last.shared + last.own
        if last is not None and not inherits and self._counts_on(draft, last, token, says):
            draft.per, draft.per_unit = last.per, last.per_unit
        if not inherits:
            draft.level = deciding(rule, spans, draft)
            if draft.level is not None and last is not None and last.level is not None and not found and last.applies is not None \
                    and not GENERIC.sub("", says):
                draft.applies = last.applies  # 其他县达到10%以上得1分、5%以上得0.5分
        if token.kind == "slash":
            other, central = copy(draft), copy(draft)
            other.applies, central.applies = ("other",), ("central",)
            other.points, central.points = values
            other.notes, central.notes = ["slash"], ["slash"]
            self.add(other)
            self.add(central)
            return
        self.add(draft)

    def _as_many(self, draft: Draft) -> bool:
        """图书馆、文化馆达到一级馆标准的各得2分，二级馆的各得1分: as many clauses as the points before were given to."""
        before = self.mine[-1]
        same = [d for d in self.mine if d.end == before.end and d.points == before.points and d.kind == before.kind == draft.kind]
        if len(same) < 2 or len(self.rule.content(draft.own)) > 12:
            return False
        for d in same:
            one = replace(draft, own=list(draft.own), notes=list(draft.notes))
            self.add(one)
            one.shared = list(d.own)
        return True

    def _counts_on(self, draft: Draft, last: Draft, token: Token, says: str) -> bool:
        """每篇国家级得0.5分，省级0.3分: the second points count by the first one's 每篇."""
        return last.per is not None and draft.per is None and token.kind in ("bare", "give", "take") \
            and (short(says) or parallel(says, self.rule.content(last.own))) and not re.search(r"\d", says) \
            and last.kind == ("deduct" if draft.kind == "deduct" else "each")

    def add(self, draft: Draft) -> None:
        """Settles a draft's kind and takes it into the piece."""
        draft.piece, draft.sentence = self.index, self.piece.sentence
        if self.whole and draft.kind == "prorata" and draft.points is None:
            draft.points = self.whole.values[0]
            draft.start = min(draft.start, self.whole.start)
        if draft.kind == "award" and draft.per is not None:
            draft.kind = "each"
        elif draft.kind in ("award", "zero") and draft.level is not None:
            draft.kind = "tier"
            if draft.points is None and not draft.full:
                draft.points = Decimal(0)
        if draft.full and draft.kind == "award":
            draft.kind = "full"
        generic = GENERIC.sub("", self.rule.content(draft.own))
        draft.thin = len(generic) < 2 and not draft.inherited and (not draft.own
                                                                   or bool(_LEANS.search(self.text, draft.own[0][0], draft.own[-1][1])))
        if draft.thin:
            draft.shared = list(self.rule.context)
            if not draft.shared and (self.mine or self.rule.drafts):
                lean = self.mine[-1] if self.mine else self.rule.drafts[-1]
                draft.shared = lean.shared if lean.thin else lean.shared + (lean.own[:-1] if len(lean.own) > 1 else lean.own)
        self.pending = []
        if draft.inherited:
            self.bundle.append(draft)
        else:
            self.bundle = [draft]
        self.mine.append(draft)

    def _inherit(self, draft: Draft, last: Draft, found: list[Whom]) -> None:
        """中心城区得1分 after 其他区得0.5分: same condition, count and level."""
        draft.inherited = True
        draft.own, draft.shared, draft.level = list(last.own), list(last.shared), last.level
        if draft.per is None:
            draft.per, draft.per_unit = last.per, last.per_unit
        if draft.bare and last.kind in ("deduct",):
            draft.kind = "deduct"
        if found and (last.applies is None or last.applies == self.rule.scope):
            last.applies = complement(found[-1].applies)
        if draft.kind == "zero" and last.kind == "tier":
            draft.level = None

    def _leftover(self) -> None:
        """Words after the last points of a piece: a proportion, a reference, or context for what follows."""
        for segment in self.pending:
            self._reference(segment)
        self.pending = []
