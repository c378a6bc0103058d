"""What was due beside what was done, figures said to agree, and public money told twice."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from audit.checks.around import Paragraph
from audit.checks.lists import runs
from audit.checks.mentions import OTHER_TIME, SETTING
from audit.checks.rounding import base_unit, plain, printed, value
from audit.messages import message
from audit.model import Finding, Quote, Severity

DONE = re.compile(r"^[^，。；、]{0,8}[，,]\s*(?:实际|实|年内|全年|当年|现|均|已|共|按期|如期|全部)*(?:完成|获批|建成|落实|办结|创成|创建|"
                  r"新增|做|实施|开展|报送|报|改造|培育|检查|抽检|达到|通过)?"
                  r"(?:了|数|量)?\s*$")
ELIGIBLE = re.compile(r"应(?:报|检|接|收|缴|交|审|验|查|清|办|签|填|公示|复查|整改)[^，。；]{0,8}(?:｜|$)|(?:具备|符合)[^，。；]*条件")
ADMITTED = re.compile(r"仅|只|余|尚|未|因|受|原因|缺口|不足|低于|少|差|其他|剩|待|推迟|延期|滞后|调整")
FISCAL = re.compile(r"(?:财政|区级|县级|市级|本级)[^，。；]{0,6}(?:拨付|出资|下拨|安排|补助|投入|支持|配套|承担|资金)[^，。；]{0,3}$")
AGREES = re.compile(r"^[^，。；、]{0,8}(?:一致|持平|相同|相等|吻合|相符)")


def agreements(p: Paragraph) -> Iterator[Finding]:
    """A与B一致, where A and B differ."""
    for k, f in enumerate(p.figures[1:], 1):
        if not AGREES.match(p.report.text[f.end:min(f.end + 14, p.end)]) or not re.search("[与和同]", p.lead(f)):
            continue
        g = p.figures[k - 1]
        x, y = printed(f), printed(g)
        if x is None or y is None or base_unit(f) != base_unit(g) or x.meets(y) or p.sentence(f) != p.sentence(g):
            continue
        yield Finding("conflicting-figures", "error", None, message("checks.agreement", first=g.text, second=f.text),
                      (Quote.of(p.report, g.start, g.end), Quote.of(p.report, f.start, f.end)))


def duties(p: Paragraph) -> Iterator[Finding]:
    """A duty and what was done of it side by side: more done than there was to do, or less without a word on it."""
    for duty, done in zip(p.figures, p.figures[1:], strict=False):
        if duty.unit != done.unit or not all(value(f) is not None and f.bound == "" for f in (duty, done)) or duty.unit in ("%", ""):
            continue
        gap = p.gap(duty.end, done.start)
        if not DONE.match(gap) or p.sentence(duty) != p.sentence(done) or p.bracket(duty) != p.bracket(done):
            continue
        lead = p.lead(duty) + "｜" + re.split("[，；。]", p.report.text[duty.end:done.start])[0]
        bounded = ELIGIBLE.search(lead) is not None
        if not bounded and not SETTING.search(p.lead(duty)) and not re.search("(?:任务|目标|指标|计划)$", re.split("[，；。]", gap)[0]):
            continue
        x, y = value(duty) or Decimal(0), value(done) or Decimal(0)
        _, end = p.sentence(done)
        rest = re.split("；", p.report.text[done.end:end])[0]
        if y > x and bounded:
            severity: Severity = "warning"
            key = "more_than_due"
        elif y < x and not ADMITTED.search(gap + rest) and re.search("[%％]|率", rest) is None:
            severity, key = "info", "less_than_due"
        else:
            continue
        number = plain(abs(y - x) * ((duty.number or Decimal(1)) / x if x else 1)) + duty.unit
        yield Finding("conflicting-figures", severity, None, message(f"checks.{key}", due=duty.text, done=done.text, difference=number),
                      (Quote.of(p.report, duty.start, duty.end), Quote.of(p.report, done.start, done.end)))


def funds(groups: Sequence[Paragraph]) -> Iterator[Finding]:
    """Public money for one purpose told twice: where the purpose is reported (其中区财政拨付312万元) and in the list of funds."""
    listed = [(p, f) for p in groups for run in runs(p) if len(run.members) >= 4 and base_unit(run.members[0]) == "元" for f in run.members]
    for p in groups:
        for f in p.figures:
            if base_unit(f) != "元" or not FISCAL.search(p.lead(f)) or value(f) is None:
                continue
            start = p.sentence(f)[0]
            words = p.report.text[start:f.start]
            for q, g in listed:
                name = re.sub("[^一-龥]", "", q.lead(g).lstrip("、，和及"))
                pairs = [name[k:k + 2] for k in range(len(name) - 1)]
                if q is p or len(pairs) < 4 or sum(w in words for w in pairs) < len(pairs) * 0.7 or OTHER_TIME.search(p.lead(f)):
                    continue
                x, y = printed(f), printed(g)
                if x and y and not x.meets(y):
                    amount = plain(abs((value(f) or Decimal(0)) - (value(g) or Decimal(0))) * (f.number or Decimal(1)) / (value(f) or Decimal(1))) + f.unit
                    yield Finding("conflicting-figures", "warning", None, message("checks.funds", first=f.text, second=g.text, name=name, difference=amount),
                                  (Quote.of(p.report, f.start, f.end), Quote.of(q.report, g.start - len(q.lead(g)), g.end)))
