"""Faults that the report owns up to, or denies, and whether they are the ones that a clause asks for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache

from audit.grounds.scene import HUNDRED, Ask, Scene
from audit.grounds.values import alike, context, percent
from extractor.report import Figure
from extractor.statements import Line, Statement
from patterns.content import content_words, cover, key, light, plain, says
from patterns.demand import FaultWay, bare
from patterns.records import dataclass, replace
from patterns.speech import faults as fault_words
from patterns.speech import fitting_level, marks

OWN = 0.4


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault with its number, where it is told and whether it plainly is the one asked for."""

    count: Decimal
    figures: tuple[Figure, ...]
    line: Line
    statements: tuple[Statement, ...]
    fit: float
    sure: bool
    way: int = 0
    literal: bool = False
    derived: bool = False


@dataclass(frozen=True, slots=True)
class Denial:
    """A sentence that says that there was no such fault; ways: those that it denies; plain: it denies them, and does not only say that all was done.

    rest: it speaks of all others only (除此之外没有其他通报).
    """

    line: Line
    statements: tuple[Statement, ...]
    figures: tuple[Figure, ...]
    fit: float
    ways: frozenset[int]
    plain: bool = True
    rest: bool = False


@dataclass(frozen=True, slots=True)
class _Way:
    """A way with its words: own (its text), thing (what it happens to), done (the duty), kinds and words of the fault."""

    way: FaultWay
    own: Mapping[str, float]
    thing: Mapping[str, float]
    done: Mapping[str, float]
    kinds: frozenset[str]
    words: frozenset[str]


def look(scene: Scene, ask: Ask, unit: str = "") -> tuple[list[Fault], list[Denial]]:
    """The faults admitted and the denials, best first."""
    asked = ask.demand.faults
    ways = [_words(scene, ask, w) for w in asked]
    denials = ways  # an absence is denied in its own words (未发生事故, 大班额全部消除), and owned up to in those of the event
    if ask.demand.kind == "absence":
        denials = [_words(scene, ask, FaultWay(ask.demand.subject, "", ask.demand.negated, ask.demand.deed, ""))]
    admitted: list[Fault] = []
    denied: list[Denial] = []
    for line, _ in scene.lines(ask, least=0.45):
        for k, s in enumerate(line.statements):
            if s.said.polarity == "plan" or scene.other_year(s) or scene.later_year(s):
                continue
            told = _Told(scene, ask, line, k)
            shut = frozenset(n for n, w in enumerate(denials) if _denies(told, w) or _zero(told, w)) or frozenset(
                n for n, w in enumerate(denials) if _denies_in_general(told, w)
            )
            if shut:
                denied.append(
                    Denial(
                        line, context(scene, ask, line, k), s.figures, max(told.fit(denials[n]) for n in shut), shut, s.said.polarity == "none",
                        s.text.startswith(marks("beyond")) or any(w in told.tail for w in ("其他", "其它", "另外")),
                    )
                )
                continue
            lead = line.statements[k - 1].text if k else ""
            duties = [w for w in ways if w.way.negated and w.done and w.way.mark[:2] not in s.text]
            undone = [w for w in duties if cover(w.done, (s.text, 1.0)) >= 0.5]
            missed = _some_of(scene, ask, line, k) if undone else None
            if missed is None and (undone := [w for w in duties if cover(w.done, (s.text, 1.0), (lead, 0.8)) >= 0.5 and told.says(w.thing) >= 0.5 and not all(map(light, w.own))]):
                missed = _share_of(scene, ask, line, k, unit)
            if missed is not None and any(told.says(w.own) >= 0.5 for w in undone if w.own):
                admitted.append(missed)
                continue
            found = [replace(f, way=n) for n, w in enumerate(ways) if (f := _admits(told, w, unit)) is not None]
            if found:
                admitted.append(max(found, key=lambda f: (f.sure, f.fit)))
    admitted.sort(key=lambda f: (not f.sure, -round(f.fit, 4), f.line.start))
    denied.sort(key=lambda d: (-len(d.ways), -round(d.fit, 4), d.line.start))
    return _once(admitted), denied


