"""Report -> Audit: rescored indicators and findings, each with its quotes."""

from __future__ import annotations

TYPE_CHECKING = False  # as typing's, which costs half of what the command's help may take
if TYPE_CHECKING:
    from os import PathLike

    from audit.model import Audit

__version__ = "0.1.0"
__all__ = ["__version__", "run"]


def run(path: str | PathLike[str], scheme: str | None = None, district: str | None = None) -> Audit:
    """Read a report and audit it.

    scheme: a scheme's name or file, "annex" for the annex's own rules, None to recognise it. district overrides the name
    that the report gives. Raises patterns.errors.UnusableInput for input that cannot be used, a document that is no report among it.
    """
    from dataclasses import replace

    from audit.pipeline import audit_report
    from audit.provenance import of
    from extractor import read, require_report

    report = read(path, district=district)
    require_report(report)
    result = audit_report(report, scheme=scheme)
    return replace(result, provenance=of(result, {k: v for k, v in (("scheme", scheme), ("district", district)) if v}))
