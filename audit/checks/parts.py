"""Parts and totals (勾稽): listed parts against the total that they are said to make up, and remainders (其余, 剩余)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from audit.checks.around import Paragraph, paragraphs
from audit.checks.rounding import Interval, family, in_unit_of, is_count, plain, printed, total, value
from audit.messages import message
from audit.model import Finding, Quote, Severity
from extractor.report import Figure, Report

SUM = re.compile(r"合计|合在一起|加起来|加总|合起来|总计|共计|总共|累计|小计|合共|总数|总量|总额|总场次|相加|以上共|(?:一|总)?共(?:有|"
                 r"为|达)?\s*$|计\s*$")
OPEN = re.compile(r"其中|包括|包含|涵盖|覆盖|内含|含有?|主要(?:有|为)|用于|投向|分项看|分类看|分领域看|分行业看|分区域看|有")
CLOSED = re.compile(r"分别(?:为|是|有|达|占)|依次(?:为|是)|(?:细|又)?分为|构成(?:为|是|上)?|组成|按[^，。；]{1,12}(?:分|划分)|分布在|"
                    r"分布于")
MADE_OF = re.compile(r"由\S*$")
MADE_UP = re.compile(r"^\S{0,12}?(?:构成|组成)")
BREAK = re.compile(
    r"合计|合在一起|加起来|加总|合起来|总计|共计|总共|累计|小计|总数|总量|其中|包括|包含|其余|剩余|余下|另有|此外|较|相比|比(?!例|重)|"
    r"上年|去年|同比|同期|占|目标|任务|计划(?!建设|新建|实施|安排)|指标|"
    r"完成率|相当于|超过|高于|低于|达到|不足|超额|折合|增加到|增至|降至|升至|减至|降为|升为|分别|依次|涉及|对照|建筑面积|总投资|"
    r"(?:细|又)?分为|构成|组成|按[^，。；]{1,12}分|分布|以上|平均|人均|每|涵盖|覆盖|用于|投向|分项看|分类看|[，,：:](?:由|含|有)")
BASE = re.compile(r"上年|去年|上一年|往年|同期|(?:比|较|与)[^，。；]{0,12}$|20\d\d年(?:度)?的$")
PAST_YEAR = re.compile(r"上年|去年|上一年|同期|(?:比|较|与|由|从)[^，。；、]{0,14}$")
REMAINDER = re.compile(r"(?:其余|剩余|剩下|余下|其他|另外|另有|还有|尚有|仍有)(?:的|仍有|还有|尚有)?[^，。；、]{0,6}$")
NEGATED = re.compile(r"未|没有|尚待|不合格|不达标|不合规|无法|计划|拟|将")
GRADES = re.compile(r"^(?:[一-龥]{0,6}为|评定|获评)?(?:超额完成|基本完成|部分完成|未完成|完成|优秀|优良|良好|良|合格|基本合格|不合格|"
                    r"达标|未达标|"
                    r"不达标|较好|一般|较差|在建|续建|建成|新建|已建成|竣工|已竣工|未开工|开工|已开工|通过|未通过|达到|未达到|及格|"
                    r"不及格|优等|中等)(?:的|等次)?(?:有|为|共)?$")
COMPLEMENT = re.compile(r"^(?:不|未|非|无|没有)")
ACTION = re.compile(r"完成|通过|验收|评估|获|参加|申报|检查|抽查|组织|举办|开展|培训|新增|累计|实现|达到|整改|查处|立案|受理|办理|推荐|"
                    r"报送|培育")
FAILED = re.compile(r"^[^，。；]{0,24}(?:未|漏|没有|不合格|不达标|逾期|迟报|缺报|退出)|^[^。；]{0,30}，(?:未|没有)")
PARTICIPANTS = re.compile(r"中[，,]|，|；|应")
KINDS = frozenset(["类", "种", "大", "方面", "领域"])
OPEN_LOW = Decimal("0.7")
NEAR_LOW, NEAR_HIGH = Decimal("0.62"), Decimal("1.6")

Kind = Literal["closed", "open", "guess"]


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


LISTED = re.compile("其中|包括|分为|分别")


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


def check_parts(report: Report) -> list[Finding]:
    """Findings on listed parts and their totals, and on remainders."""
    groups = paragraphs(report)
    out: list[Finding] = list(far_remainders(groups))
    for p in groups:
        judged: list[Run] = []
        for run in runs(p):
            finding, decided = judge(run)
            if finding is not None:
                out.append(finding)
            if decided:
                judged.append(run)
        out.extend(single_parts(p))
        out.extend(remainders(p, judged))
        out.extend(failures(p, judged))
    return out


def judge(run: Run) -> tuple[Finding | None, bool]:
    """The finding on one list, and whether a total was found for it."""
    after = total_after(run)
    if after is not None:
        while len(run.members) > 2 and (value(run.members[0]) or 0) > (value(after) or 0):
            run = run.cut(1)
        for first in range(len(run.members) - 1):
            if adds_up(run.cut(first), after):
                return None, True
        explains = [run.cut(k) for k in range(len(run.members) - 1) if explained(run.cut(k), after)]
        best = explains[0] if explains else min((run.cut(k) for k in range(len(run.members) - 1)),
                                                key=lambda r: abs(r.sum - (value(after) or Decimal(0))))
        if explains or near(best, after):
            return finding_of(best, after, "closed"), True
        return None, True
    if run.bracket is not None:
        return in_bracket(run)
    cue = kind_of(run)
    if cue is None:
        return partition(run)
    return below(run, cue)


def total_after(run: Run) -> Figure | None:
    """The figure that sums up a list before it: A 3家、B 4家，合计7家."""
    p = run.paragraph
    following = [f for f in outer_figures(p, run.bracket) if f.start >= run.members[-1].end]
    if not following:
        return None
    f = next((g for g in following[:2] if family(g) == family(run.members[0]) and usable(g) and g.unit not in KINDS), following[0])
    gap = p.gap(bare(p, run.members[-1])[1], bare(p, f)[0])
    if "。" in gap or len(gap) > 40 or not usable(f) or family(f) != family(run.members[0]):
        return None
    clause = re.split("[，；,;]", gap)[-1]
    if not SUM.search(clause) or PAST_YEAR.search(clause):
        return None
    if re.search(r"累计|历年|总量|"
                 r"总额", clause) and not re.search(r"合计|总计|共计", clause) and any(m.unit != f.unit for m in run.members):
        return None
    return f


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


def candidates(run: Run, sentence_only: bool) -> list[Figure]:
    """The figures before a list that may be its total, nearest first."""
    p = run.paragraph
    start = p.sentence(run.members[0])[0]
    out = []
    for f in reversed([f for f in outer_figures(p, run.bracket) if f.end <= run.members[0].start]):
        if sentence_only and f.start < start:
            break
        if usable(f) and family(f) == family(run.members[0]) and not PAST_YEAR.search(p.lead(f)):
            out.append(f)
    return sorted(out, key=lambda f: f.role != run.role)


def below(run: Run, kind: Kind) -> tuple[Finding | None, bool]:
    """A list whose total stands before it, announced by 其中, 包括, 分为, 由…构成 and the like."""
    if followed_by_rest(run):
        return None, False
    found = candidates(run, sentence_only=True) or candidates(run, sentence_only=False) or elsewhere(run)
    nearest = max(found, key=lambda f: f.start, default=None)
    aims = [f for f in found if f.role == "target"]
    if any(adds_up(run, f) for f in found if f not in aims or nearest in aims or len(aims) == len(found)):
        return None, True
    if aims and any(adds_up(run, f) for f in aims):
        kind = "guess"
    found = [f for f in found if f.unit == run.members[0].unit] or found
    found = ([f for f in found if f.role == run.role] or found)[:1]
    fitting = [f for f in found if explained(run, f) and f.role == run.role] or [f for f in found if near(run, f)]
    if not fitting:
        return None, False
    if kind == "open" and run.sum < (value(fitting[0]) or Decimal(0)) * OPEN_LOW:
        return None, True
    return finding_of(run, fitting[0], kind), True


def elsewhere(run: Run) -> list[Figure]:
    """The total of what a list divides (重点用能单位按行业划分，…), where it stands in another paragraph; none where two values stand."""
    m = re.search(r"([一-龥]{4,12})(?:按|依)[^，。；]{1,8}(?:划分|分)[，为：]", run.intro)
    if not m or run.bracket is not None:
        return []
    report, unit = run.paragraph.report, run.members[0].unit
    found = []
    for f in report.figures:
        if f.unit == unit and usable(f) and f not in run.members:
            behind, ahead = report.text[f.end:f.end + len(m[1])], report.text[max(f.start - len(m[1]) - 1, 0):f.start]
            if behind == m[1] or re.fullmatch(f".?{re.escape(m[1])}[共有为]?", ahead):
                found.append(f)
    amounts = [value(f) for f in found]
    common = max(set(amounts), key=amounts.count, default=None)
    return [f for f in found if value(f) == common][:1] if amounts.count(common) * 2 > len(amounts) else []


def followed_by_rest(run: Run) -> bool:
    """Whether the sentence goes on to state the rest (其余32家), so that the list is no whole by itself."""
    p = run.paragraph
    end = p.sentence(run.members[-1])[1]
    return any(run.members[-1].end <= f.start < end and re.search("其余|剩余|余下|剩下", p.lead(f)) and f.unit == run.members[-1].unit for f in p.figures)


def in_bracket(run: Run) -> tuple[Finding | None, bool]:
    """A list in the bracket right behind its total: 26块（商办8块、工业5块 …）."""
    p = run.paragraph
    assert run.bracket is not None
    outer = [f for f in p.figures if f.end <= run.bracket[0]]
    if not outer:
        return None, False
    whole = outer[-1]
    gap = p.gap(whole.end, run.bracket[0])
    if len(gap) > 14 or re.search("[，。；、]", gap) or not usable(whole) or family(whole) != family(run.members[0]):
        return None, False
    if adds_up(run, whole):
        return None, True
    text = p.report.text[run.bracket[0]:run.bracket[1]]
    kind: Kind = "open" if re.search("其中|等[^级]|含|包括", text) else "closed"
    if any(ACTION.search(p.lead(m)) for m in run.members):
        kind = "guess"
    return (finding_of(run, whole, kind), True) if explained(run, whole) or near(run, whole) else (None, False)


def category(p: Paragraph, f: Figure) -> str:
    """The bare name of a listed figure: 非工业34家 -> 非工业."""
    return re.sub(r"^[和及与并、]|(?:单位|企业|项目)?(?:的)?(?:有|为|共)?$", "", p.lead(f).lstrip("、，")).strip()


def complementary(run: Run) -> bool:
    """Whether one name is another's contrary (合格, 不合格), so that the two are all there is."""
    if len(run.members) != 2:
        return False
    a, b = (category(run.paragraph, f) for f in run.members)
    return any(len(y) >= 2 and COMPLEMENT.sub("", x) == y and x != y for x, y in ((a, b), (b, a)))


