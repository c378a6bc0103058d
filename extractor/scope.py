"""Scope: of which part of a report a sentence is, and so of which year it speaks and whether it tells results or plans.

A report that holds two years (a second title, 今年工作的总体要求 …, a section 下一步打算) tells two quantities by one name; figures of two
parts are never the same quantity.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from patterns import expressions as re

if TYPE_CHECKING:
    from extractor.document import Document
    from extractor.report import Sentence


@dataclass(frozen=True, slots=True)
class Scope:
    """part: counts from 0, one more with each title that begins another part; plan: the part tells what is to be done;
    year: the year of the part where its title names one, else the report's."""

    part: int
    plan: bool
    year: int | None


WHOLE = Scope(0, False, None)  # of a report that has no parts
_PLAN_OPENS = re.compile(
    r"(?:做好)?(?:今年|明年|新的一年|(?P<year>20\d\d)年)[，,]?(?:是[^。]{0,40}之年|(?:[\u4e00-\u9fff]{0,12}?)(?:工作)?的?(?:总体要求|主要预期目标|总体思路|主要目标|目标任务)|"
    r"(?:我[们县市区省]|全[市县区省]|政府)?(?:将|要重点|要着力|重点(?:做好|抓好)|计划|打算))|下一?步[，,]|下阶段[，,]")
_YEAR_TITLE = re.compile(r"(20\d\d)年")
_TITLE_LENGTH = 40
_OPENING = 10  # sentences of a report's beginning, in which 2021年是开局之年 speaks of the year under report


def scopes(document: Document, sentences: Sequence[Sentence], plans: Sequence[int | None], year: int | None) -> list[Scope]:
    """The scope of each sentence, in order. plans: extractor.plans.planned; year: the one that the report is about."""
    text = document.text
    out: list[Scope] = []
    scope = Scope(0, False, year)
    for s, plan in zip(sentences, plans, strict=True):
        words = text[s.start:min(s.end, s.start + 80)]
        begins = s.start == 0 or text[s.start - 1] in "\n\t\r\u3000 "
        if s.indicator is not None:
            out.append(Scope(0, False, year))
            continue
        if begins and len(words) <= _TITLE_LENGTH and text[s.end:s.end + 1] in ("\n", "") and not words.endswith("。"):
            m = _YEAR_TITLE.search(words)
            if m and int(m[1]) != scope.year and re.search("报告|公报|总结|工作|计划|情况", words):
                scope = Scope(scope.part + 1, year is not None and int(m[1]) > year, int(m[1]))
        opens = _PLAN_OPENS.match(words) if begins else None
        if opens and opens[0].endswith("之年") and opens["year"] == str(year) and len(out) * 3 < len(sentences):
            opens = None  # so early, 2023年是开局之年 speaks of the year under report, however long the beginning
        if opens and not scope.plan and len(out) >= _OPENING and not (opens["year"] and year and int(opens["year"]) < year):
            scope = Scope(scope.part + 1, True, int(opens["year"]) if opens["year"] else scope.year)
        out.append(replace(scope, plan=True) if plan is not None else scope)
    return out
