"""`fuhe rules REPORT`: the scoring rules of the report's annex, compiled."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from audit.commands import report_arguments, write_json, write_text, writes
from patterns.clause import CENTRAL, OTHER, CompiledRule

if TYPE_CHECKING:
    from extractor.report import Report
    from patterns.scheme import Scheme


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of this command."""
    report_arguments(parser)
    writes(parser, "--scheme-out", dest="scheme_out", help="写成方案 YAML，供人补全 / write the annex as a scheme for a person to finish")


def run(args: argparse.Namespace) -> int:
    """Always 0: nothing is judged."""
    from audit.district import class_of
    from audit.pipeline import choose_scheme
    from extractor import read, require_report
    from patterns.rules import compile_rule

    report = read(args.report, district=args.district, cache=not args.no_cache)
    require_report(report)
    scheme = choose_scheme(report, args.scheme)
    rows = report.table.rows
    rules = [compile_rule(r.rule.text, r.weight, r.name.text) for r in rows]
    kind = class_of(report, rules, scheme)
    if args.json:
        write_json(args.json, {"document": report.document_json(), "district_class": kind, "indicators": [
            {"no": r.no, "name": r.name.text, "weight": plain(r.weight), "rule": r.rule.text,
             "clauses": [c.to_json() for c in rule.clauses],
             "unparsed": list(rule.unparsed)} | meaning(rule, r.weight, report.district or "", kind)
            for r, rule in zip(rows, rules, strict=True)]}, args.lang)
    if args.scheme_out:
        from patterns.scheme_file import save

        write_text(args.scheme_out, save(as_scheme(report, rules)), args.lang)
    if args.json != "-":
        from audit.outputs.rules import print_rules

        print_rules(report, rules, kind, args.lang)
    return 0


def as_scheme(report: Report, rules: Sequence[CompiledRule]) -> Scheme:
    """The annex as a scheme: what it states, with an example for every clause; hints, classes and notes are left to a person."""
    from patterns.scheme import Indicator, Scheme, examples_of

    rows = []
    for r, rule in zip(report.table.rows, rules, strict=True):
        weights = dict.fromkeys((CENTRAL, OTHER), r.weight or Decimal(0))
        rows.append(Indicator(r.no, r.name.text, r.domain.text, weights, r.lead.text, rule.text, rule,
                              bonus=r.domain.text.startswith(("附加", "加分")),
                              examples=examples_of(rule, weights)))
    total = sum((i.weight() for i in rows if not i.bonus), Decimal(0))
    return Scheme(f"{report.district or 'annex'}/{report.year or 0}", report.title or "", report.year, tuple(rows), total=total,
                  source=report.document.path)


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
