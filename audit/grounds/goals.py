"""Goals and what was done of them: pairs of figures, stated rates, or the report's own words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from audit.grounds.asks import HUNDRED, ZERO, Ask
from audit.grounds.counts import REPEATED, amounts
from audit.grounds.scene import Scene
from audit.grounds.shares import every, rates
from audit.grounds.values import PERCENT, alike, context, of_a_neighbour, percent, sought
from extractor.report import Figure
from extractor.statements import Cited, Line, Statement
from patterns.content import content_words, cover, deeds, light, manner
from patterns.rules.aims import aims
from patterns.speech import marks, reached

THING, THING_AFAR, HOME = 0.4, 0.6, 0.75  # of the words of what a goal is set for, in its indicator's own lines and in another's


@dataclass(frozen=True, slots=True)
class Goal:
    """How far a goal was reached, in percent of it (100 or more: reached): low..high, None where only words say so.

    met: the words or numbers say that it was reached; short, over: by how much it was missed or passed in the quantity's own unit, None where
    unknown; exactly: the percent of it that the two figures make, where another is printed.
    """

    met: bool
    low: Decimal | None
    line: Line
    statements: tuple[Statement, ...]
    figures: tuple[Figure, ...]
    fit: float
    short: Decimal | None = None
    forecast: bool = False
    words: bool = False
    over: Decimal | None = None
    exactly: tuple[Decimal, ...] = ()


def goals(scene: Scene, ask: Ask) -> list[Goal]:
    """What lines say of a clause's goal, best first."""
    out = []
    thing = {w: v for w, v in ask.all.items() if not (light(w) or manner(w) or deeds((w,)) or any(x in w for x in marks("bare")))}
    if ask.clause.kind == "prorata":
        thing = {}  # a formula names quantities, not things
    for line, _ in scene.lines(ask):
        if not _speaks_of(scene, ask, line, thing):
            continue
        if any(s.said.polarity == "plan" for s in line.statements) and all(
            s.said.polarity == "plan" or not s.figures for s in line.statements
        ):
            continue
        out += _pairs(scene, ask, line)
        out += _rates(scene, ask, line)
        out += _words(scene, ask, line)
    out += [g for g in _against_cell(scene, ask) if _speaks_of(scene, ask, g.line, {})]
    told = scene.told_in_cells(ask.row.no)
    out = [replace(g, fit=g.fit + REPEATED) if scene.around(g.line).row is None and any((f.unit, f.number) in told for f in g.figures) else g for g in out]
    return sorted(out, key=lambda g: (-round(g.fit, 4), g.line.start))


def _speaks_of(scene: Scene, ask: Ask, line: Line, thing: Mapping[str, float]) -> bool:
    """Whether a line names enough of the thing that a goal is set for, in its place, and not that of a neighbouring clause alone:
    绿地建设任务完成 says nothing of 公共充电桩."""
    if of_a_neighbour(ask, line.text):
        return False
    passage = scene.around(line)
    if not thing or passage.row is not None:
        return True
    said = cover(thing, (line.text, 1.0), (scene.before(line), 1.0), (passage.title, 1.0), (passage.path, 0.5))
    return said >= (THING if scene.relevance(line, ask.row.no) >= HOME else THING_AFAR)


def less_is_better(ask: Ask, words: str) -> bool:
    """Whether a smaller value is the better one: the head word of what is measured says so, or how the two are compared."""
    head = ask.demand.subject
    for w in ("完成", "达到", "年度", "目标值", "目标", "任务", "指标", "要求", "市下达", "下达", "控制", "不超过", "不突破", "不超", "的", "值"):
        head = head.replace(w, "")
    if ask.demand.inverse or ("控制" in words and "低于" in words):
        return True
    return (
        any(head.endswith(w) for w in marks("less"))
        or any(w in ask.demand.subject for w in ("不超", "不突破", "控制在"))
        or any(w in words for w in ("好于", "优于", "未突破", "未超", "控制在", "以内", "之内"))
    )


def _stays_below(words: str) -> bool:
    """Whether a sentence says that a value lies below what it is held against (比控制目标4.5%低0.88个百分点): no miss where less is better."""
    return words.startswith(("比", "较", "低于")) and any(w in words for w in ("低", "少"))


def _near(scene: Scene, ask: Ask, line: Line, k: int, cited: Cited) -> float:
    return sought(scene, ask, line, k, cited)


