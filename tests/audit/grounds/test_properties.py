"""What must hold of any report: a sentence taken away moves only what rested on it, a deed turned round turns its clause."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from writing import written

from audit.grounds import grounds
from audit.grounds.model import ClauseState
from audit.model import Evidence
from extractor.readers import read_bytes
from extractor.report import Report, build
from extractor.statements import statements
from patterns.content import table
from patterns.rules import compile_rule
from tests.gold import CASES, FIXTURES

SETS = ("first", "second", "third", "fourth")
REPORTS = [w for name in SETS for w in written(name)]


def judged(text: str) -> tuple[Report, list[tuple[ClauseState, ...]]]:
    report = build(read_bytes("written.txt", text.encode()))
    rules = tuple(compile_rule(r.rule.text, r.weight, r.name.text) for r in report.table.rows)
    return report, grounds(report, rules, None, "other")


def test_a_sentence_taken_away_changes_only_the_indicators_whose_ground_it_was() -> None:
    """Of all sentences and indicators at most one in two hundred: the topic of a paragraph may stand in its first sentence."""
    pairs, moved = 0, []
    for report in REPORTS[::2]:
        whole, before = judged(report.report().text)
        for line in [x for x in statements(whole).lines if x.start < whole.table.start]:
            _, after = judged(whole.text[: line.start] + whole.text[line.end :])
            for row, old, new in zip(whole.table.rows, before, after, strict=True):
                pairs += 1
                if [(s.state, s.lowest, s.highest) for s in old] == [(s.state, s.lowest, s.highest) for s in new]:
                    continue
                touched = [e.quote for s in old for e in (*s.evidence, *s.near, *s.doubt_evidence)]
                if not any(q.start < line.end and q.end > line.start for q in touched):
                    moved.append((row.name.text, line.text))
    assert pairs >= 500
    assert len(moved) * 200 <= pairs, "\n".join(map(str, moved))


DEEDS = sorted({w for r in table("deeds") for w in r["words"].split()} | set("印发 制定 签订 纳入 公示 公布 修订 发布 实现 配备".split()), key=len, reverse=True)


def turned(state: ClauseState, evidence: Evidence, text: str) -> str | None:
    """The quote with its deed turned round: the numbers of what was done are 0, or 未 stands before the deed. None where no such turn is plain."""
    quote, start = evidence.quote.text, evidence.quote.start
    done = [f for f in evidence.decisive if f.role == "actual"]
    if evidence.decisive:
        lower_is_better = state.clause.kind in ("deduct", "zero") or (state.clause.kind == "tier" and state.clause.lower is None)
        # A number inside a goal turns nothing plainly where less of it is better, or where the goal's own number is the one that is printed.
        lower_is_better = lower_is_better or any(w in state.clause.condition + quote for w in ("不超过", "控制", "低于", "以内", "下降", "减少", "失业率"))
        if re.search("全部|均|足额|高于|比[^，。]*任务|完成[^，。]*任务", quote):
            return None  # the sentence says it twice
        goal_only = "任务" in text[done[0].end : done[0].end + 4] or "计划" in text[done[0].start - 4 : done[0].start] if done else True
        if lower_is_better or goal_only or len(done) > 1 or state.state != "met":
            return None
        f = done[0]
        number = re.sub(r"[\d,.]+|[一二三四五六七八九十百两]+", "0", text[f.start : f.end], count=1)
        return quote[: f.start - start] + number + quote[f.end - start :]
    if state.clause.kind not in ("award", "full") or state.state != "met" or re.search("未|没有|无|零|不", quote):
        return None
    m = re.search("(?:已|均已|均|全部)?(" + "|".join(DEEDS) + ")", quote)
    if m is None or re.search("完成[^，。；]*任务|%|" + m[1] + ".*" + m[1], quote) or re.search("[《（(“][^》）)”]*$", quote[: m.start()]):
        return None
    return quote[: m.start()] + "未" + m[1] + quote[m.end() :]


def test_a_deed_turned_round_changes_its_clause() -> None:
    """At least 97 of 100 plain grounds."""
    tried, kept = 0, []
    for w in REPORTS:
        whole, before = judged(w.report().text)
        for i, states in enumerate(before):
            for k, state in enumerate(states):
                if len(state.evidence) != 1:
                    continue
                quote = state.evidence[0].quote
                other = turned(state, state.evidence[0], whole.text)
                if other is None or quote.start >= whole.table.start:
                    continue
                _, after = judged(whole.text[: quote.start] + other + whole.text[quote.end :])
                tried += 1
                if (after[i][k].state, after[i][k].lowest) == (state.state, state.lowest):
                    kept.append((w.trade, state.clause.text, other))
    assert tried >= 80
    assert len(kept) <= 0.03 * tried, "\n".join(map(str, kept))


def annotated() -> Iterator[tuple[str, Report, list[tuple[ClauseState, ...]]]]:
    for name in CASES:
        yield name, *judged((FIXTURES / name / "report.txt").read_text("utf8"))


def test_in_the_annotated_reports_every_fiftieth_sentence_moves_only_what_rested_on_it() -> None:
    """None at all: the sentences that a clause only comes near to count as its grounds."""
    moved, tried = [], 0
    for name, whole, before in annotated():
        for line in [x for x in statements(whole).lines if x.start < whole.table.start][::50]:
            report, after = judged(whole.text[: line.start] + whole.text[line.end :])
            if len(report.table.rows) != len(whole.table.rows):
                continue
            tried += 1
            for row, old, new in zip(whole.table.rows, before, after, strict=True):
                touched = [e.quote for s in old for e in (*s.evidence, *s.near, *s.doubt_evidence)]
                same = [(s.state, s.lowest, s.highest) for s in old] == [(s.state, s.lowest, s.highest) for s in new]
                if not same and not any(q.start < line.end and q.end > line.start for q in touched):
                    moved.append((name, row.name.text, line.text))
    assert tried >= 10
    assert not moved, "\n".join(map(str, moved))


def test_in_the_annotated_reports_a_deed_turned_round_no_longer_holds_its_clause() -> None:
    """Of every ninth ground: at most one in twelve may still be met, by what another sentence tells of the same."""
    tried, kept = 0, []
    for name, whole, before in annotated():
        plain = [(i, k, s, other) for i, states in enumerate(before) for k, s in enumerate(states)
                 if len(s.evidence) == 1 and s.evidence[0].quote.start < whole.table.start and (other := turned(s, s.evidence[0], whole.text))]
        for i, k, state, other in plain[::9]:
            quote = state.evidence[0].quote
            report, after = judged(whole.text[: quote.start] + other + whole.text[quote.end :])
            if len(report.table.rows) != len(whole.table.rows):
                continue
            tried += 1
            now = after[i][k]
            said_so = [e for e in now.evidence if e.quote.start < quote.start + len(other) and e.quote.end > quote.start]
            if (now.state, now.lowest) == (state.state, state.lowest) and said_so:
                kept.append((name, state.clause.text, other))
    assert tried >= 9
    assert len(kept) * 12 <= tried, "\n".join(map(str, kept))