def partition(run: Run) -> tuple[Finding | None, bool]:
    """A list that nothing announces, but whose names divide a whole: 优秀8家、良好13家、合格2家, or 在建4个、建成8个."""
    if len(run.members) >= 3 and not divides(run) and len(run.cut(1).members) >= 2:
        run = run.cut(1)  # the first one is the whole: 抽查48家，合格47家，不合格1家
    if not divides(run):
        return beside(run)
    same_sentence = candidates(run, sentence_only=True)
    everything = candidates(run, sentence_only=False)
    found = [f for f in same_sentence or everything if f.unit == run.members[0].unit]
    if any(adds_up(run, f) for f in everything):
        return None, True
    fitting = sorted((f for f in found if near(run, f)), key=lambda f: abs((value(f) or Decimal(0)) - run.sum))
    if not fitting:
        return None, False
    kind: Kind = "closed" if complementary(run) and same_sentence and fitting[0] is found[0] else "guess"
    return finding_of(run, fitting[0], kind), True


def divides(run: Run) -> bool:
    """Whether the names of a list divide a whole: grades (优秀, 良好), stages (在建, 建成), or a name and its contrary."""
    p = run.paragraph
    return complementary(run) or all(GRADES.match(p.lead(f).lstrip("、，和及")) for f in run.members)