def _pairs(scene: Scene, ask: Ask, line: Line) -> list[Goal]:
    """A figure that was asked for beside the one that was done, as relations say, else as their roles do."""
    places = [(k, s, c) for k, s in enumerate(line.statements) for c in s.cited if c.figure.number is not None]
    at = {c.figure.index: (k, s, c) for k, s, c in places}
    out: list[Goal] = []
    told: set[int] = set()
    for r in scene.goals_of(at):
        of_another = r.target in at and at[r.target][2].figure.unit in PERCENT and "占" in at[r.target][2].before  # 占计划投资的75%
        if r.target is not None and r.actual in at and r.said and not of_another and not at[r.actual][2].before.endswith(marks("difference")):
            told.add(r.target)
            out += _pair(
                scene,
                ask,
                line,
                at[r.target],
                at[r.actual],
                at.get(r.percent) if r.percent is not None else _rate(places, at[r.target][2].figure),
            )
    for k, s, c in places:
        f = c.figure
        if f.role != "target" or f.index in told or f.modality == "plan" or scene.later_year(s):
            continue
        kin = [
            (j, t, d)
            for j, t, d in places
            if d.figure is not f
            and d.figure.role == "actual"
            and _kin(d.figure, f)
            and scene.report.total_of.get(d.figure.index, f.index) == f.index  # 3.62%，比控制目标4.5%低0.88个百分点: a part of the goal itself
            and "（" not in d.before
            and not any(w in d.before for w in marks("last_year"))
            and not d.before.endswith(marks("difference"))
            and not t.text.startswith(("其中", "分别", "包括"))
            and d.figure.modality in ("fact", "forecast")
            and not scene.other_year(t)
            and not (d.figure.unit in PERCENT and ("完成" in d.before or "占" in d.before))
        ]
        if not kin:
            continue
        back = any(c.before.rstrip("了到过的（(").endswith(w) for w in marks("backward"))
        done = min(kin, key=lambda x: (abs(x[0] - k), (x[2].figure.start < f.start) != back, abs(x[2].figure.start - f.start)))
        if (
            reached(s.text)
            and done[1] is not s
            and f.base is not None
            and done[2].figure.base is not None
            and done[2].figure.base < f.base
            and not less_is_better(ask, s.text)
        ):
            continue  # 年度任务7万亩如期完成: what stands before is a part of it
        rate = _rate(places, f)
        out += _pair(scene, ask, line, (k, s, c), done, rate)
    return out


def _against_cell(scene: Scene, ask: Ask) -> list[Goal]:
    """Values held against the goal that the row's own cell (目标值 ≥24%) or its rule (目标为95%。达到目标值得满分) sets."""
    out = []
    for q in scene.narrative.targets.get(ask.row.no, ()) or aims(ask.row.rule.text):
        if q.number is None or not q.number or (q.unit in PERCENT and "完成率" in ask.demand.subject):
            continue
        read = rates(scene, ask) if q.unit in PERCENT else amounts(scene, ask, q.unit)
        for r in read[:3]:
            wanted = q.number / 10 if q.unit == "‰" else q.number
            less = q.bound in ("<=", "<") or (q.bound == "" and less_is_better(ask, ""))
            met = r.low <= wanted if less else r.low >= wanted
            share = r.low / wanted * HUNDRED if not less else HUNDRED if met else HUNDRED * wanted / r.low
            out.append(Goal(met, share, r.line, r.statements, r.figures, r.fit + 0.1, abs(r.low - wanted), r.forecast))
    return out


def _rate(places: Sequence[tuple[int, Statement, Cited]], goal: Figure) -> tuple[int, Statement, Cited] | None:
    """The stated rate of completion after a goal."""
    if goal.unit in PERCENT:
        return None
    return next(
        (
            (j, t, d)
            for j, t, d in places
            if d.figure.unit == "%"
            and d.figure.start > goal.start
            and ("完成率" in d.before or "完成任务" in d.before or d.before.endswith("的"))
        ),
        None,
    )


def _kin(a: Figure, b: Figure) -> bool:
    return _family(a) == _family(b) or (a.base_unit == a.unit and b.base_unit == b.unit and alike(a.unit, b.unit) > 0)


def _family(f: Figure) -> str:
    return f.unit if f.unit in (*PERCENT, "个百分点") else f.base_unit or f.unit


def _pair(
    scene: Scene,
    ask: Ask,
    line: Line,
    goal: tuple[int, Statement, Cited],
    done: tuple[int, Statement, Cited],
    rate: tuple[int, Statement, Cited] | None,
) -> list[Goal]:
    a, b = done[2].figure, goal[2].figure
    x, y = (a.base, b.base) if a.base is not None and b.base is not None and _family(a) == _family(b) else (a.number, b.number)
    if x is None or y is None or y == 0:
        return []
    fit = max(_near(scene, ask, line, *_where(goal)), _near(scene, ask, line, *_where(done)))
    first, last = min(goal[0], done[0]), max(goal[0], done[0], rate[0] if rate else 0)
    run = line.statements[first : last + 1] if last - first < 4 else (goal[1], done[1])
    words = "".join(s.text for s in run)
    said = reached(goal[1].text)
    value = x / y * HUNDRED
    exactly = (value,)
    if less_is_better(ask, words) and (said is not False or _stays_below(goal[1].text)):
        met = x <= y
        value = HUNDRED if met else HUNDRED * y / x if x else HUNDRED
        short = max(ZERO, (a.number or ZERO) - (b.number or ZERO)) if a.unit == b.unit else None
    else:
        met = value >= HUNDRED
        short = max(ZERO, (b.number or ZERO) - (a.number or ZERO)) if a.unit == b.unit else None
    figures = tuple(dict.fromkeys((b, a, *((rate[2].figure,) if rate else ()))))
    if rate is not None and (stated := percent(rate[2].figure)) is not None:
        if abs(stated - value) <= Decimal("0.6"):
            value = stated if stated != HUNDRED else value
        elif a.role == "actual" and _other_fits(line, a, b, stated):
            return []  # 融资5.38亿元，专利质押4.12亿元，为目标4.5亿元的119.6%: the share says of which figure it is
    forecast = a.modality == "forecast" or done[1].said.forecast
    start = context(scene, ask, line, first)
    whole = tuple(dict.fromkeys((*start, *run)))
    if whole != line.statements[line.statements.index(whole[0]) : line.statements.index(whole[0]) + len(whole)]:
        whole = tuple(run)
    over = max(ZERO, (a.number or ZERO) - (b.number or ZERO)) if a.unit == b.unit else None
    return [Goal(met, value, line, whole, figures, fit + 0.1, short, forecast, over=over, exactly=exactly)]


