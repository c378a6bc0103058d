"""Figures of fuhe against other number and quantity readers, on the annotated reports of fixtures/.

    python benchmarks/figures.py [--python PEERS/bin/python] [--write docs/figures.md]

--python: an interpreter in which the peers are installed (cn2an jionlp quantulum3 recognizers-text-suite "emoji<2"); the default
is this one, and a peer that cannot be imported is said to be missing. --write replaces the table in a Markdown file.

Every tool reads the same paragraphs in one process of its own. Counted per paragraph, without regard to places:
number  the figure's number with its 万 or 亿 multiplied out is among the numbers that the tool gives
whole   the tool gives exactly the figure's characters, number and unit
Precision is the share of what the tool gives that is a figure; an optional figure counts neither way. Time is the best of three
runs over all paragraphs, after one run to warm up; import time is that of the modules used.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
MARK = re.compile(r"⟦([^⟦⟧|]+)\|([^⟦⟧|]+)\|([^⟦⟧|]*)((?:\|[^⟦⟧|]+)*)⟧")
SCALE = {"万": 10 ** 4, "亿": 10 ** 8}
TOOLS = {"fuhe": "fuhe", "Recognizers-Text (Chinese)": "recognizers-text-suite", "JioNLP": "jionlp", "cn2an": "cn2an",
         "quantulum3": "quantulum3"}
Found = tuple[str | None, str | None]  # number with its scale multiplied out, exact characters; None where the tool gives none


def gold() -> list[tuple[str, list[tuple[str | None, str, bool]]]]:
    """(paragraph, [(number, characters, optional)]) of the annotated reports; a ratio has no number."""
    out = []
    for path in sorted((ROOT / "fixtures").glob("*/report.md")):
        for line in path.read_text(encoding="utf8").splitlines():
            if not line.strip():
                continue
            figures = []
            for m in MARK.finditer(line):
                low = m[2].strip().partition("..")[0]
                number = None if ":" in low else plain(Decimal(low) * SCALE.get(m[3].strip()[:1], 1))
                figures.append((number, squash(m[1]), "?" in m[4].split("|")))
            out.append((MARK.sub(lambda m: m[1], line), figures))
    return out


def plain(value: Decimal) -> str:
    """A number without trailing zeros."""
    return format(value.normalize(), "f")


def squash(text: str) -> str:
    """Characters without white space."""
    return re.sub(r"\s", "", text)


def number(text: object) -> str | None:
    """The number of a tool's answer, None where it is none."""
    try:
        return plain(Decimal(str(text).rstrip("%")))
    except InvalidOperation:
        return None


def reader(tool: str) -> Callable[[str], list[Found]]:
    """A tool as a function from a paragraph to what it finds."""
    if tool == "fuhe":
        from patterns.fold import fold
        from patterns.quantity import find

        def fuhe(text: str) -> list[Found]:
            folded = fold(text)
            spans = [(q, folded.span(q.start, q.end)) for q in find(folded.text)]
            return [(None if q.number is None else plain(q.number * SCALE.get(q.unit[:1], 1)), squash(text[a:b])) for q, (a, b) in spans]
        return fuhe
    if tool == "cn2an":
        import cn2an

        def numerals(text: str) -> list[Found]:
            return [(number(m), None) for m in re.findall(r"\d+(?:\.\d+)?", cn2an.transform(text, "cn2an"))]
        return numerals
    if tool == "JioNLP":
        import jionlp

        def money(text: str) -> list[Found]:
            return [(number(x["detail"]["num"]), squash(x["text"])) for x in jionlp.ner.extract_money(text, with_parsing=True)]
        return money
    if tool == "quantulum3":
        from quantulum3 import parser

        return lambda text: [(number(q.value), squash(q.surface)) for q in parser.parse(text)]
    from recognizers_number import recognize_number, recognize_percentage
    from recognizers_number_with_unit import recognize_currency, recognize_dimension
    from recognizers_text import Culture

    def recognizers(text: str) -> list[Found]:
        whole = [r for f in (recognize_dimension, recognize_currency, recognize_percentage) for r in f(text, Culture.Chinese)]
        rest = [r for r in recognize_number(text, Culture.Chinese) if not any(w.start <= r.start <= w.end for w in whole)]
        return [(number((r.resolution or {}).get("value")), squash(r.text)) for r in whole + rest]
    return recognizers


