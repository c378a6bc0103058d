"""Ledgers written: from a workbook's decisions, or a blank one to fill in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from audit.model import Audit
from audit.review.model import Binding, Entry, Ledger, binding_of, evidence_fingerprint, rule_fingerprint
from audit.words import interval, number, plain
from patterns import expressions as re


def dump(entries: Iterable[Mapping[str, Any]], binding: Binding, reviewer: str = "", signatures: Iterable[tuple[str, str, str]] = (),
         history: Iterable[str] = ()) -> str:
    """A ledger's text from entries with Chinese keys; the key "#" is a remark, None is left out, "" is left blank."""
    lines = ["# 复核记录：每项决定写明处理、理由；“规则”“依据”“引文”是作出决定时的根据，根据变了决定即失效。"]
    lines.append("报告:")
    lines += [f"  {key}: {_scalar(value)}".rstrip() for key, value in
              (("区", binding.district), ("年度", binding.year), ("项目", binding.programme), ("文件", binding.file)) if value]
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
    signed = list(signatures)
    if signed:
        lines.append("签署:")
        lines += [f"  - {{状态: {state}, 姓名: {_scalar(who)}, 日期: {_scalar(when)}}}" for state, who, when in signed]
    past = list(history)
    if past:
        lines.append("历史:")
        lines += [f"  - {_scalar(' '.join(line.split()))}" for line in past]
    return "\n".join(lines) + "\n"


def replaced(old: Ledger, new: Ledger) -> list[str]:
    """The history of a ledger that another one replaces: its own, and every decision that the other does not repeat; where there is
    one, the signatures too, for they stood under the old decisions."""
    def told(e: Entry) -> str:
        about = f"问题{e.finding or e.code}" if e.about_finding else f"指标{e.indicator}"
        what = {"accept": "认可", "dismiss": "驳回", "override": "改判" if e.about_finding else f"改分{number(e.score)}"}[e.action]
        return f"{about} {what}（{' '.join(x for x in (e.reviewer, e.date) if x)}：{e.reason}）"

    kept = {told(e) for e in new.entries}
    gone = [told(e) for e in old.entries if told(e) not in kept]
    signed = [f"{state} {who} {when}" for state, who, when in old.signatures]
    return [*old.history, *gone, *(signed if gone or len(new.entries) != len(old.entries) else [])]


def day(text: str) -> str | None:
    """A date as people write it (2024-03-05, 2024年3月5日, 2024/3/5, 2024.3.5) as 2024-03-05; None for what is no date."""
    bare = text.strip().removesuffix("日")
    for mark in "年月/.":
        bare = bare.replace(mark, "-")
    try:
        year, month, of_month = map(int, bare.split("-"))
        return date(year, month, of_month).isoformat() if year >= 1000 else None
    except ValueError:
        return None


def sign(text: str, state: str, name: str, when: str) -> str:
    """A ledger's text with one more signature; all else stays as it was written."""
    line = f"  - {{状态: {state}, 姓名: {_scalar(name)}, 日期: {_scalar(when)}}}"
    lines = text.rstrip("\n").split("\n")
    if "签署:" not in lines:
        return "\n".join([*lines, "签署:", line]) + "\n"
    at = lines.index("签署:") + 1
    while at < len(lines) and lines[at].startswith("  -"):
        at += 1
    return "\n".join([*lines[:at], line, *lines[at:]]) + "\n"


def _scalar(text: str) -> str:
    """Text as a YAML scalar on one line."""
    if not text or re.fullmatch(r"[0-9]{1,4}(\.[0-9]{1,4})?", text):
        return text
    import yaml

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
    return dump(entries, binding_of(audit))
