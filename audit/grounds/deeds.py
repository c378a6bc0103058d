"""Whether the report says that a deed was done, in the words of one passage, every part of the condition told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from audit.grounds.scene import Ask, Scene
from extractor.statements import Line, Passage, Statement
from patterns.content import content_words, cover, deeds, key, light, manner, says
from patterns.records import dataclass
from patterns.speech import faults, fitting_level, leaves_some, marks, only_begun, scoring

PLAIN, AT_HOME = 1.2, 0.1
SAID, COMPACT = 0.73, 0.15  # what the words that a line says and a close-fitting run weigh beside the line's being the indicator's own
SAME_MATTER = 0.4  # of a clause's words, in a statement of the like
FEW = 3  # words of a clause none of which may be wanting
STRONG = 1.28  # fitted with each author left out in turn, the threshold chosen on all of them: in its own line a clause needs two words in five
ENOUGH, PART, RARE, KEYS = 0.6, 0.34, 0.5, 0.4
LITERAL = 6  # characters of a condition that are no phrase of every office
Told = Literal["yes", "no", "part", "plan", "none"]
RANK = {"yes": 4, "no": 3, "part": 2, "plan": 1, "none": 0}


@dataclass(frozen=True, slots=True)
class Deed:
    """What was found: told, how well it fits, and the runs of statements that tell it (line, statements)."""

    told: Told
    fit: float
    runs: tuple[tuple[Line, tuple[Statement, ...]], ...] = ()
    forecast: bool = False


def deed(scene: Scene, ask: Ask) -> Deed:
    """The best that the report says of a clause's deed, over the ways in which it may be done."""
    best = Deed("none", 0.0)
    for way in ask.demand.ways or (ask.demand.subject,):
        terms = _terms(scene, ask, way)
        parts = [t for p in ask.demand.parts if p in way and (t := _terms(scene, ask, p)) and not all(manner(w) or light(w) or w in ("运行", "执行") for w in t)] or [terms]
        for line, _ in scene.lines(ask):
            found = _told(scene, ask, terms, parts, line)
            if _key(found) > _key(best) or (found.told == "no" and best.told == "yes" and found.fit >= best.fit - 0.03):
                best = found
    return best


def _key(found: Deed) -> tuple[int, float]:
    """What is told first (done or not done alike), then how well it fits."""
    return (4 if found.told in ("yes", "no") else RANK[found.told], round(found.fit, 4))


def _terms(scene: Scene, ask: Ask, text: str) -> dict[str, float]:
    """The words of a text, those of manner left out where others are there."""
    found = {w: ask.terms.get(w, v) for w, v in scene.weights.terms(text).items()}
    real = {w: v for w, v in found.items() if not manner(w)}
    return real or found


