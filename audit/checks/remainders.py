"""What is left of a whole: remainders (其余, 剩余), those that failed, and a single part larger than its whole."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from audit.checks.around import Paragraph
from audit.checks.lists import Run, level_bracket, quotes, runs, usable
from audit.checks.rounding import in_unit_of, is_count, plain, printed, value
from audit.messages import message
from audit.model import Finding

REMAINDER = re.compile(r"(?:其余|剩余|剩下|余下|其他|另外|另有|还有|尚有|仍有)(?:的|仍有|还有|尚有)?[^，。；、]{0,6}$")
NEGATED = re.compile(r"未|没有|尚待|不合格|不达标|不合规|无法|计划|拟|将")
FAILED = re.compile(r"^[^，。；]{0,24}(?:未|漏|没有|不合格|不达标|逾期|迟报|缺报|退出)|^[^。；]{0,30}，(?:未|没有)")
PARTICIPANTS = re.compile(r"中[，,]|，|；|应")


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
