"""Parts and totals (勾稽): listed parts against the total that they are said to make up."""

from __future__ import annotations

import re
from decimal import Decimal

from audit.checks.around import Paragraph, paragraphs
from audit.checks.lists import (
    ACTION,
    PAST_YEAR,
    Kind,
    Run,
    adds_up,
    bare,
    candidates,
    explained,
    followed_by_rest,
    kind_of,
    near,
    outer_figures,
    quotes,
    runs,
    usable,
)
from audit.checks.remainders import failures, far_remainders, remainders, single_parts
from audit.checks.rounding import family, in_unit_of, is_count, plain, value
from audit.messages import message
from audit.model import Finding, Severity
from extractor.report import Figure, Report

SUM = re.compile(r"合计|合在一起|加起来|加总|合起来|总计|共计|总共|累计|小计|合共|总数|总量|总额|总场次|相加|以上共|(?:一|总)?共(?:有|"
                 r"为|达)?\s*$|计\s*$")
GRADES = re.compile(r"^(?:[一-龥]{0,6}为|评定|获评)?(?:超额完成|基本完成|部分完成|未完成|完成|优秀|优良|良好|良|合格|基本合格|不合格|"
                    r"达标|未达标|"
                    r"不达标|较好|一般|较差|在建|续建|建成|新建|已建成|竣工|已竣工|未开工|开工|已开工|通过|未通过|达到|未达到|及格|"
                    r"不及格|优等|中等)(?:的|等次)?(?:有|为|共)?$")
COMPLEMENT = re.compile(r"^(?:不|未|非|无|没有)")
KINDS = frozenset(["类", "种", "大", "方面", "领域"])
OPEN_LOW = Decimal("0.7")


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