def _words(scene: Scene, ask: Ask, way: FaultWay) -> _Way:
    told = fault_words(plain(way.text))
    own = {w: ask.terms.get(w, v) for w, v in scene.weights.terms(way.text).items()}
    return _Way(
        way,
        own,
        scene.weights.terms(way.thing),
        dict.fromkeys(content_words(way.deed), 1.0) or ({way.deed: 1.0} if way.deed else {}),
        frozenset(k for k, _ in told),
        frozenset(w for k, w in told if len(w) > 1 and (k == "omit" or not way.negated or way.mark.startswith("不"))),
    )


def _tail(s: Statement) -> str:
    """What a statement denies: all of it where the word of a denial follows its thing (两高项目零新增, 事故一起也没有), else what comes after the word."""
    at = s.said.at
    whole = at < 0 or s.text[at : at + 1] in "零已动保实全持年常域" or not s.text[at:].strip("没有无，。；！")
    return s.text if whole else s.text[at:]


def _none_of_them(s: Statement) -> bool:
    """Whether a statement denies each of the things named before it: 没有一起涉及我县."""
    return s.text.startswith(_nones())


@cache
def _nones() -> tuple[str, ...]:
    return tuple(word + unit for word in marks("none_of") for unit in marks("counted"))


class _Told:
    """A statement in its place, as a deduction sees it."""

    def __init__(self, scene: Scene, ask: Ask, line: Line, k: int) -> None:
        self.scene, self.ask, self.line, self.k, self.s = scene, ask, line, k, line.statements[k]
        self.passage = scene.around(line)
        self.lead = "".join(x.text for x in line.statements[max(0, k - 3) : k])
        self.near = scene.relevance(line, ask.row.no)
        self.row = ask.row.name.text if self.passage.row is not None else ""
        self.tail = _tail(self.s)
        if _none_of_them(self.s):
            self.tail = self.lead + self.tail  # 通报的案件，没有一起涉及我县
        self.kinds = {kind for kind, _ in fault_words(self.s.text)}
        self.words = {w for _, w in fault_words(self.s.text) if len(w) > 1}

    def says(self, terms: Mapping[str, float], lead: float = 0.85, around: float = 0.45) -> float:
        """How much of some words the statement says, in its place."""
        return cover(
            terms,
            (self.s.text, 1.0),
            (self.lead, lead),
            (self.line.text, min(lead, 0.6)),
            (self.passage.title, min(1.0, around + 0.25)),
            (self.passage.text, around),
            (self.row, 0.9),
        )

    def topic(self) -> float:
        """How much of the name of the indicator stands in the statement and just before it."""
        words = dict.fromkeys(content_words(self.ask.row.name.text), 1.0)
        return cover(words, (self.s.text, 1.0), (self.lead, 0.85), (self.passage.title, 0.7), (self.row, 0.9)) if words else 1.0

    def fit(self, way: _Way) -> float:
        """How well the statement is about a way of the fault."""
        return (
            0.5 * self.says(way.own)
            + 0.3 * cover(way.own, (self.s.text, 1.0))
            + 0.3 * (self.says(way.thing) if way.thing else 0.6)
            + 0.2 * self.near
        )