def beside(run: Run) -> tuple[Finding | None, bool]:
    """A short list right behind a figure of the same unit, without a word that makes it parts: looked at, never accused."""
    p = run.paragraph
    found = candidates(run, sentence_only=True)
    if not found or len({f.unit for f in (*run.members, found[0])}) > 1 or adds_up(run, found[0]):
        return None, bool(found and adds_up(run, found[0]))
    names = [category(p, f) for f in run.members]
    gap = run.intro
    if not re.match(r"^[^，。；]{0,8}[，：]", gap) or any(not n or len(n) > 6 or ACTION.search(n) for n in names):
        return None, False
    head = p.lead(found[0])[-2:]
    if any(n.endswith(head) or n[:2] == p.lead(found[0])[:2] for n in names if head) or not near(run, found[0]):
        return None, False
    return finding_of(run, found[0], "guess"), True


def finding_of(run: Run, whole: Figure, kind: Kind) -> Finding | None:
    """The finding on a list that does not add up to its total; None where the list is open and far from it."""
    p, report = run.paragraph, run.paragraph.report
    difference = run.sum - (value(whole) or Decimal(0))
    parts = " + ".join(plain(f.number or Decimal(0)) for f in run.members)
    severity: Severity = "warning"
    if explained(run, whole) and not all(is_count(f) for f in (*run.members, whole)):
        key = "parts_rounding"
    elif difference > 0:
        key = "parts_over"
        crossing = kind == "open" and any(ACTION.search(p.lead(f)) for f in run.members)
        severity = "warning" if kind == "guess" or crossing else "error"
    elif kind == "open":
        key = "parts_open"
    else:
        key = "parts_short"
        severity = "error" if kind == "closed" else "warning"
    if "~" in {f.bound for f in (*run.members, whole)}:
        severity = "warning"
    text = message(f"checks.{key}", sum=in_unit_of(run.sum, whole), total=whole.text, difference=in_unit_of(abs(difference), whole), parts=parts)
    return Finding("parts-mismatch", severity, None, text, quotes(report, (whole, *run.members)))


