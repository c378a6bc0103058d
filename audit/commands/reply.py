"""`fuhe reply OLD LEDGER NEW`: a corrected report against the opinion, point by point."""

from __future__ import annotations

import argparse

import audit
from audit.commands import common_arguments, reads, write_json


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of this command."""
    reads(parser, "old", metavar="原报告 / OLD", help="发出意见时的报告 / the report that the opinion was about")
    reads(parser, "ledger", metavar="复核记录 / LEDGER", help="当时的复核记录 / the ledger of that review")
    reads(parser, "new", metavar="改后报告 / NEW", help="改后报送的报告 / the corrected report")
    common_arguments(parser)


def run(args: argparse.Namespace) -> int:
    """Exit status 1 where a point still stands or an error is new, else 0."""
    from audit import reply, review
    from audit.diff.kin import refuse

    ledger = review.load(args.ledger)
    old, new = (audit.run(p, scheme=args.scheme, district=args.district, cache=not args.no_cache) for p in (args.old, args.new))
    refuse(old, new)
    old = review.apply(old, ledger)
    if args.json:
        write_json(args.json, reply.to_json(old, new, args.lang), args.lang)
    if args.json != "-":
        from audit.outputs.reply import show

        show(old, new, args.lang)
    return int(any(a.state == "stands" for a in reply.answers(old, new)) or bool(reply.fresh(old, new)))
