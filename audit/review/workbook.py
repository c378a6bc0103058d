"""A workbook that a reviewer filled in -> the text of a review ledger."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from os import PathLike
from typing import Any

import openpyxl
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from audit.messages import LANGUAGES, say
from audit.review.writing import dump
from patterns.errors import UnusableInput

REMEDY = "请用 fuhe audit --xlsx 写出的文件 / use the file that fuhe audit --xlsx wrote"
ON_INDICATOR = {"accept": "认可", "override": "改分", "dismiss": "驳回"}
ON_FINDING = {"accept": ("认可", None), "dismiss": ("驳回", None), "to_error": ("改判", "错误"), "to_warning": ("改判", "存疑"),
              "to_info": ("改判", "提示")}


def read_workbook(path: str | PathLike[str], reviewer: str = "") -> tuple[str, int]:
    """The ledger's text and the number of its decisions.

    reviewer stands in where a row names none. Raises UnusableInput that names sheet and cell for a decision that is not in
    the list, has no reason, no reviewer, or no score where it sets one.
    """
    try:
        book = openpyxl.load_workbook(path, data_only=True)
    except (OSError, KeyError, ValueError, zipfile.BadZipFile, InvalidFileException) as e:
        raise UnusableInput(path, "不是可读的 xlsx / not a readable xlsx", REMEDY) from e
    entries: list[dict[str, Any]] = []
    found = False
    for lang in LANGUAGES:
        for name, read in (("indicators", _indicators), ("findings", _findings)):
            title = say(f"workbook.sheet_{name}", lang)
            if title in book.sheetnames:
                found = True
                entries += read(_Sheet(path, book[title], lang), reviewer)
    if not found:
        raise UnusableInput(path, "没有“指标”“问题”表 / has no sheet of indicators or findings", REMEDY)
    return dump(entries), len(entries)


class _Sheet:
    """A sheet's rows by the catalogue keys of its headings."""

    def __init__(self, path: str | PathLike[str], sheet: Any, lang: str) -> None:
        self.path, self.sheet, self.lang = path, sheet, lang
        self.columns = {str(c.value).strip(): c.column for c in next(sheet.iter_rows(max_row=1)) if c.value is not None}

    def rows(self) -> Iterator[int]:
        yield from range(2, self.sheet.max_row + 1)

    def value(self, row: int, key: str) -> Any:
        column = self.columns.get(say(key, self.lang))
        if column is None:
            raise UnusableInput(self.path, f"“{self.sheet.title}”缺“{say(key, self.lang)}”列 / a column is missing",
                                "请勿删列 / keep the columns")
        value = self.sheet.cell(row, column).value
        return value.strip() if isinstance(value, str) else value

    def fault(self, row: int, key: str, what: str, remedy: str) -> UnusableInput:
        column = self.columns[say(key, self.lang)]
        return UnusableInput(f"{self.path} {self.sheet.title}!{get_column_letter(column)}{row}", what, remedy)

    def choice(self, row: int, words: dict[str, Any]) -> str | None:
        """The key of the decision chosen, None for a blank one."""
        value = self.value(row, "workbook.decision")
        if value in (None, ""):
            return None
        for key in words:
            if value == say(f"workbook.{key}", self.lang):
                return key
        raise self.fault(row, "workbook.decision", f"不认识的决定 / unknown decision “{value}”",
                         "可用 / allowed: " + " ".join(say(f"workbook.{k}", self.lang) for k in words))

    def signed(self, row: int, reviewer: str) -> dict[str, str]:
        """Reason and reviewer, both required."""
        reason, who = self.value(row, "workbook.remark"), self.value(row, "workbook.reviewer") or reviewer
        if not reason:
            raise self.fault(row, "workbook.remark", "缺理由 / no reason", "请填写 / fill it in")
        if not who:
            raise self.fault(row, "workbook.reviewer", "缺复核人 / no reviewer", "请填写或用 --reviewer / fill it in or use --reviewer")
        return {"理由": str(reason), "复核人": str(who)}


def _indicators(sheet: _Sheet, reviewer: str) -> list[dict[str, Any]]:
    out = []
    for row in sheet.rows():
        choice = sheet.choice(row, ON_INDICATOR)
        if choice is None:
            continue
        entry: dict[str, Any] = {"#": sheet.value(row, "labels.indicator"), "指标": sheet.value(row, "labels.number"),
                                 "处理": ON_INDICATOR[choice]}
        if choice == "override":
            try:
                entry["分值"] = format(Decimal(str(sheet.value(row, "workbook.decided_score"))), "f")
            except InvalidOperation:
                raise sheet.fault(row, "workbook.decided_score", "改分须填决定分值 / an override needs a score",
                                  "填一个数 / a number") from None
        out.append(entry | sheet.signed(row, reviewer) | {
            "规则": sheet.value(row, "workbook.fingerprint_rule"), "依据": sheet.value(row, "workbook.fingerprint_evidence")})
    return out


def _findings(sheet: _Sheet, reviewer: str) -> list[dict[str, Any]]:
    out = []
    for row in sheet.rows():
        choice = sheet.choice(row, ON_FINDING)
        if choice is None:
            continue
        action, severity = ON_FINDING[choice]
        out.append({"#": sheet.value(row, "labels.message"), "问题": sheet.value(row, "workbook.fingerprint"),
                    "代码": sheet.value(row, "labels.code"), "指标": sheet.value(row, "labels.number"), "处理": action,
                    "程度": severity} | sheet.signed(row, reviewer))
    return out
