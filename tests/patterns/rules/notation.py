"""A rule's clauses in the short notation of tests/cases/rules.txt (its head describes it)."""

from __future__ import annotations

from decimal import Decimal

from patterns.clause import Clause, CompiledRule


def number(value: Decimal | None) -> str:
    """A plain decimal without trailing zeros."""
    return "" if value is None else format(value.normalize(), "f")


def clause(c: Clause) -> str:
    """One clause in short."""
    words = [c.kind]
    if c.kind == "tier":
        low = ("(" if c.lower_open else "[") + number(c.lower) if c.lower is not None else "("
        high = number(c.upper) + (")" if c.upper_open else "]") if c.upper is not None else ")"
        words.append(f"{low},{high}{c.unit or ''}")
    if c.points is not None and c.kind not in ("full", "zero", "fixed", "reference"):
        words.append(number(c.points) + (f"/{number(c.per)}{c.per_unit}" if c.per is not None else ""))
    if c.cap is not None:
        words.append(f"max {number(c.cap)}")
    if c.round:
        words.append(c.round)
    if c.to:
        words.append(c.to)
    if c.applies_to:
        words.append("@" + ",".join(c.applies_to))
    return " ".join(words)


def rule(compiled: CompiledRule) -> str:
    """All clauses, then what was not understood."""
    return " | ".join([*map(clause, compiled.clauses), *("?" + u for u in compiled.unparsed)]) or "-"