def _told(scene: Scene, ask: Ask, terms: Mapping[str, float], parts: Sequence[Mapping[str, float]], line: Line) -> Deed:
    passage = scene.around(line)
    row = ask.row.name.text if passage.row is not None else ""
    near = scene.relevance(line, ask.row.no)
    own = cover(terms, (line.text, 1.0))
    if own < 0.2:
        return Deed("none", 0.0)
    if not any(w in ask.demand.subject for w in marks("papers")):
        own = (own + cover(terms, (scene.untitled(line), 1.0))) / 2  # a document's title tells of no deed
    told_text = "".join(s.text for s in line.statements if s.said.polarity != "plan") or line.text
    heading = 0.7 if near >= 0.8 else 0.3
    fit = cover(terms, (line.text, 1.0), (scene.before(line), 0.7), (passage.title, heading), (passage.path, 0.3), (row, 0.7))
    topic = (
        cover(ask.topic, (line.text, 1.0), (scene.before(line), 0.8), (passage.title, 1.0), (passage.path, 0.5), (row, 1.0))
        if ask.topic
        else 1.0
    )
    rare = {w: v for w, v in ask.rare.items() if w in terms} or dict(terms)
    telling = cover(rare, (line.text, 1.0), (passage.title, 0.7), (scene.before(line), 0.7), (row, 0.7))
    run = _run(terms, line)
    if run and all(_only_when(s) for s in run):
        run = line.statements[line.statements.index(run[0]) : line.statements.index(run[-1]) + 2]  # 中国水周期间，领导带头参加活动
    if not run or all(_aside(s) for s in run):
        return Deed("none", 0.0)
    topic_only = all(s.text.rstrip("，、").endswith(marks("topic")) for s in run)
    if topic_only:
        run = line.statements[line.statements.index(run[0]) :]  # 林长协作一事，……至年末仍未会签: what became of it is told behind
    forecast = any(s.said.forecast for s in run)
    # Of sentences that say as much the shorter one is about it: in a long list of matters each is only mentioned.
    close = min(1.0, 2.0 * len(ask.demand.subject) / max(1, sum(len(s.text) for s in run)))
    score = near + SAID * own + COMPACT * close
    runs: list[tuple[Line, tuple[Statement, ...]]] = [(line, run)]
    missing = []
    for part in parts:
        here = cover(part, (told_text, 1.0), (passage.title, 0.6), (row, 0.6))
        if here >= PART:
            continue
        other = _elsewhere(scene, part, line)
        if other is None:
            missing.append(part)
        else:
            runs.append(other)
    run = _spread(parts, run, line)
    if ask.demand.every:
        run = _with_all(terms, run, line)
    runs[0] = (line, run)
    if ask.itemised and (others := _the_others(terms, line)) is not None:
        return Deed("yes", score, ((line, others),), forecast)
    polarity = "not" if topic_only and any(s.said.polarity == "not" for s in run) else _polarity(terms, run)
    agreed = (ask.demand.negated and _same_denial(ask, run)) or _excepted(ask, run)
    if polarity == "not" and agreed:
        polarity = "done"  # 不合格粮食未流入口粮市场
    if polarity == "done" and not ask.demand.negated and _none(terms, run):
        polarity = "not"  # 没有案卷被评为优秀案卷
    if polarity != "not" and _earned_nothing(line, run):
        polarity = "not"  # 这一项按办法不得分
    if polarity == "done" and any(scene.next_year(s) for s in run) and fit >= ENOUGH:
        first = line.statements.index(run[0])
        dated = line.statements[first - 1 : first] if first and line.statements[first - 1].said.year is not None else ()
        return Deed("no", score, ((line, (*dated, *run)),))  # done, but after the year
    if polarity == "done" and fit >= ENOUGH and any(w in ask.clause.condition for w in marks("this_year")) and _before_the_year(scene, run):
        return Deed("no", score, ((line, run),))  # done, but in a former year
    if not fitting_level(ask.demand.subject, "".join(s.text for s in run)):
        return Deed("none", score)
    after = line.statements[line.statements.index(run[-1]) + 1 :][:1]
    if polarity == "plan" and after and after[0].said.polarity in ("not", "none") and not after[0].figures:
        polarity, run = "not", (*run, after[0])  # 原定6月举办，受疫情影响未能开展
    if polarity == "done" and after and after[0].said.polarity == "plan" and after[0].text.startswith("正") and not after[0].figures:
        polarity = "plan"  # 提质改造列入省级项目，正在组织施工
    if polarity == "done" and only_begun(ask.demand.subject, "".join(s.text for s in run)):
        polarity = "plan"
    if polarity == "done" and not agreed and _denied(terms, parts, run):
        polarity = "not"
    if polarity == "done" and ask.demand.every and not agreed and own >= 0.4 and _not_all(terms, line, run):
        polarity = "not"
    if polarity == "done" and ask.demand.every and not agreed and (behind := _behind(scene, terms, run, line)) is not None:
        return Deed("no", score, tuple(sorted(((line, run), behind), key=lambda r: r[0].start)))
    if _another_paper(ask, run):
        return Deed("part" if fit >= ENOUGH else "none", score, ((line, run),))
    strong = near + SAID * own >= STRONG and _as_asked(scene, ask, run, line)
    if (fit < 0.4 or telling < 0.34) and not strong:
        return Deed("none", score)
    if polarity == "plan":
        return Deed("plan", score, ((line, run),), forecast)
    if polarity == "not":
        return Deed("no" if fit >= ENOUGH and own >= 0.5 else "part", score, ((line, run),), forecast)
    need = ENOUGH + 0.25 * max(0.0, 0.8 - near)
    least = RARE
    if (
        near >= 0.95 and scene.raw(line, ask.row.no) >= PLAIN
    ):  # the line plainly is the indicator's own: fewer of the clause's words will do
        need, least = need - AT_HOME, least - 0.08
    verbatim = _verbatim(ask.demand.subject, line)
    at_home = own >= ENOUGH + 0.05 and near >= 0.95  # the indicator's own line says nearly all of it
    if not verbatim and not at_home and len(terms) <= 3 and ask.topic and topic < 0.35 and (near < 0.8 or not any(w in ask.row.name.text for w in terms if not light(w))):
        return Deed("none", score)  # 制度健全 of another matter
    if not verbatim and not at_home and ask.topic and topic < 0.5 and scene.raw(line, ask.row.no) < PLAIN and _plain(ask, terms):
        return Deed("none", score)  # 制定工作方案、细化安排 of another matter
    named = _names(parts, runs, passage, row)
    if not missing and _better(ask, line) and ((strong and (named or len(terms) > FEW)) or (fit >= need and telling >= least and named)):
        return Deed("yes", score, tuple(sorted(runs, key=lambda r: r[0].start)), forecast)
    return Deed("part", score, ((line, run),), forecast)


