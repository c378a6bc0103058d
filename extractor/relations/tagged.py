"""A paragraph as a string of tokens: its words, and three characters for each figure (kind, family, index).

A form (extractor.relations.forms) is a pattern over this string. The kind says what sort of figure it is, the family which figures are
measured alike, the index which one it is. Text that was understood is cut out of the string, so that what is left stands as one token
and can be read again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from extractor.report import Figure
from patterns import expressions as re
from patterns.fold import fold

if TYPE_CHECKING:
    import regex

ACTUAL, TARGET, AVERAGE, CHANGE, SHARE, POINTS, TIMES, RATIO, OTHER, MOVED, ASKED, PAST, PAST_SHARE, ASIDE = map(chr, range(0xE000, 0xE00E))
FAMILY, INDEX = 0xE100, 0x100000
BRACKET = "〓"  # stands for a bracket whose inside was read
TITLE = "〇"  # stands for each character inside 《》

PERSONS = frozenset({"名", "人", "位", "员"})
_AVERAGE = re.compile(
    "(?:平均|[人户亩地校班日月年次生件床]均|每[百千万亿]?[\u4e00-\u9fff]{1,4}?|"
    "单位(?:GDP|G|生产总值|地区|产值|产品|建筑|面积|能耗|增加值|工业))[^，；。、]{0,12}$")
_OTHER_TIME = r"(?:(?<!以)上一?[届批轮回]|前[两二三四五]年|头年|上年|去年|前年|上一年|上季度|上月|上周期|期初|“?十三五”?末)(?:度|末|底|同期|全年)*"
_YEAR_ALONE = re.compile(
    r"^\W*((?:19|20)\d\d)年(?:[末底]?(?:的?(?:为|是|有|只有|仅为?|则为))?|[末底][^，。；]{0,10}|(?:这一|该|此|同口径)[^，。；]{0,8}|[^，。；]{0,8}(?:的|则|只|仅)[为是有])$")
_PAST = re.compile(
    rf"(?:^|[^\u4e00-\u9fff]|(?<![为、])){_OTHER_TIME}(?!.{{0,6}}(?:结转|结余|遗留|移交|已|以来|未))[^，；。]{{0,14}}$|"
    r"(?:(?:上年|去年)?同期|多年平均|年初)(?:数|值|的|为|是|仅|水平)*$|"
    r"(?:比|较|与|同|由|从)(?:[12][09]\d\d年(?![^，；。]{0,10}起)[^，；。]{0,16}|[上年][^，；。]{0,12})$")
_RISES = re.compile("[^，。；]{0,12}?[升增提降减回上下扩缩压][高升加长到至降少展大小短]{0,2}[到至为]")  # 由4771公里增加到2.5万公里
_EXCESS = re.compile("(?:比|较)[^，。；]{0,10}[多少高低差](?:出|了|收|支)?$|[尚还]差$|超额$")  # 比计划多6.8公里: no goal
_YEAR = re.compile(r"(?:19|20)\d\d(?=年)(?!年(?:以来|起|至|来|[-—]))")
_LEVEL = re.compile("(?:[升增提达降减回][高到至]|至|到)(?:了|约|近)?$")
_CHANGED = re.compile("(?:[增减提升降涨扩缩压]|(?<=[年比])多|(?<=[年比])少)[\u4e00-\u9fff]{0,3}$")
_SERIES = re.compile("[、和及与]|以及|、[\u4e00-\u9fff]{1,8}")
_ASIDE = re.compile("(?:高于|低于|超过|超出|好于|优于|快于|慢于|高出|不足|距|离)[^，；。]{0,16}$")
EACH = "各(?![类级镇街乡村县区市部单项种方地界族相个位科室所站校园片领行业大条批阶层]|有关)[\u4e00-\u9fff]{0,10}"
_EACH = re.compile("[\u4e00-\u9fff]{0,8}" + EACH)  # 11个村各2个: how many times, no part itself
_INNER = re.compile("（[^（）]*）")
_TITLE = re.compile("《[^《》]*》")


@dataclass(frozen=True, slots=True)
class Tagged:
    """text: the tokens; at[i]: the place of text[i] in the document; figures by the index that they carry in the text."""

    text: str
    at: tuple[int, ...]

    def without(self, cuts: Sequence[tuple[int, int]]) -> Tagged:
        """The text without some stretches (disjoint, in order)."""
        text, at, last = [], [], 0
        for start, end in cuts:
            text.append(self.text[last:start])
            at.append(self.at[last:start])
            last = end
        text.append(self.text[last:])
        at.append(self.at[last:])
        return Tagged("".join(text), tuple(x for piece in at for x in piece))

    def inside(self, start: int, end: int) -> Tagged:
        """A stretch of it."""
        return Tagged(self.text[start:end], self.at[start:end])

    def then(self, other: Tagged) -> Tagged:
        """This and what follows it."""
        return Tagged(self.text + other.text, self.at + other.at)

    def put(self, start: int, end: int, other: Tagged) -> Tagged:
        """The text with a stretch replaced."""
        return Tagged(self.text[:start] + other.text + self.text[end:], self.at[:start] + other.at + self.at[end:])


class Label(NamedTuple):
    """The words around a figure: head from the stop or figure before it, tail up to the next stop or figure."""

    head: str
    tail: str


class Families:
    """Numbers the families of a report's figures, so that two figures of one family carry one character."""

    def __init__(self) -> None:
        self._known: dict[str, int] = {}

    def __call__(self, f: Figure) -> str:
        unit = f.base_unit or f.unit
        if f.base is None or (f.unit and not f.base_unit):
            unit = {"%": "%", "‰": "%", "成": "%"}.get(f.unit, f.unit)
        if unit in PERSONS:
            unit = "人"
        return chr(FAMILY + self._known.setdefault(unit, len(self._known)))


