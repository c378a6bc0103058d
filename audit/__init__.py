"""Report -> Audit: rescored indicators and findings, each with its quotes."""

from __future__ import annotations

TYPE_CHECKING = False  # as typing's, which costs half of what the command's help may take
if TYPE_CHECKING:
    from os import PathLike

    from audit.model import Audit

__version__ = "0.1.0"
__all__ = ["__version__", "run"]


def run(path: str | PathLike[str], scheme: str | None = None, district: str | None = None, cache: bool = False) -> Audit:
    """Read a report and audit it.

    scheme: a scheme's name or file, "annex" for the annex's own rules, None to recognise it. district overrides the name
    that the report gives. cache: take from fuhe's cache what the same bytes gave before, the audit where the scheme is the same too,
    else the report; and keep both there. Raises patterns.errors.UnusableInput for input that cannot be used, a document that is no
    report among it.
    """
    if not cache:
        return _made(path, scheme, district)
    from dataclasses import replace
    from os import fspath

    from extractor import key
    from patterns import cache as kept
    from patterns.scheme import source

    name = f"audits/{kept.digest(key(path), kept.stamp('audit'), source(scheme), district or '')}.bin"
    result: Audit = kept.objects(name, lambda: _made(path, scheme, district, cache=True))
    if result.report.document.path == fspath(path):
        return result
    return replace(result, report=replace(result.report, document=replace(result.report.document, path=fspath(path))))


def _made(path: str | PathLike[str], scheme: str | None, district: str | None, cache: bool = False) -> Audit:
    from dataclasses import replace

    from audit.pipeline import audit_report
    from audit.provenance import of
    from extractor import read, require_report

    report = read(path, district=district, cache=cache)
    require_report(report)
    result = audit_report(report, scheme=scheme)
    return replace(result, provenance=of(result, {k: v for k, v in (("scheme", scheme), ("district", district)) if v}))
