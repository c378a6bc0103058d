"""What clauses beside one another still settle: a proportion told by its steps, a share that is a level, bare points that are a cap."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from patterns import expressions as re
from patterns.clause import Clause

_POINTS = re.compile(r"\d分(?!钟)")


def finish(clauses: list[Clause], text: str) -> list[Clause]:
    """The clauses of a rule's text in their final form."""
    return _alternating(_worth(_levels(_only(_shares(_framed(_graded(_whole(_no_more(_in_brackets(clauses, text)), text)))))), text), text)


_BEYOND = re.compile("(?:超额(?:完成)?|超过|超出)[^，。；]{0,8}[按计]")


def _no_more(clauses: list[Clause]) -> list[Clause]:
    """得分＝完成÷任务×4分，超额完成的按4分计: what is beyond the goal earns no more, which is no clause of its own."""
    out: list[Clause] = []
    for c in clauses:
        last = out[-1] if out else None
        if last is not None and last.kind == "prorata" and c.kind == "award" and c.points == last.points and _BEYOND.match(c.text.lstrip("，；")):
            out[-1] = replace(last, end=c.end)
            continue
        out.append(c)
    return out


def _in_brackets(clauses: list[Clause], text: str) -> list[Clause]:
    """按检定率折算得分（6分×检定率）: a proportion told again as a formula in brackets is one clause, with the formula's points."""
    out: list[Clause] = []
    until = 0
    for c in clauses:
        if out and c.start < until:
            last = out[-1]
            out[-1] = replace(last, points=c.points or last.points, end=max(last.end, min(until, c.end + 1)), text=text[last.start : max(last.end, min(until, c.end + 1))])
            continue
        out.append(c)
        if c.kind == "prorata" and text[c.end : c.end + 1] in ("（", "(") and (close := text.find("）" if text[c.end] == "（" else ")", c.end)) > 0:
            until = close + 1 if any(x in text[c.end : close] for x in "×*乘") else 0
    return out


def _whole(clauses: list[Clause], text: str) -> list[Clause]:
    """村级建档4分，按建档率乘以4分计分: the points that head a proportion are those that it gives."""
    out: list[Clause] = []
    for c in clauses:
        last = out[-1] if out else None
        if (
            last is not None and c.kind == "prorata" and last.kind == "award" and c.points is not None and c.points == last.points
            and c.group is None and last.group is None and _HEADS.search(last.text) and _BY_RATE.match(c.text)
        ):
            out[-1] = replace(c, start=last.start, text=text[last.start : c.end], condition=f"{last.condition}，{c.condition}")
            continue
        out.append(c)
    return out


_HEADS = re.compile(r"(?<![得计加给记赋评\d.])\d+(?:\.\d+)?分$")
_BY_RATE = re.compile("按照?|根据|以|依")


def _graded(clauses: list[Clause]) -> list[Clause]:
    """按附件2《评价表》评定，合格的得1分: the grade belongs to what is told elsewhere."""
    out: list[Clause] = []
    for c in clauses:
        last = out[-1] if out else None
        if last is not None and last.kind == "reference" and c.kind == "award" and c.condition.rstrip("的者") in ("合格", "优秀", "良好", "达标", "通过"):
            out[-1] = replace(last, end=c.end)
            continue
        out.append(c)
    return out


_BY_POINT = ("个百分点", "百分点", "%")
_ONE_OF = re.compile(r"(?<![\d.])([一1])(家|户|个|所|座|项|次|场|名|件|处)(?!以上|及以上|以下)")


def _framed(clauses: list[Clause]) -> list[Clause]:
    """按完成比例打分，每低1个百分点扣0.1分: the deduction says how the proportion is taken, so it is the only clause."""
    out: list[Clause] = []
    for k, c in enumerate(clauses):
        later = clauses[k + 1] if k + 1 < len(clauses) else None
        if c.kind == "prorata" and not _POINTS.search(c.text) \
                and later is not None and later.kind == "deduct" and later.per_unit in _BY_POINT:
            out_condition = c.condition if later.condition.startswith(c.condition) else f"{c.condition}，{later.condition}"
            clauses[k + 1] = replace(later, condition=out_condition if c.condition not in later.condition else later.condition)
            continue
        out.append(clauses[k])
    return out


_SHARE_LEVEL = re.compile(r"(不低于|达到|达|不少于|高于|超过|大于)?\s*(\d+(?:\.\d+)?)\s*[%％]\s*(?:（含）|及以上|以上|的|及|，|,)")
_BY_SHARE = re.compile(r"按|乘|×|折算|同比例|比例得|比例计|比例扣")


