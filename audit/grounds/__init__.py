"""Clause × statements -> state and grounds: what the report itself says for or against every clause of a rule."""