def _before_the_year(scene: Scene, run: Sequence[Statement]) -> bool:
    """Whether a run dates what was done before the year under report, and in no year besides."""
    dated = [s for s in run if s.said.year is not None]
    return bool(dated) and all(s.said.polarity == "done" and scene.other_year(s) and not s.said.last for s in dated)


def _aside(s: Statement) -> bool:
    """Whether a statement only says when, by what order or for what points something else was done, or where more is told."""
    return (
        s.text.rstrip("，、").endswith(marks("while")) or scoring(s.text) or _by_order(s.text) or any(w in s.text for w in marks("pointer"))
    )


def _by_order(text: str) -> bool:
    """Whether a text only says by what order something was done (根据通知要求), and not what (按照标准配备864名)."""
    return text.startswith(marks("by_order")) and text.rstrip("，、。").endswith(marks("orders"))


def _another_paper(ask: Ask, run: Sequence[Statement]) -> bool:
    """Whether a run names no document of the kind that a clause asks for nor of a like kind, or one that a neighbouring clause asks for."""
    kinds = [w for w in marks("kinds_of_papers") if w in ask.demand.subject]
    others = [w for w in marks("kinds_of_papers") if any(w in x for x in ask.foreign)]
    told = "".join(s.text for s in run)
    issued = ask.demand.subject.startswith("有") or any(w in ask.demand.subject for w in marks("issued"))
    if not kinds or not issued or any(w in told for w in kinds):
        return False
    return any(w in told for w in others) or not any(says(w, told) for w in kinds)


def _as_asked(scene: Scene, ask: Ask, run: Sequence[Statement], line: Line) -> bool:
    """Whether a line tells a thing done as a clause asks for it: of all, in time, and neither as on its way nor as something that did not happen."""
    demand, told = ask.demand, "".join(s.text for s in run)
    if demand.poor or demand.negated or any(w in told for w in marks("on_its_way")) or all(s.said.polarity == "none" for s in run):
        return False
    if demand.every and not any(s.said.all for s in line.statements):
        return False
    return not any(w in demand.subject for w in marks("timely")) or any(w in line.text for w in marks("timely_told"))


def _earned_nothing(line: Line, run: Sequence[Statement]) -> bool:
    """Whether the report itself says, after a deed, that this item earned no points."""
    after = line.statements[line.statements.index(run[-1]) :]
    return any(s.text.startswith(marks("this")) and any(w in s.text for w in marks("no_points")) for s in after)


def _verbatim(subject: str, line: Line) -> bool:
    """Whether a sentence says a condition in its own words, in their order and close together: enough of them that no other matter is
    worded so (制度健全 is no such)."""
    words = list(content_words(subject))
    if len(subject) < LITERAL or len(words) < 2:
        return False
    at = first = line.text.find(words[0])
    for word in words[1:]:
        at = line.text.find(word, at) if at >= 0 else at
    return at >= 0 and at + len(words[-1]) - first <= len(subject) + LITERAL


def _same_denial(ask: Ask, run: Sequence[Statement]) -> bool:
    """Whether all that a run says was not done is what the clause itself asks not to be done."""
    shut = [s for s in run if s.said.polarity == "not"]
    duty = dict.fromkeys(content_words(ask.demand.deed), 1.0)
    return bool(shut and duty) and all(
        s.text[s.said.at : s.said.at + 3] in ask.demand.subject or cover(duty, (s.text[max(0, s.said.at) :], 1.0)) >= 0.6 for s in shut
    )


def _excepted(ask: Ask, run: Sequence[Statement]) -> bool:
    """Whether all that a run says was not done is what the clause itself excepts: 除经批准延期的外全部按期换届."""
    shut = [s for s in run if s.said.polarity == "not"]
    return bool(shut) and "除" in ask.demand.subject and all(s.text[s.said.at : s.said.at + 2] in ask.demand.subject for s in shut)


