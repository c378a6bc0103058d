"""What the sentences say of their figures: tokens, forms, binding → relations."""

from __future__ import annotations

from extractor.relations.model import Name, Relation

__all__ = ["Name", "Relation"]