def far_remainders(groups: Sequence[Paragraph]) -> Iterator[Finding]:
    """剩余4座码头: a rest whose whole and part stand together elsewhere (26座码头中已有22座). A warning at most."""
    for p in groups:
        for rest in p.figures:
            m = re.search(r"(?:剩余|余下|剩下|尚余)(?:的)?$", p.lead(rest))
            stated = value(rest)
            if not m or stated is None or not is_count(rest) or sum(f.unit == rest.unit and f.end <= rest.start for f in p.figures) >= 2:
                continue
            noun = {p.tail(rest)[k:k + 2] for k in range(min(len(p.tail(rest)), 8) - 1)}
            for q in groups:
                for a, b in zip(q.figures, q.figures[1:], strict=False):
                    if q is p or a.unit != rest.unit or b.unit != rest.unit or q.sentence(a) != q.sentence(b) or not (usable(a) and usable(b)):
                        continue
                    start, end = q.sentence(a)
                    words = q.report.text[start:end]
                    if sum(w in words for w in noun) < 3 or "中" not in q.report.text[a.end:b.start]:
                        continue
                    amount = (value(a) or Decimal(0)) - (value(b) or Decimal(0))
                    if amount != stated:
                        text = message("checks.remainder", whole=a.text, part=b.text, rest=in_unit_of(amount, rest), stated=rest.text,
                                       difference=in_unit_of(abs(amount - stated), rest))
                        yield Finding("parts-mismatch", "warning", None, text, quotes(p.report, (a, b, rest)))


