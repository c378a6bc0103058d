"""Numbers that decide a clause: target and actual of one subject, shares stated or derived, amounts, counts and listings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from audit.evidence.lexicon import plans
from audit.evidence.passages import Line, Passage, Piece
from audit.evidence.words import cover, plain, says
from extractor.report import Figure, Report

HUNDRED = Decimal(100)

_TARGET_WORD = "任务|目标|指标|计划|下达|要求|不低于|不少于|控制在|考核线|基准|红线|加分线|任务量|目标值|核定"
TARGET_BEFORE = re.compile(f"(?:{_TARGET_WORD}|应(?!急|用|对|邀|答|诉|运|聘|届)(?:当|落实|建|完成|新建|建设|报|开展|达到|达)?|须|需)[^，。；\\d]{{0,10}}$")
DONE_TASK = re.compile("(?:超额|全面|如期|圆满)?(?:完成|兑现|落实|达到)[^，。；\\d]{0,14}(?:任务|指标|目标|计划)[^，。；\\d]{0,3}$")
ORDERED = re.compile("(?:按|按照|根据|依据|对照)[^，。；]{0,14}(?:部署|要求|规定|安排|下达|通知)")
DONE_NOW = re.compile("(?:实际|年内|全年|已|共|累计)(?:完成|建成|实现|落实|达到|新增|新建|创成)(?:了|约)?$")
TARGET_AFTER = re.compile(
    "^(?:及?以上|以内|以下)?的?(?:年度|市级|省级|考核|既定|市定|控制|下达|全年|区级|工作)*(?:目标|任务|指标|计划|要求|标准|红线|加分线|任务量|底线)"
)
OF_TARGET = re.compile("^的\\d|^的[^，。；\\d]{0,2}\\d")
LAST_YEAR = re.compile("上年|上一年|去年|前一年|往年|上年度|历年|上期|同期(?!完成)")
BEFORE_TARGET = re.compile(
    "(?:高于|优于|超过|超出|好于|多于|达到|不低于|满足|符合|低于|未达到|距|为)[^，。；\\d]{0,12}$|[（(][^（(）)]{0,14}$"
)
REVERSE = re.compile("控制在|不超过|不高于|以内|不突破|低于[^，。；]{0,8}(?:上限|红线|控制)")
RATE_WORD = re.compile("[\u4e00-\u9fff]{0,4}率|占比|比例|比重|降幅|增幅|占")
ONE_RATE = re.compile("[\u4e00-\u9fff]{2}率|占比|比例|比重|降幅|增幅")
SHARES = ("占比", "比例", "比重", "占", "占有率", "占用率")
COMPLETION = re.compile(
    "完成率|完成[^，。；]{0,16}(?:任务|目标|指标|计划)|(?:任务|目标|指标|计划)[^。；]{0,10}(?:完成|达到|达成|实现|全面|达标|落实)|达到[^，。；]{0,14}(?:任务|目标|指标|计划)|"
    "(?:达到或超过|超过|不低于)[^，。；]{0,12}(?:指标|任务|目标|计划)|完成比例|完成进度|兑现率|(?:任务|目标|指标|计划)[^，。；]{0,8}$"
)
WHOLE = re.compile("(?:共有?|总计?|合计|全[区市县镇省]|应|纳入|现有|总数|辖区|列入|具备|总量|计|累计|各类|中)[^，。；\\d]{0,14}$")
TOTAL = re.compile("(?:合计|总计|共计|累计|总额|总量|执行|实际|投入|支出|安排|到位|达|共)[^，。；\\d]{0,10}$")
RECIPIENT = re.compile(
    "(?:向|对|为|给|面向|组织|邀请|培训|服务|覆盖|走访|检查|抽查|约谈|检测|惠及|吸引|涉及|参与)(?:了|全区|辖区|区内|的|约|近|共|其中)*$"
)


ATTENDED = re.compile("[\u4e00-\u9fff]{0,10}?(?:派员|参加|参训|参会|到场|到会|参与|报名|听课|签到|在线|负责人)")


@dataclass(frozen=True, slots=True)
class Reading:
    """A value read for a clause. low..high: the value, or what it may be; figures: those that decide; lines: the sentences.

    fit: how well the words match, 0 to about 2; forecast: it is not a fact yet; how: stated, derived, pair, count or listing.
    """

    low: Decimal
    high: Decimal
    figures: tuple[Figure, ...]
    lines: tuple[Line, ...]
    passage: Passage
    fit: float
    forecast: bool = False
    how: str = "stated"
    target: Decimal | None = None
    part: Decimal | None = None


class Context:
    """What measures need to know of the report: its text and its year."""

    def __init__(self, report: Report) -> None:
        self.report, self.year = report, report.year

    def before(self, f: Figure, piece: Piece, most: int = 18) -> str:
        """The words of the piece before a figure."""
        return plain(self.report.text[max(piece.start, f.start - most) : f.start])

    def own_before(self, f: Figure, piece: Piece) -> str:
        """The words before a figure that are not another figure's: 由上年的1720万元增至 -> 增至."""
        start = max([piece.start, f.start - 18, *(x.end for x in piece.figures if x.end <= f.start)])
        return plain(self.report.text[start:f.start])

    def after(self, f: Figure, line: Line, most: int = 14) -> str:
        """The words after a figure, up to the sentence's end."""
        return plain(self.report.text[f.end : min(line.end, f.end + most)])

    def is_target(self, f: Figure, piece: Piece, line: Line) -> bool:
        """Whether a figure is a goal and not a result."""
        before, after = self.before(f, piece), self.after(f, line)
        if f.bound == ">=" and re.search("(?:达到|达|不低于)$", before) and ORDERED.search(line.text[:24]):
            return True
        if re.search("其余|剩余|余下|还有|尚有", before[-6:]) and not re.search("目标|任务|指标", before):
            return False
        if f.unit == "%" and re.search("(?:完成|达标|合格|办结|兑现|履约)率(?:为|达到?|是|约)?$", before):
            return False
        if (
            f.unit == "%"
            and re.search("率(?:为|达到?|是|约)?$", before)
            and not re.search("(?:目标|要求|任务|指标)[^，。；]{0,6}率(?:为)?$|应(?!急|用|对|邀|答|诉|运|聘|届)", before)
        ):
            return False
        if f.role != "target" and DONE_NOW.search(before):
            return False
        if DONE_TASK.search(before) and not OF_TARGET.search(after):
            return False
        if f.role == "target" or TARGET_AFTER.search(after) is not None:
            return True
        return f.role in ("actual", "limit") and TARGET_BEFORE.search(before) is not None

    def is_other_year(self, f: Figure, piece: Piece) -> bool:
        """Whether a figure speaks of last year or of a year to come."""
        before = self.own_before(f, piece)
        if LAST_YEAR.search(before) and not re.search("(?:较|比|与|同)(?:上年|去年)(?![^，。；]{0,12}的$)[^，。；]{0,14}$", before):
            return True
        years = re.findall(r"(20\d\d)年", before)
        return bool(years and self.year and int(years[-1]) != self.year)

    def is_next_year(self, f: Figure, piece: Piece) -> bool:
        """Whether a figure is a goal of a year to come: the last year named before it in its sentence."""
        start = max(self.report.sentences[f.sentence].start, f.start - 80)
        years = re.findall(r"(20\d\d)年", plain(self.report.text[start : f.start]))
        later = re.match("[^，。；]{0,8}?(?:计划|拟|将|预计)[^，。；]{0,4}(20\\d\\d)年", plain(self.report.text[f.end : f.end + 24]))
        if later and self.year and int(later[1]) > self.year:
            return True
        return bool(years and self.year and int(years[-1]) > self.year)

    def is_plan(self, f: Figure, piece: Piece, line: Line) -> bool:
        """Whether a figure is planned and not done."""
        if f.modality == "plan" or plans().find("plan", self.before(f, piece, 24)) is not None:
            return True
        at = line.pieces.index(piece) if piece in line.pieces else 0
        opened = next((p.text for p in reversed(line.pieces[:at]) if p.text.endswith(("：", ":"))), "")  # 2023年拟办三件事：…
        return bool(opened) and plans().find("plan", opened) is not None

    def is_forecast(self, f: Figure, piece: Piece) -> bool:
        """Whether a figure is expected and not yet known."""
        return f.modality == "forecast" or plans().find("forecast", self.before(f, piece, 24)) is not None


