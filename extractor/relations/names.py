"""Finds a figure by its name: 占总额72.3% means the figure whose subject is that total, wherever it stands; else none."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import chain

from extractor.relations.tagged import EACH, PERSONS, Label
from extractor.report import Figure
from patterns import expressions as re
from patterns.numerals import integer
from patterns.units import by_spelling

_LEAD = re.compile("^(?:[全本我该各][区县市镇乡省国部局院校]{1,2}|全部|全年|全|年末|年度|其|上述|当年|同期|的)+(?=.{2})")
_TRAIL = re.compile("(?:总面积|面积|总数|总量|总额|总计|数量|人数|数|量|额|的|比重|比例|总体)+$")
_PRONOUN = re.compile("(?:总?办[件理]总?[量数]|总量|总数|总额|总场次|总人次|合计数?|数量|[台件例人户家起次场项]数|金额|规模|总体|该项?|其|总规模)$")
_TAKEN_OFF = re.compile("(?:共有?|总?[计数]|为|达到?|是|有|约|已|合计|实现|完成)+$")
_EMPTY = re.compile(
    "(?:19|20)\\d\\d年?|[全本我该][区县市镇乡省国部局院校]{1,2}|全年|年末|年底|截至|累计|共有?|现有|上述|前述|以上|已|实现|完成|其中|的|在|有|年度?|[A-Za-z0-9〓□“”]|方面|同期|当年|总|报告期[内末]?|公司|集团|单位|我司|本院|全院")
_VERB = re.compile("支付|完成|执行|使用|拨付|支出|投入|新增|增长")
_NEAR = 4  # sentences within which the nearest of two figures of one name is meant
_REACH = 400  # figures looked back


@dataclass
class Names:
    """The figures of a report with their labels and families."""

    figures: Sequence[Figure]
    labels: dict[int, Label]
    family: dict[int, str]
    past: Collection[int] = ()
    averages: Collection[int] = ()
    times: Mapping[int, int] = field(default_factory=dict)  # of figures told of each of several (各3个): of how many, 0 where nobody knows

    def find(self, name: str, near: int, like: int | None, never: Collection[int] = ()) -> int | None:
        """The last figure before `near` whose subject is `name`, of the family of figure `like`, that is told of this period."""
        name = name.strip("的了“”，")
        pronoun = _PRONOUN.fullmatch(name) is not None
        core = name if pronoun else self.core(name)
        if len(core) < 2:
            return None
        best: tuple[int, int] | None = None
        exact: list[int] = []
        whole = name.startswith(("全部", "全国", "全省", "全市", "全县", "全区"))
        for k in chain(range(near - 1, max(-1, near - _REACH), -1), range(near + 1, min(len(self.figures), near + _REACH))):
            f = self.figures[k]
            if f.role in ("change", "limit") or f.high is not None or f.number is None or k in never or k in self.past:
                continue
            if f.unit in ("%", "‰") or f.base_unit in ("小时", "分钟", "秒"):
                continue
            if like is not None and not (self._alike(k, like) and (k in self.averages) == (like in self.averages)):
                continue
            if pronoun:
                return k if k < near and self.figures[near].sentence - f.sentence <= 1 else None
            fit = self.fits(core, k) or 2 * self._deed(name, core, k)
            if fit == 3 and abs(f.sentence - self.figures[near].sentence) <= _NEAR:
                return k
            if fit == 3:
                exact.append(k)
            if whole and fit < 3:
                continue
            if fit and k < near and (best is None or fit > best[0]):
                best = fit, k
        if exact and len({(self.figures[k].base, self.figures[k].number) for k in exact}) == 1:
            return exact[0]
        return None if best is None or exact else best[1]

    def _deed(self, name: str, core: str, k: int) -> bool:
        """Whether a name is the count of a deed that begins a figure's words: 占受理数的45%, 受理治安案件2315起."""
        return len(core) == 2 and name.endswith(("数", "量")) and _LEAD.sub("", _EMPTY.sub("", self.labels.get(k, Label("", "")).head)).startswith(core)

    def _alike(self, a: int, b: int) -> bool:
        """Whether two figures may stand in one relation when the words name both: one family, or both count things."""
        return self.family[a] == self.family[b] or (self.counts(a) and self.counts(b))

    def called(self, name: str, k: int) -> bool:
        """Whether a figure may be called by a name, in the place where it was bound already."""
        return _PRONOUN.fullmatch(name) is not None or self.fits(self.core(name), k) > 0

    def fits(self, core: str, k: int) -> int:
        """How well a name is the subject of a figure: 3 where it ends the words before it or begins those after it, 2 where they hold it,
        1 where they hold its halves in order, 0 not at all."""
        label = self.labels.get(k, Label("", ""))
        head = _TRAIL.sub("", _TAKEN_OFF.sub("", label.head)) or label.head
        told = head + self.figures[k].unit.lstrip("万亿") + label.tail
        if len(core) < 2:
            return 0
        own = next((x for x in (head, told.removesuffix(label.tail)) if x.endswith(core)), None)
        if own is not None:
            return 3 if not _EMPTY.sub("", own.removesuffix(core)) else 2
        if label.tail.startswith(core):
            return 3
        if len(core) < 4:
            return 0
        if core in told:
            last = label.head[label.head.rfind(core) + len(core):] if core in label.head else "…"
            return 2 if core in label.tail or (len(last) <= 1 and not _VERB.search(last)) or re.fullmatch("的[\u4e00-\u9fff]{2}(?:共有?|为|是|有|达)?", last) else 0
        first = told.find(core[:2])
        return int(first >= 0 and told.find(core[-2:], first + 2) >= 0)

    def wider(self, name: str, k: int) -> bool:
        """Whether a figure found by the halves of a name is of more than it says: 公司员工总数, 公司及境内子公司的员工总数."""
        core = self.core(name.strip("的了“”，"))
        told = self.labels.get(k, Label("", "")).head
        first = told.find(core[:2])
        return core not in told and first >= 0 and re.search("及|和|与|、", told[first + 2:told.rfind(core[-2:])]) is not None

    def another(self, whole: str, part: int, found: int) -> bool:
        """Whether a part bears the whole's own name, so that the whole is one of its own scope: 健之佳实现营业收入25.86亿元，占营业收入27.85%;
        or a modified one as the figure found does (对终端销售, 对批发销售, 占销售总额)."""
        head, core = _TRAIL.sub("", self.labels.get(part, Label("", "")).head), self.core(whole)
        before = _EMPTY.sub("", head.removesuffix(core))
        return head.endswith(core) and not (0 < len(before) <= 6 and self.fits(core, found) == 3)

    @staticmethod
    def core(name: str) -> str:
        core = _LEAD.sub("", name)
        short = _TRAIL.sub("", core)
        return short if len(short) >= 2 else core

    def value(self, k: int) -> Decimal | None:
        """A figure in base units, a percentage as printed; None for ratios and ranges."""
        f = self.figures[k]
        return None if f.high is not None else f.base if f.base is not None and f.unit not in ("%", "‰") else f.number

    def counts(self, k: int) -> bool:
        """Whether a figure counts things (not money, not a measure)."""
        told = self.figures[k].unit
        unit = by_spelling().get(told) or by_spelling().get(told.lstrip("万亿"))
        return unit is not None and unit.dimension == "count"

    def mix(self, figures: Sequence[int]) -> bool:
        """Whether figures of several counting words may be told of one kind of thing: all of them count, and persons with persons only."""
        persons = {self.figures[k].unit.lstrip("万亿") in PERSONS for k in figures}
        return len(persons) == 1 and all(self.counts(k) for k in figures)


_EACH = re.compile(r"([^，。；：:\n]*?)" + EACH.replace("各", "各自?", 1) + "$")
_MANY = re.compile(r"(\d{1,3}|[一二两三四五六七八九十]{1,3})(?:个|家|所|名|类|处|座|年|项)[\u4e00-\u9fff]{0,8}$")
_RUN = re.compile("([一二三四五六七八九十])(?:季度)?[至到—-]([一二三四五六七八九十])(?:季度|月|批|期|年级)?$")
_NUMERAL = "一二三四五六七八九十"


def each(before: str) -> int | None:
    """Of how many things a figure is told that stands behind some words: 甲、乙、丙各 is 3, 11个村各 11, 一至四季度各 4; 0 where 各 is said of nobody
    knows how many, None where it is not said."""
    m = _EACH.search(before)
    if m is None:
        return None
    phrase = m[1].rpartition("其中")[2]
    if n := _MANY.search(phrase):
        return int(n[1]) if n[1].isdigit() else integer(n[1]) or 0
    if r := _RUN.search(phrase):
        return max(0, _NUMERAL.index(r[2]) - _NUMERAL.index(r[1]) + 1)
    joined = len(re.findall("、|和|与|及", phrase))
    return joined + 1 if joined else 0
