"""The notes and annexes that stand in a report under a label of their own: 备注1：…, 附件2."""

from __future__ import annotations

from dataclasses import dataclass

from extractor.report import Report
from patterns import expressions as re

_LABEL = re.compile(r"(备注|附注|附件|附表|附录|注释|注|说明)\s?([0-9０-９一二三四五六七八九十①-⑨]{1,2})")
_EXPLAINS = ("备注", "附注", "注释", "注", "说明")


@dataclass(frozen=True, slots=True)
class Note:
    """A note: text[start:end] of the report, from its label (without white space here) to the end of its paragraph or to the next label."""

    label: str
    start: int
    end: int

    @property
    def explains(self) -> bool:
        """Whether it explains the table (备注, 附注, 说明), and is no annex with matter of its own."""
        return self.label.startswith(_EXPLAINS)


def note_spans(report: Report) -> list[Note]:
    """The notes of a report, in order. A label counts outside the rules at the start of a line or a cell, or before a colon."""
    rules = [(r.rule.start, r.rule.end) for r in report.table.rows]
    ends = sorted({b.end for b in report.document.blocks})
    found = [m for m in _LABEL.finditer(report.text) if _heads(report.text, m) and not any(a <= m.start() < b for a, b in rules)]
    out = []
    for k, m in enumerate(found):
        stop = next((e for e in ends if e >= m.end()), len(report.text))
        out.append(Note(m[1] + m[2], m.start(), min(stop, found[k + 1].start()) if k + 1 < len(found) else stop))
    return out


def note_texts(report: Report) -> dict[str, str]:
    """What stands under each label; the longest where a label stands twice."""
    out: dict[str, str] = {}
    for n in note_spans(report):
        out[n.label] = max(out.get(n.label, ""), report.text[n.start:n.end].strip(), key=len)
    return out


def notes(report: Report) -> frozenset[str]:
    """The labels of a report's notes and annexes."""
    return frozenset(note_texts(report))


def _heads(text: str, m: re.Match[str]) -> bool:
    before, after = text[max(m.start() - 2, 0):m.start()], text[m.end():m.end() + 2]
    return not before.strip(" 　（(【[*＊") or before[-1:] in "\n\t。；" or after[:1] in tuple("：:.．、") or after[:1].isspace()
