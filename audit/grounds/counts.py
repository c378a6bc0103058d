"""Numbers other than shares that answer a clause: counts, amounts, points, ranks, things listed and things missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from audit.grounds.asks import Ask
from audit.grounds.scene import Scene
from audit.grounds.values import LEAST, Reading, alike, asked_for, context, made, marked, named, ordered, per_head, sought, too_few, usable
from extractor.report import Figure
from extractor.statements import Cited, Line
from patterns.content import content_words, cover, deeds
from patterns.demand import PERCENTAGE_POINTS, POINTS
from patterns.speech import fitting_level, levels, marks, only_begun, other_grade, rank

REPEATED = 0.2  # what the row's own cell repeats is so much surer
SCALES = {"万": Decimal(10_000), "亿": Decimal(100_000_000)}


def counts(scene: Scene, ask: Ask, unit: str) -> list[Reading]:
    """Numbers of things of a unit that a clause may ask for, best first."""
    out = []
    done = dict.fromkeys(deeds(ask.terms), 1.0)
    net = any(w in ask.demand.subject for w in marks("net"))
    crowd = unit in ("人", "名", "人次") or any(w in ask.demand.subject for w in ("参加", "参训", "参与", "培训"))
    for line, _ in scene.lines(ask):
        for k, s in enumerate(line.statements):
            for c in s.cited:
                f = c.figure
                kind = alike(f.unit, unit)
                least = ask.demand.per_head and f.bound == ">=" and s.said.polarity == "done" and per_head(s, c) and not asked_for(c)
                if (
                    not kind
                    or not (usable(scene, s, c) or least or (net and f.role == "change" and c.before.endswith(marks("net")) and usable(scene, s, c, True)))
                    or ("净" in ask.demand.subject and "净" not in s.text)  # 年末186家 is no net number
                    or s.said.polarity in ("not", "none")
                    or not fitting_level(ask.demand.subject, _levelled(line, k, c))
                    or other_grade(ask.demand.subject, c.before)
                    or _of_a_neighbour(ask, c)
                ):
                    continue
                if ask.demand.per_head and not per_head(s, c):
                    continue
                if "，其中" in ask.demand.subject and cover(ask.rare, (c.before + c.after, 1.0), (c.scope, 0.9)) < 0.4:
                    continue
                if (c.crowd and not crowd) or (s.text.startswith(marks("others")) and "其余" not in ask.demand.subject):
                    continue  # 其余两次为视频会议 is part of a number told before
                if only_begun(ask.demand.subject, "".join(x.text for x in line.statements[k : k + 2])):
                    continue
                after = line.statements[k + 1] if k + 1 < len(line.statements) else None
                told = s.text + (after.text if after is not None and not any(x.figure.unit == f.unit for x in after.cited) else "")  # 立案5件，办结4件
                fit = (
                    marked(ask, s, c)
                    + sought(scene, ask, line, k, c) * (0.75 + 0.25 * kind)
                    + (0.2 * cover(done, (s.text, 1.0), (told, 0.6)) + 0.05 * cover(done, (c.before, 1.0)) if done else 0.0)
                )
                if fit >= LEAST:
                    times = _times(line, k, c)
                    found = made(scene, ask, (f.number or Decimal(0)) * times, line, k, c, fit)
                    out.append(replace(found, high=None, how="spread") if times == 0 else found)
    if not out:
        out = _by_words(scene, ask, unit)
    out += _together(ask, out)
    if levels(ask.demand.subject):  # 省级以上: a number that names its level before one that names none
        out = [r for r in out if levels("".join(s.text for s in r.statements))] or out
    return ordered(out)


def _of_a_neighbour(ask: Ask, c: Cited) -> bool:
    """Whether the words right before a number name a thing that only another clause of the rule counts: 新认证绿色食品3个 is no 地理标志农产品."""
    if not ask.demand.dealt:
        return False
    words = content_words(c.before.split("、")[-1])
    return any(w in ask.foreign for w in words) and not any(w in ask.rare for w in words)


def _levelled(line: Line, k: int, c: Cited) -> str:
    """The words that name the level of government a number is of: those before it, its statement's, or of the last one before that names any
    (两项做法被市局推广，以上共3项)."""
    return next((text for text in (c.before, *(s.text for s in reversed(line.statements[: k + 1]))) if levels(text)), "")


def _together(ask: Ask, found: Sequence[Reading]) -> list[Reading]:
    """The sum of the numbers that one line tells of each thing a clause names (国家标准2项、行业标准1项), or of each level that counts (中央媒体1篇、省级媒体2篇)."""
    by_line: dict[int, list[Reading]] = {}
    for r in found:
        if r.how == "stated" and len(r.figures) == 1 and not any(s.said.polarity == "plan" for s in r.statements):
            by_line.setdefault(r.line.index, []).append(r)
    out: list[Reading] = []
    top = max(found, key=lambda r: r.fit, default=None)
    for here in by_line.values():
        if top not in here:
            continue
        here.sort(key=lambda r: r.figures[0].start)
        before = {c.figure.start: c.before for s in here[0].line.statements for c in s.cited}
        said = [before.get(r.figures[0].start, "").split("、")[-1].split("和")[-1] for r in here]
        parts = [(x, r) for x, r in zip(said, here, strict=True) if not r.whole]
        wholes = {r.low for r in here if r.whole}
        said, here = [x for x, _ in parts], [r for _, r in parts]
        if len({r.figures[0].unit for r in here}) != 1 or any(w in x for x in before.values() for w in ("以上", "包括")):
            continue
        nested = any("其中" in x for x in before.values())
        chosen = _of_names(ask.demand.items, here, said) or ([] if nested else _of_levels(ask.demand.subject, here, said))
        if len(chosen) < 2:
            continue
        total = sum((r.low for r in chosen), Decimal(0))
        if wholes - {total}:
            continue  # its own sum says otherwise
        first, last = (here[0].line.statements.index(x) for x in (chosen[0].statements[0], chosen[-1].statements[-1]))
        best = max(chosen, key=lambda r: r.fit)
        out.append(replace(best, low=total, high=total, statements=here[0].line.statements[first : last + 1], how="listed",
                           figures=tuple(r.figures[0] for r in chosen), fit=best.fit + 0.2, rare=max(r.rare for r in chosen)))
    return out


def _of_names(items: Sequence[str], here: Sequence[Reading], said: Sequence[str]) -> list[Reading]:
    """The readings before which the names that a clause lists stand, each name once; none where a name is missing or not told apart."""
    if len(items) < 2:
        return []
    words = [dict.fromkeys(content_words(i), 1.0) or {i: 1.0} for i in items]
    own = [{w: v for w, v in x.items() if sum(w in y for y in words) == 1} or x for x in words]
    at = [[k for k, w in enumerate(own) if cover(w, (text, 1.0)) >= 0.9] for text in said]
    named = [(k[0], r) for k, r in zip(at, here, strict=True) if len(k) == 1]
    return [r for _, r in named] if len({k for k, _ in named}) == len(named) >= 2 else []


def _of_levels(asked: str, here: Sequence[Reading], said: Sequence[str]) -> list[Reading]:
    """The readings of several levels of government, each told once, where a clause counts all from one level up (市级以上)."""
    if "以上" not in asked or not levels(asked):
        return []
    found = [(levels(text), r) for text, r in zip(said, here, strict=True) if len(levels(text)) == 1]
    fitting = [r for text, r in zip(said, here, strict=True) if len(levels(text)) == 1 and fitting_level(asked, text)]
    return fitting if len({next(iter(x)) for x, _ in found}) == len(found) else []


def _by_words(scene: Scene, ask: Ask, unit: str) -> list[Reading]:
    """Numbers of times that are no cited figures (年内办了两期, 上、下半年各一次), where they are as many as asked for: they convict nobody."""
    least = ask.clause.lower if ask.clause.lower is not None else ask.demand.level
    out = []
    if least is None:
        return []
    for line, _ in scene.lines(ask):
        for k, s in enumerate(line.statements):
            found = [(n, before) for n, u, before in s.spoken if alike(u, unit)]
            if not found or s.said.polarity != "done" or scene.other_year(s):
                continue
            value = Decimal(sum(n * max(1, _among(before)) for n, before in found))
            fit = scene.sought(ask, line, k) + 0.2 * scene.relevance(line, ask.row.no)
            if value >= least and fit >= LEAST:
                out.append(Reading(value, None, line, context(scene, ask, line, k), (), fit))
    return out


def _among(before: str) -> int:
    """Of how many things named before it a number is told each time (上、下半年各); 0 where of none."""
    if not before.endswith("各"):
        return 0
    return len([x for x in before[:-1].replace("和", "、").replace("及", "、").split("、") if x])


def _times(line: Line, k: int, c: Cited) -> int:
    """How many times a number counts that holds for each of the things named before it (5月、10月各组织1次: 2); 0 where they are not named."""
    before = c.before
    at = max(before.rfind(w) for w in marks("spread"))
    if before[at : at + 1] == "各" and before[at + 1 : at + 2] in tuple("类项种级地界方式色行"):
        return 1
    if at < 0 or len(before) - at > 8 or len(line.statements[k].cited) != 1:
        return 1
    names = [x for x in before[:at].replace("和", "、").replace("及", "、").split("、") if x]
    if len(names) < 2:
        return 1 if "分别" in before or "均" in before else 0
    return len(names)


def unitless(scene: Scene, ask: Ask) -> list[Reading]:
    """Numbers without a unit (死亡率为0.17, 差异系数0.41) that a level without one may ask for, best first."""
    out = []
    for line, _ in scene.lines(ask):
        for k, s in enumerate(line.statements):
            for c in s.bare:
                if not usable(scene, s, c) or c.figure.number is None:
                    continue
                fit = sought(scene, ask, line, k, c) + 0.15 * max(0.0, named(ask, line, k, c))
                if fit >= LEAST:
                    out.append(made(scene, ask, c.figure.number, line, k, c, fit))
    return ordered(out)


def amounts(scene: Scene, ask: Ask, unit: str) -> list[Reading]:
    """Measures other than shares and counts, in the clause's own unit, best first."""
    out = [] if unit else unitless(scene, ask)
    if out:
        return out
    for line, _ in scene.lines(ask):
        for k, s in enumerate(line.statements):
            for c in s.cited:
                f = c.figure
                value = in_unit(f, unit)
                if (
                    value is None
                    or not usable(scene, s, c)
                    or (f.index in scene.report.total_of and (f.unit, f.number) not in scene.told_in_cells(ask.row.no))
                    or (ask.demand.per_head and not per_head(s, c))
                ):
                    continue
                fit = sought(scene, ask, line, k, c) + 0.15 * max(0.0, named(ask, line, k, c))
                if fit >= LEAST:
                    out.append(replace(made(scene, ask, value, line, k, c, fit), low=value, high=value))
    return ordered(out)


