"""The same quantity given two values: same unit, same defining words, same scope and period.

A false conflict is a false accusation. So a mention counts as the whole of its kind only where words say so (全区, 共, 名单,
N家…均), a mention that may be a selection (抽查, 参加, 新增 …) never does, and only identical words make an error.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from audit.checks.around import paragraphs
from audit.checks.duties import agreements, duties, funds
from audit.checks.mentions import FILLER, OTHER_TIME, PERIOD, SETTING, YEAR, Mention, alike, common_end, mentions_of, shared_noun
from audit.checks.rounding import base_unit, plain, value
from audit.messages import message
from audit.model import Finding, Quote, Severity
from extractor.report import Report

DISTRICT_WIDE = re.compile(r"单位GDP能耗|单位地区生产总值能耗|单位生产总值能耗|地区生产总值|国内生产总值|能源消费总量|能耗总量|常住人口|"
                           r"户籍人口|区域总?面积|行政区域面积|森林覆盖率|"
                           r"人均预期寿命|财政收入|城镇化率|河湖水面率|规模以上工业总产值")
DIVISION = re.compile(r"^(?:街道|街镇|镇街|乡镇|镇乡|镇|乡|居委会?|村委会|行政村|社区居委会)")
GENERIC = re.compile(r"^(?:企业|单位|项目|任务|机构|学校|社区|场所|问题|案件|点位|人员|建筑|楼宇|码头|地块)")
LATER = re.compile("将(?!其|于20)|拟(?:于|在|新|建|再)|计划(?:新|再|建)|力争|明年")


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
    if of_another_year(a, b) or of_another_year(b, a):
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
        if (value(loner.figure) or Decimal(0)) * Decimal("2.5") < max(value(a.figure) or Decimal(0), value(b.figure) or Decimal(0)):
            return None  # so few are some of them
        other = b if loner is a else a
        if value(loner.figure) is not None and (len(noun) >= 6 or agreeing(other, mentions) >= 2 or agreeing(loner, mentions) >= 2):
            return "warning"
    if a.scope == b.scope == "plain" and len(noun) >= 4 and not GENERIC.match(noun) and not different_modifier(a, b, noun) and large(a, b):
        return "warning"
    if same_object(a, b):
        return "warning"
    return None


def of_another_year(a: Mention, b: Mention) -> bool:
    """Whether a names in its own clause a year that is not the report's, and b, without a year, speaks of the report's."""
    year = a.paragraph.report.year
    own = YEAR.findall(a.clause)
    return bool(year and own and not b.years) and str(year) not in own


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
