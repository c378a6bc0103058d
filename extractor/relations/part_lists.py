"""Lists of parts: what of them is no part, what is too much of it, and what they leave out."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from extractor.relations.forms import Form, words
from extractor.relations.state import Paragraph
from extractor.relations.tagged import PERSONS
from patterns import expressions as re

if TYPE_CHECKING:
    import regex

CHANGE = re.long(f"(?:{words()['also']})*(?:{words()['change']})")
BEYOND = 3  # no slip makes a part so many times its total
_SOURCE = re.compile(words()["sources"])


def priced(p: Paragraph, m: regex.Match[str], slots: dict[str, list[int]]) -> bool:
    """Whether what looks like parts are none: paid for something (其中，甲以500万元认购), or dealt out to no names, so over years (产能9台，产量分别为4台、3台)."""
    heads = [p.label(k).head for k in slots["parts"]]
    if any(re.search("(?:以|按|(?<!费)用)$", h) for h in heads):
        return True
    if any("收入" in h and "支出" not in h for h in heads) and any("支出" in h and "收入" not in h for h in heads):
        return True  # what comes in and what goes out make no sum
    first = m.starts("parts")[0]
    if "total" not in m.re.groupindex or m.starts("total")[0] > first:
        return False
    between = m[0][max(m.ends("total")[0], first - 30) - m.start():first - m.start()]
    at = list(zip(m.ends("parts"), m.starts("parts")[1:], strict=False))
    bare = all(re.fullmatch("[^，；。]{0,2}(?:、|和|及|与)[\ue000-\uf8ff]{2}", m[0][a - m.start():b - m.start()]) for a, b in at)
    return bare and re.search("[^，：。；]{2}分别", between) is not None and re.search("[、和及]", between) is None


_BENEFITS = re.compile("[两二三四五六七八九]项[^，。；]{0,8}?(?:共|合计|累计|总)")


def several_each(p: Paragraph, slots: dict[str, list[int]]) -> bool:
    """Whether a sum is of persons who may have several of the things counted: 两项补贴共惠及5,127人 (of 2,146 and 3,872)."""
    figures = p.names.figures
    between = p.document[figures[slots["parts"][-1]].end:figures[slots["total"][0]].start]
    return figures[slots["total"][0]].unit.lstrip("万亿") in PERSONS | {"户"} and _BENEFITS.search(between) is not None


def sourced(p: Paragraph, slots: dict[str, list[int]]) -> bool:
    """Whether money is told by where it came from, more of it than there is: of one yuan there is one source (中央1,900万元，省级配套960万元，自筹2,300万元)."""
    total, values = p.names.value(slots["total"][0]), [p.names.value(k) for k in slots["parts"]]
    if total is None or p.names.figures[slots["total"][0]].base_unit != "元" or sum(v or Decimal(0) for v in values) <= total:
        return False
    return all(_SOURCE.search(p.label(k).head) is not None for k in slots["parts"])


def without_changes(p: Paragraph, parts: list[int]) -> list[int]:
    """The parts without the changes that are told of them: 其中私人汽车248万辆，增加15万辆."""
    figures = p.names.figures
    return [k for k in parts if not (figures[k].role == "change" and k - 1 in parts and figures[k - 1].role != "change" and CHANGE.fullmatch(p.label(k).head))]


def beyond_total(p: Paragraph, form: Form, slots: dict[str, list[int]], told: str) -> bool:
    """Whether parts are so much more than their total that they are of another matter: 省级34个，地级333个、县级2843个. A slip makes one part too
    large, not several, nor many times the total in a clause of its own, and a sum is never less than half of what was added."""
    if form.name == "sum":
        return False  # 甲186、乙244，合计52: in one breath even that is a slip of the pen
    total = p.names.value(slots["total"][0])
    over = [v for k in slots["parts"] if (v := p.names.value(k)) is not None and total is not None and v > total]
    apart = re.search("[，；。]", told) is not None and len(slots["parts"]) > 1
    summed = form.name.startswith(("sum", "plus"))
    return len(over) > 1 or (total is not None and any((apart and v > BEYOND * total) or (summed and v > 2 * total) for v in over))


def parallel(heads: list[str]) -> bool:
    """Whether the names of parts are built alike: 出口/进口, 邮政业务总量/电信业务总量."""
    names = [re.sub("^.*其中[:：，]?", "", h) for h in heads]
    if any(n.endswith("的") for n in names):
        return False  # 持有证书的1038人；具有大专以上学历的214人: properties overlap
    return all(n[-1:] == names[0][-1:] for n in names) or all(len(n) <= 4 for n in names)


def wanted(p: Paragraph, slots: dict[str, list[int]]) -> Decimal | None:
    """What adds up with parts: their sum, or where the total is told, what it lacks."""
    values = [p.names.value(k) for k in slots["parts"]]
    total = p.names.value(slots["total"][0]) if "total" in slots else None
    if any(v is None for v in values):
        return None
    told = sum((v for v in values if v is not None), Decimal(0))
    return told if "total" not in slots else None if total is None else total - told


def more_told(p: Paragraph, last: int) -> bool:
    """Whether after the last part one more is told that is yet open: 其他178件，尚未审结37件."""
    return p.names.family.get(last + 1) == p.names.family[last] and re.match("尚|未|另|还|暂", p.label(last + 1).head) is not None
