"""Points in proportion: 按完成比例得分, 得分＝完成率×4分, 线性插值, and how they are rounded."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from patterns import expressions as re
from patterns.rules.words import ARABIC, POINT, UNIT

_UP, _DOWN = re.compile("向上取整|进一|进位取整"), re.compile("向下取整|舍去|去尾")
_WAYS = r"(?:按照?|依|根据|以)"
_STRONG = re.compile(
    rf"{_WAYS}[^，。；]{{0,60}}?(?:比例|占比|百分比|比率|比重)[^，。；]{{0,14}}?(?:得分|计分|扣分|扣减|扣除|赋分|给分|折算|计算|"
    r"核分|评分|递减|递增|核减|打分|记分|减分|加分|核算|计|扣|得|分值)|"
    r"[×]|乘以|等比例|成比例|线性(?:内插|插值|得分|计分|扣分)|内插法?|插值法|按比例|按占比|"
    rf"{_WAYS}[^，。；]{{1,30}}?(?:率|得分|分数|分值|成绩|情况|数|制)折算|{_WAYS}[^，。；]{{1,40}}?之比”?(?:计分|得分|计算|乘|"
    r"折算|赋分|核分)|按相应比例|按实际完成比例|按完成比例|比例(?:扣分|得分|计分|扣减|折算)")
_WEAK = re.compile(rf"{_WAYS}[^，。；]{{0,40}}?(?:率|进度|程度|百分率|百分数)[^，。；]{{0,6}}?(?:计分|得分|评分|打分|赋分|给分|折算|记分)")
_DIRECT = re.compile(rf"{_WAYS}[^，。；]{{0,40}}?(?:率|比例|占比|进度)(?:折算)?$")
_FORMULA = re.compile(r"(?:(?:本项|该项|此项|实际|最终|指标|考核)?(?:得分|分值|扣分|分数|计分)|加分)[^，。；=]{0,12}=[^，。；]{1,80}")
POINT_SIGN = re.compile(rf"{ARABIC}{POINT}")
_FACTOR = re.compile(rf"(?P<points>{ARABIC}){POINT}|[×(](?P<times>{ARABIC})(?![\d.]*%)(?=$|[×÷/)(，。；\[])|=(?P<first>{ARABIC})(?=[×(])")


@dataclass(frozen=True, slots=True)
class Formula:
    """得分＝3分×完成率 at text[start:end]; points: the factors that are points, one a term (×4分＋…×2分), none where it names none."""

    start: int
    end: int
    points: tuple[Decimal, ...]


def formulas(text: str) -> list[Formula]:
    """The formulas in words of a rule that say how many points there are; 销案率＝… only defines a rate and is none."""
    out = []
    for m in _FORMULA.finditer(text):
        if not re.search("[×÷/率比]|乘|除以|占", m[0]):
            continue
        factors = []
        for term in re.finditer(r"[^+]+", m[0]):
            found = [Decimal(f["points"] or f["times"] or f["first"]) for f in _FACTOR.finditer(text, m.start() + term.start(), m.start() + term.end())]
            factors += [f for f in found if f not in (0, 100)][:1]
        out.append(Formula(m.start(), m.end(), tuple(factors)))
    return out


_DEFINES = re.compile(r"[^，。；=得分]{0,24}(?:率|比例|比重|占比|密度|指数|程度)\s*=[^，。；=]+[÷/×][^，。；=]+")


def defines(text: str, start: int, end: int) -> bool:
    """Whether a stretch only says how a rate is reckoned (追回率＝追回金额÷查实金额×100%), and gives no points."""
    return _DEFINES.fullmatch(text[start:end].strip("，。；、（）() ")) is not None and POINT_SIGN.search(text[start:end]) is None


def strong(text: str, start: int, end: int) -> bool:
    """Whether a stretch says in so many words that points go in proportion."""
    return _STRONG.search(text, start, end) is not None


def weak(text: str, start: int, end: int) -> bool:
    """按完成率计分: in proportion, unless levels or deductions beside it say how the rate is scored."""
    return _WEAK.search(text[start:end]) is not None and not re.search("依据|为准", text[start:end])


def direct(text: str, start: int, end: int) -> bool:
    """按完成率 before 得1分: the points themselves go by a rate."""
    return _DIRECT.search(text[start:end]) is not None


_STEP_UP, _STEP_DOWN = re.compile(r"不足[^，。；]{1,10}(?:按|以)[^，。；]{1,10}(?:计|计算|扣|算)"), re.compile(r"不足[^，。；]{1,10}不(?:计|扣)(?!分)")


_STEP_IN_PART = re.compile(rf"不足(?:部分|的部分|(?:\d{{1,3}}(?:\.\d{{1,2}})?|[一二两三五十])(?:{UNIT}|分)(?!以))[^，。；%]{{0,4}}?按(?:实际|相应)?比例(?![得计]分)")


def part_in_proportion(text: str, start: int, end: int) -> bool:
    """Whether a stretch says that a part of a step counts as a part (每超1个百分点扣1分（不足1个百分点的按比例）)."""
    return _STEP_IN_PART.search(text[start:end]) is not None


def part_of_step(text: str, start: int, end: int) -> str | None:
    """"up" where a part of a step counts as a whole one (不足1个百分点的按1个百分点计), "down" where it does not count."""
    said = text[start:end]
    return "up" if _STEP_UP.search(said) else "down" if _STEP_DOWN.search(said) else None


def rounding(text: str, start: int, end: int) -> str | None:
    """"up" or "down" where a stretch says how a proportion is rounded."""
    return "up" if _UP.search(text, start, end) else "down" if _DOWN.search(text, start, end) else None
