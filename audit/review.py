"""The review ledger: a reviewer's decisions on an audit, in YAML that a person writes, replayed on every run.

    复核人: 王敏
    决定:
      - 指标: 31
        处理: 改分            # 认可 (the claim stands), 改分 (another score), 驳回 (no points)
        分值: 1.75
        理由: 三家绿色商场中一家已到期
      - 问题: 3f0c9a12be77    # the finding's fingerprint, or 代码 with 指标
        处理: 驳回            # 认可 (the finding stands), 改判 (another severity), 驳回 (it does not)
        理由: 附件另有批复

A decision holds for what it was made on: `规则` and `依据` are the fingerprints of the rule and of the quoted evidence at that
time, `引文` a sentence that the report must still contain. Where one of them no longer fits, the decision has expired: it
is not applied, and every output says so.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from os import PathLike
from pathlib import Path
from typing import Any, Literal

import yaml

from audit.messages import Message, message
from audit.model import Audit, Finding, IndicatorResult, Severity
from audit.words import interval, number, plain
from patterns.errors import UnusableInput

Action = Literal["accept", "override", "dismiss"]
Standing = Literal["applied", "expired", "unmatched"]

KEYS = {
    "指标": "indicator", "indicator": "indicator", "问题": "finding", "finding": "finding", "代码": "code", "code": "code",
    "处理": "action", "action": "action", "分值": "score", "score": "score", "程度": "severity", "severity": "severity",
    "理由": "reason", "reason": "reason", "复核人": "reviewer", "reviewer": "reviewer", "日期": "date", "date": "date",
    "规则": "rule", "rule": "rule", "依据": "evidence", "evidence": "evidence", "引文": "quote", "quote": "quote",
}
TOP_KEYS = {"复核人": "reviewer", "reviewer": "reviewer", "决定": "decisions", "decisions": "decisions", "报告": "report",
            "report": "report"}
ACTIONS: dict[str, Action] = {"认可": "accept", "accept": "accept", "改分": "override", "改判": "override", "override": "override",
                              "驳回": "dismiss", "dismiss": "dismiss"}
SEVERITIES: dict[str, Severity] = {"错误": "error", "error": "error", "存疑": "warning", "warning": "warning", "提示": "info",
                                   "info": "info"}
# Findings that only say what an accepted claim answers: whether the report carries the score.
SETTLED_BY_CLAIM = {"score-mismatch", "unsupported-claim", "unattainable-score", "estimate-only"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One decision as written. line counts from 1. Either indicator (number or name) or finding/code says what it is about."""

    line: int
    action: Action
    reason: str
    reviewer: str
    indicator: int | str | None = None
    finding: str | None = None
    code: str | None = None
    score: Decimal | None = None
    severity: Severity | None = None
    date: str = ""
    rule: str | None = None
    evidence: str | None = None
    quote: str | None = None

    @property
    def about_finding(self) -> bool:
        """Whether the decision is about a finding, not about an indicator's score."""
        return self.finding is not None or self.code is not None


@dataclass(frozen=True, slots=True)
class Ledger:
    """A file of decisions, in its order."""

    path: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """An entry held against an audit. why says what expired or was not found; low and high are the scores before it."""

    entry: Entry
    standing: Standing
    no: int | None = None
    fingerprint: str | None = None
    why: Message | None = None
    low: Decimal | None = None
    high: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Review:
    """What a ledger made of an audit: every decision and the findings that were dismissed."""

    path: str
    decisions: tuple[Decision, ...]
    dismissed: tuple[Finding, ...] = ()

    def of_indicator(self, no: int) -> Decision | None:
        """The applied decision on an indicator's score."""
        return next((d for d in self.decisions if d.standing == "applied" and not d.entry.about_finding and d.no == no), None)

    def of_finding(self, finding: Finding) -> Decision | None:
        """The applied decision on a finding."""
        return next((d for d in self.decisions if d.standing == "applied" and d.fingerprint == finding.fingerprint
                     and d.no == finding.indicator), None)

    @property
    def expired(self) -> tuple[Decision, ...]:
        """Decisions that were not applied, for whatever reason."""
        return tuple(d for d in self.decisions if d.standing != "applied")


def fingerprint(*words: str) -> str:
    """A short fingerprint of words that does not depend on white space."""
    return hashlib.sha256("\n".join("".join(w.split()) for w in words).encode()).hexdigest()[:12]


