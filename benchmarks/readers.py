"""Time and peak memory of `fuhe extract` per format, whole process, against pdfplumber over the same report in the same run.

    python benchmarks/readers.py [FOLDER] [--times N] [--scan]

FOLDER holds report.txt, report.html, report.docx, report.pdf, report-cut.pdf, report.ofd (default: fixtures/qingpu-2021);
--scan adds report-scan.pdf, which takes minutes. The baseline is a process that calls pdfplumber's extract_text and
extract_tables on every page of report.pdf. The least of N runs counts. Needs an operating system with wait4 (Linux, macOS).
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from pathlib import Path

BASELINE = """
import sys, pdfplumber
with pdfplumber.open(sys.argv[1]) as pdf:
    for page in pdf.pages:
        page.extract_text()
        page.extract_tables()
"""


def run(command: list[str]) -> tuple[float, float, int]:
    """Seconds, peak megabytes and exit status of a process."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    took = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    return took, usage.ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10), process.returncode


def best(command: list[str], times: int) -> tuple[float, float, int]:
    """The fastest of several runs."""
    return min(run(command) for _ in range(times))


def main() -> int:
    """Print one line per file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=Path(__file__).parents[1] / "fixtures" / "qingpu-2021")
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--scan", action="store_true")
    args = parser.parse_args()
    seconds, memory, status = best([sys.executable, "-c", BASELINE, str(args.folder / "report.pdf")], args.times)
    if status:
        print("pdfplumber failed", file=sys.stderr)
        return 1
    print(f"{'file':18} {'seconds':>8} {'ratio':>6} {'MB':>6} {'ratio':>6}")
    print(f"{'pdfplumber (pdf)':18} {seconds:8.2f} {1:6.2f} {memory:6.0f} {1:6.2f}")
    names = ["report.txt", "report.html", "report.docx", "report.pdf", "report-cut.pdf", "report.ofd"] + ["report-scan.pdf"] * args.scan
    for name in names:
        file = args.folder / name
        if file.exists():
            took, peak, status = best([sys.executable, "-m", "audit.cli", "extract", str(file), "--json", os.devnull], 1 if "scan" in name else args.times)
            print(f"{name:18} {took:8.2f} {took / seconds:6.2f} {peak:6.0f} {peak / memory:6.2f}" + ("" if status == 0 else f"  exit status {status}"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
