"""A report of a few lines with its annex, written as plain text; other programmes than energy saving on purpose."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

HEAD = "清源县2023年度平安建设工作自评报告\n\n一、工作情况\n\n"
COLUMNS = "类别\t分值\t考核内容\t评分标准\t责任单位\t自评分\n"


def write(folder: Path, text: str, *rows: Sequence[str], total: str = "", head: str = HEAD, after: str = "") -> Path:
    """The file of a report; a row is (name, weight, rule, claimed) and, if it has one of its own, the domain."""
    file = folder / "report.txt"
    table = "".join(f"{domain[0] if domain else '工作'}\t{weight}\t{name}\t{rule}\t县府办\t{claim}\n" for name, weight, rule, claim, *domain in rows)
    totals = f"合计\t\t\t\t\t{total}\n" if total else ""
    file.write_text(head + text + ("\n\n" + COLUMNS + totals + table + after if rows else "\n"), encoding="utf8")
    return file