def family(f: Figure) -> str:
    """Figures of one family can be compared."""
    if f.unit in ("%", "个百分点"):
        return f.unit
    return f.base_unit or f.unit


def amount(f: Figure) -> Decimal | None:
    """The comparable number of a figure."""
    return f.base if f.base is not None else f.number


def places(line: Line) -> Iterator[tuple[Piece, Figure]]:
    """The figures of a line with their pieces."""
    for piece in line.pieces:
        for f in piece.figures:
            yield piece, f


# ------------------------------------------------------------------------------------------------------- target and actual


@dataclass(frozen=True, slots=True)
class Pair:
    """A goal and the result beside it.

    percent: result over goal in percent, as low..high; rate: the stated rate, if any; plainly: the two stand next to each other
    or a stated rate joins them.
    """

    target: Figure
    actual: Figure | None
    rate: Figure | None
    low: Decimal
    high: Decimal
    lines: tuple[Line, ...]
    passage: Passage
    forecast: bool
    words: str
    extra: tuple[Figure, ...] = ()
    plainly: bool = True

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Every figure of the pair."""
        return tuple(f for f in (self.target, self.actual, self.rate, *self.extra) if f is not None)


def pairs(ctx: Context, passage: Passage) -> list[Pair]:
    """All goals of a passage that have a result beside them."""
    out: list[Pair] = []
    lines = passage.lines
    for k, line in enumerate(lines):
        spots = list(places(line))
        for piece, f in spots:
            if f.number is None or not ctx.is_target(f, piece, line) or ctx.is_next_year(f, piece):
                continue
            if _is_part(ctx, line, f) and not SET_GOAL.search(ctx.before(f, piece)):
                continue  # 其中计划建设24.51公顷: a part of a result is no goal of its own
            pair = _pair(ctx, passage, lines, k, piece, f)
            if pair is not None:
                out.append(pair)
    return out


SET_GOAL = re.compile("任务|目标|指标|下达|要求|应(?!急|用|对|邀|答|诉|运|聘|届)")


def _is_part(ctx: Context, line: Line, f: Figure) -> bool:
    """Whether a figure stands in a list of parts of an earlier figure of its family (其中：…)."""
    if f.parent is not None:
        return True
    opened = re.search("其中|包括|分别为", plain(ctx.report.text[line.start : f.start]))
    return opened is not None and any(x.end < f.start and family(x) == family(f) for x in line.figures)


def _pair(ctx: Context, passage: Passage, lines: Sequence[Line], k: int, piece: Piece, goal: Figure) -> Pair | None:
    line = lines[k]
    backwards = BEFORE_TARGET.search(ctx.before(goal, piece)) is not None or goal.beside is not None
    rate = _rate_after(ctx, line, goal)
    options: list[tuple[float, Figure, Line]] = []
    for offset in (0, 1, -1):
        if not 0 <= k + offset < len(lines):
            continue
        other = lines[k + offset]
        for p, f in places(other):
            if f is goal or f.number is None or family(f) != family(goal) or f.role in ("target", "limit"):
                continue
            if ctx.is_target(f, p, other) or f.modality in ("plan", "cumulative") or ctx.is_other_year(f, p):
                continue
            if f is rate or (goal.unit == "%" and re.search("完成率|较|比上年|同比", ctx.before(f, p, 8))):
                continue
            distance = abs(f.start - goal.start) / 10 + 40 * abs(offset)
            if f.parent is not None and f.parent != goal.index:
                distance += 25
            if (f.start < goal.start) != backwards:
                distance += 8
            options.append((distance, f, other))
        if options:
            break
    options.sort(key=lambda o: (o[0], o[1].start))
    goal_value = amount(goal)
    if rate is not None and goal_value:
        wanted = rate.number or Decimal(0)
        for _, f, other in options:
            value = amount(f)
            if value is not None and abs(value / goal_value * HUNDRED - wanted) <= Decimal("0.6"):
                return _made(ctx, passage, line, other, goal, f, rate)
    if options:
        return _made(ctx, passage, line, options[0][2], goal, options[0][1], rate)
    if goal.unit == "%":
        derived = _part_of_whole(ctx, passage, {}, passage.lines)
        if derived is not None and goal.number:
            low = derived.low / goal.number * HUNDRED
            return Pair(
                goal,
                None,
                None,
                low,
                derived.high / goal.number * HUNDRED,
                (line, *[x for x in derived.lines if x is not line]),
                passage,
                derived.forecast,
                line.text + "".join(x.text for x in derived.lines),
                derived.figures,
            )
    if rate is not None and rate.number is not None:
        return Pair(goal, None, rate, rate.number, rate.number, (line,), passage, ctx.is_forecast(rate, piece), line.text)
    return None


def _rate_after(ctx: Context, line: Line, goal: Figure) -> Figure | None:
    """The stated rate of completion that belongs to a goal: 完成率112%, …目标5万的112.8%."""
    if goal.unit == "%":
        return None
    for piece, f in places(line):
        if f.unit != "%" or f.start < goal.start or f.number is None:
            continue
        if re.search("完成率|完成比例", ctx.before(f, piece)) or (f.start - goal.end <= 3 and OF_TARGET.search(ctx.after(goal, line))):
            return f
    for piece, f in places(line):
        if f.unit == "%" and f.number is not None and re.search("完成率", ctx.before(f, piece)):
            return f
    return None


def _made(ctx: Context, passage: Passage, line: Line, other: Line, goal: Figure, actual: Figure, rate: Figure | None) -> Pair | None:
    a, b = amount(actual), amount(goal)
    if a is None or not b:
        return None
    value = a / b * HUNDRED
    piece = next(p for p, f in places(other) if f is actual)
    goal_piece = next(p for p, f in places(line) if f is goal)
    if REVERSE.search(goal_piece.text) and not re.search("不低于|以上", goal_piece.text):
        value = HUNDRED if a <= b else Decimal(99)
    elif less_is_better(piece.text + goal_piece.text, actual) or (re.search("优于|好于", goal_piece.text) and a < b and goal.unit != "%"):
        value = max(HUNDRED, b / a * HUNDRED) if 0 < a <= b else HUNDRED if a <= b else b / a * HUNDRED
    low = high = value
    if rate is not None and rate.number is not None and abs(rate.number - value) > Decimal("0.6"):
        low, high = min(value, rate.number), max(value, rate.number)  # the two disagree: either may be meant
    forecast = ctx.is_forecast(actual, piece) or (rate is not None and rate.modality == "forecast")
    lines = (line,) if other is line else tuple(sorted((line, other), key=lambda x: x.start))
    order = [p for x in lines for p in x.pieces]
    near = abs(order.index(piece) - order.index(goal_piece)) <= 1 and (DEED.search(piece.text) is not None or goal.unit == "%")
    return Pair(
        goal,
        actual,
        rate,
        low,
        high,
        lines,
        passage,
        forecast,
        "".join(x.text for x in lines),
        (),
        near or (rate is not None and low == high),
    )


DEED = re.compile(
    "完成|建成|落实|实现|达到?|新增|创建|创成|实际|仅|落地|改造|并网|投用|开工|竣工|为|有|共|办结|处理|整治|建设|新建|实做|推广|接入"
)
LESS = re.compile(
    "能耗|电耗|水耗|气耗|油耗|煤耗|耗水|耗电|排放量|排放强度|强度|浓度|死亡|事故|投诉|损耗|漏损|时限|用时|办理时间|成本|赤字|返贫|发案|欠税"
)
MORE = re.compile("下降|降低|降幅|减少|减排|节能量|节约|提高|改善|压减|率")


def less_is_better(words: str, f: Figure) -> bool:
    """Whether a smaller value is the better one: consumption, emissions, accidents, but not their decrease or a rate."""
    return f.role != "change" and LESS.search(words) is not None and MORE.search(words) is None


# ------------------------------------------------------------------------------------------------------------------- shares


def rate_word(condition: str) -> str | None:
    """The last word of a condition that names a share or a rate (接入率, 占比), None where there is none."""
    found = ONE_RATE.findall(condition)
    return found[-1] if found else None


def shares(ctx: Context, terms: Mapping[str, float], condition: str, passages: Sequence[Passage]) -> list[Reading]:
    """Percentages that may be what a condition asks for, best first; derived ones (part of a whole) after stated ones."""
    wanted = rate_word(condition)
    out: list[Reading] = []
    for passage in passages:
        for line in passage.lines:
            for piece, f in places(line):
                if f.unit != "%" or f.number is None or f.role in ("target", "limit") or ctx.is_target(f, piece, line):
                    continue
                if ctx.is_other_year(f, piece) or ctx.is_plan(f, piece, line) or re.search("按$|按照$|以$", ctx.before(f, piece)):
                    continue
                before = ctx.before(f, piece)
                fit = cover(terms, (piece.text, 1.0), (line.text, 0.8), (passage.text, 0.5), (passage.title, 0.4))
                has = RATE_WORD.findall(before)
                if wanted and any(wanted[-3:] in h for h in has if h not in SHARES):
                    fit += 0.6
                elif wanted in SHARES and any(h in SHARES for h in has):
                    fit += 0.6 if fit >= 0.35 else 0.1  # 占 is every share's word: the things must be named too
                elif (wanted and wanted[-2:] == "降率") or wanted in ("降幅",):
                    fit += 0.5 if re.search("下降|降低|降幅|下降率|减少", before) or f.down else -0.5
                elif wanted in SHARES and has and has[-1].endswith("率"):
                    fit += 0.3  # a rule's 占比 may be printed as a rate of its own name
                elif wanted and has and has[-1].endswith("率"):
                    fit -= 0.6  # a rate of another name
                elif wanted and f.role == "change":
                    fit -= 0.6
                out.append(Reading(f.number, f.high_number or f.number, (f,), (line,), passage, fit, ctx.is_forecast(f, piece)))
    if wanted not in ("降幅", "增幅"):
        for passage in passages:
            derived = _part_of_whole(ctx, passage, terms, passage.lines)
            if derived is not None:
                out.append(derived)
    return sorted(out, key=lambda r: -r.fit)


def _next_of_kind(ctx: Context, line: Line, piece: Piece, whole: Figure) -> bool:
    """Whether the very next piece says how many of them it was done for: 生产企业86家，完成分级86家."""
    at = line.pieces.index(piece)
    if at + 1 >= len(line.pieces) or len(line.pieces[at + 1].figures) != 1:
        return False
    other = line.pieces[at + 1].figures[0]
    return (
        family(other) == family(whole)
        and other.number is not None
        and whole.number is not None
        and other.number <= whole.number
        and re.search(
            "(?:已|完成|建成|实现|达标|合格|接入|其中|整改|办结|处置|通过|创建|覆盖|落实)[^，。；]{0,10}$",
            ctx.before(other, line.pieces[at + 1]),
        )
        is not None
    )


def _part_of_whole(ctx: Context, passage: Passage, terms: Mapping[str, float], lines: Sequence[Line]) -> Reading | None:
    """A share that is not printed: 全区学校共63所 … 其中45所获得绿色学校称号."""
    rare = {w: v for w, v in terms.items() if v >= 0.3} or terms
    for line in lines:
        for piece, part in places(line):  # 立案87起，其中事前立案79起: the whole is what the part is a part of
            whole = next((f for f in line.figures if f.index == part.parent), None)
            if whole is None or not whole.number or part.number is None or family(part) != family(whole) or part.number > whole.number:
                continue
            words = plain(ctx.report.text[max(piece.start, part.start - 14) : part.start])
            if terms and cover(rare, (words, 1.0)) >= 0.5 and not ctx.is_plan(part, piece, line):
                value = part.number / whole.number * HUNDRED
                return Reading(value, value, (whole, part), (line,), passage, 0.9, how="derived", part=part.number)
    for k, line in enumerate(lines):
        for piece, whole in places(line):
            if whole.unit in ("%", "个百分点") or whole.base_unit not in ("", whole.unit) or not whole.number:
                continue
            beside = _next_of_kind(ctx, line, piece, whole)
            if not WHOLE.search(ctx.before(whole, piece)) and not beside:
                continue
            best: tuple[float, Figure, Line] | None = None
            for other in lines[k : k + 2]:
                for p, part in places(other):
                    if part.start <= whole.start or family(part) != family(whole) or part.number is None or part.number > whole.number:
                        continue
                    if ctx.is_plan(part, p, other) or ctx.is_other_year(part, p) or ctx.is_target(part, p, other):
                        continue
                    if re.search("剩余|其余|另有|尚有|余下", ctx.before(part, p, 8)):
                        continue
                    fit = cover(rare, (p.text, 1.0)) if rare else 0.5
                    if beside and p in line.pieces and line.pieces.index(p) == line.pieces.index(piece) + 1:
                        fit = max(fit, 0.9 * cover(rare, (piece.text + p.text, 1.0)))
                    if re.search("有|已|达|完成|其中|获|建成", ctx.before(part, p, 8)):
                        fit += 0.2
                    if best is None or fit > best[0] + 1e-9:
                        best = (fit, part, other)
            if best is not None and best[0] >= 0.3:
                value = (best[1].number or Decimal(0)) / whole.number * HUNDRED
                used = (line,) if best[2] is line else (line, best[2])
                return Reading(value, value, (whole, best[1]), used, passage, 0.2 + 0.8 * best[0], how="derived", part=best[1].number)
    return None


ALL_DONE = re.compile(
    "(?:全部|均已?|全数|悉数|都已?)(?:按[^，。；]{0,4}|如期|及时)?(?:完成|办结|整改|处置|达标|投保|接入|落实|通过|实现|销号|拆除|覆盖|建成|回复|答复)"
)


def every_one(ctx: Context, terms: Mapping[str, float], passages: Sequence[Passage]) -> Reading | None:
    """A share that is told in words: 46栋全部完成处置 is 100%."""
    for passage in passages:
        for line in passage.lines:
            for k, piece in enumerate(line.pieces):
                if not ALL_DONE.search(piece.text) or plans().find("plan", piece.text):
                    continue
                around = "".join(p.text for p in line.pieces[max(0, k - 1) : k + 1])
                if cover(terms, (around, 1.0), (line.text, 0.7), (passage.title, 0.5)) >= 0.5:
                    used = piece.figures or (line.pieces[k - 1].figures if k else ())
                    return Reading(HUNDRED, HUNDRED, used[-1:], (line,), passage, 0.8, how="said")
    return None


SHARED_POINTS = ("个百分点", "百分点", "%")


# ------------------------------------------------------------------------------------------------------------------ amounts


def amounts(ctx: Context, terms: Mapping[str, float], unit_family: str, passages: Sequence[Passage]) -> list[Reading]:
    """Amounts of a dimension (base unit), totals first."""
    out: list[Reading] = []
    for passage in passages:
        for line in passage.lines:
            for piece, f in places(line):
                value = amount(f)
                if value is None or family(f) != unit_family or f.role in ("target", "limit", "change") or f.parent is not None:
                    continue
                if ctx.is_other_year(f, piece) or ctx.is_plan(f, piece, line) or ctx.is_target(f, piece, line):
                    continue
                fit = cover(terms, (piece.text, 1.0), (line.text, 0.8), (passage.text, 0.6), (passage.title, 0.4))
                if TOTAL.search(ctx.before(f, piece)):
                    fit += 0.5
                out.append(Reading(value, value, (f,), (line,), passage, fit, ctx.is_forecast(f, piece)))
    return sorted(out, key=lambda r: (-r.fit, -r.low))


# ------------------------------------------------------------------------------------------------------------------- counts

ALIKE = (
    {"家", "户", "个", "所", "座", "名", "处", "幢", "栋", "位", "人"},
    {"次", "场", "期", "轮", "届", "批", "回"},
    {"起", "例", "件", "宗", "次", "项", "个", "条", "处", "批次"},
    {"项", "个", "件", "条", "种", "类", "款"},
    {"家次", "户次", "次", "批次"},
    {"个", "领域", "类", "方面"},
)


def alike(a: str, b: str) -> float:
    """How well a figure's counting word fits the one that a rule counts by: 1 the same, 0.6 of a kind, else 0."""
    if a == b:
        return 1.0
    return 0.6 if any(a in kind and b in kind for kind in ALIKE) else 0.0


