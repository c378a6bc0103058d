"""The catalogue of findings: every code, how severe it can be, and the order in which findings are shown.

What a code means and an example of it stand in audit/messages/*/findings.yaml; docs/findings.md is generated from both.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from audit.messages import say
from audit.model import Finding, Severity

ORDER: dict[Severity, int] = {"error": 0, "warning": 1, "info": 2}


@dataclass(frozen=True, slots=True)
class Code:
    """One kind of finding.

    severities: those it is raised with, worst first. raised_by: the command whose result it stands in ("audit" or "diff").
    """

    code: str
    severities: tuple[Severity, ...]
    raised_by: str = "audit"

    def title(self, lang: str = "zh") -> str:
        """Its name in a few words."""
        return say(f"findings.{self.code}-title", lang)

    def when(self, lang: str = "zh") -> str:
        """When it is raised, and what makes it an error or a warning."""
        return say(f"findings.{self.code}-when", lang)

    def example(self, lang: str = "zh") -> str:
        """A report's words that raise it."""
        return say(f"findings.{self.code}-example", lang)

    def remedy(self, lang: str = "zh") -> str:
        """What to do about it."""
        return say(f"findings.{self.code}-remedy", lang)


CATALOGUE: dict[str, Code] = {c.code: c for c in (
    Code("total-mismatch", ("error",)),
    Code("over-maximum", ("error",)),
    Code("score-mismatch", ("error", "warning")),
    Code("unattainable-score", ("error",)),
    Code("unsupported-claim", ("warning",)),
    Code("parts-mismatch", ("error", "warning")),
    Code("percentage-mismatch", ("error", "warning")),
    Code("count-mismatch", ("error", "warning")),
    Code("conflicting-figures", ("error", "warning")),
    Code("double-claimed", ("warning",)),
    Code("anachronism", ("warning",)),
    Code("missing-reference", ("warning", "info")),
    Code("rule-anomaly", ("warning",)),
    Code("scheme-mismatch", ("error", "warning", "info")),
    Code("not-applicable", ("warning",)),
    Code("estimate-only", ("warning",)),
    Code("growth-mismatch", ("error", "warning"), "diff"),
    Code("restated-figure", ("error", "warning"), "diff"),
    Code("recycled-achievement", ("warning",), "diff"),
)}


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings, worst first, then by the place of their first quote, then by indicator and code; each once."""
    def place(f: Finding) -> tuple[int, int, int, str, str]:
        first = min((q.start for q in f.quotes), default=-1)
        return ORDER[f.severity], first, f.indicator or 0, f.code, f.fingerprint

    once = {(f.code, f.severity, f.indicator, f.quotes): f for f in findings}
    return tuple(sorted(once.values(), key=place))
