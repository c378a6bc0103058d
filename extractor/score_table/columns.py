"""Which column is what: whole assignments are scored by header words, by what the columns hold and by arithmetic, and the best one is taken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from itertools import pairwise
from typing import Literal

from extractor.score_table.arithmetic import added, adds_up, against, height, printed, rates, taken_off, twins, within
from extractor.score_table.cells import weight_in, weight_in_rule
from extractor.score_table.content import Content, body, content_of, is_band, is_sum
from extractor.score_table.grid import Block
from extractor.score_table.places import Line, distinct
from extractor.score_table.worth import NAMELESS, NEVER, Worth, shortfalls, sure, worth
from patterns import expressions as re
from patterns.columns import Role, Sense, earlier
from patterns.group_weights import read
from patterns.scores import is_blank, is_total, number, told_claim

Source = Literal["column", "name", "rule", "heading", "none"]

_ADDS_UP = 5.0  # of _arithmetic: all claims within, and both columns of the sums that the total prints
_OWN = re.compile(r"单位|本级|综合|最终")  # of two claims, a department's and the unit's, the unit's
_NUMBERED = re.compile(r"\d{1,3}[（(]\d{1,3}(?:\.\d)?分[）)]")  # 2（10分）: a serial number with the weight
_NO_SCORES = frozenset({"budget", "adjusted", "executed", "rate", "reason", "target", "revised", "actual", "lead", "rule"})  # titles over no scores, whatever their cells hold
_VALUE = 8.0  # characters of a result, on the whole
_FEW = 4  # names that all end in a number, which is their weight then
_MOST_LEVELS = 4
_HIGH = 2.0  # what claims near their weights are worth
_ADDED = 6.0  # what it is worth that weights, points on top and points off make up the claims
_FIRST = 0.1  # what it is worth that weights stand left of claims
_OTHERS = 6.0  # what a column of weights loses where names or rules print others
_TWINS = 0.5  # of the rows, those in which goal and result tell of one thing
_PAIR = 3.0  # what two columns under unknown titles are worth as goal and result
_APART = 0.8  # of the rows, those that the names tell from all others
_TALE = 0.6  # of the cells of a column under 佐证材料 or 备注, those that tell what was done
_LONGEST_NAME = 40  # characters of a name under an unknown title, on the whole
_AGAIN = 2.0  # what a level loses that is not named one, and tells apart rows that are told apart already
_REASONS = 0.6  # of the rows that lost points, or that a column speaks in, those that are both
_REASONED = 3.0  # what a column is worth as reasons that speaks where points were lost and nowhere else
_NAMED = 0.6  # of the names, those that print their weight
_MOST = 1500  # the highest maximum score of an indicator
_KEEP = Decimal("0.85")  # of the rows that print both, those whose claim does not exceed its weight
_TEXTS: tuple[Role, ...] = ("serial", "rule", "lead", "basis", "target", "revised", "actual", "reason", "evidence", "sign", "unit", "checked")


@dataclass(frozen=True, slots=True)
class Columns:
    """What the columns of a block are. levels: the columns of the indicators from the widest to the narrowest; the last is the name's."""

    roles: dict[Role, int]
    levels: tuple[int, ...]
    source: Source  # where the weight of an indicator is printed
    bare: bool = False  # whether a number alone in a name's brackets is its weight
    told: bool = False  # whether the claims are told in words
    numbered: bool = False  # whether the weights stand in brackets behind serial numbers
    plus: int | None = None  # the column of points that come on top of the weights
    scaled: bool = False  # whether a claim is its weight times a score out of a hundred, which is what the rules give

    @property
    def name(self) -> int:
        """The column of the indicator's own name."""
        return self.levels[-1]