LISTED = re.compile(r"[（(]([^（）()]{4,300})[）)]")
COMPANY = re.compile("[\u4e00-\u9fffA-Za-z（）()·]{2,24}?(?:有限责任公司|股份有限公司|有限公司|集团公司|合作社|研究院|研究所|总公司)")


def listed_names(text: str) -> int:
    """How many names a listing holds: 甲、乙、丙 is three; 等 after it leaves it open (the number is then a least)."""
    parts = [p for p in re.split("[、，,]|和(?=[^、，]{2,12}$)|以及|及(?=[^、，]{2,12}$)", text) if len(p.strip()) >= 2]
    return len(parts)


def counts(
    ctx: Context,
    terms: Mapping[str, float],
    verbs: Mapping[str, float],
    unit: str,
    passages: Sequence[Passage],
    strength: Mapping[int, float],
) -> list[Reading]:
    """Counts of achievements that a clause may mean, best first.

    terms: what is counted; verbs: the deed that makes it count (建成, 举办); unit: the rule's counting word.
    """
    out: list[Reading] = []
    for passage in passages:
        for line in passage.lines:
            for k, piece in enumerate(line.pieces):
                for f in piece.figures:
                    kind = alike(f.unit, unit)
                    if not kind or f.number is None or f.role in ("target", "limit", "change") or f.number != int(f.number):
                        continue
                    if ctx.is_target(f, piece, line) or ctx.is_plan(f, piece, line) or ctx.is_other_year(f, piece):
                        continue
                    if (
                        f.modality == "cumulative"
                        and re.search("累计|历年", ctx.before(f, piece, 8))
                        and f.parent is None
                        and re.search("历年|以来", piece.text)
                    ):
                        continue
                    if (f.unit not in ("次", "场", "期", "轮") and RECIPIENT.search(ctx.before(f, piece, 10))) or ATTENDED.match(
                        ctx.after(f, line, 18)
                    ):
                        continue
                    around = "".join(p.text for p in line.pieces[max(0, k - 1) : k + 1])
                    fit = cover(terms, (piece.text, 1.0), (around, 0.85), (line.text, 0.7), (passage.title, 0.5))
                    deed = cover(verbs, (piece.text, 1.0), (around, 0.7)) if verbs else 0.5
                    out.append(
                        Reading(
                            f.number,
                            f.high_number or f.number,
                            (f,),
                            (line,),
                            passage,
                            kind * (fit + 0.5 * deed) + 0.1 * strength.get(passage.index, 0.0),
                            ctx.is_forecast(f, piece),
                            how="count",
                        )
                    )
    return sorted(out, key=lambda r: (-round(r.fit, 4), r.figures[0].start))


def said_words(terms: Mapping[str, float], text: str) -> list[str]:
    """The words among terms that a text says."""
    return [w for w in terms if says(w, text) >= 0.8]
