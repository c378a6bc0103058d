"""Whether the report says that a deed was done, in the words of one passage, every part of the condition told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from audit.grounds.asks import Ask
from audit.grounds.outcome import Run, outcome_of, polarity_of
from audit.grounds.runs import aside, only_when, run_of, spread, the_others, with_all
from audit.grounds.scene import Scene
from extractor.statements import Line, Statement
from patterns.content import content_words, cover, key, light, manner, says
from patterns.speech import fitting_grade, fitting_level, from_above, marks

SAID, COMPACT = 0.56, 0.1  # what the words that a line says and a close-fitting run weigh beside the line's being the indicator's own
ENOUGH, TOUCHED = 1.31, 0.9  # fitted with each author left out in turn: in its own line a clause needs half of its words
LEAST, PART, KEYS, DUTY = 0.2, 0.34, 0.4, 0.6
FEW = 3  # words of a clause none of which may be wanting
Told = Literal["yes", "no", "part", "plan", "none"]
RANK = {"yes": 4, "no": 3, "part": 2, "plan": 1, "none": 0}


@dataclass(frozen=True, slots=True)
class Deed:
    """What was found: told, how well it fits, and the runs of statements that tell it (line, statements)."""

    told: Told
    fit: float
    runs: tuple[tuple[Line, tuple[Statement, ...]], ...] = ()
    forecast: bool = False


NOTHING = Deed("none", 0.0)


def deed(scene: Scene, ask: Ask) -> Deed:
    """The best that the report says of a clause's deed, over the ways in which it may be done."""
    best = NOTHING
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
    own = cover(terms, (line.text, 1.0))
    if own < LEAST:
        return NOTHING
    papers = any(w in ask.demand.subject for w in marks("papers"))
    own_untitled = cover(terms, (scene.untitled(line), 1.0))
    if not papers:
        own = (own + own_untitled) / 2  # a document's title tells of no deed
    run = run_of(terms, line)
    if run and all(only_when(s) for s in run):
        run = line.statements[line.statements.index(run[0]) : line.statements.index(run[-1]) + 2]  # 中国水周期间，领导带头参加活动
    if not run or all(aside(s) for s in run):
        return NOTHING
    topic_only = all(s.text.rstrip("，、").endswith(marks("topic")) for s in run)
    if topic_only:
        run = line.statements[line.statements.index(run[0]) :]  # 林长协作一事，……至年末仍未会签: what became of it is told behind
    forecast = any(s.said.forecast for s in run)
    told = "".join(s.text for s in run)
    # Of sentences that say as much the shorter one is about it: in a long list of matters each is only mentioned.
    close = min(1.0, 2.0 * len(ask.demand.subject) / max(1, len(told)))
    score = scene.relevance(line, ask.row.no) + SAID * own + COMPACT * close
    rest, missing = _the_rest(scene, parts, line, (passage.title, row))
    run = spread(parts, run, line)
    if ask.demand.every:
        run = with_all(terms, run, line)
    if ask.itemised and score >= ENOUGH and (others := the_others(terms, line)) is not None:
        return Deed("yes", score, ((line, others),), forecast)
    here = ((line, run),)
    text = "".join(s.text for s in run)
    if not fitting_level(ask.demand.subject, text) or not fitting_grade(ask.demand.subject, text):
        return Deed("none", score)
    outcome = outcome_of(scene, ask, terms, parts, Run(line, run, topic_only))
    if score < ENOUGH:
        return Deed("none" if score < TOUCHED else "plan" if outcome.told == "plan" else "part", score, here, forecast)
    if outcome.told != "done":
        return Deed("no" if outcome.told == "not" else outcome.told, score, outcome.runs, forecast)
    if ask.demand.poor and not any(manner(w) and says(w, told) >= 0.5 for w in content_words(ask.demand.subject)):
        return Deed("part", score, here, forecast)  # a report owns up to 一般 or 较差 in its words, or not at all
    if not ask.demand.negated and all(s.said.polarity == "none" for s in run) and not _names(parts, line.text, (passage.title, row)):
        return Deed("part", score, here, forecast)  # 全年未发生突发事件 is no 应急演练
    if any(w.isascii() and not says(w, line.text + passage.title + row) for w in terms):
        return Deed("part", score, here, forecast)  # a name in letters has no other words: 万元GDP用水量
    if from_above(ask.demand.subject, text) or (own_untitled < LEAST and not papers):
        return Deed("part", score, here, forecast)  # 库存检查由市局组织; 《修缮方案》已经批复 for 完成修缮
    if missing or _another_paper(ask, run) or not _better(ask, line, run) or not (
        len(terms) > FEW or _names(parts, line.text + "".join(s.text for _, other in rest for s in other), (passage.title, row))
    ):
        return Deed("part", score, here, forecast)
    return Deed("yes", score, tuple(sorted((*here, *rest), key=lambda r: r[0].start)), forecast)


