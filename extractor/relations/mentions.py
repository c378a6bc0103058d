"""A figure with the words that tell of what it is: what one quantity told twice is recognised by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from extractor.relations.evidence import Place, Weights
from extractor.relations.model import Relation
from extractor.relations.names import Names
from extractor.relations.tagged import PERSONS, Label
from extractor.report import Figure
from patterns import expressions as re

EMPTY = re.compile(
    "(?:19|20)\\d\\d年度?|全年|年内|当年|本年|截至?止?|目前|[年月]底|年末|全[区县市镇乡省国部]|[我本][区县市镇乡省局办]|区内|县内|辖区|"
    "共有?|总计|合计|累计|已有?|现有|分别|均|都|为|是|有(?![效限机关害色])|达到?|约|近|的|了|其中|对|于|在|将|把|向|由|从|和|与|及|等|完成|实际|〓|□|[“”\\d.]")
_DEFINITE = re.compile("(?:这|上述|以上|前述|年末|年底|全年|当年|年内|随后|全部|对|把|将|向|给|全[区县市镇省]|[我本该][区县市镇省]|辖区|内|上年|[^\\u4e00-\\u9fff])*$")
ALL = re.compile("(?:已?全部|均|都|已?逐[一个条项]|悉数|无一)")
TELLING = 8  # characters of a subject that names one thing in a report
MEASURE = re.compile("年?(?:年初|当年)?(?:预算|决算)(?:执行|安排|支出|收入)?[数额]?")  # says which measure, not of what


@dataclass(frozen=True)
class Mention:
    """A figure with the words around it: head and tail without empty words, and those of its whole sentence."""

    figure: Figure
    head: str
    tail: str
    raw: Label
    place: Place

    @cached_property
    def told(self) -> str:
        return f"{self.head}|{self.figure.unit.lstrip('万亿')}{self.tail}"

    @cached_property
    def digits(self) -> int:
        return digits_of(self.figure)

    @cached_property
    def definite(self) -> bool:
        return _DEFINITE.fullmatch(self.raw.head) is not None

    @cached_property
    def words(self) -> str:
        """Its head and tail without the unit."""
        return f"{self.head}|{self.tail[:8]}"

    @cached_property
    def left(self) -> bool:
        """Whether it tells what is left or missing."""
        return "left" in self.place.near

    @cached_property
    def pieces(self) -> dict[int, frozenset[str]]:
        """The stretches of two to four characters of what is told, by their length."""
        return {n: frozenset(p for k in range(len(self.told) - n + 1) if "|" not in (p := self.told[k:k + n])) for n in (2, 3, 4)}


def kind_of(f: Figure, names: Names) -> str:
    """What a figure counts or measures, so that two of one kind may be one quantity."""
    return "人" if f.unit.lstrip("万亿") in PERSONS else names.family[f.index]


def mention_of(f: Figure, label: Label, weights: Weights) -> Mention:
    return Mention(f, EMPTY.sub("", label.head), EMPTY.sub("", label.tail), label, weights.place(label, f.unit, f.sentence, f.indicator))


def retelling(form: str, mentions: Sequence[Mention], said: bool) -> Relation:
    first = mentions[0].figure
    return Relation("same", first.start, first.end, form, said=said, members=tuple(sorted(m.figure.index for m in mentions)))


def digits_of(f: Figure) -> int:
    return len(str(f.number).replace(".", "").strip("0-"))