def kind(f: Figure, head: str, past: bool) -> str:
    """The kind of a figure; head: the words of its clause before it; past: whether it is told of another time."""
    if f.unit == "比":
        return RATIO
    if f.number is None or f.high is not None or f.role == "limit":
        return OTHER
    if f.unit in ("%", "‰", "成"):
        if f.role == "change" and not _LEVEL.search(head):
            return MOVED
        return PAST_SHARE if past else ASKED if f.role == "target" else SHARE
    if f.base_unit == "个百分点":
        return POINTS
    if f.unit in ("倍", "番"):
        return TIMES
    if f.role == "target":
        return CHANGE if _EXCESS.search(head) else TARGET
    if _ASIDE.search(head):
        return ASIDE
    if f.role == "change":
        return CHANGE
    if past:
        return PAST
    if "/" in f.base_unit or _AVERAGE.search(head):
        return AVERAGE
    return ACTUAL


def tag(text: str, start: int, end: int, figures: Sequence[Figure], families: Families) -> Tagged:
    """document text[start:end] as tokens. figures: those inside the stretch, in order."""
    folded = fold(text[start:end])
    out: list[str] = []
    at: list[int] = []
    places = [folded.at[k] + start for k in range(len(folded.text))]
    k = last = 0
    past = False
    each = {f.index for f, g in zip(figures, figures[1:], strict=False) if _EACH.fullmatch(text, f.end, g.start)}
    for f in figures:
        while k < len(places) and places[k] < f.start:
            out.append(folded.text[k])
            at.append(places[k])
            k += 1
        head = re.split("[，；。：（）]", _INNER.sub("", folded.text[max(0, k - 48):k])[-32:])[-1]
        head = head[-(k - last):] if k > last else ""
        begun = head.endswith(("由", "从")) and _RISES.match(folded.text, k + len(f.text.replace(" ", ""))) is not None
        stop = folded.text.rfind("。", 0, k) + 1
        years = _YEAR.findall(folded.text, stop, k)
        earlier = len(years) > 1 and years[-1] < max(years[:-1]) and years[-1] in head
        bare = _YEAR_ALONE.search(head)  # （2021年末为362件） in a report on a later year
        earlier = earlier or (bare is not None and f.scope.year is not None and int(bare[1]) < f.scope.year)
        past = begun or earlier or (_PAST.search(head) is not None and not _CHANGED.search(head)) or (past and _SERIES.fullmatch(folded.text[last:k]) is not None)
        what = OTHER if f.index in each else kind(f, head, past)
        out.append("□" if what == OTHER else what + families(f) + chr(INDEX + f.index))
        at += [f.start] * len(out[-1])
        while k < len(places) and places[k] < f.end:
            k += 1
        last = k
    out.append(folded.text[k:])
    at += places[k:]
    tagged = Tagged("".join(out), tuple(at))
    for m in _TITLE.finditer(tagged.text):
        if not any("\ue000" <= c <= "\uf8ff" for c in m[0]):
            tagged = replace(tagged, text=tagged.text[:m.start() + 1] + TITLE * (len(m[0]) - 2) + tagged.text[m.end() - 1:])
    return tagged