def _denies(told: _Told, w: _Way) -> bool:
    s, said = told.s, told.s.said
    here = cover(w.own, (s.text, 1.0)) if w.own else 1.0 * (w.way.mark[:2] in s.text if w.way.mark else False)
    thing = told.says(w.thing) if w.thing else 1.0
    if not w.way.negated and "exceed" in w.kinds and any(x in s.text for x in marks("within")) and thing >= 0.4:
        return here >= OWN or (told.near >= 0.85 and bool(w.own) and told.says(w.own) >= 0.7)  # 架空期为86天，均未超过4个月的规定
    whole = said.all or any(percent(f) == HUNDRED for f in s.figures) or _as_many(told.line.statements[max(0, told.k - 1) : told.k + 1])
    if any(x in w.way.text for x in marks("late")) and whole and not said.but and said.polarity in ("done", "none") and told.near >= 0.85:
        in_time = any(x in s.text for x in marks("in_time")) and thing >= 0.4
        if in_time and (told.says(w.own) >= 0.3 or all(any(x in word for x in marks("late")) for word in w.own)):
            return True  # 37件全部按期: none was late
    if said.polarity == "none" and (_graver(told, w) or _of_another_clause(told, w)):
        return False
    if said.polarity == "none":
        if w.own and _none_of_them(s):
            here = cover(w.own, (s.text, 1.0), (told.lead, 0.9))
        elif told.ask.demand.kind == "absence" and _nothing_else(told, w):
            here = max(here, told.says(w.own) - 0.15)  # 当期结余0.13亿元，没有出现赤字; 认定零就业家庭6户，实现动态清零
        elif w.own and here >= 0.25:
            here = max(here, cover(w.own, (s.text, 1.0), (told.lead, 0.6)) - 0.15)
        if here >= OWN - 0.05 and thing >= 0.4:
            return True
        # the very thing does not exist: 辖区内没有尾矿库
        missing = "".join(_tail(x) for x in told.line.statements if x.said.polarity == "none")
        return bool(w.thing) and cover(w.thing, (told.tail, 1.0)) >= 0.3 and cover(w.thing, (missing, 1.0)) >= 0.75 and told.near >= 0.6
    if said.but or said.polarity == "not" or not w.way.negated:
        return False
    if s.text.startswith(("其余", "其他", "余下")):
        return False  # the others are fine
    pair = told.line.statements[max(0, told.k - 1) : told.k + 1]
    every_one = _as_many(pair) and any(x in c.before for c in pair[0].cited for x in marks("due"))  # 应配31处，实配31处
    done = cover(w.done, (s.text, 1.0), (told.lead, 1.0 if every_one else 0.3)) if w.done else here
    duty = {x: v for x, v in w.done.items() if key(x)}
    if duty and cover(duty, (s.text, 1.0), (told.lead, 0.8)) < 0.5:
        return False  # 重点项目全部登记在册 says nothing of 验收
    return whole and done >= 0.5 and (told.says(w.own) if w.own else 1.0) >= 0.4 and thing >= 0.4


def _nothing_else(told: _Told, w: _Way) -> bool:
    """Whether a denial names nothing but what a clause asks not to be, the rest of which is said just before."""
    words = [x for x in content_words(told.tail.strip("，。；、已均")) if not light(x)]
    return bool(words) and all(x in told.ask.demand.subject for x in words)


def _of_another_clause(told: _Told, w: _Way) -> bool:
    """Whether what is denied is in so many words the fault of another clause of the rule, and this one's less so: 未出现劣Ⅴ类断面 leaves
    断面不达标 open."""
    mine = cover(w.own, (told.tail, 1.0)) if w.own else 0.0
    return mine < 0.9 and any(
        c.kind in ("deduct", "zero") and c is not told.ask.clause and (words := dict.fromkeys(content_words(bare(c.condition)), 1.0))
        and len(words) > 1 and cover(words, (told.tail, 1.0)) >= 0.9 and not all(x in told.ask.demand.subject for x in words)
        for c in told.ask.rule.clauses
    )


def _graver(told: _Told, w: _Way) -> bool:
    """Whether only graver cases are denied than a clause asks for: 未发生重大事件 leaves 一般事件 open."""
    asked = told.ask.demand.subject + w.way.text + told.ask.row.name.text
    return any(g in told.tail for g in marks("grave")) and not any(g in asked for g in marks("grave"))


