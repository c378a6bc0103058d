"""From point phrases to clauses: what each phrase's condition, class, level and count are, and what it takes over from its neighbours."""

from __future__ import annotations

import re
from collections import Counter
from copy import copy
from dataclasses import dataclass
from decimal import Decimal

from patterns.rules.classes import Whom, whom
from patterns.rules.counting import Per, per_item, single_item
from patterns.rules.draft import Draft, Span, complement
from patterns.rules.levels import Level, is_time, joined, levels
from patterns.rules.points import Token, tokens
from patterns.rules.text import Piece, View, depths, pieces

_FILLER = re.compile(
    r"(?:本项目?|此项|该项|本条|本指标|该指标|各区县|各区|各地|对于|对|的|均|都|各|则|即|分别|为|可|应|与|和|及|在|按|并|且|但|其中|只|仅|"
    r"评分|考核|参评|适用于?|区县?|县|者|门店所在|统一|全部|一律|"
    r"另|再|也|还|或者|或|以|每年|当年|年度|全年|情况|标准|\d{4}年|[，。；：、()\s“”])")
_LEAD = "，、；：。)(\n”且并但另和及"
_GENERIC = re.compile(
    r"(?:完成率|完成比例|完成情况|达标率|完成|达到|目标|任务|指标|要求|年度|低于|高于|未达到|没有达到|不达标|达不到|未完成|没有完成|未达标|"
    r"比例|实际|及|的|在|每|低|高|少|多|超|超过|差|缺|欠|有|发现|出现|"
    r"漏|新增|增加|降低|下降|接入|建成|创建|实现|标准|考核|规定|上述|以上|其|为|，|、|率|得分|扣分|第|排名|名次|位次|不足|不到|满|得|计|加|"
    r"扣|未|不|\d|%|个百分点|一|次|项|家|例|起)")
_ROUND_UP, _ROUND_DOWN = re.compile("向上取整|进一|进位取整"), re.compile("向下取整|舍去|去尾")
_RATIO = re.compile(
    r"(?:按照?|依|根据|以)[^，。；]{0,60}?(?:比例|占比|百分比|比率|比重)[^，。；]{0,14}?(?:得分|计分|扣分|扣减|扣除|赋分|给分|折算|计算|"
    r"核分|评分|递减|递增|核减|打分|记分|减分|加分|核算|计|扣|得|分值)|"
    r"[×]|乘以|(?:得分|分值|扣分|分数|计分)[^，。；=]{0,12}=[^，。；]{0,60}?[×÷/率比]|等比例|成比例|线性(?:内插|插值|得分|计分|扣分)|内插法?|插值法|按比例|按占比|"
    r"(?:按照?|依|根据)[^，。；]{1,30}?(?:率|得分|分数|分值|成绩|情况|数|制)折算|(?:按照?|依|根据)[^，。；]{1,40}?之比(?:计分|得分|计算|"
    r"折算|赋分|核分)|按相应比例|按实际完成比例|按完成比例|比例(?:扣分|得分|计分|扣减|折算)")
_WEAK_RATIO = re.compile(r"(?:按照?|依|根据|以)[^，。；]{0,40}?(?:率|进度|程度|百分率|百分数)[^，。；]{0,6}?(?:计分|得分|评分|打分|赋分|"
                         r"给分|折算|记分)")
_REFERENCE = re.compile(
    r"(?:参照|参见|详见|见|同|依照|依据|依|按照|按|根据|执行|适用|参考|以)(?P<to>(?:本)?(?:备注|附件|附表|附录|附则|附注|说明|"
    r"注)(?:[一二三四五六七八九十\d]{1,3}|[A-Za-z])?(?:[.-]\d{1,2})?|"
    r"《[^《》]{2,60}》|(?:专项|具体|单独|另行|有关|相关|市级|年度|考核|评价|评分){0,3}(?:评分|考核|评价|实施|计分)(?:办法|细则|标准|方案|"
    r"口径)|备注)")
_NOTE = re.compile(r"(?P<to>(?:备注|附件|附表|附录|附注)(?:[一二三四五六七八九十\d]{1,3}|[A-Za-z])(?:[.-]\d{1,2})?)")
_REFERS = re.compile(r"评分|打分|计分|赋分|考核|评定|执行|处理|办法|口径|规定|细则|方法|标准|计算|得分|测算|核定|评价|确定|为准|见|参照|"
                     r"参见|同")