def rule_fingerprint(result: IndicatorResult) -> str:
    """What a decision on an indicator is bound to: name, weight and rule."""
    return fingerprint(result.row.name.text, str(result.row.weight), result.row.rule.text)


def evidence_fingerprint(result: IndicatorResult) -> str:
    """What a decision on an indicator is bound to: the claim and the quoted evidence, in no order."""
    return fingerprint(str(result.row.claimed), *sorted({e.quote.text for e in result.evidence}))


# ---- reading


class _Lines(yaml.CSafeLoader):
    """Keeps the line of every mapping and refuses duplicate keys."""


def _mapping(loader: _Lines, node: yaml.MappingNode) -> dict[Any, Any]:
    out: dict[Any, Any] = {"\0line": node.start_mark.line + 1}
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        if key in out:
            raise yaml.constructor.ConstructorError(None, None, f"重复的键 / duplicate key “{key}”", key_node.start_mark)
        out[key] = loader.construct_object(value_node, deep=True)
        out[f"\0{key}"] = key_node.start_mark.line + 1
    return out


def _text(loader: _Lines, node: yaml.ScalarNode) -> str:
    return str(loader.construct_scalar(node))


_Lines.add_constructor("tag:yaml.org,2002:map", _mapping)
for _tag in ("int", "float", "bool", "timestamp"):  # a score is a Decimal and a fingerprint of digits alone is text
    _Lines.add_constructor(f"tag:yaml.org,2002:{_tag}", _text)


def load(path: str | PathLike[str]) -> Ledger:
    """Read a ledger. Raises UnusableInput that names file, line and key for whatever cannot be read."""
    name = str(path)
    try:
        text = Path(path).read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as e:
        raise UnusableInput(name, "读不了 / cannot be read", "请检查文件 / check the file") from e
    return parse(text, name)


def parse(text: str, name: str) -> Ledger:
    """A ledger from its text; name stands for the file in errors."""
    def bad(line: int | None, what: str, remedy: str) -> UnusableInput:
        return UnusableInput(f"{name}:{line}" if line else name, what, remedy)

    try:
        data = yaml.load(text, _Lines)
    except yaml.YAMLError as e:
        mark = getattr(e, "problem_mark", None)
        raise bad(mark.line + 1 if mark else None, f"YAML 有误 / bad YAML: {getattr(e, 'problem', e)}", "请改正 / mend it") from e
    if data is None:
        return Ledger(name, ())
    if not isinstance(data, dict):
        raise bad(1, "应为“决定:”开头的列表 / must be a mapping with 决定", "见 docs/review.md")
    top: dict[str, Any] = {}
    for key, value in data.items():
        if str(key).startswith("\0"):
            continue
        if key not in TOP_KEYS:
            raise bad(data[f"\0{key}"], f"不认识的键 / unknown key “{key}”", "可用 / allowed: " + " ".join(TOP_KEYS))
        top[TOP_KEYS[key]] = value
    decisions = top.get("decisions") or []
    if not isinstance(decisions, list):
        raise bad(data.get("\0决定") or data.get("\0decisions"), "“决定”应为列表 / decisions must be a list",
                  "每项以“- ”开头 / start each with “- ”")
    entries = []
    for item in decisions:
        if not isinstance(item, dict):
            raise bad(data.get("\0决定") or data.get("\0decisions"), f"不是一项决定 / not a decision: “{item}”", "见 docs/review.md")
        entry = _entry(item, str(top.get("reviewer") or ""), bad)
        if entry:
            entries.append(entry)
    return Ledger(name, tuple(entries))


