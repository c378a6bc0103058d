"""What each role would be worth for a column: the words of its title are the prior, what its cells hold is the evidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from extractor.score_table.content import Content
from patterns.columns import Role, Sense

Worth = dict[str, float]  # by role, "level" and "other" (no role at all)

NEVER = -3.0  # what is worth less cannot be
NAMELESS = 6.5  # what a table loses whose levels tell no row from the next
_ENDING = 1.2  # what the ending of a title says for a role
_APART = 0.8  # of the rows, those that names tell from all others
_PRINTED = 0.6  # how far cells that print no more than a weight are rules
_GROUPS = 0.6  # of a column whose cells stand over several rows each, that it is a level
_LEFT = 0.1  # what a level under an unknown title loses with every column that stands left of it
_RULED = 6.0  # what a column named as evidence loses when all its cells give points, as rules do
_NUMBER = 2.5  # characters of a serial number
_PROSE = 14  # characters of a cell that is running text


def worth(c: Content, named: Mapping[Role, Sense], levels_named: bool, place: int = 0, old: bool = False) -> Worth:
    """Header words and content together. levels_named: whether the header names a level; place: how many columns stand left of
    this one; old: whether the header says that it is of an earlier year."""
    def said(role: Role) -> float:
        sense = named.get(role)
        return max(_ENDING, 1.5 * sense.weight) if sense else 0.0

    anything = max((s.weight for s in named.values()), default=0)
    text = 1.0 - c.numbers
    empty = c.cells == 0
    foreign = -1.5 if anything >= 3 else 0.0  # the header names something else

    def other(role: Role) -> float:
        return 0.0 if role in named else foreign

    out: Worth = {"other": 0.4}
    share = 4.0 * (c.percent >= 0.5)  # 得分率 tells of weights and claims and is neither
    out["weight"] = said("weight") + other("weight") - (share if "weight" not in named else 0.0) + (-5.0 if empty else 3 * c.numbers - 8 * text - 6 * c.negative) - (
        4 * (c.counted == 1.0 and ("serial" in named or "weight" not in named)))
    out["claimed"] = said("claimed") + other("claimed") + (0.0 if empty else 3 * c.numbers - 8 * max(0.0, text - 0.2))
    if "claimed" not in named:
        out["claimed"] -= share + 4 * (c.counted == 1.0)
    out["checked"] = said("checked") + other("checked") + (0.5 if empty else 1 * c.numbers) - 2
    out["serial"] = said("serial") + other("serial") + (-3.0 if empty else 3 * c.counted - 6 * (1 - c.counted)) - (2 if c.length > 6 else 0)
    gives = c.points if "rule" in named else c.gives
    ruled = max(gives, _PRINTED * c.points if c.apart >= _APART else 0.0)
    out["rule"] = said("rule") + other("rule") + (-3.0 if empty else 6 * ruled - 2.5 - 6 * c.numbers + (1 if c.length >= 12 and c.points >= 0.2 else 0))
    out["lead"] = said("lead") + other("lead") + (-2.0 if empty else 4 * c.bodies - 1.5 - 6 * c.numbers - (2 if c.length > 25 else 0))
    told: tuple[Role, ...] = ("basis", "reason", "target", "revised", "actual", "evidence")
    for role in told:
        out[role] = said(role) + other(role) - 1.0 - (3.0 * c.numbers if role in ("basis", "reason") and not empty else 0.0)
    if sure(named, "basis") and sure(named, "actual"):
        out["actual"] -= 0.5
    out["sign"] = said("sign") + other("sign") - 2.5 + 3 * c.signs
    out["unit"] = said("unit") + other("unit") - 2.5 + 3 * c.units - (2 if c.length > 6 else 0)
    weak = anything <= 1 and not old
    if not empty:
        out["evidence"] -= 4.0 * gives
        out["basis"] -= _RULED * max(0.0, gives - 0.5) if c.length >= _PROSE and not weak else 0.0
        out["lead"] -= 2.0 * gives
        if weak:
            out["basis"] += 3.0 * c.tells + c.apart - 3.0 * c.codes - 3.0 * gives - 2.0 * c.values_told + (3.0 * c.numbers if c.values_told else 0.0)
            out["evidence"] += 3.0 * c.codes - 2.0 * c.tells
            out["target"] += 2.6 * c.values_told + c.aims - _LEFT * place
            out["actual"] += 2.6 * c.values_told - c.aims
    level = said("level") + other("level") - (8 * c.numbers)
    level += 1.5 if not empty and (c.filled >= 0.6 or c.first) and 2 <= c.length <= 60 else -1.5 if not empty else -4.0
    level -= 3.0 * gives + (4.0 if c.signs > 0.5 else 0.0) + (2.0 * c.bodies if "level" not in named else 0.0)
    level -= 8.0 if c.counted >= 0.7 and c.length <= _NUMBER and c.groups else 4.0 if c.counted >= 0.7 and "level" not in named else 0.0
    if "level" not in named and not empty:
        level -= 2.0 * max(c.codes, c.values_told) + 4.0 * c.units + (2.0 * c.tells if c.length > _PROSE else c.tells) + _LEFT * place
        level += _GROUPS if c.groups else -2.0 if levels_named else 0.0
    if "target" in named or "actual" in named:
        level -= 3.0 * max(c.values_told, c.aims)
    out["level"] = level
    return out


def sure(named: Mapping[Role, Sense], role: Role) -> bool:
    """Whether the words of a title name a role, not only by how they end."""
    return role in named and named[role].weight > 0


def shortfalls(told: Sequence[bool], weights: Sequence[Decimal | None], claims: Sequence[Decimal | None]) -> float:
    """How far a column speaks where points were lost and is silent where none were, from 0 to 1: what a column of reasons does."""
    pairs = [(t, c < w) for t, w, c in zip(told, weights, claims, strict=True) if w is not None and c is not None]
    lost, spoken = sum(short for _, short in pairs), sum(t for t, _ in pairs)
    both = sum(t and short for t, short in pairs)
    if not lost or not spoken or spoken == len(pairs):
        return 0.0
    return both / max(lost, spoken)