def _the_rest(scene: Scene, parts: Sequence[Mapping[str, float]], line: Line, around: tuple[str, str]) -> tuple[list[tuple[Line, tuple[Statement, ...]]], bool]:
    """The runs of other lines that tell the parts of a condition which a line leaves out, and whether none tells one of them.
    around: the heading over the line and the name of the row whose cell it is."""
    told = "".join(s.text for s in line.statements if s.said.polarity != "plan") or line.text
    wanted = [p for p in parts if cover(p, (told, 1.0), *((text, 0.6) for text in around)) < PART]
    found = [_elsewhere(scene, p, line) for p in wanted]
    return [f for f in found if f is not None], None in found


def _another_paper(ask: Ask, run: Sequence[Statement]) -> bool:
    """Whether a run names no document of the kind that a clause asks for nor of a like kind, or one that a neighbouring clause asks for."""
    kinds = [w for w in marks("kinds_of_papers") if w in ask.demand.subject]
    others = [w for w in marks("kinds_of_papers") if any(w in x for x in ask.foreign)]
    told = "".join(s.text for s in run)
    issued = ask.demand.subject.startswith("有") or any(w in ask.demand.subject for w in marks("issued"))
    if not kinds or not issued or any(w in told for w in kinds):
        return False
    return any(w in told for w in others) or not any(says(w, told) for w in kinds)


def _names(parts: Sequence[Mapping[str, float]], told: str, around: tuple[str, str]) -> bool:
    """Whether some lines say the deeds and documents that the parts of a condition ask for, or their like: 亮灯的任务 are no 任务清单."""
    for part in parts:
        keys = {w: 1.0 for w in part if key(w)}
        if keys and cover(keys, (told, 1.0), *((text, 0.8) for text in around)) < KEYS:
            return False
    return True


def _better(ask: Ask, line: Line, run: Sequence[Statement]) -> bool:
    """Whether a line says what a lesser alternative lacks: the duty that it leaves undone, or how well the thing is done."""
    if ask.apart and cover(ask.apart, (line.text, 1.0)) < DUTY:
        return False
    behind = line.statements[line.statements.index(run[-1]) + 1 :]
    if ask.fine and any(s.text.startswith(marks("but_then")) for s in behind):
        return False  # 材料均已报送，但个别数据不够细致
    return not ask.fine or any(says(w, line.text) >= 0.5 for w in ask.fine)


def _elsewhere(scene: Scene, part: Mapping[str, float], line: Line) -> tuple[Line, tuple[Statement, ...]] | None:
    """Another line of the same passage that tells a part of the condition."""
    best: tuple[float, Line] | None = None
    for other in scene.around(line).lines:
        value = cover(part, (other.text, 1.0))
        if other is not line and value >= PART and (best is None or value > best[0]):
            best = (value, other)
    if best is None:
        return None
    run = run_of(part, best[1])
    return (best[1], run) if run and polarity_of(part, run) == "done" else None
