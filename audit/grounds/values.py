"""Numbers that answer a clause: shares, counts and other measures, bound by the words that name them, never by nearness."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from audit.grounds.scene import HUNDRED, Ask, Scene
from extractor.report import Figure
from extractor.statements import Cited, Line, Statement
from patterns.content import content_words, cover, deeds, key, plain
from patterns.demand import PERCENTAGE_POINTS, POINTS
from patterns.speech import fitting_level, kin, levels, marks, measure, moved, only_begun, part_year, rank, reached

SHARES = marks("share")
PERCENT = ("%", "％", "‰")
TENTHS = "成"
LEAST = 0.5  # fit below which a number is not this clause's
WIDER = 0.4  # one whose fit lies this close may be meant: it proves nothing, but it acquits
OWN = 0.3  # what the row's own cell repeats may fit so much less than the best
RIVAL = 0.1  # two values whose fits lie this close are both possible


@dataclass(frozen=True, slots=True)
class Reading:
    """A value read for a clause: low..high, the line and its statements that say it, the deciding figures, and how well it fits.

    whole: the words right before it call it the sum (合计15次). rare: how many of the words that tell the clause from its neighbours stand right beside the figure.
    how: stated (named: under the very word of the measure), every (all of them: 100), pair (so many of so many), listed. forecast: it is expected only.
    """

    low: Decimal
    high: Decimal | None
    line: Line
    statements: tuple[Statement, ...]
    figures: tuple[Figure, ...]
    fit: float
    how: str = "stated"
    forecast: bool = False
    rare: float = 0.0
    whole: bool = False


def percent(f: Figure) -> Decimal | None:
    """A figure in percent (‰ is a tenth, 成 ten)."""
    if f.number is None or f.unit not in (*PERCENT, TENTHS):
        return None
    return f.number / 10 if f.unit == "‰" else f.number * 10 if f.unit == TENTHS else f.number


def share(f: Figure, unit: str) -> Decimal | None:
    """A figure in the unit of a level: ‰ where it is told so, else percent."""
    value = percent(f)
    return value * 10 if value is not None and unit == "‰" else value


def usable(scene: Scene, statement: Statement, cited: Cited, change: bool = False) -> bool:
    """Whether a figure tells of what was done this year: no goal, no limit, no plan, no other year, no change unless a change is asked for."""
    f = cited.figure
    if f.number is None or f.role == "limit" or (f.role == "target" and was_set(cited)) or (f.role == "change") != change or cited.bar:
        return False
    if f.index >= 0 and f.indicator is not None and any(x in statement.text for x in "×＝="):
        return False  # 5场×0.5=2.5分 counts points
    if part_year(statement.text) or _too_few(cited) or cited.before.endswith(("由", "从", *marks("gap"))):
        return False
    if not change and f.index in scene.former:
        return False  # 由每人每年5,400元提高到6,000元
    of_whole = "占" in cited.before and statement.said.polarity == "done"  # 占计划投资的75%
    if (f.modality == "plan" and not of_whole) or (statement.said.polarity == "plan" and (f.modality != "fact" or f.role == "target")):
        return False
    return not (scene.later_year(statement) or _last_year(scene, statement, cited))


def _too_few(cited: Cited) -> bool:
    """Whether a figure tells what is missing: 少出车4次, 少开2场."""
    if cited.figure.role != "change" and cited.before.endswith(marks("differs")) and any(w in cited.before for w in marks("set")):
        return True  # 比目标少40吨
    at = cited.before.rfind("少")
    verb = cited.before[at + 1 :]
    return at >= 0 and 1 <= len(verb) <= 3 and not any(x in verb for x in "的于也数部") and cited.before[max(0, at - 1) : at] not in tuple("不减至缺较多最年")


def was_set(cited: Cited) -> bool:
    """Whether the words beside a figure that is held for a goal say that it was set, and not what came of it (应免密度98.7%)."""
    before, after = cited.before, cited.after[:6]
    if cited.figure.unit in PERCENT and "占" in before and not after.startswith("的"):
        return False  # 占计划投资的75%
    if any(w in before or w in after for w in marks("set")):
        return True
    return any(w in before for w in marks("due")) and not before.rstrip("约为达到是至").endswith(marks("measured"))


def _asked(cited: Cited) -> bool:
    """Whether words other than its bound say that a figure was set: 为每名监护人开展指导不少于2次 tells what was done."""
    return was_set(replace(cited, before=cited.before.replace("不少于", "").replace("不低于", "")))


def _last_year(scene: Scene, statement: Statement, cited: Cited) -> bool:
    before = cited.before
    if cited.figure.unit in PERCENT and "占" in before and before.rfind("占") < max(before.rfind("上年"), before.rfind("去年")):
        return False  # 占上年救助资金支出的2.1%
    if any(w in before for w in ("上年", "去年", "上一年", "往年", "前一年")):
        tail = before[max(before.rfind(w) for w in ("上年", "去年", "上一年", "往年", "前一年")) :]
        return not any(
            w in tail for w in ("增长", "下降", "提高", "增加", "减少", "升至", "升到", "降至", "降到", "缩短", "上升", "增至", "降低")
        )
    if cited.figure.role == "change":
        return False  # its period is that which it is compared with
    period = cited.figure.period
    if any(r.type == "growth" and r.said and cited.figure.index in (r.now, r.percent) for r in scene.relations):
        return False  # 由2021年的86家压减到3家，压减率96.5%
    if any(w in scene.report.text[max(0, cited.figure.start - 30) : cited.figure.start] for w in marks("carried")):
        return False
    year = "".join(c for c in period[:4] if c.isdigit())
    near = scene.report.text[max(0, cited.figure.start - 60) : cited.figure.start]
    if year and (at := near.rfind(year)) > 0 and near[at - 1] in "较比由从":
        return False  # 较2021年底的48处累计拆除46处，拆除率95.8%
    return len(year) == 4 and scene.report.year is not None and int(year) < scene.report.year and "累计" not in before


def in_turn(scene: Scene, ask: Ask, line: Line, cited: Cited) -> bool:
    """Whether a cell that only lists as many values as its rule has measures gives this one to the clause: 2.5个工作日、4个工作日."""
    passage, (at, many) = scene.around(line), ask.place
    if passage.row is None or many < 2 or len(passage.lines) > 1 or len(passage.text) > 12 * many:
        return True
    figures = [f for f in line.figures if f.unit == cited.figure.unit]
    return len(figures) != many or any(content_words(c.before) for s in line.statements for c in s.cited) or figures[at] is cited.figure


def sought(scene: Scene, ask: Ask, line: Line, k: int, cited: Cited) -> float:
    """How well the words around a figure name what a clause asks for, and its line the indicator."""
    if not in_turn(scene, ask, line, cited):
        return 0.0
    return 0.15 * scene.titled(ask.row.no, scene.around(line)) + 0.2 * scene.relevance(line, ask.row.no) + scene.sought(
        ask, line, k, cited.before + cited.after.split("、")[0] + ("" if cited.scope != line.statements[k].text else cited.figure.subject), cited.scope
    )


def named(ask: Ask, line: Line, k: int, cited: Cited) -> float:
    """Whether the word of the measure beside a figure is the one asked for: 1 it is, 0 none stands there, negative another one does."""
    wanted = ask.demand.measure
    said = cited.measure
    if not said and k and not cited.before.strip("，的为是达到约近共有%（("):
        said = line.statements[k - 1].cited[-1].measure if line.statements[k - 1].cited else measure(line.statements[k - 1].text)
    if not wanted or not said:
        return 0.0
    if said == measure(ask.row.name.text) and len(said) > 2:
        return 1.0  # 执行率 in the name of an indicator that asks for 占可用资金的比例
    if wanted in SHARES and said.endswith("率") and said[:-1] in ask.demand.subject:
        return 1.0  # 覆盖率 of 覆盖行政村比例
    if wanted == said or (wanted in SHARES and said in SHARES) or (wanted in marks("coverage") and said in marks("coverage")):
        return 1.0
    if len(said) == 3 and all(x in ask.demand.subject for x in said) and not (said[:2] in ask.demand.subject and key(wanted[:-1])):
        return 1.0  # 定检率 is 定期检验率, 探访率 is 探访服务率, but 阳性率 is no 阳性样品处置率
    if wanted[:-1] == said[:-1]:
        return 1.0  # 满意率, 满意度
    if said in ("占", "占比", "比例", "比重"):
        return 0.0
    if wanted not in SHARES and wanted[:-1] in cited.before:
        return 0.5  # 标识化喷涂率 of 标识化率
    return -0.6 if wanted in SHARES else -0.5


def _alike_end(subject: str, before: str) -> int:
    """How many characters the name of a measure and the words before a figure end alike, at most six: 按期结案率 is no 结案率."""
    a, b = subject.split("，")[-1].rstrip("达到为的 "), before.rstrip("约为达到是至的 ")
    n = 0
    while n < min(6, len(a), len(b)) and a[-1 - n] == b[-1 - n]:
        n += 1
    return n


def context(scene: Scene, ask: Ask, line: Line, k: int) -> tuple[Statement, ...]:
    """The statement of a figure with those just before it that say words of the clause which it does not."""
    start = k
    for j in range(k - 1, max(-1, k - 4), -1):
        have = "".join(x.text for x in line.statements[start : k + 1])
        more = have + line.statements[j].text
        if cover(ask.all, (more, 1.0)) > cover(ask.all, (have, 1.0)) + 0.08 or (start == j + 1 and len(have) < 9):
            start = j
    end = k + 1
    if (
        end < len(line.statements)
        and line.statements[end].text.startswith(marks("compares"))
        and line.statements[end].said.polarity != "plan"
    ):
        end += 1  # 合格率97.6%，尚未达到满档要求
    elif end < len(line.statements) and line.statements[end].text.startswith("即"):
        end += 1  # 省级1项，即……入选全省典型案例
    return line.statements[start:end]


def rates(scene: Scene, ask: Ask, lines: Sequence[tuple[Line, float]] | None = None, change: bool = False) -> list[Reading]:
    """Shares in percent that a clause may ask for, best first."""
    out = []
    for line, _ in scene.lines(ask) if lines is None else lines:
        for k, s in enumerate(line.statements):
            for c in s.cited:
                value = share(c.figure, ask.demand.unit)
                if (
                    value is not None
                    and c.figure.role == "target"
                    and c.before.endswith(("达到", "超过", "高于", "完成"))
                    and reached(s.text)
                    and not change
                ):
                    fit = sought(scene, ask, line, k, c) + 0.25 * max(0.0, named(ask, line, k, c)) - 0.1
                    if fit >= LEAST:  # 联网率达到90%的任务要求
                        out.append(replace(_reading(scene, ask, value, line, k, c, fit), high=None))
                if value is None or not usable(scene, s, c, change):
                    continue
                word = named(ask, line, k, c)
                if word <= -0.5 and cover(ask.rare, (c.before, 1.0), (c.scope, 0.9)) < 0.8:
                    continue  # another rate
                fit = marked(ask, s, c) + sought(scene, ask, line, k, c) + (0.25 if word > 0 else 0.5) * word + 0.05 * _alike_end(ask.demand.subject, c.before)
                if (whole := ask.demand.whole) and "占" in c.before:
                    of = c.before[c.before.rfind("占") + 1 :]
                    if content_words(of):
                        same = cover(dict.fromkeys(content_words(whole), 1.0), (of, 1.0))
                        fit += 0.2 if same >= 0.7 else -0.1 if same >= 0.4 else -0.4
                if ask.place[1] > 1 and any(x in c.before for x in marks("overall")) and not any(x in ask.demand.subject for x in marks("overall")):
                    fit -= 0.3  # the rate of all is no rate of one of them
                if fit >= LEAST:
                    out.append(
                        replace(_reading(scene, ask, value, line, k, c, fit), how="named" if word > 0 and value != HUNDRED else "stated")
                    )
        out += every(scene, ask, line)
    if not out and lines is None and not change and ask.demand.measure.endswith("率") and len(ask.demand.measure) > 2:
        out = _only_one(scene, ask)
    if any(r.how == "named" and r.fit >= 0.9 and (r.rare >= 0.3 or len(ask.rare) <= 1) for r in out):
        out = [r for r in out if r.how not in ("every", "pair")]  # 全部销号 is not 按期整改率96.5%
    return _ordered(out)


def _only_one(scene: Scene, ask: Ask) -> list[Reading]:
    """The rate of the very name that a clause asks for (整改率), told wherever it may be, if the report tells no other value of it."""
    out = []
    for line in scene.narrative.lines:
        if scene.around(line).row not in (None, ask.row.no) or scene.around(line).outlook or cover(ask.terms, (line.text, 1.0)) < 0.8:
            continue
        for k, s in enumerate(line.statements):
            for c in s.cited:
                value = share(c.figure, ask.demand.unit)
                if value is not None and c.measure == ask.demand.measure and usable(scene, s, c):
                    out.append(_reading(scene, ask, value, line, k, c, LEAST))
    return out if len({r.low for r in out}) == 1 else []


def every(scene: Scene, ask: Ask, line: Line) -> Iterator[Reading]:
    """100% without a percent sign: all of them, or as many done as there are."""
    for k, s in enumerate(line.statements):
        if s.said.polarity in ("plan", "not") or s.said.but or scene.later_year(s):
            continue
        passage = scene.around(line)
        deed = ask.demand.measure.removesuffix("率")
        lead = "".join(x.text for x in line.statements[max(0, k - 2) : k])
        row = ask.row.name.text if passage.row is not None else ""
        fit = scene.sought(ask, line, k) + 0.2 * scene.relevance(line, ask.row.no)
        if deed and deed not in SHARES and cover({deed: 1.0}, (s.text, 1.0), (lead, 0.5)) < 0.5:
            continue
        if fit < 0.65 or cover(ask.rare, (s.text, 1.0), (lead, 0.9), (passage.title, 0.7), (row, 0.8)) < 0.45:
            continue
        if s.said.all and not any(c.figure.unit in PERCENT for c in s.cited) and s.said.polarity == "done":
            yield Reading(HUNDRED, HUNDRED, line, context(scene, ask, line, k), s.figures, fit - 0.15, "every", s.said.forecast, cover(ask.rare, (s.text, 1.0)))
            continue
        counts = [
            c
            for x in line.statements[max(0, k - 1) : k + 1]
            for c in x.cited
            if c.figure.number is not None and (c.figure.base_unit == c.figure.unit or "应" in c.before or "实" in c.before) and c.figure.role != "limit"
            and plain(c.figure.text) not in ask.demand.marks
        ]
        if (
            len(counts) == 2
            and counts[0].figure.unit == counts[1].figure.unit
            and (_of_all(counts[0], counts[1], "" if deed in SHARES else deed) or _against_whole(ask, counts[0], counts[1]))
        ):
            whole, part = counts[0].figure.number, counts[1].figure.number
            if whole and part is not None and part < whole:
                share = (part / whole * HUNDRED).quantize(Decimal("0.01"))
                yield Reading(share, share, line, context(scene, ask, line, k), tuple(c.figure for c in counts), fit - 0.15, "pair")
        if (
            len(s.cited) == 2
            and s.cited[1].before.startswith(("（应", "（共", "（总"))
            and s.cited[0].figure.unit == s.cited[1].figure.unit
        ):
            part, whole = s.cited[0].figure.number, s.cited[1].figure.number
            if whole and part is not None and part <= whole:  # 设置母婴室的公园18个（应设20个）
                share = (part / whole * HUNDRED).quantize(Decimal("0.01"))
                yield Reading(share, share, line, context(scene, ask, line, k), s.figures, fit - 0.1, "pair")
        if len(counts) == 2 and counts[0].figure.unit == counts[1].figure.unit and any(w in counts[1].before for w in marks("due")):
            part, whole = counts[0].figure.number, counts[1].figure.number  # 持证上岗412名，应持证430名
            if whole and part is not None and part < whole and not any(w in counts[0].before for w in marks("due")):
                share = (part / whole * HUNDRED).quantize(Decimal("0.01"))
                yield Reading(share, share, line, context(scene, ask, line, k), tuple(c.figure for c in counts), fit - 0.15, "pair")
        if len(counts) == 2 and counts[0].figure.unit == counts[1].figure.unit and counts[0].figure.number == counts[1].figure.number:
            yield Reading(HUNDRED, HUNDRED, line, context(scene, ask, line, k), tuple(c.figure for c in counts), fit - 0.1, "pair")


def _of_all(whole: Cited, part: Cited, deed: str) -> bool:
    """Whether the words make the second of two numbers a part of the first: 应换届的9个党组织按期换届8个; of all there are the deed (接入) was done."""
    if any(w in part.before for w in ("应", "须", "需", "未")) or (moved(part.before) and part.before.endswith(("到", "至", "为"))):
        return False  # 由86家压减到3家
    return any(w in whole.before for w in ("应", "须", "需")) or (
        bool(deed) and deed in part.before and (not whole.before.strip("，其中") or any(w in whole.before for w in marks("all_there_are")))
    )


def _against_whole(ask: Ask, whole: Cited, part: Cited) -> bool:
    """Whether a number is of the very thing that a clause holds another against (编制数 of 达到编制数90%: 核定编制45名，在编41名)."""
    words = content_words(ask.demand.whole)
    if not words or any(w in part.before for w in ("应", "须", "需", "未", *marks("gap"))):
        return False
    said = dict.fromkeys(words, 1.0)
    return cover(said, (whole.before, 1.0)) >= 0.5 and any(w in part.before for w in marks("there"))


def _reading(scene: Scene, ask: Ask, value: Decimal, line: Line, k: int, c: Cited, fit: float) -> Reading:
    f = c.figure
    high = f.high_number if f.high_number is not None else value
    forecast = f.modality == "forecast" or (line.statements[k].said.forecast)
    rare = cover(ask.rare, (c.before + c.after, 1.0), (c.scope, 0.9))
    return Reading(
        value,
        high,
        line,
        context(scene, ask, line, k),
        (f,),
        fit,
        "stated",
        forecast,
        rare,
        c.before.strip("，约达为").endswith(marks("total")),
    )


def _ordered(found: Sequence[Reading]) -> list[Reading]:
    return sorted(found, key=lambda r: (-round(r.fit, 4), r.line.start, r.statements[0].start))


def alike(unit: str, wanted: str) -> float:
    """Whether two counting words may count the same thing: 1 the same, 0.7 either of people, places or events, 0 not."""
    if unit.rstrip("次") == wanted.rstrip("次") != "":
        return 1.0 if unit == wanted else 0.9  # 4篇次
    if unit == wanted or unit.replace("㎡", "平方米") == wanted.replace("㎡", "平方米"):
        return 1.0
    return 0.7 if any(unit in group and wanted in group for group in kin()) else 0.0


def counts(scene: Scene, ask: Ask, unit: str) -> list[Reading]:
    """Numbers of things of a unit that a clause may ask for, best first."""
    out = []
    done = dict.fromkeys(deeds(ask.terms), 1.0)
    crowd = unit in ("人", "名", "人次") or any(w in ask.demand.subject for w in ("参加", "参训", "参与", "培训"))
    for line, _ in scene.lines(ask):
        for k, s in enumerate(line.statements):
            for c in s.cited:
                f = c.figure
                kind = alike(f.unit, unit)
                least = ask.demand.per_head and f.bound == ">=" and s.said.polarity == "done" and _per_head(s, c) and not _asked(c)
                if (
                    not kind
                    or not (usable(scene, s, c) or least)
                    or s.said.polarity in ("not", "none")
                    or not fitting_level(ask.demand.subject, c.before if levels(c.before) else s.text)
                ):
                    continue
                if ask.demand.per_head and not _per_head(s, c):
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
                    found = _reading(scene, ask, (f.number or Decimal(0)) * times, line, k, c, fit)
                    out.append(replace(found, high=None, how="spread") if times == 0 else found)
    if levels(ask.demand.subject):  # 省级以上: a number that names its level before one that names none
        out = [r for r in out if levels("".join(s.text for s in r.statements))] or out
    return _ordered(out)


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


def marked(ask: Ask, s: Statement, c: Cited) -> float:
    """Whether the class that a clause names by a number (10亿元以上项目, 50人以上聚餐) stands before the figure, where it names one."""
    if not ask.demand.marks:
        return 0.0
    k = s.cited.index(c)
    if k and plain(s.cited[k - 1].figure.text) in ask.demand.marks:
        return 0.25
    first = s.text[: s.text.find(plain(c.figure.text))] if k == 0 else ""
    return 0.25 if any(m in c.before or m in first for m in ask.demand.marks) else -0.25


def _per_head(s: Statement, c: Cited) -> bool:
    """Whether a figure is told a head: 4.13批次/千人, 每万人办结3.32件, 人均5起."""
    return "/" in c.figure.unit or any(w in s.text for w in marks("a_head"))


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
                    out.append(_reading(scene, ask, c.figure.number, line, k, c, fit))
    return _ordered(out)


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
                    or (ask.demand.per_head and not _per_head(s, c))
                ):
                    continue
                fit = sought(scene, ask, line, k, c) + 0.15 * max(0.0, named(ask, line, k, c))
                if fit >= LEAST:
                    out.append(replace(_reading(scene, ask, value, line, k, c, fit), low=value, high=value))
    return _ordered(out)


SCALES = {"万": Decimal(10_000), "亿": Decimal(100_000_000)}


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


def _total(found: Sequence[Reading], best: Reading) -> Reading | None:
    """Of several values of a line the one that is the sum of the others."""
    here = [r for r in found if r.line is best.line and r.how in ("stated", "named")]
    total = sum((r.low for r in here), Decimal(0))
    if len(here) < 3:
        return None
    return next((r for r in here if r.low * 2 == total), None)


def _same_unit(a: Reading, b: Reading) -> bool:
    return {f.unit for f in a.figures[:1]} == {f.unit for f in b.figures[:1]}


def settle(
    found: Sequence[Reading], scene: Scene | None = None, items: int = 0, row: int | None = None
) -> tuple[Reading | None, list[Reading]]:
    """The best reading and its rivals: other values that fit about as well. items: how many things the clause lists, whose sum it asks for.

    row: the indicator, whose own cells may repeat one of the values.
    """
    if not found:
        return None, []
    best = found[0]
    rivals = [r for r in found[1:] if r.fit >= best.fit - RIVAL and r.low != best.low]
    if scene is not None and row is not None and (own := _own(scene, found, row)) is not None:
        return own, []
    total = _total(found, best)
    if scene is not None and best.figures and items != 1:
        for r in scene.relations:
            if r.type == "parts" and r.said and best.figures[0].index in r.parts:
                whole = next(
                    (x for x in found if x.figures and x.figures[0].index == r.total and (items > 1 or x.rare >= best.rare - 0.2)), None
                )
                if whole is not None:
                    return whole, []
    if items > 1 and total is None:  # 常委会6次；常务会7次；合计13次
        total = next((r for r in found if r.whole and r.line.passage == best.line.passage and r.low > best.low and _same_unit(r, best)), None)
    if total is not None and (items > 1 or total.rare >= best.rare - 0.1):  # 常委会6次，常务会9次，合计15次
        return total, []
    if rivals and rivals[0].rare > best.rare + 0.3 and rivals[0].line is best.line and rivals[0].fit >= best.fit - 0.04:
        best, rivals = rivals[0], [best, *rivals[1:]]
    if scene is not None:  # the parts of a total that was found as well are none of its rivals
        read = {r.figures[0].index for r in found if r.figures}
        parts = {i for x in scene.relations if x.type == "parts" and x.said and x.total in read for i in x.parts}
        rivals = [r for r in rivals if not r.figures or r.figures[0].index not in parts or r.rare > best.rare + 0.3]
    if best.figures and best.figures[0].bound and any(r.figures and not r.figures[0].bound for r in rivals):
        exact = next(r for r in rivals if r.figures and not r.figures[0].bound)  # 达到100%, 常年保持在92%以上
        best, rivals = exact, [r for r in rivals if r is not exact and r.figures and not r.figures[0].bound]
    rivals = [r for r in rivals if r.rare > best.rare - (0.3 if r.line is best.line else 0.6)]  # 小学42.5人，初中46.6人
    if any(r.line is best.line for r in rivals) and all(r.line is best.line for r in rivals):
        summed = [r for r in (best, *rivals) if r.whole]
        if len(summed) == 1:
            return summed[0], []
    same = [r for r in found[1:] if r.low == best.low and r.line is not best.line]
    if same and rivals and rivals[0].fit < best.fit - RIVAL / 2:
        rivals = []
    return best, rivals


def _own(scene: Scene, found: Sequence[Reading], row: int) -> Reading | None:
    """The value of the narrative that the row's own cells repeat: what the row means, though another matter's value may fit a little better."""
    near = [r for r in found if r.fit >= found[0].fit - OWN and scene.around(r.line).row is None and r.figures]
    again = [r for r in near if (r.figures[0].unit, r.figures[0].number) in scene.told_in_cells(row)]
    if len({r.low for r in near}) < 2 or len({r.low for r in again}) != 1:
        return None
    return again[0]


def told_again(found: Sequence[Reading], best: Reading) -> list[Reading]:
    """The same value in another passage, told of the same matter."""
    return [
        r for r in found if r.low == best.low and r.line.passage != best.line.passage and r.fit >= best.fit - 0.15 and r.rare >= best.rare - 0.2
    ][:1]


def points(scene: Scene, ask: Ask) -> list[Reading]:
    """Differences in percentage points that a clause may ask for, best first."""
    out = []
    for line, _ in scene.lines(ask):
        for k, s in enumerate(line.statements):
            for c in s.cited:
                if c.figure.unit in PERCENTAGE_POINTS and c.figure.number is not None and s.said.polarity != "plan" and not c.bar:
                    fit = sought(scene, ask, line, k, c)
                    if fit >= LEAST:
                        out.append(_reading(scene, ask, c.figure.number, line, k, c, fit))
    return _ordered(out)


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
                out.append(Reading(Decimal(value), Decimal(value), line, context(scene, ask, line, k), (), fit))
    return _ordered(out)


def missing(scene: Scene, ask: Ask) -> Reading | None:
    """How many are missing, where the report says so itself: 少聘3人."""
    for line, _ in scene.lines(ask):
        for k, s in enumerate(line.statements):
            for c in s.cited:
                if (
                    (c.before.endswith(marks("lacking")) or _too_few(c))
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


def reachable(scene: Scene, ask: Ask, best: Reading, found: Sequence[Reading]) -> tuple[Decimal, ...]:
    """The values that a careful reader might take instead of a reading: others that fit nearly as well, those of the same unit in its
    sentence and in the cells of its row, and a number that holds for each of several times over."""
    named_by = best.how == "named" or (best.how == "stated" and len(best.figures) > 1)  # then 全部……of another matter is no such rate
    out = {r.low for r in found if r.fit >= best.fit - WIDER and not (named_by and r.how in ("every", "pair"))}
    out |= {best.low * n for n in _every_time(best)}
    in_percent = ask.clause.unit in PERCENT or ask.demand.kind in ("rate", "goal")
    unit = "%" if in_percent else best.figures[0].unit if best.figures else ""
    for line in (best.line, *(x for x in scene.narrative.lines if scene.around(x).row == ask.row.no)):
        for s in line.statements:
            for c in (*s.cited, *s.bare):
                f = c.figure
                same = f.unit == unit or (f.unit in PERCENT and unit in PERCENT) or (unit and alike(f.unit, unit) >= 0.9)
                if f.number is not None and same and not c.crowd and usable(scene, s, c) and not _of_another(ask, line, s, c):
                    out.add(share(f, ask.demand.unit) or f.number if f.unit in PERCENT else f.number)
    if best.high is None:
        out.add(best.low * 1000)  # at least so much: more is not ruled out
    return tuple(sorted(v for v in out if v != best.low))


def _of_another(ask: Ask, line: Line, s: Statement, c: Cited) -> bool:
    """Whether the words beside a figure give it to another measure, or to what a neighbouring clause asks for."""
    if c in s.cited and c.figure.unit in PERCENT and named(ask, line, line.statements.index(s), c) < 0:
        return True
    near = c.before.split("、")[-1] + c.after.split("、")[0]
    return bool(ask.foreign) and cover(ask.foreign, (near, 1.0)) >= 0.4 > cover(ask.rare, (near, 1.0))


def _every_time(best: Reading) -> tuple[int, ...]:
    """How many times a year a number counts that is told of a season or month (每季度开展1次)."""
    text = best.statements[-1].text if best.statements else ""
    if any(w in text for w in marks("total")):
        return ()
    return tuple(n for words, n in (("每季", 4), ("按季", 4), ("每月", 12), ("按月", 12), ("每半年", 2), ("每周", 52)) if words in text)
