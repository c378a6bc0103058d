"""Headings with points of their own: 组织领导（2分）：成立小组得1分 …; 露天禁烧2分，每发现1处扣0.2分."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from patterns import expressions as re
from patterns.rules.draft import Draft
from patterns.rules.grammar import Builder


def headings(rule: Builder, drafts: list[Draft]) -> list[Draft]:
    """组织领导（2分）：成立小组得1分，制定方案得1分: the heading's points are the sum of what follows, not points of their own."""
    out: list[Draft] = []
    for k, d in enumerate(drafts):
        following = drafts[k + 1:k + 41]
        listed = k > 0 and drafts[k - 1].kind == "award" and drafts[k - 1].bare and drafts[k - 1].sentence == d.sentence and d.piece > drafts[k - 1].piece
        heading = d.kind == "award" and d.bare and d.level is None and d.per is None and bool(following)
        if d.kind == "tier" and d.bare and d.per is None and following and following[0].kind == "deduct" \
                and rule.text[d.end - 1:d.end + 1].endswith(")") and _heads_steps(rule, d, following):
            continue  # 每个镇街配备人员3名以上（2分），每有1个不达标扣0.5分
        if not (heading and (_heads_steps(rule, d, following) or (not listed and _heads_parts(rule, d, following)))):
            out.append(d)
    return out


def _heads_steps(rule: Builder, d: Draft, following: Sequence[Draft]) -> bool:
    """露天禁烧2分，每发现1处扣0.2分; 隐患治理20分，按完成比例计分: points that a deduction is taken from, or that a proportion or another text goes by."""
    f = following[0]
    if d.own and rule.text[d.own[-1][1] - 1] == "的":
        return False  # 任务全部完成的3分，每有1项未完成扣1分 are two clauses
    if f.piece != d.piece or d.inherited or (d.end <= f.start and rule.text[d.end - 1:d.end] == "分" and _GIVEN.search(rule.text[d.start:d.end])):
        return False
    if f.kind == "prorata" and f.points is None:
        f.points = d.points
    elif f.kind != "deduct" and not (f.kind == "reference" and rule.text[f.start:f.start + 1] in "按依见参照详"):
        return False
    rule.absorbed.append((d.start, d.end))
    for x in following:
        if x.piece != d.piece or x.kind != f.kind:
            break
        x.shared = x.shared if x.shared and not x.thin else list(d.own)
        x.worth, x.heading = d.points, d.start
    return True


_GIVEN = re.compile("(?:得|计|加|奖|给|赋|记)[\\d.]+分$")


def _heads_parts(rule: Builder, d: Draft, following: Sequence[Draft]) -> bool:
    if _is_condition(rule, d, following):
        return False
    colon = rule.text[d.end:d.end + 2].lstrip(")")[:1]
    stop = next((j for j, f in enumerate(following) if f.kind == "award" and f.bare and f.points is not None and d.points is not None
                 and f.piece != d.piece and rule.text[f.end:f.end + 2].lstrip(")")[:1] in ("：", "。", "", "\n")
                 and len(rule.content(f.own)) <= 16 and f.points >= d.points), len(following))
    part = following[:stop]
    gives = [f for f in part if f.kind in ("award", "each", "tier", "prorata") and f.points and f.applies in (None, d.applies)]
    total = sum((f.cap or f.points or Decimal(0) for f in gives), Decimal(0))
    takes = [f for f in part if f.kind == "deduct"]
    if not (part and part[0].start >= d.end and (colon == "：" or (colon in ("。", "", "\n") and len(rule.content(d.own)) <= 16))):
        return False
    if not (total == d.points or (colon == "：" and (takes or gives)) or (takes and not gives and part[0].piece == d.piece + 1)
            or (gives and len(gives) > 1 and any(_running(gives, n, d.points) for n in range(2, len(gives) + 1)))):
        return False
    rule.absorbed.append((d.start, d.end))
    for f in part:
        if not f.shared:
            f.shared = list(d.own)
    return True


_MET = re.compile("^(?:达到|达成|完成|实现|有|已)|(?:齐|齐全|配齐|全|到位|健全|规范|完善|完备|达标|合格|印发)$")


def _is_condition(rule: Builder, d: Draft, following: Sequence[Draft]) -> bool:
    """三级林长设齐：6分。缺1级：扣2分。: points behind a colon are given for what stands before it, where the deduction is written alike or the words tell a deed."""
    before = rule.text[d.own[0][0]:d.own[-1][1]].rstrip("：") if d.own else ""
    if not d.own or rule.text[d.own[-1][1]:d.own[-1][1] + 1] != "：" or rule.text[d.end:d.end + 1] not in ("。", "；", "，", "\n", ""):
        return False
    f = following[0]
    alike = bool(f.own) and rule.text[f.own[-1][1]:f.own[-1][1] + 1] == "："
    return alike or _MET.search(before) is not None


def _running(gives: Sequence[Draft], n: int, total: Decimal | None) -> bool:
    return sum((f.points or Decimal(0) for f in gives[:n]), Decimal(0)) == total
