"""Stated shares and rates against the figures that they follow from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from audit.checks.around import Paragraph, paragraphs, without_brackets
from audit.checks.growth import difference, growth
from audit.checks.lists import quotes
from audit.checks.percent import fits, is_change, plain_figure, sentence_start
from audit.checks.rounding import Interval, family, plain, printed, value
from audit.messages import message
from audit.model import Finding, Severity
from extractor.report import Figure, Report

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