def in_unit(f: Figure, unit: str) -> Decimal | None:
    """A figure's number in another unit of its dimension (12846万元 in 亿元 is 1.2846); None where it is of another one."""
    if f.number is None or f.unit in POINTS:
        return None
    if not unit or f.unit == unit:
        return f.number
    scale = next((v for k, v in SCALES.items() if unit.startswith(k)), Decimal(1))
    plain = unit.removeprefix("万").removeprefix("亿")
    base_unit = f.base_unit or f.unit
    if base_unit == plain and f.base is not None:
        return f.base / scale
    if "/" in f.unit + unit and f.unit.split("/")[0] == unit.split("/")[0]:
        return f.number  # 批次/千人 and 批次
    if plain in base_unit and f.base is not None and not base_unit.startswith(f"{plain}次"):
        return f.base / scale
    return None


def points(scene: Scene, ask: Ask) -> list[Reading]:
    """Differences in percentage points that a clause may ask for, best first."""
    out = []
    for line, _ in scene.lines(ask):
        for k, s in enumerate(line.statements):
            for c in s.cited:
                if c.figure.unit in PERCENTAGE_POINTS and c.figure.number is not None and s.said.polarity != "plan" and not c.bar:
                    fit = sought(scene, ask, line, k, c)
                    if fit >= LEAST:
                        out.append(made(scene, ask, c.figure.number, line, k, c, fit))
    return ordered(out)