def assign(block: Block) -> Columns | None:
    """The columns of a block that holds maximum and claimed scores; None where none can be made out."""
    rows = body(block)
    if len(block.columns) < 3 or not rows:
        return None
    named = {j: dict(block.header.senses[j]) if block.header is not None else {} for j in block.columns}
    bare = {j for j in block.columns if block.header is not None and "分" in block.header.words[j]}
    content = {j: content_of(rows, j, j in bare) for j in block.columns}
    for j in block.columns:  # 侨情普查【10】: all names end in a number in brackets
        if j not in bare and content[j].cells >= _FEW and content[j].length > 4 and not content[j].own_weights:
            again = content_of(rows, j, True)
            if again.own_weights == 1:
                bare.add(j)
                content[j] = again
    for j in block.columns:
        if "weight" in named[j] and "level" not in named[j] and not content[j].numbers and content[j].own_weights >= _NAMED:
            named[j] = {"level": named[j]["weight"]}  # 分项与配分: names that print their weights
    for a, b in pairwise(block.columns):
        if block.header is not None and not block.header.words[b] and "level" in named[a] and content[b].numbers < _NAMED:
            named[b] = {"level": Sense(1)}  # the title runs over both, where a copy does not tell merged cells
    numbered = next((j for j in block.columns if content[j].cells >= _FEW and all(_NUMBERED.fullmatch(line[j].words) for line in rows if line[j].words)), None)
    if numbered is not None:
        values = tuple(w[0] if (w := weight_in(line[numbered].field)) is not None else None for line in rows)
        named[numbered], content[numbered] = {"weight": Sense(3)}, replace(content[numbered], values=values, numbers=1.0, counted=0.0)
    told = _told(rows, named, content)
    if told is not None:
        named[told], content[told] = {"claimed": Sense(3)}, content_of(rows, told, False, told=True)
    product = _product(block, content)
    for j in block.columns:  # 落实情况 over 512.7万亩 is a result, over what was done a tale; 完成情况 is the latter by rule
        words = [line[j].words for line in rows if line[j].words]
        either = {"basis", "actual"} <= named[j].keys() and block.header is not None and "完成情况" not in block.header.words[j]
        if either and words and sum(any(c.isdigit() for c in w) for w in words) * 5 >= len(words) * 4 and content[j].length <= _VALUE:
            named[j] = {"actual": Sense(3)}
    _only_tale(block, content, named, len(rows))
    unknown = _unknown_name(block, content, named, len(rows))
    if unknown is not None:
        named[unknown] = {"level": Sense(1)}
    leveled = any("level" in n for n in named.values())
    old = earlier(block.header.words) if block.header is not None else frozenset()
    worths = {j: worth(content[j], named[j], leveled, k, block.header is not None and block.header.words[j] in old) for k, j in enumerate(block.columns)}
    _pair([j for j in block.columns if block.header is None or block.header.words[j] not in old], content, named, rows, worths)
    totals = [line for line in block.lines if is_sum(line) and is_total(next(p.words for p in distinct(line)))]
    told_weights = printed(content, rows)
    best: tuple[float, Columns] | None = None
    for claimed in _numeric(block, content, named, "claimed"):
        for weight in [None, *_numeric(block, content, named, "weight")]:
            if weight == claimed or (product is not None and ((weight, claimed) != product)):
                continue
            found = _rest(block, content, named, worths, rows, weight, claimed)
            if found is None:
                continue
            columns, score = found
            plus = added(block, content, content[weight].values, content[claimed].values, (weight, claimed)) if weight is not None else None
            if plus is not None and weight is not None and not _says_added(block, plus) and not ("weight" in named[weight] and "claimed" in named[claimed]):
                plus = None  # 得分, 扣分, 分值 under unknown titles
            pairs = _pairs(columns, content, rows, bare, plus)
            if pairs is None:
                continue
            total = score + worths[claimed]["claimed"] + (worths[weight]["weight"] if weight is not None else 0.0)
            once = [p for k, p in enumerate(pairs) if not k or not _goes_on(rows[k - 1], rows[k], [c for c in (claimed, weight) if c is not None])]
            total += adds_up(once, [line[claimed].words for line in totals], [line[weight].words for line in totals] if weight is not None else [])
            total += rates(block, rows, pairs, claimed, weight) + taken_off(block, content, pairs, claimed, weight) + _HIGH * height(pairs)
            total += (_ADDED if plus is not None else 0.0) + (_FIRST if weight is not None and weight < claimed else 0.0)
            total -= _OTHERS if weight is not None and "weight" not in named[weight] and against(told_weights, content[weight].values) else 0.0
            total += 4.0 * content[weight].spread * content[weight].filled if weight is not None else 0.0
            sums = adds_up(once, [line[claimed].words for line in totals], [line[weight].words for line in totals] if weight is not None else []) >= _ADDS_UP
            claims = sum((c for _, c in once if c is not None), Decimal(0))
            told_sum = len(once) >= 4 and any(number(line[claimed].words) == claims for line in totals)
            if not _convincing(columns, content, named, pairs, rows, sums and len(once) >= 4, told_sum):
                continue
            if block.header is not None and claimed > 0 and _OWN.search(block.header.words[claimed]):
                total += 0.2
            if best is None or total > best[0]:
                best = total, Columns(columns.roles, columns.levels, columns.source, columns.levels[-1] in bare, claimed == told,
                                      weight is not None and weight == numbered, plus, product is not None)
    return best[1] if best else None


