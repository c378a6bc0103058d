"""What the text of a rule points at and whom it names: notes and annexes (按备注1评分), districts (甲区、乙县、丙市等应编制 …). Text in, places out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from patterns import expressions as re

_POINTER = re.compile(r"(?P<label>备注|附注|附件|附表|附录|注释|注|说明)\s?(?P<no>[0-9０-９一二三四五六七八九十①-⑨]{1,2})")
_POINTING = re.compile(r"见|按|依|参|据|照|以|同")
_DISTRICT = re.compile(r"[一-龥]{1,4}(?:新区|区|县|市)")
_NO_DISTRICT = re.compile(r"(?:社区|园区|地区|城区|市区|学区|片区|小区|辖区|街区|景区|库区|厂区|校区|郊区|[各本我全该其]区|城市|超市|"
                          r"门市|都市)$")
_OTHERS_TOO = re.compile(r"其[他余](?:各)?[区县市]|均|以外")


@dataclass(frozen=True, slots=True)
class Pointer:
    """A note or an annex that a rule points at: its label (备注1) without white space, and its place in the rule."""

    label: str
    start: int
    end: int


def pointers(rule: str) -> Iterator[Pointer]:
    """The notes and annexes that a rule points at."""
    for m in _POINTER.finditer(rule):
        if not m.start() or _POINTING.search(rule[max(m.start() - 6, 0):m.start()]):
            yield Pointer(m["label"] + m["no"], m.start(), m.end())


def named_districts(rule: str) -> tuple[str, ...]:
    """The districts that a rule's first words list, three at least: 青浦区、松江区、嘉定区和浦东新区等."""
    names: list[str] = []
    for piece in re.split("、|和|及|以及|与", _opening(rule)[:160]):
        m = _DISTRICT.match(piece)
        if not m or _NO_DISTRICT.search(m[0]):
            break
        names.append(m[0])
        if m.end() != len(piece):
            break
    return tuple(names) if len(names) >= 3 else ()


def _opening(rule: str) -> str:
    """A rule without the words that announce whom it is for (本项考核甲区、乙县、丙市)."""
    return re.sub(r"^(?:本项(?:指标)?)?(?:仅|只)?(?:考核|适用于?|评价|针对)(?:对象为)?", "", rule)


def others_too(rule: str) -> bool:
    """Whether a rule that names districts speaks of all the others too (其他区 …)."""
    return _OTHERS_TOO.search(rule) is not None
