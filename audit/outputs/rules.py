"""The compiled rules of an annex on the terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console, Group
from rich.table import Table
from rich.text import Text

from audit.messages import say
from extractor.report import Report
from patterns.clause import Clause, CompiledRule
from patterns.rules.meaning import attainable, maximum

SHOWN = 8  # attainable scores shown before the rest is cut


def words(clause: Clause, lang: str = "zh") -> str:
    """A clause in plain words."""
    number = {k: "" if (v := getattr(clause, k)) is None else format(v, "f") for k in ("points", "per", "cap", "lower", "upper")}
    level = ""
    if clause.kind == "tier":
        low = number["lower"] and ("> " if clause.lower_open else "≥ ") + number["lower"] + (clause.unit or "")
        high = number["upper"] and ("< " if clause.upper_open else "≤ ") + number["upper"] + (clause.unit or "")
        level = " ".join(filter(None, (low, high)))
    key = clause.kind if clause.kind != "deduct" or clause.per is not None else "deduct_flat"
    text = say(f"rules.{key}", lang, points=number["points"], per=f"{number['per']}{clause.per_unit or ''}", level=level, to=clause.to or "")
    if clause.cap is not None:
        text += say("rules.cap", lang, cap=number["cap"])
    if clause.applies_to:
        who = "、".join(say(f"rules.{a}", lang) if a in ("central", "other") else a for a in clause.applies_to)
        text += say("rules.for", lang, who=who)
    return text


def print_rules(report: Report, rules: Sequence[CompiledRule], district_class: str, lang: str = "zh", console: Console | None = None) -> None:
    """A row per indicator: its clauses in plain words, the maximum, the scores it can give, what was not understood."""
    console = console or Console(highlight=False)
    table = Table(title=say("rules.title", lang, n=len(rules), clauses=sum(len(r.clauses) for r in rules)), title_justify="left", show_lines=True)
    for key in ("no", "name", "weight", "clauses", "maximum", "attainable"):
        table.add_column(say(f"rules.column_{key}", lang), overflow="fold", justify="right" if key in ("no", "weight", "maximum") else "left")
    for row, rule in zip(report.table.rows, rules, strict=True):
        lines = [Text(f"{words(c, lang)}  {c.condition}", style="" if c.applies(report.district or "", district_class) else "dim")
                 for c in rule.clauses]
        lines += [Text(say("rules.unparsed", lang, text=u), style="red") for u in rule.unparsed]
        weight = row.weight
        most = None if weight is None else maximum(rule, weight, report.district or "", district_class)
        scores = None if weight is None else attainable(rule, weight, report.district or "", district_class)
        shown = "–" if scores is None else "、".join(f"{s:f}" for s in sorted(scores)[:SHOWN]) + ("…" if len(scores) > SHOWN else "")
        table.add_row(str(row.no), Text(row.name.text), "–" if weight is None else f"{weight:f}", Group(*lines), "–" if most is None else f"{most:f}", shown)
    console.print(table)
    left = sum(len(r.unparsed) for r in rules)
    console.print(say("rules.coverage", lang, understood=sum(not r.unparsed for r in rules), n=len(rules), left=left), style="bold" if left else "")