_NOT_HELD = re.compile(r"不(?:参评|参加|参与|纳入|适用|考核|评)")
_GOAL = re.compile(r"(?:完成|达到|达成|实现|达标|落实|超额).{0,40}|.{0,40}(?:完成|达到|达成|实现|达标)(?:的)?$")
_LEANS = re.compile(r"[每\d%低少缺超未完达没不欠差]|否则|发现|一(?:次|项|家|个|处|例|起)")
_CAP_WORDS = re.compile(
    r"(?:累计|合计|加分|扣分|得分|同一|项|类|单项|两者|三者|总|共|总分|封顶|年|单|最终|个|家|单位|奖励|计分|人次|次|企业|部门|依次类推|"
    r"依此类推|"
    r"以此类推|类推|不重复|项目|事项|成果|奖项|就高|最高|计算|累加|叠加|只计|获奖|荣誉){0,8}")
_RANKED = re.compile(r"第[\d一二三四五六七八九十]|前[\d一二三四五六七八九十]|排名|名次|位次|位列")
_FREE = re.compile("(?:酌情|视情况?|适当|相应)(?:予以|给予|进行)?(?:扣|加|得|计|给|减)(?:减)?分")
_QUALITY = re.compile(
    r"质量(?:不|较|欠|一般|差|低)|不(?:及时|完整|规范|齐全|完善|全面|到位|够|佳|高)|欠(?:佳|缺|规范|完整)|较差|较好|良好|优秀|一般|基本|"
    r"部分|合格|部份|逾期|延迟|迟报|滞后|好的|差的|称职|较大|较多|中等|优$|良$|中$|差$")


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a piece that ends with a point phrase or at a comma. cond: the end of its words (the start of the point phrase)."""

    start: int
    end: int
    token: Token | None
    bracket: bool
    colon: bool = False

    @property
    def cond(self) -> int:
        return self.token.start if self.token else self.end


class Builder:
    """Reads one rule, piece by piece, and keeps what later pieces may lean on."""

    def __init__(self, view: View, weight: Decimal | None) -> None:
        self.text, self.view, self.weight = view.text, view, weight
        self.depth = depths(view.text)
        self.tokens = tokens(view.text)
        self.drafts: list[Draft] = []
        self.scope: tuple[str, ...] | None = None
        self.scope_sentence: int | None = None
        self.context: list[Span] = []
        self.absorbed: list[Span] = []
        self.free: list[Span] = []
        self.timed = Counter(x.unit for x in levels(view.text, 0, len(view.text)) if is_time(x.unit) and not x.exact)
        named = whom(view.text)
        self.rest_only = all(view.text[w.start] == "其" for w in named) and bool(_RANKED.search(view.text))
        self.classes = {w.applies for w in named}

    def build(self) -> list[Draft]:
        """The drafts in the order of the text."""
        at = 0
        for index, piece in enumerate(pieces(self.text)):
            inside: list[Token] = []
            while at < len(self.tokens) and self.tokens[at].start < piece.end:
                if self.tokens[at].start >= piece.start:
                    inside.append(self.tokens[at])
                at += 1
            if self.scope_sentence is not None and piece.sentence != self.scope_sentence:
                self.scope, self.scope_sentence = None, None
            _Piece(self, piece, index, inside).read()
        return self.drafts

    def whom(self, start: int, end: int) -> list[Whom]:
        """The class phrases of a stretch; 其余各区 in a rule that names nobody else is the rest of a ranking, no class."""
        return [] if self.rest_only else whom(self.text, start, end)

    def content(self, spans: list[Span]) -> str:
        """The words of some spans that say something, class phrases and fillers taken out."""
        out = []
        for a, b in spans:
            k = a
            for w in self.whom(a, b):
                out.append(self.text[k:w.start])
                k = w.end
            out.append(self.text[k:b])
        return _FILLER.sub("", "".join(out))


class _Piece:
    def __init__(self, rule: Builder, piece: Piece, index: int, inside: list[Token]) -> None:
        self.rule, self.piece, self.index = rule, piece, index
        self.text = rule.text
        self.segments = self._segments(inside)
        self.has_points = any(s.token for s in self.segments)
        self.pending: list[Segment] = []
        self.bundle: list[Draft] = []
        self.mine: list[Draft] = []
        self.topic: tuple[str, ...] | None = None
        self.whole: Token | None = None
        found = [w for s in self.segments for w in self.rule.whom(s.start, s.cond)]
        self.piece_class = found[0].applies if found and found[0].start - piece.start <= 1 and len({w.applies
            for w in found}) == 1 else None

    def _segments(self, inside: list[Token]) -> list[Segment]:
        text, out = self.text, []
        brackets: list[Span] = []
        opened: list[int] = []
        starts = {t.start: t for t in inside}
        for k in range(self.piece.start, self.piece.end):
            if text[k] in "([":
                opened.append(k)
            elif text[k] in ")]" and opened:
                a = opened.pop()
                if any(a < t.start < k for t in inside):
                    brackets.append((a, k))
        edges = {a for a, _ in brackets} | {b for _, b in brackets}

        def in_bracket(k: int) -> bool:
            return any(a < k < b for a, b in brackets)

        start = k = self.piece.start

        def close(end: int, token: Token | None, colon: bool = False) -> None:
            s = start
            while s < (token.start if token else end) and text[s] in _LEAD:
                s += 1
            if token or text[s:end].strip(_LEAD):
                out.append(Segment(s, end, token, in_bracket(s), colon))

        while k < self.piece.end:
            token = starts.get(k)
            if token:
                close(token.end, token)
                start = k = token.end
                continue
            if k in edges or (text[k] in "，：；。" and (self.rule.depth[k] == 0 or in_bracket(k))):
                close(k, None, text[k] == "：")
                start = k + 1
            k += 1
        close(self.piece.end, None)
        return out

    def read(self) -> None:
        """Turns the segments into drafts, in order."""
        if not self.has_points:
            self._silent()
            return
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
        text = self.text
        a, b = self.piece.start, self.piece.end
        made = False
        for segment in self.segments:
            made = self._ratio(segment, strong_only=False) or made
            made = self._reference(segment) or made
        if made:
            self.rule.drafts += self.mine
            return
        classes = self.rule.whom(a, b)
        if classes:
            positive = [w for w in classes if not _NOT_HELD.match(text, w.end) and not _NOT_HELD.search(text[w.end:w.end + 6])]
            first = (positive or classes)[0]
            opening = first.start - a <= 4 or re.match("只|仅|本项|该项|此项|适用|考核|由", text[a:a + 3]) is not None
            if opening:
                self.rule.scope = first.applies if positive else complement(first.applies)
                self.rule.scope_sentence = None
        if _FREE.search(text, a, b):
            self.rule.free.append((a, b))
        if _ROUND_UP.search(text, a, b) or _ROUND_DOWN.search(text, a, b):
            self._rounding(a, b)
        else:
            self.rule.context.append((a, b))

    def _words(self, segment: Segment) -> None:
        text = self.text
        if self._rounding(segment.start, segment.end) and not _RATIO.search(text, segment.start, segment.end):
            return
        if self._ratio(segment, strong_only=True):
            return
        found = self.rule.whom(segment.start, segment.end)
        if found and not self.rule.content([(segment.start, segment.end)]) and not self.pending and not self.mine:
            positive = [w for w in found if not _NOT_HELD.search(text[w.end:w.end + 6])]
            self.topic = (positive or found)[0].applies if positive else complement(found[0].applies)
            return
        self.pending.append(segment)

    def _rounding(self, a: int, b: int) -> bool:
        up, down = _ROUND_UP.search(self.text, a, b), _ROUND_DOWN.search(self.text, a, b)
        if not (up or down):
            return False
        known = [d for d in (*self.rule.drafts[-12:], *self.mine[-12:]) if d.kind == "prorata"]
        if known and not known[-1].round:
            known[-1].round = "up" if up else "down"
            known[-1].end = max(known[-1].end, b)
        return True

    def _ratio(self, segment: Segment, strong_only: bool) -> bool:
        """In proportion, without a number of points of its own."""
        text = self.text
        strong = _RATIO.search(text, segment.start, segment.end)
        weak = _WEAK_RATIO.search(text, segment.start, segment.end)
        if not (strong or weak) or (strong_only and not strong and self.has_points):
            return False
        if not strong and re.search("依据|为准", text[segment.start:segment.end]):
            return False
        spans = [(s.start, s.end) for s in self.pending] + [(segment.start, segment.end)]
        draft = Draft("prorata", spans[0][0], segment.end, own=spans, points=self.whole.values[0] if self.whole else None,
                      piece=self.index, sentence=self.piece.sentence,
                      applies=self._applies(self.rule.whom(segment.start, segment.end), False))
        if self.whole:
            draft.start = min(draft.start, self.whole.start)
            self.whole = None
        if not strong:
            draft.notes.append("weak")
        self.pending = []
        self.mine.append(draft)
        self.bundle = [draft]
        self._rounding(segment.start, segment.end)
        return True

    def _reference(self, segment: Segment) -> bool:
        text = self.text
        m = _NOTE.search(text, segment.start, segment.end) or _REFERENCE.search(text, segment.start, segment.end)
        if not m or not _REFERS.search(text, segment.start, segment.end):
            return False
        to = m["to"]
        if to.startswith("《") and not re.search(r"评分|打分|计分|赋分|考核|评定|执行|处理|评价|见|得分",
                                                 text[m.end():segment.end] + m[0][:2]):
            return False
        a, b = self.rule.view.origin(m.start("to"), m.end("to"))
        self.mine.append(Draft("reference", self.piece.start, self.piece.end, own=[(segment.start, segment.end)],
                               to="".join(self.rule.view.source[a:b].split()),
                               piece=self.index, sentence=self.piece.sentence, applies=self.rule.scope))
        return True

    # point phrases

    def _applies(self, found: list[Whom], inherited: bool) -> tuple[str, ...] | None:
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
            self._extend(token.end)
            return
        found = self.rule.whom(segment.start, token.start)
        if token.kind == "whole":
            self._whole(segment, token)
            return
        if token.kind == "cap" and self._cap(segment, token, found):
            return
        if token.kind == "free" or token.high is not None:
            self.pending = []
            return
        self._make(segment, token, found)

    def _extend(self, end: int) -> None:
        last = self.mine[-1] if self.mine else self.rule.drafts[-1] if self.rule.drafts else None
        if last and self.pending and not self.rule.content([(s.start, s.end) for s in self.pending]):
            self.pending = []
        if last and last.end <= end:
            last.end = end

    def _whole(self, segment: Segment, token: Token) -> None:
        spans = [(s.start, s.end) for s in self.pending] + [(segment.start, token.start)]
        if self.bundle and not self.rule.content(spans):
            for d in self.bundle[-24:]:
                if d.kind == "prorata" and d.points is None:
                    d.points = token.values[0]
                elif d.kind in ("each", "deduct") and d.cap is None:
                    d.cap = token.values[0]
                d.end = max(d.end, token.end)
            self.pending = []
            return
        if token.whole_rule and self.rule.weight is not None and token.values[0] < self.rule.weight:
            draft = Draft("award", segment.start, token.end, own=[(segment.start, token.end)], points=token.values[0],
                          applies=self.rule.scope, notes=["base"])
            self._add(draft)
            self.bundle = []
            return
        self.whole = token
        self.rule.absorbed.append((segment.start, token.end))
        if segment.start < token.start:
            self.pending.append(Segment(segment.start, token.start, None, segment.bracket))

    def _cap(self, segment: Segment, token: Token, found: list[Whom]) -> bool:
        """最多扣1分 and its like: a cap on what stands before it."""
        spans = [(s.start, s.end) for s in self.pending] + [(segment.start, token.start)]
        if not self.bundle and self.rule.drafts and not self.rule.content(spans) \
                and self.rule.drafts[-1].sentence >= self.piece.sentence - 1:
            self.bundle = [self.rule.drafts[-1]]
            before = self.rule.drafts
        else:
            before = self.mine
        says = self.rule.content(spans)
        if not self.bundle or (says and not _CAP_WORDS.fullmatch(says)):
            return False
        value = token.values[0]
        last = self.bundle[-1]
        if token.whole_rule and not found and before is self.rule.drafts and last.per is not None:
            for d in before[-24:-1]:
                if d.sentence == last.sentence and d.kind == last.kind and d.per is not None and d.cap is None:
                    d.cap = value
                    d.notes.append("shared-cap")
            last.notes.append("shared-cap")
        if found:
            applies = found[-1].applies
            same = [d for d in self.bundle[-24:] if d.applies == applies]
            if same:
                target = [same[-1]]
            elif last.applies is None or (last.applies == self.rule.scope and last.cap is None):
                last.applies = applies
                target = [last]
            else:
                clone = copy(last)
                clone.applies, clone.cap, clone.notes = applies, None, list(last.notes)
                self.bundle.append(clone)
                before.append(clone)
                target = [clone]
        elif last.kind == "prorata":
            target = [last]
        else:
            target = [d for d in before[-24:] if d.piece == last.piece and d.per is not None and d.cap is None
                      and (d.kind == last.kind)] if last.per is not None else [last]
        for d in target:
            if d.kind == "prorata":
                d.points = value if d.points is None else d.points
            elif d.kind in ("each", "deduct"):
                d.cap = value
                if len(target) > 1 and not found:
                    d.notes.append("shared-cap")
            elif (d.kind == "award" or (d.level and d.level.exact)) and not d.full and d.points and value > d.points \
                    and (item := single_item(self.text, d.own)):
                d.kind, d.cap, d.level = "each", value, None
                d.per, d.per_unit, d.loose_per = item.number, item.unit, True
            elif d.kind in ("award", "tier"):
                d.notes.append("cap")
        target[-1].end = max(target[-1].end, token.end)
        self.pending = []
        return True

    def _make(self, segment: Segment, token: Token, found: list[Whom]) -> None:
        text, rule = self.text, self.rule
        spans = [(s.start, s.end) for s in self.pending] + ([(segment.start, token.start)] if token.start > segment.start else [])
        branches = self._branches(spans)
        says = rule.content(spans)
        start = spans[0][0] if spans else token.start
        last = self.bundle[-1] if self.bundle else None
        inherits = not says and last is not None and last.kind not in ("reference",)
        applies = self._applies(found, inherits)
        per = per_item(text, spans, token)
        if token.kind == "zero" and inherits and last is not None and (last.kind == "zero" or last.points == 0):
            self._extend(token.end)
            return
        if token.kind == "list":
            self._dealt(segment, token, spans, applies)
            return
        if _RATIO.search(text, start, token.start) and token.kind in ("bare", "give", "full", "take") and re.search("[×]|乘以|比例|占比",
            text[max(start, token.start - 12):token.start]):
            self._add(Draft("prorata", start, token.end, own=spans, points=token.values[0] if token.values else None, applies=applies))
            self._rounding(start, token.end)
            return
        if token.kind == "bare" and not found and rule.weight and token.values[0] > rule.weight:
            return  # more than the row can give: a mark on another scale
        take = token.take or (token.kind == "bare" and last is not None and last.kind == "deduct" and (inherits or _short(says)))
        values = token.values
        draft = Draft("deduct" if take else "award", start, token.end, own=spans, points=values[0] if values else None, applies=applies,
                      bare=token.kind == "bare", full=token.kind == "full", whole_rule=token.whole_rule)
        if token.free:
            draft.notes.append("discretion")
        if token.kind == "zero":
            draft.kind, draft.points = "zero", None
        if (token.severally or (token.kind == "bare" and token.start
                                and text[token.start - 1] == "各")) and not per and self._severally(draft):
            return
        if per:
            draft.per, draft.per_unit, draft.loose_per = per.number, per.unit, per.loose
        elif token.unit:
            draft.per, draft.per_unit = Decimal(1), token.unit
        if inherits and last is not None:
            self._inherit(draft, last, segment, found)
        elif segment.bracket and found and last is not None and last.applies in (None, rule.scope) and found[-1].start - segment.start <= 2:
            last.applies = complement(found[-1].applies)
            draft.shared = last.shared + last.own
        if last is not None and not inherits and last.per is not None and draft.per is None and token.kind in ("bare", "give",
            "take") and (_short(says) or _parallel(says, rule.content(last.own))) and not re.search(r"\d", says) and last.kind == ("deduct"
                if take else "each"):
            draft.per, draft.per_unit = last.per, last.per_unit
        if branches:
            self._branch(draft, branches)
            return
        if not inherits:
            draft.level = self._level(spans, draft)
        if token.kind == "slash":
            other, central = copy(draft), copy(draft)
            other.applies, central.applies = ("other",), ("central",)
            other.points, central.points = values
            other.notes, central.notes = ["slash"], ["slash"]
            self._add(other)
            self._add(central)
            return
        self._add(draft)

    def _add(self, draft: Draft) -> None:
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
        generic = _GENERIC.sub("", self.rule.content(draft.own))
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

    def _inherit(self, draft: Draft, last: Draft, segment: Segment, found: list[Whom]) -> None:
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

    def _level(self, spans: list[Span], draft: Draft) -> Level | None:
        """The level that decides the points, if one does."""
        text = self.text
        if not spans or (draft.per is not None and draft.kind != "deduct" and not draft.loose_per):
            return None
        found = [x for x in joined(text, levels(text, spans[0][0], spans[-1][1]))
                 if x.unit not in ("级", "期", "批", "届", "档", "年", "步", "部", "点")]
        if draft.per is not None:
            found = [x for x in found if not (x.exact and x.lower == draft.per)]
        if not found:
            return None
        level = found[-1]
        after = text[level.end:spans[-1][1]]
        if draft.kind == "deduct":
            return level if not level.exact else None
        if level.exact:
            before = text[max(spans[0][0], level.start - 4):level.start]
            part = re.search(r"(?:按|占|的|由|比例)$", before) and not re.search("(?:目标|任务|指标|计划|总量|数)的$", before)
            if is_time(level.unit) or len(after.strip("的，、")) > 12 or part:
                return None
            return level
        if is_time(level.unit) and self.rule.timed.get(level.unit, 0) < 2:
            return None
        if re.search("且|同时", text[spans[0][0]:level.start]) and len(self.rule.content([(spans[0][0], level.start)])) > 8:
            return None
        bounds = [x for x in found[:-1] if not x.exact and not x.ranged and not is_time(x.unit)
                  and not re.search("每(?:季|月|周|年|半年|日|天)", text[max(spans[0][0], x.start - 6):x.start + 2])]
        if any(re.search("[、，且并和]", text[x.end:level.start]) for x in bounds):
            return None
        if re.search("并|且|同时|以及", after) or (draft.kind == "zero" and re.search("，.*(?:只要|出现|发生|有)", after)):
            return None
        return level

    def _branches(self, spans: list[Span]) -> list[tuple[Whom, Level, Span]]:
        """中心城区达到2000万元、其他区达到5000万元的，得1分: a level for each class, one point phrase."""
        if not spans:
            return []
        found = self.rule.whom(spans[0][0], spans[-1][1])
        if len(found) < 2:
            return []
        out = []
        for k, w in enumerate(found):
            stop = found[k + 1].start if k + 1 < len(found) else spans[-1][1]
            inside = [x for x in joined(self.text, levels(self.text, w.end, stop)) if not x.exact]
            if not inside:
                return []
            out.append((w, inside[-1], (w.start, stop)))
        return out if len({w.applies for w, _, _ in out}) > 1 else []

    def _branch(self, draft: Draft, branches: list[tuple[Whom, Level, Span]]) -> None:
        first = branches[0][2][0]
        prefix = [(a, min(b, first)) for a, b in draft.own if a < first]
        for k, (who, level, span) in enumerate(branches):
            one = copy(draft)
            one.applies, one.level = who.applies, level
            one.own = [(who.end, span[1])]
            one.shared = prefix
            one.start = draft.start if k == 0 else span[0]
            one.end = draft.end if k == len(branches) - 1 else max(span[0] + 1, span[1])
            self._add(one)
            one.shared = prefix

    def _dealt(self, segment: Segment, token: Token, spans: list[Span], applies: tuple[str, ...] | None) -> None:
        """分别得3分、2分、1分 dealt out to the subjects named before; each clause keeps the whole text."""
        text = self.text
        if not self.rule.content(spans) and applies and self._redealt(token, spans, applies):
            return
        per = per_item(text, spans, token)
        placed = levels(text, spans[0][0], spans[-1][1]) if spans else []
        if placed and placed[-1].unit == "名" and placed[-1].upper is not None and placed[-1].upper - (placed[-1].lower
            or 1) + 1 == len(token.values):
            for k, value in enumerate(token.values):
                rank = (placed[-1].lower or Decimal(1)) + k
                level = Level(placed[-1].start, placed[-1].end, rank, False, rank, False, "名", ranged=True)
                self._add(Draft("deduct" if token.take else "award", spans[0][0], token.end, own=list(spans), points=value, applies=applies,
                                level=level))
            return
        names = _subjects(text, spans, len(token.values))
        for k, value in enumerate(token.values):
            draft = Draft("deduct" if token.take else "award", spans[0][0] if spans else token.start, token.end, own=[names[k]] if names
                          else list(spans), shared=list(spans) if names else [],
                          points=value, applies=applies)
            if per:
                draft.per, draft.per_unit = per.number, per.unit
            if names:
                inside = levels(text, *names[k])
                draft.level = inside[-1] if inside and draft.per is None else None
            self._add(draft)
            draft.shared = list(spans) if names else []

    def _redealt(self, token: Token, spans: list[Span], applies: tuple[str, ...]) -> bool:
        """中心城区分别得0.6分、1分: other points for another class on the clauses just before."""
        before = [*self.rule.drafts[-len(token.values):], *self.mine[-len(token.values):]][-len(token.values):]
        if len(before) < len(token.values) or any(d.applies not in (None, self.rule.scope)
                                                  or d.kind not in ("award", "tier", "each", "deduct") for d in before):
            return False
        start = spans[0][0] if spans else token.start
        for d, value in zip(before, token.values, strict=True):
            d.applies = complement(applies)
            one = copy(d)
            one.applies, one.points, one.start, one.end, one.notes = applies, value, start, token.end, list(d.notes)
            one.inherited = True
            self.mine.append(one)
        self.pending = []
        return True

    def _severally(self, draft: Draft) -> bool:
        """甲、乙完成的各得1分: a clause for each thing named, where the weight has room for them."""
        if not draft.own:
            return False
        a, b = draft.own[-1]
        b -= self.text[b - 1] == "各"
        depth = self.rule.depth
        cuts = [k for k in range(a, b) if self.text[k] in "、和及" and depth[k] == depth[a]]
        cuts = [k for n, k in enumerate(cuts) if n == 0 or k - cuts[n - 1] > 1]
        if not any(self.text[k] == "、" for k in cuts) and not (len(cuts) == 1 and self.text[cuts[0]] in "和及"):
            return False
        parts = [(x + (x != a), y) for x, y in zip([a, *cuts], [*cuts, b], strict=True)]
        weight = self.rule.weight
        if len(parts) > 12 or any(y - x < 2 for x, y in parts):
            return False
        if weight is not None and draft.kind == "award" and (draft.points or Decimal(0)) * len(parts) > weight:
            return False
        for part in parts:
            one = copy(draft)
            one.own, one.notes = [part], list(draft.notes)
            inside = levels(self.text, *part)
            one.level = inside[-1] if inside and not inside[-1].exact and one.kind == "award" else None
            self._add(one)
            one.shared = draft.own[:-1]
        return True

    def _leftover(self) -> None:
        """Words after the last points of a piece: a proportion, a reference, or context for what follows."""
        for segment in self.pending:
            self._reference(segment)
        self.pending = []


def _short(words: str) -> bool:
    return len(words) <= 8 and bool(re.search("级|奖|类|等|次|名|优|良|差|A|B|C", words))


def _parallel(words: str, before: str) -> bool:
    """较大事故 after 一般事故: a short condition that ends as the one before it."""
    return len(words) <= 10 and len(before) > 2 and words[-2:] == before[-2:]


def _subjects(text: str, spans: list[Span], count: int) -> list[Span] | None:
    """The `count` parallel members named before a 分别, as spans; None where they cannot be told."""
    for a, b in reversed(spans):
        cuts = [a, *(k + 1 for k in range(a, b) if text[k] in "、，和及与" and not (text[k] in "和及与" and text[k - 1] in "、，")), b + 1]
        for offset in range(len(cuts) - count - 1, -1, -1):
            chosen = [(cuts[offset + k], cuts[offset + k + 1] - 1) for k in range(count)]
            if all(y > x for x, y in chosen):
                return chosen
    return None


def count_of(per: Per | None) -> Decimal:
    """The number of items that a per counts by."""
    return per.number if per else Decimal(1)
