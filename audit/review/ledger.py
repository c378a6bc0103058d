"""A ledger's text -> its decisions, every mistake told with its line."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from os import PathLike
from pathlib import Path
from typing import Any

import yaml

from audit.model import Severity
from audit.review.model import Action, Binding, Entry, Ledger
from audit.review.writing import day
from patterns import expressions as re
from patterns.errors import UnusableInput

KEYS = {
    "指标": "indicator", "indicator": "indicator", "问题": "finding", "finding": "finding", "代码": "code", "code": "code",
    "处理": "action", "action": "action", "分值": "score", "score": "score", "程度": "severity", "severity": "severity",
    "理由": "reason", "reason": "reason", "复核人": "reviewer", "reviewer": "reviewer", "日期": "date", "date": "date",
    "复审人": "second", "second": "second", "复审日期": "second_date", "second-date": "second_date",
    "规则": "rule", "rule": "rule", "依据": "evidence", "evidence": "evidence", "引文": "quote", "quote": "quote",
}
TOP_KEYS = {"复核人": "reviewer", "reviewer": "reviewer", "决定": "decisions", "decisions": "decisions", "报告": "report",
            "report": "report", "签署": "signatures", "signatures": "signatures", "历史": "history", "history": "history"}
REPORT_KEYS = {"区": "district", "district": "district", "年度": "year", "year": "year", "项目": "programme", "programme": "programme",
               "文件": "file", "file": "file"}
SIGN_KEYS = {"状态": 0, "state": 0, "姓名": 1, "name": 1, "日期": 2, "date": 2}
STATES = {"待核": "待核", "open": "待核", "已核": "已核", "checked": "已核", "复审": "复审", "second": "复审", "签发": "签发", "signed": "签发"}
ACTIONS: dict[str, Action] = {"认可": "accept", "accept": "accept", "改分": "override", "改判": "override", "override": "override",
                              "驳回": "dismiss", "dismiss": "dismiss"}
SEVERITIES: dict[str, Severity] = {"错误": "error", "error": "error", "存疑": "warning", "warning": "warning", "提示": "info",
                                   "info": "info"}


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
    except FileNotFoundError as e:
        raise UnusableInput(name, "文件不存在 / does not exist", "核对路径 / check the path") from e
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
        raise bad(1, "应为“决定:”开头的列表 / must be a mapping with 决定", "见 docs/review.md / see docs/review.md")
    top: dict[str, Any] = {}
    for key, value in data.items():
        if str(key).startswith("\0"):
            continue
        if key not in TOP_KEYS:
            raise bad(data[f"\0{key}"], f"不认识的键 / unknown key “{key}”", f"可用：{' '.join(TOP_KEYS)} / allowed: {' '.join(TOP_KEYS)}")
        top[TOP_KEYS[key]] = value
    decisions = top.get("decisions") or []
    if not isinstance(decisions, list):
        raise bad(data.get("\0决定") or data.get("\0decisions"), "“决定”应为列表 / decisions must be a list",
                  "每项以“- ”开头 / start each with “- ”")
    entries = []
    for item in decisions:
        if not isinstance(item, dict):
            raise bad(data.get("\0决定") or data.get("\0decisions"), f"不是一项决定 / not a decision: “{item}”", "见 docs/review.md / see docs/review.md")
        entry = _entry(item, str(top.get("reviewer") or ""), bad)
        if entry:
            entries.append(entry)
    return Ledger(name, tuple(entries), _binding(top.get("report"), bad), _signatures(top.get("signatures"), bad),
                  tuple(str(line) for line in top.get("history") or ()))


def _binding(item: Any, bad: Any) -> Binding:
    """The report that the ledger is about."""
    if item in (None, ""):
        return Binding()
    if not isinstance(item, dict):
        raise bad(None, "“报告”应写明 区、年度、文件 / “报告” must give district, year and file", "见 docs/review.md / see docs/review.md")
    values: dict[str, str] = {}
    for key, value in item.items():
        if str(key).startswith("\0"):
            continue
        if key not in REPORT_KEYS:
            raise bad(item[f"\0{key}"], f"不认识的键 / unknown key “{key}”", f"可用：{' '.join(REPORT_KEYS)} / allowed: {' '.join(REPORT_KEYS)}")
        values[REPORT_KEYS[key]] = str(value or "").strip()
    if values.get("file") and not re.fullmatch(r"[0-9a-f]{16,64}", values["file"]):
        raise bad(item["\0line"], "“文件”应是文件指纹（16位以上） / “文件” must be the file's fingerprint", "用 fuhe review new 写出 / fuhe review new writes it")
    return Binding(**values)


def _signatures(items: Any, bad: Any) -> tuple[tuple[str, str, str], ...]:
    """Who signed, for what, and when."""
    out = []
    for item in items or ():
        if not isinstance(item, dict):
            raise bad(None, "“签署”每项写 状态、姓名、日期 / a signature gives state, name and date", "见 docs/review.md / see docs/review.md")
        signed = ["", "", ""]
        for key, value in item.items():
            if not str(key).startswith("\0"):
                if key not in SIGN_KEYS:
                    raise bad(item[f"\0{key}"], f"不认识的键 / unknown key “{key}”", f"可用：{' '.join(SIGN_KEYS)} / allowed: {' '.join(SIGN_KEYS)}")
                signed[SIGN_KEYS[key]] = str(value or "").strip()
        if signed[0] not in STATES or not signed[1] or not signed[2]:
            raise bad(item["\0line"], "签署缺状态、姓名或日期 / a signature lacks state, name or date", "状态：已核、复审、签发 / states: checked, second, signed")
        when = day(signed[2])
        if when is None:
            raise bad(item["\0line"], f"签署日期“{signed[2]}”不是日期 / “{signed[2]}” is no date", "写作 2024-03-05 / write 2024-03-05")
        out.append((STATES[signed[0]], signed[1], when))
    return tuple(out)


def _entry(item: Mapping[str, Any], reviewer: str, bad: Any) -> Entry | None:
    """One decision, checked; None for one that is still blank (处理 empty)."""
    line = item["\0line"]
    values: dict[str, str] = {}
    lines: dict[str, int] = {}
    for key, value in item.items():
        if str(key).startswith("\0"):
            continue
        if key not in KEYS:
            raise bad(item[f"\0{key}"], f"不认识的键 / unknown key “{key}”", f"可用：{' '.join(KEYS)} / allowed: {' '.join(KEYS)}")
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
        raise bad(lines["action"], f"不认识的处理 / unknown action “{values['action']}”", f"可用：{' '.join(ACTIONS)} / allowed: {' '.join(ACTIONS)}")
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
            raise bad(lines.get("severity", line), "改判须写明程度 / an overridden finding needs a severity", "错误 存疑 提示 / error warning info")
        severity = SEVERITIES[values["severity"]]
    elif action == "override":
        try:
            score = Decimal(values.get("score", ""))
        except InvalidOperation:
            score = None
        if score is None or not score.is_finite() or score < 0:
            raise bad(lines.get("score", line), "改分须写明分值 / an overridden score needs a number", "例如 分值: 1.5 / such as 分值: 1.5")
    no: int | str | None = values.get("indicator")
    if isinstance(no, str) and no.isdecimal():
        no = int(no)
    return Entry(line, action, values["reason"], who, no, values.get("finding"), values.get("code"), score, severity,
                 values.get("date", ""), values.get("rule"), values.get("evidence"), values.get("quote"), values.get("second", ""), values.get("second_date", ""))
