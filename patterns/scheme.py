"""Schemes: what a programme's annex cannot say. None ships yet; the annex's own rules decide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from patterns.errors import UnusableInput


@dataclass(frozen=True, slots=True)
class Scheme:
    """A programme of one year: its id."""

    id: str

    def class_of(self, district: str) -> str | None:
        """The class of a district that the scheme lists, else None."""
        return None


def load(name_or_path: str) -> Scheme:
    """Load a scheme. Raises UnusableInput."""
    raise UnusableInput(name_or_path, "没有这个方案 / no such scheme", "用 --scheme annex / use --scheme annex")


def recognise(indicators: Sequence[tuple[str, Decimal | None]]) -> Scheme | None:
    """The scheme that the indicators (name, weight) fit, None where there is none."""
    return None
