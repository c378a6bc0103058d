"""Stated growth and decline against the base that the text gives."""

from __future__ import annotations

import re
from decimal import Decimal

from audit.checks.around import Paragraph
from audit.checks.lists import quotes
from audit.checks.percent import CHANGE, down, fits, is_change, plain_figure, sentence_start
from audit.checks.rounding import Interval, base_unit, plain, printed, value
from audit.messages import message
from audit.model import Finding, Severity
from extractor.report import Figure

FORMER = re.compile(r"(?:上年|去年|上一年|上年度|上年同期|去年同期|往年|同期|基期|改造前|此前|年初|原来|原|(?:19|20)\d\d年(?:度|底|"
                    r"末)?)[^，。；、]{0,14}$")
FROM = re.compile(r"(?:由|从|自)[^，。；、]{0,16}$")
VERSUS = re.compile(r"(?:比|较|与|同|和)[^，。；]{0,18}$")
TO = re.compile(r"(?:升|降|增|减|提|下降|上升|增加|减少|提高|提升|增长|扩大|压缩|调整|改善|优化|跃升|降低|缩减|"
                r"攀升)[^，。；、]{0,6}?(?:至|到|为)")
LABEL = re.compile(r"(?P<last>上年|去年|上一年|同期|同比)|(?P<start>年初)|(?P<year>(?:19|20)\d\d)年")


def former_figures(p: Paragraph, f: Figure, start: int) -> list[tuple[Figure, bool]]:
    """The figures before a change that are its base, nearest first; with whether the words say so beyond doubt."""
    out = []
    figures = [g for g in p.figures if start <= g.start < f.start and plain_figure(g)]
    for k, g in enumerate(figures):
        lead = p.lead(g)
        following = figures[k + 1] if k + 1 < len(figures) else None
        falls = FROM.search(lead) and following is not None and TO.search(p.gap(g.end, following.start))
        versus = VERSUS.search(lead) and (
            re.search(r"的[^，。；、]{0,10}$|相比", lead + "｜" + p.tail(g))
            or re.match(r"^[^，。；]{0,3}(?:相比|增|减|升|降|提|下|上)", p.gap(g.end, f.start).lstrip("，")))
        if falls or versus:
            out.append((g, True))
        elif FORMER.search(lead) and re.search(r"(?:为|是|有|的|共|计|仅|完成|额|量|数|资)\s*$|[年期度]$", lead):
            out.append((g, re.search(r"上年|去年|上一年|同期|基期", lead) is not None))
    return list(reversed(out))


def same_base(p: Paragraph, f: Figure, base: Figure) -> bool:
    """Whether a change that names what it is compared with (比上年提高) names this base."""
    said, given = LABEL.search(p.lead(f)), LABEL.search(p.lead(base))
    if said is None:
        return True
    last = str(p.report.year - 1) if p.report.year else None
    if given is None:
        return FROM.search(p.lead(base)) is not None and said["last"] is not None
    if said["last"]:
        return given["last"] is not None or (given["year"] in (last, None) and given["start"] is None) or last is None
    if said["year"]:
        return given["year"] == said["year"] or (given["last"] is not None and said["year"] == last)
    return given["start"] is not None


def now_figures(p: Paragraph, f: Figure, base: Figure, start: int) -> list[Figure]:
    """The figures that a base may have grown into, the likeliest first."""
    same = [g for g in p.figures if start <= g.start < f.start and g is not base and plain_figure(g) and g.role != "target"
            and (base_unit(g) == base_unit(base)) and (g.unit == "%") == (base.unit == "%")]
    if FROM.search(p.lead(base)):
        later = [g for g in same if g.start > base.start]
        return later[:1] + [g for g in reversed(same) if g.start < base.start]
    before = [g for g in reversed(same) if g.start < base.start]
    return before + [g for g in same if g.start > base.start]


def growth(p: Paragraph, f: Figure) -> Finding | None:
    """A growth or decline in percent against the base that the text states."""
    start = sentence_start(p, f)
    bases = [b for b in former_figures(p, f, start) if same_base(p, f, b[0])]
    if not bases:
        return None
    listed = re.search(r"分别|依次", p.report.text[start:f.start]) is not None
    earlier = max((g.end for g in p.figures if g.end <= f.start and g.unit == "%" and is_change(p, g)), default=start)
    if not listed:
        bases = [b for b in bases if b[0].start >= earlier] or bases
    tried: list[tuple[Decimal, Figure, Figure, Decimal, bool]] = []
    stated = value(f) or Decimal(0)
    for base, sure in bases:
        if base.unit == "%" or CHANGE.search(p.lead(base)):
            continue
        for now in now_figures(p, f, base, start):
            a, b, x, y = printed(now), printed(base), value(now), value(base)
            share_of = a.percent_of(b) if a and b else None
            if share_of is None or x is None or not y:
                continue
            moved = Interval(share_of.low - 100, share_of.high - 100)
            if down(p, f):
                moved = Interval(-moved.high, -moved.low)
            exact = (x - y) / y * 100
            if fits(f, moved):
                return None
            tried.append((abs((-exact if down(p, f) else exact) - stated), now, base, exact, sure))
    if not tried:
        return None
    _, now, base, exact, sure = min(tried, key=lambda t: t[0])
    signed = -exact if down(p, f) else exact
    places = len(f.value.partition(".")[2])
    if abs(signed - stated) > max(stated, abs(signed)) * 3 or (signed < 0 and abs(signed) > 60):
        sure = False
    if re.search(r"年均|复合", p.lead(f)):
        return None
    truncated = abs(signed - stated) < Decimal(1).scaleb(-places)
    severity: Severity = "error" if sure and not truncated and not listed else "warning"
    if not sure and not (stated and Decimal("0.3") <= signed / stated <= 3):
        return None
    direction = "down" if exact < 0 else "up"
    text = message("checks.growth_cut" if truncated else f"checks.growth_{direction}", now=now.text, base=base.text, follows=plain(abs(exact), places + 1),
                   stated=f.text, difference=plain(abs(signed - stated), places + 1))
    return Finding("percentage-mismatch", severity, None, text, quotes(p.report, (now, base, f)))


def difference(p: Paragraph, f: Figure) -> Finding | None:
    """A change in percentage points or in the unit itself against the two values that the text states."""
    start = sentence_start(p, f)
    points = f.unit == "个百分点"
    tried = []
    for base, sure in former_figures(p, f, start):
        if not same_base(p, f, base):
            continue
        if (base.unit == "%") != points or (not points and base_unit(base) != base_unit(f)) or CHANGE.search(p.lead(base)):
            continue
        for k, now in enumerate(now_figures(p, f, base, start)[:2]):
            a, b, stated = printed(now), printed(base), printed(f)
            x, y, z = value(now), value(base), value(f)
            if a is None or b is None or stated is None or x is None or y is None or z is None:
                continue
            moved = a - b
            if stated.meets(moved) or stated.meets(Interval(-moved.high, -moved.low)):
                return None
            tried.append((now, base, abs(x - y), sure and k == 0, z))
    if not tried:
        return None
    now, base, moved_by, sure, z = tried[0]
    if not sure and not (z and Decimal("0.4") <= moved_by / z <= Decimal("2.5")):
        return None
    unit_value = (f.number or Decimal(1)) / z if z else Decimal(1)
    text = message("checks.difference", now=now.text, base=base.text, follows=plain(moved_by * unit_value) + f.unit, stated=f.text)
    return Finding("percentage-mismatch", "error" if sure else "warning", None, text, quotes(p.report, (now, base, f)))
