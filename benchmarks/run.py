"""Ratios measured side by side: fuhe's commands and stages against what others take over the same report, in one run.

    python benchmarks/run.py [--times 7] [--peers PYTHON] [--batch 0] [--write docs/performance.md]

Each measurement alternates with the others of its table, so that what else the machine does falls on all of them alike; medians of processor time
(user and system) are compared, never of the clock. --peers names a Python with other programs (PyMuPDF, recognizers-text-suite, jionlp) where they
shall not be installed beside fuhe; what is missing is said. --batch N generates N reports and runs `fuhe batch` over a tenth and over all of
them with one process and two, and a second time. --write puts the tables between the marks of a page.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

import generate

ROOT = Path(__file__).parents[1]
REPORT = ROOT / "fixtures" / "qingpu-2021" / "report.pdf"
PLUMBER = "import sys, pdfplumber\nwith pdfplumber.open(sys.argv[1]) as pdf:\n    for page in pdf.pages:\n        page.extract_text(); page.extract_tables()"
PDFIUM = "import sys, pypdfium2\nfor page in pypdfium2.PdfDocument(sys.argv[1]):\n    page.get_textpage().get_text_bounded()"
MUPDF = "import sys, pymupdf\nfor page in pymupdf.open(sys.argv[1]):\n    page.get_text()"
DOCX = "import sys, docx\nd = docx.Document(sys.argv[1])\n[p.text for p in d.paragraphs]\n[c.text for t in d.tables for r in t.rows for c in r.cells]"
STAGES = """
import json, sys, time
sys.path.insert(0, {root!r})
clock = time.process_time
import pypdfium2
from audit.grounds import grounds
from audit.pipeline import audit_report
from extractor.readers import read_document
from extractor.report import build
from patterns.fold import fold
from patterns.quantity import find
def bare():
    for page in pypdfium2.PdfDocument({report!r}):
        page.get_textpage().get_text_bounded()
def figures(text):
    for line in text.split("\\n"):
        find(fold(line).text)
out = {{}}
for k in range({times} + 1):
    for name, work in (("pdfium", bare), ("read", lambda: read_document({report!r})), ("build", lambda: build(document)),
                       ("judge", lambda: audit_report(report)), ("figures", lambda: figures(document.text[:17000]))):
        start = clock(); got = work(); took = clock() - start
        if name == "read": document = got
        if name == "build": report = got
        if k: out.setdefault(name, []).append(took)
print("@" + json.dumps(out))
"""
PEER = """
import json, sys, time
text = open(sys.argv[1], encoding="utf8").read()[:17000].split("\\n")
if sys.argv[2] == "ms-recognizers":
    from recognizers_number import recognize_number, recognize_percentage
    from recognizers_number_with_unit import recognize_currency, recognize_dimension
    from recognizers_text import Culture
    work = lambda t: [f(t, Culture.Chinese) for f in (recognize_number, recognize_percentage, recognize_currency, recognize_dimension)]
else:
    import jionlp
    work = lambda t: jionlp.ner.extract_money(t, with_parsing=True)
work("共3家")
start = time.process_time()
for line in text:
    try:
        if line.strip(): work(line)
    except Exception:
        pass
