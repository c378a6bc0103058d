"""Stated shares, rates and growth against the figures that they follow from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from audit.checks.around import Paragraph, paragraphs, without_brackets
from audit.checks.parts import quotes
from audit.checks.rounding import Interval, base_unit, family, plain, printed, value
from audit.messages import message
from audit.model import Finding, Severity
from extractor.report import Figure, Report

UP = re.compile(r"增长|增加|上升|提高|提升|增幅|涨幅|增速|扩大|升高|多|增")
DOWN = re.compile(r"下降|减少|降低|降幅|缩减|下滑|回落|压减|减幅|收窄|削减|少|降|减")
CHANGE = re.compile(r"(?:增长|增加|上升|提高|提升|增幅|涨幅|增速|扩大|升高|下降|减少|降低|降幅|缩减|下滑|回落|压减|减幅|收窄|削减|节约|"
                    r"降|增|减|升)"
                    r"(?:率|幅度|比例)?(?:了|约|近|达到|达|为|超过|超|幅|[：:])*\s*$")
FORMER = re.compile(r"(?:上年|去年|上一年|上年度|上年同期|去年同期|往年|同期|基期|改造前|此前|年初|原来|原|(?:19|20)\d\d年(?:度|底|"
                    r"末)?)[^，。；、]{0,14}$")
FROM = re.compile(r"(?:由|从|自)[^，。；、]{0,16}$")
VERSUS = re.compile(r"(?:比|较|与|同|和)[^，。；]{0,18}$")
TO = re.compile(r"(?:升|降|增|减|提|下降|上升|增加|减少|提高|提升|增长|扩大|压缩|调整|改善|优化|跃升|降低|缩减|"
                r"攀升)[^，。；、]{0,6}?(?:至|到|为)")
RATE = re.compile(r"率|占比|比例|比重|占|份额|覆盖面|进度|百分比|折合|相当于|(?:达到?|为|是)[^，。；]{0,24}的$")
COMPLETION = re.compile(r"(?:完成|达成|实现|执行|兑现|落实)(?:比例|率|进度)|进度|占(?:年度|全年|市|下达)?[^，。；]{0,6}(?:目标|任务|"
                        r"计划|指标)")
GENERAL = re.compile(r"占|比例|比重|完成|覆盖|折合|相当于|进度|达成")
OF_PERCENT = re.compile(r"^[^，。；、]{0,12}的(?:约|近|比例)?$|^(?:为基数|作为基数|为基准)?[，,](?:并)?按(?:其|该数|"
                        r"上述[^，。；]{0,6})?的?$")
NEAR_LOW, NEAR_HIGH = Decimal("0.62"), Decimal("1.62")


@dataclass(frozen=True)
class Pair:
    """What a percentage may follow from: one figure as a share of, or grown from, another."""

    part: Figure
    whole: Figure
    exact: Decimal
    interval: Interval
    sure: bool = False


def plain_figure(f: Figure) -> bool:
    """Whether a figure can be a part or a whole."""
    return value(f) is not None and f.unit not in ("", "比", "个百分点", "分") and f.role != "limit"


def check_shares(report: Report) -> list[Finding]:
    """Findings on shares, rates, growth and completion."""
    out: list[Finding] = []
    groups = paragraphs(report)
    for p in groups:
        for f in p.figures:
            if f.number is None or f.high is not None or f.bound not in ("", "~"):
                continue
            if f.unit == "%":
                change = is_change(p, f)
                finding = growth(p, f) if change else (share(p, f) if stated_share(p, f) else None)
            elif is_change(p, f):
                finding = difference(p, f)
            else:
                continue
            if finding is not None:
                out.append(finding)
    out.extend(in_brackets(groups))
    return out


def is_change(p: Paragraph, f: Figure) -> bool:
    """Whether a figure is a growth or a decline."""
    lead = p.lead(f)
    if re.search(r"相差$|差$", lead):
        return f.unit == "个百分点"
    if CHANGE.search(lead) and not re.search(r"率为?$", lead):
        return True
    return f.role == "change" and not re.search(r"占[^，。；]{0,10}$", lead)


def fits(p: Figure, interval: Interval) -> bool:
    """Whether a stated percentage may be the rounded value of something in an interval."""
    stated = printed(p)
    return stated is not None and stated.meets(interval)


def sentence_start(p: Paragraph, f: Figure, sentences_back: int = 0) -> int:
    """Where a figure's sentence begins, or that of the sentence some sentences before."""
    at = p.sentence(f)[0]
    for _ in range(sentences_back):
        earlier = max(p.report.text.rfind(c, p.start, max(at - 1, p.start)) for c in "。！？")
        at = earlier + 1 if earlier >= 0 else p.start
    return at


