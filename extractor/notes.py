"""The notes and annexes that stand in a report under a label of their own: 备注1：…, 附件2."""

from __future__ import annotations

import re

from extractor.report import Report

_LABEL = re.compile(r"(备注|附注|附件|附表|附录|注释|注|说明)\s?([0-9０-９一二三四五六七八九十①-⑨]{1,2})")


def notes(report: Report) -> frozenset[str]:
    """The labels, without white space, that stand outside the rules at the start of a line or a cell, or before a colon."""
    rules = [(r.rule.start, r.rule.end) for r in report.table.rows]
    out = set()
    for m in _LABEL.finditer(report.text):
        before, after = report.text[max(m.start() - 2, 0):m.start()], report.text[m.end():m.end() + 2]
        heads = not before.strip(" 　（(【[*＊") or before[-1:] in "\n\t。；" or after[:1] in tuple("：:.．、") or after[:1].isspace()
        if heads and not any(a <= m.start() < b for a, b in rules):
            out.add(m[1] + m[2])
    return frozenset(out)