_WORDS_BEFORE = re.compile(r"[^，；。：！？、（）,;:!?\ue000-\uf8ff\U00100000-\U0010fffd]*$")
_WORDS_AFTER = re.compile(r"[^，；。：！？、（）,;:!?\ue000-\uf8ff\U00100000-\U0010fffd]*")


def labels(tagged: Tagged) -> dict[int, Label]:
    """The label of each figure in a tagged text. 户籍人口4826户、18643人: the second measure has the first one's words; a bracket between
    a figure and its words parts them not."""
    out = _labels(tagged.text)
    flat = tagged.text
    while (less := _INNER.sub(BRACKET, flat)) != flat:
        flat = less
    return out | _labels(flat)


def _labels(text: str) -> dict[int, Label]:
    out: dict[int, Label] = {}
    before: tuple[int, str] | None = None
    for m in re.finditer("[\U00100000-\U0010fffd]", text):
        begin = m.start() - 2
        found = _WORDS_BEFORE.search(text, max(0, begin - 40), begin)
        tail = _WORDS_AFTER.match(text, m.end(), m.end() + 24)
        head = found[0] if found else ""
        if not head and before and text[before[0]:begin] in ("、", ""):
            head = before[1]
        out[ord(m[0]) - INDEX] = Label(head, tail[0] if tail else "")
        before = m.end(), head
    return out


_PAIR = re.long(
    "[\ue000\ue001](?P<a>[\ue100-\uf8ff])[\U00100000-\U0010fffd](?P<mid>[、，]?[^，；。：！？、（）\ue000-\U0010fffd]{0,6})"
    "[\ue000\ue001](?!(?P=a))(?P<b>[\ue100-\uf8ff])[\U00100000-\U0010fffd]")


def columns(tagged: Tagged) -> list[Tagged]:
    """Where things are told by two measures each (96户358人，其中…74户281人), the text with the one and with the other alone."""
    pairs: dict[tuple[str, str], list[regex.Match[str]]] = {}
    for m in _PAIR.finditer(tagged.text, overlapped=True):
        pairs.setdefault((m["a"], m["b"]), []).append(m)
    out = []
    for found in pairs.values():
        if len(found) > 1:
            out.append(tagged.without([(m.start("mid"), m.end()) for m in found]))
            out.append(tagged.without([(m.start(), m.start("mid") + (m["mid"][:1] in ("、", "，"))) for m in found]))
    return out


def of_kind(tagged: Tagged, kinds: str) -> list[int]:
    """The figures of some kinds."""
    return [ord(m[1]) - INDEX for m in re.finditer(f"[{kinds}].([\U00100000-\U0010fffd])", tagged.text)]


def kinds(tagged: Tagged) -> dict[int, str]:
    """The kind of each figure in a tagged text; one of no kind a form speaks of (OTHER) is left out."""
    return {ord(m[2]) - INDEX: m[1] for m in re.finditer("([\ue000-\ue00d]).([\U00100000-\U0010fffd])", tagged.text)}