def _entry(item: Mapping[str, Any], reviewer: str, bad: Any) -> Entry | None:
    """One decision, checked; None for one that is still blank (处理 empty)."""
    line = item["\0line"]
    values: dict[str, str] = {}
    lines: dict[str, int] = {}
    for key, value in item.items():
        if str(key).startswith("\0"):
            continue
        if key not in KEYS:
            raise bad(item[f"\0{key}"], f"不认识的键 / unknown key “{key}”", "可用 / allowed: " + " ".join(KEYS))
        if KEYS[key] in values:
            raise bad(item[f"\0{key}"], f"重复的键 / duplicate key “{key}”", "只留一个 / keep one")
        if isinstance(value, dict | list):
            raise bad(item[f"\0{key}"], f"“{key}”应为一个值 / must be one value", "请改正 / mend it")
        lines[KEYS[key]] = item[f"\0{key}"]
        if value not in (None, ""):
            values[KEYS[key]] = str(value).strip()
    if "action" not in values:
        return None
    if values["action"] not in ACTIONS:
        raise bad(lines["action"], f"不认识的处理 / unknown action “{values['action']}”", "可用 / allowed: " + " ".join(ACTIONS))
    action = ACTIONS[values["action"]]
    who = values.get("reviewer") or reviewer
    if not who:
        raise bad(line, "缺复核人 / no reviewer", "请写“复核人” / name the reviewer")
    if not values.get("reason"):
        raise bad(line, "缺理由 / no reason", "请写“理由” / give a reason")
    about_finding = "finding" in values or "code" in values
    if not about_finding and "indicator" not in values:
        raise bad(line, "没有说明针对哪个指标或问题 / names neither indicator nor finding", "请写“指标”或“问题” / write one")
    score: Decimal | None = None
    severity: Severity | None = None
    if action == "override" and about_finding:
        if values.get("severity") not in SEVERITIES:
            raise bad(lines.get("severity", line), "改判须写明程度 / an overridden finding needs a severity", "错误 存疑 提示")
        severity = SEVERITIES[values["severity"]]
    elif action == "override":
        try:
            score = Decimal(values.get("score", ""))
        except InvalidOperation:
            score = None
        if score is None or not score.is_finite() or score < 0:
            raise bad(lines.get("score", line), "改分须写明分值 / an overridden score needs a number", "例如 / such as 分值: 1.5")
    no: int | str | None = values.get("indicator")
    if isinstance(no, str) and no.isdecimal():
        no = int(no)
    return Entry(line, action, values["reason"], who, no, values.get("finding"), values.get("code"), score, severity,
                 values.get("date", ""), values.get("rule"), values.get("evidence"), values.get("quote"))


# ---- replaying


def apply(audit: Audit, ledger: Ledger) -> Audit:
    """The audit with a ledger's decisions: scores, findings and severities as decided, and the review that says why."""
    indicators = {r.no: r for r in audit.indicators}
    findings = list(audit.findings)
    dismissed: list[Finding] = []
    decisions: list[Decision] = []
    decided: dict[tuple[str | None, int | None], int] = {}
    flat = "".join(audit.report.text.split())
    for entry in ledger.entries:
        stale = None
        if entry.quote and "".join(entry.quote.split()) not in flat:
            stale = message("review.quote_gone", quote=entry.quote)
        twice = _decided_before(entry, audit, decided)
        if twice is not None:
            decisions.append(Decision(entry, "unmatched", why=message("review.twice", line=twice)))
            continue
        if entry.about_finding:
            decision, findings = _on_finding(entry, findings, dismissed, stale)
        else:
            decision = _on_indicator(entry, indicators, stale)
            if decision.standing == "applied" and entry.action == "accept":
                gone = [f for f in findings if f.indicator == decision.no and f.code in SETTLED_BY_CLAIM]
                dismissed += gone
                findings = [f for f in findings if f not in gone]
        decisions.append(decision)
        if decision.standing == "applied":
            decided[_about(decision)] = entry.line
    return replace(audit, indicators=tuple(indicators.values()), findings=tuple(findings),
                   review=Review(ledger.path, tuple(decisions), tuple(dismissed)))


def _about(decision: Decision) -> tuple[str | None, int | None]:
    """What a decision is about: a finding's fingerprint and indicator, or an indicator alone."""
    return decision.fingerprint, decision.no


def _decided_before(entry: Entry, audit: Audit, decided: Mapping[tuple[str | None, int | None], int]) -> int | None:
    """The line of an earlier decision on the same indicator or finding; one matter is decided once."""
    if entry.about_finding:
        named = [(f.fingerprint, f.indicator) for f in audit.findings if _matches(entry, f)]
        return decided.get(named[0]) if len(named) == 1 else None
    return next((decided[None, r.no] for r in audit.indicators
                 if entry.indicator in (r.no, r.row.name.text.strip()) and (None, r.no) in decided), None)