def _zero(told: _Told, w: _Way) -> bool:
    """Whether a statement counts the fault as none: 脱管0人."""
    own = {x: v for x, v in w.own.items() if x in told.ask.rare} or w.own
    return any(
        c.figure.number == 0 and c.figure.unit in marks("counted") and cover(own, (c.before, 1.0), (told.lead, 0.3)) >= 0.5
        for c in told.s.cited
    )


def _denies_in_general(told: _Told, w: _Way) -> bool:
    """A denial of faults of the same kind, or of any, in the indicator's own passage, about the matter of the clause."""
    s, said = told.s, told.s.said
    if said.polarity != "none" or _graver(told, w) or _of_another_clause(told, w):
        return False
    thing = told.says(w.thing) if w.thing else 1.0
    kinds = {kind for kind, _ in fault_words(told.tail[2:])}
    same = w.kinds & kinds
    if w.way.negated and same == {"omit"}:  # 没有应建未建的 denies no 应交未交
        same = frozenset() if not w.done or cover(w.done, (told.tail, 1.0)) < 0.5 else same
    kin = bool(same) or (not said.but and not w.way.negated and _broad(told.tail))
    rare = {x: v for x, v in told.ask.rare.items() if x in w.own or x in w.thing} or told.ask.rare
    near = cover(rare, (s.text, 1.0), (told.lead, 0.85), (told.passage.title, 0.8), (told.row, 0.8))
    return kin and told.near >= 0.75 and thing >= 0.45 and near >= 0.4


def _broad(tail: str) -> bool:
    return any(w in tail for w in marks("broad"))


def _as_many(run: Sequence[Statement]) -> bool:
    """Whether two numbers of one unit say that as many were done as there are: 应备案企业74家，已备案74家."""
    found = [f for s in run for f in s.figures if f.unit in marks("counted") and f.number]
    return len(found) == 2 and found[0].unit == found[1].unit and found[0].number == found[1].number


