"""Faults that the report owns up to, or denies, and whether they are the ones that a clause asks for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from audit.grounds.asks import Ask
from audit.grounds.denials import denies, denies_in_general, zero
from audit.grounds.remainders import left_of, share_of, some_of
from audit.grounds.scene import Scene
from audit.grounds.told import OWN, Denial, Fault, Told, Way, counts_as, way_of
from audit.grounds.values import alike, context
from extractor.report import Figure
from patterns.content import content_words, cover, light, says
from patterns.demand import FaultWay
from patterns.speech import fitting_level, marks


def look(scene: Scene, ask: Ask, unit: str = "") -> tuple[list[Fault], list[Denial]]:
    """The faults admitted and the denials, best first."""
    asked = ask.demand.faults
    ways = [way_of(scene, ask, w) for w in asked]
    denials = ways  # an absence is denied in its own words (未发生事故, 大班额全部消除), and owned up to in those of the event
    if ask.demand.kind == "absence":
        denials = [way_of(scene, ask, FaultWay(ask.demand.subject, "", ask.demand.negated, ask.demand.deed, ""))]
    admitted: list[Fault] = []
    denied: list[Denial] = []
    for line, _ in scene.lines(ask, least=0.45):
        for k, s in enumerate(line.statements):
            if s.said.polarity == "plan" or scene.other_year(s) or scene.later_year(s):
                continue
            told = Told(scene, ask, line, k)
            shut = frozenset(n for n, w in enumerate(denials) if denies(told, w) or zero(told, w)) or frozenset(
                n for n, w in enumerate(denials) if denies_in_general(told, w)
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
            missed = some_of(scene, ask, line, k) if undone else None
            if missed is None and (undone := [w for w in duties if cover(w.done, (s.text, 1.0), (lead, 0.8)) >= 0.5 and told.says(w.thing) >= 0.5 and not all(map(light, w.own))]):
                missed = share_of(scene, ask, line, k, unit)
            if missed is not None and any(told.says(w.own) >= 0.5 for w in undone if w.own):
                admitted.append(missed)
                continue
            found = [replace(f, way=n) for n, w in enumerate(ways) if (f := _admits(told, w, unit)) is not None]
            if found:
                admitted.append(max(found, key=lambda f: (f.sure, f.fit)))
    admitted.sort(key=lambda f: (not f.sure, -round(f.fit, 4), f.line.start))
    denied.sort(key=lambda d: (-len(d.ways), -round(d.fit, 4), d.line.start))
    return _once(admitted), denied


def _admits(told: Told, w: Way, unit: str) -> Fault | None:
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
        if few and told.near >= 0.85 and any(counts_as(f, unit) for f in s.figures):
            done = 1.0  # 2家只开展了3次
        if _was_late(told, w):
            literal, done = True, 1.0  # 按期整改34处，其余3处逾期
        if said.but and told.near >= 0.85 and any(counts_as(f, unit) for f in s.figures):
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
                counts_as(c.figure, unit)
                and (cover(own_words, (c.before + c.after, 1.0)) >= 0.6 or (len(head) > 1 and not light(head) and c.before.endswith(head) and own >= OWN))
                for c in s.cited
            )
        ):
            return None
        literal = True  # 再犯罪1人 counts the very thing
    if (own < OWN and told.near < 0.85) or thing < 0.33:
        return None
    cited = [c for c in s.cited if counts_as(c.figure, unit)]
    if not cited and w.way.negated and told.k and not told.line.statements[told.k - 1].said.all:
        before = told.line.statements[told.k - 1]
        if before.said.polarity == "done" and w.done and cover(w.done, (before.text, 1.0)) >= 0.5:
            return left_of(told, w)  # 5家已销案，宏达市场尚未销案: the number is of those that did
        cited = [c for c in before.cited[-1:] if counts_as(c.figure, unit)]
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


def _so_many(told: Told, w: Way) -> Fault | None:
    """An event that counts from so many people up, told by how many they were: 10人以上集体讨薪的，每起 and 三十余名工人集体讨薪."""
    clause = told.ask.clause
    if clause.lower is None or "以上" not in clause.text or not alike(clause.unit or "", "人") or clause.unit == clause.per_unit or told.near < 0.85 or told.says(w.own) < 0.6:
        return None
    f = next((c.figure for c in told.s.cited if alike(c.figure.unit, "人") and c.figure.number is not None and c.figure.number >= clause.lower), None)
    head = (content_words(w.way.text) or ("",))[-1]  # what happened
    if f is None or not head or not says(head, told.s.text):
        return None
    return Fault(Decimal(1), (f,), told.line, context(told.scene, told.ask, told.line, told.k), told.fit(w), True, literal=True)


def _was_late(told: Told, w: Way) -> bool:
    """Whether a statement says that so many were late with a duty that is to be done in time, and that was told just before."""
    timely = w.way.mark[:1] in "未没不" and any(x in w.way.mark or x in w.way.text[:6] for x in marks("in_time"))
    late = any(x in told.s.text for x in marks("late")) and told.s.said.polarity == "done"
    lead = told.scene.before(told.line) if told.s.text.startswith(marks("others")) else told.lead
    return timely and late and told.near >= 0.85 and cover(w.done, (told.s.text, 1.0), (lead, 1.0)) >= 0.5


def _only_whom(asked: str, text: str) -> bool:
    """Whether a text says only of whom a fault is asked, and nothing of what they did: 矫正对象412人 of 矫正对象重新犯罪."""
    words = [w for w in content_words(asked) if not light(w)]
    return len(words) > 2 and all(says(w, text) < 0.5 for w in words[len(words) // 2 + 1 :])


def _divided(told: Told, f: Figure) -> bool:
    """Whether a number is divided among things that have rows of their own."""
    rows = [r.name.text for r in told.scene.rows]
    for r in told.scene.relations:
        if r.type == "parts" and r.total == f.index:
            heads = [told.scene.report.figures[p].subject for p in r.parts]
            if any(h and any(h[:4] in name or name[:4] in h for name in rows) for h in heads):
                return True
    return False


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
