"""The same quantity given two values: same unit, same defining words, same scope and period.

A false conflict is a false accusation. So a mention counts as the whole of its kind only where words say so (全区, 共, 名单,
N家…均), a mention that may be a selection (抽查, 参加, 新增 …) never does, and only identical words make an error.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from audit.checks.around import Paragraph, paragraphs
from audit.checks.parts import runs
from audit.checks.rounding import base_unit, plain, printed, value
from audit.messages import message
from audit.model import Finding, Quote, Severity
from extractor.report import Figure, Report

FILLER = re.compile(r"(?:[，,]|一?共计?|总共|合计|总计|总数|数量|共有|现有|已有|有|为|是|达到?|约|近|：|\s|了)+$")
WHOLE = re.compile(r"全区|全市|全县|全镇|全街道|全系统|辖区|区内|县内|市内|镇内|本区|我区|本县|我县|本市|我市|下辖|所辖|辖有|现有|共有|"
                   r"共计|总共|总数|名单|纳入|"
                   r"共\s*$|在册|登记|全部|所有")
SURELY_WHOLE = re.compile(r"下辖|所辖|共有|现有|名单|纳入|共计?\s*$|总数|在册")
WHOLE_AFTER = re.compile(r"^(?:中[，,、]|中(?:的|有|已)|均|全部|悉数|逐一|逐个|逐户|无一|都|全|一律|，均|，全部|，无一)")
SETTING = re.compile(r"(?:任务|目标|指标|计划|应|要求|下达)[^，。；]{0,2}$")
PART = re.compile(r"其中|抽取|抽查|抽检|抽出|随机|参加|参与|参评|参训|受审|受检|新增|新建|新获|新|推荐|申报|走访|约谈|培训|(?:检查|核查|"
                  r"督查|巡查|监察|审计|评估|验收)(?!人员|机构|组|员|专家)|"
                  r"审查|巡检|试点|整改|查处|改造|奖励|补助|补贴|处罚|其余|剩余|余下|另|部分|首批|第.批|计划|拟|将|力争|预计|完成|实现|"
                  r"组织|选取|选定|未|尚|不|累计|"
                  r"邀请|带动|引导|推动|督促|指导|帮助|支持|服务|对接|签约|引进|落户|入选|获评|获|的\s*$")
PART_AFTER = re.compile(r"检查|抽查|督查|核查|巡查|审计|执法|走访|约谈|培训|监察|调研|验收|评估|改造|奖励|补助|处罚|试点|参加|参与|参评|"
                        r"申报|接受|未|不合格|签约|获|通过|实现|完成|报名|建成")
OTHER_TIME = re.compile(r"上年|去年|上一年|往年|同期|明年|下一年|下一步|计划|力争|拟|到20\d\d年|预计")
YEAR = re.compile(r"(?:19|20)\d\d(?=年)")
PERIOD = re.compile(r"(?:截至|截止|至|到)?(?:(?:19|20)\d\d年)?(?:\d{1,2}月)?(?:\d{1,2}日)?(?:年底|年末|底|末|上半年|下半年|年初)|(?:19|"
                    r"20)\d\d年(?:度)?(?:\d{1,2}月)?")
DISTRICT_WIDE = re.compile(r"单位GDP能耗|单位地区生产总值能耗|单位生产总值能耗|地区生产总值|国内生产总值|能源消费总量|能耗总量|常住人口|"
                           r"户籍人口|区域总?面积|行政区域面积|森林覆盖率|"
                           r"人均预期寿命|财政收入|城镇化率|河湖水面率|规模以上工业总产值")
DIVISION = re.compile(r"^(?:街道|街镇|镇街|乡镇|镇乡|镇|乡|居委会?|村委会|行政村|社区居委会)")
SYNONYM = re.compile("楼宇|建筑物|楼栋")
GENERIC = re.compile(r"^(?:企业|单位|项目|任务|机构|学校|社区|场所|问题|案件|点位|人员|建筑|楼宇|码头|地块)")
DONE = re.compile(r"^[^，。；、]{0,8}[，,]\s*(?:实际|实|年内|全年|当年|现|均|已|共|按期|如期|全部)*(?:完成|获批|建成|落实|办结|创成|创建|"
                  r"新增|做|实施|开展|报送|报|改造|培育|检查|抽检|达到|通过)?"
                  r"(?:了|数|量)?\s*$")
ELIGIBLE = re.compile(r"应(?:报|检|接|收|缴|交|审|验|查|清|办|签|填|公示|复查|整改)[^，。；]{0,8}(?:｜|$)|(?:具备|符合)[^，。；]*条件")
ADMITTED = re.compile(r"仅|只|余|尚|未|因|受|原因|缺口|不足|低于|少|差|其他|剩|待|推迟|延期|滞后|调整")
FISCAL = re.compile(r"(?:财政|区级|县级|市级|本级)[^，。；]{0,6}(?:拨付|出资|下拨|安排|补助|投入|支持|配套|承担|资金)[^，。；]{0,3}$")
AGREES = re.compile(r"^[^，。；、]{0,8}(?:一致|持平|相同|相等|吻合|相符)")

Scope = Literal["whole", "part", "plain"]


@dataclass(frozen=True)
class Mention:
    """A figure with the words that define it. nouns: what it counts, longest first; lead: the clause before it, filler cut off."""

    paragraph: Paragraph
    figure: Figure
    lead: str
    tail: str
    clause: str
    scope: Scope
    full: str = ""

    @property
    def years(self) -> frozenset[str]:
        """The years that its clause and its sentence before it name."""
        start = self.paragraph.sentence(self.figure)[0]
        return frozenset(YEAR.findall(self.paragraph.report.text[start:self.figure.start]))


def check_conflicts(report: Report) -> list[Finding]:
    """conflicting-figures over the whole narrative: one finding per quantity."""
    groups = paragraphs(report)
    mentions = [m for p in groups for m in mentions_of(p)]
    out: list[Finding] = []
    accused: set[tuple[int, int]] = set()
    for p in groups:
        out.extend(agreements(p))
        out.extend(duties(p))
    out.extend(funds(groups))
    for i, a in enumerate(mentions):
        for b in mentions[i + 1:]:
            severity = conflict(a, b, mentions)
            if severity is not None and not any(x in pair for pair in accused for x in (a.figure.index, b.figure.index)):
                accused.add((a.figure.index, b.figure.index))
                out.append(finding(a, b, severity))
    return out


def mentions_of(p: Paragraph) -> Iterator[Mention]:
    """The figures of a paragraph that may name a quantity."""
    full: dict[int, str] = {}
    listed: set[int] = set()
    for run in runs(p):
        if re.search(r"其中|分为|划分|分[，为]|包括|分别|依次", run.intro):
            listed.update(f.index for f in run.members)
        topic = topic_of(p, run.members[0], run.bracket)
        if topic:
            for f in run.members:
                name = FILLER.sub("", p.lead(f).lstrip("、，和及"))
                if 1 < len(name) <= 8:
                    full[f.index] = name + topic
    for f in p.figures:
        if value(f) is None or f.unit in ("", "比", "个百分点", "分") or f.role == "limit" or f.bound not in ("", "~"):
            continue
        lead, tail = FILLER.sub("", p.lead(f)), p.tail(f)
        bracket = p.bracket(f)
        if not lead and bracket is not None and p.report.text[bracket[0] + 1:bracket[1] - 1].strip() == f.text:
            lead = re.split("[，。；：、]|和|及", p.report.text[p.start:bracket[0]])[-1]
        yield Mention(p, f, lead, tail, clause_before(p, f), "part" if f.index in listed and f.index not in full else
                      scope_of(p, f, p.lead(f), tail, f.index in full), full.get(f.index, ""))


def topic_of(p: Paragraph, first: Figure, bracket: tuple[int, int] | None) -> str:
    """What a list of parts divides: 重点用能单位共38家，其中工业27家 -> 重点用能单位."""
    before = [f for f in p.figures if f.end <= (bracket[0] if bracket else first.start)]
    gap = p.report.text[before[-1].end if before else p.start:first.start]
    m = re.search(r"([一-龥]{3,12}?)(?:按|依)[^，。；]{1,8}(?:划分|分)[，为]", gap)
    if m:
        return m[1]
    if not before or before[-1].unit != first.unit or re.search("。", gap) or not (bracket or re.match(r"^[^，。；]{0,12}[，（(]", gap)):
        return ""
    head, tail = FILLER.sub("", p.lead(before[-1])), p.tail(before[-1])
    noun = re.match(r"[一-龥]{3,10}$", tail)
    if noun:
        return noun[0]
    m = re.search(r"(?:的|^)((?:(?!的)[一-龥]){3,10})$", head)
    return m[1] if m else ""


def clause_before(p: Paragraph, f: Figure) -> str:
    """The words of the clause up to the figure."""
    text = p.report.text[p.start:f.start]
    return re.split("[，。；：！？]", text)[-1]


def scope_of(p: Paragraph, f: Figure, lead: str, tail: str, divided: bool) -> Scope:
    """Whether the words say that the figure is all there are, some of them, or nothing of the kind."""
    clause = re.split("[，。；：！？]", p.report.text[f.end:min(f.end + 40, p.end)])[0]
    noun_end = re.match(r"[一-龥]{0,12}?(?=中[，,的有已]?|均|全部|悉数|逐一|逐个|都|无一|一律)", tail)
    after_noun = tail[noun_end.end():] if noun_end else ""
    before = clause_before(p, f) if len(lead) < 2 else lead
    if OTHER_TIME.search(before):
        return "part"
    if WHOLE.search(before) and not (PART.search(re.sub(r"的\s*$", "", before)) and not SURELY_WHOLE.search(before)) and not re.search(
            r"新增|抽|随机|参加|参训|部分", before):
        return "whole"
    if after_noun and WHOLE_AFTER.match(after_noun + "，"):
        return "whole"
    if divided:
        return "whole"
    if not before.strip() and re.search("均|全部|悉数|全数|无一", clause):
        return "whole"
    if PART.search(before[-10:]) or PART_AFTER.search(clause):
        return "part"
    if not clause_before(p, f).strip("　 ") and p.bracket(f) is None:
        return "whole"  # 312家公共机构的投放点设置达标: a clause that begins with the number speaks of all of them
    return "plain"


def shared_noun(a: Mention, b: Mention) -> str:
    """The longest words that both count: at the start of what follows the number, or at the end of what leads to it."""
    a, b = (replace(m, lead=SYNONYM.sub("建筑", m.lead), tail=SYNONYM.sub("建筑", m.tail)) for m in (a, b))
    best = ""
    for x in [a.full] if a.full else [a.tail]:
        for y in [b.full] if b.full else [b.tail]:
            n = 0
            while n < min(len(x), len(y)) and x[n] == y[n]:
                n += 1
            if n >= max(len(a.full), len(b.full)):  # a part's name counts whole or not at all
                best = max(best, x[:n], key=len)
    for one, other in ((a, b), (b, a)):
        for tail in [other.full] if other.full else [other.tail]:
            if one.full:
                continue
            for n in range(min(len(one.lead), len(tail)), max(len(other.full), 2) - 1, -1):
                if one.lead.endswith(tail[:n]):
                    best = max(best, tail[:n], key=len)
                    break
    if not a.full and not b.full and (not a.tail or not b.tail or a.tail[:1] == b.tail[:1]):
        best = max(best, common_end(a.lead, b.lead), key=len)
    return re.sub(r"[^一-龥A-Za-z]+$|^[^一-龥A-Za-z]+", "", best)


def alike(a: Mention, b: Mention) -> bool:
    """Whether two figures agree as printed."""
    x, y = printed(a.figure), printed(b.figure)
    return x is None or y is None or x.meets(y)


def conflict(a: Mention, b: Mention, mentions: Sequence[Mention]) -> Severity | None:
    """How sure it is that two mentions are one quantity with two values; None where they are not."""
    f, g = a.figure, b.figure
    if base_unit(f) != base_unit(g) or alike(a, b) or (f.role == "change") != (g.role == "change"):
        return None
    if (LATER.search(a.clause) is None) != (LATER.search(b.clause) is None):
        return None
    set_once = sum(m.figure.role == "target" and SETTING.search(m.lead) is not None for m in (a, b)) == 1
    if (a.years and b.years and not a.years & b.years) or OTHER_TIME.search(a.clause) or OTHER_TIME.search(b.clause):
        return None
    lead = common_end(normal(a.lead), normal(b.lead))
    wide = DISTRICT_WIDE.search(lead)
    if wide and len(lead) >= 6 and same_measure(a, b, lead):
        return "warning"
    if f.unit == "%" or f.role == "change":
        return None
    noun = shared_noun(a, b)
    same_paragraph = a.paragraph.start == b.paragraph.start
    if same_paragraph and a.paragraph.sentence(f) == b.paragraph.sentence(g) and not anaphora(a, b):
        return None
    if same_paragraph and anaphora(a, b):
        return "warning" if nearest_of_kind(a, b, mentions) else None
    if set_once:
        return None
    if a.scope == b.scope == "whole" and len(noun) >= 4 and not GENERIC.fullmatch(noun) and not different_modifier(a, b, noun):
        return surest(a, b)
    if len(lead) >= 9 and "part" not in (a.scope, b.scope) and not re.search("[、，]", lead):
        return "warning"
    if DIVISION.match(noun) and "part" not in (a.scope, b.scope) and "whole" in (a.scope, b.scope) and f.unit == "个":
        return "warning"
    if {a.scope, b.scope} == {"whole", "plain"} and len(noun) >= 4 and not GENERIC.match(noun) and not different_modifier(a, b, noun):
        loner = a if a.scope == "plain" else b
        other = b if loner is a else a
        if value(loner.figure) is not None and (len(noun) >= 6 or agreeing(other, mentions) >= 2 or agreeing(loner, mentions) >= 2):
            return "warning"
    if a.scope == b.scope == "plain" and len(noun) >= 4 and not GENERIC.match(noun) and not different_modifier(a, b, noun) and large(a, b):
        return "warning"
    if same_object(a, b):
        return "warning"
    return None


LATER = re.compile("将(?!其|于20)|拟(?:于|在|新|建|再)|计划(?:新|再|建)|力争|明年")


def large(a: Mention, b: Mention) -> bool:
    """Whether two counts are large and near each other, as two unrelated counts of one noun rarely are."""
    x, y = value(a.figure) or Decimal(0), value(b.figure) or Decimal(0)
    return min(x, y) >= 50 and max(x, y) <= min(x, y) * Decimal("1.7")


def agreeing(m: Mention, mentions: Sequence[Mention]) -> int:
    """How many mentions give a mention's value in its unit with a word in common."""
    return sum(alike(m, n) and base_unit(m.figure) == base_unit(n.figure) and len(shared_noun(m, n)) >= 3 for n in mentions)


