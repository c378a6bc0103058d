"""Document numbers (文号): 沪环气〔2022〕28号 and its bracket variants, per GB/T 9704 (agency code, year in 〔〕, serial, 号)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from patterns import expressions as re

_OPEN, _CLOSE = "〔［【(（﹝\\[", "〕］】)）﹞\\]"
_TAIL = re.compile(
    rf"(?P<open>[{_OPEN}])\s?(?P<year>(?:19|"
    rf"20)\s?\d\s?\d)\s?年?(?P<close>[{_CLOSE}])\s?(?P<nth>第?)\s?(?P<serial>\d{{1,5}}(?:-\d{{1,3}})?)\s?号"
    r"|(?P<bare>(?:19|20)\d\d)[-—－](?P<number>\d{1,4})号(?!地块|楼|线)"
)
_CODE = re.compile(r"(?:[\u4e00-\u9fff]{1,14}(?:[（(][\u4e00-\u9fff]{1,4}[）)])?[\u4e00-\u9fff]{0,4})$")
# words that lead up to a document number and are no part of its agency code
_LEAD = re.compile(
    r".*(?:依据|根据|按照|依照|遵照|参照|对照|印发|下发|转发|出台|制定|发布|发文|文号|文件|通知|通过|落实|执行|贯彻|"
    r"[随以按据由见即及和与的为至])")
_PAIRS = {"〔": "〕", "[": "]", "［": "］", "【": "】", "(": ")", "（": "）", "﹝": "﹞"}
_LONGEST_CODE = 24


@dataclass(frozen=True, slots=True)
class DocumentNumber:
    """A document number in text[start:end]. text: as written, without spaces and the 文 after it; malformed says what is wrong."""

    start: int
    end: int
    text: str
    code: str
    year: int
    serial: str
    malformed: str = ""

    @property
    def canonical(self) -> str:
        """With the standard's brackets, for comparing: 沪环气〔2022〕28号."""
        return f"{self.code}〔{self.year}〕{self.serial}号"


def find(text: str) -> Iterator[DocumentNumber]:
    """Every document number of a text, in order. The agency code is Han characters, cut after a verb that leads up to it."""
    for m in _TAIL.finditer(text):
        head = text[max(0, m.start() - _LONGEST_CODE):m.start()]
        stripped = head.rstrip(" \u3000")
        found = _CODE.search(stripped)
        if not found:
            continue
        code = found[0]
        lead = _LEAD.match(code)
        if lead:
            code = code[lead.end():]
        code = code[code.find("（", 0, 1) + 1:]
        if not code:
            continue
        start = m.start() - (len(head) - len(stripped)) - len(code)
        year = re.sub(r"\s", "", m["year"] or m["bare"])
        serial = m["serial"] or m["number"]
        wrong = ""
        if m["bare"]:
            wrong = "no brackets"
        elif _PAIRS.get(m["open"]) != m["close"]:
            wrong = "unpaired brackets"
        elif m["nth"]:
            wrong = "第 before the serial"
        elif serial.startswith("0"):
            wrong = "leading zero"
        yield DocumentNumber(start, m.end(), re.sub(r"\s", "", text[start:m.end()]), code, int(year), serial, wrong)
