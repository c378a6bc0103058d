"""How a run of statements says what a condition asks: done, not done, or planned."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from audit.grounds.asks import Ask
from audit.grounds.scene import Scene
from extractor.statements import Line, Statement
from patterns.content import content_words, cover, deeds, light, says
from patterns.speech import faults, leaves_some, marks, only_begun, only_drafted, taken_back

PART, SAME_MATTER, ALL_OF, TOLD_OF = 0.34, 0.4, 0.4, 0.2


@dataclass(frozen=True, slots=True)
class Run:
    """Statements of a line that tell a condition. topical: they only name the matter (……一事), so what became of it decides."""

    line: Line
    statements: tuple[Statement, ...]
    topical: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a deed, and the runs that say so (line, statements)."""

    told: Literal["done", "not", "part", "plan"]
    runs: tuple[tuple[Line, tuple[Statement, ...]], ...]


def outcome_of(scene: Scene, ask: Ask, terms: Mapping[str, float], parts: Sequence[Mapping[str, float]], told: Run) -> Outcome:
    """Whether a run says that a deed was done as its clause asks: in its year, of all where all are meant, to the end."""
    line, run = told.line, told.statements
    kept = (ask.demand.negated and _same_denial(ask, run)) or _excepted(ask, run)  # 不合格粮食未流入口粮市场
    polarity: Literal["done", "not", "part", "plan"] = "not" if told.topical and any(s.said.polarity == "not" for s in run) else polarity_of(terms, run)
    if polarity == "not" and kept:
        polarity = "done"
    if polarity == "done" and not ask.demand.negated and _none_of(terms, run):
        polarity = "not"  # 没有案卷被评为优秀案卷
    if polarity != "not" and _earned_nothing(line, run):
        polarity = "not"  # 这一项按办法不得分
    if polarity == "done" and any(scene.next_year(s) for s in run):
        first = line.statements.index(run[0])
        dated = line.statements[first - 1 : first] if first and line.statements[first - 1].said.year is not None else ()
        return Outcome("not", ((line, (*dated, *run)),))  # done, but after the year
    if polarity == "done" and any(w in ask.clause.condition for w in marks("this_year")) and _before_the_year(scene, run):
        return Outcome("not", ((line, run),))  # done, but in a former year
    after = line.statements[line.statements.index(run[-1]) + 1 :][:1]
    if polarity == "plan" and after and after[0].said.polarity in ("not", "none") and not after[0].figures:
        return Outcome("not", ((line, (*run, after[0])),))  # 原定6月举办，受疫情影响未能开展
    if polarity == "done" and after and after[0].said.polarity == "plan" and after[0].text.startswith("正") and not after[0].figures:
        polarity = "plan"  # 提质改造列入省级项目，正在组织施工
    text, asked = "".join(s.text for s in run), ask.demand.subject
    if polarity == "done" and (only_begun(asked, text) or only_drafted(asked, text) or any(w in text for w in marks("on_its_way"))):
        polarity = "plan"
    near = (*run[1:], *line.statements[line.statements.index(run[-1]) + 1 :][:2])
    back = next((s for s in near if s.said.polarity == "not" and not s.said.but and (taken_back(s.text) or _left_undone(ask, s))), None)
    if polarity == "done" and not kept and back is not None:
        last = max(line.statements.index(back), line.statements.index(run[-1]))
        return Outcome("not", ((line, line.statements[line.statements.index(run[0]) : last + 1]),))  # 示范店报了3家，省里还没有批
    if polarity == "done" and not kept:
        every = ask.demand.every and not any(w in ask.demand.subject for w in marks("some_only"))
        if _denied(terms, parts, run) or (every and cover(terms, (line.text, 1.0)) >= ALL_OF and _not_all(terms, line, run)):
            polarity = "not"
        elif every and (behind := _behind(scene, terms, run, line)) is not None:
            return Outcome("not", tuple(sorted(((line, run), behind), key=lambda r: r[0].start)))
        elif any(s.said.polarity == "not" and not s.said.but and cover(terms, (s.text, 1.0)) >= TOLD_OF for s in run):
            polarity = "part"  # 未建成示范点，并向企业推广应用
    return Outcome(polarity, ((line, run),))


def polarity_of(terms: Mapping[str, float], run: Sequence[Statement]) -> Literal["done", "not", "plan"]:
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


