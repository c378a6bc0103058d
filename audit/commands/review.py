"""`fuhe review`: the review ledger. new writes one to fill in, import reads a filled-in workbook, check replays one."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from audit import run as run_audit
from audit.commands import reads, write_text, writes
from audit.messages import say
from patterns.errors import UnusableInput


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of this command."""
    steps = parser.add_subparsers(dest="step", required=True, metavar="步骤 / STEP")
    new = steps.add_parser("new", help="写出待填的复核记录 / write a ledger to fill in")
    check = steps.add_parser("check", help="核对复核记录是否仍有效 / whether a ledger still holds")
    load = steps.add_parser("import", help="读入复核人填好的工作簿 / read a workbook that a reviewer filled in")
    for sub in (new, check):
        reads(sub, "report", metavar="报告 / REPORT", help="所复核的报告 / the report under review")
        reads(sub, "--scheme", metavar="名称或文件 / NAME_OR_FILE", help="评分方案 / scheme")
        sub.add_argument("--district", metavar="区名 / NAME", help="区名 / the district's name")
    reads(check, "ledger", metavar="复核记录 / LEDGER", help="复核记录 / the ledger")
    reads(load, "workbook", metavar="工作簿 / FILE.xlsx", help="复核人填好的工作簿 / the filled-in workbook")
    load.add_argument("--reviewer", metavar="姓名 / NAME", default="", help="未填复核人的行用此名 / for rows that name none")
    sign = steps.add_parser("sign", help="在复核记录上签署：已核、复审、签发 / sign a ledger: checked, second, signed")
    reads(sign, "ledger", metavar="复核记录 / LEDGER", help="复核记录 / the ledger")
    sign.add_argument("--state", required=True, choices=("已核", "复审", "签发"), help="签署为何 / what is signed")
    sign.add_argument("--name", required=True, metavar="姓名 / NAME", help="签署人 / who signs")
    sign.add_argument("--date", required=True, metavar="日期 / DATE", help="签署日期 / the date")
    template = steps.add_parser("template", help="写出复核意见的 Word 模板 / write the opinion's Word template")
    for sub in (template,):
        writes(sub, "--docx", help="写到文件 / a file")
    for sub in (new, load):
        writes(sub, "-o", "--output", dest="output", help="写到文件，缺省为标准输出 / a file, by default standard output")
    for sub in (new, check, load, sign, template):
        sub.add_argument("--lang", choices=("zh", "en"), default="zh", help="语言 / language")


def run(args: argparse.Namespace) -> int:
    """Exit status 0; check: 1 where a decision no longer holds."""
    from audit import review

    if args.step == "import":
        from audit.review.workbook import read_workbook

        text, count = read_workbook(args.workbook, args.reviewer)
        if args.output and Path(args.output).exists():  # a ledger is not lost: what it said goes on as history
            old, new = review.load(args.output), review.parse(text, args.workbook)
            past = review.replaced(old, new)
            if past:
                text += "历史:\n" + "".join(f"  - {json.dumps(line, ensure_ascii=False)}\n" for line in past)
        key = "review.imported" if count else "review.nothing"
        sys.stderr.write(say(key, args.lang, file=args.workbook, count=count) + "\n")
        return _write(args, text)
    if args.step == "sign":
        return _sign(args)
    if args.step == "template":
        from audit.outputs.opinion import template

        write_text(args.docx or "复核意见模板.docx", template(args.settings.letter, args.lang), args.lang)
        return 0
    result = run_audit(args.report, scheme=args.scheme, district=args.district)
    if args.step == "new":
        if args.output and Path(args.output).exists():
            raise UnusableInput(args.output, "已存在 / exists already", "换一个文件名 / choose another name")
        return _write(args, review.template(result, args.lang))
    from audit.outputs.terminal import show_review

    return show_review(review.apply(result, review.load(args.ledger)), args.lang)


def _sign(args: argparse.Namespace) -> int:
    """Add a signature to a ledger; a second review is another person's."""
    from audit import review

    ledger = review.load(args.ledger)
    if args.state == "复审" and args.name in {e.reviewer for e in ledger.entries}:
        raise UnusableInput(args.ledger, f"{args.name}已是复核人 / {args.name} is the first reviewer", "由另一人复审 / another person reviews again")
    when = review.day(args.date)
    if when is None:
        raise UnusableInput("--date", f"“{args.date}”不是日期 / “{args.date}” is no date", "写作 2024-03-05 / write 2024-03-05")
    write_text(args.ledger, review.sign(Path(args.ledger).read_text("utf-8-sig"), args.state, args.name, when), args.lang)
    return 0


def _write(args: argparse.Namespace, text: str) -> int:
    if args.output:
        write_text(args.output, text, args.lang)
    else:
        sys.stdout.write(text)
    return 0