def pair(part: Figure, whole: Figure, sure: bool = False) -> Pair | None:
    """part as a percentage of whole."""
    a, b = printed(part, whole=part.role == "target"), printed(whole, whole=whole.role == "target")
    x, y = value(part), value(whole)
    if a is None or b is None or x is None or y is None or y <= 0 or family(part) != family(whole):
        return None
    interval = a.percent_of(b)
    return Pair(part, whole, x / y * 100, interval, sure) if interval else None


def stated_share(p: Paragraph, f: Figure) -> bool:
    """Whether a percentage says what is the case (a rate reached, a share of a stated figure), and not what is aimed at."""
    return f.role == "actual" or given_share(p, f) or COMPLETION.search(p.lead(f)) is not None


def given_share(p: Paragraph, f: Figure) -> bool:
    """Whether a target percentage is a share of a stated figure: 68.45万吨标准煤的1%."""
    before = [g for g in p.figures if g.end <= f.start]
    return bool(before) and OF_PERCENT.match(p.gap(before[-1].end, f.start)) is not None


def share(p: Paragraph, f: Figure) -> Finding | None:
    """A share or a rate against the part and the whole beside it."""
    start, end = p.sentence(f)
    before = [g for g in p.figures if start <= g.start and g.end <= f.start and plain_figure(g) and g.unit != "%"]
    earlier = [g for g in p.figures if sentence_start(p, f, 2) <= g.start < start and plain_figure(g) and g.unit != "%"]
    after = [g for g in p.figures if f.end <= g.start < end and plain_figure(g) and g.unit != "%"]
    lead = p.lead(f)
    pairs: list[Pair] = []
    of = before[-1] if before and OF_PERCENT.match(p.gap(before[-1].end, f.start)) else None
    if of is not None:
        parts = [g for g in reversed(before[:-1]) if family(g) == family(of)][:3] + [g for g in after if family(g) == family(of)][:2] \
            + [g for g in reversed(earlier) if family(g) == family(of)][:2]
        pairs = [q for k, g in enumerate(parts) if (q := pair(g, of, sure=k == 0 and bool(before[:-1]) and g in before))]
    elif RATE.search(lead):
        pairs = rate_pairs(p, f, before, earlier, after)
    if not pairs or any(fits(f, q.interval) for q in pairs) or of_a_sum(f, before):
        return None
    told = max((g.end for g in p.figures if start <= g.start and g.end <= f.start and g.unit == "%" and not is_change(p, g) and g.role == "actual"),
               default=start)
    pairs = [q for q in pairs if q.part.start >= told or q.whole.start >= told]
    if not pairs:
        return None
    return share_finding(p, f, pairs, lead)


def of_a_sum(f: Figure, before: Sequence[Figure]) -> bool:
    """Whether a share is of the sum of a list: 国控2个、市控9个、区控30个, 优良38个, 占92.7%."""
    for k in range(len(before) - 1, 1, -1):
        part, whole = printed(before[k]), Interval(Decimal(0), Decimal(0))
        for j in range(k - 1, -1, -1):
            step = printed(before[j])
            if step is None or part is None or family(before[j]) != family(before[k]):
                break
            whole = whole + step
            share_of = part.percent_of(whole)
            if k - j >= 2 and share_of is not None and fits(f, share_of):
                return True
    return False


def rate_pairs(p: Paragraph, f: Figure, before: Sequence[Figure], earlier: Sequence[Figure], after: Sequence[Figure]) -> list[Pair]:
    """The parts and wholes that a rate may be of: its last figures before it as the part, any figure of the family as the whole."""
    out: list[Pair] = []
    targets = [g for g in (*earlier, *before) if g.role == "target"]
    actual = [g for g in before if g.role != "target"]
    if COMPLETION.search(p.lead(f)) and targets:
        for t in reversed(targets):
            done = [g for g in reversed((*earlier, *before)) if g.role != "target" and family(g) == family(t)]
            out += [q for k, g in enumerate(done[:6]) if (q := pair(g, t, sure=k == 0 and t in before and g in before))]
        if out:
            return out
    parts = list(reversed(actual))[:2] or list(reversed(earlier))[:2]
    chain = [*earlier, *before]
    for k, part in enumerate(parts):
        for whole in (*reversed(before), *reversed(earlier), *after[:1]):
            if whole is part or family(whole) != family(part):
                continue
            x, y = value(part), value(whole)
            if x is None or y is None:
                continue
            if x > y and part.start > whole.start and whole.role != "target":
                continue
            alone = sum(family(g) == family(part) for g in before) == 2
            q = pair(part, whole, sure=k == 0 and whole in before and alone)
            if q:
                out.append(q)
        if k == 0 and len(parts) > 1 and family(parts[1]) == family(part):
            q = pair(parts[1], part)
            if q and q.exact <= 100:
                out.append(q)
    out += [q for a, b in zip(chain, chain[1:], strict=False) if b not in parts and family(a) == family(b) and (q := pair(b, a)) and q.exact <= 100]
    return out