def _only_tale(block: Block, content: dict[int, Content], named: dict[int, dict[Role, Sense]], rows: int) -> None:
    """Where no other column can tell what was done, a column of material or remarks does whose cells do (佐证材料: 1312人，证书台账; 备注: 已建成5处)."""
    if any(r in named[j] for j in block.columns for r in ("basis", "actual")):
        return
    able = [j for j in block.columns if "evidence" in named[j] and content[j].tells + content[j].values_told >= _TALE and content[j].codes < 1 - _TALE
            and content[j].cells * 5 >= rows * 3]
    if len(able) == 1:
        named[able[0]] = {"basis": Sense(3)}


def _told(rows: Sequence[Line], named: dict[int, dict[Role, Sense]], content: dict[int, Content]) -> int | None:
    """The column whose words tell the claims (自评情况及得分: 已登记，得5分), where no column of numbers does."""
    if any("claimed" in n and content[j].numbers >= _NAMED for j, n in named.items()):
        return None
    for j, n in named.items():
        words = n.keys() & {"claimed", "basis"} and content[j].numbers < 0.2 and not content[j].signs and content[j].cells * 5 >= len(rows) * 4
        if words and sum(told_claim(line[j].words) is not None for line in rows) * 5 >= len(rows) * 4:
            return j
    return None


def _product(block: Block, content: dict[int, Content]) -> tuple[int | None, int] | None:
    """The columns of weights and claims where a claim is weight × a third column's score out of a hundred (权重30%, 得分90, 加权27); the weight None where
    it is a coefficient (0.3)."""
    numeric = [j for j in block.columns if content[j].numbers == 1 and content[j].filled == 1]
    for c in numeric:
        for a in numeric:
            for b in numeric:
                if len({a, b, c}) < 3:
                    continue
                rows = [(x, y, z) for x, y, z in zip(content[a].values, content[b].values, content[c].values, strict=True) if x is not None and y is not None and z is not None]
                if len(rows) < 3 or len({y for _, y, _ in rows}) < 2 or max(y for _, y, _ in rows) > 100 or max(y for _, y, _ in rows) <= 20:
                    continue
                for factor in (Decimal(1), Decimal("0.01")):
                    if sum((x for x, _, _ in rows), Decimal(0)) * factor == 1 and all(abs(x * y * factor - z) <= Decimal("0.06") for x, y, z in rows):
                        return (None if factor == 1 else a), c
    return None