def surest(a: Mention, b: Mention) -> Severity:
    """error where the two clauses define the quantity with the same words and the same period."""
    x, y = a.clause, b.clause
    periods = [sorted(PERIOD.findall(m.paragraph.report.text[m.paragraph.sentence(m.figure)[0]:m.figure.start])) for m in (a, b)]
    common = common_end(PERIOD.sub("", FILLER.sub("", x)), PERIOD.sub("", FILLER.sub("", y)))
    return "error" if len(common) >= 10 and periods[0] == periods[1] else "warning"


def common_end(x: str, y: str) -> str:
    """The longest common ending of two strings."""
    n = 0
    while n < min(len(x), len(y)) and x[-1 - n] == y[-1 - n]:
        n += 1
    return x[len(x) - n:]


def normal(lead: str) -> str:
    """A lead with words of one meaning written alike."""
    return re.sub("降幅|下降率|降低|减少", "下降", re.sub("增幅|增速|增长率|增加", "增长", lead.replace("GDP能耗", "GDP能耗")))


def same_measure(a: Mention, b: Mention, lead: str) -> bool:
    """Whether nothing before the shared words narrows either mention (公共机构的, 工业)."""
    for m in (a, b):
        rest = normal(m.lead)[:len(normal(m.lead)) - len(lead)]
        rest = PERIOD.sub("", rest).replace(m.paragraph.report.district or "\n", "")
        if not re.fullmatch(r"(?:全区|全市|全县|全年|我区|本区|我县|我市|年|年度|当年|的|经|[，,\s])*", rest):
            return False
    return True