print("@" + json.dumps(time.process_time() - start))
"""


def process(command: list[str], env: dict[str, str], out: int = subprocess.DEVNULL) -> tuple[float, float, int]:
    """Processor seconds, peak mebibytes and exit status of a process and what it waited for."""
    started = subprocess.Popen(command, stdout=out, stderr=subprocess.DEVNULL, env=env, cwd=ROOT)
    _, status, usage = os.wait4(started.pid, 0)
    started.returncode = os.waitstatus_to_exitcode(status)
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10), started.returncode


def side_by_side(commands: dict[str, list[str]], times: int, env: dict[str, str]) -> dict[str, tuple[float, float] | None]:
    """The median seconds and the highest peak of each command, run in turn; None for one that fails."""
    seen: dict[str, list[tuple[float, float]]] = {}
    failed = set()
    for k in range(times + 1):
        for name, command in commands.items():
            if name in failed:
                continue
            took, peak, status = process(command, env)
            if status not in (0, 1) or (status == 1 and "audit" not in command):
                failed.add(name)
            elif k:  # the first fills caches
                seen.setdefault(name, []).append((took, peak))
    return {name: None if name in failed else (median(t for t, _ in seen[name]), max(p for _, p in seen[name])) for name in commands}


def commands_table(times: int, peers: str, env: dict[str, str]) -> str:
    """Whole processes over the PDF report."""
    fuhe, report = [sys.executable, "-m", "audit.start"], str(REPORT)
    found = side_by_side({
        "pdfplumber, text and tables": [sys.executable, "-c", PLUMBER, report], "pdfium, text": [sys.executable, "-c", PDFIUM, report],
        "PyMuPDF, text": [peers, "-c", MUPDF, report], "`fuhe extract`": [*fuhe, "extract", report, "--no-cache", "--json", os.devnull],
        "`fuhe audit`": [*fuhe, "audit", report, "--no-cache", "--json", os.devnull], "`fuhe audit` again (cache)": [*fuhe, "audit", report, "--json", os.devnull],
        "python-docx, text (report.docx)": [sys.executable, "-c", DOCX, report.replace(".pdf", ".docx")],
        "`fuhe extract` (report.docx)": [*fuhe, "extract", report.replace(".pdf", ".docx"), "--no-cache", "--json", os.devnull],
    }, times, env)
    base = found["pdfplumber, text and tables"]
    assert base is not None
    rows = ["| whole process, report.pdf of 25 pages | CPU s | of pdfplumber | peak MiB |", "| --- | --- | --- | --- |"]
    for name, got in found.items():
        rows.append(f"| {name} | {got[0]:.2f} | {got[0] / base[0]:.2f} | {got[1]:.0f} |" if got else f"| {name} | not installed | | |")
    short = side_by_side({"python -c pass": [sys.executable, "-c", "pass"], "`fuhe --help`": [sys.executable, "-m", "audit.start", "--help"]}, 2 * times, env)
    nothing, told = short["python -c pass"], short["`fuhe --help`"]
    assert nothing and told
    return "\n".join([*rows, "", f"`fuhe --help`: {told[0] / nothing[0]:.2f} times `python -c pass`."])


def answer(command: list[str], env: dict[str, str]) -> str | None:
    """What a process prints after its last @, None where it fails."""
    done = subprocess.run(command, capture_output=True, text=True, env=env, cwd=ROOT, check=False)
    return done.stdout.rpartition("@")[2] if done.returncode == 0 else None


def stages_table(times: int, peers: str, env: dict[str, str], place: Path) -> str:
    """Stages in one warm process, and the figures of 17,000 characters against other readers of numbers."""
    told = answer([sys.executable, "-c", STAGES.format(root=str(ROOT), report=str(REPORT), times=times)], env)
    assert told is not None
    took = {name: median(values) for name, values in json.loads(told).items()}
    rows = ["| one warm process | CPU ms | of pdfium's text |", "| --- | --- | --- |"]
    for label, keys in (("pdfium, text", ("pdfium",)), ("reading", ("read",)), ("extracting (figures, relations, score table)", ("build",)),
                        ("reading and extracting", ("read", "build")), ("rules, grounds, rescoring, checks", ("judge",)), ("figures of 17,000 characters", ("figures",))):
        value = sum(took[k] for k in keys)
        rows.append(f"| {label} | {value * 1000:.0f} | {value / took['pdfium']:.2f} |")
    text = place / "text.txt"
    text.write_text(REPORT.with_suffix(".txt").read_text("utf8"), "utf8")
    for peer, name in (("ms-recognizers", "ms-recognizers-text-suite"), ("jionlp", "JioNLP (money)")):
        said = answer([peers, "-c", PEER, str(text), peer], env)
        rows.append(f"| {name}, the same 17,000 characters | {float(said) * 1000:.0f} | {float(said) / took['figures']:.0f} times fuhe's figures |"
                    if said else f"| {name} | not installed | |")
    return "\n".join(rows)


def batch_table(count: int, env: dict[str, str], place: Path) -> str:
    """`fuhe batch` over generated reports."""
    rows = [f"| `fuhe batch`, {count} generated reports (txt, html, docx, pdf) | clock s | CPU s | peak MiB of one process |", "| --- | --- | --- | --- |"]
    few, many = max(1, count // 10), count
    for name, number in (("few", few), ("many", many)):
        generate.folder(place / name, number)
    clock: dict[str, float] = {}
    for label, folder, workers, cache in ((f"{few} reports, two processes", "few", "2", "a"), (f"{many} reports, one process", "many", "1", "b"),
                                          (f"{many} reports, two processes", "many", "2", "c"), ("the same a second time", "many", "2", "c")):
        own = env | {"FUHE_CACHE": str(place / f"cache-{cache}")}
        if label != "the same a second time":  # what an installation makes once is there
            process([sys.executable, "-m", "audit.start", "audit", str(place / "few" / "00000.txt"), "--json", os.devnull], own)
        start = time.perf_counter()
        took, peak, status = process([sys.executable, "-m", "audit.start", "batch", str(place / folder), "--workers", workers, "--json", os.devnull], own)
        clock[label] = time.perf_counter() - start
        rows.append(f"| {label} | {clock[label]:.0f} | {took:.0f} | {peak:.0f} |" + ("" if status in (0, 1) else f" exit status {status} |"))
    one, two = clock[f"{many} reports, one process"], clock[f"{many} reports, two processes"]
    return "\n".join([*rows, "", f"Two processes: {one / two:.2f} times one. A second run: {clock['the same a second time'] / two:.3f} of the first."])


def machine() -> str:
    """The machine that it was measured on."""
    try:
        names = {line.partition(":")[2].strip() for line in Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("model name")}
    except OSError:
        names = {platform.processor()}
    return f"{'; '.join(sorted(names)) or platform.machine()}, {os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}"


def main() -> None:
    """Print the tables, or put them between the marks of a page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=7)
    parser.add_argument("--peers", default=sys.executable)
    parser.add_argument("--batch", type=int, default=0)
    parser.add_argument("--write", type=Path)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        env = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"} | {"FUHE_CACHE": str(place / "cache")}
        parts = [f"Measured on {machine()}.", commands_table(args.times, args.peers, env), stages_table(args.times, args.peers, env, place)]
        if args.batch:
            parts.append(batch_table(args.batch, env, place))
    measured = "\n\n".join(parts) + "\n"
    if args.write:
        page = args.write.read_text("utf8")
        head, _, rest = page.partition("<!-- measured -->\n")
        args.write.write_text(f"{head}<!-- measured -->\n{measured}<!-- /measured -->{rest.partition('<!-- /measured -->')[2]}", "utf8")
    sys.stdout.write(measured)


if __name__ == "__main__":
    main()