def _unknown_name(block: Block, content: dict[int, Content], named: dict[int, dict[Role, Sense]], rows: int) -> int | None:
    """The column of names under a title not met before: where the known levels only group (考核板块 over several rows), the first one that tells every
    row apart by short words."""
    levels = [j for j in block.columns if "level" in named[j]]
    if block.header is None or not levels or any(content[j].cells * 5 >= rows * 4 for j in levels):
        return None
    return next((j for j in block.columns if not named[j] and block.header.words[j] and content[j].cells * 5 >= rows * 4 and content[j].numbers == 0
                 and content[j].points < 0.2 and content[j].counted < 0.5 and 2 <= content[j].length <= 40), None)


def _pair(columns: Sequence[int], content: dict[int, Content], named: dict[int, dict[Role, Sense]], rows: Sequence[Line], worths: dict[int, Worth]) -> None:
    """Two columns that tell of one thing row by row are goal and result, where their titles do not say otherwise: the one that asks is the goal, else
    the one on the left."""
    able = [j for j in columns if not any(s.weight > 1 for s in named[j].values()) or named[j].keys() & {"target", "actual"}]
    able = [j for j in able if content[j].filled >= _NAMED and content[j].gives < 0.3 and max(content[j].values_told, content[j].tells, content[j].aims) >= 0.4]
    found = [(share, a, b) for k, a in enumerate(able) for b in able[k + 1:] if (share := twins(rows, a, b)) >= _TWINS]
    if not found:
        return
    _, a, b = max(found, key=lambda x: (x[0], -x[1]))
    said = {role: j for j in (a, b) for role in ("target", "actual") if role in named[j]}
    goal = said.get("target", a if said.get("actual") == b else b if said.get("actual") == a else b if content[b].aims > content[a].aims + 0.1 else a)
    worths[goal]["target"] += _PAIR
    worths[b if goal == a else a]["actual"] += _PAIR


def _numeric(block: Block, content: dict[int, Content], named: dict[int, dict[Role, Sense]], role: Role) -> list[int]:
    """The columns that may hold scores of a kind: numbers, or nothing under a header that says so."""
    out = []
    for j in block.columns:
        c = content[j]
        money = role not in named[j] and any(s.weight >= 3 and r in _NO_SCORES for r, s in named[j].items())
        if (c.cells and c.numbers >= 0.6 and not money) or (not c.cells and role in named[j] and role == "claimed"):
            out.append(j)
    return out


@dataclass(frozen=True, slots=True)
class _Draft:
    roles: dict[Role, int]
    levels: tuple[int, ...]
    source: Source