def _shares(clauses: list[Clause]) -> list[Clause]:
    """建成比例80%以上的得2分 names a share and a level: it is a level, not points in proportion."""
    out: list[Clause] = []
    for k, c in enumerate(clauses):
        m = _SHARE_LEVEL.search(c.text) if c.kind == "prorata" and _POINTS.search(c.text) and not _BY_SHARE.search(c.text) else None
        if m is None:
            out.append(c)
            continue
        near = clauses[k + 1] if k + 1 < len(clauses) and clauses[k + 1].kind == "tier" and clauses[k + 1].unit == "%" else None
        group = near.group if near is not None else c.group
        out.append(replace(c, kind="tier", round=None, lower=Decimal(m[2]), lower_open=m[1] in ("高于", "超过", "大于"), unit="%", group=group))
    return out


_SO_MANY = re.compile(r"(\d+)\s*([家户个所座项次场名件处期])(?:及以上|以上)(?:的)?$")
_ONLY_SO_MANY = re.compile(r"^[只仅](?:有|为)?[\u4e00-\u9fff]{0,6}?(\d+|[一两])\s*([家户个所座项次场名件处期])(?:的)?$")


def _only(clauses: list[Clause]) -> list[Clause]:
    """建立制度且召开会议2次以上的得2分，只召开1次的得1分: beside the lesser number the greater one decides, whatever else the condition asks."""
    for k, (a, b) in enumerate(pairwise(clauses)):
        more, few = _SO_MANY.search(a.condition), _ONLY_SO_MANY.search(b.condition)
        alternatives = a.kind == b.kind == "award" and a.group is not None and a.group == b.group
        if a.kind == "award" and (alternatives or (b.kind == "tier" and b.unit)) and more and few and more[2] == few[2]:
            least = Decimal({"一": 1, "两": 2}.get(few[1]) or few[1])
            group = a.group if a.group is not None else b.group
            clauses[k] = replace(a, kind="tier", lower=Decimal(more[1]), unit=more[2], group=group)
            clauses[k + 1] = replace(b, kind="tier", lower=least, upper=least, unit=few[2], group=group, condition=f"{a.condition}，{b.condition}")
    return clauses


def _levels(clauses: list[Clause]) -> list[Clause]:
    """实现1家…的得0.6分，2-3家…的得0.8分: beside levels of the same counting word, 1家 is a level too."""
    for k, c in enumerate(clauses):
        m = _ONE_OF.search(c.condition) if c.kind == "award" else None
        near = clauses[k + 1] if k + 1 < len(clauses) else None
        if m and near is not None and near.kind == "tier" and near.unit == m[2] and near.lower is not None and near.lower > 1 \
                and (near.points or 0) > (c.points or 0):
            clauses[k] = replace(c, kind="tier", lower=Decimal(1), upper=Decimal(1), unit=m[2], group=near.group)
    return clauses


_BARE_POINTS = re.compile(r"[(（]?\s*(?:共|计|满分)?\s*\d+(?:\.\d+)?\s*分\s*[)）]?")


def _worth(clauses: list[Clause], text: str) -> list[Clause]:
    """每少1次扣1分（4分）: points alone in brackets after a deduction are what the item is worth, so the most that it can take."""
    out: list[Clause] = []
    for c in clauses:
        last = out[-1] if out else None
        if last is not None and c.kind == last.kind == "deduct" and c.condition == last.condition and c.applies_to == last.applies_to \
                and last.cap is None and _BARE_POINTS.fullmatch(c.text) and text[max(0, c.start - 1):c.start + 1].strip("0123456789") and (c.points or 0) > (last.points or 0):
            out[-1] = replace(last, cap=c.points, end=max(last.end, c.end))
            continue
        out.append(c)
    return out


_BETWEEN = re.compile(r"[，,、\s]*")


def _alternating(clauses: list[Clause], text: str) -> list[Clause]:
    """检查不合格的，中心城区每次扣0.5分，其他区每次扣0.25分: what both classes stand behind is the condition of both."""
    for k in range(1, len(clauses)):
        before, c = clauses[k - 1], clauses[k]
        if c.kind != before.kind or not c.applies_to or not before.applies_to or set(c.applies_to) & set(before.applies_to):
            continue
        own = [p for p in c.condition.split("，") if len(p) > 2 and p in c.text]
        if not own and _BETWEEN.fullmatch(text[before.end:c.start]):
            clauses[k] = replace(c, condition=before.condition)
    return clauses
