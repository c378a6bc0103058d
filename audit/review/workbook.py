"""A workbook that a reviewer filled in -> the text of a review ledger."""

from __future__ import annotations

import unicodedata
import zipfile
from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal, InvalidOperation
from os import PathLike
from typing import Any

import openpyxl
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from audit.messages import LANGUAGES, say
from audit.review.model import Binding
from audit.review.writing import dump
from patterns.errors import UnusableInput, half

REMEDY = "请用 fuhe audit --xlsx 写出的文件 / use the file that fuhe audit --xlsx wrote"
ON_INDICATOR = {"accept": "认可", "override": "改分", "dismiss": "驳回"}
ON_FINDING = {"accept": ("认可", None), "dismiss": ("驳回", None), "to_error": ("改判", "错误"), "to_warning": ("改判", "存疑"),
              "to_info": ("改判", "提示")}


def read_workbook(path: str | PathLike[str], reviewer: str = "") -> tuple[str, int]:
    """The ledger's text and the number of its decisions.

    reviewer stands in where a row names none. Raises UnusableInput that names sheet and cell of every decision that is not in
    the list, has no reason, no reviewer, no score where it sets one, or a score where it sets none.
    """
    try:
        book = openpyxl.load_workbook(path, data_only=True)
    except (OSError, KeyError, ValueError, zipfile.BadZipFile, InvalidFileException) as e:
        raise UnusableInput(path, "不是可读的 xlsx / not a readable xlsx", REMEDY) from e
    entries: list[dict[str, Any]] = []
    faults: list[UnusableInput] = []
    found = False
    for lang in LANGUAGES:
        for name, read in (("indicators", _indicator), ("findings", _finding)):
            title = say(f"workbook.sheet_{name}", lang)
            if title in book.sheetnames:
                found = True
                sheet = _Sheet(path, book[title], lang)
                for row in sheet.rows():
                    try:
                        entry = read(sheet, row, reviewer)
                    except UnusableInput as e:
                        faults.append(e)
                    else:
                        entries += [entry] if entry else []
    if not found:
        raise UnusableInput(path, "没有“指标”“问题”表 / has no sheet of indicators or findings", REMEDY)
    if faults:
        raise _together(path, faults)
    return dump(entries, _binding(path, book)), len(entries)


def _together(path: str | PathLike[str], faults: Sequence[UnusableInput]) -> UnusableInput:
    """All the mistakes of a workbook in one line; each names its sheet and cell."""
    if len(faults) == 1:
        return faults[0]
    halves = ["；".join(f"{f.place.removeprefix(f'{path} ')} {half(f.what, 'zh')}" for f in faults),
              "; ".join(f"{f.place.removeprefix(f'{path} ')} {half(f.what, 'en')}" for f in faults)]
    return UnusableInput(path, f"{len(faults)}处有误（{halves[0]}） / {len(faults)} mistakes ({halves[1]})", "改正后再读入 / mend them and import again")


def _binding(path: str | PathLike[str], book: Any) -> Binding:
    """What the workbook says it was made from."""
    for lang in LANGUAGES:
        title = say("workbook.sheet_summary", lang)
        if title in book.sheetnames:
            cells = {str(row[0].value): row[1].value for row in book[title].iter_rows(max_col=2) if row[0].value is not None}
            said = {key: str(cells.get(say(f"workbook.{key}", lang)) or "").strip() for key in ("district", "year", "report_title", "file_digest")}
            if said["file_digest"]:
                return Binding(said["district"], said["year"], said["report_title"], said["file_digest"])
    raise UnusableInput(path, "没有文件指纹，不知针对哪份报告 / holds no file fingerprint", REMEDY)


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
                         f"从列表中选择 / choose from the list: {' '.join(say(f'workbook.{k}', self.lang) for k in words)}")

    def signed(self, row: int, reviewer: str) -> dict[str, str]:
        """Reason and reviewer, both required."""
        reason, who = self.value(row, "workbook.remark"), self.value(row, "workbook.reviewer") or reviewer
        if not reason:
            raise self.fault(row, "workbook.remark", "缺理由 / no reason", "请填写 / fill it in")
        if not who:
            raise self.fault(row, "workbook.reviewer", "缺复核人 / no reviewer", "请填写或用 --reviewer / fill it in or use --reviewer")
        dated = {"日期": _date(self.value(row, "workbook.date")), "复审人": self.value(row, "workbook.second") or None}
        if dated["复审人"] and str(dated["复审人"]) == str(who):
            raise self.fault(row, "workbook.second", "复审人与复核人是同一人 / the second reviewer is the first", "由另一人复审 / another person reviews again")
        return {"理由": str(reason), "复核人": str(who)} | {k: str(v) for k, v in dated.items() if v}


def _indicator(sheet: _Sheet, row: int, reviewer: str) -> dict[str, Any] | None:
    choice = sheet.choice(row, ON_INDICATOR)
    given = sheet.value(row, "workbook.decided_score")
    if choice is None:
        if given not in (None, ""):
            raise sheet.fault(row, "workbook.decision", "填了决定分值而没有选决定 / a decided score without a decision", "选“改分” / choose override")
        return None
    entry: dict[str, Any] = {"#": sheet.value(row, "labels.indicator"), "指标": sheet.value(row, "labels.number"), "处理": ON_INDICATOR[choice]}
    score = _score(given)
    if choice == "override":
        if score is None:
            raise sheet.fault(row, "workbook.decided_score", "改分须填决定分值 / an override needs a score", "填一个数 / a number")
        weight = _score(sheet.value(row, "labels.weight"))
        if score < 0 or (weight is not None and score > weight):
            raise sheet.fault(row, "workbook.decided_score", f"决定分值{score}不在0至{weight}之间 / a decided score of {score} is not within 0 and {weight}",
                              "改正分值 / mend the score")
        entry["分值"] = format(score, "f")
    elif given not in (None, "") and score != (_score(sheet.value(row, "labels.claimed")) if choice == "accept" else 0):
        raise sheet.fault(row, "workbook.decided_score", f"决定是“{ON_INDICATOR[choice]}”，却另填了分值 / a score beside a decision that sets none",
                          "改选“改分”，或删去分值 / choose override, or clear the score")
    return entry | sheet.signed(row, reviewer) | {
        "规则": sheet.value(row, "workbook.fingerprint_rule"), "依据": sheet.value(row, "workbook.fingerprint_evidence")}


def _date(value: Any) -> str:
    """A date as typed; a cell that holds a date gives 2023-05-06."""
    return value.date().isoformat() if isinstance(value, datetime) else str(value or "").strip()


def _score(value: Any) -> Decimal | None:
    """A score as people type it: 1.5, “1.5分”, １．５."""
    text = unicodedata.normalize("NFKC", str(value or "")).strip().removesuffix("分").strip()
    try:
        score = Decimal(str(value) if isinstance(value, int | float) else text)
    except InvalidOperation:
        return None
    return score if score.is_finite() else None


def _finding(sheet: _Sheet, row: int, reviewer: str) -> dict[str, Any] | None:
    choice = sheet.choice(row, ON_FINDING)
    if choice is None:
        return None
    action, severity = ON_FINDING[choice]
    return {"#": sheet.value(row, "labels.message"), "问题": sheet.value(row, "workbook.fingerprint"),
            "代码": sheet.value(row, "labels.code"), "指标": sheet.value(row, "labels.number"), "处理": action,
            "程度": severity} | sheet.signed(row, reviewer)