def _none_of(terms: Mapping[str, float], run: Sequence[Statement]) -> bool:
    """Whether the statement that says most of a deed says that there was none of it."""
    best = max(run, key=lambda s: cover(terms, (s.text, 1.0)))
    if len(best.cited) == 1 and best.cited[0].figure.number == 0 and best.cited[0].figure.unit in marks("counted"):
        return True  # 获国家级表彰0项
    tail = best.text[max(0, best.said.at) :]
    if tail.startswith(marks("not_ours")):
        return True  # 先进集体里没有我县单位
    if best.said.polarity != "none" or best.said.at < 0 or faults(tail[2:]):
        return False
    thing = {w: 1.0 for w in list(terms)[-1:] if not light(w)}  # 全国、省里都没有给过新的表彰
    return cover(terms, (tail, 1.0)) >= 0.8 or (bool(thing) and cover(thing, (tail, 1.0)) >= 0.9 and cover(terms, (best.text, 1.0)) >= PART)


def _left_undone(ask: Ask, s: Statement) -> bool:
    """Whether a statement says of a thing that the clause names that it was not done: 责任书签到了乡镇，村一级没有签."""
    head = s.text[: s.said.at].removesuffix("还").removesuffix("则").removesuffix("一级") if s.said.at > 0 else ""
    return not s.figures and 0 < len(head) <= 8 and head in ask.demand.subject


def _earned_nothing(line: Line, run: Sequence[Statement]) -> bool:
    """Whether the report itself says, after a deed, that this item earned no points."""
    after = line.statements[line.statements.index(run[-1]) :]
    return any(s.text.startswith(marks("this")) and any(w in s.text for w in marks("no_points")) for s in after)


def _before_the_year(scene: Scene, run: Sequence[Statement]) -> bool:
    """Whether a run dates what was done before the year under report, and in no year besides."""
    dated = [s for s in run if s.said.year is not None or s.said.last]
    return bool(dated) and all(s.said.polarity == "done" and scene.other_year(s) for s in dated)


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
    for s in line.statements[last + 1 : last + 5]:
        if s.said.polarity in ("not", "none") and not s.said.but and not s.figures and any(w in s.text for w in marks("undone")):
            return True  # 8个办成了，石桥镇原定10月开幕，因疫情没有办成
    if any(s.said.all for s in run):
        return False
    for s in line.statements[last + 1 : last + 3]:
        if any(w in s.text for w in marks("on_its_way")) and not s.figures and not s.said.all:
            return True  # 北苑消防站建成投用，湖西消防站同步推进
    if _fewer(terms, line.statements[max(0, first - 1) : last + 2]):
        return True
    for s in line.statements[max(0, first - 1) : last + 3]:
        if leaves_some(s.text) and not s.said.all and not any(w in s.text for w in marks("exempt")):
            return True  # 剩余1个正在推进, not 其余29人均按要求授课
        if len(s.cited) == 2 and s.cited[1].before.endswith(("（共", "（总", "（应")):
            part, whole = (c.figure for c in s.cited)
            if part.unit == whole.unit and part.number is not None and whole.number is not None and part.number < whole.number:
                return True
        if len(s.cited) == 2 and s.cited[1].before.endswith(marks("among")):
            whole, part = (c.figure for c in s.cited)
            if part.unit == whole.unit and part.number is not None and whole.number is not None and part.number < whole.number:
                return True  # 9个乡镇里8个建了
    return False


def _fewer(terms: Mapping[str, float], told: Sequence[Statement]) -> bool:
    """Whether a deed is told of fewer than there are: 差评7件，按期整改6件. What is counted first is the thing, and the deed stands with the second."""
    for one, two in zip(told, told[1:], strict=False):
        if not (one.cited and two.cited) or two.said.polarity != "done":
            continue
        whole, part = one.cited[-1].figure, two.cited[0].figure
        if whole.unit != part.unit or whole.number is None or part.number is None or not part.number < whole.number:
            continue
        if any(w in one.cited[-1].before for w in marks("due")) and cover(terms, (one.text + two.text, 1.0)) >= 0.4:
            return True  # 应有120家，实际118家
        own = {w: v for w, v in terms.items() if says(w, one.text) < 0.5}
        if cover(terms, (one.text, 1.0)) >= 0.2 and own and cover(terms, (two.text, 1.0)) >= 0.3 and cover(own, (two.text, 1.0)) >= 0.4:
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