def _admits(told: _Told, w: _Way, unit: str) -> Fault | None:
    s, said = told.s, told.s.said
    if said.polarity == "none" or any(x in s.text for x in marks("exempt")):
        return None  # what the rule itself leaves out is no fault
    if any(x in s.text for x in marks("complaint")) and any(x in w.way.text and x not in s.text for x in marks("proven")):
        return None  # 举报27件 are no 举报查实
    here = cover(w.own, (s.text, 1.0)) if w.own else float(bool(w.way.mark) and w.way.mark[:2] in s.text)
    own = told.says(w.own) if w.own else 0.6
    thing = told.says(w.thing) if w.thing else 1.0
    literal = bool(w.words & told.words) or (len(w.way.mark) > 1 and w.way.mark[:3] in s.text)
    if not fitting_level(told.ask.demand.subject, s.text):
        return None
    if (crowd := _so_many(told, w)) is not None:
        return crowd
    broken = w.way.mark.startswith("不") and bool((w.kinds & told.kinds) - {"omit"})  # 违反标准 is 不符合标准
    checked = told.near >= 0.95 and cover(w.own, (told.lead, 1.0)) >= 0.25 if w.own else False
    literal = literal or (broken and (here >= OWN or checked))  # 共检查426家次，责令改正3起
    if w.way.negated and not broken:
        done = cover(w.done, (s.text[max(0, said.at) :], 1.0)) if w.done else here
        if done > 0 and said.polarity == "not":
            done = cover(w.done, (s.text[max(0, said.at) :], 1.0), (told.lead, 0.8))  # 完成约定采购量183个，未完成的3个
        if len(w.way.deed) < 2 and not literal and thing < 0.6:
            return None
        literal = literal or (said.polarity == "not" and done >= 0.8 and (thing >= 0.6 or (here >= 0.65 and told.near >= 0.95)) and told.near >= 0.85)
        few = w.way.mark[:2] in ("不达", "未达", "不足") and any(x in s.text for x in ("只有", "只开", "只完", "只组", "仅有", "仅开", "仅完", "仅组"))
        if few and told.near >= 0.85 and any(_counts(f, unit) for f in s.figures):
            done = 1.0  # 2家只开展了3次
        if _was_late(told, w):
            literal, done = True, 1.0  # 按期整改34处，其余3处逾期
        if said.but and told.near >= 0.85 and any(_counts(f, unit) for f in s.figures):
            done = 1.0  # 除1人……外，其余均达标
        if not ((said.polarity == "not" or said.but or few or _was_late(told, w)) and done >= 0.5) and not (
            literal and (here >= OWN or (w.way.mark.startswith("不") and own >= 0.5))
        ):
            return None
    elif not (w.kinds & told.kinds) and not literal:
        own_words = {x: v for x, v in w.own.items() if x in told.ask.rare}
        head = (content_words(w.way.text) or [""])[-1]  # 空编1名, 再犯罪1人
        if (
            w.kinds
            or not own_words
            or _only_whom(w.way.text, told.lead + s.text)
            or not any(
                _counts(c.figure, unit)
                and (cover(own_words, (c.before + c.after, 1.0)) >= 0.6 or (len(head) > 1 and not light(head) and c.before.endswith(head) and own >= OWN))
                for c in s.cited
            )
        ):
            return None
        literal = True  # 再犯罪1人 counts the very thing
    if (own < OWN and told.near < 0.85) or thing < 0.33:
        return None
    cited = [c for c in s.cited if _counts(c.figure, unit)]
    if not cited and w.way.negated and told.k and not told.line.statements[told.k - 1].said.all:
        before = told.line.statements[told.k - 1]
        if before.said.polarity == "done" and w.done and cover(w.done, (before.text, 1.0)) >= 0.5:
            return _left_of(told, w)  # 5家已销案，宏达市场尚未销案: the number is of those that did
        cited = [c for c in before.cited[-1:] if _counts(c.figure, unit)]
    if not cited and not (told.ask.demand.flat and said.polarity != "plan"):
        return None  # a fault taken once needs no number
    close = cover(w.own, (s.text, 1.0), (told.lead, 0.5), (told.line.text, 0.4)) if w.own else 0.0
    if not w.own or (w.way.negated and told.near >= 0.85 and thing >= 0.5):
        close = max(close, 0.45)  # the duty itself is said not to have been done
    sure = (
        told.near >= 0.6
        and (thing >= 0.45 or (literal and told.near >= 0.85))
        and close >= 0.45
        and (literal or here >= 0.5 or w.way.negated or told.near >= 0.85)
    )
    sure = sure and (not told.passage.shortcomings or here >= 0.6)
    sure = sure and not (cited and _divided(told, cited[0].figure))  # 扣分点位137个：道路保洁46个、…: which of them is this row's is told beside it
    sure = sure and not any(x in told.line.text for x in marks("of_others"))  # 经查系外省企业生产
    sure = sure and not any(x in s.text for x in marks("notice"))  # a hint from outside is no fault found
    if w.way.negated and not w.thing and cited and cited[0].figure.unit != unit and told.topic() < 0.34:
        sure = False  # 未完成的2个 of another matter is no 超期办结
    if "accident" in w.kinds and not w.way.negated:
        follows = told.line.statements[told.k + 1].text if told.k + 1 < len(told.line.statements) else ""
        whole = cover(w.own, (s.text + follows, 1.0))  # 事故1起，死亡1人
        sure = sure and max(here, whole) >= 0.7  # 较大及以上 is part of it
        literal = literal or (here < 0.7 <= whole)
    if len(cited) > 1 and w.own:  # 流动摊点9处、店外经营6处: each fault has its own number
        cited = [max(cited, key=lambda c: cover(w.own, (c.before.split("、")[-1], 1.0), (c.before, 0.6)))]
    f = cited[0].figure if cited else None
    if f is None:
        sure = sure and literal and close >= 0.6 and not told.ask.demand.marks
    return Fault(
        (f.number if f else None) or Decimal(1), (f,) if f else (), told.line, context(told.scene, told.ask, told.line, told.k), told.fit(w), sure, literal=literal
    )


