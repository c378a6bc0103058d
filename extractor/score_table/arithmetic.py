"""What the numbers of two columns say for being maximum and claimed scores, and what a third column says of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from extractor.score_table.cells import weight_in, weight_in_rule
from extractor.score_table.content import Content
from extractor.score_table.grid import Block
from extractor.score_table.places import Line
from patterns import expressions as re
from patterns.scores import number

Pairs = Sequence[tuple[Decimal | None, Decimal | None]]  # weight and claim, a row each

_ROUND = {Decimal(n) for n in (10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 105, 110, 115, 120, 130, 150, 200, 300, 400, 500, 600, 800, 1000, 1100, 1200)}
_NAMED = 0.6  # of the cells, those that print a weight
_LEAST = 3  # rows from which a third column can be told
_UNIT = re.compile(r"\d(?:[\d,.]*)([^\d\s，。；、（(）)]{1,4})")


def within(weight: Decimal, claimed: Decimal) -> bool:
    """Whether a claim keeps to its maximum; of a negative one (减分项 -5) it lies between that and nothing."""
    return weight <= claimed <= 0 if weight < 0 else claimed <= weight


def adds_up(pairs: Pairs, stated: Sequence[str], stated_weights: Sequence[str] = ()) -> float:
    """What the numbers say for being weights and claims: claims within, weights of a round sum, claims and weights of the stated sums."""
    both = [(w, c) for w, c in pairs if w is not None and c is not None]
    out = 2.0 * sum(within(w, c) for w, c in both) / len(both) if both else 0.0
    if sum((w for w, _ in pairs if w is not None), Decimal(0)) in _ROUND:
        out += 1.5
    if any(number(s) == sum((c for _, c in pairs if c is not None), Decimal(0)) for s in stated if number(s) is not None):
        out += 2.0
    if any(number(s) == sum((w for w, _ in pairs if w is not None), Decimal(0)) for s in stated_weights if number(s) is not None):
        out += 1.0
    return out


def rates(block: Block, rows: Sequence[Line], pairs: Pairs, claimed: int, weight: int | None) -> float:
    """Worth of a third column that shows claim ÷ weight in percent (得分率): nothing else than weights and claims has one."""
    if weight is None:
        return 0.0
    known = [(k, c / w * 100) for k, (w, c) in enumerate(pairs) if w and c is not None]
    for j in block.columns:
        if j in (claimed, weight) or len(known) < 3:
            continue
        shown = [(number(rows[k][j].words), rate) for k, rate in known]
        if all(s is not None and abs(s - rate) <= Decimal("0.51") for s, rate in shown):
            return 3.0
    return 0.0


def taken_off(block: Block, content: Mapping[int, Content], pairs: Pairs, claimed: int, weight: int | None) -> float:
    """Worth of a third column that shows weight − claim (扣分), some of them none and some more."""
    known = [(k, w - c) for k, (w, c) in enumerate(pairs) if w is not None and c is not None]
    for j in block.columns:
        if j in (claimed, weight) or len(known) < _LEAST:
            continue
        shown = [content[j].values[k] for k, _ in known]
        if any(shown) and all((v or Decimal(0)) == off for v, (_, off) in zip(shown, known, strict=True)):
            return 3.0
    return 0.0


def added(block: Block, content: Mapping[int, Content], weights: Sequence[Decimal | None], claims: Sequence[Decimal | None], used: Sequence[int]) -> int | None:
    """The column of points that come on top of the weights: weight + its points, less those of another column, is the claim (起评分, 加分, 扣分, 得分)."""
    known = [k for k, (w, c) in enumerate(zip(weights, claims, strict=True)) if w is not None and c is not None]
    others = [j for j in block.columns if j not in used and content[j].cells and content[j].numbers >= _NAMED]
    for plus in others if len(known) >= _LEAST else ():
        more = [content[plus].values[k] or Decimal(0) for k in known]
        if not any(m > 0 for m in more) or min(more) < 0:
            continue
        for minus in (None, *(j for j in others if j != plus)):
            less = [abs(content[minus].values[k] or Decimal(0)) if minus is not None else Decimal(0) for k in known]
            good = sum(weights[k] + m - x == claims[k] for k, m, x in zip(known, more, less, strict=True))  # type: ignore[operator]
            if good * 5 >= len(known) * 4:
                return plus
    return None


def height(pairs: Pairs) -> float:
    """How much of the weights is claimed, from 0 to 1: who scores himself scores high."""
    both = [(w, c) for w, c in pairs if w is not None and c is not None and w > 0]
    whole = sum((w for w, _ in both), Decimal(0))
    return max(0.0, min(1.0, float(sum((c for _, c in both), Decimal(0)) / whole))) if whole else 0.0


def printed(content: Mapping[int, Content], rows: Sequence[Line]) -> Sequence[Decimal | None]:
    """The weights that a column of names or rules prints in its cells, a row each."""
    column = next((j for j, c in content.items() if c.own_weights >= _NAMED), None)
    if column is None:
        return [None] * len(rows)
    names = [found[0] if (found := weight_in(line[column].field, True)) is not None else None for line in rows]
    rules = [found[0] if (found := weight_in_rule(line[column].field)) is not None else None for line in rows]
    return rules if sum(w is not None for w in rules) * 2 > len(rows) else names


def against(weights: Sequence[Decimal | None], shown: Sequence[Decimal | None]) -> bool:
    """Whether the numbers of a column are others than the weights that names or rules print."""
    both = [(w, n) for w, n in zip(weights, shown, strict=True) if w is not None and n is not None]
    return len(both) * 2 > len(weights) and sum(w == n for w, n in both) * 5 < len(both) * 4


def twins(rows: Sequence[Line], a: int, b: int) -> float:
    """Of the rows, those in which two columns tell of one thing, by its unit or its words (≤1.92亿立方米 beside 1.87亿立方米): goal and result."""
    alike = 0
    for line in rows:
        one, other = line[a].words, line[b].words
        units = set(_UNIT.findall(one)) & set(_UNIT.findall(other))
        alike += bool(units) or (bool(one) and bool(other) and (one in other or other in one))
    return alike / len(rows)
