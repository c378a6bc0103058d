"""Small reports written for a test: sentences, and clauses with the states that a careful reader gives them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

from audit.grounds import grounds
from audit.grounds.model import ClauseState
from extractor.readers import read_bytes
from extractor.report import Report, build
from patterns.rules import compile_rule

FOLDER = Path(__file__).parent / "written"


@dataclass(frozen=True)
class Written:
    """A report and the states wanted, per indicator: (name, rule, wanted)."""

    trade: str
    lines: tuple[str, ...]
    rows: tuple[tuple[str, str, tuple[str, ...]], ...]

    def report(self) -> Report:
        """The report with its annex."""
        points = "3"
        table = "\n".join(f"{self.trade}\t{points}\t{name}\t{rule}\t办公室\t{points}" for name, rule, _ in self.rows)
        body = "\n\n".join(self.lines)
        text = (
            f"某县人民政府关于2023年度{self.trade}工作情况的自查报告\n\n市人民政府：\n\n现将有关情况报告如下。\n\n{body}\n\n特此报告。\n\n"
            f"附件：某县2023年度{self.trade}工作自评分表\n\n主要领域\t分值\t评价指标\t评分标准\t牵头部门\t自评分\n{table}\n"
        )
        return build(read_bytes("written.txt", text.encode()))

    def states(self, report: Report | None = None) -> list[tuple[ClauseState, ...]]:
        """The states that the code gives."""
        report = report or self.report()
        rules = tuple(compile_rule(r.rule.text, r.weight, r.name.text) for r in report.table.rows)
        return grounds(report, rules, None, "other")


def written(name: str) -> list[Written]:
    """The reports of a file."""
    out: list[Written] = []
    for block in (FOLDER / f"{name}.txt").read_text("utf8").split("\n## ")[1:]:
        trade, *lines = block.strip().splitlines()
        rows = [tuple(x.strip() for x in line.split("|")) for line in lines if "|" in line]
        body = tuple(line.strip() for line in lines if line.strip() and "|" not in line)
        out.append(Written(trade.strip(), body, tuple((a, b, tuple(c.split())) for a, b, c in rows)))
    return out


TWINS = {("zero", "met"): "excluded", ("deduct", "met"): "excluded", ("tier", "unmet"): "excluded"}


def right(state: ClauseState, want: str) -> bool:
    """Whether a state is the one wanted, and its number where one is wanted."""
    word, _, number = want.partition("=")
    if word == "-":
        return True
    same = state.state == word or TWINS.get((state.clause.kind, state.state)) == word or TWINS.get((state.clause.kind, word)) == state.state
    if same and number and word in ("met", "unmet") and state.state == word:
        return state.lowest is not None and state.lowest == Decimal(number)
    return same


@cache
def misses(name: str) -> tuple[int, tuple[str, ...]]:
    """How many clauses a file holds, and those that come out wrong."""
    total, out = 0, []
    for w in written(name):
        report = w.report()
        assert len(report.table.rows) == len(w.rows), (w.trade, len(report.table.rows))
        for (title, rule, wants), states in zip(w.rows, w.states(report), strict=True):
            for k, want in enumerate(wants):
                total += want != "-"
                state = states[k] if k < len(states) else None
                if state is None or not right(state, want):
                    got = "missing" if state is None else f"{state.state}={state.lowest} {[e.quote.text for e in state.evidence]}"
                    out.append(f"{w.trade} {title} [{k}] {state.clause.text if state else rule}: wanted {want}, got {got}")
            if len(states) != len(wants):
                out.append(f"{w.trade} {title}: {len(wants)} clauses wanted, {[s.clause.text for s in states]}")
    return total, tuple(out)