def _so_many(told: _Told, w: _Way) -> Fault | None:
    """An event that counts from so many people up, told by how many they were: 10人以上集体讨薪的，每起 and 三十余名工人集体讨薪."""
    clause = told.ask.clause
    if clause.lower is None or "以上" not in clause.text or not alike(clause.unit or "", "人") or clause.unit == clause.per_unit or told.near < 0.85 or told.says(w.own) < 0.6:
        return None
    f = next((c.figure for c in told.s.cited if alike(c.figure.unit, "人") and c.figure.number is not None and c.figure.number >= clause.lower), None)
    head = (content_words(w.way.text) or ("",))[-1]  # what happened
    if f is None or not head or not says(head, told.s.text):
        return None
    return Fault(Decimal(1), (f,), told.line, context(told.scene, told.ask, told.line, told.k), told.fit(w), True, literal=True)


def _was_late(told: _Told, w: _Way) -> bool:
    """Whether a statement says that so many were late with a duty that is to be done in time, and that was told just before."""
    timely = w.way.mark[:1] in "未没不" and any(x in w.way.mark or x in w.way.text[:6] for x in marks("in_time"))
    late = any(x in told.s.text for x in marks("late")) and told.s.said.polarity == "done"
    lead = told.scene.before(told.line) if told.s.text.startswith(marks("others")) else told.lead
    return timely and late and told.near >= 0.85 and cover(w.done, (told.s.text, 1.0), (lead, 1.0)) >= 0.5


