"""Whether two reports can be held against each other at all."""

from __future__ import annotations

from audit.model import Audit
from audit.words import plain
from patterns.errors import UnusableInput
from patterns.scheme import key

ALIKE = 0.5  # share of the indicators that two reports of one programme have in common


def refuse(old: Audit, new: Audit) -> None:
    """Raise UnusableInput for reports that share neither district nor programme, and for years that run backwards."""
    a, b = old.report, new.report
    names = f"{told(old)}、{told(new)}", f"{told(old)}, {told(new)}"
    if a.year is not None and b.year is not None and b.year < a.year:
        raise UnusableInput(new.report.document.path, f"年度倒置：先写的是{names[0].replace('、', '，后写的是')} / the years run backwards: {names[1]}",
                            "先写上年的报告，或加 --force / name last year's report first, or use --force")
    if not (a.district and a.district == b.district) and not same_programme(old, new):
        raise UnusableInput(new.report.document.path, f"两份报告既不是同一区，也不是同一项目：{names[0]} / neither the district nor the programme is the same: {names[1]}",
                            "核对文件，或加 --force / check the files, or use --force")


def told(audit: Audit) -> str:
    """Which report it is: district, year, file."""
    report = audit.report
    return f"{report.district or '?'} {report.year or '?'}（{plain(report.document.path)}）"


def same_programme(old: Audit, new: Audit) -> bool:
    """Whether the schemes are of one family, or half of the indicators are the same; where a report has none, whether the titles are, district and year aside."""
    if old.scheme is not None and new.scheme is not None and old.scheme_id.partition("/")[0] == new.scheme_id.partition("/")[0]:
        return True
    one, other = ({key(r.row.name.text) for r in a.indicators} for a in (old, new))
    if one and other:
        return len(one & other) >= ALIKE * min(len(one), len(other))
    return bool(_title(old)) and _title(old) == _title(new)


def _title(audit: Audit) -> str:
    report = audit.report
    words = (report.title or "").replace(report.district or "\0", "")
    return "".join(c for c in key(words) if not c.isdigit()).removeprefix("年度")
