"""What a rule points at and whom it names: notes and annexes that are not there, districts that this one is not among."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from audit.messages import message
from audit.model import Finding, Quote
from extractor.report import Report, Row
from patterns.clause import CompiledRule

POINTER = re.compile(r"(?P<label>备注|附注|附件|附表|附录|注释|注|说明)\s?(?P<no>[0-9０-９一二三四五六七八九十①-⑨]{1,2})")
POINTING = re.compile(r"见|按|依|参|据|照|以|同")
DISTRICT = re.compile(r"[一-龥]{1,4}(?:新区|区|县|市)")
NO_DISTRICT = re.compile(r"(?:社区|园区|地区|城区|市区|学区|片区|小区|辖区|街区|景区|库区|厂区|校区|郊区|[各本我全该其]区|城市|超市|"
                         r"门市|都市)$")


def check_references(report: Report, rules: Sequence[CompiledRule], district_class: str) -> list[Finding]:
    """missing-reference and not-applicable, one finding per indicator."""
    return [*missing(report), *not_applicable(report, rules, district_class)]


def missing(report: Report) -> Iterator[Finding]:
    """Rules that point at a note or an annex that is nowhere outside the rules."""
    rules = [(r.rule.start, r.rule.end) for r in report.table.rows]
    for row in report.table.rows:
        for m in POINTER.finditer(row.rule.text):
            if not POINTING.search(row.rule.text[max(m.start() - 6, 0):m.start()]) and m.start() > 0:
                continue
            label = m["label"] + m["no"]
            if stands(report, label, rules):
                continue
            yield Finding("missing-reference", "warning", row.no, message("checks.missing_reference", label=label, name=row.name.text),
                          (whole_rule(report, row, m.start()),))
            break


def stands(report: Report, label: str, rules: Sequence[tuple[int, int]]) -> bool:
    """Whether a label stands outside the rules as a heading of its own: at the start of a line or a cell, or before a colon."""
    wanted = r"\s?".join(map(re.escape, label))
    for m in re.finditer(wanted, report.text):
        if any(a <= m.start() < b for a, b in rules):
            continue
        before, after = report.text[max(m.start() - 2, 0):m.start()], report.text[m.end():m.end() + 2]
        if not before.strip(" 　（(【[*＊") or before[-1:] in "\n\t。；" or after[:1] in "：:.．、" or after[:1].isspace():
            return True
    return False


def whole_rule(report: Report, row: Row, at: int) -> Quote:
    """The sentence of a rule around a place in it."""
    text = row.rule.text
    start = max(text.rfind(c, 0, at) for c in "。；") + 1
    ends = [k for k in (text.find(c, at) for c in "。；") if k >= 0]
    return Quote.of(report, row.rule.start + start, row.rule.start + (min(ends) if ends else len(text)))


def not_applicable(report: Report, rules: Sequence[CompiledRule], district_class: str) -> Iterator[Finding]:
    """Rules that name districts without this one, although points are claimed or stand open."""
    if not report.district:
        return
    for row, rule in zip(report.table.rows, rules, strict=True):
        if not row.claimed:
            continue
        named = named_districts(rule.text)
        nobody = bool(rule.clauses) and all(c.applies_to for c in rule.clauses) and not any(
            c.applies(report.district, district_class) for c in rule.clauses)
        listed = bool(named) and not any(report.district in n or n in report.district for n in named)
        exempt = re.search(r"其[他余](?:各)?区|均|以外", rule.text) is not None
        if (listed and not exempt) or (nobody and not exempt):
            end = re.search("[。；]", row.rule.text)
            quote = Quote.of(report, row.rule.start, row.rule.start + (end.start() if end else len(row.rule.text)))
            yield Finding("not-applicable", "warning", row.no, message("checks.not_applicable", district=report.district, name=row.name.text), (quote,), row.claimed)


def named_districts(rule: str) -> tuple[str, ...]:
    """The districts that a rule's first words list, three at least: 青浦区、松江区、嘉定区和浦东新区等."""
    names: list[str] = []
    for piece in re.split("、|和|及|以及|与", rule[:160]):
        m = DISTRICT.match(piece)
        if not m or NO_DISTRICT.search(m[0]):
            break
        names.append(m[0])
        if m.end() != len(piece):
            break
    return tuple(names) if len(names) >= 3 else ()