def _other_fits(line: Line, done: Figure, goal: Figure, stated: Decimal) -> bool:
    """Whether another figure of the line makes the stated share of a goal."""
    return any(
        f is not done and f is not goal and f.base is not None and goal.base and _family(f) == _family(goal)
        and abs(f.base / goal.base * HUNDRED - stated) <= Decimal("0.6")
        for f in line.figures
    )


def _where(place: tuple[int, Statement, Cited]) -> tuple[int, Cited]:
    return place[0], place[2]


def _rates(scene: Scene, ask: Ask, line: Line) -> list[Goal]:
    """A stated rate of completion."""
    out = []
    for k, s in enumerate(line.statements):
        for c in s.cited:
            value = percent(c.figure)
            if value is None or c.figure.role in ("target", "limit") or s.said.polarity == "plan" or scene.other_year(s):
                continue
            before = c.before.strip("，的为是达到约共（(")
            rate = any(w in c.before for w in marks("completion")) or before.endswith(marks("completed"))
            of_goal = c.before.endswith("的") and (before.endswith(marks("goal_named")) or (not before and any(x.figure.role == "target" for x in s.cited)))
            if not (rate or of_goal) or c.before.endswith(("（", "(")):
                continue
            fit = _near(scene, ask, line, k, c)
            out.append(
                Goal(
                    value >= HUNDRED,
                    value,
                    line,
                    context(scene, ask, line, k),
                    (c.figure,),
                    fit + 0.05,
                    None,
                    c.figure.modality == "forecast" or s.said.forecast,
                )
            )
    return out


def _same_goal(ask: Ask, text: str) -> bool:
    """Whether a goal is named by words of the clause alone: 年度建设任务 of a clause on 高标准农田建设任务, not 年度节能目标 of one on 人均能耗."""
    at = min((k for w in marks("goal") if (k := text.find(w)) > 0), default=-1)
    return at > 0 and all(cover({w: 1.0}, ("，".join(ask.all), 1.0)) >= 0.9 for w in content_words(text[:at]))


def _words(scene: Scene, ask: Ask, line: Line) -> list[Goal]:
    """Words alone: 年度任务如期完成, 未达到50%的目标值, 全部完成."""
    out = []
    passage = scene.around(line)
    for k, s in enumerate(line.statements):
        if s.said.polarity == "plan" or scene.other_year(s) or scene.later_year(s):
            continue
        said = reached(s.text)
        if said is None or (said is False and less_is_better(ask, s.text) and _stays_below(s.text)):
            continue  # below a goal that is not to be exceeded is no miss
        lead = "".join(x.text for x in line.statements[max(0, k - 3) : k])
        row = ask.row.name.text if passage.row is not None else ""
        fit = scene.sought(ask, line, k) + 0.2 * scene.relevance(line, ask.row.no)
        rare = cover(ask.rare, (s.text, 1.0), (lead, 0.85), (passage.title, 0.6), (row, 0.6))
        if rare < 0.4:
            continue
        # The goal must be this clause's: named in the statement itself, or the statement only says how it went (超额完成任务).
        if cover(ask.rare, (s.text, 1.0), (row, 0.6)) < 0.34 and not s.text.startswith(marks("bare")) and not _same_goal(ask, s.text):
            continue
        expected = s.said.forecast or (k > 0 and line.statements[k - 1].said.forecast)
        out.append(Goal(said, None, line, context(scene, ask, line, k), s.figures, fit, None, expected, True))
    for r in every(scene, ask, line):
        out.append(Goal(True, HUNDRED, line, r.statements, r.figures, r.fit, ZERO))
    return out


def best_of(found: Sequence[Goal]) -> Goal | None:
    """The goal that fits best; where words and figures fit alike, the figures."""
    if not found:
        return None
    top = found[0].fit
    near = [g for g in found if g.fit >= top - 0.12]
    return next((g for g in near if g.low is not None), near[0])