def listed(scene: Scene, ask: Ask, items: Sequence[str]) -> Reading | None:
    """How many of the things that a clause lists one sentence names: 机关、学校、企业、社区四类."""
    best: tuple[int, float, Reading] | None = None
    for line, fit in scene.lines(ask):
        for k, s in enumerate(line.statements):
            if s.said.polarity in ("plan", "not"):
                continue
            named = [i for i in items if cover(dict.fromkeys(content_words(i), 1.0) or {i: 1.0}, (s.text, 1.0)) >= 0.7]
            counted = any(f.number == len(named) and f.unit in marks("counted") for f in s.figures)  # 甲、乙、丙3个中心已通过
            text = s.text + (line.statements[k + 1].text if k + 1 < len(line.statements) and not counted else "")
            said = named if counted else [i for i in items if cover(dict.fromkeys(content_words(i), 1.0) or {i: 1.0}, (text, 1.0)) >= 0.7]
            if len(said) * 2 < len(items):
                continue
            n = Decimal(len(said))
            run = line.statements[k : k + (1 if counted else 2)]
            if best is None or (len(said), fit) > best[:2]:
                figures = tuple(f for x in run for f in x.figures)
                best = (len(said), fit, Reading(n, n, line, run, figures, fit, "listed", whole=counted))
    return best[2] if best else None