def failures(p: Paragraph, judged: Sequence[Run]) -> Iterator[Finding]:
    """A whole, those that did, and those that did not, in one sentence: 7家, 开展的6家; 水云间酒店1家未开展. A warning at most."""
    taken = {f.index for r in judged for f in r.members}
    for k, bad in enumerate(p.figures):
        start, end = p.sentence(bad)
        same = [f for f in p.figures if start <= f.start < bad.start and usable(f) and f.unit == bad.unit]
        if len(same) != 2 or not usable(bad) or bad.index in taken or REMAINDER.search(p.lead(bad)):
            continue
        stop = min([end, *(f.start for f in p.figures[k + 1:])])
        if not FAILED.search(p.report.text[bad.end:stop].split("；")[0]) or FAILED.search(p.gap(same[1].end, bad.start).split("；")[0].split("，")[0]):
            continue
        if FAILED.search(p.lead(same[1])) or level_bracket(p, same[1]) != level_bracket(p, bad):
            continue
        whole, good = same
        amount = (value(good) or Decimal(0)) + (value(bad) or Decimal(0))
        if amount == value(whole) or (value(good) or 0) < (value(whole) or 0) / 3 or not PARTICIPANTS.search(p.gap(whole.end, good.start)):
            continue
        difference = abs(amount - (value(whole) or Decimal(0)))
        if difference > max(Decimal(3), (value(whole) or Decimal(0)) / 2):
            continue
        text = message("checks.parts_over" if amount > (value(whole) or 0) else "checks.parts_short", sum=in_unit_of(amount, whole), total=whole.text,
                       difference=in_unit_of(difference, whole), parts=f"{plain(good.number or Decimal(0))} + {plain(bad.number or Decimal(0))}")
        yield Finding("parts-mismatch", "warning", None, text, quotes(p.report, (whole, good, bad)))


def quotes(report: Report, figures: Sequence[Figure]) -> tuple[Quote, ...]:
    """The figures as quotes, in reading order."""
    return tuple(sorted({Quote.of(report, f.start, f.end) for f in figures}))


def single_parts(p: Paragraph) -> Iterator[Finding]:
    """A single 其中 that is larger than what it is part of."""
    for a, b in zip(p.figures, p.figures[1:], strict=False):
        gap = p.gap(a.end, b.start)
        if "其中" not in gap or "。" in gap or not usable(a) or not usable(b) or a.unit != b.unit or level_bracket(p, a) != level_bracket(p, b):
            continue
        x, y = printed(a), printed(b)
        if x is None or y is None or y.low <= x.high or any(b in r.members and r.members[0] is b for r in runs(p)):
            continue
        difference = (value(b) or Decimal(0)) - (value(a) or Decimal(0))
        yield Finding("parts-mismatch", "error", None, message("checks.part_exceeds", part=b.text, total=a.text, difference=in_unit_of(difference, a)),
                      quotes(p.report, (a, b)))


def remainders(p: Paragraph, judged: Sequence[Run]) -> Iterator[Finding]:
    """其余, 剩余, 余下: some whole less some part before it must give the stated rest."""
    taken = {f.index for r in judged for f in r.members}
    for rest in p.figures:
        m = REMAINDER.search(p.lead(rest))
        if not m or not usable(rest) or rest.index in taken:
            continue
        start = p.sentence(rest)[0]
        before = [f for f in p.figures if f.end <= rest.start and f.unit == rest.unit and usable(f)]
        stated = value(rest)
        if len(before) < 2 or stated is None:
            continue
        pairs = [(a, b) for i, a in enumerate(before) for b in before[i + 1:] if (value(a) or 0) > (value(b) or 0) or len(before) == 2]
        if any(abs((value(a) or Decimal(0)) - (value(b) or Decimal(0))) == stated for i, a in enumerate(before) for b in before[i + 1:]):
            continue
        if any(value(a) == stated + sum((value(f) or Decimal(0)) for f in before[i + 1:]) for i, a in enumerate(before)):
            continue
        added = m[0].startswith(("另", "还", "其他")) and not NEGATED.search(p.lead(rest) + p.tail(rest))
        if added:
            continue
        pairs = [(a, b) for a, b in pairs if b.start >= start] or pairs
        best = min(pairs, key=lambda ab: abs((value(ab[0]) or Decimal(0)) - (value(ab[1]) or Decimal(0)) - stated), default=None)
        linked = [(a, b) for a, b in pairs if re.search(r"其中|中[，,]?|，", p.gap(a.end, b.start)) and before.index(b) == before.index(a) + 1]
        best = linked[0] if len(linked) == 1 else best
        if best is None:
            continue
        whole, part = best
        amount = (value(whole) or Decimal(0)) - (value(part) or Decimal(0))
        sure = len(before) == 2 and whole.start >= start and m[0].startswith(("其余", "剩余", "余下"))
        text = message("checks.remainder", whole=whole.text, part=part.text, rest=in_unit_of(amount, rest), stated=rest.text,
                       difference=in_unit_of(abs(amount - stated), rest))
        yield Finding("parts-mismatch", "error" if sure else "warning", None, text, quotes(p.report, (*before, rest)))
