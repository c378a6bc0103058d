"""A number read for a clause: whether it may be used, by the words that name it, never by nearness; and how well they fit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from audit.grounds.asks import Ask
from audit.grounds.scene import Scene
from extractor.report import Figure
from extractor.statements import Cited, Line, Statement
from patterns.content import content_words, cover, key, light, plain
from patterns.speech import kin, marks, measure, part_year

SHARES = marks("share")
PERCENT = ("%", "％", "‰")
TENTHS = "成"
OTHERS = 0.7  # of the words of a neighbouring clause, from which a text is its
LEAST = 0.5  # fit below which a number is not this clause's


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
    if f.text[:1] == "一" and f.number == 1 and cited.before.endswith(marks("singles")) and not any(w in cited.before for w in marks("only")):
        return False  # 最远的一场开到山上, 头一项便是龙舟赛, but 唯一的一项
    norm = cited.before[cited.before.rfind("按") + 1 :] if "按" in cited.before else ""
    if norm.startswith("每") and len(norm) <= 5 and cited.after.startswith(marks("due")):
        return False  # 按每站2名应配22名
    if any(w in statement.text for w in marks("earlier")) and not change and f.role == "actual" and not any(w in cited.before for w in marks("carried")):
        return False  # 两个产品均为往年获得
    if part_year(statement.text) or too_few(cited) or cited.before.endswith(("由", "从", *marks("gap"))):
        return False
    if not change and f.index in scene.former:
        return False  # 由每人每年5,400元提高到6,000元
    of_whole = "占" in cited.before and statement.said.polarity == "done"  # 占计划投资的75%
    if (f.modality == "plan" and not of_whole) or (statement.said.polarity == "plan" and (f.modality != "fact" or f.role == "target")):
        return False
    return not (scene.later_year(statement) or _last_year(scene, statement, cited))


def too_few(cited: Cited) -> bool:
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


def asked_for(cited: Cited) -> bool:
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


def alike_end(subject: str, before: str) -> int:
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


def made(scene: Scene, ask: Ask, value: Decimal, line: Line, k: int, c: Cited, fit: float) -> Reading:
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


def ordered(found: Sequence[Reading]) -> list[Reading]:
    return sorted(found, key=lambda r: (-round(r.fit, 4), r.line.start, r.statements[0].start))


def alike(unit: str, wanted: str) -> float:
    """Whether two counting words may count the same thing: 1 the same, 0.7 either of people, places or events, 0 not."""
    if unit.rstrip("次") == wanted.rstrip("次") != "":
        return 1.0 if unit == wanted else 0.9  # 4篇次
    if unit == wanted or unit.replace("㎡", "平方米") == wanted.replace("㎡", "平方米"):
        return 1.0
    return 0.7 if any(unit in group and wanted in group for group in kin()) else 0.0


def of_a_neighbour(ask: Ask, text: str) -> bool:
    """Whether a text speaks of the matter of another clause of the rule, and of none of this one's: 行政村……覆盖率99.1% is no 社区覆盖率."""
    own = {w: v for w, v in ask.rare.items() if not light(w)}
    return bool(own) and cover(own, (text, 1.0)) < 1 - OTHERS and any(cover(n, (text, 1.0)) >= OTHERS for n in ask.neighbours)


def marked(ask: Ask, s: Statement, c: Cited) -> float:
    """Whether the class that a clause names by a number (10亿元以上项目, 50人以上聚餐) stands before the figure, where it names one."""
    if not ask.demand.marks:
        return 0.0
    k = s.cited.index(c)
    if k and plain(s.cited[k - 1].figure.text) in ask.demand.marks:
        return 0.25
    first = s.text[: s.text.find(plain(c.figure.text))] if k == 0 else ""
    return 0.25 if any(m in c.before or m in first for m in ask.demand.marks) else -0.25


def per_head(s: Statement, c: Cited) -> bool:
    """Whether a figure is told a head: 4.13批次/千人, 每万人办结3.32件, 人均5起."""
    return "/" in c.figure.unit or any(w in s.text for w in marks("a_head"))
