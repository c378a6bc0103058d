"""Figures with the words that define them: what they count, and whether of all there are or of some."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from audit.checks.around import Paragraph
from audit.checks.lists import runs
from audit.checks.rounding import printed, value
from extractor.report import Figure

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
SELECTED = re.compile("抽[取查检样出测]|随机|走访|约谈")
PART_AFTER = re.compile(r"审查|排查|巡检|检查|抽查|督查|核查|巡查|审计|执法|走访|约谈|培训|监察|调研|验收|评估|改造|奖励|补助|处罚|试点|参加|参与|参评|"
                        r"申报|接受|未|不合格|签约|获|通过|实现|完成|报名|建成")
OTHER_TIME = re.compile(r"上年|去年|上一年|往年|同期|明年|下一年|下一步|计划|力争|拟|到20\d\d年|预计")
YEAR = re.compile(r"(?:19|20)\d\d(?=年)")
PERIOD = re.compile(r"(?:截至|截止|至|到)?(?:(?:19|20)\d\d年)?(?:\d{1,2}月)?(?:\d{1,2}日)?(?:年底|年末|底|末|上半年|下半年|年初)|(?:19|"
                    r"20)\d\d年(?:度)?(?:\d{1,2}月)?")
SYNONYM = re.compile("楼宇|建筑物|楼栋")
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
    if SELECTED.search(before) or PART.search(before[-10:]) or PART_AFTER.search(clause):
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


def common_end(x: str, y: str) -> str:
    """The longest common ending of two strings."""
    n = 0
    while n < min(len(x), len(y)) and x[-1 - n] == y[-1 - n]:
        n += 1
    return x[len(x) - n:]