def _only_whom(asked: str, text: str) -> bool:
    """Whether a text says only of whom a fault is asked, and nothing of what they did: 矫正对象412人 of 矫正对象重新犯罪."""
    words = [w for w in content_words(asked) if not light(w)]
    return len(words) > 2 and all(says(w, text) < 0.5 for w in words[len(words) // 2 + 1 :])


def _divided(told: _Told, f: Figure) -> bool:
    """Whether a number is divided among things that have rows of their own."""
    rows = [r.name.text for r in told.scene.rows]
    for r in told.scene.relations:
        if r.type == "parts" and r.total == f.index:
            heads = [told.scene.report.figures[p].subject for p in r.parts]
            if any(h and any(h[:4] in name or name[:4] in h for name in rows) for h in heads):
                return True
    return False


def _left_of(told: _Told, w: _Way) -> Fault | None:
    """What is left of a whole when the statement before tells those that did it: 6家单位，5家已销案，甲市场尚未销案."""
    part = next((c.figure for c in told.line.statements[told.k - 1].cited[-1:]), None)
    before = [c.figure for x in told.line.statements[: told.k] for c in x.cited if c.figure is not part]
    whole = next((f for f in reversed(before) if part is not None and f.unit == part.unit), None)
    if part is None or whole is None or whole.number is None or part.number is None or not 0 < part.number < whole.number:
        return None
    start = next(j for j, x in enumerate(told.line.statements) if whole in x.figures)
    run = told.line.statements[start : told.k + 1]
    return Fault(whole.number - part.number, (part, whole), told.line, run, told.fit(w), told.near >= 0.85, derived=True)


def _some_of(scene: Scene, ask: Ask, line: Line, k: int) -> Fault | None:
    """So many of so many were done: 收到差评7件，其中6件在规定期限内整改 leaves one."""
    s = line.statements[k]
    if not s.cited or s.said.polarity != "done":
        return None
    part = s.cited[0].figure
    after = line.statements[k + 1 : k + 2]
    left = after[0].cited[0].figure if after and after[0].cited and (
        after[0].text.startswith(marks("left")) or (len(after[0].cited) == 1 and _completes(line, k))) else None
    if not s.text.startswith(("其中", "仅", "已")) and left is None:
        return None
    before = [c.figure for x in line.statements[:k] for c in x.cited if c.figure.unit == part.unit and c.figure.number is not None]
    if not before or part.number is None or part.unit not in marks("counted") or len(s.cited) > 1:
        return None
    whole = before[-1]
    if whole.number is None or whole.number <= part.number or (left is not None and left.number != whole.number - part.number):
        return None
    start = next(j for j, x in enumerate(line.statements) if whole in x.figures)
    return Fault(
        whole.number - part.number,
        (part, whole),
        line,
        line.statements[start : k + (2 if left is not None else 1)],
        0.9,
        scene.relevance(line, ask.row.no) >= 0.85,
        derived=True,
    )


def _completes(line: Line, k: int) -> bool:
    """Whether the number after a part is what the whole leaves of it: 建了203个，按标准配齐的190个，另13个还在采购."""
    part, rest = line.statements[k].cited[0].figure, line.statements[k + 1].cited[0].figure
    wholes = [c.figure for x in line.statements[:k] for c in x.cited if c.figure.unit == part.unit == rest.unit]
    numbers = [f.number for f in (*wholes[-1:], part, rest)]
    return len(numbers) == 3 and None not in numbers and numbers[0] == numbers[1] + numbers[2] and numbers[2] > 0  # type: ignore[operator]


def _share_of(scene: Scene, ask: Ask, line: Line, k: int, unit: str) -> Fault | None:
    """So many of so many, and the share that they make: 排查隐患263项，整改到位258项，整改率98.1% leaves five."""
    s = line.statements[k]
    if s.said.polarity != "done" or len(s.cited) != 1 or fault_words(s.text):
        return None
    part = s.cited[0].figure
    if unit and not alike(part.unit, unit):
        return None
    sure = scene.relevance(line, ask.row.no) >= 0.85
    for j in (k - 1, k + 1):  # 建成41个，应建42个
        beside = line.statements[j] if 0 <= j < len(line.statements) else None
        if beside is not None and len(beside.cited) == 1 and any(w in beside.cited[0].before for w in marks("due")):
            due = beside.cited[0].figure
            if due.unit == part.unit and due.number is not None and part.number is not None and 0 < part.number < due.number:
                return Fault(due.number - part.number, (part, due), line, line.statements[min(j, k) : max(j, k) + 1], 0.9, sure, derived=True)
    for r in scene.shares_of(part.index):
        whole = scene.report.figures[r.whole] if r.whole is not None else None
        start = next((j for j, x in enumerate(line.statements[: k + 1]) if whole in x.figures), None)
        if whole is None or start is None or whole.unit != part.unit or part.unit not in (*marks("counted"), unit):
            continue
        if whole.number is not None and part.number is not None and 0 < part.number < whole.number:
            end = next((j for j, x in enumerate(line.statements) if any(f.index == r.percent for f in x.figures)), k)
            run = line.statements[start : max(k, end) + 1]
            return Fault(whole.number - part.number, (part, whole), line, run, 0.9, sure, derived=True)
    return None


def _counts(f: Figure, unit: str) -> bool:
    return (
        (f.unit in marks("counted") or (f.unit == unit and f.base_unit == unit))
        and f.number is not None
        and f.number > 0
        and f.number == int(f.number)
        and f.role == "actual"
        and (not unit or alike(f.unit, unit) > 0)
        and f.modality != "plan"
    )


def _once(found: Sequence[Fault]) -> list[Fault]:
    """One fault a figure, and one a matter: the same number told again in another place is the same fault."""
    kept: dict[int, Fault] = {}
    for f in found:
        kept.setdefault(f.figures[0].start if f.figures else f.line.start, f)
    out: list[Fault] = []
    for f in kept.values():
        if any(g.count == f.count and g.line.passage != f.line.passage for g in out):
            continue
        out.append(f)
    return out
