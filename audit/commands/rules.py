"""`fuhe rules REPORT`: the scoring rules of the report's annex, compiled."""

from __future__ import annotations

import argparse
from decimal import Decimal
from typing import Any

from audit.commands import report_arguments, write_json


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of this command."""
    report_arguments(parser)


def run(args: argparse.Namespace) -> int:
    """Always 0: nothing is judged."""
    from audit.district import class_of
    from audit.pipeline import choose_scheme
    from extractor import read
    from patterns.rules import compile_rule

    report = read(args.report, district=args.district)
    scheme = choose_scheme(report, args.scheme)
    rows = report.table.rows
    rules = [compile_rule(r.rule.text, r.weight, r.name.text) for r in rows]
    kind = class_of(report, rules, scheme)
    if args.json:
        write_json(args.json, {"document": report.document_json(), "district_class": kind, "indicators": [
            {"no": r.no, "name": r.name.text, "weight": plain(r.weight), "rule": r.rule.text, "clauses": [c.to_json() for c in rule.clauses],
             "unparsed": list(rule.unparsed)} | meaning(rule, r.weight, report.district or "", kind)
            for r, rule in zip(rows, rules, strict=True)]})
    if args.json != "-":
        from audit.outputs.rules import print_rules

        print_rules(report, rules, kind, args.lang)
    return 0


def plain(value: Decimal | None) -> str | None:
    """A plain decimal string, None for None."""
    return None if value is None else format(value, "f")


def meaning(rule: Any, weight: Decimal | None, district: str, district_class: str) -> dict[str, Any]:
    """The most that a rule can give, and every score it can give (null where it is continuous or not understood)."""
    from patterns.rules.meaning import attainable, maximum

    if weight is None:
        return {"maximum": None, "attainable": None}
    scores = attainable(rule, weight, district, district_class)
    return {"maximum": plain(maximum(rule, weight, district, district_class)),
            "attainable": None if scores is None else [plain(s) for s in sorted(scores)]}
