"""Whether a statement says that there was no such fault: in so many words, as a count of none, or of all faults of its kind."""

from __future__ import annotations

from collections.abc import Sequence

from audit.grounds.asks import HUNDRED
from audit.grounds.told import OWN, Told, Way, none_of_them, tail_of
from audit.grounds.values import percent
from extractor.statements import Statement
from patterns.content import content_words, cover, key, light
from patterns.demand import bare
from patterns.speech import faults as fault_words
from patterns.speech import marks


def denies(told: Told, w: Way) -> bool:
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
        if w.own and none_of_them(s):
            here = cover(w.own, (s.text, 1.0), (told.lead, 0.9))
        elif told.ask.demand.kind == "absence" and _nothing_else(told, w):
            here = max(here, told.says(w.own) - 0.15)  # 当期结余0.13亿元，没有出现赤字; 认定零就业家庭6户，实现动态清零
        elif w.own and here >= 0.25:
            here = max(here, cover(w.own, (s.text, 1.0), (told.lead, 0.6)) - 0.15)
        if here >= OWN - 0.05 and thing >= 0.4:
            return True
        # the very thing does not exist: 辖区内没有尾矿库
        missing = "".join(tail_of(x) for x in told.line.statements if x.said.polarity == "none")
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


def _nothing_else(told: Told, w: Way) -> bool:
    """Whether a denial names nothing but what a clause asks not to be, the rest of which is said just before."""
    words = [x for x in content_words(told.tail.strip("，。；、已均")) if not light(x)]
    return bool(words) and all(x in told.ask.demand.subject for x in words)


def _of_another_clause(told: Told, w: Way) -> bool:
    """Whether what is denied is in so many words the fault of another clause of the rule, and this one's less so: 未出现劣Ⅴ类断面 leaves
    断面不达标 open."""
    mine = cover(w.own, (told.tail, 1.0)) if w.own else 0.0
    return mine < 0.9 and any(
        c.kind in ("deduct", "zero") and c is not told.ask.clause and (words := dict.fromkeys(content_words(bare(c.condition)), 1.0))
        and len(words) > 1 and cover(words, (told.tail, 1.0)) >= 0.9 and not all(x in told.ask.demand.subject for x in words)
        for c in told.ask.rule.clauses
    )


def _graver(told: Told, w: Way) -> bool:
    """Whether only graver cases are denied than a clause asks for: 未发生重大事件 leaves 一般事件 open."""
    asked = told.ask.demand.subject + w.way.text + told.ask.row.name.text
    return any(g in told.tail for g in marks("grave")) and not any(g in asked for g in marks("grave"))


def zero(told: Told, w: Way) -> bool:
    """Whether a statement counts the fault as none: 脱管0人."""
    own = {x: v for x, v in w.own.items() if x in told.ask.rare} or w.own
    return any(
        c.figure.number == 0 and c.figure.unit in marks("counted") and cover(own, (c.before, 1.0), (told.lead, 0.3)) >= 0.5
        for c in told.s.cited
    )


def denies_in_general(told: Told, w: Way) -> bool:
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