def anaphora(a: Mention, b: Mention) -> bool:
    """Whether the later mention takes up the earlier one: 任务36项 … 36项任务全部销号."""
    first, later = (a, b) if a.figure.start < b.figure.start else (b, a)
    m = re.match(r"([一-龥]{2,8}?)(?:均|全部|悉数|都|全|无一)", later.tail)
    return m is not None and first.lead.endswith(m[1][-2:]) and first.figure.unit == later.figure.unit and first.scope != "part"


def nearest_of_kind(a: Mention, b: Mention, mentions: Sequence[Mention]) -> bool:
    """Whether no other figure of the paragraph before the later mention has its value (then that one is meant)."""
    first, later = (a, b) if a.figure.start < b.figure.start else (b, a)
    return not any(alike(m, later) and m.figure.unit == later.figure.unit and first.paragraph.start <= m.figure.start < later.figure.start for m in mentions)


def different_modifier(a: Mention, b: Mention, noun: str) -> bool:
    """Whether a word right before the shared noun sets the two apart: 工业 and 非工业, 市级 and 区级."""
    marks = []
    for m in (a, b):
        text = m.full or (m.tail if m.tail.startswith(noun) else m.lead)
        at = text.rfind(noun)
        before = text[max(at - 3, 0):at] if at >= 0 else ""
        if not m.full and m.tail.startswith(noun):
            before = ""
        marks.append(re.sub(r"^.*?(?:的|全区|区内|辖区|本区|我区)", "", before))
    x, y = marks
    return x != y and bool((x and y) or re.search("非|不|未|区级|市级|国家级|工业|商业|新|在建", x + y))


