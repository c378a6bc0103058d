"""What a result was made from, so that another run can be held against it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from audit import __version__
from audit.model import Audit, Provenance


def of(audit: Audit, options: Mapping[str, str] | None = None) -> Provenance:
    """The provenance of an audit that was just made."""
    return Provenance(__version__, file_digest(audit.report.document.path), scheme_revision(audit), dict(options or {}))


def digest(audit: Audit) -> str:
    """What an audit's decisions are bound to: the SHA-256 of the file, or of the text where there is no file."""
    return audit.provenance.digest or hashlib.sha256(audit.report.text.encode("utf8", "surrogatepass")).hexdigest()


def short(audit: Audit) -> str:
    """The digest as people see and copy it: 16 hexadecimal digits."""
    return digest(audit)[:16]


def file_digest(path: str) -> str:
    """The SHA-256 of a file, empty where it cannot be read any more."""
    try:
        return hashlib.sha256(Path(path).read_bytes()).hexdigest()
    except OSError:
        return ""


def scheme_revision(audit: Audit) -> str:
    """A digest of what the scheme says, empty for the annex's own rules."""
    scheme = audit.scheme
    if scheme is None:
        return ""
    said = repr((scheme.id, scheme.year, [(i.name, sorted(i.weights.items()), i.rule) for i in scheme.indicators],
                 sorted(scheme.districts.items()), scheme.total, scheme.bonus))
    return hashlib.sha256(said.encode()).hexdigest()[:12]


def to_json(audit: Audit) -> dict[str, Any]:
    """The provenance as every machine-readable output holds it."""
    return {"tool": "fuhe", "version": audit.provenance.version or __version__, "file": Path(audit.report.document.path).name,
            "sha256": digest(audit), "scheme": audit.scheme_id, "scheme_revision": audit.provenance.revision or None,
            "options": dict(audit.provenance.options)}