def ranks(scene: Scene, ask: Ask) -> list[Reading]:
    """Ranks that are told of a clause's matter (排名第3位), best first."""
    out = []
    for line, _ in scene.lines(ask):
        for k, s in enumerate(line.statements):
            value = rank(s.text)
            if value is not None and s.said.polarity != "plan" and not s.said.last:
                fit = scene.sought(ask, line, k) + 0.2 * scene.relevance(line, ask.row.no)
                out.append(Reading(Decimal(value), Decimal(value), line, context(scene, ask, line, k), (), fit, forecast=s.said.forecast))
    if len({r.low for r in out}) == 1 and any(scene.around(r.line).row == ask.row.no for r in out):
        out = [replace(r, fit=r.fit + REPEATED) for r in out]  # the only rank that is told, in the row's own cell (列第5)
    return ordered(out)


def missing(scene: Scene, ask: Ask) -> Reading | None:
    """How many are missing, where the report says so itself: 少聘3人."""
    for line, _ in scene.lines(ask):
        for k, s in enumerate(line.statements):
            for c in s.cited:
                if (
                    (c.before.endswith(marks("lacking")) or too_few(c))
                    and alike(c.figure.unit, ask.clause.per_unit or "")
                    and c.figure.number
                    and s.said.polarity != "plan"
                ):
                    return Reading(c.figure.number, c.figure.number, line, context(scene, ask, line, k), (c.figure,), 1.0)
    return None


def enumerated(scene: Scene, ask: Ask) -> Reading | None:
    """How many categories a sentence lists, where a clause counts categories without naming them: 进机关、进企业、进学校."""
    best: tuple[float, Reading] | None = None
    for line, fit in scene.lines(ask):
        for s in line.statements:
            items = max((run.count("、") + 1 for run in s.text.replace("和", "、").replace("及", "、").split("，")), default=1)
            if items < 2 or s.said.polarity in ("plan", "not"):
                continue
            value = scene.own(ask, s.text) + 0.5 * fit + 0.02 * items
            if scene.own(ask, s.text) >= 0.3 and (best is None or value > best[0]):
                best = (value, Reading(Decimal(items), None, line, (s,), (), fit, "listed"))
    return best[1] if best else None