def _on_indicator(entry: Entry, indicators: dict[int, IndicatorResult], stale: Message | None) -> Decision:
    found = [r for r in indicators.values() if entry.indicator in (r.no, r.row.name.text.strip())]
    if len(found) != 1:
        return Decision(entry, "unmatched", why=message("review.no_indicator", indicator=entry.indicator))
    result = found[0]
    if entry.rule and entry.rule != rule_fingerprint(result):
        stale = message("review.rule_changed")
    elif entry.evidence and entry.evidence != evidence_fingerprint(result):
        stale = message("review.evidence_changed")
    score = {"accept": result.row.claimed, "override": entry.score, "dismiss": Decimal(0)}[entry.action]
    if score is None:
        stale = message("review.no_claim")
    elif result.row.weight is not None and score > result.row.weight:
        stale = message("review.over_weight", score=number(score), weight=number(result.row.weight))
    if stale or score is None:
        return Decision(entry, "expired", result.no, why=stale)
    indicators[result.no] = replace(result, low=score, high=score)
    return Decision(entry, "applied", result.no, low=result.low, high=result.high)


def _matches(entry: Entry, finding: Finding) -> bool:
    if entry.finding is not None and entry.finding != finding.fingerprint:
        return False
    if entry.code is not None and entry.code != finding.code:
        return False
    return not isinstance(entry.indicator, int) or entry.indicator == finding.indicator


def _on_finding(entry: Entry, findings: list[Finding], dismissed: list[Finding],
                stale: Message | None) -> tuple[Decision, list[Finding]]:
    found = [f for f in findings if _matches(entry, f)]
    if stale:
        return Decision(entry, "expired", why=stale), findings
    if not found:
        # A fingerprint holds the quoted words, so one that fits nothing means that the quotes changed.
        key = "review.finding_gone" if entry.finding else "review.no_finding"
        return Decision(entry, "expired" if entry.finding else "unmatched", why=message(key, finding=entry.finding or entry.code)), findings
    if len(found) > 1 and not entry.finding:
        return Decision(entry, "unmatched", why=message("review.several_findings", code=entry.code, count=len(found))), findings
    one = found[0]
    decision = Decision(entry, "applied", one.indicator, one.fingerprint)
    if entry.action == "dismiss":
        dismissed.append(one)
        return decision, [f for f in findings if f is not one]
    if entry.action == "override":
        assert entry.severity is not None
        changed = replace(one, severity=entry.severity)
        return decision, [changed if f is one else f for f in findings]
    return decision, findings


# ---- writing


def dump(entries: Iterable[Mapping[str, Any]], reviewer: str = "") -> str:
    """A ledger's text from entries with Chinese keys; the key "#" is a remark, None is left out, "" is left blank."""
    lines = ["# 复核记录：每项决定写明处理、理由；“规则”“依据”“引文”是作出决定时的根据，根据变了决定即失效。"]
    if reviewer:
        lines.append(f"复核人: {_scalar(reviewer)}")
    body = list(entries)
    lines.append("决定:" if body else "决定: []")
    for entry in body:
        if entry.get("#"):
            lines.append(f"  # {' '.join(str(entry['#']).split())}")
        kept = [(k, v) for k, v in entry.items() if v is not None and k != "#"]
        for k, (key, value) in enumerate(kept):
            lines.append(f"  {'- ' if k == 0 else '  '}{key}: {_scalar(str(value))}".rstrip())
    return "\n".join(lines) + "\n"


def _scalar(text: str) -> str:
    """Text as a YAML scalar on one line."""
    if not text or re.fullmatch(r"[0-9]{1,4}(\.[0-9]{1,4})?", text):
        return text
    return yaml.safe_dump(text, allow_unicode=True, width=10**6, default_flow_style=True).removesuffix("\n").removesuffix("\n...")


def template(audit: Audit, lang: str = "zh") -> str:
    """A ledger to fill in: every finding that is not a mere note and every indicator not proved, with what it rests on."""
    entries: list[dict[str, Any]] = []
    for f in audit.findings:
        if f.severity != "info":
            entries.append({"#": plain(f.message.text(lang)), "问题": f.fingerprint, "代码": f.code, "指标": f.indicator, "处理": "",
                            "理由": "", "引文": f.quotes[0].text if f.quotes else None})
    for r in audit.indicators:
        if r.row.claimed is not None and not (r.low == r.high == r.row.claimed):
            about = f"{plain(r.row.name.text)}：{number(r.row.claimed)}（{interval(r.low, r.high)}）{plain(r.reason.text(lang))}"
            entries.append({"#": about, "指标": r.no, "处理": "", "理由": "", "规则": rule_fingerprint(r), "依据": evidence_fingerprint(r)})
    return dump(entries)
