"""Values against last year's or against the average of all: which way they moved and by how much."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from audit.grounds.asks import HUNDRED, Ask
from audit.grounds.scene import Scene
from audit.grounds.values import PERCENT, alike_end, context, sought, was_set
from extractor.report import Figure
from extractor.statements import Line, Statement
from patterns.demand import PERCENTAGE_POINTS
from patterns.speech import marks, moved

CERTAIN = 0.8  # fit of what is told of the very value that the row's cell gives
MEASURES = (*PERCENT, *PERCENTAGE_POINTS)  # units in which the size of a move is told: 增加2家 is no 增长5%


@dataclass(frozen=True, slots=True)
class Move:
    """How a value moved against last year's: its way, by how much (percent or points, never negative) where figures say so."""

    way: str
    size: Decimal | None
    line: Line
    statements: tuple[Statement, ...]
    figures: tuple[Figure, ...]
    fit: float
    forecast: bool = False
    points: bool = False
    average: bool = False


def moves(scene: Scene, ask: Ask) -> list[Move]:
    """What lines say of how a clause's value moved, best first."""
    out = []
    for line, _ in scene.lines(ask):
        for k, s in enumerate(line.statements):
            if s.said.polarity == "plan" or scene.later_year(s):
                continue
            for c in s.cited:
                f = c.figure
                told = f.role == "change" or (f.role == "target" and f.unit in PERCENT and moved(c.before) and not was_set(c))
                if not told or f.number is None or c.bar:
                    continue
                fit = sought(scene, ask, line, k, c) + 0.05 * alike_end(_name(ask.demand.subject), _name(c.before))
                way = "down" if f.down else "up"
                way = moved(c.before[-6:]) or moved(c.before) or way
                out.append(
                    Move(
                        way,
                        f.number if f.unit in MEASURES or ask.clause.unit not in MEASURES else None,
                        line,
                        context(scene, ask, line, k),
                        (f,),
                        fit + 0.05,
                        f.modality == "forecast" or s.said.forecast or f.index in scene.expected,
                        f.unit in PERCENTAGE_POINTS,
                    )
                )
            out += _two_years(scene, ask, line, k, s)
            if ask.demand.others:
                out += _average(scene, ask, line, k, s)
            way = moved(s.text)
            if way and not any(c.figure.role == "change" for c in s.cited) and any(w in s.text for w in (*marks("last_year"), *_by_number(scene))):
                fit = scene.sought(ask, line, k) + 0.2 * scene.relevance(line, ask.row.no)
                out.append(Move(way, None, line, context(scene, ask, line, k), s.figures, fit, s.said.forecast))
    out += _of_own_value(scene, ask)
    if ask.demand.others:  # against the average of all, whatever moved against last year
        out = [m for m in out if m.average] or out
    return sorted(out, key=lambda m: (-round(m.fit, 4), m.line.start))


def _name(text: str) -> str:
    """What moved, without the words of how: 增加值电耗 of 增加值电耗比上年下降."""
    text = text.split("，")[-1]
    while (cut := next((w for w in marks("moves_by") if text.endswith(w)), "")):
        text = text[: -len(cut)]
    return text


def _of_own_value(scene: Scene, ask: Ask) -> list[Move]:
    """How the value that the row's own cell gives (完成值 3.12亿元) moved, wherever the narrative tells of it and in whatever words."""
    if ask.place[1] > 1 or ask.demand.others:
        return []
    out = []
    for line, k, cited in scene.repeated(ask.row.no):
        for r in scene.relations:
            if r.type != "growth" or not r.said or r.now != cited.figure.index or r.percent is None:
                continue
            size = scene.report.figures[r.percent]
            run = [j for j, s in enumerate(line.statements) if size in s.figures]
            if size.number is None or size.unit not in MEASURES or not run or scene.around(line).outlook:
                continue
            statements = line.statements[min(k, run[0]) : max(k, run[0]) + 1]
            out.append(Move("down" if r.down else "up", size.number, line, statements, (size,), CERTAIN, size.modality == "forecast",
                            size.unit in PERCENTAGE_POINTS))
    return out


def _average(scene: Scene, ask: Ask, line: Line, k: int, s: Statement) -> list[Move]:
    """A value against the average of all: 高于全市平均增速1.8个百分点, 比全市平均的68.9天少6.5天."""
    if "平均" not in s.text or not any(w in s.text for w in ("全市", "全省", "全国", "全区", "全县")):
        return []
    told = s.text
    run = context(scene, ask, line, k)
    if not any(w in told for w in (*marks("above"), *marks("under"))) and k + 1 < len(line.statements):
        told += line.statements[k + 1].text  # 跟全市平均13.0平方米比，还矮0.6平方米
        run = (*run, line.statements[k + 1]) if line.statements[k + 1] not in run else run
    up, down = any(w in told for w in marks("above")), any(w in told for w in marks("under"))
    if up == down and not up:
        return []
    way = "down" if down and not any(w in told for w in marks("above")[:6]) else "up"
    sizes = [c.figure for c in s.cited if c.figure.unit in PERCENTAGE_POINTS]
    f = sizes[-1] if sizes else None
    fit = scene.sought(ask, line, k)
    return [
        Move(
            way,
            f.number if f else None,
            line,
            run,
            tuple(c.figure for c in s.cited),
            fit + 0.1,
            s.said.forecast,
            f is not None,
            True,
        )
    ]


def _two_years(scene: Scene, ask: Ask, line: Line, k: int, s: Statement) -> list[Move]:
    """This year's value beside last year's: 6起（上年9起）, 上年为69例."""
    out = []
    for c in s.cited:
        f = c.figure
        if f.number is None or f.role in ("target", "limit", "change") or not any(w in c.before for w in (*marks("last_year"), *_by_number(scene))):
            continue
        now = [
            (j, t, d)
            for j, t in enumerate(line.statements[: k + 1])
            for d in t.cited
            if d.figure.unit == f.unit
            and d.figure.role == "actual"
            and d.figure.start < f.start
            and d.figure.number is not None
            and not any(w in d.before for w in marks("last_year"))
        ]
        after = c.after
        if not now:
            continue
        j, _, d = now[-1]
        assert d.figure.number is not None
        fit = max(sought(scene, ask, line, j, d), sought(scene, ask, line, k, c))
        gap = d.figure.number - f.number
        way = "up" if gap > 0 else "down" if gap < 0 else "flat"
        size = abs(gap) if f.unit in PERCENT else abs(gap) / f.number * HUNDRED if f.number else None
        if len(after) > 1 and moved(after) and "个百分点" not in after:
            size = None
        out.append(
            Move(
                way,
                size,
                line,
                tuple(dict.fromkeys((*context(scene, ask, line, j), *line.statements[j : k + 1]))),
                (d.figure, f),
                fit,
                d.figure.modality == "forecast" or line.statements[j].said.forecast,
                f.unit in PERCENT,
            )
        )
    return out


def _by_number(scene: Scene) -> tuple[str, ...]:
    """Last year by its number, beside a value or a comparison: 420人（2023年为452人）, 与2023年持平."""
    year = scene.report.year
    return tuple(f"{a}{year - 1}年{b}" for a, b in (("", "为"), ("", "是"), ("", "的"), ("与", ""), ("比", ""), ("较", ""), ("同", ""))) if year is not None else ()
