"""Lists of figures side by side, and what the words around them say of their total."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from audit.checks.around import Paragraph
from audit.checks.rounding import Interval, family, is_count, printed, total, value
from audit.model import Quote
from extractor.report import Figure, Report

OPEN = re.compile(r"其中|包括|包含|涵盖|覆盖|内含|含有?|主要(?:有|为)|用于|投向|分项看|分类看|分领域看|分行业看|分区域看|有")
CLOSED = re.compile(r"分别(?:为|是|有|达|占)|依次(?:为|是)|(?:细|又)?分为|构成(?:为|是|上)?|组成|按[^，。；]{1,12}(?:分|划分)|分布在|"
                    r"分布于")
MADE_OF = re.compile(r"由\S*$")
MADE_UP = re.compile(r"^\S{0,12}?(?:构成|组成)")
BREAK = re.compile(
    r"各(?:建|设|配|有|自|安|新|派|选)|合计|合在一起|加起来|加总|合起来|总计|共计|总共|累计|小计|总数|总量|其中|包括|包含|其余|剩余|余下|另有|此外|较|相比|比(?!例|重)|"
    r"上年|去年|同比|同期|占|目标|任务|计划(?!建设|新建|实施|安排)|指标|"
    r"完成率|相当于|超过|高于|低于|达到|不足|超额|折合|增加到|增至|降至|升至|减至|降为|升为|分别|依次|涉及|对照|建筑面积|总投资|"
    r"(?:细|又)?分为|构成|组成|按[^，。；]{1,12}分|分布|以上|平均|人均|每|涵盖|覆盖|用于|投向|分项看|分类看|[，,：:](?:由|含|有)")
PAST_YEAR = re.compile(r"上年|去年|上一年|同期|(?:比|较|与|由|从)[^，。；、]{0,14}$")
ACTION = re.compile(r"完成|通过|验收|评估|获|参加|申报|检查|抽查|组织|举办|开展|培训|新增|累计|实现|达到|整改|查处|立案|受理|办理|推荐|"
                    r"报送|培育")
LISTED = re.compile("其中|包括|分为|分别")
Kind = Literal["closed", "open", "guess"]
NEAR_LOW, NEAR_HIGH = Decimal("0.62"), Decimal("1.6")


@dataclass(frozen=True)
class Run:
    """Two or more figures listed side by side. intro: the words from the figure before to the first one."""

    paragraph: Paragraph
    members: tuple[Figure, ...]
    intro: str
    bracket: tuple[int, int] | None

    @property
    def role(self) -> str:
        """target where every member is one; a list of results may name a planned part among them."""
        return "target" if all(f.role == "target" for f in self.members) else "actual"

    @property
    def sum(self) -> Decimal:
        """The sum as printed, in base units."""
        return sum((value(f) or Decimal(0) for f in self.members), Decimal(0))

    @property
    def interval(self) -> Interval:
        """All values that the sum may have been before rounding."""
        return total(i for f in self.members if (i := printed(f)) is not None)

    def cut(self, first: int) -> Run:
        """The same list from a later member on."""
        return Run(self.paragraph, self.members[first:], self.intro, self.bracket)


def quotes(report: Report, figures: Sequence[Figure]) -> tuple[Quote, ...]:
    """The figures as quotes, in reading order."""
    return tuple(sorted({Quote.of(report, f.start, f.end) for f in figures}))


def usable(figure: Figure) -> bool:
    """Whether a figure can be a part or a total: a plain number of some thing, done or set as a task."""
    return (value(figure) is not None and figure.unit not in ("", "%", "‰", "个百分点", "比", "分") and figure.role in ("actual", "target")
            and figure.bound in ("", "~"))


def level_bracket(p: Paragraph, f: Figure) -> tuple[int, int] | None:
    """The bracket that a figure is listed in; a figure alone in its bracket belongs to the words outside."""
    bracket = p.bracket(f)
    if bracket is not None and sum(bracket[0] < g.start < bracket[1] for g in p.figures) == 1:
        outer = [b for b in p.brackets if b[0] < bracket[0] and bracket[1] < b[1]]
        return outer[-1] if outer else None
    return bracket


def bare(p: Paragraph, f: Figure) -> tuple[int, int]:
    """The place of a figure, or of the bracket that holds nothing but it."""
    bracket = p.bracket(f)
    if bracket is not None and bracket != level_bracket(p, f):
        return bracket
    return f.start, f.end


def strongest(gap: str) -> int:
    """How strongly the stops in some words divide: 0 none or 、, 1 a comma, 2 a semicolon, 3 a full stop."""
    return max((3 if c in "。！？" else 2 if c in "；;" else 1 if c in "，," else 0 for c in gap), default=0)


def runs(p: Paragraph) -> Iterator[Run]:
    """The lists of figures in a paragraph: neighbours of one family, on one bracket level, with nothing but their names between."""
    levels: dict[tuple[int, int] | None, list[Figure]] = {}
    for f in p.figures:
        levels.setdefault(level_bracket(p, f), []).append(f)
    for bracket, figures in levels.items():
        run: list[Figure] = []
        intro, level = "", 0
        before = (bracket[0] + 1) if bracket else p.start
        for k, f in enumerate(figures):
            if run and (f.role == "limit" or f.high is not None):
                continue  # it describes the next member: 年能耗2000-5000吨标准煤的企业12家
            gap = p.gap(before, bare(p, f)[0])
            stop = strongest(gap)
            joined = (run and usable(f) and family(f) == family(run[-1]) and len(gap) <= 42 and stop < 3
                      and (len(run) < 2 or stop <= level) and not BREAK.search(gap)
                      and (f.unit == run[-1].unit or family(f) == "things") and (f.role == run[-1].role or stop == 0 or LISTED.search(intro)))
            if not joined:
                if len(run) >= 2:
                    yield Run(p, tuple(run), intro, bracket)
                run, intro, level = ([f], gap, 0) if usable(f) else ([], "", 0)
            else:
                level = stop if len(run) < 2 else min(level, stop)
                run.append(f)
            before = bare(p, figures[k])[1]
        if len(run) >= 2:
            yield Run(p, tuple(run), intro, bracket)


def outer_figures(p: Paragraph, bracket: tuple[int, int] | None) -> list[Figure]:
    """The figures on the level of a bracket."""
    return [f for f in p.figures if level_bracket(p, f) == bracket]


def candidates(run: Run, sentence_only: bool) -> list[Figure]:
    """The figures before a list that may be its total, nearest first."""
    p = run.paragraph
    start = p.sentence(run.members[0])[0]
    out = []
    for f in reversed([f for f in outer_figures(p, run.bracket) if f.end <= run.members[0].start]):
        if sentence_only and f.start < start:
            break
        if usable(f) and family(f) == family(run.members[0]) and (f.index == run.members[0].parent or not PAST_YEAR.search(p.lead(f))):
            out.append(f)
    return sorted(out, key=lambda f: f.role != run.role)


def kind_of(run: Run) -> Kind | None:
    """What the words before (and after) a list say of it: all parts (closed), some of them (open), or nothing."""
    p = run.paragraph
    clause = re.split("[。；]", run.intro)[-1]
    rest = p.report.text[run.members[-1].end:run.members[-1].end + 14]
    open_end = re.match(r"^[^，。；、]{0,6}等", rest) is not None
    if MADE_OF.search(re.split("[，]", clause)[-1]) and MADE_UP.match(rest):
        return "closed"
    if CLOSED.search(clause):
        return "open" if open_end else "closed"
    m = OPEN.search(clause)
    if m and m[0] != "有":
        last = p.gap(bare(p, run.members[-2])[1], bare(p, run.members[-1])[0])
        joined = re.search(r"^(?:和|及|以及|与)", last.lstrip("，、个家")) is not None
        return "closed" if joined and m[0] != "其中" and not open_end else "open"
    return None


def followed_by_rest(run: Run) -> bool:
    """Whether the sentence goes on to state the rest (其余32家), so that the list is no whole by itself."""
    p = run.paragraph
    end = p.sentence(run.members[-1])[1]
    return any(run.members[-1].end <= f.start < end and re.search("其余|剩余|余下|剩下", p.lead(f)) and f.unit == run.members[-1].unit for f in p.figures)


def adds_up(run: Run, whole: Figure) -> bool:
    """Whether the printed numbers add up exactly."""
    return run.sum == value(whole)


def explained(run: Run, whole: Figure) -> bool:
    """Whether rounding alone could explain the difference."""
    interval = printed(whole)
    return interval is not None and run.interval.meets(interval)


def near(run: Run, whole: Figure) -> bool:
    """Whether sum and total are close enough to be meant for each other."""
    amount = value(whole)
    if amount is None or amount <= 0:
        return False
    return NEAR_LOW <= run.sum / amount <= NEAR_HIGH or (is_count(whole) and abs(run.sum - amount) <= 3)
