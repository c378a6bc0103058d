"""The annotated fixtures as gold: what findings must be made, what scores expected, and how a finding is matched."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import yaml

FIXTURES = Path(__file__).parent.parent / "fixtures"
CASES = ("qingpu-2021", "binjiang-2021", "linhu-2021", "linhu-2022")
MARK = re.compile(r"⟦([^⟦⟧|]+)\|([^⟦⟧|]+)\|([^⟦⟧|]*)((?:\|[^⟦⟧|]+)*)⟧")


def case(name: str) -> dict[str, Any]:
    """case.yaml of a fixture."""
    data: dict[str, Any] = yaml.safe_load((FIXTURES / name / "case.yaml").read_text(encoding="utf8"))
    return data


def squash(text: object) -> str:
    """Text without white space, width folded."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", str(text or "")))


def plain(value: object) -> str:
    """A number without needless zeros, other text as it is."""
    try:
        return format(Decimal(str(value)).normalize(), "f")
    except InvalidOperation:
        return str(value)


def touches(finding: dict[str, Any], want: dict[str, Any]) -> bool:
    """Same code, and the same indicator or one of the wanted places among the quotes."""
    if finding["code"] != want["code"]:
        return False
    if want.get("indicator") and finding["indicator"] == want["indicator"]:
        return True
    said = [squash(q) for q in finding["quotes"]]
    return any(squash(p) in q or (len(q) >= 3 and q in squash(p)) for p in want.get("where") or [] for q in said)


def figures(name: str) -> list[tuple[str, str, str, str, bool]]:
    """(value, unit, role, bound, optional) of each marked figure of a fixture, in order; a range is lo..hi."""
    out = []
    for m in MARK.finditer((FIXTURES / name / "report.md").read_text(encoding="utf8")):
        flags = [f.strip() for f in m[4].split("|") if f.strip()]
        keys = dict(f.split("=", 1) for f in flags if "=" in f)
        out.append((m[2].strip(), m[3].strip(), keys.get("role", "actual"), keys.get("bound", ""), "?" in flags))
    return out