def same_object(a: Mention, b: Mention) -> bool:
    """Whether two sentences speak of one named object and give one attribute of it: 停车场光伏车棚…装机容量620千瓦."""
    attribute = common_end(a.lead, b.lead)
    if len(attribute) < 4 or a.paragraph.start == b.paragraph.start or ("part" in (a.scope, b.scope) and not attribute.startswith("累计")):
        return False
    texts = []
    for m in (a, b):
        start, end = m.paragraph.sentence(m.figure)
        texts.append(m.paragraph.report.text[start:end])
    return len(longest_common(texts[0].replace(attribute, "｜"), texts[1].replace(attribute, "‖"))) >= 9


def longest_common(x: str, y: str) -> str:
    """The longest run of Chinese characters, letters and digits that two texts share."""
    best = ""
    previous = [0] * (len(y) + 1)
    for i, c in enumerate(x):
        current = [0] * (len(y) + 1)
        for j, d in enumerate(y):
            if c == d and (c.isalnum()):
                current[j + 1] = previous[j] + 1
                if current[j + 1] > len(best):
                    best = x[i - current[j + 1] + 1:i + 1]
        previous = current
    return best


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


def finding(a: Mention, b: Mention, severity: Severity) -> Finding:
    """The finding on two mentions, each quoted with the words that define it."""
    first, later = (a, b) if a.figure.start < b.figure.start else (b, a)
    quotes = []
    for m in (first, later):
        start = m.figure.start - len(m.clause)
        tail = re.match(r"[^，。；：、（）()\n]{0,16}", m.paragraph.report.text[m.figure.end:min(m.figure.end + 16, m.paragraph.end)])
        quotes.append(Quote.of(m.paragraph.report, start, m.figure.end + (tail.end() if tail else 0)))
    x, y = value(first.figure), value(later.figure)
    ratio = (first.figure.number or Decimal(1)) / x if x else Decimal(1)
    difference = plain(abs((x or Decimal(0)) - (y or Decimal(0))) * ratio) + first.figure.unit
    return Finding("conflicting-figures", severity, None, message("checks.conflict", first=first.figure.text, second=later.figure.text, difference=difference),
                   tuple(quotes))
