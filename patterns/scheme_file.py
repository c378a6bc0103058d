"""Schemes as files: YAML with Chinese keys that a reviewer writes and reads, read strictly and written as it is read."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

import yaml

from patterns.clause import CENTRAL, OTHER
from patterns.errors import UnusableInput
from patterns.rules import compile_rule
from patterns.scheme import Example, Indicator, Method, Scheme

WHO = {"中心城区": CENTRAL, "其他区": OTHER}
_TOP = ("代号", "名称", "年度", "来源", "说明", "中心城区", "其他区", "总分", "附加分", "方法", "指标")
_METHOD = ("达成", "部分达成", "未达成", "超额须说明", "越低越好")
_ROW = ("名称", "领域", "分值", "牵头", "评分", "佐证", "说明", "附加", "示例")
GRADES = {"达成": "reached", "部分达成": "partly", "未达成": "missed"}


class _Reader:
    """Strict reading: every key known, none twice, every value of its type; faults name file, line and key."""

    def __init__(self, path: str) -> None:
        self.path = path

    def fault(self, node: yaml.Node, what: str, remedy: str) -> UnusableInput:
        return UnusableInput(f"{self.path}:{node.start_mark.line + 1}", what, remedy)

    def mapping(self, node: yaml.Node, known: Sequence[str]) -> dict[str, yaml.Node]:
        if not isinstance(node, yaml.MappingNode):
            raise self.fault(node, "此处应为 键: 值 / a mapping belongs here", f"键 / keys: {'、'.join(known)}")
        out: dict[str, yaml.Node] = {}
        for k, v in node.value:
            name = str(k.value)
            if name not in known:
                raise self.fault(k, f"不认识的键 / unknown key {name}", f"可用 / known: {'、'.join(known)}")
            if name in out:
                raise self.fault(k, f"键重复 / key given twice: {name}", "删去其一 / remove one")
            out[name] = v
        return out

    def text(self, node: yaml.Node | None) -> str:
        if node is None:
            return ""
        if not isinstance(node, yaml.ScalarNode):
            raise self.fault(node, "此处应为文字 / text belongs here", "写在一行或用 | / write it on one line or after |")
        return "" if node.tag.endswith(":null") else str(node.value).strip()

    def number(self, node: yaml.Node, name: str) -> Decimal:
        try:
            value = Decimal(self.text(node))
        except InvalidOperation:
            value = Decimal("NaN")
        if not value.is_finite() or value < 0:
            raise self.fault(node, f"{name} 不是数 / {name} is no number: {self.text(node)}", "写成 2 或 0.5 / write 2 or 0.5")
        return value

    def items(self, node: yaml.Node | None) -> list[yaml.Node]:
        if node is None:
            return []
        if not isinstance(node, yaml.SequenceNode):
            raise self.fault(node, "此处应为列表 / a list belongs here", "每行以 - 开头 / begin each line with -")
        return list(node.value)


def parse(text: str, path: str) -> Scheme:
    """A scheme from its YAML. Raises UnusableInput."""
    reader = _Reader(path)
    try:
        root = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError as e:
        mark = getattr(e, "problem_mark", None)
        line = f":{mark.line + 1}" if mark else ""
        raise UnusableInput(f"{path}{line}", f"不是合法的 YAML / not valid YAML ({getattr(e, 'problem', e)})",
                            "检查缩进与引号 / check indents and quotes") from e
    if root is None:
        raise UnusableInput(path, "空文件 / empty file", f"键 / keys: {'、'.join(_TOP)}")
    top = reader.mapping(root, _TOP)
    for needed in ("代号", "指标"):
        if needed not in top:
            raise reader.fault(root, f"缺少键 / missing key {needed}", f"加上 {needed}: / add it")
    year = reader.text(top.get("年度"))
    if year and not (year.isdigit() and len(year) == 4):
        raise reader.fault(top["年度"], f"年度不是年份 / not a year: {year}", "写成 2021 / write 2021")
    districts = {reader.text(n): kind for name, kind in WHO.items() for n in reader.items(top.get(name))}
    rows = tuple(_indicator(reader, n, k) for k, n in enumerate(reader.items(top["指标"]), 1))
    if not rows:
        raise reader.fault(top["指标"], "没有指标 / no indicators", "至少写一项 / write one at least")
    amount = {name: reader.number(top[name], name) if name in top else None for name in ("总分", "附加分")}
    return Scheme(reader.text(top["代号"]), reader.text(top.get("名称")), int(year) if year else None, rows, districts,
                  reader.text(top.get("来源")),
                  reader.text(top.get("说明")), amount["总分"], amount["附加分"], path, _method(reader, top["方法"]) if "方法" in top else None)


def _method(reader: _Reader, node: yaml.Node) -> Method:
    given = reader.mapping(node, _METHOD)
    for needed in _METHOD:
        if needed not in given:
            raise reader.fault(node, f"方法缺少键 / the method lacks {needed}", f"加上 {needed}: / add it")
    grades = {}
    for word, grade in GRADES.items():
        ends = [reader.number(n, word) for n in reader.items(given[word])]
        if len(ends) != 2 or ends[0] > ends[1]:
            raise reader.fault(given[word], f"{word} 应为两个数 / two numbers belong here", "写成 [80, 100] / write [80, 100]")
        grades[grade] = (ends[0], ends[1])
    return Method(grades, reader.number(given["超额须说明"], "超额须说明"), tuple(reader.text(n) for n in reader.items(given["越低越好"])))


def _indicator(reader: _Reader, node: yaml.Node, no: int) -> Indicator:
    row = reader.mapping(node, _ROW)
    for needed in ("名称", "分值", "评分"):
        if needed not in row:
            raise reader.fault(node, f"第{no}项缺少键 / indicator {no} lacks {needed}", f"加上 {needed}: / add it")
    if isinstance(row["分值"], yaml.MappingNode):
        given = reader.mapping(row["分值"], tuple(WHO))
        if len(given) != len(WHO):
            raise reader.fault(row["分值"], "分值应写明两类区 / both classes need a weight", "中心城区: …, 其他区: …")
        weights = {WHO[k]: reader.number(v, "分值") for k, v in given.items()}
    else:
        weights = dict.fromkeys((CENTRAL, OTHER), reader.number(row["分值"], "分值"))
    name, rule = reader.text(row["名称"]), reader.text(row["评分"])
    bonus = reader.text(row.get("附加"))
    if bonus not in ("", "是", "否"):
        raise reader.fault(row["附加"], f"附加应为 是 或 否 / 附加 is 是 or 否: {bonus}", "写 是 / write 是")
    return Indicator(no, name, reader.text(row.get("领域")), weights, reader.text(row.get("牵头")), rule,
                     compile_rule(rule, max(weights[OTHER], Decimal(0)) or weights[CENTRAL], name, OTHER if weights[OTHER] else CENTRAL),
                     tuple(reader.text(n) for n in reader.items(row.get("佐证"))), reader.text(row.get("说明")), bonus == "是",
                     tuple(_example(reader, n) for n in reader.items(row.get("示例"))), node.start_mark.line + 1)


def _example(reader: _Reader, node: yaml.Node) -> Example:
    text = reader.text(node)
    left, arrow, right = text.partition("=>")
    clause, colon, found = left.partition(":")
    try:
        if not (arrow and colon):
            raise ValueError
        return Example(int(clause), found.strip(), Decimal(right.strip()), node.start_mark.line + 1)
    except (ValueError, InvalidOperation) as e:
        raise reader.fault(node, f"示例写法不对 / example not understood: {text}", "写成 2: 3家 => 0.75 / write 2: 3家 => 0.75") from e


# saving

def save(scheme: Scheme) -> str:
    """The scheme as YAML that `load` reads back."""
    top: dict[str, Any] = {"代号": scheme.id, "名称": scheme.title, "年度": scheme.year, "来源": scheme.source, "说明": scheme.note}
    for label, kind in WHO.items():
        top[label] = [d for d, k in scheme.districts.items() if k == kind]
    top |= {"总分": _plain(scheme.total), "附加分": _plain(scheme.bonus)}
    rows = []
    for i in scheme.indicators:
        same = len(set(i.weights.values())) == 1
        row: dict[str, Any] = {"名称": i.name, "领域": i.domain, "分值": _plain(i.weight()) if same
                               else {w: _plain(i.weights[k]) for w, k in WHO.items()},
                               "牵头": i.lead, "附加": "是" if i.bonus else "", "评分": i.rule, "佐证": list(i.evidence), "说明": i.note,
                               "示例": [f"{e.clause}: {e.found} => {_plain(e.points)}" for e in i.examples]}
        rows.append({k: v for k, v in row.items() if v not in ("", [], None)})
    if scheme.method is not None:
        grades = {word: [_plain(end) for end in scheme.method.grades[grade]] for word, grade in GRADES.items()}
        top["方法"] = grades | {"超额须说明": _plain(scheme.method.far), "越低越好": list(scheme.method.lower)}
    body = {k: v for k, v in top.items() if v not in ("", [], None)} | {"指标": rows}
    return str(yaml.dump(body, Dumper=_Plain, allow_unicode=True, sort_keys=False, width=1000))


class _Plain(yaml.SafeDumper):
    """YAML with lists indented and decimals as plain numbers."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> Any:
        return super().increase_indent(flow, False)


class _Number(str):
    """A decimal as it is written, without quotes."""


_Plain.add_representer(_Number, lambda dumper, value: dumper.represent_scalar(
    "tag:yaml.org,2002:float" if "." in value else "tag:yaml.org,2002:int", str(value)))


def _plain(value: Decimal | None) -> _Number | None:
    return None if value is None else _Number(format(value, "f"))