def _none(terms: Mapping[str, float], run: Sequence[Statement]) -> bool:
    """Whether the statement that says most of a deed says that there was none of it."""
    best = max(run, key=lambda s: cover(terms, (s.text, 1.0)))
    if len(best.cited) == 1 and best.cited[0].figure.number == 0 and best.cited[0].figure.unit in marks("counted"):
        return True  # 获国家级表彰0项
    tail = best.text[max(0, best.said.at) :]
    if best.said.polarity != "none" or best.said.at < 0 or faults(tail[2:]):
        return False
    thing = {w: 1.0 for w in list(terms)[-1:] if not light(w)}  # 全国、省里都没有给过新的表彰
    return cover(terms, (tail, 1.0)) >= 0.8 or (bool(thing) and cover(thing, (tail, 1.0)) >= 0.9 and cover(terms, (best.text, 1.0)) >= PART)


def _plain(ask: Ask, terms: Mapping[str, float]) -> bool:
    """Whether a clause's own words name no matter: they are shared by many rules, or are deeds and documents alone."""
    telling = sum(v for w, v in terms.items() if not (light(w) or key(w) or manner(w)))
    return telling < 1.0 and not any(w in ask.row.name.text for w in terms if not light(w))


def _only_when(s: Statement) -> bool:
    """Whether a statement names the day or week on which something is done."""
    text = s.text.rstrip("，、")
    return text.endswith("期间") and text[-3:-2] in tuple("日周月节季")


def _spread(parts: Sequence[Mapping[str, float]], run: tuple[Statement, ...], line: Line) -> tuple[Statement, ...]:
    """A run stretched to the statements that tell the parts of a condition which it leaves out."""
    for part in parts if len(parts) > 1 else ():
        whole = cover(part, (line.text, 1.0))
        if cover(part, ("".join(s.text for s in run), 1.0)) < 0.7 * whole:
            best = max(line.statements, key=lambda s: cover(part, (s.text, 1.0)))
            at = sorted((line.statements.index(run[0]), line.statements.index(run[-1]), line.statements.index(best)))
            if at[-1] - at[0] < 6:
                run = line.statements[at[0] : at[-1] + 1]
    return run


def _with_all(terms: Mapping[str, float], run: tuple[Statement, ...], line: Line) -> tuple[Statement, ...]:
    """A run with the statement beside it that says it of all: 举办培训班6期，756名护林员全部轮训一遍."""
    if any(s.said.all for s in run):
        return run
    first, last = line.statements.index(run[0]), line.statements.index(run[-1])
    for k in (last + 1, first - 1):
        if 0 <= k < len(line.statements) and line.statements[k].said.all and cover(terms, (line.statements[k].text, 1.0)) >= 0.3:
            return line.statements[min(k, first) : max(k, last) + 1]
    return run


def _the_others(terms: Mapping[str, float], line: Line) -> tuple[Statement, ...] | None:
    """The statement that says it of all the others: 3块没有及时更新，其余315块信息完整、更新及时."""
    return next(
        ((s,) for s in line.statements if s.text.startswith(marks("others")) and s.said.polarity == "done" and cover(terms, (s.text, 1.0)) >= 0.4),
        None,
    )


def _names(parts: Sequence[Mapping[str, float]], runs: Sequence[tuple[Line, tuple[Statement, ...]]], passage: Passage, row: str) -> bool:
    """Whether some runs say the deeds and documents that the parts of a condition ask for, or their like."""
    told = "".join(s.text for _, run in runs for s in run)
    for part in parts:
        keys = {w: 1.0 for w in part if key(w)}
        if keys and cover(keys, (told, 1.0), (passage.title, 0.8), (passage.text, 0.6), (row, 0.8)) < KEYS:
            return False
    return True


def _better(ask: Ask, line: Line) -> bool:
    """Whether a line says what a lesser alternative lacks: the duty that it leaves undone, or how well the thing is done."""
    if ask.apart and cover(ask.apart, (line.text, 1.0)) < ENOUGH:
        return False
    return not ask.fine or any(says(w, line.text) >= 0.5 for w in ask.fine)


def _denied(terms: Mapping[str, float], parts: Sequence[Mapping[str, float]], run: Sequence[Statement]) -> bool:
    """Whether a run says that the deed of a part was not done: 未建立台账，将任务分解到单位 is no 建立台账并分解."""
    for s in run:
        if s.said.polarity != "not" or s.said.but:
            continue
        told = s.text[s.said.at : s.said.at + 16]
        if any(cover(part, (told, 1.0)) >= 0.4 for part in (*parts, terms)):
            return True
        words = [w for w in terms if says(w, told) >= 0.9]
        if deeds(words):
            return True
    return False