def work(tool: str) -> None:
    """Read paragraphs from standard input, write what the tool finds and its times to standard output."""
    paragraphs = json.load(sys.stdin)
    start = time.perf_counter()
    read = reader(tool)
    imported = time.perf_counter() - start
    failed = 0
    found: list[list[Found]] = []
    for text in paragraphs:
        try:
            found.append(read(text))
        except Exception:  # a peer's own failure on a paragraph is a miss there, and is counted
            failed += 1
            found.append([])
    best = None
    for _ in range(3):
        start = time.perf_counter()
        for text in paragraphs:
            try:
                read(text)
            except Exception:
                continue
        took = time.perf_counter() - start
        best = took if best is None else min(best, took)
    version = metadata.version(TOOLS[tool])
    sys.stdout.write("\n@" + json.dumps({"found": found, "import": imported, "time": best, "version": version, "failed": failed}))


def score(wanted: list[list[tuple[str | None, str, bool]]], found: list[list[Found]], which: int) -> tuple[float, float]:
    """Recall and precision of numbers (which 0) or of whole figures (which 1)."""
    hit = need = given = right = 0
    for figures, answers in zip(wanted, found, strict=True):
        pairs = [(number if which == 0 else characters, optional) for number, characters, optional in figures]
        needed = Counter(x for x, optional in pairs if x and not optional)
        spare = Counter(x for x, optional in pairs if x and optional)
        got = Counter(x for x in (a[which] for a in answers) if x)
        hit += (needed & got).total()
        need += needed.total()
        optional = ((got - needed) & spare).total()
        given += got.total() - optional
        right += (needed & got).total()
    return hit / need, right / given if given else 0.0


def table(python: str) -> str:
    """The measured table as Markdown."""
    paragraphs = gold()
    texts = [text for text, _ in paragraphs]
    characters = sum(map(len, texts))
    needed = sum(not f[2] for _, figures in paragraphs for f in figures)
    rows = [f"{needed} figures in {characters} characters of {len(list((ROOT / 'fixtures').glob('*/report.md')))} annotated reports.", "",
            "| reader | number: recall | precision | whole: recall | precision | ms per 10,000 characters | import, s |",
            "| --- | --- | --- | --- | --- | --- | --- |"]
    for tool in TOOLS:
        command = [sys.executable if tool == "fuhe" else python, __file__, "--worker", tool]
        done = subprocess.run(command, input=json.dumps(texts), capture_output=True, text=True, check=False, timeout=1800)
        if done.returncode:
            reason = (done.stderr.strip().splitlines() or ["?"])[-1]
            rows.append(f"| {tool} | not run: {reason} | | | | | |")
            continue
        got = json.loads(done.stdout.rpartition("\n@")[2])
        a = score([f for _, f in paragraphs], got["found"], 0)
        b = score([f for _, f in paragraphs], got["found"], 1)
        note = f" ({got['failed']} paragraphs failed)" if got["failed"] else ""
        rows.append(f"| {tool} {got['version']}{note} | {a[0]:.3f} | {a[1]:.3f} | {b[0]:.3f} | {b[1]:.3f} | "
                    f"{got['time'] / characters * 1e7:.1f} | {got['import']:.2f} |")
    return "\n".join(rows) + "\n"


def main() -> int:
    """Print the table, or put it between the marks of a Markdown file."""
    arguments = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    arguments.add_argument("--python", default=sys.executable)
    arguments.add_argument("--write", type=Path)
    arguments.add_argument("--worker", choices=TOOLS)
    args = arguments.parse_args()
    if args.worker:
        work(args.worker)
        return 0
    measured = table(args.python)
    if args.write:
        page = args.write.read_text(encoding="utf8")
        head, _, rest = page.partition("<!-- table -->\n")
        page = f"{head}<!-- table -->\n{measured}<!-- /table -->{rest.partition('<!-- /table -->')[2]}"
        args.write.write_text(page, encoding="utf8", newline="\n")
    sys.stdout.write(measured)
    return 0


if __name__ == "__main__":
    sys.exit(main())
