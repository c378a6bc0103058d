"""Notes to a score table (备注1：…, 附注2：…): their texts by label, and the rule that a note tells in place of a reference."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from patterns import expressions as re
from patterns.clause import Clause, CompiledRule
from patterns.numerals import integer
from patterns.rules import compile_rule

_LABEL = re.compile(r"(?P<kind>备注|附注|附件|附表|附录|注释|注|说明)\s?(?P<no>\d{1,2}|[一二三四五六七八九十]{1,3}|[①-⑨]|[A-Za-z])(?=[：:．.、\s　）)]|《|[\u4e00-\u9fff])")
_DEFERS = re.compile("综合(?:评定|评价|评议|打分)|(?:评定|考核|评价|认定)结果为准|暂按|另行(?:通知|制定|下达)")  # who decides, not how
_SAME = {"附录": "附件", "附表": "附件"}


def label(text: str) -> tuple[str, str] | None:
    """备注一, 备注1 and 备注① are one label: its kind and its number; None for what names none."""
    m = _LABEL.match("".join(text.split()) + "：")
    if m is None:
        return None
    no = m["no"]
    number = no if no.isdecimal() else str("①②③④⑤⑥⑦⑧⑨".find(no) + 1) if no in "①②③④⑤⑥⑦⑧⑨" else str(integer(no) or no)
    return _SAME.get(m["kind"], m["kind"]), number


def notes(texts: Sequence[str]) -> dict[tuple[str, str], str]:
    """The notes among some texts by label, each up to the next label; the first one that says something counts."""
    out: dict[tuple[str, str], str] = {}
    for text in texts:
        marks = [m for m in _LABEL.finditer(text) if m.start() == 0 or text[m.start() - 1] in "。；：: 　\n\t（("]
        for k, m in enumerate(marks):
            stop = marks[k + 1].start() if k + 1 < len(marks) else len(text)
            body = text[m.end():stop].strip("：:．.、 　\n）)")
            key = label(m[0])
            if body and key is not None:
                out.setdefault(key, body)
    return out


@dataclass(frozen=True, slots=True)
class Resolved:
    """A rule whose references were followed. rule: what counts in their place; of: the clauses of `rule` that stand for each reference, by its index."""

    rule: CompiledRule
    of: Mapping[int, tuple[Clause, ...]]


def resolve(rule: CompiledRule, weight: Decimal | None, known: Mapping[tuple[str, str], str], rows: Mapping[str, CompiledRule]) -> Resolved:
    """Follow a rule's references to notes (known: text by label) and to other rows' rules (rows: by the indicator's name, 评分方法同“…”).

    A note that holds no clause (it only says what a word means, or who decides) leaves the reference as it is.
    """
    clauses: list[Clause] = []
    of: dict[int, tuple[Clause, ...]] = {}
    text, most = rule.text, max((c.group for c in rule.clauses if c.group is not None), default=-1)
    for k, c in enumerate(rule.clauses):
        own = _told_by(c, weight, known, rows) if c.kind == "reference" and c.to else ()
        if not own:
            clauses.append(c)
            continue
        shift = len(text) + 1
        text += "\n" + own[0].text if len(own) == 1 else "\n" + "；".join(o.text for o in own)
        moved = tuple(replace(o, start=shift + n, end=shift + n + 1, group=None if o.group is None else most + 1 + o.group,
                              applies_to=o.applies_to or c.applies_to) for n, o in enumerate(own))
        most = max([most, *(o.group for o in moved if o.group is not None)])
        of[k] = moved
        clauses += moved
    return Resolved(CompiledRule(text, tuple(clauses), rule.unparsed) if of else rule, of)


def _told_by(clause: Clause, weight: Decimal | None, known: Mapping[tuple[str, str], str], rows: Mapping[str, CompiledRule]) -> tuple[Clause, ...]:
    """The clauses that a reference stands for; empty where what it points at is not there or tells no points."""
    limit = clause.points if clause.points is not None else weight
    key = label(clause.to or "")
    if key is not None:
        body = known.get(key)
        found = compile_rule(body, limit).clauses if body and not _DEFERS.search(body) else ()
    else:
        name = "".join((clause.to or "").split())
        other = next((r for n, r in rows.items() if name and (n == name or name in n)), None)
        found = other.clauses if other is not None else ()
    if any(c.kind == "reference" for c in found):
        return ()
    return tuple(replace(c, cap=limit) if c.kind == "each" and c.cap is None and clause.points is not None else c for c in found)