def _not_all(terms: Mapping[str, float], line: Line, run: Sequence[Statement]) -> bool:
    """Whether a line itself says that not all of it was done: 尚未与……对接, 剩余1个正在推进, 覆盖7个（共9个）."""
    first, last = line.statements.index(run[0]), line.statements.index(run[-1])
    for s in line.statements[max(0, first - 1) : last + 3]:
        if s.said.polarity == "not" and not s.said.but and cover(terms, (s.text, 1.0)) >= 0.25:
            return True
    for s in line.statements[last + 1 : last + 2]:
        if any(w in s.text for w in marks("on_its_way")) and not s.said.all and cover(terms, (s.text, 1.0)) >= 0.2:
            return True  # 甲消防站建成投用，乙消防站同步推进
    for s in line.statements[last + 1 : last + 5]:
        if s.said.polarity in ("not", "none") and not s.said.but and not s.figures and any(w in s.text for w in marks("undone")):
            return True  # 8个办成了，石桥镇原定10月开幕，因疫情没有办成
    for s in line.statements[max(0, first - 1) : last + 3]:
        if leaves_some(s.text) and not s.said.all:
            return True  # 剩余1个正在推进, not 其余29人均按要求授课
        if len(s.cited) == 2 and s.cited[1].before.endswith(("（共", "（总", "（应")):
            part, whole = (c.figure for c in s.cited)
            if part.unit == whole.unit and part.number is not None and whole.number is not None and part.number < whole.number:
                return True
    return False


def _behind(scene: Scene, terms: Mapping[str, float], run: Sequence[Statement], line: Line) -> tuple[Line, tuple[Statement, ...]] | None:
    """The next line where it tells the like that is not done yet, when none says it of all: 城东水厂改造完成；城西水厂改造正在办理许可."""
    if any(s.said.all for s in run):
        return None
    lines = scene.around(line).lines
    for other in lines[lines.index(line) + 1 :][:1]:
        for s in other.statements:
            if s.said.polarity in ("plan", "not") and not s.said.but and cover(terms, (s.text, 1.0)) >= SAME_MATTER:
                return other, (s,)
    return None


def _elsewhere(scene: Scene, part: Mapping[str, float], line: Line) -> tuple[Line, tuple[Statement, ...]] | None:
    """Another line of the same passage that tells a part of the condition."""
    best: tuple[float, Line] | None = None
    for other in scene.around(line).lines:
        value = cover(part, (other.text, 1.0))
        if other is not line and value >= PART and (best is None or value > best[0]):
            best = (value, other)
    if best is None:
        return None
    run = _run(part, best[1])
    return (best[1], run) if run and _polarity(part, run) == "done" else None


def _run(terms: Mapping[str, float], line: Line) -> tuple[Statement, ...]:
    """The shortest run of statements that says about as much of the terms as the whole line."""
    scores = [0.0 if scoring(s.text) or _by_order(s.text) else cover(terms, (s.text, 1.0)) for s in line.statements]  # 按省级表彰申请加2分 is no deed
    if not any(scores):
        return ()
    whole = cover(terms, (line.text, 1.0))
    top = scores.index(max(scores))
    first = last = top
    text = line.statements[top].text
    while cover(terms, (text, 1.0)) < 0.92 * whole:
        options = []
        if first > 0:
            options.append((cover(terms, (line.statements[first - 1].text + text, 1.0)), -1))
        if last + 1 < len(line.statements):
            options.append((cover(terms, (text + line.statements[last + 1].text, 1.0)), 1))
        if not options:
            break
        _, way = max(options)
        first, last = (first - 1, last) if way < 0 else (first, last + 1)
        text = "".join(s.text for s in line.statements[first : last + 1])
    return line.statements[first : last + 1]


def _polarity(terms: Mapping[str, float], run: Sequence[Statement]) -> Literal["done", "not", "plan"]:
    """How a run says what it says: the statements that hold most of the words decide."""
    scored = [(cover(terms, (s.text, 1.0)), s) for s in run]
    top = max(c for c, _ in scored)
    told = [s for c, s in scored if c >= max(0.15, 0.6 * top)]
    if all(s.said.polarity == "plan" for s in told):
        return "plan"
    best = max(scored, key=lambda p: p[0])[1]
    if best.said.polarity == "plan":
        return "plan"
    return "not" if best.said.polarity == "not" else "done"