def _rest(block: Block, content: dict[int, Content], named: dict[int, dict[Role, Sense]], worth: dict[int, Worth],
          rows: Sequence[Line], weight: int | None, claimed: int) -> tuple[_Draft, float] | None:
    """The best roles of the other columns once weight and claimed are fixed: a maximum assignment, a role to a column, levels to several, of which
    one should tell every row from the others."""
    free = [j for j in block.columns if j not in (weight, claimed)]
    weights = content[weight].values if weight is not None else printed(content, rows)
    worth = {j: dict(w) for j, w in worth.items()}
    for j in free:
        lost = shortfalls([bool(line[j].words) and not is_blank(line[j].words) for line in rows], weights, content[claimed].values)
        if lost >= _REASONS and not content[j].numbers and ("reason" in named[j] or not any(s.weight > 1 for s in named[j].values())):
            worth[j]["reason"] += _REASONED * lost
    asked = any("target" in named[j] and ("level" not in named[j] or named[j]["level"].weight == 1) for j in free)
    if asked and not any("actual" in named[j] and "basis" not in named[j] for j in free):
        for j in free:  # beside a goal, 完成情况 is what was reached of it
            if {"actual", "basis"} <= named[j].keys():
                worth[j]["actual"] = max(worth[j]["actual"], worth[j]["basis"] + 0.5)

    scored = [line for line, claim in zip(rows, content[claimed].values, strict=True) if claim is not None] or rows
    tells = {j: len({line[j].words for line in scored if line[j].words}) >= _APART * len(scored) for j in free}

    @cache
    def best(k: int, used: int, levels: int, told_apart: bool) -> tuple[float, tuple[str, ...]]:
        if k == len(free):
            return (0.0 if told_apart else -NAMELESS, ()) if levels else (-99.0, ())
        j = free[k]
        choices = []
        rest, tail = best(k + 1, used, levels, told_apart)
        choices.append((worth[j]["other"] + rest, ("other", *tail)))
        if levels < _MOST_LEVELS and worth[j]["level"] > NEVER:
            apart = tells[j] and (sure(named[j], "level") or _may_name(content[j]))
            again = _AGAIN if told_apart and tells[j] and not sure(named[j], "level") else 0.0
            rest, tail = best(k + 1, used, levels + 1, told_apart or apart)
            choices.append((worth[j]["level"] - again + rest, ("level", *tail)))
        for r, role in enumerate(_TEXTS):
            if not used >> r & 1 and worth[j][role] > 0:
                rest, tail = best(k + 1, used | 1 << r, levels, told_apart)
                choices.append((worth[j][role] + rest, (role, *tail)))
        return max(choices)

    score, chosen = best(0, 0, 0, False)
    if score < -50:
        return None
    levels = [j for j, role in zip(free, chosen, strict=True) if role == "level"]
    levels = _together(levels, named, [j for j, role in zip(free, chosen, strict=True) if role == "rule"] + [c for c in (weight, claimed) if c is not None])
    levels = _in_order(levels, content, named)
    roles: dict[Role, int] = {role: j for j, role in zip(free, chosen, strict=True) if role not in ("level", "other")}  # type: ignore[misc]
    told_apart = next((role for role, j in roles.items() if role in ("target", "basis", "actual") and "level" in named[j]
                       and content[levels[-1]].cells * 5 < len(rows) * 4 <= content[j].cells * 5), None)
    if told_apart is not None:
        levels = [*levels, roles.pop(told_apart)]  # 类别, 目标任务: the names are what tells the rows apart
    roles["claimed"] = claimed
    source: Source = "column"
    told = roles.get("rule")
    if weight is not None:
        roles["weight"] = weight
        if told is not None and "level" in named[told] and content[weight].cells > content[levels[-1]].cells and content[told].cells >= content[weight].cells:
            levels = [*levels, told]  # 考评事项（评分标准）: the cell that gives the points is what is scored
    else:
        score -= 1.0
        rule = roles.get("rule")
        if rule is not None and content[rule].own_weights >= _NAMED and content[rule].runs > content[levels[-1]].runs:
            levels = [*levels, rule]  # 1.主次干道保洁率100%（10分）: the rule is the indicator's name too
        source = ("name" if content[levels[-1]].own_weights >= _NAMED
                  else "rule" if rule is not None and sum(weight_in_rule(line[rule].field) is not None for line in rows) * 5 >= len(rows) * 3
                  else "heading" if _weighted_bands(block) else "none")
        if source == "none" and (rule is None or content[rule].points < 0.6):
            return None
        score += 3.0 if source != "none" else 0.0
    return _Draft(roles, tuple(levels), source), score


def _says_added(block: Block, j: int) -> bool:
    return block.header is not None and "加" in block.header.words[j]


def _may_name(c: Content) -> bool:
    """Whether what a column holds can be names: short words, no values and no deeds."""
    return c.length <= _LONGEST_NAME and max(c.tells - 0.2, c.codes, c.values_told, c.points - c.own_weights) < 0.5


def _together(levels: list[int], named: dict[int, dict[Role, Sense]], between: Sequence[int]) -> list[int]:
    """The levels without columns of unknown titles that stand right of all scores and of the rule, where others do not."""
    left = [j for j in levels if not between or j < max(between)]
    return [j for j in levels if "level" in named[j] or j in left] if left else levels