def related(p: Paragraph, f: Figure, part: Figure, lead: str) -> bool:
    """Whether a rate's name shares a word with the clause of its part (接入率 and 接入), or names no deed of its own (占, 比例)."""
    if GENERAL.search(lead):
        return True
    m = re.search(r"([一-龥]{1,8})率", lead)
    if not m:
        return True
    words = p.report.text[p.sentence(part)[0]:f.start - len(lead)]
    if re.search("均|全部|悉数", p.report.text[part.end:f.start]):
        return True
    stem = m[1]
    return any(stem[k:k + 2] in words for k in range(max(len(stem) - 2, 0), len(stem) - 1)) or stem[-1:] in p.lead(part) + p.tail(part)


def share_finding(p: Paragraph, f: Figure, pairs: Sequence[Pair], lead: str) -> Finding | None:
    """The finding on a share that fits none of its pairs; None where no pair is near enough to be meant."""
    stated = value(f) or Decimal(0)
    close = [q for q in pairs if stated and (NEAR_LOW <= q.exact / stated <= NEAR_HIGH or abs(q.exact - stated) <= 3)]
    if not close or stated == 100:
        return None
    sure = [q for q in close if q.sure]
    best = sure[0] if sure else min(close, key=lambda q: abs(q.exact - stated))
    if not related(p, f, best.part, lead):
        if best.part.end < f.start - len(lead) - 12:
            return None
        sure = []
    places = len(f.value.partition(".")[2])
    truncated = abs(best.exact - stated) < Decimal(1).scaleb(-places)
    severity: Severity = "error" if sure and len({(q.part.index, q.whole.index) for q in sure}) == 1 and not truncated else "warning"
    text = message("checks.share_cut" if truncated else "checks.share", part=best.part.text, whole=best.whole.text, follows=plain(best.exact, places + 1),
                   stated=f.text, difference=plain(abs(best.exact - stated), places + 1))
    return Finding("percentage-mismatch", severity, None, text, quotes(p.report, (best.part, best.whole, f)))


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


LABEL = re.compile(r"(?P<last>上年|去年|上一年|同期|同比)|(?P<start>年初)|(?P<year>(?:19|20)\d\d)年")


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


def down(p: Paragraph, f: Figure) -> bool:
    """Whether a change is a decrease."""
    words = re.findall(f"{UP.pattern}|{DOWN.pattern}", p.lead(f))
    return bool(words) and DOWN.fullmatch(words[-1]) is not None if words else f.down


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


def in_brackets(groups: Sequence[Paragraph]) -> list[Finding]:
    """5家（12%）重点用能单位, where the whole (39家重点用能单位) stands elsewhere in the same section."""
    out = []
    for p in groups:
        for part, f in zip(p.figures, p.figures[1:], strict=False):
            if f.unit != "%" or p.bracket(f) is None or p.report.text[part.end:f.start].strip() not in ("（", "("):
                continue
            behind = without_brackets(p.report.text[part.end:part.end + 40])
            m = re.match(r"[一-龥]{2,10}", behind)
            noun = m[0] if m else ""
            wholes = [g for q in groups for g in q.figures
                      if g is not part and g.unit == part.unit and plain_figure(g) and near_by(p, q, f, g) and (value(g) or 0) > (value(part) or 0)
                      and common_prefix(noun, q.tail(g)) >= 3]
            pairs = [q for g in wholes if (q := pair(part, g))]
            if pairs and not any(fits(f, q.interval) for q in pairs):
                finding = share_finding(p, f, pairs, "占")
                if finding is not None:
                    out.append(Finding(finding.code, "warning", None, finding.message, (*finding.quotes, *quotes(p.report, ()))))
    return out


def near_by(p: Paragraph, q: Paragraph, f: Figure, g: Figure) -> bool:
    """Whether two figures stand in one paragraph, one section, or neighbouring sections of one heading."""
    if p.start == q.start or f.section == g.section:
        return True
    if f.section is None or g.section is None:
        return False
    sections = p.report.sections
    return sections[f.section].parent == sections[g.section].parent and sections[f.section].parent is not None


def common_prefix(a: str, b: str) -> int:
    """How many characters two strings begin with alike."""
    n = 0
    while n < min(len(a), len(b)) and a[n] == b[n]:
        n += 1
    return n
