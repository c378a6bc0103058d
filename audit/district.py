"""Whether a district counts as central (中心城区) or other (其他区), where a programme's rules tell the two apart."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.report import Report
from patterns import expressions as re
from patterns.clause import CENTRAL, OTHER, CompiledRule
from patterns.rules.meaning import maximum
from patterns.scheme import Scheme

# A district says of itself what it is: 我区属中心城区, 是本市中心城区之一; 郊区, 远郊 and 其他区 speak for the other class.
SAYS_CENTRAL = re.compile(r"(?:本区|我区|[^，。；\s]{2,6}区)(?:是|属于|属|作为)[^，。；\n]{0,12}中心城区(?!以外|外)")
SAYS_OTHER = re.compile(r"(?:本区|我区|[^，。；\s]{2,6}区)(?:是|属于|属|作为)[^，。；\n]{0,12}(?:远郊|郊区|非中心城区|其他区)")


def class_of(report: Report, rules: Sequence[CompiledRule], scheme: Scheme | None) -> str:
    """The district's class ("central" or "other").

    A scheme that lists the district decides; then what the report says of itself; then the annex: the class for which more
    of the rules can give exactly their indicator's weight. "other" where nothing tells.
    """
    if scheme is not None and report.district:
        listed = scheme.class_of(report.district)
        if listed:
            return listed
    narrative = report.text[:report.table.start] if report.table.rows else report.text
    central, other = bool(SAYS_CENTRAL.search(narrative)), bool(SAYS_OTHER.search(narrative))
    if central != other:
        return CENTRAL if central else OTHER
    fits = {CENTRAL: 0, OTHER: 0}
    for row, rule in zip(report.table.rows, rules, strict=True):
        if row.weight is None or not any(c.applies_to for c in rule.clauses):
            continue
        for kind in fits:
            fits[kind] += maximum(rule, row.weight, report.district or "", kind) == row.weight
    return CENTRAL if fits[CENTRAL] > fits[OTHER] else OTHER