def _in_order(levels: list[int], content: dict[int, Content], named: dict[int, dict[Role, Sense]]) -> list[int]:
    """The levels from the widest to the narrowest: by their numbers, else as they stand, save where one stands right of what it groups."""
    ranks = [named[j]["level"].rank if "level" in named[j] else 0 for j in levels]
    if all(ranks):
        return [j for _, j in sorted(zip(ranks, levels, strict=True))]
    if any(content[a].runs > content[b].runs for a, b in pairwise(levels)):
        return [j for _, j in sorted((content[j].runs, j) for j in levels)]  # what groups has fewer cells than what it groups
    return levels


def _weighted_bands(block: Block) -> bool:
    bands = [next(distinct(line)) for line in block.lines if is_band(line)]
    said = [read(p.words) for p in bands]
    return bool(bands) and sum(w.total is not None or bool(w.shares) for w in said) * 2 >= len(bands)


def _pairs(columns: _Draft, content: dict[int, Content], rows: Sequence[Line], bare: set[int], plus: int | None) -> list[tuple[Decimal | None, Decimal | None]] | None:
    """Weight and claim of every row, without what a column of its own adds; None where the claims exceed the weights too often to be claims."""
    claims: Sequence[Decimal | None] = content[columns.roles["claimed"]].values
    if plus is not None:
        claims = [c - (more or 0) if c is not None else None for c, more in zip(claims, content[plus].values, strict=True)]
    if columns.source == "column":
        weights: Sequence[Decimal | None] = content[columns.roles["weight"]].values
    elif columns.source == "name":
        name = columns.levels[-1]
        weights = [found[0] if (found := weight_in(line[name].field, name in bare)) else None for line in rows]
    elif columns.source == "rule":
        weights = [found[0] if (found := weight_in_rule(line[columns.roles["rule"]].field)) else None for line in rows]
    else:
        weights = [None] * len(rows)
    pairs = list(zip(weights, claims, strict=True))
    both = [(w, c) for w, c in pairs if w is not None and c is not None]
    kept = sum(within(w, c) or w == 0 for w, c in both)  # 加分项, whose base is 0
    if both and kept < _KEEP * len(both) and len(both) - kept > 1:
        return None
    return None if any(w > _MOST or (w < 0 < c) for w, c in both) else pairs


def _goes_on(last: Line, line: Line, columns: Sequence[int]) -> bool:
    """Whether a row shows the same merged cells as the one above it in all of these columns."""
    return all(line[j].key == last[j].key for j in columns)


def _convincing(columns: _Draft, content: dict[int, Content], named: dict[int, dict[Role, Sense]],
                pairs: Sequence[tuple[Decimal | None, Decimal | None]], rows: Sequence[Line], adds_up: bool, claims_add_up: bool) -> bool:
    """Whether header and cells together say that these are maximum and claimed scores: one sure sign of each, rules that give points, or a sure
    sign of one and totals that are the sums of both."""
    roles = columns.roles
    claimed = named[roles["claimed"]].get("claimed")
    rule = roles.get("rule")
    points = content[rule].points if rule is not None else 0.0
    if columns.source == "none":
        return claimed is not None and (claimed.weight >= 3 or (points >= 0.8 and claims_add_up))
    weight = columns.source != "column" or "weight" in named[roles["weight"]]
    both = sum(w is not None and c is not None for w, c in pairs)
    sayings: tuple[Role, ...] = ("basis", "target", "actual", "reason")
    said = {r for r in sayings if r in roles and sure(named[roles[r]], r)} | ({"rule"} & roles.keys())
    alike = "rule" not in said and len({w for w, _ in pairs}) == 1
    if (not said or alike) and not any(sure(named[j], "level") for j in columns.levels) and columns.source == "column":
        return False  # 乡镇, 满分, 得分: a ranking
    told = {"target", "actual"} <= said
    if claimed and weight and told:
        return True
    if adds_up and said and (
            (weight and columns.source == "column" and named[roles["weight"]]["weight"].weight >= 3) or (claimed and claimed.weight >= 3)):
        return True
    if claimed and weight:
        return claimed.weight >= 3 or points >= 0.3 or columns.source != "column" or both >= 2
    return points >= 0.4 and (claimed is not None or both >= 3)
